import type { PasarClient } from '@pasar/sdk';
import { api } from '../../../lib/api';
import { categoriesOf } from '../../../lib/catalogue';
import { urlEntry, urlSetEnd, urlSetStart } from '../../../lib/sitemap';

export const dynamic = 'force-dynamic';
/** So many a file may name. Of more the newest are named: they are what search engines do not know yet. */
const most = 50_000;

/** One list of pages. It is sent while it is read, so a large one takes no more room than a small one. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const [, name = ''] = /^([\w-]+)\.xml$/.exec((await params).name) ?? [];
  const categories = await categoriesOf();
  const category = categories.find(({ slug }) => name === `category-${slug}`);
  if (!category && name !== 'pages') return new Response('There is no such list.', { status: 404 });
  const shop = process.env.PASAR_SHOP_URL ?? 'http://localhost:3000';
  const client = await api();
  const pages = category ? productPages(client, category.slug) : otherPages(client, categories);
  const encoder = new TextEncoder();
  let count = 0;
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(encoder.encode(urlSetStart)),
    async pull(stream) {
      const { value, done } = await pages.next();
      const entries = (value ?? []).slice(0, most - count);
      count += entries.length;
      const isOver = done || count >= most;
      const text = entries.map(({ path, changed }) => urlEntry(shop, path, changed)).join('');
      stream.enqueue(encoder.encode(isOver ? text + urlSetEnd : text));
      if (isOver) stream.close();
    },
    cancel: () => void pages.return(),
  });
  return new Response(body, {
    headers: { 'content-type': 'application/xml', 'cache-control': 'public, max-age=3600' },
  });
}

type Pages = AsyncGenerator<{ path: string; changed?: string }[], void, void>;

/** Those of the category itself: what is in one below it is named there. */
async function* productPages(client: PasarClient, category: string): Pages {
  for (let pageToken = ''; ; ) {
    const query = { category, pageSize: 100, pageToken };
    const { products, nextPageToken } = await client.get('/api/v1/products', { params: { query } });
    yield products
      .filter((product) => product.category === category)
      .map(({ slug, updatedAt }) => ({ path: `/p/${slug}`, changed: updatedAt }));
    if (!nextPageToken) return;
    pageToken = nextPageToken;
  }
}

async function* otherPages(client: PasarClient, categories: { slug: string }[]): Pages {
  yield ['', ...categories.map(({ slug }) => `/c/${slug}`)].map((path) => ({ path }));
  for (let pageToken = ''; ; ) {
    const query = { pageSize: 100, pageToken };
    const { sellers, nextPageToken } = await client.get('/api/v1/sellers', { params: { query } });
    yield sellers.map(({ slug }) => ({ path: `/store/${slug}` }));
    if (!nextPageToken) return;
    pageToken = nextPageToken;
  }
}

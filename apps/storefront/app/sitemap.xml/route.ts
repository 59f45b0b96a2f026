import { categoriesOf } from '../../lib/catalogue';
import { sitemapIndex } from '../../lib/sitemap';

export const dynamic = 'force-dynamic';

/** Where the lists of pages are: one of what is no product, and one for the products of each category. */
export async function GET(): Promise<Response> {
  const shop = process.env.PASAR_SHOP_URL ?? 'http://localhost:3000';
  const names = ['pages', ...(await categoriesOf()).map(({ slug }) => `category-${slug}`)];
  return new Response(sitemapIndex(names.map((name) => `${shop}/sitemaps/${name}.xml`)), {
    headers: { 'content-type': 'application/xml', 'cache-control': 'public, max-age=3600' },
  });
}

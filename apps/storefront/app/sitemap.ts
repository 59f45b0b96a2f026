import type { MetadataRoute } from 'next';
import { api } from '../lib/api';
import { categoriesOf } from '../lib/catalogue';
import { locales } from '../server/locales';

export const dynamic = 'force-dynamic';
/** A file may name 50,000 pages; the newest products are those that search engines do not know yet. */
const newestProducts = 5_000;

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const client = await api();
  const paths = ['', ...(await categoriesOf()).map(({ slug }) => `/c/${slug}`)];
  for (let pageToken = '', count = 0; count < newestProducts; ) {
    const page = await client.get('/api/v1/products', { params: { query: { pageSize: 100, pageToken } } });
    paths.push(...page.products.map(({ slug }) => `/p/${slug}`));
    count += page.products.length;
    pageToken = page.nextPageToken;
    if (!pageToken) break;
  }
  const shop = process.env.PASAR_SHOP_URL ?? 'http://localhost:3000';
  return paths.map((path) => ({
    url: `${shop}/${locales[0]}${path}`,
    alternates: {
      languages: Object.fromEntries(locales.map((locale) => [locale, `${shop}/${locale}${path}`])),
    },
  }));
}

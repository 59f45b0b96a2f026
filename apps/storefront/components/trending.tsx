import { api, orElse } from '../lib/api';
import type { Locale } from '../server/locales';
import { ProductGrid } from './product-card';
import { Section } from './section';

/** What is bought most these days; nothing where there is not enough to tell. */
export async function Trending({ locale, title, size }: { locale: Locale; title: string; size: number }) {
  const client = await api();
  const query = { pageSize: size };
  const { hits } = await orElse(client.get('/api/v1/search/trending', { params: { query } }), { hits: [] });
  if (hits.length < 4) return null;
  return (
    <Section id="trending" title={title}>
      <ProductGrid hits={hits} locale={locale} />
    </Section>
  );
}

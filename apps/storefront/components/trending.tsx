import { api, orElse } from '../lib/api';
import { ProductGrid } from './product-grid';
import { Section } from './section';

/** What is bought most these days; nothing where there is not enough to tell. */
export async function Trending({ title, size }: { title: string; size: number }) {
  const client = await api();
  const query = { pageSize: size };
  const { hits } = await orElse(client.get('/api/v1/search/trending', { params: { query } }), { hits: [] });
  if (hits.length < 4) return null;
  return (
    <Section id="trending" title={title}>
      <ProductGrid hits={hits} />
    </Section>
  );
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, ensureDatabase, migrate } from '@pasar/platform/db';
import { startPostgres } from '@pasar/platform/embedded-postgres';
import { listOwn, listPublished } from '@pasar/product/listing';
import { productService } from '@pasar/product/product.module';
import { listCases } from '@pasar/seller/kyc-store';
import { findRecords } from '@pasar/seller/performance-store';
import { sellerService } from '@pasar/seller/seller.module';
import { listOpenSellers, searchSellers } from '@pasar/seller/store';
import { sql } from 'kysely';

const stores = 10_000;
const runs = 40;

/** Lists of stores and of their products with 10,000 stores: what a column for the seller costs. */
export async function benchStores(products: number): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pasar-bench-'));
  const postgres = await startPostgres({ dataDir, durable: false, log: () => {} });
  const open = async (name: string, migrations: string[]) => {
    const url = postgres.url(name);
    await ensureDatabase(url);
    await migrate(url, migrations);
    return new Database(url, { max: 1, applicationName: 'bench' });
  };
  const seller = await open('bench_seller', sellerService.migrations);
  const product = await open('bench_product', productService.migrations);
  try {
    await fillStores(seller);
    await fillProducts(product, products);
    const storeOf = () => idOf(Math.floor(Math.random() * stores));
    const now = new Date();
    const since = new Date(now.getTime() - 90 * 86_400_000);
    const none = { category: '', sellerId: '', brand: '', query: '' };
    const paging = { size: 20, token: '' };
    const measures: [string, () => Promise<unknown>][] = [
      ['open stores', () => listOpenSellers(seller.kysely, 21, undefined)],
      ['staff: stores of a status', () => searchSellers(seller.kysely, 'SUSPENDED', '', 21, undefined)],
      ['staff: stores by name', () => searchSellers(seller.kysely, undefined, 'toko 77', 21, undefined)],
      ['staff: queue of applications', () => listCases(seller.kysely, 'OPEN', undefined, 21, undefined)],
      ['score of a store', () => findRecords(seller.kysely, [storeOf()], since, now)],
      [
        'scores of 50 stores',
        () => findRecords(seller.kysely, Array.from({ length: 50 }, storeOf), since, now),
      ],
      [
        'products of a store',
        () => listPublished(product, { ...none, sellerId: storeOf() }, 'newest', paging),
      ],
      ['…, by price', () => listPublished(product, { ...none, sellerId: storeOf() }, 'price', paging)],
      ['a store’s own products', () => listOwn(product, storeOf(), undefined, '', paging)],
      ['…, with a word', () => listOwn(product, storeOf(), undefined, 'barang', paging)],
      ['newest of all', () => listPublished(product, none, 'newest', paging)],
      ['cheapest of all', () => listPublished(product, none, 'price', paging)],
    ];
    const lines = ['| list | p50 ms | p95 ms |', '| --- | ---: | ---: |'];
    for (const [name, run] of measures) {
      await run();
      const times: number[] = [];
      for (let n = 0; n < runs; n++) {
        const start = performance.now();
        await run();
        times.push(performance.now() - start);
      }
      times.sort((a, b) => a - b);
      const at = (share: number) => (times[Math.floor(share * runs)] as number).toFixed(1);
      lines.push(`| ${name} | ${at(0.5)} | ${at(0.95)} |`);
    }
    return lines.join('\n');
  } finally {
    await seller.close();
    await product.close();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function idOf(n: number): string {
  return `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

const id = (n: string) => sql.raw(`('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`);

async function fillStores({ kysely }: Database): Promise<void> {
  await sql`
    insert into seller (id, slug, name, status, created_at, updated_at)
    select ${id('n')}, 'toko-' || n, 'Toko ' || n, case when n % 50 = 0 then 'SUSPENDED' else 'APPROVED' end, now(), now()
    from generate_series(0, ${stores - 1}) n`.execute(kysely);
  await sql`
    insert into kyc_case (id, seller_id, status, legal_name, tax_id, created_at, updated_at)
    select gen_random_uuid(), ${id('n')}, case when n % 20 = 0 then 'OPEN' else 'APPROVED' end, '', '', now(), now()
    from generate_series(0, ${stores - 1}) n`.execute(kysely);
  await sql`
    insert into fulfilment (order_id, seller_id, confirmed_at, due_at, shipped_at)
    select gen_random_uuid(), ${id(`n % ${stores}`)}, now() - n % 90 * interval '1 day', now(), now()
    from generate_series(0, 299999) n`.execute(kysely);
  await sql`analyze`.execute(kysely);
}

/** Without most of the indexes, which are made afterwards: many times as fast. */
async function fillProducts({ kysely }: Database, products: number): Promise<void> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'product' and indexname not in ('product_pkey', 'product_slug')`.execute(kysely);
  for (const { name } of rows) await sql`drop index ${sql.id(name)}`.execute(kysely);
  await sql`
    insert into product (id, seller_id, key, slug, title, description, status, options, attributes, media, price, currency,
      created_at, updated_at, published_at, words)
    select ${id('n')}, ${id(`n % ${stores}`)}, n::text, 'barang-' || n, 'Barang ' || n, '',
      case when n % 10 = 0 then 'draft' else 'published' end, '[]', '{}', '[]', 1000 + n::bigint * 7919 % 1000000, 'IDR', now(),
      now(), now() - n * interval '1 second', product_words('Barang ' || n, '', '')
    from generate_series(0, ${products - 1}) n`.execute(kysely);
  for (const { definition } of rows) await sql.raw(definition).execute(kysely);
  await sql`analyze product`.execute(kysely);
}

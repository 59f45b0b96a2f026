import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Filter } from './matching.js';
import { type After, type Amount, type Chunk, findBest, findSorted, type Sort } from './search-store.js';
import { type SearchTest, startSearch } from './testing.js';

const count = 420;
let search: SearchTest;
let entries: (Row & { words: string[]; entry: Record<string, number | boolean | number[]> })[];

beforeAll(async () => {
  search = await startSearch();
  const { kysely } = search.test.service.database;
  await sql`insert into city (slug, name) select 'kota-' || n, 'Kota ' || n from generate_series(1, 3) n`.execute(
    kysely,
  );
  await sql`
    insert into seller (id, slug, name, city_no, is_open)
    select gen_random_uuid(), 'toko-' || no, 'Toko', no, true from city`.execute(kysely);
  // Prices at both ends of levels, ratings that very many share, and a word that only cheap ones have.
  await sql`
    insert into entry (product_id, seller_no, category_no, brand_no, city_no, price, price_band, rating, quality, in_stock,
      sample, published_at, attributes, title, match, variants, card, title_words)
    select gen_random_uuid(), n % 3 + 1, nullif(n % 5, 0), nullif(n % 7, 0), n % 3 + 1,
      (array[0, 1, 999, 1000, 10 ^ (n % 19)::numeric, 10 ^ (n % 18 + 1)::numeric - 1, n * 1000, n])[n % 8 + 1]::bigint, 1,
      (array[0, 0, 450, 500])[n % 4 + 1], (array[0, 0, 1, 40, 1000, -1000])[n % 6 + 1], n % 9 > 0, (array[0, 0, 1, 2, 3])[n % 5 + 1],
      timestamptz '2026-01-01' + n % 50 * interval '1 hour', array[n % 4], title, title, '{}', '{}', n % 3 + 1
    from (select n, array_to_tsvector(array['kaos', case when n % 2 = 0 then 'merah' else 'biru' end]
        || case when n % 8 < 2 then '{murah}'::text[] else '{}' end) as title
      from generate_series(1, ${count}::integer) n) made`.execute(kysely);
  ({ rows: entries } = await sql<(typeof entries)[number]>`
    select product_id as id, price, rating, quality, published_at as published, tsvector_to_array(match) as words,
      to_jsonb(e) as entry
    from entry e`.execute(kysely));
});
afterAll(() => search.test.close());

const nothing: Filter = { attributes: [], inStock: false, closed: [] };
const queries = [undefined, "'kaos'", "'merah' & 'kaos'", "'murah'", "'murah' & 'biru'", "'tiada'"];
const filters: Filter[] = [
  nothing,
  { ...nothing, city: 2 },
  { ...nothing, categories: [2], brand: 3 },
  { ...nothing, categories: [1, 3], inStock: true },
  { ...nothing, attributes: [1], minRating: 450 },
  { ...nothing, minPrice: 999n, maxPrice: 10n ** 6n },
  { ...nothing, maxPrice: 0n, closed: [1] },
  { ...nothing, minPrice: 10n ** 18n },
];

/** Each query with every other filter, and each filter with every other query: the rest is alike. */
const cases = queries.flatMap((query, q) =>
  filters.flatMap((filter, f) => ((q + f) % 2 === 0 ? [{ query, filter }] : [])),
);

/** What there might be said to be: each has another way looked at first, or given up. */
const amounts: Record<string, Amount> = {
  'sort all': { matches: 1, products: count },
  'go along the index': { matches: 1_000_000, products: count },
  'go along the index in vain': { matches: 1_000_000, products: 1 },
  'ask the sample': { matches: 5_000, products: 1e9 },
  'ask the smallest sample': { matches: 1_000_000, products: 1e9 },
};

interface Row {
  id: string;
  price: bigint;
  rating: number;
  quality: number;
  published: Date;
}

/** Without any index, and by other means. */
function all(query: string | undefined, filter: Filter): typeof entries {
  const wanted = (query ?? '').match(/\w+/g) ?? [];
  return entries.filter(
    ({ words, entry, price, rating }) =>
      wanted.every((word) => words.includes(word)) &&
      (filter.categories?.includes(entry.category_no as number) ?? true) &&
      (filter.brand === undefined || entry.brand_no === filter.brand) &&
      (filter.city === undefined || entry.city_no === filter.city) &&
      filter.attributes.every((each) => (entry.attributes as number[]).includes(each)) &&
      (!filter.inStock || entry.in_stock) &&
      rating >= (filter.minRating ?? 0) &&
      price >= (filter.minPrice ?? 0n) &&
      (filter.maxPrice === undefined || price <= filter.maxPrice) &&
      !filter.closed.includes(entry.seller_no as number),
  );
}

const orders: Record<Exclude<Sort, 'relevance'>, (row: Row) => number | bigint> = {
  newest: ({ published }) => -published.getTime(),
  price: ({ price }) => price,
  '-price': ({ price }) => -price,
  rating: ({ rating }) => -rating,
};

/** By quality and length of the title within bounds, then by a byte of the id. */
function standingOf({ quality, id, entry }: (typeof entries)[number]): number {
  const byte = Number.parseInt(id.replaceAll('-', '').slice(24, 26), 16);
  const merit = quality + Math.trunc(1500 / (1 + (entry.title_words as number)));
  return (Math.min(Math.max(merit, -256), 1023) + 256) * 256 + byte;
}

function sortBy<Each extends Row>(
  rows: Each[],
  key: (row: Each) => number | bigint,
  isAscending: boolean,
): string[] {
  const sign = isAscending ? 1 : -1;
  return rows
    .toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id < b.id ? -sign : sign))
    .map(({ id }) => id);
}

describe.each(Object.entries(amounts))('to %s', (_, amount) => {
  it.each(Object.keys(orders) as Exclude<Sort, 'relevance'>[])('finds the same by %s', async (sort) => {
    for (const { query, filter } of cases) {
      const found: string[] = [];
      let after: After | undefined;
      // Two pages, and the rest.
      for (const limit of [7, 7, count]) {
        const { database } = search.test.service;
        const rows = await findSorted(database, query, filter, sort, after, limit, amount);
        found.push(...rows.map(({ id }) => id));
        after = rows.at(-1);
        if (!after) break;
      }
      const expected = sortBy(all(query, filter), orders[sort], sort === 'price');
      expect({ query, filter, found }).toEqual({ query, filter, found: expected });
    }
  });

  it('ranks the same parts', async () => {
    for (const { query, filter } of cases) {
      if (query === undefined) continue;
      const best = sortBy(all(query, filter), (row) => -standingOf(row), false);
      const ranking = { all: query, any: query, phrase: undefined, words: 2 };
      const parts: string[][] = [];
      for (let chunk: Chunk | undefined = {}; chunk; ) {
        const options = { limit: count, chunk, isCounted: false, ...amount };
        const { rows, next } = await findBest(search.test.service.database, query, ranking, filter, options);
        if (rows.length > 0) parts.push(rows.map(({ id }) => id).toSorted());
        chunk = next;
      }
      const expected = Array.from({ length: Math.ceil(best.length / 100) }, (_each, n) =>
        best.slice(n * 100, n * 100 + 100).toSorted(),
      );
      expect({ query, filter, parts }).toEqual({ query, filter, parts: expected });
    }
  });
});

it('finds a standing in every range that it is in, by a few keys', async () => {
  const { rows } = await sql`
    with stood as materialized (
      select standing(quality::smallint, 1500::smallint, id) as at
      from unnest(array[-32768, -257, -256, -1, 0, 15, 16, 255, 256, 511, 512, 1022, 1023, 32767]) quality,
        unnest(array['00', '0f', '10', '80', 'ff']) byte,
        cast('01981f00-0000-7000-8000-0000' || byte || '000000' as uuid) id
    ), range as materialized (
      select low.at as low, high.at as high, standing_range(low.at, high.at) as keys
      from stood low join stood high on high.at >= low.at
    )
    select at, low, high, cardinality(keys) as keys from stood join range
      on (at between low and high) <> (standing_keys(at) && keys) or cardinality(keys) > 140 limit 5`.execute(
    search.test.service.database.kysely,
  );
  expect(rows).toEqual([]);
});

it('finds a price in every range that it is in', async () => {
  const { rows } = await sql`
    with price as materialized (
      select distinct least(10 ^ (n / 3)::numeric + n % 3 - 1, 9223372036854775807)::bigint as at from generate_series(0, 59) n
    ), range as materialized (
      select low.at as low, high.at as high, price_range(low.at, high.at) as keys
      from price low join price high on high.at >= low.at
    )
    select at, low, high, cardinality(keys) as keys from price join range on (at between low and high) > (price_keys(at) && keys)
      or cardinality(keys) > 40 limit 5`.execute(search.test.service.database.kysely);
  expect(rows).toEqual([]);
});

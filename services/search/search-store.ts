import type { Database } from '@pasar/platform/db';
import { invalidField } from '@pasar/platform/errors';
import { type RawBuilder, sql } from 'kysely';
import type { Card } from './entry.js';
import type { Db } from './marks.js';

/** What products must have besides words, in the numbers of the index. */
export interface Filter {
  /** With all that are below. */
  categories?: number[];
  brand?: number;
  city?: number;
  /** All of them. */
  attributes: number[];
  minPrice?: bigint;
  maxPrice?: bigint;
  /** Hundredths of stars. */
  minRating?: number;
  inStock: boolean;
  /** Sellers of whom nothing is shown. */
  closed: number[];
}

export type Sort = 'relevance' | 'newest' | 'price' | '-price' | 'rating';

export interface FoundHit {
  id: string;
  /** What it is sorted by, as text. */
  key: string;
  price: bigint;
  rating: number;
  inStock: boolean;
  card: Card;
  sellerId: string;
  sellerSlug: string;
  sellerName: string;
  city: string;
  category: string | null;
  brand: string | null;
  ratingCount: number;
}

/** Where a page goes on. */
export interface After {
  key: string;
  id: string;
}

const nothing = sql``;

/** @param query a tsquery; none when undefined */
export function matching(query: string | undefined, filter: Filter): RawBuilder<unknown> {
  const { categories, brand, city, attributes, minPrice, maxPrice, minRating, inStock, closed } = filter;
  return sql`true
    ${query === undefined ? nothing : sql`and e.match @@ ${query}::tsquery`}
    ${categories ? sql`and e.category_no = any(${categories}::integer[])` : nothing}
    ${brand === undefined ? nothing : sql`and e.brand_no = ${brand}`}
    ${city === undefined ? nothing : sql`and e.city_no = ${city}`}
    ${attributes.length > 0 ? sql`and e.attributes @> ${attributes}::integer[]` : nothing}
    ${minPrice === undefined ? nothing : sql`and e.price >= ${minPrice}::bigint`}
    ${maxPrice === undefined ? nothing : sql`and e.price <= ${maxPrice}::bigint`}
    ${minRating ? sql`and e.rating >= ${minRating}` : nothing}
    ${inStock ? sql`and e.in_stock` : nothing}
    ${closed.length > 0 ? sql`and e.seller_no <> all(${closed}::integer[])` : nothing}`;
}

/** What a hit shows, of the products and keys in `page`. */
export function withDetails<Row = FoundHit>(
  page: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  before: RawBuilder<unknown> = nothing,
  columns: RawBuilder<unknown> = nothing,
): RawBuilder<Row> {
  return sql`
    with ${before} page as materialized (${page})
    select e.product_id as id, page.key::text as key, e.price, e.rating, e.rating_count as "ratingCount",
      e.in_stock as "inStock", e.card, s.id as "sellerId", s.slug as "sellerSlug", s.name as "sellerName",
      city.name as city, c.slug as category, b.slug as brand ${columns}
    from page join entry e on e.product_id = page.id join seller s on s.no = e.seller_no
    join city on city.no = e.city_no left join category c on c.no = e.category_no left join brand b on b.no = e.brand_no
    order by page.key ${order}, page.id ${order}`;
}

const orders: Record<
  Exclude<Sort, 'relevance'>,
  { key: RawBuilder<unknown>; type: RawBuilder<unknown>; order: RawBuilder<unknown> }
> = {
  newest: { key: sql`e.published_at`, type: sql`timestamptz`, order: sql`desc` },
  price: { key: sql`e.price`, type: sql`bigint`, order: sql`asc` },
  '-price': { key: sql`e.price`, type: sql`bigint`, order: sql`desc` },
  rating: { key: sql`e.rating`, type: sql`smallint`, order: sql`desc` },
};

/**
 * In the order of `sort`. Without a query, along an index. With one, to go along an index until there are enough matches
 * would take for ever where all of them are at its far end, and they are: what is called alike costs alike. So matches
 * are sorted; of many, only those up to where the sample says that there are enough.
 * @param isBroad there are many matches
 */
export async function findSorted(
  database: Database,
  query: string | undefined,
  filter: Filter,
  sort: Exclude<Sort, 'relevance'>,
  after: After | undefined,
  limit: number,
  isBroad: boolean,
): Promise<FoundHit[]> {
  const { key, type, order } = orders[sort];
  const from = after
    ? sql`and (${key}, e.product_id) ${sort === 'price' ? sql`>` : sql`<`} (${after.key}::${type}, ${after.id}::uuid)`
    : nothing;
  const sorted = (rows: RawBuilder<unknown>) => sql`
    select e.product_id as id, ${key} as key from ${rows} order by ${key} ${order}, e.product_id ${order} limit ${limit}`;
  const run = (page: RawBuilder<unknown>) =>
    runUnnamed(database, after !== undefined, withDetails(page, order));
  if (query === undefined) return run(sorted(sql`entry e where ${matching(query, filter)} ${from}`));
  const matches = (until: RawBuilder<unknown>) =>
    run(
      sorted(sql`(
        select e.product_id, ${key} from entry e where ${matching(query, filter)} ${from} ${until} offset 0) e`),
    );
  if (isBroad) {
    const [bound] = await runUnnamed<{ key: string }>(
      database,
      after !== undefined,
      sql`
      select key::text from (
        select ${key} as key from entry e where ${matching(query, filter)} ${from} and e.is_sampled offset 0
      ) sampled
      order by sampled.key ${order} limit 1 offset ${Math.ceil(limit / 4)}`,
    );
    const rows = bound
      ? await matches(sql`and ${key} ${sort === 'price' ? sql`<=` : sql`>=`} ${bound.key}::${type}`)
      : [];
    if (rows.length === limit) return rows;
  }
  return matches(nothing);
}

/** Of more matches than these, only so many are ranked. */
const maxRanked = 4_000;
/** Very many matches are ranked so many at a time: those first that have most to say for themselves. */
const rankedOfMany = 100;

/** A part of very many matches: those after this one, by what speaks for them. */
export interface Chunk {
  /** Undefined for the first. */
  after?: { quality: string; id: string };
}

export interface Best {
  rows: FoundHit[];
  /** The part that comes after this one, when there is one. */
  next?: Chunk;
}

export interface Ranking {
  /** A tsquery for titles that have all of the words; none when undefined. */
  all: string | undefined;
  /** A tsquery for titles that have any of them. */
  any: string;
  /** A tsquery for titles that have them as they were typed, side by side. */
  phrase: string | undefined;
  /** How many words there are. */
  words: number;
}

/**
 * Best first. A title with all of the words goes before others, the fewer others it has the sooner, and first of all one
 * that has no other; then words count that are together as they were typed, and what they weigh for the length of the
 * title. Ratings lift, and being sold out lowers.
 * @param chunk of very many matches, which of them
 */
export async function findBest(
  database: Database,
  query: string,
  { all, any, phrase, words }: Ranking,
  filter: Filter,
  after: After | undefined,
  limit: number,
  chunk: Chunk | undefined,
): Promise<Best> {
  const whole = all
    ? sql`case when e.title @@ ${all}::tsquery
        then 1 + least(${words}::real / e.title_words, 1) + (${words} >= e.title_words)::integer else 0 end + `
    : nothing;
  const together = phrase ? sql`(e.title @@ ${phrase}::tsquery)::integer * 0.1 + ` : nothing;
  const score = sql`((${whole} ${together} ts_rank(e.title, ${any}::tsquery, 2)) * (1 + e.quality / 1000.0)
    * case when e.in_stock then 1 else 0.7 end)::real`;
  const start = chunk?.after
    ? sql`and (e.quality, e.product_id) < (${chunk.after.quality}::smallint, ${chunk.after.id}::uuid)`
    : nothing;
  const chosen = chunk
    ? sql`${start} order by e.quality desc, e.product_id desc limit ${rankedOfMany}`
    : sql`limit ${maxRanked}`;
  const ranked = sql`ranked as materialized (
    select e.product_id as id, e.quality, ${score} as key from entry e where ${matching(query, filter)} ${chosen}
  ), `;
  const page = sql`
    select id, key from ranked ${after ? sql`where (key, id) < (${after.key}::real, ${after.id}::uuid)` : nothing}
    order by key desc, id desc limit ${limit}`;
  const columns = sql`, (select count(*)::integer from ranked) as "chunkSize",
    (select row(quality, id)::text from ranked order by quality, id limit 1) as "chunkEnd"`;
  const rows = await runUnnamed(
    database,
    after !== undefined || chunk?.after !== undefined,
    withDetails<FoundHit & { chunkSize: number; chunkEnd: string }>(page, sql`desc`, ranked, columns),
  );
  const [first] = rows;
  if (!chunk || !first || first.chunkSize < rankedOfMany) return { rows };
  const [, quality = '', id = ''] = /^\((-?\d+),(.+)\)$/.exec(first.chunkEnd) ?? [];
  return { rows, next: { after: { quality, id } } };
}

/** Which of the facets a count is of: the bits of `grouping`, from the left, are 0 for what it is grouped by. */
const groupings: Record<number, FacetName> = {
  15: 'category',
  23: 'brand',
  27: 'city',
  29: 'price',
  30: 'stars',
  31: 'all',
};
export type FacetName = 'category' | 'brand' | 'city' | 'price' | 'stars' | 'all' | 'attribute';

export interface FacetCount {
  facet: FacetName;
  /** Null for those that have none. */
  no: number | null;
  count: number;
}

/** Counts exactly up to this many; more are counted from the sample. Each is a page of the table to be read. */
export const maxCounted = 4_000;
const maxValues = 100;

/** Counts what matches by all facets at once, going over it once. */
export async function countFacets(
  database: Database,
  query: string | undefined,
  filter: Filter,
  isSample: boolean,
): Promise<FacetCount[]> {
  const rows = await runUnnamed<{ grouped: number; no: number | null; count: number }>(
    database,
    false,
    sql`
    with matched as materialized (
      select e.category_no, e.brand_no, e.city_no, e.price_band, e.rating / 100 as stars, e.attributes from entry e
      where ${matching(query, filter)} ${isSample ? sql`and e.is_sampled` : sql`limit ${maxCounted + 1}`}
    ), counted as (
      select grouping(category_no, brand_no, city_no, price_band, stars) as grouped,
        coalesce(category_no, brand_no, city_no, price_band, stars) as no, count(*)::integer as count
      from matched
      group by grouping sets ((), (category_no), (brand_no), (city_no), (price_band), (stars))
    )
    (select * from counted where grouped in (${sql.lit(0b01111)}, ${sql.lit(0b11111)}, ${sql.lit(0b11101)}, ${sql.lit(0b11110)}))
    union all (select * from counted where grouped = ${sql.lit(0b10111)} and no is not null order by count desc, no limit ${maxValues})
    union all (select * from counted where grouped = ${sql.lit(0b11011)} order by count desc, no limit ${maxValues})
    union all (
      select -1, a.no, count(*)::integer as count from matched cross join unnest(attributes) as a (no)
      group by a.no order by count desc, a.no limit ${maxValues}
    )`,
  );
  return rows.map(({ grouped, no, count }) => ({ facet: groupings[grouped] ?? 'attribute', no, count }));
}

export interface Label {
  facet: 'brand' | 'city' | 'attribute';
  no: number;
  /** Of an attribute, its name. */
  slug: string;
  name: string;
}

/** What brands, cities and attributes are called. */
export async function readLabels(
  db: Db,
  brands: number[],
  cities: number[],
  attributes: number[],
): Promise<Label[]> {
  const { rows } = await sql<Label>`
    select 'brand' as facet, no, slug, name from brand where no = any(${brands}::integer[])
    union all select 'city', no, slug, name from city where no = any(${cities}::integer[])
    union all select 'attribute', no, name, value from attribute_value where no = any(${attributes}::integer[])`.execute(
    db,
  );
  return rows;
}

export interface Category {
  no: number;
  id: string;
  slug: string;
  name: string;
  nameEn: string;
  parentId: string | null;
}

export async function readCategories(db: Db): Promise<Category[]> {
  const { rows } = await sql<Category>`
    select no, id, slug, name, name_en as "nameEn", parent_id as "parentId" from category`.execute(db);
  return rows;
}

export async function readClosedSellers(db: Db): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`select no from seller where not is_open`.execute(db);
  return rows.map(({ no }) => no);
}

/** As PostgreSQL last counted them; below 0 when it never did. */
export async function estimateEntries(db: Db): Promise<number> {
  const { rows } = await sql<{ products: number }>`
    select reltuples::float8 as products from pg_class where oid = 'entry'::regclass`.execute(db);
  return rows[0]?.products ?? 0;
}

/** Numbers of what a request filters by; undefined for what there is not. */
export async function readFilterNumbers(
  db: Db,
  brand: string,
  city: string,
  attributes: { name: string; value: string }[],
): Promise<{ brand: number | null; city: number | null; attributes: number[] }> {
  const { rows } = await sql<{ brand: number | null; city: number | null; attributes: number[] }>`
    select (select no from brand where slug = ${brand} limit 1) as brand,
      (select no from city where slug = ${city}) as city,
      array(select a.no from unnest(${attributes.map(({ name }) => name)}::text[],
        ${attributes.map(({ value }) => value)}::text[]) as v (name, value)
        join attribute_value a on a.name = v.name and a.value = v.value) as attributes`.execute(db);
  return rows[0] as (typeof rows)[0];
}

/** In how many products each of these is; what is in none is left out. */
export async function readLexicon(db: Db, lexemes: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ word: string; products: number }>`
    select word, products from word where word = any(${lexemes}::text[]) and products > 0`.execute(db);
  return new Map(rows.map(({ word, products }) => [word, products]));
}

/** Words that begin so, the most common first. */
export async function readCompletions(db: Db, beginning: string, limit: number) {
  const { rows } = await sql<{ word: string; products: number }>`
    select word, products from word where word >= ${beginning} and word < ${beginning} || chr(1114111)
      and products > 0 order by products desc, word limit ${limit}`.execute(db);
  return rows;
}

/** Words that a slip or two turn into this one, in any order; by trigrams when there are none. */
export async function readAlike(db: Db, word: string, slips: string[]) {
  const found = await sql<{ word: string; products: number }>`
    select word, products from word where slips && ${slips}::text[] and products > 0
    order by products desc limit 100`.execute(db);
  if (found.rows.length > 0) return found.rows;
  const { rows } = await sql<{ word: string; products: number }>`
    select word, products from word where word % ${word} and slips <> '{}' and products > 0
    order by similarity(word, ${word}) desc, products desc limit 20`.execute(db);
  return rows;
}

/** Words that titles with all of a query have besides, the most common first. A few hundred titles tell. */
export async function readFollowing(db: Db, query: string, beginning: string, isSample: boolean) {
  const { rows } = await sql<{ word: string; products: number }>`
    select word, count(*)::integer as products from (
      select title from entry where match @@ ${query}::tsquery ${isSample ? sql`and is_sampled` : nothing} limit 300
    ) found cross join unnest(tsvector_to_array(title)) as w (word)
    where word not like '~%' and starts_with(word, ${beginning}) and length(word) > 1
    group by word order by products desc, word limit 20`.execute(db);
  return rows;
}

/** Categories and brands whose names begin so and that have products. */
export async function readNamed(db: Db, beginning: string) {
  const { rows } = await sql<{ text: string; kind: 'CATEGORY' | 'BRAND'; slug: string }>`
    (select name as text, 'CATEGORY' as kind, slug from category
      where starts_with(lower(name), ${beginning}) or starts_with(lower(name_en), ${beginning})
      order by length(name), name limit 3)
    union all
    (select name, 'BRAND', slug from brand b
      where lower(name) >= ${beginning} and lower(name) < ${beginning} || chr(1114111)
        and exists (select from entry e where e.brand_no = b.no)
      order by length(name), name limit 3)`.execute(db);
  return rows;
}

/**
 * Runs a query as an unnamed statement: its best plan depends on how many rows its filters leave, and a named one would
 * soon be planned for filters that are not known.
 */
async function runUnnamed<Row>(
  database: Database,
  hasToken: boolean,
  query: RawBuilder<Row>,
): Promise<Row[]> {
  const { sql: text, parameters } = query.compile(database.kysely);
  try {
    const { rows } = await database.pool.query({ text, values: [...parameters] });
    return rows;
  } catch (error) {
    // Data exceptions can only come from a token that was made up: everything else was checked.
    const isForged = hasToken && (error as { code?: string }).code?.startsWith('22');
    throw isForged ? invalidField('pageToken', 'This is not a page token of this list.') : error;
  }
}

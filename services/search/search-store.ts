import type { Database } from '@pasar/platform/db';
import { runUnnamed } from '@pasar/platform/unnamed';
import { type RawBuilder, sql } from 'kysely';
import type { Card } from './entry.js';
import {
  type CountRow,
  countsOf,
  type FacetCount,
  facetColumns,
  inSample,
  maxCounted,
  ratesFor,
  toCounts,
} from './facet-store.js';
import type { Db } from './marks.js';
import { type Filter, isFiltered, matching, pricesBetween } from './matching.js';

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

/** Whatever has nothing to do with the order: so many rows of its index are gone along, at most, for one page. */
const maxWalked = 10_000;
/** What is called alike, or is of one kind, costs alike: only what is nearly everywhere is soon met along the prices. */
const maxWalkedByPrice = 700;

/** How much there is, about. */
export interface Amount {
  matches: number;
  products: number;
}

/**
 * In the order of `sort`: all of the index in its own order; matches that are many, too, for a while, which finds a page
 * where they are everywhere. Otherwise matches are sorted: of many, only those up to where the sample says that there
 * are enough, as to go along an index to where all of them are would take for ever.
 */
export async function findSorted(
  database: Database,
  query: string | undefined,
  filter: Filter,
  sort: Exclude<Sort, 'relevance'>,
  after: After | undefined,
  limit: number,
  { matches, products }: Amount,
): Promise<FoundHit[]> {
  const { key, type, order } = orders[sort];
  const isByPrice = sort === 'price' || sort === '-price';
  const place = ({ key: at, id }: After) => sql`(${at}::${type}, ${id}::uuid)`;
  /** Prices from a place on, in the order, or up to it. */
  const beyond = ({ key: at }: After, isUpTo: boolean) => {
    const price = sql`${at}::bigint`;
    if (!isByPrice) return nothing;
    return isUpTo === (sort === 'price') ? pricesBetween(undefined, price) : pricesBetween(price, undefined);
  };
  const from = after
    ? sql`and (${key}, e.product_id) ${sort === 'price' ? sql`>` : sql`<`} ${place(after)}`
    : nothing;
  const sorted = (rows: RawBuilder<unknown>) =>
    runUnnamed<FoundHit>(
      database,
      after !== undefined,
      withDetails(
        sql`select e.product_id as id, ${key} as key from ${rows}
          order by ${key} ${order}, e.product_id ${order} limit ${limit}`,
        order,
      ),
    );
  if (query === undefined && !isFiltered(filter))
    return sorted(sql`entry e where ${matching(query, filter)} ${from}`);
  const walked = Math.ceil((3 * limit * products) / Math.max(matches, 1)) + 500;
  if (walked <= (isByPrice ? maxWalkedByPrice : maxWalked)) {
    const rows = await sorted(sql`(
      select e.* from entry e where true ${from} order by ${key} ${order}, e.product_id ${order} limit ${walked}
    ) e where ${matching(query, filter)}`);
    if (rows.length === limit) return rows;
  }
  // Prices are found by their keys, as in `pricesBetween`.
  const bare = isByPrice ? sql`e.price + 0` : key;
  const rest = after
    ? sql`and (${bare}, e.product_id) ${sort === 'price' ? sql`>` : sql`<`} ${place(after)} ${beyond(after, false)}`
    : nothing;
  const matched = (until: RawBuilder<unknown>) =>
    sorted(sql`(
      select e.product_id, ${key} from entry e where ${matching(query, filter)} ${rest} ${until} offset 0) e`);
  for (const rate of ratesFor(matches)) {
    const [bound] = await runUnnamed<After>(
      database,
      after !== undefined,
      sql`
      select key::text, id from (
        select ${key} as key, e.product_id as id from entry e where ${matching(query, filter)} ${rest} ${inSample(rate)}
        offset 0
      ) sampled
      order by sampled.key ${order}, sampled.id ${order} limit 1 offset ${Math.ceil((4 * limit) / rate) + 1}`,
    );
    if (!bound) continue;
    // By id too: very many may cost the same.
    const rows = await matched(
      sql`and (${bare}, e.product_id) ${sort === 'price' ? sql`<=` : sql`>=`} ${place(bound)} ${beyond(bound, true)}`,
    );
    if (rows.length === limit) return rows;
  }
  return matched(nothing);
}

/** Very many matches are ranked so many at a time: those first that have most to say for themselves. */
const rankedOfMany = 100;
/** So many are looked up, by what the sample says, that there are seldom fewer than these. */
const boundedOfMany = 2 * rankedOfMany;

const standing = sql`standing(e.quality, e.title_words, e.product_id)`;
/** Nothing stands higher. */
const highest = sql`327679`;

/** The counts with the first row, and not with all others again. */
const countsOnce = sql`, case when page.id = (select id from page order by key desc, id desc limit 1)
  then (select json_agg(counts) from counts) end as counts`;

/** A part of very many matches: those after this one, by what speaks for them. */
export interface Chunk {
  /** Undefined for the first. */
  after?: Standing;
}

/** Where an entry stands among all: by its quality and the length of its title. */
export interface Standing {
  standing: string;
  id: string;
}

export interface Best {
  rows: FoundHit[];
  /** Of up to one more than are counted, where that was asked for. */
  counts?: FacetCount[];
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

export interface BestOptions {
  /** About. */
  matches: number;
  after?: After;
  limit: number;
  chunk?: Chunk;
  isCounted: boolean;
}

/**
 * Best first. A title with all of the words goes before others, the fewer others it has the sooner, and first of all one
 * that has no other; then words count that are together as they were typed, and what they weigh for the length of the
 * title. Ratings lift, and being sold out lowers.
 * @param chunk of very many matches, which of them: a hundred, and the sample says where to look for them
 * @param isCounted whether facets are counted in passing: each match is a page of the table to be read
 */
export async function findBest(
  database: Database,
  query: string,
  { all: whole, any, phrase, words }: Ranking,
  filter: Filter,
  { after, limit, chunk, isCounted, matches }: BestOptions,
): Promise<Best> {
  const complete = whole
    ? sql`case when e.title @@ ${whole}::tsquery
        then 1 + least(${words}::real / e.title_words, 1) + (${words} >= e.title_words)::integer else 0 end + `
    : nothing;
  const together = phrase ? sql`(e.title @@ ${phrase}::tsquery)::integer * 0.1 + ` : nothing;
  const score = sql`((${complete} ${together} ts_rank(e.title, ${any}::tsquery, 2)) * (1 + e.quality / 1000.0)
    * case when e.in_stock then 1 else 0.7 end)::real`;
  const all = sql`entry e where ${matching(query, filter)}`;
  const run = async (of: RawBuilder<unknown>): Promise<Best> => {
    const ranked = sql`ranked as materialized (
      select e.product_id as id, ${standing} as standing, ${score} as key ${isCounted ? sql`, ${facetColumns}` : nothing} from ${of}
    ), ${isCounted ? sql`${countsOf(sql`ranked`)}, ` : nothing}`;
    const page = sql`
      select id, key from ranked ${after ? sql`where (key, id) < (${after.key}::real, ${after.id}::uuid)` : nothing}
      order by key desc, id desc limit ${limit}`;
    const columns = sql`, (select count(*)::integer from ranked) as "chunkSize",
      (select row(standing, id)::text from ranked order by standing, id limit 1) as "chunkEnd"
      ${isCounted ? countsOnce : nothing}`;
    const rows = await runUnnamed(
      database,
      after !== undefined || chunk?.after !== undefined,
      withDetails<FoundHit & { chunkSize: number; chunkEnd: string; counts: CountRow[] | null }>(
        page,
        sql`desc`,
        ranked,
        columns,
      ),
    );
    const [first] = rows;
    if (!chunk || !first || first.chunkSize < rankedOfMany)
      return { rows, counts: isCounted ? toCounts(first?.counts ?? []) : undefined };
    const [, at = '', id = ''] = /^\((\d+),(.+)\)$/.exec(first.chunkEnd) ?? [];
    return { rows, next: { after: { standing: at, id } } };
  };
  if (!chunk) return run(sql`${all} limit ${maxCounted + 1}`);
  const from = chunk.after;
  const below = from ? sql`and (${standing}, e.product_id) < ${toPlace(from)}` : nothing;
  const ranked = (bound?: Standing) => {
    const top = from ? sql`least(${from.standing}::integer, ${highest})` : highest;
    const keys = sql`standing_range(${bound?.standing ?? 0}::integer, ${top})`;
    return run(sql`(
      select e.* from ${all} ${below} ${bound ? sql`and (${standing}, e.product_id) >= ${toPlace(bound)}` : nothing}
        ${bound || from ? sql`and standing_keys(${standing}) && ${keys}` : nothing} offset 0
    ) e order by ${standing} desc, e.product_id desc limit ${rankedOfMany}`);
  };
  for (const rate of ratesFor(matches)) {
    const [bound] = await runUnnamed<Standing>(
      database,
      from !== undefined,
      sql`
      select ${standing}::text as standing, e.product_id as id from entry e
      where ${matching(query, filter)} ${below} ${inSample(rate)}
      order by ${standing} desc, e.product_id desc limit 1 offset ${Math.ceil(boundedOfMany / rate)}`,
    );
    if (!bound) continue;
    const best = await ranked(bound);
    if (best.next) return best;
  }
  return ranked();
}

function toPlace({ standing: at, id }: Standing): RawBuilder<unknown> {
  return sql`(${at}::integer, ${id}::uuid)`;
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

/** As PostgreSQL last counted them; 0 when it never did. */
export async function estimateEntries(db: Db): Promise<number> {
  const { rows } = await sql<{ products: number }>`
    select greatest(reltuples, 0)::float8 as products from pg_class where oid = 'entry'::regclass`.execute(
    db,
  );
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
      select title from entry e where match @@ ${query}::tsquery ${isSample ? inSample(16) : nothing} limit 300
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

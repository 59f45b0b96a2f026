import { chunks } from '@pasar/platform/chunks';
import { recordset } from '@pasar/platform/recordset';
import { sql } from 'kysely';
import { type Entry, qualityOf } from './entry.js';
import type { Db } from './marks.js';
import { slipsOf } from './text.js';

export type EntryTable = 'entry' | 'entry_next';

/**
 * Writers of `entry` hold this shared for their transaction, and who puts another table in its place holds it alone.
 */
export const writeLock = 742_310;
/** Whoever makes entries holds this shared, and who takes ratings alone: an entry in the making would miss them. */
const ratingsLock = 742_311;

export async function lockForWriting(tx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${writeLock}), pg_advisory_xact_lock_shared(${ratingsLock})`.execute(
    tx,
  );
}

export async function lockForRatings(tx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${writeLock}), pg_advisory_xact_lock(${ratingsLock})`.execute(
    tx,
  );
}

/** To be called by writers of entries: what changes while another index is being built is taken over into it. */
export async function noteChanges(tx: Db, productIds: string[]): Promise<void> {
  await sql`
    insert into rebuild_change (product_id) select distinct unnest(${productIds}::uuid[])
    where exists (select from rebuild where state in ('filling', 'indexing')) order by 1
    on conflict do nothing`.execute(tx);
}

/** What a product's entry held: to be taken back when it is replaced. */
export interface Former {
  productId: string;
  lexemes: string[];
  variants: string[];
}

export async function readFormer(tx: Db, productIds: string[]): Promise<Former[]> {
  const { rows } = await sql<Former>`
    select product_id as "productId", tsvector_to_array(match) as lexemes, variants from entry
    where product_id = any((select ${productIds}::uuid[])::uuid[])`.execute(tx);
  return rows;
}

/** Adds values that products are counted by. Kept out of transactions that write much: others may add the same. */
export async function noteAttributes(db: Db, entries: Entry[]): Promise<void> {
  const values = new Map(
    entries.flatMap(({ attributes }) =>
      attributes.map((each) => [`${each.name}:${each.value}`, each] as const),
    ),
  );
  if (values.size === 0) return;
  const names = [...values.values()].map(({ name }) => name);
  const texts = [...values.values()].map(({ value }) => value);
  // Looked for first: a number that an identity column gives is used up by a conflict too.
  await sql`
    insert into attribute_value (name, value)
    select v.name, v.value from unnest(${names}::text[], ${texts}::text[]) as v (name, value)
    where not exists (select from attribute_value a where a.name = v.name and a.value = v.value)
    order by v.name, v.value on conflict do nothing`.execute(db);
}

/**
 * Writes whole entries. Their sellers, categories, brands and attributes are known by now, or are left out. What an entry
 * has of ratings it keeps: they are written when they come.
 */
export async function writeEntries(tx: Db, entries: Entry[], table: EntryTable = 'entry'): Promise<void> {
  if (entries.length === 0) return;
  const records = entries.map(({ price, titleVector, lexemes, variantIds, ...entry }) => ({
    ...entry,
    ...{ price, title: titleVector, match: lexemes, variants: variantIds },
  }));
  await sql`
    insert into ${sql.table(table)} as e (product_id, seller_no, category_no, brand_no, city_no, price, price_band,
      in_stock, sample, published_at, attributes, title, match, variants, card, title_words, rating,
      rating_count, quality)
    select x.id, s.no, c.no, b.no, s.city_no, x.price, x."priceBand", x."inStock", x.sample, x."publishedAt",
      array(select a.no from jsonb_to_recordset(x.attributes) as v (name text, value text)
        join attribute_value a on a.name = v.name and a.value = v.value),
      x.title::tsvector, array_to_tsvector(x.match), x.variants, x.card, x."titleWords",
      coalesce(r.average, 0), coalesce(r.count, 0), coalesce(r.quality, 0)
    from ${recordset(
      'x',
      records,
      `id uuid, sellerId uuid, categoryId uuid, brandId uuid, price bigint, priceBand smallint, inStock boolean,
      sample smallint, publishedAt timestamptz, attributes jsonb, title text, match text[], variants uuid[], card jsonb,
      titleWords smallint`,
    )}
    join seller s on s.id = x."sellerId" left join category c on c.id = x."categoryId"
    left join brand b on b.id = x."brandId" left join rating r on r.product_id = x.id
    on conflict (product_id) do update set seller_no = excluded.seller_no, category_no = excluded.category_no,
      brand_no = excluded.brand_no, city_no = excluded.city_no, price = excluded.price,
      price_band = excluded.price_band, in_stock = excluded.in_stock, published_at = excluded.published_at,
      attributes = excluded.attributes, title = excluded.title, match = excluded.match, variants = excluded.variants,
      card = excluded.card, title_words = excluded.title_words`.execute(tx);
}

export async function deleteEntries(tx: Db, productIds: string[]): Promise<void> {
  if (productIds.length === 0) return;
  await sql`delete from entry where product_id = any(${productIds}::uuid[])`.execute(tx);
}

/** Notes which products variants are of. In order, so that two who note the same do not wait for each other. */
export async function noteVariants(db: Db, products: { id: string; variantIds: string[] }[]): Promise<void> {
  const pairs = products
    .flatMap(({ id, variantIds }) => variantIds.map((variantId) => ({ id, variantId })))
    .sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
  await sql`
    insert into variant (id, product_id)
    select * from unnest(${pairs.map(({ variantId }) => variantId)}::uuid[], ${pairs.map(({ id }) => id)}::uuid[])
    on conflict do nothing`.execute(db);
}

export async function forgetVariants(tx: Db, former: Former[], entries: Entry[]): Promise<void> {
  const kept = new Set(entries.flatMap(({ variantIds }) => variantIds));
  const gone = former.flatMap(({ variants }) => variants).filter((id) => !kept.has(id));
  if (gone.length > 0) await sql`delete from variant where id = any(${gone}::uuid[])`.execute(tx);
}

/** By how many products each word became more, or fewer. */
export type WordCounts = Map<string, number>;

export function countWords(counts: WordCounts, lexemes: string[], by: 1 | -1): void {
  for (const lexeme of lexemes) counts.set(lexeme, (counts.get(lexeme) ?? 0) + by);
}

/** In the order of the words, so that two who write the same do not wait for each other. */
export async function addWords(tx: Db, counts: WordCounts): Promise<void> {
  const changed = [...counts].filter(([, by]) => by !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (changed.length === 0) return;
  const words = changed.map(([word]) => word);
  const { rows } = await sql<{ word: string }>`
    with changed as (
      select * from unnest(${words}::text[], ${changed.map(([, by]) => by)}::integer[]) as c (word, by)
    ), known as materialized (
      select w.word, c.by from changed c join word w on w.word = c.word order by w.word for update of w
    ), counted as (
      update word w set products = greatest(w.products + known.by, 0) from known where w.word = known.word
    )
    select c.word from changed c where c.by > 0 and not exists (select from known where known.word = c.word)`.execute(
    tx,
  );
  if (rows.length === 0) return;
  const fresh = rows.map(({ word }) => word).sort();
  await sql`
    insert into word as w (word, products, slips)
    select * from ${recordset(
      'x',
      fresh.map((word) => ({ word, products: counts.get(word), slips: slipsOf(word) })),
      'word text, products integer, slips text[]',
    )}
    on conflict (word) do update set products = w.products + excluded.products`.execute(tx);
}

/** Makes the counts of all words these. */
export async function writeWords(tx: Db, counts: WordCounts): Promise<void> {
  const { rows } = await sql<{ word: string; products: number }>`
    select word, products from word where products <> 0`.execute(tx);
  const changes: WordCounts = new Map(counts);
  for (const { word, products } of rows) changes.set(word, (counts.get(word) ?? 0) - products);
  for (const part of chunks([...changes], 5_000)) await addWords(tx, new Map(part));
  await sql`delete from word where products = 0`.execute(tx);
}

/** Products whose stock alone was to be looked at, with their variants. */
export async function readVariants(db: Db, productIds: string[]): Promise<Former[]> {
  const { rows } = await sql<Former>`
    select product_id as "productId", '{}'::text[] as lexemes, variants from entry
    where product_id = any(${productIds}::uuid[])`.execute(db);
  return rows;
}

export async function writeStock(tx: Db, stock: Map<string, boolean>): Promise<void> {
  await sql`
    update entry e set in_stock = s.in_stock
    from unnest(${[...stock.keys()]}::uuid[], ${[...stock.values()]}::boolean[]) as s (product_id, in_stock)
    where e.product_id = s.product_id and e.in_stock <> s.in_stock`.execute(tx);
}

export interface Rating {
  productId: string;
  /** Stars. */
  average: number;
  count: number;
}

/** Takes what ratings are now, the last of each product, and shows it where the product is indexed. */
export async function writeRatings(tx: Db, ratings: Rating[]): Promise<void> {
  const latest = [...new Map(ratings.map((rating) => [rating.productId, rating])).values()];
  await noteChanges(
    tx,
    latest.map(({ productId }) => productId),
  );
  const records = latest.map(({ productId, average, count }) => ({
    ...{ productId, average: Math.round(average * 100), count },
    quality: qualityOf(average, count),
  }));
  await sql`
    with given as (
      select * from ${recordset('g', records, 'productId uuid, average smallint, count integer, quality smallint')}
      order by "productId"
    ), kept as (
      insert into rating (product_id, average, count, quality) select * from given
      on conflict (product_id) do update
      set average = excluded.average, count = excluded.count, quality = excluded.quality
    )
    update entry e set rating = g.average, rating_count = g.count, quality = g.quality
    from given g where e.product_id = g."productId"`.execute(tx);
}

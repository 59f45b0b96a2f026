import type { Database } from '@pasar/platform/db';
import { decodeIdToken, decodePageToken, pageOf } from '@pasar/platform/page';
import { runUnnamed } from '@pasar/platform/unnamed';
import { type RawBuilder, sql } from 'kysely';
import { isId, type Product, type Status } from './product.js';
import { inOpenStore, type ProductRow, productColumns, toProduct } from './store.js';

export type Sort = 'newest' | 'price' | '-price' | 'title' | 'relevance';

export interface Filter {
  /** Slug; what is below it counts too. */
  category: string;
  sellerId: string;
  /** Slug. */
  brand: string;
  query: string;
  minPrice?: bigint;
  maxPrice?: bigint;
}

export interface Paging {
  size: number;
  token: string;
}

export interface ProductPage {
  products: Product[];
  nextPageToken: string;
}

interface Order {
  key: RawBuilder<unknown>;
  type: RawBuilder<unknown>;
  descending: boolean;
}

const orders: Record<Exclude<Sort, 'relevance'>, Order> = {
  newest: { key: sql`p.published_at`, type: sql`timestamptz`, descending: true },
  price: { key: sql`p.current_price`, type: sql`bigint`, descending: false },
  '-price': { key: sql`p.current_price`, type: sql`bigint`, descending: true },
  title: { key: sql`p.sort_title`, type: sql`text`, descending: false },
};

const newestOwn: Order = { key: sql`p.id`, type: sql`uuid`, descending: true };

/** Of more matches than these, only so many are ranked: beyond them a rank says little and costs much. */
const maxRanked = 1000;
/** So many products are gone through for a page of those that match. */
const walked = 1000;
/** At least so many of each category. */
const leastWalked = 50;
/** A word that so many words of titles begin with, or fewer, stands for them. */
const maxCompletions = 8;

const nothing: ProductPage = { products: [], nextPageToken: '' };

/** Published products. Every shape of it is read from an index in its order; see the indexes of `product`. */
export async function listPublished(
  database: Database,
  filter: Filter,
  sort: Sort,
  { size, token }: Paging,
): Promise<ProductPage> {
  const after = decodePageToken(token, 2);
  const query = await readQuery(database, filter.query);
  const brandId = filter.brand ? await findBrandId(database, filter.brand) : undefined;
  // Nothing that could be searched for was left of the query, or there is no such store or brand.
  const categoryIds = filter.category ? await findSubtree(database, filter.category) : [];
  const isKnown = brandId !== null && (!filter.category || categoryIds.length > 0);
  const isPossible = query !== '' && (!filter.sellerId || isId(filter.sellerId)) && isKnown;
  if (!isPossible) return nothing;
  const listed = sql`p.status = 'published' and ${inOpenStore}
    ${filter.sellerId ? sql`and p.seller_id = ${filter.sellerId}::uuid` : sql``}
    ${brandId ? sql`and p.brand_id = ${brandId}::uuid` : sql``}`;
  const inPriceRange = sql`
    ${filter.minPrice === undefined ? sql`` : sql`and p.current_price >= ${filter.minPrice}::bigint`}
    ${filter.maxPrice === undefined ? sql`` : sql`and p.current_price <= ${filter.maxPrice}::bigint`}`;
  const asked = query === undefined ? sql`` : sql`and p.words @@ to_tsquery('simple', ${query})`;
  const inSubtree = filter.category ? sql`and p.category_id = any(${categoryIds}::uuid[])` : sql``;
  // The same, as the index of words has it.
  const inListed = filter.category ? sql`and array[p.category_id] && ${categoryIds}::uuid[]` : sql``;

  let page: RawBuilder<unknown>;
  if (sort === 'relevance' && query !== undefined) {
    const rank = sql`ts_rank(p.words, to_tsquery('simple', ${query}))`;
    // The planner is not to know how many: it would go along the table until it has as many, from wherever another one
    // is at the moment (`synchronize_seqscans`), and so rank others each time.
    const first = sql`(select ${maxRanked}::integer)`;
    page = sql`
      select id, key from (
        select p.id, ${rank} as key from product p where ${listed} ${inPriceRange} ${asked} ${inListed} limit ${first}
      ) ranked
      ${after ? sql`where (key, id) < (${after[0]}::real, ${after[1]}::uuid)` : sql``}
      order by key desc, id desc limit ${size + 1}`;
  } else {
    const order = orders[sort === 'relevance' ? 'newest' : sort];
    const isByPrice = sort === 'price' || sort === '-price';
    // A category alone: the first few of each category below it, each from its index, and the first few of those. Any
    // other filter is narrower than a category, or has its own index, and is checked against the categories after.
    const perCategory = filter.category && !filter.sellerId && !filter.brand;
    const where = isByPrice ? sql`${listed} ${inPriceRange}` : listed;
    const inOrder = (hit: RawBuilder<unknown>, limit: number) =>
      perCategory
        ? sql`
          select p.id, p.key, p.hit, p.place from unnest(${categoryIds}::uuid[]) as subtree (id) cross join lateral (
            ${pageBy(order, hit, sql`${where} and p.category_id = subtree.id`, after, limit)}
          ) p ${sorted(order.descending, sql`p.key`)}`
        : pageBy(order, hit, sql`${where} ${inSubtree}`, after, limit);
    const hit = sql`true ${isByPrice ? sql`` : inPriceRange} ${asked}`;
    const hasPriceRange = filter.minPrice !== undefined || filter.maxPrice !== undefined;
    const isPicky = query !== undefined || (hasPriceRange && !isByPrice);
    const share = perCategory ? Math.max(leastWalked, Math.floor(walked / categoryIds.length)) : walked;
    page = isPicky
      ? nearOrFar(
          sql`select id, key, hit, place = ${share} as is_end from (${inOrder(hit, share)}) p`,
          sql`${listed} ${inPriceRange} ${asked} ${query === undefined ? inSubtree : inListed}`,
          order,
          after,
          size,
        )
      : sql`
          select id, key from (${inOrder(sql`true`, size + 1)}) p ${sorted(order.descending, sql`key`, sql`id`)}
          limit ${size + 1}`;
  }
  const isDescending = sort === 'relevance' || orders[sort].descending;
  const found = await runUnnamed<{ id: string; sortKey: string }>(
    database,
    token !== '',
    sql`
      select id, key::text as "sortKey" from (${page}) page ${sorted(isDescending, sql`key`, sql`id`)}`,
  );
  return showPage(
    database,
    pageOf(found, size, ({ sortKey, id }) => [sortKey, id]),
  );
}

/** A store's own products, newest first. */
export async function listOwn(
  database: Database,
  sellerId: string,
  status: Status | undefined,
  text: string,
  { size, token }: Paging,
): Promise<ProductPage> {
  const after = decodeIdToken(token);
  const query = await readQuery(database, text);
  if (query === '') return nothing;
  const statuses = status ? [status] : ['draft', 'published', 'archived'];
  const start = after === undefined ? undefined : [after, after];
  const own = sql`p.seller_id = ${sellerId}::uuid`;
  const asked = query === undefined ? sql`true` : sql`p.words @@ to_tsquery('simple', ${query})`;
  const inOrder = (hit: RawBuilder<unknown>, limit: number) => sql`
    select p.id, p.key, p.hit, p.place from unnest(${statuses}::text[]) as s (status) cross join lateral (
      ${pageBy(newestOwn, hit, sql`${own} and p.status = s.status`, start, limit)}
    ) p`;
  const share = Math.floor(walked / statuses.length);
  const page =
    query === undefined
      ? inOrder(sql`true`, size + 1)
      : nearOrFar(
          sql`select id, key, hit, place = ${share} as is_end from (${inOrder(asked, share)}) p`,
          sql`${own} and p.status = any(${statuses}::text[]) and ${asked}`,
          newestOwn,
          start,
          size,
        );
  const found = await runUnnamed<{ id: string }>(
    database,
    token !== '',
    sql`select id from (${page}) page order by id desc limit ${size + 1}`,
  );
  return showPage(
    database,
    pageOf(found, size, ({ id }) => [id]),
  );
}

/** What there is to show of a page, by a statement of its own: it is planned once, whatever was looked for. */
async function showPage(
  database: Database,
  { rows, nextPageToken }: { rows: { id: string }[]; nextPageToken: string },
): Promise<ProductPage> {
  if (rows.length === 0) return nothing;
  const products = await sql<ProductRow>`
    select ${productColumns(sql`''`)} from unnest(${rows.map(({ id }) => id)}::uuid[]) with ordinality as page (id, place)
    join product p on p.id = page.id order by page.place`.execute(database.kysely);
  return { products: products.rows.map(toProduct), nextPageToken };
}

/** Looked up first, so that a plan can go by how common the brand is. */
async function findBrandId(database: Database, slug: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from brand where slug = ${slug} limit 1`.execute(
    database.kysely,
  );
  return rows[0]?.id ?? null;
}

/** A category and all below it. */
async function findSubtree(database: Database, slug: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive subtree as (
      select id from category where slug = ${slug}
      union select c.id from category c join subtree on c.parent_id = subtree.id
    )
    select id from subtree`.execute(database.kysely);
  return rows.map(({ id }) => id);
}

/** Ids and sort keys of products `p`, from after a key on, whether they are what is looked for, and the how manieth. */
function pageBy(
  order: Order,
  hit: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  after: string[] | undefined,
  limit: number,
): RawBuilder<unknown> {
  const { key, descending } = order;
  return sql`
    select p.id, ${key} as key, ${hit} as hit, row_number() over (${sorted(descending, key)}) as place
    from product p where ${where} ${from(order, after)} ${sorted(descending, key)} limit ${limit}`;
}

function from({ key, type, descending }: Order, after: string[] | undefined): RawBuilder<unknown> {
  if (!after) return sql``;
  const beyond = descending ? sql`<` : sql`>`;
  return sql`and (${key}, p.id) ${beyond} (${after[0]}::${type}, ${after[1]}::uuid)`;
}

/**
 * Going along an index until there are enough hits takes for ever where there are none, or all are at its far end; to
 * sort all hits takes long where there are many. So it is gone along for a while, which finds a page where hits are
 * many; and where that finds too few, there are few enough to be sorted.
 * @param walk goes along one index or several; of each that goes on beyond it the last one `is_end`
 */
function nearOrFar(
  walk: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  order: Order,
  after: string[] | undefined,
  size: number,
): RawBuilder<unknown> {
  const { key, descending } = order;
  const [inOrder, beyond] = [sorted(descending, sql`key`, sql`id`), descending ? sql`<` : sql`>`];
  const isEnough = sql`((select count(*) from near) > ${size} or not exists (select from first_end))`;
  return sql`
    with walk as materialized (${walk}),
    first_end as materialized (select key, id from walk where is_end ${inOrder} limit 1),
    near as materialized (
      select id, key from walk w
      where hit and not exists (select from first_end e where (w.key, w.id) ${beyond} (e.key, e.id))
      ${inOrder} limit ${size + 1}
    )
    select id, key from near where ${isEnough}
    union all
    select id, key from (
      select p.id, p.key from (
        select p.id, ${key} as key from product p where not ${isEnough} and ${where} ${from(order, after)} offset 0
      ) p ${sorted(descending, sql`p.key`)} limit ${size + 1}
    ) far`;
}

function sorted(descending: boolean, key: RawBuilder<unknown>, id = sql`p.id`): RawBuilder<unknown> {
  return descending ? sql`order by ${key} desc, ${id} desc` : sql`order by ${key}, ${id}`;
}

/**
 * What a customer typed, as a tsquery: all of its words, the last one perhaps not yet complete. A word that no title
 * has may also be one that is spelt alike. Undefined without a query, empty when there is no word in it.
 */
async function readQuery(database: Database, text: string): Promise<string | undefined> {
  if (text.trim() === '') return undefined;
  const words =
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, 12) ?? [];
  const [alike, completions] = await Promise.all([
    findAlike(
      database,
      words.filter((word) => /^\p{L}{4,30}$/u.test(word)),
    ),
    findCompletions(database, words.at(-1) ?? ''),
  ]);
  const last = words.length - 1;
  return words
    .map((word, index) => {
      const forms = [...(index === last ? completions : [word]), ...(alike.get(word) ?? [])];
      return forms.length > 1 ? `(${forms.join(' | ')})` : forms[0];
    })
    .join(' & ');
}

/**
 * What the last word may become. Words of titles, where they are few: of each there is a list in the index, where all
 * that begin alike have to be gathered first, 17 ms for every sixth of a million products.
 */
async function findCompletions(database: Database, word: string): Promise<string[]> {
  if (word.length <= 2) return word ? [word] : [];
  const { rows } = await sql<{ word: string }>`
    select t.word from title_word t where t.word >= ${word} and t.word < ${word} || chr(1114111)
    order by t.word limit ${maxCompletions + 1}`.execute(database.kysely);
  if (rows.length === 0 || rows.length > maxCompletions) return [`${word}:*`];
  return [...new Set([word, ...rows.map((row) => row.word)])];
}

/** For each word that no title has and none begins with, up to three that are spelt alike. */
async function findAlike(database: Database, words: string[]): Promise<Map<string, string[]>> {
  if (words.length === 0) return new Map();
  const { rows } = await sql<{ word: string; alike: string[] }>`
    select wanted.word, array(
      select t.word from title_word t where t.word % wanted.word
      order by similarity(t.word, wanted.word) desc, t.word limit 3
    ) as alike
    from unnest(${words}::text[]) as wanted (word)
    where not exists (select from title_word t where t.word >= wanted.word and t.word < wanted.word || chr(1114111))
    `.execute(database.kysely);
  return new Map(rows.map(({ word, alike }) => [word, alike]));
}

import { recordset } from '@pasar/platform/recordset';
import { sql } from 'kysely';
import { type Db, markAll, markName } from './marks.js';
import { slugOf } from './text.js';

export interface CategoryName {
  id: string;
  slug: string;
  name: string;
  nameEn: string;
  parentId: string | null;
}

export interface BrandName {
  id: string;
  slug: string;
  name: string;
}

export interface SellerName {
  id: string;
  slug: string;
  name: string;
  city: string;
  isOpen: boolean;
}

export type NameTable = 'seller' | 'category' | 'brand';

/** After the product service has drawn its own consequences: until then it still tells the old ones. */
const afterwardsMs = 3_000;

/** Which of these ids the index has no name for yet. */
export async function unknownIds(db: Db, table: NameTable, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${ids}::uuid[]) as wanted (id)
    where not exists (select from ${sql.table(table)} known where known.id = wanted.id)`.execute(db);
  return rows.map(({ id }) => id);
}

/** Names that products of these categories are found by: their own and those of all above, by category id. */
export async function namesOfCategories(db: Db, ids: string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; names: string[] }>`
    with recursive above as (
      select id as leaf, id, name, name_en, parent_id from category where id = any(${ids}::uuid[])
      union select a.leaf, c.id, c.name, c.name_en, c.parent_id from above a join category c on c.id = a.parent_id
    )
    select leaf as id, array_agg(name) || array_agg(name_en) as names from above group by leaf`.execute(db);
  return new Map(rows.map(({ id, names }) => [id, names]));
}

export async function namesOfBrands(db: Db, ids: string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from brand where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, [name]]));
}

const categoryRows = (categories: CategoryName[]) =>
  recordset('g', categories, 'id uuid, slug text, name text, nameEn text, parentId uuid');

/** Adds categories that are new. What is known is left alone: it may be newer than the answer at hand. */
export async function addCategories(db: Db, categories: CategoryName[]): Promise<void> {
  await sql`
    insert into category (id, slug, name, name_en, parent_id)
    select g.* from ${categoryRows(categories)}
    where not exists (select from category known where known.id = g.id) order by g.id
    on conflict do nothing`.execute(db);
}

/** Takes categories as they are now, and has products looked at that are found by names that changed. */
export async function changeCategories(tx: Db, categories: CategoryName[]): Promise<void> {
  const { rows } = await sql<{ no: number }>`
    update category c set slug = g.slug, name = g.name, name_en = g."nameEn", parent_id = g."parentId"
    from ${categoryRows(categories)}
    where c.id = g.id
      and (c.slug, c.name, c.name_en, c.parent_id) is distinct from (g.slug, g.name, g."nameEn", g."parentId")
    returning c.no`.execute(tx);
  await addCategories(tx, categories);
  if (rows.length === 0) return;
  const below = await sql<{ no: number }>`
    with recursive below as (
      select id, no from category where no = any(${rows.map(({ no }) => no)}::integer[])
      union select c.id, c.no from below b join category c on c.parent_id = b.id
    )
    select no from below`.execute(tx);
  await markAll(
    tx,
    'category_no',
    below.rows.map(({ no }) => no),
  );
}

/** Products of a category that is gone are then in the one above it. */
export async function dropCategory(tx: Db, id: string, parentId: string | null): Promise<void> {
  const { rows } = await sql<{ no: number }>`delete from category where id = ${id} returning no`.execute(tx);
  if (!rows[0]) return;
  await markAll(tx, 'category_no', [rows[0].no], afterwardsMs);
  await sql`
    update entry set category_no = (select no from category where id = ${parentId}::uuid)
    where category_no = ${rows[0].no}`.execute(tx);
}

const brandRows = (brands: BrandName[]) => recordset('g', brands, 'id uuid, slug text, name text');

export async function addBrands(db: Db, brands: BrandName[]): Promise<void> {
  await sql`
    insert into brand (id, slug, name)
    select g.* from ${brandRows(brands)}
    where not exists (select from brand known where known.id = g.id) order by g.id
    on conflict do nothing`.execute(db);
}

export async function changeBrands(tx: Db, brands: BrandName[]): Promise<void> {
  const { rows } = await sql<{ no: number }>`
    update brand b set slug = g.slug, name = g.name
    from ${brandRows(brands)}
    where b.id = g.id and (b.slug, b.name) is distinct from (g.slug, g.name) returning b.no`.execute(tx);
  await markAll(
    tx,
    'brand_no',
    rows.map(({ no }) => no),
  );
}

export async function dropBrand(tx: Db, id: string): Promise<void> {
  const { rows } = await sql<{ no: number }>`delete from brand where id = ${id} returning no`.execute(tx);
  if (!rows[0]) return;
  await markAll(tx, 'brand_no', [rows[0].no], afterwardsMs);
  await sql`update entry set brand_no = null where brand_no = ${rows[0].no}`.execute(tx);
}

async function addCities(db: Db, sellers: SellerName[]): Promise<void> {
  const cities = new Map(sellers.map(({ city }) => [slugOf(city), city]));
  await sql`
    insert into city (slug, name)
    select g.slug, g.name from unnest(${[...cities.keys()]}::text[], ${[...cities.values()]}::text[]) as g (slug, name)
    where not exists (select from city known where known.slug = g.slug) order by g.slug
    on conflict do nothing`.execute(db);
}

function sellerRows(sellers: SellerName[]) {
  const rows = sellers.map((seller) => ({ ...seller, city: slugOf(seller.city) }));
  return recordset('g', rows, 'id uuid, slug text, name text, city text, isOpen boolean');
}

export async function addSellers(db: Db, sellers: SellerName[]): Promise<void> {
  await addCities(db, sellers);
  await sql`
    insert into seller (id, slug, name, city_no, is_open)
    select g.id, g.slug, g.name, city.no, g."isOpen"
    from ${sellerRows(sellers)}
    join city on city.slug = g.city
    where not exists (select from seller known where known.id = g.id) order by g.id
    on conflict do nothing`.execute(db);
}

/** Takes stores as they are now; of a closed one nothing but that is told. */
export async function changeSellers(tx: Db, sellers: SellerName[]): Promise<void> {
  const [open, closed] = [sellers.filter(({ isOpen }) => isOpen), sellers.filter(({ isOpen }) => !isOpen)];
  await sql`
    update seller set is_open = false where id = any(${closed.map(({ id }) => id)}::uuid[])`.execute(tx);
  await addCities(tx, open);
  const { rows } = await sql<{ no: number }>`
    with given as (
      select g.*, city.no as city_no
      from ${sellerRows(open)}
      join city on city.slug = g.city
    ), moved as (
      select s.no from seller s join given g on g.id = s.id and g.city_no <> s.city_no
    ), changed as (
      update seller s set slug = g.slug, name = g.name, city_no = g.city_no, is_open = true
      from given g where s.id = g.id
    )
    select no from moved`.execute(tx);
  await markAll(
    tx,
    'seller_no',
    rows.map(({ no }) => no),
  );
}

/** At once, and asked for again: who was asking when it happened may have got an answer from before. */
export async function openSeller(tx: Db, id: string, isOpen: boolean): Promise<void> {
  await sql`update seller set is_open = ${isOpen} where id = ${id}`.execute(tx);
  await markName(tx, 'seller', id);
}

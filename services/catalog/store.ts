import type { Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import { type Brand, type Category, type Chain, isId } from './catalog.js';

// biome-ignore lint/suspicious/noExplicitAny: statements here are plain SQL
type Db = Executor<any>;

const categoryColumns = sql`c.id, c.slug, c.name, c.name_en as "nameEn", c.parent_id as "parentId", c.position,
  c.image_url as "imageUrl", c.attributes`;
const brandColumns = sql`id, slug, name, description`;

/** Lets one transaction at a time change the tree; readers go on. Whoever moves a category sees every other move. */
export async function lockCategories(tx: Db): Promise<void> {
  await sql`lock table category in share row exclusive mode`.execute(tx);
}

export async function lockBrands(tx: Db): Promise<void> {
  await sql`lock table brand in share row exclusive mode`.execute(tx);
}

export async function listCategories(db: Db): Promise<Category[]> {
  const { rows } = await sql<Category>`select ${categoryColumns} from category c`.execute(db);
  return rows;
}

export async function listChildren(db: Db, parentId: string): Promise<Category[]> {
  const { rows } = await sql<Category>`
    select ${categoryColumns} from category c where parent_id = ${parentId} order by position, name`.execute(
    db,
  );
  return rows;
}

/** Categories with one of these slugs or ids, or (in lower case) one of these names. */
export async function findChains(db: Db, slugsOrIds: string[], names: string[] = []): Promise<Chain[]> {
  const { rows } = await sql<Category & { foundId: string }>`
    with recursive chain as (
      select c.*, c.id as found_id, 0 as height from category c
      where slug = any(${slugsOrIds}::text[]) or id = any(${slugsOrIds.filter(isId)}::uuid[])
        or lower(name) = any(${names}::text[]) or lower(name_en) = any(${names}::text[])
      union all
      select c.*, found_id, height + 1 from category c join chain on c.id = chain.parent_id
    )
    select ${categoryColumns}, found_id as "foundId" from chain c order by found_id, height desc`.execute(db);
  return [...Map.groupBy(rows, ({ foundId }) => foundId).values()];
}

export async function findChain(db: Db, slugOrId: string): Promise<Chain | undefined> {
  const [chain] = await findChains(db, [slugOrId]);
  return chain;
}

export async function insertCategory(tx: Db, category: Category): Promise<boolean> {
  const { id, slug, name, nameEn, parentId, position, imageUrl, attributes } = category;
  const { numAffectedRows } = await sql`
    insert into category (id, slug, name, name_en, parent_id, position, image_url, attributes)
    values (${id}, ${slug}, ${name}, ${nameEn}, ${parentId}, ${position}, ${imageUrl}, ${JSON.stringify(attributes)})
    on conflict (slug) do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

/** @returns false when another category has the slug */
export async function updateCategory(tx: Db, category: Category): Promise<boolean> {
  const { id, slug, name, nameEn, parentId, position, imageUrl, attributes } = category;
  const { numAffectedRows } = await sql`
    update category set slug = ${slug}, name = ${name}, name_en = ${nameEn}, parent_id = ${parentId},
      position = ${position}, image_url = ${imageUrl}, attributes = ${JSON.stringify(attributes)}
    where id = ${id} and not exists (select from category where slug = ${slug} and id <> ${id})`.execute(tx);
  return numAffectedRows === 1n;
}

/** @returns false when it has children */
export async function deleteCategory(tx: Db, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from category where id = ${id} and not exists (select from category where parent_id = ${id})`.execute(
    tx,
  );
  return numAffectedRows === 1n;
}

/** Brands by name, after the brand with this name (in lower case) and id. */
export async function listBrands(db: Db, after: string[] | undefined, limit: number) {
  const [name, id] = after ?? [];
  const { rows } = await sql<Brand & { sortName: string }>`
    select ${brandColumns}, lower(name) as "sortName" from brand
    where ${after ? sql`(lower(name), id) > (${name}, ${id}::uuid)` : sql`true`}
    order by lower(name), id limit ${limit}`.execute(db);
  return rows;
}

/** Brands with one of these slugs or ids, or (in lower case) one of these names. */
export async function findBrands(db: Db, slugsOrIds: string[], names: string[] = []): Promise<Brand[]> {
  const { rows } = await sql<Brand>`
    select ${brandColumns} from brand
    where slug = any(${slugsOrIds}::text[]) or id = any(${slugsOrIds.filter(isId)}::uuid[])
      or lower(name) = any(${names}::text[])`.execute(db);
  return rows;
}

export async function insertBrand(tx: Db, { id, slug, name, description }: Brand): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into brand (id, slug, name, description) values (${id}, ${slug}, ${name}, ${description})
    on conflict (slug) do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

/** @returns false when another brand has the slug */
export async function updateBrand(tx: Db, { id, slug, name, description }: Brand): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update brand set slug = ${slug}, name = ${name}, description = ${description}
    where id = ${id} and not exists (select from brand where slug = ${slug} and id <> ${id})`.execute(tx);
  return numAffectedRows === 1n;
}

export async function deleteBrand(tx: Db, id: string): Promise<void> {
  await sql`delete from brand where id = ${id}`.execute(tx);
}

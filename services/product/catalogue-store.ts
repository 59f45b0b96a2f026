import { sql } from 'kysely';
import type { Brand, Category, Product } from './product.js';
import { type Db, type ProductRow, productColumns, toProduct } from './store.js';

/**
 * Notes categories that products are about to name, with all above them. What is known already is left alone: it came
 * from an event, which is newer than the answer at hand, or is about to be corrected by one.
 */
export async function noteCategories(tx: Db, categories: Category[]): Promise<void> {
  const links = new Map<string, { id: string; slug: string; parentId: string | null }>();
  for (const { path } of categories) {
    for (const [index, { id, slug }] of path.entries()) {
      links.set(id, { id, slug, parentId: path[index - 1]?.id ?? null });
    }
  }
  if (links.size === 0) return;
  const sorted = [...links.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  await sql`
    insert into category (id, slug, parent_id)
    select * from unnest(${sorted.map(({ id }) => id)}::uuid[], ${sorted.map(({ slug }) => slug)}::text[],
      ${sorted.map(({ parentId }) => parentId)}::uuid[])
    on conflict do nothing`.execute(tx);
}

/** As `noteCategories`. */
export async function noteBrands(tx: Db, brands: Brand[]): Promise<void> {
  if (brands.length === 0) return;
  const sorted = [...new Map(brands.map((brand) => [brand.id, brand])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  await sql`
    insert into brand (id, slug)
    select * from unnest(${sorted.map(({ id }) => id)}::uuid[], ${sorted.map(({ slug }) => slug)}::text[])
    on conflict do nothing`.execute(tx);
}

/** @returns whether it was known and is another one now */
export async function changeCategory(
  tx: Db,
  id: string,
  slug: string,
  parentId: string | null,
): Promise<boolean> {
  const { rows } = await sql<{ isNew: boolean }>`
    insert into category as c (id, slug, parent_id) values (${id}, ${slug}, ${parentId})
    on conflict (id) do update set slug = excluded.slug, parent_id = excluded.parent_id
      where (c.slug, c.parent_id) is distinct from (excluded.slug, excluded.parent_id)
    returning xmax = 0 as "isNew"`.execute(tx);
  return rows[0]?.isNew === false;
}

/** Where the products of a category that is gone go. */
export interface CategoryMove {
  categoryId: string;
  parentId: string | null;
}

/** It is gone when its products have been moved. */
export async function dropCategory(tx: Db, id: string, parentId: string | null): Promise<void> {
  await sql`
    insert into category_move (category_id, parent_id) values (${id}, ${parentId}) on conflict do nothing`.execute(
    tx,
  );
}

export async function findMove(db: Db): Promise<CategoryMove | undefined> {
  const { rows } = await sql<CategoryMove>`
    select category_id as "categoryId", parent_id as "parentId" from category_move order by category_id limit 1`.execute(
    db,
  );
  return rows[0];
}

/** Moves some products; when none is left, the category is gone. @returns them as they are then */
export async function moveProducts(
  tx: Db,
  { categoryId, parentId }: CategoryMove,
  limit: number,
): Promise<Product[]> {
  const { rows: moved } = await sql<{ id: string }>`
    with batch as (
      select id from product where id in (
        (select id from product where category_id = ${categoryId} and status = 'published' limit ${limit})
        union all
        (select id from product where category_id = ${categoryId} and status <> 'published' limit ${limit}))
      order by id for no key update
    )
    update product p set category_id = ${parentId}, version = version + 1 from batch
    where p.id = batch.id and p.category_id = ${categoryId} returning p.id`.execute(tx);
  if (moved.length === 0) {
    await sql`delete from category where id = ${categoryId}`.execute(tx);
    await sql`delete from category_move where category_id = ${categoryId}`.execute(tx);
    return [];
  }
  return readProducts(
    tx,
    moved.map(({ id }) => id),
  );
}

async function readProducts(tx: Db, ids: string[]): Promise<Product[]> {
  const { rows } = await sql<ProductRow>`
    select ${productColumns()} from product p where p.id = any(${ids}::uuid[])`.execute(tx);
  return rows.map(toProduct);
}

/** Its products follow when they are changed by `changeProducts`. */
export async function changeBrand(tx: Db, id: string, slug: string): Promise<void> {
  const { rows } = await sql<{ isNew: boolean }>`
    insert into brand as b (id, slug) values (${id}, ${slug})
    on conflict (id) do update set slug = excluded.slug where b.slug <> excluded.slug
    returning xmax = 0 as "isNew"`.execute(tx);
  if (rows[0]?.isNew === false) await noteBrandChange(tx, id, false);
}

/** It is gone when its products have followed. */
export function dropBrand(tx: Db, id: string): Promise<void> {
  return noteBrandChange(tx, id, true);
}

async function noteBrandChange(tx: Db, id: string, deleted: boolean): Promise<void> {
  await sql`
    insert into brand_change (brand_id, deleted) values (${id}, ${deleted})
    on conflict (brand_id) do update set deleted = excluded.deleted, done_to = excluded.done_to`.execute(tx);
}

/** What products of a brand are still to follow. */
export interface BrandChange {
  brandId: string;
  deleted: boolean;
  doneTo: string;
}

/** One that nobody else is at work on. */
export async function lockBrandChange(tx: Db): Promise<BrandChange | undefined> {
  const { rows } = await sql<BrandChange>`
    select brand_id as "brandId", deleted, done_to as "doneTo" from brand_change
    order by brand_id limit 1 for update skip locked`.execute(tx);
  return rows[0];
}

/** Changes some products; when none is left, the change is done. @returns them as they are then */
export async function changeProducts(
  tx: Db,
  { brandId, deleted, doneTo }: BrandChange,
  limit: number,
): Promise<Product[]> {
  const { rows: changed } = await sql<{ id: string }>`
    with batch as (
      select id from product where brand_id = ${brandId} and id > ${doneTo} order by id limit ${limit}
      for no key update
    )
    update product p set words = product_words(p.title, coalesce(b.slug, ''), p.description),
      brand_id = b.id, version = p.version + ${deleted ? 1 : 0}
    from batch left join brand b on b.id = ${brandId} and not ${deleted}
    where p.id = batch.id returning p.id`.execute(tx);
  if (changed.length === 0) {
    if (deleted) await sql`delete from brand where id = ${brandId}`.execute(tx);
    await sql`delete from brand_change where brand_id = ${brandId}`.execute(tx);
    return [];
  }
  const ids = changed.map(({ id }) => id).sort();
  await sql`update brand_change set done_to = ${ids.at(-1)} where brand_id = ${brandId}`.execute(tx);
  return readProducts(tx, ids);
}

export async function suspendStore(tx: Db, sellerId: string): Promise<void> {
  await sql`insert into suspended_store (seller_id) values (${sellerId}) on conflict do nothing`.execute(tx);
}

export async function reopenStore(tx: Db, sellerId: string): Promise<void> {
  await sql`delete from suspended_store where seller_id = ${sellerId}`.execute(tx);
}

/** @param holiday undefined when there is none, or not any more */
export async function noteHoliday(
  tx: Db,
  sellerId: string,
  holiday: { startsAt: Date; endsAt: Date } | undefined,
): Promise<void> {
  if (!holiday) {
    await sql`delete from store_holiday where seller_id = ${sellerId}`.execute(tx);
    return;
  }
  await sql`
    insert into store_holiday (seller_id, starts_at, ends_at)
    values (${sellerId}, ${holiday.startsAt}, ${holiday.endsAt})
    on conflict (seller_id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at`.execute(
    tx,
  );
}

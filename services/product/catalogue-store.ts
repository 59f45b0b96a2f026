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

export async function changeCategory(
  tx: Db,
  id: string,
  slug: string,
  parentId: string | null,
): Promise<void> {
  await sql`
    insert into category (id, slug, parent_id) values (${id}, ${slug}, ${parentId})
    on conflict (id) do update set slug = excluded.slug, parent_id = excluded.parent_id`.execute(tx);
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
  const { rows } = await sql<ProductRow>`
    select ${productColumns()} from product p where p.id = any(${moved.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  );
  return rows.map(toProduct);
}

export async function changeBrand(tx: Db, id: string, slug: string): Promise<void> {
  const { rows } = await sql<{ isNew: boolean }>`
    insert into brand as b (id, slug) values (${id}, ${slug})
    on conflict (id) do update set slug = excluded.slug where b.slug <> excluded.slug
    returning xmax = 0 as "isNew"`.execute(tx);
  if (rows[0]?.isNew !== false) return;
  await sql`
    update product set words = product_words(title, ${slug}, description) where brand_id = ${id}`.execute(tx);
}

export async function dropBrand(tx: Db, id: string): Promise<void> {
  await sql`
    update product set brand_id = null, words = product_words(title, '', description), version = version + 1
    where brand_id = ${id}`.execute(tx);
  await sql`delete from brand where id = ${id}`.execute(tx);
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

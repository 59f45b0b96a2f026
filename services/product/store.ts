import type { Executor } from '@pasar/platform/db';
import { type RawBuilder, sql } from 'kysely';
import { isId, type Product, type Variant } from './product.js';

export type Db = Executor<unknown>;

/** Who looks: drafts and archived products are for their seller and for staff. */
export interface Viewer {
  sellerId?: string;
  isStaff: boolean;
}

/** A product before and after a change; a new one has no before. */
export interface Change {
  before: Product | null;
  after: Product;
  /** Rows of an import that named these variants. */
  claims?: Map<string, bigint>;
}

export type ProductRow = Omit<Product, 'category' | 'brand' | 'variants'> & {
  categoryId: string | null;
  categorySlug: string | null;
  brandId: string | null;
  brandSlug: string | null;
  variants: VariantRow[];
};

/** As JSON has it: amounts are text there, a number would lose what is above 2^53. */
type VariantRow = Omit<Variant, 'price' | 'compareAtPrice'> & {
  price: string;
  compareAtPrice: string | null;
  importRows: Record<string, number>;
};

export interface VariantDetail {
  id: string;
  productId: string;
  sellerId: string;
  sku: string;
  title: string;
  variantTitle: string;
  price: bigint;
  currency: string;
  purchasable: boolean;
  onHoliday: boolean;
  imageUrl: string;
  weightGrams: number;
  lengthMm: number;
  widthMm: number;
  heightMm: number;
  slug: string;
  categoryId: string;
}

/** The unique index that a statement would have broken. */
export function brokenIndex(error: unknown): string | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' ? constraint : undefined;
}

/** Whether a transaction lost against another one, and may win when it is tried again. */
export function isRace(error: unknown): boolean {
  return brokenIndex(error) !== undefined || (error as { code?: string }).code === '40P01';
}

/** A whole product in one row. @param description left out of lists */
export function productColumns(description: RawBuilder<unknown> = sql`p.description`): RawBuilder<unknown> {
  return sql`p.id, p.seller_id as "sellerId", p.key, p.slug, p.title, ${description} as description, p.status,
    p.category_id as "categoryId", (select c.slug from category c where c.id = p.category_id) as "categorySlug",
    p.brand_id as "brandId", (select b.slug from brand b where b.id = p.brand_id) as "brandSlug",
    p.options, p.attributes, p.media, p.currency, p.version, p.created_at as "createdAt",
    p.updated_at as "updatedAt", p.published_at as "publishedAt", p.publish_at as "publishAt",
    p.catalogue_id as "catalogueId",
    (select coalesce(json_agg(v order by v.position), '[]') from (
      select id, sku, title, price::text as price, compare_at_price::text as "compareAtPrice",
        option_values as "optionValues", weight_grams as "weightGrams", length_mm as "lengthMm",
        width_mm as "widthMm", height_mm as "heightMm", position, import_rows as "importRows"
      from variant where product_id = p.id and state <> 'removed'
    ) v) as variants`;
}

export function toProduct({
  categoryId,
  categorySlug,
  brandId,
  brandSlug,
  variants,
  ...row
}: ProductRow): Product {
  return {
    ...row,
    category: categoryId ? { id: categoryId, slug: categorySlug ?? '' } : null,
    brand: brandId ? { id: brandId, slug: brandSlug ?? '' } : null,
    variants: variants.map(({ id, sku, title, price, compareAtPrice, optionValues, ...rest }) => ({
      id,
      sku,
      title,
      price: BigInt(price),
      compareAtPrice: compareAtPrice === null ? null : BigInt(compareAtPrice),
      optionValues,
      weightGrams: rest.weightGrams,
      lengthMm: rest.lengthMm,
      widthMm: rest.widthMm,
      heightMm: rest.heightMm,
    })),
  };
}

/** Stores that are suspended show and sell nothing. */
export const inOpenStore = sql`p.seller_id not in (select seller_id from suspended_store)`;

/** A product by its id, its slug, or the id of a variant, if it may be seen. */
export async function findProduct(db: Db, idOrSlug: string, viewer: Viewer): Promise<Product | undefined> {
  const { rows } = await sql<ProductRow>`
    select ${productColumns()} from product p
    where ${
      isId(idOrSlug)
        ? sql`p.id = coalesce((select v.product_id from variant v where v.id = ${idOrSlug}), ${idOrSlug})`
        : sql`p.slug = ${idOrSlug}`
    }
      and ((p.status = 'published' and ${inOpenStore}) or p.seller_id = ${viewer.sellerId ?? null} or ${viewer.isStaff})
    `.execute(db);
  return rows[0] && toProduct(rows[0]);
}

/**
 * Takes a product for a change. What is read afterwards is as it is under the lock; a statement that waits for the
 * lock and reads variants as well would see them as they were before.
 */
export async function lockProduct(tx: Db, id: string, sellerId: string | null): Promise<boolean> {
  const { rows } = await sql`
    select from product where id = ${id} and (seller_id = ${sellerId} or ${sellerId}::uuid is null)
    for no key update`.execute(tx);
  return rows.length === 1;
}

export async function readProduct(db: Db, id: string): Promise<Product | undefined> {
  const { rows } =
    await sql<ProductRow>`select ${productColumns()} from product p where p.id = ${id}`.execute(db);
  return rows[0] && toProduct(rows[0]);
}

/** A product of a file, and what this import has named of it so far. */
export interface Imported {
  product: Product;
  /** Rows of this import by variant id. */
  claims: Map<string, bigint>;
}

/** Takes the products of stores that have these keys, in an order in which everybody takes them. */
export async function lockImported(
  tx: Db,
  importId: string,
  keys: { sellerId: string; key: string }[],
): Promise<Imported[]> {
  const sellerIds = keys.map(({ sellerId }) => sellerId);
  const { rows: locked } = await sql<{ id: string }>`
    select p.id from unnest(${sellerIds}::uuid[], ${keys.map(({ key }) => key)}::text[]) as k (seller_id, key)
    join product p on p.seller_id = k.seller_id and p.key = k.key and p.status <> 'archived'
    order by p.id for no key update of p`.execute(tx);
  if (locked.length === 0) return [];
  const { rows } = await sql<ProductRow>`
    select ${productColumns()} from product p where p.id = any(${locked.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  );
  return rows.map((row) => ({
    product: toProduct(row),
    claims: new Map(
      row.variants.flatMap(({ id, importRows }) => {
        const claim = importRows[importId];
        return claim === undefined ? [] : [[id, BigInt(claim)] as const];
      }),
    ),
  }));
}

/** Drafts whose time has come, the longest due first. */
export async function* dueBy(db: Db, now: Date): AsyncGenerator<string> {
  let after: { id: string; at: string } | undefined;
  do {
    const { rows }: { rows: { id: string; at: string }[] } = await sql<{ id: string; at: string }>`
      select id, publish_at::text as at from product
      where status = 'draft' and publish_at <= ${now}
        ${after ? sql`and (publish_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by publish_at, id limit 500`.execute(db);
    for (const { id } of rows) yield id;
    after = rows.at(-1);
  } while (after);
}

/** Makes a listing the first of a catalogue product. */
export async function openCatalogue(tx: Db, id: string): Promise<void> {
  await sql`update product set catalogue_id = id where id = ${id} and catalogue_id is null`.execute(tx);
}

/** As many are compared. */
const maxOffers = 50;

/** Published listings of a catalogue product of stores that are open and not on holiday, the cheapest first. */
export async function findOffers(
  db: Db,
  catalogueId: string,
  currency: string,
  now: Date,
): Promise<Product[]> {
  const { rows } = await sql<ProductRow>`
    select ${productColumns(sql`''`)} from product p
    where p.catalogue_id = ${catalogueId} and p.status = 'published' and p.currency = ${currency} and ${inOpenStore}
      and not exists (select from store_holiday h
        where h.seller_id = p.seller_id and h.starts_at <= ${now} and h.ends_at > ${now})
    order by p.current_price, p.id limit ${maxOffers}`.execute(db);
  return rows.map(toProduct);
}

/** Which of these slugs are in use. */
export async function takenSlugs(db: Db, slugs: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ slug: string }>`
    select slug from product where slug = any(${slugs}::text[])`.execute(db);
  return new Set(rows.map(({ slug }) => slug));
}

/** Which products have these SKUs now. */
export async function ownersOfSkus(db: Db, skus: { sellerId: string; sku: string }[]) {
  const sellerIds = skus.map(({ sellerId }) => sellerId);
  const { rows } = await sql<{ sellerId: string; sku: string; productId: string }>`
    select v.seller_id as "sellerId", v.sku, v.product_id as "productId"
    from unnest(${sellerIds}::uuid[], ${skus.map(({ sku }) => sku)}::text[]) as k (seller_id, sku)
    join variant v on v.seller_id = k.seller_id and v.sku = k.sku and v.state = 'live'`.execute(db);
  return rows;
}

export async function findVariants(db: Db, ids: string[], now: Date): Promise<VariantDetail[]> {
  // Behind a select the list is no constant, so the plan is not made anew for each: half of what this took.
  const { rows } = await sql<Omit<VariantDetail, 'purchasable'> & { listed: boolean }>`
    select v.id, v.product_id as "productId", v.seller_id as "sellerId", v.sku, p.title, v.title as "variantTitle",
      v.price, p.currency, v.weight_grams as "weightGrams", v.length_mm as "lengthMm", v.width_mm as "widthMm",
      v.height_mm as "heightMm", p.slug,
      coalesce(p.category_id::text, '') as "categoryId",
      p.status = 'published' and v.state = 'live' and ${inOpenStore} as listed, exists (
        select from store_holiday h
        where h.seller_id = p.seller_id and h.starts_at <= ${now} and h.ends_at > ${now}) as "onHoliday",
      coalesce(jsonb_path_query_first(p.media, '$[*] ? (@.kind == "IMAGE").url') #>> '{}', '') as "imageUrl"
    from variant v join product p on p.id = v.product_id where v.id = any((select ${ids}::uuid[])::uuid[])`.execute(
    db,
  );
  return rows.map(({ listed, ...row }) => ({
    ...row,
    ...{ purchasable: listed && !row.onHoliday, onHoliday: listed && row.onHoliday },
  }));
}

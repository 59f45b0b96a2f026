import { recordset } from '@pasar/platform/recordset';
import { sql } from 'kysely';
import { remarkFlashPrices } from './flash-store.js';
import { lowestPrice, type Product, type Variant } from './product.js';
import type { Change, Db } from './store.js';

/** Writes new and changed products with their variants, in as many statements for a thousand as for one. */
export async function saveProducts(tx: Db, importId: string | null, changes: Change[]): Promise<void> {
  const created = changes.filter(({ before }) => before === null).map(({ after }) => after);
  const updated = changes
    .filter(({ before, after }) => before !== null && before !== after)
    .map(({ after }) => after);
  const { added, changed, claimed, displaced } = compareVariants(importId, changes);
  await insertProducts(tx, created);
  await updateProducts(tx, updated);
  // Out of the index of SKUs first, so that two variants can change theirs for each other's.
  await setState(tx, displaced.archived, 'archived');
  await setState(tx, displaced.removed, 'removed');
  await updateVariants(tx, changed);
  await insertVariants(tx, added);
  await claimVariants(tx, importId, claimed);
  await rememberWords(tx, changes);
  await remarkFlashPrices(
    tx,
    updated.map(({ id }) => id),
  );
}

interface PlacedVariant extends Variant {
  productId: string;
  sellerId: string;
  position: number;
  state: 'live' | 'archived';
  /** The row of the import at hand that named it, by import id; nothing when none did. */
  importRows: Record<string, number>;
}

function compareVariants(importId: string | null, changes: Change[]) {
  const added: PlacedVariant[] = [];
  const changed: PlacedVariant[] = [];
  const claimed: { id: string; row: bigint }[] = [];
  const displaced = { archived: [] as string[], removed: [] as string[] };
  for (const { before, after, claims } of changes) {
    const earlier = new Map(before?.variants.map((variant, position) => [variant.id, { variant, position }]));
    const isArchived = after.status === 'archived';
    const goesNow = isArchived && before?.status !== 'archived';
    for (const [position, variant] of after.variants.entries()) {
      const row = claims?.get(variant.id);
      const placed: PlacedVariant = {
        ...variant,
        ...{ productId: after.id, sellerId: after.sellerId, position },
        importRows: importId !== null && row !== undefined ? { [importId]: Number(row) } : {},
        state: isArchived ? 'archived' : 'live',
      };
      const was = earlier.get(variant.id);
      earlier.delete(variant.id);
      if (!was) added.push(placed);
      else if (was.variant !== variant || was.position !== position || goesNow) {
        changed.push(placed);
        if (was.variant.sku !== variant.sku) displaced.archived.push(variant.id);
      } else if (row !== undefined) claimed.push({ id: variant.id, row });
    }
    displaced.removed.push(...earlier.keys());
  }
  return { added, changed, claimed, displaced };
}

function toRecord({ variants, category, brand, ...product }: Product) {
  return {
    ...product,
    categoryId: category?.id,
    brandId: brand?.id,
    // For its words.
    brand: brand?.slug ?? '',
    price: lowestPrice(variants),
  };
}

function productRows(products: Product[]) {
  return recordset(
    'x',
    products.map(toRecord),
    `id uuid, sellerId uuid, key text, slug text, title text, description text, categoryId uuid, brandId uuid,
    brand text, status text, options jsonb, attributes jsonb, media jsonb, price bigint, currency text, version bigint,
    createdAt timestamptz, updatedAt timestamptz, publishedAt timestamptz, publishAt timestamptz, catalogueId uuid`,
  );
}

async function insertProducts(tx: Db, products: Product[]): Promise<void> {
  if (products.length === 0) return;
  await sql`
    insert into product (id, seller_id, key, slug, title, description, category_id, brand_id, status, options,
      attributes, media, price, currency, version, created_at, updated_at, published_at, publish_at, catalogue_id, words)
    select id, "sellerId", key, slug, title, description, "categoryId", "brandId", status, options, attributes, media,
      price, currency, version, "createdAt", "updatedAt", "publishedAt", "publishAt", "catalogueId",
      product_words(title, brand, description)
    from ${productRows(products)}`.execute(tx);
}

async function updateProducts(tx: Db, products: Product[]): Promise<void> {
  if (products.length === 0) return;
  await sql`
    update product p set slug = x.slug, title = x.title, description = x.description, category_id = x."categoryId",
      brand_id = x."brandId", status = x.status, options = x.options, attributes = x.attributes, media = x.media,
      price = x.price, currency = x.currency, version = x.version, updated_at = x."updatedAt",
      published_at = x."publishedAt", publish_at = x."publishAt", words = product_words(x.title, x.brand, x.description)
    from ${productRows(products)}
    where p.id = x.id`.execute(tx);
}

function variantRows(variants: PlacedVariant[]) {
  return recordset(
    'x',
    variants,
    `id uuid, productId uuid, sellerId uuid, position integer, sku text, title text, optionValues text[], price bigint,
    compareAtPrice bigint, weightGrams integer, lengthMm integer, widthMm integer, heightMm integer, state text,
    importRows jsonb`,
  );
}

async function insertVariants(tx: Db, variants: PlacedVariant[]): Promise<void> {
  if (variants.length === 0) return;
  await sql`
    insert into variant (id, product_id, seller_id, position, sku, title, option_values, price, compare_at_price,
      weight_grams, length_mm, width_mm, height_mm, state, import_rows)
    select id, "productId", "sellerId", position, sku, title, "optionValues", price, "compareAtPrice", "weightGrams",
      "lengthMm", "widthMm", "heightMm", state, "importRows"
    from ${variantRows(variants)}`.execute(tx);
}

async function updateVariants(tx: Db, variants: PlacedVariant[]): Promise<void> {
  if (variants.length === 0) return;
  await sql`
    update variant v set position = x.position, sku = x.sku, title = x.title, option_values = x."optionValues",
      price = x.price, compare_at_price = x."compareAtPrice", weight_grams = x."weightGrams",
      length_mm = x."lengthMm", width_mm = x."widthMm", height_mm = x."heightMm", state = x.state,
      import_rows = newest_import_rows(v.import_rows || x."importRows")
    from ${variantRows(variants)}
    where v.id = x.id`.execute(tx);
}

/** Notes that an import named these variants and found them as they are. */
async function claimVariants(
  tx: Db,
  importId: string | null,
  claims: { id: string; row: bigint }[],
): Promise<void> {
  if (claims.length === 0) return;
  await sql`
    update variant v set import_rows = newest_import_rows(v.import_rows || jsonb_build_object(${importId}::text, k.row))
    from unnest(${claims.map(({ id }) => id)}::uuid[], ${claims.map(({ row }) => row)}::bigint[]) as k (id, row)
    where v.id = k.id`.execute(tx);
}

async function setState(tx: Db, ids: string[], state: 'archived' | 'removed'): Promise<void> {
  if (ids.length === 0) return;
  await sql`update variant set state = ${state} where id = any(${ids}::uuid[])`.execute(tx);
}

async function rememberWords(tx: Db, changes: Change[]): Promise<void> {
  const titles = changes
    .filter(({ before, after }) => before?.title !== after.title)
    .map(({ after }) => after.title);
  // In order, so that two who bring the same new words do not wait for each other.
  const words = [
    ...new Set(titles.flatMap((title) => title.toLowerCase().match(/\p{L}{4,30}/gu) ?? [])),
  ].sort();
  if (words.length === 0) return;
  await sql`insert into title_word select unnest(${words}::text[]) on conflict do nothing`.execute(tx);
}

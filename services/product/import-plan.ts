import { isDeepStrictEqual } from 'node:util';
import { invalid, Refusal, type Row } from './import-row.js';
import {
  type Axis,
  type Category,
  checkAttributes,
  checkOptions,
  makeSku,
  missing,
  move,
  type Product,
  type Variant,
} from './product.js';
import type { Change, Imported } from './store.js';

/** What is known when a batch of rows is planned. */
export interface Surroundings {
  /** Products that the rows name and that exist. */
  imported: Imported[];
  /** Ids of products by `skuKey`. */
  skus: Map<string, string>;
  /** Definitions of categories by id. */
  categories: Map<string, Category>;
  now: Date;
  newId(): string;
}

export interface RefusedRow {
  row: bigint;
  refusal: Refusal;
}

export interface Outcomes {
  created: number;
  updated: number;
  unchanged: number;
  duplicates: number;
  failed: number;
}

export interface ImportPlan {
  changes: (Change & { claims: Map<string, bigint> })[];
  /** First stock of new variants, by id. */
  onHand: Map<string, bigint>;
  refusals: RefusedRow[];
  outcomes: Outcomes;
}

/** A product while its rows are taken one after the other. */
interface Entry {
  before: Product | null;
  product: Product;
  /** Rows of this import by the variant that they named: of earlier batches, and of this one. */
  claims: Map<string, bigint>;
  fresh: Map<string, bigint>;
}

type Taken = { product: Product; variant: Variant; outcome: 'created' | 'updated' | 'unchanged' };

export const productKey = ({ sellerId, key }: { sellerId: string; key: string }) => `${sellerId} ${key}`;
export const skuKey = ({ sellerId, sku }: { sellerId: string; sku: string }) => `${sellerId} ${sku}`;

/**
 * What rows of a file do to products, taken in file order. The first row of a product says what the product is; later
 * ones add variants, repeat what is known (`import.duplicate`) or contradict it (`import.conflict`: the first one
 * stands). A row is taken whole or refused whole.
 */
export function planImport(rows: Row[], refused: RefusedRow[], around: Surroundings): ImportPlan {
  const entries = new Map<string, Entry>();
  for (const { product, claims } of around.imported) {
    entries.set(productKey(product), { before: product, product, claims, fresh: new Map() });
  }
  const skus = new Map(around.skus);
  const onHand = new Map<string, bigint>();
  const refusals = [...refused];
  const outcomes: Outcomes = { created: 0, updated: 0, unchanged: 0, duplicates: 0, failed: refused.length };
  for (const row of rows) {
    const entry = entries.get(productKey(row));
    const taken = takeRow(row, entry, skus, around);
    if (taken instanceof Refusal) {
      outcomes[taken.code === 'import.duplicate' ? 'duplicates' : 'failed']++;
      refusals.push({ row: row.row, refusal: taken });
      continue;
    }
    const { product, variant, outcome } = taken;
    outcomes[outcome]++;
    const kept = entry ?? { before: null, product, claims: new Map(), fresh: new Map() };
    entries.set(productKey(row), kept);
    const earlier = kept.product.variants.find(({ id }) => id === variant.id);
    if (earlier && earlier.sku !== variant.sku) skus.delete(skuKey({ ...row, sku: earlier.sku }));
    skus.set(skuKey({ ...row, sku: variant.sku }), product.id);
    kept.product = product;
    kept.claims.set(variant.id, row.row);
    kept.fresh.set(variant.id, row.row);
    if (outcome === 'created' && row.onHand !== undefined) onHand.set(variant.id, row.onHand);
  }
  const changes = [...entries.values()]
    .filter(({ fresh }) => fresh.size > 0)
    .map(({ before, product, fresh }) => ({
      before,
      after: stamp(before, product, around.now),
      claims: fresh,
    }));
  refusals.sort((a, b) => (a.row < b.row ? -1 : 1));
  return { changes, onHand, refusals, outcomes };
}

function stamp(before: Product | null, product: Product, now: Date): Product {
  if (before === null || before === product) return product;
  return { ...product, version: before.version + 1n, updatedAt: now };
}

function takeRow(
  row: Row,
  entry: Entry | undefined,
  skus: Map<string, string>,
  around: Surroundings,
): Taken | Refusal {
  const isClaimed = entry !== undefined && entry.claims.size > 0;
  const contradiction = isClaimed ? findContradiction(row, entry) : undefined;
  if (contradiction) return contradiction;
  const described = !entry
    ? newProduct(row, around)
    : isClaimed
      ? entry.product
      : describe(entry.product, row);
  const taken = takeVariant(row, described, entry?.claims ?? new Map(), around.newId);
  if (taken instanceof Refusal) return taken;
  const owner = skus.get(skuKey({ ...row, sku: taken.variant.sku }));
  if (owner !== undefined && owner !== taken.product.id)
    return invalid('sku', 'is what another product of the store has');
  const wrong = check(row, taken.product, around);
  if (wrong) return wrong;
  if (!entry || taken.outcome === 'created') return { ...taken, outcome: 'created' };
  // The same object says that nothing has to be written.
  return isDeepStrictEqual(taken.product, entry.product)
    ? { ...taken, product: entry.product, outcome: 'unchanged' }
    : { ...taken, outcome: 'updated' };
}

/** What a later row says against the first one of its product. */
function findContradiction(row: Row, { product, claims }: Entry): Refusal | undefined {
  const firstRow = [...claims.values()].reduce((low, each) => (each < low ? each : low));
  const conflict = (field: string, was: string) => contradicts(field, was, firstRow);
  if (row.title && row.title !== product.title) return conflict('title', product.title);
  if (row.category && row.category.id !== product.category?.id)
    return conflict('category', product.category?.slug ?? '');
  if (row.brand && row.brand.id !== product.brand?.id) return conflict('brand', product.brand?.slug ?? '');
  if (row.currency !== product.currency) return conflict('currency', product.currency ?? '');
  const names = product.options.map(({ name }) => name);
  if (row.optionNames.length > 0 && !isDeepStrictEqual(row.optionNames, names)) {
    return conflict('optionNames', names.join(', '));
  }
  return undefined;
}

function contradicts(field: string, was: string, firstRow: bigint): Refusal {
  return new Refusal('import.conflict', field, `Row ${firstRow} says: ${was.slice(0, 200)}`, firstRow);
}

function newProduct(row: Row, { now, newId }: Surroundings): Product {
  const { sellerId, key, title, description, category, brand, attributes, media, currency } = row;
  return {
    id: newId(),
    slug: row.slug,
    ...{ sellerId, key, title, description, brand, attributes, media, currency },
    category: category && { id: category.id, slug: category.slug },
    status: 'draft',
    options: row.optionNames.map((name) => ({ name, values: [] })),
    variants: [],
    version: 1n,
    createdAt: now,
    updatedAt: now,
    publishedAt: null,
    publishAt: null,
    catalogueId: null,
  };
}

/** A product as the first row of a file describes it anew. */
function describe(product: Product, row: Row): Product {
  const category = row.category ? { id: row.category.id, slug: row.category.slug } : product.category;
  const isMoved = category?.id !== product.category?.id;
  return {
    ...product,
    category,
    title: row.title || product.title,
    description: row.description || product.description,
    brand: row.brand ?? product.brand,
    // Those of another category mean nothing here.
    attributes: isMoved ? row.attributes : { ...product.attributes, ...row.attributes },
    media: row.media.length > 0 ? row.media : product.media,
  };
}

function takeVariant(
  row: Row,
  product: Product,
  claims: Map<string, bigint>,
  newId: () => string,
): Taken | Refusal {
  const saysOptions = row.optionNames.length > 0 || product.options.length === 0;
  const names = product.options.map(({ name }) => name);
  if (row.optionNames.length > 0 && !isDeepStrictEqual(row.optionNames, names)) {
    return new Refusal(
      'import.conflict',
      'optionNames',
      `The product has ${names.join(', ') || 'no options'}.`,
    );
  }
  const bySku = row.sku ? product.variants.find(({ sku }) => sku === row.sku) : undefined;
  const byOptions = saysOptions
    ? product.variants.find(({ optionValues }) => isDeepStrictEqual(optionValues, row.optionValues))
    : undefined;
  const known = bySku ?? byOptions;
  if (!known && !saysOptions) return invalid('optionValues', 'are needed');
  const optionValues = saysOptions ? row.optionValues : (known as Variant).optionValues;
  const claim = known && claims.get(known.id);
  if (known && claim !== undefined) return repeat(row, known, optionValues, claim);
  const variant = known ? revised(known, row, optionValues) : newVariant(row, newId);
  const variants = known
    ? product.variants.map((each) => (each === known ? variant : each))
    : [...product.variants, variant];
  return {
    product: { ...product, variants, options: spread(product, variants) },
    variant,
    outcome: known ? 'updated' : 'created',
  };
}

/** A row that names a variant which an earlier one named. */
function repeat(row: Row, variant: Variant, optionValues: string[], firstRow: bigint): Refusal {
  const conflict = (field: string, was: string) => contradicts(field, was, firstRow);
  if (row.sku && row.sku !== variant.sku) return conflict('sku', variant.sku);
  if (!isDeepStrictEqual(optionValues, variant.optionValues)) {
    return conflict('optionValues', variant.optionValues.join(', '));
  }
  if (row.price !== variant.price) return conflict('price', variant.price.toString());
  if (row.compareAtPrice !== null && row.compareAtPrice !== variant.compareAtPrice) {
    return conflict('compareAtPrice', variant.compareAtPrice?.toString() ?? '');
  }
  return new Refusal('import.duplicate', '', `Repeats row ${firstRow}.`, firstRow);
}

function newVariant(row: Row, newId: () => string): Variant {
  const { sku, price, compareAtPrice, optionValues, weightGrams, lengthMm, widthMm, heightMm } = row;
  const id = newId();
  return {
    id,
    sku: sku || makeSku(id),
    title: row.variantTitle || optionValues.join(' / '),
    ...{ price, compareAtPrice, optionValues, weightGrams, lengthMm, widthMm, heightMm },
  };
}

function revised(variant: Variant, row: Row, optionValues: string[]): Variant {
  const next: Variant = {
    ...variant,
    sku: row.sku || variant.sku,
    title:
      row.variantTitle || (optionValues === variant.optionValues ? variant.title : optionValues.join(' / ')),
    price: row.price,
    compareAtPrice:
      row.compareAtPrice ?? ((variant.compareAtPrice ?? 0n) > row.price ? variant.compareAtPrice : null),
    optionValues,
    weightGrams: row.weightGrams || variant.weightGrams,
    lengthMm: row.lengthMm || variant.lengthMm,
    widthMm: row.widthMm || variant.widthMm,
    heightMm: row.heightMm || variant.heightMm,
  };
  return isDeepStrictEqual(next, variant) ? variant : next;
}

/** The axes with new values behind the old ones, and without those that no variant has any more. */
function spread(before: Product, variants: Variant[]): Axis[] {
  return before.options.map(({ name, values }, index) => {
    const valuesOf = (all: Variant[]) => new Set(all.map(({ optionValues }) => optionValues[index] ?? ''));
    const used = valuesOf(variants);
    const isGone = (value: string) => !used.has(value) && valuesOf(before.variants).has(value);
    return { name, values: [...new Set([...values, ...used])].filter((value) => !isGone(value)) };
  });
}

function check(row: Row, product: Product, { categories, now }: Surroundings): Refusal | undefined {
  if (product.title === '') return invalid('title', 'is needed');
  if (product.currency !== row.currency)
    return invalid('currency', `The product is sold in ${product.currency}.`);
  if (product.variants.length > 200) return invalid('', 'The product has 200 variants already.');
  const category = row.category ?? categories.get(product.category?.id ?? '') ?? null;
  if (row.publish && product.status === 'draft') move(product, 'published', now);
  const [wrong] = [
    ...(Object.keys(row.attributes).length > 0 ? checkAttributes(product.attributes, category) : []),
    ...(product.variants.length > 1 ? checkOptions(product.options, product.variants) : []),
    ...(product.status === 'published' ? missing(product, category) : []),
  ];
  return wrong && invalid(wrong.field.replace(/^product\./, ''), wrong.detail);
}

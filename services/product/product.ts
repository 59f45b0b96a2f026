import { DomainError, type FieldError } from '@pasar/platform/errors';
import type { Money } from '@pasar/platform/money';

export type Status = 'draft' | 'published' | 'archived';

/** What can be chosen, e.g. size. */
export interface Axis {
  name: string;
  values: string[];
}

export interface Media {
  url: string;
  alt: string;
  kind: 'IMAGE' | 'VIDEO';
}

/** What is bought: one SKU. */
export interface Variant {
  id: string;
  sku: string;
  title: string;
  /** In minor units of the product's currency. */
  price: bigint;
  compareAtPrice: bigint | null;
  /** In the order of the product's axes. */
  optionValues: string[];
  weightGrams: number;
  lengthMm: number;
  widthMm: number;
  heightMm: number;
}

export interface AttributeDefinition {
  name: string;
  kind: 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'CHOICE';
  options: string[];
  required: boolean;
}

/** A category of the catalogue: itself, what its products have, and where it stands. */
export interface Category {
  id: string;
  slug: string;
  attributes: AttributeDefinition[];
  /** Ids and slugs from the root to itself. */
  path: { id: string; slug: string }[];
}

export interface Brand {
  id: string;
  slug: string;
}

export interface Product {
  id: string;
  sellerId: string;
  /** Tells the products of a store apart in files; the id, unless an import made the product. */
  key: string;
  slug: string;
  title: string;
  description: string;
  category: { id: string; slug: string } | null;
  brand: Brand | null;
  status: Status;
  options: Axis[];
  attributes: Record<string, string>;
  media: Media[];
  /** Of all variants; null before the first one. */
  currency: string | null;
  variants: Variant[];
  /** Rises with every change. */
  version: bigint;
  createdAt: Date;
  updatedAt: Date;
  publishedAt: Date | null;
  /** When a draft is published by itself. */
  publishAt: Date | null;
  /** Of listings of several stores that are one catalogue product: the first of them. */
  catalogueId: string | null;
}

export interface VariantDraft extends Omit<Variant, 'price' | 'compareAtPrice'> {
  /** Empty for a new variant. */
  id: string;
  /** Made up when empty. */
  sku: string;
  price: Money | undefined;
  compareAtPrice: Money | undefined;
}

/** What a seller says of a product; what is left out stays as it is. */
export interface Patch {
  slug?: string;
  title?: string;
  description?: string;
  /** With its definitions; null for none. */
  category?: Category | null;
  brand?: Brand | null;
  status?: Status;
  options?: Axis[];
  variants?: VariantDraft[];
  attributes?: Record<string, string>;
  media?: Media[];
  publishAt?: Date | null;
}

/** Where a product may go from where it is. An archived one stays: orders show it. */
const moves: Record<Status, readonly Status[]> = {
  draft: ['published', 'archived'],
  published: ['archived'],
  archived: [],
};

const maxPrice = 1_000_000_000_000_000n;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return uuid.test(text.toLowerCase());
}

/** `Kaos Polos – Katun` → `kaos-polos-katun`; `produk` when nothing of it is a Latin letter or a digit. */
export function slugify(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 120)
    .replace(/^-+|-+$/g, '');
  // An id and a slug stand in the same place of a URL.
  return slug === '' || isId(slug) ? `produk${slug && '-'}${slug}` : slug;
}

/** The slug of a product whose first choice is taken. */
export function slugWithSuffix(slug: string, id: string): string {
  return `${slug}-${id.slice(-8)}`;
}

/** Text of one line, as it is kept. */
export function toLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

export function makeSku(variantId: string): string {
  return `SKU-${variantId.slice(-10).toUpperCase()}`;
}

export interface Revision {
  /** Definitions of the product's category, whether or not the patch changes it. */
  category: Category | null;
  now: Date;
  newId(): string;
}

/**
 * The product as it is after a change.
 * @throws DomainError naming every field that is wrong
 */
export function revise(product: Product, patch: Patch, { category, now, newId }: Revision): Product {
  if (product.status === 'archived' && patch.status !== 'archived') throw illegalMove('archived', 'changed');
  assertOwnContent(product, patch);
  const next: Product = { ...product };
  const errors: FieldError[] = [];
  if (patch.slug) {
    if (isId(patch.slug)) errors.push({ field: 'product.slug', detail: 'must not look like an id' });
    next.slug = patch.slug;
  }
  if (patch.title !== undefined) next.title = toLine(patch.title);
  if (patch.description !== undefined) next.description = patch.description.trim();
  if (patch.category !== undefined)
    next.category = patch.category && { id: patch.category.id, slug: patch.category.slug };
  if (patch.brand !== undefined) next.brand = patch.brand;
  if (patch.media !== undefined) next.media = patch.media;
  if (patch.attributes !== undefined) next.attributes = withoutEmpty(patch.attributes);
  if (patch.attributes !== undefined || patch.category !== undefined) {
    errors.push(...checkAttributes(next.attributes, category));
  }
  if (patch.options !== undefined) {
    next.options = patch.options.map(({ name, values }) => ({
      name: toLine(name),
      values: values.map(toLine),
    }));
  }
  if (patch.variants !== undefined) {
    const known = new Map(product.variants.map((variant) => [variant.id, variant]));
    for (const [index, { id }] of patch.variants.entries()) {
      const twice = patch.variants.findIndex((other) => other.id === id) < index;
      if (id && (!known.has(id) || twice)) {
        errors.push({ field: `product.variants[${index}].id`, detail: 'is not a variant of this product' });
      }
    }
    const wrong = checkPrices(patch.variants);
    errors.push(...wrong);
    if (wrong.length === 0) {
      next.variants = patch.variants.map((draft) => toVariant(draft, newId));
      next.currency = patch.variants[0]?.price?.currency ?? product.currency;
    }
  }
  if (patch.options !== undefined || patch.variants !== undefined) {
    errors.push(...checkOptions(next.options, next.variants));
  }
  if (errors.length > 0) {
    throw new DomainError('request.invalid', 'invalid', 'The product is not valid.', { errors });
  }
  move(next, patch.status ?? product.status, now);
  if (patch.publishAt !== undefined && next.status === 'draft') next.publishAt = patch.publishAt;
  if (next.status !== 'draft') next.publishAt = null;
  if (next.status === 'published' || next.publishAt) assertComplete(next, category);
  return next;
}

/** What was listed first says what the thing is; other stores say what they ask for it. */
function assertOwnContent({ id, catalogueId }: Product, patch: Patch): void {
  if (catalogueId === null || catalogueId === id) return;
  const { title, description, category, brand, options, attributes, media } = patch;
  const content = { title, description, category, brand, options, attributes, media };
  if (Object.values(content).some((value) => value !== undefined)) {
    throw new DomainError(
      'product.offer_content',
      'conflict',
      'This offers another listing’s product: only variants, prices and the slug are yours to change.',
    );
  }
}

/** Moves a product on, if the table allows it; a move to where it is does nothing. */
export function move(product: Product, to: Status, now: Date): void {
  if (to === product.status) return;
  if (!moves[product.status].includes(to)) throw illegalMove(product.status, to);
  product.status = to;
  if (to === 'published') product.publishedAt = now;
}

/** @throws product.incomplete, naming what is missing before customers may see it */
export function assertComplete(product: Product, category: Category | null): void {
  const errors = missing(product, category);
  if (errors.length > 0) {
    throw new DomainError('product.incomplete', 'unprocessable', 'The product lacks something.', { errors });
  }
}

/** What a product lacks before it can be published. */
export function missing(product: Product, category: Category | null): FieldError[] {
  const errors: FieldError[] = [];
  if (product.title === '') errors.push({ field: 'product.title', detail: 'is needed' });
  if (!product.category) errors.push({ field: 'product.category', detail: 'is needed' });
  if (product.variants.length === 0)
    errors.push({ field: 'product.variants', detail: 'needs one with a price' });
  for (const { name, required } of category?.attributes ?? []) {
    if (required && !product.attributes[name]) {
      errors.push({
        field: `product.attributes[${JSON.stringify(name)}]`,
        detail: 'is needed in this category',
      });
    }
  }
  return errors;
}

export function withoutEmpty(attributes: Record<string, string>): Record<string, string> {
  const given = Object.entries(attributes).map(([name, value]) => [name, value.trim()] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

export function checkAttributes(attributes: Record<string, string>, category: Category | null): FieldError[] {
  const errors: FieldError[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    const definition = category?.attributes.find((each) => each.name === name);
    const detail = definition ? checkValue(value, definition) : 'is not an attribute of the category';
    if (detail) errors.push({ field: `product.attributes[${JSON.stringify(name)}]`, detail });
  }
  return errors;
}

function checkValue(value: string, { kind, options }: AttributeDefinition): string | undefined {
  if (kind === 'NUMBER' && !/^-?\d{1,15}(\.\d{1,9})?$/.test(value)) return 'must be a number';
  if (kind === 'BOOLEAN' && !/^(true|false)$/.test(value)) return 'must be true or false';
  if (kind === 'CHOICE' && !options.includes(value)) return `must be one of ${options.join(', ')}`;
  return undefined;
}

function checkPrices(variants: VariantDraft[]): FieldError[] {
  const errors: FieldError[] = [];
  const currency = variants[0]?.price?.currency;
  for (const [index, { price, compareAtPrice }] of variants.entries()) {
    const field = `product.variants[${index}].price`;
    if (!price) errors.push({ field, detail: 'is needed' });
    else if (price.amount <= 0n) errors.push({ field, detail: 'must be above 0' });
    else if (price.amount > maxPrice) errors.push({ field, detail: 'is too high' });
    else if (price.currency !== currency)
      errors.push({ field, detail: 'must be in the currency of the others' });
    if (!price || !compareAtPrice || compareAtPrice.amount === 0n) continue;
    const detail = compareDetail(price, compareAtPrice);
    if (detail) errors.push({ field: `product.variants[${index}].compareAtPrice`, detail });
  }
  return errors;
}

function compareDetail(price: Money, compareAt: Money): string | undefined {
  if (compareAt.currency !== price.currency) return 'must be in the currency of the price';
  if (compareAt.amount <= price.amount) return 'must be above the price';
  return compareAt.amount > maxPrice ? 'is too high' : undefined;
}

/** Checks that the variants are distinct choices of the axes, and that SKUs differ. */
export function checkOptions(axes: Axis[], variants: Pick<Variant, 'sku' | 'optionValues'>[]): FieldError[] {
  const errors: FieldError[] = [];
  const report = (field: string, detail: string) => errors.push({ field: `product.${field}`, detail });
  for (const [index, { name, values }] of axes.entries()) {
    const first = axes.findIndex((axis) => axis.name.toLowerCase() === name.toLowerCase());
    if (first < index) report(`options[${index}].name`, 'is there twice');
    if (values.length === 0) report(`options[${index}].values`, 'must not be empty');
    if (new Set(values).size < values.length)
      report(`options[${index}].values`, 'must differ from each other');
  }
  const skus = new Set<string>();
  const choices = new Set<string>();
  for (const [index, { sku, optionValues }] of variants.entries()) {
    if (sku !== '' && skus.has(sku)) report(`variants[${index}].sku`, 'is there twice');
    skus.add(sku);
    const field = `variants[${index}].optionValues`;
    if (optionValues.length !== axes.length)
      report(field, `needs ${axes.length} value(s), one for each option`);
    else if (!optionValues.every((value, n) => axes[n]?.values.includes(value)))
      report(field, 'is not one of the options');
    const choice = JSON.stringify(optionValues);
    if (choices.has(choice)) report(field, 'is what another variant has');
    choices.add(choice);
  }
  return errors;
}

function toVariant(draft: VariantDraft, newId: () => string): Variant {
  const id = draft.id.toLowerCase() || newId();
  const optionValues = draft.optionValues.map(toLine);
  return {
    ...draft,
    id,
    optionValues,
    sku: draft.sku.trim() || makeSku(id),
    title: toLine(draft.title) || optionValues.join(' / '),
    price: draft.price?.amount ?? 0n,
    compareAtPrice: draft.compareAtPrice?.amount || null,
  };
}

/** Price of the cheapest variant; null without variants. */
export function lowestPrice(variants: Variant[]): bigint | null {
  return variants.reduce<bigint | null>(
    (low, { price }) => (low === null || price < low ? price : low),
    null,
  );
}

export function noStore(): DomainError {
  return new DomainError('product.no_store', 'forbidden', 'This account has no store.');
}

export function offerExists(): DomainError {
  return new DomainError(
    'product.offer_exists',
    'conflict',
    'The store has a listing of this product already.',
  );
}

export function versionConflict(): DomainError {
  return new DomainError(
    'product.version_conflict',
    'conflict',
    'Somebody else changed this product meanwhile.',
  );
}

export function slugTaken(slug: string): DomainError {
  return new DomainError('product.slug_taken', 'conflict', `Another product has the slug ${slug}.`);
}

export function skuTaken(): DomainError {
  return new DomainError(
    'product.sku_taken',
    'conflict',
    'Another product of the store has one of these SKUs.',
  );
}

function illegalMove(from: Status, to: string): DomainError {
  return new DomainError('product.illegal_status', 'conflict', `A product that is ${from} cannot be ${to}.`);
}

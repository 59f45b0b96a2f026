import type { ImportRow } from '@pasar/contracts/pasar/product/v1/product_pb';
import { Media_Kind } from '@pasar/contracts/pasar/product/v1/product_pb';
import { type Brand, type Category, isId, type Media, toLine } from './product.js';

/** Why a row has no effect. */
export class Refusal {
  /** @param firstRow the earlier row that it repeats or contradicts; 0 for none */
  constructor(
    readonly code: 'import.invalid' | 'import.conflict' | 'import.duplicate' | 'import.unknown',
    readonly field: string,
    readonly detail: string,
    readonly firstRow = 0n,
  ) {}
}

/** A row that makes sense by itself. Empty fields leave a product as it is. */
export interface ReadRow {
  row: bigint;
  key: string;
  title: string;
  description: string;
  /** Slug or name. */
  category: string;
  /** Slug or name. */
  brand: string;
  /** Slug or name. */
  store: string;
  storeName: string;
  storeCity: string;
  slug: string;
  sku: string;
  price: bigint;
  currency: string;
  compareAtPrice: bigint | null;
  onHand: bigint | undefined;
  media: Media[];
  attributes: Record<string, string>;
  optionNames: string[];
  optionValues: string[];
  variantTitle: string;
  weightGrams: number;
  lengthMm: number;
  widthMm: number;
  heightMm: number;
  publish: boolean;
}

/** A row whose store, category and brand are known. */
export interface Row extends Omit<ReadRow, 'category' | 'brand'> {
  sellerId: string;
  category: Category | null;
  brand: Brand | null;
}

export function invalid(field: string, detail: string): Refusal {
  return new Refusal('import.invalid', field, detail);
}

const maxUnits = 1_000_000_000n;
const maxPrice = 1_000_000_000_000_000n;
const lengths = {
  productKey: 200,
  title: 200,
  description: 20_000,
  category: 120,
  brand: 120,
  store: 80,
  storeName: 80,
  storeCity: 100,
  slug: 140,
  sku: 64,
  variantTitle: 200,
} as const;

/** Checks what can be said of a row without looking anything up. */
export function readRow(given: ImportRow): ReadRow | Refusal {
  if (given.problem) return invalid('', given.problem.slice(0, 300));
  for (const [field, max] of Object.entries(lengths)) {
    const text = given[field as keyof typeof lengths];
    if (text.length > max) return invalid(field, `is longer than ${max}`);
    if (!isText(text)) return invalid(field, 'holds what is not text');
  }
  const key = given.productKey.trim();
  if (key === '') return invalid('productKey', 'is needed');
  if (!/^(|[a-z0-9]+(-[a-z0-9]+)*)$/.test(given.slug) || isId(given.slug))
    return invalid('slug', 'is not like-this');
  const price = checkPrice(given);
  if (price) return price;
  const attributes = readAttributes(given.attributes);
  if (attributes instanceof Refusal) return attributes;
  const options = checkOptionNames(given);
  if (options) return options;
  const media = readMedia(given);
  if (media instanceof Refusal) return media;
  const measures = checkMeasures(given);
  if (measures) return measures;
  return {
    row: given.row,
    key,
    title: toLine(given.title),
    description: given.description.trim(),
    category: toLine(given.category),
    brand: toLine(given.brand),
    store: toLine(given.store),
    storeName: toLine(given.storeName),
    storeCity: toLine(given.storeCity),
    slug: given.slug,
    sku: given.sku.trim(),
    price: given.price,
    currency: given.currency,
    compareAtPrice: given.compareAtPrice || null,
    onHand: given.onHand,
    media,
    attributes,
    optionNames: given.optionNames.map(toLine),
    optionValues: given.optionValues.map(toLine),
    variantTitle: toLine(given.variantTitle),
    weightGrams: given.weightGrams,
    lengthMm: given.lengthMm,
    widthMm: given.widthMm,
    heightMm: given.heightMm,
    publish: given.publish,
  };
}

/** PostgreSQL stores no NUL. */
function isText(text: string): boolean {
  return !text.includes('\0');
}

function checkPrice({ price, compareAtPrice, currency }: ImportRow): Refusal | undefined {
  if (!/^[A-Z]{3}$/.test(currency)) return invalid('currency', 'must be an ISO 4217 code');
  if (price <= 0n) return invalid('price', 'must be above 0');
  if (price > maxPrice) return invalid('price', 'is too high');
  if (compareAtPrice === 0n) return undefined;
  if (compareAtPrice <= price) return invalid('compareAtPrice', 'must be above the price');
  return compareAtPrice > maxPrice ? invalid('compareAtPrice', 'is too high') : undefined;
}

function readAttributes(given: Record<string, string>): Record<string, string> | Refusal {
  const entries = Object.entries(given)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== '');
  if (entries.length > 50) return invalid('attributes', 'has more than 50');
  for (const [name, value] of entries) {
    const field = `attributes[${JSON.stringify(name)}]`;
    if (!/^[a-z][a-z0-9_]{0,59}$/.test(name)) return invalid(field, 'has a name that is not like this_one');
    if (value.length > 500) return invalid(field, 'is longer than 500');
    if (!isText(value)) return invalid(field, 'holds what is not text');
  }
  return Object.fromEntries(entries);
}

function checkOptionNames(given: ImportRow): Refusal | undefined {
  const [optionNames, optionValues] = [given.optionNames.map(toLine), given.optionValues.map(toLine)];
  if (optionNames.length > 4) return invalid('optionNames', 'has more than 4');
  if (new Set(optionNames.map((name) => name.toLowerCase())).size < optionNames.length) {
    return invalid('optionNames', 'must differ from each other');
  }
  if (optionNames.some((name) => name === '' || name.length > 40 || !isText(name))) {
    return invalid('optionNames', 'must have 1 to 40 letters');
  }
  if (optionValues.length !== optionNames.length) {
    return invalid('optionValues', `needs ${optionNames.length} value(s), one for each option`);
  }
  if (optionValues.some((value) => value === '' || value.length > 80 || !isText(value))) {
    return invalid('optionValues', 'must have 1 to 80 letters');
  }
  return undefined;
}

function readMedia({ imageUrl, media }: ImportRow): Media[] | Refusal {
  const short = imageUrl === '' ? [] : [{ url: imageUrl, alt: '', kind: Media_Kind.IMAGE }];
  const all = media.length > 0 ? media : short;
  if (all.length > 20) return invalid('media', 'has more than 20');
  for (const { url, alt } of all) {
    const field = media.length > 0 ? 'media' : 'imageUrl';
    if (!/^(https?:\/\/|\/)\S*$/.test(url) || url.length > 500 || !isText(url)) {
      return invalid(field, 'must be an address of up to 500 letters that begins with http(s):// or /');
    }
    if (alt.length > 300 || !isText(alt)) return invalid(field, 'has a text that is too long');
  }
  return all.map(({ url, alt, kind }) => ({ url, alt, kind: kind === Media_Kind.VIDEO ? 'VIDEO' : 'IMAGE' }));
}

function checkMeasures(given: ImportRow): Refusal | undefined {
  for (const field of ['weightGrams', 'lengthMm', 'widthMm', 'heightMm'] as const) {
    const max = field === 'weightGrams' ? 1_000_000 : 100_000;
    if (given[field] < 0 || given[field] > max) return invalid(field, `must be from 0 to ${max}`);
  }
  if (given.onHand !== undefined && (given.onHand < 0n || given.onHand > maxUnits)) {
    return invalid('onHand', `must be from 0 to ${maxUnits}`);
  }
  return undefined;
}

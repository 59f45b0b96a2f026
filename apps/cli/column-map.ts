import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parsePrice } from './price.js';

/**
 * Where a field comes from: a column by its name, or
 * - `{"column": "Price", "as": "price", "decimal": ".", "default": "0"}`; `as` is `text`, `price` or `integer`
 * - `{"constant": "IDR"}`
 * - `{"template": "Toko {Location}"}`
 * - `{"hash": ["Product Name", "Location"]}`, a short name for what the columns say together.
 */
const source = z.union([
  z.string(),
  z.strictObject({
    column: z.string(),
    as: z.enum(['text', 'price', 'integer']).default('text'),
    decimal: z.enum(['.', ',']).optional(),
    default: z.string().default(''),
  }),
  z.strictObject({ constant: z.string() }),
  z.strictObject({ template: z.string() }),
  z.strictObject({ hash: z.array(z.string()).min(1) }),
]);

const columnMap = z.strictObject({
  productKey: source,
  title: source,
  description: source.optional(),
  slug: source.optional(),
  category: source.optional(),
  brand: source.optional(),
  store: source.optional(),
  storeName: source.optional(),
  storeCity: source.optional(),
  sku: source.optional(),
  variantTitle: source.optional(),
  price: source,
  currency: source,
  compareAtPrice: source.optional(),
  onHand: source.optional(),
  imageUrl: source.optional(),
  /** A column with a JSON array of `{url, alt, kind}`. */
  media: z.strictObject({ json: z.string() }).optional(),
  weightGrams: source.optional(),
  lengthMm: source.optional(),
  widthMm: source.optional(),
  heightMm: source.optional(),
  /**
   * Attribute name → source; or a column with a JSON object; or a column like `Bahan: katun; Warna: merah`, which is
   * `{"split": "Specs", "pairs": ";", "names": ":"}`.
   */
  attributes: z
    .union([
      z.strictObject({ json: z.string() }),
      z.strictObject({
        split: z.string(),
        pairs: z.string().min(1).default(';'),
        names: z.string().min(1).default(':'),
      }),
      z.record(z.string(), source),
    ])
    .default({}),
  /** Options and the one value of each that makes a variant; those without a name or value are left out. */
  options: z
    .array(z.strictObject({ name: source, value: source }))
    .max(4)
    .default([]),
  /** Rows are published where the column says so; all of them when not given. */
  published: z.strictObject({ column: z.string(), is: z.string() }).optional(),
  /** Cells have an apostrophe before what a spreadsheet would take for a formula. */
  guarded: z.boolean().default(false),
});

export type ColumnMap = z.infer<typeof columnMap>;
type Source = z.infer<typeof source>;

/** Maps for files that are known. */
const presets: Record<string, z.input<typeof columnMap>> = {
  /** What `GET /api/v1/products:export` writes. */
  pasar: {
    productKey: 'product_key',
    slug: 'slug',
    title: 'title',
    description: 'description',
    category: 'category',
    brand: 'brand',
    store: 'store',
    storeName: 'store_name',
    storeCity: 'store_city',
    sku: 'sku',
    variantTitle: 'variant_title',
    price: { column: 'price', as: 'price', decimal: '.' },
    currency: 'currency',
    compareAtPrice: { column: 'compare_at_price', as: 'price', decimal: '.', default: '0' },
    onHand: { column: 'on_hand', as: 'integer', default: '0' },
    media: { json: 'media' },
    weightGrams: { column: 'weight_grams', as: 'integer', default: '0' },
    lengthMm: { column: 'length_mm', as: 'integer', default: '0' },
    widthMm: { column: 'width_mm', as: 'integer', default: '0' },
    heightMm: { column: 'height_mm', as: 'integer', default: '0' },
    attributes: { json: 'attributes' },
    options: [1, 2, 3, 4].map((n) => ({ name: `option${n}_name`, value: `option${n}_value` })),
    published: { column: 'status', is: 'published' },
    guarded: true,
  },
  /** PRDECT-ID: Indonesian products with a row for each review. */
  'prdect-id': {
    productKey: { hash: ['Product Name', 'Location'] },
    title: 'Product Name',
    category: 'Category',
    store: { template: 'Toko {Location}' },
    storeCity: 'Location',
    price: { column: 'Price', as: 'price' },
    currency: { constant: 'IDR' },
    onHand: { constant: '100' },
    attributes: { rating: 'Overall Rating', sold: 'Number Sold' },
  },
};

/** @throws Error that says what is wrong with the map, or which presets there are */
export function loadMap(nameOrFile: string): ColumnMap {
  const preset = presets[nameOrFile];
  if (preset) return columnMap.parse(preset);
  let text: string;
  try {
    text = readFileSync(nameOrFile, 'utf8');
  } catch {
    throw new Error(
      `There is no map ${nameOrFile}. Give a JSON file or one of: ${Object.keys(presets).join(', ')}.`,
    );
  }
  return parseMap(text, nameOrFile);
}

/** @param name of the file, for messages */
export function parseMap(text: string, name: string): ColumnMap {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is no JSON: ${(error as Error).message}`);
  }
  const result = columnMap.safeParse(json);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${name}: ${issues.join('; ')}`);
}

/** Columns that the map names. */
export function columnsOf({
  attributes,
  options,
  media,
  published,
  guarded: _,
  ...fields
}: ColumnMap): string[] {
  const sources = [...Object.values(fields), ...options.flatMap(({ name, value }) => [name, value])];
  const columns = sources.flatMap((from) => (from === undefined ? [] : columnsOfSource(from)));
  if (media) columns.push(media.json);
  if (published) columns.push(published.column);
  if (isJson(attributes)) columns.push(attributes.json);
  else if (isSplit(attributes)) columns.push(attributes.split);
  else columns.push(...Object.values(attributes).flatMap(columnsOfSource));
  return [...new Set(columns)];
}

function columnsOfSource(from: Source): string[] {
  if (typeof from === 'string') return [from];
  if ('column' in from) return [from.column];
  if ('hash' in from) return from.hash;
  if ('constant' in from) return [];
  return [...from.template.matchAll(/\{([^}]+)\}/g)].map(([, column]) => column as string);
}

export type MappedRow = Record<string, unknown>;

/** A row for the API. What cannot be read becomes its `problem`: the server reports it with the others. */
export function mapRow(
  map: ColumnMap,
  cells: Record<string, string>,
  number: number,
  publish: boolean,
): MappedRow {
  try {
    const row = map.guarded ? withoutGuards(cells) : cells;
    for (const cell of Object.values(row)) if (cell.includes('\0')) throw new Error('The row holds a NUL.');
    const text = (from: Source | undefined) => from && textOf(from, row);
    const integer = (from: Source | undefined) => from && parseInteger(textOf(from, row));
    const currency = textOf(map.currency, row);
    const price = (from: Source | undefined) => from && priceOf(from, row, currency);
    const options = map.options
      .map(({ name, value }) => [textOf(name, row), textOf(value, row)] as const)
      .filter(([name, value]) => name !== '' && value !== '');
    return {
      row: number,
      productKey: text(map.productKey),
      slug: text(map.slug),
      title: text(map.title),
      description: text(map.description),
      category: text(map.category),
      brand: text(map.brand),
      store: text(map.store),
      storeName: text(map.storeName),
      storeCity: text(map.storeCity),
      sku: text(map.sku),
      variantTitle: text(map.variantTitle),
      currency,
      price: price(map.price),
      compareAtPrice: price(map.compareAtPrice),
      onHand: integer(map.onHand),
      imageUrl: text(map.imageUrl),
      media: map.media && parseJson(row[map.media.json] || '[]', z.array(mediaItem)),
      weightGrams: Number(integer(map.weightGrams) ?? 0),
      lengthMm: Number(integer(map.lengthMm) ?? 0),
      widthMm: Number(integer(map.widthMm) ?? 0),
      heightMm: Number(integer(map.heightMm) ?? 0),
      attributes: attributesOf(map.attributes, row),
      optionNames: options.map(([name]) => name),
      optionValues: options.map(([, value]) => value),
      publish: publish && (!map.published || row[map.published.column] === map.published.is),
    };
  } catch (error) {
    return { row: number, problem: (error as Error).message };
  }
}

const mediaItem = z.object({
  url: z.string(),
  alt: z.string().default(''),
  kind: z.string().default('IMAGE'),
});

function textOf(from: Source, row: Record<string, string>): string {
  if (typeof from === 'string') return (row[from] ?? '').trim();
  if ('column' in from) return (row[from.column] ?? '').trim() || from.default;
  if ('constant' in from) return from.constant;
  if ('hash' in from) {
    const text = JSON.stringify(from.hash.map((column) => (row[column] ?? '').trim()));
    return createHash('sha256').update(text).digest('hex').slice(0, 24);
  }
  return from.template.replace(/\{([^}]+)\}/g, (_, column: string) => (row[column] ?? '').trim());
}

function priceOf(from: Source, row: Record<string, string>, currency: string): string {
  const decimal = typeof from === 'object' && 'column' in from ? from.decimal : undefined;
  return parsePrice(textOf(from, row), currency, decimal);
}

function attributesOf(map: ColumnMap['attributes'], row: Record<string, string>): Record<string, string> {
  let pairs: (readonly [string, string])[];
  if (isJson(map)) pairs = Object.entries(parseJson(row[map.json] || '{}', z.record(z.string(), z.string())));
  else if (isSplit(map)) pairs = splitPairs(row[map.split] ?? '', map.pairs, map.names);
  else pairs = Object.entries(map).map(([name, from]) => [name, textOf(from, row)] as const);
  return Object.fromEntries(pairs.filter(([name, value]) => name !== '' && value !== ''));
}

/** `Bahan: katun; Asal Kota: Solo` → bahan, asal_kota. */
function splitPairs(text: string, pairs: string, names: string): (readonly [string, string])[] {
  return text.split(pairs).map((pair) => {
    const [name = '', ...value] = pair.split(names);
    const plain = name
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase();
    return [
      plain.replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, ''),
      value.join(names).trim(),
    ] as const;
  });
}

function isJson(map: object): map is { json: string } {
  return 'json' in map && typeof map.json === 'string' && Object.keys(map).length === 1;
}

function isSplit(map: object): map is { split: string; pairs: string; names: string } {
  return 'split' in map && 'pairs' in map && typeof map.pairs === 'string';
}

/** Takes away the apostrophe that the export puts before what looks like a formula. */
function withoutGuards(cells: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(cells).map(([column, cell]) => [
      column,
      /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell,
    ]),
  );
}

function parseInteger(text: string): string {
  if (!/^-?\d{1,15}$/.test(text)) throw new Error(`"${text.slice(0, 40)}" is not a whole number.`);
  return text;
}

function parseJson<Value>(text: string, schema: z.ZodType<Value>): Value {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new Error(`"${text.slice(0, 40)}" is not the JSON that belongs here.`);
  }
}

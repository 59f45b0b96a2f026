import { create } from '@bufbuild/protobuf';
import { ImportRowSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Outcomes, planImport, productKey, skuKey } from './import-plan.js';
import { Refusal, type Row, readRow } from './import-row.js';
import type { Category, Product } from './product.js';
import type { Imported } from './store.js';
import { type RowInit, row as rowInit } from './testing.js';

const now = new Date('2026-11-21T00:00:00Z');
const category = (slug: string): Category => ({ id: `id-${slug}`, slug, path: [], attributes: [] });
const categories = new Map(['kopi', 'teh'].map((slug) => [`id-${slug}`, category(slug)]));

function toRow(init: RowInit): Row {
  const read = readRow(create(ImportRowSchema, init));
  if (read instanceof Refusal) throw new Error(read.detail);
  const brand = read.brand ? { id: read.brand, slug: read.brand } : null;
  return { ...read, sellerId: 's1', brand, category: categories.get(`id-${read.category}`) ?? null };
}

/** What the database would hold. */
class Shelf {
  readonly imported = new Map<string, Imported>();
  readonly outcomes: Outcomes = { created: 0, updated: 0, unchanged: 0, duplicates: 0, failed: 0 };
  readonly refusals: { row: bigint; code: string; field: string; firstRow: bigint }[] = [];
  #ids = 0;

  take(rows: Row[]) {
    const skus = [...this.imported.values()].flatMap(({ product }) =>
      product.variants.map(({ sku }) => [skuKey({ sellerId: product.sellerId, sku }), product.id] as const),
    );
    const imported = structuredClone([...this.imported.values()]);
    const newId = () => `id-${String(++this.#ids).padStart(12, '0')}`;
    const plan = planImport(rows, [], { imported, skus: new Map(skus), categories, now, newId });
    for (const { after, claims } of plan.changes) {
      const before = this.imported.get(productKey(after))?.claims ?? new Map();
      this.imported.set(productKey(after), { product: after, claims: new Map([...before, ...claims]) });
    }
    for (const name of Object.keys(this.outcomes) as (keyof Outcomes)[])
      this.outcomes[name] += plan.outcomes[name];
    this.refusals.push(
      ...plan.refusals.map(({ row, refusal: { code, field, firstRow } }) => ({ row, code, field, firstRow })),
    );
    return plan;
  }

  /** As another import finds it. */
  forget() {
    for (const { claims } of this.imported.values()) claims.clear();
  }

  get products(): Product[] {
    return [...this.imported.values()].map(({ product }) => product);
  }

  /** Without ids that are made up. */
  get content() {
    return this.products.map(({ key, title, category, options, variants, status }) => ({
      ...{ key, title, category: category?.slug, options, status },
      variants: variants.map(({ price, optionValues, sku }) => [
        price,
        optionValues,
        sku.replace(/^SKU-.*/, ''),
      ]),
    }));
  }
}

const rowsOf = (...inits: RowInit[]) =>
  inits.map((init, index) => toRow(rowInit(index + 1, { productKey: 'k', title: 'T', price: 5n, ...init })));
const size = (value: string, facts: RowInit = {}): RowInit => ({
  optionNames: ['Ukuran'],
  optionValues: [value],
  ...facts,
});

describe('rows of one product', () => {
  it('are variants, over the options in order of appearance', () => {
    const shelf = new Shelf();
    shelf.take(rowsOf(size('S', { sku: 'A' }), size('M'), size('L', { price: 9n, title: '', category: '' })));
    expect(shelf.outcomes).toMatchObject({ created: 3 });
    expect(shelf.content).toEqual([
      {
        ...{ key: 'k', title: 'T', category: 'kopi', status: 'published' },
        options: [{ name: 'Ukuran', values: ['S', 'M', 'L'] }],
        variants: [
          [5n, ['S'], 'A'],
          [5n, ['M'], ''],
          [9n, ['L'], ''],
        ],
      },
    ]);
  });

  it.each<[string, RowInit, RowInit, string, string]>([
    ['the same', {}, {}, 'import.duplicate', ''],
    ['the same, less said', {}, { title: '', category: '', brand: '' }, 'import.duplicate', ''],
    ['another price', {}, { price: 6n }, 'import.conflict', 'price'],
    ['another title', {}, { title: 'U' }, 'import.conflict', 'title'],
    ['another category', {}, { category: 'teh' }, 'import.conflict', 'category'],
    ['another brand', { brand: 'a' }, { brand: 'b' }, 'import.conflict', 'brand'],
    ['another currency', {}, { currency: 'USD' }, 'import.conflict', 'currency'],
    ['another SKU for the only variant', { sku: 'A' }, { sku: 'B' }, 'import.conflict', 'sku'],
    [
      'another SKU for the same choice',
      size('S', { sku: 'A' }),
      size('S', { sku: 'B' }),
      'import.conflict',
      'sku',
    ],
    [
      'another choice for the same SKU',
      size('S', { sku: 'A' }),
      size('M', { sku: 'A' }),
      'import.conflict',
      'optionValues',
    ],
    ['options it had not', {}, size('S'), 'import.conflict', 'optionNames'],
    [
      'other options',
      size('S'),
      { optionNames: ['Warna'], optionValues: ['S'] },
      'import.conflict',
      'optionNames',
    ],
    ['another saving', { compareAtPrice: 9n }, { compareAtPrice: 8n }, 'import.conflict', 'compareAtPrice'],
    ['no choice', size('S'), { sku: 'X' }, 'import.invalid', 'optionValues'],
  ])('that say %s: the first one stands', (_, first, second, code, field) => {
    const shelf = new Shelf();
    shelf.take(rowsOf(first, second));
    const alone = new Shelf();
    alone.take(rowsOf(first));
    expect(shelf.content).toEqual(alone.content);
    expect(shelf.refusals).toMatchObject([
      { row: 2n, code, field, firstRow: code === 'import.invalid' ? 0n : 1n },
    ]);
    // The same when the second one comes in another batch.
    const split = new Shelf();
    for (const row of rowsOf(first, second)) split.take([row]);
    expect(split.refusals).toEqual(shelf.refusals);
  });

  it('may leave the title to the first one, which needs it', () => {
    const shelf = new Shelf();
    shelf.take(rowsOf({ title: '' }, {}));
    expect(shelf.refusals).toMatchObject([{ row: 1n, code: 'import.invalid', field: 'title' }]);
    expect(shelf.outcomes).toMatchObject({ created: 1, failed: 1 });
  });

  it('of different products do not share a SKU', () => {
    const shelf = new Shelf();
    shelf.take(rowsOf({ sku: 'A' }, { sku: 'A', productKey: 'l' }));
    expect(shelf.refusals).toMatchObject([{ row: 2n, field: 'sku' }]);
  });
});

describe('another import', () => {
  const file = rowsOf(size('S', { sku: 'A' }), size('M', { sku: 'B' }), { productKey: 'l', title: 'Lain' });

  function again(change: (rows: Row[]) => Row[] | void) {
    const shelf = new Shelf();
    shelf.take(file);
    shelf.forget();
    const rows = structuredClone(file);
    const plan = shelf.take(change(rows) ?? rows);
    return { shelf, plan, outcomes: plan.outcomes };
  }

  it('of the same file changes nothing', () => {
    const { plan, outcomes } = again(() => {});
    expect(outcomes).toMatchObject({ unchanged: 3, created: 0, updated: 0, failed: 0 });
    expect(plan.changes.every(({ before, after }) => before === after)).toBe(true);
  });

  it('changes what is different', () => {
    const { shelf, plan, outcomes } = again((rows) => {
      rows[1]!.price = 8n;
      rows[2]!.title = 'Lain Lagi';
    });
    expect(outcomes).toMatchObject({ unchanged: 1, updated: 2 });
    expect(shelf.products.map(({ title, version }) => [title, version])).toEqual([
      ['T', 2n],
      ['Lain Lagi', 2n],
    ]);
    const [first] = plan.changes;
    expect(first?.after.variants[0]).toBe(first?.before?.variants[0]);
  });

  it('gives a variant another SKU or another choice, and adds variants', () => {
    const { shelf, outcomes } = again((rows) => {
      rows[0]!.sku = 'A2';
      rows[1]!.optionValues = ['Medium'];
      return [...rows, toRow(rowInit(4, { productKey: 'k', title: 'T', price: 5n, ...size('L') }))];
    });
    expect(outcomes).toMatchObject({ updated: 2, unchanged: 1, created: 1 });
    expect(shelf.content[0]).toMatchObject({
      options: [{ values: ['S', 'Medium', 'L'] }],
      variants: [
        [5n, ['S'], 'A2'],
        [5n, ['Medium'], 'B'],
        [5n, ['L'], ''],
      ],
    });
  });

  it('that says less leaves what it does not say', () => {
    const { outcomes } = again((rows) =>
      rows.map((row) => ({ ...row, category: null, title: '', description: '' })),
    );
    expect(outcomes).toMatchObject({ unchanged: 3 });
  });
});

it('comes to the same, however the rows are cut into batches', () => {
  const init = fc.record({
    productKey: fc.constantFrom('k', 'l'),
    title: fc.constantFrom('', 'T', 'U'),
    category: fc.constantFrom('', 'kopi', 'teh'),
    sku: fc.constantFrom('', 'A', 'B'),
    price: fc.constantFrom(5n, 6n),
    choice: fc.constantFrom('', 'S', 'M'),
  });
  const run = (inits: { choice: string }[], cuts: number[]) => {
    const shelf = new Shelf();
    const rows = inits.map(({ choice, ...rest }, index) =>
      toRow(rowInit(index + 1, choice ? size(choice, rest) : rest)),
    );
    const ends = [...cuts.map((cut) => cut % (rows.length + 1)).sort((a, b) => a - b), rows.length];
    let from = 0;
    for (const end of ends) {
      shelf.take(rows.slice(from, end));
      from = end;
    }
    return { content: shelf.content, outcomes: shelf.outcomes, refusals: shelf.refusals };
  };
  fc.assert(
    fc.property(
      fc.array(init, { minLength: 1, maxLength: 14 }),
      fc.array(fc.nat(), { maxLength: 5 }),
      (inits, cuts) => {
        const whole = run(inits, []);
        expect(run(inits, cuts)).toEqual(whole);
        const { created, updated, unchanged, duplicates, failed } = whole.outcomes;
        expect(created + updated + unchanged + duplicates + failed).toBe(inits.length);
        for (const { variants } of whole.content) {
          expect(new Set(variants.map(([, choice]) => JSON.stringify(choice))).size).toBe(variants.length);
        }
      },
    ),
  );
});

describe('a row', () => {
  const refusal = (init: RowInit) => {
    const read = readRow(create(ImportRowSchema, rowInit(1, init)));
    return read instanceof Refusal ? [read.code, read.field] : 'read';
  };

  it.each<[string, RowInit]>([
    ['', { problem: 'The price is no number.' }],
    ['productKey', { productKey: ' ' }],
    ['productKey', { productKey: 'k'.repeat(201) }],
    ['title', { title: 't'.repeat(201) }],
    ['description', { description: 'd'.repeat(20_001) }],
    ['title', { title: 'a\0b' }],
    ['slug', { slug: 'Bukan Slug' }],
    ['slug', { slug: crypto.randomUUID() }],
    ['price', { price: 0n }],
    ['price', { price: -1n }],
    ['price', { price: 10n ** 16n }],
    ['currency', { currency: 'rupiah' }],
    ['compareAtPrice', { compareAtPrice: 1n }],
    ['onHand', { onHand: -1n }],
    ['weightGrams', { weightGrams: -1 }],
    ['heightMm', { heightMm: 100_001 }],
    ['imageUrl', { imageUrl: 'javascript:alert(1)' }],
    ['media', { media: [{ url: 'ftp://x' }] }],
    ['attributes["Nama Aneh"]', { attributes: { 'Nama Aneh': 'x' } }],
    ['attributes["a"]', { attributes: { a: '\0' } }],
    ['optionNames', { optionNames: ['a', 'A'], optionValues: ['1', '2'] }],
    ['optionValues', { optionNames: ['a'], optionValues: [] }],
    ['optionValues', { optionNames: ['a'], optionValues: [''] }],
  ])('with a bad %s is refused', (field, init) => {
    expect(refusal(init)).toEqual(['import.invalid', field]);
  });

  it('may have attributes of any name', () => {
    expect(refusal({ attributes: { code: 'x', field: 'y', constructor: 'z' } })).toBe('read');
  });
});

import { csvLine } from '@pasar/platform/csv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AttributeDefinition,
  type Category,
  type Patch,
  type Product,
  revise,
  slugify,
  type VariantDraft,
} from './product.js';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const now = new Date('2026-11-21T00:00:00Z');
const earlier = new Date('2026-11-01T00:00:00Z');

const definition = (name: string, facts: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  ...{ name, kind: 'TEXT', options: [], required: false },
  ...facts,
});

const shirts: Category = {
  id: id(900),
  slug: 'kemeja',
  path: [{ id: id(900), slug: 'kemeja' }],
  attributes: [
    definition('bahan', { kind: 'CHOICE', options: ['Katun', 'Linen'], required: true }),
    definition('berat', { kind: 'NUMBER' }),
    definition('impor', { kind: 'BOOLEAN' }),
    definition('motif'),
  ],
};

const draft: Product = {
  ...{ id: id(1), sellerId: id(2), key: id(1), slug: 'kemeja', title: 'Kemeja', description: '' },
  ...{ category: null, brand: null, status: 'draft', options: [], attributes: {}, media: [], currency: null },
  ...{
    variants: [],
    version: 1n,
    createdAt: earlier,
    updatedAt: earlier,
    publishedAt: null,
    publishAt: null,
    catalogueId: null,
  },
};

function variant(facts: Partial<VariantDraft> & { amount?: number } = {}): VariantDraft {
  const { amount = 100, ...rest } = facts;
  return {
    ...{ id: '', sku: '', title: '', optionValues: [], weightGrams: 0, lengthMm: 0, widthMm: 0, heightMm: 0 },
    ...{ price: { amount: BigInt(amount), currency: 'IDR' }, compareAtPrice: undefined },
    ...rest,
  };
}

let ids = 1000;
const change = (product: Product, patch: Patch, category: Category | null = patch.category ?? null) =>
  revise(product, patch, { category, now, newId: () => id(++ids) });

function wrongFields(product: Product, patch: Patch, category?: Category): string[] {
  try {
    change(product, patch, category);
    return [];
  } catch (error) {
    return (error as { errors: { field: string }[] }).errors.map(({ field }) =>
      field.replace('product.', ''),
    );
  }
}

const complete = change(draft, { category: shirts, attributes: { bahan: 'Katun' }, variants: [variant()] });
const published = change(complete, { status: 'published' }, shirts);

describe('moves', () => {
  it.each([
    ['draft', 'published', 'ok'],
    ['draft', 'archived', 'ok'],
    ['published', 'published', 'ok'],
    ['published', 'archived', 'ok'],
    ['published', 'draft', 'product.illegal_status'],
    ['archived', 'archived', 'ok'],
    ['archived', 'published', 'product.illegal_status'],
    ['archived', 'draft', 'product.illegal_status'],
  ] as const)('from %s to %s: %s', (from, status, outcome) => {
    const attempt = () => change({ ...complete, status: from }, { status }, shirts).status;
    if (outcome === 'ok') expect(attempt()).toBe(status);
    else expect(attempt).toThrow(expect.objectContaining({ code: outcome }));
  });

  it('an archived product stays as it is', () => {
    const archived = { ...complete, status: 'archived' as const };
    expect(() => change(archived, { title: 'Lain' }, shirts)).toThrow(
      expect.objectContaining({ code: 'product.illegal_status' }),
    );
  });

  it('to the customers only with title, category, variant and what the category requires', () => {
    expect(wrongFields({ ...draft, title: '' }, { status: 'published' })).toEqual([
      'title',
      'category',
      'variants',
    ]);
    const bare = change(draft, { category: shirts, variants: [variant()] });
    expect(wrongFields(bare, { status: 'published' }, shirts)).toEqual(['attributes["bahan"]']);
    expect(published).toMatchObject({ status: 'published', publishedAt: now });
    expect(wrongFields(published, { variants: [] }, shirts)).toEqual(['variants']);
    expect(wrongFields(published, { attributes: {} }, shirts)).toEqual(['attributes["bahan"]']);
    expect(wrongFields(published, { title: '  ' }, shirts)).toEqual(['title']);
  });
});

describe('variants', () => {
  const options = [
    { name: 'Ukuran', values: ['S', 'M'] },
    { name: 'Warna', values: ['Merah'] },
  ];

  it('are named after what is chosen, and get a SKU', () => {
    const { variants } = change(draft, { options, variants: [variant({ optionValues: ['S', 'Merah'] })] });
    expect(variants).toMatchObject([
      { title: 'S / Merah', sku: expect.stringMatching(/^SKU-[0-9A-F]{10}$/) },
    ]);
  });

  it('keep their ids when they are replaced', () => {
    const [kept, gone] = change(draft, {
      options,
      variants: [variant({ optionValues: ['S', 'Merah'] }), variant({ optionValues: ['M', 'Merah'] })],
    }).variants;
    const before = { ...draft, options, variants: [kept!, gone!], currency: 'IDR' };
    const { variants } = change(before, {
      variants: [
        variant({ optionValues: ['M', 'Merah'] }),
        variant({ id: kept!.id, optionValues: ['S', 'Merah'], amount: 7 }),
      ],
    });
    expect(variants[1]).toMatchObject({ id: kept!.id, price: 7n });
    expect([kept!.id, gone!.id]).not.toContain(variants[0]!.id);
  });

  it.each([
    ['no price', [variant({ price: undefined })], ['variants[0].price']],
    ['a price of nothing', [variant({ amount: 0 })], ['variants[0].price']],
    ['a negative price', [variant({ amount: -5 })], ['variants[0].price']],
    [
      'a price beyond reason',
      [variant({ price: { amount: 10n ** 16n, currency: 'IDR' } })],
      ['variants[0].price'],
    ],
    [
      'no saving',
      [variant({ compareAtPrice: { amount: 100n, currency: 'IDR' } })],
      ['variants[0].compareAtPrice'],
    ],
    [
      'a foreign saving',
      [variant({ compareAtPrice: { amount: 900n, currency: 'USD' } })],
      ['variants[0].compareAtPrice'],
    ],
    ['two without options', [variant(), variant()], ['variants[1].optionValues']],
    ['options that are not there', [variant({ optionValues: ['S'] })], ['variants[0].optionValues']],
    ['a foreign id', [variant({ id: id(5) })], ['variants[0].id']],
  ])('refuse %s', (_, variants, fields) => {
    expect(wrongFields(draft, { variants })).toEqual(fields);
  });

  it.each([
    [
      'two currencies',
      ['S', 'M'].map((size, n) =>
        variant({ optionValues: [size, 'Merah'], price: { amount: 1n, currency: ['IDR', 'USD'][n]! } }),
      ),
      'variants[1].price',
    ],
    [
      'the same choice twice',
      ['S', 'S'].map((size) => variant({ optionValues: [size, 'Merah'] })),
      'variants[1].optionValues',
    ],
    [
      'a SKU twice',
      ['S', 'M'].map((size) => variant({ sku: 'A', optionValues: [size, 'Merah'] })),
      'variants[1].sku',
    ],
    ['a value that is no option', [variant({ optionValues: ['XL', 'Merah'] })], 'variants[0].optionValues'],
  ])('with options refuse %s', (_, variants, field) => {
    expect(wrongFields(draft, { options, variants })).toEqual([field]);
  });

  it('refuse axes that are not told apart', () => {
    const twice = [
      { name: 'Ukuran', values: ['S', 'S'] },
      { name: 'ukuran', values: [] },
    ];
    expect(wrongFields(draft, { options: twice })).toEqual([
      'options[0].values',
      'options[1].name',
      'options[1].values',
    ]);
  });
});

describe('attributes', () => {
  it.each([
    [{ bahan: 'Wol' }, 'attributes["bahan"]'],
    [{ berat: 'satu' }, 'attributes["berat"]'],
    [{ berat: '1e5' }, 'attributes["berat"]'],
    [{ impor: 'ya' }, 'attributes["impor"]'],
    [{ rasa: 'manis' }, 'attributes["rasa"]'],
    [{ __proto__x: 'manis' }, 'attributes["__proto__x"]'],
  ])('refuse %j', (attributes, field) => {
    expect(wrongFields(draft, { attributes, category: shirts })).toEqual([field]);
  });

  it('are kept without the empty ones', () => {
    const attributes = { bahan: 'Linen', berat: '-1.25', impor: 'true', motif: '  ' };
    const { attributes: kept } = change(draft, { attributes, category: shirts });
    expect(kept).toEqual({ bahan: 'Linen', berat: '-1.25', impor: 'true' });
  });

  it('must fit the category that the product moves to', () => {
    const toys: Category = { id: id(901), slug: 'mainan', path: [], attributes: [] };
    expect(wrongFields(complete, { category: toys })).toEqual(['attributes["bahan"]']);
  });
});

it('a change never touches the product that it is made of', () => {
  const before = structuredClone(published);
  change(published, { title: ' Kemeja   Baru ', variants: [], status: 'archived' }, shirts);
  expect(published).toEqual(before);
});

it('slugs of any title fit the contract', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
      expect(slugify(title)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(slugify(title).length).toBeLessThanOrEqual(130);
    }),
  );
  expect(slugify(id(1))).toBe(`produk-${id(1)}`);
});

describe('CSV', () => {
  it('guards against formulas', () => {
    expect(csvLine(['=1+1', '+62', '-5', '@a', '\tx', 'a=b', "'=x", 'a"b,c', 'x\ny', ''])).toBe(
      `'=1+1,'+62,'-5,'@a,'\tx,a=b,''=x,"a""b,c","x\ny",\r\n`,
    );
  });

  it('gives every text back when one apostrophe is taken away again', () => {
    const unguarded = (cell: string) => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
    const text = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', "'", '\t', '\r', '"', ',', 'a', '\n'),
    });
    fc.assert(
      fc.property(text, (cell) => {
        const line = csvLine([cell]).slice(0, -2);
        const bare = line.startsWith('"') ? line.slice(1, -1).replaceAll('""', '"') : line;
        expect(unguarded(bare)).toBe(cell);
        expect(bare).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

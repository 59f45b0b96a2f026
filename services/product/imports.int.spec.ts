import { AttributeDefinition_Kind as Kind } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import {
  type Import,
  PriceChangedSchema,
  ProductCreatedSchema,
  ProductUpdatedSchema,
  Product_Status as Status,
} from '@pasar/contracts/pasar/product/v1/product_pb';
import { Probe } from '@pasar/platform/probe';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  codeOf,
  idr,
  money,
  type ProductTest,
  type RowInit,
  row,
  seller,
  staff,
  startProduct,
} from './testing.js';

/** Makes the service fail where it hurts: before or after a commit. */
class Sabotage extends Probe {
  failures: string[] = [];

  override reach(point: string): void {
    if (this.failures[0] !== point) return;
    this.failures.shift();
    throw new Error(`sabotaged ${point}`);
  }
}

let { test, market, products }: ProductTest = {} as ProductTest;
const sabotage = new Sabotage();
beforeAll(async () => {
  ({ test, market, products } = await startProduct({ probe: sabotage }));
  market.addCategory('kopi');
});
afterAll(() => test.close());

type Who = ReturnType<typeof staff>;
const wait = { timeout: 20_000 };
let keys = 0;
const begin = (who: Who, key = `berkas-${++keys}`) => products.createImport({ key, name: 'berkas.csv' }, who);
const send = (who: Who, id: string, rows: RowInit[]) =>
  products.importRows({ id, rows }, { ...who, timeoutMs: 30_000 });

function counts({ created, updated, unchanged, duplicates, failed, lastRow }: Import): number[] {
  return [created, updated, unchanged, duplicates, failed, lastRow].map(Number);
}

/** Rows for a store of their own. */
function rowsFor(store: string, count: number, facts: (n: number) => RowInit = () => ({})): RowInit[] {
  return Array.from({ length: count }, (_, index) => row(index + 1, { store, ...facts(index + 1) }));
}

/** What a store holds, without what is made up. */
async function contentOf(store: string) {
  const owner = seller(market.stores.get(store)!.id);
  const { products: listed } = await products.listMyProducts({ pageSize: 100 }, owner);
  return listed
    .map(({ title, category, variants, status }) => ({
      ...{ title, category, status },
      variants: variants.map(({ title, price }) => [title, price?.amount]),
    }))
    .sort((a, b) => (a.title < b.title ? -1 : 1));
}

/** A file with everything in it: variants, duplicates, conflicts and nonsense. */
const messy = (store: string) =>
  rowsFor(store, 60, (n) => {
    if (n % 12 === 5)
      return { productKey: `k${n - 1}`, title: `Barang ${n - 1}`, price: BigInt(1000 * (n - 1)) };
    if (n % 12 === 7) return { productKey: `k${n - 1}`, title: 'Lain' };
    if (n % 12 === 9) return { price: -1n };
    const variant = n % 12 >= 10;
    return variant
      ? { productKey: `v${Math.floor(n / 12)}`, title: 'Banyak', optionNames: ['No'], optionValues: [`${n}`] }
      : {};
  });
const messyCounts = [45, 0, 0, 5, 10, 60];

describe('staff', () => {
  it('imports products, and makes what they name once', async () => {
    const who = staff();
    const { id } = await begin(who);
    const calls = market.calls;
    const rows = rowsFor('toko-makassar', 20, (n) => ({
      ...{
        category: `Kategori ${n % 2}`,
        brand: `Merek ${n % 3}`,
        storeName: 'Toko Makassar',
        storeCity: 'Makassar',
      },
      ...{
        attributes: { rating: '4.9', code: 'x' },
        onHand: 100n,
        imageUrl: '/a.svg',
        sku: `M-${n}`,
        weightGrams: 5,
      },
    }));
    expect(counts(await send(who, id, rows.slice(0, 10)))).toEqual([10, 0, 0, 0, 0, 10]);
    expect(market.calls).toBe(calls + 3);
    expect(counts(await send(who, id, rows.slice(10)))).toEqual([20, 0, 0, 0, 0, 20]);
    expect(market.calls).toBe(calls + 3);
    const store = market.stores.get('toko-makassar')!;
    expect(store).toMatchObject({ name: 'Toko Makassar', city: 'Makassar' });
    const { products: listed } = await products.listProducts({
      sellerId: store.id,
      sort: 'price',
      pageSize: 1,
    });
    expect(listed).toMatchObject([
      {
        ...{
          title: 'Barang 1',
          slug: 'barang-1',
          category: 'kategori-1',
          brand: 'merek-1',
          status: Status.PUBLISHED,
        },
        ...{ attributes: { rating: '4.9', code: 'x' }, media: [{ url: '/a.svg' }] },
        variants: [{ sku: 'M-1', price: idr(1000), weightGrams: 5 }],
      },
    ]);
    const told = () => test.published(ProductCreatedSchema).filter(({ sellerId }) => sellerId === store.id);
    await vi.waitUntil(() => told().length === 20, wait);
    expect(told()[0]).toMatchObject({
      ...{ slug: 'barang-1', status: Status.PUBLISHED },
      variants: [{ sku: 'M-1', onHand: 100n, price: idr(1000) }],
    });
  });

  it('has to name a store, as long as it has none', async () => {
    const who = staff();
    const { id } = await begin(who);
    const { errors } = await send(who, id, [row(1, { store: '' })]);
    expect(errors).toMatchObject([{ row: 1n, code: 'import.unknown', field: 'store' }]);
  });
});

describe('a seller', () => {
  it('imports into the own store only, and makes no category or brand', async () => {
    const who = seller();
    const { id } = await begin(who);
    market.addCategory('teh', '', [{ name: 'asal', kind: Kind.TEXT, required: true }]);
    const done = await send(who, id, [
      row(1, { store: 'toko-lain' }),
      row(2, { category: 'Antah Berantah' }),
      row(3, { brand: 'Entah' }),
      row(4, { category: 'teh' }),
      row(5, { category: 'teh', attributes: { asal: 'Kerinci', rasa: 'sepat' } }),
      row(6, { category: 'teh', attributes: { asal: 'Kerinci' } }),
    ]);
    expect(counts(done)).toEqual([2, 0, 0, 0, 4, 6]);
    expect(done.errors.map(({ row, code, field }) => [Number(row), code, field])).toEqual([
      [2, 'import.unknown', 'category'],
      [3, 'import.unknown', 'brand'],
      [4, 'import.invalid', 'attributes["asal"]'],
      [5, 'import.invalid', 'attributes["rasa"]'],
    ]);
    const own = await products.listMyProducts({}, who);
    expect(own.products.map(({ sellerId }) => sellerId)).toEqual([who.sellerId, who.sellerId]);
    expect(market.categories.has('antah-berantah')).toBe(false);
    expect(market.stores.has('toko-lain')).toBe(false);
  });

  it('does not see the imports of others', async () => {
    const owner = seller();
    const { id } = await begin(owner, 'milikku');
    const other = seller();
    expect(await codeOf(products.getImport({ id }, other))).toBe('import.not_found');
    expect(await codeOf(send(other, id, [row(1)]))).toBe('import.not_found');
    expect(await codeOf(products.listImportErrors({ id }, other))).toBe('import.not_found');
    expect((await begin(other, 'milikku')).id).not.toBe(id);
    expect((await begin(owner, 'milikku')).id).toBe(id);
  });
});

describe('an import', () => {
  it('counts every row once, and tells what was wrong, page by page', async () => {
    const who = staff();
    const { id } = await begin(who);
    const done = await send(who, id, messy('berantakan'));
    expect(counts(done)).toEqual(messyCounts);
    const listed: bigint[] = [];
    for (let pageToken = ''; ; ) {
      const page = await products.listImportErrors({ id, pageSize: 4, pageToken }, who);
      listed.push(...page.errors.map((error) => error.row));
      pageToken = page.nextPageToken;
      if (!pageToken) break;
    }
    expect(listed).toEqual(done.errors.map((error) => error.row));
    expect(done.errors).toContainEqual(
      expect.objectContaining({ row: 5n, code: 'import.duplicate', firstRow: 4n, detail: 'Repeats row 4.' }),
    );
    expect(done.errors).toContainEqual(
      expect.objectContaining({ row: 7n, code: 'import.conflict', field: 'title', firstRow: 6n }),
    );
  });

  it('takes no row twice, whatever is sent again', async () => {
    const who = staff();
    const { id } = await begin(who);
    const rows = messy('dua-kali');
    const first = await send(who, id, rows.slice(0, 30));
    expect(await send(who, id, rows.slice(0, 30))).toEqual(first);
    const second = await send(who, id, rows.slice(20));
    expect(counts(second)).toEqual(messyCounts);
    // The errors of all rows that were sent are told again.
    expect(second.errors.map((error) => Number(error.row))).toEqual(
      [21, 29, 31, 33, 41, 43, 45, 53, 55, 57].filter((n) => n > 20),
    );
    const all = await Promise.all(Array.from({ length: 5 }, () => send(who, id, rows)));
    for (const done of all) expect(counts(done)).toEqual(messyCounts);
  });

  it('comes to the same when its rows arrive in any order, over several connections', async () => {
    const who = staff();
    const straight = await begin(who);
    await send(who, straight.id, messy('urut'));
    const { id } = await begin(who);
    const rows = messy('acak');
    const batches = Array.from({ length: 12 }, (_, n) => rows.slice(n * 5, n * 5 + 5));
    const shuffled = [7, 2, 11, 0, 5, 9, 1, 10, 3, 8, 6, 4].map((n) => batches[n]!);
    await Promise.all(shuffled.map((batch) => send(who, id, batch)));
    expect(counts(await products.getImport({ id }, who))).toEqual(messyCounts);
    expect(await contentOf('acak')).toEqual(await contentOf('urut'));
  });

  it('refuses rows when those before them do not come', async () => {
    const who = staff();
    const { id } = await begin(who);
    expect(await codeOf(send(who, id, [row(3, { store: 'lubang' })]))).toBe('import.out_of_order');
    expect(await codeOf(send(who, id, [row(2, { store: 'lubang' }), row(1, { store: 'lubang' })]))).toBe(
      'request.invalid',
    );
    expect(await codeOf(send(who, id, [row(0)]))).toBe('request.invalid');
    // Numbers may be left out inside a call.
    expect(counts(await send(who, id, [row(1, { store: 'lubang' }), row(9, { store: 'lubang' })]))).toEqual([
      2, 0, 0, 0, 0, 9,
    ]);
    expect(counts(await send(who, id, []))).toEqual([2, 0, 0, 0, 0, 9]);
  });

  it('that breaks before or after a commit goes on where it stopped', async () => {
    const who = staff();
    const clean = await begin(who);
    await send(who, clean.id, messy('utuh'));
    const { id } = await begin(who);
    const rows = messy('patah');
    sabotage.failures = Array.from({ length: 12 }, (_, n) =>
      n % 3 === 1 ? 'after commit' : 'before commit',
    );
    let broken = 0;
    for (let done = 0; done < 60; done = Number((await products.getImport({ id }, who)).lastRow)) {
      const code = await codeOf(send(who, id, rows.slice(done, done + 7)));
      if (code !== 'ok') broken++;
    }
    expect(broken).toBe(12);
    expect(counts(await products.getImport({ id }, who))).toEqual(messyCounts);
    expect(await contentOf('patah')).toEqual(await contentOf('utuh'));
    const { id: sellerId } = market.stores.get('patah')!;
    const told = () => test.published(ProductCreatedSchema).filter((each) => each.sellerId === sellerId);
    await vi.waitUntil(() => told().length >= 40, wait);
    const { rows: stored } = await sql<{
      id: string;
    }>`select id from product where seller_id = ${sellerId}`.execute(test.service.database.kysely);
    expect(
      told()
        .map(({ productId }) => productId)
        .sort(),
    ).toEqual(stored.map((each) => each.id).sort());
  });

  it('of a file that two import at once makes every product once', async () => {
    const rows = messy('balapan');
    const people = Array.from({ length: 4 }, () => staff());
    const done = await Promise.all(
      people.map(async (who) => {
        const { id } = await begin(who);
        for (let from = 0; from < 60; from += 10) await send(who, id, rows.slice(from, from + 10));
        return products.getImport({ id }, who);
      }),
    );
    expect(done.reduce((sum, { created }) => sum + created, 0n)).toBe(45n);
    for (const { created, updated, unchanged, duplicates, failed } of done) {
      expect(created + updated + unchanged).toBe(45n);
      expect(duplicates + failed).toBe(15n);
    }
    const who = staff();
    await send(who, (await begin(who)).id, messy('sendiri'));
    expect(await contentOf('balapan')).toEqual(await contentOf('sendiri'));
  });

  it('does not lose what a seller changes meanwhile', async () => {
    const who = staff();
    const rows = rowsFor('sibuk', 30);
    await send(who, (await begin(who)).id, rows);
    const owner = seller(market.stores.get('sibuk')!.id);
    const { products: own } = await products.listMyProducts({ pageSize: 100 }, owner);
    const second = await begin(who);
    const changed = rows.map((each) => ({ ...each, price: (each.price ?? 0n) + 7n }));
    await Promise.all([
      ...own.map(({ id }) =>
        products.updateProduct(
          { id, product: { description: 'dari penjual' }, updateMask: { paths: ['description'] } },
          owner,
        ),
      ),
      send(who, second.id, changed),
    ]);
    for (const { id, price } of own) {
      expect(await products.getProduct({ id })).toMatchObject({
        description: 'dari penjual',
        price: idr(Number(price!.amount) + 7),
        version: 3n,
      });
    }
  });
});

describe('another import', () => {
  it('of an unchanged file changes nothing, and of a changed one what is changed', async () => {
    const who = staff();
    const rows = rowsFor('ulang', 20, () => ({ onHand: 5n }));
    await send(who, (await begin(who)).id, rows);
    const { id: sellerId } = market.stores.get('ulang')!;
    const versions = async () => {
      const { products: own } = await products.listMyProducts({ pageSize: 100 }, seller(sellerId));
      return own.map(({ version }) => Number(version));
    };
    expect(counts(await send(who, (await begin(who)).id, rows))).toEqual([0, 0, 20, 0, 0, 20]);
    expect(new Set(await versions())).toEqual(new Set([1]));
    const changed = rows.with(3, { ...rows[3], price: 999n }).with(7, { ...rows[7], title: 'Judul Baru' });
    const done = await send(who, (await begin(who)).id, [
      ...changed,
      row(21, { store: 'ulang', onHand: 5n }),
    ]);
    expect(counts(done)).toEqual([1, 2, 18, 0, 0, 21]);
    const updates = () => test.published(ProductUpdatedSchema).filter((each) => each.sellerId === sellerId);
    await vi.waitUntil(() => updates().length === 2, wait);
    // Stock is set once, by the row that made the variant.
    expect(updates().flatMap(({ variants }) => variants.map(({ onHand }) => onHand))).toEqual([
      undefined,
      undefined,
    ]);
    const prices = test
      .published(PriceChangedSchema)
      .filter(({ productId }) => updates().some((each) => each.productId === productId));
    expect(prices).toMatchObject([{ oldPrice: idr(4000), newPrice: idr(999), title: 'Barang 4' }]);
  });

  it('makes a product anew that was archived', async () => {
    const who = staff();
    const rows = rowsFor('arsip', 1, () => ({ sku: 'A-1' }));
    await send(who, (await begin(who)).id, rows);
    const owner = seller(market.stores.get('arsip')!.id);
    const { products: own } = await products.listMyProducts({}, owner);
    await products.deleteProduct({ id: own[0]!.id }, owner);
    expect(counts(await send(who, (await begin(who)).id, rows))).toEqual([1, 0, 0, 0, 0, 1]);
  });
});

it('bad rows of every kind are refused alone', async () => {
  const who = staff();
  const { id } = await begin(who);
  const bad: RowInit[] = [
    { problem: 'The row has 3 columns, the header 9.' },
    { title: 'a\0b' },
    { description: 'x'.repeat(300_000) },
    { attributes: { 'not a name': 'x' } },
    { attributes: Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`a${n}`, 'x'])) },
    { category: 'c'.repeat(500) },
    { store: 's'.repeat(500) },
    { price: 2n ** 62n },
    { sku: '\0' },
    { imageUrl: 'data:text/html,x' },
  ];
  const rows = bad.map((facts, index) => row(2 * index + 1, { store: 'kuat', ...facts }));
  const good = bad.map((_, index) =>
    row(2 * index + 2, { store: 'kuat', title: `'; drop table product; -- ${index}` }),
  );
  const all = [...rows, ...good].sort((a, b) => Number(a.row) - Number(b.row));
  const done = await send(who, id, all);
  expect(counts(done)).toEqual([bad.length, 0, 0, 0, bad.length, 2 * bad.length]);
  expect(done.errors.every(({ code }) => code === 'import.invalid')).toBe(true);
});

describe('an export', () => {
  type Line = Record<string, string>;

  async function exportAll(who: Who, request: { sellerId?: string } = {}): Promise<Line[]> {
    let text = '';
    const types: string[] = [];
    for await (const { data, contentType } of products.exportProducts(request, who)) {
      text += Buffer.from(data).toString();
      types.push(contentType);
    }
    expect(types[0]).toBe('text/csv; charset=utf-8');
    return parse(text, { columns: true }) as Line[];
  }

  /** As the map `pasar` of the command line does. */
  function toRow(line: Line, n: number): RowInit {
    const cell = (name: string) => (line[name] ?? '').replace(/^'('*[=+\-@\t\r])/, '$1');
    const minor = (text: string) => BigInt(text.replace('.', '') || 0);
    const axes = [1, 2, 3, 4].filter((axis) => line[`option${axis}_name`]);
    return {
      ...{ row: BigInt(n), productKey: cell('product_key'), slug: cell('slug'), title: cell('title') },
      ...{
        description: cell('description'),
        category: cell('category'),
        brand: cell('brand'),
        store: cell('store'),
      },
      ...{
        storeName: cell('store_name'),
        storeCity: cell('store_city'),
        sku: cell('sku'),
        currency: cell('currency'),
      },
      ...{
        variantTitle: cell('variant_title'),
        price: minor(cell('price')),
        compareAtPrice: minor(cell('compare_at_price')),
      },
      ...{ onHand: BigInt(cell('on_hand')), publish: cell('status') === 'published' },
      optionNames: axes.map((axis) => cell(`option${axis}_name`)),
      optionValues: axes.map((axis) => cell(`option${axis}_value`)),
      attributes: JSON.parse(cell('attributes')),
      media: JSON.parse(cell('media')).map(
        ({ url, alt, kind }: { url: string; alt: string; kind: string }) => ({
          url,
          alt,
          kind: kind === 'VIDEO' ? 2 : 1,
        }),
      ),
      ...{ weightGrams: Number(cell('weight_grams')), lengthMm: Number(cell('length_mm')) },
      ...{ widthMm: Number(cell('width_mm')), heightMm: Number(cell('height_mm')) },
    };
  }

  async function fill() {
    const owner = seller(market.addStore(`ekspor-${++keys}`, 'Kupang'));
    const make = async (product: object, publish: boolean) => {
      const { id } = await products.createProduct({ product }, owner);
      if (publish) await products.publishProduct({ id }, owner);
    };
    market.addBrand('nusa');
    market.addCategory('kain', '', [{ name: 'bahan', kind: Kind.TEXT }]);
    await make(
      {
        title: '=cmd|"/c calc"!A1',
        description: '+62 "kutip", koma\r\nbaris\tbaru',
        ...{ category: 'kain', brand: 'nusa', attributes: { bahan: "-'katun'" } },
        options: [
          { name: '@Ukuran', values: ['-1', "'=2"] },
          { name: 'Warna', values: ['Merah'] },
        ],
        variants: [
          {
            ...{
              sku: `-${keys}`,
              title: '+Judul',
              optionValues: ['-1', 'Merah'],
              price: money(12_345),
              compareAtPrice: money(20_000),
            },
            ...{ weightGrams: 1, lengthMm: 2, widthMm: 3, heightMm: 4 },
          },
          { optionValues: ["'=2", 'Merah'], price: money(5) },
        ],
        media: [
          { url: '/a.svg', alt: '=gambar', kind: 1 },
          { url: 'https://x/b.mp4', alt: '', kind: 2 },
        ],
      },
      true,
    );
    await make({ title: 'Konsep', variants: [{ price: { amount: 7n, currency: 'JPY' } }] }, false);
    return owner;
  }

  it('guards against formulas, and its import finds nothing to change', async () => {
    const owner = await fill();
    const lines = await exportAll(owner);
    expect(lines).toHaveLength(3);
    for (const cell of lines.flatMap((line) => Object.values(line))) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(lines.map(({ price, currency }) => [price, currency])).toContainEqual(['123.45', 'IDR']);
    expect(lines.map(({ price, currency }) => [price, currency])).toContainEqual(['7', 'JPY']);
    const done = await send(
      owner,
      (await begin(owner)).id,
      lines.map((line, index) => toRow(line, index + 1)),
    );
    expect(done.errors).toEqual([]);
    expect(counts(done)).toEqual([0, 0, 3, 0, 0, 3]);
  });

  it('keeps everything on its way into another store', async () => {
    const owner = await fill();
    const lines = await exportAll(owner);
    const other = seller();
    const done = await send(
      other,
      (await begin(other)).id,
      lines.map((line, index) => toRow(line, index + 1)),
    );
    expect(counts(done)).toEqual([3, 0, 0, 0, 0, 3]);
    const content = async (who: typeof owner) => {
      const { products: own } = await products.listMyProducts({}, who);
      const read = await Promise.all(own.map(({ id }) => products.getProduct({ id }, who)));
      return read
        .map(({ title, description, category, brand, status, options, variants, attributes, media }) => ({
          ...{ title, description, category, brand, status, options, attributes, media },
          variants: variants.map(({ id: _, ...rest }) => rest),
        }))
        .sort((a, b) => (a.title < b.title ? -1 : 1));
    };
    expect(await content(other)).toEqual(await content(owner));
  });

  it('is of one store for its seller, and of all or one for staff, over many pieces', async () => {
    const who = staff();
    await send(who, (await begin(who)).id, rowsFor('besar', 700));
    const { id: sellerId } = market.stores.get('besar')!;
    const keysOf = (lines: Line[]) => lines.map((line) => line.product_key).sort();
    const own = keysOf(await exportAll(seller(sellerId)));
    expect(own).toEqual(
      rowsFor('besar', 700)
        .map(({ productKey }) => productKey)
        .sort(),
    );
    expect(keysOf(await exportAll(who, { sellerId }))).toEqual(own);
    const everything = await exportAll(who);
    expect(everything.length).toBeGreaterThan(700);
    expect(new Set(everything.map(({ store }) => store)).size).toBeGreaterThan(1);
    expect(await exportAll(seller(), { sellerId })).toEqual([]);
    expect(await exportAll(who, { sellerId: "' or true" })).toEqual([]);
  });
});

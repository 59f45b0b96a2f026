import {
  type ListProductsRequest,
  type Product,
  Product_Status as Status,
} from '@pasar/contracts/pasar/product/v1/product_pb';
import { PromotionChangedSchema } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { chunks } from '@pasar/platform/chunks';
import { event } from '@pasar/platform/events';
import { encodePageToken } from '@pasar/platform/page';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { codeOf, idr, money, type ProductTest, row, seller, staff, startProduct } from './testing.js';

let { test, market, products }: ProductTest = {} as ProductTest;
let stores: string[] = [];
/** Every product of the test, as it is read one by one. */
let all: Product[] = [];

const categories = ['pakaian', 'kaus', 'kaus-polos', 'kemeja', 'kopi'];
const parents: Record<string, string> = { kaus: 'pakaian', 'kaus-polos': 'kaus', kemeja: 'pakaian' };

beforeAll(async () => {
  ({ test, market, products } = await startProduct());
  for (const slug of categories) market.addCategory(slug, parents[slug]);
  stores = ['solo', 'bandung', 'medan'].map((slug) => market.addStore(slug, slug));
  const admin = staff();
  const { id } = await products.createImport({ key: 'list' }, admin);
  const rows = Array.from({ length: 150 }, (_, index) => {
    const n = index + 1;
    return row(n, {
      // Few titles and prices, so that many products are told apart by their id only.
      title: ['kemeja Flanel', 'Kaus Katun', 'Kopi Gayo', 'Ängstrom', 'kaus katun'][n % 5],
      description: n % 7 === 0 ? 'Bahan lembut dan sejuk' : '',
      category: categories[n % 5],
      store: ['solo', 'bandung', 'medan'][n % 3],
      brand: n % 4 === 0 ? 'nusa-karya' : '',
      price: BigInt(100 * (n % 11) + 100),
      publish: n % 10 !== 0,
    });
  });
  for (const part of chunks(rows, 40)) await products.importRows({ id, rows: part }, admin);
  const own = await Promise.all(
    stores.map((store) => listAll((page) => products.listMyProducts(page, seller(store)))),
  );
  all = own.flat();
});
afterAll(() => test.close());

type Page = { pageSize: number; pageToken: string };

async function listAll(read: (page: Page) => Promise<{ products: Product[]; nextPageToken: string }>) {
  const listed: Product[] = [];
  for (let pageToken = ''; ; ) {
    const page = await read({ pageSize: 7, pageToken });
    expect(page.products.length).toBeLessThanOrEqual(7);
    listed.push(...page.products);
    pageToken = page.nextPageToken;
    if (!pageToken) return listed;
  }
}

type Filter = Partial<
  Pick<ListProductsRequest, 'category' | 'sellerId' | 'brand' | 'query' | 'minPrice' | 'maxPrice' | 'sort'>
>;

function isIn(category: string, wanted: string): boolean {
  return category === wanted || (parents[category] !== undefined && isIn(parents[category], wanted));
}

const priceOf = (product: Product) => product.price?.amount ?? 0n;
const timeOf = (product: Product) =>
  BigInt(product.publishedAt?.seconds ?? 0) * 10n ** 9n + BigInt(product.publishedAt?.nanos ?? 0);
const titleOf = (product: Product) => product.title.toLowerCase();
const compare = <Key>(a: Key, b: Key) => (a < b ? -1 : a > b ? 1 : 0);

/** What the list must be, by going through all products. */
function expected({ category, sellerId, brand, query, minPrice, maxPrice, sort }: Filter): string[] {
  const matching = all.filter(
    (product) =>
      product.status === Status.PUBLISHED &&
      (!category || isIn(product.category, category)) &&
      (!sellerId || product.sellerId === sellerId) &&
      (!brand || product.brand === brand) &&
      (minPrice === undefined || priceOf(product) >= minPrice) &&
      (maxPrice === undefined || priceOf(product) <= maxPrice) &&
      (!query || query.split(' ').every((word) => `${titleOf(product)} ${product.brand}`.includes(word))),
  );
  const order: Record<string, (a: Product, b: Product) => number> = {
    newest: (a, b) => compare(timeOf(b), timeOf(a)) || compare(b.id, a.id),
    price: (a, b) => compare(priceOf(a), priceOf(b)) || compare(a.id, b.id),
    '-price': (a, b) => compare(priceOf(b), priceOf(a)) || compare(b.id, a.id),
    title: (a, b) => compare(titleOf(a), titleOf(b)) || compare(a.id, b.id),
  };
  return matching.sort(order[sort || 'newest']).map(({ id }) => id);
}

const filters: Filter[] = [
  {},
  { category: 'pakaian' },
  { category: 'kaus' },
  { category: 'tidak-ada' },
  { brand: 'nusa-karya' },
  { brand: 'tidak-ada' },
  { minPrice: 300n, maxPrice: 700n },
  { minPrice: 700n, maxPrice: 300n },
  { category: 'pakaian', minPrice: 500n },
  { category: 'kaus', brand: 'nusa-karya' },
  { query: 'kaus' },
  { query: 'nusa' },
  { query: 'katun karya', category: 'pakaian', maxPrice: 800n },
];

describe('published products', () => {
  it.each(['', 'newest', 'price', '-price', 'title'])(
    'sorted by %j come page by page, each once, with any filter',
    async (sort) => {
      const withStores = [
        ...filters,
        { sellerId: stores[1] },
        { sellerId: stores[2], category: 'pakaian', query: 'kaus' },
      ];
      for (const filter of withStores) {
        const listed = await listAll((page) => products.listProducts({ ...filter, sort, ...page }));
        expect(
          listed.map(({ id }) => id),
          JSON.stringify(Object.keys(filter)),
        ).toEqual(expected({ ...filter, sort }));
      }
    },
  );

  it('are ranked by how well they match, page by page', async () => {
    const listed = await listAll((page) =>
      products.listProducts({ query: 'kaus', sort: 'relevance', ...page }),
    );
    expect(listed.map(({ id }) => id).sort()).toEqual(expected({ query: 'kaus' }).sort());
    const newest = await listAll((page) => products.listProducts({ sort: 'relevance', ...page }));
    expect(newest.map(({ id }) => id)).toEqual(expected({}));
  });

  it('are shown without descriptions, with stock, and tagged with all that they show', async () => {
    let tags: string[] = [];
    const onHeader = (header: Headers) => (tags = header.get('pasar-cache-tags')!.split(','));
    const calls = market.calls;
    const page = await products.listProducts({ pageSize: 100 }, { onHeader });
    expect(market.calls).toBe(calls + 1);
    expect(page.products).toHaveLength(100);
    expect(page.products.every(({ description }) => description === '')).toBe(true);
    const ids = page.products.flatMap(({ variants }) => variants.map(({ id }) => id));
    expect(tags).toEqual([...ids, 'product:list']);
  });

  it('stay in place while others come in', async () => {
    const first = await products.listProducts({ sort: 'price', pageSize: 20 });
    const owner = seller(stores[0]);
    const { id } = await products.createProduct(
      { product: { title: 'Selipan', category: 'kopi', variants: [{ price: idr(1) }] } },
      owner,
    );
    await products.publishProduct({ id }, owner);
    const second = await products.listProducts({
      sort: 'price',
      pageSize: 20,
      pageToken: first.nextPageToken,
    });
    expect(second.products.map((product) => product.id)).toEqual(expected({ sort: 'price' }).slice(20, 40));
    await products.deleteProduct({ id }, owner);
  });
});

describe('flash prices', () => {
  const wait = { timeout: 20_000 };
  const idsBy = async (filter: Filter) =>
    (await listAll((page) => products.listProducts({ ...filter, ...page }))).map(({ id }) => id);
  /** Tells that a sale of these products began, or ended. */
  const tell = (...about: Product[]) =>
    test.publish(
      event(PromotionChangedSchema, crypto.randomUUID(), {
        isFlashSale: true,
        productIds: about.map(({ id }) => id),
      }),
    );
  const setFlash = (product: Product, amount: number | undefined) => {
    const [{ id }] = product.variants as [Product['variants'][0]];
    if (amount === undefined) delete market.flashPrices[id];
    else market.flashPrices[id] = { price: idr(amount), units: 3 };
  };

  it('are what products are sorted and filtered by, while they hold', async () => {
    const published = all.filter(({ status }) => status === Status.PUBLISHED);
    const [one, other] = published.filter((product) => priceOf(product) === 1000n) as [Product, Product];
    const [sellerId, category] = [one.sellerId, one.category];
    setFlash(one, 50);
    await tell(one);
    await vi.waitUntil(async () => (await idsBy({ sort: 'price' }))[0] === one.id, wait);
    for (const filter of [{}, { sellerId }, { category }, { maxPrice: 60n }]) {
      expect((await idsBy({ ...filter, sort: 'price' }))[0]).toBe(one.id);
      expect((await idsBy({ ...filter, sort: '-price' })).at(-1)).toBe(one.id);
    }
    expect(await idsBy({ maxPrice: 60n })).toEqual([one.id]);
    expect(await idsBy({ minPrice: 900n })).not.toContain(one.id);
    const listed = await products.listProducts({ maxPrice: 60n });
    expect(listed.products).toMatchObject([{ price: idr(50), variants: [{ compareAtPrice: idr(1000) }] }]);
    // Prices change between two pages: every other product comes once, and where it belongs.
    const first = await products.listProducts({ sort: 'price', pageSize: 10 });
    expect(first.products[0]).toMatchObject({ id: one.id });
    setFlash(one, undefined);
    setFlash(other, 60);
    await tell(one, other);
    await vi.waitUntil(async () => (await idsBy({ sort: 'price' }))[0] === other.id, wait);
    const rest = await listAll(({ pageSize, pageToken }) =>
      products.listProducts({ sort: 'price', pageSize, pageToken: pageToken || first.nextPageToken }),
    );
    const seen = [...first.products, ...rest].map(({ id }) => id).filter((id) => id !== one.id);
    expect(seen).toEqual(expected({ sort: 'price' }).filter((id) => id !== one.id && id !== other.id));
    // Another regular price, and one that is lower than the sale's.
    const owner = seller(other.sellerId);
    const set = (amount: number) =>
      products.updateProduct(
        {
          id: other.id,
          product: { variants: [{ ...other.variants[0]!, price: money(amount) }] },
          updateMask: { paths: ['variants'] },
        },
        owner,
      );
    await set(1_100);
    expect((await idsBy({ sort: 'price' }))[0]).toBe(other.id);
    await set(40);
    expect(await idsBy({ maxPrice: 45n })).toEqual([other.id]);
    await set(1_000);
    setFlash(other, undefined);
    await tell(other);
    await vi.waitUntil(async () => (await idsBy({ maxPrice: 60n })).length === 0, wait);
    expect(await idsBy({ sort: 'price' })).toEqual(expected({ sort: 'price' }));
  });
});

describe('a query', () => {
  const count = async (query: string) =>
    (await products.listProducts({ query, pageSize: 100 })).products.length;

  it.each([
    ['kemeja FLANEL', 'kemeja flanel'],
    ['flan', 'flanel'],
    ['gayo-kopi', 'kopi gayo'],
    ['kemja', 'kemeja'],
    ['flanell kemejaa', 'flanel kemeja'],
  ])('%j finds what %j finds', async (typed, meant) => {
    expect(await count(typed)).toBeGreaterThan(0);
    expect(await count(typed)).toBe(await count(meant));
  });

  it('finds words of the description', async () => {
    expect(await count('lembut sejuk')).toBeGreaterThan(0);
  });

  it.each([
    '!!!',
    "' | ''",
    '& | ! ( ) : * <->',
    'kaus & ! | (',
    '\\',
    "'; drop table product; --",
    'a'.repeat(200),
    '𝕏𝕐',
  ])('%j breaks nothing', async (query) => {
    for (const sort of ['newest', 'relevance'])
      expect(await codeOf(products.listProducts({ query, sort }))).toBe('ok');
    expect(await codeOf(products.listMyProducts({ query }, seller(stores[0])))).toBe('ok');
  });
});

describe('bad input', () => {
  const id = crypto.randomUUID();
  it.each([
    'rusak',
    encodePageToken(['x']),
    encodePageToken(['besok', id]),
    encodePageToken(['2026-02-31T00:00:00Z', id]),
    encodePageToken(['2026-02-01T00:00:00Z', 'bukan-id']),
    encodePageToken(['\0', id]),
    encodePageToken(['9'.repeat(40), id]),
  ])('the token %j is refused', async (pageToken) => {
    for (const sort of ['newest', 'price']) {
      expect(await codeOf(products.listProducts({ sort, pageToken }))).toBe('request.invalid');
    }
    expect(await codeOf(products.listMyProducts({ pageToken }, seller(stores[0])))).toBe('request.invalid');
  });

  it('a store that is none has nothing', async () => {
    expect((await products.listProducts({ sellerId: "' or true" })).products).toEqual([]);
  });
});

describe('a store’s own products', () => {
  it('are listed in every status, newest first', async () => {
    const owner = seller(stores[0]);
    const own = all.filter(({ sellerId }) => sellerId === stores[0]);
    for (const status of [0, Status.DRAFT, Status.PUBLISHED]) {
      const listed = await listAll((page) => products.listMyProducts({ status, ...page }, owner));
      const wanted = own
        .filter((product) => status === 0 || product.status === status)
        .map((product) => product.id);
      const ids = listed.map((product) => product.id);
      expect(ids.filter((each) => wanted.includes(each))).toEqual(wanted.sort().reverse());
      if (status !== 0) expect(ids).toHaveLength(wanted.length);
    }
    const found = await listAll((page) => products.listMyProducts({ query: 'flanel', ...page }, owner));
    expect(found.length).toBe(own.filter(({ title }) => title === 'kemeja Flanel').length);
  });
});

/** Adds copies of a published product, one for each row of `made`, but for columns that are made by expressions over it. */
async function copyOneWith(others: Record<string, string>, made: string): Promise<void> {
  const { pool } = test.service.database;
  const { rows: columns } = await pool.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = 'product'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
  );
  await pool.query(
    `insert into product (${columns.map(({ name }) => name).join(', ')})
     select ${columns.map(({ name }) => others[name] ?? `p.${name}`).join(', ')}
     from (select * from product where status = 'published' and brand_id is null limit 1) p, ${made}`,
  );
}

describe('among very many products', () => {
  it('those are found that are few, old or dear', async () => {
    // As many as a list goes along before it looks another way, newer and cheaper than any other.
    const others: Record<string, string> = {
      ...{ id: 'gen_random_uuid()', key: 'n::text', slug: `'ember-' || n`, title: `'Ember'`, price: '1' },
      ...{ published_at: `now() + n * interval '1 second'`, words: `product_words('Ember', '', '')` },
    };
    await copyOneWith(others, 'generate_series(1, 1200) n');
    for (const sort of ['newest', 'price', '-price', 'title']) {
      for (const filter of [
        { query: 'katun karya', category: 'pakaian', maxPrice: 800n },
        { query: 'kaus', minPrice: 900n },
        { minPrice: 900n },
        { category: 'kaus', minPrice: 1000n },
      ]) {
        const listed = await listAll((page) => products.listProducts({ ...filter, sort, ...page }));
        expect(
          listed.map(({ id }) => id),
          JSON.stringify([sort, Object.keys(filter)]),
        ).toEqual(expected({ ...filter, sort }));
      }
    }
    const embers: string[] = [];
    for (let pageToken = '', pages = 0; pages === 0 || pageToken; pages++) {
      const page = await products.listProducts({ query: 'ember', pageSize: 100, pageToken });
      embers.push(...page.products.map(({ id }) => id));
      pageToken = page.nextPageToken;
    }
    expect(new Set(embers).size).toBe(1200);
    expect(embers).toHaveLength(1200);
  });

  it('those of a category come in order, however they are spread over those below it', async () => {
    const { pool } = test.service.database;
    // Most are in one of the four, cheap ones in another, and a word that one in 25 has is rarer still among the cheap.
    const others: Record<string, string> = {
      ...{ id: 'gen_random_uuid()', key: `'tikar-' || n`, slug: `'tikar-' || n` },
      title: 'made.title',
      words: `product_words(made.title, '', '')`,
      price: 'made.price',
      category_id: `(select id from category where slug =
        case when made.price < 40 then 'kaus-polos' else (array['pakaian', 'kaus', 'kaus', 'kaus', 'kemeja'])[n % 5 + 1] end)`,
      published_at: `timestamptz '2020-01-01' + made.price * interval '1 minute'`,
    };
    await copyOneWith(
      others,
      `(select n, case when n % 25 = 0 and n % 3 > 0 then 'Tikar pandan' else 'Tikar' end as title, n * 7919 % 400 as price
        from generate_series(1, 2400) n) made`,
    );
    for (const [sort, by] of [
      ['price', 'current_price, id'],
      ['-price', 'current_price desc, id desc'],
      ['newest', 'published_at desc, id desc'],
    ] as const) {
      for (const [category, query, bounds] of [
        ['pakaian', 'pandan', {}],
        ['pakaian', 'tikar', {}],
        ['kaus', 'tikar pan', { minPrice: 30n, maxPrice: 90n }],
      ] as const) {
        const { rows } = await pool.query<{ id: string }>(
          `with recursive subtree as (select id from category where slug = $1
             union select c.id from category c join subtree on c.parent_id = subtree.id)
           select id from product where category_id in (select id from subtree) and key like 'tikar-%'
             and title like $2 and current_price between $3 and $4 order by ${by} limit 60`,
          [category, query === 'tikar' ? '%' : '%pandan', ...('minPrice' in bounds ? [30, 90] : [0, 1000])],
        );
        const listed: string[] = [];
        for (let pageToken = ''; listed.length < rows.length; ) {
          const asked = { category, query, sort, pageSize: 20, pageToken, ...bounds };
          const page = await products.listProducts(asked);
          listed.push(...page.products.map(({ id }) => id));
          pageToken = page.nextPageToken;
          if (!pageToken) break;
        }
        expect(listed, `${category} ${query} ${sort}`).toEqual(rows.map(({ id }) => id));
      }
    }
    // And of the store that they are all of, newest first.
    const { rows: made } = await pool.query<{ id: string; sellerId: string; title: string }>(
      `select id, seller_id as "sellerId", title from product where key like 'tikar-%' order by id desc`,
    );
    const owner = seller(made[0]!.sellerId);
    for (const [query, wanted] of [
      ['tikar', made],
      ['pandan', made.filter(({ title }) => title.endsWith('pandan'))],
    ] as const) {
      for (const status of [0, Status.PUBLISHED]) {
        const listed: string[] = [];
        for (let pageToken = ''; listed.length < 60; ) {
          const page = await products.listMyProducts({ query, status, pageSize: 25, pageToken }, owner);
          listed.push(...page.products.map(({ id }) => id));
          pageToken = page.nextPageToken;
          if (!pageToken) break;
        }
        const ids = wanted.map(({ id }) => id).slice(0, listed.length);
        expect(listed).toEqual(ids);
        expect(listed.length).toBeGreaterThan(59);
      }
    }
  });
});

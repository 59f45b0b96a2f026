import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { fromRpcError } from '@pasar/platform/errors';
import { encodePageToken } from '@pasar/platform/page';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idr, type Market, type SearchTest, staff, startSearch } from './testing.js';

let search: SearchTest;
let market: Market;

const day = (n: number) => timestampFromDate(new Date(Date.UTC(2026, 0, n)));

beforeAll(async () => {
  search = await startSearch();
  market = search.market;
  const solo = market.addStore('solo', 'Surakarta');
  const bandung = market.addStore('kain-bandung', 'Kota Bandung');
  market.addCategory('mode', 'Mode', '', 'Fashion');
  market.addCategory('kemeja', 'Kemeja', 'mode', 'Shirts');
  market.addCategory('tas', 'Tas', 'mode', 'Bags');
  market.addBrand('lurik-jaya', 'Lurik Jaya');
  const shirt = { category: 'kemeja', sellerId: solo };
  const bag = { category: 'tas', sellerId: bandung };
  const sold = market.addProduct('Tas Kulit Selempang Wanita', { ...bag, price: idr(30_000_000) });
  market.stock[sold.variantIds?.[0] ?? ''] = 0n;
  await search.told(
    sold,
    market.addProduct('Kemeja Batik Pria Lengan Panjang', {
      ...{ ...shirt, price: idr(15_000_000), publishedAt: day(1), brand: 'lurik-jaya' },
      attributes: { warna: 'Biru', bahan: 'Katun' },
    }),
    market.addProduct('Kemeja Batik Lengan Pendek', {
      ...{ ...shirt, price: idr(12_000_000), publishedAt: day(2) },
      attributes: { warna: 'Merah', bahan: 'Katun' },
    }),
    market.addProduct('Kemeja Flanel Kotak', { ...shirt, price: idr(9_000_000), publishedAt: day(3) }),
    market.addProduct('Tas Ransel Sekolah', { ...bag, price: idr(18_000_000), publishedAt: day(4) }),
    market.addProduct('Mesin Pembersih Debu', {
      sellerId: bandung,
      price: idr(50_000_000),
      publishedAt: day(5),
    }),
    market.addProduct('Keyboard Wireless Mini', {
      ...{ sellerId: bandung, price: idr(5_350_000), publishedAt: day(6) },
      description: 'Papan ketik tanpa kabel untuk televisi',
    }),
  );
});
afterAll(() => search.test.close());

describe('words', () => {
  it.each([
    [
      'all that are asked for',
      'batik lengan',
      ['Kemeja Batik Lengan Pendek', 'Kemeja Batik Pria Lengan Panjang'],
    ],
    ['in any order, and in any case', 'MINI keyboard', ['Keyboard Wireless Mini']],
    ['of the description', 'televisi', ['Keyboard Wireless Mini']],
    ['of the category above, in English', 'flanel fashion', ['Kemeja Flanel Kotak']],
    ['of the brand', 'lurik', ['Kemeja Batik Pria Lengan Panjang']],
    ['by their root', 'bersih', ['Mesin Pembersih Debu']],
    ['with a suffix', 'ranselnya', ['Tas Ransel Sekolah']],
    ['with fillers between', 'tas untuk sekolah', ['Tas Ransel Sekolah']],
    ['not yet complete', 'keyb', ['Keyboard Wireless Mini']],
    ['that nothing has', 'zzzzzz', []],
    ['that are none', '!!! ...', []],
    ['of SQL', "'; drop table entry; --", []],
    [
      'of a tsquery',
      'batik & !kemeja | (flanel:*',
      ['Kemeja Batik Lengan Pendek', 'Kemeja Batik Pria Lengan Panjang', 'Kemeja Flanel Kotak'],
    ],
  ])('%s', async (_, query, titles) => {
    const found = await search.titles({ query });
    expect(found.toSorted()).toEqual(titles.toSorted());
  });

  it('misspelt are understood, and what was understood is told', async () => {
    for (const query of ['kemja batk', 'keemja batik', 'kemeja batix']) {
      const { hits, correctedQuery } = await search.search.searchProducts({ query });
      expect({ query, found: hits.length, correctedQuery }).toEqual({
        ...{ query, found: 2, correctedQuery: 'kemeja batik' },
      });
    }
    expect((await search.search.searchProducts({ query: 'kemeja' })).correctedQuery).toBe('');
  });

  it('that no product has together bring those that have most of them', async () => {
    const { hits, partial } = await search.search.searchProducts({ query: 'kemeja flanel kotak ungu' });
    expect(partial).toBe(true);
    expect(hits[0]?.title).toBe('Kemeja Flanel Kotak');
    expect((await search.search.searchProducts({ query: 'batik keyboard' })).hits.length).toBeGreaterThan(0);
  });

  it('weigh more in a short title than in a long one, and less when it is sold out', async () => {
    expect(await search.titles({ query: 'kemeja batik lengan' })).toEqual([
      'Kemeja Batik Lengan Pendek',
      'Kemeja Batik Pria Lengan Panjang',
    ]);
    expect(await search.titles({ query: 'tas' })).toEqual([
      'Tas Ransel Sekolah',
      'Tas Kulit Selempang Wanita',
    ]);
  });
});

describe('filters', () => {
  it.each([
    ['a category with what is below it', { category: 'mode' }, 5],
    ['a category', { category: 'tas' }, 2],
    ['a category that does not exist', { category: 'mobil' }, 0],
    ['a brand', { brand: 'lurik-jaya' }, 1],
    ['a brand that does not exist', { brand: 'x' }, 0],
    ['a city by its name', { city: 'kota bandung' }, 4],
    ['a city by its value', { city: 'kota-bandung' }, 4],
    ['a city where nobody sells', { city: 'Bogor' }, 0],
    ['the least price', { minPrice: 15_000_000n }, 4],
    ['a range of prices', { minPrice: 9_000_000n, maxPrice: 12_000_000n }, 2],
    ['an attribute', { attribute: ['bahan:Katun'] }, 2],
    ['two attributes', { attribute: ['bahan:Katun', 'warna:Biru'] }, 1],
    ['an attribute that nothing has', { attribute: ['warna:Hijau'] }, 0],
    ['stars', { minRating: 4 }, 0],
    ['stock', { inStock: true, category: 'tas' }, 1],
    ['several, with words', { query: 'batik', category: 'mode', maxPrice: 13_000_000n }, 1],
  ])('%s', async (_, request, count) => {
    const { hits, facets } = await search.search.searchProducts(request);
    expect(hits).toHaveLength(count);
    expect(facets?.matches).toBe(BigInt(count));
  });
});

describe('facets', () => {
  it('count everything that matches', async () => {
    const { facets, hits } = await search.search.searchProducts({ query: 'kemeja', pageSize: 1 });
    expect(hits).toHaveLength(1);
    const plain = (values: { value: string; count: bigint }[] = []) =>
      Object.fromEntries(values.map(({ value, count }) => [value, Number(count)]));
    expect(plain(facets?.categories)).toEqual({ kemeja: 3, mode: 3 });
    expect(plain(facets?.brands)).toEqual({ 'lurik-jaya': 1 });
    expect(plain(facets?.cities)).toEqual({ surakarta: 3 });
    expect(facets?.prices).toEqual([
      expect.objectContaining({ min: 5_000_000n, max: 10_000_000n, count: 1n }),
      expect.objectContaining({ min: 10_000_000n, max: 25_000_000n, count: 2n }),
    ]);
    expect(facets?.attributes.map(({ name, values }) => [name, plain(values)])).toEqual([
      ['bahan', { 'bahan:Katun': 2 }],
      ['warna', { 'warna:Biru': 1, 'warna:Merah': 1 }],
    ]);
    expect(facets?.categories.find(({ value }) => value === 'kemeja')).toMatchObject({
      ...{ label: 'Kemeja', labelEn: 'Shirts', parent: 'mode' },
    });
    expect(facets?.approximate).toBe(false);
    for (const query of ['kemeja', '', 'nothinghasthisname']) {
      const answer = await search.search.searchProducts({ query, pageSize: 1, withoutFacets: true });
      expect(answer.facets).toBeUndefined();
      expect(answer.hits).toHaveLength(query === 'nothinghasthisname' ? 0 : 1);
    }
  });

  it('give values that filter by what they count', async () => {
    const { facets } = await search.search.searchProducts({});
    for (const { values } of facets?.attributes ?? []) {
      for (const { value, count } of values) {
        expect((await search.search.searchProducts({ attribute: [value] })).facets?.matches).toBe(count);
      }
    }
    for (const { value, count } of facets?.cities ?? []) {
      expect((await search.search.searchProducts({ city: value })).facets?.matches).toBe(count);
    }
  });
});

describe('pages', () => {
  it.each([
    ['relevance', 'kemeja'],
    ['newest', ''],
    ['price', ''],
    ['-price', 'kemeja'],
    ['rating', ''],
    ['', ''],
  ] as const)('by %s and with "%s" give everything once', async (sort, query) => {
    const whole = await search.search.searchProducts({ sort, query });
    const ids: string[] = [];
    let pageToken = '';
    do {
      const page = await search.search.searchProducts({ sort, query, pageSize: 2, pageToken });
      expect(page.facets === undefined).toBe(pageToken !== '');
      ids.push(...page.hits.map(({ id }) => id));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(ids).toEqual(whole.hits.map(({ id }) => id));
    expect(new Set(ids).size).toBe(query ? 3 : 7);
  });

  it('are in the order that was asked for', async () => {
    const prices = async (sort: string) =>
      (await search.search.searchProducts({ sort })).hits.map(({ price }) => Number(price?.amount));
    const ascending = await prices('price');
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
    expect(await prices('-price')).toEqual(ascending.toReversed());
    expect((await search.titles({ sort: 'newest', category: 'kemeja' }))[0]).toBe('Kemeja Flanel Kotak');
  });

  it('of partial matches go on where they stopped', async () => {
    const query = 'batik keyboard flanel';
    const whole = await search.titles({ query });
    const first = await search.search.searchProducts({ query, pageSize: 1 });
    const second = await search.search.searchProducts({ query, pageSize: 1, pageToken: first.nextPageToken });
    expect([...first.hits, ...second.hits].map(({ title }) => title)).toEqual(whole.slice(0, 2));
  });
});

describe('bad input', () => {
  const forged = [
    ...['x', '!', Buffer.from('{}').toString('base64url'), encodePageToken([1])],
    encodePageToken(['newest', 0, 'soon', crypto.randomUUID(), '', '']),
    encodePageToken(['newest', 0, '2026-01-01', 'x', '', '']),
    encodePageToken(['price', 0, '1', crypto.randomUUID(), '', '']),
    encodePageToken(['newest', -1, '2026-01-01', crypto.randomUUID(), '', '']),
    encodePageToken(['newest', 0, '', '', '', '']),
  ];
  it.each([
    ...forged.map((pageToken) => ({ pageToken })),
    { sort: 'cheapest' },
    { minPrice: -1n },
    { minPrice: 2n, maxPrice: 1n },
    { minRating: 6 },
    { minRating: Number.NaN },
    { pageSize: 101 },
    { pageSize: -1 },
    { query: 'x'.repeat(201) },
    { attribute: ['warna'] },
    { attribute: Array.from({ length: 11 }, () => 'a:b') },
  ])('%o is refused', async (request) => {
    const error = await search.search.searchProducts(request).then(
      () => undefined,
      (cause) => fromRpcError(cause),
    );
    expect(error).toMatchObject({ kind: 'invalid' });
  });

  it('of other kinds finds nothing, or something, but breaks nothing', async () => {
    const queries = [
      '\\',
      '%',
      "''",
      'a\u0301\u0301',
      '～～',
      '日本語',
      '🛒',
      ':*',
      '<->',
      '~kemeja',
      'x '.repeat(50),
    ];
    for (const query of queries) await search.search.searchProducts({ query, city: query, category: query });
    for (const query of queries) await search.search.searchProducts({ query });
    for (const prefix of queries) await search.search.suggestQueries({ prefix: prefix.slice(0, 100) });
    expect(await search.titles({ query: '~kemeja' })).toHaveLength(3);
  });
});

describe('suggestions', () => {
  const texts = async (prefix: string, pageSize = 0) =>
    (await search.search.suggestQueries({ prefix, pageSize })).suggestions.map(({ text }) => text);

  it('go on with the last word', async () => {
    expect(await texts('kem')).toEqual(['Kemeja', 'kemeja']);
    expect(await texts('batik le')).toEqual(['batik lengan']);
    expect(await texts('Batik  LE')).toEqual(['batik lengan']);
  });

  it('give the next word after a complete one', async () => {
    expect(await texts('flanel ')).toEqual(['flanel kemeja', 'flanel kotak']);
  });

  it('name brands', async () => {
    const { suggestions } = await search.search.suggestQueries({ prefix: 'lurik ja' });
    expect(suggestions[0]).toMatchObject({ text: 'Lurik Jaya', slug: 'lurik-jaya' });
  });

  it('are as many as asked for', async () => {
    expect((await texts('k', 1)).length).toBe(1);
    expect(await texts('')).toEqual([]);
    expect(await texts('zzzz')).toEqual([]);
  });
});

describe('synonyms', () => {
  const group = (terms: string[]) => search.search.createSynonym({ synonym: { terms } }, staff());

  it('find what is called otherwise, and what staff says counts at once', async () => {
    expect(await search.titles({ query: 'shirt flanel' })).toEqual(['Kemeja Flanel Kotak']);
    expect(await search.titles({ query: 'backpack' })).toEqual(['Tas Ransel Sekolah']);
    expect(await search.titles({ query: 'vacuum cleaner' })).toEqual([]);
    const { id, terms } = await group(['Vacuum Cleaner', 'pembersih debu']);
    expect(terms).toEqual(['vacuum cleaner', 'pembersih debu']);
    expect(await search.titles({ query: 'vacuum cleaner' })).toEqual(['Mesin Pembersih Debu']);
    await search.search.updateSynonym({ id, synonym: { terms: ['penyedot', 'pembersih'] } }, staff());
    expect(await search.titles({ query: 'vacuum cleaner' })).toEqual([]);
    expect(await search.titles({ query: 'penyedot debu' })).toEqual(['Mesin Pembersih Debu']);
    await search.search.deleteSynonym({ id }, staff());
    expect(await search.titles({ query: 'penyedot' })).toEqual([]);
  });

  it('are listed in pages', async () => {
    const { synonyms, nextPageToken } = await search.search.listSynonyms({ pageSize: 30 }, staff());
    const rest = await search.search.listSynonyms({ pageSize: 100, pageToken: nextPageToken }, staff());
    const ids = [...synonyms, ...rest.synonyms].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(40);
  });

  it.each([
    [['a']],
    [['a', 'A ']],
    [['!', 'a']],
    [['a b c', 'd']],
    [Array.from({ length: 21 }, (_, n) => `x${n}`)],
  ])('%j are refused', async (terms) => {
    await expect(group(terms)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('that are gone are not found', async () => {
    const id = crypto.randomUUID();
    const synonym = { terms: ['a', 'b'] };
    await expect(search.search.updateSynonym({ id, synonym }, staff())).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(search.search.deleteSynonym({ id }, staff())).rejects.toMatchObject({ kind: 'not_found' });
  });
});

import { describe, expect, it } from 'vitest';
import { columnsOf, loadMap, mapRow, parseMap } from './column-map.js';

const prdect = loadMap('prdect-id');
const book = {
  Category: 'Books',
  'Product Name': ' Buku ',
  Location: 'Jakarta',
  Price: '53500',
  'Overall Rating': '4.9',
  'Number Sold': '',
};

/** A map with what every map needs, and more. */
const mapOf = (more: object) =>
  parseMap(
    JSON.stringify({ productKey: 'k', title: 't', price: 'p', currency: { constant: 'IDR' }, ...more }),
    'm.json',
  );
const cells = (more: object) => ({ k: '1', t: 'T', p: '5', ...more });

describe('a map', () => {
  it('makes a row of the columns it names', () => {
    expect(mapRow(prdect, book, 7, true)).toMatchObject({
      row: 7,
      title: 'Buku',
      store: 'Toko Jakarta',
      storeCity: 'Jakarta',
      price: '5350000',
      currency: 'IDR',
      onHand: '100',
      attributes: { rating: '4.9' },
      optionNames: [],
      publish: true,
    });
    expect(columnsOf(prdect)).toEqual(
      expect.arrayContaining(['Product Name', 'Location', 'Price', 'Number Sold']),
    );
  });

  it('tells two products apart and the same one together', () => {
    const key = (name: string, city: string) =>
      mapRow(prdect, { ...book, 'Product Name': name, Location: city }, 1, true).productKey;
    expect(key('A', 'B')).toBe(key(' A', 'B '));
    expect(key('A', 'B')).not.toBe(key('AB', ''));
  });

  it('makes a problem of what it cannot read', () => {
    const problem = (more: object) => mapRow(prdect, { ...book, ...more }, 3, true);
    expect(problem({ Price: 'mahal' })).toEqual({ row: 3, problem: '"mahal" is not a price.' });
    expect(problem({ Category: 'a\0b' })).toEqual({ row: 3, problem: 'The row holds a NUL.' });
    const json = mapOf({ media: { json: 'm' } });
    expect(mapRow(json, cells({ m: '{"url"' }), 3, true).problem).toMatch(/is not the JSON/);
    expect(mapRow(json, cells({ m: '[1]' }), 3, true).problem).toMatch(/is not the JSON/);
    expect(mapRow(mapOf({ onHand: 'n' }), cells({ n: '1,5' }), 3, true).problem).toMatch(/whole number/);
  });

  it('splits attributes out of one column', () => {
    const map = mapOf({ attributes: { split: 's' } });
    const row = mapRow(
      map,
      cells({ s: 'Bahan: katun: halus; 2. Asal Kota :Solo;;kosong:; Édisi: 1' }),
      1,
      true,
    );
    expect(row.attributes).toEqual({ bahan: 'katun: halus', asal_kota: 'Solo', edisi: '1' });
    expect(columnsOf(map)).toContain('s');
  });

  it('leaves out options without a name or a value', () => {
    const map = mapOf({
      options: [
        { name: { constant: 'Ukuran' }, value: 'u' },
        { name: 'n', value: 'v' },
      ],
    });
    const row = mapRow(map, cells({ u: 'S', n: '', v: 'x' }), 1, true);
    expect(row).toMatchObject({ optionNames: ['Ukuran'], optionValues: ['S'] });
  });

  it('publishes what the column says, and nothing when drafts are wanted', () => {
    const map = mapOf({ published: { column: 'status', is: 'published' } });
    const publish = (status: string, wanted: boolean) => mapRow(map, cells({ status }), 1, wanted).publish;
    expect([publish('published', true), publish('draft', true), publish('published', false)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('for an export takes the guards against formulas away again', () => {
    const row: Record<string, string> = Object.fromEntries(
      columnsOf(loadMap('pasar')).map((column) => [column, '']),
    );
    const line = {
      ...row,
      title: "'=1+1",
      description: "''-x",
      sku: "'A",
      price: '123.45',
      currency: 'IDR',
      status: 'draft',
    };
    const media = '[{"url":"/a.svg","alt":"","kind":"VIDEO"}]';
    const mapped = mapRow(loadMap('pasar'), { ...line, media, attributes: '{"json":"x"}' }, 1, true);
    expect(mapped).toMatchObject({
      ...{
        title: '=1+1',
        description: "'-x",
        sku: "'A",
        price: '12345',
        compareAtPrice: '0',
        publish: false,
      },
      ...{ media: [{ url: '/a.svg', alt: '', kind: 'VIDEO' }], attributes: { json: 'x' }, optionNames: [] },
    });
  });

  it.each([
    ['{', 'm.json is no JSON'],
    ['{"title":"t"}', 'productKey'],
    ['{"productKey":"k","title":"t","price":"p","currency":"c","colour":"x"}', 'colour'],
    ['{"productKey":"k","title":"t","price":{"column":"p","as":"number"},"currency":"c"}', 'price'],
  ])('that is wrong says where: %s', (text, where) => expect(() => parseMap(text, 'm.json')).toThrow(where));

  it('that is unknown names the presets', () => {
    expect(() => loadMap('nothing')).toThrow(/pasar, prdect-id/);
  });
});

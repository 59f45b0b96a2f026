import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Place, zoneBetween, zones } from './geography.js';
import { metropolises, provinceData } from './geography-data.js';

const split = (names: string) => names.split(',').map((name) => name.trim());
const place = (city: string, province = '', country = 'ID'): Place => ({ city, province, country });
const zone = (from: [string, string?], to: [string, string?]) => zoneBetween(place(...from), place(...to));

const anyPlace = fc
  .constantFrom(...provinceData)
  .chain(({ name, cities }) => fc.constantFrom(...split(cities)).map((city) => place(city, name)));
const written = fc.oneof(
  anyPlace,
  fc.record({ city: fc.string(), province: fc.string(), country: fc.constantFrom('', 'ID', 'SG', 'DE') }),
);

describe('the map', () => {
  it('has all 38 provinces, each once, and more than a hundred cities', () => {
    expect(new Set(provinceData.map(({ name }) => name)).size).toBe(38);
    const cities = provinceData.flatMap(({ cities }) => split(cities));
    expect(new Set(cities).size).toBe(cities.length);
    expect(cities.length).toBeGreaterThan(200);
    const known = new Set(cities);
    expect(metropolises.flatMap(split).filter((city) => !known.has(city))).toEqual([]);
  });

  it('finds every place within Indonesia and in its own zone', () => {
    for (const { at } of provinceData) {
      expect(at[0]).toBeGreaterThan(-11);
      expect(at[0]).toBeLessThan(6);
      expect(at[1]).toBeGreaterThan(95);
      expect(at[1]).toBeLessThan(141.1);
    }
    fc.assert(fc.property(anyPlace, (here) => zoneBetween(here, here) === 'local'));
  });
});

describe('a zone', () => {
  it('grows from next door to the other end of the country, and beyond it', () => {
    expect(zone(['Bandung', 'Jawa Barat'], ['Bandung', 'Jawa Barat'])).toBe('local');
    expect(zone(['Jakarta Selatan'], ['Bekasi', 'Jawa Barat'])).toBe('local');
    expect(zone(['Bandung', 'Jawa Barat'], ['Garut', 'Jawa Barat'])).toBe('province');
    expect(zone(['Bandung', 'Jawa Barat'], ['Malang', 'Jawa Timur'])).toBe('island');
    expect(zone(['Surabaya', 'Jawa Timur'], ['Denpasar', 'Bali'])).toBe('near');
    expect(zone(['Jakarta Pusat', 'DKI Jakarta'], ['Makassar', 'Sulawesi Selatan'])).toBe('far');
    expect(zone(['Banda Aceh', 'Aceh'], ['Jayapura', 'Papua'])).toBe('farthest');
    expect(zoneBetween(place('Batam', 'Kepulauan Riau'), place('Singapore', '', 'SG'))).toBe('abroad');
  });

  it('does not mind how a place is written', () => {
    for (const [city, province] of [
      ['Kota Bandung', 'Jawa Barat'],
      ['KAB. BANDUNG', 'West Java'],
      ['  bandung ', 'Jabar'],
      ['Bandung City', ''],
    ] as const) {
      expect(zone(['Bandung', 'Jawa Barat'], [city, province])).toBe('local');
    }
    expect(zone(['Yogyakarta', 'DIY'], ['Sleman', 'D.I. Yogyakarta'])).toBe('local');
  });

  it('of an unknown city is that of its province, of an unknown province the farthest', () => {
    expect(zone(['Bandung', 'Jawa Barat'], ['Atlantis', 'Jawa Barat'])).toBe('province');
    expect(zone(['Bandung', 'Jawa Barat'], ['Atlantis', 'Jawa Timur'])).toBe('island');
    // The province is believed: whoever mistook the city is not sent elsewhere.
    expect(zone(['Bandung', 'Jawa Barat'], ['Bandung', 'Papua'])).toBe('farthest');
    expect(zone(['Bandung', 'Jawa Barat'], ['Atlantis', 'Ocean'])).toBe('farthest');
    expect(zone(['Atlantis', 'Ocean'], ['Atlantis', 'Ocean'])).toBe('farthest');
  });

  it('is the same there and back, whatever people write', () => {
    fc.assert(
      fc.property(written, written, (a, b) => {
        expect(zones).toContain(zoneBetween(a, b));
        expect(zoneBetween(a, b)).toBe(zoneBetween(b, a));
      }),
    );
  });
});

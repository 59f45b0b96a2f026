import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tariffs } from './adapters/simulated-carriers.js';
import { zones } from './geography.js';
import { chargedWeightOf, type Goods, packInto, rate, ratesOf, type Tariff, weightOf } from './rates.js';

const goods = (bend: Partial<Goods> = {}): Goods => ({
  ...{ quantity: 1, weightGrams: 1000, lengthMm: 0, widthMm: 0, heightMm: 0 },
  ...bend,
});
const anyGoods = fc.record({
  quantity: fc.integer({ min: 1, max: 50 }),
  weightGrams: fc.integer({ min: 0, max: 40_000 }),
  lengthMm: fc.integer({ min: 0, max: 1500 }),
  widthMm: fc.integer({ min: 0, max: 1000 }),
  heightMm: fc.integer({ min: 0, max: 1000 }),
});
const anyTariff = fc.constantFrom(...tariffs);
const [regular] = tariffs as [Tariff];

describe('weight', () => {
  it('is that of the thing or of its volume, whichever is more', () => {
    const pillow = goods({ weightGrams: 800, lengthMm: 600, widthMm: 400, heightMm: 150 });
    expect(chargedWeightOf([pillow], 6000)).toBe(6000);
    expect(chargedWeightOf([goods({ weightGrams: 7000 })], 6000)).toBe(7000);
    expect(chargedWeightOf([pillow, goods({ quantity: 2, weightGrams: 7000 })], 6000)).toBe(20_000);
  });

  it('of a thing whose seller did not say it is 500 g', () => {
    expect(weightOf([goods({ weightGrams: 0, quantity: 3 })])).toBe(1500);
    expect(chargedWeightOf([goods({ weightGrams: 0 })], 6000)).toBe(500);
  });
});

describe('a rate', () => {
  it('has a price for what is included, and one for each begun kilogramme more', () => {
    const cost = (weightGrams: number) => rate(regular, 'island', [goods({ weightGrams })])?.cost;
    expect([1, 1000, 1001, 2000, 2001].map(cost)).toEqual([14_000n, 14_000n, 24_000n, 24_000n, 34_000n]);
  });

  it('never falls when there is more to carry', () => {
    fc.assert(
      fc.property(anyTariff, fc.constantFrom(...zones), anyGoods, anyGoods, (tariff, zone, some, more) => {
        const less = rate(tariff, zone, [some]);
        const all = rate(tariff, zone, [some, more]);
        // Whoever cannot carry the part does not carry the whole.
        if (!less) expect(all).toBeUndefined();
        if (less && all) expect(all.cost >= less.cost).toBe(true);
      }),
    );
  });

  it('never falls with the distance', () => {
    for (const tariff of tariffs) {
      const served = zones.flatMap((zone) => tariff.zones[zone] ?? []);
      for (const [index, next] of served.slice(1).entries()) {
        const before = served[index] as (typeof served)[0];
        expect(next.base).toBeGreaterThan(before.base);
        expect(next.perKg).toBeGreaterThan(before.perKg);
        expect(next.days[0]).toBeGreaterThanOrEqual(before.days[0]);
      }
    }
  });

  it('is not given for what is too much, or too far', () => {
    const sameDay = tariffs.find(({ service }) => service === 'same-day') as Tariff;
    expect(rate(sameDay, 'local', [goods()])).toBeDefined();
    expect(rate(sameDay, 'province', [goods()])).toBeUndefined();
    expect(rate(sameDay, 'local', [goods({ quantity: 21 })])).toBeUndefined();
    // In ten parcels; but one thing is one parcel.
    expect(rate(regular, 'local', [goods({ quantity: 300 })])).toBeDefined();
    expect(rate(regular, 'local', [goods({ weightGrams: 31_000 })])).toBeUndefined();
  });
});

describe('rates', () => {
  const bandung = { city: 'Bandung', province: 'Jawa Barat', country: 'ID' };
  const services = (to: object, ...all: Goods[]) =>
    ratesOf(tariffs, bandung, { ...bandung, ...to }, all).map(({ service }) => service);

  it('are the cheapest first, of those who go there', () => {
    expect(services({}, goods())).toEqual(['regular', 'express', 'same-day', 'cargo']);
    expect(services({ city: 'Timika', province: 'Papua Tengah' }, goods())).toEqual([
      'regular',
      'express',
      'cargo',
    ]);
    expect(services({ city: 'Medan', province: 'Sumatera Utara' }, goods({ quantity: 25 }))[0]).toBe('cargo');
    expect(services({ country: 'SG', city: 'Singapore', province: '' }, goods())).toEqual([
      'express',
      'cargo',
    ]);
    expect(services({}, goods({ quantity: 50_000 }))).toEqual([]);
  });
});

describe('packing', () => {
  it('makes parcels that a carrier takes, of the whole weight', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 1000 }), (grams, kg) => {
        const parcels = packInto(grams, kg);
        expect(parcels.reduce((sum, parcel) => sum + parcel, 0)).toBe(grams);
        expect(Math.max(...parcels)).toBeLessThanOrEqual(kg * 1000);
        expect(Math.max(...parcels) - Math.min(...parcels)).toBeLessThanOrEqual(1);
      }),
    );
    expect(packInto(0, 30)).toEqual([0]);
    expect(packInto(61_000, 30)).toHaveLength(3);
  });
});

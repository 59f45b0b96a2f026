import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Offer, rank } from './offers.js';

const offer = (productId: string, facts: Partial<Offer> = {}): Offer => ({
  ...{ productId, price: 100n, inStock: true, score: undefined, ...facts },
});
const first = (...offers: Offer[]) => {
  const { ranked, reason } = rank(offers);
  return [ranked[0]?.productId, reason];
};

describe('the featured offer', () => {
  it('is what can be bought, of a store in good standing, for the least, and says what decided', () => {
    expect(first(offer('a'))).toEqual(['a', 'ONLY_OFFER']);
    expect(first(offer('a', { price: 1n, inStock: false }), offer('b'))).toEqual(['b', 'IN_STOCK']);
    expect(first(offer('a', { price: 1n, score: 49 }), offer('b'))).toEqual(['b', 'GOOD_STANDING']);
    expect(first(offer('a', { score: 100 }), offer('b', { price: 99n }))).toEqual(['b', 'LOWEST_PRICE']);
    expect(first(offer('a', { score: 60 }), offer('b', { score: 90 }))).toEqual(['b', 'BETTER_SCORE']);
    expect(first(offer('b'), offer('a'))).toEqual(['a', 'LISTED_FIRST']);
  });

  const offers = fc.uniqueArray(
    fc.record({
      productId: fc.uuid(),
      price: fc.bigInt({ min: 1n, max: 5n }),
      inStock: fc.boolean(),
      score: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    }),
    { selector: ({ productId }) => productId, minLength: 1, maxLength: 8 },
  );

  it('is the same in whatever order they come', () => {
    fc.assert(
      fc.property(offers, fc.infiniteStream(fc.nat()), (some, keys) => {
        const shuffled = some.map((each) => [keys.next().value, each] as const).sort(([a], [b]) => a - b);
        expect(rank(shuffled.map(([, each]) => each))).toEqual(rank(some));
      }),
    );
  });

  it('can be bought if any can, and stays where it is when it becomes cheaper', () => {
    fc.assert(
      fc.property(offers, (some) => {
        const featured = rank(some).ranked[0] as Offer;
        expect(featured.inStock).toBe(some.some(({ inStock }) => inStock));
        const cheaper = some.map((each) => (each === featured ? { ...each, price: each.price - 1n } : each));
        expect(rank(cheaper).ranked[0]?.productId).toBe(featured.productId);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commissionOf, type Rate } from './commission.js';

const plan = { id: 'plan', name: 'Standar' };
const rate = (facts: Partial<Rate>): Rate => ({
  ...{ id: 'r', planId: null, sellerId: null, categoryId: null, basisPoints: 500, ...facts },
});
const ofPlan = rate({ id: 'plan', planId: 'plan' });

describe('the rate that applies', () => {
  const rates = [
    ofPlan,
    rate({ id: 'plan/root', planId: 'plan', categoryId: 'root', basisPoints: 400 }),
    rate({ id: 'store', sellerId: 'a', basisPoints: 300 }),
    rate({ id: 'store/leaf', sellerId: 'a', categoryId: 'leaf', basisPoints: 0 }),
    rate({ id: 'ended', sellerId: 'b', categoryId: 'leaf', basisPoints: null }),
  ];
  const find = (sellerId: string, ...categories: string[]) =>
    commissionOf({ sellerId, categories }, plan, rates);

  it('is the store’s before the plan’s, the nearest category’s before everything’s', () => {
    expect(find('a', 'leaf', 'root')).toMatchObject({ rateId: 'store/leaf', source: 'STORE_CATEGORY' });
    expect(find('a', 'root')).toMatchObject({ rateId: 'store', source: 'STORE', categoryId: null });
    expect(find('c', 'leaf', 'root')).toMatchObject({ rateId: 'plan/root', source: 'PLAN_CATEGORY' });
    expect(find('c')).toMatchObject({ rateId: 'plan', source: 'PLAN', basisPoints: 500, plan });
  });

  it('is the next one where a rate has ended', () => {
    expect(find('b', 'leaf', 'root')).toMatchObject({ rateId: 'plan/root' });
  });

  it('is always one, whose it says, and never that of another store or plan', () => {
    const owner = fc.constantFrom('a', 'b');
    const category = fc.option(fc.constantFrom('leaf', 'middle', 'root', 'else'), { nil: null });
    const basisPoints = fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: null });
    const rates = fc.uniqueArray(
      fc.oneof(
        fc.record({
          sellerId: owner,
          planId: fc.constant(null),
          categoryId: category,
          basisPoints,
        }),
        fc.record({
          sellerId: fc.constant(null),
          planId: fc.constantFrom('plan', 'other'),
          categoryId: fc.constantFrom('leaf', 'middle', 'root'),
          basisPoints,
        }),
      ),
      { selector: ({ sellerId, planId, categoryId }) => `${sellerId}/${planId}/${categoryId}` },
    );
    fc.assert(
      fc.property(rates, (some) => {
        const all = [...some.map((each, n) => ({ id: `r${n}`, ...each })), ofPlan];
        const categories = ['leaf', 'middle', 'root'];
        const found = commissionOf({ sellerId: 'a', categories }, plan, all);
        const used = all.find(({ id }) => id === found.rateId);
        expect(used?.basisPoints).toBe(found.basisPoints);
        expect(used?.sellerId === 'a' || used?.planId === 'plan').toBe(true);
        expect(found.source.startsWith(used?.sellerId ? 'STORE' : 'PLAN')).toBe(true);
        expect([...categories, null]).toContain(found.categoryId);
        // The order in which the rates come means nothing.
        expect(commissionOf({ sellerId: 'a', categories }, plan, all.toReversed())).toEqual(found);
      }),
    );
  });
});

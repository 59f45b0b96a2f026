import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, allocate, money, sum, times } from './money.js';

describe('money', () => {
  it('adds and multiplies exactly, far beyond what a number holds', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.integer({ min: 0, max: 1_000_000 }), (a, b, n) => {
        expect(add(money(a, 'IDR'), money(b, 'IDR')).amount).toBe(a + b);
        expect(times(money(a, 'IDR'), n).amount).toBe(a * BigInt(n));
      }),
    );
  });

  it('does not mix currencies', () => {
    expect(() => add(money(1n, 'IDR'), money(1n, 'USD'))).toThrow(RangeError);
    expect(sum([], 'IDR')).toEqual(money(0n, 'IDR'));
  });
});

describe('an allocation', () => {
  const weights = fc
    .array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 20 })
    .filter((all) => all.some((weight) => weight > 0n));

  it('sums to the total, and no part is off by a unit or more', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), weights, (total, all) => {
        const parts = allocate(total, all);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        const whole = all.reduce((a, b) => a + b, 0n);
        parts.forEach((part, index) => {
          const exact = total * (all[index] as bigint);
          const off = part * whole - exact;
          expect(off < whole && off > -whole).toBe(true);
        });
      }),
    );
  });

  it('gives nothing to a weight of nothing', () => {
    expect(allocate(10n, [0n, 3n, 0n])).toEqual([0n, 10n, 0n]);
    expect(() => allocate(10n, [0n])).toThrow(RangeError);
  });
});

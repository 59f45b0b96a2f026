import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addHeat, heatAt, heatOf } from './heat.js';

const day = 24 * 3_600_000;
const at = (time: number) => new Date(time);
const times = fc.array(fc.integer({ min: 0, max: 400 * day }), { minLength: 1, maxLength: 30 });

describe('heat', () => {
  it('is the same in whatever order and batches things are told', () => {
    fc.assert(
      fc.property(times, fc.nat(30), (given, cut) => {
        const of = (some: number[]) =>
          heatOf(some.map((time) => ({ time: at(time), productIds: ['a'] }))).get('a');
        const [first, rest] = [of(given.slice(0, cut)), of(given.slice(cut))];
        const inParts = first === undefined ? rest : rest === undefined ? first : addHeat(first, rest);
        expect(inParts).toBeCloseTo(of(given.toReversed()) as number, 6);
      }),
    );
  });

  it('rises with each that is bought, and is worth less the longer ago that was', () => {
    const now = at(365 * day);
    expect(addHeat(heatAt(now), heatAt(at(0)))).toBeGreaterThanOrEqual(heatAt(now));
    const often = heatOf(Array.from({ length: 5 }, () => ({ time: at(0), productIds: ['a'] }))).get('a');
    const once = (days: number) => heatAt(at(days * day));
    expect(often).toBeGreaterThan(once(4));
    expect(often).toBeLessThan(once(6));
  });

  it('counts a thing once for an order, however many lines it has', () => {
    const time = at(day);
    expect(heatOf([{ time, productIds: ['a', 'a', 'b'] }])).toEqual(
      new Map([
        ['a', heatAt(time)],
        ['b', heatAt(time)],
      ]),
    );
  });
});

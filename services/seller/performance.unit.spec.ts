import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, type Record } from './performance.js';

const perfect: Record = { orders: 100, cancelledBySeller: 0, due: 100, late: 0, stars: 5, ratings: 50 };
const count = fc.integer({ min: 0, max: 1000 });
const records = fc
  .record({
    orders: count,
    cancelled: fc.nat(100),
    due: count,
    late: fc.nat(100),
    stars: fc.integer({ min: 10, max: 50 }),
    ratings: count,
  })
  .map(
    ({ orders, cancelled, due, late, stars, ratings }): Record => ({
      ...{ orders, due, stars: stars / 10, ratings },
      cancelledBySeller: Math.floor((orders * cancelled) / 100),
      late: Math.floor((due * late) / 100),
    }),
  );

describe('the score of a store', () => {
  it('is all of the points that it could have, and none for the worst', () => {
    expect(judge(perfect).score).toBe(100);
    expect(judge({ ...perfect, cancelledBySeller: 20, late: 40, stars: 2 }).score).toBe(0);
    expect(judge({ ...perfect, late: 11 }).parts[1]).toMatchObject({
      value: 0.11,
      points: 15,
      maxPoints: 30,
    });
  });

  it('is not there while there is too little to judge by, and leaves out what there is too little of', () => {
    expect(judge({ ...perfect, orders: 4, due: 4, ratings: 4 }).score).toBeNull();
    expect(judge({ ...perfect, stars: 1, ratings: 4 }).score).toBe(100);
  });

  it('is the share of points that its parts explain, from 0 to 100', () => {
    fc.assert(
      fc.property(records, (record) => {
        const { score, parts } = judge(record);
        const counting = parts.filter(({ counts }) => counts);
        for (const { points, maxPoints } of parts) {
          expect(points).toBeGreaterThanOrEqual(0);
          expect(points).toBeLessThanOrEqual(maxPoints);
        }
        const most = counting.reduce((sum, part) => sum + part.maxPoints, 0);
        const points = counting.reduce((sum, part) => sum + part.points, 0);
        expect(score).toBe(most === 0 ? null : Math.round((100 * points) / most));
      }),
    );
  });

  it('never rises by one more late or cancelled order', () => {
    fc.assert(
      fc.property(records, (record) => {
        const scoreOf = (facts: Partial<Record>) => judge({ ...record, ...facts }).score ?? 0;
        if (record.late < record.due)
          expect(scoreOf({ late: record.late + 1 })).toBeLessThanOrEqual(scoreOf({}));
        if (record.cancelledBySeller < record.orders)
          expect(scoreOf({ cancelledBySeller: record.cancelledBySeller + 1 })).toBeLessThanOrEqual(
            scoreOf({}),
          );
      }),
    );
  });
});

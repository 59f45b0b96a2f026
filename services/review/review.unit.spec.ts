import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averageOf,
  countOf,
  maskName,
  normaliseText,
  type Rating,
  type Review,
  ratingChange,
  type Stars,
  sumChanges,
} from './review.js';

const anyState = fc.record({
  stars: fc.integer({ min: 1, max: 5 }),
  status: fc.constantFrom('PUBLISHED', 'HIDDEN', 'DELETED') as fc.Arbitrary<Review['status']>,
});

/** The lives of reviews: whose they are, and the states that each went through. */
const anyLives = fc.array(
  fc.record({
    productId: fc.constantFrom('p1', 'p2', 'p3'),
    sellerId: fc.constantFrom('s1', 's2'),
    states: fc.array(anyState, { minLength: 1, maxLength: 5 }),
  }),
  { maxLength: 12 },
);

const key = ({ productId, sellerId }: Rating) => productId || sellerId;

describe('ratings', () => {
  it('are what the published reviews come to, whatever became of each of them', () => {
    fc.assert(
      fc.property(anyLives, (lives) => {
        const changes = lives.flatMap(({ states, ...whose }) =>
          states.flatMap((state, n) => ratingChange(states[n - 1], { ...state, ...whose }) ?? []),
        );
        const expected = new Map<string, Stars>();
        for (const { states, productId, sellerId } of lives) {
          const last = states.at(-1);
          if (last?.status !== 'PUBLISHED') continue;
          for (const subject of [productId, sellerId]) {
            const stars = expected.get(subject) ?? [0n, 0n, 0n, 0n, 0n];
            stars[last.stars - 1] = (stars[last.stars - 1] as bigint) + 1n;
            expected.set(subject, stars);
          }
        }
        const sums = sumChanges(changes).filter(({ stars }) => stars.some((count) => count !== 0n));
        expect(new Map(sums.map((rating) => [key(rating), rating.stars]))).toEqual(expected);
      }),
    );
  });

  it('have an average between one and five, or none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 5, maxLength: 5 }),
        (counts) => {
          const stars = counts as Stars;
          const average = averageOf(stars);
          if (countOf(stars) === 0n) expect(average).toBe(0);
          else {
            const exact =
              counts.reduce((sum, count, n) => sum + Number(count) * (n + 1), 0) / Number(countOf(stars));
            expect(Math.abs(average - exact)).toBeLessThanOrEqual(0.00501);
          }
        },
      ),
    );
  });

  it('are rounded half up', () => {
    expect(averageOf([0n, 0n, 0n, 1n, 2n])).toBe(4.67);
    expect(averageOf([1n, 0n, 0n, 0n, 7n])).toBe(4.5);
    expect(averageOf([0n, 0n, 0n, 199n, 1n])).toBe(4.01);
  });
});

describe('a name', () => {
  it.each([
    ['Sari Dewi', 'S***i'],
    ['  Budi ', 'B***i'],
    ['X', 'X***'],
    ['😀 a 😎', '😀***😎'],
    ['', ''],
  ])('%s is masked as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});

describe('a text', () => {
  it('keeps its words and loses what is not seen', () => {
    expect(normaliseText('  Bagus!\u0007 \r\n\r\n\r\n\r\nSekali.\t ')).toBe('Bagus!\n\nSekali.');
    expect(normaliseText(' \n\t ')).toBe('');
  });

  it('is not changed again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeIdToken, decodePageToken, encodePageToken, pageOf } from './page.js';

describe('a page token', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.bigInt(), fc.integer()), { minLength: 1, maxLength: 4 }),
        (key) => {
          expect(decodePageToken(encodePageToken(key), key.length)).toEqual(key.map(String));
        },
      ),
    );
  });

  it('is refused, not misread, when it was made up', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (token) => {
        expect(() => decodePageToken(token, 2)).toThrow(expect.objectContaining({ code: 'request.invalid' }));
      }),
    );
    expect(decodePageToken('', 2)).toBeUndefined();
  });
});

describe('a page token of a list by id', () => {
  const id = '0190b0f0-0000-7000-8000-000000000000';

  it('holds an id and nothing else', () => {
    expect(decodeIdToken('')).toBeUndefined();
    expect(decodeIdToken(encodePageToken([id]))).toBe(id);
    for (const key of [['x'], [''], [7], [`${id}'`], [id, id]]) {
      expect(() => decodeIdToken(encodePageToken(key))).toThrow(
        expect.objectContaining({ code: 'request.invalid' }),
      );
    }
  });
});

describe('pages', () => {
  it('hold every row once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 1000 })),
        fc.integer({ min: 1, max: 20 }),
        (all, size) => {
          const sorted = all.toSorted((a, b) => a - b);
          const seen: number[] = [];
          let token = '';
          do {
            const [after] = decodePageToken(token, 1) ?? ['-1'];
            const rows = sorted.filter((row) => row > Number(after)).slice(0, size + 1);
            const page = pageOf(rows, size, (row) => [row]);
            seen.push(...page.rows);
            token = page.nextPageToken;
          } while (token);
          expect(seen).toEqual(sorted);
        },
      ),
    );
  });
});

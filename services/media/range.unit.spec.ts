import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRange } from './range.js';

const file = { size: 100, tag: '"a"' };

describe('a range', () => {
  it.each([
    ['bytes=0-9', { first: 0, last: 9 }],
    ['bytes=90-', { first: 90, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-1000', { first: 0, last: 99 }],
    ['bytes=50-1000', { first: 50, last: 99 }],
    ['bytes=99-99', { first: 99, last: 99 }],
    ['bytes=100-', null],
    ['bytes=-0', null],
    ['bytes=9-1', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,5-6', undefined],
    ['lines=0-1', undefined],
    ['bytes=a-b', undefined],
    ['', undefined],
  ])('%j is understood', (header, span) => {
    expect(readRange(header, '', file)).toEqual(span);
    expect(readRange(header, '"a"', file)).toEqual(span);
    expect(readRange(header, '"b"', file)).toBeUndefined();
    expect(readRange(header, 'Sat, 21 Nov 2026 08:00:00 GMT', file)).toBeUndefined();
  });

  it('never leaves the file, whatever is asked for', () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(300), fc.nat(300)).map(([from, to]) => `bytes=${from}-${to}`),
    );
    fc.assert(
      fc.property(header, fc.nat(200), (header, size) => {
        const span = readRange(header, '', { size, tag: '"a"' });
        if (!span) return;
        expect(span.first).toBeGreaterThanOrEqual(0);
        expect(span.first).toBeLessThanOrEqual(span.last);
        expect(span.last).toBeLessThan(size);
      }),
    );
  });
});

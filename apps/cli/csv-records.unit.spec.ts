import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecords } from './csv-records.js';

/** Reads a text that comes in pieces of these lengths. */
function read(text: string, lengths: number[] = [], delimiter = ',') {
  const records = readRecords(delimiter);
  const read = [];
  let from = 0;
  for (const length of lengths) {
    read.push(...records.push(text.slice(from, from + length), false));
    from += length;
  }
  return [...read, ...records.push(text.slice(from), true)].map(({ cells, problem }) => problem ?? cells);
}

describe('records', () => {
  it.each([
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['"a ""x""","b\n,c"\n', [['a "x"', 'b\n,c']]],
    ['15" laptop,x\n', [['15" laptop', 'x']]],
    [
      '\n\r\n  \na,\n,\n',
      [
        ['a', ''],
        ['', ''],
      ],
    ],
    ['"",""', [['', '']]],
    ['', []],
  ])('of %j', (text, expected) => expect(read(text)).toEqual(expected));

  it.each([
    ['1,"x"y\n2,z\n', ['Something follows a closing quote.', ['2', 'z']]],
    ['1,"open\n2,z\n3,w', ['A quote is not closed.', ['2', 'z'], ['3', 'w']]],
    ['1,"open\n2,"z"\n3,w\n', ['Something follows a closing quote.', ['2', 'z'], ['3', 'w']]],
    ['1,"open', ['A quote is not closed.']],
  ])('of %j: what is broken costs one line', (text, expected) => {
    expect(read(text)).toEqual(expected);
    expect(read(text, Array(text.length).fill(1))).toEqual(expected);
  });

  it('a quote that is never closed does not fill the memory', () => {
    const records = readRecords(',');
    let count = records.push('1,"open\n', false).length;
    for (let n = 0; n < 40; n++) count += records.push('2,z\n'.repeat(16_384), false).length;
    expect(count).toBe(1 + 40 * 16_384);
  });

  it('a line without an end does not fill the memory', () => {
    const records = readRecords(',');
    const problems = Array.from({ length: 40 }, () => records.push('x'.repeat(65_536), false)).flat();
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every(({ problem }) => problem === 'The line is too long.')).toBe(true);
  });

  it('are what was written, however the pieces are cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'é', '𝕏') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    const ends = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(
        table,
        ends,
        fc.constantFrom(',', ';', '\t'),
        fc.array(fc.nat(9)),
        (rows, end, delimiter, cuts) => {
          const text = rows
            .map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(delimiter) + end)
            .join('');
          expect(read(text, cuts, delimiter)).toEqual(rows);
          expect(parse(text, { delimiter, relax_column_count: true })).toEqual(rows);
        },
      ),
    );
  });

  it('come to the same for any text, however the pieces are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r'), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(5)), (any, cuts) => {
        expect(read(any, cuts)).toEqual(read(any));
      }),
      { numRuns: 500 },
    );
  });
});

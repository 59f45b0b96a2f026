import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allButOne,
  allOf,
  closest,
  essential,
  estimateMatches,
  lexemesOfQuery,
  phraseOf,
  readTerms,
  relaxations,
  type Synonyms,
  unknownWords,
  wordsOf,
} from './query.js';

const none: Synonyms = new Map();
const lexicon = new Map(
  Object.entries({
    kopi: 50,
    '~kopi': 2,
    arabika: 20,
    untuk: 90,
    tas: 30,
    ransel: 10,
    power: 5,
    bank: 6,
    powerbank: 3,
  }),
);
const read = (query: string, synonyms = none, guesses = new Map()) =>
  readTerms(wordsOf(query), lexicon, synonyms, guesses);

describe('a query', () => {
  it('asks for each of its words, by itself or its roots', () => {
    const { terms, corrected, words } = read('Kopi arabika KOPI');
    expect(allOf(terms)).toBe("('kopi' | '~kopi') & 'arabika'");
    expect(phraseOf(terms)).toBe("('kopi' | '~kopi') <-> ('arabika')");
    expect({ corrected, words }).toEqual({ corrected: undefined, words: 2 });
  });

  it('cannot be met with a word that nothing has', () => {
    expect(allOf(read('kopi xyz').terms)).toBeUndefined();
    expect(allOf([])).toBeUndefined();
  });

  it('does without fillers where there is something else', () => {
    expect(essential(read('tas untuk kopi').terms).map(({ word }) => word)).toEqual(['tas', 'kopi']);
    expect(essential(read('untuk').terms).map(({ word }) => word)).toEqual(['untuk']);
  });

  it('asks for other names too, of one word or two', () => {
    const synonyms: Synonyms = new Map([
      ['tas', [['ransel'], ['power', 'bank']]],
      ['power bank', [['powerbank']]],
    ]);
    expect(allOf(read('tas', synonyms).terms)).toBe("('tas' | 'ransel' | ('power' & 'bank'))");
    expect(allOf(read('power bank kopi', synonyms).terms)).toBe(
      "(('power' & 'bank') | 'powerbank') & ('kopi' | '~kopi')",
    );
    expect(lexemesOfQuery(['power', 'bank'], synonyms)).toContain('powerbank');
    expect(unknownWords(['powerr', 'bank', 'tasnya'], lexicon, synonyms)).toEqual(['powerr']);
  });

  it('takes the nearest words for one that is misspelt, the most common first', () => {
    const alike = [
      { word: 'arabika', products: 20 },
      { word: 'arabisa', products: 90 },
      { word: 'arabis', products: 400 },
    ];
    expect(closest('arabica', alike)).toEqual(['arabisa', 'arabika']);
    const { terms, corrected } = read(
      'kopi arabica',
      none,
      new Map([['arabica', { completions: [], alike: alike.slice(0, 1) }]]),
    );
    expect(corrected).toBe('kopi arabika');
    expect(allOf(terms)).toBe("('kopi' | '~kopi') & 'arabika'");
  });

  it('goes on with a word that is not complete, which is no mistake', () => {
    const guesses = new Map([['rans', { completions: ['ransel'], alike: [] }]]);
    expect(read('tas rans', none, guesses)).toMatchObject({ corrected: undefined });
  });

  it('is met by fewer products with every word', () => {
    const terms = [9_000, 100_000, 50_000].map((products) => ({ word: '', forms: [['x']], products }));
    const estimates = [1, 2, 3].map((count) => estimateMatches(terms.slice(0, count), 1_000_000));
    expect(estimates[0]).toBe(9_000);
    expect(estimates[1]).toBeCloseTo(9_000 * Math.sqrt(0.1));
    expect(estimates[2]).toBeLessThan(estimates[1] ?? 0);
    expect(estimateMatches([], 0)).toBe(0);
    expect(estimateMatches(terms.slice(0, 1), -1)).toBe(9_000);
  });

  it('is relaxed from nearly everything to little', () => {
    const { terms } = read('kopi tas ransel xyz');
    expect(relaxations(terms)).toEqual([
      "('kopi' | '~kopi') & 'tas' & 'ransel'",
      allButOne(read('ransel tas kopi').terms),
      "'ransel' | 'tas' | ('kopi' | '~kopi')",
    ]);
    expect(relaxations(read('xyz').terms)).toEqual([]);
  });

  it('of any text makes a tsquery of words, quotes and operators only', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const words = wordsOf(text);
        const known = new Map(words.map((word) => [word, 1]));
        const { terms } = readTerms(words, known, none, new Map());
        expect(allOf(terms) ?? '').toMatch(/^([()&| ]|'[~\p{L}\p{N}]+')*$/u);
      }),
    );
  });
});

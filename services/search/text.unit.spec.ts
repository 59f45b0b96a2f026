import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, readWords, rootsOf, slipsOf, slugOf } from './text.js';

describe('words', () => {
  it('are lower case, without accents, parted by everything else', () => {
    expect(readWords('Café  "USB-C" 2.4G_Baru!')).toEqual(['cafe', 'usb', 'c', '2', '4g', 'baru']);
    expect(slugOf('  Kota  Bandung ')).toBe('kota-bandung');
  });

  it('never hold what a tsquery would read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readWords(text).every((word) => /^[\p{L}\p{N}]{1,40}$/u.test(word))).toBe(true);
      }),
    );
  });
});

describe('roots', () => {
  it.each([
    ['pembersih', 'bersih'],
    ['penutup', 'tutup'],
    ['pengering', 'kering'],
    ['penghangat', 'hangat'],
    ['penyedap', 'sedap'],
    ['pelindung', 'lindung'],
    ['perlengkapan', 'lengkap'],
    ['kesehatan', 'sehat'],
    ['makanan', 'makan'],
    ['selimutnya', 'selimut'],
    ['gantungan', 'gantung'],
    ['terbaru', 'baru'],
    ['membaca', 'baca'],
    ['shoes', 'shoe'],
    ['boxes', 'box'],
    ['batteries', 'battery'],
    ['bags', 'bag'],
  ])('of %s: %s', (word, root) => {
    expect(rootsOf(word)).toContain(root);
  });

  it.each(['kemeja', 'keyboard', 'dispenser', 'tas', 'buku', 'roti', 'sari', 'gigi', 'glass', 'iphone13'])(
    'there are none of %s',
    (word) => {
      expect(rootsOf(word)).toEqual([]);
    },
  );

  it('are never short, and never the word', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,20}$/), (word) => {
        const roots = rootsOf(word);
        expect(roots).not.toContain(word);
        expect(roots.every((root) => root.length >= 3)).toBe(true);
        expect(roots.length).toBeLessThan(16);
      }),
    );
  });
});

describe('slips', () => {
  const letter = fc.constantFrom(...'abcdefghij');
  const word = fc.array(letter, { minLength: 4, maxLength: 12 }).map((letters) => letters.join(''));

  it('of a word and of the word with one slip have one in common', () => {
    fc.assert(
      fc.property(
        word,
        fc.nat(),
        letter,
        fc.constantFrom('insert', 'delete', 'replace', 'swap'),
        (right, n, by, kind) => {
          const at = n % (right.length - 1);
          const wrong = {
            insert: right.slice(0, at) + by + right.slice(at),
            delete: right.slice(0, at) + right.slice(at + 1),
            replace: right.slice(0, at) + by + right.slice(at + 1),
            swap: right.slice(0, at) + right[at + 1] + right[at] + right.slice(at + 2),
          }[kind];
          fc.pre(wrong.length >= 4);
          expect(distance(right, wrong)).toBeLessThanOrEqual(1);
          const slips = new Set(slipsOf(right));
          expect(slipsOf(wrong).some((slip) => slips.has(slip))).toBe(true);
        },
      ),
    );
  });

  it('count as a distance', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

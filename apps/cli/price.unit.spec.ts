import { toDecimal } from '@pasar/platform/currency';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrice } from './price.js';

describe('a price', () => {
  it.each([
    ['53500', 'IDR', '5350000'],
    ['Rp 53.500', 'IDR', '5350000'],
    ['Rp53.500,00', 'IDR', '5350000'],
    ['Rp 53.500,-', 'IDR', '5350000'],
    ['53,500.00', 'IDR', '5350000'],
    ['1.234.567', 'IDR', '123456700'],
    ['1.234,5', 'EUR', '123450'],
    ['1 234,50 €', 'EUR', '123450'],
    ['$2.55', 'USD', '255'],
    ['.5', 'USD', '50'],
    ['53.5000', 'IDR', '5350'],
    ['1500', 'JPY', '1500'],
    ['1,500', 'JPY', '1500'],
    ['1.500', 'KWD', '1500'],
    ['1,234.500', 'KWD', '1234500'],
    ['-5', 'IDR', '-500'],
    ['0', 'IDR', '0'],
  ])('%s %s is %s', (text, currency, expected) => expect(parsePrice(text, currency)).toBe(expected));

  it.each([
    ['', 'IDR'],
    ['gratis', 'IDR'],
    ['.', 'IDR'],
    ['1.2.3', 'IDR'],
    ['12,34,56', 'IDR'],
    ['1.234,567.8', 'IDR'],
    ['5-3', 'IDR'],
    ['1.5', 'JPY'],
    ['1.555', 'USDX'],
    ['1', 'NOPE'],
    ['1', ''],
  ])('%j %j is none', (text, currency) => expect(() => parsePrice(text, currency)).toThrow());

  it('that was written exactly is read exactly', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(amount, fc.constantFrom('IDR', 'JPY', 'KWD', 'USD'), (given, currency) => {
        const text = toDecimal(given, currency);
        expect(parsePrice(text, currency, '.')).toBe(given.toString());
        expect(parsePrice(text.replace('.', ','), currency, ',')).toBe(given.toString());
      }),
    );
  });
});

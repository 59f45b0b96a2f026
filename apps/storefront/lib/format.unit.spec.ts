import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatMoney, formatNumber } from './format';

const usual = new Intl.NumberFormat('id-ID', {
  style: 'currency',
  currency: 'IDR',
  currencyDisplay: 'narrowSymbol',
  maximumFractionDigits: 0,
});

it('writes rupiah by hand as a formatter would', () => {
  expect(formatMoney({ amount: '5350000', currency: 'IDR' }, 'en')).toBe('Rp\u00a053.500');
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
      fc.constantFrom('id', 'en'),
      (cents, locale) => {
        const money = { amount: String(cents), currency: 'IDR' };
        expect(formatMoney(money, locale)).toBe(usual.format(Number(cents) / 100));
      },
    ),
  );
});

it('writes numbers by hand as a formatter would', () => {
  for (const digits of [0, 1]) {
    const format = new Intl.NumberFormat('id-ID', { maximumFractionDigits: digits });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), (hundredths) => {
        expect(formatNumber(hundredths / 100, digits)).toBe(format.format(hundredths / 100));
      }),
    );
  }
});

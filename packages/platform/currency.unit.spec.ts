import { expect, it } from 'vitest';
import { minorDigits, toDecimal } from './currency.js';

it.each([
  ['IDR', 2],
  ['USD', 2],
  ['JPY', 0],
  ['KWD', 3],
])('%s has %i digits after the point (ISO 4217)', (currency, digits) => {
  expect(minorDigits(currency)).toBe(digits);
});

it.each([
  [5_350_000n, 'IDR', '53500.00'],
  [5n, 'IDR', '0.05'],
  [0n, 'IDR', '0.00'],
  [1500n, 'JPY', '1500'],
  [1n, 'KWD', '0.001'],
])('%s %s is written %s', (amount, currency, text) => {
  expect(toDecimal(amount, currency)).toBe(text);
});

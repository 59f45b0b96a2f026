import type { Schemas } from '@pasar/sdk';
import type { Locale } from '../server/locales';

type Money = Schemas['Money'];

/** How people write numbers: in English too the way it is done in Indonesia. */
const regions = { id: 'id-ID', en: 'en-ID' } as const;
const formats = new Map<string, Intl.NumberFormat>();

/** `Rp 53.500`; nothing for a price that is not known. */
export function formatMoney(money: Money | undefined, locale: Locale): string {
  if (!money) return '';
  const key = `${locale} ${money.currency}`;
  let format = formats.get(key);
  if (!format) {
    const options = { style: 'currency', currency: money.currency, currencyDisplay: 'narrowSymbol' } as const;
    const isRupiah = money.currency === 'IDR';
    format = new Intl.NumberFormat(regions[locale], {
      ...options,
      ...(isRupiah && { maximumFractionDigits: 0 }),
    });
    formats.set(key, format);
  }
  return format.format(Number(money.amount) / 100);
}

export function formatNumber(value: number, locale: Locale, digits = 0): string {
  return value.toLocaleString(regions[locale], { maximumFractionDigits: digits });
}

/** In the time of Jakarta, so that a page says the same wherever it is rendered. */
export function formatDate(
  time: string | undefined,
  locale: Locale,
  style: 'date' | 'time' = 'date',
): string {
  if (!time) return '';
  return new Date(time).toLocaleString(regions[locale], {
    timeZone: 'Asia/Jakarta',
    dateStyle: 'medium',
    ...(style === 'time' && { timeStyle: 'short' }),
  });
}

export function isPositive(money: Money | undefined): boolean {
  return money !== undefined && BigInt(money.amount) > 0n;
}

/** How much less, in whole per cent; 0 where it is not. */
export function percentOff(price: Money | undefined, before: Money | undefined): number {
  if (!price || !before) return 0;
  return Math.max(0, Math.round((1 - Number(price.amount) / Number(before.amount)) * 100));
}

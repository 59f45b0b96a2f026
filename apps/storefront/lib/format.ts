import type { Schemas } from '@pasar/sdk';
import type { Locale } from '../server/locales';

type Money = Schemas['Money'];

/** How people write numbers: in English too the way it is done in Indonesia. */
const regions = { id: 'id-ID', en: 'en-ID' } as const;

/** To make one takes longer than to use it a hundred times. */
function kept<Format>(make: (region: string, variant: string) => Format) {
  const formats = new Map<string, Format>();
  return (locale: Locale, variant = ''): Format => {
    const key = `${locale} ${variant}`;
    let format = formats.get(key);
    if (!format) {
      format = make(regions[locale], variant);
      formats.set(key, format);
    }
    return format;
  };
}

const moneyFormat = kept(
  (region, currency) =>
    new Intl.NumberFormat(region, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
);
/** In the time of Jakarta, so that a page says the same wherever it is rendered. */
const dateFormat = kept(
  (region, style) =>
    new Intl.DateTimeFormat(region, {
      timeZone: 'Asia/Jakarta',
      dateStyle: 'medium',
      ...(style === 'time' && { timeStyle: 'short' }),
    }),
);

/**
 * `Rp 53.500`; nothing for a price that is not known. Rupiah are written by hand, as numbers are: to make the first
 * formatter of a page takes a browser longer than all its prices.
 */
export function formatMoney(money: Money | undefined, locale: Locale): string {
  if (!money) return '';
  const amount = Number(money.amount) / 100;
  if (money.currency !== 'IDR') return moneyFormat(locale, money.currency).format(amount);
  return `${amount < 0 ? '-' : ''}Rp\u00a0${formatNumber(Math.abs(amount))}`;
}

/** The same in both languages, at most with that many digits after the comma. */
export function formatNumber(value: number, digits = 0): string {
  // Moves the point in what it is called, and not in what is nearest to it.
  const rounded = Math.round(Number(`${value}e${digits}`)) / 10 ** digits;
  const [whole = '', decimals] = String(rounded).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, '.')}${decimals ? `,${decimals}` : ''}`;
}

export function formatDate(
  time: string | undefined,
  locale: Locale,
  style: 'date' | 'time' = 'date',
): string {
  return time ? dateFormat(locale, style).format(new Date(time)) : '';
}

/** Where it is, in one line. */
export function formatAddress(
  address: Pick<Schemas['Address'], 'line1' | 'line2' | 'city' | 'province' | 'postalCode'>,
): string {
  const { line1, line2, city, province, postalCode } = address;
  return [line1, line2, city, province, postalCode].filter(Boolean).join(', ');
}

export function isPositive(money: Money | undefined): boolean {
  return money !== undefined && BigInt(money.amount) > 0n;
}

/** How much less, in whole per cent; 0 where it is not. */
export function percentOff(price: Money | undefined, before: Money | undefined): number {
  if (!price || !before) return 0;
  return Math.max(0, Math.round((1 - Number(price.amount) / Number(before.amount)) * 100));
}

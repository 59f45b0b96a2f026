import type { StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import type { Channel, Locale, Params } from './message.js';
import { currencyFractionDigits } from './money-format.js';

interface Text {
  subject: string;
  /** Paragraphs. A list of order lines stands where a paragraph is `lines`. */
  body: string[];
}

/** What people can choose not to be told; everything else they have to know. */
export type Topic = 'ORDERS' | 'SALES' | 'MARKETING' | 'PRICE_DROPS';

export interface Template {
  channels: Channel[];
  topic?: Topic;
  /** Of a store's staff it concerns those who act for it in this. */
  permission?: keyof typeof StorePermission;
  texts: Record<Locale, (params: Params, format: Format) => Text>;
  /** Path in the storefront that the message leads to. */
  link(params: Params): string;
  sample: Params;
}

export interface Format {
  money(value: Params['total']): string;
  time(value: string | undefined): string;
}

export function formatFor(locale: Locale): Format {
  const tag = locale === 'id' ? 'id-ID' : 'en-GB';
  // Making a formatter costs a hundred times what formatting does.
  const formats = new Map<string, Intl.NumberFormat>();
  const formatOf = (currency: string, digits: number) => {
    const key = `${currency}${digits}`;
    const format =
      formats.get(key) ??
      new Intl.NumberFormat(tag, {
        style: 'currency',
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
    formats.set(key, format);
    return format;
  };
  return {
    money(value) {
      if (!value) return '';
      const digits = currencyFractionDigits(value.currency);
      const units = Number(value.amount) / 10 ** digits;
      return formatOf(value.currency, Number.isInteger(units) ? 0 : digits).format(units);
    },
    time: (value) =>
      value
        ? new Intl.DateTimeFormat(tag, {
            dateStyle: 'long',
            timeStyle: 'short',
            timeZone: 'Asia/Jakarta',
          }).format(new Date(value))
        : '',
  };
}

/** People give reasons in their own words, and we in codes, of which these are for people. */
const ownReasons: Record<string, Record<Locale, string>> = {
  'payment.expired': { id: 'batas waktu pembayaran sudah lewat', en: 'the time to pay was over' },
  'shipment.lost': { id: 'kurir kehilangan paketnya', en: 'its carrier lost the parcel' },
  'shipment.returned': { id: 'paket tidak dapat diantar', en: 'the parcel could not be delivered' },
};
const isCode = /^[a-z_]+(\.[a-z_]+)+$/;

export function because(reason: string | undefined, locale: Locale): string {
  const text = ownReasons[reason ?? '']?.[locale] ?? (isCode.test(reason ?? '') ? '' : reason);
  if (!text) return '';
  return locale === 'id' ? ` Alasan: ${text}` : ` Reason: ${text}`;
}

export const sampleOrder: Params = {
  name: 'Sari',
  number: 'PSR-7Q2M4X9KD1ZT',
  orderId: '0190b0f0-0000-7000-8000-000000000000',
  total: { amount: '15350000', currency: 'IDR' },
  lines: [
    { title: 'Kopi Gayo 250 g', quantity: 2, total: { amount: '13000000', currency: 'IDR' } },
    { title: 'Gula aren', quantity: 1, total: { amount: '2350000', currency: 'IDR' } },
  ],
};

export const inWords = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' ');

export const orderLink = ({ orderId }: Params) => `/orders/${orderId ?? ''}`;

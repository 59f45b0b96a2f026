import type { Channel, Locale, Params } from './message.js';
import { currencyFractionDigits } from './money-format.js';

interface Text {
  subject: string;
  /** Paragraphs. A list of order lines stands where a paragraph is `lines`. */
  body: string[];
}

/** What people can choose not to be told; everything else they have to know. */
export type Topic = 'ORDERS' | 'MARKETING' | 'PRICE_DROPS';

export interface Template {
  channels: Channel[];
  topic?: Topic;
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
};
const isCode = /^[a-z_]+(\.[a-z_]+)+$/;

function because(reason: string | undefined, locale: Locale): string {
  const text = ownReasons[reason ?? '']?.[locale] ?? (isCode.test(reason ?? '') ? '' : reason);
  if (!text) return '';
  return locale === 'id' ? ` Alasan: ${text}` : ` Reason: ${text}`;
}

const sampleOrder: Params = {
  name: 'Sari',
  number: 'PSR-7Q2M4X9KD1ZT',
  orderId: '0190b0f0-0000-7000-8000-000000000000',
  total: { amount: '15350000', currency: 'IDR' },
  lines: [
    { title: 'Kopi Gayo 250 g', quantity: 2, total: { amount: '13000000', currency: 'IDR' } },
    { title: 'Gula aren', quantity: 1, total: { amount: '2350000', currency: 'IDR' } },
  ],
};

const inWords = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' ');

const orderLink = ({ orderId }: Params) => `/orders/${orderId ?? ''}`;

/** Every message that Pasar sends, in both languages. */
export const templates: Record<string, Template> = {
  welcome: {
    channels: ['EMAIL'],
    texts: {
      id: ({ name }) => ({
        subject: 'Selamat datang di Pasar',
        body: [
          `Halo ${name},`,
          'Akun Anda sudah siap. Konfirmasikan alamat e-mail Anda lewat tautan di bawah ini.',
        ],
      }),
      en: ({ name }) => ({
        subject: 'Welcome to Pasar',
        body: [
          `Hello ${name},`,
          'Your account is ready. Please confirm your e-mail address with the link below.',
        ],
      }),
    },
    link: ({ token }) => `/verify-email?token=${encodeURIComponent(token ?? '')}`,
    sample: { name: 'Sari', token: 'example' },
  },
  'verify-email': {
    channels: ['EMAIL'],
    texts: {
      id: ({ name }) => ({
        subject: 'Konfirmasi alamat e-mail Anda',
        body: [
          `Halo ${name},`,
          'Konfirmasikan alamat e-mail Anda lewat tautan di bawah ini. Tautan berlaku 24 jam.',
        ],
      }),
      en: ({ name }) => ({
        subject: 'Confirm your e-mail address',
        body: [
          `Hello ${name},`,
          'Please confirm your e-mail address with the link below. It works for 24 hours.',
        ],
      }),
    },
    link: ({ token }) => `/verify-email?token=${encodeURIComponent(token ?? '')}`,
    sample: { name: 'Sari', token: 'example' },
  },
  'reset-password': {
    channels: ['EMAIL'],
    texts: {
      id: ({ name }) => ({
        subject: 'Atur ulang kata sandi Anda',
        body: [
          `Halo ${name},`,
          'Kami menerima permintaan untuk mengatur ulang kata sandi Anda. Tautan di bawah ini berlaku satu jam.',
          'Jika bukan Anda yang meminta, abaikan saja pesan ini.',
        ],
      }),
      en: ({ name }) => ({
        subject: 'Reset your password',
        body: [
          `Hello ${name},`,
          'Somebody asked to reset your password. The link below works for one hour.',
          'If it was not you, simply ignore this message.',
        ],
      }),
    },
    link: ({ token }) => `/reset-password?token=${encodeURIComponent(token ?? '')}`,
    sample: { name: 'Sari', token: 'example' },
  },
  'staff-invitation': {
    channels: ['EMAIL'],
    texts: {
      id: ({ name }) => ({
        subject: `Undangan dari ${name}`,
        body: [
          `${name} mengundang Anda membantu mengelola tokonya di Pasar.`,
          'Masuk atau daftar, lalu buka tautan di bawah ini. Tautan berlaku 14 hari.',
        ],
      }),
      en: ({ name }) => ({
        subject: `An invitation from ${name}`,
        body: [
          `${name} invites you to help run its store on Pasar.`,
          'Sign in or register, then open the link below. It works for 14 days.',
        ],
      }),
    },
    link: ({ token }) => `/staff/accept?token=${encodeURIComponent(token ?? '')}`,
    sample: { name: 'Kopi Gayo', token: 'example' },
  },
  'store-approved': {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, title }) => ({
        subject: `${title} sudah dibuka`,
        body: [`Halo ${name},`, `Pengajuan Anda disetujui: ${title} kini terbuka untuk pembeli.`],
      }),
      en: ({ name, title }) => ({
        subject: `${title} is open`,
        body: [`Hello ${name},`, `Your application was approved: ${title} is open to buyers now.`],
      }),
    },
    link: () => '/seller',
    sample: { name: 'Sari', title: 'Kopi Gayo' },
  },
  'store-rejected': {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, title, reason }) => ({
        subject: `Pengajuan ${title} belum disetujui`,
        body: [`Halo ${name},`, `Alasannya: ${reason}`, 'Anda dapat memperbaikinya dan mengajukan lagi.'],
      }),
      en: ({ name, title, reason }) => ({
        subject: `${title} was not approved`,
        body: [`Hello ${name},`, `The reason: ${reason}`, 'You may put it right and apply again.'],
      }),
    },
    link: () => '/seller/apply',
    sample: { name: 'Sari', title: 'Kopi Gayo', reason: 'KTP tidak terbaca' },
  },
  'order-confirmed': {
    topic: 'ORDERS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number, total }, { money }) => ({
        subject: `Pesanan ${number} dikonfirmasi`,
        body: [
          `Terima kasih, ${name}!`,
          `Pesanan ${number} sudah kami terima.`,
          'lines',
          `Total: ${money(total)}`,
        ],
      }),
      en: ({ name, number, total }, { money }) => ({
        subject: `Order ${number} confirmed`,
        body: [`Thank you, ${name}!`, `We have your order ${number}.`, 'lines', `Total: ${money(total)}`],
      }),
    },
    link: orderLink,
    sample: sampleOrder,
  },
  'order-cancelled': {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number, reason }) => ({
        subject: `Pesanan ${number} dibatalkan`,
        body: [
          `Halo ${name},`,
          `Pesanan ${number} dibatalkan.${because(reason, 'id')}`,
          'lines',
          'Bila sudah dibayar, uang Anda akan dikembalikan.',
        ],
      }),
      en: ({ name, number, reason }) => ({
        subject: `Order ${number} cancelled`,
        body: [
          `Hello ${name},`,
          `Order ${number} was cancelled.${because(reason, 'en')}`,
          'lines',
          'If you have paid, your money is on its way back.',
        ],
      }),
    },
    link: orderLink,
    sample: { ...sampleOrder, reason: 'berubah pikiran' },
  },
  'order-shipped': {
    topic: 'ORDERS',
    channels: ['EMAIL', 'PUSH', 'IN_APP'],
    texts: {
      id: ({ name, number, carrier, trackingNumber }) => ({
        subject: `Pesanan ${number} dikirim`,
        body: [
          `Halo ${name},`,
          inWords(`Pesanan ${number} sedang dalam perjalanan.`, carrier, trackingNumber),
        ],
      }),
      en: ({ name, number, carrier, trackingNumber }) => ({
        subject: `Order ${number} is on its way`,
        body: [`Hello ${name},`, inWords(`Order ${number} is on its way.`, carrier, trackingNumber)],
      }),
    },
    link: orderLink,
    sample: { ...sampleOrder, carrier: 'Kurir Nusantara', trackingNumber: 'KN0012345' },
  },
  'order-delivered': {
    topic: 'ORDERS',
    channels: ['PUSH', 'IN_APP'],
    texts: {
      id: ({ name, number }) => ({
        subject: `Pesanan ${number} sudah sampai`,
        body: [`Halo ${name},`, `Pesanan ${number} sudah sampai. Semoga Anda suka!`],
      }),
      en: ({ name, number }) => ({
        subject: `Order ${number} has arrived`,
        body: [`Hello ${name},`, `Order ${number} has arrived. We hope you like it!`],
      }),
    },
    link: orderLink,
    sample: sampleOrder,
  },
  'payment-pending': {
    channels: ['EMAIL', 'SMS', 'IN_APP'],
    texts: {
      id: ({ name, total, bank, virtualAccount, expiresAt }, { money, time }) => ({
        subject: `Menunggu pembayaran ${money(total)}`,
        body: [
          `Halo ${name},`,
          virtualAccount
            ? `Bayar ${money(total)} ke virtual account ${bank} ${virtualAccount} sebelum ${time(expiresAt)}.`
            : `Bayar ${money(total)} dengan kode QR sebelum ${time(expiresAt)}.`,
        ],
      }),
      en: ({ name, total, bank, virtualAccount, expiresAt }, { money, time }) => ({
        subject: `Waiting for your payment of ${money(total)}`,
        body: [
          `Hello ${name},`,
          virtualAccount
            ? `Please pay ${money(total)} to virtual account ${bank} ${virtualAccount} before ${time(expiresAt)}.`
            : `Please pay ${money(total)} with the QR code before ${time(expiresAt)}.`,
        ],
      }),
    },
    link: () => '/orders',
    sample: {
      name: 'Sari',
      total: { amount: '15350000', currency: 'IDR' },
      bank: 'Bank Nusa',
      virtualAccount: '8808 1234 5678 9012',
      expiresAt: '2026-01-02T03:04:05Z',
    },
  },
  'payment-received': {
    topic: 'ORDERS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, total }, { money }) => ({
        subject: `Pembayaran ${money(total)} diterima`,
        body: [`Halo ${name},`, `Pembayaran Anda sebesar ${money(total)} sudah kami terima. Terima kasih!`],
      }),
      en: ({ name, total }, { money }) => ({
        subject: `Payment of ${money(total)} received`,
        body: [`Hello ${name},`, `We have received your payment of ${money(total)}. Thank you!`],
      }),
    },
    link: () => '/orders',
    sample: { name: 'Sari', total: { amount: '15350000', currency: 'IDR' } },
  },
  'payment-failed': {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, total }, { money }) => ({
        subject: 'Pembayaran tidak berhasil',
        body: [
          `Halo ${name},`,
          `Pembayaran sebesar ${money(total)} tidak berhasil, dan tidak ada uang yang diambil. Silakan coba cara lain.`,
        ],
      }),
      en: ({ name, total }, { money }) => ({
        subject: 'Payment failed',
        body: [
          `Hello ${name},`,
          `Your payment of ${money(total)} failed, and no money was taken. Please try another way to pay.`,
        ],
      }),
    },
    link: () => '/cart',
    sample: { name: 'Sari', total: { amount: '15350000', currency: 'IDR' }, reason: 'insufficient_funds' },
  },
  refund: {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, total }, { money }) => ({
        subject: `Pengembalian dana ${money(total)}`,
        body: [`Halo ${name},`, `Kami telah mengembalikan ${money(total)} lewat cara Anda membayar.`],
      }),
      en: ({ name, total }, { money }) => ({
        subject: `Refund of ${money(total)}`,
        body: [`Hello ${name},`, `We have returned ${money(total)} the way you paid.`],
      }),
    },
    link: () => '/orders',
    sample: { name: 'Sari', total: { amount: '5350000', currency: 'IDR' } },
  },
  'back-in-stock': {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name }) => ({
        subject: 'Barang yang Anda tunggu tersedia lagi',
        body: [`Halo ${name},`, 'Barang yang Anda tunggu tersedia lagi. Jangan sampai kehabisan!'],
      }),
      en: ({ name }) => ({
        subject: 'Back in stock',
        body: [`Hello ${name},`, 'Something that you were waiting for can be bought again.'],
      }),
    },
    link: ({ variantId }) => `/variants/${variantId ?? ''}`,
    sample: { name: 'Sari', variantId: '0190b0f0-0000-7000-8000-000000000000' },
  },
  'price-drop': {
    topic: 'PRICE_DROPS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, title, total, oldPrice }, { money }) => ({
        subject: `${title} kini lebih murah`,
        body: [
          `Halo ${name},`,
          `${title} di daftar keinginan Anda turun dari ${money(oldPrice)} menjadi ${money(total)}.`,
        ],
      }),
      en: ({ name, title, total, oldPrice }, { money }) => ({
        subject: `${title} has become cheaper`,
        body: [
          `Hello ${name},`,
          `${title} on your wishlist went from ${money(oldPrice)} to ${money(total)}.`,
        ],
      }),
    },
    link: ({ productId }) => `/products/${productId ?? ''}`,
    sample: {
      name: 'Sari',
      title: 'Kopi Gayo 250 g',
      oldPrice: { amount: '7500000', currency: 'IDR' },
      total: { amount: '6500000', currency: 'IDR' },
    },
  },
  'cart-abandoned': {
    topic: 'MARKETING',
    channels: ['EMAIL'],
    texts: {
      id: ({ name, count }) => ({
        subject: 'Keranjang Anda menunggu',
        body: [`Halo ${name},`, `Ada ${count} barang di keranjang Anda.`],
      }),
      en: ({ name, count }) => ({
        subject: 'Your cart is waiting',
        body: [`Hello ${name},`, `There are ${count} items in your cart.`],
      }),
    },
    link: () => '/cart',
    sample: { name: 'Sari', count: 2 },
  },
  'webhook-disabled': {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, url, reason }) => ({
        subject: 'Webhook Anda dimatikan',
        body: [
          `Halo ${name},`,
          reason === 'gone'
            ? `Alamat ${url} menjawab bahwa ia tidak ada lagi. Kami berhenti mengirim ke sana.`
            : `Alamat ${url} tidak dapat dihubungi selama tiga hari. Kami berhenti mengirim ke sana.`,
          'Nyalakan lagi bila sudah diperbaiki: yang belum terkirim akan kami kirim.',
        ],
      }),
      en: ({ name, url, reason }) => ({
        subject: 'Your webhook was turned off',
        body: [
          `Hello ${name},`,
          reason === 'gone'
            ? `The address ${url} said that it is gone. We no longer send anything there.`
            : `The address ${url} could not be reached for three days. We no longer send anything there.`,
          'Turn it on again when it is mended: what could not be sent will follow.',
        ],
      }),
    },
    link: () => '/seller/webhooks',
    sample: { name: 'Sari', url: 'https://shop.example.com/hooks', reason: 'failing' },
  },
};

import { returnTemplates } from './return-templates.js';
import { sellerTemplates } from './seller-templates.js';
import { because, inWords, orderLink, sampleOrder, type Template } from './template.js';

/** Every message that Pasar sends, in both languages. */
export const templates: Record<string, Template> = {
  ...returnTemplates,
  ...sellerTemplates,
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
  'review-replied': {
    channels: ['IN_APP'],
    texts: {
      id: ({ name, title }) => ({
        subject: `Penjual membalas ulasan Anda`,
        body: [`Halo ${name},`, `Penjual membalas ulasan Anda tentang ${title}.`],
      }),
      en: ({ name, title }) => ({
        subject: `The seller replied to your review`,
        body: [`Hello ${name},`, `The seller replied to your review of ${title}.`],
      }),
    },
    link: ({ productId }) => `/products/${productId ?? ''}`,
    sample: { name: 'Sari', title: 'Kopi Gayo 250 g', productId: '0190b0f0-0000-7000-8000-000000000000' },
  },
  'question-answered': {
    channels: ['IN_APP'],
    texts: {
      id: ({ name }) => ({
        subject: `Pertanyaan Anda dijawab`,
        body: [`Halo ${name},`, `Ada jawaban atas pertanyaan Anda.`],
      }),
      en: ({ name }) => ({
        subject: `Your question was answered`,
        body: [`Hello ${name},`, `There is an answer to your question.`],
      }),
    },
    link: ({ productId }) => `/products/${productId ?? ''}`,
    sample: { name: 'Sari', productId: '0190b0f0-0000-7000-8000-000000000000' },
  },
};

import type { Locale, Params } from './message.js';
import { because, sampleOrder, type Template } from './template.js';

const saleLink = ({ orderId }: Params) => `/seller/orders/${orderId ?? ''}`;

const fieldNames: Record<string, Record<Locale, string>> = {
  'product.title': { id: 'judul', en: 'its title' },
  'product.category': { id: 'kategori', en: 'its category' },
  'product.variants': { id: 'varian dengan harga', en: 'a variant with a price' },
};

/** Attributes are called what their category calls them. */
function lacking(fields: string[] | undefined, locale: Locale): string {
  const named = (fields ?? []).map((field) => {
    const attribute = /^product\.attributes\["(.+)"\]$/.exec(field)?.[1];
    return attribute ?? fieldNames[field]?.[locale] ?? field;
  });
  return named.join(', ') || (locale === 'id' ? 'data barang' : 'what its category asks for');
}

/** To those who have a store. */
export const sellerTemplates: Record<string, Template> = {
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
  'documents-requested': {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, title, reason }) => ({
        subject: `Pengajuan ${title}: kami perlu dokumen lain`,
        body: [`Halo ${name},`, `Untuk memutuskan pengajuan Anda kami masih memerlukan: ${reason}`],
      }),
      en: ({ name, title, reason }) => ({
        subject: `${title}: we need more documents`,
        body: [`Hello ${name},`, `To decide on your application we still need: ${reason}`],
      }),
    },
    link: () => '/seller/apply',
    sample: { name: 'Sari', title: 'Kopi Gayo', reason: 'NPWP' },
  },
  'store-suspended': {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, reason }) => ({
        subject: `Toko Anda ditangguhkan`,
        body: [
          `Halo ${name},`,
          `Toko Anda ditangguhkan, dan barangnya tidak dijual lagi.${because(reason, 'id')}`,
        ],
      }),
      en: ({ name, reason }) => ({
        subject: `Your store was suspended`,
        body: [
          `Hello ${name},`,
          `Your store was suspended, and what it sells cannot be bought any more.${because(reason, 'en')}`,
        ],
      }),
    },
    link: () => '/seller',
    sample: { name: 'Sari', reason: 'barang tiruan' },
  },
  'sale-made': {
    topic: 'SALES',
    permission: 'ORDERS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number, total }, { money }) => ({
        subject: `Pesanan baru: ${number}`,
        body: [
          `Halo ${name},`,
          `Pesanan ${number} senilai ${money(total)} sudah dibayar atau akan dibayar di tempat. Silakan kemas dan kirimkan.`,
          'lines',
        ],
      }),
      en: ({ name, number, total }, { money }) => ({
        subject: `A new order: ${number}`,
        body: [
          `Hello ${name},`,
          `Order ${number} of ${money(total)} is paid for, or will be at the door. Please pack and ship it.`,
          'lines',
        ],
      }),
    },
    link: saleLink,
    sample: sampleOrder,
  },
  'sale-cancelled': {
    topic: 'SALES',
    permission: 'ORDERS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number, reason }) => ({
        subject: `Pesanan ${number} dibatalkan`,
        body: [
          `Halo ${name},`,
          `Pesanan ${number} dibatalkan. Jangan mengirimkannya.${because(reason, 'id')}`,
          'lines',
        ],
      }),
      en: ({ name, number, reason }) => ({
        subject: `Order ${number} was cancelled`,
        body: [
          `Hello ${name},`,
          `Order ${number} was cancelled. Please do not ship it.${because(reason, 'en')}`,
          'lines',
        ],
      }),
    },
    link: saleLink,
    sample: { ...sampleOrder, reason: 'berubah pikiran' },
  },
  'return-requested': {
    permission: 'ORDERS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number, reason }) => ({
        subject: `Pembeli ingin mengembalikan pesanan ${number}`,
        body: [
          `Halo ${name},`,
          `Pembeli pesanan ${number} ingin mengembalikan barangnya.${because(reason, 'id')}`,
          `Setujui atau tolak permintaan ini.`,
        ],
      }),
      en: ({ name, number, reason }) => ({
        subject: `A buyer wants to return order ${number}`,
        body: [
          `Hello ${name},`,
          `The buyer of order ${number} wants to give goods back.${because(reason, 'en')}`,
          `Please approve or refuse it.`,
        ],
      }),
    },
    link: saleLink,
    sample: { ...sampleOrder, reason: 'salah ukuran' },
  },
  'sale-returned': {
    permission: 'ORDERS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number }) => ({
        subject: `Pesanan ${number} dibawa kembali`,
        body: [
          `Halo ${name},`,
          `Kurir tidak dapat mengantar pesanan ${number} dan membawanya kembali kepada Anda.`,
          `Katakan bila sudah Anda terima, dan apa yang masih dapat dijual. Setelah beberapa hari dana pembeli dikembalikan juga.`,
        ],
      }),
      en: ({ name, number }) => ({
        subject: `Order ${number} comes back`,
        body: [
          `Hello ${name},`,
          `The carrier could not deliver order ${number} and brings it back to you.`,
          `Please say when it is there, and what can be sold again. After a few days its buyer is refunded anyway.`,
        ],
      }),
    },
    link: saleLink,
    sample: sampleOrder,
  },
  'sale-lost': {
    permission: 'ORDERS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number }) => ({
        subject: `Paket pesanan ${number} hilang`,
        body: [
          `Halo ${name},`,
          `Kurir kehilangan paket pesanan ${number}. Pesanan dibatalkan dan dana pembeli dikembalikan.`,
        ],
      }),
      en: ({ name, number }) => ({
        subject: `The parcel of order ${number} is lost`,
        body: [
          `Hello ${name},`,
          `The carrier lost the parcel of order ${number}. The order was cancelled, and its buyer is refunded.`,
        ],
      }),
    },
    link: saleLink,
    sample: sampleOrder,
  },
  'payout-paid': {
    topic: 'SALES',
    permission: 'FINANCE',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, total, bank, account }, { money }) => ({
        subject: `${money(total)} telah dibayarkan kepada Anda`,
        body: [
          `Halo ${name},`,
          `Kami telah mentransfer ${money(total)} ke rekening ${bank} Anda yang berakhir ${account}.`,
        ],
      }),
      en: ({ name, total, bank, account }, { money }) => ({
        subject: `${money(total)} was paid out to you`,
        body: [
          `Hello ${name},`,
          `We have transferred ${money(total)} to your account at ${bank} that ends in ${account}.`,
        ],
      }),
    },
    link: () => '/seller/balance',
    sample: { name: 'Sari', total: { amount: '15350000', currency: 'IDR' }, bank: 'BCA', account: '4321' },
  },
  'payout-failed': {
    permission: 'FINANCE',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, total, bank, account }, { money }) => ({
        subject: `Pembayaran ${money(total)} kepada Anda gagal`,
        body: [
          `Halo ${name},`,
          `Rekening ${bank} Anda yang berakhir ${account} menolak ${money(total)}.`,
          `Uangnya tetap di saldo Anda. Periksa rekening Anda, maka kami bayarkan lagi.`,
        ],
      }),
      en: ({ name, total, bank, account }, { money }) => ({
        subject: `We could not pay you ${money(total)}`,
        body: [
          `Hello ${name},`,
          `Your account at ${bank} that ends in ${account} refused ${money(total)}.`,
          `The money is in your balance. Please check the account, and it will be paid again.`,
        ],
      }),
    },
    link: () => '/seller/balance',
    sample: { name: 'Sari', total: { amount: '15350000', currency: 'IDR' }, bank: 'BCA', account: '4321' },
  },
  'publication-refused': {
    permission: 'PRODUCTS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, title, fields }) => ({
        subject: `${title} belum dapat diterbitkan`,
        body: [
          `Halo ${name},`,
          `${title} seharusnya terbit sekarang, tetapi masih ada yang kurang: ${lacking(fields, 'id')}.`,
          'Barang ini tetap menjadi draf. Lengkapi, lalu terbitkan atau jadwalkan lagi.',
        ],
      }),
      en: ({ name, title, fields }) => ({
        subject: `${title} could not be published`,
        body: [
          `Hello ${name},`,
          `${title} was to be published now, and something is missing: ${lacking(fields, 'en')}.`,
          'It stays a draft. Complete it, and publish or schedule it again.',
        ],
      }),
    },
    link: ({ productId }) => `/seller/products/${productId ?? ''}`,
    sample: {
      name: 'Sari',
      title: 'Kopi Gayo 250 g',
      fields: ['product.category', 'product.attributes["asal"]'],
    },
  },
  'stock-low': {
    permission: 'STOCK',
    channels: ['IN_APP'],
    texts: {
      id: ({ name, count }) => ({
        subject: `Stok hampir habis`,
        body: [`Halo ${name},`, `Salah satu barang Anda tinggal ${count}.`],
      }),
      en: ({ name, count }) => ({
        subject: `Stock is low`,
        body: [`Hello ${name},`, `Of one of your products only ${count} are left.`],
      }),
    },
    link: ({ variantId }) => `/seller/inventory/${variantId ?? ''}`,
    sample: { name: 'Sari', count: 2, variantId: '0190b0f0-0000-7000-8000-000000000000' },
  },
  'review-received': {
    topic: 'SALES',
    permission: 'REVIEWS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, title, count }) => ({
        subject: `Ulasan baru untuk ${title}`,
        body: [`Halo ${name},`, `${title} mendapat ${count} dari 5 bintang.`],
      }),
      en: ({ name, title, count }) => ({
        subject: `A new review of ${title}`,
        body: [`Hello ${name},`, `${title} was given ${count} of 5 stars.`],
      }),
    },
    link: () => '/seller/reviews',
    sample: { name: 'Sari', title: 'Kopi Gayo 250 g', count: 5 },
  },
  'question-asked': {
    topic: 'SALES',
    permission: 'REVIEWS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name }) => ({
        subject: `Ada pertanyaan tentang barang Anda`,
        body: [`Halo ${name},`, `Seorang pembeli menanyakan barang Anda.`],
      }),
      en: ({ name }) => ({
        subject: `A question about your product`,
        body: [`Hello ${name},`, `A buyer asks something about one of your products.`],
      }),
    },
    link: () => '/seller/questions',
    sample: { name: 'Sari' },
  },
};

import { because, orderLink, sampleOrder, type Template } from './template.js';

/** About goods that go back, to buyers; of disputes both sides are told. */
export const returnTemplates: Record<string, Template> = {
  'return-approved': {
    topic: 'ORDERS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number, reason }) => ({
        subject: `Pengembalian pesanan ${number} disetujui`,
        body: [
          `Halo ${name},`,
          `Penjual menyetujui pengembalian barang dari pesanan ${number}.${because(reason, 'id')}`,
          `Kirimkan barangnya kembali; dana Anda dikembalikan setelah penjual menerimanya.`,
        ],
      }),
      en: ({ name, number, reason }) => ({
        subject: `Return of order ${number} approved`,
        body: [
          `Hello ${name},`,
          `The seller agrees to take back what you return of order ${number}.${because(reason, 'en')}`,
          `Please send the goods back; you get your money when the seller has them.`,
        ],
      }),
    },
    link: orderLink,
    sample: { ...sampleOrder, reason: 'sertakan kotaknya' },
  },
  'return-refused': {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number, reason }) => ({
        subject: `Pengembalian pesanan ${number} ditolak`,
        body: [
          `Halo ${name},`,
          `Penjual menolak pengembalian pesanan ${number}.${because(reason, 'id')}`,
          `Bila Anda tidak setuju, ajukan sengketa dalam beberapa hari: tim kami yang akan memutuskan.`,
        ],
      }),
      en: ({ name, number, reason }) => ({
        subject: `Return of order ${number} refused`,
        body: [
          `Hello ${name},`,
          `The seller refused your return of order ${number}.${because(reason, 'en')}`,
          `If you do not agree, dispute it within a few days, and our staff will decide.`,
        ],
      }),
    },
    link: orderLink,
    sample: { ...sampleOrder, reason: 'segel sudah rusak' },
  },
  'return-received': {
    topic: 'ORDERS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number, total }, { money }) => ({
        subject: `Barang dari pesanan ${number} sudah diterima kembali`,
        body: [
          `Halo ${name},`,
          `Barang yang Anda kembalikan sudah diterima. Anda mendapat kembali ${money(total)}.`,
        ],
      }),
      en: ({ name, number, total }, { money }) => ({
        subject: `What you returned of order ${number} has arrived`,
        body: [`Hello ${name},`, `The goods that you returned have arrived. You get ${money(total)} back.`],
      }),
    },
    link: orderLink,
    sample: sampleOrder,
  },
  'return-closed': {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number }) => ({
        subject: `Pengembalian pesanan ${number} ditutup`,
        body: [
          `Halo ${name},`,
          `Pengembalian pesanan ${number} ditolak dan tidak disengketakan, jadi kami menutupnya.`,
        ],
      }),
      en: ({ name, number }) => ({
        subject: `Return of order ${number} closed`,
        body: [
          `Hello ${name},`,
          `The return of order ${number} was refused and not disputed, so it is over.`,
        ],
      }),
    },
    link: orderLink,
    sample: sampleOrder,
  },
  'parcel-returned': {
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number }) => ({
        subject: `Pesanan ${number} tidak dapat diantar`,
        body: [
          `Halo ${name},`,
          `Kurir tidak dapat mengantar pesanan ${number} dan membawanya kembali ke penjual.`,
          `Harga barangnya dikembalikan setelah penjual menerimanya.`,
        ],
      }),
      en: ({ name, number }) => ({
        subject: `Order ${number} could not be delivered`,
        body: [
          `Hello ${name},`,
          `The carrier could not deliver order ${number} and took it back to the seller.`,
          `You get back what you paid for the goods once the seller has them.`,
        ],
      }),
    },
    link: orderLink,
    sample: sampleOrder,
  },
  'dispute-opened': {
    permission: 'ORDERS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number, reason }) => ({
        subject: `Sengketa pesanan ${number}`,
        body: [
          `Halo ${name},`,
          `Pihak lain menyampaikan bukti dalam sengketa pesanan ${number}.${because(reason, 'id')}`,
          `Anda dapat menyampaikan bukti Anda; tim kami yang akan memutuskan.`,
        ],
      }),
      en: ({ name, number, reason }) => ({
        subject: `Dispute about order ${number}`,
        body: [
          `Hello ${name},`,
          `The other side has given evidence in the dispute about order ${number}.${because(reason, 'en')}`,
          `You may give yours; our staff will decide.`,
        ],
      }),
    },
    link: orderLink,
    sample: { ...sampleOrder, reason: 'barangnya retak' },
  },
  'dispute-decided': {
    permission: 'ORDERS',
    channels: ['EMAIL', 'IN_APP'],
    texts: {
      id: ({ name, number, total, reason }, { money }) => ({
        subject: `Sengketa pesanan ${number} diputuskan`,
        body: [
          `Halo ${name},`,
          `Tim kami memutuskan: ${money(total)} kembali ke pembeli pesanan ${number}, selebihnya untuk penjual.${because(reason, 'id')}`,
        ],
      }),
      en: ({ name, number, total, reason }, { money }) => ({
        subject: `Dispute about order ${number} decided`,
        body: [
          `Hello ${name},`,
          `Our staff decided: ${money(total)} goes back to the buyer of order ${number}, and the rest to the seller.${because(reason, 'en')}`,
        ],
      }),
    },
    link: orderLink,
    sample: { ...sampleOrder, reason: 'fotonya jelas' },
  },
};

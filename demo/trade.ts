/** What goes on behind the shelves of the demo market: applications, staff, supplies, and offers of the same thing. */
export interface DemoApplicant {
  email: string;
  name: string;
  store: string;
  description: string;
  city: string;
  province: string;
  legalName: string;
  taxId: string;
  /** What a reviewer has asked for; nobody has looked at it yet where there is nothing. */
  missing?: string;
}

export const applicants: readonly DemoApplicant[] = [
  {
    email: 'calon1@pasar.test',
    name: 'Wayan Calon',
    store: 'Perak Celuk Sari',
    description: 'Perhiasan perak buatan tangan dari desa Celuk.',
    city: 'Gianyar',
    province: 'Bali',
    legalName: 'UD Perak Celuk Sari',
    taxId: '01.234.567.8-907.000',
  },
  {
    email: 'calon2@pasar.test',
    name: 'Lia Calon',
    store: 'Amplang Mahakam Lia',
    description: 'Kerupuk amplang ikan tenggiri khas Samarinda.',
    city: 'Samarinda',
    province: 'Kalimantan Timur',
    legalName: 'CV Lia Rasa Mahakam',
    taxId: '02.345.678.9-722.000',
    missing: 'Mohon unggah izin PIRT yang masih berlaku.',
  },
];

export interface DemoMember {
  email: string;
  name: string;
  permissions: readonly ('ORDERS' | 'STOCK' | 'SUPPLY')[];
}

export interface DemoSupply {
  supplier: string;
  contact: string;
  note: string;
  orders: readonly {
    note: string;
    /** The first variant of each product. */
    lines: readonly { product: string; quantity: number; unitCost: number }[];
    /** Of the delivery note with which a half of it came. */
    received?: string;
  }[];
}

/** Of the store that a newcomer keeps. */
export const newcomers: { store: string; staff: DemoMember; supplies: readonly DemoSupply[] } = {
  store: 'griya-laweyan',
  staff: { email: 'staff@pasar.test', name: 'Rina Gudang', permissions: ['ORDERS', 'STOCK', 'SUPPLY'] },
  supplies: [
    {
      supplier: 'Kampung Batik Laweyan',
      contact: 'Pak Harjo, 0271-555-0134',
      note: 'Kain mori dan batik cap; kirim setiap Selasa.',
      orders: [
        {
          note: 'Untuk liburan sekolah',
          lines: [
            { product: 'kain-batik-cap-parang-barong', quantity: 40, unitCost: 11_000_000 },
            { product: 'iket-siap-pakai-sogan-parang', quantity: 60, unitCost: 4_200_000 },
          ],
          received: 'SJ-2041',
        },
        {
          note: '',
          lines: [{ product: 'kain-batik-tulis-parang-barong', quantity: 6, unitCost: 52_000_000 }],
        },
      ],
    },
    { supplier: 'Tenun Lurik Klaten', contact: 'lurik.klaten@example.test', note: '', orders: [] },
  ],
};

export interface DemoOffer {
  store: string;
  /** Of another store. */
  product: string;
  /** Hundredths of a per cent of its price. */
  basisPoints: number;
  stock: number;
}

export const offers: readonly DemoOffer[] = [
  { store: 'mega-pesisir', product: 'blangkon-sogan-parang', basisPoints: 9_500, stock: 12 },
  {
    store: 'kebun-lampung',
    product: 'kopi-arabika-gayo-atu-lintang-sangrai-sedang',
    basisPoints: 10_400,
    stock: 30,
  },
];

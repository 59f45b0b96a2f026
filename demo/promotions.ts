/** What a market opens with to save on; amounts in sen, the minor unit of IDR. */
export interface DemoPromotion {
  /** Slug of a store; empty for the platform. */
  store: string;
  /** Of a voucher. */
  code: string;
  name: string;
  description: string;
  benefit: DemoBenefit;
  minSpend?: number;
  /** Slugs. */
  categories?: readonly string[];
  firstOrderOnly?: boolean;
  quota?: number;
  perCustomer?: number;
  /** Does not go with other vouchers. */
  alone?: boolean;
}

export type DemoBenefit =
  | { kind: 'percentage'; basisPoints: number; cap?: number }
  | { kind: 'fixed'; amount: number }
  | { kind: 'freeShipping'; cap: number }
  | { kind: 'buyXGetY'; buy: number; get: number };

export interface DemoFlashSale {
  store: string;
  name: string;
  /** Slugs; the first variant of each. */
  products: readonly string[];
  /** Hundredths of a per cent off the usual price. */
  basisPoints: number;
  stock: number;
  perCustomer: number;
}

export const promotions: readonly DemoPromotion[] = [
  {
    store: '',
    code: 'SELAMATDATANG',
    name: 'Selamat datang',
    description: 'Potongan 10% sampai Rp 25.000 untuk pesanan pertama Anda.',
    benefit: { kind: 'percentage', basisPoints: 1000, cap: 2_500_000 },
    firstOrderOnly: true,
    perCustomer: 1,
  },
  {
    store: '',
    code: 'ONGKIRHEMAT',
    name: 'Ongkir hemat',
    description: 'Gratis ongkos kirim sampai Rp 20.000 dengan belanja mulai Rp 100.000.',
    benefit: { kind: 'freeShipping', cap: 2_000_000 },
    minSpend: 10_000_000,
    perCustomer: 5,
  },
  {
    store: '',
    code: 'BESAR50',
    name: 'Lima puluh ribu',
    description:
      'Potongan Rp 50.000 dengan belanja mulai Rp 500.000, tidak bisa digabung. Untuk 100 pembeli pertama.',
    benefit: { kind: 'fixed', amount: 5_000_000 },
    minSpend: 50_000_000,
    quota: 100,
    perCustomer: 1,
    alone: true,
  },
  {
    store: 'griya-laweyan',
    code: 'LAWEYAN15',
    name: 'Batik Laweyan 15%',
    description: 'Potongan 15% sampai Rp 75.000 untuk belanja mulai Rp 200.000 di toko kami.',
    benefit: { kind: 'percentage', basisPoints: 1500, cap: 7_500_000 },
    minSpend: 20_000_000,
    quota: 500,
  },
  {
    store: 'dapur-semawis',
    code: '',
    name: 'Beli dua, gratis satu',
    description: 'Camilan dan kue kering: dari setiap tiga, yang termurah gratis.',
    benefit: { kind: 'buyXGetY', buy: 2, get: 1 },
    categories: ['camilan', 'kue-kering'],
  },
];

export const flashSale: DemoFlashSale = {
  store: 'griya-laweyan',
  name: 'Kilat batik',
  products: [
    'kemeja-batik-lengan-pendek-parang-sogan',
    'kain-batik-cap-parang-barong',
    'jaket-garis-lurik',
    'iket-siap-pakai-sogan-parang',
  ],
  basisPoints: 3000,
  stock: 25,
  perCustomer: 2,
};

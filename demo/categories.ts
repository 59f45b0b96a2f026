/** A category; parents stand before their children, siblings in their order. */
export interface DemoCategory {
  slug: string;
  name: string;
  nameEn: string;
  /** Slug of the parent; empty at the root. */
  parent: string;
  /** Order among siblings, from 0. */
  position: number;
  /** Its own attributes; those of its parent hold for it too. */
  attributes: readonly DemoAttribute[];
}

/** A property that products of a category have. Values are text: a number in digits, `true` or `false`. */
export interface DemoAttribute {
  name: string;
  label: string;
  labelEn: string;
  kind: 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'CHOICE';
  /** What a `CHOICE` may be; empty for the other kinds. */
  options: readonly string[];
  required: boolean;
}

type Names = readonly [slug: string, name: string, nameEn: string];
type Branch = readonly [names: Names, attributes: DemoAttribute[], leaves: readonly Leaf[]];
type Leaf = readonly [...Names, ...DemoAttribute[]];

const text = (name: string, label: string, labelEn: string): DemoAttribute => ({
  name,
  label,
  labelEn,
  kind: 'TEXT',
  options: [],
  required: false,
});
const number = (...names: Names): DemoAttribute => ({ ...text(...names), kind: 'NUMBER' });
const flag = (...names: Names): DemoAttribute => ({ ...text(...names), kind: 'BOOLEAN' });
const choice = (name: string, label: string, labelEn: string, ...options: string[]): DemoAttribute => ({
  ...text(name, label, labelEn),
  kind: 'CHOICE',
  options,
});
const required = (attribute: DemoAttribute): DemoAttribute => ({ ...attribute, required: true });

const heat = choice(
  'tingkat_pedas',
  'Tingkat pedas',
  'Heat',
  'Tidak pedas',
  'Sedang',
  'Pedas',
  'Sangat pedas',
);
const pages = number('jumlah_halaman', 'Jumlah halaman', 'Pages');
const cover = choice('sampul', 'Sampul', 'Cover', 'Tipis', 'Tebal', 'Kain');

const tree: readonly Branch[] = [
  [
    ['batik-tenun', 'Batik & Tenun', 'Batik & Weaving'],
    [
      required(
        choice(
          'bahan',
          'Bahan',
          'Material',
          'Katun',
          'Katun Primisima',
          'Sutra',
          'Rayon',
          'Benang Tenun Katun',
        ),
      ),
      choice(
        'teknik',
        'Teknik',
        'Technique',
        'Tulis',
        'Cap',
        'Tenun',
        'Ikat',
        'Songket',
        'Jumputan',
        'Jahit',
      ),
      text('asal', 'Asal', 'Origin'),
      text('ukuran_kain', 'Ukuran kain', 'Cloth size'),
    ],
    [
      ['kain-batik', 'Kain Batik', 'Batik Cloth'],
      ['sarung', 'Sarung', 'Sarongs'],
      ['tenun-ikat', 'Tenun Ikat & Ulos', 'Ikat & Ulos'],
      ['songket', 'Songket', 'Songket'],
      ['selendang', 'Selendang & Syal', 'Shawls & Scarves'],
      ['ikat-kepala', 'Ikat Kepala', 'Headwear'],
    ],
  ],
  [
    ['pakaian', 'Pakaian', 'Clothing'],
    [
      required(
        choice(
          'bahan',
          'Bahan',
          'Material',
          'Katun',
          'Katun Combed',
          'Linen',
          'Rayon',
          'Brokat',
          'Voal',
          'Kanvas',
        ),
      ),
      text('tabel_ukuran', 'Tabel ukuran', 'Size chart'),
      text('perawatan', 'Perawatan', 'Care'),
    ],
    [
      ['kemeja', 'Kemeja Batik', 'Batik Shirts'],
      ['kebaya-blus', 'Kebaya & Gaun', 'Kebaya & Dresses'],
      ['kaus', 'Kaus', 'T-Shirts'],
      ['kerudung', 'Kerudung', 'Headscarves'],
      ['jaket-luaran', 'Jaket & Luaran', 'Jackets & Outerwear'],
      ['celana-rok', 'Celana & Rok', 'Trousers & Skirts'],
    ],
  ],
  [
    ['sepatu-tas', 'Sepatu & Tas', 'Shoes & Bags'],
    [
      required(
        choice(
          'bahan',
          'Bahan',
          'Material',
          'Kulit Sapi',
          'Kanvas',
          'Pandan',
          'Serat Kayu',
          'Nilon',
          'Suede',
        ),
      ),
    ],
    [
      ['sepatu', 'Sepatu', 'Shoes', text('bahan_sol', 'Bahan sol', 'Sole')],
      ['sandal', 'Sandal', 'Sandals', text('bahan_sol', 'Bahan sol', 'Sole')],
      ['tas-anyam', 'Tas Anyam & Noken', 'Woven Bags & Noken'],
      ['ransel', 'Ransel', 'Backpacks', number('kapasitas_liter', 'Kapasitas (liter)', 'Capacity (litres)')],
      ['dompet-sabuk', 'Dompet & Ikat Pinggang', 'Wallets & Belts'],
    ],
  ],
  [
    ['kopi-teh', 'Kopi & Teh', 'Coffee & Tea'],
    [text('asal', 'Asal', 'Origin')],
    [
      [
        'biji-kopi',
        'Kopi',
        'Coffee',
        required(choice('tingkat_sangrai', 'Tingkat sangrai', 'Roast level', 'Terang', 'Sedang', 'Gelap')),
        choice('proses', 'Proses', 'Process', 'Basah', 'Kering', 'Madu', 'Giling Basah'),
        number('ketinggian_mdpl', 'Ketinggian kebun (mdpl)', 'Altitude (m)'),
      ],
      ['teh', 'Teh', 'Tea'],
      ['minuman-rempah', 'Minuman Rempah', 'Spice Drinks'],
      ['cokelat', 'Cokelat', 'Chocolate', number('kadar_kakao', 'Kadar kakao (%)', 'Cocoa (%)')],
      ['alat-seduh', 'Alat Seduh', 'Brewing Gear', text('bahan', 'Bahan', 'Material')],
    ],
  ],
  [
    ['makanan-bumbu', 'Makanan & Bumbu', 'Food & Spices'],
    [
      required(text('komposisi', 'Komposisi', 'Ingredients')),
      number('masa_simpan_bulan', 'Masa simpan (bulan)', 'Shelf life (months)'),
    ],
    [
      ['madu-gula', 'Madu & Gula', 'Honey & Sugar'],
      ['sambal-kecap', 'Sambal & Kecap', 'Sambal & Soy Sauce', heat],
      ['beras', 'Beras', 'Rice'],
      ['camilan', 'Camilan', 'Snacks', heat],
      ['rempah-bumbu', 'Rempah & Bumbu', 'Spices & Pastes'],
      ['kue-kering', 'Kue Kering', 'Cookies'],
    ],
  ],
  [
    ['dapur', 'Dapur & Meja Makan', 'Kitchen & Dining'],
    [
      required(text('bahan', 'Bahan', 'Material')),
      flag('aman_microwave', 'Aman untuk microwave', 'Microwave safe'),
    ],
    [
      ['cangkir-teko', 'Cangkir & Teko', 'Mugs & Teapots', number('volume_ml', 'Volume (ml)', 'Volume (ml)')],
      [
        'piring-mangkuk',
        'Piring & Mangkuk',
        'Plates & Bowls',
        number('diameter_cm', 'Diameter (cm)', 'Diameter (cm)'),
      ],
      ['alat-masak', 'Alat Masak', 'Cookware', number('diameter_cm', 'Diameter (cm)', 'Diameter (cm)')],
      ['bekal-minum', 'Bekal & Botol Minum', 'Lunch Boxes & Bottles'],
    ],
  ],
  [
    ['rumah-taman', 'Rumah & Taman', 'Home & Garden'],
    [required(text('bahan', 'Bahan', 'Material'))],
    [
      ['keranjang', 'Keranjang', 'Baskets'],
      ['lampu-lilin', 'Lampu & Lilin', 'Lamps & Candles'],
      ['tekstil-rumah', 'Tekstil Rumah', 'Home Textiles'],
      ['hiasan-rumah', 'Hiasan Rumah', 'Decoration'],
      [
        'tanaman-pot',
        'Tanaman & Kebun',
        'Plants & Gardening',
        choice('cahaya', 'Kebutuhan cahaya', 'Light', 'Matahari penuh', 'Terang teduh', 'Teduh'),
      ],
    ],
  ],
  [
    ['elektronik', 'Elektronik', 'Electronics'],
    [
      required(number('garansi_bulan', 'Garansi (bulan)', 'Warranty (months)')),
      choice('konektivitas', 'Konektivitas', 'Connectivity', 'Nirkabel', 'Kabel USB-C', 'Nirkabel dan kabel'),
    ],
    [
      ['audio', 'Audio', 'Audio', number('baterai_jam', 'Daya tahan baterai (jam)', 'Battery life (hours)')],
      ['aksesori-ponsel', 'Aksesori Ponsel', 'Phone Accessories'],
      ['komputer', 'Aksesori Komputer', 'Computer Accessories'],
      [
        'elektronik-rumah',
        'Elektronik Rumah',
        'Home Electronics',
        number('daya_watt', 'Daya (watt)', 'Power (watts)'),
      ],
    ],
  ],
  [
    ['kecantikan', 'Kecantikan & Perawatan', 'Beauty & Care'],
    [
      required(text('bahan_utama', 'Bahan utama', 'Key ingredient')),
      choice('jenis_kulit', 'Jenis kulit', 'Skin type', 'Semua', 'Kering', 'Berminyak', 'Sensitif'),
    ],
    [
      ['sabun-mandi', 'Sabun & Mandi', 'Soap & Bath'],
      ['perawatan-wajah', 'Perawatan Wajah', 'Face Care'],
      ['perawatan-tubuh', 'Perawatan Tubuh', 'Body Care'],
      [
        'perawatan-rambut',
        'Perawatan Rambut',
        'Hair Care',
        choice('jenis_rambut', 'Jenis rambut', 'Hair type', 'Semua', 'Kering', 'Berminyak', 'Rontok'),
      ],
      ['riasan', 'Riasan', 'Make-Up'],
      ['aromaterapi', 'Aromaterapi', 'Aromatherapy'],
    ],
  ],
  [
    ['buku-alat-tulis', 'Buku & Alat Tulis', 'Books & Stationery'],
    [],
    [
      [
        'novel-cerita',
        'Novel & Cerita',
        'Novels & Stories',
        required(text('penulis', 'Penulis', 'Author')),
        pages,
        cover,
      ],
      [
        'buku-anak',
        'Buku Anak',
        "Children's Books",
        required(text('penulis', 'Penulis', 'Author')),
        pages,
        cover,
      ],
      [
        'buku-masak',
        'Buku Masak & Hobi',
        'Cooking & Hobbies',
        required(text('penulis', 'Penulis', 'Author')),
        pages,
        cover,
      ],
      [
        'buku-catatan',
        'Buku Catatan & Kartu',
        'Notebooks & Cards',
        text('kertas', 'Kertas', 'Paper'),
        pages,
        cover,
      ],
      ['alat-gambar', 'Alat Gambar', 'Art Supplies', text('isi_set', 'Isi set', 'In the set')],
    ],
  ],
  [
    ['mainan-bayi', 'Mainan & Bayi', 'Toys & Baby'],
    [
      required(choice('usia', 'Usia', 'Age', '0–12 bulan', '1–3 tahun', '3–6 tahun', '6 tahun ke atas')),
      text('bahan', 'Bahan', 'Material'),
    ],
    [
      ['boneka', 'Boneka', 'Soft Toys'],
      ['mainan-kayu', 'Mainan Kayu', 'Wooden Toys'],
      ['permainan-tradisional', 'Permainan Tradisional', 'Traditional Games'],
      ['perlengkapan-bayi', 'Perlengkapan Bayi', 'Baby Essentials'],
    ],
  ],
  [
    ['musik-olahraga', 'Musik & Olahraga', 'Music & Sports'],
    [
      required(text('bahan', 'Bahan', 'Material')),
      choice('tingkat', 'Tingkat', 'Level', 'Pemula', 'Menengah', 'Mahir', 'Semua'),
    ],
    [
      ['alat-musik', 'Alat Musik', 'Instruments'],
      ['sepeda', 'Sepeda & Aksesori', 'Cycling'],
      ['olahraga', 'Olahraga', 'Sports'],
      ['kemah', 'Kemah & Alam', 'Camping & Outdoors'],
    ],
  ],
];

/** The category tree as a list: 12 at the root, each with its sub-categories after it. */
export const categories: readonly DemoCategory[] = tree.flatMap(
  ([[slug, name, nameEn], attributes, leaves], position) => [
    { slug, name, nameEn, parent: '', position, attributes },
    ...leaves.map(([leaf, leafName, leafNameEn, ...own], index) => ({
      slug: leaf,
      name: leafName,
      nameEn: leafNameEn,
      parent: slug,
      position: index,
      attributes: own,
    })),
  ],
);

const bySlug = new Map(categories.map((category) => [category.slug, category]));

/** The slug at the root above a category (its own at the root); throws on an unknown slug. */
export function rootOf(slug: string): string {
  const category = bySlug.get(slug);
  if (!category) throw new Error(`no category ${slug}`);
  return category.parent || category.slug;
}

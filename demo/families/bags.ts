import { choiceAxis, colourAxis, type Family } from '../family.js';

export const bags: readonly Family[] = [
  {
    drawing: 'woven-bag',
    category: 'tas-anyam',
    sellers: ['anyam-tasik'],
    brands: ['anyam-langit', ''],
    axes: [colourAxis(2, 'Krem', 'Cokelat', 'Merah Bata', 'Hijau Sage', 'Hitam')],
    attributes: { bahan: 'Pandan' },
    lines: [
      {
        title: ['Tas Jinjing Pandan {style}', '{style} Pandan Tote'],
        about: [
          'Tas jinjing dari pandan yang direbus, dijemur, lalu dianyam rapat oleh perajin Rajapolah.',
          'A tote of pandan leaf, boiled, sun-dried and tightly woven by hand.',
        ],
        price: 139_000,
        grams: 380,
        box: [380, 300, 120],
      },
      {
        title: ['Tas Selempang Anyam {style}', '{style} Woven Crossbody Bag'],
        about: [
          'Tas selempang kecil berfuring katun, muat ponsel, dompet, dan kacamata.',
          'A small crossbody bag lined with cotton; it takes a phone, a wallet and glasses.',
        ],
        price: 119_000,
        grams: 260,
        box: [260, 200, 90],
      },
    ],
    styles: [
      {
        name: ['Tali Kulit', 'Leather-Strap'],
        about: [
          'Talinya kulit sapi yang dikeling ganda, kuat dan makin lembut bila sering dipakai.',
          'The double-riveted leather strap is strong, and softens with use.',
        ],
        priceFactor: 1.25,
      },
      {
        name: ['Motif Ceplok', 'Ceplok Pattern'],
        about: [
          'Pola ceplok tersusun dari pandan alami dan pandan celup.',
          'The ceplok pattern mixes natural and dyed leaf.',
        ],
        motif: 'ceplok',
      },
      {
        name: ['Garis Pantai', 'Shoreline Stripe'],
        about: [
          'Garis mendatar dua warna mengingatkan pada pasir dan laut.',
          'Two-tone bands recall sand and sea.',
        ],
        motif: 'lereng',
      },
    ],
    closings: [
      ['Jangan direndam; cukup dilap lalu diangin-anginkan.', 'Do not soak it; wipe and air it.'],
      ['Pesanan hari ini dikirim besok pagi.', 'Ordered today, sent tomorrow morning.'],
      ['Setiap tas sedikit berbeda karena dianyam tangan.', 'Woven by hand, so each one differs a little.'],
    ],
  },
  {
    drawing: 'noken',
    category: 'tas-anyam',
    sellers: ['noken-cenderawasih'],
    brands: [''],
    attributes: { bahan: 'Serat Kayu' },
    axes: [
      choiceAxis(['Ukuran', 'Size'], ['Kecil', 'Small'], ['Sedang', 'Medium', 1.45], ['Besar', 'Large', 2.1]),
    ],
    lines: [
      {
        title: ['Noken Rajut {style}', '{style} Knotted Noken'],
        about: [
          'Noken dirajut dari serat kulit kayu yang dipilin di paha, tanpa jarum dan tanpa mesin.',
          'Knotted from bark fibre rolled on the thigh, without needle or machine.',
        ],
        price: 185_000,
        grams: 240,
        box: [280, 220, 60],
      },
      {
        title: ['Noken Selempang Mini {style}', '{style} Mini Crossbody Noken'],
        about: [
          'Noken kecil seukuran ponsel dan dompet, bertali panjang untuk diselempangkan.',
          'A small noken for a phone and a wallet, with a long strap to wear across the body.',
        ],
        price: 125_000,
        grams: 140,
        box: [220, 180, 40],
        axes: [choiceAxis(['Panjang tali', 'Strap'], ['90 cm', '90 cm'], ['120 cm', '120 cm'])],
      },
    ],
    styles: [
      {
        name: ['Serat Alami', 'Natural Fibre'],
        about: [
          'Warna serat dibiarkan apa adanya, krem hangat dan kuat.',
          'The fibre keeps its own warm, creamy colour.',
        ],
        tint: 'Krem',
        motif: 'nitik',
      },
      {
        name: ['Lembah Baliem', 'Baliem Valley'],
        about: [
          'Garis merah dan ungu diwarnai buah hutan dari Lembah Baliem.',
          'Its red and purple bands are dyed with forest fruits from the Baliem valley.',
        ],
        tint: 'Merah Bata',
        motif: 'lereng',
      },
      {
        name: ['Anggrek Kuning', 'Yellow Orchid'],
        about: [
          'Dihiasi serat anggrek kuning yang langka, biasanya untuk upacara.',
          'Trimmed with rare yellow orchid fibre, usually kept for ceremonies.',
        ],
        tint: 'Kuning Kunyit',
        motif: 'tumpal',
        priceFactor: 2.2,
      },
      {
        name: ['Danau Sentani', 'Lake Sentani'],
        about: [
          'Pola pusaran khas Sentani disisipkan dalam warna hitam dan putih.',
          'The swirl of Lake Sentani is worked in, in black and white.',
        ],
        tint: 'Cokelat Tua',
        motif: 'sisik',
        priceFactor: 1.3,
      },
    ],
    closings: [
      [
        'Bisa melar mengikuti isi dan kembali ke bentuk semula.',
        'It stretches with its load and springs back.',
      ],
      ['Nama mama yang merajutnya tertulis di label.', 'The label bears the name of the woman who made it.'],
    ],
  },
  {
    drawing: 'backpack',
    category: 'ransel',
    sellers: ['ruang-jahit', 'arek-gowes'],
    brands: ['ransel-rimba'],
    axes: [colourAxis(3, 'Hitam', 'Hijau Lumut', 'Biru Nila', 'Terakota', 'Abu-abu', 'Kuning Kunyit')],
    lines: [
      {
        title: ['Ransel Laptop {style}', '{style} Laptop Backpack'],
        about: [
          'Ransel 20 liter dengan sekat empuk untuk laptop 15 inci dan saku botol di kedua sisi.',
          'A 20-litre pack with a padded sleeve for a 15-inch laptop and a bottle pocket on each side.',
        ],
        price: 299_000,
        grams: 780,
        box: [450, 300, 120],
        attributes: { bahan: 'Nilon', kapasitas_liter: '20' },
      },
      {
        title: ['Ransel Harian {style}', '{style} Daypack'],
        about: [
          'Ransel 14 liter yang ringkas untuk sekolah, kuliah, dan piknik singkat.',
          'A compact 14-litre pack for school, college and short outings.',
        ],
        price: 189_000,
        grams: 480,
        box: [400, 270, 100],
        attributes: { bahan: 'Kanvas', kapasitas_liter: '14' },
      },
    ],
    styles: [
      {
        name: ['Tahan Hujan', 'Rainproof'],
        about: [
          'Kainnya dilapisi antiair dan ritsletingnya tertutup lidah kain.',
          'The cloth is coated and the zips sit under a flap.',
        ],
      },
      {
        name: ['Gulung Atas', 'Roll-Top'],
        about: [
          'Bukaan atasnya digulung, sehingga isinya bisa bertambah sepertiga.',
          'The roll-top opening gives a third more room when needed.',
        ],
      },
      {
        name: ['Aksen Ikat', 'Ikat Accent'],
        about: ['Saku depannya memakai tenun ikat asli.', 'The front pocket is real hand-woven ikat.'],
        motif: 'ikat',
        priceFactor: 1.15,
      },
      {
        name: ['Komuter Ringan', 'Light Commuter'],
        about: [
          'Bantalan punggung berongga membuat kemeja tidak basah keringat.',
          'A ventilated back keeps the shirt dry.',
        ],
        seller: 'arek-gowes',
      },
    ],
    closings: [
      ['Garansi ritsleting dua tahun.', 'The zips are guaranteed for two years.'],
      ['Pita pemantul cahaya menambah aman saat malam.', 'A reflective strip adds safety at night.'],
      ['Ada saku rahasia di bagian punggung.', 'There is a hidden pocket at the back.'],
    ],
  },
  {
    drawing: 'wallet',
    category: 'dompet-sabuk',
    sellers: ['langkah-cibaduyut'],
    brands: ['kembara-kulit'],
    axes: [colourAxis(3, 'Cokelat', 'Hitam', 'Cokelat Tua', 'Merah Bata')],
    attributes: { bahan: 'Kulit Sapi' },
    lines: [
      {
        title: ['Dompet Lipat {style}', '{style} Bifold Wallet'],
        about: [
          'Dompet lipat tipis dari satu lembar kulit, muat enam kartu dan uang tanpa dilipat dua.',
          'A slim bifold from a single hide, for six cards and unfolded notes.',
        ],
        price: 159_000,
        grams: 90,
        box: [130, 110, 30],
      },
      {
        title: ['Dompet Panjang {style}', '{style} Long Wallet'],
        about: [
          'Dompet panjang dengan ritsleting keliling, ada tempat ponsel dan dua belas kartu.',
          'A zip-around long wallet with room for a phone and twelve cards.',
        ],
        price: 219_000,
        grams: 160,
        box: [220, 120, 40],
      },
    ],
    styles: [
      {
        name: ['Jahit Tangan', 'Hand-Stitched'],
        about: [
          'Dijahit pelana dengan benang lilin, kuat walau satu jahitan putus.',
          'Saddle-stitched in waxed thread; it holds even if a stitch breaks.',
        ],
      },
      {
        name: ['Timbul Parang', 'Embossed Parang'],
        about: ['Motif parang ditekan timbul di bagian muka.', 'The parang motif is pressed into the front.'],
        motif: 'parang',
        priceFactor: 1.12,
      },
      {
        name: ['Kulit Pudar', 'Pull-Up Leather'],
        about: [
          'Kulit berminyak yang berubah rona saat dilipat.',
          'Oiled leather that shifts in tone as it is folded.',
        ],
      },
    ],
    closings: [
      [
        'Bisa diberi inisial nama tanpa biaya, tulis di catatan pesanan.',
        'Free initials: tell us in the order note.',
      ],
      ['Kemasan kotak kayu kecil tersedia di toko.', 'A small wooden gift box is available in the store.'],
    ],
  },
  {
    drawing: 'belt',
    category: 'dompet-sabuk',
    sellers: ['langkah-cibaduyut'],
    brands: ['kembara-kulit'],
    axes: [
      choiceAxis(
        ['Panjang', 'Length'],
        ['100 cm', '100 cm'],
        ['110 cm', '110 cm'],
        ['120 cm', '120 cm', 1.06],
      ),
      colourAxis(2, 'Hitam', 'Cokelat', 'Cokelat Tua'),
    ],
    attributes: { bahan: 'Kulit Sapi' },
    lines: [
      {
        title: ['Ikat Pinggang Kulit {style}', '{style} Leather Belt'],
        about: [
          'Ikat pinggang selebar 3,5 cm dari kulit utuh tanpa sambungan, tidak mengelupas.',
          'A 3.5 cm belt of one solid hide that does not peel.',
        ],
        price: 145_000,
        grams: 230,
        box: [140, 130, 60],
      },
    ],
    styles: [
      {
        name: ['Gesper Kuningan', 'Brass-Buckled'],
        about: [
          'Gespernya kuningan cor yang warnanya menua dengan indah.',
          'Its cast brass buckle ages beautifully.',
        ],
        tint: 'Cokelat',
      },
      {
        name: ['Anyam Elastis', 'Braided Stretch'],
        about: [
          'Anyamannya sedikit melar sehingga pas di lubang mana pun.',
          'The braid gives a little, so it fits at any point.',
        ],
        tint: 'Cokelat Tua',
        motif: 'kotak',
      },
      {
        name: ['Formal Polos', 'Plain Formal'],
        about: [
          'Permukaan halus dan gesper ramping untuk setelan kerja.',
          'A smooth face and a slim buckle for a working suit.',
        ],
        tint: 'Hitam',
      },
    ],
    closings: [
      ['Lubang tambahan bisa kami buatkan sebelum dikirim.', 'We punch extra holes on request.'],
      ['Garansi gesper seumur pakai.', 'The buckle is guaranteed for life.'],
    ],
  },
];

import { choiceAxis, colourAxis, type Family, packAxis } from '../family.js';

export const toys: readonly Family[] = [
  {
    drawing: 'plush-orangutan',
    category: 'boneka',
    sellers: ['si-kecil-ceria'],
    brands: ['kapuk-kawan'],
    axes: [choiceAxis(['Ukuran', 'Size'], ['25 cm', '25 cm'], ['40 cm', '40 cm', 1.7])],
    attributes: { bahan: 'Katun dan dakron' },
    lines: [
      {
        title: ['Boneka Orang Utan {style}', '{style} Orangutan Soft Toy'],
        about: [
          'Boneka orang utan berlengan panjang yang bisa memeluk leher.',
          'A long-armed orangutan that can hug you round the neck.',
        ],
        price: 115_000,
        grams: 220,
        box: [280, 200, 150],
        tint: 'Terakota',
      },
      {
        title: ['Boneka Gajah {style}', '{style} Elephant Soft Toy'],
        about: [
          'Boneka gajah Sumatra dengan telinga lebar yang enak digenggam bayi.',
          'A Sumatran elephant with wide ears that small hands love.',
        ],
        price: 109_000,
        grams: 230,
        box: [280, 200, 160],
        drawing: 'plush-elephant',
        tint: 'Abu-abu',
      },
      {
        title: ['Boneka Penyu {style}', '{style} Turtle Soft Toy'],
        about: [
          'Boneka penyu bercangkang empuk, bantal kecil untuk perjalanan.',
          'A soft-shelled turtle that doubles as a travel pillow.',
        ],
        price: 99_000,
        grams: 200,
        box: [280, 240, 120],
        drawing: 'plush-turtle',
        tint: 'Hijau Lumut',
      },
    ],
    styles: [
      {
        name: ['Klasik', 'Classic'],
        about: [
          'Warnanya mendekati aslinya supaya anak mengenal satwanya.',
          'Its colours are close to life, so children learn the animal.',
        ],
        attributes: { usia: '1–3 tahun' },
      },
      {
        name: ['Perca Batik', 'Batik Patch'],
        about: [
          'Perut dan telapaknya dari perca batik, jadi tidak ada yang kembar.',
          'Tummy and paws are batik scraps, so no two are twins.',
        ],
        motif: 'kawung',
        tint: 'Merah Bata',
        priceFactor: 1.2,
        attributes: { usia: '3–6 tahun' },
      },
      {
        name: ['Rajut', 'Crocheted'],
        about: [
          'Dirajut tangan dari benang katun selama dua hari.',
          'Hand-crocheted in cotton over two days.',
        ],
        tint: 'Hijau Sage',
        priceFactor: 1.5,
        motif: 'nitik',
        attributes: { usia: '3–6 tahun' },
      },
    ],
    closings: [
      ['Matanya dibordir sehingga aman untuk bayi.', 'The eyes are embroidered, so it is safe for babies.'],
      ['Boleh dicuci mesin dalam sarung bantal.', 'Machine-washable inside a pillowcase.'],
      [
        'Sebagian hasil penjualan untuk pusat rehabilitasi satwa.',
        'Part of the proceeds goes to a wildlife rescue centre.',
      ],
    ],
  },
  {
    drawing: 'wooden-truck',
    category: 'mainan-kayu',
    sellers: ['kayu-jepara', 'si-kecil-ceria'],
    brands: ['dolan-kayu'],
    attributes: { bahan: 'Kayu mahoni' },
    lines: [
      {
        title: ['Mobil Kayu {style}', 'Wooden {style}'],
        about: [
          'Mobil kayu dengan roda yang berputar halus dan semua sudut ditumpulkan.',
          'A wooden vehicle with smooth wheels and every corner rounded.',
        ],
        price: 85_000,
        grams: 380,
        box: [220, 120, 130],
        axes: [colourAxis(2, 'Merah Cabai', 'Kuning Kunyit', 'Biru Laut', 'Hijau Daun')],
      },
    ],
    styles: [
      {
        name: ['Truk Pasir', 'Sand Truck'],
        about: ['Baknya bisa dijungkitkan untuk menumpahkan kelereng.', 'The bed tips to pour out marbles.'],
        attributes: { usia: '1–3 tahun' },
      },
      {
        name: ['Truk Sayur', 'Vegetable Truck'],
        about: [
          'Membawa enam sayur kayu kecil ke pasar.',
          'It carries six little wooden vegetables to market.',
        ],
        priceFactor: 1.3,
        attributes: { usia: '3–6 tahun' },
      },
      {
        name: ['Oplet Tua', 'Vintage Oplet'],
        about: [
          'Bentuk oplet tahun lima puluhan yang disukai ayah dan anak.',
          'An oplet of the fifties, loved by fathers and children.',
        ],
        priceFactor: 1.2,
        attributes: { usia: '3–6 tahun' },
      },
    ],
    closings: [
      ['Catnya berbahan air dan aman digigit.', 'The water-based paint is safe to bite.'],
      ['Rodanya bisa diganti bila hilang.', 'Lost wheels can be replaced.'],
    ],
  },
  {
    drawing: 'stacking-rings',
    category: 'mainan-kayu',
    sellers: ['kayu-jepara', 'si-kecil-ceria'],
    brands: ['dolan-kayu'],
    attributes: { bahan: 'Kayu karet', usia: '1–3 tahun' },
    lines: [
      {
        title: ['Menara Susun {style}', '{style} Stacking Tower'],
        about: [
          'Menara susun yang melatih mata, tangan, dan kesabaran.',
          'A stacking tower that trains eye, hand and patience.',
        ],
        price: 79_000,
        grams: 420,
        box: [140, 140, 210],
      },
    ],
    styles: [
      {
        name: ['Tujuh Warna', 'Seven-Colour'],
        about: [
          'Tujuh gelang dari besar ke kecil dengan warna pelangi hangat.',
          'Seven rings from large to small in warm rainbow colours.',
        ],
        tint: 'Merah Cabai',
      },
      {
        name: ['Candi', 'Temple'],
        about: [
          'Bentuknya seperti candi kecil dengan stupa di puncak.',
          'Shaped like a little temple with a stupa on top.',
        ],
        tint: 'Mocca',
        priceFactor: 1.2,
      },
      {
        name: ['Pastel', 'Pastel'],
        about: ['Warna pastel yang manis dipajang di kamar bayi.', 'Pastels that look sweet in the nursery.'],
        tint: 'Merah Muda',
      },
    ],
    closings: [
      ['Dipoles minyak kelapa dan lilin lebah.', 'Polished with coconut oil and beeswax.'],
      ['Setiap keping lebih besar dari kepalan bayi.', 'Every piece is larger than a baby’s fist.'],
    ],
  },
  {
    drawing: 'puzzle',
    category: 'mainan-kayu',
    sellers: ['si-kecil-ceria', 'kayu-jepara'],
    brands: ['dolan-kayu'],
    attributes: { bahan: 'Kayu lapis' },
    lines: [
      {
        title: ['Puzzle Kayu {style}', '{style} Wooden Puzzle'],
        about: [
          'Puzzle kayu tebal dengan potongan yang pas dan tepi halus.',
          'A thick wooden puzzle with a snug fit and smooth edges.',
        ],
        price: 65_000,
        grams: 360,
        box: [300, 225, 12],
      },
    ],
    styles: [
      {
        name: ['Peta Nusantara', 'Map of the Islands'],
        about: [
          'Tiga puluh delapan provinsi, masing-masing satu keping.',
          'Thirty-eight provinces, each a piece of its own.',
        ],
        tint: 'Biru Laut',
        priceFactor: 1.3,
        attributes: { usia: '6 tahun ke atas' },
      },
      {
        name: ['Satwa Hutan', 'Forest Animals'],
        about: [
          'Dua belas satwa dengan kenop kecil untuk jari mungil.',
          'Twelve animals with knobs for small fingers.',
        ],
        tint: 'Hijau Daun',
        attributes: { usia: '1–3 tahun' },
      },
      {
        name: ['Huruf dan Angka', 'Letters and Numbers'],
        about: [
          'Huruf A sampai Z dan angka dengan gambar di baliknya.',
          'A to Z and the digits, with a picture beneath each.',
        ],
        tint: 'Jingga',
        attributes: { usia: '3–6 tahun' },
      },
    ],
    closings: [
      ['Kepingan yang hilang bisa dipesan satuan.', 'Lost pieces can be ordered one by one.'],
      ['Dilengkapi kantong kain.', 'Comes in a cloth bag.'],
    ],
  },
  {
    drawing: 'congklak',
    category: 'permainan-tradisional',
    sellers: ['kayu-jepara', 'lorong-kreatif'],
    brands: ['dolan-kayu', ''],
    attributes: { usia: '6 tahun ke atas' },
    lines: [
      {
        title: ['Congklak {style}', '{style} Congklak Board'],
        about: [
          'Papan congklak enam belas lubang lengkap dengan seratus biji.',
          'A sixteen-hole congklak board with a hundred counters.',
        ],
        price: 125_000,
        grams: 900,
        box: [520, 160, 70],
        axes: [
          choiceAxis(
            ['Biji', 'Counters'],
            ['Kulit kerang', 'Cowrie shells'],
            ['Batu kali', 'River pebbles', 0.92],
          ),
        ],
      },
    ],
    styles: [
      {
        name: ['Perahu Ukir', 'Carved Boat'],
        about: [
          'Kedua ujungnya diukir seperti haluan perahu.',
          'Both ends are carved like the prow of a boat.',
        ],
        tint: 'Cokelat',
        priceFactor: 1.4,
        attributes: { bahan: 'Kayu jati' },
      },
      {
        name: ['Lipat', 'Folding'],
        about: ['Bisa dilipat dua sehingga mudah dibawa mudik.', 'It folds in two for the journey home.'],
        tint: 'Mocca',
        attributes: { bahan: 'Kayu mahoni' },
      },
      {
        name: ['Lukis Bunga', 'Flower-Painted'],
        about: ['Dilukis bunga dengan tangan di sisi luarnya.', 'Flowers are hand-painted along its sides.'],
        tint: 'Merah Bata',
        priceFactor: 1.2,
        attributes: { bahan: 'Kayu sengon' },
      },
    ],
    closings: [
      ['Aturan main ditulis di kartu kecil.', 'The rules come on a small card.'],
      ['Permainan dua orang yang melatih berhitung.', 'A game for two that teaches counting.'],
    ],
  },
  {
    drawing: 'kite',
    category: 'permainan-tradisional',
    sellers: ['sekar-ubud', 'lorong-kreatif'],
    brands: [''],
    attributes: { bahan: 'Bambu dan kain parasut', usia: '6 tahun ke atas' },
    axes: [colourAxis(2, 'Merah Cabai', 'Kuning Kunyit', 'Biru Laut', 'Hijau Zamrud', 'Ungu Manggis')],
    lines: [
      {
        title: ['Layang-Layang {style}', '{style} Kite'],
        about: [
          'Layang-layang berangka bambu yang diraut seimbang dan mudah naik.',
          'A kite with a carefully balanced bamboo frame that rises easily.',
        ],
        price: 49_000,
        grams: 160,
        box: [700, 120, 30],
      },
    ],
    styles: [
      {
        name: ['Belah Ketupat', 'Diamond'],
        about: ['Bentuk klasik yang stabil, cocok untuk pemula.', 'The classic, steady shape for beginners.'],
      },
      {
        name: ['Bebean Bali', 'Balinese Bebean'],
        about: [
          'Bentuk ikan dari Bali dengan ekor panjang yang menari.',
          'The Balinese fish, with a long dancing tail.',
        ],
        priceFactor: 2.4,
        motif: 'sisik',
        seller: 'sekar-ubud',
      },
      {
        name: ['Batik Awan', 'Batik Cloud'],
        about: ['Kainnya bercetak awan mega mendung.', 'Its cloth is printed with mega mendung clouds.'],
        priceFactor: 1.5,
        motif: 'mega-mendung',
      },
    ],
    closings: [
      ['Benang lima puluh meter sudah termasuk.', 'Fifty metres of line are included.'],
      ['Mainkan jauh dari kabel listrik.', 'Fly it away from power lines.'],
    ],
  },
  {
    drawing: 'spinning-top',
    category: 'permainan-tradisional',
    sellers: ['kayu-jepara', 'bambu-bersuara'],
    brands: ['dolan-kayu'],
    attributes: { usia: '6 tahun ke atas' },
    lines: [
      {
        title: ['Gasing {style}', '{style} Spinning Top'],
        about: [
          'Gasing bubut yang berputar tenang lebih dari dua menit.',
          'A turned top that spins quietly for more than two minutes.',
        ],
        price: 38_000,
        grams: 140,
        box: [90, 90, 110],
        axes: [packAxis(['Isi', 'Pack'], ['1 buah', 1], ['3 buah', 2.7])],
      },
    ],
    styles: [
      {
        name: ['Kayu Jambu', 'Guava Wood'],
        about: ['Kayu jambu yang padat dan berat di pinggir.', 'Dense guava wood, heavy at the rim.'],
        tint: 'Terakota',
        attributes: { bahan: 'Kayu jambu' },
      },
      {
        name: ['Bambu Dengung', 'Humming Bamboo'],
        about: ['Bambu berlubang yang berdengung saat diputar.', 'Slotted bamboo that hums as it spins.'],
        tint: 'Krem',
        seller: 'bambu-bersuara',
        attributes: { bahan: 'Bambu' },
      },
      {
        name: ['Lurik Warna', 'Striped'],
        about: [
          'Gelang warnanya menyatu menjadi pelangi ketika berputar.',
          'Its bands blend into a rainbow when spun.',
        ],
        tint: 'Biru Laut',
        attributes: { bahan: 'Kayu karet' },
      },
    ],
    closings: [
      ['Tali pemutar disertakan.', 'The launching cord is included.'],
      ['Mainkan di lantai rata atau tanah padat.', 'Play on a flat floor or hard earth.'],
    ],
  },
];

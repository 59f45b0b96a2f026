import { colourAxis, type Family, sizeAxis } from '../family.js';

const adult = sizeAxis('S', 'M', 'L', 'XL', 'XXL');
const chest = 'Lebar dada: S 49 cm, M 52 cm, L 55 cm, XL 58 cm';
const waist = 'Lingkar pinggang: S 70 cm, M 76 cm, L 82 cm, XL 88 cm';

export const clothing: readonly Family[] = [
  {
    drawing: 'shirt',
    category: 'kemeja',
    sellers: ['batik-kali-loji', 'griya-laweyan', 'mega-pesisir'],
    brands: ['sekar-lawas', 'canting-senja'],
    axes: [adult],
    attributes: {
      bahan: 'Katun',
      tabel_ukuran: `${chest}, XXL 61 cm`,
      perawatan: 'Cuci lembut, setrika suhu sedang',
    },
    lines: [
      {
        title: ['Kemeja Batik Lengan Panjang {style}', '{style} Long-Sleeved Batik Shirt'],
        about: [
          'Kemeja batik berfuring tipis dengan potongan rapi, pantas untuk rapat maupun kondangan.',
          'A lightly lined batik shirt in a neat cut, right for a meeting or a wedding.',
        ],
        price: 285_000,
        grams: 310,
        box: [320, 250, 50],
      },
      {
        title: ['Kemeja Batik Lengan Pendek {style}', '{style} Short-Sleeved Batik Shirt'],
        about: [
          'Kemeja lengan pendek yang adem untuk hari kerja; motif pada saku dan kancing bertemu dengan pas.',
          'A cool short-sleeved shirt for working days; the pattern meets at the pocket and the buttons.',
        ],
        price: 175_000,
        grams: 240,
        box: [310, 240, 40],
      },
    ],
    styles: [
      {
        name: ['Parang Sogan', 'Sogan Parang'],
        about: [
          'Cokelat sogan dan garis parangnya klasik, tidak lekang oleh mode.',
          'Sogan brown and the parang stripe are a classic that does not age.',
        ],
        tint: 'Cokelat',
        motif: 'parang',
        seller: 'griya-laweyan',
      },
      {
        name: ['Mega Mendung Biru', 'Blue Mega Mendung'],
        about: [
          'Awan biru bertingkat di atas dasar gelap membuat penampilan segar tanpa berlebihan.',
          'Tiers of blue cloud on a dark ground look fresh without shouting.',
        ],
        tint: 'Biru Nila',
        motif: 'mega-mendung',
        seller: 'mega-pesisir',
      },
      {
        name: ['Kawung Arang', 'Charcoal Kawung'],
        about: [
          'Kawung berwarna arang ini mudah dipadukan dengan celana bahan warna apa pun.',
          'This charcoal kawung goes with trousers of any colour.',
        ],
        tint: 'Hitam',
        motif: 'kawung',
      },
      {
        name: ['Truntum Hijau', 'Green Truntum'],
        about: [
          'Bunga truntum kecil di atas hijau lumut memberi kesan tenang.',
          'Small truntum flowers on moss green give a calm impression.',
        ],
        tint: 'Hijau Lumut',
        motif: 'truntum',
      },
    ],
    closings: [
      ['Tersedia penukaran ukuran dalam tujuh hari.', 'Sizes can be exchanged within seven days.'],
      [
        'Potongannya reguler; pilih satu ukuran di atasnya bila suka longgar.',
        'Regular fit; take one size up for a loose one.',
      ],
      ['Kancingnya dari tempurung kelapa.', 'The buttons are coconut shell.'],
    ],
  },
  {
    drawing: 't-shirt',
    category: 'kaus',
    sellers: ['ruang-jahit', 'lorong-kreatif'],
    brands: ['kapas-pagi'],
    axes: [
      sizeAxis('S', 'M', 'L', 'XL'),
      colourAxis(3, 'Putih Gading', 'Hitam', 'Hijau Lumut', 'Biru Nila', 'Terakota', 'Abu-abu'),
    ],
    attributes: { bahan: 'Katun Combed', tabel_ukuran: chest, perawatan: 'Cuci terbalik dengan air dingin' },
    lines: [
      {
        title: ['Kaus {style}', '{style} T-Shirt'],
        about: [
          'Kaus katun combed 24s yang tebalnya pas dan tidak melar di leher.',
          'A 24s combed-cotton tee of just the right weight, with a collar that keeps its shape.',
        ],
        price: 99_000,
        grams: 190,
        box: [280, 220, 25],
      },
      {
        title: ['Kaus Lengan Panjang {style}', '{style} Long-Sleeved T-Shirt'],
        about: [
          'Kaus lengan panjang dengan rib di pergelangan, nyaman untuk berkendara pagi.',
          'A long-sleeved tee with ribbed cuffs, comfortable for a morning ride.',
        ],
        price: 129_000,
        grams: 240,
        box: [290, 220, 30],
      },
    ],
    styles: [
      {
        name: ['Gunung Pagi', 'Morning Mountain'],
        about: [
          'Gambar gunung dan matahari terbit disablon dengan tinta berbasis air.',
          'A mountain at sunrise, printed in water-based ink.',
        ],
        motif: 'tumpal',
      },
      {
        name: ['Ombak Selatan', 'Southern Wave'],
        about: [
          'Ombak laut selatan digambar ulang dengan gaya awan batik.',
          'Waves of the southern sea, redrawn like batik clouds.',
        ],
        motif: 'mega-mendung',
      },
      {
        name: ['Sisik Ikan', 'Fish Scale'],
        about: [
          'Pola sisik kecil di dada, terinspirasi kain pesisir.',
          'A small scale pattern on the chest, inspired by coastal cloth.',
        ],
        motif: 'sisik',
      },
      {
        name: ['Polos Harian', 'Plain Everyday'],
        about: [
          'Tanpa gambar dan tanpa label yang menggaruk, tinggal dipakai.',
          'No print and no scratchy label; just put it on.',
        ],
      },
    ],
    closings: [
      ['Jahitan pundak rantai ganda agar awet.', 'Double chain stitch at the shoulders for a long life.'],
      ['Susut kurang dari dua persen setelah dicuci.', 'Shrinks less than two per cent in the wash.'],
      ['Model uniseks.', 'A unisex cut.'],
    ],
  },
  {
    drawing: 'jacket',
    category: 'jaket-luaran',
    sellers: ['ruang-jahit'],
    brands: ['kapas-pagi', 'rona-teduh'],
    axes: [sizeAxis('M', 'L', 'XL'), colourAxis(2, 'Hijau Lumut', 'Biru Nila', 'Krem', 'Hitam', 'Cokelat')],
    attributes: { tabel_ukuran: 'Lebar dada: M 55 cm, L 58 cm, XL 61 cm' },
    lines: [
      {
        title: ['Jaket {style}', '{style} Jacket'],
        about: [
          'Jaket ringan untuk naik motor pagi hari, berfuring jaring dan bersaku dalam.',
          'A light jacket for morning rides, mesh-lined and with an inside pocket.',
        ],
        price: 335_000,
        grams: 620,
        box: [360, 280, 80],
        attributes: { bahan: 'Kanvas' },
      },
      {
        title: ['Luaran Kimono {style}', '{style} Kimono Jacket'],
        about: [
          'Luaran terbuka bergaya kimono yang mengubah kaus polos menjadi rapi.',
          'An open kimono-style layer that smartens up a plain tee.',
        ],
        price: 245_000,
        grams: 320,
        box: [320, 250, 50],
        attributes: { bahan: 'Katun' },
      },
    ],
    styles: [
      {
        name: ['Aksen Tenun', 'Woven Accent'],
        about: [
          'Potongan tenun ikat di dada dan punggung berasal dari sisa kain, jadi setiap potong berbeda.',
          'The ikat panels on front and back are offcuts, so each piece differs.',
        ],
        motif: 'ikat',
      },
      {
        name: ['Garis Lurik', 'Lurik Stripe'],
        about: [
          'Lurik garis rapat memberi tekstur tanpa menambah berat.',
          'Close lurik stripes add texture without weight.',
        ],
        motif: 'lereng',
        seller: 'griya-laweyan',
      },
      {
        name: ['Banyak Saku', 'Many-Pocketed'],
        about: [
          'Enam saku berpenutup untuk yang suka bepergian tanpa tas.',
          'Six flapped pockets for those who travel without a bag.',
        ],
      },
      {
        name: ['Polos Kanca', 'Plain Kanca'],
        about: [
          'Polos dengan jahitan kontras, bentuknya bersih dan mudah dipadukan.',
          'Plain with contrast stitching; a clean shape that goes with anything.',
        ],
      },
    ],
    closings: [
      [
        'Jahitannya dikunci ganda di ketiak dan saku.',
        'Seams are locked twice at the underarm and the pockets.',
      ],
      ['Model uniseks dengan bahu sedikit turun.', 'Unisex, with a slightly dropped shoulder.'],
    ],
  },
  {
    drawing: 'trousers',
    category: 'celana-rok',
    sellers: ['ruang-jahit'],
    brands: ['kapas-pagi', 'rona-teduh'],
    axes: [
      sizeAxis('S', 'M', 'L', 'XL'),
      colourAxis(3, 'Krem', 'Hitam', 'Cokelat', 'Hijau Lumut', 'Biru Nila', 'Abu-abu'),
    ],
    attributes: { tabel_ukuran: waist },
    lines: [
      {
        title: ['Celana Kulot {style}', '{style} Culottes'],
        about: [
          'Kulot lebar berpinggang karet di belakang dan rata di depan, sopan dan leluasa.',
          'Wide culottes, flat in front and elastic behind; modest and free to move in.',
        ],
        price: 149_000,
        grams: 320,
        box: [300, 240, 40],
      },
      {
        title: ['Celana Panjang {style}', '{style} Trousers'],
        about: [
          'Celana lurus dengan empat saku dan ritsleting kuat, rapi dari pagi sampai pulang kerja.',
          'Straight trousers with four pockets and a sturdy zip, neat till the end of the working day.',
        ],
        price: 189_000,
        grams: 410,
        box: [310, 250, 45],
      },
    ],
    styles: [
      {
        name: ['Linen Lega', 'Airy Linen'],
        about: [
          'Linen campuran yang sejuk dan tidak mudah kusut.',
          'A linen blend that is cool and slow to crease.',
        ],
        attributes: { bahan: 'Linen' },
      },
      {
        name: ['Kanvas Santai', 'Casual Canvas'],
        about: [
          'Kanvas lembut sedikit melar, kuat dipakai jongkok dan bersepeda.',
          'Soft canvas with a little stretch, strong enough for squatting and cycling.',
        ],
        attributes: { bahan: 'Kanvas' },
      },
      {
        name: ['Rayon Jatuh', 'Flowing Rayon'],
        about: ['Rayon padat yang jatuhnya halus di kaki.', 'Dense rayon that falls smoothly along the leg.'],
        attributes: { bahan: 'Rayon' },
      },
    ],
    closings: [
      ['Panjangnya mudah dipotong oleh penjahit langganan Anda.', 'Easily shortened by your own tailor.'],
      ['Kancing cadangan dijahit di bagian dalam.', 'A spare button is sewn inside.'],
      ['Tidak luntur dan boleh dicuci mesin.', 'Colourfast and machine-washable.'],
    ],
  },
];

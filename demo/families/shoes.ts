import { colourAxis, type Family, sizeAxis } from '../family.js';

const shoeSizes = sizeAxis('37', '38', '39', '40', '41', '42', '43');

export const shoes: readonly Family[] = [
  {
    drawing: 'sneakers',
    category: 'sepatu',
    sellers: ['langkah-cibaduyut'],
    brands: ['lintas-setapak'],
    axes: [shoeSizes, colourAxis(2, 'Putih Gading', 'Hitam', 'Merah Bata', 'Hijau Sage', 'Biru Nila')],
    attributes: { bahan_sol: 'Karet' },
    lines: [
      {
        title: ['Sepatu Kets {style}', '{style} Sneakers'],
        about: [
          'Sepatu kets ringan dengan sol karet jahit yang bisa diganti bila aus.',
          'Light sneakers with a stitched rubber sole that can be replaced when it wears out.',
        ],
        price: 329_000,
        grams: 780,
        box: [320, 210, 120],
      },
      {
        title: ['Sepatu Kets Tinggi {style}', '{style} High-Top Sneakers'],
        about: [
          'Model tinggi dengan bantalan di mata kaki, mantap untuk jalan jauh di kota.',
          'High-tops padded at the ankle, steady on long walks in town.',
        ],
        price: 379_000,
        grams: 880,
        box: [330, 220, 125],
      },
    ],
    styles: [
      {
        name: ['Kanvas Setapak', 'Setapak Canvas'],
        about: [
          'Kanvas 12 oz yang berpori dan cepat kering setelah hujan.',
          'Breathable 12 oz canvas that dries fast after rain.',
        ],
        attributes: { bahan: 'Kanvas' },
      },
      {
        name: ['Aksen Lurik', 'Lurik Accent'],
        about: [
          'Sisi luarnya disisipi lurik tenun tangan dari Klaten.',
          'The outer side carries a panel of hand-woven lurik from Klaten.',
        ],
        motif: 'lereng',
        attributes: { bahan: 'Kanvas' },
      },
      {
        name: ['Suede Senja', 'Sunset Suede'],
        about: [
          'Suede lembut di ujung dan tumit membuatnya pantas dipakai malam hari.',
          'Soft suede at toe and heel dresses it up for the evening.',
        ],
        attributes: { bahan: 'Suede' },
      },
    ],
    closings: [
      ['Ukurannya standar; kaki lebar sebaiknya naik satu nomor.', 'True to size; wide feet go one size up.'],
      ['Sol dalam bisa dilepas dan dicuci.', 'The insole comes out for washing.'],
      ['Tersedia jasa sol ulang di bengkel kami.', 'Our workshop will re-sole them.'],
    ],
  },
  {
    drawing: 'loafers',
    category: 'sepatu',
    sellers: ['langkah-cibaduyut'],
    brands: ['kembara-kulit', ''],
    axes: [sizeAxis('39', '40', '41', '42', '43'), colourAxis(2, 'Cokelat Tua', 'Hitam', 'Cokelat')],
    attributes: { bahan: 'Kulit Sapi', bahan_sol: 'Kulit dan karet' },
    lines: [
      {
        title: ['Sepatu Pantofel {style}', '{style} Dress Shoes'],
        about: [
          'Pantofel kulit sapi asli yang dijahit di atas cetakan kayu, bukan sekadar dilem.',
          'Full-leather shoes sewn over a wooden last, not merely glued.',
        ],
        price: 465_000,
        grams: 920,
        box: [330, 220, 125],
      },
    ],
    styles: [
      {
        name: ['Klasik Braga', 'Braga Classic'],
        about: [
          'Ujung polos dan garis bersih, sah untuk kantor maupun akad nikah.',
          'A plain toe and clean lines for the office or a wedding.',
        ],
      },
      {
        name: ['Penny Santai', 'Casual Penny'],
        about: [
          'Tanpa tali, tinggal diselipkan, cocok dipadukan dengan celana katun.',
          'No laces, just slip in; they go well with cotton trousers.',
        ],
      },
      {
        name: ['Anyam Depan', 'Woven Toe'],
        about: [
          'Bagian depannya dianyam dari pita kulit sehingga kaki bisa bernapas.',
          'The toe is woven from leather strips, so the foot can breathe.',
        ],
      },
      {
        name: ['Sol Ringan', 'Light Sole'],
        about: [
          'Solnya dari karet ringan, ramah bagi yang banyak berdiri.',
          'A lightweight rubber sole, kind to those who stand all day.',
        ],
      },
    ],
    closings: [
      ['Gosok dengan semir bening sebulan sekali.', 'Rub in clear polish once a month.'],
      ['Kain pembungkus dan tanduk sepatu disertakan.', 'A dust bag and a shoehorn are included.'],
      ['Garansi jahitan satu tahun.', 'The stitching is guaranteed for a year.'],
    ],
  },
  {
    drawing: 'flats',
    category: 'sepatu',
    sellers: ['langkah-cibaduyut', 'griya-laweyan'],
    brands: ['lintas-setapak', ''],
    axes: [
      sizeAxis('36', '37', '38', '39', '40'),
      colourAxis(3, 'Hitam', 'Mocca', 'Salem', 'Merah Marun', 'Krem', 'Biru Nila'),
    ],
    attributes: { bahan_sol: 'Karet' },
    lines: [
      {
        title: ['Sepatu Datar {style}', '{style} Flats'],
        about: [
          'Sepatu datar yang lentur dilipat dan tidak menggigit tumit.',
          'Flats that bend double and never bite the heel.',
        ],
        price: 175_000,
        grams: 420,
        box: [290, 180, 100],
      },
    ],
    styles: [
      {
        name: ['Pita Balet', 'Ballet Bow'],
        about: [
          'Pita kecil di depan membuatnya manis untuk kantor dan pesta.',
          'A small bow in front is sweet for the office or a party.',
        ],
        attributes: { bahan: 'Kulit Sapi' },
      },
      {
        name: ['Tenun Lurik', 'Woven Lurik'],
        about: [
          'Seluruh mukanya lurik tenun tangan berlapis katun.',
          'The upper is hand-woven lurik lined with cotton.',
        ],
        motif: 'lereng',
        seller: 'griya-laweyan',
        brand: '',
        attributes: { bahan: 'Kanvas' },
      },
      {
        name: ['Motif Truntum', 'Truntum'],
        about: [
          'Bunga truntum dibordir halus di ujung kaki.',
          'Truntum flowers are finely embroidered at the toe.',
        ],
        motif: 'truntum',
        attributes: { bahan: 'Suede' },
      },
      {
        name: ['Bantalan Awan', 'Cloud Cushion'],
        about: [
          'Sol dalam busa lima milimeter untuk yang seharian berdiri.',
          'A five-millimetre foam insole for days on your feet.',
        ],
        attributes: { bahan: 'Kulit Sapi' },
      },
    ],
    closings: [
      ['Tapaknya tidak licin di lantai keramik.', 'The sole does not slip on tiles.'],
      ['Ukuran boleh ditukar sekali tanpa ongkos kirim.', 'One free exchange of size.'],
    ],
  },
  {
    drawing: 'sandals',
    category: 'sandal',
    sellers: ['langkah-cibaduyut'],
    brands: ['kembara-kulit', 'lintas-setapak'],
    axes: [
      sizeAxis('37', '38', '39', '40', '41', '42'),
      colourAxis(2, 'Cokelat', 'Hitam', 'Krem', 'Terakota'),
    ],
    lines: [
      {
        title: ['Sandal Jepit {style}', '{style} Flip-Flops'],
        about: [
          'Sandal jepit yang tapaknya mengikuti lekuk kaki, jauh lebih awet daripada karet biasa.',
          'Flip-flops with a shaped footbed that far outlive plain rubber ones.',
        ],
        price: 95_000,
        grams: 380,
        box: [300, 130, 70],
      },
      {
        title: ['Sandal Selop {style}', '{style} Slides'],
        about: [
          'Selop dua tali yang mudah dilepas di depan pintu dan tetap rapi dibawa ke kafe.',
          'Two-strap slides, easily kicked off at the door and still neat at the café.',
        ],
        price: 149_000,
        grams: 450,
        box: [310, 140, 90],
      },
    ],
    styles: [
      {
        name: ['Kulit Nabati', 'Vegetable-Tanned'],
        about: [
          'Kulitnya disamak nabati dan makin gelap seiring waktu.',
          'The leather is vegetable-tanned and darkens with time.',
        ],
        attributes: { bahan: 'Kulit Sapi', bahan_sol: 'Karet' },
      },
      {
        name: ['Anyam Pandan', 'Woven Pandan'],
        about: [
          'Alasnya anyaman pandan yang sejuk dan tidak licin.',
          'The footbed is woven pandan, cool and never slippery.',
        ],
        seller: 'anyam-tasik',
        brand: '',
        attributes: { bahan: 'Pandan', bahan_sol: 'Karet' },
      },
      {
        name: ['Ban Tangguh', 'Rugged Tread'],
        about: [
          'Sol tebal bergerigi untuk jalan basah dan berbatu.',
          'A thick, ridged sole for wet and stony paths.',
        ],
        attributes: { bahan: 'Nilon', bahan_sol: 'Karet ban' },
      },
    ],
    closings: [
      ['Lap dengan kain lembap dan jemur di tempat teduh.', 'Wipe with a damp cloth and dry in the shade.'],
      [
        'Talinya dijahit menembus sol, tidak hanya ditempel.',
        'The straps are sewn through the sole, not just stuck on.',
      ],
    ],
  },
];

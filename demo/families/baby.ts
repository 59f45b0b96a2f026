import { colourAxis, type Family, sizeAxis } from '../family.js';

export const baby: readonly Family[] = [
  {
    drawing: 'romper',
    category: 'perlengkapan-bayi',
    sellers: ['si-kecil-ceria', 'ruang-jahit'],
    brands: ['kapuk-kawan'],
    attributes: { bahan: 'Katun', usia: '0–12 bulan' },
    axes: [
      sizeAxis('0–3 bln', '3–6 bln', '6–12 bln'),
      colourAxis(3, 'Krem', 'Hijau Sage', 'Salem', 'Biru Langit', 'Kuning Kunyit'),
    ],
    lines: [
      {
        title: ['Setelan Bayi {style}', '{style} Baby Romper'],
        about: [
          'Setelan katun berkancing jepret di bawah, ganti popok tanpa drama.',
          'A cotton romper with snaps below: nappy changes without drama.',
        ],
        price: 79_000,
        grams: 110,
        box: [220, 160, 25],
      },
    ],
    styles: [
      {
        name: ['Lengan Pendek', 'Short-Sleeved'],
        about: ['Tipis dan adem untuk siang hari.', 'Thin and cool for the day.'],
      },
      {
        name: ['Lengan Panjang', 'Long-Sleeved'],
        about: ['Ujung lengannya bisa dilipat menjadi sarung tangan.', 'The cuffs fold over into mittens.'],
        priceFactor: 1.15,
      },
      {
        name: ['Motif Truntum', 'Truntum Print'],
        about: [
          'Bunga truntum kecil untuk foto Lebaran pertama.',
          'Little truntum flowers for the first Lebaran photo.',
        ],
        motif: 'truntum',
        priceFactor: 1.2,
      },
      {
        name: ['Garis Lurik', 'Lurik Stripe'],
        about: [
          'Garis lurik lembut untuk anak laki-laki maupun perempuan.',
          'Soft lurik stripes for boys and girls.',
        ],
        motif: 'lereng',
      },
    ],
    closings: [
      ['Jahitannya di luar sehingga tidak menggores kulit.', 'Seams are on the outside, away from the skin.'],
      ['Sudah dicuci sekali sebelum dikirim.', 'Washed once before it is sent.'],
      ['Bisa dibungkus kado bersama kartu.', 'Gift-wrapping with a card is available.'],
    ],
  },
  {
    drawing: 'baby-blanket',
    category: 'perlengkapan-bayi',
    sellers: ['si-kecil-ceria'],
    brands: ['kapuk-kawan'],
    attributes: { bahan: 'Katun muslin', usia: '0–12 bulan' },
    lines: [
      {
        title: ['Selimut Bayi {style}', '{style} Baby Blanket'],
        about: [
          'Selimut muslin empat lapis 100 × 100 cm, juga untuk bedong dan tirai menyusui.',
          'A four-layer muslin, 100 × 100 cm, also for swaddling and nursing.',
        ],
        price: 95_000,
        grams: 220,
        box: [250, 200, 40],
        axes: [colourAxis(3, 'Krem', 'Hijau Sage', 'Salem', 'Biru Langit', 'Lavendel')],
      },
      {
        title: ['Gendongan Kain {style}', '{style} Baby Wrap'],
        about: [
          'Gendongan kain panjang yang menyebar beban ke kedua bahu.',
          'A long wrap that spreads the weight over both shoulders.',
        ],
        price: 139_000,
        grams: 420,
        box: [280, 220, 50],
        axes: [colourAxis(2, 'Terakota', 'Hijau Sage', 'Biru Nila', 'Krem')],
        drawing: 'baby-wrap',
      },
    ],
    styles: [
      {
        name: ['Polos Lembut', 'Soft Plain'],
        about: [
          'Polos tanpa pewarna azo, makin lembut tiap dicuci.',
          'Plain, free of azo dyes, softer with every wash.',
        ],
      },
      {
        name: ['Kawung Mini', 'Mini Kawung'],
        about: ['Kawung mini yang dicap dengan pewarna alami.', 'A mini kawung stamped in natural dye.'],
        seller: 'batik-kali-loji',
        motif: 'kawung',
        priceFactor: 1.15,
      },
      {
        name: ['Awan Kecil', 'Little Cloud'],
        about: ['Awan kecil yang mengantar tidur siang.', 'Little clouds to nap under.'],
        motif: 'mega-mendung',
        priceFactor: 1.15,
      },
    ],
    closings: [
      ['Aman untuk kulit bayi baru lahir.', 'Safe for newborn skin.'],
      ['Cepat kering walau musim hujan.', 'It dries fast even in the rainy season.'],
    ],
  },
];

import { choiceAxis, colourAxis, type Family } from '../family.js';

export const cycling: readonly Family[] = [
  {
    drawing: 'bicycle-bell',
    category: 'sepeda',
    sellers: ['arek-gowes'],
    brands: ['gowes-santai'],
    lines: [
      {
        title: ['Bel Sepeda {style}', '{style} Bicycle Bell'],
        about: [
          'Bel yang sopan tetapi terdengar, terpasang di setang apa pun dengan satu obeng.',
          'A polite bell that is heard, fitted to any bar with one screwdriver.',
        ],
        price: 45_000,
        grams: 90,
        box: [80, 70, 60],
      },
    ],
    styles: [
      {
        name: ['Kuningan Klasik', 'Classic Brass'],
        about: [
          'Kubah kuningan dengan dering panjang seperti sepeda onthel.',
          'A brass dome with the long ring of an old onthel.',
        ],
        tint: 'Emas',
        priceFactor: 1.4,
        attributes: { bahan: 'Kuningan' },
      },
      {
        name: ['Lukis Batik', 'Batik-Painted'],
        about: ['Kubahnya dilukis kawung satu per satu.', 'The dome is painted with kawung, one by one.'],
        tint: 'Biru Nila',
        motif: 'kawung',
        attributes: { bahan: 'Baja' },
      },
      {
        name: ['Merah Ceria', 'Cheerful Red'],
        about: ['Merah mengilap yang disukai anak-anak.', 'A glossy red that children love.'],
        tint: 'Merah Cabai',
        priceFactor: 0.8,
        attributes: { bahan: 'Baja' },
      },
    ],
    closings: [
      ['Tahan karat dan tahan hujan.', 'Rust-proof and rain-proof.'],
      ['Tersedia untuk setang 22–32 mm.', 'For bars of 22–32 mm.'],
    ],
  },
  {
    drawing: 'helmet',
    category: 'sepeda',
    sellers: ['arek-gowes'],
    brands: ['gowes-santai'],
    axes: [
      choiceAxis(['Ukuran', 'Size'], ['M', 'M'], ['L', 'L']),
      colourAxis(3, 'Putih Gading', 'Hitam', 'Hijau Lumut', 'Jingga', 'Biru Laut'),
    ],
    attributes: { bahan: 'Polikarbonat dan busa EPS', tingkat: 'Semua' },
    lines: [
      {
        title: ['Helm Sepeda {style}', '{style} Bicycle Helmet'],
        about: [
          'Helm ringan dengan pemutar di belakang untuk menyesuaikan lingkar kepala.',
          'A light helmet with a dial behind to fit the head.',
        ],
        price: 259_000,
        grams: 380,
        box: [300, 230, 180],
      },
    ],
    styles: [
      {
        name: ['Kota', 'City'],
        about: ['Bentuk bulat yang rapi untuk berangkat kerja.', 'A neat round shape for the ride to work.'],
      },
      {
        name: ['Jalan Raya', 'Road'],
        about: ['Delapan belas lubang angin untuk tanjakan panjang.', 'Eighteen vents for long climbs.'],
        priceFactor: 1.4,
      },
      {
        name: ['Anak', 'Kids'],
        about: [
          'Ukuran kecil dengan gesper yang tidak menjepit dagu.',
          'A small size with a buckle that will not pinch.',
        ],
        priceFactor: 0.75,
      },
    ],
    closings: [
      ['Ganti setelah benturan keras.', 'Replace it after a hard knock.'],
      ['Bantalannya bisa dilepas dan dicuci.', 'The pads come out for washing.'],
    ],
  },
  {
    drawing: 'bike-bag',
    category: 'sepeda',
    sellers: ['arek-gowes', 'ruang-jahit'],
    brands: ['gowes-santai', 'ransel-rimba'],
    axes: [colourAxis(2, 'Hitam', 'Hijau Lumut', 'Cokelat', 'Biru Nila')],
    attributes: { bahan: 'Kanvas lilin', tingkat: 'Semua' },
    lines: [
      {
        title: ['Tas Sepeda {style}', '{style} Bike Bag'],
        about: [
          'Tas kanvas lilin yang tidak bergoyang di jalan berlubang.',
          'A waxed-canvas bag that stays still on potholed roads.',
        ],
        price: 145_000,
        grams: 320,
        box: [260, 160, 120],
      },
    ],
    styles: [
      {
        name: ['Setang', 'Handlebar'],
        about: [
          'Dipasang di setang, muat ponsel, dompet, dan jas hujan.',
          'For the bars; it takes a phone, a wallet and a raincoat.',
        ],
      },
      {
        name: ['Sadel', 'Saddle'],
        about: [
          'Terselip di bawah sadel untuk ban dalam dan kunci.',
          'Tucked under the saddle for a tube and tools.',
        ],
        priceFactor: 0.7,
      },
      {
        name: ['Boncengan Ganda', 'Double Pannier'],
        about: [
          'Sepasang tas samping untuk belanja mingguan.',
          'A pair of panniers for the weekly shopping.',
        ],
        priceFactor: 2.1,
      },
    ],
    closings: [
      ['Pemantul cahaya dijahit di dua sisi.', 'Reflectors are sewn on both sides.'],
      ['Talinya bisa dipindah ke bahu.', 'The strap moves to the shoulder.'],
    ],
  },
];

import { choiceAxis, colourAxis, type Family, packAxis } from '../family.js';

export const sports: readonly Family[] = [
  {
    drawing: 'racket',
    category: 'olahraga',
    sellers: ['arek-gowes'],
    brands: ['smes-lincah'],
    axes: [choiceAxis(['Genggaman', 'Grip'], ['G4', 'G4'], ['G5', 'G5'])],
    lines: [
      {
        title: ['Raket Bulu Tangkis {style}', '{style} Badminton Racket'],
        about: [
          'Raket yang sudah bersenar 24 lbs dan langsung siap ke lapangan.',
          'A racket strung at 24 lbs and ready for the court.',
        ],
        price: 289_000,
        grams: 130,
        box: [690, 230, 35],
      },
    ],
    styles: [
      {
        name: ['Serang', 'Attack'],
        about: ['Berat di kepala untuk smes yang menukik.', 'Head-heavy for a steep smash.'],
        tint: 'Merah Cabai',
        priceFactor: 1.4,
        attributes: { bahan: 'Serat karbon', tingkat: 'Mahir' },
      },
      {
        name: ['Lincah', 'Nimble'],
        about: [
          'Ringan dan cepat untuk permainan ganda di depan net.',
          'Light and quick for doubles at the net.',
        ],
        tint: 'Biru Laut',
        attributes: { bahan: 'Serat karbon', tingkat: 'Menengah' },
      },
      {
        name: ['Kampung', 'Village'],
        about: [
          'Kuat dan murah untuk lapangan RT selepas magrib.',
          'Tough and cheap for the neighbourhood court at dusk.',
        ],
        tint: 'Hijau Daun',
        priceFactor: 0.4,
        attributes: { bahan: 'Aluminium', tingkat: 'Pemula' },
      },
    ],
    closings: [
      ['Sarung raket disertakan.', 'A cover is included.'],
      ['Pasang senar ulang tersedia di toko kami.', 'We restring in our store.'],
    ],
  },
  {
    drawing: 'shuttlecocks',
    category: 'olahraga',
    sellers: ['arek-gowes'],
    brands: ['smes-lincah'],
    lines: [
      {
        title: ['Kok {style}', '{style} Shuttlecocks'],
        about: [
          'Kok yang diuji lintasannya satu per satu sebelum masuk tabung.',
          'Each shuttle is flight-tested before it goes into the tube.',
        ],
        price: 79_000,
        grams: 110,
        box: [400, 70, 70],
        axes: [packAxis(['Isi', 'Pack'], ['6 buah', 1], ['12 buah', 1.85])],
      },
    ],
    styles: [
      {
        name: ['Bulu Angsa', 'Goose-Feather'],
        about: [
          'Bulu angsa lurus untuk latihan serius dan pertandingan.',
          'Straight goose feathers for serious training and matches.',
        ],
        tint: 'Putih Gading',
        priceFactor: 1.6,
        attributes: { bahan: 'Bulu angsa dan gabus', tingkat: 'Mahir' },
      },
      {
        name: ['Bulu Bebek', 'Duck-Feather'],
        about: ['Bulu bebek yang awet untuk main setiap sore.', 'Lasting duck feathers for every afternoon.'],
        tint: 'Krem',
        attributes: { bahan: 'Bulu bebek dan gabus', tingkat: 'Menengah' },
      },
      {
        name: ['Nilon Kuning', 'Yellow Nylon'],
        about: [
          'Nilon kuning yang terlihat jelas saat hari mulai gelap.',
          'Yellow nylon that is easy to see at dusk.',
        ],
        tint: 'Kuning Kunyit',
        priceFactor: 0.6,
        attributes: { bahan: 'Nilon dan gabus', tingkat: 'Pemula' },
      },
    ],
    closings: [
      ['Kecepatannya 77, pas untuk udara tropis.', 'Speed 77, right for tropical air.'],
      ['Simpan tegak dalam tabung.', 'Store them upright in the tube.'],
    ],
  },
  {
    drawing: 'takraw-ball',
    category: 'olahraga',
    sellers: ['arek-gowes', 'anyam-tasik'],
    brands: ['smes-lincah', ''],
    lines: [
      {
        title: ['Bola {style}', '{style} Ball'],
        about: [
          'Bola yang bulat sempurna dan pantulannya tetap sama dari minggu ke minggu.',
          'A truly round ball whose bounce stays the same week after week.',
        ],
        price: 95_000,
        grams: 320,
        box: [220, 220, 220],
      },
    ],
    styles: [
      {
        name: ['Takraw Rotan', 'Rattan Takraw'],
        about: [
          'Dianyam dari sebelas lajur rotan seperti di kampung dulu.',
          'Woven from eleven strips of rattan, as in the villages of old.',
        ],
        tint: 'Krem',
        seller: 'anyam-tasik',
        brand: '',
        attributes: { bahan: 'Rotan', tingkat: 'Semua' },
      },
      {
        name: ['Takraw Sintetis', 'Synthetic Takraw'],
        about: [
          'Serat sintetis yang lebih empuk di kaki dan kepala.',
          'Synthetic fibre that is softer on foot and head.',
        ],
        tint: 'Merah Cabai',
        priceFactor: 1.2,
        attributes: { bahan: 'Serat sintetis', tingkat: 'Menengah' },
      },
      {
        name: ['Takraw Latihan', 'Practice Takraw'],
        about: [
          'Sedikit lebih ringan untuk belajar sepak sila.',
          'A little lighter, for learning the first kicks.',
        ],
        tint: 'Toska',
        priceFactor: 0.8,
        attributes: { bahan: 'Serat sintetis', tingkat: 'Pemula' },
      },
    ],
    closings: [
      ['Jaring penyimpan disertakan.', 'A carrying net is included.'],
      ['Ukuran sesuai standar pertandingan.', 'Made to match size.'],
    ],
  },
  {
    drawing: 'yoga-mat',
    category: 'olahraga',
    sellers: ['sekar-ubud', 'arek-gowes'],
    brands: ['smes-lincah', 'rimbun-rumah'],
    axes: [colourAxis(3, 'Hijau Sage', 'Lavendel', 'Terakota', 'Biru Nila', 'Merah Muda')],
    lines: [
      {
        title: ['Matras Yoga {style}', '{style} Yoga Mat'],
        about: [
          'Matras 183 × 61 cm yang tidak bergeser walau tangan berkeringat.',
          'A 183 × 61 cm mat that stays put under sweaty palms.',
        ],
        price: 179_000,
        grams: 1_300,
        box: [620, 130, 130],
      },
    ],
    styles: [
      {
        name: ['Karet Alam 4 mm', 'Natural Rubber 4 mm'],
        about: [
          'Karet alam Sumatra yang mencengkeram dan bisa terurai.',
          'Sumatran rubber that grips and breaks down in the end.',
        ],
        priceFactor: 1.7,
        attributes: { bahan: 'Karet alam', tingkat: 'Menengah' },
      },
      {
        name: ['Empuk 8 mm', 'Cushioned 8 mm'],
        about: ['Tebal dan empuk untuk lutut yang mudah nyeri.', 'Thick and soft for tender knees.'],
        attributes: { bahan: 'TPE', tingkat: 'Pemula' },
      },
      {
        name: ['Batik Ceplok', 'Ceplok Batik'],
        about: [
          'Permukaannya suede bercetak ceplok dan makin kesat bila basah.',
          'A suede face printed with ceplok that grips more when wet.',
        ],
        motif: 'ceplok',
        priceFactor: 1.4,
        attributes: { bahan: 'Suede dan karet', tingkat: 'Semua' },
      },
    ],
    closings: [
      ['Tali pembawa disertakan.', 'A carrying strap is included.'],
      ['Lap dengan air dan cuka encer.', 'Wipe with water and a little vinegar.'],
    ],
  },
];

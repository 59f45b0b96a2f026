import { choiceAxis, type Family } from '../family.js';

export const music: readonly Family[] = [
  {
    drawing: 'guitar',
    category: 'alat-musik',
    sellers: ['bambu-bersuara', 'kotak-suara'],
    brands: ['petik-malam'],
    lines: [
      {
        title: ['Gitar Akustik {style}', '{style} Acoustic Guitar'],
        about: [
          'Gitar buatan tangan dengan leher lurus dan aksi senar rendah.',
          'A handmade guitar with a straight neck and a low action.',
        ],
        price: 875_000,
        grams: 2_600,
        box: [1_080, 420, 140],
        attributes: { tingkat: 'Pemula' },
      },
      {
        title: ['Ukulele {style}', '{style} Ukulele'],
        about: [
          'Ukulele konser bersenar nilon yang ramah untuk jari pemula.',
          'A concert ukulele with nylon strings that is kind to new fingers.',
        ],
        price: 325_000,
        grams: 900,
        box: [640, 230, 90],
        drawing: 'ukulele',
        attributes: { tingkat: 'Pemula' },
      },
    ],
    styles: [
      {
        name: ['Mahoni', 'Mahogany'],
        about: [
          'Mahoni memberi suara hangat yang cocok untuk mengiringi nyanyian.',
          'Mahogany gives a warm voice for singing along.',
        ],
        tint: 'Merah Bata',
        attributes: { bahan: 'Kayu mahoni' },
      },
      {
        name: ['Sonokeling', 'Rosewood'],
        about: [
          'Sonokeling menghasilkan nada jernih dengan dengung panjang.',
          'Rosewood rings clear and long.',
        ],
        tint: 'Cokelat Tua',
        priceFactor: 1.6,
        attributes: { bahan: 'Kayu sonokeling' },
      },
      {
        name: ['Cemara', 'Spruce-Top'],
        about: [
          'Papan depan cemara membuat petikannya cerah dan lantang.',
          'A spruce top makes it bright and loud.',
        ],
        tint: 'Krem',
        priceFactor: 1.3,
        attributes: { bahan: 'Kayu cemara dan mahoni' },
      },
    ],
    closings: [
      [
        'Tas kain tebal dan satu set senar cadangan disertakan.',
        'A padded bag and spare strings are included.',
      ],
      ['Disetem dan diperiksa sebelum dikirim.', 'Tuned and checked before it leaves.'],
      ['Dikirim dengan kotak kayu.', 'Sent in a wooden crate.'],
    ],
  },
  {
    drawing: 'angklung',
    category: 'alat-musik',
    sellers: ['bambu-bersuara'],
    brands: ['petik-malam', ''],
    attributes: { bahan: 'Bambu hitam', tingkat: 'Semua' },
    lines: [
      {
        title: ['Angklung {style}', '{style} Angklung'],
        about: [
          'Angklung dari bambu hitam yang disimpan setahun agar nadanya tidak berubah.',
          'Angklung of black bamboo, stored for a year so that the pitch holds.',
        ],
        price: 145_000,
        grams: 450,
        box: [380, 260, 90],
      },
    ],
    styles: [
      {
        name: ['Satuan Nada C', 'Single Note C'],
        about: [
          'Satu angklung bernada C tengah, cocok untuk cendera mata.',
          'One angklung in middle C, a fine keepsake.',
        ],
        tint: 'Cokelat',
        priceFactor: 0.6,
      },
      {
        name: ['Set Delapan Nada', 'Eight-Note'],
        about: [
          'Satu oktaf penuh dengan gantungan, siap untuk satu keluarga.',
          'A full octave on a rack, ready for a family.',
        ],
        tint: 'Krem',
        priceFactor: 4.8,
      },
      {
        name: ['Set Sekolah Tiga Belas Nada', 'Thirteen-Note School'],
        about: ['Lengkap dengan nada kromatik dan buku lagu.', 'With the semitones and a songbook.'],
        tint: 'Mocca',
        priceFactor: 7.5,
      },
      {
        name: ['Mini Hias', 'Mini'],
        about: [
          'Versi kecil yang tetap berbunyi, manis di meja kerja.',
          'A small one that still sounds, sweet on a desk.',
        ],
        tint: 'Kuning Kunyit',
        priceFactor: 0.35,
      },
    ],
    closings: [
      [
        'Jauhkan dari pendingin ruangan agar bambu tidak retak.',
        'Keep away from air-conditioning so the bamboo does not crack.',
      ],
      ['Setem ulang gratis selama setahun.', 'Free retuning for a year.'],
    ],
  },
  {
    drawing: 'flute',
    category: 'alat-musik',
    sellers: ['bambu-bersuara'],
    brands: ['petik-malam'],
    attributes: { bahan: 'Bambu tamiang' },
    axes: [choiceAxis(['Nada dasar', 'Key'], ['G', 'G'], ['A', 'A'], ['C', 'C'])],
    lines: [
      {
        title: ['Suling {style}', '{style} Suling Flute'],
        about: [
          'Suling dari bambu tamiang yang dindingnya tipis dan suaranya bening.',
          'A flute of thin-walled tamiang bamboo with a clear voice.',
        ],
        price: 75_000,
        grams: 120,
        box: [620, 50, 40],
      },
    ],
    styles: [
      {
        name: ['Sunda Enam Lubang', 'Sundanese Six-Hole'],
        about: [
          'Enam lubang untuk laras pelog dan salendro.',
          'Six holes for the pelog and salendro scales.',
        ],
        tint: 'Krem',
        attributes: { tingkat: 'Menengah' },
      },
      {
        name: ['Bali Gambuh', 'Balinese Gambuh'],
        about: [
          'Panjang dan dalam, dimainkan dengan napas melingkar.',
          'Long and deep, played with circular breath.',
        ],
        tint: 'Cokelat',
        priceFactor: 1.8,
        attributes: { tingkat: 'Mahir' },
      },
      {
        name: ['Belajar', "Learner's"],
        about: ['Lubang tiupnya lebar sehingga cepat berbunyi.', 'A wide mouthpiece that sounds at once.'],
        tint: 'Kuning Kunyit',
        priceFactor: 0.6,
        attributes: { tingkat: 'Pemula' },
      },
    ],
    closings: [
      ['Kantong kain batik disertakan.', 'A batik pouch is included.'],
      ['Oleskan minyak kemiri setiap dua bulan.', 'Rub in candlenut oil every two months.'],
    ],
  },
  {
    drawing: 'kalimba',
    category: 'alat-musik',
    sellers: ['bambu-bersuara', 'kotak-suara'],
    brands: ['petik-malam'],
    attributes: { tingkat: 'Pemula' },
    lines: [
      {
        title: ['Kalimba 17 Nada {style}', '{style} 17-Note Kalimba'],
        about: [
          'Kalimba petik ibu jari yang langsung berbunyi merdu tanpa belajar lama.',
          'A thumb piano that sounds sweet from the first minute.',
        ],
        price: 165_000,
        grams: 520,
        box: [220, 170, 60],
      },
    ],
    styles: [
      {
        name: ['Kayu Mahoni', 'Mahogany'],
        about: ['Badan mahoni utuh dengan dengung yang panjang.', 'A solid mahogany body with a long ring.'],
        tint: 'Merah Bata',
        attributes: { bahan: 'Kayu mahoni' },
      },
      {
        name: ['Batok Kelapa', 'Coconut Shell'],
        about: [
          'Kotak suaranya batok kelapa, suaranya kecil dan jernih.',
          'Its sound box is a coconut shell; the voice is small and clear.',
        ],
        tint: 'Cokelat Tua',
        priceFactor: 0.7,
        attributes: { bahan: 'Batok kelapa' },
      },
      {
        name: ['Bambu Petung', 'Petung Bamboo'],
        about: [
          'Bambu petung berlapis yang ringan di tangan anak.',
          'Laminated petung bamboo, light in a child’s hands.',
        ],
        tint: 'Krem',
        priceFactor: 0.85,
        attributes: { bahan: 'Bambu petung' },
      },
    ],
    closings: [
      [
        'Palu setem dan buku lagu daerah disertakan.',
        'A tuning hammer and a book of folk songs are included.',
      ],
      ['Nadanya ditulis pada setiap bilah.', 'Each key is marked with its note.'],
    ],
  },
  {
    drawing: 'drum',
    category: 'alat-musik',
    sellers: ['bambu-bersuara'],
    brands: ['petik-malam', ''],
    lines: [
      {
        title: ['{style}', '{style}'],
        about: [
          'Kulitnya kulit kambing yang diregang dengan rotan, nadanya bisa disetel.',
          'Goatskin, stretched with rattan, that can be tuned.',
        ],
        price: 285_000,
        grams: 2_200,
        box: [340, 340, 360],
      },
    ],
    styles: [
      {
        name: ['Kendang Kecil', 'Small Kendang'],
        about: [
          'Dua sisi berlainan nada untuk mengiringi degung.',
          'Two heads of different pitch to accompany degung.',
        ],
        tint: 'Cokelat',
        attributes: { bahan: 'Kayu nangka', tingkat: 'Menengah' },
      },
      {
        name: ['Jimbe Ukir', 'Carved Djembe'],
        about: ['Badannya diukir tumpal, suaranya dalam dan lantang.', 'Carved with tumpal; deep and loud.'],
        tint: 'Merah Bata',
        motif: 'tumpal',
        priceFactor: 1.3,
        attributes: { bahan: 'Kayu mahoni', tingkat: 'Semua' },
      },
      {
        name: ['Tifa Maluku', 'Moluccan Tifa'],
        about: [
          'Tabung kayu ramping dengan rotan silang khas Maluku.',
          'A slim wooden tube with the crossed rattan of the Moluccas.',
        ],
        tint: 'Terakota',
        motif: 'songket',
        priceFactor: 1.4,
        seller: 'pala-banda',
        attributes: { bahan: 'Kayu linggua', tingkat: 'Semua' },
      },
    ],
    closings: [
      ['Jemur sebentar bila kulitnya kendur.', 'Sun it briefly when the skin goes slack.'],
      ['Cukup ringan untuk dibawa berkeliling kampung.', 'Light enough to carry round the village.'],
    ],
  },
];

import { colourAxis, type Family } from '../family.js';

export const audio: readonly Family[] = [
  {
    drawing: 'headphones',
    category: 'audio',
    sellers: ['kotak-suara', 'gawai-kita'],
    brands: ['dengung'],
    axes: [colourAxis(3, 'Hitam', 'Putih Gading', 'Biru Nila', 'Terakota', 'Hijau Sage')],
    attributes: { garansi_bulan: '12', konektivitas: 'Nirkabel dan kabel' },
    lines: [
      {
        title: ['Headphone Dengung {style}', 'Dengung {style} Headphones'],
        about: [
          'Bantalan telinganya empuk dan ringan sehingga nyaman dipakai seharian rapat.',
          'Soft, light ear cushions stay comfortable through a day of meetings.',
        ],
        price: 459_000,
        grams: 360,
        box: [220, 200, 95],
      },
    ],
    styles: [
      {
        name: ['Sunyi Pro', 'Sunyi Pro'],
        about: [
          'Peredam bising aktifnya membuat kereta pagi terasa lengang.',
          'Active noise cancelling makes the morning train feel empty.',
        ],
        priceFactor: 1.9,
        attributes: { baterai_jam: '40' },
      },
      {
        name: ['Sunyi Lite', 'Sunyi Lite'],
        about: [
          'Peredam bising dalam bodi yang bisa dilipat ke saku jaket.',
          'Noise cancelling in a body that folds into a jacket pocket.',
        ],
        priceFactor: 1.3,
        attributes: { baterai_jam: '30' },
      },
      {
        name: ['Bulat', 'Bulat'],
        about: [
          'Disetel untuk vokal yang hangat, pas untuk keroncong sampai pop.',
          'Tuned for warm voices, from keroncong to pop.',
        ],
        attributes: { baterai_jam: '28' },
      },
      {
        name: ['Kawan Belajar', 'Kawan Belajar'],
        about: [
          'Volumenya dibatasi 85 dB supaya aman untuk telinga anak.',
          'Limited to 85 dB, so it is safe for children’s ears.',
        ],
        priceFactor: 0.6,
        attributes: { baterai_jam: '24' },
      },
    ],
    closings: [
      ['Mikrofonnya jernih untuk rapat daring.', 'The microphone is clear in online meetings.'],
      ['Bantalan pengganti selalu tersedia.', 'Spare cushions are always in stock.'],
      ['Isi lima menit cukup untuk dua jam.', 'Five minutes of charging give two hours.'],
    ],
  },
  {
    drawing: 'earbuds',
    category: 'audio',
    sellers: ['gawai-kita', 'kotak-suara'],
    brands: ['dengung'],
    axes: [colourAxis(3, 'Putih Gading', 'Hitam', 'Toska', 'Merah Muda', 'Biru Langit')],
    attributes: { garansi_bulan: '12', konektivitas: 'Nirkabel' },
    lines: [
      {
        title: ['Earbud Dengung {style}', 'Dengung {style} Earbuds'],
        about: [
          'Earbud mungil yang langsung tersambung begitu kotaknya dibuka.',
          'Tiny earbuds that connect as soon as the case opens.',
        ],
        price: 269_000,
        grams: 90,
        box: [110, 90, 45],
      },
    ],
    styles: [
      {
        name: ['Rintik', 'Rintik'],
        about: [
          'Tahan cipratan sehingga aman untuk lari saat gerimis.',
          'Splash-proof, so a run in the drizzle is fine.',
        ],
        attributes: { baterai_jam: '24' },
      },
      {
        name: ['Rintik Plus', 'Rintik Plus'],
        about: [
          'Enam mikrofon menyaring suara jalan raya saat menelepon.',
          'Six microphones filter the road out of your calls.',
        ],
        priceFactor: 1.5,
        attributes: { baterai_jam: '32' },
      },
      {
        name: ['Embun', 'Embun'],
        about: [
          'Model terbuka tanpa karet, tidak pengap di telinga.',
          'An open fit without rubber tips that never feels stuffy.',
        ],
        priceFactor: 0.8,
        attributes: { baterai_jam: '20' },
      },
    ],
    closings: [
      ['Tiga ukuran karet telinga disertakan.', 'Three sizes of tips are included.'],
      ['Bisa dipakai satu sisi bergantian.', 'Either side works alone.'],
    ],
  },
  {
    drawing: 'speaker',
    category: 'audio',
    sellers: ['kotak-suara'],
    brands: ['dengung'],
    axes: [colourAxis(2, 'Cokelat', 'Hitam', 'Hijau Lumut', 'Krem', 'Biru Laut')],
    attributes: { garansi_bulan: '12', konektivitas: 'Nirkabel' },
    lines: [
      {
        title: ['Pelantang Nirkabel {style}', '{style} Wireless Speaker'],
        about: [
          'Pelantang dengan dua unit suara dan bas yang bulat tanpa berdengung.',
          'A speaker with two drivers and a round bass that does not boom.',
        ],
        price: 389_000,
        grams: 900,
        box: [240, 130, 160],
      },
    ],
    styles: [
      {
        name: ['Kotak Kayu', 'Wooden Box'],
        about: [
          'Kotaknya kayu mahoni sungguhan yang ikut menghangatkan suara.',
          'Its cabinet is real mahogany, which warms the sound.',
        ],
        priceFactor: 1.4,
        attributes: { baterai_jam: '12' },
      },
      {
        name: ['Anyaman Rotan', 'Rattan-Front'],
        about: [
          'Kisi depannya anyaman rotan, satu-satunya di kelasnya.',
          'The front grille is woven rattan, the only one of its kind.',
        ],
        motif: 'kotak',
        priceFactor: 1.2,
        attributes: { baterai_jam: '14' },
      },
      {
        name: ['Saku', 'Pocket'],
        about: [
          'Seukuran genggaman dan tahan air, teman mandi dan kemah.',
          'Fist-sized and waterproof, for the shower and the campsite.',
        ],
        priceFactor: 0.5,
        attributes: { baterai_jam: '10' },
      },
      {
        name: ['Arisan', 'Party'],
        about: [
          'Cukup lantang untuk halaman dan punya colokan mikrofon.',
          'Loud enough for the yard, with a microphone socket.',
        ],
        priceFactor: 1.9,
        attributes: { baterai_jam: '18' },
      },
    ],
    closings: [
      ['Dua unit bisa dipasangkan menjadi stereo.', 'Two of them pair up for stereo.'],
      ['Mengisi daya lewat USB-C.', 'Charges over USB-C.'],
    ],
  },
];

import { type Family, netWeight, packAxis } from '../family.js';

export const spices: readonly Family[] = [
  {
    drawing: 'spice-jar',
    category: 'rempah-bumbu',
    sellers: ['pala-banda', 'kebun-lampung', 'ranah-rasa'],
    brands: ['', 'lesung-emak'],
    axes: [packAxis(netWeight, ['50 g', 1], ['100 g', 1.85], ['250 g', 4.2])],
    lines: [
      {
        title: ['{style}', '{style}'],
        about: [
          'Rempah panen musim ini yang disortir dengan tangan dan dikeringkan matahari.',
          "This season's harvest, sorted by hand and dried in the sun.",
        ],
        price: 26_000,
        grams: 160,
        box: [70, 70, 110],
        attributes: { masa_simpan_bulan: '24' },
      },
    ],
    styles: [
      {
        name: ['Pala Banda Utuh', 'Whole Banda Nutmeg'],
        about: [
          'Biji utuh dari Kepulauan Banda; parut sedikit di atas sup atau kopi.',
          'Whole seeds from the Banda islands; grate a little over soup or coffee.',
        ],
        tint: 'Cokelat',
        label: 'PALA',
        seller: 'pala-banda',
        attributes: { komposisi: 'Biji pala 100%' },
      },
      {
        name: ['Cengkih Maluku', 'Moluccan Cloves'],
        about: [
          'Kuncupnya gemuk berminyak, cukup dua butir untuk satu panci gulai.',
          'Plump, oily buds; two are enough for a pot of gulai.',
        ],
        tint: 'Merah Bata',
        label: 'CENGKIH',
        seller: 'pala-banda',
        attributes: { komposisi: 'Cengkih 100%' },
      },
      {
        name: ['Lada Hitam Lampung', 'Lampung Black Pepper'],
        about: [
          'Pedasnya tajam dan harum kayu, dikenal dunia sejak berabad lalu.',
          'Sharp, woody heat that the world has known for centuries.',
        ],
        tint: 'Hitam',
        label: 'LADA',
        seller: 'kebun-lampung',
        attributes: { komposisi: 'Lada hitam 100%' },
      },
      {
        name: ['Kayu Manis Kerinci', 'Kerinci Cinnamon'],
        about: [
          'Kulit manis bergulung dari Kerinci, harum sejak toplesnya dibuka.',
          'Rolled bark from Kerinci, fragrant as soon as the jar is opened.',
        ],
        tint: 'Terakota',
        label: 'KAYU MANIS',
        seller: 'ranah-rasa',
        attributes: { komposisi: 'Kayu manis 100%' },
      },
      {
        name: ['Kunyit Iris Semarang', 'Semarang Sliced Turmeric'],
        about: [
          'Kuning pekat untuk soto, nasi kuning, dan jamu rumahan.',
          'Deep yellow for soto, festive rice and home-made jamu.',
        ],
        tint: 'Kuning Kunyit',
        label: 'KUNYIT',
        seller: 'dapur-semawis',
        attributes: { komposisi: 'Kunyit 100%' },
      },
    ],
    closings: [
      [
        'Toples kacanya bertutup rapat agar minyak atsirinya tidak hilang.',
        'A tight glass jar keeps the oils in.',
      ],
      [
        'Sangrai sebentar sebelum dihaluskan untuk aroma terbaik.',
        'Toast briefly before grinding for the best aroma.',
      ],
    ],
  },
  {
    drawing: 'paste-pouch',
    category: 'rempah-bumbu',
    sellers: ['ranah-rasa', 'dapur-semawis'],
    brands: ['lesung-emak'],
    axes: [packAxis(['Porsi', 'Servings'], ['4 porsi', 1], ['8 porsi', 1.8])],
    lines: [
      {
        title: ['Bumbu {style} Siap Masak', 'Ready-to-Cook {style} Paste'],
        about: [
          'Bumbu segar yang sudah ditumis; tinggal tambahkan bahan utama dan santan atau air.',
          'Fresh spices, already fried; add the main ingredient and coconut milk or water.',
        ],
        price: 24_000,
        grams: 180,
        box: [180, 130, 30],
        attributes: { masa_simpan_bulan: '8' },
      },
    ],
    styles: [
      {
        name: ['Rendang', 'Rendang'],
        about: [
          'Dua belas rempah dengan kelapa sangrai, butuh tiga jam api kecil dan kesabaran.',
          'Twelve spices and toasted coconut; it asks for three slow hours and patience.',
        ],
        tint: 'Merah Bata',
        label: 'RENDANG',
        seller: 'ranah-rasa',
        attributes: { komposisi: 'Cabai, lengkuas, serai, kelapa sangrai' },
      },
      {
        name: ['Soto Kuning', 'Yellow Soto'],
        about: [
          'Kunyit, jahe, dan kemiri untuk kuah soto yang jernih dan hangat.',
          'Turmeric, ginger and candlenut for a clear, warming soto.',
        ],
        tint: 'Kuning Kunyit',
        label: 'SOTO',
        attributes: { komposisi: 'Kunyit, jahe, kemiri, bawang' },
      },
      {
        name: ['Gulai Ikan', 'Fish Gulai'],
        about: [
          'Asam kandis dan ruku-ruku menjaga kuah ikan tetap segar.',
          'Asam kandis and holy basil keep the broth fresh.',
        ],
        tint: 'Jingga',
        label: 'GULAI',
        seller: 'ranah-rasa',
        attributes: { komposisi: 'Cabai, kunyit, asam kandis, ruku-ruku' },
      },
      {
        name: ['Rica-Rica', 'Rica-Rica'],
        about: [
          'Cabai, jahe, dan serai khas Minahasa yang pedasnya menggigit.',
          'Chilli, ginger and lemongrass from Minahasa, with a real bite.',
        ],
        tint: 'Merah Cabai',
        label: 'RICA-RICA',
        seller: 'celebes-rasa',
        attributes: { komposisi: 'Cabai, jahe, serai, kemangi' },
      },
      {
        name: ['Pecel Madiun', 'Madiun Pecel'],
        about: [
          'Kacang sangrai dan daun jeruk, cukup dicairkan air hangat.',
          'Roasted peanuts and lime leaf; just loosen it with warm water.',
        ],
        tint: 'Cokelat',
        label: 'PECEL',
        seller: 'dapur-semawis',
        attributes: { komposisi: 'Kacang tanah, cabai, gula aren, daun jeruk' },
      },
      {
        name: ['Rawon', 'Rawon'],
        about: [
          'Keluak tua memberi kuah hitam yang pekat dan gurih.',
          'Aged keluak nuts give the black, savoury broth.',
        ],
        tint: 'Hitam',
        label: 'RAWON',
        attributes: { komposisi: 'Keluak, bawang, lengkuas, ketumbar' },
      },
    ],
    closings: [
      ['Langkah memasak tercetak di belakang kemasan.', 'The steps are printed on the back.'],
      ['Tanpa penyedap buatan.', 'No added flavour enhancer.'],
      [
        'Bekukan bila tidak habis dalam tiga hari setelah dibuka.',
        'Freeze what is not used within three days of opening.',
      ],
    ],
  },
];

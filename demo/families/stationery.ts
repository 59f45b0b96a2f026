import { choiceAxis, type Family, packAxis } from '../family.js';

export const stationery: readonly Family[] = [
  {
    drawing: 'notebook',
    category: 'buku-catatan',
    sellers: ['lorong-kreatif', 'halaman-baru'],
    brands: ['coret-sore'],
    axes: [choiceAxis(['Isi', 'Pages'], ['Bergaris', 'Lined'], ['Polos', 'Plain'], ['Titik', 'Dotted'])],
    lines: [
      {
        title: ['Buku Catatan A5 {style}', '{style} A5 Notebook'],
        about: [
          'Buku catatan jahit benang yang terbuka rata, 160 halaman kertas 90 gram.',
          'A thread-sewn notebook that opens flat, 160 pages of 90-gram paper.',
        ],
        price: 58_000,
        grams: 240,
        box: [210, 148, 16],
        attributes: { kertas: 'Krem 90 g', jumlah_halaman: '160' },
      },
      {
        title: ['Jurnal Saku {style}', '{style} Pocket Journal'],
        about: [
          'Jurnal saku 96 halaman untuk daftar belanja, sketsa, dan ide di angkot.',
          'A 96-page pocket journal for lists, sketches and ideas on the bus.',
        ],
        price: 35_000,
        grams: 110,
        box: [140, 90, 12],
        attributes: { kertas: 'Krem 80 g', jumlah_halaman: '96' },
      },
    ],
    styles: [
      {
        name: ['Batik Parang', 'Parang Batik'],
        about: [
          'Sampulnya kain batik parang asli yang direkatkan tangan.',
          'Covered by hand in real parang batik.',
        ],
        tint: 'Cokelat',
        motif: 'parang',
        attributes: { sampul: 'Kain' },
      },
      {
        name: ['Tenun Merah', 'Red Weave'],
        about: ['Sampul tenun ikat merah dari sisa jahitan.', 'A cover of red ikat offcuts.'],
        tint: 'Merah Bata',
        motif: 'ikat',
        priceFactor: 1.15,
        attributes: { sampul: 'Kain' },
      },
      {
        name: ['Awan Nila', 'Indigo Cloud'],
        about: [
          'Awan mega mendung dicetak timbul di karton tebal.',
          'Mega mendung clouds, embossed on thick board.',
        ],
        tint: 'Biru Nila',
        motif: 'mega-mendung',
        attributes: { sampul: 'Tebal' },
      },
      {
        name: ['Kraft Polos', 'Plain Kraft'],
        about: [
          'Karton kraft polos yang menunggu dihias sendiri.',
          'Plain kraft board that waits for your own drawing.',
        ],
        tint: 'Mocca',
        priceFactor: 0.75,
        attributes: { sampul: 'Tipis' },
      },
    ],
    closings: [
      ['Tinta pena tidak tembus ke belakang.', 'Ink does not bleed through.'],
      [
        'Ada pita pembatas dan kantong di sampul belakang.',
        'With a ribbon and a pocket inside the back cover.',
      ],
      ['Bisa dicetak nama untuk pesanan sepuluh buah.', 'Names can be printed on orders of ten.'],
    ],
  },
  {
    drawing: 'cards',
    category: 'buku-catatan',
    sellers: ['lorong-kreatif'],
    brands: ['coret-sore', ''],
    axes: [packAxis(['Isi', 'Pack'], ['6 lembar', 1], ['12 lembar', 1.8])],
    attributes: { kertas: 'Kertas seni 260 g' },
    lines: [
      {
        title: ['Kartu Ucapan {style}', '{style} Greeting Cards'],
        about: [
          'Kartu lipat dengan amplop kraft, bagian dalamnya kosong untuk tulisan tangan Anda.',
          'Folded cards with kraft envelopes, blank inside for your own hand.',
        ],
        price: 42_000,
        grams: 110,
        box: [160, 115, 15],
      },
    ],
    styles: [
      {
        name: ['Selamat Lebaran', 'Lebaran'],
        about: [
          'Ketupat dan bulan sabit dalam hijau dan emas.',
          'Ketupat and a crescent moon in green and gold.',
        ],
        tint: 'Hijau Zamrud',
        motif: 'ceplok',
      },
      {
        name: ['Bunga Nusantara', 'Flowers of the Islands'],
        about: [
          'Enam bunga dari enam pulau, dilukis cat air.',
          'Six flowers from six islands, in watercolour.',
        ],
        tint: 'Merah Muda',
        motif: 'truntum',
      },
      {
        name: ['Kota Tua', 'Old Towns'],
        about: [
          'Sudut-sudut kota lama dari Sabang sampai Ternate.',
          'Corners of old towns from Sabang to Ternate.',
        ],
        tint: 'Terakota',
        motif: 'kotak',
      },
      {
        name: ['Terima Kasih Batik', 'Batik Thank-You'],
        about: [
          'Empat motif batik dengan ucapan terima kasih sederhana.',
          'Four batik motifs with a simple thank-you.',
        ],
        tint: 'Biru Nila',
        motif: 'kawung',
      },
    ],
    closings: [
      ['Dicetak dengan tinta kedelai.', 'Printed in soy ink.'],
      ['Setiap gambar ditandatangani ilustratornya.', 'Every picture is signed by its illustrator.'],
    ],
  },
  {
    drawing: 'pencils',
    category: 'alat-gambar',
    sellers: ['lorong-kreatif', 'halaman-baru'],
    brands: ['coret-sore'],
    lines: [
      {
        title: ['Pensil Warna {style}', '{style} Coloured Pencils'],
        about: [
          'Pensil kayu jelutung berinti lembut yang tidak mudah patah saat diserut.',
          'Soft-cored pencils in jelutong wood that do not break when sharpened.',
        ],
        price: 59_000,
        grams: 160,
        box: [200, 100, 20],
        axes: [packAxis(['Isi', 'Pack'], ['12 warna', 1], ['24 warna', 1.85], ['36 warna', 2.7])],
        attributes: { isi_set: 'Pensil warna dan serutan' },
      },
    ],
    styles: [
      {
        name: ['Rempah', 'Spice-Tone'],
        about: [
          'Warna-warna tanah yang diberi nama rempah, dari kunyit sampai keluak.',
          'Earth tones named after spices, from turmeric to keluak.',
        ],
        tint: 'Jingga',
      },
      {
        name: ['Laut', 'Sea-Tone'],
        about: ['Biru dan hijau dari pesisir sampai palung.', 'Blues and greens from the shore to the deep.'],
        tint: 'Biru Laut',
      },
      {
        name: ['Pelangi Sekolah', 'School Rainbow'],
        about: ['Warna cerah lengkap untuk tugas sekolah.', 'A full bright set for schoolwork.'],
        tint: 'Merah Cabai',
        priceFactor: 0.7,
      },
    ],
    closings: [
      ['Kalengnya berlapis busa sehingga tidak berisik.', 'A foam-lined tin keeps them quiet.'],
      ['Bisa diencerkan sedikit dengan kuas basah.', 'A wet brush softens the line.'],
    ],
  },
  {
    drawing: 'watercolours',
    category: 'alat-gambar',
    sellers: ['lorong-kreatif'],
    brands: ['coret-sore'],
    lines: [
      {
        title: ['Cat Air {style}', '{style} Watercolours'],
        about: [
          'Cat air padat berpigmen pekat dalam kotak logam yang muat di saku.',
          'Richly pigmented pans in a metal box that fits a pocket.',
        ],
        price: 129_000,
        grams: 220,
        box: [160, 90, 30],
        axes: [packAxis(['Isi', 'Pack'], ['12 warna', 1], ['18 warna', 1.4], ['24 warna', 1.8])],
        attributes: { isi_set: 'Cat air, kuas isi air, dan spons' },
      },
    ],
    styles: [
      {
        name: ['Kotak Kelana', 'Traveller'],
        about: [
          'Palet lipat dan kuas isi air untuk melukis di mana saja.',
          'A folding palette and a water brush for painting anywhere.',
        ],
        tint: 'Toska',
      },
      {
        name: ['Warna Tanah', 'Earth Tones'],
        about: [
          'Pigmen tanah dari Jawa, Sulawesi, dan Flores.',
          'Earth pigments from Java, Sulawesi and Flores.',
        ],
        tint: 'Terakota',
        priceFactor: 1.2,
      },
      {
        name: ['Pertama Melukis', 'First Painting'],
        about: [
          'Set ramah anak yang mudah dicuci dari baju.',
          'A child-friendly set that washes out of clothes.',
        ],
        tint: 'Kuning Kunyit',
        priceFactor: 0.6,
      },
    ],
    closings: [
      ['Tidak beracun dan tidak berbau.', 'Non-toxic and odourless.'],
      ['Isi ulang per warna tersedia.', 'Single pans are available as refills.'],
    ],
  },
  {
    drawing: 'pen',
    category: 'alat-gambar',
    sellers: ['kayu-jepara', 'lorong-kreatif'],
    brands: ['coret-sore'],
    axes: [choiceAxis(['Mata pena', 'Nib'], ['Halus', 'Fine'], ['Sedang', 'Medium'])],
    attributes: { isi_set: 'Pena, kotak, dan satu isi' },
    lines: [
      {
        title: ['Pena Kayu {style}', '{style} Wooden Pen'],
        about: [
          'Pena yang dibubut satu per satu dari potongan kayu dan pas di sela jari.',
          'A pen turned one by one from offcuts, at home between the fingers.',
        ],
        price: 145_000,
        grams: 60,
        box: [170, 50, 30],
      },
    ],
    styles: [
      {
        name: ['Jati', 'Teak'],
        about: [
          'Jati bekas bantalan rel yang seratnya rapat.',
          'Close-grained teak from old railway sleepers.',
        ],
        tint: 'Cokelat',
      },
      {
        name: ['Sonokeling', 'Rosewood'],
        about: ['Sonokeling gelap dengan urat keunguan.', 'Dark rosewood with purple veins.'],
        tint: 'Cokelat Tua',
        priceFactor: 1.2,
      },
      {
        name: ['Galih Asam', 'Tamarind Heart'],
        about: ['Galih asam yang langka, hitam dan berat.', 'Rare tamarind heartwood, black and heavy.'],
        tint: 'Hitam',
        priceFactor: 1.6,
      },
    ],
    closings: [
      ['Isi tintanya ukuran umum dan mudah dicari.', 'It takes common refills that are easy to find.'],
      ['Nama bisa digrafir gratis.', 'A name is engraved for free.'],
    ],
  },
];

import { choiceAxis, type Family, packAxis } from '../family.js';

export const garden: readonly Family[] = [
  {
    drawing: 'house-plant',
    category: 'tanaman-pot',
    sellers: ['kebun-batu'],
    brands: ['tunas-halaman'],
    attributes: { bahan: 'Tanaman hidup' },
    lines: [
      {
        title: ['{style} dalam Pot', 'Potted {style}'],
        about: [
          'Tanaman sehat yang sudah berakar penuh, tinggi 25–35 cm saat dikirim.',
          'A healthy, fully rooted plant, 25–35 cm tall when sent.',
        ],
        price: 65_000,
        grams: 1_400,
        box: [180, 180, 420],
        axes: [
          choiceAxis(['Pot', 'Pot'], ['Pot plastik', 'Plastic pot'], ['Pot terakota', 'Terracotta pot', 1.5]),
        ],
      },
    ],
    styles: [
      {
        name: ['Monstera', 'Monstera'],
        about: [
          'Daunnya mulai berlubang sejak helai kelima dan tumbuh cepat di dekat jendela.',
          'Its leaves split from the fifth on and grow fast near a window.',
        ],
        tint: 'Hijau Zamrud',
        attributes: { cahaya: 'Terang teduh' },
      },
      {
        name: ['Lidah Mertua', 'Snake Plant'],
        drawing: 'snake-plant',
        about: [
          'Paling tahan lupa disiram, cocok untuk pemula dan kantor.',
          'The most forgiving of all when forgotten; good for beginners and offices.',
        ],
        tint: 'Hijau Lumut',
        priceFactor: 0.8,
        attributes: { cahaya: 'Teduh' },
      },
      {
        name: ['Sirih Gading', 'Golden Pothos'],
        drawing: 'trailing-plant',
        about: [
          'Menjuntai indah dari rak dan mudah diperbanyak di air.',
          'It trails from a shelf and roots easily in water.',
        ],
        tint: 'Hijau Daun',
        priceFactor: 0.65,
        attributes: { cahaya: 'Terang teduh' },
      },
      {
        name: ['Kuping Gajah', 'Elephant-Ear Anthurium'],
        drawing: 'broad-leaf',
        about: [
          'Daun beludru berurat putih yang anggun di sudut ruang.',
          'Velvet leaves with white veins, graceful in a corner.',
        ],
        tint: 'Hijau Zamrud',
        priceFactor: 1.6,
        attributes: { cahaya: 'Teduh' },
      },
      {
        name: ['Melati Putih', 'White Jasmine'],
        drawing: 'jasmine',
        about: [
          'Berbunga hampir sepanjang tahun dan wanginya keluar saat senja.',
          'It flowers nearly all year and is fragrant at dusk.',
        ],
        tint: 'Hijau Daun',
        priceFactor: 0.75,
        attributes: { cahaya: 'Matahari penuh' },
      },
      {
        name: ['Jeruk Purut', 'Kaffir Lime'],
        drawing: 'lime-tree',
        about: [
          'Daunnya bisa dipetik untuk soto dan sambal kapan saja.',
          'Pick its leaves for soto and sambal at any time.',
        ],
        tint: 'Hijau Lumut',
        attributes: { cahaya: 'Matahari penuh' },
      },
    ],
    closings: [
      ['Garansi hidup tujuh hari sejak diterima.', 'Guaranteed alive for seven days after arrival.'],
      ['Kartu perawatan ditulis dengan bahasa sederhana.', 'A care card in plain words is included.'],
      [
        'Dikirim Senin sampai Rabu agar tidak menginap di gudang.',
        'Sent Monday to Wednesday, so it never spends a weekend in a depot.',
      ],
    ],
  },
  {
    drawing: 'plant-pot',
    category: 'tanaman-pot',
    sellers: ['gerabah-kasongan', 'kebun-batu'],
    brands: ['tunas-halaman', 'liat-langit'],
    axes: [
      choiceAxis(
        ['Diameter', 'Diameter'],
        ['12 cm', '12 cm'],
        ['18 cm', '18 cm', 1.5],
        ['24 cm', '24 cm', 2.1],
      ),
    ],
    lines: [
      {
        title: ['Pot Tanaman {style}', '{style} Plant Pot'],
        about: [
          'Pot berpori dengan lubang air dan tatakan, akar bisa bernapas.',
          'A porous pot with a drain and a saucer, so roots can breathe.',
        ],
        price: 39_000,
        grams: 800,
        box: [180, 180, 170],
      },
    ],
    styles: [
      {
        name: ['Terakota Klasik', 'Classic Terracotta'],
        about: [
          'Bentuk klasik yang makin cantik setelah berlumut.',
          'The classic shape, lovelier once it gathers moss.',
        ],
        tint: 'Terakota',
        attributes: { bahan: 'Terakota' },
      },
      {
        name: ['Lukis Tumpal', 'Painted Tumpal'],
        about: [
          'Deret tumpal putih dilukis tangan di bibirnya.',
          'A row of white tumpal is painted round the rim by hand.',
        ],
        tint: 'Merah Bata',
        motif: 'tumpal',
        attributes: { bahan: 'Terakota' },
      },
      {
        name: ['Semen Abu', 'Grey Cement'],
        about: [
          'Semen halus bersudut lembut untuk rumah bergaya sederhana.',
          'Smooth cement with soft edges for a plain home.',
        ],
        tint: 'Abu-abu',
        attributes: { bahan: 'Semen' },
      },
      {
        name: ['Glasir Toska', 'Turquoise Glaze'],
        about: [
          'Glasir toska mengilap yang menonjolkan daun hijau.',
          'A glossy turquoise glaze that sets off green leaves.',
        ],
        tint: 'Toska',
        attributes: { bahan: 'Keramik' },
      },
    ],
    closings: [
      ['Tatakan sudah termasuk.', 'The saucer is included.'],
      ['Rendam sebentar sebelum dipakai pertama kali.', 'Soak it briefly before the first use.'],
    ],
  },
  {
    drawing: 'watering-can',
    category: 'tanaman-pot',
    sellers: ['kebun-batu', 'dapur-semawis'],
    brands: ['tunas-halaman'],
    lines: [
      {
        title: ['Gembor {style}', '{style} Watering Can'],
        about: [
          'Gembor bercerat panjang yang mencapai pot di rak tinggi.',
          'A long-spouted can that reaches pots on a high shelf.',
        ],
        price: 89_000,
        grams: 480,
        box: [360, 150, 240],
        axes: [packAxis(['Isi', 'Volume'], ['1 liter', 1], ['2 liter', 1.4, 1.5])],
      },
    ],
    styles: [
      {
        name: ['Seng Hijau', 'Green Zinc'],
        about: [
          'Seng bercat hijau tua seperti di kebun kakek.',
          'Zinc in dark green, as in grandfather’s garden.',
        ],
        tint: 'Hijau Zamrud',
        attributes: { bahan: 'Seng' },
      },
      {
        name: ['Seng Kuning', 'Yellow Zinc'],
        about: [
          'Kuning cerah yang mudah ditemukan di antara daun.',
          'A bright yellow that is easy to find among the leaves.',
        ],
        tint: 'Kuning Kunyit',
        attributes: { bahan: 'Seng' },
      },
      {
        name: ['Tembaga Kecil', 'Small Copper'],
        about: [
          'Lapisan tembaga yang pantas dipajang di dalam rumah.',
          'Copper-plated, fit to be left out indoors.',
        ],
        tint: 'Terakota',
        priceFactor: 1.6,
        attributes: { bahan: 'Baja lapis tembaga' },
      },
    ],
    closings: [
      ['Kepala pancurannya bisa dilepas.', 'The rose comes off.'],
      ['Tidak berkarat bila dikeringkan setelah dipakai.', 'It will not rust if dried after use.'],
    ],
  },
];

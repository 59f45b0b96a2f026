import { choiceAxis, type Family, packAxis } from '../family.js';

const smallMediumLarge = choiceAxis(
  ['Ukuran', 'Size'],
  ['Kecil', 'Small'],
  ['Sedang', 'Medium', 1.4],
  ['Besar', 'Large', 1.9],
);

export const decoration: readonly Family[] = [
  {
    drawing: 'vase',
    category: 'hiasan-rumah',
    sellers: ['gerabah-kasongan'],
    brands: ['liat-langit', 'rimbun-rumah'],
    axes: [smallMediumLarge],
    attributes: { bahan: 'Gerabah' },
    lines: [
      {
        title: ['Vas {style}', '{style} Vase'],
        about: [
          'Vas gerabah yang dibakar dua kali sehingga tidak merembes.',
          'An earthenware vase, fired twice so that it holds water.',
        ],
        price: 98_000,
        grams: 1_100,
        box: [200, 200, 320],
      },
    ],
    styles: [
      {
        name: ['Ramping Terakota', 'Slim Terracotta'],
        about: [
          'Lehernya ramping, cukup untuk tiga tangkai sedap malam.',
          'A slim neck for three stems of tuberose.',
        ],
        tint: 'Terakota',
      },
      {
        name: ['Perut Bulat Gading', 'Round Ivory'],
        about: [
          'Perutnya bulat dan warnanya gading, enak dipandang walau kosong.',
          'Round-bellied and ivory; good to look at even when empty.',
        ],
        tint: 'Putih Gading',
        motif: 'nitik',
      },
      {
        name: ['Parang Biru', 'Blue Parang'],
        about: [
          'Garis parang digores pada tanah basah lalu diisi biru.',
          'The parang is cut into wet clay and filled with blue.',
        ],
        tint: 'Biru Laut',
        motif: 'parang',
        priceFactor: 1.2,
      },
      {
        name: ['Hijau Tembaga', 'Copper Green'],
        about: [
          'Glasir tembaga menghasilkan hijau tua yang berubah-ubah.',
          'A copper glaze gives a deep, shifting green.',
        ],
        tint: 'Hijau Zamrud',
      },
    ],
    closings: [
      ['Alasnya dilapis gabus agar meja tidak tergores.', 'A cork base protects the table.'],
      ['Bunganya tidak termasuk.', 'Flowers are not included.'],
    ],
  },
  {
    drawing: 'mirror',
    category: 'hiasan-rumah',
    sellers: ['mega-pesisir', 'kayu-jepara'],
    brands: ['rimbun-rumah'],
    axes: [choiceAxis(['Diameter', 'Diameter'], ['40 cm', '40 cm'], ['60 cm', '60 cm', 1.6])],
    lines: [
      {
        title: ['Cermin Dinding {style}', '{style} Wall Mirror'],
        about: [
          'Cermin kaca lima milimeter yang membuat lorong sempit terasa lega.',
          'A five-millimetre mirror that opens up a narrow hallway.',
        ],
        price: 275_000,
        grams: 2_100,
        box: [450, 450, 60],
      },
    ],
    styles: [
      {
        name: ['Matahari Rotan', 'Rattan Sun'],
        about: [
          'Jari-jari rotan memancar seperti matahari pagi.',
          'Rattan rays spread like the morning sun.',
        ],
        tint: 'Kuning Kunyit',
        attributes: { bahan: 'Rotan dan kaca' },
      },
      {
        name: ['Kelopak Rotan', 'Rattan Petal'],
        about: [
          'Lengkung rotan membentuk kelopak bunga di sekelilingnya.',
          'Curves of rattan form petals all around.',
        ],
        tint: 'Krem',
        attributes: { bahan: 'Rotan dan kaca' },
      },
      {
        name: ['Bingkai Jati', 'Teak Frame'],
        about: ['Bingkai jati tipis yang disambung tanpa paku.', 'A thin teak frame, joined without nails.'],
        tint: 'Cokelat',
        seller: 'kayu-jepara',
        attributes: { bahan: 'Kayu jati dan kaca' },
      },
    ],
    closings: [
      ['Dikirim dengan rangka kayu dan garansi pecah.', 'Sent in a wooden crate, insured against breakage.'],
      ['Paku dan gantungan disertakan.', 'Nails and a hanger are included.'],
    ],
  },
  {
    drawing: 'gunungan',
    category: 'hiasan-rumah',
    sellers: ['griya-laweyan', 'kayu-jepara'],
    brands: [''],
    axes: [choiceAxis(['Tinggi', 'Height'], ['30 cm', '30 cm'], ['60 cm', '60 cm', 2.2])],
    lines: [
      {
        title: ['Gunungan Wayang {style}', '{style} Wayang Gunungan'],
        about: [
          'Gunungan membuka dan menutup setiap lakon wayang; di rumah ia menjadi lambang awal yang baik.',
          'The gunungan opens and closes every shadow play; in a home it stands for a good beginning.',
        ],
        price: 225_000,
        grams: 380,
        box: [420, 300, 60],
      },
    ],
    styles: [
      {
        name: ['Kulit Tatah Sungging', 'Chiselled Hide'],
        about: [
          'Ditatah di atas kulit kerbau lalu disungging dengan cat emas.',
          'Chiselled from buffalo hide and painted in gold.',
        ],
        tint: 'Merah Marun',
        priceFactor: 1.8,
        attributes: { bahan: 'Kulit kerbau' },
      },
      {
        name: ['Ukir Jati', 'Carved Teak'],
        about: [
          'Diukir tembus dari satu papan jati oleh pengukir Jepara.',
          'Cut through a single teak board by a Jepara carver.',
        ],
        tint: 'Cokelat',
        seller: 'kayu-jepara',
        attributes: { bahan: 'Kayu jati' },
      },
      {
        name: ['Lukis Nila', 'Indigo Painted'],
        about: [
          'Dilukis biru nila dan putih untuk ruang yang sederhana.',
          'Painted indigo and white for a plain room.',
        ],
        tint: 'Biru Nila',
        attributes: { bahan: 'Kayu dan cat' },
      },
    ],
    closings: [
      ['Dudukan kayu disertakan.', 'A wooden stand is included.'],
      ['Bersihkan dengan kuas kering.', 'Clean it with a dry brush.'],
    ],
  },
  {
    drawing: 'umbrella',
    category: 'hiasan-rumah',
    sellers: ['anyam-tasik'],
    brands: ['', 'rimbun-rumah'],
    lines: [
      {
        title: ['Payung Geulis {style}', '{style} Payung Geulis'],
        about: [
          'Payung hias Tasikmalaya berangka bambu yang kertas atau kainnya dilukis tangan.',
          'A decorative parasol from Tasikmalaya with a bamboo frame and a hand-painted canopy.',
        ],
        price: 95_000,
        grams: 340,
        box: [620, 90, 90],
        axes: [
          choiceAxis(
            ['Diameter', 'Diameter'],
            ['40 cm', '40 cm'],
            ['60 cm', '60 cm', 1.5],
            ['80 cm', '80 cm', 2.1],
          ),
        ],
      },
      {
        title: ['Payung Geulis Mini {style}', '{style} Mini Payung Geulis'],
        about: [
          'Payung kecil untuk hiasan meja, gantungan mobil anak, atau suvenir pernikahan.',
          'A small parasol for the table, a child’s mobile or wedding favours.',
        ],
        price: 28_000,
        grams: 70,
        box: [260, 60, 60],
        axes: [packAxis(['Isi', 'Pack'], ['1 buah', 1], ['5 buah', 4.5], ['10 buah', 8.5])],
      },
    ],
    styles: [
      {
        name: ['Bunga Merah', 'Red Blossom'],
        about: ['Bunga-bunga gading melingkar di atas merah cabai.', 'Ivory flowers circle on chilli red.'],
        tint: 'Merah Cabai',
        motif: 'truntum',
        attributes: { bahan: 'Bambu dan kertas' },
      },
      {
        name: ['Awan Biru', 'Blue Cloud'],
        about: [
          'Awan biru laut tersusun seperti ombak di tepinya.',
          'Sea-blue clouds line the edge like waves.',
        ],
        tint: 'Biru Laut',
        motif: 'mega-mendung',
        attributes: { bahan: 'Bambu dan kain' },
      },
      {
        name: ['Kuning Ceplok', 'Yellow Ceplok'],
        about: [
          'Ceplok di atas kuning kunyit yang ceria untuk pesta kebun.',
          'Ceplok on turmeric yellow, cheerful at a garden party.',
        ],
        tint: 'Kuning Kunyit',
        motif: 'ceplok',
        attributes: { bahan: 'Bambu dan kain' },
      },
    ],
    closings: [
      ['Untuk hiasan, tidak untuk hujan deras.', 'For decoration, not for heavy rain.'],
      ['Nama pengantin bisa dilukiskan di tepinya.', 'Names can be painted along the rim.'],
    ],
  },
];

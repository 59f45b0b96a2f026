import { choiceAxis, type Family, packAxis } from '../family.js';

const smallMediumLarge = choiceAxis(
  ['Ukuran', 'Size'],
  ['Kecil', 'Small'],
  ['Sedang', 'Medium', 1.4],
  ['Besar', 'Large', 1.9],
);

export const furnishing: readonly Family[] = [
  {
    drawing: 'basket',
    category: 'keranjang',
    sellers: ['anyam-tasik', 'mega-pesisir', 'pesona-mahakam'],
    brands: ['anyam-langit', ''],
    axes: [smallMediumLarge],
    lines: [
      {
        title: ['Keranjang Simpan {style}', '{style} Storage Basket'],
        about: [
          'Keranjang kokoh untuk selimut, mainan, atau cucian, dengan dua pegangan yang ditanam ke badan.',
          'A sturdy basket for blankets, toys or laundry, with two handles woven into the body.',
        ],
        price: 135_000,
        grams: 900,
        box: [380, 380, 320],
      },
      {
        title: ['Keranjang Bertutup {style}', '{style} Lidded Basket'],
        about: [
          'Keranjang bertutup rapat yang merapikan sudut ruang tamu atau kamar.',
          'A lidded basket that tidies a corner of the living room or bedroom.',
        ],
        price: 195_000,
        grams: 1_250,
        box: [400, 400, 420],
        drawing: 'lidded-basket',
      },
    ],
    styles: [
      {
        name: ['Rotan Alami', 'Natural Rattan'],
        about: [
          'Rotan Cirebon yang dikukus dan dilengkungkan, tidak mudah patah.',
          'Cirebon rattan, steamed and bent, slow to break.',
        ],
        tint: 'Kuning Kunyit',
        seller: 'mega-pesisir',
        priceFactor: 1.3,
        attributes: { bahan: 'Rotan' },
      },
      {
        name: ['Eceng Gondok', 'Water Hyacinth'],
        about: [
          'Gulma rawa yang dijemur dan dipilin menjadi tali yang lembut.',
          'A pond weed, dried and twisted into soft rope.',
        ],
        tint: 'Mocca',
        attributes: { bahan: 'Eceng gondok' },
      },
      {
        name: ['Bambu Belang', 'Two-Tone Bamboo'],
        about: [
          'Bilah bambu terang dan gelap disilang menjadi papan catur.',
          'Light and dark strips of bamboo cross in a chequerboard.',
        ],
        tint: 'Cokelat',
        motif: 'kotak',
        priceFactor: 0.85,
        attributes: { bahan: 'Bambu' },
      },
      {
        name: ['Purun Dayak', 'Dayak Purun'],
        about: [
          'Rumput purun dari rawa Kalimantan dengan pola merah hitam khas Dayak.',
          'Purun reed from the swamps of Kalimantan, in Dayak red and black.',
        ],
        tint: 'Merah Bata',
        motif: 'ikat',
        seller: 'pesona-mahakam',
        attributes: { bahan: 'Rumput purun' },
      },
    ],
    closings: [
      [
        'Jauhkan dari air menggenang dan lap dengan kain kering.',
        'Keep it out of standing water and wipe it dry.',
      ],
      ['Dianyam di rumah-rumah perajin, bukan pabrik.', 'Woven in homes, not in a factory.'],
      [
        'Ukuran kecil masuk ke dalam yang besar sehingga hemat tempat.',
        'The small one nests in the large one.',
      ],
    ],
  },
  {
    drawing: 'pendant-lamp',
    category: 'lampu-lilin',
    sellers: ['mega-pesisir', 'anyam-tasik'],
    brands: ['cahaya-teduh'],
    lines: [
      {
        title: ['Lampu Gantung {style}', '{style} Pendant Lamp'],
        about: [
          'Lampu gantung yang menebar cahaya hangat dan bayangan indah di langit-langit.',
          'A pendant that spreads a warm light and lovely shadows across the ceiling.',
        ],
        price: 245_000,
        grams: 900,
        box: [400, 400, 300],
        axes: [
          choiceAxis(
            ['Diameter', 'Diameter'],
            ['30 cm', '30 cm'],
            ['40 cm', '40 cm', 1.4],
            ['50 cm', '50 cm', 1.85],
          ),
        ],
      },
      {
        title: ['Lampu Meja {style}', '{style} Table Lamp'],
        about: [
          'Lampu meja berkaki kayu untuk menemani membaca sebelum tidur.',
          'A table lamp on a wooden foot, company for a last chapter in bed.',
        ],
        price: 189_000,
        grams: 1_100,
        box: [260, 260, 420],
        drawing: 'table-lamp',
      },
    ],
    styles: [
      {
        name: ['Kubah Rotan', 'Rattan Dome'],
        about: [
          'Rangka kubah dari rotan utuh yang dilengkung tanpa paku.',
          'A dome of whole rattan, bent without a nail.',
        ],
        tint: 'Kuning Kunyit',
        attributes: { bahan: 'Rotan' },
      },
      {
        name: ['Anyam Bambu', 'Woven Bamboo'],
        about: [
          'Bilah bambu tipis memendarkan cahaya kuning yang teduh.',
          'Thin bamboo strips glow with a soft yellow light.',
        ],
        tint: 'Krem',
        attributes: { bahan: 'Bambu' },
      },
      {
        name: ['Kain Batik', 'Batik Shade'],
        about: [
          'Kap dari batik cap yang motifnya baru tampak penuh saat dinyalakan.',
          'A shade of stamped batik whose pattern comes alive when lit.',
        ],
        tint: 'Merah Bata',
        motif: 'kawung',
        attributes: { bahan: 'Katun batik dan kayu' },
      },
    ],
    closings: [
      ['Memakai bohlam E27, paling cocok yang hangat 5 watt.', 'Takes an E27 bulb, best a warm 5-watt one.'],
      [
        'Kabel kain dua meter dan sakelar sudah terpasang.',
        'Two metres of fabric cable and a switch are fitted.',
      ],
    ],
  },
  {
    drawing: 'candle',
    category: 'lampu-lilin',
    sellers: ['sekar-ubud', 'melati-keraton'],
    brands: ['cahaya-teduh'],
    attributes: { bahan: 'Lilin kedelai' },
    axes: [packAxis(['Isi', 'Size'], ['120 g', 1], ['220 g', 1.65])],
    lines: [
      {
        title: ['Lilin Wangi {style}', '{style} Scented Candle'],
        about: [
          'Lilin kedelai bersumbu katun yang menyala bersih dan tidak berjelaga.',
          'A soy candle with a cotton wick that burns clean, without soot.',
        ],
        price: 79_000,
        grams: 320,
        box: [95, 95, 110],
      },
    ],
    styles: [
      {
        name: ['Melati dan Teh', 'Jasmine and Tea'],
        about: [
          'Wangi melati dan teh hijau seperti teras rumah selepas hujan.',
          'Jasmine and green tea, like a porch after the rain.',
        ],
        tint: 'Hijau Sage',
        label: 'MELATI',
      },
      {
        name: ['Cendana dan Pala', 'Sandalwood and Nutmeg'],
        about: [
          'Cendana Timor dan pala yang hangat, untuk malam yang pelan.',
          'Timor sandalwood and warm nutmeg for slow evenings.',
        ],
        tint: 'Cokelat',
        label: 'CENDANA',
      },
      {
        name: ['Kamboja dan Kelapa', 'Frangipani and Coconut'],
        about: [
          'Bunga kamboja dan kelapa muda membawa pulang suasana Bali.',
          'Frangipani and young coconut bring Bali home.',
        ],
        tint: 'Merah Muda',
        label: 'KAMBOJA',
      },
      {
        name: ['Serai dan Jeruk Purut', 'Lemongrass and Kaffir Lime'],
        about: [
          'Segar dan tidak disukai nyamuk, pas untuk teras.',
          'Fresh, and unloved by mosquitoes; right for the porch.',
        ],
        tint: 'Toska',
        label: 'SERAI',
      },
    ],
    closings: [
      [
        'Pangkas sumbu lima milimeter setiap akan dinyalakan.',
        'Trim the wick to five millimetres before each lighting.',
      ],
      ['Gelasnya bisa dipakai lagi untuk pot kaktus kecil.', 'The glass becomes a pot for a small cactus.'],
    ],
  },
  {
    drawing: 'cushion',
    category: 'tekstil-rumah',
    sellers: ['batik-kali-loji'],
    brands: ['rimbun-rumah'],
    axes: [
      choiceAxis(
        ['Ukuran', 'Size'],
        ['40 × 40 cm', '40 × 40 cm'],
        ['45 × 45 cm', '45 × 45 cm', 1.12],
        ['50 × 50 cm', '50 × 50 cm', 1.25],
      ),
    ],
    lines: [
      {
        title: ['Sarung Bantal {style}', '{style} Cushion Cover'],
        about: [
          'Sarung bantal sofa berritsleting tersembunyi, belakangnya kanvas polos.',
          'A sofa cushion cover with a hidden zip and a plain canvas back.',
        ],
        price: 69_000,
        grams: 160,
        box: [260, 200, 25],
      },
      {
        title: ['Bantal Sofa {style} dengan Isi', 'Filled {style} Cushion'],
        about: [
          'Bantal lengkap dengan isian dakron padat yang tidak cepat kempis.',
          'Complete with a firm filling that does not go flat.',
        ],
        price: 109_000,
        grams: 620,
        box: [400, 400, 120],
      },
    ],
    styles: [
      {
        name: ['Kawung Cokelat', 'Brown Kawung'],
        about: [
          'Kawung cokelat hangat di atas krem, serasi dengan perabot kayu.',
          'Warm brown kawung on cream, at home with wooden furniture.',
        ],
        tint: 'Cokelat',
        motif: 'kawung',
        attributes: { bahan: 'Katun batik' },
      },
      {
        name: ['Mega Mendung Biru', 'Blue Mega Mendung'],
        about: ['Awan biru yang menyegarkan sofa abu-abu.', 'Blue clouds that freshen a grey sofa.'],
        seller: 'mega-pesisir',
        tint: 'Biru Nila',
        motif: 'mega-mendung',
        attributes: { bahan: 'Katun batik' },
      },
      {
        name: ['Ikat Sumba', 'Sumba Ikat'],
        about: [
          'Bagian depannya potongan tenun ikat Sumba yang asli.',
          'The front is a real piece of Sumba ikat.',
        ],
        tint: 'Merah Bata',
        motif: 'ikat',
        priceFactor: 1.6,
        seller: 'ikat-waingapu',
        attributes: { bahan: 'Tenun katun' },
      },
      {
        name: ['Linen Polos Sage', 'Plain Sage Linen'],
        about: [
          'Linen hijau sage tanpa motif sebagai penyeimbang.',
          'Plain sage linen to balance the others.',
        ],
        tint: 'Hijau Sage',
        seller: 'ruang-jahit',
        attributes: { bahan: 'Linen' },
      },
    ],
    closings: [
      ['Cuci terpisah pada tiga cucian pertama.', 'Wash separately the first three times.'],
      ['Jahitan tepinya diobras dan dikunci.', 'The seams are overlocked and locked.'],
    ],
  },
  {
    drawing: 'rug',
    category: 'tekstil-rumah',
    sellers: ['anyam-tasik', 'pesona-mahakam'],
    brands: ['rimbun-rumah', 'anyam-langit'],
    axes: [
      choiceAxis(
        ['Ukuran', 'Size'],
        ['100 × 150 cm', '100 × 150 cm'],
        ['150 × 200 cm', '150 × 200 cm', 1.9],
        ['200 × 250 cm', '200 × 250 cm', 3],
      ),
    ],
    lines: [
      {
        title: ['Tikar {style}', '{style} Mat'],
        about: [
          'Tikar untuk lesehan, piknik, dan tidur siang; digulung menjadi selebar lengan.',
          'A mat for floor seating, picnics and naps; it rolls up to the width of an arm.',
        ],
        price: 149_000,
        grams: 1_400,
        box: [1_000, 140, 140],
      },
    ],
    styles: [
      {
        name: ['Mendong Tasik', 'Tasik Mendong'],
        about: [
          'Rumput mendong yang sejuk di punggung dan berbau ladang.',
          'Mendong grass, cool to the back, with a scent of fields.',
        ],
        tint: 'Hijau Sage',
        motif: 'lereng',
        attributes: { bahan: 'Rumput mendong' },
      },
      {
        name: ['Lampit Rotan', 'Rattan Lampit'],
        about: [
          'Bilah rotan Kalimantan dirangkai rapat, licin, dan tahan puluhan tahun.',
          'Closely strung Kalimantan rattan; smooth, and good for decades.',
        ],
        tint: 'Kuning Kunyit',
        motif: 'kotak',
        priceFactor: 2.2,
        seller: 'pesona-mahakam',
        attributes: { bahan: 'Rotan' },
      },
      {
        name: ['Pandan Warna', 'Coloured Pandan'],
        about: [
          'Pandan celup dengan motif ceplok merah dan hijau.',
          'Dyed pandan with a red and green ceplok pattern.',
        ],
        tint: 'Merah Bata',
        motif: 'ceplok',
        attributes: { bahan: 'Pandan' },
      },
    ],
    closings: [
      ['Jemur sebentar setelah kena air.', 'Sun it briefly when it gets wet.'],
      [
        'Tepinya dibungkus kain agar tidak menggores lantai.',
        'The edge is bound in cloth so it will not scratch the floor.',
      ],
    ],
  },
];

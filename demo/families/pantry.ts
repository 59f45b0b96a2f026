import { type Family, netWeight, packAxis, volume } from '../family.js';

export const pantry: readonly Family[] = [
  {
    drawing: 'honey-jar',
    category: 'madu-gula',
    sellers: ['madu-siak'],
    brands: ['lebah-rimba'],
    lines: [
      {
        title: ['Madu {style}', '{style} Honey'],
        about: [
          'Madu mentah yang hanya disaring kain, tidak dipanaskan dan tidak ditambah gula.',
          'Raw honey, strained through cloth only, never heated and with no sugar added.',
        ],
        price: 85_000,
        grams: 520,
        box: [90, 90, 130],
        axes: [packAxis(netWeight, ['350 g', 1], ['650 g', 1.75], ['1 kg', 2.55])],
        attributes: { komposisi: 'Madu 100%', masa_simpan_bulan: '24' },
      },
      {
        title: ['Madu Sarang {style}', '{style} Honeycomb'],
        about: [
          'Potongan sarang utuh yang terendam madu, bisa dikunyah bersama lilinnya.',
          'A piece of whole comb under honey, to be chewed wax and all.',
        ],
        price: 125_000,
        grams: 480,
        box: [100, 100, 110],
        axes: [packAxis(netWeight, ['300 g', 1], ['500 g', 1.6])],
        attributes: { komposisi: 'Sarang dan madu 100%', masa_simpan_bulan: '18' },
      },
    ],
    styles: [
      {
        name: ['Hutan Sialang', 'Sialang Forest'],
        about: [
          'Dipanen dari pohon sialang setinggi empat puluh meter, warnanya gelap dan rasanya legit.',
          'Taken from sialang trees forty metres high; dark and deeply sweet.',
        ],
        tint: 'Cokelat',
        label: 'SIALANG',
      },
      {
        name: ['Akasia', 'Acacia'],
        about: [
          'Dari kebun akasia, encer, keemasan, dan sedikit asam segar.',
          'From acacia groves: runny, golden and a touch tart.',
        ],
        tint: 'Kuning Kunyit',
        label: 'AKASIA',
        priceFactor: 0.85,
      },
      {
        name: ['Kelulut', 'Stingless Bee'],
        about: [
          'Madu lebah tanpa sengat yang asam manis, diambil sedikit demi sedikit dari pot lilin.',
          'The sweet-sour honey of stingless bees, drawn bit by bit from pots of wax.',
        ],
        tint: 'Jingga',
        label: 'KELULUT',
        priceFactor: 1.4,
      },
    ],
    closings: [
      [
        'Mengkristal di tempat dingin itu wajar; rendam toplesnya dalam air hangat.',
        'It may set in the cold; stand the jar in warm water.',
      ],
      ['Tidak untuk bayi di bawah satu tahun.', 'Not for babies under one year.'],
      ['Enak dengan jeruk nipis hangat atau roti bakar.', 'Good with warm lime water or on toast.'],
    ],
  },
  {
    drawing: 'palm-sugar',
    category: 'madu-gula',
    sellers: ['madu-siak', 'dapur-semawis'],
    brands: ['', 'lesung-emak'],
    axes: [packAxis(netWeight, ['500 g', 1], ['1 kg', 1.88])],
    lines: [
      {
        title: ['Gula {style}', '{style}'],
        about: [
          'Nira disadap dua kali sehari dan langsung dimasak di tungku kayu sebelum sempat asam.',
          'The sap is tapped twice a day and boiled over wood before it can sour.',
        ],
        price: 32_000,
        grams: 540,
        box: [180, 130, 60],
      },
    ],
    styles: [
      {
        name: ['Aren Batok', 'Arenga Palm Sugar Blocks'],
        about: [
          'Dicetak dalam batok kelapa, harum asap dan cocok untuk bubur serta kolak.',
          'Set in coconut shells; smoky, for porridge and kolak.',
        ],
        tint: 'Cokelat Tua',
        attributes: { komposisi: 'Nira aren 100%', masa_simpan_bulan: '12' },
      },
      {
        name: ['Semut Aren', 'Granulated Arenga Palm Sugar'],
        about: [
          'Butirannya halus dan cepat larut, pengganti gula pasir untuk kopi.',
          'Fine grains that melt fast, in place of white sugar in coffee.',
        ],
        tint: 'Cokelat',
        drawing: 'spice-jar',
        label: 'AREN',
        attributes: { komposisi: 'Nira aren 100%', masa_simpan_bulan: '12' },
      },
      {
        name: ['Kelapa Cetak', 'Coconut Palm Sugar Blocks'],
        about: [
          'Dari nira kelapa pesisir, manisnya lebih ringan untuk sambal dan semur.',
          'From coastal coconut sap; a lighter sweetness for sambal and stews.',
        ],
        tint: 'Terakota',
        priceFactor: 0.8,
        attributes: { komposisi: 'Nira kelapa 100%', masa_simpan_bulan: '10' },
      },
      {
        name: ['Cair Aren', 'Arenga Palm Syrup'],
        about: [
          'Sudah dicairkan dan disaring, tinggal dituang ke es kopi atau cendol.',
          'Already melted and strained; just pour it over iced coffee or cendol.',
        ],
        tint: 'Cokelat Tua',
        priceFactor: 1.2,
        drawing: 'soy-bottle',
        label: 'AREN',
        attributes: { komposisi: 'Nira aren, air', masa_simpan_bulan: '6' },
      },
    ],
    closings: [
      ['Simpan kering agar tidak berair.', 'Keep dry so that it does not weep.'],
      ['Tanpa campuran gula tebu.', 'No cane sugar added.'],
    ],
  },
  {
    drawing: 'sambal-jar',
    category: 'sambal-kecap',
    sellers: ['dapur-semawis', 'celebes-rasa', 'ranah-rasa'],
    brands: ['lesung-emak'],
    lines: [
      {
        title: ['Sambal {style}', '{style} Sambal'],
        about: [
          'Diulek kasar lalu ditumis dengan api kecil sampai minyaknya keluar sendiri.',
          'Coarsely pounded, then fried on a low flame until the oil rises.',
        ],
        price: 36_000,
        grams: 260,
        box: [70, 70, 110],
        axes: [packAxis(netWeight, ['150 g', 1], ['250 g', 1.5])],
      },
    ],
    styles: [
      {
        name: ['Roa Manado', 'Manado Roa'],
        about: [
          'Ikan roa asap yang disuwir memberi rasa gurih khas Sulawesi Utara.',
          'Shredded smoked roa fish gives the deep savour of North Sulawesi.',
        ],
        tint: 'Merah Bata',
        label: 'ROA',
        seller: 'celebes-rasa',
        attributes: {
          komposisi: 'Cabai, ikan roa, bawang, minyak',
          tingkat_pedas: 'Pedas',
          masa_simpan_bulan: '6',
        },
      },
      {
        name: ['Bawang Rawit', "Bird's-Eye Garlic"],
        about: [
          'Rawit merah dan bawang putih dalam takaran satu banding satu.',
          'Red bird’s-eye chilli and garlic, one to one.',
        ],
        tint: 'Merah Cabai',
        label: 'BAWANG',
        attributes: {
          komposisi: 'Cabai rawit, bawang putih, minyak, garam',
          tingkat_pedas: 'Sangat pedas',
          masa_simpan_bulan: '6',
        },
      },
      {
        name: ['Terasi Matang', 'Cooked Shrimp Paste'],
        about: [
          'Terasi udang rebon yang dibakar dahulu sehingga harum, bukan amis.',
          'The shrimp paste is toasted first, so it is fragrant, not fishy.',
        ],
        tint: 'Merah Marun',
        label: 'TERASI',
        attributes: {
          komposisi: 'Cabai, tomat, terasi, gula aren',
          tingkat_pedas: 'Sedang',
          masa_simpan_bulan: '6',
        },
      },
      {
        name: ['Ijo Padang', 'Padang Green'],
        about: [
          'Cabai hijau dan tomat muda yang dikukus, teman nasi hangat dan dendeng.',
          'Steamed green chilli and young tomato, for hot rice and dendeng.',
        ],
        tint: 'Hijau Daun',
        label: 'IJO',
        seller: 'ranah-rasa',
        attributes: {
          komposisi: 'Cabai hijau, tomat hijau, bawang, minyak',
          tingkat_pedas: 'Sedang',
          masa_simpan_bulan: '3',
        },
      },
      {
        name: ['Matah Bali', 'Balinese Matah'],
        about: [
          'Irisan serai, bawang merah, dan cabai yang disiram minyak kelapa panas.',
          'Sliced lemongrass, shallot and chilli under hot coconut oil.',
        ],
        tint: 'Jingga',
        label: 'MATAH',
        seller: 'sekar-ubud',
        attributes: {
          komposisi: 'Bawang merah, serai, cabai, minyak kelapa',
          tingkat_pedas: 'Pedas',
          masa_simpan_bulan: '2',
        },
      },
      {
        name: ['Kecombrang', 'Torch Ginger'],
        about: [
          'Bunga kecombrang cincang memberi wangi segar di ujung pedasnya.',
          'Chopped torch-ginger flower adds a fresh scent behind the heat.',
        ],
        tint: 'Merah Muda',
        label: 'HONJE',
        attributes: {
          komposisi: 'Cabai, kecombrang, bawang, minyak',
          tingkat_pedas: 'Pedas',
          masa_simpan_bulan: '4',
        },
      },
    ],
    closings: [
      [
        'Setelah dibuka, simpan di kulkas dan ambil dengan sendok kering.',
        'Once opened, keep it in the fridge and use a dry spoon.',
      ],
      [
        'Dibungkus gelembung udara dua lapis agar botolnya selamat.',
        'The jar travels in two layers of bubble wrap.',
      ],
      ['Tanpa pengawet.', 'No preservatives.'],
    ],
  },
  {
    drawing: 'soy-bottle',
    category: 'sambal-kecap',
    sellers: ['dapur-semawis'],
    brands: ['lesung-emak', ''],
    axes: [packAxis(volume, ['300 ml', 1], ['600 ml', 1.8])],
    lines: [
      {
        title: ['Kecap {style}', '{style} Soy Sauce'],
        about: [
          'Kedelai difermentasi empat bulan di gentong tanah liat di bawah matahari Semarang.',
          'The beans ferment for four months in clay vats under the Semarang sun.',
        ],
        price: 29_000,
        grams: 560,
        box: [75, 75, 240],
      },
    ],
    styles: [
      {
        name: ['Manis Kedelai Hitam', 'Sweet Black-Bean'],
        about: [
          'Kental, legit, dan tidak langsung tenggelam ketika dituang di atas sate.',
          'Thick and mellow; it stays on the satay it is poured over.',
        ],
        tint: 'Cokelat Tua',
        label: 'MANIS',
        attributes: {
          komposisi: 'Kedelai hitam, gula aren, garam, rempah',
          tingkat_pedas: 'Tidak pedas',
          masa_simpan_bulan: '18',
        },
      },
      {
        name: ['Asin Tradisional', 'Traditional Salty'],
        about: [
          'Asin gurih dan jernih, secukupnya saja untuk bakmi dan tumisan.',
          'Salty, savoury and clear; a dash is enough for noodles and stir-fries.',
        ],
        tint: 'Hitam',
        label: 'ASIN',
        priceFactor: 0.85,
        attributes: {
          komposisi: 'Kedelai, air, garam',
          tingkat_pedas: 'Tidak pedas',
          masa_simpan_bulan: '24',
        },
      },
      {
        name: ['Manis Pedas', 'Sweet and Hot'],
        about: [
          'Kecap manis yang dimasak bersama cabai rawit kering untuk gorengan dan tahu gejrot.',
          'Sweet soy simmered with dried chilli, for fritters and tahu gejrot.',
        ],
        tint: 'Merah Bata',
        label: 'PEDAS',
        attributes: {
          komposisi: 'Kedelai hitam, gula aren, cabai rawit',
          tingkat_pedas: 'Sedang',
          masa_simpan_bulan: '18',
        },
      },
    ],
    closings: [
      ['Botol kacanya boleh dikembalikan untuk potongan harga.', 'Return the glass bottle for a discount.'],
      ['Tanpa pewarna karamel buatan.', 'No artificial caramel.'],
    ],
  },
  {
    drawing: 'rice-sack',
    category: 'beras',
    sellers: ['kebun-batu', 'dapur-semawis'],
    brands: ['padi-sewindu'],
    axes: [packAxis(netWeight, ['1 kg', 1], ['5 kg', 4.75], ['10 kg', 9.2])],
    lines: [
      {
        title: ['Beras {style}', '{style} Rice'],
        about: [
          'Digiling setelah pesanan masuk sehingga wanginya masih utuh sampai ke dapur.',
          'Milled after you order, so the scent reaches your kitchen whole.',
        ],
        price: 19_500,
        grams: 1_020,
        box: [260, 180, 60],
        attributes: { masa_simpan_bulan: '6' },
      },
    ],
    styles: [
      {
        name: ['Pandan Wangi Cianjur', 'Cianjur Pandan Wangi'],
        about: [
          'Butirnya bulat, nasinya pulen dan beraroma pandan tanpa pewangi.',
          'Round grains that cook soft, with a natural scent of pandan.',
        ],
        tint: 'Hijau Daun',
        label: 'PANDAN',
        motif: 'truntum',
        priceFactor: 1.2,
        attributes: { komposisi: 'Beras pandan wangi 100%' },
      },
      {
        name: ['Rojolele Delanggu', 'Delanggu Rojolele'],
        about: [
          'Beras lokal Klaten yang putih dan legit, favorit untuk nasi liwet.',
          'The white, mellow rice of Klaten, a favourite for nasi liwet.',
        ],
        tint: 'Kuning Kunyit',
        label: 'ROJOLELE',
        motif: 'kawung',
        priceFactor: 1.1,
        attributes: { komposisi: 'Beras rojolele 100%' },
      },
      {
        name: ['Merah Organik', 'Organic Red'],
        about: [
          'Ditanam tanpa pupuk kimia; kulit arinya utuh sehingga kaya serat.',
          'Grown without chemicals; the bran is left on, so it is rich in fibre.',
        ],
        tint: 'Merah Bata',
        label: 'MERAH',
        motif: 'ceplok',
        priceFactor: 1.5,
        attributes: { komposisi: 'Beras merah 100%' },
      },
      {
        name: ['Hitam Adan', 'Black Adan'],
        about: [
          'Beras ladang dari dataran tinggi Krayan, wangi kacang dan berwarna ungu saat matang.',
          'Highland rice from Krayan; nutty, and purple when cooked.',
        ],
        tint: 'Ungu Manggis',
        label: 'ADAN',
        motif: 'tumpal',
        priceFactor: 2.1,
        seller: 'pesona-mahakam',
        attributes: { komposisi: 'Beras hitam 100%' },
      },
      {
        name: ['Ketan Putih', 'White Glutinous'],
        about: [
          'Ketan yang lengket sempurna untuk lemper, lupis, dan uli.',
          'Glutinous rice that clings perfectly in lemper, lupis and uli.',
        ],
        tint: 'Krem',
        label: 'KETAN',
        motif: 'nitik',
        priceFactor: 1.15,
        attributes: { komposisi: 'Beras ketan 100%' },
      },
    ],
    closings: [
      ['Tanpa pemutih dan pewangi.', 'No bleach, no perfume.'],
      [
        'Simpan di wadah tertutup dengan beberapa lembar daun salam.',
        'Store in a closed bin with a few salam leaves.',
      ],
      ['Kantong kainnya bisa dipakai lagi untuk belanja.', 'The cloth sack can be used again for shopping.'],
    ],
  },
];

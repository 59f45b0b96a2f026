import { type Family, netWeight, packAxis } from '../family.js';

export const teaChocolate: readonly Family[] = [
  {
    drawing: 'tea-tin',
    category: 'teh',
    sellers: ['kebun-batu', 'dapur-semawis'],
    brands: ['daun-subuh'],
    axes: [packAxis(netWeight, ['50 g', 1], ['100 g', 1.85], ['250 g', 4.2])],
    lines: [
      {
        title: ['Teh {style} Kaleng', '{style} Tea in a Tin'],
        about: [
          'Daun utuh yang mengembang penuh saat diseduh, bisa diseduh ulang dua sampai tiga kali.',
          'Whole leaves that open fully in the pot and can be steeped two or three times.',
        ],
        price: 48_000,
        grams: 140,
        box: [110, 110, 140],
      },
      {
        title: ['Teh {style} Celup', '{style} Tea Bags'],
        about: [
          'Daun pilihan dalam kantong segitiga yang lapang, praktis untuk kantor dan tamu.',
          'Choice leaf in roomy pyramid bags, handy for the office and for guests.',
        ],
        price: 36_000,
        grams: 90,
        box: [130, 80, 90],
        axes: [packAxis(['Isi', 'Contents'], ['15 kantong', 1], ['30 kantong', 1.85])],
      },
    ],
    styles: [
      {
        name: ['Melati Tegal', 'Tegal Jasmine'],
        about: [
          'Daun hijau dilayukan bersama bunga melati segar semalam suntuk, wangi seperti teh poci.',
          'Green leaf withered overnight with fresh jasmine, as in the teapots of Tegal.',
        ],
        tint: 'Hijau Daun',
        label: 'MELATI',
        motif: 'truntum',
        attributes: { asal: 'Tegal' },
      },
      {
        name: ['Hitam Kayu Aro', 'Kayu Aro Black'],
        about: [
          'Teh hitam dari kebun tua di kaki Gunung Kerinci, warnanya merah tembaga dan rasanya bulat.',
          'Black tea from the old estate below Mount Kerinci: copper-red and round.',
        ],
        tint: 'Merah Bata',
        label: 'KERINCI',
        motif: 'tumpal',
        attributes: { asal: 'Kerinci, Jambi' },
      },
      {
        name: ['Putih Gambung', 'Gambung White'],
        about: [
          'Hanya kuncup peko yang dipetik sebelum subuh; ringan, manis, dan hampir tanpa sepat.',
          'Only buds picked before dawn; light, sweet and hardly astringent.',
        ],
        tint: 'Krem',
        label: 'PUTIH',
        motif: 'sisik',
        priceFactor: 2.4,
        attributes: { asal: 'Bandung' },
      },
      {
        name: ['Oolong Arjuno', 'Arjuno Oolong'],
        about: [
          'Setengah difermentasi di lereng Arjuno, wanginya antara bunga dan madu.',
          'Half-fermented on the slopes of Arjuno, between flowers and honey.',
        ],
        tint: 'Biru Laut',
        label: 'OOLONG',
        motif: 'mega-mendung',
        priceFactor: 1.5,
        seller: 'kebun-batu',
        attributes: { asal: 'Batu' },
      },
      {
        name: ['Telang Serai', 'Butterfly Pea and Lemongrass'],
        about: [
          'Campuran bunga telang dan serai tanpa kafein; birunya berubah ungu bila diberi jeruk.',
          'Caffeine-free butterfly pea and lemongrass; the blue turns purple with a squeeze of lime.',
        ],
        tint: 'Ungu Manggis',
        label: 'TELANG',
        motif: 'ceplok',
        attributes: { asal: 'Batu' },
      },
    ],
    closings: [
      ['Seduh dengan air 85–90 °C selama tiga menit.', 'Brew at 85–90 °C for three minutes.'],
      ['Simpan di wadah rapat, jauh dari bumbu dapur.', 'Keep it tightly closed and away from the spices.'],
      [
        'Nikmat hangat, dan segar bila didinginkan semalam.',
        'Good hot, and refreshing after a night in the fridge.',
      ],
    ],
  },
  {
    drawing: 'spice-drink',
    category: 'minuman-rempah',
    sellers: ['melati-keraton', 'dapur-semawis'],
    brands: ['lesung-emak', ''],
    axes: [packAxis(netWeight, ['250 g', 1], ['500 g', 1.85])],
    lines: [
      {
        title: ['{style} Bubuk', '{style} Powder'],
        about: [
          'Dimasak perlahan sampai mengkristal; cukup diseduh dua sendok dengan air panas.',
          'Simmered slowly until it crystallises; stir two spoons into hot water.',
        ],
        price: 38_000,
        grams: 270,
        box: [180, 120, 70],
      },
      {
        title: ['{style} Celup', '{style} Sachets'],
        about: [
          'Rempah kering dalam kantong celup kertas, praktis untuk kantor dan perjalanan.',
          'Dried spices in paper bags, handy for the office and the road.',
        ],
        price: 32_000,
        grams: 120,
        box: [160, 100, 70],
        axes: [packAxis(['Isi', 'Contents'], ['15 kantong', 1], ['30 kantong', 1.8])],
      },
    ],
    styles: [
      {
        name: ['Wedang Jahe Merah', 'Red Ginger Wedang'],
        about: [
          'Jahe merah dari kebun sendiri memberi hangat yang bertahan lama di dada.',
          'Home-grown red ginger gives a warmth that lingers in the chest.',
        ],
        tint: 'Merah Bata',
        label: 'JAHE',
      },
      {
        name: ['Wedang Uwuh', 'Wedang Uwuh'],
        about: [
          'Daun cengkih, kayu secang, dan jahe dari Imogiri membuat seduhannya merah dan harum.',
          'Clove leaf, sappanwood and ginger from Imogiri brew red and fragrant.',
        ],
        tint: 'Merah Marun',
        label: 'UWUH',
      },
      {
        name: ['Kunyit Asam', 'Turmeric Tamarind'],
        about: [
          'Kunyit segar dan asam jawa, diminum dingin pada siang yang terik.',
          'Fresh turmeric and tamarind, drunk cold at noon.',
        ],
        tint: 'Kuning Kunyit',
        label: 'KUNYIT',
      },
      {
        name: ['Beras Kencur', 'Beras Kencur'],
        about: [
          'Beras dan kencur yang lembut, jamu pertama bagi banyak anak.',
          'Gentle rice and kencur, the first jamu of many a child.',
        ],
        tint: 'Krem',
        label: 'KENCUR',
      },
    ],
    closings: [
      ['Tanpa pengawet dan pewarna.', 'No preservatives, no colouring.'],
      ['Simpan di tempat kering agar harumnya tetap utuh.', 'Keep it dry so the scent stays whole.'],
      ['Enak dengan sedikit madu.', 'Good with a little honey.'],
    ],
  },
  {
    drawing: 'chocolate-bar',
    category: 'cokelat',
    sellers: ['celebes-rasa', 'sekar-ubud'],
    brands: ['kakao-seribu'],
    lines: [
      {
        title: ['Cokelat Batang {style}', '{style} Chocolate Bar'],
        about: [
          'Dibuat dari biji sampai batang di dapur kecil, digiling tiga hari sampai halus di lidah.',
          'Made from bean to bar in a small kitchen, ground for three days until silky.',
        ],
        price: 45_000,
        grams: 90,
        box: [170, 85, 15],
        axes: [packAxis(netWeight, ['60 g', 1], ['120 g', 1.85])],
      },
    ],
    styles: [
      {
        name: ['Hitam 72% Sulawesi', 'Sulawesi Dark 72%'],
        about: [
          'Kakao Mamuju yang difermentasi lima hari, berasa buah kering dan kayu manis.',
          'Mamuju cocoa, fermented for five days: dried fruit and cinnamon.',
        ],
        tint: 'Cokelat Tua',
        label: '72%',
        motif: 'songket',
        attributes: { asal: 'Mamuju', kadar_kakao: '72' },
      },
      {
        name: ['Susu 45% Kelapa', 'Coconut Milk 45%'],
        about: [
          'Susunya diganti santan sehingga lembut dan bebas susu sapi.',
          'Made with coconut milk, so it is creamy and dairy-free.',
        ],
        tint: 'Mocca',
        label: '45%',
        motif: 'kawung',
        attributes: { asal: 'Jembrana, Bali', kadar_kakao: '45' },
      },
      {
        name: ['Garam Amed 65%', 'Amed Sea Salt 65%'],
        about: [
          'Ditaburi kristal garam dari pantai Amed yang renyah.',
          'Sprinkled with crunchy salt crystals from the beach of Amed.',
        ],
        tint: 'Biru Nila',
        label: '65%',
        motif: 'mega-mendung',
        seller: 'sekar-ubud',
        attributes: { asal: 'Jembrana, Bali', kadar_kakao: '65' },
      },
      {
        name: ['Cabai Rawit 70%', "Bird's-Eye Chilli 70%"],
        about: [
          'Manis dulu, pedas belakangan; cabainya dikeringkan dan digiling bersama biji.',
          'Sweet first, hot later; the chilli is dried and ground with the beans.',
        ],
        tint: 'Merah Cabai',
        label: '70%',
        motif: 'parang',
        attributes: { asal: 'Polewali', kadar_kakao: '70' },
      },
      {
        name: ['Kacang Kenari 60%', 'Kenari Nut 60%'],
        about: [
          'Kenari Maluku utuh yang disangrai memberi gigitan gurih.',
          'Whole roasted kenari nuts from the Moluccas add a savoury bite.',
        ],
        tint: 'Hijau Zamrud',
        label: '60%',
        motif: 'ceplok',
        seller: 'pala-banda',
        attributes: { asal: 'Maluku', kadar_kakao: '60' },
      },
    ],
    closings: [
      ['Dikirim dengan pendingin gel pada hari panas.', 'Sent with a gel pack on hot days.'],
      ['Simpan di bawah 25 °C, jangan di kulkas.', 'Keep below 25 °C, not in the fridge.'],
    ],
  },
  {
    drawing: 'spice-drink',
    category: 'cokelat',
    sellers: ['celebes-rasa'],
    brands: ['kakao-seribu'],
    axes: [packAxis(netWeight, ['200 g', 1], ['400 g', 1.85])],
    lines: [
      {
        title: ['Cokelat Bubuk {style}', '{style} Drinking Chocolate'],
        about: [
          'Bubuk kakao petani Sulawesi yang larut di air panas maupun susu dingin.',
          'Farm cocoa from Sulawesi that dissolves in hot water and in cold milk.',
        ],
        price: 52_000,
        grams: 230,
        box: [190, 120, 70],
        attributes: { asal: 'Sulawesi Barat' },
      },
    ],
    styles: [
      {
        name: ['Murni Tanpa Gula', 'Pure Unsweetened'],
        about: [
          'Kakao murni untuk kue dan minuman yang manisnya Anda atur sendiri.',
          'Pure cocoa for baking, and for drinks as sweet as you please.',
        ],
        tint: 'Cokelat Tua',
        label: 'KAKAO',
        attributes: { kadar_kakao: '100' },
      },
      {
        name: ['Gula Aren', 'Palm Sugar'],
        about: [
          'Dicampur gula aren semut, siap diseduh dan wangi karamel.',
          'Blended with palm sugar; ready to stir, with a scent of caramel.',
        ],
        tint: 'Cokelat',
        label: 'AREN',
        attributes: { kadar_kakao: '55' },
      },
      {
        name: ['Jahe Kayu Manis', 'Ginger Cinnamon'],
        about: [
          'Jahe dan kayu manis menghangatkan malam yang hujan.',
          'Ginger and cinnamon warm a rainy night.',
        ],
        tint: 'Merah Bata',
        label: 'JAHE',
        attributes: { kadar_kakao: '50' },
      },
    ],
    closings: [
      [
        'Kocok dua sendok makan dengan sedikit air sebelum ditambah susu.',
        'Whisk two spoons with a little water before you add the milk.',
      ],
      ['Kemasannya bisa ditutup rapat kembali.', 'The pack closes tightly again.'],
    ],
  },
];

import { choiceAxis, colourAxis, type Family, packAxis, volume } from '../family.js';

export const beauty: readonly Family[] = [
  {
    drawing: 'shampoo',
    category: 'perawatan-rambut',
    sellers: ['melati-keraton', 'sekar-ubud'],
    brands: ['kelapa-kencana', 'lulur-melati'],
    axes: [packAxis(volume, ['200 ml', 1], ['400 ml', 1.8])],
    lines: [
      {
        title: ['Sampo {style}', '{style} Shampoo'],
        about: [
          'Sampo tanpa silikon yang membersihkan tanpa membuat rambut kusut.',
          'A silicone-free shampoo that cleans without tangling.',
        ],
        price: 52_000,
        grams: 240,
        box: [65, 65, 190],
      },
      {
        title: ['Minyak Rambut {style}', '{style} Hair Oil'],
        about: [
          'Minyak yang dihangatkan di telapak lalu dipijatkan ke kulit kepala semalam sebelum keramas.',
          'Warm it in the palms and massage it into the scalp the night before washing.',
        ],
        price: 47_000,
        grams: 150,
        box: [50, 50, 150],
        drawing: 'oil-bottle',
        axes: [packAxis(volume, ['100 ml', 1], ['200 ml', 1.8])],
      },
    ],
    styles: [
      {
        name: ['Lidah Buaya Seledri', 'Aloe and Celery'],
        about: [
          'Ramuan lama untuk rambut tipis dan mudah rontok.',
          'An old remedy for thin hair that falls easily.',
        ],
        tint: 'Hijau Daun',
        label: 'SELEDRI',
        attributes: { bahan_utama: 'Lidah buaya', jenis_rambut: 'Rontok' },
      },
      {
        name: ['Kemiri Bakar', 'Roasted Candlenut'],
        about: [
          'Kemiri sangrai yang menghitamkan dan menebalkan helai rambut.',
          'Roasted candlenut that darkens and thickens the strands.',
        ],
        tint: 'Cokelat Tua',
        label: 'KEMIRI',
        attributes: { bahan_utama: 'Kemiri', jenis_rambut: 'Kering' },
      },
      {
        name: ['Urang-Aring', 'Urang-Aring'],
        about: [
          'Daun urang-aring segar membuat kulit kepala sejuk.',
          'Fresh urang-aring leaf cools the scalp.',
        ],
        tint: 'Hijau Zamrud',
        label: 'URANG-ARING',
        attributes: { bahan_utama: 'Urang-aring', jenis_rambut: 'Semua' },
      },
      {
        name: ['Jeruk Purut Merang', 'Kaffir Lime and Rice Straw'],
        about: [
          'Abu merang dan jeruk purut membuat kulit kepala bersih dan bebas ketombe.',
          'Rice-straw ash and kaffir lime keep the scalp clean and free of dandruff.',
        ],
        tint: 'Kuning Kunyit',
        label: 'MERANG',
        attributes: { bahan_utama: 'Jeruk purut', jenis_rambut: 'Berminyak' },
      },
    ],
    closings: [
      ['Aman untuk rambut yang diwarnai.', 'Safe for coloured hair.'],
      ['Botol kosongnya boleh dikembalikan untuk diisi ulang.', 'Send the empty bottle back for a refill.'],
      ['Hasil terbaik terlihat setelah sebulan.', 'Results show best after a month.'],
    ],
  },
  {
    drawing: 'lipstick',
    category: 'riasan',
    sellers: ['melati-keraton', 'sekar-ubud'],
    brands: ['embun-kirana'],
    attributes: { bahan_utama: 'Lilin lebah', jenis_kulit: 'Semua' },
    axes: [
      colourAxis(4, 'Merah Bata', 'Salem', 'Merah Marun', 'Merah Muda', 'Terakota', 'Mocca', 'Merah Cabai'),
    ],
    lines: [
      {
        title: ['Gincu {style}', '{style} Lipstick'],
        about: [
          'Gincu ringan dengan warna yang diuji pada sawo matang sampai kuning langsat.',
          'A light lipstick in shades tested on skin from deep tan to fair.',
        ],
        price: 75_000,
        grams: 35,
        box: [25, 25, 85],
      },
      {
        title: ['Pelembap Bibir {style}', '{style} Lip Balm'],
        about: [
          'Pelembap bibir berwarna dari lilin lebah dan minyak kelapa.',
          'A tinted balm of beeswax and coconut oil.',
        ],
        price: 45_000,
        grams: 25,
        box: [22, 22, 75],
      },
    ],
    styles: [
      {
        name: ['Doff Lembut', 'Soft Matte'],
        about: [
          'Doff yang tidak mengeringkan, tahan sampai makan siang.',
          'Matte without drying, lasting past lunch.',
        ],
      },
      {
        name: ['Satin Lembap', 'Moist Satin'],
        about: [
          'Kilau satin dengan minyak kelapa untuk bibir kering.',
          'A satin sheen with coconut oil for dry lips.',
        ],
      },
      {
        name: ['Rona Tipis', 'Sheer Tint'],
        about: [
          'Rona tipis yang bisa ditumpuk, cocok untuk hari sekolah dan kuliah.',
          'A sheer tint to build up, right for school and college.',
        ],
        priceFactor: 0.8,
      },
    ],
    closings: [
      ['Tanpa alkohol dan bebas timbal.', 'Free of alcohol and lead.'],
      ['Batangnya bertutup magnet dan bisa diisi ulang.', 'The magnetic case can be refilled.'],
    ],
  },
  {
    drawing: 'powder-compact',
    category: 'riasan',
    sellers: ['melati-keraton', 'sekar-ubud'],
    brands: ['embun-kirana'],
    attributes: { jenis_kulit: 'Semua' },
    axes: [
      choiceAxis(
        ['Rona', 'Shade'],
        ['Kuning Langsat', 'Langsat'],
        ['Sawo Matang', 'Sawo'],
        ['Kopi Susu', 'Kopi Susu'],
      ),
    ],
    lines: [
      {
        title: ['Bedak {style}', '{style} Powder'],
        about: [
          'Bedak halus dari bahan alami yang ringan di kulit dan tidak menyumbat pori.',
          'A fine powder of natural ingredients, light on the skin and kind to pores.',
        ],
        price: 85_000,
        grams: 70,
        box: [85, 85, 30],
      },
    ],
    styles: [
      {
        name: ['Padat Beras', 'Pressed Rice'],
        about: [
          'Dari pati beras yang menyerap minyak, lengkap dengan cermin.',
          'Oil-absorbing rice starch, with a mirror in the lid.',
        ],
        tint: 'Krem',
        attributes: { bahan_utama: 'Pati beras' },
      },
      {
        name: ['Tabur Mutiara', 'Loose Pearl'],
        about: ['Kilau mutiara halus untuk malam yang istimewa.', 'A soft pearl glow for special evenings.'],
        tint: 'Lavendel',
        priceFactor: 1.2,
        attributes: { bahan_utama: 'Serbuk mutiara' },
      },
      {
        name: ['Dingin Jadul', 'Old-School Cooling'],
        about: [
          'Bedak dingin butiran seperti milik nenek, dipakai sebelum tidur.',
          'Cooling pellets like grandmother’s, for bedtime.',
        ],
        tint: 'Merah Muda',
        priceFactor: 0.5,
        attributes: { bahan_utama: 'Tepung beras' },
      },
    ],
    closings: [
      ['Isi ulangnya dijual terpisah.', 'Refills are sold separately.'],
      ['Tanpa talek.', 'Talc-free.'],
    ],
  },
  {
    drawing: 'diffuser',
    category: 'aromaterapi',
    sellers: ['sekar-ubud', 'melati-keraton'],
    brands: ['kelapa-kencana', 'cahaya-teduh'],
    lines: [
      {
        title: ['Pengharum Batang {style}', '{style} Reed Diffuser'],
        about: [
          'Batang rotan menyerap minyak dan mengharumkan kamar selama enam minggu.',
          'Rattan reeds draw up the oil and scent a room for six weeks.',
        ],
        price: 95_000,
        grams: 260,
        box: [85, 85, 260],
        axes: [packAxis(volume, ['50 ml', 1], ['100 ml', 1.65])],
      },
      {
        title: ['Minyak Esensial {style}', '{style} Essential Oil'],
        about: [
          'Minyak sulingan uap murni untuk tungku wangi, pijat, atau inhalasi.',
          'Pure steam-distilled oil for a burner, massage or inhaling.',
        ],
        price: 58_000,
        grams: 60,
        box: [40, 40, 85],
        drawing: 'oil-bottle',
        axes: [packAxis(volume, ['10 ml', 1], ['30 ml', 2.5])],
      },
    ],
    styles: [
      {
        name: ['Kayu Putih', 'Cajuput'],
        about: [
          'Kayu putih dari Pulau Buru yang melegakan napas.',
          'Cajuput from Buru island that clears the breath.',
        ],
        tint: 'Hijau Zamrud',
        label: 'KAYU PUTIH',
        seller: 'pala-banda',
        attributes: { bahan_utama: 'Kayu putih' },
      },
      {
        name: ['Kenanga', 'Ylang-Ylang'],
        about: [
          'Bunga kenanga yang manis dan menenangkan menjelang tidur.',
          'Sweet ylang-ylang that calms before sleep.',
        ],
        tint: 'Kuning Kunyit',
        label: 'KENANGA',
        attributes: { bahan_utama: 'Kenanga' },
      },
      {
        name: ['Akar Wangi', 'Vetiver'],
        about: ['Akar wangi Garut yang dalam seperti tanah basah.', 'Garut vetiver, as deep as wet earth.'],
        tint: 'Cokelat',
        label: 'AKAR WANGI',
        attributes: { bahan_utama: 'Akar wangi' },
      },
      {
        name: ['Nilam', 'Patchouli'],
        about: ['Nilam Aceh yang hangat dan lama menempel.', 'Warm Aceh patchouli that lingers.'],
        tint: 'Ungu Manggis',
        label: 'NILAM',
        attributes: { bahan_utama: 'Nilam' },
      },
    ],
    closings: [
      ['Jauhkan dari jangkauan anak dan hewan.', 'Keep away from children and pets.'],
      ['Disuling dalam jumlah kecil dan diberi nomor.', 'Distilled in small, numbered batches.'],
      ['Jauhkan dari sinar matahari langsung.', 'Keep it out of direct sunlight.'],
    ],
  },
];

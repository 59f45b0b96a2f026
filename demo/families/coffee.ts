import { choiceAxis, type Family, netWeight, packAxis } from '../family.js';

const beans = [
  packAxis(netWeight, ['200 g', 1], ['500 g', 2.3], ['1 kg', 4.3]),
  choiceAxis(
    ['Gilingan', 'Grind'],
    ['Biji utuh', 'Whole beans'],
    ['Giling halus', 'Fine'],
    ['Giling kasar', 'Coarse'],
  ),
];

export const coffee: readonly Family[] = [
  {
    drawing: 'coffee-bag',
    category: 'biji-kopi',
    sellers: ['dataran-gayo', 'celebes-rasa'],
    brands: ['seruput-kabut', 'sangrai-kata'],
    axes: beans,
    lines: [
      {
        title: ['Kopi Arabika {style} Sangrai Sedang', '{style} Arabica, Medium Roast'],
        about: [
          'Disangrai sedang agar manis dan asamnya seimbang, enak diseduh saring maupun tubruk.',
          'Roasted medium to balance sweetness and acidity, good through a filter or straight in the cup.',
        ],
        price: 78_000,
        grams: 220,
        box: [220, 120, 70],
        attributes: { tingkat_sangrai: 'Sedang' },
      },
      {
        title: ['Kopi Arabika {style} Sangrai Terang', '{style} Arabica, Light Roast'],
        about: [
          'Disangrai terang untuk penyeduh manual yang mencari aroma bunga dan buah.',
          'Roasted light for manual brewers in search of flowers and fruit.',
        ],
        price: 86_000,
        grams: 220,
        box: [220, 120, 70],
        attributes: { tingkat_sangrai: 'Terang' },
      },
    ],
    styles: [
      {
        name: ['Gayo Atu Lintang', 'Gayo Atu Lintang'],
        about: [
          'Kebunnya di Atu Lintang, 1.500 meter di atas laut; rasanya bersih dengan jejak rempah dan gula merah.',
          'Grown at 1,500 metres in Atu Lintang; a clean cup with traces of spice and palm sugar.',
        ],
        tint: 'Hijau Lumut',
        label: 'GAYO',
        motif: 'tumpal',
        seller: 'dataran-gayo',
        attributes: { asal: 'Aceh Tengah', proses: 'Giling Basah', ketinggian_mdpl: '1500' },
      },
      {
        name: ['Toraja Sapan', 'Toraja Sapan'],
        about: [
          'Dari lereng Sapan di Toraja, bertubuh tebal dengan rasa cokelat hitam dan herba.',
          'From the slopes of Sapan in Toraja: full-bodied, with dark chocolate and herbs.',
        ],
        tint: 'Merah Marun',
        label: 'TORAJA',
        motif: 'songket',
        seller: 'celebes-rasa',
        attributes: { asal: 'Toraja Utara', proses: 'Giling Basah', ketinggian_mdpl: '1700' },
      },
      {
        name: ['Kintamani', 'Kintamani'],
        about: [
          'Ditanam di sela pohon jeruk Kintamani, asamnya segar seperti kulit jeruk.',
          'Grown between the orange trees of Kintamani, with the brightness of citrus peel.',
        ],
        tint: 'Jingga',
        label: 'KINTAMANI',
        motif: 'ceplok',
        seller: 'sekar-ubud',
        attributes: { asal: 'Bangli, Bali', proses: 'Basah', ketinggian_mdpl: '1200' },
      },
      {
        name: ['Wamena', 'Wamena'],
        about: [
          'Tumbuh tanpa pupuk kimia di Lembah Baliem; lembut, manis, dan hampir tanpa pahit.',
          'Grown without chemicals in the Baliem valley; soft, sweet and hardly bitter.',
        ],
        tint: 'Biru Laut',
        label: 'WAMENA',
        motif: 'sisik',
        priceFactor: 1.25,
        seller: 'noken-cenderawasih',
        attributes: { asal: 'Jayawijaya, Papua', proses: 'Basah', ketinggian_mdpl: '1600' },
      },
      {
        name: ['Flores Bajawa', 'Flores Bajawa'],
        about: [
          'Tanah vulkanik Bajawa memberinya rasa kacang panggang dan karamel.',
          'The volcanic soil of Bajawa gives it roasted nuts and caramel.',
        ],
        tint: 'Cokelat',
        label: 'BAJAWA',
        motif: 'ikat',
        seller: 'ikat-waingapu',
        attributes: { asal: 'Ngada, Flores', proses: 'Madu', ketinggian_mdpl: '1400' },
      },
    ],
    closings: [
      [
        'Tanggal sangrai dicetak di kemasan dan tidak pernah lebih dari sepuluh hari saat dikirim.',
        'The roast date is on the bag, never more than ten days before it is sent.',
      ],
      [
        'Kemasannya berkatup satu arah dan bisa ditutup kembali.',
        'The bag has a one-way valve and closes again.',
      ],
      [
        'Simpan di tempat gelap dan habiskan dalam enam minggu untuk rasa terbaik.',
        'Keep it in the dark and finish it within six weeks for the best taste.',
      ],
    ],
  },
  {
    drawing: 'coffee-bag',
    category: 'biji-kopi',
    sellers: ['kebun-lampung', 'dataran-gayo'],
    brands: ['sangrai-kata', 'seruput-kabut', ''],
    axes: beans,
    attributes: { tingkat_sangrai: 'Gelap' },
    lines: [
      {
        title: ['Kopi Robusta {style}', '{style} Robusta'],
        about: [
          'Robusta petik merah yang disangrai gelap, mantap untuk kopi tubruk dan kopi susu gula aren.',
          'Ripe-picked robusta in a dark roast, made for thick black cups and palm-sugar lattes.',
        ],
        price: 42_000,
        grams: 220,
        box: [220, 120, 70],
      },
      {
        title: ['Kopi Tubruk {style}', '{style} Tubruk Coffee'],
        about: [
          'Bubuk halus siap tubruk, ditumbuk ulang sekali agar ampasnya cepat turun.',
          'A fine powder for coffee brewed in the cup, pounded twice so the grounds sink fast.',
        ],
        price: 34_000,
        grams: 215,
        box: [210, 110, 60],
        axes: [packAxis(netWeight, ['200 g', 1], ['500 g', 2.3])],
      },
    ],
    styles: [
      {
        name: ['Tanggamus', 'Tanggamus'],
        about: [
          'Dari kaki Gunung Tanggamus; pekat, berasa kakao, dan berbusa tebal.',
          'From below Mount Tanggamus: dense, cocoa-like and thick with foam.',
        ],
        tint: 'Cokelat Tua',
        label: 'TANGGAMUS',
        motif: 'tumpal',
        attributes: { asal: 'Lampung', proses: 'Kering', ketinggian_mdpl: '800' },
      },
      {
        name: ['Dampit', 'Dampit'],
        about: [
          'Dari Malang selatan dengan jejak kacang dan roti panggang.',
          'From south Malang, with notes of nuts and toast.',
        ],
        tint: 'Merah Bata',
        label: 'DAMPIT',
        motif: 'parang',
        seller: 'kebun-batu',
        attributes: { asal: 'Malang', proses: 'Kering', ketinggian_mdpl: '650' },
      },
      {
        name: ['Temanggung', 'Temanggung'],
        about: [
          'Ditanam berdampingan dengan tembakau sehingga aromanya khas dan hangat.',
          'Grown next to tobacco, which lends it a warm scent of its own.',
        ],
        tint: 'Hitam',
        label: 'TEMANGGUNG',
        motif: 'kawung',
        seller: 'dapur-semawis',
        attributes: { asal: 'Temanggung', proses: 'Kering', ketinggian_mdpl: '900' },
      },
    ],
    closings: [
      [
        'Seduh satu sendok makan dengan air mendidih, diamkan empat menit.',
        'Pour boiling water over a tablespoon and wait four minutes.',
      ],
      ['Tanpa campuran jagung atau beras.', 'No corn or rice mixed in.'],
    ],
  },
];

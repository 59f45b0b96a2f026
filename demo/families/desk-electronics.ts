import { choiceAxis, colourAxis, type Family } from '../family.js';

export const deskElectronics: readonly Family[] = [
  {
    drawing: 'keyboard',
    category: 'komputer',
    sellers: ['kotak-suara', 'gawai-kita'],
    brands: ['meja-rapi'],
    attributes: { garansi_bulan: '12' },
    axes: [
      choiceAxis(
        ['Sakelar', 'Switch'],
        ['Linear', 'Linear'],
        ['Taktil', 'Tactile'],
        ['Senyap', 'Silent', 1.08],
      ),
      colourAxis(2, 'Putih Gading', 'Hitam', 'Hijau Sage', 'Lavendel', 'Salem'),
    ],
    lines: [
      {
        title: ['Papan Ketik Mekanis {style}', '{style} Mechanical Keyboard'],
        about: [
          'Papan ketik mekanis dengan peredam dua lapis; suaranya padat dan tidak mengganggu sebelah.',
          'A mechanical keyboard with two layers of foam; it sounds solid and spares the neighbour.',
        ],
        price: 495_000,
        grams: 820,
        box: [360, 160, 50],
      },
    ],
    styles: [
      {
        name: ['68 Tombol Nirkabel', '68-Key Wireless'],
        about: [
          'Ringkas tanpa kehilangan tombol panah, tersambung ke tiga perangkat.',
          'Compact yet with arrow keys, and paired with three devices.',
        ],
        priceFactor: 1.25,
        attributes: { konektivitas: 'Nirkabel dan kabel' },
      },
      {
        name: ['87 Tombol Kabel', '87-Key Wired'],
        about: [
          'Tata letak akrab tanpa angka di kanan, cocok untuk penulis.',
          'A familiar layout without the number pad, good for writers.',
        ],
        attributes: { konektivitas: 'Kabel USB-C' },
      },
      {
        name: ['Batik Ceplok', 'Ceplok Batik'],
        about: [
          'Tombol spasi dan panahnya dicetak motif ceplok.',
          'The space bar and arrows carry the ceplok motif.',
        ],
        motif: 'ceplok',
        priceFactor: 1.35,
        attributes: { konektivitas: 'Kabel USB-C' },
      },
    ],
    closings: [
      ['Sakelarnya bisa diganti tanpa menyolder.', 'Switches swap without soldering.'],
      ['Alat pencabut tombol disertakan.', 'A keycap puller is included.'],
    ],
  },
  {
    drawing: 'mouse',
    category: 'komputer',
    sellers: ['gawai-kita', 'kotak-suara'],
    brands: ['meja-rapi'],
    attributes: { garansi_bulan: '12', konektivitas: 'Nirkabel' },
    axes: [colourAxis(3, 'Hitam', 'Putih Gading', 'Hijau Sage', 'Merah Muda', 'Biru Langit')],
    lines: [
      {
        title: ['Tetikus {style}', '{style} Mouse'],
        about: [
          'Tetikus nirkabel dengan klik senyap untuk kantor dan kamar bersama.',
          'A wireless mouse with a silent click for offices and shared rooms.',
        ],
        price: 129_000,
        grams: 95,
        box: [130, 80, 50],
      },
    ],
    styles: [
      {
        name: ['Genggam Penuh', 'Full-Grip'],
        about: [
          'Lekuknya menopang telapak sehingga pergelangan tidak pegal.',
          'Its curve carries the palm and rests the wrist.',
        ],
        priceFactor: 1.3,
      },
      {
        name: ['Tipis', 'Slim'],
        about: [
          'Tipis dan ringan, masuk ke saku tas laptop.',
          'Thin and light; it slips into a laptop sleeve.',
        ],
      },
      {
        name: ['Tegak', 'Vertical'],
        about: [
          'Posisi tegak seperti berjabat tangan, disarankan bagi yang lama menggambar.',
          'Held like a handshake, for those who draw for hours.',
        ],
        priceFactor: 1.7,
      },
    ],
    closings: [
      ['Satu baterai tahan setahun.', 'One battery lasts a year.'],
      ['Jalan di permukaan kayu, kain, maupun kaca buram.', 'It runs on wood, cloth and frosted glass.'],
    ],
  },
  {
    drawing: 'laptop-stand',
    category: 'komputer',
    sellers: ['kayu-jepara', 'kotak-suara'],
    brands: ['meja-rapi'],
    attributes: { garansi_bulan: '24' },
    lines: [
      {
        title: ['Dudukan Laptop {style}', '{style} Laptop Stand'],
        about: [
          'Dudukan yang mengangkat layar setinggi mata dan melancarkan udara di bawahnya.',
          'A stand that lifts the screen to eye level and lets air flow below.',
        ],
        price: 159_000,
        grams: 700,
        box: [300, 240, 60],
      },
    ],
    styles: [
      {
        name: ['Kayu Jati', 'Teak'],
        about: [
          'Dua bilah jati yang saling mengunci tanpa sekrup.',
          'Two teak boards that lock together without a screw.',
        ],
        tint: 'Cokelat',
      },
      {
        name: ['Bambu Lipat', 'Folding Bamboo'],
        about: ['Bambu ringan yang terlipat rata ke dalam tas.', 'Light bamboo that folds flat into a bag.'],
        tint: 'Krem',
        priceFactor: 0.8,
      },
      {
        name: ['Aluminium', 'Aluminium'],
        about: ['Aluminium padat dengan enam ketinggian.', 'Solid aluminium with six heights.'],
        tint: 'Perak',
        seller: 'kotak-suara',
        priceFactor: 1.3,
      },
    ],
    closings: [
      ['Menahan laptop sampai 17 inci.', 'Holds laptops up to 17 inches.'],
      ['Alas karetnya tidak meninggalkan bekas.', 'The rubber feet leave no marks.'],
    ],
  },
  {
    drawing: 'desk-fan',
    category: 'elektronik-rumah',
    sellers: ['kotak-suara', 'gawai-kita'],
    brands: ['angin-sepoi'],
    attributes: { garansi_bulan: '24' },
    axes: [colourAxis(2, 'Putih Gading', 'Toska', 'Hitam', 'Salem', 'Hijau Sage')],
    lines: [
      {
        title: ['Kipas Angin {style}', '{style} Fan'],
        about: [
          'Kipas motor tanpa sikat yang nyaris tak terdengar saat kecepatan rendah.',
          'A brushless fan that is all but silent at low speed.',
        ],
        price: 249_000,
        grams: 1_500,
        box: [300, 200, 340],
      },
    ],
    styles: [
      {
        name: ['Meja 9 Inci', '9-Inch Desk'],
        about: ['Pas untuk meja kerja dan nakas.', 'Sized for a desk or a bedside table.'],
        attributes: { daya_watt: '18' },
      },
      {
        name: ['Meja Isi Ulang', 'Rechargeable Desk'],
        about: [
          'Baterainya tahan semalam, penyelamat saat listrik padam.',
          'The battery lasts the night: a rescue in a blackout.',
        ],
        priceFactor: 1.35,
        attributes: { daya_watt: '12' },
      },
      {
        name: ['Retro 12 Inci', 'Retro 12-Inch'],
        about: [
          'Gaya lama dengan bilah logam dan mesin yang baru.',
          'Old looks and metal blades around a new motor.',
        ],
        priceFactor: 1.6,
        attributes: { daya_watt: '28' },
      },
    ],
    closings: [
      ['Kisi depannya mudah dilepas untuk dibersihkan.', 'The front grille comes off for cleaning.'],
      [
        'Biaya listriknya kurang dari seratus rupiah per jam.',
        'It costs less than a hundred rupiah an hour to run.',
      ],
    ],
  },
  {
    drawing: 'desk-lamp',
    category: 'elektronik-rumah',
    sellers: ['kotak-suara', 'gawai-kita'],
    brands: ['cahaya-teduh', 'angin-sepoi'],
    attributes: { garansi_bulan: '12' },
    axes: [colourAxis(3, 'Putih Gading', 'Hitam', 'Hijau Zamrud', 'Terakota', 'Kuning Kunyit')],
    lines: [
      {
        title: ['Lampu Belajar {style}', '{style} Desk Lamp'],
        about: [
          'Lampu belajar yang cahayanya rata dan tidak berkedip, nyaman untuk mata.',
          'A desk lamp with an even, flicker-free light that is easy on the eyes.',
        ],
        price: 169_000,
        grams: 720,
        box: [380, 160, 120],
      },
    ],
    styles: [
      {
        name: ['Lengan Lipat', 'Folding-Arm'],
        about: [
          'Lengan dua sendi menjangkau seluruh meja gambar.',
          'Two joints reach across a whole drawing table.',
        ],
        attributes: { daya_watt: '9' },
      },
      {
        name: ['Tiga Suhu Cahaya', 'Three-Tone'],
        about: [
          'Putih untuk belajar, netral untuk bekerja, dan kuning untuk malam.',
          'White to study, neutral to work, yellow for the night.',
        ],
        priceFactor: 1.25,
        attributes: { daya_watt: '10' },
      },
      {
        name: ['Jepit Isi Ulang', 'Rechargeable Clip-On'],
        about: [
          'Dijepit di rak atau kepala ranjang dan tahan enam jam.',
          'Clips to a shelf or headboard and lasts six hours.',
        ],
        priceFactor: 0.7,
        attributes: { daya_watt: '5' },
      },
    ],
    closings: [
      ['Kecerahannya diatur dengan sentuhan.', 'Touch sets the brightness.'],
      ['Umur lampu dua puluh ribu jam.', 'The light lasts twenty thousand hours.'],
    ],
  },
];

import { type Family, netWeight, packAxis, volume } from '../family.js';

export const skinCare: readonly Family[] = [
  {
    drawing: 'soap',
    category: 'sabun-mandi',
    sellers: ['sekar-ubud', 'melati-keraton'],
    brands: ['kelapa-kencana'],
    lines: [
      {
        title: ['Sabun Batang {style}', '{style} Soap Bar'],
        about: [
          'Sabun proses dingin dari minyak kelapa yang dimatangkan enam minggu, busanya lembut.',
          'Cold-process coconut soap, cured for six weeks, with a gentle lather.',
        ],
        price: 32_000,
        grams: 110,
        box: [90, 65, 35],
        axes: [packAxis(['Isi', 'Pack'], ['1 batang', 1], ['3 batang', 2.75], ['6 batang', 5.2])],
      },
      {
        title: ['Sabun Cair {style}', '{style} Liquid Soap'],
        about: [
          'Sabun cair untuk tangan dan badan yang tidak membuat kulit kesat.',
          'Liquid soap for hands and body that never leaves the skin tight.',
        ],
        price: 49_000,
        grams: 290,
        box: [70, 70, 180],
        drawing: 'pump-bottle',
        axes: [packAxis(volume, ['250 ml', 1], ['500 ml', 1.75])],
      },
    ],
    styles: [
      {
        name: ['Serai dan Jeruk', 'Lemongrass and Lime'],
        about: [
          'Segar seperti kebun setelah hujan, pas untuk mandi pagi.',
          'Fresh as a garden after rain, right for the morning.',
        ],
        tint: 'Hijau Daun',
        label: 'SERAI',
        attributes: { bahan_utama: 'Serai', jenis_kulit: 'Semua' },
      },
      {
        name: ['Kamboja', 'Frangipani'],
        about: [
          'Wangi bunga kamboja yang tipis dan tidak menusuk.',
          'A light scent of frangipani that never overwhelms.',
        ],
        tint: 'Merah Muda',
        label: 'KAMBOJA',
        attributes: { bahan_utama: 'Bunga kamboja', jenis_kulit: 'Semua' },
      },
      {
        name: ['Arang Bambu', 'Bamboo Charcoal'],
        about: [
          'Arang halus mengangkat minyak berlebih sepulang dari jalan.',
          'Fine charcoal lifts off the oil of a day outdoors.',
        ],
        tint: 'Hitam',
        label: 'ARANG',
        attributes: { bahan_utama: 'Arang bambu', jenis_kulit: 'Berminyak' },
      },
      {
        name: ['Susu Kambing', "Goat's Milk"],
        about: [
          'Susu kambing segar menenangkan kulit yang kering dan peka.',
          'Fresh goat’s milk calms dry and touchy skin.',
        ],
        tint: 'Krem',
        label: 'SUSU',
        attributes: { bahan_utama: 'Susu kambing', jenis_kulit: 'Sensitif' },
      },
    ],
    closings: [
      ['Tanpa SLS dan tanpa uji pada hewan.', 'No SLS, no animal testing.'],
      ['Busanya mudah dibilas dan tidak perih di mata.', 'It rinses off easily and does not sting the eyes.'],
      ['Kemasannya dari bahan daur ulang.', 'The packaging is recycled.'],
    ],
  },
  {
    drawing: 'serum',
    category: 'perawatan-wajah',
    sellers: ['sekar-ubud', 'melati-keraton'],
    brands: ['embun-kirana'],
    axes: [packAxis(volume, ['20 ml', 1], ['40 ml', 1.75])],
    lines: [
      {
        title: ['Serum Wajah {style}', '{style} Face Serum'],
        about: [
          'Serum ringan yang meresap dalam hitungan detik; dua sampai tiga tetes sudah cukup.',
          'A light serum that sinks in within seconds; two or three drops are enough.',
        ],
        price: 89_000,
        grams: 85,
        box: [45, 45, 115],
      },
      {
        title: ['Krim Malam {style}', '{style} Night Cream'],
        about: [
          'Krim malam bertekstur ringan yang bekerja selagi Anda tidur.',
          'A light night cream that works while you sleep.',
        ],
        price: 95_000,
        grams: 120,
        box: [75, 75, 60],
        drawing: 'cream-jar',
        axes: [packAxis(netWeight, ['30 g', 1], ['50 g', 1.45])],
      },
    ],
    styles: [
      {
        name: ['Vitamin C Jeruk Bali', 'Pomelo Vitamin C'],
        about: ['Membantu wajah kusam tampak cerah dan rata.', 'Helps dull skin look bright and even.'],
        tint: 'Jingga',
        label: 'VIT C',
        attributes: { bahan_utama: 'Vitamin C', jenis_kulit: 'Semua' },
      },
      {
        name: ['Niasinamida Beras', 'Rice Niacinamide'],
        about: [
          'Air beras fermentasi dan niasinamida membantu merapikan pori.',
          'Fermented rice water and niacinamide help refine pores.',
        ],
        tint: 'Krem',
        label: 'BERAS',
        attributes: { bahan_utama: 'Niasinamida', jenis_kulit: 'Berminyak' },
      },
      {
        name: ['Pegagan Penenang', 'Soothing Centella'],
        about: [
          'Pegagan segar untuk kulit yang mudah merah.',
          'Fresh centella for skin that reddens easily.',
        ],
        tint: 'Hijau Sage',
        label: 'PEGAGAN',
        attributes: { bahan_utama: 'Pegagan', jenis_kulit: 'Sensitif' },
      },
      {
        name: ['Hialuronat Lidah Buaya', 'Aloe Hyaluronic'],
        about: [
          'Menahan air di kulit walau seharian di ruang berpendingin.',
          'Holds water in the skin through a day of air-conditioning.',
        ],
        tint: 'Biru Langit',
        label: 'LEMBAP',
        attributes: { bahan_utama: 'Asam hialuronat', jenis_kulit: 'Kering' },
      },
    ],
    closings: [
      ['Oleskan pada wajah dan leher yang bersih.', 'Smooth over a clean face and neck.'],
      ['Uji dahulu di balik telinga.', 'Test it behind the ear first.'],
      ['Tanpa pewangi.', 'Fragrance-free.'],
    ],
  },
  {
    drawing: 'tube',
    category: 'perawatan-wajah',
    sellers: ['melati-keraton', 'sekar-ubud'],
    brands: ['embun-kirana'],
    lines: [
      {
        title: ['{style}', '{style}'],
        about: [
          'Diracik untuk iklim lembap: ringan, segar, dan tidak menyumbat pori.',
          'Made for a humid climate: light, fresh and kind to pores.',
        ],
        price: 65_000,
        grams: 75,
        box: [55, 40, 150],
        axes: [packAxis(volume, ['50 ml', 1], ['100 ml', 1.7])],
      },
    ],
    styles: [
      {
        name: ['Tabir Surya SPF 50', 'SPF 50 Sunscreen'],
        about: [
          'Tidak meninggalkan bekas putih dan tetap nyaman di bawah masker.',
          'It leaves no white cast and is comfortable under a mask.',
        ],
        tint: 'Kuning Kunyit',
        label: 'SPF 50',
        attributes: { bahan_utama: 'Seng oksida', jenis_kulit: 'Semua' },
      },
      {
        name: ['Sabun Muka Teh Hijau', 'Green Tea Cleanser'],
        about: ['Busanya halus dan pH-nya mendekati kulit.', 'A fine foam with a pH close to that of skin.'],
        tint: 'Hijau Daun',
        label: 'TEH HIJAU',
        attributes: { bahan_utama: 'Teh hijau', jenis_kulit: 'Berminyak' },
      },
      {
        name: ['Masker Bengkuang', 'Yam Bean Mask'],
        about: [
          'Resep lama dengan sari bengkuang yang mendinginkan.',
          'An old recipe with cooling yam-bean juice.',
        ],
        tint: 'Lavendel',
        label: 'BENGKUANG',
        attributes: { bahan_utama: 'Bengkuang', jenis_kulit: 'Semua' },
      },
      {
        name: ['Pelembap Mentimun', 'Cucumber Moisturiser'],
        about: ['Gel mentimun ringan untuk pagi dan malam.', 'A light cucumber gel for morning and night.'],
        tint: 'Toska',
        label: 'TIMUN',
        attributes: { bahan_utama: 'Mentimun', jenis_kulit: 'Kering' },
      },
    ],
    closings: [
      ['Sudah diuji pada kulit sensitif.', 'Tested on sensitive skin.'],
      ['Tabungnya kami terima kembali untuk didaur ulang.', 'We take the empty tube back for recycling.'],
    ],
  },
  {
    drawing: 'scrub-jar',
    category: 'perawatan-tubuh',
    sellers: ['melati-keraton', 'sekar-ubud'],
    brands: ['lulur-melati'],
    axes: [packAxis(netWeight, ['200 g', 1], ['400 g', 1.8])],
    lines: [
      {
        title: ['Lulur {style}', '{style} Body Scrub'],
        about: [
          'Lulur krem berbutir halus yang mengangkat sel kulit mati tanpa perih.',
          'A fine-grained cream scrub that lifts dead skin without stinging.',
        ],
        price: 55_000,
        grams: 260,
        box: [90, 90, 80],
      },
      {
        title: ['Mentega Tubuh {style}', '{style} Body Butter'],
        about: [
          'Mentega tubuh yang meleleh di telapak tangan dan melembapkan sampai esok pagi.',
          'A butter that melts in the palm and moisturises until morning.',
        ],
        price: 69_000,
        grams: 250,
        box: [90, 90, 70],
      },
    ],
    styles: [
      {
        name: ['Kunyit Langsat', 'Turmeric Langsat'],
        about: [
          'Kunyit dan kulit langsat, resep para calon pengantin.',
          'Turmeric and langsat peel, the recipe of brides-to-be.',
        ],
        tint: 'Kuning Kunyit',
        label: 'KUNYIT',
        attributes: { bahan_utama: 'Kunyit', jenis_kulit: 'Semua' },
      },
      {
        name: ['Melati Beras', 'Jasmine Rice'],
        about: [
          'Sari beras dan melati yang dipetik sebelum fajar.',
          'Rice extract and jasmine picked before dawn.',
        ],
        tint: 'Putih Gading',
        label: 'MELATI',
        attributes: { bahan_utama: 'Beras', jenis_kulit: 'Sensitif' },
      },
      {
        name: ['Kopi Bali', 'Bali Coffee'],
        about: ['Kopi Kintamani dan gula aren yang harum.', 'Fragrant Kintamani coffee and palm sugar.'],
        tint: 'Cokelat',
        label: 'KOPI',
        attributes: { bahan_utama: 'Kopi', jenis_kulit: 'Berminyak' },
      },
      {
        name: ['Cokelat Kelapa', 'Cocoa Coconut'],
        about: [
          'Lemak kakao dan kelapa untuk kulit yang mudah bersisik.',
          'Cocoa butter and coconut for skin that flakes easily.',
        ],
        tint: 'Mocca',
        label: 'KAKAO',
        attributes: { bahan_utama: 'Kakao', jenis_kulit: 'Kering' },
      },
    ],
    closings: [
      ['Paling nyaman dipakai seusai mandi air hangat.', 'Best enjoyed after a warm bath.'],
      ['Tanpa paraben.', 'Paraben-free.'],
      ['Sendok kayu kecil ada di dalam toples.', 'A small wooden spoon is in the jar.'],
    ],
  },
];

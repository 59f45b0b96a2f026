import { type Family } from '../family.js';

export const weaving: readonly Family[] = [
  {
    drawing: 'sarong',
    category: 'sarung',
    sellers: ['pesona-mahakam', 'batik-kali-loji'],
    brands: ['lungsin-pakan', 'wastra-ranu', ''],
    attributes: { ukuran_kain: '120 × 200 cm, dijahit melingkar' },
    lines: [
      {
        title: ['Sarung Tenun {style}', '{style} Woven Sarong'],
        about: [
          'Sarung tenun bukan mesin dengan benang rapat yang jatuhnya enak dan tidak licin di pinggang.',
          'A hand-loomed sarong, closely woven, that falls well and does not slip at the waist.',
        ],
        price: 275_000,
        grams: 420,
        box: [300, 230, 50],
        attributes: { bahan: 'Benang Tenun Katun', teknik: 'Tenun' },
      },
      {
        title: ['Sarung Katun Harian {style}', '{style} Everyday Cotton Sarong'],
        about: [
          'Sarung ringan untuk salat, bersantai, atau menemani perjalanan; makin sering dicuci makin lembut.',
          'A light sarong for prayer, rest or the road; it gets softer with every wash.',
        ],
        price: 89_000,
        grams: 340,
        box: [290, 220, 40],
        attributes: { bahan: 'Katun', teknik: 'Tenun' },
      },
    ],
    styles: [
      {
        name: ['Kotak Samarinda', 'Samarinda Check'],
        about: [
          'Kotak besar hitam dan merah ini mengikuti pola lama dari Samarinda Seberang.',
          'The large checks in black and red follow an old pattern from across the river in Samarinda.',
        ],
        tint: 'Merah Marun',
        motif: 'kotak',
        seller: 'pesona-mahakam',
        attributes: { asal: 'Samarinda' },
      },
      {
        name: ['Kotak Hijau Zamrud', 'Emerald Check'],
        about: [
          'Hijau zamrud bergaris gading, rapi untuk hari raya tetapi tidak kaku untuk sehari-hari.',
          'Emerald with ivory lines: neat for a feast day, relaxed enough for every day.',
        ],
        tint: 'Hijau Zamrud',
        motif: 'kotak',
        attributes: { asal: 'Samarinda' },
      },
      {
        name: ['Garis Lereng Biru', 'Blue Diagonal'],
        about: [
          'Garis serong halus di atas biru tua membuat sarung ini mudah dipadukan dengan koko warna apa pun.',
          'Fine diagonals on dark blue go with a collarless shirt of any colour.',
        ],
        tint: 'Biru Nila',
        motif: 'lereng',
        attributes: { asal: 'Pekalongan' },
      },
      {
        name: ['Tumpal Cokelat', 'Brown Tumpal'],
        about: [
          'Bagian kepala kainnya berhias deretan segitiga tumpal, ciri sarung pesisir yang klasik.',
          'Its head panel carries a row of tumpal triangles, the mark of a classic coastal sarong.',
        ],
        tint: 'Cokelat',
        motif: 'tumpal',
        seller: 'batik-kali-loji',
        attributes: { asal: 'Pekalongan' },
      },
    ],
    closings: [
      ['Tidak luntur setelah cucian pertama.', 'The colour does not run after the first wash.'],
      ['Dikemas dalam kotak kertas, siap dijadikan hadiah.', 'Comes in a paper box, ready to give.'],
      [
        'Sambungannya dijahit dua kali dan motifnya dipertemukan dengan teliti.',
        'The seam is sewn twice, with the pattern matched across it.',
      ],
    ],
  },
  {
    drawing: 'ikat-cloth',
    category: 'tenun-ikat',
    sellers: ['ikat-waingapu'],
    brands: ['wastra-ranu', 'lungsin-pakan', ''],
    lines: [
      {
        title: ['Kain Tenun Ikat {style}', '{style} Ikat Cloth'],
        about: [
          'Benangnya diikat, dicelup, dan ditenun dengan tangan; satu lembar bisa memakan waktu berbulan-bulan.',
          'The threads are tied, dyed and woven by hand; a single cloth can take months.',
        ],
        price: 950_000,
        grams: 680,
        box: [350, 250, 60],
        attributes: { bahan: 'Benang Tenun Katun', teknik: 'Ikat', ukuran_kain: '120 × 230 cm' },
      },
      {
        title: ['Taplak Meja Tenun Ikat {style}', '{style} Ikat Table Runner'],
        about: [
          'Taplak panjang untuk meja makan atau hiasan dinding, dengan rumbai pendek di kedua ujungnya.',
          'A runner for the dining table or the wall, with a short fringe at both ends.',
        ],
        price: 185_000,
        grams: 260,
        box: [280, 180, 40],
        attributes: { bahan: 'Benang Tenun Katun', teknik: 'Ikat', ukuran_kain: '40 × 180 cm' },
      },
    ],
    styles: [
      {
        name: ['Sumba Kuda', 'Sumba Horse'],
        about: [
          'Kuda dalam tenun Sumba adalah tanda kehormatan dan keberanian pemakainya.',
          'The horse in Sumba weaving stands for the honour and courage of its wearer.',
        ],
        tint: 'Merah Bata',
        motif: 'ikat',
        priceFactor: 1.3,
        attributes: { asal: 'Sumba Timur' },
      },
      {
        name: ['Sikka Bunga', 'Sikka Flower'],
        about: [
          'Bunga kecil di atas dasar gelap khas Sikka, diwarnai dengan akar mengkudu dan daun nila.',
          'Small flowers on the dark ground of Sikka, dyed with morinda root and indigo leaf.',
        ],
        tint: 'Cokelat Tua',
        motif: 'truntum',
        attributes: { asal: 'Sikka, Flores' },
      },
      {
        name: ['Ende Lajur', 'Ende Stripe'],
        about: [
          'Lajur-lajur ramping berwarna tanah khas Ende terlihat tenang di ruang mana pun.',
          'Slim, earth-coloured bands typical of Ende look calm in any room.',
        ],
        tint: 'Terakota',
        motif: 'lereng',
        attributes: { asal: 'Ende, Flores' },
      },
      {
        name: ['Timor Kait', 'Timor Hook'],
        about: [
          'Belah ketupat berkait dari Timor ditenun terang di atas merah, pola yang dikenali dari jauh.',
          'The hooked diamonds of Timor stand bright on red, a pattern known from afar.',
        ],
        tint: 'Merah Cabai',
        motif: 'songket',
        attributes: { asal: 'Timor' },
      },
    ],
    closings: [
      [
        'Lembar cerita tentang motifnya disertakan dalam paket.',
        'A sheet with the story of the motif comes in the parcel.',
      ],
      [
        'Angin-anginkan sesekali dan simpan dengan merica kering agar bebas ngengat.',
        'Air it now and then and store it with dry pepper to keep moths away.',
      ],
      [
        'Sedikit ketidakrataan adalah jejak tangan penenunnya, bukan cacat.',
        'Slight unevenness is the trace of the hand that wove it, not a flaw.',
      ],
    ],
  },
  {
    drawing: 'ulos',
    category: 'tenun-ikat',
    sellers: ['rumah-ulos'],
    brands: ['', 'lungsin-pakan'],
    lines: [
      {
        title: ['Ulos {style}', '{style} Ulos'],
        about: [
          'Ditenun dengan gedogan oleh penenun Samosir, lengkap dengan rambu yang dipilin tangan.',
          'Woven on a back-strap loom in Samosir, with a hand-twisted fringe.',
        ],
        price: 540_000,
        grams: 480,
        box: [320, 240, 50],
        attributes: {
          bahan: 'Benang Tenun Katun',
          teknik: 'Tenun',
          asal: 'Samosir',
          ukuran_kain: '75 × 200 cm',
        },
      },
      {
        title: ['Syal Ulos {style}', '{style} Ulos Scarf'],
        about: [
          'Versi syal yang lebih ringan, enak dikenakan ke kantor maupun saat udara pegunungan mendingin.',
          'A lighter scarf, good for the office and for cool mountain air.',
        ],
        price: 145_000,
        grams: 160,
        box: [250, 180, 30],
        attributes: { bahan: 'Katun', teknik: 'Tenun', asal: 'Samosir', ukuran_kain: '30 × 170 cm' },
      },
    ],
    styles: [
      {
        name: ['Ragi Hotang', 'Ragi Hotang'],
        about: [
          'Ragi hotang diberikan kepada pengantin agar ikatan keduanya sekuat rotan.',
          'Ragi hotang is given to newlyweds, that their bond may be as strong as rattan.',
        ],
        tint: 'Merah Marun',
        motif: 'ikat',
      },
      {
        name: ['Sadum', 'Sadum'],
        about: [
          'Sadum adalah ulos sukacita: warnanya paling ramai dan dikenakan pada hari bahagia.',
          'Sadum is the ulos of joy: the most colourful of all, worn on happy days.',
        ],
        tint: 'Merah Cabai',
        motif: 'songket',
      },
      {
        name: ['Bintang Maratur', 'Bintang Maratur'],
        about: [
          'Bintang yang berderet rapi mendoakan anak cucu yang rukun.',
          'Its ordered stars are a prayer for children who live in harmony.',
        ],
        tint: 'Hijau Zamrud',
        motif: 'truntum',
      },
      {
        name: ['Sibolang', 'Sibolang'],
        about: [
          'Sibolang berwarna biru nila dengan lidah-lidah putih, tanda hormat kepada yang dituakan.',
          'Sibolang is indigo with flecks of white, a sign of respect for elders.',
        ],
        tint: 'Biru Nila',
        motif: 'lereng',
      },
    ],
    closings: [
      [
        'Setiap lembar diberi kartu dengan nama penenunnya.',
        'Each piece carries a card with the name of its weaver.',
      ],
      ['Sebaiknya dicuci kering atau cukup diangin-anginkan.', 'Best dry-cleaned, or simply aired.'],
    ],
  },
  {
    drawing: 'songket',
    category: 'songket',
    sellers: ['songket-musi'],
    brands: ['', 'wastra-ranu'],
    attributes: { teknik: 'Songket' },
    lines: [
      {
        title: ['Kain Songket Palembang {style}', '{style} Palembang Songket'],
        about: [
          'Songket tenunan tangan dengan benang emas yang disungkit helai demi helai di atas dasar sutra.',
          'Hand-woven songket, its gold thread lifted strand by strand over a silk ground.',
        ],
        price: 2_450_000,
        grams: 620,
        box: [360, 260, 60],
        attributes: { bahan: 'Sutra', asal: 'Palembang', ukuran_kain: '90 × 200 cm' },
      },
      {
        title: ['Selendang Songket {style}', '{style} Songket Shawl'],
        about: [
          'Selendang pasangan kain songket, dengan ujung bertabur emas yang jatuh anggun di bahu.',
          'The shawl that goes with the cloth, its gold-strewn ends falling gracefully from the shoulder.',
        ],
        price: 780_000,
        grams: 280,
        box: [300, 200, 40],
        attributes: { bahan: 'Sutra', asal: 'Palembang', ukuran_kain: '55 × 180 cm' },
      },
    ],
    styles: [
      {
        name: ['Lepus Nago Besaung', 'Lepus Nago Besaung'],
        about: [
          'Sepasang naga yang saling berhadapan memenuhi hampir seluruh bidang kain dengan kilau emas.',
          'A pair of facing dragons fills almost the whole cloth with gold.',
        ],
        tint: 'Merah Marun',
        motif: 'songket',
        priceFactor: 1.4,
      },
      {
        name: ['Bungo Pacik', 'Bungo Pacik'],
        about: [
          'Bunga-bunga kecil dari benang kapas putih memberi kesan lembut di antara emasnya.',
          'Small flowers in white cotton give a soft note amid the gold.',
        ],
        tint: 'Ungu Manggis',
        motif: 'truntum',
      },
      {
        name: ['Pucuk Rebung', 'Pucuk Rebung'],
        about: [
          'Deretan pucuk rebung di kepala kain melambangkan harapan yang terus tumbuh.',
          'The row of bamboo shoots at its head stands for hope that keeps growing.',
        ],
        tint: 'Biru Nila',
        motif: 'tumpal',
      },
      {
        name: ['Tabur Limar', 'Tabur Limar'],
        about: [
          'Dasarnya diikat pelangi lebih dahulu, lalu ditaburi emas yang berjarak sehingga ringan dipakai.',
          'The ground is first tie-dyed in many colours, then strewn with spaced gold, so it is light to wear.',
        ],
        tint: 'Hijau Zamrud',
        motif: 'ceplok',
      },
    ],
    closings: [
      [
        'Gulung, jangan dilipat, agar benang emasnya tidak patah.',
        'Roll it, do not fold it, so the gold thread does not break.',
      ],
      [
        'Tabung penyimpanan dari karton tebal sudah termasuk.',
        'A sturdy cardboard storage tube is included.',
      ],
    ],
  },
];

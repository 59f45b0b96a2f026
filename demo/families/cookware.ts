import { choiceAxis, type Family } from '../family.js';

export const cookware: readonly Family[] = [
  {
    drawing: 'mortar',
    category: 'alat-masak',
    sellers: ['dapur-semawis', 'gerabah-kasongan'],
    brands: ['tungku-tua', ''],
    lines: [
      {
        title: ['Cobek dan Ulekan {style}', '{style} Mortar and Pestle'],
        about: [
          'Cobek lebar yang permukaannya dikasarkan tangan, sambal halus tanpa banyak tenaga.',
          'A wide mortar roughened by hand; smooth sambal with little effort.',
        ],
        price: 129_000,
        grams: 3_600,
        box: [240, 240, 110],
        axes: [
          choiceAxis(
            ['Diameter', 'Diameter'],
            ['18 cm', '18 cm'],
            ['22 cm', '22 cm', 1.35],
            ['26 cm', '26 cm', 1.8],
          ),
        ],
      },
    ],
    styles: [
      {
        name: ['Batu Merapi', 'Merapi Stone'],
        about: [
          'Dipahat dari satu bongkah batu lava Merapi, bukan cetakan semen.',
          'Carved from one block of Merapi lava, not cast in cement.',
        ],
        tint: 'Abu-abu',
        attributes: { bahan: 'Batu lava' },
      },
      {
        name: ['Batu Hitam', 'Black Stone'],
        about: [
          'Batu hitam padat yang dinginnya menjaga warna cabai.',
          'Dense black stone whose coolness keeps the chilli red.',
        ],
        tint: 'Hitam',
        attributes: { bahan: 'Batu andesit' },
      },
      {
        name: ['Kayu Munggur', 'Raintree Wood'],
        about: [
          'Kayu munggur ringan untuk kacang, rempah kering, dan gado-gado.',
          'Light raintree wood for peanuts, dry spices and gado-gado.',
        ],
        tint: 'Cokelat',
        priceFactor: 0.8,
        seller: 'kayu-jepara',
        attributes: { bahan: 'Kayu munggur' },
      },
    ],
    closings: [
      [
        'Gosok dengan beras dan air sebelum pemakaian pertama.',
        'Grind rice and water in it before the first use.',
      ],
      ['Ulekannya miring sesuai genggaman.', 'The pestle is angled to fit the hand.'],
    ],
  },
  {
    drawing: 'wok',
    category: 'alat-masak',
    sellers: ['dapur-semawis'],
    brands: ['tungku-tua'],
    lines: [
      {
        title: ['Wajan {style}', '{style} Wok'],
        about: [
          'Wajan cekung yang panasnya cepat naik dan merata sampai ke tepi.',
          'A deep wok that heats fast and evenly up to the rim.',
        ],
        price: 185_000,
        grams: 1_700,
        box: [400, 360, 140],
        axes: [
          choiceAxis(
            ['Diameter', 'Diameter'],
            ['28 cm', '28 cm'],
            ['32 cm', '32 cm', 1.22],
            ['36 cm', '36 cm', 1.45],
          ),
        ],
      },
    ],
    styles: [
      {
        name: ['Besi Tempa', 'Wrought Iron'],
        about: [
          'Ditempa tangan; makin sering dipakai makin licin dan hitam.',
          'Hammered by hand; the more it is used, the slicker and blacker it gets.',
        ],
        tint: 'Hitam',
        attributes: { bahan: 'Besi tempa' },
      },
      {
        name: ['Baja Karbon', 'Carbon Steel'],
        about: [
          'Lebih ringan dari besi cor, enak diayun saat menumis.',
          'Lighter than cast iron and easy to toss with.',
        ],
        tint: 'Abu-abu',
        priceFactor: 1.15,
        attributes: { bahan: 'Baja karbon' },
      },
      {
        name: ['Antilengket Granit', 'Granite Non-Stick'],
        about: [
          'Lapisan berbintik granit, telur meluncur tanpa banyak minyak.',
          'A granite-flecked coating; eggs slide with little oil.',
        ],
        tint: 'Terakota',
        priceFactor: 1.3,
        attributes: { bahan: 'Aluminium berlapis' },
      },
    ],
    closings: [
      ['Gagang kayunya tidak menghantar panas.', 'The wooden handle stays cool.'],
      ['Bisa dipakai di kompor gas dan induksi.', 'For gas and induction stoves.'],
    ],
  },
  {
    drawing: 'cutting-board',
    category: 'alat-masak',
    sellers: ['kayu-jepara'],
    brands: ['tungku-tua', ''],
    axes: [
      choiceAxis(
        ['Ukuran', 'Size'],
        ['Kecil 25 cm', 'Small 25 cm'],
        ['Sedang 34 cm', 'Medium 34 cm', 1.45],
        ['Besar 42 cm', 'Large 42 cm', 1.95],
      ),
    ],
    lines: [
      {
        title: ['Talenan {style}', '{style} Cutting Board'],
        about: [
          'Talenan dari satu lembar kayu tanpa sambungan, dihaluskan lima tahap.',
          'A board from one plank without joints, sanded in five passes.',
        ],
        price: 95_000,
        grams: 780,
        box: [380, 240, 30],
      },
    ],
    styles: [
      {
        name: ['Jati Serat Lurus', 'Straight-Grain Teak'],
        about: [
          'Jati tua yang minyak alaminya menolak air dan jamur.',
          'Old teak whose own oil keeps out water and mould.',
        ],
        tint: 'Cokelat',
        attributes: { bahan: 'Kayu jati' },
      },
      {
        name: ['Mahoni Gagang', 'Handled Mahogany'],
        about: [
          'Bergagang bulat, cantik juga untuk menyajikan keju dan buah.',
          'With a round handle, handsome enough to serve cheese and fruit.',
        ],
        tint: 'Merah Bata',
        attributes: { bahan: 'Kayu mahoni' },
      },
      {
        name: ['Asam Jawa Ujung Serat', 'End-Grain Tamarind'],
        about: [
          'Ujung serat kayu asam yang lembut pada mata pisau.',
          'End-grain tamarind wood that is kind to knives.',
        ],
        tint: 'Mocca',
        priceFactor: 1.5,
        attributes: { bahan: 'Kayu asam' },
      },
      {
        name: ['Nangka Keemasan', 'Golden Jackwood'],
        about: [
          'Kayu nangka kuning keemasan yang menggelap indah.',
          'Golden jackwood that darkens beautifully.',
        ],
        tint: 'Kuning Kunyit',
        priceFactor: 1.15,
        attributes: { bahan: 'Kayu nangka' },
      },
    ],
    closings: [
      ['Oles minyak kelapa sebulan sekali.', 'Oil it with coconut once a month.'],
      ['Cuci dengan tangan dan keringkan berdiri.', 'Wash by hand and dry it upright.'],
      ['Nama keluarga bisa diukir di sudutnya.', 'We can carve a family name in the corner.'],
    ],
  },
  {
    drawing: 'spatulas',
    category: 'alat-masak',
    sellers: ['kayu-jepara'],
    brands: ['tungku-tua'],
    lines: [
      {
        title: ['Set Sutil Kayu {style}', '{style} Wooden Utensil Set'],
        about: [
          'Sutil, sendok sayur, dan centong yang tidak menggores wajan.',
          'A turner, a ladle and a rice paddle that will not scratch the pan.',
        ],
        price: 79_000,
        grams: 260,
        box: [340, 110, 50],
        axes: [choiceAxis(['Isi', 'Pieces'], ['3 buah', '3 pieces'], ['5 buah', '5 pieces', 1.5])],
      },
    ],
    styles: [
      {
        name: ['Jati', 'Teak'],
        about: [
          'Jati padat yang tidak berbulu walau sering direndam.',
          'Dense teak that does not fuzz even after soaking.',
        ],
        tint: 'Cokelat',
        attributes: { bahan: 'Kayu jati' },
      },
      {
        name: ['Sonokeling', 'Rosewood'],
        about: [
          'Sonokeling gelap berurat ungu, cantik dipajang.',
          'Dark rosewood with purple veins, lovely on display.',
        ],
        tint: 'Cokelat Tua',
        priceFactor: 1.4,
        attributes: { bahan: 'Kayu sonokeling' },
      },
      {
        name: ['Kelapa', 'Coconut'],
        about: [
          'Batang kelapa tua berbintik, ringan dan murah hati.',
          'Speckled old coconut trunk, light and easy on the purse.',
        ],
        tint: 'Mocca',
        priceFactor: 0.8,
        attributes: { bahan: 'Kayu kelapa' },
      },
    ],
    closings: [
      ['Dilapis minyak nabati yang aman untuk makanan.', 'Finished with food-safe plant oil.'],
      ['Dibungkus kain belacu yang bisa jadi lap dapur.', 'Wrapped in calico that becomes a kitchen towel.'],
    ],
  },
  {
    drawing: 'apron',
    category: 'alat-masak',
    sellers: ['ruang-jahit', 'batik-kali-loji'],
    brands: ['rimbun-rumah', 'kapas-pagi'],
    attributes: { bahan: 'Kanvas katun' },
    lines: [
      {
        title: ['Celemek {style}', '{style} Apron'],
        about: [
          'Celemek kanvas dengan tali leher yang bisa diatur dan dua saku dalam.',
          'A canvas apron with an adjustable neck and two deep pockets.',
        ],
        price: 85_000,
        grams: 240,
        box: [280, 220, 30],
        axes: [choiceAxis(['Ukuran', 'Size'], ['Anak', 'Child', 0.75], ['Dewasa', 'Adult'])],
      },
    ],
    styles: [
      {
        name: ['Batik Kawung', 'Kawung Batik'],
        about: [
          'Dada dan sakunya dari batik kawung yang sulit terlihat kotor.',
          'Bib and pockets are kawung batik, which hides the stains.',
        ],
        tint: 'Cokelat',
        motif: 'kawung',
        seller: 'batik-kali-loji',
      },
      {
        name: ['Lurik Biru', 'Blue Lurik'],
        about: [
          'Lurik biru yang membuat dapur terasa seperti warung langganan.',
          'Blue lurik that makes the kitchen feel like a favourite warung.',
        ],
        tint: 'Biru Nila',
        motif: 'lereng',
      },
      {
        name: ['Terakota Polos', 'Plain Terracotta'],
        about: ['Polos terakota dengan jahitan krem.', 'Plain terracotta with cream stitching.'],
        tint: 'Terakota',
      },
      {
        name: ['Ceplok Hijau', 'Green Ceplok'],
        about: [
          'Ceplok hijau berderet rapi seperti ubin rumah lama.',
          'Rows of green ceplok, like the tiles of an old house.',
        ],
        tint: 'Hijau Zamrud',
        motif: 'ceplok',
        seller: 'batik-kali-loji',
      },
    ],
    closings: [
      ['Dilapis tahan cipratan minyak.', 'Treated against splashes of oil.'],
      ['Boleh dicuci mesin.', 'Machine-washable.'],
    ],
  },
];

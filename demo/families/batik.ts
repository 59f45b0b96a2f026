import { choiceAxis, colourAxis, type Family, sizeAxis } from '../family.js';

const length = choiceAxis(['Panjang', 'Length'], ['2 meter', '2 metres'], ['2,5 meter', '2.5 metres', 1.24]);

export const batik: readonly Family[] = [
  {
    drawing: 'batik-cloth',
    category: 'kain-batik',
    sellers: ['batik-kali-loji', 'griya-laweyan', 'mega-pesisir'],
    brands: ['sekar-lawas', 'canting-senja', ''],
    axes: [length],
    attributes: { ukuran_kain: 'lebar 110 cm' },
    lines: [
      {
        title: ['Kain Batik Tulis {style}', 'Hand-Drawn {style} Batik Cloth'],
        about: [
          'Batik tulis halus yang digoreskan dengan canting pada kedua sisi kain, sehingga tidak ada dua lembar yang benar-benar sama.',
          'Fine batik drawn with a canting on both sides of the cloth, so no two lengths are quite the same.',
        ],
        price: 685_000,
        grams: 320,
        box: [320, 240, 40],
        attributes: { bahan: 'Katun Primisima', teknik: 'Tulis' },
      },
      {
        title: ['Kain Batik Cap {style}', 'Copper-Stamped {style} Batik Cloth'],
        about: [
          'Dicap dengan tembaga oleh perajin berpengalaman; garisnya rapi, warnanya tembus sampai ke belakang.',
          'Stamped with copper blocks by practised hands; the lines are neat and the colour goes right through.',
        ],
        price: 165_000,
        grams: 290,
        box: [300, 230, 35],
        attributes: { bahan: 'Katun', teknik: 'Cap' },
      },
    ],
    styles: [
      {
        name: ['Kawung', 'Kawung'],
        about: [
          'Motif kawung meniru buah aren yang dibelah empat, lambang hati yang bersih dan pengendalian diri.',
          'The kawung motif echoes a palm fruit cut in four, a sign of a clean heart and self-restraint.',
        ],
        tint: 'Cokelat',
        motif: 'kawung',
        attributes: { asal: 'Yogyakarta' },
      },
      {
        name: ['Parang Barong', 'Parang Barong'],
        about: [
          'Garis parang yang menyerong tanpa putus melambangkan ombak, yaitu semangat yang tidak berhenti.',
          'The unbroken slanting parang stands for the waves of the sea: a spirit that does not give up.',
        ],
        tint: 'Cokelat Tua',
        motif: 'parang',
        priceFactor: 1.12,
        seller: 'griya-laweyan',
        attributes: { asal: 'Surakarta' },
      },
      {
        name: ['Mega Mendung', 'Mega Mendung'],
        about: [
          'Awan berlapis dari Cirebon ini diwarnai bertahap, dari biru paling muda sampai nila paling pekat.',
          'These layered clouds from Cirebon are dyed in steps, from the palest blue to the deepest indigo.',
        ],
        tint: 'Biru Nila',
        motif: 'mega-mendung',
        seller: 'mega-pesisir',
        attributes: { asal: 'Cirebon' },
      },
      {
        name: ['Truntum', 'Truntum'],
        about: [
          'Taburan bunga truntum melambangkan kasih yang tumbuh kembali, karena itu sering dikenakan orang tua pengantin.',
          "Truntum's scattered flowers speak of love that grows anew, which is why parents of the bride and groom wear it.",
        ],
        tint: 'Hijau Lumut',
        motif: 'truntum',
        attributes: { asal: 'Surakarta' },
      },
      {
        name: ['Buketan Pesisir', 'Coastal Bouquet'],
        about: [
          'Rangkaian bunga khas pesisir utara Jawa dengan warna cerah yang tetap enak dipandang.',
          'A bouquet typical of the north coast of Java, in bright colours that stay easy on the eye.',
        ],
        tint: 'Merah Bata',
        motif: 'ceplok',
        seller: 'batik-kali-loji',
        attributes: { asal: 'Pekalongan' },
      },
    ],
    closings: [
      [
        'Cuci dengan lerak atau sabun bayi dan jemur di tempat teduh agar warnanya awet.',
        'Wash with soapnut or baby soap and dry in the shade to keep the colours.',
      ],
      [
        'Cukup untuk satu kemeja lengan panjang atau satu rok lilit.',
        'Enough for one long-sleeved shirt or one wrap skirt.',
      ],
      [
        'Foto warna bisa sedikit berbeda dari kain aslinya karena setiap pencelupan punya watak sendiri.',
        'The colour may differ a little from the picture, for every dye bath has a temper of its own.',
      ],
    ],
  },
  {
    drawing: 'scarf',
    category: 'selendang',
    sellers: ['pesona-mahakam', 'batik-kali-loji', 'mega-pesisir'],
    brands: ['canting-senja', 'wastra-ranu', ''],
    axes: [
      colourAxis(
        3,
        'Merah Bata',
        'Biru Laut',
        'Kuning Kunyit',
        'Hijau Sage',
        'Ungu Manggis',
        'Salem',
        'Biru Nila',
      ),
    ],
    lines: [
      {
        title: ['Selendang Sutra {style}', '{style} Silk Shawl'],
        about: [
          'Selendang sutra tipis yang sejuk di kulit dan melayang ringan mengikuti langkah.',
          'A thin silk shawl, cool on the skin, that floats along as you walk.',
        ],
        price: 320_000,
        grams: 90,
        box: [240, 180, 25],
        attributes: { bahan: 'Sutra', ukuran_kain: '60 × 190 cm' },
      },
      {
        title: ['Syal Rayon {style}', '{style} Rayon Scarf'],
        about: [
          'Syal serbaguna yang tidak mudah kusut, cukup lebar untuk menutup bahu di ruang berpendingin.',
          'A versatile scarf that hardly creases, wide enough for the shoulders in an air-conditioned room.',
        ],
        price: 95_000,
        grams: 130,
        box: [240, 180, 25],
        attributes: { bahan: 'Rayon', ukuran_kain: '70 × 180 cm' },
      },
    ],
    styles: [
      {
        name: ['Sasirangan Gelombang', 'Sasirangan Wave'],
        about: [
          'Gelombangnya lahir dari jahitan jelujur yang dibuka setelah pencelupan, cara lama dari Banjar.',
          'The waves come from running stitches that are opened after dyeing, an old craft of the Banjar people.',
        ],
        motif: 'mega-mendung',
        seller: 'pesona-mahakam',
        attributes: { teknik: 'Jumputan', asal: 'Kalimantan Selatan' },
      },
      {
        name: ['Jumputan Pelangi', 'Rainbow Tie-Dye'],
        about: [
          'Bulatan-bulatan kecil diikat satu per satu dengan tali rafia sebelum dicelup.',
          'Each small ring is tied by hand with raffia before the cloth is dipped.',
        ],
        motif: 'nitik',
        attributes: { teknik: 'Jumputan', asal: 'Pekalongan' },
      },
      {
        name: ['Kawung Kecil', 'Little Kawung'],
        about: [
          'Kawung kecil yang dicap rapat memberi sentuhan batik tanpa terlihat resmi.',
          'Small, close-set kawung adds a touch of batik without looking formal.',
        ],
        motif: 'kawung',
        attributes: { teknik: 'Cap', asal: 'Cirebon' },
      },
    ],
    closings: [
      ['Cuci tangan dengan air dingin dan jangan diperas.', 'Hand-wash in cold water and do not wring.'],
      ['Tepinya dijahit gulung dengan tangan.', 'The edges are rolled and sewn by hand.'],
      [
        'Cocok untuk hadiah wisuda atau ulang tahun ibu.',
        'A good gift for a graduation or a mother’s birthday.',
      ],
    ],
  },
  {
    drawing: 'blangkon',
    category: 'ikat-kepala',
    sellers: ['griya-laweyan'],
    brands: ['sekar-lawas', ''],
    axes: [sizeAxis('56', '57', '58', '59')],
    attributes: { bahan: 'Katun', teknik: 'Jahit' },
    lines: [
      {
        title: ['Blangkon {style}', '{style} Blangkon'],
        about: [
          'Blangkon dibuat dari batik yang diwiru halus di atas cetakan, ringan dan tidak menekan dahi.',
          'Made of finely pleated batik over a form; light, and easy on the forehead.',
        ],
        price: 125_000,
        grams: 160,
        box: [230, 200, 140],
      },
      {
        title: ['Iket Siap Pakai {style}', '{style} Ready-Tied Iket'],
        about: [
          'Ikat kepala yang sudah terbentuk, tinggal dikenakan tanpa perlu melipat kain.',
          'A headcloth that is already tied: just put it on.',
        ],
        price: 75_000,
        grams: 110,
        box: [220, 190, 110],
      },
    ],
    styles: [
      {
        name: ['Sogan Parang', 'Sogan Parang'],
        about: [
          'Warna sogan cokelat hangat dengan parang kecil, padanan resmi beskap hitam.',
          'Warm sogan brown with a small parang, the formal match for a black beskap.',
        ],
        tint: 'Cokelat',
        motif: 'parang',
        attributes: { asal: 'Surakarta' },
      },
      {
        name: ['Modang Hitam', 'Black Modang'],
        about: [
          'Bagian tengahnya polos hitam dengan tepi berlidah api, sederhana dan berwibawa.',
          'A plain black centre with a flame-tongued edge, simple and dignified.',
        ],
        tint: 'Hitam',
        motif: 'tumpal',
        attributes: { asal: 'Yogyakarta' },
      },
      {
        name: ['Mega Biru', 'Blue Cloud'],
        about: [
          'Awan biru Cirebon membuatnya tampak segar, juga untuk acara santai.',
          'The blue clouds of Cirebon keep it fresh, for casual days too.',
        ],
        tint: 'Biru Nila',
        motif: 'mega-mendung',
        seller: 'mega-pesisir',
        attributes: { asal: 'Cirebon' },
      },
    ],
    closings: [
      [
        'Ukur lingkar kepala tepat di atas telinga untuk memilih ukuran.',
        'Measure around the head just above the ears to choose a size.',
      ],
      ['Lapisan dalamnya katun yang menyerap keringat.', 'Lined with cotton that takes up sweat.'],
    ],
  },
];

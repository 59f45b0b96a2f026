import { colourAxis, type Family, sizeAxis } from '../family.js';

export const womenswear: readonly Family[] = [
  {
    drawing: 'kebaya',
    category: 'kebaya-blus',
    sellers: ['griya-laweyan'],
    brands: ['kirana-pandan'],
    axes: [
      sizeAxis('S', 'M', 'L', 'XL'),
      colourAxis(3, 'Putih Gading', 'Merah Marun', 'Hijau Zamrud', 'Salem', 'Biru Nila', 'Lavendel'),
    ],
    attributes: { tabel_ukuran: 'Lingkar dada: S 88 cm, M 94 cm, L 100 cm, XL 106 cm' },
    lines: [
      {
        title: ['Kebaya {style}', '{style} Kebaya'],
        about: [
          'Kebaya dengan potongan yang mengikuti badan tetapi tetap leluasa saat duduk dan bersalaman.',
          'A kebaya that follows the figure yet leaves room to sit and to greet guests.',
        ],
        price: 365_000,
        grams: 280,
        box: [320, 250, 50],
      },
      {
        title: ['Setelan Kebaya {style} dan Rok Lilit', '{style} Kebaya and Wrap Skirt Set'],
        about: [
          'Satu setel siap pakai: kebaya beserta rok lilit batik yang senada.',
          'A set that is ready to wear: the kebaya with a batik wrap skirt to match.',
        ],
        price: 545_000,
        grams: 520,
        box: [340, 260, 60],
      },
    ],
    styles: [
      {
        name: ['Kutubaru Brokat', 'Lace Kutubaru'],
        about: [
          'Model kutubaru dengan bef di dada, dijahit dari brokat lembut yang tidak gatal.',
          'The kutubaru cut with its front panel, sewn from soft lace that does not itch.',
        ],
        attributes: { bahan: 'Brokat' },
      },
      {
        name: ['Encim Bordir', 'Embroidered Encim'],
        about: [
          'Tepinya dibordir bunga berkelok, peninggalan gaya encim dari kota-kota pelabuhan.',
          'Winding flowers are embroidered along the edge, in the encim style of the port cities.',
        ],
        attributes: { bahan: 'Voal' },
      },
      {
        name: ['Kartini Linen', 'Linen Kartini'],
        about: [
          'Kerah tegak dan garis lipatnya sederhana, enak dipakai ke kantor setiap hari.',
          'A folded collar and plain lines that suit the office any day.',
        ],
        attributes: { bahan: 'Linen' },
      },
    ],
    closings: [
      ['Cuci tangan dan gantung agar bentuknya terjaga.', 'Hand-wash and hang to keep its shape.'],
      [
        'Kampuh samping dilebihkan dua sentimeter sehingga mudah dibesarkan.',
        'The side seams hold two spare centimetres, so it is easy to let out.',
      ],
      ['Kancing kaitnya tersembunyi rapi di bagian depan.', 'The hooks are neatly hidden in front.'],
    ],
  },
  {
    drawing: 'dress',
    category: 'kebaya-blus',
    sellers: ['ruang-jahit'],
    brands: ['rona-teduh', 'kirana-pandan'],
    axes: [
      sizeAxis('S', 'M', 'L', 'XL'),
      colourAxis(3, 'Terakota', 'Hijau Sage', 'Biru Langit', 'Krem', 'Ungu Manggis', 'Merah Muda'),
    ],
    attributes: { tabel_ukuran: 'Lingkar dada: S 92 cm, M 98 cm, L 104 cm, XL 112 cm' },
    lines: [
      {
        title: ['Gamis {style}', '{style} Gamis'],
        about: [
          'Gamis panjang berbahan jatuh dengan ritsleting depan, ramah untuk ibu menyusui.',
          'A long, flowing gamis with a front zip, friendly to nursing mothers.',
        ],
        price: 259_000,
        grams: 430,
        box: [320, 250, 60],
        attributes: { bahan: 'Rayon' },
      },
      {
        title: ['Terusan Midi {style}', '{style} Midi Dress'],
        about: [
          'Terusan sebetis berpinggang karet yang nyaman untuk bekerja, jalan sore, dan menjemput anak.',
          'A mid-calf dress with an elastic waist for work, evening walks and the school run.',
        ],
        price: 219_000,
        grams: 330,
        box: [310, 240, 50],
        attributes: { bahan: 'Linen' },
      },
    ],
    styles: [
      {
        name: ['Lipit Kirana', 'Kirana Pleat'],
        about: [
          'Lipit halus di bagian depan membuat siluetnya ringan.',
          'Fine pleats in front keep the outline light.',
        ],
      },
      {
        name: ['Kancing Mutiara', 'Pearl Button'],
        about: [
          'Deretan kancing kerang berjajar dari leher sampai pinggang.',
          'A row of shell buttons runs from neck to waist.',
        ],
      },
      {
        name: ['Saku Sore', 'Afternoon Pocket'],
        about: [
          'Dua saku dalamnya cukup besar untuk ponsel dan kunci.',
          'Two deep pockets hold a phone and keys.',
        ],
      },
      {
        name: ['Tepi Batik', 'Batik Hem'],
        about: [
          'Ujung lengan dan tepi bawah diberi pita batik cap sebagai aksen.',
          'Cuffs and hem are finished with a band of stamped batik.',
        ],
        motif: 'kawung',
        seller: 'batik-kali-loji',
      },
    ],
    closings: [
      ['Tidak menerawang dan tidak perlu dalaman tambahan.', 'Not see-through; no slip needed.'],
      ['Warna dicelup sebelum dijahit sehingga merata.', 'Dyed before sewing, so the colour is even.'],
      ['Boleh dicuci mesin dalam kantong jaring.', 'Machine-washable in a mesh bag.'],
    ],
  },
  {
    drawing: 'hijab',
    category: 'kerudung',
    sellers: ['ruang-jahit', 'griya-laweyan'],
    brands: ['rona-teduh', 'kirana-pandan'],
    axes: [
      colourAxis(
        4,
        'Krem',
        'Hitam',
        'Mocca',
        'Hijau Sage',
        'Merah Muda',
        'Biru Langit',
        'Lavendel',
        'Terakota',
      ),
    ],
    lines: [
      {
        title: ['Kerudung Segi Empat {style}', '{style} Square Headscarf'],
        about: [
          'Kerudung 115 × 115 cm yang mudah dibentuk dan tegak di dahi tanpa banyak jarum.',
          'A 115 × 115 cm scarf that shapes easily and stands at the brow with few pins.',
        ],
        price: 55_000,
        grams: 90,
        box: [230, 170, 20],
      },
      {
        title: ['Pasmina {style}', '{style} Pashmina'],
        about: [
          'Pasmina 75 × 185 cm dengan tepi jahit rapat, menutup dada dengan rapi.',
          'A 75 × 185 cm pashmina with a close-sewn edge that covers neatly.',
        ],
        price: 65_000,
        grams: 120,
        box: [230, 170, 25],
      },
    ],
    styles: [
      {
        name: ['Voal Ultrafine', 'Ultrafine Voile'],
        about: [
          'Voal lembut yang menyerap keringat dan tetap rapi sampai sore.',
          'Soft voile that takes up sweat and stays neat till evening.',
        ],
        attributes: { bahan: 'Voal' },
      },
      {
        name: ['Katun Madinah', 'Madinah Cotton'],
        about: [
          'Katun ringan bertekstur halus, sejuk untuk perjalanan jauh.',
          'Light, finely textured cotton that stays cool on long journeys.',
        ],
        attributes: { bahan: 'Katun' },
      },
      {
        name: ['Tepi Truntum', 'Truntum Edge'],
        about: [
          'Bunga truntum kecil dicetak mengelilingi tepi sebagai bingkai.',
          'Small truntum flowers are printed around the edge like a frame.',
        ],
        motif: 'truntum',
        priceFactor: 1.2,
        attributes: { bahan: 'Voal' },
      },
    ],
    closings: [
      ['Setrika dengan suhu rendah.', 'Iron on low heat.'],
      ['Dikirim dalam kotak kecil dengan satu jarum pentul.', 'Comes in a small box with one pin.'],
      ['Warna asli kami potret di bawah sinar matahari.', 'Our colours are photographed in daylight.'],
    ],
  },
];

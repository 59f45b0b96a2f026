import { colourAxis, type Family } from '../family.js';

export const camping: readonly Family[] = [
  {
    drawing: 'tent',
    category: 'kemah',
    sellers: ['arek-gowes'],
    brands: ['puncak-sunyi'],
    attributes: { bahan: 'Poliester berlapis', tingkat: 'Semua' },
    axes: [colourAxis(2, 'Hijau Lumut', 'Jingga', 'Krem', 'Biru Nila')],
    lines: [
      {
        title: ['Tenda {style}', '{style} Tent'],
        about: [
          'Tenda dua lapis dengan jahitan tersegel yang tetap kering pada hujan gunung.',
          'A double-skinned tent with sealed seams that stays dry in mountain rain.',
        ],
        price: 545_000,
        grams: 2_600,
        box: [480, 180, 180],
      },
    ],
    styles: [
      {
        name: ['Dua Orang', 'Two-Person'],
        about: [
          'Ringan 2,3 kilogram, berdiri dalam lima menit.',
          'It weighs 2.3 kilos and stands in five minutes.',
        ],
      },
      {
        name: ['Empat Orang', 'Four-Person'],
        about: [
          'Cukup untuk keluarga kecil dengan teras untuk sepatu.',
          'Room for a small family, with a porch for the shoes.',
        ],
        priceFactor: 1.6,
      },
      {
        name: ['Sekali Buka', 'Pop-Up'],
        about: [
          'Terbuka sendiri, cocok untuk pantai dan piknik.',
          'It opens by itself, for the beach and picnics.',
        ],
        priceFactor: 0.7,
      },
    ],
    closings: [
      ['Pasak, tali, dan tas sudah lengkap.', 'Pegs, lines and bag are all there.'],
      ['Keringkan sebelum disimpan.', 'Dry it before you store it.'],
    ],
  },
  {
    drawing: 'hammock',
    category: 'kemah',
    sellers: ['arek-gowes', 'noken-cenderawasih'],
    brands: ['puncak-sunyi', ''],
    attributes: { tingkat: 'Semua' },
    axes: [colourAxis(2, 'Jingga', 'Toska', 'Hijau Lumut', 'Biru Nila', 'Merah Bata')],
    lines: [
      {
        title: ['Ayunan Gantung {style}', '{style} Hammock'],
        about: [
          'Ayunan yang kuat menahan 180 kilogram dan kering dalam satu jam.',
          'A hammock that carries 180 kilograms and dries within an hour.',
        ],
        price: 119_000,
        grams: 560,
        box: [220, 140, 140],
      },
    ],
    styles: [
      {
        name: ['Parasut Ringan', 'Light Parachute'],
        about: ['Kain parasut yang terlipat menjadi sekepal.', 'Parachute cloth that packs down to a fist.'],
        attributes: { bahan: 'Nilon parasut' },
      },
      {
        name: ['Jaring Katun', 'Cotton Net'],
        about: [
          'Jaring katun rajutan tangan yang sejuk untuk tidur siang.',
          'A hand-knotted cotton net, cool for an afternoon nap.',
        ],
        priceFactor: 1.3,
        seller: 'noken-cenderawasih',
        brand: '',
        attributes: { bahan: 'Katun' },
      },
      {
        name: ['Berkelambu', 'Mosquito-Netted'],
        about: [
          'Kelambunya menyatu dengan ritsleting dua arah.',
          'A sewn-in mosquito net with a two-way zip.',
        ],
        priceFactor: 1.6,
        attributes: { bahan: 'Nilon parasut' },
      },
    ],
    closings: [
      ['Dua tali pohon dan karabiner disertakan.', 'Two tree straps and carabiners are included.'],
      ['Kaitkan pada pohon yang lebih besar dari paha.', 'Hang it from trees thicker than a thigh.'],
    ],
  },
  {
    drawing: 'lantern',
    category: 'kemah',
    sellers: ['arek-gowes', 'gawai-kita'],
    brands: ['puncak-sunyi', 'cahaya-teduh'],
    attributes: { tingkat: 'Semua' },
    axes: [colourAxis(2, 'Hijau Zamrud', 'Merah Cabai', 'Kuning Kunyit', 'Hitam')],
    lines: [
      {
        title: ['Lentera Kemah {style}', '{style} Camping Lantern'],
        about: [
          'Lentera bergantungan dengan cahaya hangat yang tidak mengundang serangga.',
          'A hanging lantern with a warm light that does not call the insects.',
        ],
        price: 135_000,
        grams: 420,
        box: [130, 130, 220],
      },
    ],
    styles: [
      {
        name: ['Isi Ulang', 'Rechargeable'],
        about: [
          'Menyala tiga malam sekali isi dan bisa mengisi ponsel.',
          'Three nights a charge, and it can charge a phone.',
        ],
        priceFactor: 1.3,
        attributes: { bahan: 'ABS dan baja' },
      },
      {
        name: ['Tenaga Surya', 'Solar'],
        about: ['Panel di atasnya mengisi sepanjang pendakian.', 'The panel on top charges as you climb.'],
        priceFactor: 1.5,
        attributes: { bahan: 'ABS dan kaca' },
      },
      {
        name: ['Lampu Tekan Mini', 'Mini Pressure-Lamp'],
        about: [
          'Bentuknya seperti lampu tekan zaman dulu, dengan LED yang bisa diredupkan.',
          'The shape of an old pressure lamp around a dimmable LED.',
        ],
        attributes: { bahan: 'Baja dan kaca' },
      },
    ],
    closings: [
      ['Tahan cipratan air.', 'Splash-proof.'],
      ['Kaitnya bisa dibalik menjadi pegangan.', 'The hook flips into a handle.'],
    ],
  },
];

import { choiceAxis, colourAxis, type Family } from '../family.js';

export const phoneAccessories: readonly Family[] = [
  {
    drawing: 'phone-case',
    category: 'aksesori-ponsel',
    sellers: ['gawai-kita', 'lorong-kreatif'],
    brands: ['kilat-saku', ''],
    attributes: { garansi_bulan: '3' },
    axes: [
      choiceAxis(
        ['Ukuran layar', 'Screen size'],
        ['6,1 inci', '6.1 inch'],
        ['6,5 inci', '6.5 inch'],
        ['6,7 inci', '6.7 inch'],
      ),
    ],
    lines: [
      {
        title: ['Casing Ponsel {style}', '{style} Phone Case'],
        about: [
          'Casing lentur dengan bantalan udara di keempat sudutnya.',
          'A flexible case with an air cushion in each corner.',
        ],
        price: 59_000,
        grams: 45,
        box: [180, 100, 20],
      },
      {
        title: ['Casing Tebal {style}', '{style} Rugged Phone Case'],
        about: [
          'Casing dua lapis dengan tepi timbul yang melindungi kamera dan layar.',
          'A two-layer case whose raised edge shields camera and screen.',
        ],
        price: 89_000,
        grams: 70,
        box: [180, 100, 25],
      },
    ],
    styles: [
      {
        name: ['Mega Mendung', 'Mega Mendung'],
        about: [
          'Awan biru Cirebon dicetak sampai ke tepi.',
          'The blue clouds of Cirebon run right to the edge.',
        ],
        tint: 'Biru Nila',
        motif: 'mega-mendung',
      },
      {
        name: ['Kawung Senja', 'Sunset Kawung'],
        about: [
          'Kawung berwarna senja yang tidak pudar digosok saku.',
          'A sunset kawung that pockets will not rub off.',
        ],
        tint: 'Terakota',
        motif: 'kawung',
      },
      {
        name: ['Truntum Malam', 'Night Truntum'],
        about: [
          'Bunga truntum seperti bintang di atas hitam pekat.',
          'Truntum flowers like stars on deep black.',
        ],
        tint: 'Hitam',
        motif: 'truntum',
      },
      {
        name: ['Sisik Toska', 'Turquoise Scale'],
        about: [
          'Sisik ikan bertingkat dalam toska dan gading.',
          'Tiered fish scales in turquoise and ivory.',
        ],
        tint: 'Toska',
        motif: 'sisik',
      },
    ],
    closings: [
      ['Mendukung pengisian nirkabel.', 'Wireless charging works through it.'],
      ['Ilustratornya menerima bagian dari setiap penjualan.', 'The illustrator gets a share of every sale.'],
      ['Tombolnya tetap empuk ditekan.', 'The buttons stay easy to press.'],
    ],
  },
  {
    drawing: 'power-bank',
    category: 'aksesori-ponsel',
    sellers: ['gawai-kita'],
    brands: ['kilat-saku'],
    attributes: { garansi_bulan: '12', konektivitas: 'Kabel USB-C' },
    axes: [colourAxis(3, 'Putih Gading', 'Hitam', 'Biru Langit', 'Hijau Sage', 'Merah Muda')],
    lines: [
      {
        title: ['Bank Daya {style}', '{style} Power Bank'],
        about: [
          'Bank daya dengan angka sisa daya yang jujur di layar kecilnya.',
          'A power bank whose small display tells the true charge left.',
        ],
        price: 189_000,
        grams: 220,
        box: [150, 85, 30],
      },
    ],
    styles: [
      {
        name: ['5.000 mAh Tipis', 'Slim 5,000 mAh'],
        about: [
          'Setipis dompet, sekali isi penuh untuk ponsel.',
          'As thin as a wallet; one full charge for a phone.',
        ],
        priceFactor: 0.75,
      },
      {
        name: ['10.000 mAh Harian', 'Everyday 10,000 mAh'],
        about: [
          'Dua kali isi penuh dan boleh dibawa ke kabin pesawat.',
          'Two full charges, and allowed in the cabin.',
        ],
      },
      {
        name: ['20.000 mAh Kilat', 'Fast 20,000 mAh'],
        about: [
          'Keluaran 45 watt yang sanggup menyalakan laptop kecil.',
          'Its 45 watts can even run a small laptop.',
        ],
        priceFactor: 1.9,
      },
    ],
    closings: [
      ['Tiga lapis pengaman panas dan arus pendek.', 'Three layers of protection against heat and shorts.'],
      ['Kabel USB-C pendek disertakan.', 'A short USB-C cable is included.'],
    ],
  },
  {
    drawing: 'charger',
    category: 'aksesori-ponsel',
    sellers: ['gawai-kita', 'kotak-suara'],
    brands: ['kilat-saku'],
    attributes: { garansi_bulan: '12', konektivitas: 'Kabel USB-C' },
    axes: [colourAxis(2, 'Putih Gading', 'Hitam', 'Biru Nila')],
    lines: [
      {
        title: ['Pengisi Daya {style}', '{style} Charger'],
        about: [
          'Pengisi daya ringkas yang tetap dingin walau dipakai semalaman.',
          'A compact charger that stays cool through the night.',
        ],
        price: 119_000,
        grams: 110,
        box: [110, 80, 60],
      },
    ],
    styles: [
      {
        name: ['20 Watt Satu Lubang', '20-Watt Single-Port'],
        about: ['Mengisi ponsel setengah penuh dalam setengah jam.', 'Fills half a phone in half an hour.'],
      },
      {
        name: ['45 Watt Dua Lubang', '45-Watt Dual-Port'],
        about: [
          'Dua perangkat sekaligus, dayanya dibagi dengan cerdas.',
          'Two devices at once, sharing the power sensibly.',
        ],
        priceFactor: 1.7,
      },
      {
        name: ['65 Watt dengan Kabel', '65-Watt Cabled'],
        about: [
          'Cukup untuk laptop, lengkap dengan kabel anyam dua meter.',
          'Enough for a laptop, with two metres of braided cable.',
        ],
        priceFactor: 2.3,
      },
    ],
    closings: [
      ['Lolos uji tegangan 100–240 volt.', 'Tested from 100 to 240 volts.'],
      ['Colokannya bisa dilipat.', 'The plug folds away.'],
    ],
  },
  {
    drawing: 'watch',
    category: 'aksesori-ponsel',
    sellers: ['gawai-kita', 'kotak-suara'],
    brands: ['kilat-saku'],
    attributes: { garansi_bulan: '12' },
    axes: [colourAxis(3, 'Hitam', 'Krem', 'Biru Nila', 'Hijau Lumut', 'Merah Bata')],
    lines: [
      {
        title: ['Jam Tangan Pintar {style}', '{style} Smart Watch'],
        about: [
          'Jam pintar yang menghitung langkah, tidur, dan detak jantung, dengan waktu salat bawaan.',
          'A smart watch for steps, sleep and heart rate, with prayer times built in.',
        ],
        price: 399_000,
        grams: 60,
        box: [120, 90, 70],
        attributes: { konektivitas: 'Nirkabel' },
      },
    ],
    styles: [
      {
        name: ['Kotak 1,9 Inci', 'Square 1.9-Inch'],
        about: [
          'Layarnya lebar dan tetap terbaca di bawah matahari.',
          'A wide display that stays legible in the sun.',
        ],
      },
      {
        name: ['Bulat Klasik', 'Classic Round'],
        about: [
          'Wajah bulat seperti jam biasa, sopan di acara resmi.',
          'A round face like a plain watch, polite at formal dos.',
        ],
        priceFactor: 1.2,
      },
      {
        name: ['Anak Ceria', 'Happy Kids'],
        about: [
          'Pelacak lokasi dan tombol darurat untuk anak sekolah.',
          'Location and an emergency button for schoolchildren.',
        ],
        priceFactor: 0.85,
      },
    ],
    closings: [
      ['Baterai tahan tujuh hari.', 'The battery lasts seven days.'],
      ['Tali silikonnya bisa diganti tanpa alat.', 'The strap changes without tools.'],
    ],
  },
];

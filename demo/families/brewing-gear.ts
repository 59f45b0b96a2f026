import { colourAxis, type Family, packAxis } from '../family.js';

export const brewingGear: readonly Family[] = [
  {
    drawing: 'dripper',
    category: 'alat-seduh',
    sellers: ['gerabah-kasongan', 'dataran-gayo'],
    brands: ['tetes-pelan', 'liat-langit'],
    axes: [colourAxis(2, 'Putih Gading', 'Hitam', 'Terakota', 'Hijau Sage', 'Biru Nila')],
    attributes: { bahan: 'Keramik' },
    lines: [
      {
        title: ['Penyaring Kopi {style}', '{style} Coffee Dripper'],
        about: [
          'Penyaring kerucut dengan alur dalam yang membuat air turun merata.',
          'A cone whose inner ribs let the water run evenly.',
        ],
        price: 119_000,
        grams: 420,
        box: [150, 150, 130],
      },
    ],
    styles: [
      {
        name: ['Keramik Satu Cangkir', 'One-Cup Ceramic'],
        about: [
          'Ukurannya satu cangkir, untuk menyeduh sendiri di pagi hari.',
          'Sized for one cup, for a quiet morning.',
        ],
      },
      {
        name: ['Keramik Dua Cangkir', 'Two-Cup Ceramic'],
        about: ['Ukurannya dua cangkir, pas untuk berbagi.', 'Sized for two cups, right for sharing.'],
        priceFactor: 1.25,
      },
      {
        name: ['Gagang Rotan', 'Rattan-Handled'],
        about: [
          'Gagangnya dililit rotan agar tidak panas di tangan.',
          'The handle is bound in rattan, so it stays cool.',
        ],
        priceFactor: 1.35,
        motif: 'kotak',
      },
    ],
    closings: [
      ['Dua puluh lembar kertas saring sudah disertakan.', 'Twenty paper filters are included.'],
      ['Panaskan dengan air mendidih sebelum menyeduh.', 'Warm it with boiling water before you brew.'],
    ],
  },
  {
    drawing: 'french-press',
    category: 'alat-seduh',
    sellers: ['dapur-semawis', 'dataran-gayo'],
    brands: ['tetes-pelan'],
    lines: [
      {
        title: ['{style}', '{style}'],
        about: [
          'Alat sederhana tanpa listrik dan tanpa kertas saring yang bertahan bertahun-tahun.',
          'A simple tool that needs no electricity and no paper, and lasts for years.',
        ],
        price: 179_000,
        grams: 650,
        box: [180, 130, 240],
      },
    ],
    styles: [
      {
        name: ['Kopi Tekan Kaca 350 ml', '350 ml Glass French Press'],
        about: [
          'Kaca tahan panas dengan saringan baja tiga lapis untuk dua cangkir.',
          'Heatproof glass with a three-layer steel filter, for two cups.',
        ],
        tint: 'Perak',
        attributes: { bahan: 'Kaca borosilikat' },
      },
      {
        name: ['Kopi Tekan Kayu Jati 600 ml', '600 ml Teak French Press'],
        about: [
          'Gagang dan tutupnya dari jati sisa mebel, cukup untuk empat cangkir.',
          'Handle and lid are reclaimed teak; enough for four cups.',
        ],
        tint: 'Cokelat',
        priceFactor: 1.55,
        seller: 'kayu-jepara',
        attributes: { bahan: 'Kaca dan kayu jati' },
      },
      {
        name: ['Kopi Tekan Tembaga 500 ml', '500 ml Copper French Press'],
        about: [
          'Rangka berwarna tembaga yang cantik dibiarkan di atas meja.',
          'A copper-coloured frame that may stay on the table.',
        ],
        tint: 'Terakota',
        priceFactor: 1.3,
        attributes: { bahan: 'Kaca dan baja' },
      },
    ],
    closings: [
      ['Semua bagiannya bisa dibongkar untuk dicuci.', 'Every part comes off for washing.'],
      ['Gelas dan saringan pengganti tersedia di toko.', 'Spare glasses and filters are in the store.'],
    ],
  },
  {
    drawing: 'grinder',
    category: 'alat-seduh',
    sellers: ['dataran-gayo', 'kayu-jepara'],
    brands: ['tetes-pelan'],
    lines: [
      {
        title: ['Gilingan Kopi Manual {style}', '{style} Manual Coffee Grinder'],
        about: [
          'Gilingan tangan dengan mata pisau kerucut yang kehalusannya bisa diatur.',
          'A hand grinder with an adjustable conical burr.',
        ],
        price: 265_000,
        grams: 780,
        box: [190, 140, 230],
      },
    ],
    styles: [
      {
        name: ['Kotak Jati', 'Teak Box'],
        about: [
          'Badan kotak dari jati dengan laci kecil penampung bubuk.',
          'A teak box with a small drawer for the grounds.',
        ],
        tint: 'Cokelat',
        attributes: { bahan: 'Kayu jati dan baja' },
      },
      {
        name: ['Kotak Mahoni', 'Mahogany Box'],
        about: [
          'Kayu mahoni merah tua yang dipoles minyak kemiri.',
          'Deep red mahogany, polished with candlenut oil.',
        ],
        tint: 'Merah Bata',
        attributes: { bahan: 'Kayu mahoni dan baja' },
      },
      {
        name: ['Hitam Ebonis', 'Ebonised Black'],
        about: [
          'Kayu diasapi sampai hitam sehingga serasi dengan dapur modern.',
          'The wood is smoked black to suit a modern kitchen.',
        ],
        tint: 'Hitam',
        priceFactor: 1.15,
        attributes: { bahan: 'Kayu sengon dan baja' },
      },
    ],
    closings: [
      ['Sekali putar menampung 25 gram biji.', 'It holds 25 grams of beans.'],
      ['Sikat pembersih disertakan.', 'A cleaning brush is included.'],
    ],
  },
  {
    drawing: 'kettle',
    category: 'alat-seduh',
    sellers: ['dapur-semawis', 'dataran-gayo'],
    brands: ['tetes-pelan', 'tungku-tua'],
    attributes: { bahan: 'Baja tahan karat' },
    lines: [
      {
        title: ['Ketel Leher Angsa {style}', '{style} Gooseneck Kettle'],
        about: [
          'Leher rampingnya mengalirkan air sehalus benang sehingga seduhan mudah dikendalikan.',
          'The slim spout pours a thread of water, so the brew is easy to control.',
        ],
        price: 239_000,
        grams: 720,
        box: [280, 180, 190],
        axes: [packAxis(['Isi', 'Volume'], ['600 ml', 1], ['1 liter', 1.28, 1.3])],
      },
    ],
    styles: [
      {
        name: ['Baja Polos', 'Brushed Steel'],
        about: [
          'Permukaan sikat yang tidak mudah meninggalkan sidik jari.',
          'A brushed face that shows no fingerprints.',
        ],
        tint: 'Perak',
      },
      {
        name: ['Hitam Doff', 'Matte Black'],
        about: [
          'Lapisan hitam doff tahan gores dan serasi dengan alat seduh apa pun.',
          'A scratch-resistant matte coat that goes with any gear.',
        ],
        tint: 'Hitam',
        priceFactor: 1.1,
      },
      {
        name: ['Tembaga', 'Copper'],
        about: [
          'Lapisan tembaga yang dipoles tangan menghangatkan suasana dapur.',
          'Hand-polished copper plating warms up the kitchen.',
        ],
        tint: 'Terakota',
        priceFactor: 1.3,
      },
    ],
    closings: [
      ['Bisa dipakai di kompor gas dan induksi.', 'For gas and induction stoves.'],
      ['Termometer kecil di tutupnya sudah termasuk.', 'A small thermometer sits in the lid.'],
    ],
  },
];

import { choiceAxis, colourAxis, type Family, packAxis, volume } from '../family.js';

export const tableware: readonly Family[] = [
  {
    drawing: 'mug',
    category: 'cangkir-teko',
    sellers: ['gerabah-kasongan'],
    brands: ['liat-langit'],
    attributes: { bahan: 'Keramik', aman_microwave: 'true' },
    lines: [
      {
        title: ['Cangkir Keramik {style} 250 ml', '{style} Ceramic Mug, 250 ml'],
        about: [
          'Cangkir putar tangan dengan bibir tipis dan gagang yang muat tiga jari.',
          'A hand-thrown mug with a thin lip and a handle for three fingers.',
        ],
        price: 65_000,
        grams: 340,
        box: [130, 110, 110],
        attributes: { volume_ml: '250' },
      },
      {
        title: ['Mug Besar {style} 400 ml', 'Large {style} Mug, 400 ml'],
        about: [
          'Mug besar berdasar lebar untuk teh sore yang panjang atau semangkuk sup.',
          'A large, wide-based mug for a long afternoon tea or a cup of soup.',
        ],
        price: 89_000,
        grams: 460,
        box: [150, 120, 120],
        attributes: { volume_ml: '400' },
      },
    ],
    styles: [
      {
        name: ['Hijau Lumut', 'Moss Green'],
        about: [
          'Glasir hijau lumutnya mengalir berbeda di tiap cangkir.',
          'The moss-green glaze runs differently on every mug.',
        ],
        tint: 'Hijau Lumut',
      },
      {
        name: ['Bintik Telur', 'Speckled Egg'],
        about: [
          'Bintik halus dari pasir besi membuatnya mirip telur burung.',
          'Fine specks of iron sand make it look like a bird’s egg.',
        ],
        tint: 'Putih Gading',
        motif: 'nitik',
      },
      {
        name: ['Kawung Biru', 'Blue Kawung'],
        about: [
          'Motif kawung dilukis dengan kuas sebelum bakaran kedua.',
          'The kawung motif is brushed on before the second firing.',
        ],
        tint: 'Biru Nila',
        motif: 'kawung',
        priceFactor: 1.2,
      },
      {
        name: ['Awan Nila', 'Indigo Cloud'],
        about: [
          'Awan mega mendung melingkar dari gagang ke gagang.',
          'Mega mendung clouds run all the way round from the handle.',
        ],
        tint: 'Biru Laut',
        motif: 'mega-mendung',
        priceFactor: 1.2,
      },
      {
        name: ['Terakota Mentah', 'Raw Terracotta'],
        about: [
          'Luarnya terakota polos yang kesat, dalamnya berglasir bening.',
          'Plain, grippy terracotta outside; a clear glaze within.',
        ],
        tint: 'Terakota',
      },
    ],
    closings: [
      ['Aman untuk microwave dan mesin pencuci piring.', 'Safe in the microwave and the dishwasher.'],
      [
        'Bila pecah di jalan, kami ganti tanpa banyak tanya.',
        'If it breaks on the way, we replace it without questions.',
      ],
      ['Glasirnya bebas timbal.', 'The glaze is lead-free.'],
    ],
  },
  {
    drawing: 'teapot',
    category: 'cangkir-teko',
    sellers: ['gerabah-kasongan', 'dapur-semawis'],
    brands: ['liat-langit', ''],
    axes: [packAxis(volume, ['500 ml', 1], ['900 ml', 1.35, 1.4])],
    lines: [
      {
        title: ['Teko {style}', '{style} Teapot'],
        about: [
          'Teko dengan saringan di pangkal cerat dan tutup yang tidak jatuh saat dituang.',
          'A teapot with a strainer in the spout and a lid that stays on while pouring.',
        ],
        price: 145_000,
        grams: 780,
        box: [220, 160, 170],
        attributes: { bahan: 'Keramik', aman_microwave: 'false' },
      },
    ],
    styles: [
      {
        name: ['Poci Tanah Liat', 'Clay Poci'],
        about: [
          'Poci tanah liat ala Tegal yang makin wangi bila tidak dicuci sabun.',
          'A clay pot in the Tegal style that grows more fragrant if soap is kept away.',
        ],
        tint: 'Terakota',
        priceFactor: 0.6,
      },
      {
        name: ['Truntum Hijau', 'Green Truntum'],
        about: [
          'Bunga truntum dilukis tangan di atas hijau sage.',
          'Truntum flowers, hand-painted on sage green.',
        ],
        tint: 'Hijau Sage',
        motif: 'truntum',
      },
      {
        name: ['Nila Polos', 'Plain Indigo'],
        about: ['Biru nila pekat dengan gagang berlilit rotan.', 'Deep indigo, with a rattan-bound handle.'],
        tint: 'Biru Nila',
      },
      {
        name: ['Gading Bintik', 'Speckled Ivory'],
        about: [
          'Gading berbintik dengan garis cokelat di bibir tutup.',
          'Speckled ivory, with a brown line round the lid.',
        ],
        tint: 'Putih Gading',
        motif: 'nitik',
      },
    ],
    closings: [
      [
        'Lengkap dengan dua cangkir kecil pada pembelian ukuran 900 ml.',
        'The 900 ml size comes with two small cups.',
      ],
      ['Jangan dipanaskan langsung di atas kompor.', 'Do not put it on the stove.'],
    ],
  },
  {
    drawing: 'plates',
    category: 'piring-mangkuk',
    sellers: ['gerabah-kasongan', 'dapur-semawis'],
    brands: ['liat-langit'],
    axes: [
      choiceAxis(
        ['Isi set', 'Set of'],
        ['2 buah', '2 pieces'],
        ['4 buah', '4 pieces', 1.9],
        ['6 buah', '6 pieces', 2.75],
      ),
    ],
    attributes: { bahan: 'Keramik', aman_microwave: 'true' },
    lines: [
      {
        title: ['Piring Makan {style} 24 cm', '{style} Dinner Plates, 24 cm'],
        about: [
          'Piring makan berbibir naik sehingga kuah tidak tumpah.',
          'Dinner plates with a raised rim that keeps the gravy in.',
        ],
        price: 118_000,
        grams: 1_150,
        box: [280, 280, 100],
        attributes: { diameter_cm: '24' },
      },
      {
        title: ['Mangkuk Sup {style} 16 cm', '{style} Soup Bowls, 16 cm'],
        about: [
          'Mangkuk dalam untuk soto, bakso, dan bubur; nyaman dipegang saat panas.',
          'Deep bowls for soto, bakso and porridge; easy to hold when hot.',
        ],
        price: 92_000,
        grams: 820,
        box: [200, 200, 130],
        drawing: 'bowl',
        attributes: { diameter_cm: '16' },
      },
    ],
    styles: [
      {
        name: ['Ombak Biru', 'Blue Wave'],
        about: [
          'Awan mega mendung melingkar di tepinya seperti ombak.',
          'Mega mendung clouds circle the rim like waves.',
        ],
        tint: 'Biru Laut',
        motif: 'mega-mendung',
      },
      {
        name: ['Krem Kawung', 'Cream Kawung'],
        about: ['Kawung tipis tercetak di atas glasir krem.', 'A faint kawung lies under the cream glaze.'],
        tint: 'Krem',
        motif: 'kawung',
      },
      {
        name: ['Hijau Sage Polos', 'Plain Sage'],
        about: [
          'Hijau sage polos yang membuat sayur terlihat lebih segar.',
          'Plain sage that makes greens look greener.',
        ],
        tint: 'Hijau Sage',
      },
      {
        name: ['Arang Doff', 'Matte Charcoal'],
        about: [
          'Hitam arang tanpa kilap, latar yang bagus untuk hidangan apa pun.',
          'Charcoal without shine, a fine stage for any dish.',
        ],
        tint: 'Hitam',
      },
    ],
    closings: [
      ['Bisa ditumpuk rapi.', 'They stack neatly.'],
      ['Dikemas dengan jerami dan karton tebal.', 'Packed in straw and thick card.'],
      ['Aman untuk microwave, tidak untuk oven.', 'Safe in the microwave, not in the oven.'],
    ],
  },
  {
    drawing: 'tumbler',
    category: 'bekal-minum',
    sellers: ['dapur-semawis', 'arek-gowes'],
    brands: ['bekal-riang'],
    axes: [
      packAxis(volume, ['500 ml', 1], ['750 ml', 1.22, 1.25]),
      colourAxis(3, 'Hijau Sage', 'Biru Nila', 'Terakota', 'Putih Gading', 'Merah Muda', 'Hitam', 'Toska'),
    ],
    attributes: { bahan: 'Baja tahan karat' },
    lines: [
      {
        title: ['Botol Minum {style}', '{style} Water Bottle'],
        about: [
          'Botol baja dinding ganda, dingin dua puluh jam dan hangat sepuluh jam.',
          'Double-walled steel: cold for twenty hours, hot for ten.',
        ],
        price: 129_000,
        grams: 340,
        box: [85, 85, 270],
      },
      {
        title: ['Tumbler Kopi {style}', '{style} Coffee Tumbler'],
        about: [
          'Tumbler bertutup geser yang muat di tempat minum mobil dan sepeda motor.',
          'A tumbler with a sliding lid that fits the cup holder.',
        ],
        price: 115_000,
        grams: 300,
        box: [90, 90, 210],
      },
    ],
    styles: [
      {
        name: ['Polos Doff', 'Matte Plain'],
        about: [
          'Lapisan doff yang tidak licin dan tidak mudah baret.',
          'A matte coat that grips and does not scratch easily.',
        ],
      },
      {
        name: ['Gelang Kulit', 'Leather-Banded'],
        about: [
          'Gelang kulit di tengahnya bisa dilepas dan diberi nama.',
          'The leather band comes off and can carry your name.',
        ],
        priceFactor: 1.2,
      },
      {
        name: ['Mega Mendung', 'Mega Mendung'],
        about: [
          'Awan Cirebon diukir laser di sekelilingnya.',
          'The clouds of Cirebon are laser-engraved all around.',
        ],
        motif: 'mega-mendung',
        priceFactor: 1.15,
      },
    ],
    closings: [
      ['Bebas BPA dan tidak menyimpan bau.', 'BPA-free and it holds no smell.'],
      ['Karet tutup cadangan disertakan.', 'A spare seal is included.'],
      ['Lubangnya cukup lebar untuk es batu dan sikat.', 'The mouth takes ice cubes and a brush.'],
    ],
  },
  {
    drawing: 'tiffin',
    category: 'bekal-minum',
    sellers: ['dapur-semawis'],
    brands: ['bekal-riang', 'tungku-tua'],
    lines: [
      {
        title: ['Rantang {style}', '{style} Tiffin Carrier'],
        about: [
          'Rantang susun untuk nasi, lauk, dan sayur yang tidak saling tercampur.',
          'A stacked carrier that keeps rice, dish and greens apart.',
        ],
        price: 159_000,
        grams: 780,
        box: [180, 160, 250],
        axes: [
          choiceAxis(
            ['Susun', 'Tiers'],
            ['2 susun', '2 tiers'],
            ['3 susun', '3 tiers', 1.3],
            ['4 susun', '4 tiers', 1.6],
          ),
        ],
      },
    ],
    styles: [
      {
        name: ['Enamel Lurik', 'Striped Enamel'],
        about: [
          'Enamel bergaris seperti milik nenek, tahan goresan sendok.',
          'Striped enamel like grandmother’s, proof against spoons.',
        ],
        tint: 'Hijau Sage',
        motif: 'lereng',
        attributes: { bahan: 'Besi enamel' },
      },
      {
        name: ['Enamel Bunga', 'Floral Enamel'],
        about: [
          'Lukisan bunga di atas krem membuat bekal terasa istimewa.',
          'Painted flowers on cream make lunch feel special.',
        ],
        tint: 'Merah Muda',
        motif: 'truntum',
        attributes: { bahan: 'Besi enamel' },
      },
      {
        name: ['Baja Kilap', 'Polished Steel'],
        about: ['Baja food grade yang ringan dan tidak berkarat.', 'Food-grade steel, light and rust-free.'],
        tint: 'Perak',
        attributes: { bahan: 'Baja tahan karat' },
      },
      {
        name: ['Enamel Biru', 'Blue Enamel'],
        about: [
          'Biru laut polos dengan tepi putih yang tidak pernah salah.',
          'Plain sea blue with a white rim never goes wrong.',
        ],
        tint: 'Biru Laut',
        attributes: { bahan: 'Besi enamel' },
      },
    ],
    closings: [
      ['Pengunci sampingnya rapat dan tidak tumpah di perjalanan.', 'The side clamps hold tight on the way.'],
      ['Tiap susun bisa dipakai sendiri sebagai mangkuk.', 'Each tier also serves as a bowl.'],
    ],
  },
];

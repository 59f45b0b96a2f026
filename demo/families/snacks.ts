import { type Family, netWeight, packAxis } from '../family.js';

export const snacks: readonly Family[] = [
  {
    drawing: 'chips-bag',
    category: 'camilan',
    sellers: ['ranah-rasa', 'kebun-lampung', 'kebun-batu'],
    brands: ['renyah-jenaka'],
    axes: [packAxis(netWeight, ['100 g', 1], ['250 g', 2.3], ['500 g', 4.3])],
    lines: [
      {
        title: ['Keripik {style}', '{style} Crisps'],
        about: [
          'Diiris setipis kertas dan digoreng sekali dalam minyak baru, renyahnya tahan lama.',
          'Sliced paper-thin and fried once in fresh oil; it stays crisp for long.',
        ],
        price: 18_500,
        grams: 115,
        box: [240, 170, 60],
      },
    ],
    styles: [
      {
        name: ['Singkong Balado', 'Cassava Balado'],
        about: [
          'Berlumur balado merah yang manis, asam, dan pedas khas Bukittinggi.',
          'Coated in the sweet, sour and hot red balado of Bukittinggi.',
        ],
        tint: 'Merah Cabai',
        label: 'BALADO',
        seller: 'ranah-rasa',
        attributes: {
          komposisi: 'Singkong, cabai, gula, minyak',
          tingkat_pedas: 'Pedas',
          masa_simpan_bulan: '6',
        },
      },
      {
        name: ['Pisang Kepok Cokelat', 'Chocolate Banana'],
        about: [
          'Pisang kepok Lampung berbalut bubuk cokelat yang tidak terlalu manis.',
          'Lampung kepok banana under cocoa that is not too sweet.',
        ],
        tint: 'Cokelat',
        label: 'PISANG',
        seller: 'kebun-lampung',
        attributes: {
          komposisi: 'Pisang kepok, kakao, gula, minyak',
          tingkat_pedas: 'Tidak pedas',
          masa_simpan_bulan: '6',
        },
      },
      {
        name: ['Apel Batu', 'Batu Apple'],
        about: [
          'Apel manalagi yang digoreng vakum sehingga rasa buahnya tetap utuh.',
          'Manalagi apple, vacuum-fried to keep the taste of the fruit.',
        ],
        tint: 'Hijau Daun',
        label: 'APEL',
        seller: 'kebun-batu',
        priceFactor: 1.35,
        attributes: {
          komposisi: 'Apel manalagi, minyak',
          tingkat_pedas: 'Tidak pedas',
          masa_simpan_bulan: '8',
        },
      },
      {
        name: ['Tempe Daun Jeruk', 'Lime-Leaf Tempeh'],
        about: [
          'Tempe tipis berbumbu ketumbar dan irisan daun jeruk.',
          'Thin tempeh with coriander and slivers of lime leaf.',
        ],
        tint: 'Kuning Kunyit',
        label: 'TEMPE',
        seller: 'kebun-batu',
        attributes: {
          komposisi: 'Tempe, tepung beras, daun jeruk',
          tingkat_pedas: 'Tidak pedas',
          masa_simpan_bulan: '4',
        },
      },
      {
        name: ['Nangka Madu', 'Honey Jackfruit'],
        about: [
          'Nangka matang pohon, digoreng vakum sampai kuning keemasan.',
          'Tree-ripened jackfruit, vacuum-fried to gold.',
        ],
        tint: 'Jingga',
        label: 'NANGKA',
        seller: 'kebun-batu',
        priceFactor: 1.5,
        attributes: { komposisi: 'Nangka, minyak', tingkat_pedas: 'Tidak pedas', masa_simpan_bulan: '8' },
      },
      {
        name: ['Talas Garam Laut', 'Sea-Salt Taro'],
        about: [
          'Talas ungu dengan sejumput garam laut, pilihan untuk yang tidak suka pedas.',
          'Purple taro with a pinch of sea salt, for those who like it mild.',
        ],
        tint: 'Ungu Manggis',
        label: 'TALAS',
        attributes: {
          komposisi: 'Talas, garam, minyak',
          tingkat_pedas: 'Tidak pedas',
          masa_simpan_bulan: '6',
        },
      },
    ],
    closings: [
      ['Kemasannya berklip, jadi sisanya tidak melempem.', 'The pack has a zip, so leftovers stay crisp.'],
      ['Oleh-oleh yang ringan dibawa di kabin.', 'A treat light enough for cabin baggage.'],
      ['Digoreng setiap Senin dan Kamis.', 'Fried every Monday and Thursday.'],
    ],
  },
  {
    drawing: 'chips-bag',
    category: 'camilan',
    sellers: ['pesona-mahakam', 'kebun-lampung', 'dapur-semawis'],
    brands: ['renyah-jenaka', ''],
    attributes: { tingkat_pedas: 'Tidak pedas' },
    lines: [
      {
        title: ['{style} Siap Makan', 'Ready-to-Eat {style}'],
        about: [
          'Sudah digoreng dan dikemas hari itu juga, tinggal dibuka di meja makan.',
          'Fried and packed on the same day; just open it at the table.',
        ],
        price: 24_000,
        grams: 165,
        box: [280, 200, 80],
        axes: [packAxis(netWeight, ['150 g', 1], ['300 g', 1.9])],
        attributes: { masa_simpan_bulan: '4' },
      },
      {
        title: ['{style} Mentah', 'Uncooked {style}'],
        about: [
          'Kering dan siap goreng kapan saja; mengembang tiga kali lipat dalam minyak panas.',
          'Dried and ready to fry at any time; it triples in size in hot oil.',
        ],
        price: 29_000,
        grams: 265,
        box: [240, 170, 70],
        axes: [packAxis(netWeight, ['250 g', 1], ['500 g', 1.9], ['1 kg', 3.6])],
        attributes: { masa_simpan_bulan: '10' },
      },
    ],
    styles: [
      {
        name: ['Kemplang Palembang', 'Palembang Kemplang'],
        about: [
          'Ikan tenggirinya terasa jelas, sedap dicocol sambal kemplang.',
          'The mackerel comes through clearly; good with a dab of sambal.',
        ],
        tint: 'Biru Langit',
        label: 'KEMPLANG',
        seller: 'kebun-lampung',
        attributes: { komposisi: 'Tenggiri, sagu, garam' },
      },
      {
        name: ['Amplang Samarinda', 'Samarinda Amplang'],
        about: [
          'Butiran ikan belida yang renyah, oleh-oleh wajib dari Mahakam.',
          'Crunchy nuggets of belida fish, the treat to bring home from the Mahakam.',
        ],
        tint: 'Jingga',
        label: 'AMPLANG',
        seller: 'pesona-mahakam',
        attributes: { komposisi: 'Ikan belida, sagu, telur' },
      },
      {
        name: ['Emping Melinjo', 'Melinjo Emping'],
        about: [
          'Melinjo tua yang ditumbuk satu per satu sampai tipis.',
          'Ripe melinjo, hammered thin one by one.',
        ],
        tint: 'Hijau Daun',
        label: 'EMPING',
        seller: 'dapur-semawis',
        attributes: { komposisi: 'Melinjo, garam' },
      },
      {
        name: ['Kerupuk Udang', 'Prawn Crackers'],
        about: [
          'Udang segar seperlima bagian, bukan sekadar perisa.',
          'One fifth of it is fresh prawn, not just flavouring.',
        ],
        tint: 'Salem',
        label: 'UDANG',
        seller: 'dapur-semawis',
        attributes: { komposisi: 'Udang, tepung tapioka, garam' },
      },
    ],
    closings: [
      ['Simpan di stoples rapat.', 'Keep it in a tight jar.'],
      ['Teman soto, rawon, dan nasi hangat.', 'Company for soto, rawon and hot rice.'],
    ],
  },
  {
    drawing: 'cookie-jar',
    category: 'kue-kering',
    sellers: ['dapur-semawis', 'pala-banda'],
    brands: ['stoples-nenek'],
    axes: [packAxis(['Isi', 'Contents'], ['250 g', 1], ['500 g', 1.88])],
    lines: [
      {
        title: ['Kue Kering {style}', '{style} Cookies'],
        about: [
          'Dipanggang dalam loyang kecil dengan mentega asli, renyah di luar dan lumer di mulut.',
          'Baked on small trays with real butter; crisp outside and melting within.',
        ],
        price: 58_000,
        grams: 420,
        box: [130, 130, 140],
      },
    ],
    styles: [
      {
        name: ['Nastar Nanas', 'Pineapple Nastar'],
        about: [
          'Selai nanasnya dimasak empat jam tanpa esens.',
          'The pineapple jam simmers for four hours, without essence.',
        ],
        tint: 'Kuning Kunyit',
        label: 'NASTAR',
        attributes: { komposisi: 'Tepung, mentega, telur, nanas', masa_simpan_bulan: '3' },
      },
      {
        name: ['Kastengel Keju', 'Cheese Kaastengels'],
        about: [
          'Keju tua parut memenuhi adonan, bukan sekadar taburan.',
          'Aged cheese goes into the dough, not just on top.',
        ],
        tint: 'Jingga',
        label: 'KEJU',
        priceFactor: 1.2,
        attributes: { komposisi: 'Tepung, mentega, keju, telur', masa_simpan_bulan: '3' },
      },
      {
        name: ['Putri Salju', 'Snow Princess'],
        about: [
          'Bulan sabit kacang mede bertabur gula halus dingin.',
          'Cashew crescents under a cool dust of sugar.',
        ],
        tint: 'Biru Langit',
        label: 'SALJU',
        attributes: { komposisi: 'Tepung, mentega, kacang mede, gula', masa_simpan_bulan: '3' },
      },
      {
        name: ['Kenari Banda', 'Banda Kenari'],
        about: [
          'Kenari cincang dari Banda memberi gigitan gurih di setiap keping.',
          'Chopped kenari nuts from Banda in every bite.',
        ],
        tint: 'Cokelat',
        label: 'KENARI',
        seller: 'pala-banda',
        attributes: { komposisi: 'Tepung, mentega, kenari, gula', masa_simpan_bulan: '3' },
      },
      {
        name: ['Sagu Kelapa', 'Coconut Sago'],
        about: [
          'Sagu dan santan yang lumer, bebas tepung terigu.',
          'Melting sago and coconut milk, free of wheat.',
        ],
        tint: 'Krem',
        label: 'SAGU',
        attributes: { komposisi: 'Sagu, santan, telur, gula', masa_simpan_bulan: '4' },
      },
    ],
    closings: [
      [
        'Disegel ganda supaya tetap renyah sampai Lebaran usai.',
        'Double-sealed to stay crisp until the feast is over.',
      ],
      [
        'Pesanan di atas sepuluh toples dapat pita dan kartu ucapan.',
        'Orders above ten jars come with ribbon and a card.',
      ],
    ],
  },
];

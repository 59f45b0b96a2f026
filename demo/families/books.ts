import { choiceAxis, type Family } from '../family.js';

const binding = choiceAxis(
  ['Sampul', 'Cover'],
  ['Sampul tipis', 'Paperback'],
  ['Sampul tebal', 'Hardback', 1.45],
);

export const books: readonly Family[] = [
  {
    drawing: 'novel',
    category: 'novel-cerita',
    sellers: ['halaman-baru', 'lorong-kreatif'],
    brands: ['halaman-teduh'],
    axes: [binding],
    lines: [
      {
        title: ['{style}: Sebuah Novel', '{style}: A Novel'],
        about: [
          'Novel tentang orang-orang biasa yang ceritanya tinggal lama setelah halaman terakhir.',
          'A novel about ordinary people whose story stays long after the last page.',
        ],
        price: 89_000,
        grams: 280,
        box: [210, 140, 22],
        attributes: { sampul: 'Tipis' },
      },
    ],
    styles: [
      {
        name: ['Perahu Terakhir ke Banda', 'The Last Boat to Banda'],
        about: [
          'Seorang guru muda menunggu kapal yang tak kunjung datang dan belajar membaca laut.',
          'A young teacher waits for a boat that does not come and learns to read the sea.',
        ],
        tint: 'Biru Laut',
        motif: 'mega-mendung',
        attributes: { penulis: 'Ratih Malino', jumlah_halaman: '286' },
      },
      {
        name: ['Penjahit di Gang Melati', 'The Tailor of Jasmine Lane'],
        about: [
          'Tiga generasi perempuan berbagi satu mesin jahit dan satu rahasia.',
          'Three generations of women share one sewing machine and one secret.',
        ],
        tint: 'Merah Muda',
        motif: 'truntum',
        attributes: { penulis: 'Wulan Sekarjati', jumlah_halaman: '312' },
      },
      {
        name: ['Kereta Malam Selatan', 'The Southern Night Train'],
        about: [
          'Delapan penumpang, satu gerbong mogok, dan malam yang mengubah semuanya.',
          'Eight passengers, a broken-down carriage and a night that changes them all.',
        ],
        tint: 'Biru Nila',
        motif: 'lereng',
        attributes: { penulis: 'Bagas Arunika', jumlah_halaman: '248' },
      },
      {
        name: ['Musim Kopi di Atas Awan', 'Coffee Season above the Clouds'],
        about: [
          'Perantau pulang ke kebun ayahnya dan menemukan buku utang berisi puisi.',
          'A son comes home to his father’s farm and finds poems in the ledger.',
        ],
        tint: 'Hijau Lumut',
        motif: 'tumpal',
        attributes: { penulis: 'Iskandar Linge', jumlah_halaman: '264' },
      },
      {
        name: ['Peta yang Digambar Hujan', 'A Map Drawn by Rain'],
        about: [
          'Seorang juru ukur menelusuri sungai yang tidak ada di peta mana pun.',
          'A surveyor follows a river that is on no map.',
        ],
        tint: 'Toska',
        motif: 'sisik',
        attributes: { penulis: 'Nirmala Tedja', jumlah_halaman: '336' },
      },
      {
        name: ['Rumah Bertiang Seribu', 'The House of a Thousand Posts'],
        about: [
          'Rumah panjang terakhir di hulu menolak dijual, begitu juga penghuninya.',
          'The last longhouse upriver refuses to be sold, and so do its people.',
        ],
        tint: 'Merah Bata',
        motif: 'ikat',
        attributes: { penulis: 'Yohanes Bulan', jumlah_halaman: '402' },
      },
      {
        name: ['Gerimis di Kota Lama', 'Drizzle in the Old Town'],
        about: [
          'Pemilik toko jam dan seorang pemotret memburu foto yang hilang dari etalase tua.',
          'A watchmaker and a photographer hunt for a picture that vanished from an old shop window.',
        ],
        tint: 'Ungu Manggis',
        motif: 'nitik',
        attributes: { penulis: 'Hana Soediro', jumlah_halaman: '274' },
      },
      {
        name: ['Anak Danau', 'Child of the Lake'],
        about: [
          'Seorang penyelam muda di Danau Toba menemukan kampung di dasar air.',
          'A young diver in Lake Toba finds a village on the lake bed.',
        ],
        tint: 'Hijau Zamrud',
        motif: 'songket',
        attributes: { penulis: 'Poltak Situngkir', jumlah_halaman: '228' },
      },
      {
        name: ['Surat untuk Tetangga', 'Letters to a Neighbour'],
        about: [
          'Dua tetangga yang tak pernah bertegur sapa mulai bertukar surat lewat pagar.',
          'Two neighbours who never spoke begin to exchange letters through the fence.',
        ],
        tint: 'Kuning Kunyit',
        motif: 'kawung',
        attributes: { penulis: 'Dewi Anggraini Putri', jumlah_halaman: '198' },
      },
    ],
    closings: [
      ['Dicetak di kertas krem yang ringan di tangan.', 'Printed on cream paper, light in the hand.'],
      ['Pembatas buku bergambar disertakan.', 'An illustrated bookmark is included.'],
      ['Dibungkus rapi, siap menjadi hadiah.', 'Neatly wrapped, ready to give.'],
    ],
  },
  {
    drawing: 'poetry',
    category: 'novel-cerita',
    sellers: ['lorong-kreatif', 'halaman-baru'],
    brands: ['halaman-teduh'],
    lines: [
      {
        title: ['{style}: Kumpulan Puisi', '{style}: Poems'],
        about: [
          'Kumpulan puisi pendek yang enak dibaca satu halaman setiap pagi.',
          'Short poems, good for one page every morning.',
        ],
        price: 62_000,
        grams: 160,
        box: [190, 130, 14],
        attributes: { sampul: 'Tipis' },
      },
    ],
    styles: [
      {
        name: ['Hujan di Teras', 'Rain on the Porch'],
        about: [
          'Tentang menunggu, teh yang mendingin, dan orang yang akhirnya pulang.',
          'On waiting, tea going cold, and someone coming home at last.',
        ],
        tint: 'Biru Langit',
        motif: 'nitik',
        attributes: { penulis: 'Laras Windari', jumlah_halaman: '96' },
      },
      {
        name: ['Ibu Menjemur Matahari', 'Mother Hangs Out the Sun'],
        about: [
          'Puisi-puisi rumah: jemuran, dapur, dan tangan yang tidak pernah diam.',
          'Poems of the house: laundry, the kitchen and hands that never rest.',
        ],
        tint: 'Jingga',
        motif: 'ceplok',
        attributes: { penulis: 'Samsul Hidayat Noor', jumlah_halaman: '112' },
      },
      {
        name: ['Alamat Angin', 'The Address of the Wind'],
        about: [
          'Perjalanan dari pulau ke pulau yang ditulis di belakang tiket kapal.',
          'A journey from island to island, written on the backs of ferry tickets.',
        ],
        tint: 'Toska',
        motif: 'mega-mendung',
        attributes: { penulis: 'Maria Lamaholot', jumlah_halaman: '88' },
      },
    ],
    closings: [
      ['Setiap bab dibuka dengan gambar tinta.', 'Every chapter opens with an ink drawing.'],
      ['Ukurannya muat di saku jaket.', 'It fits a jacket pocket.'],
    ],
  },
  {
    drawing: 'picture-book',
    category: 'buku-anak',
    sellers: ['halaman-baru', 'si-kecil-ceria'],
    brands: ['halaman-teduh'],
    axes: [binding],
    lines: [
      {
        title: ['{style} (Buku Bergambar)', '{style} (Picture Book)'],
        about: [
          'Buku bergambar dwibahasa dengan kalimat pendek yang enak dibacakan.',
          'A bilingual picture book in short sentences that read well aloud.',
        ],
        price: 69_000,
        grams: 220,
        box: [230, 230, 10],
        attributes: { sampul: 'Tipis' },
      },
    ],
    styles: [
      {
        name: ['Komodo yang Takut Gelap', 'The Komodo Who Feared the Dark'],
        about: [
          'Komo si komodo kecil berkenalan dengan kunang-kunang dan malam.',
          'Komo the little dragon makes friends with fireflies and the night.',
        ],
        tint: 'Hijau Daun',
        motif: 'sisik',
        attributes: { penulis: 'Tita Pramesti', jumlah_halaman: '32' },
      },
      {
        name: ['Gajah Mandi Sendiri', 'Elephant Bathes Alone'],
        about: [
          'Seekor anak gajah Lampung belajar mandi tanpa membanjiri kampung.',
          'A Lampung elephant calf learns to bathe without flooding the village.',
        ],
        tint: 'Biru Langit',
        motif: 'nitik',
        attributes: { penulis: 'Tita Pramesti', jumlah_halaman: '28' },
      },
      {
        name: ['Layang-Layang Kakek', "Grandpa's Kite"],
        about: [
          'Sebuah layang-layang tua mengajak Dimas mengenal angin dan kakeknya.',
          'An old kite teaches Dimas about the wind, and about his grandfather.',
        ],
        tint: 'Merah Cabai',
        motif: 'tumpal',
        attributes: { penulis: 'Galih Rimbawan', jumlah_halaman: '36' },
      },
      {
        name: ['Rumah untuk Si Kukang', 'A Home for Slow Loris'],
        about: [
          'Si kukang yang pelan mencari pohon baru dan menemukan banyak teman.',
          'A slow, small loris looks for a new tree and finds many friends.',
        ],
        tint: 'Terakota',
        motif: 'kawung',
        attributes: { penulis: 'Galih Rimbawan', jumlah_halaman: '32' },
      },
      {
        name: ['Kereta ke Rumah Nenek', "The Train to Grandma's"],
        about: [
          'Stasiun demi stasiun, Lala menghitung jendela dan belajar bersabar.',
          'Station by station, Lala counts windows and learns to wait.',
        ],
        tint: 'Kuning Kunyit',
        motif: 'lereng',
        attributes: { penulis: 'Ratna Duhita', jumlah_halaman: '28' },
      },
      {
        name: ['Siapa Makan Bulan?', 'Who Ate the Moon?'],
        about: [
          'Hewan-hewan hutan saling tuduh ketika bulan menghilang sepotong demi sepotong.',
          'The animals of the forest blame each other as the moon vanishes bite by bite.',
        ],
        tint: 'Biru Nila',
        motif: 'truntum',
        attributes: { penulis: 'Ayu Kinanthi', jumlah_halaman: '32' },
      },
      {
        name: ['Pasar Pagi Ibu', "Mother's Morning Market"],
        about: [
          'Berhitung satu sampai dua puluh sambil berbelanja di pasar.',
          'Count from one to twenty on a trip to the market.',
        ],
        tint: 'Jingga',
        motif: 'ceplok',
        attributes: { penulis: 'Ayu Kinanthi', jumlah_halaman: '24' },
      },
    ],
    closings: [
      ['Sudutnya tumpul dan kertasnya tebal.', 'Rounded corners and thick paper.'],
      [
        'Di halaman akhir ada kegiatan untuk anak dan orang tua.',
        'The last pages hold things to do together.',
      ],
      ['Cocok untuk usia tiga sampai tujuh tahun.', 'For ages three to seven.'],
    ],
  },
  {
    drawing: 'cook-book',
    category: 'buku-masak',
    sellers: ['halaman-baru', 'dapur-semawis'],
    brands: ['halaman-teduh'],
    axes: [binding],
    lines: [
      {
        title: ['{style}', '{style}'],
        about: [
          'Setiap langkahnya dicoba di rumah biasa dengan alat yang dimiliki semua orang.',
          'Every step was tried in an ordinary home with tools that everyone has.',
        ],
        price: 118_000,
        grams: 480,
        box: [250, 190, 18],
        attributes: { sampul: 'Tipis' },
      },
    ],
    styles: [
      {
        name: ['Seratus Sambal dari Seratus Dapur', 'A Hundred Sambals from a Hundred Kitchens'],
        about: [
          'Dari dabu-dabu sampai luat, lengkap dengan cerita pembuatnya.',
          'From dabu-dabu to luat, with the story of each maker.',
        ],
        tint: 'Merah Cabai',
        attributes: { penulis: 'Endah Lesmana', jumlah_halaman: '224' },
      },
      {
        name: ['Jajanan Pasar di Rumah', 'Market Cakes at Home'],
        about: [
          'Empat puluh kue basah, dari klepon sampai lapis legit.',
          'Forty cakes, from klepon to lapis legit.',
        ],
        tint: 'Hijau Daun',
        attributes: { penulis: 'Oma Lien Wijaya', jumlah_halaman: '168' },
      },
      {
        name: ['Masak Sekali untuk Seminggu', 'Cook Once for the Week'],
        about: [
          'Bumbu dasar dan jadwal belanja untuk keluarga yang bekerja.',
          'Base pastes and shopping plans for working families.',
        ],
        tint: 'Kuning Kunyit',
        attributes: { penulis: 'Rina Hapsari', jumlah_halaman: '192' },
      },
      {
        name: ['Berkebun di Balkon', 'Gardening on a Balcony'],
        about: [
          'Cabai, kangkung, dan bunga di lahan dua meter persegi.',
          'Chillies, greens and flowers on two square metres.',
        ],
        tint: 'Hijau Sage',
        drawing: 'novel',
        attributes: { penulis: 'Agus Purnomo Adi', jumlah_halaman: '144' },
      },
      {
        name: ['Merajut Pelan-Pelan', 'Slow Knitting'],
        about: [
          'Dua puluh pola rajut dari syal pertama sampai tas bahu.',
          'Twenty patterns from a first scarf to a shoulder bag.',
        ],
        tint: 'Lavendel',
        drawing: 'novel',
        attributes: { penulis: 'Sinta Marlina', jumlah_halaman: '136' },
      },
    ],
    closings: [
      ['Halamannya bisa terbuka rata di meja.', 'It lies open flat on the table.'],
      [
        'Daftar bahan menyebut penggantinya bila sulit ditemukan.',
        'The lists name substitutes for what is hard to find.',
      ],
    ],
  },
];

/** What buyers of the demo market say, in their own words. Sentences of one list can stand beside any of the others. */
export interface Words {
  /** Of what is good and bad about any thing of a top-level category. */
  good: readonly string[];
  bad: readonly string[];
}

/** How a review begins, by its stars. */
export const openings: readonly (readonly string[])[] = [
  [
    'Kecewa sekali.',
    'Jauh dari yang dibayangkan.',
    'Maaf, saya tidak bisa merekomendasikan ini.',
    'Sayang sekali, barang saya bermasalah.',
    'Uang rasanya terbuang.',
  ],
  [
    'Kurang sesuai harapan.',
    'Biasa saja, cenderung kurang.',
    'Masih banyak yang perlu diperbaiki.',
    'Tidak rusak, tapi saya tidak puas.',
    'Untuk harga segini saya berharap lebih.',
  ],
  [
    'Lumayan.',
    'Cukup, tidak lebih.',
    'Ada bagusnya, ada kurangnya.',
    'Standar, sesuai harga.',
    'Boleh untuk coba-coba.',
    'Setengah puas.',
  ],
  [
    'Bagus.',
    'Puas, hampir sempurna.',
    'Sesuai foto.',
    'Tidak menyesal membelinya.',
    'Enak dipakai, masih ada sedikit catatan.',
    'Secara umum memuaskan.',
    'Barangnya rapi.',
  ],
  [
    'Bagus sekali!',
    'Melebihi harapan.',
    'Langsung jatuh hati.',
    'Ini pembelian kedua, dan tetap sama bagusnya.',
    'Persis seperti yang diceritakan penjual.',
    'Seisi rumah suka.',
    'Sudah lama mencari yang seperti ini.',
    'Juara.',
    'Dibeli untuk hadiah, malah ingin disimpan sendiri.',
  ],
];

export const byCategory: Readonly<Record<string, Words>> = {
  'batik-tenun': {
    good: [
      'Warnanya dalam dan tidak norak.',
      'Kainnya adem dan jatuhnya bagus.',
      'Setelah tiga kali cuci warnanya tidak luntur.',
      'Motifnya rapi sampai ke tepi.',
      'Terasa sekali ini dikerjakan dengan tangan.',
      'Waktu dipakai ke kondangan banyak yang bertanya beli di mana.',
    ],
    bad: [
      'Warnanya lebih gelap daripada di foto.',
      'Ada benang yang lepas di satu sudut.',
      'Kainnya agak kaku, mungkin perlu dicuci dulu.',
      'Ukurannya kurang beberapa sentimeter.',
    ],
  },
  pakaian: {
    good: [
      'Jahitannya rapat dan rapi.',
      'Ukurannya pas, ikuti saja tabelnya.',
      'Bahannya tidak menerawang dan tidak panas.',
      'Nyaman dipakai seharian.',
      'Tidak menyusut setelah dicuci.',
      'Warnanya mudah dipadukan.',
    ],
    bad: [
      'Ukurannya kekecilan, naik satu nomor lebih aman.',
      'Ada satu jahitan yang meleset di bagian dalam.',
      'Bahannya lebih tipis daripada yang saya kira.',
      'Warnanya sedikit berbeda dari foto.',
    ],
  },
  'sepatu-tas': {
    good: [
      'Jahitan dan lemnya rapi.',
      'Makin sering dipakai makin lentur.',
      'Kena gerimis masih aman.',
      'Bahannya terasa kokoh.',
      'Sudah tiga bulan dipakai dan masih seperti baru.',
      'Cocok untuk kerja maupun jalan-jalan.',
    ],
    bad: [
      'Ukurannya sedikit lebih kecil daripada keterangan.',
      'Bau bahannya baru hilang setelah seminggu.',
      'Ada bekas lem yang kelihatan di sisi dalam.',
      'Warnanya agak kusam.',
    ],
  },
  'kopi-teh': {
    good: [
      'Kualitasnya tidak berubah dari pesanan pertama.',
      'Teman-teman kantor ikut memesan.',
      'Ada cara penyajian yang jelas di dalamnya.',
      'Asalnya tercantum jelas.',
      'Cocok untuk oleh-oleh.',
      'Sekarang tiap pagi jadi ada yang ditunggu.',
    ],
    bad: [
      'Menurut saya agak mahal.',
      'Kotaknya sulit ditutup kembali.',
      'Saya kira ukurannya lebih besar.',
      'Belum ketemu cara yang pas memakainya.',
    ],
  },
  'makanan-bumbu': {
    good: [
      'Rasanya seperti buatan ibu di kampung.',
      'Masa simpannya masih panjang.',
      'Bahannya terasa segar.',
      'Habis dalam seminggu di rumah kami.',
      'Tidak terasa pengawet.',
      'Kemasannya rapat dan bersih.',
    ],
    bad: [
      'Kurang cocok untuk lidah saya.',
      'Isinya lebih sedikit daripada yang saya kira.',
      'Kemasannya agak terbuka waktu sampai.',
      'Masa simpannya tinggal sebentar.',
    ],
  },
  dapur: {
    good: [
      'Permukaannya halus, mudah dicuci.',
      'Bobotnya mantap di tangan.',
      'Sudah dipakai tiap hari dan belum ada goresan.',
      'Ukurannya pas untuk keluarga kecil.',
      'Buatannya rapi, tidak ada tepi yang tajam.',
      'Cantik dipajang, enak dipakai.',
    ],
    bad: [
      'Ada goresan halus waktu dibuka.',
      'Lebih kecil daripada kelihatannya di foto.',
      'Warnanya tidak sama dengan di foto.',
      'Agak berat untuk tangan saya.',
    ],
  },
  'rumah-taman': {
    good: [
      'Ruang tamu langsung terasa hangat.',
      'Buatannya halus sampai ke sudut.',
      'Warnanya cocok dengan apa saja.',
      'Tidak perlu tukang, langsung dipakai.',
      'Tamu selalu bertanya beli di mana.',
      'Lebih bagus aslinya daripada fotonya.',
    ],
    bad: [
      'Ukurannya kurang besar untuk sudut saya.',
      'Ada sedikit noda di bagian bawah.',
      'Baunya perlu diangin-anginkan sehari.',
      'Warnanya tidak sehangat di foto.',
    ],
  },
  elektronik: {
    good: [
      'Langsung dipakai tanpa repot.',
      'Buatannya terasa lebih mahal daripada harganya.',
      'Kartu garansinya diisi lengkap oleh penjual.',
      'Bentuknya ringkas, buatannya padat.',
      'Sudah tiga bulan dan belum rewel.',
      'Segelnya utuh dan semua kelengkapannya ada.',
    ],
    bad: [
      'Buku petunjuknya kurang jelas.',
      'Lebih berat daripada keterangannya.',
      'Setelah beberapa minggu mulai terasa longgar.',
      'Warnanya mudah kotor.',
    ],
  },
  kecantikan: {
    good: [
      'Cocok di kulit saya yang gampang merah.',
      'Wanginya lembut, tidak menusuk.',
      'Sebulan dipakai baru habis setengah.',
      'Nomor BPOM-nya tercantum jelas.',
      'Kemasannya cantik dan tidak bocor.',
      'Bahannya sedikit dan mudah dimengerti.',
    ],
    bad: [
      'Kurang cocok di kulit saya.',
      'Tutupnya macet waktu pertama dibuka.',
      'Wanginya terlalu kuat untuk saya.',
      'Cepat habis karena isinya sedikit.',
    ],
  },
  'buku-alat-tulis': {
    good: [
      'Sudah dipakai setiap hari sejak datang.',
      'Dibungkus plastik, sudutnya tidak terlipat.',
      'Jadi hadiah ulang tahun yang tepat.',
      'Mutunya di atas harganya.',
      'Adik saya langsung ikut memesan.',
      'Sampai dalam keadaan baru dan bersih.',
    ],
    bad: [
      'Sudutnya sedikit terlipat.',
      'Lebih tipis daripada yang saya kira.',
      'Warnanya agak pucat.',
      'Plastik pembungkusnya sudah terbuka.',
    ],
  },
  'mainan-bayi': {
    good: [
      'Tepinya halus, aman untuk si kecil.',
      'Anak saya memakainya setiap hari sejak datang.',
      'Mudah dibersihkan.',
      'Kakak dan adik jadi berebut.',
      'Bahannya tidak berbau.',
      'Buatannya kuat, sudah jatuh berkali-kali.',
    ],
    bad: [
      'Satu bagiannya agak longgar.',
      'Lebih kecil daripada yang dibayangkan anak saya.',
      'Warnanya tidak secerah di foto.',
      'Cepat membosankan untuk anak saya.',
    ],
  },
  'musik-olahraga': {
    good: [
      'Ringan dibawa, kuat dipakai.',
      'Pegangannya nyaman.',
      'Pas untuk pemula maupun yang sudah biasa.',
      'Kelengkapannya utuh, ada cadangannya pula.',
      'Sudah dipakai dua bulan tanpa masalah.',
      'Bahannya terasa tahan lama.',
    ],
    bad: [
      'Perlu disetel dulu sebelum enak dipakai.',
      'Sedikit lebih berat daripada keterangan.',
      'Ada bagian yang kurang kencang dari sananya.',
      'Tas pembungkusnya tipis.',
    ],
  },
};

/** What is good about things of one sub-category, and could be said of no others. */
export const bySubcategory: Readonly<Record<string, readonly string[]>> = {
  'kain-batik': ['Bau malamnya hilang setelah dijemur sehari.', 'Cukup untuk satu kemeja dan satu rok.'],
  sarung: ['Tidak melorot waktu salat.', 'Bapak saya memakainya setiap Jumat.'],
  'tenun-ikat': ['Tenunannya rapat, beratnya terasa.', 'Warna alamnya teduh sekali.'],
  songket: ['Benang emasnya berkilau tanpa berlebihan.', 'Dipakai di pelaminan dan hasil fotonya indah.'],
  selendang: ['Lembut di leher.', 'Panjangnya cukup untuk dililit dua kali.'],
  'ikat-kepala': ['Mudah diikat dan tidak gampang lepas.', 'Dipakai manggung dan tetap rapi.'],
  kemeja: ['Kerahnya tegak setelah disetrika.', 'Kancingnya kuat.'],
  'kebaya-blus': ['Brokatnya tidak gatal.', 'Potongan pinggangnya manis.'],
  kaus: ['Lehernya tidak melar.', 'Katunnya menyerap keringat.'],
  kerudung: ['Mudah dibentuk dan tegak di dahi.', 'Tidak licin di kepala.'],
  'jaket-luaran': ['Hangat untuk naik motor pagi-pagi.', 'Sakunya dalam dan beresleting.'],
  'celana-rok': ['Pinggangnya nyaman untuk duduk lama.', 'Panjangnya pas tanpa dipotong.'],
  sepatu: ['Dipakai jalan seharian kaki tidak lecet.', 'Solnya tidak licin di lantai basah.'],
  sandal: ['Empuk di telapak.', 'Talinya tidak menggigit kaki.'],
  'tas-anyam': ['Anyamannya rapat, tidak ada yang menusuk.', 'Muat belanjaan pasar sampai penuh.'],
  ransel: ['Laptop dan bekal muat sekaligus.', 'Bantalan punggungnya tidak bikin gerah.'],
  'dompet-sabuk': ['Tempat kartunya pas, tidak longgar.', 'Kulitnya makin bagus dipakai.'],
  'biji-kopi': [
    'Wanginya langsung memenuhi dapur begitu dibuka.',
    'Tanggal sangrainya baru tiga hari waktu sampai.',
  ],
  teh: ['Warnanya jernih dan sepatnya halus.', 'Diseduh dua kali masih harum.'],
  'minuman-rempah': ['Hangatnya sampai ke perut.', 'Manisnya tidak menutup rempahnya.'],
  cokelat: ['Pahit manisnya seimbang.', 'Tidak meleleh di jalan, dibungkus dengan pendingin.'],
  'alat-seduh': ['Alirannya lancar dan mudah dibilas.', 'Hasil seduhannya jadi lebih bersih.'],
  'madu-gula': ['Manisnya legit, ada wangi bunganya.', 'Kental dan tidak berbuih.'],
  'sambal-kecap': ['Pedasnya pas, gurihnya tertinggal.', 'Dimakan dengan nasi hangat saja sudah cukup.'],
  beras: ['Pulen dan wangi waktu masih panas.', 'Bersih, hampir tidak perlu ditampi.'],
  camilan: ['Masih renyah sampai toples terakhir.', 'Gurihnya bikin tangan tidak berhenti.'],
  'rempah-bumbu': ['Aromanya kuat, sedikit saja cukup.', 'Masak jadi cepat, rasanya tetap seperti diulek.'],
  'kue-kering': ['Lumer di mulut.', 'Tidak hancur di jalan, disusun rapi.'],
  'cangkir-teko': ['Tuangannya tidak menetes.', 'Pegangannya tidak panas.'],
  'piring-mangkuk': ['Glasirnya cantik, tiap buah sedikit berbeda.', 'Aman masuk microwave, sudah dicoba.'],
  'alat-masak': ['Panasnya merata.', 'Gagangnya kokoh dan tidak licin.'],
  'bekal-minum': ['Tutupnya rapat, kuah tidak tumpah di tas.', 'Air esnya masih dingin sampai sore.'],
  keranjang: ['Anyamannya kuat, dipakai menyimpan cucian.', 'Berdiri tegak walau diisi penuh.'],
  'lampu-lilin': ['Cahayanya lembut, enak untuk membaca.', 'Kamar jadi terasa tenang.'],
  'tekstil-rumah': ['Lembut di kulit dan mudah kering.', 'Warnanya tetap setelah dicuci mesin.'],
  'hiasan-rumah': ['Dinding yang kosong jadi ada ceritanya.', 'Gantungannya kuat dan rata.'],
  'tanaman-pot': ['Datang segar dan langsung betah di teras.', 'Lubang airnya cukup, tidak becek.'],
  audio: [
    'Suaranya jernih, bas-nya tidak berlebihan.',
    'Dipakai rapat seharian, lawan bicara mendengar jelas.',
  ],
  'aksesori-ponsel': ['Pasangan yang tepat untuk ponsel saya.', 'Dibawa ke mana-mana tetap awet.'],
  komputer: ['Tombolnya empuk dan tidak berisik.', 'Langsung dikenali tanpa pasang apa-apa.'],
  'elektronik-rumah': [
    'Suaranya halus, tidak mengganggu tidur.',
    'Hemat listrik, token hampir tidak terasa.',
  ],
  'sabun-mandi': ['Busanya banyak, kulit tidak terasa kering.', 'Kamar mandi ikut wangi.'],
  'perawatan-wajah': ['Cepat meresap dan tidak lengket.', 'Dua minggu dipakai wajah terasa lebih tenang.'],
  'perawatan-tubuh': ['Siku dan tumit jadi halus.', 'Lembapnya tahan sampai sore.'],
  'perawatan-rambut': ['Rontoknya berkurang setelah sebulan.', 'Rambut mudah disisir.'],
  riasan: ['Warnanya keluar sekali oles.', 'Tahan dari akad sampai resepsi.'],
  aromaterapi: ['Tidur jadi lebih nyenyak.', 'Wanginya tinggal lama di ruangan.'],
  'novel-cerita': ['Ceritanya mengalir, selesai dalam dua malam.', 'Tokoh-tokohnya tinggal di kepala.'],
  'buku-anak': ['Gambarnya besar-besar, anak saya betah.', 'Dibacakan tiap malam, sudah hafal.'],
  'buku-masak': [
    'Resepnya mudah diikuti, bahannya ada di pasar.',
    'Takarannya tepat, sekali coba langsung jadi.',
  ],
  'buku-catatan': ['Tinta tidak tembus ke belakang.', 'Bisa dibuka datar di meja.'],
  'alat-gambar': ['Warnanya keluar tanpa ditekan.', 'Nyaman di tangan untuk menggambar lama.'],
  boneka: ['Jahitannya kuat ditarik ke sana kemari.', 'Dibawa tidur setiap malam.'],
  'mainan-kayu': ['Catnya tidak luntur walau digigit.', 'Kayunya padat dan halus.'],
  'permainan-tradisional': [
    'Nostalgia, dulu saya juga punya yang begini.',
    'Anak-anak lupa ponsel semalaman.',
  ],
  'perlengkapan-bayi': ['Bahannya lembut dan tidak bikin iritasi.', 'Bayi kami langsung tenang.'],
  'alat-musik': ['Suaranya bulat dan setemannya tahan.', 'Dipakai latihan di sanggar dan guru pun memuji.'],
  sepeda: ['Pemasangannya mudah dan pas.', 'Diajak tanjakan tetap enak.'],
  olahraga: ['Tidak licin oleh keringat.', 'Latihan di rumah jadi rajin.'],
  kemah: ['Sudah dicoba di hujan gunung dan tetap kering.', 'Sepuluh menit selesai dipasang.'],
};

export const deliveredWell: readonly string[] = [
  'Pengirimannya cepat.',
  'Dibungkus berlapis, sampai tanpa cela.',
  'Penjual ramah dan cepat membalas.',
  'Sampai sehari lebih awal.',
  'Ada kartu ucapan tulisan tangan di dalamnya.',
  'Kurirnya sopan, paketnya utuh.',
];

export const deliveredBadly: readonly string[] = [
  'Pengirimannya agak lama.',
  'Kotaknya penyok waktu sampai.',
  'Pesan saya baru dibalas dua hari kemudian.',
];

export const closings: readonly string[] = [
  'Pasti beli lagi.',
  'Terima kasih, penjual!',
  'Semoga mutunya tetap dijaga.',
  'Saya sarankan untuk yang masih ragu.',
  'Sukses terus untuk tokonya.',
];

export const repliesToPraise: readonly string[] = [
  'Terima kasih, Kak! Kami tunggu pesanan berikutnya.',
  'Senang sekali membacanya. Salam hangat dari kami sekeluarga.',
  'Terima kasih sudah berbelanja di toko kami.',
  'Ulasan seperti ini yang membuat kami semangat. Matur nuwun.',
];

export const repliesToComplaints: readonly string[] = [
  'Mohon maaf atas kekurangannya, Kak. Kirimi kami pesan, akan kami ganti.',
  'Terima kasih atas masukannya. Sudah kami sampaikan ke bagian produksi.',
  'Maaf ya, Kak. Kalau berkenan, kirim kembali saja, ongkosnya kami tanggung.',
  'Kami sedih membacanya. Semoga lain kali kami bisa memperbaikinya.',
];

export const firstNames: readonly string[] = [
  ...[
    'Ayu',
    'Bayu',
    'Citra',
    'Dimas',
    'Eka',
    'Fajar',
    'Gita',
    'Hendra',
    'Indah',
    'Joko',
    'Kartika',
    'Lukman',
  ],
  ...['Maya', 'Nanda', 'Oki', 'Putri', 'Rahmat', 'Sari', 'Tono', 'Utami', 'Vina', 'Wahyu', 'Yanti', 'Zainal'],
  ...[
    'Agnes',
    'Bonar',
    'Made',
    'Wayan',
    'Ujang',
    'Neneng',
    'Slamet',
    'Ratih',
    'Siti',
    'Ilham',
    'Lestari',
    'Yohanes',
  ],
];

export const lastNames: readonly string[] = [
  ...['Pratama', 'Wulandari', 'Saputra', 'Anggraini', 'Siregar', 'Hidayat', 'Kusuma', 'Nasution', 'Permata'],
  ...[
    'Santoso',
    'Rahayu',
    'Simanjuntak',
    'Wijaya',
    'Lestari',
    'Gunawan',
    'Hasanah',
    'Nugroho',
    'Tanjung',
    '',
  ],
];

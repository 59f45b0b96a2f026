import type { Colour } from './colours.js';
import type { Motif } from './motifs.js';

/** A store of the demo market. */
export interface DemoSeller {
  slug: string;
  name: string;
  city: string;
  province: string;
  /** What it sells, in a sentence or two. */
  description: string;
  descriptionEn: string;
  /** How it came to be. */
  story: string;
  storyEn: string;
  /** How its banner and logo are drawn. */
  colour: Colour;
  motif: Motif;
}

export const sellers: readonly DemoSeller[] = [
  {
    slug: 'dataran-gayo',
    name: 'Dataran Gayo',
    city: 'Takengon',
    province: 'Aceh',
    description: 'Kopi arabika dari kebun-kebun di sekitar Danau Laut Tawar, disangrai setiap Selasa.',
    descriptionEn: 'Arabica from the farms around Lake Laut Tawar, roasted every Tuesday.',
    story:
      'Pak Win mewarisi dua hektare kebun kopi dan satu mesin sangrai bekas. Kini empat puluh tetangga menitipkan panennya, dan nama setiap petani ditulis di buku gudang.',
    storyEn:
      'Pak Win inherited two hectares of coffee and one second-hand roaster. Today forty neighbours bring him their harvest, and every name is in the warehouse book.',
    colour: 'Hijau Lumut',
    motif: 'tumpal',
  },
  {
    slug: 'rumah-ulos',
    name: 'Rumah Ulos Samosir',
    city: 'Pangururan',
    province: 'Sumatera Utara',
    description: 'Ulos dan kain tenun Batak dari para penenun di tepi Danau Toba.',
    descriptionEn: 'Ulos and other Batak weaving from the shores of Lake Toba.',
    story:
      'Dimulai dari beranda Inang Tiur, tempat enam penenun berkumpul setiap sore. Uang muka dibayar sebelum benang dipasang, agar tak seorang pun menenun sambil berutang.',
    storyEn:
      'It began on the porch of Inang Tiur, where six weavers met every afternoon. Half is paid before the warp is set, so that nobody weaves in debt.',
    colour: 'Merah Marun',
    motif: 'ikat',
  },
  {
    slug: 'ranah-rasa',
    name: 'Ranah Rasa',
    city: 'Bukittinggi',
    province: 'Sumatera Barat',
    description: 'Bumbu rendang, keripik balado, dan kayu manis dari dapur Minang.',
    descriptionEn: 'Rendang paste, balado crisps and cinnamon from a Minang kitchen.',
    story:
      'Tiga bersaudari meneruskan warung ibu mereka di bawah Jam Gadang. Resepnya tidak berubah; hanya kemasannya yang kini kedap udara.',
    storyEn:
      'Three sisters carry on their mother’s stall below the clock tower. The recipes have not changed; only the packs are airtight now.',
    colour: 'Merah Cabai',
    motif: 'songket',
  },
  {
    slug: 'madu-siak',
    name: 'Madu Hutan Siak',
    city: 'Siak',
    province: 'Riau',
    description: 'Madu sialang dan gula dari hutan serta kebun di tepi Sungai Siak.',
    descriptionEn: 'Wild sialang honey and sugars from the forests along the Siak river.',
    story:
      'Pemanjat pohon sialang bekerja pada malam tanpa bulan, seperti ayah mereka dahulu. Sepertiga sarang selalu ditinggalkan untuk lebah.',
    storyEn:
      'The climbers of the sialang trees work on moonless nights, as their fathers did. A third of every comb is left to the bees.',
    colour: 'Kuning Kunyit',
    motif: 'sisik',
  },
  {
    slug: 'songket-musi',
    name: 'Griya Songket Musi',
    city: 'Palembang',
    province: 'Sumatera Selatan',
    description: 'Songket benang emas yang ditenun helai demi helai di tepi Sungai Musi.',
    descriptionEn: 'Gold-thread songket, woven strand by strand on the banks of the Musi.',
    story:
      'Satu kain lepus memakan waktu tiga bulan. Cek Yuni mengajari siapa saja yang mau belajar, dengan satu syarat: kain pertama harus untuk ibunya.',
    storyEn:
      'One lepus cloth takes three months. Cek Yuni teaches whoever wants to learn, on one condition: the first cloth goes to their mother.',
    colour: 'Merah Marun',
    motif: 'songket',
  },
  {
    slug: 'kebun-lampung',
    name: 'Kebun Lampung',
    city: 'Bandar Lampung',
    province: 'Lampung',
    description: 'Kopi robusta, lada hitam, dan keripik pisang dari ujung selatan Sumatra.',
    descriptionEn: 'Robusta, black pepper and banana crisps from the southern tip of Sumatra.',
    story:
      'Koperasi dua belas keluarga di kaki Gunung Tanggamus. Mereka menjemur di para-para, bukan di aspal, dan menimbang di depan petaninya.',
    storyEn:
      'A cooperative of twelve families below Mount Tanggamus. They dry on raised beds, not on the road, and weigh in front of the grower.',
    colour: 'Cokelat',
    motif: 'tumpal',
  },
  {
    slug: 'kotak-suara',
    name: 'Kotak Suara',
    city: 'Jakarta Selatan',
    province: 'DKI Jakarta',
    description: 'Audio, lampu kerja, dan perangkat meja yang kami pakai sendiri sebelum dijual.',
    descriptionEn: 'Audio, lights and desk gear that we use ourselves before we sell them.',
    story:
      'Dua teman kantor membuka bengkel servis pelantang di garasi. Setiap barang yang pulang dari servis mengajari mereka barang mana yang layak dijual.',
    storyEn:
      'Two colleagues opened a speaker repair shop in a garage. Every repair taught them which things deserve to be sold.',
    colour: 'Biru Nila',
    motif: 'nitik',
  },
  {
    slug: 'gawai-kita',
    name: 'Gawai Kita',
    city: 'Jakarta Barat',
    province: 'DKI Jakarta',
    description: 'Aksesori ponsel dan komputer yang diuji satu per satu, garansi tukar di tempat.',
    descriptionEn: 'Phone and computer accessories, tested one by one, exchanged without questions.',
    story:
      'Ko Hendra menyewa kios dua meter di pusat elektronik sejak 2009. Buku garansinya sudah jilid ketujuh, dan ia masih menjawab pesan sendiri.',
    storyEn:
      'Ko Hendra has rented two metres in an electronics mall since 2009. His warranty book is in its seventh volume, and he still answers messages himself.',
    colour: 'Biru Laut',
    motif: 'nitik',
  },
  {
    slug: 'halaman-baru',
    name: 'Halaman Baru',
    city: 'Depok',
    province: 'Jawa Barat',
    description: 'Toko buku kecil: cerita, buku anak, dan alat tulis pilihan.',
    descriptionEn: 'A small bookshop: stories, children’s books and good stationery.',
    story:
      'Bermula sebagai taman baca di teras rumah dekat stasiun. Anak-anak yang dulu meminjam kini membantu membungkus pesanan sepulang kuliah.',
    storyEn:
      'It began as a reading corner on a porch near the station. The children who borrowed then pack orders now, after their lectures.',
    colour: 'Toska',
    motif: 'truntum',
  },
  {
    slug: 'si-kecil-ceria',
    name: 'Si Kecil Ceria',
    city: 'Tangerang',
    province: 'Banten',
    description: 'Mainan dan perlengkapan bayi yang lembut, aman, dan mudah dicuci.',
    descriptionEn: 'Toys and baby things that are soft, safe and easy to wash.',
    story:
      'Bu Ratna menjahit boneka pertama untuk anaknya yang alergi debu. Tetangganya memesan dua, lalu satu arisan memesan tiga puluh.',
    storyEn:
      'Bu Ratna sewed the first doll for her child, who was allergic to dust. A neighbour ordered two, then a whole savings circle ordered thirty.',
    colour: 'Merah Muda',
    motif: 'truntum',
  },
  {
    slug: 'ruang-jahit',
    name: 'Ruang Jahit Dago',
    city: 'Bandung',
    province: 'Jawa Barat',
    description: 'Pakaian harian dan ransel, dipotong dan dijahit di satu ruangan di Bandung.',
    descriptionEn: 'Everyday clothes and backpacks, cut and sewn in one room in Bandung.',
    story:
      'Delapan penjahit, satu meja potong, dan radio yang tidak pernah mati. Sisa kain dijadikan kantong pembungkus pesanan.',
    storyEn:
      'Eight tailors, one cutting table and a radio that is never off. Leftover cloth becomes the pouches that orders are packed in.',
    colour: 'Hijau Sage',
    motif: 'lereng',
  },
  {
    slug: 'langkah-cibaduyut',
    name: 'Langkah Cibaduyut',
    city: 'Bandung',
    province: 'Jawa Barat',
    description: 'Sepatu, sandal, dan barang kulit buatan tangan dari Cibaduyut.',
    descriptionEn: 'Handmade shoes, sandals and leather goods from Cibaduyut.',
    story:
      'Mang Asep masih memakai cetakan kaki kayu peninggalan kakeknya. Sepatu yang solnya habis boleh kembali kapan saja untuk disol ulang.',
    storyEn:
      'Mang Asep still works on his grandfather’s wooden lasts. Shoes with worn-out soles may come back at any time for new ones.',
    colour: 'Cokelat Tua',
    motif: 'parang',
  },
  {
    slug: 'bambu-bersuara',
    name: 'Bambu Bersuara',
    city: 'Sumedang',
    province: 'Jawa Barat',
    description: 'Angklung, suling, dan alat musik kayu yang disetem dengan telinga.',
    descriptionEn: 'Angklung, flutes and wooden instruments, tuned by ear.',
    story:
      'Bambu ditebang pada musim kemarau lalu disimpan setahun penuh. Abah Uju menolak menjual angklung yang belum ia dengarkan dua kali.',
    storyEn:
      'The bamboo is cut in the dry season and stored for a full year. Abah Uju will not sell an angklung that he has not listened to twice.',
    colour: 'Hijau Daun',
    motif: 'lereng',
  },
  {
    slug: 'anyam-tasik',
    name: 'Anyam Tasik',
    city: 'Tasikmalaya',
    province: 'Jawa Barat',
    description: 'Keranjang, tas pandan, dan hiasan anyaman dari Rajapolah.',
    descriptionEn: 'Baskets, pandan bags and woven decoration from Rajapolah.',
    story:
      'Enam puluh penganyam bekerja dari rumah masing-masing dan setor setiap Jumat. Upahnya dihitung per jam, bukan per potong, supaya anyamannya rapat.',
    storyEn:
      'Sixty weavers work at home and deliver on Fridays. They are paid by the hour, not by the piece, so the weave stays tight.',
    colour: 'Krem',
    motif: 'ceplok',
  },
  {
    slug: 'mega-pesisir',
    name: 'Mega Pesisir',
    city: 'Cirebon',
    province: 'Jawa Barat',
    description: 'Batik mega mendung dan rotan dari pesisir Cirebon.',
    descriptionEn: 'Mega mendung batik and rattan from the coast of Cirebon.',
    story:
      'Bapak membatik awan, Ibu menganyam rotan, dan anak-anak mereka berjualan. Gradasi birunya sampai tujuh lapis bila cuaca sedang baik.',
    storyEn:
      'Father draws clouds in wax, mother weaves rattan, and the children sell. In good weather the blues run to seven shades.',
    colour: 'Biru Nila',
    motif: 'mega-mendung',
  },
  {
    slug: 'batik-kali-loji',
    name: 'Batik Kali Loji',
    city: 'Pekalongan',
    province: 'Jawa Tengah',
    description: 'Batik pesisir: kain, kemeja, dan selendang dari gang-gang batik Pekalongan.',
    descriptionEn: 'Coastal batik: cloth, shirts and shawls from the lanes of Pekalongan.',
    story:
      'Rumah produksi keluarga sejak 1978. Air bekas pewarnaan disaring tiga kali sebelum kembali ke sungai yang memberi nama toko ini.',
    storyEn:
      'A family workshop since 1978. Dye water is filtered three times before it goes back to the river that gave the store its name.',
    colour: 'Merah Bata',
    motif: 'truntum',
  },
  {
    slug: 'griya-laweyan',
    name: 'Griya Laweyan',
    city: 'Surakarta',
    province: 'Jawa Tengah',
    description: 'Batik sogan, kebaya, dan blangkon dari kampung batik Laweyan.',
    descriptionEn: 'Sogan batik, kebaya and blangkon from the batik quarter of Laweyan.',
    story:
      'Rumah bertembok tinggi ini pernah sepi dua puluh tahun. Cucu pemiliknya pulang, menyalakan kembali wajan malam, dan memanggil para pembatik lama.',
    storyEn:
      'This high-walled house was silent for twenty years. Then the owner’s granddaughter came home, lit the wax pans and called the old batik makers back.',
    colour: 'Cokelat',
    motif: 'parang',
  },
  {
    slug: 'dapur-semawis',
    name: 'Dapur Semawis',
    city: 'Semarang',
    province: 'Jawa Tengah',
    description: 'Kecap, sambal, kue kering, dan perkakas dapur pilihan dari Semarang.',
    descriptionEn: 'Soy sauce, sambal, cookies and kitchenware from Semarang.',
    story:
      'Resep kecapnya dibawa nenek dari dapur pecinan, resep kuenya dari tetangga sebelah. Di toko ini keduanya akur satu rak.',
    storyEn:
      'The soy sauce recipe came from grandmother’s kitchen in Chinatown, the cookies from the lady next door. Here they share a shelf in peace.',
    colour: 'Merah Bata',
    motif: 'ceplok',
  },
  {
    slug: 'kayu-jepara',
    name: 'Kayu Jepara Lestari',
    city: 'Jepara',
    province: 'Jawa Tengah',
    description: 'Talenan, mainan, dan hiasan dari kayu jati dan mahoni bersisa potong.',
    descriptionEn: 'Boards, toys and decoration from teak and mahogany offcuts.',
    story:
      'Bengkel mebel selalu menyisakan potongan kecil yang bagus. Mas Rofiq mengumpulkannya dari sebelas tetangga dan mengubahnya menjadi barang sehari-hari.',
    storyEn:
      'Furniture workshops always leave small, good pieces behind. Mas Rofiq collects them from eleven neighbours and turns them into everyday things.',
    colour: 'Cokelat',
    motif: 'ceplok',
  },
  {
    slug: 'gerabah-kasongan',
    name: 'Gerabah Kasongan',
    city: 'Bantul',
    province: 'DI Yogyakarta',
    description: 'Keramik dan gerabah dari Kasongan: cangkir, piring, vas, dan pot.',
    descriptionEn: 'Ceramics and earthenware from Kasongan: mugs, plates, vases and pots.',
    story:
      'Tungku keluarga ini dibakar setiap malam Minggu. Pembeli yang singgah boleh mencoba meja putar, dan hasilnya boleh dibawa pulang walau miring.',
    storyEn:
      'The family kiln is fired every Saturday night. Visitors may try the wheel, and take the pot home even if it leans.',
    colour: 'Terakota',
    motif: 'kawung',
  },
  {
    slug: 'melati-keraton',
    name: 'Melati Keraton',
    city: 'Yogyakarta',
    province: 'DI Yogyakarta',
    description: 'Lulur, jamu, dan perawatan tubuh dari rempah segar.',
    descriptionEn: 'Body scrubs, jamu and care from fresh spices.',
    story:
      'Bu Sri meracik lulur untuk pengantin di kampungnya selama tiga puluh tahun. Putrinya, seorang apoteker, menuliskan takarannya untuk pertama kali.',
    storyEn:
      'For thirty years Bu Sri mixed scrubs for the brides of her quarter. Her daughter, a pharmacist, wrote the measures down for the first time.',
    colour: 'Salem',
    motif: 'kawung',
  },
  {
    slug: 'lorong-kreatif',
    name: 'Lorong Kreatif',
    city: 'Malang',
    province: 'Jawa Timur',
    description: 'Buku catatan, alat gambar, dan cetakan kecil dari para ilustrator Malang.',
    descriptionEn: 'Notebooks, art supplies and small prints from the illustrators of Malang.',
    story:
      'Sebuah lorong kos di Malang pernah dihuni lima mahasiswa seni rupa. Mereka lulus, lorongnya menjadi toko.',
    storyEn:
      'A corridor of rented rooms in Malang once housed five art students. They graduated; the corridor became a shop.',
    colour: 'Ungu Manggis',
    motif: 'sisik',
  },
  {
    slug: 'kebun-batu',
    name: 'Kebun Batu Asri',
    city: 'Batu',
    province: 'Jawa Timur',
    description: 'Tanaman hias, teh, dan keripik buah dari lereng Arjuno yang sejuk.',
    descriptionEn: 'Houseplants, tea and fruit crisps from the cool slopes of Arjuno.',
    story:
      'Keluarga petani apel yang menanam tanaman hias di sela pohon. Setiap pot dibungkus koran dan diberi nama sebelum berangkat.',
    storyEn:
      'A family of apple growers who raise houseplants between the trees. Every pot is wrapped in newspaper and given a name before it leaves.',
    colour: 'Hijau Daun',
    motif: 'truntum',
  },
  {
    slug: 'arek-gowes',
    name: 'Arek Gowes',
    city: 'Surabaya',
    province: 'Jawa Timur',
    description: 'Aksesori sepeda, raket, dan perlengkapan kemah dari para penggiatnya.',
    descriptionEn: 'Cycling, badminton and camping gear from people who use it.',
    story:
      'Rombongan gowes Minggu pagi yang lelah mencari bel yang tidak cepat rusak. Mereka akhirnya memesan sendiri seratus buah, dan habis dalam sepekan.',
    storyEn:
      'A Sunday cycling club, tired of bells that break. They had a hundred made for themselves, and sold out in a week.',
    colour: 'Jingga',
    motif: 'lereng',
  },
  {
    slug: 'sekar-ubud',
    name: 'Sekar Ubud',
    city: 'Gianyar',
    province: 'Bali',
    description:
      'Sabun, minyak, dan wewangian dari bunga dan kelapa Bali, juga kopi dan sambal dari tetangga desa.',
    descriptionEn:
      'Soaps, oils and scents from Balinese flowers and coconut, with coffee and sambal from the next village.',
    story:
      'Made dan istrinya membuat sabun pertama dari minyak kelapa sisa upacara. Kini dua puluh perempuan desa bekerja di studio yang menghadap sawah.',
    storyEn:
      'Made and his wife made their first soap from coconut oil left over from a ceremony. Now twenty women of the village work in a studio that faces the rice fields.',
    colour: 'Hijau Zamrud',
    motif: 'ceplok',
  },
  {
    slug: 'ikat-waingapu',
    name: 'Ikat Waingapu',
    city: 'Waingapu',
    province: 'Nusa Tenggara Timur',
    description: 'Tenun ikat Sumba dan Flores dengan pewarna akar dan daun, ditemani kopi Bajawa.',
    descriptionEn: 'Ikat from Sumba and Flores, dyed with roots and leaves, and Bajawa coffee to go with it.',
    story:
      'Rambu Ana mencatat cerita di balik setiap motif sebelum kainnya dijual. Cerita itu ikut dikirim, ditulis tangan di selembar kertas.',
    storyEn:
      'Rambu Ana writes down the story behind each motif before a cloth is sold. The story travels with it, on a handwritten sheet.',
    colour: 'Merah Bata',
    motif: 'ikat',
  },
  {
    slug: 'pesona-mahakam',
    name: 'Pesona Mahakam',
    city: 'Samarinda',
    province: 'Kalimantan Timur',
    description: 'Sarung tenun, sasirangan, anyaman, dan amplang dari tepian Mahakam.',
    descriptionEn: 'Woven sarongs, sasirangan, baskets and amplang crackers from the banks of the Mahakam.',
    story:
      'Alat tenun gedogan tua di Samarinda Seberang masih berderak sejak subuh. Toko ini didirikan agar anak penenun tidak perlu pindah kota.',
    storyEn:
      'The old looms across the river still clatter from dawn. The store was founded so that the weavers’ children need not leave.',
    colour: 'Hijau Zamrud',
    motif: 'kotak',
  },
  {
    slug: 'celebes-rasa',
    name: 'Celebes Rasa',
    city: 'Makassar',
    province: 'Sulawesi Selatan',
    description: 'Kopi Toraja, cokelat, sambal, dan oleh-oleh dari seluruh Sulawesi.',
    descriptionEn: 'Toraja coffee, chocolate, sambal and treats from all over Sulawesi.',
    story:
      'Daeng Rani keliling Sulawesi dengan mobil bak terbuka dan pulang membawa daftar pemasok. Delapan tahun kemudian ia masih hafal nomor telepon semuanya.',
    storyEn:
      'Daeng Rani toured Sulawesi in a pickup and came home with a list of growers. Eight years on she still knows all their numbers by heart.',
    colour: 'Biru Laut',
    motif: 'songket',
  },
  {
    slug: 'pala-banda',
    name: 'Pala Banda',
    city: 'Ambon',
    province: 'Maluku',
    description: 'Pala, cengkih, kue kenari, minyak kayu putih, dan tifa dari Kepulauan Maluku.',
    descriptionEn: 'Nutmeg, cloves, kenari cookies, cajuput oil and tifa drums from the Moluccas.',
    story:
      'Kapal dari Banda datang dua kali sebulan membawa pala di karung goni. Yang dijual di sini hanya panen musim ini, tidak pernah yang lama.',
    storyEn:
      'Twice a month the boat from Banda brings nutmeg in jute sacks. Only this season’s harvest is sold here, never an older one.',
    colour: 'Kuning Kunyit',
    motif: 'mega-mendung',
  },
  {
    slug: 'noken-cenderawasih',
    name: 'Noken Cenderawasih',
    city: 'Jayapura',
    province: 'Papua',
    description: 'Noken serat kayu, kopi Wamena, dan kerajinan dari Tanah Papua.',
    descriptionEn: 'Bark-fibre noken, Wamena coffee and crafts from Papua.',
    story:
      'Mama-mama di pasar Jayapura merajut noken sambil berjualan sayur. Mama Yosina menghubungkan rajutan mereka dengan pembeli di seberang lautan.',
    storyEn:
      'The mothers of Jayapura market knit noken while they sell vegetables. Mama Yosina connects their work with buyers across the sea.',
    colour: 'Merah Cabai',
    motif: 'tumpal',
  },
];

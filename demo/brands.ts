/** A maker; every name is invented for this catalogue. */
export interface DemoBrand {
  slug: string;
  name: string;
  description: string;
  descriptionEn: string;
}

const list: readonly (readonly [slug: string, name: string, description: string, descriptionEn: string])[] = [
  [
    'sekar-lawas',
    'Sekar Lawas',
    'Batik dengan pola lama yang digambar ulang dengan tangan.',
    'Batik that redraws old patterns by hand.',
  ],
  [
    'canting-senja',
    'Canting Senja',
    'Batik pesisir berwarna hangat, dari malam pertama sampai pelorodan.',
    'Coastal batik in warm colours, from first wax to last rinse.',
  ],
  [
    'lungsin-pakan',
    'Lungsin & Pakan',
    'Tenun alat bukan mesin dari para penenun rumahan.',
    'Hand-loomed cloth from weavers who work at home.',
  ],
  [
    'wastra-ranu',
    'Wastra Ranu',
    'Kain Nusantara untuk dipakai sehari-hari, bukan hanya disimpan.',
    'Indonesian cloth made to be worn, not only kept.',
  ],
  [
    'rona-teduh',
    'Rona Teduh',
    'Pakaian longgar berwarna teduh untuk udara tropis.',
    'Easy clothes in calm colours for a tropical day.',
  ],
  [
    'kapas-pagi',
    'Kapas Pagi',
    'Kaus dan pakaian santai dari katun yang adem.',
    'T-shirts and casual wear in cool cotton.',
  ],
  [
    'kirana-pandan',
    'Kirana Pandan',
    'Busana perempuan yang rapi untuk hari biasa dan hari besar.',
    "Women's wear for plain days and great ones.",
  ],
  [
    'lintas-setapak',
    'Lintas Setapak',
    'Sepatu yang dijahit untuk jalan kaki jauh.',
    'Shoes stitched for long walks.',
  ],
  [
    'kembara-kulit',
    'Kembara Kulit',
    'Barang kulit sapi yang makin bagus bila makin sering dipakai.',
    'Leather goods that look better the more they are used.',
  ],
  [
    'ransel-rimba',
    'Ransel Rimba',
    'Tas punggung ringan yang tidak takut hujan.',
    'Light backpacks that do not mind the rain.',
  ],
  [
    'seruput-kabut',
    'Seruput Kabut',
    'Kopi dataran tinggi, disangrai dalam jumlah kecil tiap minggu.',
    'Highland coffee, roasted in small batches every week.',
  ],
  [
    'sangrai-kata',
    'Sangrai Kata',
    'Rumah sangrai yang mencantumkan nama kebun di setiap kemasan.',
    'A roastery that prints the name of the farm on every bag.',
  ],
  [
    'daun-subuh',
    'Daun Subuh',
    'Teh pucuk muda yang dipetik sebelum matahari tinggi.',
    'Young-leaf tea, picked before the sun is high.',
  ],
  [
    'tetes-pelan',
    'Tetes Pelan',
    'Alat seduh manual yang sederhana dan awet.',
    'Simple manual brewing gear that lasts.',
  ],
  [
    'kakao-seribu',
    'Kakao Seribu',
    'Cokelat dari biji kakao petani yang difermentasi penuh.',
    'Chocolate from fully fermented, farm-grown cocoa.',
  ],
  [
    'lebah-rimba',
    'Lebah Rimba',
    'Madu mentah yang dipanen tanpa merusak sarang.',
    'Raw honey, harvested without harming the hive.',
  ],
  [
    'lesung-emak',
    'Lesung Emak',
    'Bumbu dan sambal yang diulek dari resep keluarga.',
    'Pastes and sambals pounded to family recipes.',
  ],
  [
    'renyah-jenaka',
    'Renyah Jenaka',
    'Camilan daerah yang digoreng sekali dan dikemas hari itu juga.',
    'Regional snacks, fried once and packed the same day.',
  ],
  [
    'padi-sewindu',
    'Padi Sewindu',
    'Beras lokal yang digiling setelah dipesan.',
    'Local rice, milled after it is ordered.',
  ],
  [
    'stoples-nenek',
    'Stoples Nenek',
    'Kue kering mentega dengan takaran zaman nenek.',
    'Butter cookies measured the way grandmother did.',
  ],
  [
    'liat-langit',
    'Liat Langit',
    'Keramik putar tangan dengan glasir buatan sendiri.',
    'Hand-thrown ceramics with home-made glazes.',
  ],
  ['tungku-tua', 'Tungku Tua', 'Alat masak yang bisa diwariskan.', 'Cookware to hand down.'],
  [
    'bekal-riang',
    'Bekal Riang',
    'Kotak makan dan botol minum untuk hari yang sibuk.',
    'Lunch boxes and bottles for busy days.',
  ],
  [
    'anyam-langit',
    'Anyam Langit',
    'Anyaman rotan, bambu, dan eceng gondok untuk rumah.',
    'Rattan, bamboo and water-hyacinth weaving for the home.',
  ],
  [
    'cahaya-teduh',
    'Cahaya Teduh',
    'Lampu dan lilin bercahaya hangat.',
    'Lamps and candles with a warm light.',
  ],
  [
    'rimbun-rumah',
    'Rimbun Rumah',
    'Tekstil dan hiasan yang membuat ruang terasa pulang.',
    'Textiles and decoration that make a room feel like home.',
  ],
  [
    'tunas-halaman',
    'Tunas Halaman',
    'Tanaman sehat dan alat berkebun untuk halaman kecil.',
    'Healthy plants and tools for small gardens.',
  ],
  [
    'dengung',
    'Dengung',
    'Audio nirkabel dengan suara bulat dan harga masuk akal.',
    'Wireless audio with a round sound and a fair price.',
  ],
  [
    'kilat-saku',
    'Kilat Saku',
    'Pengisi daya dan aksesori ponsel yang teruji.',
    'Tested chargers and phone accessories.',
  ],
  ['meja-rapi', 'Meja Rapi', 'Perangkat meja kerja yang ringkas.', 'Compact gear for the desk.'],
  [
    'angin-sepoi',
    'Angin Sepoi',
    'Elektronik rumah yang hemat listrik dan tidak berisik.',
    'Home electronics that are frugal and quiet.',
  ],
  [
    'embun-kirana',
    'Embun Kirana',
    'Perawatan wajah lembut untuk iklim lembap.',
    'Gentle face care for a humid climate.',
  ],
  [
    'lulur-melati',
    'Lulur Melati',
    'Perawatan tubuh dari resep putri keraton.',
    'Body care from old palace recipes.',
  ],
  [
    'kelapa-kencana',
    'Kelapa Kencana',
    'Sabun dan minyak dari kelapa segar.',
    'Soaps and oils from fresh coconut.',
  ],
  [
    'halaman-teduh',
    'Halaman Teduh',
    'Penerbit kecil untuk cerita dari banyak pulau.',
    'A small press for stories from many islands.',
  ],
  [
    'coret-sore',
    'Coret Sore',
    'Alat tulis dan gambar untuk sore yang panjang.',
    'Stationery and art supplies for long afternoons.',
  ],
  [
    'kapuk-kawan',
    'Kapuk & Kawan',
    'Boneka dan perlengkapan bayi yang dijahit rapi.',
    'Neatly sewn soft toys and baby essentials.',
  ],
  [
    'dolan-kayu',
    'Dolan Kayu',
    'Mainan kayu halus dengan cat aman untuk anak.',
    'Smooth wooden toys in child-safe paint.',
  ],
  [
    'petik-malam',
    'Petik Malam',
    'Alat musik kayu dan bambu dari bengkel pembuatnya.',
    'Wood and bamboo instruments from the workshop that makes them.',
  ],
  [
    'gowes-santai',
    'Gowes Santai',
    'Aksesori sepeda untuk perjalanan harian.',
    'Cycling accessories for everyday rides.',
  ],
  [
    'smes-lincah',
    'Smes Lincah',
    'Perlengkapan olahraga untuk lapangan kampung sampai gelanggang.',
    'Sports gear from the village court to the arena.',
  ],
  [
    'puncak-sunyi',
    'Puncak Sunyi',
    'Perlengkapan kemah yang ringan dipanggul.',
    'Camping gear that is light to carry.',
  ],
];

export const brands: readonly DemoBrand[] = list.map(([slug, name, description, descriptionEn]) => ({
  slug,
  name,
  description,
  descriptionEn,
}));

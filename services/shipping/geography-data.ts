/** A province with its capital's place on the globe, and the cities and regencies where most parcels come from and go. */
export interface ProvinceData {
  name: string;
  island: 'Sumatra' | 'Java' | 'Bali and Nusa Tenggara' | 'Kalimantan' | 'Sulawesi' | 'Maluku' | 'Papua';
  /** Degrees, of the capital. */
  at: [latitude: number, longitude: number];
  /** Other names that people write, separated by commas. */
  aliases: string;
  /** Cities and regencies, separated by commas. A city and the regency around it that share a name are one here. */
  cities: string;
}

/** The 38 provinces of Indonesia. */
export const provinceData: ProvinceData[] = [
  {
    name: 'Aceh',
    island: 'Sumatra',
    at: [5.55, 95.32],
    aliases: 'Nanggroe Aceh Darussalam, NAD',
    cities: 'Banda Aceh, Aceh Besar, Lhokseumawe, Langsa, Sabang, Subulussalam, Meulaboh, Takengon, Bireuen',
  },
  {
    name: 'Sumatera Utara',
    island: 'Sumatra',
    at: [3.59, 98.67],
    aliases: 'North Sumatra, Sumut',
    cities:
      'Medan, Deli Serdang, Binjai, Pematangsiantar, Tebing Tinggi, Padangsidimpuan, Sibolga, Tanjungbalai, Gunungsitoli, Kabanjahe, Pangururan, Rantauprapat',
  },
  {
    name: 'Sumatera Barat',
    island: 'Sumatra',
    at: [-0.95, 100.35],
    aliases: 'West Sumatra, Sumbar',
    cities: 'Padang, Bukittinggi, Payakumbuh, Pariaman, Padang Panjang, Solok, Sawahlunto',
  },
  {
    name: 'Riau',
    island: 'Sumatra',
    at: [0.51, 101.45],
    aliases: '',
    cities: 'Pekanbaru, Dumai, Siak, Bengkalis, Kampar, Bangkinang',
  },
  {
    name: 'Kepulauan Riau',
    island: 'Sumatra',
    at: [0.92, 104.45],
    aliases: 'Riau Islands, Kepri',
    cities: 'Batam, Tanjungpinang, Bintan, Karimun, Natuna',
  },
  {
    name: 'Jambi',
    island: 'Sumatra',
    at: [-1.61, 103.61],
    aliases: '',
    cities: 'Jambi, Sungai Penuh, Muaro Jambi, Bungo, Kerinci',
  },
  {
    name: 'Sumatera Selatan',
    island: 'Sumatra',
    at: [-2.98, 104.76],
    aliases: 'South Sumatra, Sumsel',
    cities: 'Palembang, Prabumulih, Lubuklinggau, Pagar Alam, Banyuasin, Ogan Ilir, Muara Enim',
  },
  {
    name: 'Kepulauan Bangka Belitung',
    island: 'Sumatra',
    at: [-2.13, 106.11],
    aliases: 'Bangka Belitung Islands, Bangka Belitung, Babel',
    cities: 'Pangkalpinang, Bangka, Belitung, Tanjung Pandan',
  },
  {
    name: 'Bengkulu',
    island: 'Sumatra',
    at: [-3.8, 102.26],
    aliases: '',
    cities: 'Bengkulu, Rejang Lebong, Curup, Manna',
  },
  {
    name: 'Lampung',
    island: 'Sumatra',
    at: [-5.45, 105.27],
    aliases: '',
    cities: 'Bandar Lampung, Metro, Lampung Selatan, Lampung Tengah, Kotabumi, Pringsewu',
  },
  {
    name: 'Banten',
    island: 'Java',
    at: [-6.12, 106.15],
    aliases: '',
    cities: 'Tangerang, Tangerang Selatan, Serang, Cilegon, Lebak, Pandeglang',
  },
  {
    name: 'DKI Jakarta',
    island: 'Java',
    at: [-6.2, 106.85],
    aliases:
      'Jakarta, Daerah Khusus Ibukota Jakarta, Daerah Khusus Jakarta, DKJ, Special Capital Region of Jakarta',
    cities:
      'Jakarta, Jakarta Pusat, Jakarta Utara, Jakarta Barat, Jakarta Selatan, Jakarta Timur, Kepulauan Seribu',
  },
  {
    name: 'Jawa Barat',
    island: 'Java',
    at: [-6.91, 107.61],
    aliases: 'West Java, Jabar',
    cities:
      'Bandung, Bandung Barat, Cimahi, Bogor, Depok, Bekasi, Sukabumi, Cianjur, Karawang, Purwakarta, Subang, Sumedang, Garut, Tasikmalaya, Ciamis, Banjar, Pangandaran, Cirebon, Kuningan, Majalengka, Indramayu',
  },
  {
    name: 'Jawa Tengah',
    island: 'Java',
    at: [-6.97, 110.42],
    aliases: 'Central Java, Jateng',
    cities:
      'Semarang, Surakarta, Solo, Sukoharjo, Karanganyar, Boyolali, Klaten, Sragen, Wonogiri, Salatiga, Magelang, Temanggung, Wonosobo, Purworejo, Kebumen, Cilacap, Banyumas, Purwokerto, Purbalingga, Tegal, Brebes, Pemalang, Pekalongan, Batang, Kendal, Demak, Kudus, Jepara, Pati, Rembang, Blora',
  },
  {
    name: 'DI Yogyakarta',
    island: 'Java',
    at: [-7.8, 110.37],
    aliases: 'Yogyakarta, DIY, Daerah Istimewa Yogyakarta, Special Region of Yogyakarta, Jogja',
    cities: 'Yogyakarta, Sleman, Bantul, Gunungkidul, Kulon Progo',
  },
  {
    name: 'Jawa Timur',
    island: 'Java',
    at: [-7.25, 112.75],
    aliases: 'East Java, Jatim',
    cities:
      'Surabaya, Sidoarjo, Gresik, Malang, Batu, Pasuruan, Probolinggo, Mojokerto, Jombang, Kediri, Blitar, Tulungagung, Madiun, Ngawi, Ponorogo, Pacitan, Lamongan, Tuban, Bojonegoro, Jember, Lumajang, Bondowoso, Situbondo, Banyuwangi, Bangkalan, Sampang, Pamekasan, Sumenep',
  },
  {
    name: 'Bali',
    island: 'Bali and Nusa Tenggara',
    at: [-8.65, 115.22],
    aliases: '',
    cities: 'Denpasar, Badung, Gianyar, Ubud, Tabanan, Buleleng, Singaraja, Klungkung, Karangasem, Bangli',
  },
  {
    name: 'Nusa Tenggara Barat',
    island: 'Bali and Nusa Tenggara',
    at: [-8.58, 116.12],
    aliases: 'West Nusa Tenggara, NTB',
    cities: 'Mataram, Lombok Barat, Lombok Tengah, Lombok Timur, Sumbawa, Bima, Dompu',
  },
  {
    name: 'Nusa Tenggara Timur',
    island: 'Bali and Nusa Tenggara',
    at: [-10.18, 123.61],
    aliases: 'East Nusa Tenggara, NTT',
    cities: 'Kupang, Maumere, Ende, Ruteng, Labuan Bajo, Waingapu, Atambua',
  },
  {
    name: 'Kalimantan Barat',
    island: 'Kalimantan',
    at: [-0.03, 109.34],
    aliases: 'West Kalimantan, Kalbar',
    cities: 'Pontianak, Singkawang, Kubu Raya, Ketapang, Sambas, Sintang',
  },
  {
    name: 'Kalimantan Tengah',
    island: 'Kalimantan',
    at: [-2.21, 113.92],
    aliases: 'Central Kalimantan, Kalteng',
    cities: 'Palangka Raya, Sampit, Pangkalan Bun, Kuala Kapuas',
  },
  {
    name: 'Kalimantan Selatan',
    island: 'Kalimantan',
    at: [-3.44, 114.83],
    aliases: 'South Kalimantan, Kalsel',
    cities: 'Banjarmasin, Banjarbaru, Martapura, Kotabaru, Tanah Bumbu, Barabai',
  },
  {
    name: 'Kalimantan Timur',
    island: 'Kalimantan',
    at: [-0.5, 117.15],
    aliases: 'East Kalimantan, Kaltim',
    cities:
      'Samarinda, Balikpapan, Bontang, Tenggarong, Kutai Kartanegara, Penajam Paser Utara, Nusantara, Berau',
  },
  {
    name: 'Kalimantan Utara',
    island: 'Kalimantan',
    at: [2.84, 117.37],
    aliases: 'North Kalimantan, Kaltara',
    cities: 'Tanjung Selor, Tarakan, Bulungan, Nunukan, Malinau',
  },
  {
    name: 'Sulawesi Utara',
    island: 'Sulawesi',
    at: [1.49, 124.84],
    aliases: 'North Sulawesi, Sulut',
    cities: 'Manado, Bitung, Tomohon, Kotamobagu, Minahasa',
  },
  {
    name: 'Gorontalo',
    island: 'Sulawesi',
    at: [0.54, 123.06],
    aliases: '',
    cities: 'Gorontalo, Limboto, Bone Bolango',
  },
  {
    name: 'Sulawesi Tengah',
    island: 'Sulawesi',
    at: [-0.9, 119.87],
    aliases: 'Central Sulawesi, Sulteng',
    cities: 'Palu, Poso, Luwuk, Donggala, Morowali',
  },
  {
    name: 'Sulawesi Barat',
    island: 'Sulawesi',
    at: [-2.68, 118.89],
    aliases: 'West Sulawesi, Sulbar',
    cities: 'Mamuju, Majene, Polewali Mandar',
  },
  {
    name: 'Sulawesi Selatan',
    island: 'Sulawesi',
    at: [-5.14, 119.43],
    aliases: 'South Sulawesi, Sulsel',
    cities: 'Makassar, Gowa, Maros, Parepare, Palopo, Bone, Bulukumba, Toraja Utara, Rantepao',
  },
  {
    name: 'Sulawesi Tenggara',
    island: 'Sulawesi',
    at: [-3.99, 122.51],
    aliases: 'Southeast Sulawesi, Sultra',
    cities: 'Kendari, Baubau, Kolaka, Wakatobi',
  },
  {
    name: 'Maluku',
    island: 'Maluku',
    at: [-3.7, 128.18],
    aliases: '',
    cities: 'Ambon, Tual, Masohi, Namlea, Banda Neira',
  },
  {
    name: 'Maluku Utara',
    island: 'Maluku',
    at: [0.73, 127.56],
    aliases: 'North Maluku, Malut',
    cities: 'Sofifi, Ternate, Tidore Kepulauan, Tobelo',
  },
  {
    name: 'Papua',
    island: 'Papua',
    at: [-2.54, 140.72],
    aliases: '',
    cities: 'Jayapura, Sentani, Biak Numfor, Kepulauan Yapen, Sarmi',
  },
  {
    name: 'Papua Barat',
    island: 'Papua',
    at: [-0.86, 134.06],
    aliases: 'West Papua',
    cities: 'Manokwari, Fakfak, Kaimana, Teluk Bintuni',
  },
  {
    name: 'Papua Barat Daya',
    island: 'Papua',
    at: [-0.88, 131.26],
    aliases: 'Southwest Papua',
    cities: 'Sorong, Raja Ampat, Waisai, Sorong Selatan',
  },
  {
    name: 'Papua Selatan',
    island: 'Papua',
    at: [-8.49, 140.4],
    aliases: 'South Papua',
    cities: 'Merauke, Boven Digoel, Asmat, Mappi',
  },
  {
    name: 'Papua Tengah',
    island: 'Papua',
    at: [-3.36, 135.5],
    aliases: 'Central Papua',
    cities: 'Nabire, Timika, Mimika, Paniai',
  },
  {
    name: 'Papua Pegunungan',
    island: 'Papua',
    at: [-4.1, 138.94],
    aliases: 'Highland Papua',
    cities: 'Wamena, Jayawijaya, Lanny Jaya, Yahukimo',
  },
];

/** Cities that have grown into one: within each a courier goes as within a city. */
export const metropolises: string[] = [
  'Jakarta, Jakarta Pusat, Jakarta Utara, Jakarta Barat, Jakarta Selatan, Jakarta Timur, Bogor, Depok, Tangerang, Tangerang Selatan, Bekasi',
  'Bandung, Bandung Barat, Cimahi',
  'Semarang, Demak, Kendal',
  'Surakarta, Solo, Sukoharjo, Karanganyar, Boyolali',
  'Yogyakarta, Sleman, Bantul',
  'Surabaya, Sidoarjo, Gresik',
  'Malang, Batu',
  'Medan, Deli Serdang, Binjai',
  'Denpasar, Badung, Gianyar, Ubud',
  'Banjarmasin, Banjarbaru, Martapura',
  'Makassar, Gowa, Maros',
];

/** What apps may ask for, as the consent page tells it. The contracts say which method needs which. */
export const scopeTexts: Record<string, { id: string; en: string }> = {
  'account:read': {
    id: 'Melihat profil, alamat, wishlist, voucher, saldo, dan notifikasi Anda',
    en: 'See your profile, addresses, wishlists, vouchers, store credit and notifications',
  },
  'account:write': {
    id: 'Mengubah profil, alamat, wishlist, klaim voucher dan kartu hadiah Anda',
    en: 'Change your profile, addresses and wishlists, and claim vouchers and gift cards',
  },
  'cart:read': { id: 'Melihat keranjang Anda', en: 'See your cart' },
  'cart:write': { id: 'Mengubah isi keranjang Anda', en: 'Change what is in your cart' },
  'orders:read': {
    id: 'Melihat pesanan, pembayaran, dan pengiriman Anda',
    en: 'See your orders, payments and shipments',
  },
  'orders:write': {
    id: 'Membuat, membatalkan, dan menyelesaikan pesanan atas nama Anda',
    en: 'Place, cancel and complete orders in your name',
  },
  'reviews:read': { id: 'Melihat ulasan dan pertanyaan Anda', en: 'See your reviews and questions' },
  'reviews:write': {
    id: 'Menulis ulasan, pertanyaan, dan balasan atas nama Anda',
    en: 'Write reviews, questions and replies in your name',
  },
  'media:read': { id: 'Melihat berkas Anda', en: 'See your files' },
  'media:write': { id: 'Mengunggah dan menghapus berkas Anda', en: 'Upload and delete your files' },
  'products:read': { id: 'Melihat produk dan stok toko Anda', en: "See your store's products and stock" },
  'products:write': {
    id: 'Mengubah produk dan stok toko Anda',
    en: "Change your store's products and stock",
  },
  'sales:read': {
    id: 'Melihat penjualan dan pengiriman toko Anda',
    en: "See your store's sales and shipments",
  },
  'sales:write': {
    id: 'Memproses dan mengirim penjualan toko Anda',
    en: "Process and ship your store's sales",
  },
  'webhooks:read': {
    id: 'Melihat ke mana kejadian di toko Anda dikirim',
    en: 'See where what happens in your store is sent to',
  },
  'webhooks:write': {
    id: 'Mengirim kejadian di toko Anda, termasuk pesanan, ke alamat lain',
    en: 'Have what happens in your store, orders too, sent to other addresses',
  },
  'finance:read': {
    id: 'Melihat saldo, pembayaran, dan komisi toko Anda',
    en: "See your store's balance, payouts and commission",
  },
  'supply:read': {
    id: 'Melihat pemasok dan pesanan pembelian toko Anda',
    en: "See your store's suppliers and purchase orders",
  },
  'supply:write': {
    id: 'Mengubah pemasok dan pesanan pembelian toko Anda',
    en: "Change your store's suppliers and purchase orders",
  },
  'store:read': { id: 'Melihat toko dan promosi Anda', en: 'See your store and its promotions' },
  'store:write': { id: 'Mengubah toko dan promosi Anda', en: 'Change your store and its promotions' },
};

/** Who the user is (OpenID Connect Core, 5.4); asked for beside the above. */
export const identityTexts: Record<string, { id: string; en: string }> = {
  openid: { id: 'Mengenali akun Anda', en: 'Recognise your account' },
  profile: { id: 'Melihat nama Anda', en: 'See your name' },
  email: { id: 'Melihat alamat e-mail Anda', en: 'See your e-mail address' },
  offline_access: {
    id: 'Tetap terhubung sampai Anda mencabutnya',
    en: 'Stay connected until you take this back',
  },
};

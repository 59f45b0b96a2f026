import { expect, vi } from 'vitest';
import { type Routes, wait } from './routes.js';
import { idr, newCustomer, newPicture, newProduct, newReview, newSeller, orderOf } from './world.js';

/** The catalogue, stock, purchases, wishlists, carts, promotions, search and files. */
export async function useGoods(routes: Routes): Promise<void> {
  const { use, admin, guest, pasar } = routes;
  const [shop, fan] = [await newSeller(pasar), await newCustomer(pasar)];
  const { productId, variantId, slug, sellerId } = await newProduct(shop, 5);
  await use(
    admin,
    'POST',
    '/categories',
    { slug: 'alat-tulis', name: 'Alat tulis', nameEn: 'Stationery' },
    201,
  );
  await use(guest, 'GET', '/categories/alat-tulis');
  // What shows a category shows its new name soon.
  const pencil = await newProduct(shop, 1, 5_000, { category: 'alat-tulis' });
  const shown = async () => (await use(guest, 'GET', `/products/${pencil.slug}`)).category;
  expect(await shown()).toBe('alat-tulis');
  await use(admin, 'PATCH', '/categories/alat-tulis', { slug: 'alat-gambar' });
  await vi.waitFor(async () => expect(await shown()).toBe('alat-gambar'), wait);
  await use(guest, 'GET', '/categories');
  await use(admin, 'DELETE', '/categories/alat-gambar', undefined, 204);
  await use(admin, 'POST', '/brands', { slug: 'merek-rute', name: 'Merek Rute' }, 201);
  await use(guest, 'GET', '/brands');
  await use(admin, 'PATCH', '/brands/merek-rute', { name: 'Merek' });
  await use(admin, 'DELETE', '/brands/merek-rute', undefined, 204);

  await use(shop, 'GET', '/sellers/me/products');
  await use(shop, 'PATCH', `/products/${productId}`, { description: 'Arabika.' });
  await use(guest, 'GET', '/products?category=kopi');
  const later = { title: 'Nanti', category: 'kopi', variants: [{ price: idr(1_000) }] };
  const { id: draft } = await use(shop, 'POST', '/products', later, 201);
  const publishAt = new Date(Date.now() + 3_600_000).toISOString();
  await use(shop, 'POST', `/products/${draft}:publish`, { publishAt });
  await use(shop, 'POST', `/products/${draft}:unschedule`, {});
  await use(shop, 'DELETE', `/products/${draft}`, undefined, 204);
  const { id: importId } = await use(shop, 'POST', '/productImports', { key: 'rute', name: 'rute.csv' });
  const row = {
    row: '1',
    productKey: 'a',
    title: 'Kopi impor',
    category: 'kopi',
    price: '1000',
    currency: 'IDR',
  };
  await use(shop, 'POST', `/productImports/${importId}:importRows`, { rows: [row] });
  await use(shop, 'GET', `/productImports/${importId}`);
  await use(shop, 'GET', `/productImports/${importId}/errors`);
  expect(await use(shop, 'GET', '/products:export')).toContain('Kopi impor');

  await use(shop, 'GET', `/inventory/${variantId}`);
  await use(shop, 'POST', `/inventory/${variantId}:adjust`, { delta: '-1', reason: 'rusak' });
  await use(shop, 'POST', `/inventory/${variantId}:receive`, { quantity: '1', reference: 'R-1' });
  await use(shop, 'GET', `/inventory/${variantId}/movements`);
  await use(shop, 'GET', '/inventory:low');
  const warehouse = await use(shop, 'POST', '/warehouses', { name: 'Gudang', city: 'Bandung' }, 201);
  await use(shop, 'GET', '/warehouses');
  const empty = await newProduct(shop, 0);
  await use(fan, 'POST', `/inventory/${empty.variantId}:notifyBackInStock`, {}, 204);
  const supplier = await use(shop, 'POST', '/suppliers', { name: 'Grosir' }, 201);
  await use(shop, 'GET', '/suppliers');
  await use(shop, 'PUT', `/suppliers/${supplier.id}`, { name: 'Grosir Jaya' });
  const lines = [{ variantId, quantity: 2, unitCost: idr(1_000) }];
  const bought = { supplierId: supplier.id, warehouseId: warehouse.id, lines };
  const purchase = await use(shop, 'POST', '/purchaseOrders', bought, 201);
  const dropped = await use(shop, 'POST', '/purchaseOrders', bought, 201);
  await use(shop, 'GET', '/purchaseOrders');
  await use(shop, 'GET', `/purchaseOrders/${purchase.id}`);
  const received = { reference: 'SJ-1', lines: [{ variantId, quantity: 2 }] };
  await use(shop, 'POST', `/purchaseOrders/${purchase.id}:receive`, received);
  await use(shop, 'POST', `/purchaseOrders/${dropped.id}:cancel`, {});
  await use(shop, 'GET', '/sellers/me/skuCosts');

  const list = await use(fan, 'POST', '/users/me/wishlists', { name: 'Kado' }, 201);
  await use(fan, 'GET', '/users/me/wishlists');
  await use(fan, 'PATCH', `/users/me/wishlists/${list.id}`, { name: 'Hadiah' });
  const items = `/users/me/wishlists/${list.id}/items`;
  await use(fan, 'POST', items, { variantId });
  await use(fan, 'POST', `${items}/${variantId}:moveToCart`, {});
  await use(fan, 'POST', items, { variantId });
  await use(fan, 'DELETE', `${items}/${variantId}`);
  await use(fan, 'DELETE', `/users/me/wishlists/${list.id}`, undefined, 204);
  await use(fan, 'PATCH', `/cart/items/${variantId}`, { quantity: 2 });
  await use(fan, 'POST', '/cart:select', { selected: false, variantIds: [variantId] });
  const guestCart = await guest.post('/api/v1/cart/items', { variantId, quantity: 1 });
  await use(fan, 'POST', '/cart:merge', {
    token: guestCart.body.token ?? guestCart.headers.get('x-cart-token'),
  });
  await use(fan, 'GET', '/cart');
  await use(fan, 'DELETE', `/cart/items/${variantId}`);
  await use(fan, 'DELETE', '/cart');

  const day = 86_400_000;
  const runs = { startsAt: new Date().toISOString(), endsAt: new Date(Date.now() + day).toISOString() };
  const voucher = {
    ...runs,
    name: 'Rute',
    code: `RUTE${sellerId.slice(-8)}`,
    benefit: { percentage: { basisPoints: 500 } },
    listed: true,
  };
  const promotion = await use(shop, 'POST', '/promotions', voucher, 201);
  await use(shop, 'GET', '/promotions');
  await use(shop, 'GET', `/promotions/${promotion.id}`);
  await use(shop, 'PATCH', `/promotions/${promotion.id}`, { name: 'Rute dua' });
  await use(fan, 'GET', '/vouchers');
  await use(fan, 'GET', `/vouchers/${promotion.code}`);
  await use(fan, 'POST', `/vouchers/${promotion.code}:claim`, {});
  await use(fan, 'GET', '/users/me/vouchers');
  await use(shop, 'GET', `/promotions/${promotion.id}/redemptions`);
  await use(shop, 'POST', `/promotions/${promotion.id}:end`, {});
  const flash = { ...runs, name: 'Kilat', items: [{ variantId, price: idr(1_000), stock: 1 }] };
  const sale = await use(shop, 'POST', '/flashSales', flash, 201);
  await use(guest, 'GET', '/flashSales');
  await use(guest, 'GET', `/flashSales/${sale.id}`);
  await use(shop, 'GET', '/sellers/me/flashSales');
  await use(shop, 'POST', `/flashSales/${sale.id}:end`, {});

  await vi.waitFor(async () => {
    const { hits } = await use(guest, 'GET', '/search/products?query=kopi');
    expect(hits.length).toBeGreaterThan(0);
  }, wait);
  await use(guest, 'GET', '/search/trending');
  await use(guest, 'GET', '/search/suggestions?prefix=ko');
  const synonym = await use(admin, 'POST', '/search/synonyms', { terms: ['ngopi', 'kopi'] }, 201);
  await use(admin, 'GET', '/search/synonyms');
  await use(admin, 'PUT', `/search/synonyms/${synonym.id}`, { terms: ['ngopi', 'kopi', 'coffee'] });
  await use(admin, 'DELETE', `/search/synonyms/${synonym.id}`, undefined, 204);
  await use(admin, 'GET', '/search/index');
  await use(admin, 'POST', '/search/index:rebuild', {});
  await use(guest, 'GET', `/products/${slug}`);

  const bytes = await newPicture(60, 40);
  const { id: mediaId } = (await fan.upload('REVIEW', bytes)).body;
  await use(fan, 'GET', '/media?purpose=REVIEW');
  const { url } = await use(fan, 'GET', `/media/${mediaId}`);
  await use(guest, 'GET', new URL(url, pasar.url).pathname.replace('/api/v1', ''));
  await use(fan, 'POST', `/media/${mediaId}:sign`, {});
  await use(fan, 'DELETE', `/media/${mediaId}`, undefined, 204);
  const upload = await use(
    fan,
    'POST',
    '/uploads',
    { purpose: 'REVIEW', name: 'a.jpg', sizeBytes: `${bytes.length}` },
    201,
  );
  const at = `/uploads/${upload.id}${new URL(upload.url, pasar.url).search}`;
  await use(fan, 'GET', at);
  await use(fan, 'DELETE', at, undefined, 204);
}

/** Orders with all that follows, reviews and money. */
export async function useTrade(routes: Routes): Promise<void> {
  const { use, admin, guest, pasar } = routes;
  const [shop, fan] = [await newSeller(pasar), await newCustomer(pasar)];
  const product = await newProduct(shop, 20);
  const buy = async (payment?: object) => {
    const { body, status, text } = await fan.order(orderOf(product.variantId, 1, payment));
    if (status !== 201) throw new Error(text);
    return body;
  };
  await use(guest, 'GET', '/shipping/destinations');
  await use(
    guest,
    'GET',
    `/sellers/${product.sellerId}/rates?city=Surabaya&province=Jawa%20Timur&weightGrams=1000`,
  );
  const [kept, back, argued] = [await buy(), await buy(), await buy()];
  const [order, returned, disputed] = [kept, back, argued].map(({ orders }) => orders[0].id as string);
  await use(fan, 'GET', `/checkouts/${kept.checkoutId}`);
  await use(fan, 'GET', '/orders');
  const exported = await use(fan, 'GET', '/users/me:export');
  expect(exported.orders.map(({ id }: { id: string }) => id)).toEqual([disputed, returned, order]);
  await use(fan, 'GET', `/orders/${order}`);
  await use(fan, 'GET', `/orders/${order}/history`);
  await use(shop, 'GET', '/sellers/me/orders');
  await use(admin, 'GET', `/orders:search?number=${kept.orders[0].number}`);
  await use(admin, 'POST', '/orders:rebuild', {});
  await vi.waitFor(() => use(fan, 'GET', `/orders/${order}/invoice`), wait);
  const shipment = await vi.waitFor(() => use(fan, 'GET', `/orders/${order}/shipment`), wait);
  await use(fan, 'GET', '/shipments');
  await use(shop, 'GET', '/sellers/me/shipments');
  await use(fan, 'GET', `/shipments/${shipment.id}`);
  await use(shop, 'POST', `/shipments/${shipment.id}:pack`, { weightGrams: ['400', '600'] });
  const written = await newReview(shop, fan, kept.orders[0]);
  await use(shop, 'GET', `/shipments/${shipment.id}/label`);
  await use(guest, 'GET', `/simulator/parcels/${shipment.parcels[0].trackingNumber}`);

  const { reviewId, questionId, answerId } = written;
  const other = await newCustomer(pasar);
  await use(fan, 'GET', '/users/me/reviewableLines');
  await use(guest, 'GET', `/reviews/${reviewId}`);
  await use(guest, 'GET', `/products/${product.productId}/reviews`);
  await use(guest, 'GET', `/sellers/${product.sellerId}/reviews`);
  await use(fan, 'GET', '/users/me/reviews');
  await use(fan, 'PATCH', `/reviews/${reviewId}`, { text: 'Wangi sekali.' });
  await use(shop, 'POST', `/reviews/${reviewId}:reply`, { text: 'Terima kasih!' });
  await use(other, 'POST', `/reviews/${reviewId}:vote`, { helpful: true });
  await use(other, 'GET', `/users/me/reviewVotes?reviewIds=${reviewId}`);
  const report = { reason: 'SPAM', detail: 'iklan' };
  await use(other, 'POST', `/reviews/${reviewId}:report`, report, 204);
  await use(other, 'POST', `/questions/${questionId}:report`, report, 204);
  await use(other, 'POST', `/answers/${answerId}:report`, report, 204);
  const { cases } = await use(admin, 'GET', '/moderationCases');
  const mine = cases.find((one: { targetId?: string; reviewId?: string }) =>
    JSON.stringify(one).includes(reviewId),
  );
  await use(admin, 'POST', `/moderationCases/${mine.id}:decide`, { hide: false, note: 'tidak apa-apa' });
  await use(guest, 'GET', `/products/${product.productId}/rating`);
  await use(guest, 'GET', `/sellers/${product.sellerId}/rating`);
  await use(guest, 'GET', `/products/${product.productId}/questions`);
  await use(shop, 'GET', '/sellers/me/questions');
  await use(guest, 'GET', `/questions/${questionId}/answers`);
  await use(fan, 'DELETE', `/answers/${answerId}`, undefined, 204);
  await use(fan, 'DELETE', `/questions/${questionId}`, undefined, 204);
  await use(fan, 'DELETE', `/reviews/${reviewId}`, undefined, 204);

  await vi.waitFor(async () => {
    const { notifications } = await use(fan, 'GET', '/notifications');
    expect(notifications.length).toBeGreaterThan(0);
    await use(fan, 'POST', `/notifications/${notifications[0].id}:markRead`, {});
  }, wait);
  await use(fan, 'GET', '/notifications:countUnread');
  await use(fan, 'POST', '/notifications:markAllRead', {});

  const goods = [{ variantId: product.variantId, quantity: 1 }];
  const request = { lines: goods, reason: 'rusak' };
  for (const id of [returned, disputed]) {
    for (const step of ['process', 'ship', 'deliver']) await use(shop, 'POST', `/orders/${id}:${step}`, {});
    await use(fan, 'POST', `/orders/${id}:requestReturn`, request);
  }
  await use(shop, 'POST', `/orders/${returned}:answerReturn`, { approve: true });
  await use(shop, 'POST', `/orders/${returned}:receiveReturn`, { sellable: goods });
  await use(fan, 'GET', `/orders/${returned}/return`);
  await use(shop, 'POST', `/orders/${disputed}:answerReturn`, { approve: false, reason: 'sudah dipakai' });
  await use(fan, 'POST', `/orders/${disputed}:disputeReturn`, { text: 'Belum dipakai.' });
  await use(admin, 'GET', '/disputes');
  await use(admin, 'POST', `/orders/${disputed}:decideDispute`, { refund: idr(1_000), reason: 'sebagian' });
  await use(fan, 'POST', `/orders/${order}:complete`, {});
  const gone = await buy();
  await use(fan, 'POST', `/orders/${gone.orders[0].id}:cancel`, { reason: 'berubah pikiran' });
  await use(shop, 'GET', '/sellers/me/orders:export');

  const later = await buy({ method: 'BANK_TRANSFER' });
  await use(fan, 'GET', `/payments/${later.payment.id}`);
  const reference = encodeURIComponent(later.payment.providerReference);
  await use(guest, 'GET', `/simulator/payments/${reference}`);
  await use(guest, 'POST', `/simulator/payments/${reference}:pay`, {});
  const today = new Date().toISOString().slice(0, 10);
  await use(admin, 'GET', `/simulator/statements/${today}`);
  await use(admin, 'GET', '/ledger/differences');
  await use(admin, 'POST', '/ledger/differences:reconcile', { date: today });
  await use(admin, 'GET', '/ledger/balances');
  await use(admin, 'GET', '/ledger/entries');
  await use(shop, 'PUT', '/sellers/me/payoutAccount', { bank: 'BCA', number: '1234567890', holder: 'Dewi' });
  await use(shop, 'GET', '/sellers/me/payoutAccount');
  await use(shop, 'GET', '/sellers/me/balance');
  await use(shop, 'GET', '/sellers/me/payouts');
  await use(admin, 'GET', '/payouts');
  await use(admin, 'POST', '/payouts:run', {});
  const { cards } = await use(admin, 'POST', '/giftCards', { amount: idr(50_000), count: 2 }, 201);
  await use(admin, 'GET', '/giftCards');
  await use(fan, 'POST', '/giftCards:redeem', { code: cards[0].code });
  await use(admin, 'POST', `/giftCards/${cards[1].card.id}:void`, {});
  await use(
    admin,
    'POST',
    '/storeCredits',
    { customerId: fan.user?.id, amount: idr(1_000), reason: 'maaf' },
    201,
  );
  await use(fan, 'GET', '/users/me/credit');
  await use(fan, 'GET', '/users/me/credit/entries');
  await use(admin, 'POST', `/payments/${kept.payment.id}:refund`, { amount: idr(1_000), reason: 'maaf' });
}

import type { Pasar } from '@pasar/server/pasar';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser } from './browser.js';
import { checkInvariants } from './invariants.js';
import {
  card,
  idr,
  newCustomer,
  newMarket,
  newProduct,
  newSeller,
  orderOf,
  quoteOf,
  World,
} from './world.js';

const world = new World();
let pasar: Pasar;
let admin: Browser;
let seller: Browser;
let buyer: Browser;

beforeAll(async () => {
  pasar = await world.start();
  ({ admin, seller } = await newMarket(pasar));
  buyer = await newCustomer(pasar);
});
afterAll(async () => {
  await checkInvariants(world.query);
  await world.end();
});

const wait = { timeout: 20_000, interval: 50 };
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

describe('an offer of another store for a catalogue product', () => {
  it('is found on its page, bought of that store, and leaves the first one alone', async () => {
    const first = await newProduct(seller, 5, 9_000_000);
    const other = await newSeller(pasar, 'Surabaya');
    const offered = await other.post(`/api/v1/products/${first.productId}:offer`, {
      variants: [{ variantId: first.variantId, price: idr(8_000_000) }],
    });
    expect(offered.status).toBe(201);
    const variantId = offered.body.variants[0].id;
    expect(await other.post(`/api/v1/products/${offered.body.id}:publish`, {})).toMatchObject({
      status: 200,
    });
    await other.put(`/api/v1/inventory/${variantId}`, { onHand: 2 });
    await vi.waitFor(async () => {
      const { body } = await buyer.get(`/api/v1/products/${first.slug}`);
      expect(body.offers).toMatchObject([
        { sellerId: offered.body.sellerId, price: idr(8_000_000), available: 2 },
        { sellerId: first.sellerId, price: idr(9_000_000), available: 5 },
      ]);
    }, wait);
    await buyer.post('/api/v1/cart/items', { variantId, quantity: 2 });
    const { status, body } = await buyer.order({ ...orderOf(variantId), items: [] });
    expect(status).toBe(201);
    expect(body.orders).toMatchObject([
      { sellerId: offered.body.sellerId, lines: [{ variantId, quantity: 2, unitPrice: idr(8_000_000) }] },
    ]);
    expect((await other.get('/api/v1/sellers/me/orders')).body.orders).toMatchObject([
      { id: body.orders[0].id },
    ]);
    await vi.waitFor(async () => {
      expect((await other.get(`/api/v1/inventory/${variantId}`)).body).toMatchObject({ onHand: '0' });
      const { offers } = (await buyer.get(`/api/v1/products/${first.slug}`)).body;
      // Sold out, it is no longer the one that is featured.
      expect(offers[0]).toMatchObject({ sellerId: first.sellerId, available: 5 });
    }, wait);
    expect((await buyer.order(orderOf(variantId))).body.code).toBe('inventory.insufficient_stock');
    const { body: stock } = await seller.get(`/api/v1/inventory/${first.variantId}`);
    expect(stock).toMatchObject({ onHand: '5', reserved: '0' });
  });
});

describe('a store on holiday', () => {
  it('sells nothing until it is back, and says why', async () => {
    const away = await newSeller(pasar);
    const product = await newProduct(away, 5);
    const here = await newProduct(seller, 5);
    const holiday = { startsAt: inSeconds(-60), endsAt: inSeconds(3600) };
    expect(await away.post('/api/v1/sellers/me/holiday', { holiday })).toMatchObject({ status: 200 });
    const order = orderOf(product.variantId);
    const both = { ...order, items: [...order.items, ...orderOf(here.variantId).items] };
    await vi.waitFor(async () => {
      for (const basket of [order, both]) {
        const refusal = {
          status: 409,
          body: { code: 'checkout.store_on_holiday', sellerIds: [product.sellerId] },
        };
        expect(await buyer.post('/api/v1/checkout:quote', quoteOf(basket))).toMatchObject(refusal);
        expect(await buyer.order(basket)).toMatchObject(refusal);
      }
    }, wait);
    await away.post('/api/v1/sellers/me/holiday', {});
    await vi.waitFor(
      async () =>
        expect(await buyer.post('/api/v1/checkout:quote', quoteOf(both))).toMatchObject({ status: 200 }),
      wait,
    );
    expect((await buyer.order(both)).status).toBe(201);
  });
});

describe('a flash price', () => {
  it('is shown wherever the product is, is what is charged, and is gone when its time or stock is', async () => {
    const store = await newSeller(pasar);
    const product = await newProduct(store, 10, 7_000_000);
    const sold = await newProduct(store, 10, 6_000_000);
    const title = (await buyer.get(`/api/v1/products/${product.productId}`)).body.title as string;
    await buyer.post('/api/v1/cart/items', { variantId: product.variantId, quantity: 3 });
    const endsAt = inSeconds(4);
    const made = await store.post('/api/v1/flashSales', {
      ...{ name: 'Kilat', startsAt: inSeconds(0.5), endsAt },
      items: [
        { variantId: product.variantId, price: idr(4_000_000), stock: 2 },
        { variantId: sold.variantId, price: idr(1_000_000), stock: 1 },
      ],
    });
    expect(made.status).toBe(201);

    const visitor = new Browser(pasar.url as string);
    const guest = async (path: string) => (await visitor.get(path)).body;
    const shown = async () => {
      const detail = await guest(`/api/v1/products/${product.productId}`);
      const list = await guest(`/api/v1/products?sellerId=${product.sellerId}`);
      const found = await guest(`/api/v1/search/products?query=${encodeURIComponent(title)}`);
      const { body: cart } = await buyer.get('/api/v1/cart');
      const inList = list.products.find(({ id }: { id: string }) => id === product.productId);
      const hit = found.hits.find(({ id }: { id: string }) => id === product.productId);
      const line = cart.items.find((item: { variantId: string }) => item.variantId === product.variantId);
      const of = ({
        price,
        variants: [variant],
      }: {
        price: object;
        variants: Record<string, unknown>[];
      }) => ({
        ...{ price, charged: variant?.price, compareAt: variant?.compareAtPrice },
        ends: (variant?.flash as { endsAt?: string })?.endsAt,
      });
      return {
        detail: of(detail),
        list: of(inList),
        hit: { price: hit?.price, compareAt: hit?.compareAtPrice, ends: hit?.flashEndsAt },
        cart: {
          price: line.unitPrice,
          compareAt: line.compareAtPrice,
          ends: line.flashEndsAt,
          total: line.total,
        },
      };
    };
    const flash = { price: idr(4_000_000), compareAt: idr(7_000_000) };
    const during = {
      detail: { ...flash, charged: flash.price },
      list: { ...flash, charged: flash.price },
      hit: flash,
      // Two at the flash price, one at the usual one.
      cart: { ...flash, total: idr(15_000_000) },
    };
    await vi.waitFor(async () => {
      const now = await shown();
      expect(now).toMatchObject(during);
      for (const { ends } of Object.values(now)) expect(Date.parse(ends as string)).toBe(Date.parse(endsAt));
    }, wait);
    // Its store sees what it set, so that what is sent back changes nothing.
    const own = await store.get(`/api/v1/products/${product.productId}`);
    expect(own.body.variants).toMatchObject([
      { price: idr(7_000_000), flash: { price: idr(4_000_000), units: 2 } },
    ]);
    const { body: quote } = await buyer.post(
      '/api/v1/checkout:quote',
      quoteOf(orderOf(product.variantId, 3)),
    );
    expect(quote.orders[0].lines).toMatchObject([{ total: idr(15_000_000) }]);

    // The only unit of the other is bought: it costs what it always does, on a page that is kept too.
    const reduced = async () => (await guest(`/api/v1/products/${sold.productId}`)).price;
    expect(await reduced()).toEqual(idr(1_000_000));
    expect((await buyer.order(orderOf(sold.variantId, 1, card()))).status).toBe(201);
    await vi.waitFor(async () => expect(await reduced()).toEqual(idr(6_000_000)), wait);

    const after = { price: idr(7_000_000), compareAt: undefined, ends: undefined };
    await vi.waitFor(async () => {
      expect(await shown()).toEqual({
        detail: { ...after, charged: after.price },
        list: { ...after, charged: after.price },
        hit: after,
        cart: { ...after, total: idr(21_000_000) },
      });
    }, wait);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(endsAt));
  });
});

describe('what was sold', () => {
  /** Bought of the store, and at its buyer's. @returns the order, and what it cost */
  async function delivered(variantId: string): Promise<{ id: string; total: { amount: string } }> {
    const { body } = await buyer.order(orderOf(variantId));
    const [{ id, total }] = body.orders;
    const shipment = { carrier: 'Kurir Nusantara', trackingNumber: 'KN1' };
    expect(await seller.post(`/api/v1/orders/${id}:ship`, shipment)).toMatchObject({ status: 200 });
    expect(await seller.post(`/api/v1/orders/${id}:deliver`, {})).toMatchObject({ status: 200 });
    return { id, total };
  }
  const post = async (who: Browser, id: string, verb: string, body: object = {}) =>
    expect(await who.post(`/api/v1/orders/${id}:${verb}`, body)).toMatchObject({ status: 200 });
  const refundedOf = async (id: string) =>
    Number((await buyer.get(`/api/v1/checkouts/${id}`)).body.payment.refunded?.amount ?? 0);

  it('goes back and is refunded, is argued about and decided, and what is left is paid out', async () => {
    const product = await newProduct(seller, 9, 10_000_000);
    const { variantId } = product;
    const [back, argued, kept] = [
      await delivered(variantId),
      await delivered(variantId),
      await delivered(variantId),
    ];
    const balance = async () => (await seller.get('/api/v1/sellers/me/balance')).body;
    const before = Number((await balance()).available?.[0]?.amount ?? 0);
    for (const { id } of [back, argued]) await post(buyer, id, 'requestReturn', { reason: 'pecah' });
    await post(seller, back.id, 'answerReturn', { approve: true });
    const lines = [{ variantId, quantity: 1 }];
    await post(seller, back.id, 'receiveReturn', { sellable: lines });
    await post(seller, argued.id, 'answerReturn', { approve: false, reason: 'utuh' });
    await post(buyer, argued.id, 'disputeReturn', { text: 'Tidak utuh.' });
    const { disputes } = (await admin.get('/api/v1/disputes')).body;
    expect(JSON.stringify(disputes)).toContain(argued.id);
    expect(await seller.post(`/api/v1/orders/${argued.id}:decideDispute`, { reason: 'x' })).toMatchObject({
      status: 403,
    });
    await post(admin, argued.id, 'decideDispute', { refund: idr(4_000_000), reason: 'setengah' });
    const checkoutOf = async ({ id }: { id: string }) =>
      (await buyer.get(`/api/v1/orders/${id}`)).body.checkoutId;
    const paidFor = await checkoutOf(kept);
    await vi.waitFor(async () => {
      const { payment } = (await buyer.get(`/api/v1/checkouts/${paidFor}`)).body;
      expect(payment.status).toBe('CAPTURED');
    }, wait);
    await post(buyer, kept.id, 'complete');
    await vi.waitFor(async () => {
      // What the goods cost, at least.
      expect(await refundedOf(await checkoutOf(back))).toBeGreaterThanOrEqual(10_000_000);
      expect(await refundedOf(await checkoutOf(argued))).toBe(4_000_000);
      expect(await refundedOf(await checkoutOf(kept))).toBe(0);
      const { body: stock } = await seller.get(`/api/v1/inventory/${variantId}`);
      expect(stock).toMatchObject({ onHand: '7', reserved: '0' });
    }, wait);
    // Of two orders the store gets something, less the commission of the platform.
    await vi.waitFor(async () => {
      const now = Number((await balance()).available?.[0]?.amount ?? 0);
      expect(now - before).toBeGreaterThan(15_000_000);
      // What could not be released at once is tried again after a minute.
    }, 150_000);
    const account = { bank: 'BCA', number: '1234567', holder: 'Toko' };
    expect(await seller.put('/api/v1/sellers/me/payoutAccount', account)).toMatchObject({ status: 200 });
    expect((await admin.post('/api/v1/payouts:run', {})).status).toBe(200);
    await vi.waitFor(async () => {
      const { payouts } = (await seller.get('/api/v1/sellers/me/payouts')).body;
      expect(payouts).toMatchObject([{ status: 'PAID' }]);
    }, wait);
    const csv = await seller.get('/api/v1/sellers/me/orders:export');
    for (const { id } of [back, argued, kept]) {
      const { number } = (await seller.get(`/api/v1/orders/${id}`)).body;
      expect(csv.text).toContain(number);
    }
  });
});

describe('a scheduled publication', () => {
  it('happens although its server was stopped meanwhile', async () => {
    const created = await seller.post('/api/v1/products', {
      ...{ title: 'Kopi Terjadwal', category: 'kopi', variants: [{ price: idr(5_000_000) }] },
    });
    const { id } = created.body;
    await seller.post(`/api/v1/products/${id}:publish`, { publishAt: inSeconds(1) });
    await world.stop(pasar);
    pasar = await world.start();
    const guest = new Browser(pasar.url as string);
    await vi.waitFor(async () => {
      expect((await guest.get(`/api/v1/products/${id}`)).status).toBe(200);
      const { body } = await guest.get('/api/v1/search/products?query=Kopi+Terjadwal');
      expect(body.hits).toMatchObject([{ id }]);
    }, wait);
  });
});

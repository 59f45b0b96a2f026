import { createPasarClient } from '@pasar/sdk';
import { ApiError } from '@pasar/sdk/api-error';
import type { Pasar } from '@pasar/server/pasar';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser } from './browser.js';
import { address, card, newCustomer, newMarket, newProduct, newSeller, orderOf, World } from './world.js';

const world = new World();
let pasar: Pasar;
let admin: Browser;
let seller: Browser;

beforeAll(async () => {
  pasar = await world.start();
  ({ admin, seller } = await newMarket(pasar));
});
afterAll(() => world.end());

const stockOf = async (variantId: string) => {
  const { body } = await seller.get(`/api/v1/inventory/${variantId}`);
  return { onHand: Number(body.onHand), reserved: Number(body.reserved), available: Number(body.available) };
};
const paymentOf = async (buyer: Browser, id: string) => (await buyer.get(`/api/v1/payments/${id}`)).body;

describe('a customer', () => {
  it('finds products of several sellers, fills a cart and pays once for all of them', async () => {
    const other = await newSeller(pasar, 'Makassar');
    const [coffee, tea] = [await newProduct(seller, 10, 5_350_000), await newProduct(other, 10, 2_000_000)];
    const guest = new Browser(pasar.url as string);
    const listed = await guest.get(`/api/v1/products?category=kopi&sellerId=${other.user?.sellerId}`);
    expect(listed.body.products.map((product: { id: string }) => product.id)).toEqual([tea.productId]);
    const shown = await guest.get(`/api/v1/products/${coffee.slug}`);
    expect(shown.body).toMatchObject({ id: coffee.productId, status: 'PUBLISHED', category: 'kopi' });
    expect(shown.body.variants[0]).toMatchObject({
      available: 10,
      price: { amount: '5350000', currency: 'IDR' },
    });

    const first = await guest.post('/api/v1/cart/items', { variantId: coffee.variantId, quantity: 2 });
    const shopper = guest.with({ 'x-cart-token': first.headers.get('x-cart-token') as string });
    await shopper.post('/api/v1/cart/items', { variantId: tea.variantId, quantity: 1 });

    const account = await newCustomer(pasar);
    const buyer = account.with({ 'x-cart-token': first.headers.get('x-cart-token') as string });
    const cart = await buyer.get('/api/v1/cart');
    expect(cart.body.total).toEqual({ amount: '12700000', currency: 'IDR' });
    expect(cart.body.groups).toHaveLength(2);

    const shipping = [{ sellerId: tea.sellerId, service: 'express' }];
    const quote = await account.post('/api/v1/checkout:quote', { shippingAddress: address, shipping });
    expect(quote.body).toMatchObject({ itemsTotal: cart.body.total, discounts: [] });
    // To the same city, and from the other side of the sea.
    expect(
      Object.fromEntries(
        quote.body.orders.map(({ sellerId, shipping }: { sellerId: string; shipping: object }) => [
          sellerId,
          shipping,
        ]),
      ),
    ).toMatchObject({
      [coffee.sellerId]: { service: 'regular', cost: { amount: '800000' } },
      [tea.sellerId]: { service: 'express', cost: { amount: '5900000' } },
    });
    const placed = await account.order({
      ...{ shippingAddress: address, shipping },
      payment: card(),
      expectedTotal: quote.body.total,
    });
    expect(placed.status).toBe(201);
    expect(placed.body).toMatchObject({
      status: 'CONFIRMED',
      itemsTotal: { amount: '12700000' },
      shippingTotal: { amount: '6700000' },
      total: { amount: '19400000' },
      payment: { amount: { amount: '19400000' } },
    });
    expect(placed.body.orders.map((order: { sellerId: string }) => order.sellerId).sort()).toEqual(
      [coffee.sellerId, tea.sellerId].sort(),
    );
    for (const order of placed.body.orders) {
      expect(order).toMatchObject({ status: 'CONFIRMED', number: expect.stringMatching(/^PSR-/) });
    }

    await vi.waitFor(async () => {
      expect((await paymentOf(account, placed.body.payment.id)).status).toBe('CAPTURED');
      expect(await stockOf(coffee.variantId)).toEqual({ onHand: 8, reserved: 0, available: 8 });
      expect((await account.get('/api/v1/cart')).body.items).toEqual([]);
    });
    await vi.waitFor(async () => {
      const { body } = await account.get('/api/v1/notifications');
      const kinds = body.notifications.map((notification: { kind: string }) => notification.kind);
      expect(kinds.filter((kind: string) => kind === 'order-confirmed')).toHaveLength(2);
      expect(kinds).toContain('payment-received');
      const mailbox = await admin.get(
        `/api/v1/mailbox?recipient=${encodeURIComponent(account.user?.email ?? '')}`,
      );
      const templates = mailbox.body.mails.map((mail: { template: string }) => mail.template);
      expect(templates).toEqual(expect.arrayContaining(['welcome', 'order-confirmed', 'payment-received']));
    });
    // The detail page is cached, and shows the new stock all the same.
    await vi.waitFor(async () => {
      expect((await guest.get(`/api/v1/products/${coffee.slug}`)).body.variants[0].available).toBe(8);
    });
  });

  it('sees the order through to its end, with its history and any past state', async () => {
    const product = await newProduct(seller, 5);
    const buyer = await newCustomer(pasar);
    const { body } = await buyer.order(orderOf(product.variantId));
    const [{ id, createdAt }] = body.orders;
    const confirmedAt = (await buyer.get(`/api/v1/orders/${id}`)).body.updatedAt;
    expect((await seller.post(`/api/v1/orders/${id}:process`, {})).body.status).toBe('PROCESSING');
    const shipment = { carrier: 'Kurir Nusantara', trackingNumber: 'KN1' };
    expect((await seller.post(`/api/v1/orders/${id}:ship`, shipment)).body).toMatchObject({
      status: 'SHIPPED',
      ...shipment,
    });
    expect((await seller.post(`/api/v1/orders/${id}:deliver`, {})).body.status).toBe('DELIVERED');
    expect((await buyer.post(`/api/v1/orders/${id}:complete`, {})).body.status).toBe('COMPLETED');

    const history = await buyer.get(`/api/v1/orders/${id}/history`);
    expect(history.body.entries.map((entry: { status: string }) => entry.status)).toEqual([
      'PENDING',
      'CONFIRMED',
      'PROCESSING',
      'SHIPPED',
      'DELIVERED',
      'COMPLETED',
    ]);
    const past = await buyer.get(`/api/v1/orders/${id}?at=${encodeURIComponent(confirmedAt)}`);
    expect(past.body.status).toBe('CONFIRMED');
    const before = new Date(Date.parse(createdAt) - 1000).toISOString();
    expect((await buyer.get(`/api/v1/orders/${id}?at=${encodeURIComponent(before)}`)).status).toBe(404);
    const late = await buyer.post(`/api/v1/orders/${id}:cancel`, { reason: 'too late' });
    expect(late).toMatchObject({ status: 409, body: { code: 'order.illegal_move' } });
  });

  it('follows the parcel to the door, where it is paid', async () => {
    const product = await newProduct(seller, 5);
    const buyer = await newCustomer(pasar);
    const placed = await buyer.order({
      ...orderOf(product.variantId, 2, { method: 'COD' }),
      shipping: [{ sellerId: product.sellerId, service: 'express' }],
    });
    const [{ id }] = placed.body.orders;
    const shipmentOf = async (browser: Browser) => (await browser.get(`/api/v1/orders/${id}/shipment`)).body;
    const simulate = (number: string, until?: string) =>
      buyer.post(`/api/v1/simulator/parcels/${number}:advance`, { until });

    // Booked by itself, so that its label can be printed before it is handed over.
    await vi.waitFor(async () => expect((await shipmentOf(buyer)).status).toBe('BOOKED'), 10_000);
    const booked = await shipmentOf(seller);
    const label = await seller.get(`/api/v1/shipments/${booked.id}/label`);
    expect(label.headers.get('content-type')).toBe('application/pdf');
    expect(label.text.startsWith('%PDF-')).toBe(true);
    const listed = await seller.get('/api/v1/sellers/me/shipments?status=BOOKED');
    expect(listed.body.shipments.map((shipment: { id: string }) => shipment.id)).toContain(booked.id);

    const [{ trackingNumber }] = booked.parcels;
    const shipped = await seller.post(`/api/v1/orders/${id}:ship`, {});
    expect(shipped.body).toMatchObject({ status: 'SHIPPED', carrier: 'Kilat Ekspres', trackingNumber });
    await vi.waitFor(
      async () => expect((await simulate(trackingNumber)).body.happened).toEqual(['PICKED_UP']),
      10_000,
    );
    await vi.waitFor(async () => expect((await shipmentOf(buyer)).status).toBe('PICKED_UP'), 10_000);
    // From now on it is the carrier who says what becomes of it.
    const claimed = await seller.post(`/api/v1/orders/${id}:deliver`, {});
    expect(claimed).toMatchObject({ status: 409, body: { code: 'shipment.carrier_has_it' } });
    await simulate(trackingNumber, 'DELIVERED');
    await vi.waitFor(async () => {
      expect((await buyer.get(`/api/v1/orders/${id}`)).body.status).toBe('DELIVERED');
      expect((await paymentOf(buyer, placed.body.payment.id)).status).toBe('CAPTURED');
    }, 10_000);
    const arrived = await shipmentOf(admin);
    expect(arrived).toMatchObject({
      status: 'DELIVERED',
      parcels: [{ proof: { receivedBy: expect.stringMatching(/\w/) } }],
    });
    expect(arrived.events.at(-1)).toMatchObject({ kind: 'DELIVERED', place: 'Bandung' });
    expect((await (await newCustomer(pasar)).get(`/api/v1/shipments/${booked.id}`)).status).toBe(404);
  });

  it('cancels one of two orders, and gets its money and the shop its goods back', async () => {
    const other = await newSeller(pasar);
    const [a, b] = [await newProduct(seller, 5, 1_000_000), await newProduct(other, 5, 2_500_000)];
    const buyer = await newCustomer(pasar);
    const placed = await buyer.order({
      items: [a, b].map(({ variantId }) => ({ variantId, quantity: 1 })),
      shippingAddress: address,
      payment: card(),
    });
    const cancelled = placed.body.orders.find((order: { sellerId: string }) => order.sellerId === a.sellerId);
    const answer = await buyer.post(`/api/v1/orders/${cancelled.id}:cancel`, { reason: 'changed my mind' });
    expect(answer.body).toMatchObject({ status: 'CANCELLED', cancelReason: 'changed my mind' });
    await vi.waitFor(async () => {
      expect(await stockOf(a.variantId)).toEqual({ onHand: 5, reserved: 0, available: 5 });
      const payment = await paymentOf(buyer, placed.body.payment.id);
      // Whichever came first, the cancellation or the capture: what was kept is the other order's price.
      const kept =
        payment.status === 'CAPTURED' ? Number(payment.amount.amount) - Number(payment.refunded.amount) : 0;
      expect(['CAPTURED', 'PARTIALLY_REFUNDED']).toContain(payment.status);
      expect(payment.status === 'CAPTURED' ? kept > 0 : Number(payment.refunded.amount)).toBeTruthy();
    });
    const again = await buyer.post(`/api/v1/orders/${cancelled.id}:cancel`, {});
    expect(again.body.status).toBe('CANCELLED');
  });

  it('pays later by bank transfer or QR', async () => {
    for (const method of ['BANK_TRANSFER', 'QR']) {
      const product = await newProduct(seller, 5);
      const buyer = await newCustomer(pasar);
      const placed = await buyer.order(orderOf(product.variantId, 1, { method }));
      expect(placed).toMatchObject({ status: 201, body: { status: 'AWAITING_PAYMENT' } });
      const { payment, orders } = placed.body;
      expect(payment.instructions.virtualAccount || payment.instructions.qrPayload).toBeTruthy();
      expect(await stockOf(product.variantId)).toEqual({ onHand: 5, reserved: 1, available: 4 });
      const reference = encodeURIComponent(payment.providerReference);
      const paid = await buyer.post(`/api/v1/simulator/payments/${reference}:pay`, { deliveries: 3 });
      expect(paid.status).toBe(200);
      await vi.waitFor(async () => {
        expect((await buyer.get(`/api/v1/orders/${orders[0].id}`)).body.status).toBe('CONFIRMED');
        expect((await paymentOf(buyer, payment.id)).status).toBe('CAPTURED');
        expect(await stockOf(product.variantId)).toEqual({ onHand: 4, reserved: 0, available: 4 });
      }, 10_000);
    }
  });

  it('pays cash on delivery', async () => {
    const product = await newProduct(seller, 5);
    const buyer = await newCustomer(pasar);
    const { body } = await buyer.order(orderOf(product.variantId, 1, { method: 'COD' }));
    expect(body).toMatchObject({
      status: 'CONFIRMED',
      payment: { status: 'AWAITING_PAYMENT', method: 'COD' },
    });
    await seller.post(`/api/v1/orders/${body.orders[0].id}:ship`, {});
    await seller.post(`/api/v1/orders/${body.orders[0].id}:deliver`, {});
    await vi.waitFor(async () => expect((await paymentOf(buyer, body.payment.id)).status).toBe('CAPTURED'));
  });

  it('uses an address of the address book, and no one else can', async () => {
    const product = await newProduct(seller, 5);
    const buyer = await newCustomer(pasar);
    const { body: saved } = await buyer.post('/api/v1/users/me/addresses', { ...address, label: 'Rumah' });
    const order = {
      items: [{ variantId: product.variantId, quantity: 1 }],
      payment: card(),
      addressId: saved.id,
    };
    const placed = await buyer.order(order);
    expect(placed.body.orders[0].shippingAddress).toMatchObject({ city: 'Bandung', line1: 'Jl. Merdeka 1' });
    expect((await (await newCustomer(pasar)).order(order)).status).toBe(404);
  });
});

describe('a checkout that cannot be', () => {
  it('is refused with what stands in the way, and leaves nothing behind', async () => {
    const product = await newProduct(seller, 2);
    const buyer = await newCustomer(pasar);
    const cases: [object, number, string][] = [
      [orderOf(product.variantId, 3), 409, 'inventory.insufficient_stock'],
      [orderOf(product.variantId, 1, card('tok_declined')), 402, 'payment.declined'],
      [orderOf(product.variantId, 1, card('tok_insufficient_funds')), 402, 'payment.declined'],
      [orderOf(product.variantId, 1, card('tok_error')), 503, 'payment.unavailable'],
      [orderOf(product.variantId, 1, card('tok_timeout')), 503, 'payment.unavailable'],
      [orderOf(product.variantId, 1, { method: 'CARD' }), 400, 'request.invalid'],
      [
        { ...orderOf(product.variantId), expectedTotal: { amount: 1, currency: 'IDR' } },
        409,
        'checkout.price_changed',
      ],
      [{ ...orderOf(product.variantId), shippingAddress: undefined }, 400, 'request.invalid'],
      [
        { ...orderOf(product.variantId), shipping: [{ sellerId: product.sellerId, service: 'balloon' }] },
        409,
        'checkout.shipping_unavailable',
      ],
      [{ shippingAddress: address, payment: card() }, 422, 'checkout.empty'],
      [orderOf(crypto.randomUUID()), 409, 'checkout.item_unavailable'],
    ];
    for (const [order, status, code] of cases) {
      const answer = await buyer.order(order);
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      if (status === 503) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await vi.waitFor(async () =>
      expect(await stockOf(product.variantId)).toEqual({ onHand: 2, reserved: 0, available: 2 }),
    );
    const { body } = await buyer.get('/api/v1/orders');
    expect(new Set(body.orders.map((order: { status: string }) => order.status))).toEqual(
      new Set(['CANCELLED']),
    );
  });

  it('names the lines that are short, and the new total', async () => {
    const product = await newProduct(seller, 2, 1_000_000);
    const buyer = await newCustomer(pasar);
    const short = await buyer.order(orderOf(product.variantId, 3));
    expect(short.body.lines).toEqual([{ variantId: product.variantId, requested: 3, available: 2 }]);
    const changed = await buyer.order({
      ...orderOf(product.variantId),
      expectedTotal: { amount: '900000', currency: 'IDR' },
    });
    // With its way through the city.
    expect(changed.body.total).toEqual({ amount: '1800000', currency: 'IDR' });
  });

  it('is cancelled when the buyer does not pay in time', async () => {
    const hurried = await world.start({ environment: { PASAR_PAYMENT_DEADLINE_SECONDS: '3' } });
    const product = await newProduct(seller, 5);
    const buyer = (await newCustomer(pasar)).at(hurried.url as string);
    const placed = await buyer.order(orderOf(product.variantId, 1, { method: 'QR' }));
    expect(placed.body.status).toBe('AWAITING_PAYMENT');
    await vi.waitFor(async () => {
      const { body } = await buyer.get(`/api/v1/checkouts/${placed.body.checkoutId}`);
      expect(body).toMatchObject({ status: 'CANCELLED', payment: { status: 'CANCELLED' } });
      expect(await stockOf(product.variantId)).toEqual({ onHand: 5, reserved: 0, available: 5 });
    }, 15_000);
    await world.stop(hurried);
  });
});

describe('an Idempotency-Key', () => {
  it('gives the first answer again, for ever, and refuses another request', async () => {
    const product = await newProduct(seller, 5);
    const buyer = await newCustomer(pasar);
    const key = crypto.randomUUID();
    const first = await buyer.order(orderOf(product.variantId), key);
    await seller.post(`/api/v1/orders/${first.body.orders[0].id}:ship`, {});
    const second = await buyer.order(orderOf(product.variantId), key);
    expect(second.status).toBe(201);
    expect(second.text).toBe(first.text);
    const other = await buyer.order(orderOf(product.variantId, 2), key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.key_reused' } });
    // Somebody else's key of the same name is another key.
    expect((await (await newCustomer(pasar)).order(orderOf(product.variantId), key)).status).toBe(201);
  });

  it('keeps a refusal, but not an "unavailable", which is no answer', async () => {
    const product = await newProduct(seller, 5);
    const buyer = await newCustomer(pasar);
    const declined = crypto.randomUUID();
    for (let i = 0; i < 2; i++) {
      const answer = await buyer.order(orderOf(product.variantId, 1, card('tok_declined')), declined);
      expect(answer).toMatchObject({ status: 402, body: { code: 'payment.declined' } });
    }
    const { body } = await buyer.get('/api/v1/orders');
    expect(body.orders).toHaveLength(1);
    const away = crypto.randomUUID();
    const order = orderOf(product.variantId, 1, card('tok_error'));
    expect((await buyer.order(order, away)).status).toBe(503);
    expect((await buyer.order(order, away)).status).toBe(503);
    expect((await buyer.get('/api/v1/orders')).body.orders).toHaveLength(3);
  });

  it('is in progress while the first request is', async () => {
    const product = await newProduct(seller, 5);
    const buyer = await newCustomer(pasar);
    const key = crypto.randomUUID();
    const patient = await world.start({
      environment: { PASAR_PAYMENT_PROVIDER_TIMEOUT_MS: '5000', PASAR_DUPLICATE_WAIT_MS: '50' },
    });
    const slow = orderOf(product.variantId, 1, card('tok_slow'));
    const there = buyer.at(patient.url as string);
    const first = there.order(slow, key);
    await vi.waitFor(async () => expect((await buyer.get('/api/v1/orders')).body.orders).toHaveLength(1));
    const second = await there.order(slow, key);
    expect(second).toMatchObject({ status: 409, body: { code: 'idempotency.in_progress' } });
    expect((await first).status).toBe(201);
    expect((await there.order(slow, key)).text).toBe((await first).text);
    await world.stop(patient);
  });
});

describe('the SDK', () => {
  it('signs in, buys once for a key, refreshes a token that is refused and says what is wrong', async () => {
    const url = pasar.url as string;
    const product = await newProduct(seller, 3);
    const guest = createPasarClient({ url });
    const person = { email: `sdk-${process.pid}@example.test`, password: 'a-quiet-Harbour-7', name: 'Sari' };
    let { accessToken, refreshToken } = await guest.post('/api/v1/auth/register', { body: person });
    let refreshes = 0;
    const mine = createPasarClient({
      url,
      accessToken: () => accessToken,
      async refresh() {
        refreshes += 1;
        ({ accessToken, refreshToken } = await guest.post('/api/v1/auth/refresh', {
          body: { refreshToken },
        }));
        return accessToken;
      },
    });
    await mine.post('/api/v1/cart/items', { body: { variantId: product.variantId, quantity: 2 } });
    const quote = await mine.post('/api/v1/checkout:quote', { body: { shippingAddress: address } });
    const body = {
      shippingAddress: address,
      payment: { method: 'EWALLET' as const },
      expectedTotal: quote.total as { amount: string; currency: string },
    };
    const params = { header: { 'Idempotency-Key': crypto.randomUUID() } };
    const placed = await Promise.all([1, 2].map(() => mine.post('/api/v1/orders', { params, body })));
    expect(placed[0]).toEqual(placed[1]);
    expect(placed[0]).toMatchObject({ status: 'CONFIRMED', total: quote.total });

    accessToken = 'no.such.token';
    const lists = await Promise.all([1, 2].map(() => mine.get('/api/v1/orders')));
    for (const { orders } of lists) expect(orders).toHaveLength(1);
    expect(refreshes).toBe(1);

    const path = { id: placed[0]?.orders[0]?.id as string };
    const invoice = await mine.get('/api/v1/orders/{id}/invoice', { params: { path } });
    expect(
      Buffer.from(await invoice.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const wrong = mine.post('/api/v1/cart/items', { body: { variantId: 'x', quantity: -1 } });
    const error: ApiError = await wrong.then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(Object.keys(error.fields)).toEqual(expect.arrayContaining(['variantId', 'quantity']));
  });
});

import type { Pasar } from '@pasar/server/pasar';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Browser } from './browser.js';
import { checkInvariants } from './invariants.js';
import { newCustomer, newMarket, newProduct, orderOf, World } from './world.js';

const world = new World();
let pasar: Pasar;
let twin: Pasar;
let admin: Browser;
let seller: Browser;

/** Two servers on one database: every race is also one between processes. */
beforeAll(async () => {
  pasar = await world.start();
  twin = await world.start();
  ({ admin, seller } = await newMarket(pasar));
});
afterAll(async () => {
  await checkInvariants(world.query);
  await world.end();
});

/** Every second request goes to the other server. */
const somewhere = (browser: Browser, index: number) => (index % 2 ? browser.at(twin.url as string) : browser);
const countBy = <T>(all: T[]) =>
  Object.fromEntries([...Map.groupBy(all, (one) => one)].map(([key, of]) => [key, of.length]));

describe('races', () => {
  it('500 checkouts for 50 units: exactly 50 are sold', async () => {
    const product = await newProduct(seller, 50);
    const buyers = await Promise.all(Array.from({ length: 10 }, () => newCustomer(pasar)));
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        somewhere(buyers[index % 10] as Browser, index).order(orderOf(product.variantId)),
      ),
    );
    expect(countBy(answers.map(({ status, body }) => `${status} ${body.code ?? body.status}`))).toEqual({
      '201 CONFIRMED': 50,
      '409 inventory.insufficient_stock': 450,
    });
    await vi.waitFor(async () => {
      const { body } = await seller.get(`/api/v1/inventory/${product.variantId}`);
      expect(body).toMatchObject({ onHand: '0', reserved: '0', available: '0' });
    }, 15_000);
  });

  it('one Idempotency-Key sent 100 times at once: one checkout, one charge, 100 equal answers', async () => {
    const product = await newProduct(seller, 100);
    const buyer = await newCustomer(pasar);
    const key = crypto.randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        somewhere(buyer, index).order(orderOf(product.variantId), key),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await buyer.get('/api/v1/orders')).body.orders).toHaveLength(1);
    await vi.waitFor(async () => {
      const { body } = await seller.get(`/api/v1/inventory/${product.variantId}`);
      expect(body).toMatchObject({ onHand: '99', reserved: '0' });
    });
  });

  it('one cart ordered from 20 windows at once, each with a key of its own: one checkout, which the others are told', async () => {
    const product = await newProduct(seller, 100);
    const buyer = await newCustomer(pasar);
    await buyer.post('/api/v1/cart/items', { variantId: product.variantId, quantity: 3 });
    const { items: _, ...ofCart } = orderOf(product.variantId);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => somewhere(buyer, index).order(ofCart)),
    );
    // The quicker ones empty the cart, perhaps before the slower ones look into it.
    const outcomes = countBy(answers.map(({ status, body }) => `${status} ${body.code ?? body.status}`));
    expect(outcomes).toMatchObject({ '201 CONFIRMED': 1 });
    expect(Object.keys(outcomes)).toEqual(
      expect.arrayContaining(['201 CONFIRMED', '409 checkout.already_placed']),
    );
    const { checkoutId } = answers.find(({ status }) => status === 201)?.body ?? {};
    for (const { body } of answers) {
      if (body.code === 'checkout.already_placed') expect(body.checkoutId).toBe(checkoutId);
      else expect([undefined, 'checkout.empty']).toContain(body.code);
    }
    expect((await buyer.get('/api/v1/orders')).body.orders).toHaveLength(1);
  });

  it('cancel racing confirm: the order ends in one of the two, and stock and money follow', async () => {
    const product = await newProduct(seller, 1000);
    const buyer = await newCustomer(pasar);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const method = index % 2 ? 'QR' : 'BANK_TRANSFER';
        const placed = await buyer.order(orderOf(product.variantId, 1, { method }));
        const [{ id }] = placed.body.orders;
        const reference = encodeURIComponent(placed.body.payment.providerReference);
        const [cancelled] = await Promise.all([
          somewhere(buyer, index).post(`/api/v1/orders/${id}:cancel`, { reason: 'race' }),
          somewhere(buyer, index + 1).post(`/api/v1/simulator/payments/${reference}:pay`, { deliveries: 2 }),
        ]);
        expect(cancelled.status).toBe(200);
        expect(cancelled.body.status).toBe('CANCELLED');
        return placed.body;
      }),
    );
    await vi.waitFor(async () => {
      for (const { payment } of outcomes) {
        const { body } = await buyer.get(`/api/v1/payments/${payment.id}`);
        expect(['CANCELLED', 'REFUNDED']).toContain(body.status);
      }
      const { body } = await seller.get(`/api/v1/inventory/${product.variantId}`);
      expect(body).toMatchObject({ onHand: '1000', reserved: '0' });
    }, 20_000);
  });

  it('refund racing refund: never more than was paid', async () => {
    const product = await newProduct(seller, 10, 1_000_000);
    const buyer = await newCustomer(pasar);
    const { body } = await buyer.order(orderOf(product.variantId));
    expect(body.total.amount).toBe('1800000');
    await vi.waitFor(async () =>
      expect((await buyer.get(`/api/v1/payments/${body.payment.id}`)).body.status).toBe('CAPTURED'),
    );
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        somewhere(admin, index).post(
          `/api/v1/payments/${body.payment.id}:refund`,
          { amount: { amount: 500_000, currency: 'IDR' }, reason: 'race' },
          { 'idempotency-key': crypto.randomUUID() },
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ status }) => status))).toEqual(
      new Set([409]),
    );
    await vi.waitFor(async () => {
      const payment = (await buyer.get(`/api/v1/payments/${body.payment.id}`)).body;
      expect(payment).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: { amount: '1500000' } });
    });
  });
});

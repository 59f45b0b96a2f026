import type { Pasar } from '@pasar/server/pasar';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser } from './browser.js';
import { checkInvariants } from './invariants.js';
import { insist } from './shopper.js';
import {
  card,
  idr,
  newCustomer,
  newMarket,
  newProduct,
  newVoucher,
  orderOf,
  quoteOf,
  World,
} from './world.js';

const world = new World();
let pasar: Pasar;
let twin: Pasar;
let admin: Browser;
let seller: Browser;

/** Two servers on one database, so that what one keeps in memory the other changes. */
beforeAll(async () => {
  pasar = await world.start();
  twin = await world.start();
  ({ admin, seller } = await newMarket(pasar));
});
afterAll(async () => {
  await checkInvariants(world.query);
  await world.end();
});

interface Said {
  code: string;
  refusal: string;
}

const wait = { timeout: 15_000, interval: 50 };

/** What the ledger says of a payment, by account. */
async function ledgerOf(paymentId: string): Promise<Record<string, number>> {
  const { body } = await admin.get(`/api/v1/ledger/entries?paymentId=${paymentId}`);
  const sums: Record<string, number> = {};
  for (const { account, amount } of body.entries)
    sums[account] = (sums[account] ?? 0) + Number(amount.amount);
  return sums;
}

describe('a customer with vouchers', () => {
  it('finds them, sees what they save, pays that, and gets that back', async () => {
    const { variantId } = await newProduct(seller, 10, 10_000_000);
    const ofStore = await newVoucher(seller, { perCustomer: 1, minSpend: idr(15_000_000) });
    const ofPlatform = await newVoucher(admin, { benefit: { fixed: { amount: idr(1_000_000) } } });
    const shipping = await newVoucher(admin, { listed: false, benefit: { freeShipping: {} } });
    const buyer = await newCustomer(pasar);

    const listed = await buyer.get(`/api/v1/vouchers?sellerId=${seller.user?.sellerId}`);
    expect(listed.body.vouchers.map(({ code }: { code: string }) => code)).toContain(ofStore.code);
    const general = await buyer.get('/api/v1/vouchers');
    expect(general.body.vouchers.map(({ code }: { code: string }) => code)).not.toContain(shipping.code);
    await buyer.post(`/api/v1/vouchers/${ofStore.code}:claim`, {});
    const claimed = await buyer.get('/api/v1/users/me/vouchers');
    expect(claimed.body.vouchers).toMatchObject([{ voucher: { code: ofStore.code, used: 0 } }]);

    const codes = [shipping.code, ofPlatform.code.toLowerCase(), ofStore.code];
    const short = await buyer.post('/api/v1/checkout:quote', quoteOf(orderOf(variantId, 1), codes));
    expect(short.body).toMatchObject({ total: idr(9_000_000), discountTotal: idr(1_800_000) });
    expect(short.body.vouchers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: ofStore.code, refusal: 'MINIMUM_SPEND', missing: idr(5_000_000) }),
      ]),
    );
    const refused = await buyer.order({ ...orderOf(variantId, 1), vouchers: codes });
    expect(refused).toMatchObject({ status: 409, body: { code: 'checkout.voucher_refused' } });

    const { body: quote } = await buyer.post('/api/v1/checkout:quote', quoteOf(orderOf(variantId, 2), codes));
    // A tenth by the store, a million by the platform, and the shipping by the platform too.
    expect(quote).toMatchObject({
      total: idr(17_000_000),
      discountTotal: idr(3_800_000),
      itemsTotal: idr(20_000_000),
    });
    const placed = await insist(buyer, {
      ...orderOf(variantId, 2),
      vouchers: codes,
      expectedTotal: quote.total,
    });
    expect(placed).toMatchObject({
      status: 201,
      body: {
        status: 'CONFIRMED',
        total: quote.total,
        discountTotal: quote.discountTotal,
        payment: { amount: quote.total },
      },
    });
    const [order] = placed.body.orders;
    expect(order.lines[0]).toMatchObject({ unitPrice: idr(10_000_000), total: idr(17_000_000) });
    await vi.waitFor(
      async () =>
        expect(await ledgerOf(placed.body.payment.id)).toEqual({
          'provider:simulator': 17_000_000,
          // A million off the goods, and what the carrier takes.
          'platform:promotions': 1_800_000,
          escrow: -18_800_000,
        }),
      wait,
    );
    const again = await buyer.post('/api/v1/checkout:quote', quoteOf(orderOf(variantId, 2), [ofStore.code]));
    expect(again.body.vouchers).toMatchObject([{ refusal: 'LIMIT_REACHED' }]);
    const history = await seller.get(`/api/v1/promotions/${ofStore.id}/redemptions`);
    expect(history.body.redemptions).toMatchObject([
      { checkoutId: placed.body.checkoutId, amount: idr(2_000_000) },
    ]);

    expect((await buyer.post(`/api/v1/orders/${order.id}:cancel`, { reason: 'Salah beli' })).status).toBe(
      200,
    );
    await vi.waitFor(async () => {
      const { body } = await buyer.get(`/api/v1/payments/${placed.body.payment.id}`);
      expect(body).toMatchObject({ status: 'REFUNDED', refunded: idr(17_000_000) });
      expect(Object.values(await ledgerOf(placed.body.payment.id))).toEqual([0, 0, 0]);
      const { body: voucher } = await buyer.get(`/api/v1/vouchers/${ofStore.code}`);
      expect(voucher).toMatchObject({ usedByMe: 0, refusal: 'REFUSAL_UNSPECIFIED' });
    }, wait);
  });

  it('sees as a guest what it will cost, and as a customer pays that', async () => {
    const { variantId } = await newProduct(seller, 10, 10_000_000);
    const [open, once] = [await newVoucher(seller, {}), await newVoucher(seller, { perCustomer: 1 })];
    const guest = new Browser(pasar.url as string);
    const added = await guest.post('/api/v1/cart/items', { variantId, quantity: 2 });
    const token = { 'x-cart-token': added.headers.get('x-cart-token') as string };
    const request = { destination: { city: 'Bandung' }, vouchers: [open.code, once.code, 'NOSUCH'] };
    const quoteAs = (browser: Browser, body: object = request) =>
      browser.post('/api/v1/checkout:quote', body);
    const { status, body: quote } = await quoteAs(guest.with(token));
    expect(status).toBe(200);
    expect(quote).toMatchObject({
      itemsTotal: idr(20_000_000),
      orders: [{ lines: [{ variantId, quantity: 2 }] }],
    });
    expect(Object.fromEntries(quote.vouchers.map((one: Said) => [one.code, one.refusal]))).toEqual({
      [open.code]: 'REFUSAL_UNSPECIFIED',
      [once.code]: 'SIGN_IN',
      NOSUCH: 'SIGN_IN',
    });
    for (const [browser, problem] of [
      [guest, 'checkout.empty'],
      [guest.with({ 'x-cart-token': `${token['x-cart-token']}x` }), 'checkout.empty'],
      [guest.with({ 'x-cart-token': 'x'.repeat(129) }), 'request.invalid'],
      [guest.with({ ...token, authorization: 'Bearer nonsense' }), 'access.unauthenticated'],
      [await newCustomer(pasar), 'checkout.empty'],
    ] as const)
      expect((await quoteAs(browser)).body).toMatchObject({ code: problem });

    const buyer = await newCustomer(pasar);
    await buyer.with(token).get('/api/v1/cart');
    expect((await quoteAs(guest.with(token))).body).toMatchObject({ code: 'checkout.empty' });
    const vouchers = [open.code];
    const { body: ofCustomer } = await quoteAs(buyer, { ...request, vouchers });
    expect(ofCustomer).toMatchObject({ total: quote.total, discountTotal: quote.discountTotal });
    const { shippingAddress, payment } = orderOf(variantId);
    const placed = await insist(buyer, { shippingAddress, payment, vouchers, expectedTotal: quote.total });
    expect(placed).toMatchObject({ status: 201, body: { total: quote.total } });
  });

  it('who has nothing left to pay has nothing to pay with, and the seller gets what is due', async () => {
    const { variantId } = await newProduct(seller, 10, 500_000);
    const goods = await newVoucher(admin, { benefit: { percentage: { basisPoints: 10_000 } } });
    const shipping = await newVoucher(admin, { benefit: { freeShipping: {} } });
    const buyer = await newCustomer(pasar);
    for (const payment of [card('tok_declined'), { method: 'QR' }, { method: 'COD' }]) {
      const vouchers = [goods.code, shipping.code];
      const placed = await insist(buyer, { ...orderOf(variantId, 1, payment), vouchers });
      expect(placed).toMatchObject({
        status: 201,
        body: { status: 'CONFIRMED', payment: { provider: expect.any(String) } },
      });
      expect(placed.body.total.amount ?? '0').toBe('0');
      await vi.waitFor(
        async () =>
          expect(await ledgerOf(placed.body.payment.id)).toEqual({
            'platform:promotions': 1_300_000,
            escrow: -1_300_000,
          }),
        wait,
      );
    }
  });

  it('sees a campaign at once, at every server, and no longer when it ends', async () => {
    const { variantId } = await newProduct(seller, 10, 1_000_000);
    const buyer = await newCustomer(pasar);
    const total = async (at: Pasar) => {
      const { body } = await buyer
        .at(at.url as string)
        .post('/api/v1/checkout:quote', quoteOf(orderOf(variantId)));
      return Number(body.discountTotal.amount ?? 0);
    };
    expect(await Promise.all([total(pasar), total(twin)])).toEqual([0, 0]);
    const campaign = await newVoucher(seller, { code: '', listed: false });
    expect(await total(pasar)).toBe(100_000);
    await vi.waitFor(async () => expect(await total(twin)).toBe(100_000), wait);
    await seller.at(twin.url as string).post(`/api/v1/promotions/${campaign.id}:end`, {});
    expect(await total(twin)).toBe(0);
    await vi.waitFor(async () => expect(await total(pasar)).toBe(0), wait);
  });
});

describe('what there is little of', () => {
  const somewhere = (buyer: Browser, nth: number) => (nth % 2 ? buyer.at(twin.url as string) : buyer);
  const tally = (answers: { status: number; body: { code?: string } }[]) => ({
    placed: answers.filter(({ status }) => status === 201).length,
    refused: new Set(answers.filter(({ status }) => status !== 201).map(({ status }) => status)),
  });

  it('15 vouchers for 120 checkouts at two servers: exactly 15 are used, and the others keep their money', async () => {
    const { variantId } = await newProduct(seller, 1000, 1_000_000);
    const { id, code } = await newVoucher(admin, { quota: 15 });
    const buyers = await Promise.all(Array.from({ length: 10 }, () => newCustomer(pasar)));
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, nth) =>
        insist(somewhere(buyers[nth % 10] as Browser, nth), { ...orderOf(variantId), vouchers: [code] }),
      ),
    );
    expect(tally(answers)).toEqual({ placed: 15, refused: new Set([409]) });
    expect((await admin.get(`/api/v1/promotions/${id}`)).body).toMatchObject({ used: 15, quota: 15 });
  });

  it('a flash sale sells its units at its price, at most so many to each, and the others at the usual one', async () => {
    const { variantId } = await newProduct(seller, 1000, 1_000_000);
    const now = Date.now();
    const { status, body: sale } = await seller.post('/api/v1/flashSales', {
      name: 'Kilat siang',
      startsAt: new Date(now - 1000).toISOString(),
      endsAt: new Date(now + 3_600_000).toISOString(),
      items: [{ variantId, price: idr(400_000), stock: 15, perCustomer: 2 }],
    });
    expect(status).toBe(201);
    const buyers = await Promise.all(Array.from({ length: 12 }, () => newCustomer(pasar)));
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, nth) =>
        insist(somewhere(buyers[nth % 12] as Browser, nth), orderOf(variantId, 1)),
      ),
    );
    const placed = answers.filter(({ status }) => status === 201);
    const flash = placed.filter(({ body }) => Number(body.discountTotal.amount ?? 0) > 0);
    expect(flash.length).toBeLessThanOrEqual(15);
    for (const { body } of flash) expect(body.discountTotal).toEqual(idr(600_000));
    const shown = await buyers[0]?.get(`/api/v1/flashSales/${sale.id}`);
    expect(shown?.body.items).toMatchObject([{ sold: flash.length, stock: 15 }]);
    // Who was too late at the low price is told, and can buy at the usual one.
    const late = await insist(buyers[0] as Browser, orderOf(variantId, 3));
    expect(late.status).toBe(201);
  });
});

it('store credit pays what the quote says it will, and the method the rest', async () => {
  const { variantId } = await newProduct(seller, 10, 10_000_000);
  const buyer = await newCustomer(pasar);
  const grant = { customerId: buyer.user?.id, amount: idr(3_000_000), reason: 'maaf' };
  expect(await admin.post('/api/v1/storeCredits', grant)).toMatchObject({ status: 201 });
  const request = orderOf(variantId, 1);
  const without = await buyer.post('/api/v1/checkout:quote', quoteOf(request));
  expect(without.body).toMatchObject({
    creditBalance: idr(3_000_000),
    credit: idr(0),
    toPay: without.body.total,
  });
  const { body: quote } = await buyer.post('/api/v1/checkout:quote', {
    ...quoteOf(request),
    useCredit: true,
  });
  expect(quote).toMatchObject({ credit: idr(3_000_000), toPay: idr(Number(quote.total.amount) - 3_000_000) });
  const { payment } = request;
  const placed = await buyer.order({
    ...request,
    payment: { ...payment, useCredit: true },
    expectedTotal: quote.total,
  });
  expect(placed).toMatchObject({
    status: 201,
    body: { payment: { amount: quote.total, credit: quote.credit } },
  });
});

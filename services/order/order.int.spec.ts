import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import { CartService } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { InventoryService, Reservation_Status } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  DecideHoldsResponse_Decision as Decision,
  OrderCompletedSchema,
  OrderConfirmedSchema,
  OrderDeliveredSchema,
  OrderService,
  Checkout_Status as Settled,
  Order_Status as Status,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { CreditService } from '@pasar/contracts/pasar/payment/v1/credit_pb';
import {
  Payment_Method as Method,
  type PaymentSchema,
  PaymentService,
  Payment_Status as PaymentStatus,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import {
  Bearer,
  Discount_Kind as DiscountKind,
  PromotionService,
  type QuoteRequest,
  type RedeemRequest,
  Redemption_Status,
  Refusal,
} from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import {
  ShipmentDeliveredSchema,
  Shipment_Status as ShipmentStatus,
  ShipmentUpdatedSchema,
  ShippingService,
} from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { UserService, UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { TestClock } from '@pasar/platform/clock';
import { DomainError } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { encodePageToken } from '@pasar/platform/page';
import { Metrics } from '@pasar/platform/telemetry';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CheckoutAudit } from './checkout-audit.js';
import { Departures } from './departures.js';
import { OrderJobs } from './jobs.js';
import { orderService } from './order.module.js';
import { Orders } from './orders.js';

const clock = new TestClock();
const sellerId = clock.id();
const goods = new Map<
  string,
  { sellerId: string; price: { amount: bigint; currency: string }; purchasable: boolean }
>();
const carts = new Map<string, { revision: string; lines: { variantId: string; quantity: number }[] }>();
/** Calls that reached payment, by name. */
const asked: Record<string, number> = { authorize: 0, cancel: 0, release: 0 };
/** Orders that were handed over to a carrier, by every call. */
const handedOver: string[] = [];
/** What payment answers by card token, and others by what they are asked; an answer is used up. */
const refusals = new Map<string, DomainError[]>();
/** What payment says of a payment. */
const bank = new Map<string, MessageInitShape<typeof PaymentSchema>>();
/** Store credit by customer. */
const credits = new Map<string, { amount: bigint; currency: string }[]>();
let kit: TestService;

/** A hundred for each line, or three hundred when it is in a hurry. */
const optionsFor = (lines: number, currency: string) =>
  [
    ['regular', 100n],
    ['express', 300n],
  ].map(([service, each]) => ({
    service: service as string,
    carrier: `Kurir ${service}`,
    cost: { amount: BigInt(lines) * (each as bigint), currency },
  }));

/** What reached promotion. */
const redeemed: RedeemRequest[] = [];
const released: string[] = [];
/** Of a payment: what of each share the buyer pays, and what the platform adds. */
const paid = new Map<string, (bigint | undefined)[][]>();

/** The voucher TENTH takes a tenth off the first line, and the platform bears it; any other code nobody knows. */
function quote({ lines, fees, codes, currency }: QuoteRequest) {
  const id = '0190b0f0-0000-7000-8000-00000000beef';
  const valid = codes.includes('TENTH');
  const [first] = lines as [(typeof lines)[0]];
  const amount = (first.unitPrice * BigInt(first.quantity)) / 10n;
  const money = { amount, currency };
  const facts = { promotionId: id, code: 'TENTH', name: 'Sepersepuluh' };
  const discount = { ...facts, kind: DiscountKind.PERCENTAGE, bearer: Bearer.PLATFORM, amount: money };
  return {
    lines: lines.map(({ unitPrice, quantity }, index) => {
      const isReduced = valid && index === 0;
      const price = unitPrice * BigInt(quantity);
      return { discounts: isReduced ? [discount] : [], total: isReduced ? price - amount : price };
    }),
    fees: fees.map((fee) => ({ total: fee.amount })),
    vouchers: codes.map((code) =>
      code === 'TENTH' ? { ...facts, amount: money } : { code, refusal: Refusal.UNKNOWN },
    ),
    uses: valid ? [{ ...facts, id, units: 1, amount: money, sellerIds: [first.sellerId] }] : [],
  };
}

const declined = () => new DomainError('payment.declined', 'payment_required', 'No.');
const away = () =>
  new DomainError('payment.unavailable', 'unavailable', 'The provider is away.', { retryAfter: 3 });

beforeAll(async () => {
  kit = await startTestService(orderService, {
    clock,
    fakes: [
      fake(CartService, {
        getSelectedLines: ({ userId, cartToken }) => carts.get(userId || cartToken) ?? {},
      }),
      fake(ProductService, {
        batchGetVariants: ({ ids }) => ({
          variants: ids.flatMap((id) => {
            const found = goods.get(id);
            return found ? [{ id, productId: id, title: 'Kopi', sku: id.slice(-6), ...found }] : [];
          }),
        }),
      }),
      fake(UserService, {
        getAddress: ({ id }) => {
          throw new DomainError('address.not_found', 'not_found', `No address ${id}.`);
        },
      }),
      fake(InventoryService, {
        reserve: ({ reservationId }) => ({ id: reservationId, status: Reservation_Status.HELD }),
        release: ({ reservationId }) => {
          asked.release = (asked.release ?? 0) + 1;
          return { id: reservationId, status: Reservation_Status.RELEASED };
        },
      }),
      fake(ShippingService, {
        getRates: ({ destination, currency, consignments }) => ({
          sellers: consignments.map(({ sellerId, goods }) => ({
            sellerId,
            options: destination?.city === 'Atlantis' ? [] : optionsFor(goods.length, currency),
          })),
        }),
        handOver: ({ order, ownCarrier, ownTrackingNumber }) => {
          const refusal = refusals.get('handOver')?.shift();
          if (refusal) throw refusal;
          handedOver.push(order?.orderId ?? '');
          const carrier = ownCarrier || (order?.option?.carrier ?? '');
          const trackingNumbers = ownCarrier ? [ownTrackingNumber] : ['KR1', 'KR2'];
          return { carrier, parcels: trackingNumbers.map((trackingNumber) => ({ trackingNumber })) };
        },
        completeShipment: () => {
          const refusal = refusals.get('complete')?.shift();
          if (refusal) throw refusal;
          return {};
        },
      }),
      fake(PromotionService, {
        quote,
        redeem: (request) => {
          redeemed.push(request);
          const refusal = refusals.get('redeem')?.shift();
          if (refusal) throw refusal;
          return { checkoutId: request.checkoutId, status: Redemption_Status.REDEEMED };
        },
        release: ({ checkoutId }) => {
          released.push(checkoutId);
          return { checkoutId, status: Redemption_Status.RELEASED };
        },
      }),
      fake(PaymentService, {
        authorize: ({ paymentId, amount, shares, method, cardToken }) => {
          asked.authorize = (asked.authorize ?? 0) + 1;
          paid.set(
            paymentId,
            shares.map((share) => [share.amount?.amount, share.subsidy?.amount]),
          );
          expect(shares.reduce((sum, share) => sum + (share.amount?.amount ?? 0n), 0n)).toBe(amount?.amount);
          const refusal = refusals.get(cardToken)?.shift();
          if (refusal) throw refusal;
          const instant = method === Method.CARD || method === Method.EWALLET;
          const status = instant ? PaymentStatus.AUTHORIZED : PaymentStatus.AWAITING_PAYMENT;
          return { id: paymentId, status, method, amount };
        },
        cancel: ({ paymentId }) => {
          asked.cancel = (asked.cancel ?? 0) + 1;
          const refusal = refusals.get('cancel')?.shift();
          if (refusal) throw refusal;
          return { id: paymentId, status: PaymentStatus.CANCELLED };
        },
        batchGetPayments: ({ ids }) => ({
          payments: ids.map((id) => bank.get(id) ?? { id, status: PaymentStatus.AUTHORIZED }),
        }),
      }),
      fake(CreditService, {
        getCredit: ({ customerId }) => {
          expect(customerId).not.toBe('');
          return { balances: credits.get(customerId) ?? [] };
        },
      }),
    ],
  });
});
afterAll(() => kit.close());

const orders = () => kit.client(OrderService);
const buyer = (id = clock.id()) => ({ id, options: asUser({ id }) });
const seller = (own = sellerId) => asUser({ id: clock.id(), roles: [Role.SELLER], sellerId: own });
const staff = () => asUser({ id: clock.id(), roles: [Role.ADMIN] });
const withKey = (id: string, key: string) => ({
  headers: { ...asUser({ id }).headers, 'idempotency-key': key },
});

const shippingAddress = {
  recipient: 'Sari',
  phone: '+62 812 3456 7890',
  line1: 'Jl. Merdeka 1',
  city: 'Bandung',
  province: 'Jawa Barat',
  postalCode: '40111',
  country: 'ID',
};
const card = (cardToken = 'tok_success') => ({ method: Method.CARD, cardToken });

function forSale(bend: { sellerId?: string; currency?: string; purchasable?: boolean } = {}): string {
  const id = clock.id();
  const price = { amount: 1000n, currency: bend.currency ?? 'IDR' };
  goods.set(id, { sellerId: bend.sellerId ?? sellerId, price, purchasable: bend.purchasable ?? true });
  return id;
}

/** Three units of each, in a cart that was changed just now. */
function fillCart(id: string, ...variants: string[]): void {
  carts.set(id, {
    revision: clock.id(),
    lines: variants.map((variantId) => ({ variantId, quantity: 3 })),
  });
}

const wanting = (...variants: string[]) => ({
  items: variants.map((variantId) => ({ variantId, quantity: 2 })),
  shippingAddress,
  payment: card(),
});

/** An order that is confirmed, or awaits its payment. */
async function placed(who = buyer(), method = Method.CARD): Promise<string> {
  const payment = { method, cardToken: method === Method.CARD ? 'tok_success' : '' };
  const { orders: made } = await orders().placeOrder({ ...wanting(forSale()), payment }, who.options);
  return made[0]?.id as string;
}

async function errorOf(work: Promise<unknown>): Promise<DomainError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
const codeOf = async (work: Promise<unknown>) => (await errorOf(work))?.code ?? 'ok';

/** As staff does it, call after call. */
async function rebuild(): Promise<number> {
  let all = 0;
  for (let pageToken = ''; ; ) {
    const { rebuilt, nextPageToken } = await orders().rebuildOrders({ pageToken }, staff());
    all += rebuilt;
    pageToken = nextPageToken;
    if (!pageToken) return all;
  }
}

const rowsOf = async () =>
  (await sql`select * from order_projection order by id`.execute(kit.service.database.kysely)).rows;

describe('counting orders', () => {
  it('counts those that are confirmed, no further than asked', async () => {
    const who = buyer();
    const count = async (limit: number) => (await orders().countOrders({ customerId: who.id, limit })).count;
    expect(await count(5)).toBe(0);
    await placed(who);
    await placed(who, Method.QR);
    expect(await count(5)).toBe(1);
    await placed(who);
    expect(await count(5)).toBe(2);
    expect(await count(1)).toBe(1);
  });
});

describe('placing', () => {
  it('refuses an empty cart, several currencies, what is not sold, and a total that has changed', async () => {
    const { id, options } = buyer();
    const [rupiah, dollars, gone] = [
      forSale(),
      forSale({ currency: 'USD' }),
      forSale({ purchasable: false }),
    ];
    expect(await codeOf(orders().placeOrder({ ...wanting() }, options))).toBe('checkout.empty');
    expect(await codeOf(orders().placeOrder(wanting(rupiah, dollars), options))).toBe(
      'checkout.mixed_currencies',
    );
    const unavailable = await errorOf(orders().placeOrder(wanting(rupiah, gone), options));
    expect(unavailable).toMatchObject({
      code: 'checkout.item_unavailable',
      details: { lines: [{ variantId: gone }] },
    });
    const expectedTotal = { amount: 1999n, currency: 'IDR' };
    expect(await errorOf(orders().placeOrder({ ...wanting(rupiah), expectedTotal }, options))).toMatchObject({
      code: 'checkout.price_changed',
      details: { total: { amount: '2100', currency: 'IDR' } },
    });
    const addressed = { ...wanting(rupiah), shippingAddress: undefined, addressId: clock.id() };
    expect(await codeOf(orders().placeOrder(addressed, options))).toBe('address.not_found');
    expect(
      await codeOf(orders().placeOrder({ ...wanting(rupiah), shippingAddress: undefined }, options)),
    ).toBe('request.invalid');
    expect(await codeOf(orders().placeOrder({ ...wanting(rupiah), payment: card('') }, options))).toBe(
      'request.invalid',
    );
    expect((await orders().listOrders({}, asUser({ id }))).orders).toEqual([]);
  });

  it('takes the selected lines of the cart, one order per seller', async () => {
    const { id, options } = buyer();
    const other = clock.id();
    fillCart(id, forSale(), forSale({ sellerId: other }), forSale());
    const checkout = await orders().placeOrder({ shippingAddress, payment: card() }, options);
    expect(checkout).toMatchObject({
      status: Settled.CONFIRMED,
      itemsTotal: { amount: 9000n },
      shippingTotal: { amount: 300n },
      total: { amount: 9300n, currency: 'IDR' },
    });
    expect(checkout.orders.map((order) => [order.sellerId, order.total?.amount])).toEqual([
      [sellerId, 6200n],
      [other, 3100n],
    ]);
    expect(checkout.orders[0]).toMatchObject({
      itemsTotal: { amount: 6000n },
      shipping: { service: 'regular', carrier: 'Kurir regular', cost: { amount: 200n, currency: 'IDR' } },
    });
    const again = await orders().getCheckout({ id: checkout.checkoutId }, options);
    const { total, itemsTotal, shippingTotal } = checkout;
    expect(again).toMatchObject({ status: Settled.CONFIRMED, total, itemsTotal, shippingTotal });
    expect(await codeOf(orders().getCheckout({ id: checkout.checkoutId }, buyer().options))).toBe(
      'checkout.not_found',
    );
  });

  it('orders a cart once, whoever asks at the same time with whichever key', async () => {
    const { id } = buyer();
    const variantId = forSale();
    fillCart(id, variantId);
    const order = (key?: string) =>
      orders().placeOrder({ shippingAddress, payment: card() }, key ? withKey(id, key) : asUser({ id }));
    const windows = [undefined, undefined, 'a', 'b', 'b', 'c', 'd', 'e'];
    const outcomes = await Promise.allSettled(windows.map(order));
    const placed = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const [{ checkoutId }] = placed as [(typeof placed)[0]];
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') expect(outcome.value.checkoutId).toBe(checkoutId);
      else
        expect(await errorOf(Promise.reject(outcome.reason))).toMatchObject({
          code: 'checkout.already_placed',
          details: { checkoutId },
        });
    }
    expect(await codeOf(order())).toBe('checkout.already_placed');
    expect((await orders().listOrders({}, asUser({ id }))).orders).toHaveLength(1);
    fillCart(id, variantId);
    expect((await order()).checkoutId).not.toBe(checkoutId);
  });

  it('lets a cart be ordered again when its first checkout came to nothing', async () => {
    const { id, options } = buyer();
    fillCart(id, forSale());
    const order = (payment: ReturnType<typeof card> | { method: Method }) =>
      orders().placeOrder({ shippingAddress, payment }, options);
    refusals.set('tok_declined', [declined()]);
    expect(await codeOf(order(card('tok_declined')))).toBe('payment.declined');
    const waiting = await order({ method: Method.QR });
    expect(await errorOf(order(card()))).toMatchObject({
      code: 'checkout.already_placed',
      details: { checkoutId: waiting.checkoutId },
    });
    await orders().cancelOrder({ id: waiting.orders[0]!.id }, options);
    await vi.waitFor(async () => expect((await order(card())).status).toBe(Settled.CONFIRMED));
  });

  it('takes discounts off, redeems the vouchers, and says what the platform bears', async () => {
    const { options } = buyer();
    const other = clock.id();
    const request = { ...wanting(forSale(), forSale({ sellerId: other })), vouchers: ['TENTH'] };
    const quoted = await orders().quoteCheckout(
      { items: request.items, shippingAddress, vouchers: ['TENTH', 'NOSUCH'] },
      options,
    );
    const idr = (amount: bigint) => ({ amount, currency: 'IDR' });
    expect(quoted).toMatchObject({
      ...{ itemsTotal: idr(4000n), shippingTotal: idr(200n), discountTotal: idr(200n), total: idr(4000n) },
      discounts: [
        { name: 'Sepersepuluh', code: 'TENTH', amount: idr(200n), sellerId, bearer: Bearer.PLATFORM },
      ],
      vouchers: [
        { code: 'TENTH', refusal: 0 },
        { code: 'NOSUCH', refusal: Refusal.UNKNOWN },
      ],
    });
    const before = redeemed.length;
    const checkout = await orders().placeOrder({ ...request, expectedTotal: idr(4000n) }, options);
    const totals = {
      itemsTotal: idr(4000n),
      shippingTotal: idr(200n),
      discountTotal: idr(200n),
      total: idr(4000n),
    };
    expect(checkout).toMatchObject({ ...totals, status: Settled.CONFIRMED });
    const [reduced, whole] = checkout.orders as [(typeof checkout.orders)[0], (typeof checkout.orders)[0]];
    expect(reduced).toMatchObject({
      ...{ itemsTotal: idr(2000n), discountTotal: idr(200n), total: idr(1900n) },
      lines: [
        { unitPrice: idr(1000n), total: idr(1800n), discounts: [{ code: 'TENTH', amount: idr(200n) }] },
      ],
    });
    expect(whole).toMatchObject({ discountTotal: idr(0n), total: idr(2100n), lines: [{ discounts: [] }] });
    expect(redeemed.slice(before)).toMatchObject([
      {
        checkoutId: checkout.checkoutId,
        uses: [{ code: 'TENTH', amount: idr(200n), orderIds: [reduced.id] }],
      },
    ]);
    expect(paid.get(reduced.paymentId)).toEqual([
      [1900n, 200n],
      [2100n, 0n],
    ]);
    expect(await orders().getCheckout({ id: checkout.checkoutId }, options)).toMatchObject(totals);
    expect(await orders().getOrder({ id: reduced.id }, options)).toMatchObject({ discountTotal: idr(200n) });
    const told = () => kit.published(OrderConfirmedSchema).find(({ order }) => order?.orderId === reduced.id);
    await vi.waitUntil(told);
    expect(told()?.order).toMatchObject({
      ...{ total: idr(1900n), discountTotal: idr(200n), subsidy: idr(200n) },
      lines: [{ total: idr(1800n), discounts: [{ bearer: Bearer.PLATFORM, amount: idr(200n) }] }],
    });
  });

  it('refuses a voucher that does not count, and redeems nothing where there is nothing', async () => {
    const { options } = buyer();
    const before = redeemed.length;
    const refused = await errorOf(
      orders().placeOrder({ ...wanting(forSale()), vouchers: ['TENTH', 'NOSUCH'] }, options),
    );
    expect(refused).toMatchObject({
      ...{ code: 'checkout.voucher_refused', kind: 'conflict' },
      details: { vouchers: [{ code: 'NOSUCH', refusal: 'UNKNOWN' }] },
    });
    await orders().placeOrder(wanting(forSale()), options);
    expect(redeemed.length).toBe(before);
    const twice = { ...wanting(forSale()), vouchers: ['TENTH', 'TENTH'] };
    expect(await codeOf(orders().placeOrder(twice, options))).toBe('request.invalid');
  });

  it('gives vouchers back when the payment is refused, and stock when the vouchers are', async () => {
    const { options } = buyer();
    const request = () => ({ ...wanting(forSale()), vouchers: ['TENTH'] });
    refusals.set('tok_poor', [new DomainError('payment.declined', 'payment_required', 'No money.')]);
    const [releases, givenBack] = [asked.release ?? 0, released.length];
    expect(await codeOf(orders().placeOrder({ ...request(), payment: card('tok_poor') }, options))).toBe(
      'payment.declined',
    );
    expect(released.slice(givenBack)).toEqual([redeemed.at(-1)?.checkoutId]);
    expect(asked.release).toBe(releases + 1);
    const authorized = asked.authorize;
    refusals.set('redeem', [new DomainError('promotion.not_redeemable', 'conflict', 'Gone.')]);
    expect(await codeOf(orders().placeOrder(request(), options))).toBe('promotion.not_redeemable');
    expect(asked).toMatchObject({ release: releases + 2, authorize: authorized });
    expect(released.length).toBe(givenBack + 1);
  });

  it('sends by what the buyer chose for each seller', async () => {
    const { options } = buyer();
    const other = clock.id();
    const request = wanting(forSale(), forSale({ sellerId: other }));
    const shipping = [{ sellerId: other, service: 'express' }];
    const checkout = await orders().placeOrder({ ...request, shipping }, options);
    expect(checkout.orders.map((order) => [order.shipping?.service, order.shipping?.cost?.amount])).toEqual([
      ['regular', 100n],
      ['express', 300n],
    ]);
    expect(checkout.total?.amount).toBe(4400n);
    const codeWith = (sellerId: string, service: string, city = 'Bandung') =>
      codeOf(
        orders().placeOrder(
          { ...request, shippingAddress: { ...shippingAddress, city }, shipping: [{ sellerId, service }] },
          options,
        ),
      );
    expect(await codeWith(other, 'balloon')).toBe('checkout.shipping_unavailable');
    expect(await codeWith(clock.id(), 'regular')).toBe('request.invalid');
    expect(await codeWith(other, 'regular', 'Atlantis')).toBe('checkout.not_deliverable');
  });

  it('is explained line by line before, and costs what was said', async () => {
    const { options, id } = buyer();
    const other = clock.id();
    const { payment, ...request } = wanting(forSale(), forSale({ sellerId: other }), forSale());
    const shipping = [{ sellerId: other, service: 'express' }];
    const authorized = asked.authorize;
    const quote = await orders().quoteCheckout({ ...request, shipping }, options);
    expect(quote).toMatchObject({
      itemsTotal: { amount: 6000n },
      shippingTotal: { amount: 500n },
      discountTotal: { amount: 0n, currency: 'IDR' },
      total: { amount: 6500n, currency: 'IDR' },
      discounts: [],
    });
    expect(quote.orders.map((order) => [order.sellerId, order.lines.length, order.total?.amount])).toEqual([
      [sellerId, 2, 4200n],
      [other, 1, 2300n],
    ]);
    expect(quote.orders[1]).toMatchObject({
      shipping: { service: 'express', cost: { amount: 300n } },
      shippingOptions: [{ service: 'regular' }, { service: 'express' }],
    });
    expect((await orders().listOrders({}, options)).orders).toEqual([]);
    expect(asked.authorize).toBe(authorized);
    const placed = await orders().placeOrder(
      { ...request, payment, shipping, expectedTotal: quote.total },
      options,
    );
    expect(placed.total).toEqual(quote.total);
    const refusal = orders().quoteCheckout({ ...request, items: [] }, asUser({ id }));
    expect(await codeOf(refusal)).toBe('checkout.empty');
  });

  it('is explained to a guest too, who can place nothing', async () => {
    const token = clock.id();
    const { id, options } = buyer();
    const [inCart, other] = [forSale(), forSale()];
    fillCart(token, inCart);
    fillCart(id, other);
    const guest = { headers: { 'x-cart-token': token } };
    const destination = { city: 'Bandung', province: 'Jawa Barat' };
    const linesOf = async (request: object, options?: object) => {
      const { orders: quoted } = await orders().quoteCheckout(request as { destination: object }, options);
      return quoted.flatMap(({ lines }) => lines.map((line) => [line.variantId, line.quantity]));
    };
    const quote = await orders().quoteCheckout({ destination, vouchers: ['TENTH'], useCredit: true }, guest);
    expect(quote).toMatchObject({
      ...{ itemsTotal: { amount: 3000n }, shippingTotal: { amount: 100n }, total: { amount: 2800n } },
      ...{ creditBalance: { amount: 0n }, credit: { amount: 0n }, toPay: { amount: 2800n } },
      orders: [{ shippingOptions: [{ service: 'regular' }, { service: 'express' }] }],
    });
    expect(await linesOf({ shippingAddress }, guest)).toEqual([[inCart, 3]]);
    expect(await linesOf({ ...wanting(other), payment: undefined })).toEqual([[other, 2]]);
    // Who is signed in has an own cart, whatever token comes along.
    const both = { headers: { ...options.headers, ...guest.headers } };
    expect(await linesOf({ shippingAddress }, both)).toEqual([[other, 3]]);
    expect(await linesOf({ destination }, both)).toEqual([[other, 3]]);

    const codeWith = (request: object, options?: object) => codeOf(linesOf(request, options));
    expect(await codeWith({ destination })).toBe('checkout.empty');
    const stranger = { headers: { 'x-cart-token': clock.id() } };
    expect(await codeWith({ destination }, stranger)).toBe('checkout.empty');
    expect(await codeWith({ addressId: clock.id() }, guest)).toBe('access.unauthenticated');
    expect(await codeWith({ addressId: clock.id() }, both)).toBe('address.not_found');
    const wrong = [
      {},
      { destination: {} },
      { destination: { country: 'ID' } },
      { destination, shippingAddress },
    ];
    for (const request of wrong) expect(await codeWith(request, guest)).toBe('request.invalid');
    expect(await codeWith({ destination: { city: 'x'.repeat(101) } }, guest)).toBe('request.invalid');
    expect(await codeWith({ destination: { city: 'Atlantis' } }, guest)).toBe('checkout.not_deliverable');
    expect(await codeOf(orders().placeOrder(wanting(other), guest))).toBe('access.unauthenticated');
  });

  it('says what store credit pays of it, and what is left', async () => {
    const { options, id } = buyer();
    const { payment: _, ...request } = wanting(forSale());
    const quoted = async (useCredit: boolean) => {
      const { creditBalance, credit, toPay, total } = await orders().quoteCheckout(
        { ...request, useCredit },
        options,
      );
      expect(total?.amount).toBe(2100n);
      expect(toPay).toMatchObject({ amount: 2100n - (credit?.amount ?? 0n), currency: 'IDR' });
      return [creditBalance?.amount, credit?.amount];
    };
    expect(await quoted(true)).toEqual([0n, 0n]);
    const dollars = { amount: 9n, currency: 'USD' };
    credits.set(id, [dollars, { amount: 600n, currency: 'IDR' }]);
    expect(await quoted(false)).toEqual([600n, 0n]);
    expect(await quoted(true)).toEqual([600n, 600n]);
    credits.set(id, [{ amount: 5_000n, currency: 'IDR' }]);
    expect(await quoted(true)).toEqual([5_000n, 2100n]);
    credits.set(id, [dollars]);
    expect(await quoted(true)).toEqual([0n, 0n]);
  });

  it('gives one answer for one key, also after the price has changed, and refuses another request with it', async () => {
    const { id } = buyer();
    const variantId = forSale();
    const before = asked.authorize as number;
    const send = () => orders().placeOrder(wanting(variantId), withKey(id, 'key-1'));
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    expect(new Set(answers.map(({ checkoutId }) => checkoutId)).size).toBe(1);
    expect(asked.authorize).toBe(before + 1);
    goods.delete(variantId);
    expect((await send()).checkoutId).toBe(answers[0]?.checkoutId);
    const otherBody = { ...wanting(variantId), note: 'other' };
    expect(await codeOf(orders().placeOrder(otherBody, withKey(id, 'key-1')))).toBe('idempotency.key_reused');
    // Somebody else's key is another key.
    const fresh = await orders().placeOrder(wanting(forSale()), withKey(clock.id(), 'key-1'));
    expect(fresh.checkoutId).not.toBe(answers[0]?.checkoutId);
  });

  it('keeps a decline under its key', async () => {
    const { id } = buyer();
    refusals.set('tok_declined', [declined()]);
    const request = { ...wanting(forSale()), payment: card('tok_declined') };
    const before = asked.release as number;
    expect(await codeOf(orders().placeOrder(request, withKey(id, 'k')))).toBe('payment.declined');
    expect(await codeOf(orders().placeOrder(request, withKey(id, 'k')))).toBe('payment.declined');
    expect(asked.release).toBe(before + 1);
  });

  it('lets a key be used again after payment was away, and undoes what may have happened', async () => {
    const { id, options } = buyer();
    refusals.set('tok_away', [away()]);
    const request = { ...wanting(forSale()), payment: card('tok_away') };
    const cancelled = asked.cancel as number;
    const failed = await errorOf(orders().placeOrder(request, withKey(id, 'k')));
    expect(failed).toMatchObject({ code: 'payment.unavailable', kind: 'unavailable', retryAfter: 3 });
    expect(asked.cancel).toBe(cancelled + 1);
    const second = await orders().placeOrder(request, withKey(id, 'k'));
    expect(second.status).toBe(Settled.CONFIRMED);
    const { orders: all } = await orders().listOrders({}, options);
    expect(all.map(({ status }) => status)).toEqual([Status.CONFIRMED, Status.CANCELLED]);
  });

  it('answers the waiting buyer when the undoing had to be tried again', async () => {
    const { id, options } = buyer();
    refusals.set('tok_away', [away()]);
    refusals.set('cancel', [away(), away()]);
    const request = { ...wanting(forSale()), payment: card('tok_away') };
    expect(await codeOf(orders().placeOrder(request, withKey(id, 'k')))).toBe('payment.unavailable');
    expect((await orders().listOrders({}, options)).orders).toMatchObject([{ status: Status.CANCELLED }]);
  });
});

describe('the life of an order', () => {
  it('is told as history, and can be seen as it was', async () => {
    const who = buyer();
    const id = await placed(who);
    const step = async (work: () => Promise<unknown>) => {
      clock.advance(1_000);
      await work();
    };
    await step(() => orders().processOrder({ id }, seller()));
    await step(() => orders().shipOrder({ id, carrier: 'Kurir', trackingNumber: 'KN1' }, seller()));
    await step(() => orders().deliverOrder({ id }, seller()));
    await step(() => orders().completeOrder({ id }, who.options));
    const { entries } = await orders().getOrderHistory({ id }, who.options);
    expect(
      entries.map(({ type, status, version, actor, detail }) => [
        type,
        Status[status],
        version,
        actor,
        detail,
      ]),
    ).toEqual([
      ['order.created', 'PENDING', 1n, 'customer', ''],
      ['order.confirmed', 'CONFIRMED', 2n, 'system', ''],
      ['order.processing', 'PROCESSING', 3n, 'seller', ''],
      ['order.shipped', 'SHIPPED', 4n, 'seller', 'Kurir KN1'],
      ['order.delivered', 'DELIVERED', 5n, 'seller', ''],
      ['order.completed', 'COMPLETED', 6n, 'customer', ''],
    ]);
    const now = await orders().getOrder({ id }, who.options);
    for (const { time, status, version } of entries.slice(1)) {
      const then = await orders().getOrder({ id, at: time }, who.options);
      expect(then).toMatchObject({ status, version, updatedAt: time, createdAt: now.createdAt });
      expect(then.trackingNumber).toBe(version >= 4n ? 'KN1' : '');
    }
    const created = timestampDate(entries[0]?.time as NonNullable<(typeof entries)[0]['time']>);
    const before = timestampFromDate(new Date(created.getTime() - 1));
    expect(await codeOf(orders().getOrder({ id, at: before }, who.options))).toBe('order.not_found');
    const later = timestampFromDate(new Date(clock.now().getTime() + 1_000_000));
    expect(await orders().getOrder({ id, at: later }, who.options)).toEqual(now);
  });

  it('is shipped when its carrier has taken it, and not before', async () => {
    const who = buyer();
    const id = await placed(who);
    const unavailable = new DomainError('shipping.carrier_unavailable', 'unavailable', 'Away.');
    refusals.set('handOver', [unavailable]);
    expect(await codeOf(orders().shipOrder({ id }, seller()))).toBe('shipping.carrier_unavailable');
    expect((await orders().getOrder({ id }, who.options)).status).toBe(Status.CONFIRMED);
    expect(await codeOf(orders().shipOrder({ id, trackingNumber: 'KN1' }, seller()))).toBe('request.invalid');
    const shipped = await orders().shipOrder({ id }, seller());
    expect(shipped).toMatchObject({
      ...{ status: Status.SHIPPED, carrier: 'Kurir regular', trackingNumber: 'KR1, KR2' },
    });
    // Said again, nobody is asked again.
    expect(await orders().shipOrder({ id }, seller())).toEqual(shipped);
    expect(handedOver.filter((orderId) => orderId === id)).toHaveLength(1);
    const hasIt = new DomainError('shipment.carrier_has_it', 'conflict', 'No.');
    refusals.set('complete', [hasIt]);
    expect(await codeOf(orders().deliverOrder({ id }, seller()))).toBe('shipment.carrier_has_it');
    expect((await orders().deliverOrder({ id }, seller())).status).toBe(Status.DELIVERED);
    // What cannot be shipped is not handed over.
    const gone = await placed(who);
    await orders().cancelOrder({ id: gone }, who.options);
    expect(await codeOf(orders().shipOrder({ id: gone }, seller()))).toBe('order.illegal_move');
    expect(handedOver).not.toContain(gone);
  });

  it('follows its shipment, whatever its seller said, and however often it is told', async () => {
    const who = buyer();
    const [scanned, delivered, cancelled, completed] = await Promise.all([1, 2, 3, 4].map(() => placed(who)));
    await orders().cancelOrder({ id: cancelled }, who.options);
    await orders().shipOrder({ id: completed, carrier: 'Kurir' }, seller());
    await orders().deliverOrder({ id: completed }, seller());
    await orders().completeOrder({ id: completed }, who.options);
    const shipmentOf = (orderId = '', status = ShipmentStatus.IN_TRANSIT) => ({
      shipment: { shipmentId: orderId, orderId, status, carrier: 'Santai', trackingNumbers: ['SL1'] },
    });
    const stranger = clock.id();
    for (let twice = 0; twice < 2; twice++) {
      // Booked and handed over are no news to an order.
      const { BOOKED, HANDED_OVER, DELIVERED } = ShipmentStatus;
      for (const status of [BOOKED, HANDED_OVER, DELIVERED])
        await kit.publish(event(ShipmentUpdatedSchema, delivered ?? '', shipmentOf(delivered, status)));
      for (const id of [scanned, cancelled, completed, stranger])
        await kit.publish(event(ShipmentUpdatedSchema, id ?? '', shipmentOf(id)));
      for (const id of [delivered, cancelled, completed, stranger])
        await kit.publish(event(ShipmentDeliveredSchema, id ?? '', shipmentOf(id)));
    }
    const seen = async (id = '') => {
      const { status, version, carrier, trackingNumber } = await orders().getOrder({ id }, who.options);
      return [Status[status], version, carrier, trackingNumber];
    };
    await vi.waitFor(async () => {
      expect(await seen(scanned)).toEqual(['SHIPPED', 3n, 'Santai', 'SL1']);
      expect(await seen(delivered)).toEqual(['DELIVERED', 4n, 'Santai', 'SL1']);
    }, 10_000);
    expect(await seen(cancelled)).toEqual(['CANCELLED', 3n, '', '']);
    expect(await seen(completed)).toEqual(['COMPLETED', 5n, 'Kurir', '']);
    const { entries } = await orders().getOrderHistory({ id: delivered }, who.options);
    expect(entries.slice(-2).map(({ type, actor }) => [type, actor])).toEqual([
      ['order.shipped', 'system'],
      ['order.delivered', 'system'],
    ]);
    await vi.waitFor(() => {
      const told = kit.published(OrderDeliveredSchema).filter(({ order }) => order?.orderId === delivered);
      expect(told).toHaveLength(1);
    }, 10_000);
  });

  it("is nobody else's business", async () => {
    const who = buyer();
    const id = await placed(who);
    const stranger = buyer().options;
    const rival = seller(clock.id());
    const refused = [
      orders().getOrder({ id }, stranger),
      orders().getOrderHistory({ id }, stranger),
      orders().cancelOrder({ id }, stranger),
      orders().completeOrder({ id }, stranger),
      orders().getOrder({ id }, rival),
      orders().shipOrder({ id }, rival),
      orders().processOrder({ id }, rival),
      orders().deliverOrder({ id }, rival),
      // The buyer does not ship, and the seller does not complete.
      orders().completeOrder({ id }, seller()),
    ];
    expect(new Set(await Promise.all(refused.map(codeOf)))).toEqual(new Set(['order.not_found']));
    expect(await codeOf(orders().shipOrder({ id }, who.options))).toBe('access.forbidden');
    expect((await orders().getOrder({ id }, seller())).id).toBe(id);
    expect((await orders().getOrder({ id }, staff())).id).toBe(id);
  });

  it('is listed newest first in pages, by buyer, by store and by status', async () => {
    const who = buyer();
    const own = clock.id();
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) {
      const { orders: made } = await orders().placeOrder(wanting(forSale({ sellerId: own })), who.options);
      ids.unshift(made[0]?.id as string);
    }
    const all = async (
      list: (page: {
        pageSize: number;
        pageToken: string;
        status: Status;
      }) => Promise<{ orders: { id: string }[]; nextPageToken: string }>,
      status = 0,
    ) => {
      const found: string[] = [];
      for (let pageToken = ''; ; ) {
        const page = await list({ pageSize: 3, pageToken, status });
        found.push(...page.orders.map(({ id }) => id));
        pageToken = page.nextPageToken;
        if (!pageToken) return found;
      }
    };
    expect(await all((page) => orders().listOrders(page, who.options))).toEqual(ids);
    expect(await all((page) => orders().listSellerOrders(page, seller(own)))).toEqual(ids);
    await orders().shipOrder({ id: ids[2] }, seller(own));
    expect(await all((page) => orders().listOrders(page, who.options), Status.SHIPPED)).toEqual([ids[2]]);
    expect(await all((page) => orders().listOrders(page, who.options), Status.CONFIRMED)).toHaveLength(6);
    // Ended ones stand among those that go on, in the same order.
    for (const n of [1, 4, 5]) await orders().cancelOrder({ id: ids[n] }, seller(own));
    const ofStore = (status?: Status) => all((page) => orders().listSellerOrders(page, seller(own)), status);
    expect(await ofStore()).toEqual(ids);
    expect(await ofStore(Status.CANCELLED)).toEqual([ids[1], ids[4], ids[5]]);
    expect(await ofStore(Status.CONFIRMED)).toEqual([ids[0], ids[3], ids[6]]);
    expect(await ofStore(Status.SHIPPED)).toEqual([ids[2]]);
    expect(await ofStore(Status.COMPLETED)).toEqual([]);
    expect(await all((page) => orders().listOrders(page, buyer().options))).toEqual([]);
    // Staff finds them all, each by the number that people know.
    const search = (filter: object) => all((page) => orders().searchOrders({ ...page, ...filter }, staff()));
    expect(await search({ customerId: who.id })).toEqual(ids);
    expect(await search({ sellerId: own })).toEqual(ids);
    const cancelled = { status: Status.CANCELLED };
    for (const whose of [{ customerId: who.id }, { sellerId: own }, { customerId: who.id, sellerId: own }])
      expect(await search({ ...whose, ...cancelled })).toEqual([ids[1], ids[4], ids[5]]);
    expect(await search({ customerId: who.id, sellerId: clock.id() })).toEqual([]);
    const { orders: newest } = await orders().searchOrders({ pageSize: 2 }, staff());
    expect(newest.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const [{ number } = { number: '' }] = newest;
    expect(await search({ number: number.slice(4).toLowerCase() })).toEqual([ids[0]]);
    expect(await search({ number, sellerId: clock.id() })).toEqual([]);
    for (const bad of [cancelled, { number: 'PSR-1' }, { sellerId: 'x' }, { customerId: "' or 1=1" }])
      expect(await codeOf(search(bad))).toBe('request.invalid');
    for (const pageToken of ['x', encodePageToken(['not an id'])]) {
      expect(await codeOf(orders().listOrders({ pageToken }, who.options))).toBe('request.invalid');
    }
  });

  it('takes one of two commands that race, and the same one twice as once', async () => {
    for (let round = 0; round < 20; round++) {
      const who = buyer();
      const id = await placed(who);
      const [shipped, cancelled, again] = await Promise.all([
        codeOf(orders().shipOrder({ id, carrier: 'Kurir' }, seller())),
        codeOf(orders().cancelOrder({ id, reason: 'late' }, who.options)),
        codeOf(orders().shipOrder({ id, carrier: 'Kurir' }, seller())),
      ]);
      const { status, version } = await orders().getOrder({ id }, who.options);
      expect(version).toBe(3n);
      expect(Status[status]).toBe(shipped === 'ok' ? 'SHIPPED' : 'CANCELLED');
      expect([shipped, cancelled, again]).toEqual(
        shipped === 'ok'
          ? ['ok', 'order.illegal_move', 'ok']
          : ['order.illegal_move', 'ok', 'order.illegal_move'],
      );
    }
  });

  it('ends cancelled when its buyer gives up before paying, whole and once', async () => {
    const who = buyer();
    const id = await placed(who, Method.QR);
    expect((await orders().getOrder({ id }, who.options)).status).toBe(Status.AWAITING_PAYMENT);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => orders().cancelOrder({ id, reason: 'changed my mind' }, who.options)),
    );
    expect(new Set(answers.map(({ status, version }) => `${Status[status]} ${version}`))).toEqual(
      new Set(['CANCELLED 3']),
    );
  });
});

describe('holds', () => {
  it('of confirmed checkouts are sold, of unknown and cancelled ones given back, of living ones kept', async () => {
    const who = buyer();
    const checkoutOf = async (id: string) => (await orders().getOrder({ id }, who.options)).checkoutId;
    const confirmed = await checkoutOf(await placed(who));
    const awaiting = await checkoutOf(await placed(who, Method.BANK_TRANSFER));
    const left = await placed(who, Method.QR);
    await orders().cancelOrder({ id: left }, who.options);
    const cancelled = await checkoutOf(left);
    // An order cancelled by itself leaves its checkout sold: what is put back is the order's affair.
    const undone = await placed(who);
    await orders().cancelOrder({ id: undone }, who.options);
    const sold = await checkoutOf(undone);
    const unknown = clock.id();
    const { decisions } = await orders().decideHolds({
      checkoutIds: [confirmed, awaiting, cancelled, sold, unknown],
    });
    expect(decisions).toEqual({
      [confirmed]: Decision.COMMIT,
      [awaiting]: Decision.KEEP,
      [cancelled]: Decision.RELEASE,
      [sold]: Decision.COMMIT,
      [unknown]: Decision.RELEASE,
    });
    expect((await orders().decideHolds({})).decisions).toEqual({});
  });
});

describe('an order that was delivered', () => {
  it('is completed by itself after a while, once, and not when its buyer was faster', async () => {
    const who = buyer();
    const ids = await Promise.all(Array.from({ length: 6 }, () => placed(who)));
    for (const id of ids) {
      await orders().shipOrder({ id }, seller());
      await orders().deliverOrder({ id }, seller());
    }
    await kit.service.get(Orders).completeDelivered();
    expect((await orders().listOrders({ status: Status.COMPLETED }, who.options)).orders).toEqual([]);
    await orders().completeOrder({ id: ids[0] }, who.options);
    // As if it was long ago: moving the clock so far would end everybody's session.
    await sql`update order_projection set updated_at = updated_at - interval '4 days'`.execute(
      kit.service.database.kysely,
    );
    const complete = () => kit.service.get(Orders).completeDelivered();
    await Promise.all([
      complete(),
      complete(),
      complete(),
      orders().completeOrder({ id: ids[1] }, who.options),
    ]);
    const { orders: done } = await orders().listOrders({ status: Status.COMPLETED }, who.options);
    expect(done.map(({ id, version }) => [id, version]).toSorted()).toEqual(
      ids.map((id) => [id, 5n]).toSorted(),
    );
    await vi.waitFor(() => {
      const told = kit
        .published(OrderCompletedSchema)
        .filter(({ order }) => ids.includes(order?.orderId ?? ''));
      expect(told).toHaveLength(6);
    });
    const { entries } = await orders().getOrderHistory({ id: ids[2] }, who.options);
    expect(entries.at(-1)).toMatchObject({ type: 'order.completed', actor: 'system' });
    await kit.service.get(OrderJobs).recover();
    // As the events say it, for the test that makes the table anew.
    await sql`update order_projection o set updated_at = (
      select at from event e where e.stream = o.id and e.version = o.version)`.execute(
      kit.service.database.kysely,
    );
  });
});

describe('what can never be', () => {
  it('is looked for: charges that are not those of the orders, checkouts that do not end', async () => {
    const audit = kit.service.get(CheckoutAudit);
    const told = async () =>
      (await kit.service.get(Metrics).text())
        .match(/pasar_(invariant_violations|stuck_sagas)\{.*/g)
        ?.toSorted();
    clock.advance(Date.now() - clock.now().getTime());
    const who = buyer();
    const ids = await Promise.all(Array.from({ length: 5 }, () => placed(who)));
    const made = await Promise.all(ids.map((id) => orders().getOrder({ id }, who.options)));
    const [right, twice, unpaid, back, saga] = made.map(({ id, paymentId, total, checkoutId }) => ({
      ...{ id, paymentId, checkoutId, total: total?.amount ?? 0n },
    }));
    if (!right || !twice || !unpaid || !back || !saga) throw new Error('nothing was placed');
    await orders().cancelOrder({ id: back.id }, who.options);
    const idr = (amount: bigint) => ({ amount, currency: 'IDR' });
    const charge = ({ paymentId: id }: { paymentId: string }, captured: bigint, refunded = 0n) =>
      bank.set(id, { id, status: PaymentStatus.CAPTURED, captured: idr(captured), refunded: idr(refunded) });
    charge(right, right.total);
    charge(twice, 2n * twice.total);
    charge(unpaid, 0n);
    charge(back, back.total);
    charge(saga, saga.total, 1n);
    // What has just happened may still be on its way.
    expect(await audit.compareCharges()).toBe(0);
    clock.advance(600_000);
    expect(await audit.compareCharges()).toBe(3);
    const [, before] = [await audit.compareSagas(), await told()];
    expect(before).toContain('pasar_invariant_violations{invariant="charge"} 3');
    const run = (statement: string) => kit.service.database.pool.query(statement, [saga.checkoutId]);
    expect(await audit.compareSagas()).toBe(0);
    await run(`update checkout set status = 'AWAITING_PAYMENT' where id = $1`);
    expect(await audit.compareSagas()).toBe(1);
    await run(`update saga set state = 'compensating', attempts = 5, leased_until = now() where id = $1`);
    await audit.survey();
    expect(await audit.compareSagas()).toBe(1);
    expect(await told()).toContain('pasar_stuck_sagas{saga="checkout"} 1');
    await run(`update saga set state = 'completed' where id = $1`);
    await run(`update checkout set status = 'CONFIRMED' where id = $1`);
    charge(twice, 2n * twice.total, twice.total);
    charge(unpaid, unpaid.total);
    charge(back, back.total, back.total);
    await audit.survey();
    expect([await audit.compareCharges(), await audit.compareSagas()]).toEqual([0, 0]);
    expect(await told()).toEqual([
      ...[
        'pasar_invariant_violations{invariant="charge"} 0',
        'pasar_invariant_violations{invariant="checkout"} 0',
      ],
      'pasar_stuck_sagas{saga="checkout"} 0',
    ]);
    const text = await kit.service.get(Metrics).text();
    expect(text).toMatch(/pasar_orders_total\{event="order.confirmed"\} [1-9]/);
    expect(text).toMatch(/pasar_order_value_total\{currency="IDR"\} [1-9]/);
    expect(text).toMatch(/pasar_db_connections\{service="order",state="most"\} [1-9]/);
  });
});

describe('projections', () => {
  it('made anew are what they were, also after rows were lost or spoilt', async () => {
    const who = buyer();
    await placed(who, Method.QR);
    const before = await rowsOf();
    expect(before.length).toBeGreaterThan(20);
    expect(await rebuild()).toBe(before.length);
    expect(await rowsOf()).toEqual(before);
    const { kysely } = kit.service.database;
    await sql`delete from order_projection where id in (select id from order_projection order by id limit 10)`.execute(
      kysely,
    );
    await sql`update order_projection set status = 'PENDING', state = '{}', version = 1, seller_id = customer_id
      where id in (select id from order_projection order by id desc limit 10)`.execute(kysely);
    await rebuild();
    expect(await rowsOf()).toEqual(before);
    await sql`truncate order_projection`.execute(kysely);
    await Promise.all([rebuild(), rebuild()]);
    expect(await rowsOf()).toEqual(before);
  });

  it('made anew beside traffic lose no command', async () => {
    const who = buyer();
    const ids = await Promise.all(Array.from({ length: 10 }, () => placed(who)));
    await Promise.all([
      rebuild(),
      ...ids.map(async (id) => {
        await orders().processOrder({ id }, seller());
        await orders().shipOrder({ id }, seller());
      }),
      rebuild(),
    ]);
    const { orders: all } = await orders().listOrders({}, who.options);
    expect(all.map(({ status, version }) => [Status[status], version])).toEqual(
      ids.map(() => ['SHIPPED', 4n]),
    );
  });
});

it('forgets who bought, and where it went, of customers who have left, once their orders are over', async () => {
  const [gone, other] = [buyer(), buyer()];
  const confirmed = await placed(gone);
  const key = 'forget-me';
  const body = { ...wanting(forSale()), note: 'Rumah bercat biru' };
  const cancelled = (await orders().placeOrder(body, withKey(gone.id, key))).orders[0]?.id as string;
  const foreign = await placed(other);
  for (const [id, { options }] of [
    [cancelled, gone],
    [foreign, other],
  ] as const)
    await orders().cancelOrder({ id, reason: 'batal' }, options);
  const { pool } = kit.service.database;
  /** Everything that is kept of an order and its checkout, as text. */
  const keptOf = async (id: string) => {
    const { rows } = await pool.query(
      `select o.checkout_id, o.state::text || (select string_agg(e.data::text, '') from event e where e.stream = o.id)
         || (select s.data::text from saga s where s.id = o.checkout_id)
         || coalesce((select encode(answer, 'escape') from checkout c where c.id = o.checkout_id), '') as kept
       from order_projection o where o.id = $1`,
      [id],
    );
    return rows[0].kept as string;
  };
  const personal = /Sari|812 3456|Merdeka|40111|bercat/;
  const erase = () => kit.service.get(Departures).erase();
  for (const id of [confirmed, cancelled, foreign]) expect(await keptOf(id)).toMatch(personal);
  for (let i = 0; i < 2; i++)
    await kit.publish(event(UserUpdatedSchema, gone.id, { userId: gone.id, deleted: true }));
  await vi.waitFor(async () => {
    await erase();
    expect(await keptOf(cancelled)).not.toMatch(personal);
  });
  for (const id of [confirmed, foreign]) expect(await keptOf(id)).toMatch(personal);
  // The goods are still to be sent; the rest is as it was, also when it is told anew.
  expect((await orders().getOrder({ id: confirmed }, seller())).shippingAddress).toMatchObject(
    shippingAddress,
  );
  const before = await orders().getOrder({ id: cancelled }, staff());
  expect(before).toMatchObject({ note: '', shippingAddress: { recipient: '', line1: '', city: 'Bandung' } });
  expect(before.total?.amount).toBe(2100n);
  await rebuild();
  expect(await orders().getOrder({ id: cancelled }, staff())).toEqual(before);
  await orders().cancelOrder({ id: confirmed, reason: 'habis' }, seller());
  await erase();
  expect(await keptOf(confirmed)).not.toMatch(personal);
  expect(await keptOf(foreign)).toMatch(personal);
});

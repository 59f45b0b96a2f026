import type { Type } from '@nestjs/common';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  OrderCancelledSchema,
  OrderCompletedSchema,
  OrderConfirmedSchema,
  OrderDeliveredSchema,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { ReturnResolvedSchema } from '@pasar/contracts/pasar/order/v1/return_pb';
import { CreditService } from '@pasar/contracts/pasar/payment/v1/credit_pb';
import { Payment_Method as Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { PayoutService } from '@pasar/contracts/pasar/payment/v1/payout_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { Bearer } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { CommissionService } from '@pasar/contracts/pasar/seller/v1/commission_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Log } from '@pasar/platform/telemetry';
import { asUser } from '@pasar/platform/testing/network';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Attempts } from './attempts.js';
import { Sales } from './sales.js';
import { PaymentStore } from './store.js';
import { idr, startPayment, type TestPayment, type TestRequest } from './testing.js';
import { Payments } from './use-cases.js';

let live: TestPayment;
let still: TestPayment;

beforeAll(async () => {
  [live, still] = await Promise.all([startPayment(), startPayment({ background: false })]);
});
afterAll(() => Promise.all([live.close(), still.close()]));

const staff = asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });

function balanceOf(kit: TestPayment, request: TestRequest, nth = 0) {
  const sellerId = request.shares[nth]?.sellerId;
  const seller = asUser({ id: crypto.randomUUID(), roles: [Role.SELLER], sellerId });
  return kit.client(PayoutService).getMyBalance({}, seller);
}

function anotherProcess({ service, network, clock }: TestPayment): Sales {
  const { database, get } = service;
  const log = get(Log as unknown as Type<Log>);
  const [commissions, products] = [
    network.client(CommissionService, { from: 'test' }),
    network.client(ProductService, { from: 'test' }),
  ];
  return new Sales(database, get(PaymentStore), get(Payments), clock, log, commissions, products);
}

function taken({ paymentId }: TestRequest): Promise<void> {
  return vi.waitFor(async () => expect((await live.stored(paymentId)).status).toBe('CAPTURED'));
}

it('holds the money of an order until it is complete, and then its seller has it', async () => {
  const request = live.request(Method.CARD, [10_000n, 400n]);
  await live.payments.authorize(request);
  for (const nth of [0, 1]) await live.publishOrder(OrderConfirmedSchema, request, nth);
  await vi.waitFor(async () =>
    expect(await balanceOf(live, request)).toMatchObject({ available: [], held: [idr(10_000n)] }),
  );
  await taken(request);
  // Told twice, of an order by an order.
  await live.publishOrder(OrderCompletedSchema, request, 0);
  await live.publishOrder(OrderCompletedSchema, request, 0);
  await vi.waitFor(async () =>
    expect(await balanceOf(live, request)).toMatchObject({ available: [idr(9_500n)], held: [] }),
  );
  expect(await balanceOf(live, request, 1)).toMatchObject({ available: [], held: [idr(400n)] });
  await live.expectBalanced(request.paymentId);
});

it('takes back from the seller and the commission what a buyer gets back late', async () => {
  const request = live.request(Method.CARD, [10_000n]);
  await live.payments.authorize(request);
  await live.publishOrder(OrderConfirmedSchema, request);
  await taken(request);
  await live.publishOrder(OrderCompletedSchema, request);
  const available = async () => (await balanceOf(live, request)).available;
  await vi.waitFor(async () => expect(await available()).toMatchObject([idr(9_500n)]));
  await Promise.all(
    [1_000n, 2_000n, 3_000n].map((amount) =>
      live.payments.refundPayment({ id: request.paymentId, amount: idr(amount) }, staff),
    ),
  );
  expect(await available()).toMatchObject([idr(3_800n)]);
  await live.payments.refundPayment({ id: request.paymentId }, staff);
  expect(await available()).toMatchObject([idr(0n)]);
  await vi.waitFor(async () =>
    expect((await live.expectBalanced(request.paymentId)).payment.refunded).toBe(10_000n),
  );
});

it('releases once, whoever tries at the same time, and whoever buys back meanwhile', async () => {
  const requests = Array.from({ length: 30 }, () => still.request(Method.CARD, [1_000n, 500n]));
  for (const request of requests) {
    await still.payments.authorize(request);
    for (const nth of [0, 1]) await still.consumeOrder(OrderConfirmedSchema, request, nth);
  }
  // Complete before the money was taken: that waits.
  for (const request of requests) await still.consumeOrder(OrderCompletedSchema, request, 0);
  await still.service.get(Sales).settle();
  const held = 'select count(*)::int as n from sale where ended_at is null';
  expect(await still.query(held)).toEqual([{ n: 60 }]);
  await still.service.get(Attempts).run();
  for (const request of requests) await still.consumeOrder(OrderCompletedSchema, request, 1);
  still.clock.advance(61_000);
  await Promise.all([
    still.service.get(Sales).settle(),
    anotherProcess(still).settle(),
    ...requests.map(({ paymentId }, nth) =>
      still.payments.refundPayment({ id: paymentId, amount: idr(BigInt(nth + 1)) }, staff),
    ),
  ]);
  await still.settle();
  expect(await still.query(held)).toEqual([{ n: 0 }]);
  for (const request of requests) {
    const { payment } = await still.expectBalanced(request.paymentId);
    for (const { captured, returned, settlement } of payment.shares)
      expect(settlement?.gross).toBe(captured - returned);
  }
  const sums = 'select account, sum(amount)::bigint as balance from ledger_entry group by 1 order by 1';
  expect(await still.query('select account, balance from ledger_account order by 1')).toEqual(
    await still.query(sums),
  );
});

it('releases cash once the courier has brought it, and nothing of a cancelled order', async () => {
  const request = still.request(Method.COD, [1_000n, 500n]);
  await still.payments.authorize(request);
  for (const nth of [0, 1]) await still.consumeOrder(OrderConfirmedSchema, request, nth);
  await still.consumeOrder(OrderCancelledSchema, request, 1);
  await still.consumeOrder(OrderDeliveredSchema, request, 0);
  await still.consumeOrder(OrderCompletedSchema, request, 0);
  await still.consumeOrder(OrderCompletedSchema, request, 1);
  await still.service.get(Sales).settle();
  expect(await balanceOf(still, request)).toMatchObject({ available: [idr(950n)], held: [] });
  expect(await balanceOf(still, request, 1)).toMatchObject({ available: [], held: [] });
  await still.expectBalanced(request.paymentId);
});

it('asks nothing for cash orders that were brought back undelivered', async () => {
  const request = still.request(Method.COD, [1_000n, 500n]);
  await still.payments.authorize(request);
  for (const nth of [0, 1]) await still.consumeOrder(OrderConfirmedSchema, request, nth);
  for (let i = 0; i < 2; i++) await still.consumeOrder(ReturnResolvedSchema, request, 1);
  await still.consumeOrder(OrderDeliveredSchema, request, 0);
  await still.consumeOrder(OrderCompletedSchema, request, 0);
  await still.service.get(Sales).settle();
  const { payment } = await still.expectBalanced(request.paymentId);
  expect(payment).toMatchObject({ status: 'CAPTURED', captured: 1_000n, refunded: 0n });
  expect(await balanceOf(still, request)).toMatchObject({ available: [idr(950n)], held: [] });
  expect(await balanceOf(still, request, 1)).toMatchObject({ available: [], held: [] });
  expect(
    await still.query(
      'select order_id from sale where payment_id = $1 and ended_at is null',
      request.paymentId,
    ),
  ).toEqual([]);
});

it('charges what the category costs, once that can be asked', async () => {
  const request = still.request(Method.CARD, [1_000n, 1_000n]);
  still.categories.set(request.shares[0]?.orderId as string, still.clock.id());
  await still.payments.authorize(request);
  for (const nth of [0, 1]) await still.consumeOrder(OrderConfirmedSchema, request, nth);
  await still.service.get(Attempts).run();
  for (const nth of [0, 1]) await still.consumeOrder(OrderCompletedSchema, request, nth);
  const away = still.network.client(ProductService, { from: 'test' });
  const { get, database } = still.service;
  const sales = new Sales(
    ...([database, get(PaymentStore), get(Payments), still.clock, get(Log as unknown as Type<Log>)] as const),
    still.network.client(CommissionService, { from: 'test' }),
    { ...away, batchGetVariants: () => Promise.reject(new Error('away')) },
  );
  await expect(sales.settle()).rejects.toThrow('away');
  expect(await balanceOf(still, request)).toMatchObject({ available: [], held: [idr(1_000n)] });
  await still.service.get(Sales).settle();
  expect(await balanceOf(still, request, 0)).toMatchObject({ available: [idr(900n)], held: [] });
  expect(await balanceOf(still, request, 1)).toMatchObject({ available: [idr(950n)], held: [] });
});

it('gives the buyer what a return comes to, and the seller the rest', async () => {
  const request = live.request(Method.CARD, [1_000n, 1_000n]);
  await live.payments.authorize(request);
  for (const nth of [0, 1]) await live.publishOrder(OrderConfirmedSchema, request, nth);
  await taken(request);
  // A part of the first, and more of the second than there is.
  for (const [nth, amount] of [300n, 5_000n].entries()) {
    const { orderId = '', sellerId } = request.shares[nth] ?? {};
    const order = { paymentId: request.paymentId, orderId, sellerId, paymentMethod: Method.CARD };
    for (let i = 0; i < 2; i++)
      await live.publish(
        event(ReturnResolvedSchema, orderId, { order, refund: idr(amount), reason: 'broken' }),
      );
  }
  await vi.waitFor(async () => {
    expect((await balanceOf(live, request, 0)).available).toMatchObject([idr(665n)]);
    expect((await live.expectBalanced(request.paymentId)).payment.refunded).toBe(1_300n);
    expect(await balanceOf(live, request, 1)).toMatchObject({ available: [], held: [] });
  });
});

it('gives the cashback that was promised, once, at the cost of who promised it', async () => {
  const request = live.request(Method.CARD, [10_000n]);
  await live.payments.authorize(request);
  const [share] = request.shares as [TestRequest['shares'][0]];
  const money = (amount: bigint, bearer: Bearer) => ({ amount: idr(amount), bearer });
  const order = {
    ...{ paymentId: request.paymentId, orderId: share.orderId, sellerId: share.sellerId },
    ...{ customerId: request.customerId, paymentMethod: Method.CARD, cashbackTotal: idr(300n) },
    lines: [
      {
        variantId: share.orderId,
        total: idr(10_000n),
        cashbacks: [money(200n, Bearer.PLATFORM), money(100n, Bearer.SELLER)],
      },
    ],
  };
  await live.publish(event(OrderConfirmedSchema, share.orderId, { order }));
  await taken(request);
  for (let i = 0; i < 2; i++) await live.publish(event(OrderCompletedSchema, share.orderId, { order }));
  await vi.waitFor(async () =>
    expect((await balanceOf(live, request)).available).toMatchObject([idr(9_400n)]),
  );
  const credit = await live.client(CreditService).getMyCredit({}, asUser({ id: request.customerId }));
  expect(credit.balances).toMatchObject([idr(300n)]);
});

it('shows a balance to those who have a store', async () => {
  const balances = live.client(PayoutService);
  const lost = asUser({ id: crypto.randomUUID(), roles: [Role.SELLER] });
  expect(fromRpcError(await balances.getMyBalance({}, lost).catch((error: unknown) => error)).code).toBe(
    'seller.no_store',
  );
});

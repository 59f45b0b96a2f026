import type { Type } from '@nestjs/common';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  OrderCancelledSchema,
  OrderConfirmedSchema,
  OrderDeliveredSchema,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { ReturnResolvedSchema } from '@pasar/contracts/pasar/order/v1/return_pb';
import {
  Payment_Method as Method,
  PaymentCompletedSchema,
  PaymentFailedSchema,
  PaymentRefundedSchema,
  Refund_Status,
  Payment_Status as Status,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { Log, Metrics } from '@pasar/platform/telemetry';
import { asUser } from '@pasar/platform/testing/network';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { BankOperation } from './adapters/simulator-faults.js';
import { Attempts } from './attempts.js';
import { PaymentConfig } from './config.js';
import { PaymentJobs } from './jobs.js';
import { ProviderCalls } from './provider-calls.js';
import { PaymentStore } from './store.js';
import { idr, startPayment, type TestPayment, type TestRequest } from './testing.js';
import { Payments } from './use-cases.js';

/** With consumers and jobs, as it runs; and without, so that the test says when. */
let live: TestPayment;
let still: TestPayment;

beforeAll(async () => {
  [live, still] = await Promise.all([startPayment(), startPayment({ background: false })]);
});
afterAll(() => Promise.all([live.close(), still.close()]));
afterEach(() => {
  still.faults.plan = () => undefined;
});

const staff = asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });
const refusal = (promise: Promise<unknown>) => promise.then(() => expect.fail('accepted'), fromRpcError);

/** Another process of the service on the same database, as far as the provider is concerned. */
function anotherWorker(kit: TestPayment): Attempts {
  const { get } = kit.service;
  return new Attempts(
    get(PaymentStore),
    get(Payments),
    get(ProviderCalls),
    kit.clock,
    get(PaymentConfig),
    get(Log as unknown as Type<Log>),
  );
}

async function captured(kit: TestPayment, method: Method, amounts: bigint[]): Promise<TestRequest> {
  const request = kit.request(method, amounts);
  await kit.payments.authorize(request);
  if (method === Method.QR) {
    await kit.bank.pay(request.paymentId, 1, 0);
    await kit.payments.cancel({ paymentId: request.paymentId });
  } else {
    await kit.consumeOrder(OrderConfirmedSchema, request);
    await kit.service.get(Attempts).run();
  }
  expect((await kit.stored(request.paymentId)).status).toBe('CAPTURED');
  return request;
}

describe('what becomes of orders', () => {
  it('takes the money once when they are confirmed', async () => {
    const requests = Array.from({ length: 20 }, () => live.request(Method.CARD, [100n, 50n, 25n]));
    await Promise.all(requests.map((request) => live.payments.authorize(request)));
    for (const nth of [0, 1, 2]) {
      await Promise.all(requests.map((request) => live.publishOrder(OrderConfirmedSchema, request, nth)));
    }
    const ids = new Set(requests.map(({ paymentId }) => paymentId));
    await vi.waitFor(() => {
      const completed = live.published(PaymentCompletedSchema).flatMap((e) => e.payment?.paymentId ?? []);
      expect(completed.filter((id) => ids.has(id)).sort()).toEqual([...ids].sort());
    });
    for (const { paymentId } of requests) {
      const { charge, payment } = await live.expectBalanced(paymentId);
      expect(charge).toMatchObject({ status: 'captured', captured: 175n });
      expect(payment.status).toBe('CAPTURED');
    }
    const [request] = requests as [TestRequest];
    const { entries } = await live.payments.listEntries({ paymentId: request.paymentId }, staff);
    expect(entries.map(({ account, amount, orderId }) => [account, amount?.amount, orderId]).sort()).toEqual(
      [
        ['provider:simulator', 175n, ''],
        ...request.shares.map(({ orderId, amount }) => ['escrow', -amount.amount, orderId]),
      ].sort(),
    );
  });

  it('brings sellers what the platform bears, and takes it back with what goes back to the buyer', async () => {
    const spentOn = async ({ paymentId }: TestRequest) => {
      const { entries } = await still.payments.listEntries({ paymentId }, staff);
      const spent = entries.filter(({ account }) => account === 'platform:promotions');
      return spent.reduce((sum, { amount }) => sum + (amount?.amount ?? 0n), 0n);
    };
    for (const [method, paid] of [
      [Method.CARD, 80n],
      [Method.CARD, 0n],
      [Method.BANK_TRANSFER, 0n],
      [Method.COD, 0n],
    ] as const) {
      const request = still.request(method, [paid, 0n]);
      for (const [index, share] of request.shares.entries()) share.subsidy = idr([20n, 7n][index] as bigint);
      const { status } = await still.payments.authorize(request);
      expect(status).toBe(Status.AUTHORIZED);
      expect((await still.payments.authorize(request)).status).toBe(status);
      await still.consumeOrder(OrderConfirmedSchema, request);
      await still.consumeOrder(OrderConfirmedSchema, request, 1);
      await still.settle();
      const { payment, charge } = await still.expectBalanced(request.paymentId);
      expect(payment).toMatchObject({ status: 'CAPTURED', captured: paid });
      expect(charge?.captured ?? 0n).toBe(paid);
      expect(await spentOn(request)).toBe(27n);
      await still.consumeOrder(OrderCancelledSchema, request);
      await still.settle();
      expect(await spentOn(request)).toBe(7n);
      await still.consumeOrder(OrderCancelledSchema, request, 1);
      await still.settle();
      await still.expectBalanced(request.paymentId);
      expect(await spentOn(request)).toBe(0n);
    }
  });

  it('is the same in any order of the events', async () => {
    const steps: [typeof OrderConfirmedSchema | typeof OrderCancelledSchema, number][][] = [
      [
        [OrderConfirmedSchema, 0],
        [OrderConfirmedSchema, 1],
        [OrderCancelledSchema, 1],
      ],
      [
        [OrderConfirmedSchema, 1],
        [OrderCancelledSchema, 1],
        [OrderConfirmedSchema, 0],
      ],
      [
        [OrderCancelledSchema, 1],
        [OrderConfirmedSchema, 0],
        [OrderConfirmedSchema, 1],
      ],
      [
        [OrderConfirmedSchema, 0],
        [OrderCancelledSchema, 1],
        [OrderCancelledSchema, 1],
      ],
    ];
    for (const events of steps) {
      for (const runAfter of [0, 1, 2]) {
        const request = still.request(Method.CARD, [100n, 50n]);
        await still.payments.authorize(request);
        for (const [index, [schema, nth]] of events.entries()) {
          await still.consumeOrder(schema, request, nth);
          if (index === runAfter) await still.service.get(Attempts).run();
        }
        await still.settle();
        const { payment, charge } = await still.expectBalanced(request.paymentId);
        expect(payment.captured - payment.refunded).toBe(100n);
        expect(charge?.status).toBe('captured');
      }
    }
  });

  it('voids when all are cancelled before anything was taken, and refunds afterwards', async () => {
    for (const taken of [false, true]) {
      const request = still.request(Method.CARD, [100n, 50n]);
      await still.payments.authorize(request);
      await still.consumeOrder(OrderConfirmedSchema, request, 0);
      if (taken) await still.service.get(Attempts).run();
      await still.consumeOrder(OrderCancelledSchema, request, 0);
      await still.consumeOrder(OrderCancelledSchema, request, 1);
      await still.consumeOrder(OrderConfirmedSchema, request, 1);
      await still.settle();
      const { payment, charge } = await still.expectBalanced(request.paymentId);
      expect(payment.status).toBe(taken ? 'CAPTURED' : 'CANCELLED');
      expect(charge).toMatchObject(taken ? { status: 'captured', refunded: 150n } : { status: 'voided' });
      const status = (await still.payments.batchGetPayments({ ids: [request.paymentId] })).payments[0]
        ?.status;
      expect(status).toBe(taken ? Status.REFUNDED : Status.CANCELLED);
    }
  });

  it('races the cancellation of an order against the capture, and the amounts are right', async () => {
    const requests = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const request = still.request(Method.CARD, [100n, 50n]);
        await still.payments.authorize(request);
        await still.consumeOrder(OrderConfirmedSchema, request);
        return request;
      }),
    );
    await Promise.all([
      still.service.get(Attempts).run(),
      ...requests.map((request) => still.consumeOrder(OrderCancelledSchema, request, 1)),
    ]);
    await still.settle();
    for (const { paymentId } of requests) {
      const { payment } = await still.expectBalanced(paymentId);
      expect(payment.captured - payment.refunded).toBe(100n);
    }
  });

  it('collects cash order by order', async () => {
    const request = live.request(Method.COD, [100n, 50n, 25n]);
    await live.payments.authorize(request);
    for (const nth of [0, 1, 2]) await live.publishOrder(OrderConfirmedSchema, request, nth);
    await live.publishOrder(OrderDeliveredSchema, request, 0);
    await live.publishOrder(OrderDeliveredSchema, request, 0);
    await live.publishOrder(OrderCancelledSchema, request, 1);
    await live.publishOrder(OrderDeliveredSchema, request, 2);
    await vi.waitFor(async () => {
      const { payment } = await live.expectBalanced(request.paymentId);
      expect(payment).toMatchObject({ status: 'CAPTURED', captured: 125n });
    });
    await vi.waitFor(() => {
      const told = live
        .published(PaymentCompletedSchema)
        .filter((e) => e.payment?.paymentId === request.paymentId);
      expect(told).toMatchObject([{ payment: { amount: idr(125n) } }]);
    });
  });
});

describe('captures', () => {
  it('are shared by workers, many in one commit', async () => {
    const asked: string[] = [];
    const requests = await Promise.all(
      Array.from({ length: 150 }, async () => {
        const request = still.request(Method.EWALLET, [10n]);
        await still.payments.authorize(request);
        return request;
      }),
    );
    await Promise.all(requests.map((request) => still.consumeOrder(OrderConfirmedSchema, request)));
    still.faults.plan = (operation: BankOperation, id) => {
      if (operation === 'capture') asked.push(id);
      return undefined;
    };
    still.probe.passed.length = 0;
    await Promise.all([
      still.service.get(Attempts).run(),
      anotherWorker(still).run(),
      anotherWorker(still).run(),
    ]);
    expect(asked.sort()).toEqual(requests.map(({ paymentId }) => paymentId).sort());
    // Three batches, each taken on and recorded, and a few looks that found nothing.
    expect(still.probe.passed.filter((point) => point === 'after commit').length).toBeLessThan(15);
    for (const { paymentId } of requests) {
      expect((await still.expectBalanced(paymentId)).payment.status).toBe('CAPTURED');
    }
  });

  it('are asked for until the provider answers', async () => {
    const request = still.request(Method.CARD, [100n]);
    await still.payments.authorize(request);
    await still.consumeOrder(OrderConfirmedSchema, request);
    let failures = 0;
    still.faults.plan = () => (failures++ < 8 ? { kind: 'failed', effect: failures % 2 === 0 } : undefined);
    await still.settle();
    expect((await still.expectBalanced(request.paymentId)).charge).toMatchObject({ captured: 100n });
  });

  it('that the provider refuses end the payment, and are told', async () => {
    const request = still.request(Method.CARD, [100n]);
    await still.payments.authorize(request);
    // The authorisation lapsed at the bank.
    await still.bank.void({ paymentId: request.paymentId }, AbortSignal.timeout(5_000));
    await still.consumeOrder(OrderConfirmedSchema, request);
    await still.settle();
    expect((await still.expectBalanced(request.paymentId)).payment.status).toBe('CANCELLED');
    const events = await still.query<{ type: string }>(
      'select type from outbox where subject = $1',
      request.paymentId,
    );
    expect(events).toEqual([{ type: 'payment.failed' }]);
  });
});

describe('refunds', () => {
  it('are made once for a key, in proportion, and told', async () => {
    const request = await captured(live, Method.QR, [100n, 50n]);
    const key = live.clock.id();
    const headers = { headers: { ...staff.headers, 'idempotency-key': key } };
    const asked = { id: request.paymentId, amount: idr(31n), reason: 'broken' };
    const refunds = await Promise.all(
      Array.from({ length: 10 }, () => live.payments.refundPayment(asked, headers)),
    );
    expect(new Set(refunds.map(({ id }) => id)).size).toBe(1);
    const told = () =>
      live.published(PaymentRefundedSchema).filter((e) => e.payment?.paymentId === request.paymentId);
    await vi.waitFor(() =>
      expect(told()).toMatchObject([{ amount: idr(31n), orderId: '', reason: 'broken' }]),
    );
    expect((await live.payments.refundPayment(asked, headers)).status).toBe(Refund_Status.SUCCEEDED);
    const { payment } = await live.expectBalanced(request.paymentId);
    expect(payment.shares.map(({ returned }) => returned)).toEqual([21n, 10n]);
    const [shown] = (await live.payments.batchGetPayments({ ids: [request.paymentId] })).payments;
    expect(shown).toMatchObject({ status: Status.PARTIALLY_REFUNDED, refunded: idr(31n) });
    expect(await refusal(live.payments.refundPayment({ ...asked, amount: idr(30n) }, headers))).toMatchObject(
      {
        code: 'idempotency.key_reused',
      },
    );
  });

  it('racing each other never give back more than there is', async () => {
    const request = await captured(live, Method.QR, [100n, 50n]);
    const [order] = request.shares as [TestRequest['shares'][0]];
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, i) =>
        live.payments.refundPayment(
          { id: request.paymentId, amount: idr(20n), orderId: i % 3 === 0 ? order.orderId : '' },
          staff,
        ),
      ),
    );
    for (const result of results) {
      if (result.status === 'rejected')
        expect(fromRpcError(result.reason).code).toBe('payment.refund_exceeds');
    }
    const made = results.filter(({ status }) => status === 'fulfilled').length;
    expect(made).toBeGreaterThanOrEqual(5);
    expect(made).toBeLessThanOrEqual(7);
    // What is left goes too, with an order that is cancelled at the same time.
    await Promise.allSettled([
      live.payments.refundPayment({ id: request.paymentId }, staff),
      live.publishOrder(OrderCancelledSchema, request, 0),
      live.publishOrder(OrderCancelledSchema, request, 1),
    ]);
    await vi.waitFor(async () => {
      const { payment, charge } = await live.expectBalanced(request.paymentId);
      expect(payment).toMatchObject({ refunded: 150n, refunding: 0n });
      expect(charge?.refunded).toBe(150n);
    });
  });

  it('are refused for what is not there', async () => {
    const request = still.request(Method.CARD, [100n]);
    await still.payments.authorize(request);
    const id = request.paymentId;
    expect(await refusal(still.payments.refundPayment({ id }, staff))).toMatchObject({
      code: 'payment.refund_exceeds',
    });
    const qr = (await captured(still, Method.QR, [100n])).paymentId;
    const orderId = still.clock.id();
    const codes: [object, string][] = [
      [{ id: qr, amount: idr(101n) }, 'payment.refund_exceeds'],
      [{ id: qr, amount: { amount: 1n, currency: 'USD' } }, 'request.invalid'],
      [{ id: qr, amount: idr(0n) }, 'request.invalid'],
      [{ id: qr, amount: idr(-5n) }, 'request.invalid'],
      [{ id: qr, orderId }, 'order.not_found'],
      [{ id: still.clock.id() }, 'payment.not_found'],
    ];
    for (const [asked, code] of codes) {
      expect(await refusal(still.payments.refundPayment(asked, staff))).toMatchObject({ code });
    }
    const seller = asUser({ id: still.clock.id(), roles: [Role.SELLER] });
    expect(await refusal(still.payments.refundPayment({ id: qr }, seller))).toMatchObject({
      kind: 'forbidden',
    });
  });

  it('give the money back to what is left when the provider refuses them', async () => {
    const { paymentId } = await captured(still, Method.QR, [100n]);
    await still.bank.database.pool.query('update charge set refunded = 60 where payment_id = $1', [
      paymentId,
    ]);
    await still.payments.refundPayment({ id: paymentId, amount: idr(50n) }, staff);
    await still.settle();
    expect(await still.stored(paymentId)).toMatchObject({ refunding: 0n, refunded: 0n });
    const rows = await still.query('select status from refund where payment_id = $1', paymentId);
    expect(rows).toEqual([{ status: 'FAILED' }]);
    await still.bank.database.pool.query('update charge set refunded = 0 where payment_id = $1', [paymentId]);
  });
});

describe('the ledger', () => {
  it('balances, and says so by account', async () => {
    const { balances } = await live.payments.listBalances({}, staff);
    expect(balances.map(({ account }) => account)).toEqual(['escrow', 'provider:cod', 'provider:simulator']);
    expect(balances.reduce((sum, { balance }) => sum + (balance?.amount ?? 0n), 0n)).toBe(0n);
    const sums = await live.query(
      'select account, sum(amount)::bigint as amount from ledger_entry group by 1 order by 1',
    );
    expect(balances.map(({ account, balance }) => ({ account, amount: balance?.amount }))).toEqual(sums);
    const prefixed = await live.payments.listBalances({ account: 'provider:', pageSize: 1 }, staff);
    expect(prefixed.balances.map(({ account }) => account)).toEqual(['provider:cod']);
    const next = await live.payments.listBalances(
      { account: 'provider:', pageToken: prefixed.nextPageToken },
      staff,
    );
    expect(next.balances.map(({ account }) => account)).toEqual(['provider:simulator']);
    const jobs = live.service.get(PaymentJobs);
    expect(await jobs.compareLedger()).toBe(0);
    const spoil = (by: number) =>
      live.query(`update ledger_account set balance = balance + ${by} where account = 'escrow'`);
    await spoil(1);
    // The account, and the currency whose debits are not its credits.
    expect(await jobs.compareLedger()).toBe(2);
    const text = await live.service.get(Metrics).text();
    expect(text).toContain('pasar_invariant_violations{invariant="ledger"} 2');
    expect(text).toMatch(/pasar_payments_total\{method="CARD",event="completed"\} [1-9]/);
    await spoil(-1);
    expect(await jobs.compareLedger()).toBe(0);
  });

  it('is paged, newest first', async () => {
    const seen: string[] = [];
    for (let pageToken = '', pages = 0; pages === 0 || pageToken; pages++) {
      const page = await live.payments.listEntries({ account: 'escrow', pageSize: 7, pageToken }, staff);
      seen.push(...page.entries.map(({ id }) => id));
      pageToken = page.nextPageToken;
    }
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => Number(b) - Number(a)));
    for (const pageToken of ['x', Buffer.from('["x"]').toString('base64url')]) {
      expect(await refusal(live.payments.listEntries({ pageToken }, staff))).toMatchObject({
        code: 'request.invalid',
      });
    }
    expect(await refusal(live.payments.listEntries({ paymentId: "' or 1" }, staff))).toMatchObject({
      code: 'request.invalid',
    });
  });

  it('refuses what is out of balance, and any change of what was booked', async () => {
    const id = live.clock.id();
    const entry = (transaction: string, amount: number) =>
      live.query(
        `with t as (insert into ledger_transaction values ($1, 'capture', $2, now()) on conflict do nothing)
         insert into ledger_entry (transaction_id, account, amount, currency, payment_id) values ($1, 'escrow', $3, 'IDR', $2)`,
        ...[transaction, id, amount],
      );
    await expect(entry('crooked', 1)).rejects.toThrow('must balance');
    for (const sql of [
      'update ledger_entry set amount = 1',
      'delete from ledger_entry',
      'truncate ledger_entry',
    ]) {
      await expect(live.query(sql)).rejects.toThrow('append-only');
    }
    await expect(live.query(`delete from ledger_transaction`)).rejects.toThrow('append-only');
  });
});

it('tells of a failure only where somebody waits to hear it', async () => {
  const request = live.request(Method.CARD, [100n]);
  await live.payments.cancel({ paymentId: request.paymentId });
  const begun = live.request(Method.CARD, [100n]);
  await live.payments.authorize(begun);
  await live.payments.cancel({ paymentId: begun.paymentId });
  await vi.waitFor(() => {
    const failed = live.published(PaymentFailedSchema).map((event) => event.payment?.paymentId);
    expect(failed).toContain(begun.paymentId);
    expect(failed).not.toContain(request.paymentId);
  });
});

it.each(['not asked for', 'asked for and not answered'])(
  'refunds what went back while the capture was %s, once',
  async (state) => {
    const request = still.request(Method.CARD, [100n, 50n]);
    await still.payments.authorize(request);
    // What is asked of itself meanwhile comes to nothing, too.
    const effect = state !== 'not asked for';
    still.faults.plan = (operation) => (operation === 'capture' ? { kind: 'failed', effect } : undefined);
    for (const nth of [0, 1]) await still.consumeOrder(OrderConfirmedSchema, request, nth);
    if (effect) await still.service.get(Attempts).run();
    const facts = { refund: idr(30n), reason: 'broken' };
    await Promise.all([
      still.consumeOrder(ReturnResolvedSchema, request, 0, facts),
      still.consumeOrder(OrderCancelledSchema, request, 1),
    ]);
    expect((await still.stored(request.paymentId)).status).toBe('CAPTURING');
    still.faults.plan = () => undefined;
    await still.settle();
    await still.settle();
    const { payment } = await still.expectBalanced(request.paymentId);
    expect(payment.captured - payment.refunded).toBe(70n);
    const refunds = await still.query(
      'select amount, reason, status from refund where payment_id = $1 and order_id = $2',
      ...[request.paymentId, request.shares[0]?.orderId],
    );
    expect(refunds).toEqual([{ amount: 30n, reason: 'broken', status: 'SUCCEEDED' }]);
  },
);

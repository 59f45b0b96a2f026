import { OrderCancelledSchema, OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { Payment_Method as Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BankOperation, Fault } from './adapters/simulator-faults.js';
import { Attempts } from './attempts.js';
import { Credits } from './credits.js';
import { hasEnded } from './payment.js';
import { idr, startPayment, type TestPayment, type TestRequest } from './testing.js';

let kit: TestPayment;

beforeAll(async () => {
  kit = await startPayment({
    background: false,
    environment: { PASAR_PAYMENT_PROVIDER_TIMEOUT_MS: '10000' },
  });
});
afterAll(() => kit.close());

type Failure = { operation: BankOperation; fault: Fault };

/** What may happen to the first call of each operation. A connection that breaks once is tried again at once. */
const failures: Failure[] = [
  ...(['authorize', 'capture', 'void', 'refund'] as const).flatMap((operation) =>
    (['silence', 'failed'] as const).flatMap((kind) =>
      [true, false].map((effect) => ({ operation, fault: { kind, effect } })),
    ),
  ),
  { operation: 'authorize', fault: { kind: 'connection', effect: true } },
  { operation: 'inquire', fault: { kind: 'silence', effect: false } },
];

/** A checkout of two orders, one of which is cancelled later, as the saga and the events drive it. */
async function checkOut(request: TestRequest): Promise<void> {
  const attempts = kit.service.get(Attempts);
  await kit.payments.authorize(request);
  if (request.method === Method.QR) {
    await kit.bank.pay(request.paymentId, 1, 0);
    // Its webhook is lost: the deadline asks.
    await kit.payments.cancel({ paymentId: request.paymentId });
  }
  await kit.consumeOrder(OrderConfirmedSchema, request, 0);
  await kit.consumeOrder(OrderConfirmedSchema, request, 1);
  await attempts.run();
  await kit.consumeOrder(OrderCancelledSchema, request, 1);
  await attempts.run();
}

/**
 * Runs `work` and dies at the nth point. Where a call fails, it is enough to die after something has happened: to die
 * before the next thing is the same.
 * @returns false when it ended before
 */
async function runUntilDeath(nth: number, failure: Failure | undefined, work: () => Promise<unknown>) {
  let failing = failure !== undefined;
  kit.faults.plan = (operation) => {
    if (!failing || operation !== failure?.operation) return undefined;
    failing = false;
    return failure.fault;
  };
  kit.probe.dieAt(nth, failure ? /^after/ : /./);
  await work().catch((error: unknown) => {
    // Not known, or given up: that is for the recovery.
    const known = ['payment.unavailable', 'payment.cancelled', 'payment.declined'];
    if (!kit.probe.dead && !known.includes(fromRpcError(error).code)) throw error;
  });
  const died = kit.probe.dead;
  kit.probe.revive();
  return died;
}

const titles = [undefined, ...failures].map((failure) => {
  const { operation, fault } = failure ?? {};
  return [
    fault ? `${operation}: ${fault.kind} with${fault.effect ? '' : 'out'} effect` : 'nothing fails',
    failure,
  ] as const;
});
const ofDeclined = titles.filter(
  ([, failure]) => !failure || ['authorize', 'inquire'].includes(failure.operation),
);

describe.each([
  ['a card', Method.CARD, 'tok_success', titles],
  ['a QR code', Method.QR, '', titles],
  ['a declined card', Method.CARD, 'tok_declined', ofDeclined],
  ['a card and store credit', Method.CARD, 'tok_success', titles.slice(0, 5)],
  ['store credit', Method.CARD, 'tok_success', titles.slice(0, 1)],
])('a checkout with %s that dies at any point', (title, method, token, titles) => {
  const credit = title === 'store credit' ? 150n : title.includes('credit') ? 60n : 0n;
  const newRequest = async () => {
    const request = kit.request(method, [100n, 50n], token);
    if (credit === 0n) return request;
    const grant = { customerId: request.customerId, amount: idr(credit), reason: 'sorry' };
    await kit.service.get(Credits).grant(grant, null);
    return { ...request, useCredit: true };
  };

  it.each(titles)('and goes on, ends with the money of what stands (%s)', async (_, failure) => {
    for (let nth = 1, died = true; died; nth++) {
      const request = await newRequest();
      died = await runUntilDeath(nth, failure, () => checkOut(request));
      // The saga takes up the checkout; until the provider is certain, it is told to wait.
      for (let tries = 0; tries < 5; tries++) {
        const again = await checkOut(request).catch((error: unknown) => fromRpcError(error).code);
        if (again !== 'payment.unavailable') break;
        kit.clock.advance(5_000);
      }
      await kit.settle();
      const { payment } = await kit.expectBalanced(request.paymentId);
      if (token === 'tok_declined') expect(payment.status).toBe('DECLINED');
      else expect(payment.captured - payment.refunded).toBe(hasEnded(payment) ? 0n : 100n);
      if (!failure && token !== 'tok_declined') expect(payment.status).toBe('CAPTURED');
    }
  });

  it.each(titles)('and is given up, ends with nothing taken (%s)', async (_, failure) => {
    for (let nth = 1, died = true; died; nth++) {
      const request = await newRequest();
      died = await runUntilDeath(nth, failure, () => checkOut(request));
      await kit.payments.cancel({ paymentId: request.paymentId, refundCaptured: true });
      await kit.settle();
      const { payment, charge } = await kit.expectBalanced(request.paymentId);
      expect(payment.captured - payment.refunded).toBe(0n);
      expect(['authorized', 'awaiting']).not.toContain(charge?.status);
    }
  });
});

it('writes twice for an authorisation of a card, and once for cash', async () => {
  // What the other tests left to the background would be counted too.
  await kit.service.get(Attempts).stop();
  kit.faults.plan = () => undefined;
  kit.probe.passed.length = 0;
  await kit.payments.authorize(kit.request(Method.CARD, [100n, 50n]));
  const commit = ['before commit', 'after commit'];
  expect(kit.probe.passed).toEqual([
    ...commit,
    'before provider authorize',
    'after provider authorize',
    ...commit,
  ]);
  kit.probe.passed.length = 0;
  await kit.payments.authorize(kit.request(Method.COD, [100n, 50n]));
  expect(kit.probe.passed).toEqual(commit);
});

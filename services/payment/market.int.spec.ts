import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  OrderCancelledSchema,
  OrderCompletedSchema,
  OrderConfirmedSchema,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { CreditService } from '@pasar/contracts/pasar/payment/v1/credit_pb';
import { Payment_Method as Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { PayoutService } from '@pasar/contracts/pasar/payment/v1/payout_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { asUser } from '@pasar/platform/testing/network';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Attempts } from './attempts.js';
import { Payouts } from './payouts.js';
import { Sales } from './sales.js';
import { idr, startPayment, type TestPayment, type TestRequest } from './testing.js';

let kit: TestPayment;
const staff = asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });

beforeAll(async () => {
  kit = await startPayment({ background: false, environment: { PASAR_PAYOUT_MINIMUM: '1' } });
});
afterAll(() => kit.close());

/** What happens next, and to which of the checkouts so far. */
const step = fc.record({
  what: fc.constantFrom(
    'buy',
    'buy',
    'confirm',
    'complete',
    'complete',
    'cancel',
    'refund',
    'payOut',
    'give',
    'ask',
  ),
  nth: fc.nat(1_000),
  amount: fc.bigInt(1n, 400n),
});

it('balances after any history of a market, with faults at the bank', async () => {
  kit.faults.plan = () => (Math.random() < 0.2 ? { kind: 'failed', effect: Math.random() < 0.5 } : undefined);
  const sellers = Array.from({ length: 3 }, () => kit.clock.id());
  const customerId = kit.clock.id();
  for (const sellerId of sellers) {
    const seller = asUser({ id: kit.clock.id(), roles: [Role.SELLER], sellerId });
    const account = { bank: 'BCA', number: '12345678', holder: 'Toko' };
    await kit.client(PayoutService).setMyPayoutAccount(account, seller);
  }
  const requests: TestRequest[] = [];
  const happen: Record<string, (request: TestRequest, nth: number, amount: bigint) => Promise<unknown>> = {
    buy: async (_, nth, amount) => {
      const method = [Method.CARD, Method.STORE_CREDIT][nth % 2] as Method;
      const request = { ...kit.request(method, [amount, 50n]), customerId };
      request.cardToken = 'tok_success';
      for (const [i, share] of request.shares.entries()) share.sellerId = sellers[(nth + i) % 3] as string;
      requests.push(request);
      return kit.payments.authorize(request);
    },
    confirm: (request, nth) => kit.consumeOrder(OrderConfirmedSchema, request, nth % 2),
    complete: async (request, nth) => {
      await kit.consumeOrder(OrderCompletedSchema, request, nth % 2);
      await kit.service.get(Sales).settle();
    },
    cancel: (request, nth) => kit.consumeOrder(OrderCancelledSchema, request, nth % 2),
    refund: ({ paymentId }, _, amount) =>
      kit.payments.refundPayment({ id: paymentId, amount: idr(amount) }, staff),
    payOut: async (_, nth) => {
      await kit.service.get(Payouts).make(`batch-${nth}`);
      await kit.service.get(Payouts).send();
    },
    give: (_, __, amount) =>
      kit.client(CreditService).grantCredit({ customerId, amount: idr(amount), reason: 'x' }, staff),
    ask: async () => {
      kit.clock.advance(1_000);
      await kit.service.get(Attempts).run();
    },
  };
  const [history] = fc.sample(fc.array(step, { minLength: 250, maxLength: 250 }), 1);
  for (const { what, nth, amount } of history ?? []) {
    if (requests.length === 0 && what !== 'buy') continue;
    // What is not allowed is refused.
    await happen[what]?.(requests[nth % requests.length] as TestRequest, nth, amount).catch(
      (error: unknown) => expect(fromRpcError(error).kind).not.toBe('internal'),
    );
  }
  kit.faults.plan = () => undefined;
  kit.clock.advance(60_000);
  for (let i = 0; i < 3; i++) {
    await kit.service.get(Attempts).run();
    await kit.service.get(Payouts).send();
    kit.clock.advance(60_000);
  }

  expect(await kit.query('select currency from ledger_entry group by 1 having sum(amount) <> 0')).toEqual([]);
  const sums = 'select account, sum(amount)::bigint as balance from ledger_entry group by 1 order by 1';
  const balances = await kit.query<{ account: string; balance: bigint }>(
    'select account, balance from ledger_account order by 1',
  );
  expect(balances).toEqual(await kit.query(sums));
  expect(
    await kit.query('select seller_id, currency, amount from held where amount <> 0 order by 1'),
  ).toEqual(
    await kit.query(
      `select seller_id, currency, -sum(amount)::bigint as amount from ledger_entry where account = 'escrow'
       group by 1, 2 having sum(amount) <> 0 order by 1`,
    ),
  );
  const of = (account: string) => balances.find((one) => one.account === account)?.balance ?? 0n;
  const { rows } = await kit.bank.database.pool.query(
    `select (select coalesce(sum(captured - refunded), 0) from charge)::bigint
       - (select coalesce(sum(amount), 0) from payout)::bigint as money`,
  );
  expect(of('provider:simulator')).toBe(rows[0].money);
  expect(of('payouts')).toBe(0n);
  expect(of(`credit:${customerId}`)).toBeLessThanOrEqual(0n);
});

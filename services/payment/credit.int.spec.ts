import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { OrderCancelledSchema, OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { GiftCard_Status as Card, CreditService } from '@pasar/contracts/pasar/payment/v1/credit_pb';
import {
  Payment_Method as Method,
  Payment_Status as Status,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { asUser } from '@pasar/platform/testing/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Attempts } from './attempts.js';
import { Credits } from './credits.js';
import { idr, startPayment, type TestPayment } from './testing.js';

let kit: TestPayment;
const staff = asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });
const refusal = (promise: Promise<unknown>) => promise.then(() => expect.fail('accepted'), fromRpcError);

beforeAll(async () => {
  kit = await startPayment({
    background: false,
    environment: { PASAR_PAYMENT_PROVIDER_TIMEOUT_MS: '10000' },
  });
});
afterAll(() => kit.close());

const rpc = () => kit.client(CreditService);

function newCustomer() {
  const id = kit.clock.id();
  const caller = asUser({ id });
  const credit = async () => (await rpc().getMyCredit({}, caller)).balances[0]?.amount ?? 0n;
  return { id, caller, credit };
}

async function grant(customerId: string, amount: bigint, key?: string) {
  const headers = key ? { headers: { ...staff.headers, 'idempotency-key': key } } : staff;
  return rpc().grantCredit({ customerId, amount: idr(amount), reason: 'sorry' }, headers);
}

async function issue(amount: bigint) {
  const { cards } = await rpc().issueGiftCards({ amount: idr(amount) }, staff);
  const [issued] = cards;
  return { code: issued?.code as string, id: issued?.card?.id as string };
}

async function expectBalanced() {
  expect(
    await kit.query(`select account from ledger_account where account = 'provider:credit' and balance <> 0`),
  ).toEqual([]);
  expect(await kit.query('select currency from ledger_entry group by 1 having sum(amount) <> 0')).toEqual([]);
}

describe('a gift card', () => {
  it('becomes credit once, whoever and how many try', async () => {
    const { code } = await issue(5_000n);
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    const customers = Array.from({ length: 8 }, newCustomer);
    const tried = await Promise.allSettled(
      customers.map(({ caller }) =>
        rpc().redeemGiftCard({ code: code.toLowerCase().replaceAll('-', ' ') }, caller),
      ),
    );
    const winners = customers.filter((_, i) => tried[i]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const { reason } of tried.filter((one) => one.status === 'rejected'))
      expect(fromRpcError(reason).code).toBe('gift_card.unusable');
    const [winner] = winners as [ReturnType<typeof newCustomer>];
    expect(await winner.credit()).toBe(5_000n);
    // Once more by the same is the same.
    expect(await rpc().redeemGiftCard({ code }, winner.caller)).toMatchObject({ status: Card.REDEEMED });
    expect(await winner.credit()).toBe(5_000n);
    expect((await rpc().listMyCreditEntries({}, winner.caller)).entries).toMatchObject([
      { amount: idr(5_000n), kind: 'gift-card-redeemed' },
    ]);
    await expectBalanced();
  });

  it('is kept as a hash', async () => {
    const { code } = await issue(1n);
    const rows = await kit.query<object>('select to_json(g)::text as card from gift_card g');
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''));
  });

  it('that was voided or expired is worth nothing, and the platform has its money', async () => {
    const spent = async () =>
      (
        await kit.query<{ balance: bigint }>(
          `select balance from ledger_account where account = 'platform:gifts'`,
        )
      )[0]?.balance ?? 0n;
    const before = await spent();
    const [voided, expired] = [await issue(300n), await issue(200n)];
    expect(await spent()).toBe(before + 500n);
    for (let i = 0; i < 2; i++)
      expect(await rpc().voidGiftCard({ id: voided.id }, staff)).toMatchObject({ status: Card.VOIDED });
    await kit.query(`update gift_card set expires_at = $1 where id = $2`, kit.clock.now(), expired.id);
    const { caller } = newCustomer();
    for (const { code } of [voided, expired])
      expect((await refusal(rpc().redeemGiftCard({ code }, caller))).code).toBe('gift_card.unusable');
    await kit.service.get(Credits).expire();
    expect(await spent()).toBe(before);
    expect((await rpc().listGiftCards({ pageSize: 2 }, staff)).cards.map(({ status }) => status)).toEqual([
      Card.EXPIRED,
      Card.VOIDED,
    ]);
    await expectBalanced();
  });

  it('refuses what makes no sense', async () => {
    const { caller } = newCustomer();
    for (const code of ['ABCD-EFGH-JKMN-PQRS', 'x'.repeat(16), "' or 1=1; -- select"])
      expect((await refusal(rpc().redeemGiftCard({ code }, caller))).code).toBe('gift_card.not_found');
    expect((await refusal(rpc().redeemGiftCard({ code: 'short' }, caller))).kind).toBe('invalid');
    for (const amount of [idr(0n), idr(-5n), idr(10n ** 15n), { amount: 5n, currency: 'rupiah' }])
      expect((await refusal(rpc().issueGiftCards({ amount }, staff))).kind).toBe('invalid');
    expect((await refusal(rpc().issueGiftCards({ amount: idr(5n), count: 501 }, staff))).kind).toBe(
      'invalid',
    );
    const past = { seconds: 1n, nanos: 0 };
    expect((await refusal(rpc().issueGiftCards({ amount: idr(5n), expiresAt: past }, staff))).kind).toBe(
      'invalid',
    );
    expect((await refusal(rpc().issueGiftCards({ amount: idr(5n) }, caller))).kind).toBe('forbidden');
    expect((await refusal(rpc().voidGiftCard({ id: kit.clock.id() }, staff))).code).toBe(
      'gift_card.not_found',
    );
  });
});

describe('store credit', () => {
  it('is granted once for a key', async () => {
    const { id, credit } = newCustomer();
    const key = kit.clock.id();
    const grants = await Promise.all(Array.from({ length: 6 }, () => grant(id, 700n, key)));
    expect(new Set(grants.map((one) => one.id)).size).toBe(1);
    expect(await credit()).toBe(700n);
    expect((await refusal(grant(id, 701n, key))).code).toBe('idempotency.key_reused');
  });

  it('pays for checkouts, and never more than there is', async () => {
    const { id, credit } = newCustomer();
    await grant(id, 1_000n);
    const requests = Array.from({ length: 12 }, () => ({
      ...kit.request(Method.STORE_CREDIT, [100n, 50n]),
      customerId: id,
    }));
    const paid = await Promise.allSettled(requests.map((request) => kit.payments.authorize(request)));
    const accepted = requests.filter((_, i) => paid[i]?.status === 'fulfilled');
    expect(accepted).toHaveLength(6);
    for (const { reason } of paid.filter((one) => one.status === 'rejected'))
      expect(fromRpcError(reason)).toMatchObject({
        code: 'payment.declined',
        details: { declineCode: 'insufficient_credit' },
      });
    expect(await credit()).toBe(100n);
    const [whole, half, voided, refunded] = accepted as [
      (typeof requests)[0],
      (typeof requests)[0],
      (typeof requests)[0],
      (typeof requests)[0],
    ];
    // One order of two is cancelled before, one afterwards; one checkout is given up, one refunded.
    await kit.consumeOrder(OrderCancelledSchema, half, 0);
    for (const request of [whole, half, refunded]) await kit.consumeOrder(OrderConfirmedSchema, request, 1);
    await kit.payments.cancel({ paymentId: voided.paymentId });
    await kit.service.get(Attempts).run();
    await kit.consumeOrder(OrderCancelledSchema, whole, 1);
    await kit.payments.refundPayment({ id: refunded.paymentId }, staff);
    await kit.settle();
    expect((await kit.stored(whole.paymentId)).status).toBe('CAPTURED');
    expect((await kit.payments.getPayment({ id: refunded.paymentId }, staff)).status).toBe(Status.REFUNDED);
    // 100 left, 100 and 50 of cancelled orders, 150 given up, 150 refunded.
    expect(await credit()).toBe(550n);
    for (const request of accepted.slice(4)) await kit.payments.cancel({ paymentId: request.paymentId });
    await kit.settle();
    expect(await credit()).toBe(850n);
    await expectBalanced();
  });

  it('pays first and the card the rest, and money goes back before credit does', async () => {
    const { id, credit } = newCustomer();
    await grant(id, 60n);
    const request = { ...kit.request(Method.CARD, [100n, 50n]), customerId: id, useCredit: true };
    const payment = await kit.payments.authorize(request);
    expect(payment).toMatchObject({ status: Status.AUTHORIZED, amount: idr(150n), credit: idr(60n) });
    expect(await credit()).toBe(0n);
    expect(await kit.bank.look(request.paymentId)).toMatchObject({ amount: 90n, status: 'authorized' });
    await kit.consumeOrder(OrderConfirmedSchema, request);
    await kit.settle();
    expect((await kit.expectBalanced(request.paymentId)).charge).toMatchObject({ captured: 90n });
    const refund = (amount: bigint, nth: number) =>
      kit.payments.refundPayment(
        { id: request.paymentId, amount: idr(amount), orderId: request.shares[nth]?.orderId },
        staff,
      );
    // Of the first order 60 came from the card and 40 from credit.
    expect(await refund(50n, 0)).toMatchObject({ amount: idr(50n), credit: idr(0n) });
    expect(await refund(30n, 0)).toMatchObject({ credit: idr(20n) });
    expect(await credit()).toBe(0n);
    await kit.settle();
    expect(await credit()).toBe(20n);
    // What is left is credit alone, which nobody else has to give.
    expect(await refund(20n, 0)).toMatchObject({ credit: idr(20n) });
    expect(await credit()).toBe(40n);
    for (let i = 0; i < 2; i++) await kit.consumeOrder(OrderCancelledSchema, request, 1);
    await kit.settle();
    expect(await credit()).toBe(60n);
    const { payment: stored, charge } = await kit.expectBalanced(request.paymentId);
    expect(charge).toMatchObject({ captured: 90n, refunded: 90n });
    expect(stored.refunded).toBe(150n);
    await expectBalanced();
  });

  it('comes back once from what is declined, given up, or not paid in time', async () => {
    const { id, credit } = newCustomer();
    await grant(id, 100n);
    const ask = (method: Method, token?: string) => ({
      ...kit.request(method, [100n, 50n], token),
      ...{ customerId: id, useCredit: true },
    });
    const declined = ask(Method.CARD, 'tok_declined');
    for (let i = 0; i < 2; i++)
      expect((await refusal(kit.payments.authorize(declined))).code).toBe('payment.declined');
    expect(await credit()).toBe(100n);

    const late = ask(Method.QR);
    expect(await kit.payments.authorize(late)).toMatchObject({ credit: idr(100n) });
    expect(await credit()).toBe(0n);
    await Promise.all(Array.from({ length: 5 }, () => kit.payments.cancel({ paymentId: late.paymentId })));
    expect(await credit()).toBe(100n);
    // The buyer pays after all: that money goes back, and nothing else.
    await kit.bank.pay(late.paymentId, 1, 0).catch(() => undefined);
    await kit.settle();
    expect(await credit()).toBe(100n);
    await kit.expectBalanced(late.paymentId);

    const half = ask(Method.CARD);
    await kit.payments.authorize(half);
    await kit.consumeOrder(OrderCancelledSchema, half, 1);
    expect(await credit()).toBe(33n);
    await kit.consumeOrder(OrderConfirmedSchema, half, 0);
    await kit.settle();
    expect((await kit.expectBalanced(half.paymentId)).charge).toMatchObject({ captured: 33n });
    expect(await credit()).toBe(33n);
    await expectBalanced();
  });

  it('asks no provider where it pays all, whatever the method', async () => {
    const { id, credit } = newCustomer();
    await grant(id, 1_000n);
    kit.faults.plan = () => expect.fail('the bank was asked');
    for (const method of [Method.CARD, Method.QR, Method.STORE_CREDIT]) {
      const request = { ...kit.request(method, [100n, 0n, 50n]), customerId: id, useCredit: true };
      expect(await kit.payments.authorize(request)).toMatchObject({
        ...{ status: Status.AUTHORIZED, credit: idr(150n), provider: 'credit' },
      });
      await kit.consumeOrder(OrderCancelledSchema, request, 2);
      await kit.consumeOrder(OrderConfirmedSchema, request, 0);
      await kit.settle();
      const { payment } = await kit.expectBalanced(request.paymentId);
      expect(payment).toMatchObject({ status: 'CAPTURED', captured: 100n });
    }
    kit.faults.plan = () => undefined;
    expect(await credit()).toBe(700n);
    await expectBalanced();
  });

  it('is spent once by many checkouts at once, and not at the door', async () => {
    const { id, credit } = newCustomer();
    await grant(id, 250n);
    const requests = Array.from({ length: 8 }, () => ({
      ...kit.request(Method.EWALLET, [100n]),
      ...{ customerId: id, useCredit: true },
    }));
    // Each is asked for twice, as a caller that lost the answer would.
    const payments = await Promise.all(
      [...requests, ...requests].map((request) => kit.payments.authorize(request)),
    );
    const held = new Map(payments.map(({ id, credit }) => [id, credit?.amount ?? 0n]));
    expect([...held.values()].sort()).toEqual([0n, 0n, 0n, 0n, 0n, 100n, 100n, 50n]);
    expect(await credit()).toBe(0n);
    for (const { paymentId } of requests) await kit.payments.cancel({ paymentId });
    await kit.settle();
    expect(await credit()).toBe(250n);
    await expectBalanced();
    const atTheDoor = { ...kit.request(Method.COD, [1n]), customerId: id, useCredit: true };
    expect((await refusal(kit.payments.authorize(atTheDoor))).kind).toBe('invalid');
  });
});

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

  it('is asked again after a crash, and taken once', async () => {
    const { id, credit } = newCustomer();
    await grant(id, 500n);
    const request = { ...kit.request(Method.STORE_CREDIT, [500n]), customerId: id };
    kit.probe.dieAt(1, /after provider authorize/);
    await refusal(kit.payments.authorize(request));
    kit.probe.revive();
    expect(await credit()).toBe(0n);
    expect((await kit.payments.authorize(request)).status).toBe(Status.AUTHORIZED);
    await kit.consumeOrder(OrderConfirmedSchema, request);
    await kit.settle();
    expect(await credit()).toBe(0n);
    await expectBalanced();
  });
});

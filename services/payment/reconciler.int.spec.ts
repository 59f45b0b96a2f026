import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { Payment_Method as Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { PayoutService } from '@pasar/contracts/pasar/payment/v1/payout_pb';
import {
  ReconciliationService,
  Difference_State as State,
} from '@pasar/contracts/pasar/payment/v1/reconciliation_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { asUser } from '@pasar/platform/testing/network';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Attempts } from './attempts.js';
import { LedgerStore } from './ledger-store.js';
import { Payouts } from './payouts.js';
import { Reconciler } from './reconciler.js';
import { startPayment, type TestPayment, type TestRequest } from './testing.js';

let kit: TestPayment;
const staff = asUser({ id: crypto.randomUUID(), roles: [Role.SUPER_ADMIN] });

beforeAll(async () => {
  kit = await startPayment({ background: false });
});
afterAll(() => kit.close());

const today = () => kit.clock.now().toISOString().slice(0, 10);

async function captured(amount: bigint): Promise<TestRequest> {
  const request = kit.request(Method.CARD, [amount]);
  await kit.payments.authorize(request);
  await kit.consumeOrder(OrderConfirmedSchema, request);
  await kit.service.get(Attempts).run();
  return request;
}

/** Compares today once everything is old enough to be certain. */
async function compare() {
  const day = today();
  kit.clock.advance(180_000);
  return kit.service.get(Reconciler).compare(day);
}

describe('the statement of the day', () => {
  it('is the charges and refunds of the bank, and agrees with the ledger', async () => {
    const [kept, returned] = [await captured(100n), await captured(70n)];
    await kit.payments.refundPayment({ id: returned.paymentId }, staff);
    await kit.settle();
    const csv: string[] = [];
    for await (const part of kit.simulator.getStatement({ date: today() }, staff)) {
      csv.push(Buffer.from(part.data).toString());
    }
    const rows = csv.join('').trim().split('\n');
    expect(rows[0]).toBe('kind,payment_id,key,amount,currency,at');
    expect(rows.filter((row) => row.startsWith(`charge,${kept.paymentId},`))).toHaveLength(1);
    expect(rows.filter((row) => row.startsWith(`refund,${returned.paymentId},`))).toMatchObject([
      expect.stringContaining(',70,IDR,'),
    ]);
    expect(await compare()).toEqual([]);
    for (const date of ['2026-02-30', '2026-13-01']) {
      const reading = async () => {
        for await (const _ of kit.simulator.getStatement({ date }, staff));
      };
      expect(fromRpcError(await reading().catch((error: unknown) => error)).code).toBe('request.invalid');
    }
  });

  it('mends what only the bank knew', async () => {
    const request = kit.request(Method.QR, [100n]);
    await kit.payments.authorize(request);
    await kit.bank.pay(request.paymentId, 1, 0);
    expect((await kit.stored(request.paymentId)).status).toBe('AWAITING_PAYMENT');
    expect(await compare()).toMatchObject([{ kind: 'MISSING_HERE', remedy: 'ASKED' }]);
    expect((await kit.expectBalanced(request.paymentId)).payment.status).toBe('CAPTURED');
  });

  it('leaves alone what may still be on its way', async () => {
    const request = kit.request(Method.QR, [100n]);
    await kit.payments.authorize(request);
    await kit.bank.pay(request.paymentId, 1, 0);
    expect(await kit.service.get(Reconciler).compare(today())).toEqual([]);
    expect((await kit.stored(request.paymentId)).status).toBe('AWAITING_PAYMENT');
    expect(await compare()).toMatchObject([{ remedy: 'ASKED' }]);
  });

  it('lets the ledger follow what only the provider can know, and shows that', async () => {
    const [vanished, changed, refunded, gone] = [
      await captured(100n),
      await captured(70n),
      await captured(60n),
      await captured(50n),
    ];
    await kit.payments.refundPayment({ id: refunded.paymentId }, staff);
    await kit.settle();
    const stranger = kit.clock.id();
    const { pool } = kit.bank.database;
    await pool.query(`update charge set captured = 69 where payment_id = $1`, [changed.paymentId]);
    await pool.query(
      `update charge set status = 'voided', captured = 0, captured_at = null where payment_id = $1`,
      [gone.paymentId],
    );
    await pool.query(
      `insert into charge (payment_id, method, token, amount, currency, status, captured, captured_at, created_at)
       values ($1, 'CARD', '', 5, 'IDR', 'captured', 5, $2, $2)`,
      [stranger, kit.clock.now()],
    );
    kit.faults.statement = (lines) =>
      lines.flatMap((line) => {
        if (line.paymentId === vanished.paymentId) return [];
        return line.kind === 'refund' && line.paymentId === refunded.paymentId
          ? [line, { ...line, id: `${line.id}-again` }]
          : [line];
      });
    const [refund] = await kit.query<{ id: string }>(
      'select id from refund where payment_id = $1',
      refunded.paymentId,
    );
    const day = today();
    const found = await compare();
    const of = (id: string) => found.find((one) => one.id === id);
    expect(found).toHaveLength(5);
    expect(of(`capture:${changed.paymentId}`)).toMatchObject({
      kind: 'AMOUNT',
      remedy: 'BOOKED',
      correction: -1n,
    });
    expect(of(`capture:${stranger}`)).toMatchObject({
      kind: 'MISSING_HERE',
      remedy: 'BOOKED',
      correction: 5n,
    });
    expect(of(`refund:${refund?.id}`)).toMatchObject({ kind: 'DOUBLE', remedy: 'BOOKED', correction: -60n });
    expect(of(`capture:${gone.paymentId}`)).toMatchObject({
      kind: 'MISSING_THERE',
      remedy: 'BOOKED',
      correction: -50n,
    });
    // The provider says that it has it: its next statement may tell.
    expect(of(`capture:${vanished.paymentId}`)).toMatchObject({ kind: 'MISSING_THERE', remedy: null });
    expect((await differences({ state: State.OPEN })).map(({ paymentId }) => paymentId)).toEqual([
      vanished.paymentId,
    ]);
    expect(await suspense()).toBe(1n - 5n + 60n + 50n);

    // Nothing is corrected twice, by two at once neither.
    const again = await Promise.all([
      kit.service.get(Reconciler).compare(day),
      kit.service.get(Reconciler).compare(day),
    ]);
    for (const outcomes of again)
      expect(outcomes.map(({ id }) => id)).toEqual([`capture:${vanished.paymentId}`]);
    expect(await suspense()).toBe(106n);

    // What was false comes right, and so do the books.
    kit.faults.statement = (lines) => lines;
    await pool.query(`update charge set captured = 70 where payment_id = $1`, [changed.paymentId]);
    await kit.service.get(Reconciler).compare(day);
    expect(await suspense()).toBe(105n);
    expect(await differences({ state: State.OPEN })).toEqual([]);
    expect(await kit.service.get(Reconciler).compare(day)).toEqual([]);
    await expectLedger();
  });
});

describe('what was lost', () => {
  // Tokens of callers end by the clock that the days above have moved.
  beforeAll(async () => {
    await kit.close();
    kit = await startPayment({ background: false });
  });

  it('makes again what got lost at the provider: a refund, and a payout', async () => {
    const { paymentId } = await captured(80n);
    await kit.payments.refundPayment({ id: paymentId }, staff);
    await kit.settle();
    const { pool } = kit.bank.database;
    await pool.query('delete from refund where payment_id = $1', [paymentId]);
    await pool.query('update charge set refunded = 0 where payment_id = $1', [paymentId]);
    const payoutId = await paidOut(5_000_000n);
    await pool.query('delete from payout where key = $1', [payoutId]);
    const found = await compare();
    expect(found).toMatchObject([
      { kind: 'MISSING_THERE', remedy: 'ASKED' },
      { kind: 'MISSING_THERE', remedy: 'ASKED' },
    ]);
    expect((await kit.expectBalanced(paymentId)).charge?.refunded).toBe(80n);
    expect((await pool.query('select amount from payout where key = $1', [payoutId])).rows).toEqual([
      { amount: 5_000_000n },
    ]);
  });

  it('hears of a refund and a payout whose answers were lost', async () => {
    const { paymentId } = await captured(90n);
    const lost: string[] = [];
    kit.faults.plan = (operation) => {
      if (operation !== 'refund' && operation !== 'payout') return undefined;
      lost.push(operation);
      return { kind: 'failed', effect: true };
    };
    await kit.payments.refundPayment({ id: paymentId }, staff);
    await kit.service.get(Attempts).run();
    const payoutId = await paidOut(6_000_000n);
    expect(await statusOf(payoutId)).toBe('PENDING');
    // The refund may have been asked for in the background.
    await vi.waitFor(() => expect(new Set(lost)).toEqual(new Set(['refund', 'payout'])));
    kit.faults.plan = () => undefined;
    expect(await compare()).toMatchObject([
      { kind: 'MISSING_HERE', remedy: 'ASKED' },
      { kind: 'MISSING_HERE', remedy: 'ASKED' },
    ]);
    expect((await kit.expectBalanced(paymentId)).payment.refunded).toBe(90n);
    expect(await statusOf(payoutId)).toBe('PAID');
    await expectLedger();
  });

  it('is compared at the wish of staff, and pages what it found', async () => {
    expect(await rpc().reconcile({ date: '2020-01-01' }, staff)).toMatchObject({ found: 0, open: 0 });
    const bad = await rpc()
      .reconcile({ date: '2026-02-30' }, staff)
      .catch((error: unknown) => error);
    expect(fromRpcError(bad).code).toBe('request.invalid');
    const all = await differences({});
    const seen: string[] = [];
    for (let pageToken = '', pages = 0; pages === 0 || pageToken; pages++) {
      const page = await rpc().listDifferences({ pageSize: 2, pageToken }, staff);
      seen.push(...page.differences.map(({ id }) => id));
      pageToken = page.nextPageToken;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(seen).toHaveLength(4);
    const customer = asUser({ id: crypto.randomUUID() });
    const refused = await rpc()
      .listDifferences({}, customer)
      .catch((error: unknown) => error);
    expect(fromRpcError(refused).kind).toBe('forbidden');
  });
});

const rpc = () => kit.client(ReconciliationService);

async function differences(request: { state?: State }) {
  return (await rpc().listDifferences({ ...request, pageSize: 200 }, staff)).differences;
}

async function suspense(): Promise<bigint> {
  const [row] = await kit.query<{ balance: bigint }>(
    `select balance from ledger_account where account = 'suspense'`,
  );
  return row?.balance ?? 0n;
}

async function expectLedger(): Promise<void> {
  expect(await kit.query('select currency from ledger_entry group by 1 having sum(amount) <> 0')).toEqual([]);
}

/** Somebody with a store is paid that. */
async function paidOut(amount: bigint): Promise<string> {
  const sellerId = kit.clock.id();
  const seller = asUser({ id: kit.clock.id(), roles: [Role.SELLER], sellerId });
  const account = { bank: 'BCA', number: '12345678', holder: 'Toko' };
  await kit.client(PayoutService).setMyPayoutAccount(account, seller);
  const entries = [
    { account: 'platform:commission', amount, currency: 'IDR' },
    { account: `seller:${sellerId}`, amount: -amount, currency: 'IDR' },
  ];
  const earned = { id: `test:${sellerId}`, kind: 'release' as const, paymentId: null, entries };
  await kit.service.database.transaction((tx) =>
    kit.service.get(LedgerStore).book(tx, [earned], kit.clock.now()),
  );
  await kit.service.get(Payouts).make(kit.clock.id().slice(0, 30));
  await kit.service.get(Payouts).send();
  const [payout] = (await kit.client(PayoutService).listMyPayouts({}, seller)).payouts;
  return payout?.id as string;
}

async function statusOf(payoutId: string): Promise<string | undefined> {
  return (await kit.query<{ status: string }>('select status from payout where id = $1', payoutId))[0]
    ?.status;
}

it('compares yesterday and today by itself', async () => {
  await kit.service.get(Reconciler).compareRecent();
});

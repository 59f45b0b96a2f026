import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { Payment_Method as Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { asUser } from '@pasar/platform/testing/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Attempts } from './attempts.js';
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
    expect(await compare()).toEqual([]);
    expect((await kit.expectBalanced(request.paymentId)).payment.status).toBe('CAPTURED');
  });

  it('leaves alone what may still be on its way', async () => {
    const request = kit.request(Method.QR, [100n]);
    await kit.payments.authorize(request);
    await kit.bank.pay(request.paymentId, 1, 0);
    expect(await kit.service.get(Reconciler).compare(today())).toEqual([]);
    expect((await kit.stored(request.paymentId)).status).toBe('AWAITING_PAYMENT');
    expect(await compare()).toEqual([]);
  });

  it('shows what cannot be mended', async () => {
    const [vanished, changed] = [await captured(100n), await captured(70n)];
    const { pool } = kit.bank.database;
    await pool.query(`update charge set captured_at = null where payment_id = $1`, [vanished.paymentId]);
    await pool.query(`update charge set captured = 69 where payment_id = $1`, [changed.paymentId]);
    const stranger = kit.clock.id();
    await pool.query(
      `insert into charge (payment_id, method, token, amount, currency, status, captured, captured_at, created_at)
       values ($1, 'CARD', '', 5, 'IDR', 'captured', 5, $2, $2)`,
      [stranger, kit.clock.now()],
    );
    const left = await compare();
    expect(left.sort((a, b) => Number((b.theirs ?? 0n) - (a.theirs ?? 0n)))).toEqual([
      { id: `capture:${changed.paymentId}`, paymentId: changed.paymentId, ours: 70n, theirs: 69n },
      { id: `capture:${stranger}`, paymentId: stranger, ours: null, theirs: 5n },
      { id: `capture:${vanished.paymentId}`, paymentId: vanished.paymentId, ours: 100n, theirs: null },
    ]);
  });
});

it('compares yesterday and today by itself', async () => {
  await kit.service.get(Reconciler).compareRecent();
});

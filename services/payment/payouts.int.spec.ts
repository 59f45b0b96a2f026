import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { PaymentService } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import {
  PayoutPaidSchema,
  PayoutService,
  Payout_Status as Status,
} from '@pasar/contracts/pasar/payment/v1/payout_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { asUser } from '@pasar/platform/testing/network';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LedgerStore } from './ledger-store.js';
import { Payouts } from './payouts.js';
import { idr, startPayment, type TestPayment } from './testing.js';

let kit: TestPayment;
const staff = asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });
const refusal = (promise: Promise<unknown>) => promise.then(() => expect.fail('accepted'), fromRpcError);

beforeAll(async () => {
  kit = await startPayment({ background: false, environment: { PASAR_PAYOUT_MINIMUM: '1000' } });
});
afterAll(() => kit.close());
afterEach(() => {
  kit.faults.plan = () => undefined;
});

const rpc = () => kit.client(PayoutService);
const payouts = () => kit.service.get(Payouts);

/** Somebody with a store, an account, and what it has earned. */
async function newSeller(earned: bigint, number = '1234567890') {
  const sellerId = kit.clock.id();
  const seller = asUser({ id: kit.clock.id(), roles: [Role.SELLER], sellerId });
  if (number) await rpc().setMyPayoutAccount({ bank: 'BCA', number, holder: 'Toko Sari' }, seller);
  if (earned !== 0n) await earn(sellerId, earned);
  const mine = async () => (await rpc().listMyPayouts({}, seller)).payouts;
  const available = async () => (await rpc().getMyBalance({}, seller)).available[0]?.amount;
  return { sellerId, seller, mine, available };
}

/** As orders do when they are complete, and late refunds below zero. */
async function earn(sellerId: string, amount: bigint): Promise<void> {
  const id = kit.clock.id();
  const entries = [
    { account: 'escrow', amount, currency: 'IDR' },
    { account: `seller:${sellerId}`, amount: -amount, currency: 'IDR', sellerId },
  ];
  await kit.service.database.transaction((tx) =>
    kit.service
      .get(LedgerStore)
      .book(tx, [{ id: `release:${id}`, kind: 'release', paymentId: null, entries }], kit.clock.now()),
  );
}

let batches = 0;
const newBatch = () => `batch-${batches++}`;

async function run(batch = newBatch()) {
  const { made } = await rpc().runPayouts({ batch }, staff);
  await payouts().send();
  return made;
}

describe('a batch', () => {
  it('pays each seller once, however often and by how many it is run', async () => {
    const sellers = await Promise.all(Array.from({ length: 20 }, (_, i) => newSeller(5_000n + BigInt(i))));
    const batch = newBatch();
    const made = await Promise.all(Array.from({ length: 5 }, () => run(batch)));
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(20);
    expect(await run(batch)).toBe(0);
    for (const [i, { mine, available }] of sellers.entries()) {
      expect(await mine()).toMatchObject([
        { status: Status.PAID, amount: idr(5_000n + BigInt(i)), accountEnding: '7890', batch },
      ]);
      expect(await available()).toBe(0n);
    }
    const paid = await kit.bank.database.pool.query('select count(*)::int as n from payout');
    expect(paid.rows).toEqual([{ n: 20 }]);
    await vi.waitFor(async () =>
      expect(await kit.query(`select count(*)::int as n from outbox where type = 'payout.paid'`)).toEqual([
        { n: 20 },
      ]),
    );
    // What comes later is for the next batch, also when this one is run again.
    await earn(sellers[0]?.sellerId as string, 9_000n);
    expect(await run(batch)).toBe(0);
    expect(await run()).toBe(1);
  });

  it('leaves out who has no account, who earned too little, and who owes', async () => {
    const [lost, poor, owing] = [await newSeller(5_000n, ''), await newSeller(999n), await newSeller(-500n)];
    expect(await run()).toBe(0);
    expect((await refusal(rpc().getMyPayoutAccount({}, lost.seller))).code).toBe('payout_account.not_found');
    expect(await poor.available()).toBe(999n);
    expect(await owing.available()).toBe(-500n);
    // What was paid out and went back to a buyer is taken off the next payout.
    await earn(owing.sellerId, 2_000n);
    expect(await run()).toBe(1);
    expect(await owing.mine()).toMatchObject([{ amount: idr(1_500n) }]);
  });

  it('gives back to the balance what the bank refuses', async () => {
    const { seller, mine, available } = await newSeller(5_000n, '99990000');
    await run();
    expect(await mine()).toMatchObject([{ status: Status.FAILED, failureCode: 'account_closed' }]);
    expect(await kit.query(`select from outbox where type = 'payout.failed'`)).toHaveLength(1);
    expect(await available()).toBe(5_000n);
    await rpc().setMyPayoutAccount({ bank: 'BRI', number: '99991111', holder: 'Toko Sari' }, seller);
    await run();
    expect(await mine()).toMatchObject([{ status: Status.PAID, bank: 'BRI' }, { status: Status.FAILED }]);
    expect(await available()).toBe(0n);
  });

  it.each([true, false])('is paid once when the bank does not answer (with effect: %s)', async (effect) => {
    const { seller, mine } = await newSeller(5_000n);
    let failures = 0;
    kit.faults.plan = () => (failures++ < 3 ? { kind: 'failed', effect } : undefined);
    await run();
    expect(await mine()).toMatchObject([{ status: Status.PENDING }]);
    // The question stays the same, whatever becomes of the account.
    await rpc().setMyPayoutAccount({ bank: 'BRI', number: '55550001', holder: 'Toko Sari' }, seller);
    for (let i = 0; i < 6; i++) {
      kit.clock.advance(10_000);
      await payouts().send();
    }
    const [payout] = await mine();
    expect(payout).toMatchObject({ status: Status.PAID, bank: 'BCA' });
    const { rows } = await kit.bank.database.pool.query('select number from payout where key = $1', [
      payout?.id,
    ]);
    expect(rows).toEqual([{ number: '1234567890' }]);
  });

  it('keeps the ledger balanced', async () => {
    const { balances } = await kit.client(PaymentService).listBalances({ pageSize: 200 }, staff);
    expect(balances.reduce((sum, { balance }) => sum + (balance?.amount ?? 0n), 0n)).toBe(0n);
    expect(balances.find(({ account }) => account === 'payouts')?.balance?.amount).toBe(0n);
    const { rows } = await kit.bank.database.pool.query('select sum(amount)::bigint as paid from payout');
    expect(balances.find(({ account }) => account === 'provider:simulator')?.balance?.amount).toBe(
      -(rows[0].paid as bigint),
    );
  });
});

describe('payouts', () => {
  it('are listed by page, to their seller and to staff', async () => {
    const { seller, sellerId } = await newSeller(0n);
    for (let i = 0; i < 5; i++) {
      await earn(sellerId, 1_000n);
      await run();
    }
    for (const list of [
      (pageToken: string) => rpc().listMyPayouts({ pageSize: 2, pageToken }, seller),
      (pageToken: string) =>
        rpc().listPayouts({ pageSize: 2, pageToken, sellerId, status: Status.PAID }, staff),
    ]) {
      const seen: string[] = [];
      for (let pageToken = '', pages = 0; pages === 0 || pageToken; pages++) {
        const page = await list(pageToken);
        seen.push(...page.payouts.map(({ id }) => id));
        pageToken = page.nextPageToken;
      }
      expect(seen).toHaveLength(5);
      expect(seen).toEqual([...new Set(seen)].sort().reverse());
    }
    const other = await newSeller(0n);
    expect(await other.mine()).toEqual([]);
  });

  it('refuse what makes no sense', async () => {
    const { seller } = await newSeller(0n, '');
    for (const wrong of [
      { bank: '', number: '12345', holder: 'x' },
      { bank: 'BCA', number: '12 345', holder: 'x' },
      { bank: 'BCA', number: '12345', holder: '' },
      { bank: 'BCA', number: "1';--", holder: 'x' },
    ])
      expect((await refusal(rpc().setMyPayoutAccount(wrong, seller))).kind).toBe('invalid');
    expect((await refusal(rpc().runPayouts({ batch: 'A B' }, staff))).kind).toBe('invalid');
    expect((await refusal(rpc().listMyPayouts({ pageToken: 'x' }, seller))).kind).toBe('invalid');
    expect((await refusal(rpc().listPayouts({}, seller))).kind).toBe('forbidden');
    const guest = asUser({ id: kit.clock.id() });
    expect(
      (await refusal(rpc().setMyPayoutAccount({ bank: 'BCA', number: '12345', holder: 'x' }, guest))).kind,
    ).toBe('forbidden');
    expect(kit.published(PayoutPaidSchema)).toEqual([]);
  });
});

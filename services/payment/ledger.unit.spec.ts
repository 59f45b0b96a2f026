import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookCredit, bookReceipt, bookRefund, movesMoney, type Part, post } from './ledger.js';

const part: fc.Arbitrary<Part> = fc
  .record({
    orderId: fc.uuid(),
    sellerId: fc.uuid(),
    amount: fc.bigInt(0n, 10n ** 15n),
    subsidy: fc.oneof(fc.constant(0n), fc.bigInt(0n, 10n ** 15n)),
    credit: fc.oneof(fc.constant(0n), fc.bigInt(0n, 10n ** 15n)),
  })
  .map((part) => ({ ...part, credit: part.credit < part.amount ? part.credit : part.amount }));
const parts = fc.array(part, { minLength: 1, maxLength: 100 }).filter(movesMoney);

describe('the ledger', () => {
  it('balances receipts and refunds, and a refund undoes a receipt', () => {
    fc.assert(
      fc.property(parts, (parts) => {
        const facts = { paymentId: 'p', customerId: 'u', provider: 'bank', currency: 'IDR', parts };
        const credit = parts.reduce((sum, part) => sum + part.credit, 0n);
        const held = credit > 0n ? [bookCredit('h', facts, credit)] : [];
        const entries = [...held, bookReceipt('c', 'capture', facts), bookRefund('r', facts)].flatMap(
          (transaction) => {
            expect(transaction.entries.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
            return transaction.entries;
          },
        );
        const balances = new Map<string, bigint>();
        for (const { account, orderId = '', amount } of entries) {
          balances.set(account + orderId, (balances.get(account + orderId) ?? 0n) + amount);
        }
        expect([...balances.values()].every((balance) => balance === 0n)).toBe(true);
      }),
    );
  });

  it('refuses entries that do not sum to zero in each currency', () => {
    const entry = (amount: bigint, currency: string) => ({ account: 'escrow', amount, currency });
    expect(() => post('x', 'capture', 'p', [entry(1n, 'IDR'), entry(-1n, 'USD')])).toThrow('out of balance');
    expect(() => post('x', 'capture', 'p', [entry(1n, 'IDR')])).toThrow('out of balance');
    expect(() => post('x', 'capture', 'p', [entry(0n, 'IDR')])).toThrow('moves nothing');
    const four = [entry(1n, 'IDR'), entry(-1n, 'IDR'), entry(2n, 'USD'), entry(-2n, 'USD')];
    expect(post('x', 'capture', 'p', four).entries).toEqual(four);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Change, Input } from './change.js';
import { decide } from './decider.js';
import { bookCredit, bookGift, bookGrant, bookPayout, endPayout, type LedgerTransaction } from './ledger.js';
import {
  beginPayment,
  chargeOf,
  creditOf,
  isFree,
  type Payment,
  payFromCredit,
  type Refund,
} from './payment.js';

const now = new Date('2026-11-21T08:00:00Z');
const currencies = ['IDR', 'USD', 'JPY'];
const sellers = Array.from({ length: 7 }, (_, i) => `s${i}`);
const customers = Array.from({ length: 5 }, (_, i) => `c${i}`);

interface Outgoing {
  id: string;
  sellerId: string;
  amount: bigint;
  currency: string;
}

/** All money of a small market: payments, payouts, gift cards and credit, and the ledger that they write. */
class Market {
  readonly ledger: LedgerTransaction[] = [];
  readonly balances = new Map<string, bigint>();
  readonly payments: Payment[] = [];
  /** On their way. */
  readonly refunds = new Map<string, Refund>();
  readonly payouts = new Map<string, Outgoing>();
  readonly cards = new Map<string, { id: string; amount: bigint; currency: string }>();
  readonly #booked = new Set<string>();
  #ids = 0;
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** Below `limit`: G. Marsaglia's xorshift is random enough to choose by. */
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }

  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  step(): void {
    const payment = this.payments.length > 0 ? this.one(this.payments) : undefined;
    switch (this.below(14)) {
      case 0:
        return this.#begin();
      case 1:
      case 2:
        return this.#tell(payment, { type: 'confirm' });
      case 3:
      case 4:
        return this.#pay(payment);
      case 5:
        return this.#tell(payment, { type: 'cancelOrder', orderId: this.#orderOf(payment) });
      case 6:
        return this.#tell(payment, { type: 'deliverOrder', orderId: this.#orderOf(payment) });
      case 7:
      case 8: {
        const terms = { commission: this.below(1_000_001), shipping: BigInt(this.below(300)) };
        return this.#tell(payment, { type: 'release', orderId: this.#orderOf(payment), terms });
      }
      case 9:
        return this.#refund(payment);
      case 10:
      case 11:
        return this.#endRefund();
      case 12:
        return this.#movePayouts();
      default:
        return this.#give();
    }
  }

  #begin(): void {
    const currency = this.one(currencies);
    const money = (amount: number) => ({ amount: BigInt(amount), currency });
    const shares = Array.from({ length: 1 + this.below(3) }, () => ({
      orderId: `o${this.#ids++}`,
      sellerId: this.one(sellers),
      amount: money(this.below(1_000)),
      subsidy: money(this.below(2) * this.below(200)),
    }));
    const amount = { amount: shares.reduce((sum, share) => sum + share.amount.amount, 0n), currency };
    const facts = { checkoutId: 'c', customerId: this.one(customers), cardToken: 'tok', expiresAt: now };
    const method = this.one(['CARD', 'QR', 'COD'] as const);
    const id = `p${this.#ids++}`;
    const asked = beginPayment({ paymentId: id, method, amount, shares, ...facts }, 'bank', now);
    const balance = -(this.balances.get(`credit:${facts.customerId} ${currency}`) ?? 0n);
    const payment = method !== 'COD' && this.below(2) === 0 ? payFromCredit(asked, balance) : asked;
    this.payments.push(payment);
    const held = creditOf(payment);
    const charge = { paymentId: id, customerId: facts.customerId, currency };
    if (held > 0n) this.#book(bookCredit(`credit-spent:${id}`, charge, held));
  }

  /** The provider says that it took what it was asked for. */
  #pay(payment: Payment | undefined): void {
    if (!payment || payment.method === 'COD' || isFree(payment)) return;
    const due = chargeOf(payment);
    if (due > 0n)
      this.#tell(payment, { type: 'answer', answer: { status: 'captured', reference: 'r', amount: due } });
  }

  #refund(payment: Payment | undefined): void {
    const amount = { amount: BigInt(1 + this.below(300)), currency: payment?.currency ?? '' };
    const orderId = this.below(2) === 0 ? '' : this.#orderOf(payment);
    if (orderId && this.below(2) === 0)
      return this.#tell(payment, { type: 'returnOrder', orderId, amount: amount.amount, reason: '' });
    this.#tell(payment, { type: 'refund', amount, orderId, reason: '', idempotencyKey: null });
  }

  #endRefund(): void {
    const refund = this.refunds.size > 0 ? this.one([...this.refunds.values()]) : undefined;
    if (!refund) return;
    const payment = this.payments.find(({ id }) => id === refund.paymentId);
    this.#tell(payment, { type: 'refundEnded', refund, refused: this.below(4) === 0 ? 'closed' : undefined });
  }

  /** What is not allowed is refused, and changes nothing. */
  #tell(payment: Payment | undefined, input: Input): void {
    if (!payment) return;
    let change: Change | undefined;
    try {
      change = decide(payment, input, { now, newId: () => `r${this.#ids++}` });
    } catch (error) {
      expect(error).toMatchObject({ name: 'DomainError' });
    }
    if (!change) return;
    this.payments[this.payments.indexOf(payment)] = change.payment;
    for (const refund of change.refunds) {
      if (refund.status === 'PENDING') this.refunds.set(refund.id, refund);
      else this.refunds.delete(refund.id);
    }
    this.#book(...change.ledger);
  }

  #movePayouts(): void {
    const open = [...this.payouts.values()];
    if (open.length > 0 && this.below(2) === 0) {
      const payout = this.one(open);
      this.payouts.delete(payout.id);
      return this.#book(endPayout(payout, this.below(4) === 0 ? null : 'bank'));
    }
    const [sellerId, currency] = [this.one(sellers), this.one(currencies)];
    const owed = -(this.balances.get(`seller:${sellerId} ${currency}`) ?? 0n);
    if (owed <= 0n) return;
    const payout = { id: `po${this.#ids++}`, sellerId, amount: owed, currency };
    this.payouts.set(payout.id, payout);
    this.#book(bookPayout(payout));
  }

  #give(): void {
    const customerId = this.one(customers);
    const gift = {
      id: `g${this.#ids++}`,
      amount: BigInt(1 + this.below(500)),
      currency: this.one(currencies),
    };
    const card = this.cards.size > 0 ? this.one([...this.cards.values()]) : undefined;
    switch (this.below(4)) {
      case 0:
        return this.#book(bookGrant({ ...gift, customerId }));
      case 1:
        this.cards.set(gift.id, gift);
        return this.#book(bookGift('gift-card-issued', gift));
      default:
        if (!card) return;
        this.cards.delete(card.id);
        return this.#book(
          this.below(3) === 0
            ? bookGift('gift-card-ended', card)
            : bookGift('gift-card-redeemed', card, customerId),
        );
    }
  }

  #orderOf(payment: Payment | undefined): string {
    return payment ? this.one(payment.shares).orderId : '';
  }

  #book(...transactions: LedgerTransaction[]): void {
    for (const transaction of transactions) {
      if (this.#booked.has(transaction.id)) expect.fail(`${transaction.id} is booked twice`);
      this.#booked.add(transaction.id);
      this.ledger.push(transaction);
      for (const { account, currency, amount } of transaction.entries) {
        const key = `${account} ${currency}`;
        this.balances.set(key, (this.balances.get(key) ?? 0n) + amount);
      }
    }
  }
}

it('balances in every currency after any ten thousand things that happen in a market', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
      const market = new Market(seed);
      for (let i = 0; i < 10_000; i++) market.step();

      const entries = market.ledger.flatMap((transaction) => transaction.entries);
      expect(entries.length).toBeGreaterThan(5_000);
      const sums = new Map<string, bigint>();
      const totals = new Map<string, bigint>();
      for (const { account, currency, amount } of entries) {
        const key = `${account} ${currency}`;
        sums.set(key, (sums.get(key) ?? 0n) + amount);
        totals.set(currency, (totals.get(currency) ?? 0n) + amount);
      }
      expect(sums).toEqual(market.balances);
      expect([...totals.keys()].sort()).toEqual([...currencies].sort());
      for (const total of totals.values()) expect(total).toBe(0n);

      // What is on its way, given and held is what the market says.
      for (const currency of currencies) {
        const of = (account: string) => market.balances.get(`${account} ${currency}`) ?? 0n;
        const sumOf = (list: Iterable<{ currency: string; amount: bigint }>) =>
          [...list].reduce((sum, one) => (one.currency === currency ? sum + one.amount : sum), 0n);
        expect(of('payouts')).toBe(-sumOf(market.payouts.values()));
        expect(of('gift-cards')).toBe(-sumOf(market.cards.values()));
        for (const customer of customers) expect(of(`credit:${customer}`)).toBeLessThanOrEqual(0n);
        const own = market.payments.filter((payment) => payment.currency === currency);
        const held = own.flatMap(({ shares }) =>
          shares.map(
            ({ captured, returned, granted, settlement }) =>
              captured - returned + granted - (settlement?.gross ?? 0n),
          ),
        );
        const returning = own.reduce((sum, { refunding }) => sum + refunding, 0n);
        const subsidies = sumOf(
          [...market.refunds.values()].flatMap(({ paymentId, parts }) => {
            const payment = market.payments.find(({ id }) => id === paymentId);
            return parts.map(({ subsidy }) => ({ amount: subsidy, currency: payment?.currency ?? '' }));
          }),
        );
        const credit = own.flatMap(({ shares }) => shares.filter(({ captured }) => captured === 0n));
        expect(of('provider:credit')).toBe(-credit.reduce((sum, { credit }) => sum + credit, 0n));
        expect(of('escrow')).toBe(-held.reduce((sum, amount) => sum + amount, 0n) - returning - subsidies);
      }
    }),
    { numRuns: 3 },
  );
});

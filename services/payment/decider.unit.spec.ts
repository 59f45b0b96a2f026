import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Input, Question } from './change.js';
import { decide } from './decider.js';
import type { LedgerTransaction } from './ledger.js';
import {
  type Answer,
  beginPayment,
  chargeOf,
  commissionOf,
  creditOf,
  hasEnded,
  isFree,
  type Method,
  type Payment,
  payFromCredit,
  type Refund,
} from './payment.js';

const now = new Date('2026-11-21T08:00:00Z');
const orders = ['a', 'b', 'c'];

function begin(method: Method, amounts: bigint[], subsidies: bigint[] = [], credit = 0n): Payment {
  const idr = (amount: bigint) => ({ amount, currency: 'IDR' });
  const asked = beginPayment(
    {
      paymentId: 'p',
      checkoutId: 'c',
      customerId: 'u',
      method,
      cardToken: 'tok',
      amount: idr(amounts.reduce((sum, amount) => sum + amount, 0n)),
      shares: amounts.map((amount, i) => ({
        orderId: orders[i] as string,
        sellerId: `s${i}`,
        amount: idr(amount),
        subsidy: idr(subsidies[i] ?? 0n),
      })),
      expiresAt: new Date(now.getTime() + 1000),
    },
    'bank',
    now,
  );
  return credit > 0n ? payFromCredit(asked, credit) : asked;
}

/** The outside world: one charge, as a provider with idempotency keys would keep it. */
class World {
  status: 'none' | 'awaiting' | 'authorized' | 'captured' | 'voided' | 'declined' = 'none';
  captured = 0n;
  captures = 0;
  readonly refunds = new Map<string, bigint>();
  /** Everything that was ever true here, for webhooks. */
  readonly news: Answer[] = [];

  constructor(
    readonly method: Method,
    readonly outcome: 'accepts' | 'declines',
    readonly amount: bigint,
  ) {}

  authorize(): Answer {
    if (this.status === 'none') {
      const instant = this.method === 'CARD' || this.method === 'EWALLET';
      this.#become(this.outcome === 'declines' ? 'declined' : instant ? 'authorized' : 'awaiting');
    }
    return this.inquire();
  }

  pay(): void {
    if (this.status !== 'awaiting') return;
    this.captured = this.amount;
    this.captures++;
    this.#become('captured');
  }

  capture(amount: bigint): Answer {
    if (this.status === 'authorized') {
      this.captured = amount;
      this.captures++;
      this.#become('captured');
    }
    return this.inquire();
  }

  void(): Answer {
    if (this.status === 'authorized' || this.status === 'awaiting') this.#become('voided');
    return this.inquire();
  }

  refund(key: string, amount: bigint): void {
    if (this.refunds.has(key)) expect(this.refunds.get(key)).toBe(amount);
    this.refunds.set(key, amount);
    expect(this.refunded).toBeLessThanOrEqual(this.captured);
  }

  get refunded(): bigint {
    return [...this.refunds.values()].reduce((sum, amount) => sum + amount, 0n);
  }

  inquire(): Answer {
    const reference = 'r';
    switch (this.status) {
      case 'none':
        return { status: 'unknown' };
      case 'awaiting':
        return { status: 'instructed', reference, instructions: {} };
      case 'declined':
        return { status: 'declined', reference, code: 'no' };
      case 'captured':
        return { status: 'captured', reference, amount: this.captured };
      default:
        return { status: this.status, reference };
    }
  }

  #become(status: World['status']): void {
    this.status = status;
    this.news.push(this.inquire());
  }
}

/** What the store keeps, as lists. */
class Books {
  readonly questions = new Map<string, Question & { sent: boolean }>();
  readonly refunds = new Map<string, Refund>();
  readonly ledger: LedgerTransaction[] = [];
  readonly events: string[] = [];
  /** What was to go back of orders, as the test said. */
  readonly returned = new Map<string, bigint>();
  #ids = 0;

  constructor(public payment: Payment) {
    if (payment.status === 'PENDING')
      this.#open({ key: payment.id, operation: 'authorize', amount: chargeOf(payment) });
  }

  take(input: Input): void {
    const capture = this.questions.get(`${this.payment.id}:capture`);
    const payment = { ...this.payment, captureSent: capture?.sent ?? false };
    const change = decide(payment, input, { now, newId: () => `refund-${this.#ids++}` });
    if (change) this.#write(change);
  }

  #write({ payment, unsent, opens, closes, ledger, refunds, events }: Change): void {
    if (unsent) expect(this.questions.get(`${payment.id}:capture`)?.sent).toBe(false);
    expect(payment.refunded + payment.refunding).toBeLessThanOrEqual(payment.captured);
    expect(payment.captured).toBeLessThanOrEqual(payment.amount);
    this.payment = { ...payment, version: payment.version + 1 };
    for (const { key } of closes) this.questions.delete(key);
    for (const question of opens) this.#open(question);
    for (const refund of refunds) this.refunds.set(refund.id, refund);
    for (const transaction of ledger) {
      expect(this.ledger.some(({ id }) => id === transaction.id)).toBe(false);
      this.ledger.push(transaction);
    }
    this.events.push(...events.map((event) => event.type));
  }

  #open(question: Question): void {
    this.questions.set(question.key, { ...question, sent: false });
  }

  balance(account: string, orderId?: string): bigint {
    return this.ledger
      .flatMap((transaction) => transaction.entries)
      .filter((entry) => entry.account === account && (!orderId || entry.orderId === orderId))
      .reduce((sum, entry) => sum + entry.amount, 0n);
  }
}

/** Asks the provider one open question; its answer may be lost on the way. */
function ask(books: Books, world: World, question: Question, lost: boolean): void {
  const open = books.questions.get(question.key);
  if (!open) return;
  open.sent = true;
  if (question.operation === 'refund') {
    world.refund(question.key, question.amount);
    const refund = books.refunds.get(question.key) as Refund;
    if (!lost) books.take({ type: 'refundEnded', refund });
    return;
  }
  const answer =
    question.operation === 'authorize'
      ? world.authorize()
      : question.operation === 'capture'
        ? world.capture(question.amount)
        : world.void();
  if (!lost) books.take({ type: 'answer', answer });
}

type Step =
  | { do: 'ask'; nth: number; lost: boolean }
  | { do: 'news'; nth: number }
  | { do: 'inquire' | 'pay' | 'confirm' }
  | { do: 'cancel'; refundCaptured: boolean }
  | { do: 'cancelOrder' | 'deliverOrder'; nth: number }
  | { do: 'release'; nth: number; commission: number; shipping: bigint }
  | { do: 'refund' | 'returnOrder'; amount: bigint; nth: number }
  | { do: 'refuse'; nth: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('ask' as const), nth: fc.nat(3), lost: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('news' as const), nth: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('inquire' as const, 'pay' as const, 'confirm' as const) }),
  },
  fc.record({ do: fc.constant('cancel' as const), refundCaptured: fc.boolean() }),
  fc.record({ do: fc.constantFrom('cancelOrder' as const, 'deliverOrder' as const), nth: fc.nat(2) }),
  fc.record({
    ...{ do: fc.constant('release' as const), nth: fc.nat(2) },
    ...{ commission: fc.nat(1_000_000), shipping: fc.bigInt(0n, 250n) },
  }),
  fc.record({ do: fc.constant('refuse' as const), nth: fc.nat(3) }),
  fc.record({
    do: fc.constantFrom('refund' as const, 'returnOrder' as const),
    ...{ amount: fc.bigInt(1n, 400n), nth: fc.nat(3) },
  }),
);

/** Only what was sold goes back. */
const isConfirmed = ({ status }: Payment) => status === 'CAPTURING' || status === 'CAPTURED';

/** What a provider knows of: neither cash, nor what costs nothing. */
const isAtProvider = (payment: Payment) => payment.method !== 'COD' && !isFree(payment);

function run(books: Books, world: World, step: Step): void {
  const at = <T>(list: T[], nth: number) => list[nth % Math.max(list.length, 1)];
  switch (step.do) {
    case 'ask': {
      const question = at([...books.questions.values()], step.nth);
      if (question) ask(books, world, question, step.lost);
      return;
    }
    case 'news': {
      const answer = at(world.news, step.nth);
      if (answer) books.take({ type: 'answer', answer });
      return;
    }
    case 'inquire':
      if (isAtProvider(books.payment)) books.take({ type: 'answer', answer: world.inquire() });
      return;
    case 'pay':
      return world.pay();
    case 'confirm':
      return books.take({ type: 'confirm' });
    case 'cancel':
      return books.take({ type: 'cancel', refundCaptured: step.refundCaptured });
    case 'cancelOrder':
    case 'deliverOrder':
      return books.take({ type: step.do, orderId: at(orders, step.nth) as string });
    case 'release': {
      const { commission, shipping } = step;
      const orderId = at(orders, step.nth) as string;
      return books.take({ type: 'release', orderId, terms: { commission, shipping } });
    }
    case 'refuse': {
      // What is refused of an order that was cancelled stays with us until people have looked at it.
      const refund = at([...books.refunds.values()], step.nth);
      const cancelled = books.payment.shares.some((share) => share.cancelled);
      if (refund && !cancelled && !world.refunds.has(refund.id))
        books.take({ type: 'refundEnded', refund, refused: 'account_closed' });
      return;
    }
    case 'returnOrder': {
      const orderId = at(orders, step.nth) as string;
      // An order is returned once.
      if (books.returned.has(orderId) || !isConfirmed(books.payment)) return;
      books.returned.set(orderId, step.amount);
      return books.take({ type: 'returnOrder', orderId, amount: step.amount, reason: '' });
    }
    case 'refund': {
      const orderId = ['', ...orders][step.nth] as string;
      const amount = { amount: step.amount, currency: 'IDR' };
      try {
        books.take({ type: 'refund', amount, orderId, reason: '', idempotencyKey: null });
      } catch (error) {
        expect(error).toMatchObject({ name: 'DomainError' });
      }
    }
  }
}

/** All news is told once more, and everything asked until there is nothing left to ask. */
function settle(books: Books, world: World): void {
  for (const answer of world.news.toReversed()) books.take({ type: 'answer', answer });
  for (let round = 0; round < 5; round++) {
    for (const question of [...books.questions.values()]) ask(books, world, question, false);
    if (books.questions.size === 0) return;
  }
  expect.fail(`still open: ${[...books.questions.keys()]}`);
}

describe('any history of a payment', () => {
  const method = fc.constantFrom<Method>('CARD', 'EWALLET', 'BANK_TRANSFER', 'QR', 'COD');
  const three = (amount: fc.Arbitrary<bigint>) => fc.array(amount, { minLength: 3, maxLength: 3 });
  const amounts = three(fc.oneof(fc.constant(0n), fc.bigInt(1n, 200n), fc.bigInt(1n, 200n)));
  const subsidies = three(fc.oneof(fc.constant(0n), fc.bigInt(1n, 200n)));
  const outcome = fc.constantFrom('accepts' as const, 'accepts' as const, 'declines' as const);

  it('ends with the money where the books say it is', () => {
    fc.assert(
      fc.property(
        method,
        amounts,
        subsidies,
        outcome,
        fc.oneof(fc.constant(0n), fc.bigInt(1n, 500n)),
        fc.array(step, { maxLength: 30 }),
        (method, amounts, subsidies, outcome, balance, steps) => {
          const books = new Books(begin(method, amounts, subsidies, method === 'COD' ? 0n : balance));
          const held = creditOf(books.payment);
          const world = new World(method, outcome, chargeOf(books.payment));
          for (const step of steps) run(books, world, step);
          settle(books, world);

          const { payment } = books;
          expect(payment.voiding).toBe(false);
          expect(payment.refunding).toBe(0n);
          expect(world.captures).toBeLessThanOrEqual(1);
          if (isAtProvider(payment)) {
            const returned = payment.shares.reduce((sum, share) => sum + share.credited, 0n);
            const spent = payment.captured > 0n ? creditOf(payment) : 0n;
            expect(payment.captured - spent).toBe(world.captured);
            expect(payment.refunded - returned).toBe(world.refunded);
          } else expect(world.captures).toBe(0);
          // Credit is with the customer, or held until the end, or spent; money before credit goes back.
          const kept = payment.captured - payment.refunded;
          const spent = payment.shares.reduce((sum, { credit, credited }) => sum + credit - credited, 0n);
          const holding = payment.captured > 0n ? 0n : creditOf(payment);
          expect(books.balance('credit:u')).toBe(spent - held);
          expect(books.balance('provider:credit')).toBe(held - holding);
          if (payment.provider !== 'credit')
            expect(books.balance(`provider:${payment.provider}`)).toBe(kept - spent + holding);
          for (const { captured, returned, credit, credited } of payment.shares) {
            expect(credited).toBeGreaterThanOrEqual(0n);
            expect(credited).toBeLessThanOrEqual(credit);
            if (captured > 0n && credited > 0n) expect(returned - credited).toBe(captured - credit);
          }
          if (hasEnded(payment)) expect(spent).toBe(0n);
          const granted = payment.shares.reduce((sum, share) => sum + share.granted, 0n);
          expect(books.balance('platform:promotions')).toBe(granted);
          for (const share of payment.shares) {
            const { captured, returned, granted, subsidy, settlement } = share;
            const held = captured - returned + granted - (settlement?.gross ?? 0n);
            expect(books.balance('escrow', share.orderId)).toBe(-held);
            // A seller has all of what is left of an order that is complete, less the commission.
            if (settlement) {
              expect(held).toBe(0n);
              const fee = commissionOf(share, settlement, settlement.gross);
              expect(books.balance('platform:commission', share.orderId)).toBe(-fee);
              expect(books.balance(`seller:${share.sellerId}`)).toBe(fee - settlement.gross);
              expect(fee).toBeLessThanOrEqual(settlement.gross);
            }
            // Whenever the goods went back, their price does, as far as it was paid and the bank took it.
            const due = books.returned.get(share.orderId) ?? 0n;
            const refused = [...books.refunds.values()].some(({ status }) => status === 'FAILED');
            if (!refused) expect(returned).toBeGreaterThanOrEqual(due < captured ? due : captured);
            expect(granted).toBeGreaterThanOrEqual(0n);
            expect(granted).toBeLessThanOrEqual(subsidy);
            if (share.cancelled || returned === share.amount) expect(captured).toBe(returned);
            if (share.cancelled) expect(granted).toBe(0n);
            // What the platform adds is there when the money is, and goes back with it.
            if (captured > 0n && captured === returned) expect(granted).toBe(0n);
            if (captured > 0n && returned === 0n && !share.cancelled) expect(granted).toBe(subsidy);
          }
          if (hasEnded(payment)) {
            expect(kept).toBe(0n);
            expect(['none', 'voided', 'declined', 'captured']).toContain(world.status);
          }
          for (const type of ['pending', 'completed', 'failed']) {
            expect(books.events.filter((event) => event === type).length).toBeLessThanOrEqual(1);
          }
          expect(
            books.events.filter((event) => event === 'completed' || event === 'failed').length,
          ).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('ends the same for the same news in any order, any number of times', () => {
    const reference = 'r';
    const histories: { method: Method; news: Answer[] }[] = [
      { method: 'CARD', news: [{ status: 'processing' }, { status: 'declined', reference, code: 'no' }] },
      {
        method: 'CARD',
        news: [
          { status: 'authorized', reference },
          { status: 'captured', reference, amount: 6n },
        ],
      },
      {
        method: 'CARD',
        news: [
          { status: 'authorized', reference },
          { status: 'voided', reference },
        ],
      },
      {
        method: 'QR',
        news: [
          { status: 'processing' },
          { status: 'instructed', reference, instructions: {} },
          { status: 'captured', reference, amount: 6n },
        ],
      },
      {
        method: 'QR',
        news: [
          { status: 'instructed', reference, instructions: {} },
          { status: 'voided', reference },
        ],
      },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...histories).chain(({ method, news }) =>
          fc.record({
            method: fc.constant(method),
            news: fc.constant(news),
            // Each at least once.
            told: fc
              .array(fc.constantFrom(...news), { maxLength: 6 })
              .chain((more) =>
                fc.shuffledSubarray([...news, ...more], { minLength: news.length + more.length }),
              ),
          }),
        ),
        ({ method, news, told }) => {
          const end = (answers: Answer[]) => {
            const books = new Books(begin(method, [1n, 2n, 3n]));
            for (const answer of answers) books.take({ type: 'answer', answer });
            // What was voided already is asked to be voided once more, at worst.
            books.take({ type: 'answer', answer: news.at(-1) as Answer });
            const { status, captured, refunding, voiding } = books.payment;
            return { status, captured, refunding, voiding };
          };
          expect(end(told)).toEqual(end(news));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a payment', () => {
  const authorized: Answer = { status: 'authorized', reference: 'r' };
  const paid = (amount: bigint): Answer => ({ status: 'captured', reference: 'r', amount });

  function given(method: Method, ...inputs: Input[]): Books {
    const books = new Books(begin(method, [10n, 20n, 30n]));
    for (const input of inputs) books.take(input);
    return books;
  }

  it('that costs nothing asks nobody, and gives the sellers what the platform owes them', () => {
    const books = new Books(begin('CARD', [0n, 0n], [10n, 20n]));
    expect(books.questions.size).toBe(0);
    expect(books.payment.status).toBe('AUTHORIZED');
    books.take({ type: 'confirm' });
    expect(books.payment).toMatchObject({ status: 'CAPTURED', captured: 0n });
    expect(books.balance('escrow', 'b')).toBe(-20n);
    books.take({ type: 'cancelOrder', orderId: 'b' });
    books.take({ type: 'cancelOrder', orderId: 'b' });
    expect(books.balance('platform:promotions')).toBe(10n);
    books.take({ type: 'cancelOrder', orderId: 'a' });
    expect(books.balance('platform:promotions')).toBe(0n);
    expect(books.questions.size).toBe(0);
    const given = new Books(begin('QR', [0n], [5n]));
    given.take({ type: 'cancel', refundCaptured: false });
    expect(given.payment).toMatchObject({ status: 'CANCELLED', voiding: false });
    expect(given.ledger).toEqual([]);
  });

  it('lets go of what was authorised when only orders that cost nothing are left', () => {
    const books = new Books(begin('CARD', [10n, 0n], [0n, 7n]));
    books.take({ type: 'answer', answer: authorized });
    books.take({ type: 'confirm' });
    books.take({ type: 'cancelOrder', orderId: 'a' });
    expect(books.payment).toMatchObject({ status: 'CAPTURED', captured: 0n, voiding: true });
    expect([...books.questions.keys()]).toEqual(['p:void']);
    expect(books.balance('escrow', 'b')).toBe(-7n);
    books.take({ type: 'answer', answer: { status: 'voided', reference: 'r' } });
    expect(books.payment).toMatchObject({ status: 'CAPTURED', voiding: false });
    expect(books.questions.size).toBe(0);
  });

  it('gives the platform its part of a refund back, to the last unit', () => {
    const books = new Books(begin('QR', [30n], [10n]));
    books.take({ type: 'answer', answer: paid(30n) });
    expect(books.balance('platform:promotions')).toBe(10n);
    const refund = (amount: bigint, refused?: string) => {
      const money = { amount, currency: 'IDR' };
      books.take({ type: 'refund', amount: money, orderId: 'a', reason: '', idempotencyKey: null });
      books.take({ type: 'refundEnded', refund: [...books.refunds.values()].at(-1) as Refund, refused });
    };
    refund(10n);
    expect(books.balance('platform:promotions')).toBe(7n);
    refund(10n, 'account_closed');
    expect(books.balance('platform:promotions')).toBe(7n);
    refund(20n);
    expect(books.balance('platform:promotions')).toBe(0n);
    expect(books.balance('escrow')).toBe(0n);
  });

  it('captures only what still stands when an order was cancelled before', () => {
    const books = given(
      'CARD',
      { type: 'answer', answer: authorized },
      { type: 'cancelOrder', orderId: 'b' },
    );
    books.take({ type: 'confirm' });
    expect(books.questions.get('p:capture')).toMatchObject({ amount: 40n });
    books.take({ type: 'cancelOrder', orderId: 'a' });
    expect(books.questions.get('p:capture')).toMatchObject({ amount: 30n });
    books.take({ type: 'answer', answer: paid(30n) });
    expect(books.payment).toMatchObject({ status: 'CAPTURED', captured: 30n, refunding: 0n });
    expect(books.questions.size).toBe(0);
  });

  it('refunds afterwards what was cancelled while the capture was on its way', () => {
    const books = given('CARD', { type: 'answer', answer: authorized }, { type: 'confirm' });
    const capture = books.questions.get('p:capture');
    if (capture) capture.sent = true;
    books.take({ type: 'cancelOrder', orderId: 'c' });
    books.take({ type: 'answer', answer: paid(60n) });
    expect(books.payment).toMatchObject({ status: 'CAPTURED', captured: 60n, refunding: 30n });
    expect([...books.questions.values()]).toMatchObject([{ operation: 'refund', amount: 30n }]);
  });

  it.each([true, false])(
    'refunds what went back before the capture was answered, once (sent: %s)',
    (sent) => {
      const books = given('CARD', { type: 'answer', answer: authorized }, { type: 'confirm' });
      const capture = books.questions.get('p:capture');
      if (capture) capture.sent = sent;
      const back = (orderId: string, amount: bigint) =>
        books.take({ type: 'returnOrder', orderId, amount, reason: 'return' });
      back('a', 7n);
      back('c', 99n);
      expect(books.payment).toMatchObject({ status: 'CAPTURING', refunding: 0n });
      for (let i = 0; i < 2; i++) books.take({ type: 'answer', answer: paid(60n) });
      expect(books.payment).toMatchObject({ status: 'CAPTURED', captured: 60n, refunding: 37n });
      const refunds = [...books.refunds.values()].map(({ orderId, amount, reason }) => [
        orderId,
        amount,
        reason,
      ]);
      expect(refunds).toEqual([
        ['a', 7n, 'return'],
        ['c', 30n, 'return'],
      ]);
      expect(books.questions.size).toBe(2);
    },
  );

  it.each(['declined', 'voided'] as const)('refunds nothing of a capture that was %s', (status) => {
    const books = given('CARD', { type: 'answer', answer: authorized }, { type: 'confirm' });
    books.take({ type: 'returnOrder', orderId: 'a', amount: 7n, reason: '' });
    books.take({ type: 'answer', answer: { status, reference: 'r', code: 'no' } });
    expect(books.payment).toMatchObject({ captured: 0n, refunding: 0n });
    expect(books.questions.size).toBe(0);
  });

  it('voids when every order was cancelled before the capture was sent', () => {
    const books = given('CARD', { type: 'answer', answer: authorized }, { type: 'confirm' });
    for (const orderId of orders) books.take({ type: 'cancelOrder', orderId });
    expect(books.payment).toMatchObject({ status: 'CANCELLED', voiding: true });
    expect([...books.questions.keys()]).toEqual(['p:void']);
  });

  it('leaves money that came first to the caller of cancel', () => {
    const books = given('QR', { type: 'answer', answer: paid(60n) });
    books.take({ type: 'cancel', refundCaptured: false });
    expect(books.payment).toMatchObject({ status: 'CAPTURED', refunding: 0n });
    books.take({ type: 'cancel', refundCaptured: true });
    expect(books.payment).toMatchObject({ status: 'CAPTURED', refunding: 60n });
  });

  it('refunds what is paid after it was cancelled, once', () => {
    const books = given('QR', { type: 'cancel', refundCaptured: false });
    books.take({ type: 'answer', answer: paid(60n) });
    books.take({ type: 'answer', answer: paid(60n) });
    expect(books.payment).toMatchObject({
      status: 'CANCELLED',
      captured: 60n,
      refunding: 60n,
      voiding: false,
    });
    expect([...books.refunds.values()]).toMatchObject([
      { amount: 60n, reason: 'paid after it was cancelled' },
    ]);
  });

  it('does not take another amount than it asked for', () => {
    const books = given('QR');
    expect(() => books.take({ type: 'answer', answer: paid(59n) })).toThrow('Another amount');
    expect(books.payment.status).toBe('PENDING');
  });

  it('is collected order by order in cash', () => {
    const books = given('COD', { type: 'deliverOrder', orderId: 'a' }, { type: 'cancelOrder', orderId: 'b' });
    expect(books.payment).toMatchObject({ status: 'AWAITING_PAYMENT', captured: 10n });
    books.take({ type: 'deliverOrder', orderId: 'c' });
    books.take({ type: 'deliverOrder', orderId: 'c' });
    expect(books.payment).toMatchObject({ status: 'CAPTURED', captured: 40n });
    expect(books.events).toEqual(['completed']);
    expect(books.balance('provider:cod')).toBe(40n);
  });

  it('pays the seller less the commission, and takes both back in proportion after a late refund', () => {
    const books = new Books(begin('QR', [10_000n], [2_000n]));
    const release = () =>
      books.take({ type: 'release', orderId: 'a', terms: { commission: 50_000, shipping: 2_000n } });
    release();
    expect(books.ledger).toEqual([]);
    books.take({ type: 'answer', answer: paid(10_000n) });
    release();
    release();
    // 5 % of the goods, which cost 10,000 before the platform's discount.
    expect(books.balance('platform:commission')).toBe(-500n);
    expect(books.balance('seller:s0')).toBe(-11_500n);
    const amount = { amount: 5_000n, currency: 'IDR' };
    books.take({ type: 'refund', amount, orderId: 'a', reason: '', idempotencyKey: null });
    expect(books.balance('seller:s0')).toBe(-5_750n);
    expect(books.balance('platform:commission')).toBe(-250n);
    // Until the provider has paid it, it is held.
    expect(books.balance('escrow')).toBe(-6_000n);
    const refund = () => [...books.refunds.values()].at(-1) as Refund;
    books.take({ type: 'refundEnded', refund: refund(), refused: 'account_closed' });
    expect(books.balance('seller:s0')).toBe(-11_500n);
    books.take({ type: 'refund', orderId: 'a', reason: '', idempotencyKey: null });
    books.take({ type: 'refundEnded', refund: refund() });
    for (const account of ['seller:s0', 'platform:commission', 'platform:promotions', 'escrow'])
      expect(books.balance(account)).toBe(0n);
  });

  it('spreads a refund over the shares in proportion, to the last unit', () => {
    const books = given('QR', { type: 'answer', answer: paid(60n) });
    const amount = { amount: 31n, currency: 'IDR' };
    books.take({ type: 'refund', amount, orderId: '', reason: '', idempotencyKey: 'k' });
    expect([...books.refunds.values()][0]?.parts.map((part) => part.amount)).toEqual([5n, 10n, 16n]);
    expect(() =>
      books.take({ type: 'refund', amount, orderId: '', reason: '', idempotencyKey: null }),
    ).toThrow('left');
  });

  it('gives a refused refund back to what is left', () => {
    const books = given('QR', { type: 'answer', answer: paid(60n) });
    books.take({ type: 'refund', orderId: 'a', reason: '', idempotencyKey: null });
    const [refund] = books.refunds.values();
    for (let i = 0; i < 2; i++) {
      const current = books.refunds.get(refund?.id ?? '') as Refund;
      books.take({ type: 'refundEnded', refund: current, refused: 'account_closed' });
    }
    expect(books.payment).toMatchObject({ refunding: 0n, refunded: 0n });
    expect(books.payment.shares[0]?.returned).toBe(0n);
  });
});

import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { DomainError, notFound } from '@pasar/platform/errors';
import type { Money } from '@pasar/platform/money';
import { Outbox } from '@pasar/platform/outbox';
import type { Change, Input, Moment } from './change.js';
import { PaymentConfig } from './config.js';
import { decide } from './decider.js';
import { bookCredit, creditAccount } from './ledger.js';
import { LedgerStore } from './ledger-store.js';
import {
  beginPayment,
  creditOf,
  type Payment,
  type PaymentRequest,
  payFromCredit,
  type Refund,
  requireSame,
  requireUsable,
  tombstone,
} from './payment.js';
import { Provider } from './provider.js';
import { ProviderCalls } from './provider-calls.js';
import { PaymentStore } from './store.js';

export interface Outcome {
  payment: Payment;
  /** Whether the input had an effect. */
  moved: boolean;
  /** Why it was refused. */
  error?: DomainError;
}

@Injectable()
export class Payments {
  /** Authorisations that this process waits for, by payment: a repeated call waits for the same answer. */
  readonly #asking = new Map<string, Promise<Payment>>();

  constructor(
    private readonly database: Database,
    private readonly store: PaymentStore,
    private readonly ledger: LedgerStore,
    private readonly calls: ProviderCalls,
    private readonly provider: Provider,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: PaymentConfig,
  ) {}

  /**
   * Authorises a payment, once for its id: what is about to be asked is durable before the provider is asked, and the
   * provider is always asked under the same key. Two commits, one before and one after the call.
   * @throws DomainError `payment.declined`; `payment.unavailable` when the outcome is not known: cancel the payment,
   *   or call again
   */
  async authorize(request: Omit<PaymentRequest, 'expiresAt'> & { expiresAt?: Date }): Promise<Payment> {
    const now = this.clock.now();
    const expiresAt = request.expiresAt ?? new Date(now.getTime() + this.config.expiresAfterSeconds * 1000);
    const asked = beginPayment({ ...request, expiresAt }, this.provider.name, now);
    const usesCredit = request.useCredit || request.method === 'STORE_CREDIT';
    const begun = usesCredit
      ? await this.#beginWithCredit(asked)
      : (await this.store.begin(asked, this.#inquireAt())) && asked;
    const payment = begun || (await this.#get(asked.id));
    if (!begun) requireSame(payment, asked);
    if (payment.status !== 'PENDING') return requireUsable(payment);
    return requireUsable(await this.#askOnce(payment, request.cardToken, begun !== false));
  }

  /**
   * Gives a payment up, also one that never began or whose outcome is not known. CANCELLED means: nothing stays taken.
   * If the provider holds something, or may come to hold it, the question that voids it is stored with the decision and
   * asked until it is answered; what turns up as paid is refunded. So this works while the provider is away.
   *
   * Money that came first stays, and is answered as CAPTURED, unless `refundCaptured`.
   */
  async cancel(id: string, refundCaptured: boolean): Promise<Payment> {
    for (;;) {
      const [payment] = await this.store.find([id]);
      if (payment) {
        const asked = refundCaptured ? payment : await this.#askBeforeGivingUp(payment);
        return (await this.applyOne(asked, { type: 'cancel', refundCaptured })).payment;
      }
      const grave = tombstone(id, this.clock.now());
      if (await this.store.begin(grave, grave.createdAt)) return grave;
    }
  }

  /** @throws DomainError for what is not there or not left; the same key answers with the same refund */
  async refund(request: {
    paymentId: string;
    amount?: Money;
    orderId: string;
    reason: string;
    idempotencyKey: string | null;
  }): Promise<{ refund: Refund; currency: string }> {
    const { paymentId, idempotencyKey } = request;
    for (;;) {
      // In this order: a refund with this key that is made after the payment was read changes its version.
      const payment = await this.#get(paymentId);
      const known = idempotencyKey ? await this.store.findRefundByKey(paymentId, idempotencyKey) : undefined;
      if (known) return { refund: requireSameRefund(known, request), currency: payment.currency };
      const change = decide(payment, { type: 'refund', ...request }, this.#moment());
      const [refund] = change?.refunds ?? [];
      if (!change || !refund) throw new Error('a refund was neither made nor refused');
      const moved = await this.store.write([change]);
      if (moved.size === 0) continue;
      this.outbox.wake();
      return { refund, currency: payment.currency };
    }
  }

  async findOwned(id: string, customerId: string | null): Promise<Payment> {
    const payment = await this.store.findOwned(id, customerId);
    if (!payment) throw notFound('payment');
    return payment;
  }

  list(ids: string[]): Promise<Payment[]> {
    return this.store.find(ids);
  }

  /** Applies one input and throws what refuses it. */
  async applyOne(payment: Payment, input: Input, tx?: Executor<unknown>): Promise<Outcome> {
    const [outcome] = (await this.apply([{ payment, input }], tx)) as [Outcome];
    if (outcome.error) throw outcome.error;
    return outcome;
  }

  /**
   * Decides and writes until every input had its effect, many in one statement. A payment that somebody else changed
   * after it was read is read and decided anew. Inputs of one payment take effect one after the other.
   */
  async apply(inputs: { payment: Payment; input: Input }[], tx?: Executor<unknown>): Promise<Outcome[]> {
    const { made } = this.outbox;
    const current = new Map(inputs.map(({ payment }) => [payment.id, payment]));
    const outcomes: Outcome[] = [];
    let waiting = inputs.map(({ payment, input }, index) => ({ id: payment.id, input, index }));
    while (waiting.length > 0) {
      const moment = this.#moment();
      const changes = new Map<string, { index: number; change: Change }>();
      const later: typeof waiting = [];
      for (const next of waiting) {
        const payment = current.get(next.id) as Payment;
        if (changes.has(next.id)) {
          later.push(next);
          continue;
        }
        try {
          const change = decide(payment, next.input, moment);
          if (change) changes.set(next.id, { index: next.index, change });
          else outcomes[next.index] = { payment, moved: false };
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          outcomes[next.index] = { payment, moved: false, error };
        }
      }
      if (changes.size === 0) break;
      const moved = await this.store.write(
        [...changes.values()].map(({ change }) => change),
        tx,
      );
      for (const [id, { index, change }] of changes) {
        if (!moved.has(id)) continue;
        const payment = { ...change.payment, version: change.payment.version + 1 };
        current.set(id, payment);
        outcomes[index] = { payment, moved: true };
      }
      const stale = [...changes.keys()].filter((id) => !moved.has(id));
      if (stale.length > 0)
        for (const payment of await this.store.find(stale, tx)) current.set(payment.id, payment);
      const lost = waiting.filter(({ id, index }) => changes.get(id)?.index === index && !moved.has(id));
      waiting = [...lost, ...later].sort((a, b) => a.index - b.index);
    }
    if (!tx && this.outbox.made !== made) this.outbox.wake();
    return outcomes;
  }

  /** Holds the customer's credit with the very commit that begins the payment; false when the id is taken. */
  async #beginWithCredit(asked: Payment): Promise<Payment | false> {
    const { id, currency, method } = asked;
    const facts = { paymentId: id, customerId: asked.customerId as string, currency };
    const begun = await this.database.transaction(async (tx) => {
      const owed = await this.ledger.lockBalance(tx, creditAccount(facts.customerId), currency);
      const payment = payFromCredit(asked, -owed);
      if (!(await this.store.begin(payment, this.#inquireAt(), tx))) return false;
      const held = creditOf(payment);
      if (held > 0n)
        await this.ledger.book(tx, [bookCredit(`credit-spent:${id}`, facts, held)], this.clock.now());
      if (method !== 'STORE_CREDIT' || payment.status !== 'PENDING') return payment;
      const answer = { status: 'declined', reference: '', code: 'insufficient_credit' } as const;
      return (await this.applyOne(payment, { type: 'answer', answer }, tx)).payment;
    });
    this.outbox.wake();
    return begun;
  }

  async #askOnce(payment: Payment, cardToken: string, first: boolean): Promise<Payment> {
    const asking = this.#asking.get(payment.id);
    if (asking) return asking;
    const answered = this.#ask(payment, cardToken, first).finally(() => this.#asking.delete(payment.id));
    this.#asking.set(payment.id, answered);
    return answered;
  }

  async #ask(payment: Payment, cardToken: string, first: boolean): Promise<Payment> {
    // A question that was closed meanwhile must not be asked: what closed it may be a void.
    if (!first && !(await this.store.repeatAttempt(payment.id, this.#inquireAt())))
      return this.#get(payment.id);
    const answer = await this.calls.authorize(payment, cardToken);
    const outcome = await this.applyOne(payment, { type: 'answer', answer });
    if (outcome.payment.status !== 'PENDING') return outcome.payment;
    throw new DomainError(
      'payment.unavailable',
      'unavailable',
      'The payment provider is still at work, try again later.',
      {
        retryAfter: 5,
      },
    );
  }

  /** A webhook may be late or lost. A buyer who has paid in time shall not be told otherwise. */
  async #askBeforeGivingUp(payment: Payment): Promise<Payment> {
    if (payment.status !== 'AWAITING_PAYMENT' || payment.method === 'COD') return payment;
    try {
      const answer = await this.calls.inquire(payment);
      if (answer.status === 'captured')
        return (await this.applyOne(payment, { type: 'answer', answer })).payment;
    } catch (error) {
      // Then it is given up without, and a payment that turns out to have been made is refunded.
      if (!(error instanceof DomainError)) throw error;
    }
    return payment;
  }

  async #get(id: string): Promise<Payment> {
    const [payment] = await this.store.find([id]);
    if (!payment) throw notFound('payment');
    return payment;
  }

  #moment(): Moment {
    return { now: this.clock.now(), newId: () => this.clock.id() };
  }

  #inquireAt(): Date {
    return new Date(this.clock.now().getTime() + this.config.inquireAfterMs);
  }
}

function requireSameRefund(known: Refund, asked: { amount?: Money; orderId: string }): Refund {
  const sameAmount = !asked.amount || asked.amount.amount === known.amount;
  if (sameAmount && known.orderId === asked.orderId) return known;
  throw new DomainError(
    'idempotency.key_reused',
    'unprocessable',
    'This Idempotency-Key was used for another refund.',
  );
}

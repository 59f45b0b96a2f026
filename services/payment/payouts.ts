import { Injectable } from '@nestjs/common';
import { PayoutFailedSchema, PayoutPaidSchema } from '@pasar/contracts/pasar/payment/v1/payout_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { Rounds } from '@pasar/platform/signal';
import { Log } from '@pasar/platform/telemetry';
import { PaymentConfig } from './config.js';
import { bookPayout, endPayout } from './ledger.js';
import { LedgerStore } from './ledger-store.js';
import { type Payout, PayoutStore } from './payout-store.js';
import { type PayoutAnswer, Provider, ProviderError } from './provider.js';
import { ProviderCalls } from './provider-calls.js';

/** Sellers in one transaction. */
const chunk = 500;
/** Asked at once. */
const atOnce = 20;
const longestPauseMs = 3_600_000;
const worryingTries = 7;

/**
 * Pays sellers what they have earned. Making a payout takes its amount from the seller's balance, so that it cannot be
 * paid twice; then the provider is asked under the payout's id until it says paid or refused. What a seller owes after a
 * late refund is part of the balance: the next payout is smaller by it, or does not come.
 */
@Injectable()
export class Payouts {
  readonly #rounds = new Rounds(
    () => this.#sendSome(),
    (error) => this.log.warn({ err: error }, 'payouts could not be sent; they will be tried again'),
  );

  constructor(
    private readonly database: Database,
    private readonly store: PayoutStore,
    private readonly ledger: LedgerStore,
    private readonly provider: Provider,
    private readonly calls: ProviderCalls,
    private readonly outbox: Outbox,
    private readonly config: PaymentConfig,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** The batch of the day. */
  today(): string {
    return this.clock.now().toISOString().slice(0, 10);
  }

  /** Makes the payouts of a batch that it does not have yet. @returns how many */
  async make(batch: string): Promise<number> {
    let all = 0;
    for (let made = chunk; made === chunk; all += made) made = await this.#makeChunk(batch);
    return all;
  }

  #makeChunk(batch: string): Promise<number> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const owed = await this.store.lockOwed(tx, batch, this.config.payoutMinimum, chunk);
      if (owed.length === 0) return 0;
      const payouts = owed.map((one) => ({ ...one, id: this.clock.id() }));
      const inserted = await this.store.insert(tx, batch, payouts, now);
      const made = payouts.filter(({ id }) => inserted.has(id));
      await this.ledger.book(tx, made.map(bookPayout), now);
      return made.length;
    });
  }

  /** Asks the provider for all payouts that are due. */
  send(): Promise<void> {
    return this.#rounds.run();
  }

  /** Asks for one once more, also for one that ended: under its key it is paid once. @returns undefined when unknown */
  async ask(id: string): Promise<PayoutAnswer['status'] | undefined> {
    const payout = await this.store.find(id);
    if (!payout) return undefined;
    const answer = await this.calls.payout(payout);
    if (payout.status === 'PENDING') await this.#hear(payout, answer);
    return answer.status;
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** @returns whether there may be more */
  async #sendSome(): Promise<boolean> {
    const lease = this.#in(2 * this.config.providerTimeoutMs + 5_000);
    const claimed = await this.store.claim(atOnce, this.clock.now(), lease);
    await Promise.all(claimed.map((payout) => this.#ask(payout)));
    return claimed.length === atOnce;
  }

  async #ask(payout: Payout): Promise<void> {
    const { id, tries } = payout;
    try {
      if (await this.#hear(payout, await this.calls.payout(payout))) return;
    } catch (error) {
      if (!(error instanceof DomainError || error instanceof ProviderError)) throw error;
      if (tries >= worryingTries)
        this.log.error({ payoutId: id, tries, err: error }, 'a payout is not answered');
    }
    await this.store.postpone(id, this.#in(Math.min(1_000 * 2 ** Math.min(tries, 20), longestPauseMs)));
  }

  /** @returns whether it ended */
  async #hear(payout: Payout, answer: PayoutAnswer): Promise<boolean> {
    if (answer.status === 'processing') return false;
    const paid = answer.status === 'paid';
    await this.#end(payout, {
      status: paid ? 'PAID' : 'FAILED',
      reference: paid ? answer.reference : '',
      failureCode: paid ? '' : answer.code,
    });
    return true;
  }

  async #end(
    payout: Payout,
    end: { status: 'PAID' | 'FAILED'; reference: string; failureCode: string },
  ): Promise<void> {
    const { id, sellerId, amount, currency, bank, number } = payout;
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      if (!(await this.store.end(tx, id, end, now))) return;
      await this.ledger.book(tx, [endPayout(payout, end.status === 'PAID' ? this.provider.name : null)], now);
      const facts = { sellerId, amount: { amount, currency }, bank, accountEnding: number.slice(-4) };
      const told =
        end.status === 'PAID'
          ? event(PayoutPaidSchema, id, { payoutId: id, ...facts })
          : event(PayoutFailedSchema, id, { payoutId: id, ...facts, code: end.failureCode });
      await this.outbox.append(tx, told);
    });
    this.outbox.wake();
    if (end.status === 'FAILED')
      this.log.warn({ payoutId: id, sellerId, code: end.failureCode }, 'a payout was refused');
  }

  #in(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }
}

import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError } from '@pasar/platform/errors';
import { Log, Metrics } from '@pasar/platform/telemetry';
import { bookCorrection, sumCredit } from './ledger.js';
import { LedgerStore } from './ledger-store.js';
import { chargeOf, keyOf } from './payment.js';
import { Payouts } from './payouts.js';
import { Provider, ProviderError, type StatementLine } from './provider.js';
import { ProviderCalls } from './provider-calls.js';
import { type Difference, type Outcome, StatementStore } from './statement-store.js';
import { PaymentStore } from './store.js';
import { Payments } from './use-cases.js';

const hourMs = 3_600_000;
/** What is younger may still be on its way into our books, or into the provider's. */
const graceMs = 120_000;
const refundPrefix = 'refund:';
const payoutPrefix = 'payout-paid:';

/**
 * Compares the provider's statement with the ledger and mends what differs: first by asking the provider, under the keys
 * that it knows, which brings together what one side had missed; then, as whose money it has is the provider's to say, by
 * letting the ledger follow, with the rest in the account `suspense`. What the provider says it has and its statement has
 * not stays open: the next statement may tell.
 */
@Injectable()
export class Reconciler {
  readonly #differences;
  readonly #forgotten;

  constructor(
    private readonly database: Database,
    private readonly store: PaymentStore,
    private readonly statements: StatementStore,
    private readonly ledger: LedgerStore,
    private readonly payments: Payments,
    private readonly payouts: Payouts,
    private readonly provider: Provider,
    private readonly calls: ProviderCalls,
    private readonly clock: Clock,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.#differences = metrics.gauge(
      'pasar_payment_statement_differences',
      "What the provider's statement and the ledger differ on, and could not be mended",
      ['day'],
    );
    this.#forgotten = metrics.gauge(
      'pasar_payment_forgotten_authorizations',
      'Payments that are authorised for an hour and neither captured nor given up',
    );
  }

  /** Yesterday too: its last lines may not have been there when it was today. */
  async compareRecent(): Promise<void> {
    const now = this.clock.now().getTime();
    this.#differences.reset();
    for (const time of [now - 24 * hourMs, now])
      await this.compare(new Date(time).toISOString().slice(0, 10));
    await this.#reportForgotten(now);
  }

  /** @returns what differed, and what became of it */
  async compare(day: string): Promise<Outcome[]> {
    const provider = this.provider.name;
    const until = new Date(this.clock.now().getTime() - graceMs);
    await this.#fetch(day, until);
    const found = await this.statements.compare(provider, day, until);
    const denied = new Set<string>();
    for (const difference of found) if (await this.#ask(difference)) denied.add(difference.id);
    // What was asked for just now stands on today's.
    const now = this.clock.now();
    if (found.length > 0)
      for (const one of new Set([day, now.toISOString().slice(0, 10)])) await this.#fetch(one, now);
    const outcomes = await this.#settle(day, until, found, denied);
    const open = outcomes.filter(({ remedy }) => remedy === null);
    this.#differences.set({ day }, open.length);
    if (found.length > 0)
      this.log.warn({ day, found: found.length, open: open.length }, 'statement and ledger differed');
    if (open.length > 0) this.log.error({ invariant: 'ledger', day, open }, 'statement and ledger differ');
    return outcomes;
  }

  async #fetch(day: string, until: Date): Promise<void> {
    for await (const page of this.provider.statement(day)) {
      const lines = page.filter((line) => line.at <= until);
      if (lines.length > 0) await this.statements.keep(this.provider.name, day, lines.map(toLedgerLine));
    }
  }

  /** What the provider says now is certain. @returns whether it denies what the ledger has */
  async #ask({ id, kind, paymentId }: Difference): Promise<boolean> {
    try {
      if (id.startsWith(payoutPrefix)) {
        const answer = await this.payouts.ask(id.slice(payoutPrefix.length));
        return kind === 'MISSING_THERE' && answer === 'refused';
      }
      const [payment] = paymentId ? await this.store.find([paymentId]) : [];
      if (!payment) return false;
      if (id.startsWith(refundPrefix)) {
        const key = id.slice(refundPrefix.length);
        const refund = await this.store.findRefund(key);
        if (!refund) return false;
        // Under its key it is made once, however often it is asked for.
        const answer = await this.calls.refund(payment, key, refund.amount - sumCredit(refund.parts));
        if (answer.status === 'refunded')
          await this.payments.applyOne(payment, { type: 'refundEnded', refund });
        return kind === 'MISSING_THERE' && answer.status === 'refused';
      }
      const answer = await this.calls.inquire(payment);
      if (kind === 'MISSING_THERE' && answer.status === 'authorized') {
        const again = await this.calls.capture(payment, keyOf(payment, 'capture'), chargeOf(payment));
        return again.status !== 'captured';
      }
      if (answer.status !== 'unknown') await this.payments.applyOne(payment, { type: 'answer', answer });
      return kind === 'MISSING_THERE' && answer.status !== 'captured' && answer.status !== 'processing';
    } catch (error) {
      if (!(error instanceof DomainError || error instanceof ProviderError)) throw error;
      this.log.warn({ paymentId, err: error }, 'the provider could not be asked about a difference');
      return false;
    }
  }

  /** Two runs at once come one after the other here, and the second finds nothing left to correct. */
  #settle(day: string, until: Date, found: Difference[], denied: Set<string>): Promise<Outcome[]> {
    const provider = this.provider.name;
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const ids = found.map(({ id }) => id);
      const before = await this.statements.lockCorrections(tx, provider, ids);
      const left = new Map(
        (await this.statements.compare(provider, day, until, tx)).map((difference) => [
          difference.id,
          difference,
        ]),
      );
      const outcomes = found.map((difference): Outcome => {
        const still = left.get(difference.id);
        if (!still) return { ...difference, remedy: 'ASKED', correction: 0n };
        const certain = still.kind !== 'MISSING_THERE' || denied.has(still.id);
        if (!certain) return { ...still, remedy: null, correction: 0n };
        const correction = (still.theirs ?? 0n) - (still.ours ?? 0n) - still.corrected;
        return { ...still, remedy: correction === 0n ? null : 'BOOKED', correction };
      });
      const booked = outcomes.filter(({ correction }) => correction !== 0n);
      await this.statements.record(tx, provider, day, outcomes, now);
      await this.ledger.book(
        tx,
        booked.map((outcome) => {
          const nth = (before.get(outcome.id)?.corrections ?? 0) + 1;
          return bookCorrection(`correction:${nth}:${outcome.id}`, provider, outcome);
        }),
        now,
      );
      return outcomes;
    });
  }

  async #reportForgotten(now: number): Promise<void> {
    const ids = await this.store.listForgotten(new Date(now - 48 * hourMs), new Date(now - hourMs));
    this.#forgotten.set(ids.length);
    if (ids.length > 0)
      this.log.error({ paymentIds: ids }, 'payments are authorised, and their checkouts do not end');
  }
}

/** A line as the ledger would have it: its transaction, and what it changed at the provider. */
function toLedgerLine({ id: line, kind, paymentId, key, amount: { amount, currency } }: StatementLine) {
  const facts = { line, paymentId, currency };
  if (kind === 'charge') return { ...facts, id: `capture:${paymentId}`, amount };
  return { ...facts, id: (kind === 'refund' ? refundPrefix : payoutPrefix) + key, amount: -amount };
}

import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { DomainError } from '@pasar/platform/errors';
import { Log, Metrics } from '@pasar/platform/telemetry';
import { type Difference, LedgerStore } from './ledger-store.js';
import { Provider, type StatementLine } from './provider.js';
import { ProviderCalls } from './provider-calls.js';
import { PaymentStore } from './store.js';
import { Payments } from './use-cases.js';

const hourMs = 3_600_000;
/** What is younger may still be on its way into our books, or into the provider's. */
const graceMs = 120_000;

/** Compares the provider's statement with the ledger, and mends what is certain. */
@Injectable()
export class Reconciler {
  readonly #differences;
  readonly #forgotten;

  constructor(
    private readonly store: PaymentStore,
    private readonly ledger: LedgerStore,
    private readonly payments: Payments,
    private readonly provider: Provider,
    private readonly calls: ProviderCalls,
    private readonly clock: Clock,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.#differences = metrics.gauge(
      'pasar_payment_statement_differences',
      "Charges and refunds on which the provider's statement and the ledger differ",
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

  /** @returns what differs and could not be mended */
  async compare(day: string): Promise<Difference[]> {
    const provider = this.provider.name;
    const until = new Date(this.clock.now().getTime() - graceMs);
    for await (const page of this.provider.statement(day)) {
      const lines = page.filter((line) => line.at <= until);
      if (lines.length > 0) await this.ledger.keepStatement(provider, day, lines.map(toLedgerLine));
    }
    const found = await this.ledger.compareStatement(provider, day, until);
    if (found.length === 0) return found;
    for (const { paymentId } of found) if (paymentId) await this.#askAbout(paymentId);
    const left = await this.ledger.compareStatement(provider, day, until);
    this.#differences.set({ day }, left.length);
    this.log.warn({ day, found: found.length, left: left.length }, 'statement and ledger differed');
    if (left.length > 0) this.log.error({ invariant: 'ledger', day, left }, 'statement and ledger differ');
    return left;
  }

  /** What the provider says now is certain, and the state machine knows what follows from it. */
  async #askAbout(paymentId: string): Promise<void> {
    const [payment] = await this.store.find([paymentId]);
    if (!payment) return;
    try {
      const answer = await this.calls.inquire(payment);
      if (answer.status !== 'unknown') await this.payments.applyOne(payment, { type: 'answer', answer });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.warn({ paymentId, err: error }, 'a difference could not be mended');
    }
  }

  async #reportForgotten(now: number): Promise<void> {
    const ids = await this.store.listForgotten(new Date(now - 48 * hourMs), new Date(now - hourMs));
    this.#forgotten.set(ids.length);
    if (ids.length > 0)
      this.log.error({ paymentIds: ids }, 'payments are authorised, and their checkouts do not end');
  }
}

/** A line as the ledger would have it: its transaction, and what it changed at the provider. */
function toLedgerLine({ kind, paymentId, key, amount }: StatementLine) {
  if (kind === 'payout')
    return { id: `payout-paid:${key}`, paymentId, amount: -amount.amount, currency: amount.currency };
  return kind === 'charge'
    ? { id: `capture:${paymentId}`, paymentId, amount: amount.amount, currency: amount.currency }
    : { id: `refund:${key}`, paymentId, amount: -amount.amount, currency: amount.currency };
}

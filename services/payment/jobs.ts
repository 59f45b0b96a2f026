import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Invariants } from '@pasar/platform/invariants';
import { every } from '@pasar/platform/jobs';
import { Metrics } from '@pasar/platform/telemetry';
import { Attempts } from './attempts.js';
import { Credits } from './credits.js';
import { LedgerStore } from './ledger-store.js';
import { Payouts } from './payouts.js';
import { Reconciler } from './reconciler.js';
import { Sales } from './sales.js';
import { PaymentStore } from './store.js';
import { Webhooks } from './webhooks.js';

@Injectable()
export class PaymentJobs {
  readonly #open;
  readonly #oldest;

  constructor(
    private readonly attempts: Attempts,
    private readonly webhooks: Webhooks,
    private readonly reconciler: Reconciler,
    private readonly sales: Sales,
    private readonly payouts: Payouts,
    private readonly credits: Credits,
    private readonly store: PaymentStore,
    private readonly ledger: LedgerStore,
    private readonly invariants: Invariants,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.#open = metrics.gauge(
      'pasar_payment_open_attempts',
      'Questions to the provider that are not answered',
    );
    this.#oldest = metrics.gauge('pasar_payment_oldest_attempt_seconds', 'Age of the oldest of them');
  }

  readonly jobs = [
    every('ask the provider', '2s', () => this.attempts.run()),
    every('count questions to the provider', '15s', () => this.survey()),
    every('apply kept provider events', '1m', () => this.webhooks.applyKept()),
    every('price sales', '5s', () => this.sales.price()),
    every('release escrow', '1m', () => this.sales.settle()),
    every('make payouts', '1h', () => this.payouts.make(this.payouts.today())),
    every('send payouts', '5s', () => this.payouts.send()),
    every('expire gift cards', '1h', () => this.credits.expire()),
    every('compare with the provider', '1h', () => this.reconciler.compareRecent()),
    every('compare balances and entries', '6h', () => this.compareLedger()),
  ];

  /** Invariant 5: debits are credits, and every balance is the sum of its entries. */
  async compareLedger(): Promise<number> {
    return this.invariants.report('ledger', await this.ledger.findWrongBalances());
  }

  async survey(): Promise<void> {
    const { open, oldest } = await this.store.surveyAttempts();
    this.#open.set(open);
    this.#oldest.set(oldest ? (this.clock.now().getTime() - oldest.getTime()) / 1000 : 0);
  }

  async stop(): Promise<void> {
    await Promise.all([this.attempts.stop(), this.payouts.stop(), this.sales.stop()]);
  }
}

import { Injectable } from '@nestjs/common';
import { Database, type Executor } from '@pasar/platform/db';
import { notFound } from '@pasar/platform/errors';
import { Outbox } from '@pasar/platform/outbox';
import { Log } from '@pasar/platform/telemetry';
import { Provider, type ProviderEvent } from './provider.js';
import { PaymentStore } from './store.js';
import { Payments } from './use-cases.js';

const batch = 100;

/**
 * The inbox of provider events. The id of an event is stored in the transaction of its effect, so it takes effect once;
 * that old or disordered ones do no harm is the state machine's doing.
 */
@Injectable()
export class Webhooks {
  constructor(
    private readonly database: Database,
    private readonly store: PaymentStore,
    private readonly payments: Payments,
    private readonly provider: Provider,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /**
   * An event of a payment that is not known is taken and kept, not refused: a payment is stored before its provider is
   * asked, so the event is either about to find it, after a restore perhaps, or none of ours. Refused, it would come
   * again and again, until the provider turns the webhook off for all.
   */
  async receive(provider: string, headers: Headers, body: Uint8Array): Promise<void> {
    if (provider !== this.provider.name) throw notFound('provider');
    const event = this.provider.readWebhook(headers, body);
    if (!event) return;
    await this.database.transaction(async (tx) => {
      if (await this.store.receiveEvent(provider, event, tx)) await this.#apply(event, tx);
    });
    this.outbox.wake();
  }

  /** Applies events that were kept and whose payment has turned up. */
  async applyKept(): Promise<number> {
    const events = await this.database.transaction(async (tx) => {
      const kept = await this.store.listApplicableEvents(this.provider.name, batch, tx);
      for (const event of kept) await this.#apply(event, tx);
      return kept;
    });
    this.outbox.wake();
    return events.length;
  }

  async #apply(event: ProviderEvent, tx: Executor<unknown>): Promise<void> {
    const { id, paymentId, answer } = event;
    const [payment] = await this.store.find([paymentId], tx);
    if (!payment) {
      this.log.warn({ event: id, paymentId }, 'a provider event of an unknown payment is kept');
      return;
    }
    const [outcome] = await this.payments.apply([{ payment, input: { type: 'answer', answer } }], tx);
    if (outcome?.error) {
      this.log.error(
        { event: id, paymentId, err: outcome.error },
        'a provider event says what cannot be, and is kept',
      );
      return;
    }
    await this.store.markApplied(this.provider.name, id, tx);
  }
}

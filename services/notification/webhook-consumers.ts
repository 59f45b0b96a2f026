import { toJson } from '@bufbuild/protobuf';
import { Injectable } from '@nestjs/common';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { type Handler, on, onBatch } from '@pasar/platform/inbox';
import { type WebhookEvent, webhookEvents } from './webhook.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhookStore } from './webhook-store.js';

@Injectable()
export class WebhookConsumers {
  constructor(
    private readonly store: WebhookStore,
    private readonly sender: WebhookSender,
  ) {}

  readonly subscriptions = [
    ...webhookEvents.map((event) => this.#pass(event)),
    on(UserUpdatedSchema, async (tx, { data: { userId, deleted } }) => {
      if (deleted) await this.store.forget(tx, userId);
    }),
  ];

  /** Keeps an event for the endpoints that want it, as `{type, timestamp, data}`, which Standard Webhooks recommends. */
  #pass({ schema, sellerOf }: WebhookEvent): Handler {
    return onBatch(schema, async (tx, events, { afterCommit }) => {
      const owned = events.flatMap((event) => {
        const sellerId = sellerOf(event.data);
        return sellerId ? [{ event, sellerId }] : [];
      });
      if (owned.length === 0) return;
      const listening = await this.store.listening(
        tx,
        owned.map(({ sellerId }) => sellerId),
      );
      const told = owned
        .filter(({ sellerId }) => listening.has(sellerId))
        .map(({ event: { id, type, time, data }, sellerId }) => ({
          ...{ eventId: id, sellerId, eventType: type },
          body: JSON.stringify({ type, timestamp: time.toISOString(), data: toJson(schema, data) }),
        }));
      if (told.length > 0 && (await this.store.enqueue(tx, told)) > 0)
        afterCommit(() => this.sender.sendSoon());
    });
  }
}

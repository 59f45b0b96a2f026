import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { every } from '@pasar/platform/jobs';
import { Safe } from '@pasar/platform/safe';
import { Log } from '@pasar/platform/telemetry';
import { Webhook } from 'standardwebhooks';
import { type Answer, HttpCaller } from './adapters/http-caller.js';
import { NotificationConfig } from './config.js';
import { intentsFor } from './intents.js';
import { leaseMs as messageLeaseMs, Sender } from './sender.js';
import { NotificationStore } from './store.js';
import { pauseAfter } from './webhook.js';
import { type Attempt, type DueDelivery, WebhookStore } from './webhook-store.js';

/** Sent to one endpoint at once, and to all. */
const perEndpoint = 4;
const atOnce = 64;
const day = 86_400_000;
const keepDays = 30;

/** Sends what endpoints wait for, and again after failures for three days. */
@Injectable()
export class WebhookSender {
  readonly #caller: HttpCaller;
  readonly #safe: Safe;
  /** Longer than an attempt can take, so that no two processes send the same thing at once. */
  readonly #leaseMs: number;
  #draining: Promise<void> | undefined;
  #again = false;
  #asked = Promise.withResolvers<void>();
  #stopped = false;

  constructor(
    private readonly database: Database,
    private readonly store: WebhookStore,
    private readonly messages: NotificationStore,
    private readonly sender: Sender,
    private readonly clock: Clock,
    private readonly log: Log,
    config: NotificationConfig,
  ) {
    const allowPrivate = config.webhookPrivateAddresses === 'allow';
    this.#caller = new HttpCaller({ allowPrivate, timeoutMs: config.webhookTimeoutSeconds * 1000 });
    this.#leaseMs = config.webhookTimeoutSeconds * 1000 + 30_000;
    this.#safe = new Safe(config.secretKey, 'pasar webhook secrets');
  }

  readonly jobs = [
    every('send due webhooks', '5s', () => this.send()),
    every('trim webhooks', '1h', () => this.trim()),
  ];

  /** Encrypts an endpoint's secret for the store. */
  seal(secret: string, endpointId: string): Buffer {
    return this.#safe.seal(Buffer.from(secret), endpointId);
  }

  sendSoon(): void {
    this.send().catch((error) =>
      this.log.warn({ error }, 'webhooks could not be sent; they will be tried again'),
    );
  }

  /** Sends all that is due. One round at a time in a process: whoever asks meanwhile makes it look again. */
  send(): Promise<void> {
    this.#again = true;
    this.#asked.resolve();
    this.#draining ??= this.#drain();
    return this.#draining;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#draining?.catch(() => {});
  }

  async trim(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - keepDays * day);
    while ((await this.store.trim(before, 1000)) > 0);
  }

  async #drain(): Promise<void> {
    const inHand = new Map<Promise<void>, string>();
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        this.#asked = Promise.withResolvers();
        const busy = [...new Set(inHand.values())];
        const due = await this.store.claim(busy, perEndpoint, atOnce - inHand.size, this.#leaseMs);
        for (const delivery of due) {
          const sent = this.#send(delivery)
            .catch((error) => this.log.warn({ error, delivery: delivery.id }, 'a webhook was left for later'))
            .finally(() => inHand.delete(sent));
          inHand.set(sent, delivery.endpointId);
        }
        if (inHand.size === 0) continue;
        // What is due of the quick ones, or comes now, need not wait for a slow one.
        const room = inHand.size < atOnce ? [this.#asked.promise] : [];
        await Promise.race([...inHand.keys(), ...room]);
        this.#again = true;
      }
      await Promise.all(inHand.keys());
    } finally {
      this.#draining = undefined;
    }
  }

  async #send(delivery: DueDelivery): Promise<void> {
    const at = this.clock.now();
    const began = performance.now();
    let answer: Answer | undefined;
    let error = '';
    try {
      answer = await this.#caller.post(delivery.url, this.#headers(delivery, at), delivery.body);
      if (answer.status < 200 || answer.status > 299) error = `the answer was ${answer.status}`;
    } catch (cause) {
      error = cause instanceof Error ? cause.message : String(cause);
    }
    const durationMs = Math.round(performance.now() - began);
    const attempt = { at, status: answer?.status ?? null, error: error.slice(0, 300), durationMs };
    await this.#settle(delivery, { ...attempt, response: readable(answer?.text ?? '') }, answer);
  }

  #headers(delivery: DueDelivery, at: Date): Record<string, string> {
    const secrets = [delivery.secret, delivery.oldSecret].filter((secret) => secret !== null);
    const signatures = secrets.map((secret) => {
      const webhook = new Webhook(this.#safe.open(secret, delivery.endpointId).toString());
      return webhook.sign(delivery.id, at, delivery.body);
    });
    return {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(delivery.body).toString(),
      'user-agent': 'Pasar-Webhooks/1',
      'webhook-id': delivery.id,
      'webhook-timestamp': Math.floor(at.getTime() / 1000).toString(),
      'webhook-signature': signatures.join(' '),
    };
  }

  async #settle(delivery: DueDelivery, attempt: Attempt, answer: Answer | undefined): Promise<void> {
    const { id, endpointId, attempts } = delivery;
    const { at } = attempt;
    const pause = attempt.error ? pauseAfter(attempts, answer?.retryAfterMs) : undefined;
    const gone = answer?.status === 410;
    if (!attempt.error || (pause !== undefined && !gone)) {
      const nextAt = new Date(this.clock.now().getTime() + (pause ?? 0));
      await this.store.settle(
        this.database.kysely,
        id,
        attempt,
        attempt.error ? 'PENDING' : 'DELIVERED',
        nextAt,
      );
      return;
    }
    const reason = gone ? 'gone' : 'failing';
    const told = await this.database.transaction(async (tx) => {
      if (!(await this.store.holdEndpoint(tx, endpointId))) return [];
      await this.store.settle(tx, id, attempt, 'FAILED', at);
      // One delivery that nothing can take, e.g. for its content, says nothing about the rest.
      const works =
        !gone && (await this.store.hasSucceededSince(tx, endpointId, new Date(at.getTime() - 3 * day)));
      if (works || !(await this.store.disable(tx, endpointId, reason))) return [];
      const to = { userId: delivery.userId };
      const intents = intentsFor('webhook-disabled', id, to, { url: delivery.url, reason });
      return this.messages.enqueue(tx, intents, messageLeaseMs);
    });
    this.sender.sendSoon(told);
  }
}

/** PostgreSQL keeps no zero bytes in text. */
function readable(text: string): string {
  return text.replaceAll('\0', '');
}

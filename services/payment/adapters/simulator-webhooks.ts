import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { every } from '@pasar/platform/jobs';
import { Log } from '@pasar/platform/telemetry';
import { signWebhook } from '@pasar/platform/webhook-signature';
import { sql } from 'kysely';
import { PaymentConfig } from '../config.js';
import { SimulatedBank } from './simulated-bank.js';

interface WebhookRow {
  id: bigint;
  eventId: string;
  body: string;
  tries: number;
}

const batch = 50;
const timeoutMs = 5_000;
/** With the growing pauses between them, about two days. */
const maxTries = 60;

/** Sends the bank's webhooks to the gateway, again and again until they are taken. */
@Injectable()
export class SimulatorWebhooks {
  readonly #url: URL;
  readonly #timers = new Set<NodeJS.Timeout>();
  #sending: Promise<number> | undefined;
  #stopped = false;

  constructor(
    private readonly bank: SimulatedBank,
    private readonly clock: Clock,
    private readonly config: PaymentConfig,
    private readonly log: Log,
  ) {
    this.#url = new URL('/api/v1/payments/webhooks/simulator', config.publicUrl);
    bank.onWebhook = (delayMs) => this.#sendIn(delayMs);
  }

  readonly jobs = [every('send webhooks of the simulator', '5s', () => this.send())];

  /** Sends what is due. @returns how many were tried */
  async send(): Promise<number> {
    // Who comes while others are being sent waits for those, and then sends what has come to be due since.
    while (this.#sending) await this.#sending;
    if (this.#stopped) return 0;
    this.#sending = this.#sendDue().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#sending?.catch(() => {});
  }

  #sendIn(delayMs: number): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.send().catch((error: unknown) =>
        this.log.warn({ err: error }, 'webhooks of the simulator were not sent'),
      );
    }, delayMs);
    this.#timers.add(timer);
  }

  async #sendDue(): Promise<number> {
    const now = this.clock.now();
    const leasedUntil = new Date(now.getTime() + 4 * timeoutMs);
    const order = this.bank.faults.webhooks.reversed ? sql`order by id desc` : sql`order by due_at, id`;
    const rows = await this.bank.database.write(sql<WebhookRow>`
      with due as (
        select id from webhook where delivered_at is null and due_at <= ${now} and tries < ${maxTries}
        ${order} limit ${batch} for update skip locked
      )
      update webhook w set due_at = ${leasedUntil}, tries = tries + 1 from due where w.id = due.id
      returning w.id, w.event_id as "eventId", w.body, w.tries`);
    const sorted = rows.sort((a, b) => Number(a.id - b.id) * (this.bank.faults.webhooks.reversed ? -1 : 1));
    for (const row of sorted) await this.#deliver(row);
    return rows.length;
  }

  async #deliver({ id, eventId, body, tries }: WebhookRow): Promise<void> {
    const { bank, clock, config, log } = this;
    const now = clock.now();
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...signWebhook(config.webhookSecret, eventId, now, body),
        },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
      await bank.database.write(sql`update webhook set delivered_at = ${now} where id = ${id}`);
    } catch (error) {
      const dueAt = new Date(now.getTime() + Math.min(1_000 * 2 ** Math.min(tries, 20), 3_600_000));
      log.warn({ event: eventId, tries, err: error }, 'a webhook of the simulator was not taken');
      await bank.database.write(sql`update webhook set due_at = ${dueAt} where id = ${id}`);
    }
  }
}

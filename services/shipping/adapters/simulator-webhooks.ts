import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { every } from '@pasar/platform/jobs';
import { Log } from '@pasar/platform/telemetry';
import { signWebhook } from '@pasar/platform/webhook-signature';
import { sql } from 'kysely';
import { Carriers } from '../carrier.js';
import { ShippingConfig } from '../config.js';
import { SimulatedDepot } from './simulated-depot.js';

interface WebhookRow {
  id: bigint;
  service: string;
  eventId: string;
  body: string;
  tries: number;
}

const batch = 50;
const timeoutMs = 5_000;
/** With the growing pauses between them, about two days. */
const maxTries = 60;

/** Moves the simulated carriers' parcels and sends their webhooks to the gateway, again and again until they are taken. */
@Injectable()
export class SimulatorWebhooks {
  #sending: Promise<number> | undefined;
  #stopped = false;

  constructor(
    private readonly depot: SimulatedDepot,
    private readonly carriers: Carriers,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: ShippingConfig,
    private readonly log: Log,
  ) {
    depot.onWebhook = () => {
      this.send().catch((error: unknown) =>
        this.log.warn({ err: error }, 'webhooks of carriers were not sent'),
      );
    };
  }

  readonly jobs = [
    every('move parcels of the simulator', '2s', () => this.depot.move()),
    every('send webhooks of simulated carriers', '5s', () => this.send()),
  ];

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
    await this.#sending?.catch(() => {});
  }

  async #sendDue(): Promise<number> {
    const now = this.clock.now();
    const leasedUntil = new Date(now.getTime() + 4 * timeoutMs);
    const rows = await this.database.write(sql<WebhookRow>`
      with due as (
        select id from simulated_webhook where due_at <= ${now} and tries < ${maxTries}
        order by due_at, id limit ${batch} for update skip locked
      )
      update simulated_webhook w set due_at = ${leasedUntil}, tries = tries + 1 from due where w.id = due.id
      returning w.id, w.service, w.event_id as "eventId", w.body, w.tries`);
    const sorted = rows.sort((a, b) => Number(a.id - b.id));
    for (const row of sorted) await this.#deliver(row);
    return rows.length;
  }

  async #deliver({ id, service, eventId, body, tries }: WebhookRow): Promise<void> {
    const now = this.clock.now();
    const url = new URL(`/api/v1/shipping/webhooks/${this.carriers.of(service).name}`, this.config.publicUrl);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...signWebhook(this.config.webhookSecret, eventId, now, body),
        },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
      await this.database.write(sql`delete from simulated_webhook where id = ${id}`);
    } catch (error) {
      const dueAt = new Date(now.getTime() + Math.min(1_000 * 2 ** Math.min(tries, 20), 3_600_000));
      this.log.warn({ event: eventId, tries, err: error }, 'a webhook of a simulated carrier was not taken');
      await this.database.write(sql`update simulated_webhook set due_at = ${dueAt} where id = ${id}`);
    }
  }
}

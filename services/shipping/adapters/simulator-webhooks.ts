import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { every } from '@pasar/platform/jobs';
import { type DueWebhook, SimulatedWebhookSender } from '@pasar/platform/simulated-webhooks';
import { Log } from '@pasar/platform/telemetry';
import { sql } from 'kysely';
import { Carriers } from '../carrier.js';
import { ShippingConfig } from '../config.js';
import { SimulatedDepot } from './simulated-depot.js';

interface WebhookRow extends DueWebhook {
  service: string;
}

/** Moves the simulated carriers' parcels and sends their webhooks. */
@Injectable()
export class SimulatorWebhooks {
  readonly #sender: SimulatedWebhookSender<WebhookRow>;

  constructor(
    private readonly depot: SimulatedDepot,
    carriers: Carriers,
    database: Database,
    clock: Clock,
    config: ShippingConfig,
    log: Log,
  ) {
    this.#sender = new SimulatedWebhookSender({
      ...{ sender: 'simulated carriers', secret: config.webhookSecret, clock, log },
      urlOf: ({ service }) =>
        new URL(`/api/v1/shipping/webhooks/${carriers.of(service).name}`, config.publicUrl),
      async claim(now, leasedUntil, limit, maxTries) {
        const rows = await database.write(sql<WebhookRow>`
          with due as (
            select id from simulated_webhook where due_at <= ${now} and tries < ${maxTries}
            order by due_at, id limit ${limit} for update skip locked
          )
          update simulated_webhook w set due_at = ${leasedUntil}, tries = tries + 1 from due where w.id = due.id
          returning w.id, w.service, w.event_id as "eventId", w.body, w.tries`);
        return rows.sort((a, b) => Number(a.id - b.id));
      },
      taken: ({ id }) => database.write(sql`delete from simulated_webhook where id = ${id}`),
      postpone: ({ id }, dueAt) =>
        database.write(sql`update simulated_webhook set due_at = ${dueAt} where id = ${id}`),
    });
    depot.onWebhook = () => this.#sender.sendIn(0);
  }

  readonly jobs = [
    every('move parcels of the simulator', '2s', () => this.depot.move()),
    every('send webhooks of simulated carriers', '5s', () => this.send()),
  ];

  /** Sends what is due. @returns how many were tried */
  send(): Promise<number> {
    return this.#sender.send();
  }

  stop(): Promise<void> {
    return this.#sender.stop();
  }
}

import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { every } from '@pasar/platform/jobs';
import { type DueWebhook, SimulatedWebhookSender } from '@pasar/platform/simulated-webhooks';
import { Log } from '@pasar/platform/telemetry';
import { sql } from 'kysely';
import { PaymentConfig } from '../config.js';
import { SimulatedBank } from './simulated-bank.js';

/** Sends the bank's webhooks. */
@Injectable()
export class SimulatorWebhooks {
  readonly #sender: SimulatedWebhookSender<DueWebhook>;

  constructor(bank: SimulatedBank, clock: Clock, config: PaymentConfig, log: Log) {
    const url = new URL('/api/v1/payments/webhooks/simulator', config.publicUrl);
    this.#sender = new SimulatedWebhookSender({
      ...{ sender: 'simulated bank', secret: config.webhookSecret, clock, log },
      urlOf: () => url,
      async claim(now, leasedUntil, limit, maxTries) {
        const { reversed } = bank.faults.webhooks;
        const order = reversed ? sql`order by id desc` : sql`order by due_at, id`;
        const rows = await bank.database.write(sql<DueWebhook>`
          with due as (
            select id from webhook where delivered_at is null and due_at <= ${now} and tries < ${maxTries}
            ${order} limit ${limit} for update skip locked
          )
          update webhook w set due_at = ${leasedUntil}, tries = tries + 1 from due where w.id = due.id
          returning w.id, w.event_id as "eventId", w.body, w.tries`);
        return rows.sort((a, b) => Number(a.id - b.id) * (reversed ? -1 : 1));
      },
      taken: ({ id }, at) =>
        bank.database.write(sql`update webhook set delivered_at = ${at} where id = ${id}`),
      postpone: ({ id }, dueAt) =>
        bank.database.write(sql`update webhook set due_at = ${dueAt} where id = ${id}`),
    });
    bank.onWebhook = (delayMs) => this.#sender.sendIn(delayMs);
  }

  readonly jobs = [every('send webhooks of the simulator', '5s', () => this.send())];

  /** Sends what is due. @returns how many were tried */
  send(): Promise<number> {
    return this.#sender.send();
  }

  stop(): Promise<void> {
    return this.#sender.stop();
  }
}

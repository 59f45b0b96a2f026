import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { type RawBuilder, sql } from 'kysely';
import { OrderConfig } from './config.js';

/** For longer than an order takes, with all that may follow it. */
const keepDepartedMs = 90 * 86_400_000;
const dayMs = 86_400_000;
const batch = 200;

/** City and province stay: they are what sending it cost. The note is in the buyer's own words. */
const withoutPerson = (facts: RawBuilder<unknown>) => sql`${facts} || jsonb_build_object('note', '',
  'shippingAddress', ${facts} -> 'shippingAddress' || '{"recipient":"","phone":"","line1":"","line2":"","postalCode":""}')`;

/**
 * Orders are kept for the books, and buyers who delete their account are not kept with them. This is the one thing that
 * changes what a stream says; what was bought, for how much, and what became of it stays as it was told.
 */
@Injectable()
export class Departures {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: OrderConfig,
  ) {}

  async note(tx: Executor<unknown>, customerId: string): Promise<void> {
    await sql`
      insert into departed_customer (id, left_at) values (${customerId}, ${this.clock.now()})
      on conflict do nothing`.execute(tx);
  }

  /** Takes those who have left out of all that is over by now. */
  async erase(): Promise<void> {
    const now = this.clock.now().getTime();
    const leftBy = new Date(now - this.config.keepBuyerDays * dayMs);
    while ((await this.#eraseOrders(leftBy)) === batch);
    while ((await this.#eraseCheckouts(leftBy)) === batch);
    await sql`
      delete from departed_customer d where d.left_at < ${new Date(leftBy.getTime() - keepDepartedMs)}
        and not exists (select from order_projection o where o.customer_id = d.id and o.ended is null)`.execute(
      this.database.kysely,
    );
  }

  async #eraseOrders(leftBy: Date): Promise<number> {
    const rows = await this.database.write(sql<{ id: string }>`
      with over as materialized (
        select o.id from departed_customer d join order_projection o on o.customer_id = d.id
        where d.left_at <= ${leftBy} and o.ended is not null and o.state #>> '{facts,shippingAddress,recipient}' <> ''
        order by o.id limit ${batch} for update of o
      ), told as (
        update event e set data = ${withoutPerson(sql`e.data`)} from over
        where e.stream = over.id and e.type = 'order.created'
      )
      update order_projection o set state = jsonb_set(o.state, '{facts}', ${withoutPerson(sql`o.state -> 'facts'`)})
      from over where o.id = over.id returning o.id`);
    return rows.length;
  }

  /** What the buyer was told, word for word, is for nobody to ask again; and the saga has ended. */
  async #eraseCheckouts(leftBy: Date): Promise<number> {
    const rows = await this.database.write(sql<{ id: string }>`
      with over as materialized (
        select c.id from checkout c where c.id in (
            select o.checkout_id from departed_customer d join order_projection o on o.customer_id = d.id
            where d.left_at <= ${leftBy})
          and (c.answer is not null or c.idempotency_key is not null)
          and not exists (select from order_projection o where o.checkout_id = c.id and o.ended is null)
        order by c.id limit ${batch} for update of c
      ), ended as (
        update saga s set data = '{}' from over where s.id = over.id and s.state in ('completed', 'failed')
      )
      update checkout c set answer = null, idempotency_key = null from over where c.id = over.id returning c.id`);
    return rows.length;
  }
}

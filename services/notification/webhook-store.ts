import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import { lastId } from './store.js';
import type { EndpointTerms, WebhookEndpoint } from './webhook.js';

export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'FAILED';

export interface WebhookDelivery {
  id: string;
  endpointId: string;
  eventType: string;
  status: DeliveryStatus;
  body: string;
  nextAt: Date;
  createdAt: Date;
}

export interface Attempt {
  at: Date;
  /** Null when there was no answer. */
  status: number | null;
  /** Empty when it succeeded. */
  error: string;
  durationMs: number;
  response: string;
}

/** A delivery that this process is to send now. */
export interface DueDelivery {
  id: string;
  endpointId: string;
  eventType: string;
  body: string;
  attempts: number;
  url: string;
  userId: string;
  secret: Buffer;
  oldSecret: Buffer | null;
}

/** An event for whichever endpoints of its store want it. */
export interface Told {
  eventId: string;
  sellerId: string;
  eventType: string;
  body: string;
}

const endpointColumns = sql`
  id, seller_id as "sellerId", url, description, event_types as "eventTypes", enabled,
  disabled_reason as "disabledReason", created_at as "createdAt"`;
const deliveryColumns = sql`
  d.id, d.endpoint_id as "endpointId", d.event_type as "eventType", d.status, d.body, d.next_at as "nextAt",
  d.created_at as "createdAt"`;

@Injectable()
export class WebhookStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined when the store has `limit` of them already */
  async insertEndpoint(
    endpoint: WebhookEndpoint & { userId: string; secret: Buffer },
    limit: number,
  ): Promise<WebhookEndpoint | undefined> {
    return this.database.transaction(async (tx) => {
      // Two at once must not both be the last one that fits.
      await sql`select pg_advisory_xact_lock(hashtextextended(${endpoint.sellerId}, 1))`.execute(tx);
      const { rows } = await sql<WebhookEndpoint>`
        insert into webhook_endpoint (id, seller_id, user_id, url, description, event_types, secret, created_at)
        select ${endpoint.id}, ${endpoint.sellerId}, ${endpoint.userId}, ${endpoint.url}, ${endpoint.description},
          ${endpoint.eventTypes}::text[], ${endpoint.secret}, ${endpoint.createdAt}
        where (select count(*) from webhook_endpoint where seller_id = ${endpoint.sellerId}) < ${limit}
        returning ${endpointColumns}`.execute(tx);
      return rows[0];
    });
  }

  async listEndpoints(sellerId: string, before: string | undefined, limit: number) {
    const { rows } = await sql<WebhookEndpoint>`
      select ${endpointColumns} from webhook_endpoint
      where seller_id = ${sellerId} and id < ${before ?? lastId}::uuid order by id desc limit ${limit}`.execute(
      this.database.kysely,
    );
    return rows;
  }

  async findEndpoint(
    executor: Executor<unknown>,
    sellerId: string,
    id: string,
    lock = false,
  ): Promise<WebhookEndpoint | undefined> {
    const { rows } = await sql<WebhookEndpoint>`
      select ${endpointColumns} from webhook_endpoint where id = ${id} and seller_id = ${sellerId}
      ${lock ? sql`for update` : sql``}`.execute(executor);
    return rows[0];
  }

  /** Turning one on again forgets why it was off. */
  async updateEndpoint(tx: Executor<unknown>, id: string, terms: EndpointTerms): Promise<WebhookEndpoint> {
    const { rows } = await sql<WebhookEndpoint>`
      update webhook_endpoint set url = ${terms.url}, description = ${terms.description},
        event_types = ${terms.eventTypes}::text[], enabled = ${terms.enabled},
        disabled_reason = case when ${terms.enabled} then '' else disabled_reason end
      where id = ${id} returning ${endpointColumns}`.execute(tx);
    return rows[0] as WebhookEndpoint;
  }

  async deleteEndpoint(sellerId: string, id: string): Promise<boolean> {
    const rows = await this.database.write(sql`
      delete from webhook_endpoint where id = ${id} and seller_id = ${sellerId} returning id`);
    return rows.length > 0;
  }

  /** The secret of until now goes on signing until `until`. */
  async rotateSecret(
    sellerId: string,
    id: string,
    secret: Buffer,
    until: Date,
  ): Promise<WebhookEndpoint | undefined> {
    const rows = await this.database.write(sql<WebhookEndpoint>`
      update webhook_endpoint set old_secret = secret, old_secret_until = ${until}, secret = ${secret}
      where id = ${id} and seller_id = ${sellerId} returning ${endpointColumns}`);
    return rows[0];
  }

  /** The stores of these that have endpoints at all. */
  async listening(tx: Executor<unknown>, sellerIds: string[]): Promise<Set<string>> {
    const { rows } = await sql<{ sellerId: string }>`
      select distinct seller_id as "sellerId" from webhook_endpoint
      where seller_id = any(${[...new Set(sellerIds)]}::uuid[])`.execute(tx);
    return new Set(rows.map(({ sellerId }) => sellerId));
  }

  /** A delivery for each endpoint that wants the event; also for those that are off, to be sent when they are on again. */
  async enqueue(tx: Executor<unknown>, told: Told[]): Promise<number> {
    const now = this.clock.now();
    const column = <Key extends keyof Told>(key: Key) => told.map((each) => each[key]);
    const { rows: wanted } = await sql<{ endpointId: string; index: number }>`
      select e.id as "endpointId", t.index::int - 1 as index
      from unnest(${column('sellerId')}::uuid[], ${column('eventType')}::text[])
        with ordinality as t (seller_id, event_type, index)
      join webhook_endpoint e on e.seller_id = t.seller_id and t.event_type = any(e.event_types)
      order by e.id, t.index`.execute(tx);
    if (wanted.length === 0) return 0;
    const events = wanted.map(({ index }) => told[index] as Told);
    await sql`
      insert into webhook_delivery (id, endpoint_id, event_id, event_type, body, next_at, created_at)
      select d.*, ${now}, ${now}
      from unnest(${wanted.map(() => this.clock.id())}::uuid[], ${wanted.map((each) => each.endpointId)}::uuid[],
        ${events.map((each) => each.eventId)}::uuid[], ${events.map((each) => each.eventType)}::text[],
        ${events.map((each) => each.body)}::text[]) as d (id, endpoint_id, event_id, event_type, body)
      on conflict (endpoint_id, event_id) do nothing`.execute(tx);
    return wanted.length;
  }

  /** One delivery for an endpoint, whatever it subscribed to. @returns undefined when it is gone */
  async insertTest(
    endpointId: string,
    eventType: string,
    body: string,
  ): Promise<WebhookDelivery | undefined> {
    const now = this.clock.now();
    const rows = await this.database.write(sql<WebhookDelivery>`
      insert into webhook_delivery as d (id, endpoint_id, event_id, event_type, body, next_at, created_at)
      select ${this.clock.id()}, e.id, ${this.clock.id()}, ${eventType}, ${body}, ${now}, ${now}
      from webhook_endpoint e where e.id = ${endpointId} for key share
      returning ${deliveryColumns}`);
    return rows[0];
  }

  /**
   * Takes what is due for `leaseMs`, of each endpoint at most `each` and of `busy` ones nothing, so that a slow one keeps
   * nobody waiting. Whoever dies with some loses them to the next.
   */
  async claim(busy: string[], each: number, limit: number, leaseMs: number): Promise<DueDelivery[]> {
    const now = this.clock.now();
    return this.database.write(sql<DueDelivery>`
      with recursive waiting (endpoint_id) as (
        -- One look at the index for each endpoint that has something to be sent, however much it is.
        (select endpoint_id from webhook_delivery where status = 'PENDING' order by endpoint_id limit 1)
        union all
        select (select d.endpoint_id from webhook_delivery d
          where d.status = 'PENDING' and d.endpoint_id > w.endpoint_id order by d.endpoint_id limit 1)
        from waiting w where w.endpoint_id is not null
      ), due as (
        select d.id from waiting w
        join webhook_endpoint e on e.id = w.endpoint_id and e.enabled and e.id <> all(${busy}::uuid[])
        cross join lateral (
          select id from webhook_delivery
          where endpoint_id = e.id and status = 'PENDING' and next_at <= ${now}
          order by next_at limit ${each} for update skip locked) d
        limit ${limit}
      )
      update webhook_delivery d set attempts = d.attempts + 1, next_at = ${new Date(now.getTime() + leaseMs)}
      from due, webhook_endpoint e
      where d.id = due.id and e.id = d.endpoint_id
      returning d.id, d.endpoint_id as "endpointId", d.event_type as "eventType", d.body, d.attempts, e.url,
        e.user_id as "userId", e.secret, case when e.old_secret_until > ${now} then e.old_secret end as "oldSecret"`);
  }

  /** Before its deliveries, as whoever deletes it locks them. @returns false when it is gone */
  async holdEndpoint(tx: Executor<unknown>, id: string): Promise<boolean> {
    const { rows } = await sql`select from webhook_endpoint where id = ${id} for no key update`.execute(tx);
    return rows.length > 0;
  }

  /** Keeps how an attempt ended, and what follows: a time for the next one, or an end. */
  async settle(
    tx: Executor<unknown>,
    id: string,
    attempt: Attempt,
    status: DeliveryStatus,
    nextAt: Date,
  ): Promise<void> {
    await sql`
      with settled as (
        update webhook_delivery set status = ${status}, next_at = ${nextAt}
        where id = ${id} and status = 'PENDING' returning id
      )
      insert into webhook_attempt (delivery_id, at, status, error, duration_ms, response)
      select id, ${attempt.at}, ${attempt.status}::int, ${attempt.error}, ${attempt.durationMs}::int, ${attempt.response}
      from settled`.execute(tx);
  }

  /** @returns false when it is off already */
  async disable(tx: Executor<unknown>, endpointId: string, reason: string): Promise<boolean> {
    const { rows } = await sql`
      update webhook_endpoint set enabled = false, disabled_reason = ${reason}
      where id = ${endpointId} and enabled returning id`.execute(tx);
    return rows.length > 0;
  }

  /** Whether anything reached an endpoint since then. */
  async hasSucceededSince(tx: Executor<unknown>, endpointId: string, since: Date): Promise<boolean> {
    const { rows } = await sql`
      select from webhook_delivery d join webhook_attempt a on a.delivery_id = d.id
      where d.endpoint_id = ${endpointId} and d.status = 'DELIVERED' and a.at >= ${since} and a.error = '' limit 1`.execute(
      tx,
    );
    return rows.length > 0;
  }

  async listDeliveries(
    endpointId: string,
    status: DeliveryStatus | undefined,
    before: string | undefined,
    limit: number,
  ): Promise<WebhookDelivery[]> {
    const { rows } = await sql<WebhookDelivery>`
      select ${deliveryColumns} from webhook_delivery d
      where d.endpoint_id = ${endpointId} and d.id < ${before ?? lastId}::uuid
        ${status ? sql`and d.status = ${sql.lit(status)}` : sql``}
      order by d.id desc limit ${limit}`.execute(this.database.kysely);
    return rows;
  }

  async findDelivery(sellerId: string, id: string): Promise<WebhookDelivery | undefined> {
    const { rows } = await sql<WebhookDelivery>`
      select ${deliveryColumns} from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
      where d.id = ${id} and e.seller_id = ${sellerId}`.execute(this.database.kysely);
    return rows[0];
  }

  async listAttempts(deliveryId: string, limit: number): Promise<Attempt[]> {
    const { rows } = await sql<Attempt>`
      select at, status, error, duration_ms as "durationMs", response from webhook_attempt
      where delivery_id = ${deliveryId} order by id desc limit ${limit}`.execute(this.database.kysely);
    return rows;
  }

  /** One that is being sent just now, or that somebody else has sent again, is left to that. */
  async replay(sellerId: string, id: string): Promise<WebhookDelivery | undefined> {
    const [replayed] = await this.database.write(sql<WebhookDelivery>`
      update webhook_delivery d set status = 'PENDING', attempts = 0, next_at = ${this.clock.now()}
      from webhook_endpoint e
      where d.id = ${id} and e.id = d.endpoint_id and e.seller_id = ${sellerId} and d.status <> 'PENDING'
      returning ${deliveryColumns}`);
    return replayed ?? this.findDelivery(sellerId, id);
  }

  async replayFailed(endpointId: string, since: Date): Promise<number> {
    const rows = await this.database.write(sql`
      update webhook_delivery set status = 'PENDING', attempts = 0, next_at = ${this.clock.now()}
      where endpoint_id = ${endpointId} and status = 'FAILED' and created_at >= ${since} returning id`);
    return rows.length;
  }

  async forget(tx: Executor<unknown>, userId: string): Promise<void> {
    await sql`delete from webhook_endpoint where user_id = ${userId}`.execute(tx);
  }

  async trim(before: Date, limit: number): Promise<number> {
    const rows = await this.database.write(sql`
      delete from webhook_delivery where id in (
        select id from webhook_delivery where created_at < ${before} and status <> 'PENDING' limit ${limit}
        for update skip locked)
      returning id`);
    return rows.length;
  }
}

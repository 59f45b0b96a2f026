import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import type { DeliveryChannel, InAppParams, Intent, Params } from './message.js';

export interface Delivery {
  id: string;
  template: string;
  channel: DeliveryChannel;
  userId: string | null;
  recipient: string | null;
  locale: string | null;
  forStaff: boolean;
  params: Params;
  status: 'PENDING' | 'SENT' | 'DEAD';
  attempts: number;
  lastError: string | null;
  createdAt: Date;
}

export interface NotificationRow {
  id: string;
  /** The template. */
  kind: string;
  params: InAppParams;
  read: boolean;
  createdAt: Date;
}

export interface MailRow {
  id: string;
  channel: DeliveryChannel;
  recipient: string;
  subject: string;
  text: string;
  html: string;
  locale: string;
  template: string;
  createdAt: Date;
}

/** Who is told what concerns a store. */
export interface StorePerson {
  sellerId: string;
  userId: string;
  /** Null for the owner. */
  permissions: string[] | null;
}

/** Comes after every id. */
export const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** Of a delivery `d`. */
const deliveryColumns = sql`
  d.id, d.template, d.channel, d.user_id as "userId", d.recipient, d.locale, d.for_staff as "forStaff", d.params, d.created_at as "createdAt"`;

const notificationColumns = sql`id, kind, params, read, created_at as "createdAt"`;

@Injectable()
export class NotificationStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps in-app messages, which are there with that, and what is to be sent; the inbox sees to it that an event is
   * told once, and no event makes the same delivery twice.
   * @returns the new deliveries, claimed for `leaseMs`: to be sent by the caller, once this is committed
   */
  async enqueue(tx: Executor<unknown>, intents: Intent[], leaseMs: number): Promise<Delivery[]> {
    const now = this.clock.now();
    const { rows } = await sql<Delivery>`
      with i as materialized (
        select * from unnest(${intents.map(() => this.clock.id())}::uuid[], ${intents.map((i) => i.eventId)}::uuid[],
          ${intents.map((i) => i.template)}::text[], ${intents.map((i) => i.channel)}::text[],
          ${intents.map((i) => i.userId ?? null)}::uuid[], ${intents.map((i) => i.recipient ?? null)}::text[],
          ${intents.map((i) => i.locale ?? null)}::text[], ${intents.map((i) => i.forStaff ?? false)}::boolean[],
          ${intents.map((i) => JSON.stringify(i.params))}::jsonb[])
          as i (id, event_id, template, channel, user_id, recipient, locale, for_staff, params)
      ), in_app as (
        insert into notification (id, user_id, kind, params, created_at)
        select id, user_id, template, params, ${now} from i where channel = 'IN_APP'
      ), d as (
        insert into delivery (id, event_id, template, channel, user_id, recipient, locale, for_staff, params, created_at)
        select i.*, ${now} from i where channel <> 'IN_APP'
        on conflict (event_id, template, channel) do nothing returning *
      ), due as (
        insert into delivery_due (delivery_id, attempts, next_at)
        select id, 1, ${new Date(now.getTime() + leaseMs)} from d
      )
      select ${deliveryColumns}, 1 as attempts, 'PENDING' as status, null as "lastError" from d`.execute(tx);
    return rows;
  }

  async noteOwners(
    tx: Executor<unknown>,
    stores: { sellerId: string; ownerUserId: string }[],
  ): Promise<void> {
    await sql`
      insert into store_owner (seller_id, user_id)
      select distinct on (s.seller_id) * from unnest(${stores.map(({ sellerId }) => sellerId)}::uuid[],
        ${stores.map(({ ownerUserId }) => ownerUserId)}::uuid[]) as s (seller_id, user_id) order by s.seller_id
      on conflict (seller_id) do update set user_id = excluded.user_id`.execute(tx);
  }

  /** @param permissions none for somebody who is not on the staff any more */
  async noteStaff(
    tx: Executor<unknown>,
    sellerId: string,
    userId: string,
    permissions: string[],
  ): Promise<void> {
    if (permissions.length === 0) {
      await sql`delete from store_staff where seller_id = ${sellerId} and user_id = ${userId}`.execute(tx);
      return;
    }
    await sql`
      insert into store_staff (seller_id, user_id, permissions) values (${sellerId}, ${userId}, ${permissions})
      on conflict (seller_id, user_id) do update set permissions = excluded.permissions`.execute(tx);
  }

  async peopleOf(tx: Executor<unknown>, sellerIds: string[]): Promise<StorePerson[]> {
    const { rows } = await sql<StorePerson>`
      select seller_id as "sellerId", user_id as "userId", null as permissions from store_owner
      where seller_id = any(${sellerIds}::uuid[])
      union all select seller_id, user_id, permissions from store_staff
      where seller_id = any(${sellerIds}::uuid[])`.execute(tx);
    return rows;
  }

  /** Takes due deliveries for `leaseMs`; whoever dies with some loses them to the next. */
  async claim(limit: number, leaseMs: number): Promise<Delivery[]> {
    const now = this.clock.now();
    return this.database.write(sql<Delivery>`
      with claimed as (
        update delivery_due set attempts = attempts + 1, next_at = ${new Date(now.getTime() + leaseMs)}
        where delivery_id in (
          select delivery_id from delivery_due where next_at <= ${now} order by next_at limit ${limit}
          for update skip locked)
        returning delivery_id, attempts, last_error
      )
      select ${deliveryColumns}, c.attempts, 'PENDING' as status, c.last_error as "lastError"
      from claimed c join delivery d on d.id = c.delivery_id`);
  }

  async markSent(ids: string[]): Promise<void> {
    await this.database.write(sql`delete from delivery_due where delivery_id = any(${ids}::uuid[])`);
  }

  /** Undoes a claim. */
  async handBack(ids: string[], nextAt: Date): Promise<void> {
    await this.database.write(sql`
      update delivery_due set attempts = attempts - 1, next_at = ${nextAt} where delivery_id = any(${ids}::uuid[])`);
  }

  async postpone(id: string, error: string, nextAt: Date): Promise<void> {
    await this.database.write(sql`
      update delivery_due set next_at = ${nextAt}, last_error = ${error.slice(0, 500)} where delivery_id = ${id}`);
  }

  /** @returns false when it is no longer due */
  async giveUp(tx: Executor<unknown>, id: string, error: string): Promise<boolean> {
    const { rows } = await sql`
      with given as (
        delete from delivery_due where delivery_id = ${id} returning attempts
      )
      update delivery set dead_at = ${this.clock.now()}, attempts = given.attempts, last_error = ${error.slice(0, 500)}
      from given where id = ${id} returning id`.execute(tx);
    return rows.length > 0;
  }

  /** @returns the delivery, claimed for `leaseMs` as if it were new; undefined when it was not given up */
  async resend(id: string, leaseMs: number): Promise<Delivery | undefined> {
    const leasedUntil = new Date(this.clock.now().getTime() + leaseMs);
    const rows = await this.database.write(sql<Delivery>`
      with d as (
        update delivery set dead_at = null where id = ${id} and dead_at is not null returning *
      ), due as (
        insert into delivery_due (delivery_id, attempts, next_at) select id, 1, ${leasedUntil} from d
      )
      select ${deliveryColumns}, 1 as attempts, 'PENDING' as status, d.last_error as "lastError" from d`);
    return rows[0];
  }

  async listDead(before: string | undefined, limit: number): Promise<Delivery[]> {
    const { rows } = await sql<Delivery>`
      select ${deliveryColumns}, d.attempts, 'DEAD' as status, d.last_error as "lastError" from delivery d
      where d.dead_at is not null and d.id < ${before ?? lastId}::uuid order by d.id desc limit ${limit}`.execute(
      this.database.kysely,
    );
    return rows;
  }

  async list(
    userId: string,
    unreadOnly: boolean,
    before: string | undefined,
    limit: number,
  ): Promise<NotificationRow[]> {
    const { rows } = await sql<NotificationRow>`
      select ${notificationColumns} from notification
      where user_id = ${userId} and id < ${before ?? lastId}::uuid ${unreadOnly ? sql`and not read` : sql``}
      order by id desc limit ${limit}`.execute(this.database.kysely);
    return rows;
  }

  async markRead(id: string, userId: string): Promise<NotificationRow | undefined> {
    const rows = await this.database.write(sql<NotificationRow>`
      update notification set read = true where id = ${id} and user_id = ${userId}
      returning ${notificationColumns}`);
    return rows[0];
  }

  /** @returns at most `limit` */
  async countUnread(userId: string, limit: number): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from (
        select from notification where user_id = ${userId} and not read limit ${limit}) unread`.execute(
      this.database.kysely,
    );
    return rows[0]?.count ?? 0;
  }

  async markAllRead(userId: string, upTo: string): Promise<void> {
    await this.database.write(sql`
      update notification set read = true
      where user_id = ${userId} and not read and id <= ${upTo || lastId}::uuid`);
  }

  async listMail(
    recipient: string,
    channel: DeliveryChannel | undefined,
    before: string | undefined,
    limit: number,
  ): Promise<MailRow[]> {
    const { rows } = await sql<MailRow>`
      select id, channel, recipient, subject, text, html, locale, template, created_at as "createdAt" from mail
      where id < ${before ?? lastId}::uuid ${recipient ? sql`and recipient = ${recipient}` : sql``}
        ${channel ? sql`and channel = ${channel}` : sql``}
      order by id desc limit ${limit}`.execute(this.database.kysely);
    return rows;
  }

  /** Personal data goes when its person goes: also what was sent to an old address, a number or a device. */
  async forget(tx: Executor<unknown>, userId: string): Promise<void> {
    await sql`delete from store_staff where user_id = ${userId}`.execute(tx);
    await sql`delete from notification where user_id = ${userId}`.execute(tx);
    await sql`delete from mail where id in (select id from delivery where user_id = ${userId})`.execute(tx);
    await sql`
      with unsent as (
        delete from delivery_due using delivery d where delivery_id = d.id and d.user_id = ${userId} returning d.id
      )
      update delivery set params = '{}', recipient = null,
        dead_at = case when id in (select id from unsent) then ${this.clock.now()} else dead_at end
      where user_id = ${userId}`.execute(tx);
  }

  async trim(before: Date, limit: number): Promise<number> {
    const rows = await this.database.write(sql`
      with mails as (
        delete from mail where id in (
          select id from mail where created_at < ${before} limit ${limit} for update skip locked) returning id
      ), notifications as (
        delete from notification where id in (
          select id from notification where created_at < ${before} limit ${limit} for update skip locked) returning id
      ), deliveries as (
        delete from delivery where id in (
          select id from delivery where created_at < ${before}
            and not exists (select from delivery_due where delivery_id = id) limit ${limit}) returning id
      )
      select id from mails union all select id from notifications union all select id from deliveries`);
    return rows.length;
  }
}

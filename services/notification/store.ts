import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import type { Channel, Intent, Params } from './message.js';

export interface Delivery {
  id: string;
  template: string;
  channel: Channel;
  userId: string | null;
  recipient: string | null;
  locale: string | null;
  params: Params;
  status: 'PENDING' | 'SENT' | 'DEAD';
  attempts: number;
  lastError: string | null;
  createdAt: Date;
}

export interface NotificationRow {
  id: string;
  kind: string;
  title: string;
  body: string;
  link: string;
  read: boolean;
  createdAt: Date;
}

export interface MailRow {
  id: string;
  channel: Channel;
  recipient: string;
  subject: string;
  text: string;
  html: string;
  locale: string;
  template: string;
  createdAt: Date;
}

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const deliveryColumns = sql`
  id, template, channel, user_id as "userId", recipient, locale, params, status, attempts, last_error as "lastError",
  created_at as "createdAt"`;

@Injectable()
export class NotificationStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Keeps what is to be sent; the same event never makes the same message twice. */
  async enqueue(tx: Executor<unknown>, intents: Intent[]): Promise<void> {
    const now = this.clock.now();
    await sql`
      insert into delivery (id, event_id, template, channel, user_id, recipient, locale, params, next_at, created_at)
      select i.id, i.event_id, i.template, i.channel, i.user_id, i.recipient, i.locale, i.params, ${now}, ${now}
      from unnest(${intents.map(() => this.clock.id())}::uuid[], ${intents.map((i) => i.eventId)}::uuid[],
        ${intents.map((i) => i.template)}::text[], ${intents.map((i) => i.channel)}::text[],
        ${intents.map((i) => i.userId ?? null)}::uuid[], ${intents.map((i) => i.recipient ?? null)}::text[],
        ${intents.map((i) => i.locale ?? null)}::text[], ${intents.map((i) => JSON.stringify(i.params))}::jsonb[])
        as i (id, event_id, template, channel, user_id, recipient, locale, params)
      on conflict (event_id, template, channel) do nothing`.execute(tx);
  }

  /** Takes due deliveries for `leaseMs`; whoever dies with some loses them to the next. */
  async claim(limit: number, leaseMs: number): Promise<Delivery[]> {
    const now = this.clock.now();
    return this.database.write(sql<Delivery>`
      update delivery set attempts = attempts + 1, next_at = ${new Date(now.getTime() + leaseMs)}
      where id in (
        select id from delivery where status = 'PENDING' and next_at <= ${now} order by next_at limit ${limit}
        for update skip locked)
      returning ${deliveryColumns}`);
  }

  async markSent(ids: string[]): Promise<void> {
    await this.database.write(
      sql`update delivery set status = 'SENT', last_error = null where id = any(${ids}::uuid[])`,
    );
  }

  /** @param nextAt undefined gives the delivery up */
  async markFailed(
    tx: Executor<unknown>,
    id: string,
    error: string,
    nextAt: Date | undefined,
  ): Promise<void> {
    await sql`
      update delivery set status = ${nextAt ? 'PENDING' : 'DEAD'}, next_at = coalesce(${nextAt ?? null}, next_at),
        last_error = ${error.slice(0, 500)}
      where id = ${id} and status = 'PENDING'`.execute(tx);
  }

  async resend(id: string): Promise<Delivery | undefined> {
    const rows = await this.database.write(sql<Delivery>`
      update delivery set status = 'PENDING', attempts = 0, next_at = ${this.clock.now()}
      where id = ${id} and status = 'DEAD' returning ${deliveryColumns}`);
    return rows[0];
  }

  async listDead(before: string | undefined, limit: number): Promise<Delivery[]> {
    const { rows } = await sql<Delivery>`
      select ${deliveryColumns} from delivery where status = 'DEAD' and id < ${before ?? lastId}::uuid
      order by id desc limit ${limit}`.execute(this.database.kysely);
    return rows;
  }

  async list(
    userId: string,
    unreadOnly: boolean,
    before: string | undefined,
    limit: number,
  ): Promise<NotificationRow[]> {
    const { rows } = await sql<NotificationRow>`
      select id, kind, title, body, link, read, created_at as "createdAt" from notification
      where user_id = ${userId} and id < ${before ?? lastId}::uuid ${unreadOnly ? sql`and not read` : sql``}
      order by id desc limit ${limit}`.execute(this.database.kysely);
    return rows;
  }

  async markRead(id: string, userId: string): Promise<NotificationRow | undefined> {
    const rows = await this.database.write(sql<NotificationRow>`
      update notification set read = true where id = ${id} and user_id = ${userId}
      returning id, kind, title, body, link, read, created_at as "createdAt"`);
    return rows[0];
  }

  async listMail(
    recipient: string,
    channel: Channel | undefined,
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
    await sql`delete from notification where user_id = ${userId}`.execute(tx);
    await sql`delete from mail where id in (select id from delivery where user_id = ${userId})`.execute(tx);
    await sql`update delivery set params = '{}', recipient = null, status = case status when 'PENDING' then 'DEAD' else status end
      where user_id = ${userId}`.execute(tx);
  }

  async trim(before: Date, limit: number): Promise<number> {
    const rows = await this.database.write(sql`
      with mails as (
        delete from mail where id in (select id from mail where created_at < ${before} limit ${limit}) returning id
      ), notifications as (
        delete from notification where id in (select id from notification where created_at < ${before} limit ${limit})
        returning id
      ), deliveries as (
        delete from delivery where id in (
          select id from delivery where created_at < ${before} and status <> 'PENDING' limit ${limit}) returning id
      )
      select id from mails union all select id from notifications union all select id from deliveries`);
    return rows.length;
  }
}

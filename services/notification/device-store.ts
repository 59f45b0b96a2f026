import type { Database, Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import { lastId } from './store.js';
import type { SubscriptionKeys } from './web-push.js';

/** A browser that somebody wants pushed messages on. */
export interface Device {
  id: string;
  userId: string;
  endpoint: string;
  name: string;
  registeredAt: Date;
}

const columns = sql`id, user_id as "userId", endpoint, name, registered_at as "registeredAt"`;

/** Keeps at most `limit` of a person's: browsers that were left behind give way to new ones. */
export function registerDevice(
  database: Database,
  { id, userId, endpoint, name, registeredAt, p256dh, auth }: Device & SubscriptionKeys,
  limit: number,
): Promise<Device> {
  return database.transaction(async (tx) => {
    // Two at once must not both be the last one that fits.
    await sql`select pg_advisory_xact_lock(hashtextextended(${userId}, 2))`.execute(tx);
    const { rows } = await sql<Device>`
      insert into device (id, user_id, endpoint, p256dh, auth, name, registered_at)
      values (${id}, ${userId}, ${endpoint}, ${p256dh}, ${auth}, ${name}, ${registeredAt})
      on conflict (endpoint) do update set user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth,
        name = excluded.name, registered_at = excluded.registered_at
      returning ${columns}`.execute(tx);
    await sql`
      delete from device where id in (
        select id from device where user_id = ${userId} order by registered_at desc, id desc offset ${limit})`.execute(
      tx,
    );
    return rows[0] as Device;
  });
}

export async function listDevices(
  database: Database,
  userId: string,
  before: string | undefined,
  limit: number,
): Promise<Device[]> {
  const { rows } = await sql<Device>`
    select ${columns} from device where user_id = ${userId} and id < ${before ?? lastId}::uuid
    order by id desc limit ${limit}`.execute(database.kysely);
  return rows;
}

/** @returns whether it was there, and theirs */
export async function removeDevice(database: Database, userId: string, id: string): Promise<boolean> {
  const rows = await database.write(sql`
    delete from device where id = ${id} and user_id = ${userId} returning id`);
  return rows.length > 0;
}

/** Of some people, with what their messages are encrypted by. */
export async function devicesOf(database: Database, userIds: string[]) {
  const { rows } = await sql<Device & SubscriptionKeys>`
    select ${columns}, p256dh, auth from device where user_id = any(${userIds}::uuid[])`.execute(
    database.kysely,
  );
  return rows;
}

/** Nothing can be sent there any more. */
export async function dropDevice(database: Database, id: string): Promise<void> {
  await database.write(sql`delete from device where id = ${id} returning id`);
}

export async function forgetDevices(tx: Executor<unknown>, userId: string): Promise<void> {
  await sql`delete from device where user_id = ${userId}`.execute(tx);
}

import type { Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import type { Record } from './performance.js';

export interface ConfirmedOrder {
  orderId: string;
  sellerId: string;
  confirmedAt: Date;
  dueAt: Date;
}

export async function noteConfirmed(tx: Executor<unknown>, orders: ConfirmedOrder[]): Promise<void> {
  const sorted = orders.toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1));
  await sql`
    insert into fulfilment (order_id, seller_id, confirmed_at, due_at)
    select * from unnest(${sorted.map(({ orderId }) => orderId)}::uuid[],
      ${sorted.map(({ sellerId }) => sellerId)}::uuid[], ${sorted.map(({ confirmedAt }) => confirmedAt)}::timestamptz[],
      ${sorted.map(({ dueAt }) => dueAt)}::timestamptz[])
    on conflict do nothing`.execute(tx);
}

export async function noteShipped(tx: Executor<unknown>, orderId: string, at: Date): Promise<void> {
  await sql`update fulfilment set shipped_at = ${at} where order_id = ${orderId} and shipped_at is null`.execute(
    tx,
  );
}

export async function noteCancelled(tx: Executor<unknown>, orderId: string, by: string): Promise<void> {
  await sql`update fulfilment set cancelled_by = ${by} where order_id = ${orderId}`.execute(tx);
}

export async function noteRating(
  tx: Executor<unknown>,
  sellerId: string,
  stars: number,
  ratings: bigint,
): Promise<void> {
  await sql`
    insert into store_rating (seller_id, stars, ratings) values (${sellerId}, ${stars}, ${ratings})
    on conflict (seller_id) do update set stars = excluded.stars, ratings = excluded.ratings`.execute(tx);
}

/** Of stores, by their orders since a moment. */
export async function findRecords(
  executor: Executor<unknown>,
  sellerIds: string[],
  since: Date,
  now: Date,
): Promise<Map<string, Record>> {
  const { rows } = await sql<Record & { sellerId: string }>`
    select s.id as "sellerId", f.*, coalesce(r.stars, 0)::float8 as stars, coalesce(r.ratings, 0)::float8 as ratings
    from unnest(${sellerIds}::uuid[]) as s (id) left join store_rating r on r.seller_id = s.id
    cross join lateral (
      select count(*)::float8 as orders,
        count(*) filter (where cancelled_by = 'seller')::float8 as "cancelledBySeller",
        count(*) filter (where cancelled_by is null and (shipped_at is not null or due_at < ${now}))::float8 as due,
        count(*) filter (where cancelled_by is null and coalesce(shipped_at, ${now}) > due_at)::float8 as late
      from fulfilment where seller_id = s.id and confirmed_at > ${since}
    ) f`.execute(executor);
  return new Map(rows.map(({ sellerId, ...record }) => [sellerId, record]));
}

/** Up to `limit` of them. */
export async function deleteRecordsBefore(
  executor: Executor<unknown>,
  before: Date,
  limit: number,
): Promise<void> {
  await sql`
    delete from fulfilment where order_id in (
      select order_id from fulfilment where confirmed_at < ${before} limit ${limit} for update skip locked)`.execute(
    executor,
  );
}

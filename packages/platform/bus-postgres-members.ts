import type pg from 'pg';
import { PARTITIONS } from './bus-postgres-topic.js';

/** A process that says nothing for this long has lost its partitions. */
export const LEASE_MS = 10_000;
const MEMBER_LOCK = 742_003;

export interface GroupTopic {
  group: string;
  topic: string;
}

export interface FreeCursor extends GroupTopic {
  partition: number;
  /** The dead member that had it. */
  owner: number | null;
}

export interface Moved extends GroupTopic {
  partition: number;
  position: number;
}

export interface Report {
  member: number;
  /** What this member takes part in. */
  groupTopics: GroupTopic[];
  /** What it wants to know the end of. */
  topics: string[];
  moved: Moved[];
  renew: boolean;
}

export interface Answer {
  /** False when the lease ran out: others may have taken over. */
  alive: boolean;
  heads: Map<string, number>;
  /** What the other members take part in. */
  others: string[][];
  free: FreeCursor[];
}

export async function join(session: pg.Client): Promise<number> {
  // Cursors that a crash of PostgreSQL undoes only bring events again.
  await session.query('set synchronous_commit = off; listen pasar_bus');
  // The lock comes first: a member that is seen without one counts as dead.
  const { rows } = await session.query(
    `select id, pg_advisory_lock($1, id) from (select nextval('bus_member_id')::integer as id)`,
    [MEMBER_LOCK],
  );
  const { id } = rows[0];
  await session.query(
    `insert into bus_member (id, subscriptions, expires_at)
     values ($1, '{}', now() + $2 * interval '1 ms')
     on conflict (id) do update set subscriptions = '{}', expires_at = excluded.expires_at`,
    [id, LEASE_MS],
  );
  return id;
}

export async function leave(session: pg.Client, member: number): Promise<void> {
  await session.query('delete from bus_member where id = $1', [member]);
}

export async function addTopics(database: pg.Client | pg.Pool, topics: string[]): Promise<void> {
  await database.query('insert into bus_topic (name) select unnest($1::text[]) on conflict do nothing', [
    topics,
  ]);
}

export async function addCursors(session: pg.Client, groupTopics: GroupTopic[]): Promise<void> {
  await session.query(
    `insert into bus_cursor (group_name, topic, partition)
     select g.name, g.topic, p from unnest($1::text[], $2::text[]) as g (name, topic), generate_series(0, $3) p
     on conflict do nothing`,
    [groupTopics.map(({ group }) => group), groupTopics.map(({ topic }) => topic), PARTITIONS - 1],
  );
}

/**
 * Everything a process has to say and to ask, once a second, in one statement: it is alive, how far it got, how far the
 * topics reach, who else is there, and what is free. It writes only when there is something to write.
 */
export async function report(session: pg.Client, report: Report): Promise<Answer> {
  const { rows } = await session.query({
    name: 'report',
    text: `
      with renewed as (
        update bus_member set expires_at = now() + $2 * interval '1 ms', subscriptions = $3
        where id = $1 and expires_at > now() and $4
      ), swept as (
        delete from bus_member where $4 and expires_at < now() - interval '1 minute'
      ), moved as (
        update bus_cursor c set position = m.position
        from unnest($5::text[], $6::text[], $7::smallint[], $8::bigint[]) as m (group_name, topic, partition, position)
        where (c.group_name, c.topic, c.partition) = (m.group_name, m.topic, m.partition) and c.owner = $1
      ), other as materialized (
        select id, subscriptions from bus_member
        where id <> $1 and expires_at > now() and not pg_try_advisory_xact_lock_shared($9, id)
      )
      select exists (select from bus_member where id = $1 and expires_at > now()) as alive,
        (select json_agg(json_build_array(name, last)) from bus_topic where name = any($10::text[])) as heads,
        (select json_agg(subscriptions) from other) as others,
        (select json_agg(json_build_object('group', group_name, 'topic', topic, 'partition', partition, 'owner', owner))
         from bus_cursor
         where group_name || '/' || topic = any($3::text[])
           and (owner is null or owner <> $1 and owner not in (select id from other))) as free`,
    values: [
      report.member,
      LEASE_MS,
      report.groupTopics.map(nameOf),
      report.renew,
      report.moved.map(({ group }) => group),
      report.moved.map(({ topic }) => topic),
      report.moved.map(({ partition }) => partition),
      report.moved.map(({ position }) => position),
      MEMBER_LOCK,
      report.topics,
    ],
  });
  const { alive, heads, others, free } = rows[0];
  return { alive, heads: new Map(heads ?? []), others: others ?? [], free: free ?? [] };
}

/** Takes free partitions, unless another member was faster. */
export async function claim(session: pg.Client, member: number, free: FreeCursor[]): Promise<Moved[]> {
  const { rows } = await session.query(
    `update bus_cursor c set owner = $1
     from unnest($2::text[], $3::text[], $4::smallint[], $5::integer[]) as f (group_name, topic, partition, owner)
     where (c.group_name, c.topic, c.partition) = (f.group_name, f.topic, f.partition)
       and c.owner is not distinct from f.owner
     returning c.group_name as group, c.topic, c.partition, c.position`,
    [
      member,
      free.map(({ group }) => group),
      free.map(({ topic }) => topic),
      free.map(({ partition }) => partition),
      free.map(({ owner }) => owner),
    ],
  );
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}

/** Gives partitions back with their last positions, and tells the others to look. */
export async function release(pool: pg.Pool, held: (Moved & { owner: number })[]): Promise<void> {
  await pool.query(
    `with released as (
       update bus_cursor c set owner = null, position = h.position
       from unnest($1::text[], $2::text[], $3::smallint[], $4::bigint[], $5::integer[])
         as h (group_name, topic, partition, position, owner)
       where (c.group_name, c.topic, c.partition) = (h.group_name, h.topic, h.partition) and c.owner = h.owner
     )
     select pg_notify('pasar_bus', '')`,
    [
      held.map(({ group }) => group),
      held.map(({ topic }) => topic),
      held.map(({ partition }) => partition),
      held.map(({ position }) => position),
      held.map(({ owner }) => owner),
    ],
  );
}

/**
 * Deletes entries that every group has done and that are older than the retention, oldest first.
 * @returns how many
 */
export async function trim(
  pool: pg.Pool,
  topic: string,
  retentionMs: number,
  limit: number,
): Promise<number> {
  const { rowCount } = await pool.query(
    `with oldest as (
       select position from bus_log where topic = $1 order by position limit $3
     )
     delete from bus_log where topic = $1 and position in (select position from oldest)
       and appended_at < now() - $2 * interval '1 ms'
       and position <= coalesce((select min(position) from bus_cursor where topic = $1),
         (select last from bus_topic where name = $1))`,
    [topic, retentionMs, limit],
  );
  return rowCount ?? 0;
}

export function nameOf({ group, topic }: GroupTopic): string {
  return `${group}/${topic}`;
}

/** The most partitions of a topic that one of so many members takes. */
export function fairShare(count: number): number {
  return Math.ceil(PARTITIONS / count);
}

import type { Executor } from '@pasar/platform/db';
import { type RawBuilder, sql } from 'kysely';
import type { Purpose } from './media.js';

export type Db = Executor<unknown>;

export interface Upload {
  id: string;
  ownerId: string;
  purpose: Purpose;
  name: string;
  size: bigint;
  received: bigint;
  pieces: string[];
  status: 'OPEN' | 'READY' | 'REFUSED';
  refusal: string;
  attempts: number;
  createdAt: Date;
  expiresAt: Date;
}

export interface Quota {
  bytes: number;
  files: number;
}

const columns = sql`id, owner_id as "ownerId", purpose, name, size, received, pieces, status, refusal, attempts,
  created_at as "createdAt", expires_at as "expiresAt"`;

/** Begins an upload while there is room for it. @returns a row, or none without room */
export function insertUpload(
  upload: Omit<Upload, 'received' | 'pieces' | 'status' | 'refusal' | 'attempts'>,
  quota: Quota,
): RawBuilder<{ id: string }> {
  const { id, ownerId, purpose, name, size, createdAt, expiresAt } = upload;
  // The first file of an account has no row to be held against the quota; its own limit is far below.
  return sql<{ id: string }>`
    with room as (
      insert into account_usage as u (owner_id, bytes, files)
      select ${ownerId}::uuid, ${size}::bigint, 1 where ${size}::bigint <= ${quota.bytes}::bigint
      on conflict (owner_id) do update set bytes = u.bytes + excluded.bytes, files = u.files + 1
      where u.bytes + excluded.bytes <= ${quota.bytes}::bigint and u.files < ${quota.files}
      returning owner_id
    )
    insert into upload (id, owner_id, purpose, name, size, created_at, expires_at)
    select ${id}::uuid, owner_id, ${purpose}, ${name}, ${size}::bigint, ${createdAt}::timestamptz, ${expiresAt}::timestamptz
    from room returning id`;
}

/** Gives room back. */
export async function releaseRoom(tx: Db, files: { ownerId: string; size: bigint }[]): Promise<void> {
  if (files.length === 0) return;
  await sql`
    with freed as (
      select owner_id, sum(size) as bytes, count(*) as files
      from unnest(${files.map(({ ownerId }) => ownerId)}::uuid[], ${files.map(({ size }) => size)}::bigint[])
        as f (owner_id, size) group by 1
    ), held as (
      select u.owner_id from account_usage u join freed using (owner_id) order by u.owner_id for no key update of u
    )
    update account_usage u set bytes = u.bytes - freed.bytes, files = u.files - freed.files
    from held join freed using (owner_id) where u.owner_id = held.owner_id`.execute(tx);
}

export async function findUsage(db: Db, ownerId: string): Promise<bigint> {
  const { rows } = await sql<{ bytes: bigint }>`
    select bytes from account_usage where owner_id = ${ownerId}`.execute(db);
  return rows[0]?.bytes ?? 0n;
}

export async function findUpload(db: Db, id: string, now: Date): Promise<Upload | undefined> {
  const { rows } = await sql<Upload>`
    select ${columns} from upload where id = ${id} and expires_at > ${now}`.execute(db);
  return rows[0];
}

/**
 * Adds a piece where the upload goes on; with the last one it is claimed.
 * @returns the upload, or nothing when it goes on elsewhere
 */
export function addPiece(
  id: string,
  offset: number,
  piece: { key: string; size: number },
  now: Date,
  until: Date,
): RawBuilder<Upload> {
  return sql<Upload>`
    update upload set received = received + ${piece.size}::bigint, pieces = pieces || ${piece.key}::text,
      lease_until = case when received + ${piece.size}::bigint = size then ${until}::timestamptz end,
      attempts = attempts + (received + ${piece.size}::bigint = size)::integer
    where id = ${id} and received = ${offset}::bigint and status = 'OPEN' and expires_at > ${now}
      and received + ${piece.size}::bigint <= size
    returning ${columns}`;
}

/** Takes a whole upload that nobody looks at, for so long. @param only one, or else any */
export function claimWhole(now: Date, until: Date, only?: string): RawBuilder<Upload> {
  // Who comes too late with the same bytes holds the row for a moment: somebody waits for this one.
  const wait = only ? sql`` : sql`skip locked`;
  return sql<Upload>`
    update upload set lease_until = ${until}, attempts = attempts + 1
    where id in (
      select id from upload
      where status = 'OPEN' and received = size and (lease_until is null or lease_until <= ${now})
        ${only ? sql`and id = ${only}` : sql``}
      order by lease_until nulls first limit 1 for update ${wait})
    returning ${columns}`;
}

/** Makes the lease of who has it longer: nobody has claimed the upload since. @returns a row, or none */
export function renewLease({ id, attempts }: Upload, until: Date): RawBuilder<{ id: string }> {
  return sql<{ id: string }>`
    update upload set lease_until = ${until} where id = ${id} and attempts = ${attempts} and status = 'OPEN'
    returning id`;
}

/** Ends an upload. @returns whether it had not ended before */
export async function endUpload(
  tx: Db,
  id: string,
  status: 'READY' | 'REFUSED',
  refusal = '',
): Promise<boolean> {
  const { rows } = await sql`
    update upload set status = ${status}, refusal = ${refusal}, pieces = '{}' where id = ${id} and status = 'OPEN'
    returning id`.execute(tx);
  return rows.length > 0;
}

/** One upload, those of somebody, or those whose time is over. */
export type Which = { id: string } | { ownerId: string } | { before: Date };

/** Forgets uploads; of those whose time is over, some that nobody holds. */
export async function deleteUploads(tx: Db, which: Which): Promise<Upload[]> {
  const condition =
    'id' in which
      ? sql`id = ${which.id}`
      : 'ownerId' in which
        ? sql`owner_id = ${which.ownerId} order by id`
        : sql`expires_at <= ${which.before} limit 500`;
  // Whoever asks for theirs is told that they are gone.
  const wait = 'before' in which ? sql`skip locked` : sql``;
  const { rows } = await sql<Upload>`
    delete from upload where id in (select id from upload where ${condition} for update ${wait})
    returning ${columns}`.execute(tx);
  return rows;
}

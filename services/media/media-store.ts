import { sql } from 'kysely';
import type { Media, Purpose, Rendition } from './media.js';
import type { Db } from './upload-store.js';

const columns = sql`m.id, m.owner_id as "ownerId", m.purpose, m.name, m.content_type as "contentType", m.size, m.width,
  m.height, m.renditions, m.created_at as "createdAt"`;

export async function insertMedia(tx: Db, media: Media, keepUntil: Date): Promise<void> {
  const { id, ownerId, purpose, name, contentType, size, width, height, renditions, createdAt } = media;
  await sql`
    insert into media (id, owner_id, purpose, name, content_type, size, width, height, renditions, created_at, keep_until)
    values (${id}, ${ownerId}, ${purpose}, ${name}, ${contentType}, ${size}, ${width}, ${height},
      ${JSON.stringify(renditions)}::jsonb, ${createdAt}, ${keepUntil})`.execute(tx);
  if (renditions.length === 0) return;
  await sql`insert into avif_task (media_id, due_at) values (${id}, ${createdAt})`.execute(tx);
}

/** @param ownerId nobody in particular for downloads and staff */
export async function findMedia(db: Db, id: string, ownerId?: string): Promise<Media | undefined> {
  const { rows } = await sql<Media>`
    select ${columns} from media m where m.id = ${id} ${ownerId ? sql`and m.owner_id = ${ownerId}` : sql``}`.execute(
    db,
  );
  return rows[0];
}

export async function findMediaOf(db: Db, ids: string[]): Promise<Media[]> {
  const { rows } = await sql<Media>`select ${columns} from media m where m.id = any(${ids}::uuid[])`.execute(
    db,
  );
  return rows;
}

export async function listMedia(
  db: Db,
  ownerId: string,
  purpose: Purpose | undefined,
  before: string | undefined,
  limit: number,
): Promise<Media[]> {
  const { rows } = await sql<Media>`
    select ${columns} from media m where m.owner_id = ${ownerId} ${purpose ? sql`and m.purpose = ${purpose}` : sql``}
      ${before ? sql`and m.id < ${before}::uuid` : sql``}
    order by m.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Somebody's files that are about to be shown: none goes before `until`. */
export async function holdMedia(
  db: Db,
  ownerId: string,
  purpose: Purpose,
  ids: string[],
  until: Date,
): Promise<Media[]> {
  const { rows } = await sql<Media>`
    with wanted as (
      select id from media where id = any(${ids}::uuid[]) and owner_id = ${ownerId} and purpose = ${purpose}
      order by id for no key update
    )
    update media m set keep_until = case when m.keep_until is null then null else greatest(m.keep_until, ${until}) end
    from wanted where m.id = wanted.id returning ${columns}`.execute(db);
  return rows;
}

/** A resource shows these files from now on. */
export async function addUses(tx: Db, resource: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with held as (
      select id from media where id = any(${ids}::uuid[]) order by id for no key update
    ), shown as (
      insert into media_use (media_id, resource) select id, ${resource} from held on conflict do nothing
    )
    update media m set keep_until = null from held where m.id = held.id and m.keep_until is not null`.execute(
    tx,
  );
}

/** A resource shows no others than these: what nothing else shows goes after a while, unless it is shown again. */
export async function dropUses(
  tx: Db,
  resource: string,
  except: string[],
  orphansUntil: Date,
): Promise<void> {
  const dropped = sql`
    select media_id from media_use where resource = ${resource} and media_id <> all(${except}::uuid[])`;
  // Locked by a statement of its own, so that of two who let go of a file at once the second sees what the first did.
  const { rows } = await sql`
    select from media where id in (${dropped}) order by id for no key update`.execute(tx);
  if (rows.length === 0) return;
  await sql`
    with dropped as (
      delete from media_use where (media_id, resource) in (select media_id, ${resource} from (${dropped}) d)
      returning media_id
    )
    update media m set keep_until = ${orphansUntil} from dropped
    where m.id = dropped.media_id
      and not exists (select from media_use u where u.media_id = m.id and u.resource <> ${resource})`.execute(
    tx,
  );
}

/** What goes: a file of somebody, what nothing shows any more, or what is personal of somebody who leaves. */
export type Departing =
  | { id: string; ownerId: string }
  | { orphansAt: Date }
  | { ownerId: string; purposes: Purpose[] };

/** @returns what went, so that its room and its bytes can be given back */
export async function deleteMedia(tx: Db, which: Departing): Promise<Media[]> {
  const condition =
    'id' in which
      ? sql`id = ${which.id} and owner_id = ${which.ownerId} and keep_until is not null`
      : 'orphansAt' in which
        ? sql`keep_until <= ${which.orphansAt}`
        : sql`owner_id = ${which.ownerId} and purpose = any(${which.purposes}::text[])`;
  const { rows } = await sql<Media>`
    delete from media m where m.id in (select id from media where ${condition} order by id limit 500 for update)
    returning ${columns}`.execute(tx);
  return rows;
}

export interface AvifTask {
  mediaId: string;
  attempts: number;
}

/** Takes the image that waits longest, until a time. */
export async function claimAvif(db: Db, now: Date, until: Date): Promise<AvifTask | undefined> {
  const { rows } = await sql<AvifTask>`
    update avif_task set due_at = ${until}, attempts = attempts + 1
    where media_id in (
      select media_id from avif_task where due_at <= ${now} order by due_at limit 1 for update skip locked)
    returning media_id as "mediaId", attempts`.execute(db);
  return rows[0];
}

/** Ends a task; its renditions are there from now on, once. */
export async function endAvif(tx: Db, mediaId: string, renditions: Rendition[]): Promise<boolean> {
  // The file before its task, as whoever removes it locks them.
  await sql`select from media where id = ${mediaId} for no key update`.execute(tx);
  const { rows } = await sql`delete from avif_task where media_id = ${mediaId} returning media_id`.execute(
    tx,
  );
  if (rows.length === 0) return false;
  await sql`
    update media set renditions = renditions || ${JSON.stringify(renditions)}::jsonb where id = ${mediaId}`.execute(
    tx,
  );
  return true;
}

/** Which of these are uploads or files. */
export async function knownIds(db: Db, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from media where id = any(${ids}::uuid[]) union select id from upload where id = any(${ids}::uuid[])`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

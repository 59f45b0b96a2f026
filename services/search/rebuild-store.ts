import type { Database } from '@pasar/platform/db';
import { sql } from 'kysely';
import { countWords, type WordCounts, writeLock, writeWords } from './index-store.js';
import type { Db } from './marks.js';

export interface Rebuild {
  state: 'requested' | 'filling' | 'indexing' | 'done';
  products: bigint;
  startedAt: Date | null;
  endedAt: Date | null;
}

const columns = sql`state, products, started_at as "startedAt", ended_at as "endedAt"`;

export async function readRebuild(db: Db): Promise<Rebuild> {
  const { rows } = await sql<Rebuild>`select ${columns} from rebuild`.execute(db);
  return rows[0] as Rebuild;
}

/** One that is under way stays so. */
export async function requestRebuild(db: Db): Promise<void> {
  await sql`update rebuild set state = 'requested' where state = 'done'`.execute(db);
}

/** Takes a rebuild that is asked for, or one whose holder is gone. */
export async function claimRebuild(db: Db, holder: string, leaseMs: number): Promise<boolean> {
  const { rows } = await sql`
    update rebuild set state = 'filling', products = 0, started_at = now(), ended_at = null, holder = ${holder},
      leased_until = now() + ${leaseMs} * interval '1 ms'
    where state = 'requested' or (state <> 'done' and leased_until < now()) returning true`.execute(db);
  return rows.length > 0;
}

/** @returns false when somebody else has taken it */
export async function keepRebuild(
  db: Db,
  holder: string,
  state: Rebuild['state'],
  products: number,
  leaseMs: number,
): Promise<boolean> {
  const { rows } = await sql`
    update rebuild set state = ${state}, products = ${products}, leased_until = now() + ${leaseMs} * interval '1 ms'
    where holder = ${holder} and state in ('filling', 'indexing') returning true`.execute(db);
  return rows.length > 0;
}

export async function giveBackRebuild(db: Db, holder: string): Promise<void> {
  await sql`
    update rebuild set state = 'requested' where holder = ${holder} and state in ('filling', 'indexing')`.execute(
    db,
  );
}

/** An empty table like `entry`, without its indexes: they are quicker to make of all rows at once. */
export async function prepareNext(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await sql`drop table if exists entry_next`.execute(tx);
    await sql`truncate rebuild_change`.execute(tx);
    await sql`create table entry_next (like entry including defaults, primary key (product_id))`.execute(tx);
    await sql`call prepare_entries('entry_next')`.execute(tx);
  });
}

export async function indexNext(database: Database): Promise<void> {
  await sql`call index_entries('entry_next')`.execute(database.kysely);
  await sql`analyze entry_next`.execute(database.kysely);
}

/** Takes over some of the entries that changed meanwhile. @returns how many */
export async function takeOver(db: Db, counts: WordCounts, limit: number): Promise<number> {
  const { rows: changed } = await sql<{ id: string }>`
    delete from rebuild_change where product_id in (select product_id from rebuild_change limit ${limit})
    returning product_id as id`.execute(db);
  const ids = changed.map(({ id }) => id);
  if (ids.length === 0) return 0;
  const former = await sql<{ lexemes: string[] }>`
    delete from entry_next where product_id = any(${ids}::uuid[]) returning tsvector_to_array(match) as lexemes`.execute(
    db,
  );
  const current = await sql<{ lexemes: string[] }>`
    insert into entry_next select * from entry where product_id = any(${ids}::uuid[])
    returning tsvector_to_array(match) as lexemes`.execute(db);
  for (const { lexemes } of former.rows) countWords(counts, lexemes, -1);
  for (const { lexemes } of current.rows) countWords(counts, lexemes, 1);
  return ids.length;
}

/**
 * Puts the new index in the place of the old one, with what has changed up to this moment. Nobody writes entries
 * meanwhile; who searches waits for no longer than the renaming takes.
 */
export async function swap(database: Database, holder: string, counts: WordCounts): Promise<boolean> {
  return database.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(${writeLock})`.execute(tx);
    const { rows } = await sql`
      update rebuild set state = 'done', ended_at = now(), leased_until = null,
        products = (select count(*) from entry_next)
      where holder = ${holder} and state = 'indexing' returning true`.execute(tx);
    if (rows.length === 0) return false;
    while ((await takeOver(tx, counts, 1_000)) > 0);
    await writeWords(tx, counts);
    await sql`alter table entry rename to entry_old`.execute(tx);
    await sql`alter table entry_next rename to entry`.execute(tx);
    await sql`drop table entry_old`.execute(tx);
    return true;
  });
}

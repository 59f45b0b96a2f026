import { sql } from 'kysely';
import type { ImportPlan, RefusedRow } from './import-plan.js';
import type { Db } from './store.js';

export interface Import {
  id: string;
  name: string;
  /** Rows up to this one are done. */
  lastRow: bigint;
  created: bigint;
  updated: bigint;
  unchanged: bigint;
  duplicates: bigint;
  failed: bigint;
  createdAt: Date;
  updatedAt: Date;
}

export interface ImportError {
  row: bigint;
  code: string;
  field: string;
  detail: string;
  firstRow: bigint;
}

const importColumns = sql`id, name, last_row as "lastRow", created, updated, unchanged, duplicates, failed,
  created_at as "createdAt", updated_at as "updatedAt"`;
const errorColumns = sql`row, code, field, detail, first_row as "firstRow"`;

/** The owner's import with this key, new or as it is. */
export async function insertImport(
  db: Db,
  { id, ownerId, key, name, now }: { id: string; ownerId: string; key: string; name: string; now: Date },
): Promise<Import> {
  const { rows } = await sql<Import>`
    insert into import (id, owner_id, key, name, created_at, updated_at)
    values (${id}, ${ownerId}, ${key}, ${name}, ${now}, ${now})
    on conflict (owner_id, key) do update set key = excluded.key
    returning ${importColumns}`.execute(db);
  return rows[0] as Import;
}

export async function findImport(db: Db, id: string, ownerId: string): Promise<Import | undefined> {
  const { rows } = await sql<Import>`
    select ${importColumns} from import where id = ${id} and owner_id = ${ownerId}`.execute(db);
  return rows[0];
}

/** Rows of an import are taken by one transaction at a time. */
export async function lockImport(tx: Db, id: string): Promise<bigint> {
  const { rows } = await sql<{ lastRow: bigint }>`
    select last_row as "lastRow" from import where id = ${id} for no key update`.execute(tx);
  return rows[0]?.lastRow ?? 0n;
}

export async function advanceImport(
  tx: Db,
  id: string,
  lastRow: bigint,
  { created, updated, unchanged, duplicates, failed }: ImportPlan['outcomes'],
  now: Date,
): Promise<Import> {
  const { rows } = await sql<Import>`
    update import set last_row = ${lastRow}, created = created + ${created}, updated = updated + ${updated},
      unchanged = unchanged + ${unchanged}, duplicates = duplicates + ${duplicates}, failed = failed + ${failed},
      updated_at = ${now}
    where id = ${id} returning ${importColumns}`.execute(tx);
  return rows[0] as Import;
}

export async function insertImportErrors(tx: Db, id: string, refused: RefusedRow[]): Promise<void> {
  if (refused.length === 0) return;
  const refusals = refused.map(({ refusal }) => refusal);
  await sql`
    insert into import_error (import_id, row, code, field, detail, first_row)
    select ${id}::uuid, * from unnest(${refused.map(({ row }) => row)}::bigint[],
      ${refusals.map(({ code }) => code)}::text[], ${refusals.map(({ field }) => field)}::text[],
      ${refusals.map(({ detail }) => detail)}::text[], ${refusals.map(({ firstRow }) => firstRow)}::bigint[])`.execute(
    tx,
  );
}

export async function listImportErrors(db: Db, id: string, from: bigint, to: bigint, limit: number) {
  const { rows } = await sql<ImportError>`
    select ${errorColumns} from import_error
    where import_id = ${id} and row between ${from} and ${to} order by row limit ${limit}`.execute(db);
  return rows;
}

/** Slugs of the categories that these products are in now. */
export async function categoriesOfKeys(db: Db, keys: { sellerId: string; key: string }[]): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`
    select distinct c.slug
    from unnest(${keys.map(({ sellerId }) => sellerId)}::uuid[], ${keys.map(({ key }) => key)}::text[]) as k (seller_id, key)
    join product p on p.seller_id = k.seller_id and p.key = k.key and p.status <> 'archived'
    join category c on c.id = p.category_id`.execute(db);
  return rows.map(({ slug }) => slug);
}

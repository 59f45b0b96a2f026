import type { Executor } from '@pasar/platform/db';
import { sql } from 'kysely';

export type Db = Executor<unknown>;

/** A product that is to be looked at. */
export interface Mark {
  productId: string;
  number: bigint;
  /** Only its stock changed. */
  isStock: boolean;
  attempts: number;
}

/** Marks products whose facts changed. In order of their ids, so that two who mark the same do not wait for each other. */
export async function markProducts(tx: Db, productIds: string[]): Promise<void> {
  await sql`
    insert into mark (product_id, number, is_stock, due_at)
    select id, nextval('mark_number'), false, now() from (
      select distinct unnest(${productIds}::uuid[]) as id order by id
    ) changed
    on conflict (product_id) do update
    set number = excluded.number, is_stock = false, due_at = excluded.due_at, attempts = 0`.execute(tx);
}

/** Marks the products of variants whose stock changed; of others it is looked at when they are taken up. */
export async function markStock(tx: Db, variantIds: string[]): Promise<void> {
  await sql`
    insert into mark (product_id, number, is_stock, due_at)
    select product_id, nextval('mark_number'), true, now() from (
      select distinct product_id from variant where id = any(${variantIds}::uuid[]) order by product_id
    ) changed
    on conflict (product_id) do update set number = excluded.number, due_at = least(mark.due_at, excluded.due_at)`.execute(
    tx,
  );
}

/** Marks all products with one of these in their entries; they may be many, and what is urgent goes first. */
export async function markAll(
  tx: Db,
  column: 'seller_no' | 'category_no' | 'brand_no',
  numbers: number[],
  delayMs = 500,
): Promise<void> {
  if (numbers.length === 0) return;
  await sql`
    insert into mark (product_id, number, is_stock, due_at)
    select product_id, nextval('mark_number'), false, now() + ${delayMs} * interval '1 ms' from entry
    where ${sql.ref(column)} = any(${numbers}::integer[]) order by product_id
    on conflict (product_id) do update set number = excluded.number, is_stock = false`.execute(tx);
}

/** Takes the next marks for a while; whoever dies meanwhile leaves them to others. */
export async function claimMarks(db: Db, count: number, leaseMs: number): Promise<Mark[]> {
  const { rows } = await sql<Mark>`
    update mark m set due_at = now() + ${leaseMs} * interval '1 ms' from (
      select product_id from mark where due_at <= now() order by due_at, number limit ${count}
      for update skip locked
    ) due
    where m.product_id = due.product_id
    returning m.product_id as "productId", m.number, m.is_stock as "isStock", m.attempts`.execute(db);
  return rows;
}

/** Of marks, those that are as they were; one that somebody renews right now is not. Nobody waits for anybody. */
function unchanged(marks: Mark[]) {
  return sql`
    select m.product_id from unnest(${marks.map(({ productId }) => productId)}::uuid[],
      ${marks.map(({ number }) => number)}::bigint[]) as known (product_id, number)
    join mark m on m.product_id = known.product_id and m.number = known.number for update of m skip locked`;
}

/** Takes marks away for good. @returns the products of those that nobody has renewed or taken away meanwhile */
export async function clearMarks(tx: Db, marks: Mark[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    with done as materialized (${unchanged(marks)})
    delete from mark m using done where m.product_id = done.product_id returning m.product_id as id`.execute(
    tx,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Puts marks off after a failure. @param counts whether it may have been their fault */
export async function postponeMarks(db: Db, marks: Mark[], delayMs: number, counts: boolean): Promise<void> {
  await sql`
    with late as materialized (${unchanged(marks)})
    update mark m set due_at = now() + ${delayMs} * interval '1 ms', attempts = attempts + ${counts ? 1 : 0}
    from late where m.product_id = late.product_id`.execute(db);
}

export interface StaleName {
  kind: 'seller' | 'category' | 'brand';
  id: string;
  slug: string;
  number: bigint;
}

/** Notes that a seller, category or brand is to be asked for again. */
export async function markName(tx: Db, kind: StaleName['kind'], id: string, slug = ''): Promise<void> {
  await sql`
    insert into stale_name (kind, id, slug, number, due_at)
    values (${kind}, ${id}, ${slug}, nextval('mark_number'), now())
    on conflict (kind, id) do update
    set slug = excluded.slug, number = excluded.number, due_at = excluded.due_at`.execute(tx);
}

export async function claimNames(db: Db, count: number, leaseMs: number): Promise<StaleName[]> {
  const { rows } = await sql<StaleName>`
    update stale_name n set due_at = now() + ${leaseMs} * interval '1 ms' from (
      select kind, id from stale_name where due_at <= now() order by due_at limit ${count}
      for update skip locked
    ) due
    where n.kind = due.kind and n.id = due.id
    returning n.kind, n.id, n.slug, n.number`.execute(db);
  return rows;
}

export async function clearNames(tx: Db, names: StaleName[]): Promise<void> {
  await sql`
    delete from stale_name n using unnest(${names.map(({ kind }) => kind)}::text[],
      ${names.map(({ id }) => id)}::uuid[], ${names.map(({ number }) => number)}::bigint[]) as done (kind, id, number)
    where n.kind = done.kind and n.id = done.id and n.number = done.number`.execute(tx);
}

/** Milliseconds until something is due; undefined when there is nothing. */
export async function untilDue(db: Db): Promise<number | undefined> {
  const { rows } = await sql<{ wait: number | null }>`
    select (extract(epoch from
      least((select min(due_at) from mark), (select min(due_at) from stale_name)) - now()) * 1000)::float8 as wait`.execute(
    db,
  );
  return rows[0]?.wait ?? undefined;
}

export async function countMarks(db: Db): Promise<bigint> {
  const { rows } = await sql<{ count: bigint }>`select count(*) from mark`.execute(db);
  return rows[0]?.count ?? 0n;
}

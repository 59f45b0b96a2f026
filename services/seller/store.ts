import type { Executor } from '@pasar/platform/db';
import { recordset } from '@pasar/platform/recordset';
import { sql } from 'kysely';
import type { Holiday, Seller, Status, StorePage } from './seller.js';

const columns = sql`
  id, slug, name, description, city, province, status, owner_user_id as "ownerUserId", logo_url as "logoUrl",
  banner_url as "bannerUrl", opening_hours as "openingHours", holiday_starts_at as "holidayStartsAt",
  holiday_ends_at as "holidayEndsAt", holiday_note as "holidayNote", created_at as "createdAt"`;

/** An open store. */
export async function findOpenSeller(
  executor: Executor<unknown>,
  key: { id: string } | { slug: string },
): Promise<Seller | undefined> {
  const { rows } = await sql<Seller>`
    select ${columns} from seller
    where ${'id' in key ? sql`id = ${key.id}` : sql`slug = ${key.slug}`} and status = 'APPROVED'`.execute(
    executor,
  );
  return rows[0];
}

/** Its own key, so that it is found by an index whoever somebody is in the store. */
const storeOf = (
  userId: string,
) => sql`coalesce((select s.id from seller s where s.owner_user_id = ${userId}),
  (select m.seller_id from staff m where m.user_id = ${userId}))`;

/** The store that somebody owns or is on the staff of. */
export async function findSellerOf(executor: Executor<unknown>, userId: string): Promise<Seller | undefined> {
  const { rows } = await sql<Seller>`select ${columns} from seller where id = ${storeOf(userId)}`.execute(
    executor,
  );
  return rows[0];
}

/** Nobody else makes these accounts owners or staff until the transaction ends. */
export async function lockAccounts(tx: Executor<unknown>, userIds: string[]): Promise<void> {
  if (userIds.length === 0) return;
  await sql`
    select pg_advisory_xact_lock(hashtextextended(u, 0))
    from (select distinct u from unnest(${userIds}::text[]) as u order by u) sorted`.execute(tx);
}

/** Open stores whose id is below `after`, newest first. */
export async function listOpenSellers(
  executor: Executor<unknown>,
  limit: number,
  after: string | undefined,
): Promise<Seller[]> {
  const { rows } = await sql<Seller>`
    select ${columns} from seller
    where status = 'APPROVED' and ${after ? sql`id < ${after}` : sql`true`}
    order by id desc limit ${limit}`.execute(executor);
  return rows;
}

/** Inserts the stores whose slug and owner are free, and returns those. */
export async function insertSellers(tx: Executor<unknown>, sellers: Seller[], now: Date): Promise<Seller[]> {
  const { rows } = await sql<{ id: string }>`
    insert into seller (id, slug, name, description, city, province, status, owner_user_id, logo_url, banner_url,
      opening_hours, created_at, updated_at)
    select n.id, n.slug, n.name, n.description, n.city, n.province, n.status, n."ownerUserId", n."logoUrl",
      n."bannerUrl", n."openingHours", ${now}, ${now}
    from ${recordset(
      'n',
      sellers,
      `id uuid, slug text, name text, description text, city text, province text, status text, ownerUserId uuid,
      logoUrl text, bannerUrl text, openingHours jsonb`,
    )}
    where not exists (select from staff m where m.user_id = n."ownerUserId")
    -- Everybody inserts in the same order, so that no two batches wait for each other.
    order by n.slug
    on conflict do nothing returning id`.execute(tx);
  const inserted = new Set(rows.map(({ id }) => id));
  return sellers.filter(({ id }) => inserted.has(id));
}

export async function listSellersBySlug(executor: Executor<unknown>, slugs: string[]): Promise<Seller[]> {
  const { rows } = await sql<Seller>`
    select ${columns} from seller where slug = any(${slugs}::text[])`.execute(executor);
  return rows;
}

export async function listSellersById(executor: Executor<unknown>, ids: string[]): Promise<Seller[]> {
  const { rows } = await sql<Seller>`select ${columns} from seller where id = any(${ids}::uuid[])`.execute(
    executor,
  );
  return rows;
}

/** @see findSellerOf */
export async function lockSellerOf(tx: Executor<unknown>, userId: string): Promise<Seller | undefined> {
  const { rows } = await sql<Seller>`
    select ${columns} from seller where id = ${storeOf(userId)} for no key update`.execute(tx);
  return rows[0];
}

/** The store that somebody owns. */
export async function lockOwnStore(tx: Executor<unknown>, ownerUserId: string): Promise<Seller | undefined> {
  const { rows } = await sql<Seller>`
    select ${columns} from seller where owner_user_id = ${ownerUserId} for no key update`.execute(tx);
  return rows[0];
}

/** Of a status or of all, newest first; with a name, those that begin so, in the order of names. */
export async function searchSellers(
  executor: Executor<unknown>,
  status: Status | undefined,
  name: string,
  limit: number,
  after: string[] | undefined,
): Promise<Seller[]> {
  const ofStatus = status ? sql`status = ${status}` : sql`true`;
  const key = sql`lower(name) collate "C"`;
  const prefix = name.toLowerCase();
  const { rows } = prefix
    ? await sql<Seller>`
      select ${columns} from seller
      where ${ofStatus} and ${key} >= ${prefix} and ${key} < ${`${prefix}\u{10ffff}`}
        and ${after ? sql`(${key}, id) > (${after[0]}, ${after[1]}::uuid)` : sql`true`}
      order by ${key}, id limit ${limit}`.execute(executor)
    : await sql<Seller>`
      select ${columns} from seller
      where ${ofStatus} and ${after ? sql`id < ${after[1]}::uuid` : sql`true`}
      order by id desc limit ${limit}`.execute(executor);
  return rows;
}

export async function lockSeller(tx: Executor<unknown>, id: string): Promise<Seller | undefined> {
  const { rows } = await sql<Seller>`
    select ${columns} from seller where id = ${id} for no key update`.execute(tx);
  return rows[0];
}

export async function updatePage(
  tx: Executor<unknown>,
  id: string,
  page: StorePage,
  now: Date,
): Promise<void> {
  await sql`
    update seller set name = ${page.name}, description = ${page.description}, city = ${page.city},
      province = ${page.province}, logo_url = ${page.logoUrl}, banner_url = ${page.bannerUrl},
      opening_hours = ${JSON.stringify(page.openingHours)}::jsonb, updated_at = ${now}
    where id = ${id}`.execute(tx);
}

export async function updateHoliday(
  tx: Executor<unknown>,
  id: string,
  holiday: Holiday | null,
  now: Date,
): Promise<void> {
  await sql`
    update seller set holiday_starts_at = ${holiday?.startsAt ?? null}, holiday_ends_at = ${holiday?.endsAt ?? null},
      holiday_note = ${holiday?.note ?? ''}, updated_at = ${now}
    where id = ${id}`.execute(tx);
}

export async function updateStatus(
  tx: Executor<unknown>,
  id: string,
  status: Status,
  reason: string,
  now: Date,
): Promise<void> {
  await sql`
    update seller set status = ${status}, review_reason = ${reason}, updated_at = ${now} where id = ${id}`.execute(
    tx,
  );
}

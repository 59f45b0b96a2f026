import type { Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import type { Seller, Status, StorePage } from './seller.js';

const columns = sql`
  id, slug, name, description, city, province, status, owner_user_id as "ownerUserId", logo_url as "logoUrl",
  banner_url as "bannerUrl", created_at as "createdAt"`;

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

export async function findSellerOf(
  executor: Executor<unknown>,
  ownerUserId: string,
): Promise<Seller | undefined> {
  const { rows } = await sql<Seller>`
    select ${columns} from seller where owner_user_id = ${ownerUserId}`.execute(executor);
  return rows[0];
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
      created_at, updated_at)
    select n.id, n.slug, n.name, n.description, n.city, n.province, n.status, n."ownerUserId", n."logoUrl",
      n."bannerUrl", ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(sellers)}::jsonb) as n (id uuid, slug text, name text, description text,
      city text, province text, status text, "ownerUserId" uuid, "logoUrl" text, "bannerUrl" text)
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

export async function lockSellerOf(tx: Executor<unknown>, ownerUserId: string): Promise<Seller | undefined> {
  const { rows } = await sql<Seller>`
    select ${columns} from seller where owner_user_id = ${ownerUserId} for no key update`.execute(tx);
  return rows[0];
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
      province = ${page.province}, logo_url = ${page.logoUrl}, banner_url = ${page.bannerUrl}, updated_at = ${now}
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

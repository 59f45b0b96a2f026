import type { Executor } from '@pasar/platform/db';
import { sql } from 'kysely';

export interface Member {
  userId: string;
  id: string;
  sellerId: string;
  email: string;
  name: string;
  permissions: string[];
  joinedAt: Date;
}

export interface Invitation {
  id: string;
  sellerId: string;
  email: string;
  permissions: string[];
  createdAt: Date;
  expiresAt: Date;
}

const memberColumns = sql`user_id as "userId", id, seller_id as "sellerId", email, name, permissions,
  joined_at as "joinedAt"`;
const invitationColumns = sql`id, seller_id as "sellerId", email, permissions, created_at as "createdAt",
  expires_at as "expiresAt"`;

/** At most as many as a store may have. */
export async function allStaff(executor: Executor<unknown>, sellerId: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select ${memberColumns} from staff where seller_id = ${sellerId} order by id`.execute(executor);
  return rows;
}

/** Of the store that somebody owns, those who joined first first. */
export async function listStaff(
  executor: Executor<unknown>,
  ownerUserId: string,
  limit: number,
  after: string | undefined,
): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select ${memberColumns} from staff
    where seller_id = (select s.id from seller s where s.owner_user_id = ${ownerUserId})
      and ${after ? sql`id > ${after}` : sql`true`}
    order by id limit ${limit}`.execute(executor);
  return rows;
}

/** @returns false when the store has `max` already. Lock the store first. */
export async function insertMember(tx: Executor<unknown>, one: Member, max: number): Promise<boolean> {
  const { rows } = await sql`
    insert into staff (user_id, id, seller_id, email, name, permissions, joined_at)
    select ${one.userId}, ${one.id}, ${one.sellerId}, ${one.email}, ${one.name}, ${one.permissions}, ${one.joinedAt}
    where (select count(*) from staff where seller_id = ${one.sellerId}) < ${max} returning id`.execute(tx);
  return rows.length > 0;
}

export async function updateMember(
  tx: Executor<unknown>,
  sellerId: string,
  userId: string,
  permissions: string[],
): Promise<Member | undefined> {
  const { rows } = await sql<Member>`
    update staff set permissions = ${permissions} where user_id = ${userId} and seller_id = ${sellerId}
    returning ${memberColumns}`.execute(tx);
  return rows[0];
}

/** @param sellerId whose staff it must be; any store's when not given @returns the store */
export async function deleteMember(
  tx: Executor<unknown>,
  userId: string,
  sellerId?: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ sellerId: string }>`
    delete from staff where user_id = ${userId} and ${sellerId ? sql`seller_id = ${sellerId}` : sql`true`}
    returning seller_id as "sellerId"`.execute(tx);
  return rows[0]?.sellerId;
}

/** Replaces what was sent to the same address. @returns false when the store has `max` that are open */
export async function insertInvitation(
  tx: Executor<unknown>,
  one: Invitation,
  tokenHash: Buffer,
  max: number,
): Promise<boolean> {
  await sql`
    delete from invitation
    where seller_id = ${one.sellerId} and (email = ${one.email} or expires_at < ${one.createdAt})`.execute(
    tx,
  );
  const { rows } = await sql`
    insert into invitation (id, seller_id, email, permissions, token_hash, created_at, expires_at)
    select ${one.id}, ${one.sellerId}, ${one.email}, ${one.permissions}, ${tokenHash}, ${one.createdAt},
      ${one.expiresAt}
    where (select count(*) from invitation where seller_id = ${one.sellerId}) < ${max} returning id`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Open ones of the store that somebody owns, newest first. */
export async function listInvitations(
  executor: Executor<unknown>,
  ownerUserId: string,
  now: Date,
  limit: number,
  after: string | undefined,
): Promise<Invitation[]> {
  const { rows } = await sql<Invitation>`
    select ${invitationColumns} from invitation
    where seller_id = (select s.id from seller s where s.owner_user_id = ${ownerUserId})
      and expires_at > ${now} and ${after ? sql`id < ${after}` : sql`true`}
    order by id desc limit ${limit}`.execute(executor);
  return rows;
}

export async function deleteInvitation(
  executor: Executor<unknown>,
  ownerUserId: string,
  id: string,
): Promise<boolean> {
  const { rows } = await sql`
    delete from invitation
    where id = ${id} and seller_id = (select s.id from seller s where s.owner_user_id = ${ownerUserId})
    returning id`.execute(executor);
  return rows.length > 0;
}

/** One that has not expired. */
export async function findInvitation(
  tx: Executor<unknown>,
  tokenHash: Buffer,
  now: Date,
): Promise<Invitation | undefined> {
  const { rows } = await sql<Invitation>`
    select ${invitationColumns} from invitation where token_hash = ${tokenHash} and expires_at > ${now}`.execute(
    tx,
  );
  return rows[0];
}

/** Spends an invitation. @returns false when it was spent or replaced meanwhile */
export async function takeInvitation(tx: Executor<unknown>, id: string): Promise<boolean> {
  const { rows } = await sql`delete from invitation where id = ${id} returning id`.execute(tx);
  return rows.length > 0;
}

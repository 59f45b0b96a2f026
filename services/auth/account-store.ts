import type { Executor } from '@pasar/platform/db';
import { recordset } from '@pasar/platform/recordset';
import { type RawBuilder, sql } from 'kysely';
import type { Account, Role } from './auth.js';

export type Tables = unknown;
export type LinkPurpose = 'VERIFY_EMAIL' | 'RESET_PASSWORD';

/** An account's columns as `Account`, of a table or CTE `a`. */
export const accountColumns = sql`
  a.id, a.email, a.name, a.roles, a.seller_id as "sellerId", a.permissions, a.email_verified_at is not null as "emailVerified",
  a.deactivated_at is null as active, a.created_at as "createdAt"`;

/** Whether the account `a` asks for a code when somebody signs in. */
export const hasSecondFactor = sql`exists (
  select from totp where totp.account_id = a.id and totp.confirmed_at is not null)`;

export interface Credentials extends Account {
  passwordHash: string | null;
}

export interface NewAccount {
  id: string;
  email: string;
  name: string;
  /** Null where another provider vouches for the person. */
  passwordHash: string | null;
  roles: Role[];
  sellerId: string | null;
  emailVerifiedAt: Date | null;
}

/** A link's token as it is kept. */
export interface NewLink {
  hash: Buffer;
  purpose: LinkPurpose;
  now: Date;
  expiresAt: Date;
}

/** Inserts the accounts whose e-mail address and id are free, and returns those. */
export async function insertAccounts(
  executor: Executor<Tables>,
  accounts: NewAccount[],
  now: Date,
): Promise<NewAccount[]> {
  const { rows } = await sql<{ id: string }>`
    insert into account (id, email, name, password_hash, roles, seller_id, email_verified_at, created_at)
    select n.id, n.email, n.name, n."passwordHash", n.roles, n."sellerId", n."emailVerifiedAt", ${now}
    from ${recordset(
      'n',
      accounts,
      `id uuid, email text, name text, passwordHash text, roles text[], sellerId uuid, emailVerifiedAt timestamptz`,
    )}
    order by n.email
    on conflict do nothing returning id`.execute(executor);
  const inserted = new Set(rows.map(({ id }) => id));
  return accounts.filter(({ id }) => inserted.has(id));
}

export async function findAccount(executor: Executor<Tables>, id: string): Promise<Account | undefined> {
  const { rows } = await sql<Account>`select ${accountColumns} from account a where a.id = ${id}`.execute(
    executor,
  );
  return rows[0];
}

/** The accounts of the ids and of all SUPER_ADMINs, locked in the order of their ids. */
export async function lockForRoles(tx: Executor<Tables>, ids: string[]): Promise<Map<string, Account>> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from account a
    where a.id = any(${ids}::uuid[]) or 'SUPER_ADMIN' = any(a.roles)
    order by a.id for no key update`.execute(tx);
  return new Map(rows.map((account) => [account.id, account]));
}

/** Accounts whose e-mail address begins with `prefix` and that are older than `after`, newest first. */
export async function listAccounts(
  executor: Executor<Tables>,
  prefix: string,
  limit: number,
  after: { createdAt: Date; id: string } | undefined,
): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from account a
    where ${prefix ? sql`a.email >= ${prefix} and a.email < ${`${prefix}\u{10ffff}`}` : sql`true`}
      and ${after ? sql`(a.created_at, a.id) < (${after.createdAt}, ${after.id})` : sql`true`}
    order by a.created_at desc, a.id desc limit ${limit}`.execute(executor);
  return rows;
}

export async function setRoles(
  tx: Executor<Tables>,
  id: string,
  roles: Role[],
  sellerId: string | null,
  permissions: string[] | null,
): Promise<void> {
  await sql`
    update account set roles = ${roles}, seller_id = ${sellerId}, permissions = ${permissions} where id = ${id}`.execute(
    tx,
  );
}

export interface RoleChange {
  id: string;
  accountId: string;
  role: Role;
  granted: boolean;
  /** The account or service that made the change. */
  changedBy: string;
  reason: string;
  changedAt: Date;
}

export async function insertRoleChange(tx: Executor<Tables>, change: RoleChange): Promise<void> {
  await sql`
    insert into role_change (id, account_id, role, granted, changed_by, reason, changed_at)
    values (${change.id}, ${change.accountId}, ${change.role}, ${change.granted}, ${change.changedBy},
      ${change.reason}, ${change.changedAt})`.execute(tx);
}

export async function listRoleChanges(
  executor: Executor<Tables>,
  accountId: string,
  limit: number,
  after: string | undefined,
): Promise<RoleChange[]> {
  const { rows } = await sql<RoleChange>`
    select id, account_id as "accountId", role, granted, changed_by as "changedBy", reason, changed_at as "changedAt"
    from role_change
    where account_id = ${accountId} and ${after ? sql`id < ${after}` : sql`true`}
    order by id desc limit ${limit}`.execute(executor);
  return rows;
}

export async function setName(tx: Executor<Tables>, id: string, name: string): Promise<void> {
  await sql`update account set name = ${name} where id = ${id} and name <> ${name}`.execute(tx);
}

/** The address of an account whose owner has deleted it. */
const deletedEmail = (id: RawBuilder<string>) => sql`'deleted-' || ${id} || '@deleted.invalid'`;

/** Closes an account. With `forget` the person goes and the row stays, for what refers to it. */
export async function deactivate(
  tx: Executor<Tables>,
  id: string,
  now: Date,
  forget: boolean,
): Promise<boolean> {
  const forgotten = sql`, email = ${deletedEmail(sql`a.id`)}, name = '', password_hash = null,
    email_verified_at = null, roles = '{}', seller_id = null, permissions = null`;
  const { rows } = await sql<{ email: string }>`
    with known as (
      select id, email from account
      where id = ${id} and ${forget ? sql`email <> ${deletedEmail(sql`id`)}` : sql`deactivated_at is null`}
      for no key update
    ), failures as (
      delete from sign_in_failure f using known where f.email = known.email
    )
    update account a set deactivated_at = coalesce(a.deactivated_at, ${now})${forget ? forgotten : sql``}
    from known where a.id = known.id returning a.email`.execute(tx);
  return rows.length > 0;
}

/** @returns whether it was closed, and its owner had not deleted it */
export async function reactivate(tx: Executor<Tables>, id: string): Promise<boolean> {
  const { rows } = await sql`
    update account set deactivated_at = null
    where id = ${id} and deactivated_at is not null and email <> ${deletedEmail(sql`id`)}
    returning id`.execute(tx);
  return rows.length > 0;
}

/**
 * An open account by e-mail address with what a sign-in needs, and until when the address is locked. Closed accounts
 * are not found.
 */
export async function findCredentials(
  executor: Executor<Tables>,
  email: string,
): Promise<{ credentials: Credentials | undefined; lockedUntil: Date | null }> {
  const { rows } = await sql<Credentials & { lockedUntil: Date | null }>`
    select ${accountColumns}, a.password_hash as "passwordHash", f.locked_until as "lockedUntil"
    from (select ${email}::text) as given (email)
    left join account a on a.email = given.email and a.deactivated_at is null
    left join sign_in_failure f on f.email = given.email`.execute(executor);
  const [row] = rows;
  return { credentials: row?.id ? row : undefined, lockedUntil: row?.lockedUntil ?? null };
}

/**
 * Counts a failure, and locks as long as `schedule` says for that many in a row. While it is locked, nothing is counted.
 * @returns the end of a lock that stood already
 */
export async function recordFailure(
  executor: Executor<Tables>,
  email: string,
  schedule: number[],
  now: Date,
  forgetBefore: Date,
): Promise<Date | undefined> {
  const count = sql`case when f.failed_at < ${forgetBefore} then 1 else f.failures + 1 end`;
  const lock = (failures: RawBuilder<unknown>) => sql`
    ${now}::timestamptz + nullif((${schedule}::int[])[least(${failures}, ${schedule.length})], 0) * interval '1 second'`;
  const { rows } = await sql<{ lockedUntil: Date }>`
    with counted as (
      insert into sign_in_failure as f (email, failures, failed_at, locked_until)
      values (${email}, 1, ${now}, ${lock(sql`1`)})
      on conflict (email) do update set failures = ${count}, failed_at = ${now}, locked_until = ${lock(count)}
      where f.locked_until is null or f.locked_until <= ${now}
      returning email
    )
    select f.locked_until as "lockedUntil" from sign_in_failure f
    where f.email = ${email} and f.locked_until > ${now} and not exists (select from counted)`.execute(
    executor,
  );
  return rows[0]?.lockedUntil;
}

/**
 * Forgets failures after the right password, unless a lock came in between. Where a code is asked for as well, the
 * password alone forgives nothing: its owner could guess at codes for ever. @returns the end of that lock
 */
export async function forgive(
  executor: Executor<Tables>,
  email: string,
  now: Date,
): Promise<Date | undefined> {
  const { rows } = await sql<{ lockedUntil: Date }>`
    with forgiven as (
      delete from sign_in_failure where email = ${email} and (locked_until is null or locked_until <= ${now})
        and not exists (select from account a where a.email = ${email} and ${hasSecondFactor})
    )
    select locked_until as "lockedUntil" from sign_in_failure
    where email = ${email} and locked_until > ${now}`.execute(executor);
  return rows[0]?.lockedUntil;
}

export async function unlock(tx: Executor<Tables>, email: string): Promise<void> {
  await sql`delete from sign_in_failure where email = ${email}`.execute(tx);
}

/** Locks the row of an open account. */
export async function lockAccount(tx: Executor<Tables>, id: string): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${accountColumns}, a.password_hash as "passwordHash" from account a
    where a.id = ${id} and a.deactivated_at is null for no key update`.execute(tx);
  return rows[0];
}

export async function setPasswordHash(tx: Executor<Tables>, id: string, hash: string): Promise<void> {
  await sql`update account set password_hash = ${hash} where id = ${id}`.execute(tx);
}

/** Replaces a hash by one of the same password at another cost. */
export async function renewPasswordHash(
  executor: Executor<Tables>,
  old: string,
  hash: string,
): Promise<void> {
  await sql`update account set password_hash = ${hash} where password_hash = ${old}`.execute(executor);
}

export async function markVerified(tx: Executor<Tables>, id: string, now: Date): Promise<void> {
  await sql`update account set email_verified_at = coalesce(email_verified_at, ${now}) where id = ${id}`.execute(
    tx,
  );
}

/** How many links of a kind an account may get in an hour: nobody's mailbox is to be flooded. */
const linksPerHour = 5;

/**
 * Keeps a link for the open account that `owner` finds (as `a`), and returns the account. Without one, or when it had
 * its share of links already, a decoy is kept, so that the answer takes as long.
 */
export async function insertLink(
  tx: Executor<Tables>,
  owner: RawBuilder<unknown>,
  { hash, purpose, now, expiresAt }: NewLink,
): Promise<Account | undefined> {
  const hourAgo = new Date(now.getTime() - 3_600_000);
  const { rows } = await sql<Account>`
    with known as (
      select a.* from account a where ${owner} and a.deactivated_at is null and (
        select count(*) from link_token l
        where l.account_id = a.id and l.purpose = ${purpose} and l.created_at > ${hourAgo}) < ${linksPerHour}
    ), kept as (
      insert into link_token (hash, account_id, purpose, created_at, expires_at)
      values (${hash}, (select id from known), ${purpose}, ${now}, ${expiresAt})
    )
    select ${accountColumns} from known a`.execute(tx);
  return rows[0];
}

/** The open account that a live link belongs to. */
export async function findLink(
  executor: Executor<Tables>,
  hash: Buffer,
  purpose: LinkPurpose,
  now: Date,
): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from link_token l join account a on a.id = l.account_id
    where l.hash = ${hash} and l.purpose = ${purpose} and l.expires_at > ${now}
      and a.deactivated_at is null`.execute(executor);
  return rows[0];
}

/** Spends all links of a kind that an account has, and returns their hashes. Lock the account first. */
export async function spendLinks(
  tx: Executor<Tables>,
  accountId: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<Buffer[]> {
  const { rows } = await sql<{ hash: Buffer }>`
    delete from link_token where account_id = ${accountId} and purpose = ${purpose} and expires_at > ${now}
    returning hash`.execute(tx);
  return rows.map(({ hash }) => hash);
}

/** Deletes links and failures that mean nothing any more. */
export async function sweepAccounts(
  executor: Executor<Tables>,
  now: Date,
  forgetBefore: Date,
): Promise<void> {
  await sql`delete from link_token where expires_at < ${now}`.execute(executor);
  await sql`
    delete from sign_in_failure
    where failed_at < ${forgetBefore} and (locked_until is null or locked_until <= ${now})`.execute(executor);
}

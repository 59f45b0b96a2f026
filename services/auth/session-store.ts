import type { Database, Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import { accountColumns, hasSecondFactor, type Tables } from './account-store.js';
import type { Account, Device } from './auth.js';

export interface NewSession extends Device {
  id: string;
  /** Of its first refresh token. */
  tokenHash: Buffer;
  now: Date;
  expiresAt: Date;
}

export interface Session extends Device {
  id: string;
  createdAt: Date;
  lastUsedAt: Date;
}

/**
 * Opens a session for an account whose password was checked against `passwordHash`, and forgets earlier failures.
 * Nothing when meanwhile the password was changed, the account closed or the address locked, nor for an account with a
 * second factor.
 */
export async function openSession(
  database: Database,
  accountId: string,
  passwordHash: string,
  { id, tokenHash, userAgent, ipAddress, now, expiresAt }: NewSession,
): Promise<Account | undefined> {
  const [account] = await database.write(sql<Account>`
    with owner as (
      select a.* from account a
      where a.id = ${accountId} and a.password_hash = ${passwordHash} and a.deactivated_at is null
        and not exists (select from sign_in_failure f where f.email = a.email and f.locked_until > ${now})
        and not ${hasSecondFactor}
      for share of a
    ), opened as (
      insert into session (id, account_id, user_agent, ip_address, created_at, last_used_at, expires_at)
      select ${id}, owner.id, ${userAgent}, ${ipAddress}, ${now}, ${now}, ${expiresAt} from owner
      returning id
    ), issued as (
      insert into refresh_token (hash, session_id) select ${tokenHash}, opened.id from opened
    ), forgiven as (
      delete from sign_in_failure f using owner where f.email = owner.email
    )
    select ${accountColumns} from owner a`);
  return account;
}

/** A session for an account that the same transaction has made or locked. */
export async function insertSession(
  tx: Executor<Tables>,
  accountId: string,
  session: NewSession,
): Promise<void> {
  const { id, tokenHash, userAgent, ipAddress, now, expiresAt } = session;
  await sql`
    with opened as (
      insert into session (id, account_id, user_agent, ip_address, created_at, last_used_at, expires_at)
      values (${id}, ${accountId}, ${userAgent}, ${ipAddress}, ${now}, ${now}, ${expiresAt}) returning id
    )
    insert into refresh_token (hash, session_id) select ${tokenHash}, opened.id from opened`.execute(tx);
}

export interface Rotation extends Device {
  hash: Buffer;
  successorHash: Buffer;
  /** Kept with the spent token; see `successorOf`. */
  salt: Buffer;
  now: Date;
  expiresAt: Date;
}

/**
 * Spends a refresh token and issues the next one, in one statement: of several at once, one finds it unspent. The
 * account is read again, so that its present roles go into the next access token.
 */
export async function rotateToken(
  database: Database,
  { hash, successorHash, salt, userAgent, ipAddress, now, expiresAt }: Rotation,
): Promise<{ sessionId: string; account: Account } | undefined> {
  const [row] = await database.write(sql<Account & { sessionId: string }>`
    with known as (
      select s.id as session_id, s.account_id from refresh_token t join session s on s.id = t.session_id
      where t.hash = ${hash}
    ), owner as (
      select a.* from account a join known on known.account_id = a.id where a.deactivated_at is null for share of a
    ), held as (
      select s.id from owner join session s on s.account_id = owner.id join known on known.session_id = s.id
      where s.expires_at > ${now} for no key update of s
    ), spent as (
      update refresh_token t set spent_at = ${now}, salt = ${salt} from held
      where t.hash = ${hash} and t.spent_at is null and t.session_id = held.id returning t.session_id
    ), issued as (
      insert into refresh_token (hash, session_id) select ${successorHash}, spent.session_id from spent
    ), used as (
      update session s set last_used_at = ${now}, expires_at = ${expiresAt}, user_agent = ${userAgent},
        ip_address = ${ipAddress}
      from spent where s.id = spent.session_id
    )
    select spent.session_id as "sessionId", ${accountColumns} from spent, owner a`);
  return row && { sessionId: row.sessionId, account: row };
}

export interface KnownToken {
  sessionId: string;
  spentAt: Date | null;
  salt: Buffer | null;
  /** Of the client that used the session last. */
  userAgent: string;
  account: Account;
}

/** A refresh token of a live session. */
export async function findToken(
  executor: Executor<Tables>,
  hash: Buffer,
  now: Date,
): Promise<KnownToken | undefined> {
  const { rows } = await sql<Account & Omit<KnownToken, 'account'>>`
    select s.id as "sessionId", t.spent_at as "spentAt", t.salt, s.user_agent as "userAgent", ${accountColumns}
    from refresh_token t join session s on s.id = t.session_id join account a on a.id = s.account_id
    where t.hash = ${hash} and s.expires_at > ${now} and a.deactivated_at is null`.execute(executor);
  const [row] = rows;
  return row && { ...row, account: row };
}

/** Live sessions below `after`, newest first. */
export async function listSessions(
  executor: Executor<Tables>,
  accountId: string,
  now: Date,
  limit: number,
  after: string | undefined,
): Promise<Session[]> {
  const { rows } = await sql<Session>`
    select id, user_agent as "userAgent", ip_address as "ipAddress", created_at as "createdAt",
      last_used_at as "lastUsedAt"
    from session
    where account_id = ${accountId} and expires_at > ${now} and ${after ? sql`id < ${after}` : sql`true`}
    order by id desc limit ${limit}`.execute(executor);
  return rows;
}

export async function deleteSession(
  executor: Executor<Tables>,
  accountId: string,
  id: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from session where id = ${id} and account_id = ${accountId}`.execute(executor);
  return numAffectedRows === 1n;
}

/** Ends the session that a refresh token belongs to, spent or not. */
export async function deleteSessionOfToken(executor: Executor<Tables>, hash: Buffer): Promise<void> {
  await sql`
    delete from session where id = (select session_id from refresh_token where hash = ${hash})`.execute(
    executor,
  );
}

/**
 * Ends an account's sessions, all or all but one, and those that browsers have with the authorization server. Lock the
 * account first.
 */
export async function deleteSessions(
  tx: Executor<Tables>,
  accountId: string,
  except?: string,
): Promise<void> {
  await sql`
    delete from session
    where account_id = ${accountId} and ${except ? sql`id <> ${except}` : sql`true`}`.execute(tx);
  await sql`delete from oauth_artifact where account_id = ${accountId} and model = 'Session'`.execute(tx);
}

/**
 * Deletes expired sessions, those that an account has too many of, and spent tokens that would have expired by now;
 * up to `limit` of each, and none that somebody works on.
 */
export async function sweepSessions(
  executor: Executor<Tables>,
  now: Date,
  spentBefore: Date,
  perAccount: number,
  limit: number,
): Promise<void> {
  await sql`
    delete from session where id in (
      select id from session where expires_at < ${now} limit ${limit} for update skip locked)`.execute(
    executor,
  );
  await sql`
    delete from session where id in (
      select s.id from session s
      join (select account_id from session group by 1 having count(*) > ${perAccount}) crowded using (account_id)
      where s.last_used_at < (
        select n.last_used_at from session n where n.account_id = s.account_id
        order by n.last_used_at desc offset ${perAccount - 1} limit 1)
      limit ${limit} for update of s skip locked)`.execute(executor);
  await sql`
    delete from refresh_token where hash in (
      select hash from refresh_token where spent_at < ${spentBefore}
      limit ${limit} for update skip locked)`.execute(executor);
}

/** Accounts with a session that ends after this. */
export async function countActive(executor: Executor<Tables>, after: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct account_id)::int as count from session where expires_at > ${after}`.execute(
    executor,
  );
  return rows[0]?.count ?? 0;
}

import type { Database, Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import { hasSecondFactor, type Tables } from './account-store.js';

export interface Totp {
  secret: Buffer;
  confirmedAt: Date | null;
  lastStep: number;
  recoveryCodes: number;
}

/** Lock the account first, unless it is only looked at. */
export async function findTotp(executor: Executor<Tables>, accountId: string): Promise<Totp | undefined> {
  const { rows } = await sql<Totp>`
    select secret, confirmed_at as "confirmedAt", last_step::float8 as "lastStep",
      (select count(*)::int from recovery_code r where r.account_id = t.account_id) as "recoveryCodes"
    from totp t where account_id = ${accountId}`.execute(executor);
  return rows[0];
}

/** Keeps a secret that is yet to be confirmed, instead of an earlier one. False when one is confirmed. */
export async function insertTotp(database: Database, accountId: string, secret: Buffer): Promise<boolean> {
  const rows = await database.write(sql`
    insert into totp (account_id, secret) select id, ${secret} from account
    where id = ${accountId} and deactivated_at is null
    on conflict (account_id) do update set secret = excluded.secret where totp.confirmed_at is null
    returning account_id`);
  return rows.length > 0;
}

export async function confirmTotp(
  tx: Executor<Tables>,
  accountId: string,
  step: number,
  now: Date,
): Promise<void> {
  await sql`
    update totp set confirmed_at = ${now}, last_step = ${step} where account_id = ${accountId}`.execute(tx);
}

export async function spendStep(tx: Executor<Tables>, accountId: string, step: number): Promise<void> {
  await sql`update totp set last_step = ${step} where account_id = ${accountId}`.execute(tx);
}

export async function spendRecoveryCode(
  tx: Executor<Tables>,
  accountId: string,
  hash: Buffer,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from recovery_code where hash = ${hash} and account_id = ${accountId}`.execute(tx);
  return numAffectedRows === 1n;
}

/** New recovery codes instead of all earlier ones. */
export async function replaceRecoveryCodes(
  tx: Executor<Tables>,
  accountId: string,
  hashes: Buffer[],
): Promise<void> {
  await sql`delete from recovery_code where account_id = ${accountId}`.execute(tx);
  await sql`
    insert into recovery_code (hash, account_id)
    select hash, ${accountId} from unnest(${hashes}::bytea[]) as n (hash)`.execute(tx);
}

export async function deleteTotp(tx: Executor<Tables>, accountId: string): Promise<void> {
  await sql`delete from totp where account_id = ${accountId}`.execute(tx);
  await sql`delete from sign_in_challenge where account_id = ${accountId}`.execute(tx);
}

/** Until when the address of an account is locked, if it is. */
export async function lockOf(
  executor: Executor<Tables>,
  email: string,
  now: Date,
): Promise<Date | undefined> {
  const { rows } = await sql<{ lockedUntil: Date }>`
    select locked_until as "lockedUntil" from sign_in_failure
    where email = ${email} and locked_until > ${now}`.execute(executor);
  return rows[0]?.lockedUntil;
}

export interface NewChallenge {
  hash: Buffer;
  accountId: string;
  passwordHash: string | null;
  now: Date;
  expiresAt: Date;
}

/** Keeps a challenge for an open account with a second factor, unless its password changed or its address is locked. */
export async function insertChallenge(
  database: Database,
  { hash, accountId, passwordHash, now, expiresAt }: NewChallenge,
): Promise<boolean> {
  const rows = await database.write(sql`
    insert into sign_in_challenge (hash, account_id, password_hash, expires_at)
    select ${hash}, a.id, ${passwordHash}, ${expiresAt} from account a
    where a.id = ${accountId} and a.deactivated_at is null and ${hasSecondFactor}
      and (${passwordHash}::text is null or a.password_hash = ${passwordHash})
      and not exists (select from sign_in_failure f where f.email = a.email and f.locked_until > ${now})
    returning account_id`);
  return rows.length > 0;
}

/** The account that a live challenge is about. */
export async function findChallenge(
  executor: Executor<Tables>,
  hash: Buffer,
  now: Date,
): Promise<string | undefined> {
  const { rows } = await sql<{ accountId: string }>`
    select account_id as "accountId" from sign_in_challenge
    where hash = ${hash} and expires_at > ${now}`.execute(executor);
  return rows[0]?.accountId;
}

/** Ends a challenge that was met. Lock the account first. False when it ended before, or the password changed. */
export async function spendChallenge(tx: Executor<Tables>, hash: Buffer): Promise<boolean> {
  const { rows } = await sql<{ valid: boolean }>`
    delete from sign_in_challenge c using account a where c.hash = ${hash} and a.id = c.account_id
    returning c.password_hash is null or c.password_hash = a.password_hash as valid`.execute(tx);
  return rows[0]?.valid ?? false;
}

export async function sweepChallenges(executor: Executor<Tables>, now: Date): Promise<void> {
  await sql`delete from sign_in_challenge where expires_at < ${now}`.execute(executor);
}

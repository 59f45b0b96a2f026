import type { Database, Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import { accountColumns, hasSecondFactor, type Tables } from './account-store.js';
import type { Account } from './auth.js';

export interface Identity {
  issuer: string;
  subject: string;
  email: string;
  linkedAt: Date;
}

export interface NewSignIn {
  hash: Buffer;
  secrets: Buffer;
  redirectUri: string;
  /** Whose account is to be linked. */
  accountId: string | null;
  expiresAt: Date;
}

export async function insertSignIn(database: Database, signIn: NewSignIn): Promise<void> {
  const { hash, secrets, redirectUri, accountId, expiresAt } = signIn;
  await database.write(sql`
    insert into outside_sign_in (hash, secrets, redirect_uri, account_id, expires_at)
    values (${hash}, ${secrets}, ${redirectUri}, ${accountId}, ${expiresAt})`);
}

/** A live sign-in of this purpose; it is spent. */
export async function takeSignIn(
  database: Database,
  hash: Buffer,
  accountId: string | null,
  now: Date,
): Promise<NewSignIn | undefined> {
  const [signIn] = await database.write(sql<NewSignIn>`
    delete from outside_sign_in
    where hash = ${hash} and expires_at > ${now} and account_id is not distinct from ${accountId}
    returning hash, secrets, redirect_uri as "redirectUri", account_id as "accountId", expires_at as "expiresAt"`);
  return signIn;
}

/** The account that an identity signs in to, open or not, and whether it asks for a code; locked. */
export async function findByIdentity(
  tx: Executor<Tables>,
  issuer: string,
  subject: string,
): Promise<(Account & { asksCode: boolean }) | undefined> {
  const { rows } = await sql<Account & { asksCode: boolean }>`
    select ${accountColumns}, ${hasSecondFactor} as "asksCode"
    from identity i join account a on a.id = i.account_id
    where i.issuer = ${issuer} and i.subject = ${subject} for no key update of a`.execute(tx);
  return rows[0];
}

/** False when the identity is linked to another account, or the account to another one of this provider. */
export async function insertIdentity(
  tx: Executor<Tables>,
  accountId: string,
  { issuer, subject, email, linkedAt }: Identity,
): Promise<boolean> {
  await sql`
    insert into identity (issuer, subject, account_id, email, linked_at)
    values (${issuer}, ${subject}, ${accountId}, ${email}, ${linkedAt})
    on conflict do nothing`.execute(tx);
  const { rows } = await sql`
    select from identity where issuer = ${issuer} and subject = ${subject} and account_id = ${accountId}`.execute(
    tx,
  );
  return rows.length > 0;
}

export async function listIdentities(executor: Executor<Tables>, accountId: string): Promise<Identity[]> {
  const { rows } = await sql<Identity>`
    select issuer, subject, email, linked_at as "linkedAt" from identity
    where account_id = ${accountId} order by linked_at, issuer`.execute(executor);
  return rows;
}

export async function deleteIdentity(
  tx: Executor<Tables>,
  accountId: string,
  issuer: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from identity where account_id = ${accountId} and issuer = ${issuer}`.execute(tx);
  return numAffectedRows === 1n;
}

export async function deleteIdentities(tx: Executor<Tables>, accountId: string): Promise<void> {
  await sql`delete from identity where account_id = ${accountId}`.execute(tx);
  await sql`delete from outside_sign_in where account_id = ${accountId}`.execute(tx);
}

export async function sweepSignIns(executor: Executor<Tables>, now: Date): Promise<void> {
  await sql`delete from outside_sign_in where expires_at < ${now}`.execute(executor);
}

import type { Database, Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import type { Tables } from './account-store.js';

export interface App {
  /** The client_id. */
  id: string;
  ownerId: string;
  name: string;
  redirectUris: string[];
  scopes: string[];
  /** Null for an app that can keep no secret. */
  secretHash: Buffer | null;
  createdAt: Date;
}

const columns = sql`
  id, owner_id as "ownerId", name, redirect_uris as "redirectUris", scopes, secret_hash as "secretHash",
  created_at as "createdAt"`;

/** False when the owner has that many. Lock the account first. */
export async function insertApp(tx: Executor<Tables>, app: App, limit: number): Promise<boolean> {
  const { id, ownerId, name, redirectUris, scopes, secretHash, createdAt } = app;
  const { rows } = await sql`
    insert into oauth_app (id, owner_id, name, redirect_uris, scopes, secret_hash, created_at)
    select ${id}, ${ownerId}, ${name}, ${redirectUris}::text[], ${scopes}::text[], ${secretHash}, ${createdAt}
    where (select count(*) from oauth_app where owner_id = ${ownerId}) < ${limit}
    returning id`.execute(tx);
  return rows.length > 0;
}

/** An app whose owner's account is open. */
export async function findApp(executor: Executor<Tables>, id: string): Promise<App | undefined> {
  const { rows } = await sql<App>`
    select ${columns} from oauth_app where id = ${id}
      and exists (select from account a where a.id = owner_id and a.deactivated_at is null)`.execute(
    executor,
  );
  return rows[0];
}

export async function listApps(
  executor: Executor<Tables>,
  ownerId: string,
  limit: number,
  after: string | undefined,
): Promise<App[]> {
  const { rows } = await sql<App>`
    select ${columns} from oauth_app where owner_id = ${ownerId} and ${after ? sql`id < ${after}` : sql`true`}
    order by id desc limit ${limit}`.execute(executor);
  return rows;
}

/** An app that has no secret gets none. */
export async function updateSecret(
  database: Database,
  ownerId: string,
  id: string,
  secretHash: Buffer,
): Promise<App | undefined> {
  const [app] = await database.write(sql<App>`
    update oauth_app set secret_hash = case when secret_hash is null then null else ${secretHash}::bytea end
    where id = ${id} and owner_id = ${ownerId} returning ${columns}`);
  return app;
}

/** With all that was granted to it. */
export async function deleteApp(database: Database, ownerId: string, id: string): Promise<boolean> {
  const rows = await database.write(sql`
    delete from oauth_app where id = ${id} and owner_id = ${ownerId} returning id`);
  return rows.length > 0;
}

export interface StoredGrant {
  id: string;
  appId: string;
  appName: string;
  payload: Buffer;
  createdAt: Date;
}

export async function listGrants(
  executor: Executor<Tables>,
  accountId: string,
  now: Date,
  limit: number,
  after: { createdAt: Date; id: string } | undefined,
): Promise<StoredGrant[]> {
  const { rows } = await sql<StoredGrant>`
    select g.grant_id as id, p.id as "appId", p.name as "appName", g.payload, g.created_at as "createdAt"
    from oauth_artifact g join oauth_app p on p.id = g.app_id
    where g.account_id = ${accountId} and g.model = 'Grant' and g.expires_at > ${now}
      and ${after ? sql`(g.created_at, g.grant_id) < (${after.createdAt}, ${after.id})` : sql`true`}
    order by g.created_at desc, g.grant_id desc limit ${limit}`.execute(executor);
  return rows;
}

/** Deletes a grant of the account and everything that was issued by it. */
export async function deleteGrant(database: Database, accountId: string, id: string): Promise<boolean> {
  const rows = await database.write(sql`
    delete from oauth_artifact where grant_id = ${id} and account_id = ${accountId} returning grant_id`);
  return rows.length > 0;
}

/** What an account has granted, and where it is signed in to the authorization server. */
export async function deleteArtifacts(tx: Executor<Tables>, accountId: string): Promise<void> {
  await sql`delete from oauth_artifact where account_id = ${accountId}`.execute(tx);
}

export async function deleteApps(tx: Executor<Tables>, ownerId: string): Promise<void> {
  await sql`delete from oauth_app where owner_id = ${ownerId}`.execute(tx);
}

export async function sweepArtifacts(executor: Executor<Tables>, now: Date, limit: number): Promise<void> {
  await sql`
    delete from oauth_artifact where (model, hash) in (
      select model, hash from oauth_artifact where expires_at < ${now} limit ${limit} for update skip locked)`.execute(
    executor,
  );
}

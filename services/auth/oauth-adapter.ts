import type { Database } from '@pasar/platform/db';
import { Safe } from '@pasar/platform/safe';
import { sql } from 'kysely';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { findApp } from './app-store.js';
import type { AuthConfig } from './config.js';
import { hashOf } from './token.js';

/** What the authorization server keeps is sealed: much of it is as good as a password. */
export function artifactSafe({ secretKey }: AuthConfig): Safe {
  return new Safe(secretKey, 'pasar auth oauth artifacts');
}

/** What a sealed artifact is bound to. */
export function artifactLabel(model: string, hash: Buffer): string {
  return `${model} ${hash.toString('hex')}`;
}

interface Row {
  hash: Buffer;
  payload: Buffer;
  consumedAt: Date | null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Where `oidc-provider` keeps what it must remember: rows found by the hash of their id. Expiry is by the real time, as
 * the library has it.
 */
export class ArtifactStore implements Adapter {
  constructor(
    private readonly model: string,
    private readonly database: Database,
    private readonly safe: Safe,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const { grantId, accountId, clientId, uid } = payload;
    const isGrant = this.model === 'Grant';
    const now = new Date();
    const expiresAt = new Date(now.getTime() + expiresIn * 1000);
    const hash = hashOf(id);
    const sealed = this.safe.seal(Buffer.from(JSON.stringify(payload)), artifactLabel(this.model, hash));
    await this.database.write(sql`
      insert into oauth_artifact
        (model, hash, payload, uid, grant_id, account_id, app_id, created_at, expires_at)
      values (${this.model}, ${hash}, ${sealed}, ${this.model === 'Session' ? (uid ?? null) : null},
        ${isGrant ? id : (grantId ?? null)}, ${accountId ?? null}, ${clientId ?? null}, ${now}, ${expiresAt})
      on conflict (model, hash) do update set payload = excluded.payload, uid = excluded.uid,
        grant_id = excluded.grant_id, account_id = excluded.account_id, expires_at = excluded.expires_at`);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (this.model === 'Client') return this.#findClient(id);
    const { rows } = await sql<Row>`
      select hash, payload, consumed_at as "consumedAt" from oauth_artifact
      where model = ${this.model} and hash = ${hashOf(id)} and expires_at > now()`.execute(
      this.database.kysely,
    );
    return rows[0] && this.#open(rows[0]);
  }

  /** Of a browser's session. */
  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const { rows } = await sql<Row>`
      select hash, payload, consumed_at as "consumedAt" from oauth_artifact
      where model = ${this.model} and uid = ${uid} and expires_at > now()`.execute(this.database.kysely);
    return rows[0] && this.#open(rows[0]);
  }

  async findByUserCode(): Promise<undefined> {}

  /** Of several at once that bring a code or a refresh token, one finds it unspent. */
  async consume(id: string): Promise<void> {
    const rows = await this.database.write(sql`
      update oauth_artifact set consumed_at = now()
      where model = ${this.model} and hash = ${hashOf(id)} and consumed_at is null returning model`);
    if (rows.length > 0) return;
    const { errors } = await import('oidc-provider');
    throw new errors.InvalidGrant('used already');
  }

  async destroy(id: string): Promise<void> {
    await this.database.write(sql`
      delete from oauth_artifact where model = ${this.model} and hash = ${hashOf(id)}`);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.database.write(sql`
      delete from oauth_artifact where model = ${this.model} and grant_id = ${grantId}`);
  }

  #open({ hash, payload, consumedAt }: Row): AdapterPayload {
    const text = this.safe.open(payload, artifactLabel(this.model, hash)).toString();
    const opened = JSON.parse(text) as AdapterPayload;
    return { ...opened, ...(consumedAt && { consumed: Math.floor(consumedAt.getTime() / 1000) }) };
  }

  async #findClient(id: string): Promise<AdapterPayload | undefined> {
    const app = uuid.test(id) ? await findApp(this.database.kysely, id) : undefined;
    if (!app) return undefined;
    const { name, redirectUris, scopes, secretHash, ownerId } = app;
    const forUsers = redirectUris.length > 0;
    return {
      client_id: id,
      client_name: name,
      redirect_uris: redirectUris,
      // Public apps run on their users' devices.
      application_type: secretHash ? 'web' : 'native',
      response_types: forUsers ? ['code'] : [],
      grant_types: [
        ...(forUsers ? ['authorization_code', 'refresh_token'] : []),
        ...(secretHash ? ['client_credentials'] : []),
      ],
      token_endpoint_auth_method: secretHash ? 'client_secret_basic' : 'none',
      // The secret itself is not known here; see `compareClientSecret` in the server.
      ...(secretHash && { client_secret: secretHash.toString('hex') }),
      app_scopes: scopes.join(' '),
      app_owner: ownerId,
    };
  }
}

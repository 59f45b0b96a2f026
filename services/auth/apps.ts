import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { decodePageToken, pageOf, pageSize } from '@pasar/platform/page';
import { Safe } from '@pasar/platform/safe';
import { lockAccount } from './account-store.js';
import {
  type App,
  deleteApp,
  deleteGrant,
  insertApp,
  listApps,
  listGrants,
  type StoredGrant,
  updateSecret,
} from './app-store.js';
import { assertId, normaliseName, parseTime } from './auth.js';
import { AuthConfig } from './config.js';
import { artifactLabel, artifactSafe } from './oauth-adapter.js';
import { scopeTexts } from './scopes.js';
import { hashOf } from './token.js';

/** Enough for anybody who builds apps, and too few to fill a database with. */
const appsPerOwner = 25;

export interface NewApp {
  name: string;
  redirectUris: string[];
  confidential: boolean;
  scopes: string[];
}

export interface Granted {
  id: string;
  appId: string;
  appName: string;
  scopes: string[];
  grantedAt: Date;
}

/** Third-party apps by their owners, and grants by those who gave them. */
@Injectable()
export class Apps {
  readonly #safe: Safe;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    config: AuthConfig,
  ) {
    this.#safe = artifactSafe(config);
  }

  /** @returns the app and its secret, which nobody can tell later */
  async create(ownerId: string, { name, redirectUris, confidential, scopes }: NewApp) {
    redirectUris.forEach((uri, at) => {
      assertRedirectUri(uri, confidential, `redirectUris[${at}]`);
    });
    if (redirectUris.length === 0 && !confidential) {
      throw invalidField('redirectUris', 'must name one: an app without a secret only acts for its users');
    }
    const unknown = scopes.find((scope) => !Object.hasOwn(scopeTexts, scope));
    if (unknown) throw invalidField('scopes', `${unknown} is no scope`);
    const secret = confidential ? this.clock.secret() : '';
    const app: App = {
      id: this.clock.id(),
      ownerId,
      name: normaliseName(name),
      redirectUris,
      scopes,
      secretHash: confidential ? hashOf(secret) : null,
      createdAt: this.clock.now(),
    };
    await this.database.transaction(async (tx) => {
      if (!(await lockAccount(tx, ownerId))) throw notFound('account');
      if (!(await insertApp(tx, app, appsPerOwner))) {
        throw new DomainError('oauth.too_many_apps', 'conflict', `No more than ${appsPerOwner} apps.`);
      }
    });
    return { app, secret };
  }

  /** Newest first. */
  async list(ownerId: string, size: number, pageToken: string) {
    const limit = pageSize(size);
    const [after] = decodePageToken(pageToken, 1) ?? [];
    if (after) assertId(after, 'pageToken');
    const rows = await listApps(this.database.kysely, ownerId, limit + 1, after);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws DomainError `app.not_found`, `oauth.public_app` */
  async rotateSecret(ownerId: string, id: string) {
    const secret = this.clock.secret();
    const app = await updateSecret(this.database, ownerId, id, hashOf(secret));
    if (!app) throw notFound('app');
    if (!app.secretHash) {
      throw new DomainError(
        'oauth.public_app',
        'conflict',
        'This app was registered as one that keeps no secret.',
      );
    }
    return { app, secret };
  }

  /** @throws DomainError `app.not_found` */
  async delete(ownerId: string, id: string): Promise<void> {
    if (!(await deleteApp(this.database, ownerId, id))) throw notFound('app');
  }

  /** What an account has granted, newest first. */
  async listGrants(accountId: string, size: number, pageToken: string) {
    const limit = pageSize(size);
    const [createdAt = '', id = ''] = decodePageToken(pageToken, 2) ?? [];
    const after = pageToken ? { createdAt: parseTime(createdAt, 'pageToken'), id } : undefined;
    const rows = await listGrants(this.database.kysely, accountId, this.clock.now(), limit + 1, after);
    const page = pageOf(rows, limit, (last) => [last.createdAt, last.id]);
    return { grants: page.rows.map((row) => this.#read(row)), nextPageToken: page.nextPageToken };
  }

  /** Takes a grant back, with every token that it gave. @throws DomainError `grant.not_found` */
  async revokeGrant(accountId: string, id: string): Promise<void> {
    if (!(await deleteGrant(this.database, accountId, id))) throw notFound('grant');
  }

  #read({ id, appId, appName, payload, createdAt }: StoredGrant): Granted {
    const { openid, resources } = JSON.parse(
      this.#safe.open(payload, artifactLabel('Grant', hashOf(id))).toString(),
    ) as {
      openid?: { scope?: string };
      resources?: Record<string, string>;
    };
    const texts = [openid?.scope ?? '', ...Object.values(resources ?? {})];
    const scopes = texts.flatMap((text) => text.split(' ')).filter(Boolean);
    return { id, appId, appName, scopes, grantedAt: createdAt };
  }
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Codes are sent there: encrypted, or within the user's own device. @throws DomainError `request.invalid`
 */
function assertRedirectUri(uri: string, confidential: boolean, field: string): void {
  const url = URL.parse(uri);
  if (!url || url.hash || url.username || url.password || uri !== uri.trim() || /[\p{Cc}\s*#]/u.test(uri)) {
    throw invalidField(field, 'must be a whole URI without a fragment');
  }
  const isLoopback = loopback.includes(url.hostname);
  if (url.protocol === 'https:' && !isLoopback) return;
  if (url.protocol === 'http:' && isLoopback) return;
  // A scheme that a phone gives to an app (RFC 8252, 7.1): a domain name backwards.
  if (!confidential && /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/.test(url.protocol)) return;
  throw invalidField(field, 'must be https, http to a loopback address, or a scheme such as com.example.app');
}

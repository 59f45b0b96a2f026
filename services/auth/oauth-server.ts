import { hkdfSync, timingSafeEqual } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Database } from '@pasar/platform/db';
import { Safe } from '@pasar/platform/safe';
import { Log } from '@pasar/platform/telemetry';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { sql } from 'kysely';
import { type Response as Injected, inject } from 'light-my-request';
import type { Client, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { findAccount } from './account-store.js';
import { AuthConfig } from './config.js';
import { KeyRing } from './key-ring.js';
import { ArtifactStore, artifactSafe } from './oauth-adapter.js';
import { identityTexts, scopeTexts } from './scopes.js';
import { errorPage, languageOf, pageHeaders } from './sign-in-html.js';
import { SignInPages } from './sign-in-pages.js';
import { hashOf } from './token.js';

export interface HttpRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string>;
  body: Buffer;
}

export interface HttpAnswer {
  status: number;
  headers: [string, string][];
  body: Buffer;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What services call each other's tokens by, whoever asked for them; see the platform's TokenVerifier. */
const issuer = 'pasar';
const audience = 'pasar';
const interactionPath = '/oauth2/interaction/';
const day = 86_400;

/**
 * The OAuth 2 and OpenID Connect authorization server: `oidc-provider` over our keys, accounts, apps and database. Its
 * access tokens are those of the rest of Pasar, with a client id and scopes.
 */
@Injectable()
export class AuthorizationServer {
  readonly #safe: Safe;
  readonly #issuer: string;
  #current: { keys: string; provider: Provider; handle: Handle } | undefined;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
    private readonly config: AuthConfig,
    private readonly keys: KeyRing,
    private readonly pages: SignInPages,
  ) {
    this.#safe = artifactSafe(config);
    this.#issuer = config.publicUrl.replace(/\/+$/, '');
  }

  /** Answers an HTTP request that came in at the gateway. */
  async answer({ method, url, headers, body }: HttpRequest): Promise<HttpAnswer> {
    const { provider, handle } = await this.#server();
    const isInteraction = url.startsWith(interactionPath);
    const { host, protocol } = new URL(this.#issuer);
    const known = { ...headers, host, 'x-forwarded-proto': protocol.slice(0, -1) };
    const answer = await new Promise<Injected>((resolve, reject) => {
      const dispatch: Handle = (request, response) => {
        const answered = isInteraction
          ? this.pages.answer(provider, request, response, body)
          : handle(request, response);
        // What fails without an answer would leave its request waiting.
        Promise.resolve(answered).catch(reject);
      };
      inject(dispatch as Parameters<typeof inject>[0], {
        method: method as 'GET',
        url,
        headers: known,
        ...(method === 'POST' && { payload: body }),
      }).then(resolve, reject);
    });
    const told = Object.entries(answer.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, String(each)]),
    );
    return { status: answer.statusCode, headers: told, body: answer.rawPayload };
  }

  /** The library takes its keys once, so each set of keys has a server of its own; what it keeps is in the database. */
  async #server() {
    const secrets = await this.keys.secrets();
    const kids = secrets.map(({ kid }) => kid).join(' ');
    if (this.#current?.keys !== kids) {
      const provider = await this.#build(secrets);
      this.#current = { keys: kids, provider, handle: provider.callback() as Handle };
    }
    return this.#current;
  }

  async #build(jwks: object[]): Promise<Provider> {
    // The eighth part of a start, for what few processes of few users do.
    const { default: Provider, errors } = await import('oidc-provider');
    const { accessTokenSeconds, sessionDays, secretKey } = this.config;
    const resource = `${this.#issuer}/api`;
    const cookieKey = Buffer.from(hkdfSync('sha256', secretKey, '', 'pasar auth oauth cookies', 32));
    const cookie = { signed: true, httpOnly: true, sameSite: 'lax' } as const;
    const provider = new Provider(this.#issuer, {
      adapter: (model: string) => new ArtifactStore(model, this.database, this.#safe),
      jwks: { keys: jwks as never },
      clientAuthMethods: ['client_secret_basic', 'none'],
      extraClientMetadata: { properties: ['app_scopes', 'app_owner'] },
      scopes: Object.keys(identityTexts),
      claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
      // Apps get the user's name with the ID token; their access token is for the API.
      conformIdTokenClaims: false,
      responseTypes: ['code'],
      pkce: { required: () => true },
      routes: {
        authorization: '/oauth2/auth',
        token: '/oauth2/token',
        userinfo: '/oauth2/userinfo',
        introspection: '/oauth2/introspect',
        revocation: '/oauth2/revoke',
        jwks: '/.well-known/jwks.json',
      },
      interactions: {
        url: (_ctx, { uid }) =>
          `${new URL(this.#issuer).pathname.replace(/\/$/, '')}${interactionPath}${uid}`,
      },
      cookies: {
        keys: [cookieKey.toString('base64url')],
        names: { session: 'pasar_sso', interaction: 'pasar_interaction', resume: 'pasar_resume' },
        long: cookie,
        short: cookie,
      },
      features: {
        devInteractions: { enabled: false },
        dPoP: { enabled: false },
        pushedAuthorizationRequests: { enabled: false },
        rpInitiatedLogout: { enabled: false },
        clientCredentials: { enabled: true },
        introspection: {
          enabled: true,
          allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
        },
        revocation: {
          enabled: true,
          allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
        },
        resourceIndicators: {
          enabled: true,
          defaultResource: (ctx, _client, oneOf) =>
            oneOf || asksForApi(ctx) ? resource : (undefined as never),
          useGrantedResource: () => true,
          getResourceServerInfo: (_ctx, indicator, client) => {
            if (indicator !== resource) throw new errors.InvalidTarget();
            return {
              scope: String(client.app_scopes ?? ''),
              audience,
              accessTokenFormat: 'jwt',
              accessTokenTTL: accessTokenSeconds,
              jwt: { sign: { alg: 'RS256' } },
            };
          },
        },
      },
      ttl: {
        AccessToken: accessTokenSeconds,
        AuthorizationCode: 60,
        ClientCredentials: accessTokenSeconds,
        Grant: 365 * day,
        IdToken: 3600,
        Interaction: 900,
        RefreshToken: sessionDays * day,
        Session: day,
      },
      rotateRefreshToken: true,
      issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
      expiresWithSession: async () => false,
      findAccount: (_ctx, id) => this.#findAccount(id),
      loadExistingGrant: (ctx) => this.#findGrant(ctx),
      extraTokenClaims: (_ctx, token) => this.#describe(token),
      formats: {
        customizers: {
          jwt: (_ctx, token, jwt) => {
            jwt.payload.iss = issuer;
            // An app without a user acts for its owner.
            if (token.kind === 'ClientCredentials') jwt.payload.sub = ownerOf(token.client);
          },
        },
      },
      renderError: (ctx, out) => {
        ctx.type = 'html';
        ctx.set(pageHeaders());
        ctx.body = errorPage(
          languageOf(ctx.get('accept-language'), ''),
          out.error,
          out.error_description ?? '',
        );
      },
    });
    // Only a hash of the secret is kept, and stands in for it.
    provider.Client.prototype.compareClientSecret = function (this: Client, given: string) {
      return timingSafeEqual(hashOf(given), Buffer.from(this.clientSecret ?? '', 'hex'));
    };
    provider.proxy = true;
    provider.use(async (ctx, next) => {
      await next();
      await this.#introspect(ctx as KoaContextWithOIDC);
    });
    const emitter: EventEmitter = provider;
    emitter.on('error', (error) => this.log.error({ err: error }, 'authorization server failed'));
    provider.on('server_error', (_ctx, error) =>
      this.log.error({ err: error }, 'authorization server failed'),
    );
    return provider;
  }

  async #findAccount(id: string) {
    const account = await findAccount(this.database.kysely, id);
    if (!account?.active) return undefined;
    const { email, emailVerified, name } = account;
    return { accountId: id, claims: () => ({ sub: id, name, email, email_verified: emailVerified }) };
  }

  /** One grant for each app that a user lets in, whatever browser they use. */
  async #findGrant({ oidc }: KoaContextWithOIDC) {
    const { session, client, provider, result } = oidc;
    const given = result?.consent?.grantId;
    if (given) return provider.Grant.find(given);
    const { rows } = await sql<{ id: string }>`
      select grant_id as id from oauth_artifact
      where account_id = ${session?.accountId ?? null} and model = 'Grant' and app_id = ${client?.clientId ?? null}
        and expires_at > now()
      order by created_at desc limit 1`.execute(this.database.kysely);
    return rows[0] && provider.Grant.find(rows[0].id);
  }

  /** What Pasar's services read from an access token, beside its scopes. */
  async #describe(token: {
    kind: string;
    accountId?: string;
    grantId?: string;
    clientId?: string;
    client?: Client;
  }) {
    const isOwn = token.kind === 'ClientCredentials';
    const account = await findAccount(
      this.database.kysely,
      isOwn ? ownerOf(token.client) : (token.accountId ?? ''),
    );
    if (!account?.active) {
      const { errors } = await import('oidc-provider');
      throw new errors.InvalidGrant('the account is closed');
    }
    const { email, name, roles, sellerId, permissions } = account;
    const sid = isOwn ? token.clientId : token.grantId;
    return {
      email,
      name,
      roles,
      sid,
      ...(sellerId && { seller: sellerId }),
      ...(permissions && { permissions }),
    };
  }

  /** RFC 7662 for access tokens, which the library leaves to those who can read them. */
  async #introspect(ctx: KoaContextWithOIDC): Promise<void> {
    const isRefused = (ctx.body as { error?: string } | undefined)?.error === 'unsupported_token_type';
    if (ctx.oidc?.route !== 'introspection' || !isRefused || !ctx.oidc.client) return;
    ctx.status = 200;
    ctx.body = await this.#readToken(String(ctx.oidc.params?.token), ctx.oidc.client.clientId);
  }

  async #readToken(token: string, clientId: string): Promise<object> {
    const keys = createLocalJWKSet({ keys: await this.keys.published() });
    const options = { issuer, audience, typ: 'at+jwt', algorithms: ['RS256'] };
    const verified = await jwtVerify(token, keys, options).catch(() => undefined);
    if (verified?.payload.client_id !== clientId) return { active: false };
    const { sid, scope, sub, exp, iat, iss, aud, jti } = verified.payload;
    if (!(await this.#isGranted(String(sid), clientId))) return { active: false };
    return { active: true, client_id: clientId, scope, sub, exp, iat, iss, aud, jti, token_type: 'Bearer' };
  }

  async #isGranted(sid: string, clientId: string): Promise<boolean> {
    if (sid === clientId) return true;
    const { rows } = await sql`
      select from oauth_artifact where model = 'Grant' and hash = ${hashOf(sid)}`.execute(
      this.database.kysely,
    );
    return rows.length > 0;
  }
}

function ownerOf(client: Client | undefined): string {
  return String(client?.app_owner ?? '');
}

/** Without a scope of the API an app only learns who the user is, by a token that only `userinfo` takes. */
function asksForApi({ oidc }: KoaContextWithOIDC): boolean {
  if (oidc.params?.grant_type === 'client_credentials') return true;
  return [...oidc.requestParamScopes].some((scope) => Object.hasOwn(scopeTexts, scope));
}

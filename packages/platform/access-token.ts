import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { Role, StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import { LRUCache } from 'lru-cache';
import { refuseUnauthenticated, type User } from './access.js';
import type { Clock } from './clock.js';
import { DomainError } from './errors.js';

/** A public key as the auth service publishes it (RFC 7517). */
export type Jwk = JsonWebKey & { kid?: string; use?: string; alg?: string };

export interface TokenVerifierOptions {
  /** Reads the current keys. */
  keys: () => Promise<Jwk[]>;
  clock: Clock;
}

const issuer = 'pasar';
const audience = 'pasar';
const maxTokenLength = 8192;
const clockSkewSeconds = 60;
/** Between two readings of the keys, however many unknown key ids arrive. */
const refetchAfterMs = 10_000;
const retryAfterMs = 1_000;
/** Keys this old are read again beside the work, so that a withdrawn one does not live on. */
const refreshAfterMs = 300_000;

/**
 * Verifies access tokens: JWTs (RFC 7519, RFC 9068) signed with RS256 and nothing else. Checking a signature costs more
 * than a whole local call, so a verified token is remembered by its text until it expires.
 */
export class TokenVerifier {
  readonly #fetchKeys: () => Promise<Jwk[]>;
  readonly #clock: Clock;
  readonly #verified: LRUCache<string, { user: User; expiresAt: number }>;
  #keys = new Map<string, KeyObject>();
  #keysReadAt = Number.NEGATIVE_INFINITY;
  #keysFailedAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor({ keys, clock }: TokenVerifierOptions) {
    this.#fetchKeys = keys;
    this.#clock = clock;
    this.#verified = new LRUCache({ max: 10_000 });
  }

  /**
   * The user that the token was issued to; a promise only where the token is not known yet.
   * @throws access.unauthenticated, or access.keys_unavailable when no key can be had to tell
   */
  verify(token: string): User | Promise<User> {
    const known = this.#verified.get(token);
    if (!known) return this.#verifyUnknown(token);
    if (this.#now() < known.expiresAt) return known.user;
    this.#verified.delete(token);
    return refuseUnauthenticated('The access token has expired.');
  }

  async #verifyUnknown(token: string): Promise<User> {
    const parts = token.split('.');
    if (token.length > maxTokenLength || parts.length !== 3) refuseInvalid();
    const [head = '', body = '', signature = ''] = parts;
    const { alg, typ, kid, crit } = decode(head);
    // The algorithm is ours to choose, never the token's: `none` and HMAC with a public key are the classic forgeries.
    if (alg !== 'RS256' || crit !== undefined || typeof kid !== 'string') refuseInvalid();
    if (typeof typ !== 'string' || typ.toLowerCase() !== 'at+jwt') refuseInvalid();
    const key = await this.#keyOf(kid);
    const signed = Buffer.from(`${head}.${body}`);
    if (!verify('sha256', signed, key, Buffer.from(signature, 'base64url'))) refuseInvalid();

    const claims = decode(body);
    const now = this.#now() / 1000;
    if (claims.iss !== issuer || ![claims.aud].flat().includes(audience)) refuseInvalid();
    if (typeof claims.exp !== 'number' || typeof claims.iat !== 'number') refuseInvalid();
    if (now >= claims.exp) refuseUnauthenticated('The access token has expired.');
    if (claims.iat > now + clockSkewSeconds) refuseInvalid();
    const user = readUser(claims, token);
    this.#verified.set(token, { user, expiresAt: claims.exp * 1000 });
    return user;
  }

  async #keyOf(kid: string): Promise<KeyObject> {
    const known = this.#keys.get(kid);
    if (known) {
      if (this.#now() > this.#keysReadAt + refreshAfterMs) this.#refreshKeys().catch(() => {});
      return known;
    }
    if (this.#now() >= this.#keysReadAt + refetchAfterMs) {
      try {
        await this.#refreshKeys();
      } catch (cause) {
        const message = 'Access tokens cannot be checked at the moment.';
        throw new DomainError('access.keys_unavailable', 'unavailable', message, { retryAfter: 1, cause });
      }
    }
    return this.#keys.get(kid) ?? refuseInvalid();
  }

  /** Reads the keys anew; those who ask meanwhile share the reading, and a failed one is not repeated for a moment. */
  #refreshKeys(): Promise<void> {
    if (!this.#reading && this.#now() < this.#keysFailedAt + retryAfterMs) {
      return Promise.reject(new Error('the keys could not be read a moment ago'));
    }
    this.#reading ??= this.#replaceKeys().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #replaceKeys(): Promise<void> {
    try {
      this.#keys = readKeys(await this.#fetchKeys());
      this.#keysReadAt = this.#now();
    } catch (error) {
      this.#keysFailedAt = this.#now();
      throw error;
    }
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

/** The keys that may have signed a token of ours, by id. */
function readKeys(jwks: Jwk[]): Map<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const jwk of jwks) {
    const { kid, kty, use = 'sig', alg = 'RS256' } = jwk;
    if (!kid || kty !== 'RSA' || use !== 'sig' || alg !== 'RS256') continue;
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    // RFC 7518, 3.3: a shorter one must not be used.
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) keys.set(kid, key);
  }
  return keys;
}

function decode(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Not JSON: refused below like anything else that is no token of ours.
  }
  return refuseInvalid();
}

/** Frozen, because everyone who sends the same token shares it. */
function readUser(claims: Record<string, unknown>, token: string): User {
  const { sub, email, name, roles, seller, permissions, sid, client_id: clientId, scope } = claims;
  if (typeof sub !== 'string' || typeof email !== 'string' || typeof sid !== 'string') refuseInvalid();
  if (!Array.isArray(roles)) refuseInvalid();
  return Object.freeze({
    id: sub,
    email,
    ...(typeof name === 'string' && { name }),
    roles: Object.freeze(roles.map(readRole).filter((role) => role !== Role.ROLE_UNSPECIFIED)),
    ...(typeof seller === 'string' && { sellerId: seller }),
    ...(permissions !== undefined && { permissions: Object.freeze(readPermissions(permissions)) }),
    sessionId: sid,
    // Only apps have a client id; one without scopes may nothing.
    ...(clientId !== undefined && { app: readApp(clientId, scope) }),
    token,
  });
}

function readApp(clientId: unknown, scope: unknown) {
  if (typeof clientId !== 'string') refuseInvalid();
  const scopes = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
  return Object.freeze({ clientId, scopes: Object.freeze(scopes) });
}

/** A role that this version does not know grants nothing. */
function readRole(name: unknown): Role {
  const role =
    typeof name === 'string' && Object.hasOwn(Role, name) ? Role[name as keyof typeof Role] : undefined;
  return typeof role === 'number' ? role : Role.ROLE_UNSPECIFIED;
}

/** What this version does not know permits nothing: not what a method without a permission asks for either. */
function readPermissions(names: unknown): StorePermission[] {
  if (!Array.isArray(names)) return [];
  return names
    .map((name) => StorePermission[name as keyof typeof StorePermission])
    .filter((code) => typeof code === 'number' && code !== StorePermission.STORE_PERMISSION_UNSPECIFIED);
}

/** The token of an `authorization` header (RFC 6750), undefined without one. @throws access.unauthenticated */
export function bearerToken(authorization: string | null | undefined): string | undefined {
  if (authorization === null || authorization === undefined) return undefined;
  return authorization.slice(0, 7).toLowerCase() === 'bearer ' ? authorization.slice(7) : refuseInvalid();
}

function refuseInvalid(): never {
  return refuseUnauthenticated('The access token is not valid.');
}

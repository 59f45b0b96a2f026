import { createHmac, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { refuseUnauthenticated } from './access.js';
import type { Clock } from './clock.js';

/** Travels between the services' processes; what comes from elsewhere under this name is never trusted. */
export const serviceTokenHeader = 'pasar-service-token';

const lifeSeconds = 60;

/**
 * Which service calls, proved to another process by a secret that only the services share (HMAC-SHA-256). A token is
 * `<service>.<expiry, Unix seconds>.<signature>`, lives a minute, and is used for half of it.
 */
export class ServiceTokens {
  readonly #secret: string;
  readonly #clock: Clock;
  readonly #signed = new Map<string, { token: string; renewAt: number }>();
  readonly #verified = new LRUCache<string, { service: string; expiresAt: number }>({ max: 1000 });

  constructor(secret: string, clock: Clock) {
    if (secret.length < 16) throw new Error('the service secret needs 16 characters or more');
    this.#secret = secret;
    this.#clock = clock;
  }

  sign(service: string): string {
    const now = this.#clock.now().getTime();
    const current = this.#signed.get(service);
    if (current && now < current.renewAt) return current.token;
    const claim = `${service}.${Math.floor(now / 1000) + lifeSeconds}`;
    const token = `${claim}.${this.#signature(claim)}`;
    this.#signed.set(service, { token, renewAt: now + (lifeSeconds / 2) * 1000 });
    return token;
  }

  /** The service that the token names. @throws access.unauthenticated */
  verify(token: string): string {
    const now = this.#clock.now().getTime();
    const known = this.#verified.get(token) ?? this.#read(token);
    if (now >= known.expiresAt) refuseUnauthenticated('The service token has expired.');
    return known.service;
  }

  #read(token: string): { service: string; expiresAt: number } {
    const [service = '', expiry = '', signature = '', ...rest] = token.split('.');
    const expected = Buffer.from(this.#signature(`${service}.${expiry}`));
    const given = Buffer.from(signature);
    if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) {
      refuseUnauthenticated('The service token is not valid.');
    }
    const claim = { service, expiresAt: Number(expiry) * 1000 };
    this.#verified.set(token, claim);
    return claim;
  }

  #signature(claim: string): string {
    return createHmac('sha256', this.#secret).update(claim).digest('base64url');
  }
}

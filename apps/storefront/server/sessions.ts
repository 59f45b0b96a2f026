import type { PasarClient } from '@pasar/sdk';
import { ApiError } from '@pasar/sdk/api-error';
import { cookieAges, cookieName, cookieOptions, setCookie } from './cookies.js';

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** Seconds. */
  expiresIn: number;
}

export interface SessionsOptions {
  /** The API as this customer's address and browser ask it. */
  client(headers: Record<string, string>): PasarClient;
  /** Cookies are for TLS only. */
  secure: boolean;
  /** Milliseconds. */
  now?(): number;
}

/** An access token that lives shorter than this is renewed: the page that is being made needs it a while yet. */
const marginMs = 30_000;
/** Tabs that had sent the spent token before its successor reached them get the same answer. */
const rememberMs = 10_000;

/**
 * Renews tokens before a request is handled, so that nothing behind it meets an expired one. A refresh token can be
 * spent once: all requests that carry the same one, from however many tabs, share one renewal.
 */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #now: () => number;
  readonly #renewals = new Map<string, Promise<Tokens | 'over'>>();

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Changes the cookies of a request to what they should be.
   * @returns what the browser is to keep
   * @throws when the API cannot be asked; the session may well go on
   */
  async renew(cookies: Map<string, string>, headers: Record<string, string>): Promise<string[]> {
    const { secure } = this.#options;
    const access = cookieName('access', secure);
    const refresh = cookieName('refresh', secure);
    const spent = cookies.get(refresh);
    if (!spent || this.#livesOn(cookies.get(access))) return [];
    const tokens = await this.#share(spent, headers);
    if (tokens === 'over') {
      cookies.delete(access);
      cookies.delete(refresh);
      return [access, refresh].map((name) => setCookie(name, '', cookieOptions(secure, 0)));
    }
    cookies.set(access, tokens.accessToken);
    cookies.set(refresh, tokens.refreshToken);
    return [
      setCookie(access, tokens.accessToken, cookieOptions(secure, tokens.expiresIn)),
      setCookie(refresh, tokens.refreshToken, cookieOptions(secure, cookieAges.refresh)),
    ];
  }

  /** What the token says of itself; the API checks whether it is true. */
  #livesOn(accessToken: string | undefined): boolean {
    const [, payload] = accessToken?.split('.') ?? [];
    if (!payload) return false;
    try {
      const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
      return exp * 1000 > this.#now() + marginMs;
    } catch {
      return false;
    }
  }

  #share(refreshToken: string, headers: Record<string, string>): Promise<Tokens | 'over'> {
    let renewal = this.#renewals.get(refreshToken);
    if (!renewal) {
      renewal = this.#ask(refreshToken, headers);
      this.#renewals.set(refreshToken, renewal);
      const forget = () => this.#renewals.delete(refreshToken);
      renewal.then(() => setTimeout(forget, rememberMs).unref(), forget);
    }
    return renewal;
  }

  async #ask(refreshToken: string, headers: Record<string, string>): Promise<Tokens | 'over'> {
    try {
      return await this.#options.client(headers).post('/api/v1/auth/refresh', { body: { refreshToken } });
    } catch (error) {
      if (error instanceof ApiError && [400, 401, 403, 404].includes(error.status)) return 'over';
      throw error;
    }
  }
}

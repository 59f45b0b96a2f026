import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { notFound } from '@pasar/platform/errors';
import { decodePageToken, pageOf, pageSize } from '@pasar/platform/page';
import { Log } from '@pasar/platform/telemetry';
import { lockAccount } from './account-store.js';
import { type Account, assertId, type Device, invalidCredentials, invalidRefreshToken } from './auth.js';
import { AuthConfig } from './config.js';
import { KeyRing } from './key-ring.js';
import { Passwords } from './passwords.js';
import { type Challenge, SecondFactor } from './second-factor.js';
import {
  deleteSession,
  deleteSessionOfToken,
  deleteSessions,
  findToken,
  insertSession,
  type KnownToken,
  listSessions,
  type NewSession,
  openSession,
  rotateToken,
} from './session-store.js';
import { hashOf, successorOf } from './token.js';

/** What a client gets when it has signed in. */
export interface Grant {
  account: Account;
  accessToken: string;
  refreshToken: string;
  /** Life of the access token in seconds. */
  expiresIn: number;
}

/** A session is one device: a family of refresh tokens, each spent at its first use. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly config: AuthConfig,
    private readonly keys: KeyRing,
    private readonly passwords: Passwords,
    private readonly secondFactor: SecondFactor,
  ) {}

  /**
   * Opens a session, or asks for a code of who has a second factor.
   * @throws DomainError `auth.invalid_credentials`, `auth.locked`
   */
  async signIn(email: string, password: string, device: Device): Promise<Grant | Challenge> {
    const credentials = await this.passwords.check(email, password);
    if (!credentials) throw invalidCredentials();
    const { session, refreshToken } = this.prepare(device);
    const { id, passwordHash } = credentials;
    const account = await openSession(this.database, id, passwordHash, session);
    if (!account) {
      const challenge = await this.secondFactor.challenge(id, passwordHash);
      // Changed, closed or locked while the password was hashed.
      if (!challenge) throw invalidCredentials();
      return challenge;
    }
    const grant = await this.grant(account, session.id, refreshToken);
    await this.passwords.renew(passwordHash, password);
    return grant;
  }

  /** Opens the session that a challenge stood before. @throws DomainError `auth.invalid_challenge`, `auth.wrong_code`, `auth.locked` */
  async confirmSignIn(challenge: string, code: string, device: Device): Promise<Grant> {
    const { session, refreshToken } = this.prepare(device);
    const account = await this.secondFactor.meet(challenge, code, async (tx, account) => {
      await insertSession(tx, account.id, session);
      return account;
    });
    return this.grant(account, session.id, refreshToken);
  }

  /** A session that is to be stored, and its first refresh token. */
  prepare(device: Device): { session: NewSession; refreshToken: string } {
    const refreshToken = this.clock.secret();
    const now = this.clock.now();
    const id = this.clock.id();
    return {
      refreshToken,
      session: { id, tokenHash: hashOf(refreshToken), ...device, now, expiresAt: this.#expiry(now) },
    };
  }

  async grant(account: Account, sessionId: string, refreshToken: string): Promise<Grant> {
    const expiresIn = this.config.accessTokenSeconds;
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000);
    const accessToken = await this.keys.sign({
      iss: 'pasar',
      aud: 'pasar',
      sub: account.id,
      email: account.email,
      name: account.name,
      roles: account.roles,
      ...(account.sellerId && { seller: account.sellerId }),
      ...(account.permissions && { permissions: account.permissions }),
      sid: sessionId,
      iat: issuedAt,
      exp: issuedAt + expiresIn,
      jti: this.clock.id(),
    });
    return { account, accessToken, refreshToken, expiresIn };
  }

  /**
   * Trades a refresh token for the next one and an access token with the account's present roles.
   * @throws DomainError `auth.invalid_refresh_token`
   */
  async refresh(refreshToken: string, device: Device): Promise<Grant> {
    const now = this.clock.now();
    const salt = Buffer.from(this.clock.secret(), 'base64url');
    const successor = successorOf(refreshToken, salt);
    const rotated = await rotateToken(this.database, {
      hash: hashOf(refreshToken),
      successorHash: hashOf(successor),
      salt,
      ...device,
      now,
      expiresAt: this.#expiry(now),
    });
    if (rotated) return this.grant(rotated.account, rotated.sessionId, successor);
    return this.#answerAgain(refreshToken, device, now);
  }

  /**
   * A spent token. Shortly after it was spent, by the client that spent it, it is two tabs or an answer that was lost:
   * it gets the token that followed, the same for everybody, so that the family stays one chain. Anything else means
   * that somebody has a copy, and ends the session (RFC 9700, 4.14.2). So does a thief who was the faster one of the
   * two: chain and clients part at the next use.
   */
  async #answerAgain(refreshToken: string, device: Device, now: Date): Promise<Grant> {
    let token = refreshToken;
    let known = await findToken(this.database.kysely, hashOf(token), now);
    if (!known?.spentAt) throw invalidRefreshToken();
    while (known.spentAt && known.salt) {
      if (!this.#isRepeat(known, device, now)) {
        await deleteSession(this.database.kysely, known.account.id, known.sessionId);
        const { sessionId, account } = known;
        this.log.warn(
          { sessionId, accountId: account.id, ...device },
          'spent refresh token used, session ended',
        );
        throw invalidRefreshToken();
      }
      token = successorOf(token, known.salt);
      known = await findToken(this.database.kysely, hashOf(token), now);
      if (!known) throw invalidRefreshToken();
    }
    return this.grant(known.account, known.sessionId, token);
  }

  #isRepeat({ spentAt, userAgent }: KnownToken, device: Device, now: Date): boolean {
    const age = now.getTime() - (spentAt?.getTime() ?? 0);
    return age < this.config.refreshGraceSeconds * 1000 && userAgent === device.userAgent;
  }

  /** Live sessions, newest first. */
  async list(accountId: string, size: number, pageToken: string) {
    const limit = pageSize(size);
    const [after] = decodePageToken(pageToken, 1) ?? [];
    if (after) assertId(after, 'pageToken');
    const rows = await listSessions(this.database.kysely, accountId, this.clock.now(), limit + 1, after);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws DomainError `session.not_found`, also for somebody else's */
  async end(accountId: string, id: string): Promise<void> {
    if (!(await deleteSession(this.database.kysely, accountId, id))) throw notFound('session');
  }

  /** Ends the session of a refresh token, or else of an access token; it may have ended before. */
  async signOut(refreshToken: string, user: { id: string; sessionId: string } | undefined): Promise<void> {
    if (refreshToken) await deleteSessionOfToken(this.database.kysely, hashOf(refreshToken));
    else if (user) await deleteSession(this.database.kysely, user.id, user.sessionId);
  }

  async endAll(accountId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockAccount(tx, accountId);
      await deleteSessions(tx, accountId);
    });
  }

  #expiry(now: Date): Date {
    return new Date(now.getTime() + this.config.sessionDays * 86_400_000);
  }
}

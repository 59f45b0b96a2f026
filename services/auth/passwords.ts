import { Injectable } from '@nestjs/common';
import {
  UserTokenIssued_Purpose as Purpose,
  UserTokenIssuedSchema,
} from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { DomainError } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { sql } from 'kysely';
import {
  type Credentials,
  findAccount,
  findCredentials,
  findLink,
  forgive,
  insertLink,
  lockAccount,
  markVerified,
  recordFailure,
  renewPasswordHash,
  setPasswordHash,
  spendLinks,
  unlock,
} from './account-store.js';
import { deleteArtifacts } from './app-store.js';
import { invalidLinkToken, locked, lockSchedule, normaliseEmail, wrongPassword } from './auth.js';
import { AuthConfig } from './config.js';
import { assertStrong } from './password.js';
import { PasswordHasher } from './password-hasher.js';
import { findTotp } from './second-factor-store.js';
import { deleteSessions } from './session-store.js';
import { hashOf } from './token.js';

/** Failures are forgotten when there was none for this long. */
export const failureMemoryMs = 86_400_000;

export type Checked = Credentials & { passwordHash: string };

@Injectable()
export class Passwords {
  readonly #schedule: number[];

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: AuthConfig,
    private readonly hasher: PasswordHasher,
  ) {
    const { lockAfter, lockSeconds, lockMaxSeconds } = config;
    this.#schedule = lockSchedule({
      after: lockAfter,
      firstSeconds: lockSeconds,
      maxSeconds: lockMaxSeconds,
    });
  }

  /**
   * The open account of an e-mail address, if the password is right. An unknown address costs the same work and counts
   * to the same lock. Who gets an account must go on by a statement that checks the lock again: guesses that are hashed
   * at the same time all begin unlocked.
   * @throws DomainError `auth.locked`, also for the right password
   */
  async check(email: string, password: string): Promise<Checked | undefined> {
    const address = normaliseEmail(email);
    const { credentials, lockedUntil } = await findCredentials(this.database.kysely, address);
    this.#assertNotLocked(lockedUntil);
    const matches = await this.hasher.verify(credentials?.passwordHash ?? null, password);
    if (matches) return credentials as Checked;
    this.#assertNotLocked(await this.recordFailure(this.database.kysely, address));
    return undefined;
  }

  /** Counts a failed sign-in. @returns the end of a lock that stood already */
  recordFailure(executor: Executor<unknown>, address: string): Promise<Date | undefined> {
    const now = this.clock.now();
    const forgetBefore = new Date(now.getTime() - failureMemoryMs);
    return recordFailure(executor, address, this.#schedule, now, forgetBefore);
  }

  /** Forgets failures and locks. */
  forgive(tx: Executor<unknown>, address: string): Promise<void> {
    return unlock(tx, address);
  }

  /**
   * Checks the password of somebody who is signed in.
   * @throws DomainError `auth.wrong_password`, `auth.locked`
   */
  async confirm(accountId: string, password: string): Promise<Checked> {
    const account = await findAccount(this.database.kysely, accountId);
    const credentials = account && (await this.check(account.email, password));
    if (!credentials) throw wrongPassword();
    await this.settle(credentials);
    return credentials;
  }

  /** Forgets failures after the right password. @throws DomainError `auth.locked` when a lock came in between */
  async settle({ email }: Checked): Promise<void> {
    this.#assertNotLocked(await forgive(this.database.kysely, email, this.clock.now()));
  }

  /** `confirm`, before the account is deleted. */
  async confirmDeletion(accountId: string, password: string): Promise<void> {
    const { roles } = await this.confirm(accountId, password);
    if (roles.includes('SUPER_ADMIN')) {
      const message = 'Give the role SUPER_ADMIN back before you delete the account.';
      throw new DomainError('auth.super_admin', 'conflict', message);
    }
  }

  /** Sets a new password and ends all sessions but the one that asks. */
  async change(accountId: string, sessionId: string, current: string, wanted: string): Promise<void> {
    const confirmed = await this.confirm(accountId, current);
    assertStrong(wanted, confirmed, 'newPassword');
    const hash = await this.hasher.hash(wanted);
    await this.database.transaction(async (tx) => {
      const account = await lockAccount(tx, accountId);
      // Changed at the same time by somebody who knew the old one as well, or reset by its owner.
      if (account?.passwordHash !== confirmed.passwordHash) throw wrongPassword();
      await setPasswordHash(tx, accountId, hash);
      await deleteSessions(tx, accountId, sessionId);
      await spendLinks(tx, accountId, 'RESET_PASSWORD', this.clock.now());
    });
  }

  /** Sends a link to set a new password, if the address has an account; to the caller both are the same. */
  async requestReset(email: string): Promise<void> {
    const token = this.clock.secret();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.config.resetMinutes * 60_000);
    const link = { hash: hashOf(token), purpose: 'RESET_PASSWORD', now, expiresAt } as const;
    await this.database.transaction(async (tx) => {
      const account = await insertLink(tx, sql`a.email = ${normaliseEmail(email)}`, link);
      if (!account) return;
      const facts = { userId: account.id, email: account.email, purpose: Purpose.RESET_PASSWORD, token };
      await this.outbox.append(tx, event(UserTokenIssuedSchema, account.id, facts));
    });
    this.outbox.wake();
  }

  /** Sets a new password by a link's token and ends all sessions. @throws DomainError `auth.invalid_token` */
  async reset(token: string, password: string): Promise<void> {
    const now = this.clock.now();
    const owner = await findLink(this.database.kysely, hashOf(token), 'RESET_PASSWORD', now);
    if (!owner) throw invalidLinkToken();
    assertStrong(password, owner);
    const hash = await this.hasher.hash(password);
    await this.database.transaction(async (tx) => {
      const account = await lockAccount(tx, owner.id);
      if (!account) throw invalidLinkToken();
      const spent = await spendLinks(tx, account.id, 'RESET_PASSWORD', now);
      if (!spent.some((link) => link.equals(hashOf(token)))) throw invalidLinkToken();
      await setPasswordHash(tx, account.id, hash);
      // The link came through the mailbox.
      await markVerified(tx, account.id, now);
      await deleteSessions(tx, account.id);
      // Whoever had got in may have let an app in.
      await deleteArtifacts(tx, account.id);
      // With a second factor a mailbox is not all that it takes, and must not give more guesses at codes.
      if (!(await findTotp(tx, account.id))?.confirmedAt) await unlock(tx, account.email);
    });
  }

  /** Hashes a password that was just checked anew, when its hash was made at another cost than is set now. */
  async renew(passwordHash: string, password: string): Promise<void> {
    if (!this.hasher.isOutdated(passwordHash)) return;
    await renewPasswordHash(this.database.kysely, passwordHash, await this.hasher.hash(password));
  }

  #assertNotLocked(until: Date | null | undefined): void {
    const now = this.clock.now();
    if (until && until > now) throw locked(until, now);
  }
}

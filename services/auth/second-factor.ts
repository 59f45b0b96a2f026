import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { DomainError } from '@pasar/platform/errors';
import { Safe } from '@pasar/platform/safe';
import { type Credentials, findAccount, lockAccount } from './account-store.js';
import { locked } from './auth.js';
import { AuthConfig } from './config.js';
import { Passwords } from './passwords.js';
import {
  confirmTotp,
  deleteTotp,
  findChallenge,
  findTotp,
  insertChallenge,
  insertTotp,
  lockOf,
  replaceRecoveryCodes,
  spendChallenge,
  spendRecoveryCode,
  spendStep,
  type Totp,
} from './second-factor-store.js';
import { hashOf } from './token.js';
import { base32, matchStep, normaliseRecoveryCode, otpauthUri, recoveryCode } from './totp.js';

/** How long somebody may look for the phone. */
const challengeSeconds = 300;
const secretBytes = 20;
const recoveryCodes = 10;

/** Of a sign-in that is yet to bring a code. */
export interface Challenge {
  challenge: string;
  expiresIn: number;
}

type Executing = Executor<unknown>;

/** Time-based codes (RFC 6238), and recovery codes for who has lost the device. */
@Injectable()
export class SecondFactor {
  readonly #safe: Safe;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passwords: Passwords,
    config: AuthConfig,
  ) {
    this.#safe = new Safe(config.secretKey, 'pasar auth totp');
  }

  async state(accountId: string): Promise<{ enabled: boolean; recoveryCodesLeft: number }> {
    const totp = await findTotp(this.database.kysely, accountId);
    return totp?.confirmedAt
      ? { enabled: true, recoveryCodesLeft: totp.recoveryCodes }
      : { enabled: false, recoveryCodesLeft: 0 };
  }

  /**
   * A new secret, which counts once a code of it is confirmed.
   * @throws DomainError `auth.wrong_password`, `auth.locked`, `auth.totp_enabled`
   */
  async enrol(accountId: string, password: string): Promise<{ secret: string; uri: string }> {
    const { email } = await this.passwords.confirm(accountId, password);
    const secret = Buffer.from(this.clock.secret(secretBytes), 'base64url');
    const kept = await insertTotp(this.database, accountId, this.#safe.seal(secret, accountId));
    if (!kept) throw alreadyEnabled();
    return { secret: base32(secret), uri: otpauthUri(secret, 'Pasar', email) };
  }

  /** From now on a sign-in needs a code. @returns recovery codes, this once */
  async confirm(accountId: string, code: string): Promise<string[]> {
    return this.database.transaction(async (tx) => {
      await lockAccount(tx, accountId);
      const totp = await findTotp(tx, accountId);
      if (!totp) throw notEnabled();
      if (totp.confirmedAt) throw alreadyEnabled();
      // Guesses are not counted: whoever may confirm was told the secret.
      const now = this.clock.now();
      const step = matchStep(this.#open(totp, accountId), digitsOf(code) ?? '', now, totp.lastStep);
      if (step === undefined) throw wrongCode();
      await confirmTotp(tx, accountId, step, now);
      return this.#makeRecoveryCodes(tx, accountId);
    });
  }

  /** @throws DomainError `auth.wrong_password`, `auth.wrong_code`, `auth.locked`, `auth.totp_disabled` */
  async disable(accountId: string, password: string, code: string): Promise<void> {
    await this.passwords.confirm(accountId, password);
    await this.#withCode(accountId, code, async (tx, { email }) => {
      await deleteTotp(tx, accountId);
      await this.passwords.forgive(tx, email);
    });
  }

  /** @throws DomainError `auth.wrong_code`, `auth.locked`, `auth.totp_disabled` */
  renewRecoveryCodes(accountId: string, code: string): Promise<string[]> {
    return this.#withCode(accountId, code, (tx) => this.#makeRecoveryCodes(tx, accountId));
  }

  /**
   * What asks for a code, if the account wants one.
   * @param passwordHash what the password was checked against, or null where another provider vouched for the person
   */
  async challenge(accountId: string, passwordHash: string | null): Promise<Challenge | undefined> {
    const challenge = this.clock.secret();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + challengeSeconds * 1000);
    const kept = { hash: hashOf(challenge), accountId, passwordHash, now, expiresAt };
    if (!(await insertChallenge(this.database, kept))) return undefined;
    return { challenge, expiresIn: challengeSeconds };
  }

  /**
   * Meets a challenge by a code, and does what it stood in the way of, in one transaction.
   * @throws DomainError `auth.invalid_challenge`, `auth.wrong_code`, `auth.locked`
   */
  async meet<Result>(
    challenge: string,
    code: string,
    then: (tx: Executing, account: Credentials) => Promise<Result>,
  ): Promise<Result> {
    const hash = hashOf(challenge);
    const accountId = await findChallenge(this.database.kysely, hash, this.clock.now());
    if (!accountId || !(await findAccount(this.database.kysely, accountId))?.active) throw invalidChallenge();
    return this.#withCode(accountId, code, async (tx, account) => {
      if (!(await spendChallenge(tx, hash))) throw invalidChallenge();
      await this.passwords.forgive(tx, account.email);
      return then(tx, account);
    });
  }

  /**
   * Takes a code and goes on. Guesses at one account are decided one after the other, so that none slips through before
   * the lock of those that came with it; a wrong one is counted in a transaction that commits.
   */
  async #withCode<Result>(
    accountId: string,
    code: string,
    then: (tx: Executing, account: Credentials) => Promise<Result>,
  ): Promise<Result> {
    const outcome = await this.database.transaction(async (tx) => {
      const account = await lockAccount(tx, accountId);
      const totp = account && (await findTotp(tx, accountId));
      if (!account || !totp?.confirmedAt) return notEnabled();
      const now = this.clock.now();
      const lockedUntil = await lockOf(tx, account.email, now);
      if (lockedUntil) return locked(lockedUntil, now);
      if (!(await this.#spend(tx, accountId, totp, code, now))) {
        await this.passwords.recordFailure(tx, account.email);
        return wrongCode();
      }
      return { done: await then(tx, account) };
    });
    if (outcome instanceof DomainError) throw outcome;
    return outcome.done;
  }

  async #spend(tx: Executing, accountId: string, totp: Totp, code: string, now: Date): Promise<boolean> {
    const digits = digitsOf(code);
    if (!digits) return spendRecoveryCode(tx, accountId, hashOf(normaliseRecoveryCode(code)));
    const step = matchStep(this.#open(totp, accountId), digits, now, totp.lastStep);
    if (step !== undefined) await spendStep(tx, accountId, step);
    return step !== undefined;
  }

  async #makeRecoveryCodes(tx: Executing, accountId: string): Promise<string[]> {
    const codes = Array.from({ length: recoveryCodes }, () =>
      recoveryCode(Buffer.from(this.clock.secret(), 'base64url')),
    );
    await replaceRecoveryCodes(tx, accountId, codes.map(hashOf));
    return codes;
  }

  #open({ secret }: Totp, accountId: string): Buffer {
    return this.#safe.open(secret, accountId);
  }
}

/** What an authenticator app shows, however it was typed; not a recovery code. */
function digitsOf(code: string): string | undefined {
  const digits = code.replace(/\s/g, '');
  return /^[0-9]{6}$/.test(digits) ? digits : undefined;
}

/** Wrong, used before or too old; not 401, which would send clients to sign in again. */
function wrongCode(): DomainError {
  return new DomainError('auth.wrong_code', 'forbidden', 'The code is wrong, or it was used already.');
}

function invalidChallenge(): DomainError {
  return new DomainError('auth.invalid_challenge', 'unauthenticated', 'Sign in again.');
}

function alreadyEnabled(): DomainError {
  return new DomainError('auth.totp_enabled', 'conflict', 'A second factor is set up already.');
}

function notEnabled(): DomainError {
  return new DomainError('auth.totp_disabled', 'conflict', 'No second factor is set up.');
}

import { Injectable } from '@nestjs/common';
import { UserRegisteredSchema } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { Safe } from '@pasar/platform/safe';
import { insertAccounts, lockAccount } from './account-store.js';
import { type Account, type Device, invalidCredentials, normaliseEmail, normaliseName } from './auth.js';
import { AuthConfig } from './config.js';
import {
  deleteIdentity,
  findByIdentity,
  type Identity,
  insertIdentity,
  insertSignIn,
  listIdentities,
  takeSignIn,
} from './identity-store.js';
import { OutsideProvider, type Person, type Secrets } from './outside-provider.js';
import { type Challenge, SecondFactor } from './second-factor.js';
import { insertSession } from './session-store.js';
import { type Grant, Sessions } from './sessions.js';
import { hashOf } from './token.js';

/** How long somebody may take at the provider. */
const signInSeconds = 600;

export interface Begun {
  /** Where the browser goes. */
  authorizationUrl: string;
  /** What its client keeps and brings back: nobody else can end the sign-in, not even who knows the callback. */
  flow: string;
}

/**
 * Signing in by an outside provider. It signs in to the account that it is linked to. Where there is none, a verified
 * e-mail address makes one; but never does an address alone open an account that exists: its owner links it while signed
 * in. Otherwise whoever gets hold of an address, or registers it here first, would share the account.
 */
@Injectable()
export class OutsideSignIn {
  readonly #safe: Safe;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: AuthConfig,
    private readonly provider: OutsideProvider,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
  ) {
    this.#safe = new Safe(config.secretKey, 'pasar auth outside sign-in');
  }

  /** Of the provider; empty where none is set. */
  get issuer(): string {
    return this.config.oidcIssuer ?? '';
  }

  /**
   * @param accountId whose account is to be linked; null for a sign-in
   * @throws DomainError `auth.no_provider`, `auth.provider_unavailable`
   */
  async begin(redirectUri: string, accountId: string | null): Promise<Begun> {
    const allowed = this.config.oidcRedirectUris;
    const chosen = redirectUri || (allowed[0] ?? '');
    if (!allowed.includes(chosen))
      throw invalidField('redirectUri', 'is not one of PASAR_AUTH_OIDC_REDIRECT_URIS');
    const { url, secrets } = await this.provider.begin(chosen);
    const flow = this.clock.secret();
    const hash = hashOf(flow);
    await insertSignIn(this.database, {
      hash,
      secrets: this.#safe.seal(Buffer.from(JSON.stringify(secrets)), hash.toString('hex')),
      redirectUri: chosen,
      accountId,
      expiresAt: new Date(this.clock.now().getTime() + signInSeconds * 1000),
    });
    return { authorizationUrl: url, flow };
  }

  /**
   * Signs in who came back, and makes the account where there is none.
   * @throws DomainError `auth.invalid_flow`, `auth.outside_refused`, `auth.email_not_verified`, `auth.link_required`
   */
  async finish(flow: string, query: string, device: Device): Promise<Grant | Challenge> {
    const person = await this.#vouched(flow, query, null);
    const { session, refreshToken } = this.sessions.prepare(device);
    const { account, asksCode } = await this.database.transaction(async (tx) => {
      const known = await findByIdentity(tx, person.issuer, person.subject);
      if (known && !known.active) throw invalidCredentials();
      const owner = known ?? { ...(await this.#register(tx, person)), asksCode: false };
      if (!owner.asksCode) await insertSession(tx, owner.id, session);
      return { account: owner as Account, asksCode: owner.asksCode };
    });
    this.outbox.wake();
    if (!asksCode) return this.sessions.grant(account, session.id, refreshToken);
    const challenge = await this.secondFactor.challenge(account.id, null);
    // Locked, or closed since.
    if (!challenge) throw invalidCredentials();
    return challenge;
  }

  /**
   * Links who came back to the account that asked for it.
   * @throws DomainError `auth.invalid_flow`, `auth.outside_refused`, `auth.identity_taken`
   */
  async link(accountId: string, flow: string, query: string): Promise<Identity> {
    const { issuer, subject, email } = await this.#vouched(flow, query, accountId);
    const identity = { issuer, subject, email: normaliseEmail(email), linkedAt: this.clock.now() };
    await this.database.transaction(async (tx) => {
      if (!(await lockAccount(tx, accountId))) throw notFound('account');
      if (!(await insertIdentity(tx, accountId, identity))) throw identityTaken();
    });
    return identity;
  }

  list(accountId: string): Promise<Identity[]> {
    return listIdentities(this.database.kysely, accountId);
  }

  /** @throws DomainError `identity.not_found`, `auth.last_sign_in` */
  async unlink(accountId: string, issuer: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const account = await lockAccount(tx, accountId);
      if (!account || !(await deleteIdentity(tx, accountId, issuer))) throw notFound('identity');
      if (!account.passwordHash && (await listIdentities(tx, accountId)).length === 0) {
        throw new DomainError(
          'auth.last_sign_in',
          'conflict',
          'Set a password first: nothing else would sign you in.',
        );
      }
    });
  }

  /** Each sign-in ends once, by the client that began it and for what it was begun. */
  async #vouched(flow: string, query: string, accountId: string | null): Promise<Person> {
    const begun = await takeSignIn(this.database, hashOf(flow), accountId, this.clock.now());
    if (!begun) throw new DomainError('auth.invalid_flow', 'unauthenticated', 'Begin to sign in again.');
    const sealed = this.#safe.open(begun.secrets, begun.hash.toString('hex')).toString();
    const url = new URL(begun.redirectUri);
    url.search = query.replace(/^\?/, '');
    return this.provider.finish(url, JSON.parse(sealed) as Secrets);
  }

  async #register(tx: Executor<unknown>, person: Person): Promise<Account> {
    const { issuer, subject, emailVerified } = person;
    const email = normaliseEmail(person.email);
    if (!emailVerified || !email) {
      const message = 'The other provider has not verified your e-mail address.';
      throw new DomainError('auth.email_not_verified', 'forbidden', message);
    }
    const now = this.clock.now();
    const account: Account = {
      id: this.clock.id(),
      email,
      name: normaliseName(person.name.slice(0, 120).trim() || email.split('@', 1)[0] || email),
      roles: ['CUSTOMER'],
      sellerId: null,
      permissions: null,
      emailVerified: true,
      active: true,
      createdAt: now,
    };
    // The owner's address makes a SUPER_ADMIN, which no other provider is to decide.
    const isReserved = email === this.config.ownerEmail;
    const inserted = isReserved
      ? []
      : await insertAccounts(tx, [{ ...account, passwordHash: null, emailVerifiedAt: now }], now);
    if (inserted.length === 0) {
      // Another tab of the same person may have been faster.
      const made = await findByIdentity(tx, issuer, subject);
      if (made?.active) return made;
      throw linkRequired();
    }
    if (!(await insertIdentity(tx, account.id, { issuer, subject, email, linkedAt: now })))
      throw identityTaken();
    const facts = { userId: account.id, email, name: account.name, locale: 'id' };
    await this.outbox.append(tx, event(UserRegisteredSchema, account.id, facts));
    return account;
  }
}

function linkRequired(): DomainError {
  const message =
    'There is an account with this e-mail address. Sign in to it and link the other provider there.';
  return new DomainError('auth.link_required', 'conflict', message);
}

function identityTaken(): DomainError {
  const message = 'It is linked to another account, or this account to another one of that provider.';
  return new DomainError('auth.identity_taken', 'conflict', message);
}

import { Injectable } from '@nestjs/common';
import {
  UserTokenIssued_Purpose as Purpose,
  UserDeactivatedSchema,
  UserReactivatedSchema,
  UserRegisteredSchema,
  UserTokenIssuedSchema,
} from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { DomainError, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { decodePageToken, pageOf, pageSize } from '@pasar/platform/page';
import type { RunningService } from '@pasar/platform/service';
import { sql } from 'kysely';
import {
  deactivate,
  findLink,
  insertAccounts,
  insertLink,
  insertRoleChange,
  listAccounts,
  lockAccount,
  lockForRoles,
  markVerified,
  type NewAccount,
  type NewLink,
  reactivate,
  setName,
  spendLinks,
} from './account-store.js';
import { deleteApps, deleteArtifacts } from './app-store.js';
import {
  type Account,
  assertAnotherRemains,
  assertId,
  assertMayManage,
  type Device,
  emailTaken,
  invalidLinkToken,
  isActiveSuperAdmin,
  normaliseEmail,
  normaliseName,
  parseTime,
  type Role,
} from './auth.js';
import { AuthConfig } from './config.js';
import { deleteIdentities } from './identity-store.js';
import { assertStrong } from './password.js';
import { PasswordHasher } from './password-hasher.js';
import { Roles } from './roles.js';
import { deleteTotp } from './second-factor-store.js';
import { deleteSessions, insertSession } from './session-store.js';
import { type Grant, Sessions } from './sessions.js';
import { hashOf } from './token.js';

export interface Registration {
  email: string;
  password: string;
  name: string;
  locale: string;
}

export interface SeedAccount {
  id?: string;
  email: string;
  name: string;
  password: string;
  roles: Role[];
  sellerId?: string;
}

@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: AuthConfig,
    private readonly hasher: PasswordHasher,
    private readonly sessions: Sessions,
    private readonly roles: Roles,
  ) {}

  /** Makes a customer's account and signs in. @throws DomainError `auth.email_taken`, `auth.weak_password` */
  async register({ email, password, name, locale }: Registration, device: Device): Promise<Grant> {
    const account: Account = {
      id: this.clock.id(),
      email: normaliseEmail(email),
      name: normaliseName(name),
      roles: ['CUSTOMER'],
      sellerId: null,
      permissions: null,
      emailVerified: false,
      active: true,
      createdAt: this.clock.now(),
    };
    assertStrong(password, account);
    const passwordHash = await this.hasher.hash(password);
    const { session, refreshToken } = this.sessions.prepare(device);
    const { link, token } = this.#makeVerification();
    const { id: userId, createdAt } = account;
    await this.database.transaction(async (tx) => {
      const inserted = await insertAccounts(
        tx,
        [{ ...account, passwordHash, emailVerifiedAt: null }],
        createdAt,
      );
      if (inserted.length === 0) throw emailTaken();
      await insertSession(tx, userId, session);
      await insertLink(tx, sql`a.id = ${userId}`, link);
      const facts = { userId, email: account.email, name: account.name, locale: locale || 'id' };
      await this.outbox.append(
        tx,
        event(UserRegisteredSchema, userId, { ...facts, verificationToken: token }),
      );
    });
    this.outbox.wake();
    return this.sessions.grant(account, session.id, refreshToken);
  }

  /**
   * Makes the accounts whose e-mail address and id are not taken, verified and without asking anything of their
   * passwords: the demo's, never a person's.
   */
  async seed(seeds: SeedAccount[]): Promise<void> {
    // One password for all is one hash for all.
    const hashes = new Map<string, string>();
    for (const { password } of seeds) {
      if (!hashes.has(password)) hashes.set(password, await this.hasher.hash(password));
    }
    const now = this.clock.now();
    const accounts = seeds.map(
      ({ id, email, name, password, roles, sellerId }): NewAccount => ({
        id: id ?? this.clock.id(),
        email: normaliseEmail(email),
        name,
        passwordHash: hashes.get(password) as string,
        roles,
        sellerId: sellerId ?? null,
        emailVerifiedAt: now,
      }),
    );
    await this.database.transaction(async (tx) => {
      for (const { id, email, name, roles } of await insertAccounts(tx, accounts, now)) {
        await this.outbox.append(
          tx,
          event(UserRegisteredSchema, id, { userId: id, email, name, locale: 'id' }),
        );
        for (const role of roles) {
          const change = { id: this.clock.id(), accountId: id, role, granted: true, changedAt: now };
          await insertRoleChange(tx, { ...change, changedBy: 'auth', reason: 'demo account' });
        }
      }
    });
    this.outbox.wake();
  }

  /** Sends a verification link again, unless the address is verified. */
  async sendVerification(accountId: string): Promise<void> {
    const { link, token } = this.#makeVerification();
    await this.database.transaction(async (tx) => {
      const account = await insertLink(tx, sql`a.id = ${accountId} and a.email_verified_at is null`, link);
      if (!account) return;
      const facts = { userId: accountId, email: account.email, purpose: Purpose.VERIFY_EMAIL, token };
      await this.outbox.append(tx, event(UserTokenIssuedSchema, accountId, facts));
    });
    this.outbox.wake();
  }

  /** @throws DomainError `auth.invalid_token` */
  async verifyEmail(token: string): Promise<void> {
    const now = this.clock.now();
    const owner = await findLink(this.database.kysely, hashOf(token), 'VERIFY_EMAIL', now);
    if (!owner) throw invalidLinkToken();
    if (owner.email === this.config.ownerEmail) await this.roles.grantFirstSuperAdmin(owner.id);
    await this.database.transaction(async (tx) => {
      const account = await lockAccount(tx, owner.id);
      const spent = account && (await spendLinks(tx, account.id, 'VERIFY_EMAIL', now));
      if (!spent?.some((link) => link.equals(hashOf(token)))) throw invalidLinkToken();
      await markVerified(tx, owner.id, now);
    });
  }

  /** Accounts by prefix of the e-mail address, newest first. */
  async list(emailPrefix: string, size: number, pageToken: string) {
    const limit = pageSize(size);
    const [createdAt = '', id = ''] = decodePageToken(pageToken, 2) ?? [];
    const after = pageToken ? { createdAt: parseTime(createdAt, 'pageToken'), id } : undefined;
    if (after) assertId(id, 'pageToken');
    const prefix = normaliseEmail(emailPrefix);
    const rows = await listAccounts(this.database.kysely, prefix, limit + 1, after);
    return pageOf(rows, limit, (last) => [last.createdAt, last.id]);
  }

  /** Closes an account: it cannot sign in or refresh any more. */
  async deactivate(actorId: string, accountId: string, reason: string): Promise<Account> {
    const account = await this.database.transaction(async (tx) => {
      const held = await lockForRoles(tx, [actorId, accountId]);
      const actor = held.get(actorId);
      const target = held.get(accountId);
      if (!target) throw notFound('account');
      assertMayManage(actor, target.roles);
      if (!target.active) return target;
      assertAnotherRemains([...held.values()].filter(isActiveSuperAdmin), accountId);
      await deactivate(tx, accountId, this.clock.now(), false);
      await deleteSessions(tx, accountId);
      await deleteArtifacts(tx, accountId);
      await this.outbox.append(tx, event(UserDeactivatedSchema, accountId, { userId: accountId, reason }));
      return { ...target, active: false };
    });
    this.outbox.wake();
    return account;
  }

  /** Opens an account again that staff closed. @throws DomainError `auth.account_deleted` */
  async reactivate(actorId: string, accountId: string, reason: string): Promise<Account> {
    const account = await this.database.transaction(async (tx) => {
      const held = await lockForRoles(tx, [actorId, accountId]);
      const target = held.get(accountId);
      if (!target) throw notFound('account');
      assertMayManage(held.get(actorId), target.roles);
      if (target.active) return target;
      if (!(await reactivate(tx, accountId))) {
        throw new DomainError('auth.account_deleted', 'conflict', 'Its owner has deleted this account.');
      }
      await this.outbox.append(tx, event(UserReactivatedSchema, accountId, { userId: accountId, reason }));
      return { ...target, active: true };
    });
    this.outbox.wake();
    return account;
  }

  async rename(tx: Executor<unknown>, accountId: string, name: string): Promise<void> {
    await setName(tx, accountId, name);
  }

  /** The person deleted the account: what is personal goes, the id stays for what refers to it. */
  async forget(tx: Executor<unknown>, accountId: string): Promise<void> {
    if (!(await deactivate(tx, accountId, this.clock.now(), true))) return;
    await deleteSessions(tx, accountId);
    await deleteTotp(tx, accountId);
    await deleteIdentities(tx, accountId);
    await deleteArtifacts(tx, accountId);
    await deleteApps(tx, accountId);
    await spendLinks(tx, accountId, 'VERIFY_EMAIL', new Date(0));
    await spendLinks(tx, accountId, 'RESET_PASSWORD', new Date(0));
    await this.outbox.append(
      tx,
      event(UserDeactivatedSchema, accountId, { userId: accountId, reason: 'deleted by its owner' }),
    );
  }

  #makeVerification(): { link: NewLink; token: string } {
    const token = this.clock.secret();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.config.verificationHours * 3_600_000);
    return { token, link: { hash: hashOf(token), purpose: 'VERIFY_EMAIL', now, expiresAt } };
  }
}

/**
 * Makes the demo accounts in a running auth service; those that exist stay as they are. For the embedded profile only:
 * everybody knows their passwords.
 */
export async function seedAccounts(service: RunningService, accounts: SeedAccount[]): Promise<void> {
  await service.get(Accounts).seed(accounts);
}

import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { UserRoleChangedSchema } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { Role as RoleCode } from '@pasar/contracts/pasar/options/v1/options_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { decodePageToken, pageOf, pageSize } from '@pasar/platform/page';
import { insertRoleChange, listRoleChanges, lockAccount, lockForRoles, setRoles } from './account-store.js';
import {
  type Account,
  assertAnotherRemains,
  assertId,
  assertMayManage,
  isActiveSuperAdmin,
  type Role,
  withRole,
} from './auth.js';

interface Change {
  role: Role;
  granted: boolean;
  /** The account or service that makes it. */
  by: string;
  reason: string;
}

type Store = Pick<Account, 'sellerId' | 'permissions'>;

const noStore: Store = { sellerId: null, permissions: null };

/** Who may do what. Every change is written down, and takes effect in tokens at their next rotation. */
@Injectable()
export class Roles {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Grants or revokes a role on behalf of staff; what is so already stays so. */
  async change(accountId: string, change: Change): Promise<Account> {
    const account = await this.database.transaction(async (tx) => {
      // What the actor's token says may be a quarter of an hour old; the database knows.
      const held = await lockForRoles(tx, [change.by, accountId]);
      const target = held.get(accountId);
      if (!target) throw notFound('account');
      assertMayManage(held.get(change.by), [change.role]);
      if (change.role === 'SUPER_ADMIN' && !change.granted) {
        assertAnotherRemains([...held.values()].filter(isActiveSuperAdmin), accountId);
      }
      return this.#apply(tx, target, target, change);
    });
    this.outbox.wake();
    return account;
  }

  /** A store was approved: its owner is a seller. */
  async grantSeller(tx: Executor<unknown>, accountId: string, sellerId: string): Promise<void> {
    const account = await lockAccount(tx, accountId);
    if (!account) return;
    const reason = 'store approved';
    const store = { sellerId, permissions: null };
    await this.#apply(tx, account, store, { role: 'SELLER', granted: true, by: 'seller', reason });
  }

  /** What somebody may do for a store whose staff they are on; nothing when they are not any more, or it is closed. */
  async changeStaff(
    tx: Executor<unknown>,
    accountId: string,
    sellerId: string,
    permissions: string[],
  ): Promise<void> {
    const account = await lockAccount(tx, accountId);
    const granted = permissions.length > 0;
    // They may be on the staff of another one by now.
    if (!account || (!granted && account.sellerId !== sellerId)) return;
    const store = granted ? { sellerId, permissions } : noStore;
    await this.#apply(tx, account, store, { role: 'SELLER', granted, by: 'seller', reason: 'staff' });
  }

  /** A store was closed. */
  async revokeSeller(
    tx: Executor<unknown>,
    accountId: string,
    sellerId: string,
    reason: string,
  ): Promise<void> {
    const account = await lockAccount(tx, accountId);
    if (account?.sellerId !== sellerId) return;
    const change = {
      role: 'SELLER',
      granted: false,
      by: 'seller',
      reason: reason || 'store suspended',
    } as const;
    await this.#apply(tx, account, noStore, change);
  }

  /** Makes the account the system's owner if there is none yet. */
  async grantFirstSuperAdmin(accountId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const held = await lockForRoles(tx, [accountId]);
      const account = held.get(accountId);
      if (!account?.active || [...held.values()].some(isActiveSuperAdmin)) return;
      const reason = 'PASAR_AUTH_OWNER_EMAIL';
      await this.#apply(tx, account, account, {
        role: 'SUPER_ADMIN',
        granted: true,
        by: 'auth',
        reason,
      });
    });
    this.outbox.wake();
  }

  /** The audit trail of an account, newest first. */
  async listChanges(accountId: string, size: number, pageToken: string) {
    const limit = pageSize(size);
    const [after] = decodePageToken(pageToken, 1) ?? [];
    if (after) assertId(after, 'pageToken');
    const rows = await listRoleChanges(this.database.kysely, accountId, limit + 1, after);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  async #apply(
    tx: Executor<unknown>,
    account: Account,
    { sellerId, permissions }: Store,
    change: Change,
  ): Promise<Account> {
    const { role, granted, by, reason } = change;
    const roles = withRole(account.roles, role, granted);
    const changed = account.roles.includes(role) !== granted;
    const store = { sellerId, permissions };
    const { sellerId: oldSeller, permissions: oldPermissions } = account;
    if (!changed && isDeepStrictEqual(store, { sellerId: oldSeller, permissions: oldPermissions }))
      return account;
    await setRoles(tx, account.id, roles, sellerId, permissions);
    if (changed) {
      const row = { id: this.clock.id(), accountId: account.id, changedAt: this.clock.now() };
      await insertRoleChange(tx, { ...row, role, granted, changedBy: by, reason });
      const facts = { userId: account.id, roles: roles.map((name) => RoleCode[name]), changedBy: by };
      await this.outbox.append(tx, event(UserRoleChangedSchema, account.id, facts));
    }
    return { ...account, roles, ...store };
  }
}

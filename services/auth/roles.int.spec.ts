import { isDeepStrictEqual } from 'node:util';
import {
  AuthService,
  UserDeactivatedSchema,
  UserReactivatedSchema,
  UserRegisteredSchema,
  UserRoleChangedSchema,
} from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { Role, StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import { SellerApprovedSchema, SellerSuspendedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { StaffChangedSchema } from '@pasar/contracts/pasar/seller/v1/staff_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { event } from '@pasar/platform/events';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { deactivate } from './account-store.js';
import { seedAccounts } from './accounts.js';
import { deleteSessions } from './session-store.js';
import { as, claimsOf, codeOf, password, startAuth, type TestAuth, tally, untilBlocked } from './testing.js';

let test: TestAuth;
beforeAll(async () => {
  test = await startAuth({ PASAR_AUTH_OWNER_EMAIL: 'Owner@Example.com' });
});
afterAll(() => test.close());
beforeEach(async () => {
  await sql`update account set roles = '{CUSTOMER}'`.execute(test.service.database.kysely);
});

const reason = 'because';
const wait = { timeout: 20_000 };

/** A staff account, and call options for it. */
async function staff(...roles: ('ADMIN' | 'SUPER_ADMIN')[]) {
  const id = crypto.randomUUID();
  await seedAccounts(test.service, [{ id, email: `${id}@example.com`, name: 'Staff', password, roles }]);
  return {
    id,
    email: `${id}@example.com`,
    ...as(test.clock, id, { roles: roles.map((role) => Role[role]) }),
  };
}

async function customer() {
  const { user, refreshToken } = await test.register();
  return { id: user?.id ?? '', email: user?.email ?? '', refreshToken };
}

async function rolesOf(id: string): Promise<string[]> {
  const { rows } = await sql<{ roles: string[] }>`select roles from account where id = ${id}`.execute(
    test.service.database.kysely,
  );
  return rows[0]?.roles ?? [];
}

describe('changing roles', () => {
  it('is written down, published, and said once', async () => {
    const admin = await staff('ADMIN');
    const { id } = await customer();
    const change = { userId: id, role: Role.SELLER, reason };
    expect(await test.auth.grantRole(change, admin)).toMatchObject({ roles: [Role.CUSTOMER, Role.SELLER] });
    await test.auth.grantRole(change, admin);
    expect(await test.auth.revokeRole(change, admin)).toMatchObject({ roles: [Role.CUSTOMER] });
    await test.auth.revokeRole(change, admin);
    const { roleChanges } = await test.auth.listRoleChanges({ userId: id }, admin);
    expect(roleChanges).toMatchObject([
      { role: Role.SELLER, granted: false, changedBy: admin.id, reason },
      { role: Role.SELLER, granted: true, changedBy: admin.id, reason },
    ]);
    const told = () => test.published(UserRoleChangedSchema).filter(({ userId }) => userId === id);
    await vi.waitUntil(() => told().length === 2, wait);
    expect(told()).toMatchObject([
      { roles: [Role.CUSTOMER, Role.SELLER], changedBy: admin.id },
      { roles: [Role.CUSTOMER] },
    ]);
  });

  it('of staff is for a SUPER_ADMIN, by what the database says, not by what an older token says', async () => {
    const [admin, owner, demoted] = [
      await staff('ADMIN'),
      await staff('SUPER_ADMIN'),
      await staff('SUPER_ADMIN'),
    ];
    const { id } = await customer();
    for (const role of [Role.ADMIN, Role.SUPER_ADMIN]) {
      expect(await codeOf(test.auth.grantRole({ userId: id, role }, admin))).toBe('access.forbidden');
      expect(await codeOf(test.auth.grantRole({ userId: id, role }, owner))).toBe('ok');
    }
    await test.auth.revokeRole({ userId: demoted.id, role: Role.SUPER_ADMIN }, owner);
    const regrant = test.auth.grantRole({ userId: demoted.id, role: Role.SUPER_ADMIN }, demoted);
    expect(await codeOf(regrant)).toBe('access.forbidden');
    expect(await codeOf(test.auth.deactivateAccount({ userId: owner.id }, admin))).toBe('access.forbidden');
  });

  it('is for nobody else', async () => {
    const { id } = await customer();
    const call = test.auth.grantRole({ userId: id, role: Role.SELLER }, as(test.clock, id));
    expect(await codeOf(call)).toBe('access.forbidden');
    expect(await codeOf(test.auth.grantRole({ userId: id, role: Role.SELLER }))).toBe(
      'access.unauthenticated',
    );
    const admin = await staff('ADMIN');
    const unknown = test.auth.grantRole({ userId: crypto.randomUUID(), role: Role.SELLER }, admin);
    expect(await codeOf(unknown)).toBe('account.not_found');
  });

  it('never loses the last SUPER_ADMIN, however many try to remove each other', async () => {
    for (let round = 0; round < 5; round++) {
      await sql`update account set roles = '{CUSTOMER}'`.execute(test.service.database.kysely);
      const owners = await Promise.all([1, 2, 3, 4].map(() => staff('SUPER_ADMIN')));
      const calls = owners.flatMap((actor) =>
        owners.map((target, n) =>
          n % 2
            ? test.auth.revokeRole({ userId: target.id, role: Role.SUPER_ADMIN }, actor)
            : test.auth.deactivateAccount({ userId: target.id }, actor),
        ),
      );
      const outcomes = await tally(calls);
      const allowed = ['ok', 'access.forbidden', 'auth.last_super_admin'];
      expect(Object.keys(outcomes).filter((code) => !allowed.includes(code))).toEqual([]);
      const { rows } = await sql`
        select from account where 'SUPER_ADMIN' = any(roles) and deactivated_at is null`.execute(
        test.service.database.kysely,
      );
      expect(rows).toHaveLength(1);
    }
  });

  it('gives the system its first SUPER_ADMIN by a verified address, and only the first', async () => {
    const grant = await test.auth.register({ email: 'owner@example.com', password, name: 'Owner' });
    const id = grant.user?.id ?? '';
    expect(grant.user?.roles).toEqual([Role.CUSTOMER]);
    const token = () =>
      test.published(UserRegisteredSchema).find(({ userId }) => userId === id)?.verificationToken;
    await vi.waitUntil(token, wait);
    expect(await codeOf(test.auth.verifyEmail({ token: 'x'.repeat(43) }))).toBe('auth.invalid_token');
    expect(await rolesOf(id)).toEqual(['CUSTOMER']);
    await test.auth.verifyEmail({ token: token() });
    expect(await rolesOf(id)).toEqual(['CUSTOMER', 'SUPER_ADMIN']);
  });
});

describe('a store’s staff', () => {
  const { ORDERS, STOCK } = StorePermission;
  const changed = (userId: string, sellerId: string, permissions: StorePermission[]) =>
    event(StaffChangedSchema, sellerId, { sellerId, userId, permissions });

  it('have in their token what they may do for it, until they leave', async () => {
    const { id, refreshToken } = await customer();
    let token = refreshToken;
    const claims = async () => {
      const grant = await test.auth.refreshToken({ refreshToken: token });
      token = grant.refreshToken;
      return claimsOf(grant.accessToken);
    };
    const [sellerId, other] = [crypto.randomUUID(), crypto.randomUUID()];
    await test.publish(changed(id, sellerId, [ORDERS, STOCK]));
    await vi.waitUntil(async () => (await rolesOf(id)).includes('SELLER'), wait);
    expect(await claims()).toMatchObject({ seller: sellerId, permissions: ['ORDERS', 'STOCK'] });
    // What another store says of somebody who is not its own means nothing, whenever it comes.
    await test.publish(changed(id, other, []));
    await test.publish(changed(id, sellerId, [STOCK]));
    await vi.waitUntil(async () => isDeepStrictEqual((await claims()).permissions, ['STOCK']), wait);
    expect(await claims()).toMatchObject({ seller: sellerId, roles: ['CUSTOMER', 'SELLER'] });
    await test.publish(changed(id, sellerId, []));
    await vi.waitUntil(async () => !(await rolesOf(id)).includes('SELLER'), wait);
    const left = await claims();
    expect(left.roles).toEqual(['CUSTOMER']);
    expect(left).not.toHaveProperty('seller');
    expect(left).not.toHaveProperty('permissions');
  });
});

describe('a closed account', () => {
  it('cannot sign in, refresh or be opened by a reset', async () => {
    const admin = await staff('ADMIN');
    const { id, email, refreshToken } = await customer();
    expect(await test.auth.deactivateAccount({ userId: id, reason }, admin)).toMatchObject({ active: false });
    await test.auth.deactivateAccount({ userId: id, reason }, admin);
    expect(await codeOf(test.auth.login({ email, password }))).toBe('auth.invalid_credentials');
    expect(await codeOf(test.auth.refreshToken({ refreshToken }))).toBe('auth.invalid_refresh_token');
    const told = () => test.published(UserDeactivatedSchema).filter(({ userId }) => userId === id);
    await vi.waitUntil(() => told().length > 0, wait);
    expect(told()).toMatchObject([{ reason }]);
  });

  it('is opened again by staff who may, once, and not when its owner deleted it', async () => {
    const [admin, owner] = [await staff('ADMIN'), await staff('SUPER_ADMIN')];
    const { id, email, refreshToken } = await customer();
    const colleague = await staff('ADMIN');
    for (const userId of [id, colleague.id]) await test.auth.deactivateAccount({ userId }, owner);
    const reopen = (userId: string, by = admin) =>
      codeOf(test.auth.reactivateAccount({ userId, reason }, by));
    expect(await reopen(colleague.id)).toBe('access.forbidden');
    expect(await reopen(id, colleague)).toBe('access.forbidden');
    expect(await reopen(crypto.randomUUID())).toBe('account.not_found');
    expect(await Promise.all([reopen(id), reopen(id), reopen(colleague.id, owner)])).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
    expect(await codeOf(test.auth.login({ email, password }))).toBe('ok');
    // What was signed in before stays signed out.
    expect(await codeOf(test.auth.refreshToken({ refreshToken }))).toBe('auth.invalid_refresh_token');
    const told = () => test.published(UserReactivatedSchema).filter(({ userId }) => userId === id);
    await vi.waitUntil(() => told().length > 0, wait);
    expect(told()).toMatchObject([{ reason }]);
    await test.publish(event(UserUpdatedSchema, id, { userId: id, deleted: true }));
    await vi.waitFor(
      async () => expect(await codeOf(test.auth.login({ email, password }))).not.toBe('ok'),
      wait,
    );
    expect(await reopen(id)).toBe('auth.account_deleted');
  });

  it('keeps no session, whoever signs in or refreshes meanwhile', async () => {
    const admin = await staff('ADMIN');
    for (let round = 0; round < 5; round++) {
      const { id, email, refreshToken } = await customer();
      await Promise.allSettled([
        ...[1, 2, 3].map(() => test.auth.login({ email, password })),
        ...[1, 2, 3].map(() => test.auth.refreshToken({ refreshToken })),
        test.auth.deactivateAccount({ userId: id }, admin),
      ]);
      const { rows } = await sql`select from session where account_id = ${id}`.execute(
        test.service.database.kysely,
      );
      expect(rows).toHaveLength(0);
    }
  });
});

describe('an account that is being closed', () => {
  it('gets no session and no token from one who came just before', async () => {
    const { id, email, refreshToken } = await customer();
    const calls: Promise<string>[] = [];
    await test.service.database.transaction(async (tx) => {
      await deactivate(tx, id, test.clock.now(), false);
      calls.push(codeOf(test.auth.refreshToken({ refreshToken })));
      await untilBlocked(test, calls[0] as Promise<string>);
      await deleteSessions(tx, id);
      calls.push(codeOf(test.auth.login({ email, password })));
    });
    expect(await Promise.all(calls)).toEqual(['auth.invalid_refresh_token', 'auth.invalid_credentials']);
  });
});

describe('stores', () => {
  it('make their owner a seller, and stop doing so', async () => {
    const { id, refreshToken } = await customer();
    const sellerId = crypto.randomUUID();
    const approved = event(SellerApprovedSchema, sellerId, {
      sellerId,
      ownerUserId: id,
      name: 'Toko',
      slug: 'toko',
    });
    await test.publish(approved, approved);
    await vi.waitUntil(async () => (await rolesOf(id)).includes('SELLER'), wait);
    const grant = await test.auth.refreshToken({ refreshToken });
    expect(grant.user).toMatchObject({ roles: [Role.CUSTOMER, Role.SELLER], sellerId });

    // Somebody else's store says nothing of this account.
    await test.publish(event(SellerSuspendedSchema, 'x', { sellerId: crypto.randomUUID(), ownerUserId: id }));
    await test.publish(event(SellerSuspendedSchema, sellerId, { sellerId, ownerUserId: id, reason }));
    await vi.waitUntil(async () => !(await rolesOf(id)).includes('SELLER'), wait);
    const next = await test.auth.refreshToken({ refreshToken: grant.refreshToken });
    expect(next.user).toMatchObject({ roles: [Role.CUSTOMER], sellerId: '' });
    const { roleChanges } = await test.auth.listRoleChanges({ userId: id }, await staff('ADMIN'));
    expect(roleChanges).toMatchObject([
      { granted: false, changedBy: 'seller', reason },
      { granted: true, changedBy: 'seller' },
    ]);
  });

  it('without an owner, or of one that is not known, are nobody’s', async () => {
    const sellerId = crypto.randomUUID();
    const facts = { sellerId, name: 'Toko', slug: 'toko' };
    await test.publish(event(SellerApprovedSchema, sellerId, { ...facts, ownerUserId: '' }));
    await test.publish(event(SellerApprovedSchema, sellerId, { ...facts, ownerUserId: crypto.randomUUID() }));
    const { id } = await customer();
    await test.publish(event(SellerApprovedSchema, sellerId, { ...facts, ownerUserId: id }));
    await vi.waitUntil(async () => (await rolesOf(id)).includes('SELLER'), wait);
  });
});

describe('what the user service tells', () => {
  it('renames the account', async () => {
    const { id, email } = await customer();
    await test.publish(event(UserUpdatedSchema, id, { userId: id, name: 'Ratna Sari', email }));
    const nameNow = async () => (await test.auth.login({ email, password })).user?.name;
    await vi.waitUntil(async () => (await nameNow()) === 'Ratna Sari', wait);
  });

  it('forgets the person, and frees the address for another account', async () => {
    const { id, email, refreshToken } = await customer();
    await test.auth.requestPasswordReset({ email });
    await codeOf(test.auth.login({ email, password: 'a-wrong-one' }));
    const deleted = event(UserUpdatedSchema, id, { userId: id, deleted: true });
    await test.publish(deleted, deleted);
    await vi.waitUntil(() => test.published(UserDeactivatedSchema).some(({ userId }) => userId === id), wait);
    const database = test.service.database.kysely;
    const { rows } = await sql<object>`
      select email, name, password_hash as hash, roles, seller_id as seller from account where id = ${id}`.execute(
      database,
    );
    expect(rows).toEqual([
      { email: `deleted-${id}@deleted.invalid`, name: '', hash: null, roles: [], seller: null },
    ]);
    const { rows: left } = await sql<object>`
      select 1 from session where account_id = ${id} union all select 2 from link_token where account_id = ${id}
      union all select 3 from sign_in_failure where email = ${email}`.execute(database);
    expect(left).toEqual([]);
    expect(await codeOf(test.auth.refreshToken({ refreshToken }))).toBe('auth.invalid_refresh_token');
    expect(await codeOf(test.auth.login({ email, password }))).toBe('auth.invalid_credentials');
    expect(await codeOf(test.auth.register({ email, password, name: 'Another' }))).toBe('ok');
    expect(test.published(UserDeactivatedSchema).filter(({ userId }) => userId === id)).toHaveLength(1);
  });

  it('asks for the password before it deletes, which a SUPER_ADMIN cannot', async () => {
    const { id } = await customer();
    const owner = await staff('SUPER_ADMIN');
    const asService = test.client(AuthService);
    expect(await codeOf(asService.verifyPassword({ userId: id, password }))).toBe('ok');
    expect(await codeOf(asService.verifyPassword({ userId: id, password: 'a-wrong-one' }))).toBe(
      'auth.wrong_password',
    );
    expect(await codeOf(asService.verifyPassword({ userId: crypto.randomUUID(), password }))).toBe(
      'auth.wrong_password',
    );
    expect(await codeOf(asService.verifyPassword({ userId: owner.id, password }))).toBe('auth.super_admin');
  });
});

describe('the list of accounts', () => {
  it('comes newest first, by prefix of the address, in pages', async () => {
    const admin = await staff('ADMIN');
    const emails = ['list-a@example.com', 'list-c@example.com', 'list_b@example.com', 'list%d@example.com'];
    for (const email of emails) await test.auth.register({ email, password, name: 'Listed' });
    const read = async (email: string, pageSize: number) => {
      const seen: string[] = [];
      let pageToken = '';
      do {
        const page = await test.auth.listAccounts({ email, pageSize, pageToken }, admin);
        seen.push(...page.accounts.map((account) => account.email));
        pageToken = page.nextPageToken;
      } while (pageToken);
      return seen;
    };
    expect(await read('LIST-', 1)).toEqual(['list-c@example.com', 'list-a@example.com']);
    expect(await read('list%', 1)).toEqual(['list%d@example.com']);
    expect((await read('', 3)).slice(0, 4)).toEqual([...emails].reverse());
    for (const forged of ['["zzz"]', '["zzz","zzz"]', `["zzz","${crypto.randomUUID()}"]`]) {
      const pageToken = Buffer.from(forged).toString('base64url');
      expect(await codeOf(test.auth.listAccounts({ pageToken }, admin))).toBe('request.invalid');
    }
  });
});

import { UserRegisteredSchema } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seedAccounts } from './accounts.js';
import { codeOf, password, startAuth, type TestAuth, tally } from './testing.js';

let test: TestAuth;
beforeAll(async () => {
  // Hashes as dear as they are when nothing is set: what comes too fast for them is refused.
  test = await startAuth({ PASAR_AUTH_ARGON2_MEMORY_KIB: undefined, PASAR_AUTH_ARGON2_PASSES: undefined });
});
afterAll(() => test.close());

const wrong = 'something-else-9';

describe('registration', () => {
  it('gives an account, tokens that others can verify, and an event', async () => {
    const person = { email: ' Sri@Example.com', password, name: ' Sri  Rejeki ', locale: 'en' };
    const grant = await test.auth.register({ ...person, email: 'Sri@Example.com' });
    expect(grant.user).toMatchObject({
      email: 'sri@example.com',
      name: 'Sri Rejeki',
      roles: [Role.CUSTOMER],
    });
    expect(grant).toMatchObject({ expiresIn: 900, tokenType: 'Bearer' });

    const { keys } = await test.auth.getKeys({});
    const { payload, protectedHeader } = await jwtVerify(
      grant.accessToken,
      createLocalJWKSet({ keys: keys.map(({ $typeName: _, ...key }) => key) }),
      { issuer: 'pasar', audience: 'pasar', typ: 'at+jwt', algorithms: ['RS256'] },
    );
    expect(protectedHeader.kid).toBe(keys[0]?.kid);
    expect(payload).toMatchObject({ sub: grant.user?.id, email: 'sri@example.com', roles: ['CUSTOMER'] });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(900);
    expect([payload.sid, payload.jti]).toEqual([expect.any(String), expect.any(String)]);
    expect(payload).not.toHaveProperty('seller');

    const told = () => test.published(UserRegisteredSchema).find(({ userId }) => userId === grant.user?.id);
    await vi.waitUntil(told, { timeout: 20_000 });
    expect(told()).toMatchObject({
      email: 'sri@example.com',
      locale: 'en',
      verificationToken: expect.any(String),
    });
  });

  it('makes one account of fifty that come at once', async () => {
    const emails = ['once@example.com', 'ONCE@example.com', 'Once@Example.com'];
    const calls = Array.from({ length: 50 }, (_, n) =>
      test.auth.register({ email: emails[n % 3], password, name: 'Once' }),
    );
    expect(await tally(calls)).toEqual({ ok: 1, 'auth.email_taken': 49 });
    const { rows } = await sql`select from account where email = 'once@example.com'`.execute(
      test.service.database.kysely,
    );
    expect(rows).toHaveLength(1);
  });

  it('refuses weak passwords and blank names', async () => {
    const email = 'weak@example.com';
    expect(await codeOf(test.auth.register({ email, password: 'password123', name: 'W' }))).toBe(
      'auth.weak_password',
    );
    expect(await codeOf(test.auth.register({ email, password: 'weak@example.com1', name: 'W' }))).toBe(
      'auth.weak_password',
    );
    expect(await codeOf(test.auth.register({ email, password, name: ' \n ' }))).toBe('request.invalid');
    expect(await codeOf(test.auth.register({ email: 'weak', password, name: 'W' }))).toBe('request.invalid');
  });

  it('keeps no password and no token as it is', async () => {
    const grant = await test.register();
    const { rows } = await sql<{ all: string }>`
      select jsonb_build_array((select jsonb_agg(a) from account a), (select jsonb_agg(t) from refresh_token t),
        (select jsonb_agg(k) from signing_key k))::text as all`.execute(test.service.database.kysely);
    expect(rows[0]?.all).not.toContain(password);
    expect(rows[0]?.all).not.toContain(grant.refreshToken);
    expect(rows[0]?.all).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });
});

describe('signing in', () => {
  it('takes the address however it is typed', async () => {
    const { user } = await test.register();
    const grant = await test.auth.login({ email: ` ${user?.email.toUpperCase()} `, password });
    expect(grant.user?.id).toBe(user?.id);
  });

  it('takes a password however its letters are composed', async () => {
    await test.auth.register({ email: 'accent@example.com', password: 'kopi-su\u0301su-7', name: 'A' });
    expect(await codeOf(test.auth.login({ email: 'accent@example.com', password: 'kopi-s\u00fasu-7' }))).toBe(
      'ok',
    );
  });

  it('tells nothing apart: unknown address, wrong password, closed account', async () => {
    const { user } = await test.register();
    const closed = await test.register();
    await sql`update account set deactivated_at = now() where id = ${closed.user?.id}`.execute(
      test.service.database.kysely,
    );
    const attempts = [
      { email: 'nobody-at-all@example.com', password },
      { email: user?.email, password: wrong },
      { email: closed.user?.email, password },
    ];
    const errors = await Promise.all(
      attempts.map((attempt) => test.auth.login(attempt).then(() => undefined, fromRpcError)),
    );
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'auth.invalid_credentials', kind: 'unauthenticated', details: {} });
      expect(error?.message).toBe(errors[0]?.message);
    }
  });

  it('locks unknown addresses like known ones', async () => {
    const { user } = await test.register();
    const outcomes = async (email: string) => {
      const codes: string[] = [];
      for (let n = 0; n < 7; n++) codes.push(await codeOf(test.auth.login({ email, password: wrong })));
      return codes;
    };
    const known = await outcomes(user?.email ?? '');
    expect(known).toEqual([...Array(5).fill('auth.invalid_credentials'), 'auth.locked', 'auth.locked']);
    expect(await outcomes('stranger@example.com')).toEqual(known);
  });

  it('is refused with the right password too while it is locked, and locks for longer each time', async () => {
    const { user } = await test.register();
    const email = user?.email ?? '';
    const tryWith = (given: string) =>
      test.auth.login({ email, password: given }).then(() => undefined, fromRpcError);
    for (let n = 0; n < 5; n++) await tryWith(wrong);
    for (const seconds of [60, 120, 240]) {
      const refused = await tryWith(password);
      expect(refused).toMatchObject({ code: 'auth.locked', kind: 'rate_limited' });
      expect(refused?.retryAfter).toBeGreaterThan(seconds - 30);
      expect(refused?.retryAfter).toBeLessThanOrEqual(seconds);
      test.clock.advance(seconds * 1000);
      expect(await tryWith(wrong)).toMatchObject({ code: 'auth.invalid_credentials' });
    }
    test.clock.advance(480_000);
    expect(await tryWith(password)).toBeUndefined();
    // A success wipes the slate.
    for (let n = 0; n < 4; n++) await tryWith(wrong);
    expect(await tryWith(password)).toBeUndefined();
  });

  it('forgets failures of the day before yesterday', async () => {
    const { user } = await test.register();
    const email = user?.email ?? '';
    for (let n = 0; n < 4; n++) await codeOf(test.auth.login({ email, password: wrong }));
    test.clock.advance(2 * 86_400_000);
    for (let n = 0; n < 4; n++) {
      expect(await codeOf(test.auth.login({ email, password: wrong }))).toBe('auth.invalid_credentials');
    }
    expect(await codeOf(test.auth.login({ email, password }))).toBe('ok');
  });

  it('lets no more guesses through when a hundred come at once', async () => {
    const { user } = await test.register();
    const email = user?.email ?? '';
    const guesses = Array.from({ length: 100 }, (_, n) =>
      test.auth.login({ email, password: `${wrong}${n}` }),
    );
    const outcomes = await tally(guesses);
    expect(outcomes).toEqual({
      'auth.invalid_credentials': expect.any(Number),
      'auth.locked': expect.any(Number),
    });
    expect(await codeOf(test.auth.login({ email, password }))).toBe('auth.locked');
    // One lock, the shortest: guesses that were under way when it fell are not counted to the next.
    const { rows } = await sql<{ failures: number }>`
      select failures from sign_in_failure where email = ${email}`.execute(test.service.database.kysely);
    expect(rows).toEqual([{ failures: 5 }]);
  });

  it('refuses the right password that was hashed while the lock fell', async () => {
    const { user } = await test.register();
    const email = user?.email ?? '';
    const guesses = Array.from({ length: 40 }, (_, n) =>
      test.auth.login({ email, password: `${wrong}${n}` }),
    );
    const right = codeOf(test.auth.login({ email, password }));
    await tally(guesses);
    expect(await right).toMatch(/^auth\.(locked|invalid_credentials)$/);
  });

  it('does not lock out somebody who signs in often at once', async () => {
    const { user } = await test.register();
    const calls = Array.from({ length: 40 }, () => test.auth.login({ email: user?.email, password }));
    expect(await tally(calls)).toEqual({ ok: 40 });
  });

  it('survives a flood: what cannot be hashed soon is refused, and nothing breaks', async () => {
    const { user } = await test.register();
    const calls = Array.from({ length: 400 }, (_, n) =>
      test.auth.login({ email: `flood${n}@example.com`, password }),
    );
    const outcomes = await tally(calls);
    expect(outcomes['rpc.overloaded']).toBeGreaterThan(0);
    // A slow machine may answer some of them too late.
    const allowed = ['auth.invalid_credentials', 'rpc.overloaded', 'rpc.deadline_exceeded'];
    expect(Object.keys(outcomes).filter((code) => !allowed.includes(code))).toEqual([]);
    expect(await codeOf(test.auth.login({ email: user?.email, password }))).toBe('ok');
  });
});

describe('hashes of another cost', () => {
  it('are renewed when their owner signs in', async () => {
    const { user } = await test.register();
    const old = '$argon2id$v=19$m=8192,t=1,p=1$';
    const { hash } = await import('@node-rs/argon2');
    const weak = await hash(password, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    expect(weak).toContain(old);
    await sql`update account set password_hash = ${weak} where id = ${user?.id}`.execute(
      test.service.database.kysely,
    );
    await test.auth.login({ email: user?.email, password });
    const { rows } = await sql<{ hash: string }>`
      select password_hash as hash from account where id = ${user?.id}`.execute(test.service.database.kysely);
    expect(rows[0]?.hash).toContain('m=19456,t=2');
    expect(await codeOf(test.auth.login({ email: user?.email, password }))).toBe('ok');
  });
});

describe('demo accounts', () => {
  it('are made once, with one hash for a shared password', async () => {
    const accounts = Array.from({ length: 32 }, (_, n) => ({
      id: crypto.randomUUID(),
      email: `demo${n}@pasar.test`,
      name: `Demo ${n}`,
      password: 'pasar-demo',
      roles:
        n === 0 ? (['SUPER_ADMIN', 'ADMIN'] as const).slice() : (['CUSTOMER', 'SELLER'] as const).slice(),
      sellerId: n === 0 ? undefined : crypto.randomUUID(),
    }));
    await Promise.all([seedAccounts(test.service, accounts), seedAccounts(test.service, accounts)]);
    await seedAccounts(test.service, accounts);
    const grant = await test.auth.login({ email: 'demo7@pasar.test', password: 'pasar-demo' });
    expect(grant.user).toMatchObject({
      id: accounts[7]?.id,
      roles: [Role.CUSTOMER, Role.SELLER],
      sellerId: accounts[7]?.sellerId,
      emailVerified: true,
    });
    const { rows } = await sql<{ accounts: number; hashes: number }>`
      select count(*)::int as accounts, count(distinct password_hash)::int as hashes from account
      where email like 'demo%@pasar.test'`.execute(test.service.database.kysely);
    expect(rows).toEqual([{ accounts: 32, hashes: 1 }]);
    const told = () => test.published(UserRegisteredSchema).filter(({ email }) => email.startsWith('demo'));
    await vi.waitUntil(() => told().length === 32, { timeout: 20_000 });
  });
});

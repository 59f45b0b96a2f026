import {
  UserTokenIssued_Purpose as Purpose,
  UserRegisteredSchema,
  UserTokenIssuedSchema,
} from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { setPasswordHash } from './account-store.js';
import { AuthJobs } from './jobs.js';
import { deleteSessions } from './session-store.js';
import { as, claimsOf, codeOf, password, startAuth, type TestAuth, tally, untilBlocked } from './testing.js';

let test: TestAuth;
beforeAll(async () => {
  test = await startAuth();
});
afterAll(() => test.close());

const wanted = 'sepeda-lipat-merah';

async function signIn() {
  const grant = await test.register();
  const { id = '', email = '' } = grant.user ?? {};
  return { grant, id, email, sid: String(claimsOf(grant.accessToken).sid) };
}

/** The tokens that went out to a mailbox, in order. */
function links(email: string, purpose: Purpose): string[] {
  const issued = test.published(UserTokenIssuedSchema);
  return issued.filter((link) => link.email === email && link.purpose === purpose).map(({ token }) => token);
}

async function requestReset(email: string, typed = email): Promise<string> {
  const before = links(email, Purpose.RESET_PASSWORD).length;
  await test.auth.requestPasswordReset({ email: typed });
  await vi.waitUntil(() => links(email, Purpose.RESET_PASSWORD).length > before, { timeout: 20_000 });
  return links(email, Purpose.RESET_PASSWORD).at(-1) ?? '';
}

async function countSessions(accountId: string): Promise<number> {
  const sessions = sql`select from session where account_id = ${accountId}`;
  return (await sessions.execute(test.service.database.kysely)).rows.length;
}

describe('changing the password', () => {
  it('ends the other sessions and keeps this one', async () => {
    const { grant, id, email, sid } = await signIn();
    const other = await test.auth.login({ email, password });
    const me = as(test.clock, id, { sid });
    await test.auth.changePassword({ currentPassword: password, newPassword: wanted }, me);
    expect(await codeOf(test.auth.refreshToken({ refreshToken: other.refreshToken }))).toBe(
      'auth.invalid_refresh_token',
    );
    expect(await codeOf(test.auth.refreshToken({ refreshToken: grant.refreshToken }))).toBe('ok');
    expect(await codeOf(test.auth.login({ email, password }))).toBe('auth.invalid_credentials');
    expect(await codeOf(test.auth.login({ email, password: wanted }))).toBe('ok');
  });

  it('asks for the present one, counts wrong ones to the lock, and refuses a weak one', async () => {
    const { id, email } = await signIn();
    const change = (currentPassword: string, newPassword: string) =>
      codeOf(test.auth.changePassword({ currentPassword, newPassword }, as(test.clock, id)));
    expect(await change(password, 'password123')).toBe('auth.weak_password');
    for (let n = 0; n < 5; n++) expect(await change('a-wrong-one', wanted)).toBe('auth.wrong_password');
    expect(await change(password, wanted)).toBe('auth.locked');
    expect(await codeOf(test.auth.login({ email, password }))).toBe('auth.locked');
  });

  it('happens once of several at once, and nobody who had signed in with the old one stays', async () => {
    const { id, email, sid } = await signIn();
    const me = as(test.clock, id, { sid });
    const changes = tally(
      [1, 2].map((n) =>
        test.auth.changePassword({ currentPassword: password, newPassword: `${wanted}-${n}` }, me),
      ),
    );
    const logins = await Promise.allSettled([1, 2].map(() => test.auth.login({ email, password })));
    expect(await changes).toEqual({ ok: 1, 'auth.wrong_password': 1 });
    for (const login of logins) {
      if (login.status === 'rejected') continue;
      const { refreshToken } = login.value;
      expect(await codeOf(test.auth.refreshToken({ refreshToken }))).toBe('auth.invalid_refresh_token');
    }
    expect(await codeOf(test.auth.login({ email, password }))).toBe('auth.invalid_credentials');
  });
});

describe('a forgotten password', () => {
  it('is replaced by a link, once; all sessions end, a lock is lifted and the address is verified', async () => {
    const { grant, email } = await signIn();
    for (let n = 0; n < 5; n++) await codeOf(test.auth.login({ email, password: 'a-wrong-one' }));
    const token = await requestReset(email, email.toUpperCase());
    await test.auth.resetPassword({ token, password: wanted });
    expect(await codeOf(test.auth.refreshToken({ refreshToken: grant.refreshToken }))).toBe(
      'auth.invalid_refresh_token',
    );
    const again = await test.auth.login({ email, password: wanted });
    expect(again.user?.emailVerified).toBe(true);
    expect(await codeOf(test.auth.resetPassword({ token, password: `${wanted}-2` }))).toBe(
      'auth.invalid_token',
    );
  });

  it('is replaced once of many attempts at once, whichever link they use', async () => {
    const { email } = await signIn();
    const tokens = [await requestReset(email), await requestReset(email)];
    const attempts = Array.from({ length: 10 }, (_, n) =>
      test.auth.resetPassword({ token: tokens[n % 2], password: `${wanted}-${n}` }),
    );
    expect(await tally(attempts)).toEqual({ ok: 1, 'auth.invalid_token': 9 });
  });

  it('does not let a login with the old one slip through', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, email } = await signIn();
      const token = await requestReset(email);
      const logins = [1, 2, 3, 4].map(() => test.auth.login({ email, password }));
      await Promise.allSettled([test.auth.resetPassword({ token, password: wanted }), ...logins]);
      expect(await countSessions(id)).toBe(0);
    }
  });

  it('does not let one through that was checked before the new one was committed', async () => {
    const { id, email } = await signIn();
    let login: Promise<string> | undefined;
    await test.service.database.transaction(async (tx) => {
      await setPasswordHash(tx, id, 'another');
      await deleteSessions(tx, id);
      login = codeOf(test.auth.login({ email, password }));
      await untilBlocked(test, login);
    });
    expect(await login).toBe('auth.invalid_credentials');
    expect(await countSessions(id)).toBe(0);
  });

  it('keeps the link when the new one is weak, and loses it after an hour', async () => {
    const { email } = await signIn();
    const token = await requestReset(email);
    expect(await codeOf(test.auth.resetPassword({ token, password: 'password123' }))).toBe(
      'auth.weak_password',
    );
    test.clock.advance(61 * 60_000);
    expect(await codeOf(test.auth.resetPassword({ token, password: wanted }))).toBe('auth.invalid_token');
  });

  it('cannot be replaced by a link for something else', async () => {
    const { id, email } = await signIn();
    const told = () =>
      test.published(UserRegisteredSchema).find(({ userId }) => userId === id)?.verificationToken;
    await vi.waitUntil(told, { timeout: 20_000 });
    expect(await codeOf(test.auth.resetPassword({ token: told(), password: wanted }))).toBe(
      'auth.invalid_token',
    );
    const token = await requestReset(email);
    expect(await codeOf(test.auth.verifyEmail({ token }))).toBe('auth.invalid_token');
  });

  it('is answered the same for an address that has no account, with the same work', async () => {
    const database = test.service.database.kysely;
    const written = async () => {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from link_token`.execute(
        database,
      );
      return rows[0]?.count ?? 0;
    };
    const before = await written();
    expect(await test.auth.requestPasswordReset({ email: 'nobody-here@example.com' })).toMatchObject({});
    expect(await written()).toBe(before + 1);
    expect(links('nobody-here@example.com', Purpose.RESET_PASSWORD)).toEqual([]);
    await test.service.get(AuthJobs).sweep();
    test.clock.advance(61 * 60_000);
    await test.service.get(AuthJobs).sweep();
    const { rows } = await sql`select from link_token where account_id is null`.execute(database);
    expect(rows).toHaveLength(0);
  });

  it('floods no mailbox', async () => {
    const { email } = await signIn();
    for (let n = 0; n < 9; n++) await test.auth.requestPasswordReset({ email });
    const marker = await signIn();
    await requestReset(marker.email);
    expect(links(email, Purpose.RESET_PASSWORD)).toHaveLength(5);
    test.clock.advance(61 * 60_000);
    await requestReset(email);
  });

  it('is none of a closed account', async () => {
    const { id, email } = await signIn();
    const token = await requestReset(email);
    await sql`update account set deactivated_at = now() where id = ${id}`.execute(
      test.service.database.kysely,
    );
    expect(await codeOf(test.auth.resetPassword({ token, password: wanted }))).toBe('auth.invalid_token');
    await test.auth.requestPasswordReset({ email });
    expect(links(email, Purpose.RESET_PASSWORD)).toHaveLength(1);
  });
});

describe('verifying the address', () => {
  it('takes the link of the welcome mail or a later one, once', async () => {
    const { id, email } = await signIn();
    const welcome = () =>
      test.published(UserRegisteredSchema).find(({ userId }) => userId === id)?.verificationToken;
    await vi.waitUntil(welcome, { timeout: 20_000 });
    await test.auth.sendVerification({}, as(test.clock, id));
    await vi.waitUntil(() => links(email, Purpose.VERIFY_EMAIL).length === 1, { timeout: 20_000 });
    const token = welcome();
    expect(await tally([1, 2, 3, 4].map(() => test.auth.verifyEmail({ token })))).toEqual({
      ok: 1,
      'auth.invalid_token': 3,
    });
    expect((await test.auth.login({ email, password })).user?.emailVerified).toBe(true);
    // Verified: nothing more is sent, and the other link is worthless.
    await test.auth.sendVerification({}, as(test.clock, id));
    const [later] = links(email, Purpose.VERIFY_EMAIL);
    expect(await codeOf(test.auth.verifyEmail({ token: later }))).toBe('auth.invalid_token');
    expect(links(email, Purpose.VERIFY_EMAIL)).toHaveLength(1);
  });

  it('ends after a day', async () => {
    const { id, email } = await signIn();
    await test.auth.sendVerification({}, as(test.clock, id));
    await vi.waitUntil(() => links(email, Purpose.VERIFY_EMAIL).length === 1, { timeout: 20_000 });
    test.clock.advance(25 * 3_600_000);
    const [token] = links(email, Purpose.VERIFY_EMAIL);
    expect(await codeOf(test.auth.verifyEmail({ token }))).toBe('auth.invalid_token');
  });
});

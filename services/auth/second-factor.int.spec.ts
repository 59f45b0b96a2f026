import { UserTokenIssuedSchema } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { event } from '@pasar/platform/events';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AuthJobs } from './jobs.js';
import { codeFor, secretOf } from './testing/totp.js';
import { as, codeOf, password, startAuth, type TestAuth, tally } from './testing.js';

let test: TestAuth;
beforeAll(async () => {
  test = await startAuth();
});
afterAll(() => test.close());

const wrong = 'something-else-9';

/** Somebody with a second factor, and their authenticator app. */
async function enrolled() {
  const { user } = await test.register();
  const [id, email] = [user?.id ?? '', user?.email ?? ''];
  const me = () => as(test.clock, id);
  const { secret } = await test.auth.enrolTotp({ password }, me());
  const app = () => codeFor(secret, test.clock.now());
  const { recoveryCodes } = await test.auth.confirmTotp({ code: app() }, me());
  const nextStep = () => test.clock.advance(30_000);
  nextStep();
  const challenge = async () => (await test.auth.login({ email, password })).challenge?.token ?? '';
  const bring = async (code: string, to?: string) =>
    test.auth.confirmLogin({ challenge: to ?? (await challenge()), code });
  return { id, email, me, app, nextStep, challenge, bring, recoveryCodes, secret };
}

describe('an account without a second factor', () => {
  it('signs in as before, also while one is being set up', async () => {
    const { user } = await test.register();
    const me = as(test.clock, user?.id ?? '');
    expect(await test.auth.getSecondFactor({}, me)).toMatchObject({ enabled: false });
    const { secret, uri } = await test.auth.enrolTotp({ password }, me);
    expect(new URL(uri).searchParams.get('secret')).toBe(secret);
    expect(await codeOf(test.auth.confirmTotp({ code: '000000' }, me))).toBe('auth.wrong_code');
    const grant = await test.auth.login({ email: user?.email, password });
    expect(grant.challenge).toBeUndefined();
    expect(grant).toMatchObject({ accessToken: expect.stringContaining('.'), tokenType: 'Bearer' });
    expect(await codeOf(test.auth.disableTotp({ password, code: '123456' }, me))).toBe('auth.totp_disabled');
    expect(await codeOf(test.auth.renewRecoveryCodes({ code: '123456' }, me))).toBe('auth.totp_disabled');
  });

  it('needs its password to set one up, and does so once', async () => {
    const { user } = await test.register();
    const me = as(test.clock, user?.id ?? '');
    expect(await codeOf(test.auth.enrolTotp({ password: wrong }, me))).toBe('auth.wrong_password');
    expect(await codeOf(test.auth.confirmTotp({ code: '123456' }, me))).toBe('auth.totp_disabled');
    const ready = await enrolled();
    expect(await codeOf(test.auth.enrolTotp({ password }, ready.me()))).toBe('auth.totp_enabled');
    expect(await codeOf(test.auth.confirmTotp({ code: ready.app() }, ready.me()))).toBe('auth.totp_enabled');
  });
});

describe('signing in', () => {
  it('with the password gives no token, and with a code it does, once', async () => {
    const { email, app, bring, me, nextStep } = await enrolled();
    const asked = await test.auth.login({ email, password });
    expect(asked).toMatchObject({ accessToken: '', refreshToken: '', challenge: { expiresIn: 300 } });
    expect(asked.user).toBeUndefined();
    const token = asked.challenge?.token ?? '';
    const code = app();
    const grant = await bring(code, token);
    expect(grant.user?.email).toBe(email);
    expect(await codeOf(test.auth.refreshToken({ refreshToken: grant.refreshToken }))).toBe('ok');
    // Neither challenge nor code are good for a second time.
    expect(await codeOf(bring(app(), token))).toBe('auth.invalid_challenge');
    expect(await codeOf(bring(code))).toBe('auth.wrong_code');
    nextStep();
    expect(await codeOf(bring(code))).toBe('auth.wrong_code');
    expect(await codeOf(bring(app()))).toBe('ok');
    expect(await test.auth.getSecondFactor({}, me())).toMatchObject({ enabled: true, recoveryCodesLeft: 10 });
  });

  it('by one code works once, however many bring it at once', async () => {
    const { app, bring, challenge, id } = await enrolled();
    const challenges = await Promise.all(Array.from({ length: 4 }, challenge));
    const outcomes = await tally(challenges.map((token) => bring(app(), token)));
    expect(outcomes).toEqual({ ok: 1, 'auth.wrong_code': 3 });
    const { rows } = await sql`select from session where account_id = ${id}`.execute(
      test.service.database.kysely,
    );
    expect(rows).toHaveLength(2);
  });

  it('by one challenge works once, with two good codes at once too', async () => {
    const { app, bring, challenge, recoveryCodes } = await enrolled();
    const token = await challenge();
    const calls = [bring(app(), token), bring(recoveryCodes[0] ?? '', token)];
    expect(await tally(calls)).toEqual({ ok: 1, 'auth.invalid_challenge': 1 });
  });

  it('by a recovery code works once for each', async () => {
    const { bring, recoveryCodes, me } = await enrolled();
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = '', second = ''] = recoveryCodes;
    expect(await codeOf(bring(first.toUpperCase().replaceAll('-', '')))).toBe('ok');
    expect(await codeOf(bring(first))).toBe('auth.wrong_code');
    const challenges = [bring(second), bring(second), bring(second)];
    expect(await tally(challenges)).toEqual({ ok: 1, 'auth.wrong_code': 2 });
    expect(await test.auth.getSecondFactor({}, me())).toMatchObject({ recoveryCodesLeft: 8 });
  });

  it('with a code of somebody else does not work', async () => {
    const [mine, theirs] = [await enrolled(), await enrolled()];
    expect(await codeOf(mine.bring(theirs.app()))).toBe('auth.wrong_code');
    expect(await codeOf(mine.bring(theirs.recoveryCodes[0] ?? ''))).toBe('auth.wrong_code');
  });

  it('must be ended in five minutes, and by the password that began it', async () => {
    const { id, app, bring, challenge, me } = await enrolled();
    const late = await challenge();
    test.clock.advance(301_000);
    expect(await codeOf(bring(app(), late))).toBe('auth.invalid_challenge');
    const old = await challenge();
    await test.auth.changePassword({ currentPassword: password, newPassword: 'lain-sekali-88' }, me());
    expect(await codeOf(bring(app(), old))).toBe('auth.invalid_challenge');
    expect(await codeOf(bring(app(), 'made-up-made-up-made-up'))).toBe('auth.invalid_challenge');
    await sql`update account set deactivated_at = now() where id = ${id}`.execute(
      test.service.database.kysely,
    );
    expect(await codeOf(bring(app(), old))).toBe('auth.invalid_challenge');
  });
});

describe('guessing codes', () => {
  const guess = (n: number) => String(n).padStart(6, '0');

  it('locks the address as guessing passwords does, and the right code does not help then', async () => {
    const { app, bring, challenge, email, nextStep } = await enrolled();
    const token = await challenge();
    const guesses = Array.from({ length: 40 }, (_, n) => bring(guess(n), token));
    expect(await tally(guesses)).toEqual({ 'auth.wrong_code': 5, 'auth.locked': 35 });
    expect(await codeOf(bring(app(), token))).toBe('auth.locked');
    expect(await codeOf(test.auth.login({ email, password }))).toBe('auth.locked');
    test.clock.advance(61_000);
    expect(await codeOf(bring('000000', token))).toBe('auth.wrong_code');
    // The next lock is twice as long.
    test.clock.advance(61_000);
    expect(await codeOf(bring(app(), token))).toBe('auth.locked');
    test.clock.advance(61_000);
    nextStep();
    expect(await codeOf(bring(app()))).toBe('ok');
  });

  it('is not forgiven by the right password', async () => {
    const { app, bring, email, me } = await enrolled();
    for (let n = 0; n < 4; n++) {
      expect(await codeOf(bring(guess(n)))).toBe('auth.wrong_code');
      expect(await codeOf(test.auth.login({ email, password }))).toBe('ok');
      expect(await codeOf(test.auth.enrolTotp({ password }, me()))).toBe('auth.totp_enabled');
    }
    expect(await codeOf(test.auth.disableTotp({ password, code: '000000' }, me()))).toBe('auth.wrong_code');
    expect(await codeOf(test.auth.disableTotp({ password, code: app() }, me()))).toBe('auth.locked');
  });

  it('is not helped by a new password from the mailbox', async () => {
    const { app, bring, email, id } = await enrolled();
    const token = await (async () => {
      await test.auth.requestPasswordReset({ email });
      const sent = () => test.published(UserTokenIssuedSchema).find(({ userId }) => userId === id);
      await vi.waitUntil(sent, { timeout: 20_000 });
      return sent()?.token ?? '';
    })();
    for (let n = 0; n < 5; n++) expect(await codeOf(bring(guess(n)))).toBe('auth.wrong_code');
    await test.auth.resetPassword({ token, password: 'lain-sekali-88' });
    expect(await codeOf(test.auth.login({ email, password: 'lain-sekali-88' }))).toBe('auth.locked');
    test.clock.advance(61_000);
    const asked = await test.auth.login({ email, password: 'lain-sekali-88' });
    expect(asked.accessToken).toBe('');
    expect(await codeOf(bring(app(), asked.challenge?.token))).toBe('ok');
  });
});

describe('a second factor', () => {
  it('is taken away with password and code, and signing in is as before', async () => {
    const { app, me, email, challenge, bring, nextStep } = await enrolled();
    const token = await challenge();
    expect(await codeOf(test.auth.disableTotp({ password: wrong, code: app() }, me()))).toBe(
      'auth.wrong_password',
    );
    expect(await codeOf(test.auth.disableTotp({ password, code: app() }, me()))).toBe('ok');
    nextStep();
    expect(await codeOf(bring(app(), token))).toBe('auth.invalid_challenge');
    expect((await test.auth.login({ email, password })).accessToken).not.toBe('');
    const again = await test.auth.enrolTotp({ password }, me());
    expect(await codeOf(test.auth.confirmTotp({ code: codeFor(again.secret, test.clock.now()) }, me()))).toBe(
      'ok',
    );
  });

  it('gives new recovery codes for a code, and the old ones are void', async () => {
    const { app, me, recoveryCodes, bring } = await enrolled();
    const renewed = await test.auth.renewRecoveryCodes({ code: app() }, me());
    expect(renewed.recoveryCodes).toHaveLength(10);
    expect(await codeOf(bring(recoveryCodes[0] ?? ''))).toBe('auth.wrong_code');
    expect(await codeOf(bring(renewed.recoveryCodes[0] ?? ''))).toBe('ok');
  });

  it('is kept so that the database alone tells nothing', async () => {
    const { secret, recoveryCodes, challenge, id } = await enrolled();
    const token = await challenge();
    const { rows } = await sql<{ all: string }>`
      select jsonb_build_array((select jsonb_agg(t) from totp t where account_id = ${id}),
        (select jsonb_agg(r) from recovery_code r), (select jsonb_agg(c) from sign_in_challenge c))::text as all`.execute(
      test.service.database.kysely,
    );
    for (const told of [secret, secretOf(secret).toString('hex'), recoveryCodes[0] ?? '', token]) {
      expect(rows[0]?.all).not.toContain(told);
    }
    // A row's secret cannot stand in for another's.
    const other = await enrolled();
    await sql`
      update totp set secret = (select secret from totp where account_id = ${id}) where account_id = ${other.id}`.execute(
      test.service.database.kysely,
    );
    expect(await codeOf(other.bring('123456'))).toBe('internal');
  });

  it('goes with the person, and old challenges are swept', async () => {
    const { id, challenge } = await enrolled();
    await challenge();
    await test.publish(event(UserUpdatedSchema, id, { userId: id, deleted: true }));
    const left = async (table: string) => {
      const { rows } = await sql`select from ${sql.table(table)} where account_id = ${id}`.execute(
        test.service.database.kysely,
      );
      return rows.length;
    };
    await vi.waitUntil(async () => (await left('totp')) + (await left('recovery_code')) === 0, {
      timeout: 20_000,
    });
    expect(await left('sign_in_challenge')).toBe(0);
    const other = await enrolled();
    await other.challenge();
    test.clock.advance(400_000);
    await test.service.get(AuthJobs).sweep();
    const { rows } = await sql`select from sign_in_challenge`.execute(test.service.database.kysely);
    expect(rows).toHaveLength(0);
  });
});

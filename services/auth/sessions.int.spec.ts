import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { Metrics } from '@pasar/platform/telemetry';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuthJobs } from './jobs.js';
import { as, claimsOf, codeOf, password, startAuth, type TestAuth, tally } from './testing.js';

let test: TestAuth;
beforeAll(async () => {
  test = await startAuth();
});
afterAll(() => test.close());

const phone = { headers: { 'pasar-user-agent': 'Phone', 'pasar-client-ip': '203.0.113.7' } };
const thief = { headers: { 'pasar-user-agent': 'Curl', 'pasar-client-ip': '198.51.100.1' } };
const spent = 'auth.invalid_refresh_token';
const afterGrace = () => test.clock.advance(11_000);
const refresh = (refreshToken: string, options = phone) => test.auth.refreshToken({ refreshToken }, options);

async function signIn() {
  const grant = await test.register(phone.headers);
  return { grant, id: grant.user?.id ?? '', sid: String(claimsOf(grant.accessToken).sid) };
}

async function count(table: 'session' | 'refresh_token', accountId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
    from ${table === 'session' ? sql`session s` : sql`refresh_token t join session s on s.id = t.session_id`}
    where s.account_id = ${accountId}`.execute(test.service.database.kysely);
  return rows[0]?.count ?? -1;
}

describe('refreshing', () => {
  it('gives a new pair in the same session', async () => {
    const { grant, sid } = await signIn();
    const next = await refresh(grant.refreshToken);
    expect(next.refreshToken).not.toBe(grant.refreshToken);
    expect(claimsOf(next.accessToken)).toMatchObject({ sid, sub: grant.user?.id });
    expect(claimsOf(next.accessToken).jti).not.toBe(claimsOf(grant.accessToken).jti);
    afterGrace();
    expect(await codeOf(refresh(next.refreshToken))).toBe('ok');
  });

  it('gives all of a hundred at once the same next token, and leaves one chain', async () => {
    const { grant, id } = await signIn();
    const grants = await Promise.all(Array.from({ length: 100 }, () => refresh(grant.refreshToken)));
    expect(new Set(grants.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(await count('refresh_token', id)).toBe(2);
    afterGrace();
    expect(await codeOf(refresh(grants[0]?.refreshToken ?? ''))).toBe('ok');
  });

  it('does not log out two tabs, nor a client that lost several answers in a row', async () => {
    const { grant } = await signIn();
    const second = await refresh(grant.refreshToken);
    const third = await refresh(second.refreshToken);
    // The other tab still has the first one.
    expect((await refresh(grant.refreshToken)).refreshToken).toBe(third.refreshToken);
    afterGrace();
    expect(await codeOf(refresh(third.refreshToken))).toBe('ok');
  });

  it('with a spent token after the grace ends the session, for everybody', async () => {
    const { grant, id } = await signIn();
    const next = await refresh(grant.refreshToken);
    afterGrace();
    expect(await codeOf(refresh(grant.refreshToken))).toBe(spent);
    expect(await codeOf(refresh(next.refreshToken))).toBe(spent);
    expect(await count('session', id)).toBe(0);
  });

  it('with an old token of a long chain ends the session', async () => {
    const { grant } = await signIn();
    let token = grant.refreshToken;
    for (let n = 0; n < 5; n++) {
      test.clock.advance(900_000);
      token = (await refresh(token)).refreshToken;
    }
    expect(await codeOf(refresh(grant.refreshToken))).toBe(spent);
    expect(await codeOf(refresh(token))).toBe(spent);
  });

  it('with a spent token by another client ends the session within the grace too', async () => {
    const { grant } = await signIn();
    const next = await refresh(grant.refreshToken);
    expect(await codeOf(refresh(grant.refreshToken, thief))).toBe(spent);
    expect(await codeOf(refresh(next.refreshToken))).toBe(spent);
  });

  it('ends the session when a thief was faster and the owner comes later', async () => {
    const { grant } = await signIn();
    const stolen = await refresh(grant.refreshToken, thief);
    afterGrace();
    expect(await codeOf(refresh(grant.refreshToken))).toBe(spent);
    expect(await codeOf(refresh(stolen.refreshToken, thief))).toBe(spent);
  });

  it('of a thief and the owner within the grace is found out at the next use', async () => {
    const { grant } = await signIn();
    const stolen = await refresh(grant.refreshToken, phone);
    expect((await refresh(grant.refreshToken, phone)).refreshToken).toBe(stolen.refreshToken);
    test.clock.advance(900_000);
    const owner = await refresh(stolen.refreshToken, phone);
    afterGrace();
    expect(await codeOf(refresh(stolen.refreshToken, phone))).toBe(spent);
    expect(await codeOf(refresh(owner.refreshToken, phone))).toBe(spent);
  });

  it('ends with the session’s life, which moves on with every use', async () => {
    const { grant } = await signIn();
    let token = grant.refreshToken;
    for (let n = 0; n < 3; n++) {
      test.clock.advance(29 * 86_400_000);
      token = (await refresh(token)).refreshToken;
    }
    test.clock.advance(31 * 86_400_000);
    expect(await codeOf(refresh(token))).toBe(spent);
  });

  it('brings the account’s present roles and store', async () => {
    const { grant, id } = await signIn();
    const sellerId = crypto.randomUUID();
    await sql`update account set roles = '{CUSTOMER,SELLER}', seller_id = ${sellerId} where id = ${id}`.execute(
      test.service.database.kysely,
    );
    const next = await refresh(grant.refreshToken);
    expect(next.user).toMatchObject({ roles: [Role.CUSTOMER, Role.SELLER], sellerId });
    expect(claimsOf(next.accessToken)).toMatchObject({ roles: ['CUSTOMER', 'SELLER'], seller: sellerId });
  });

  it('refuses what was never a token', async () => {
    expect(await codeOf(refresh('a'.repeat(43)))).toBe(spent);
    expect(await codeOf(refresh('short'))).toBe('request.invalid');
  });

  it('races with the end of the session without harm', async () => {
    for (let round = 0; round < 10; round++) {
      const { grant, id, sid } = await signIn();
      const calls = Array.from({ length: 8 }, (_, n) => [
        refresh(grant.refreshToken),
        n % 2
          ? test.auth.revokeSession({ id: sid }, as(test.clock, id))
          : test.auth.revokeAllSessions({}, as(test.clock, id)),
      ]).flat();
      const outcomes = await tally(calls);
      expect(
        Object.keys(outcomes).filter((code) => !['ok', spent, 'session.not_found'].includes(code)),
      ).toEqual([]);
      expect(await count('session', id)).toBe(0);
      expect(await count('refresh_token', id)).toBe(0);
    }
  });
});

describe('sessions', () => {
  it('are listed with their device, newest first, and tell which one asks', async () => {
    const { grant, id, sid } = await signIn();
    const laptop = await test.auth.login(
      { email: grant.user?.email, password },
      { headers: { 'pasar-user-agent': 'Laptop' } },
    );
    const { sessions } = await test.auth.listSessions({}, as(test.clock, id, { sid }));
    expect(sessions).toMatchObject([
      { id: claimsOf(laptop.accessToken).sid, userAgent: 'Laptop', current: false },
      { id: sid, userAgent: 'Phone', ipAddress: '203.0.113.7', current: true },
    ]);
  });

  it('come in pages, and a made-up page token is refused', async () => {
    const { grant, id } = await signIn();
    for (let n = 0; n < 4; n++) await test.auth.login({ email: grant.user?.email, password });
    const seen: string[] = [];
    let pageToken = '';
    do {
      const page = await test.auth.listSessions({ pageSize: 2, pageToken }, as(test.clock, id));
      seen.push(...page.sessions.map((session) => session.id));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(seen).toHaveLength(5);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    for (const forged of ['x', Buffer.from('["1 or 1=1"]').toString('base64url')]) {
      expect(await codeOf(test.auth.listSessions({ pageToken: forged }, as(test.clock, id)))).toBe(
        'request.invalid',
      );
    }
  });

  it('end one at a time, and only by their owner', async () => {
    const { grant, id, sid } = await signIn();
    const other = await signIn();
    expect(await codeOf(test.auth.revokeSession({ id: sid }, as(test.clock, other.id)))).toBe(
      'session.not_found',
    );
    expect(await codeOf(refresh(grant.refreshToken))).toBe('ok');
    await test.auth.revokeSession({ id: sid }, as(test.clock, id));
    expect(await codeOf(test.auth.revokeSession({ id: sid }, as(test.clock, id)))).toBe('session.not_found');
    expect(await codeOf(refresh(grant.refreshToken))).toBe(spent);
    expect(await codeOf(refresh(other.grant.refreshToken))).toBe('ok');
  });

  it('end with a log-out by refresh token, spent or not, or by access token', async () => {
    const one = await signIn();
    const next = await refresh(one.grant.refreshToken);
    await test.auth.logout({ refreshToken: one.grant.refreshToken });
    expect(await codeOf(refresh(next.refreshToken))).toBe(spent);

    const two = await signIn();
    await test.auth.logout({}, as(test.clock, two.id, { sid: two.sid }));
    expect(await codeOf(refresh(two.grant.refreshToken))).toBe(spent);

    // Nothing to end is no failure.
    await test.auth.logout({ refreshToken: one.grant.refreshToken });
    await test.auth.logout({});
  });

  it('end all together', async () => {
    const { grant, id } = await signIn();
    const more = await Promise.all(
      [1, 2, 3].map(() => test.auth.login({ email: grant.user?.email, password })),
    );
    await test.auth.revokeAllSessions({}, as(test.clock, id));
    expect(await tally([grant, ...more].map(({ refreshToken }) => refresh(refreshToken)))).toEqual({
      [spent]: 4,
    });
  });

  it('are swept when they have expired or are too many, with the tokens nobody can use', async () => {
    const { grant, id } = await signIn();
    const jobs = test.service.get(AuthJobs);
    const old = await signIn();
    test.clock.advance(31 * 86_400_000);
    const now = test.clock.now();
    await sql`
      insert into session (id, account_id, user_agent, ip_address, created_at, last_used_at, expires_at)
      select gen_random_uuid(), ${id}, 'Robot', '', ${now}, ${now}::timestamptz - n * interval '1 second',
        ${now}::timestamptz + interval '1 day'
      from generate_series(1, 130) n`.execute(test.service.database.kysely);
    const login = await test.auth.login({ email: grant.user?.email, password }, phone);
    const next = await refresh(login.refreshToken);
    await jobs.sweep();
    await jobs.survey();
    // Once for all of its sessions, and only while one of them is in use.
    expect(await test.service.get(Metrics).text()).toContain('pasar_active_users 1\n');
    expect(await count('session', id)).toBe(100);
    expect(await count('session', old.id)).toBe(0);
    // Still recognised as spent.
    afterGrace();
    expect(await codeOf(refresh(login.refreshToken))).toBe(spent);
    expect(await codeOf(refresh(next.refreshToken))).toBe(spent);
  });
});

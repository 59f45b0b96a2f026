import type { PasarClient } from '@pasar/sdk';
import { ApiError } from '@pasar/sdk/api-error';
import { expect, it } from 'vitest';
import { Sessions } from './sessions.js';

const now = 1_800_000_000_000;
const tokenUntil = (ms: number) =>
  `h.${Buffer.from(JSON.stringify({ exp: Math.floor(ms / 1000) })).toString('base64url')}.s`;
const fresh = tokenUntil(now + 900_000);
const old = tokenUntil(now + 10_000);

function kit(
  answer: () => Promise<unknown> = async () => ({ accessToken: fresh, refreshToken: 'r2', expiresIn: 900 }),
) {
  const asked: string[] = [];
  const post = async (_path: string, { body }: { body: { refreshToken: string } }) => {
    asked.push(body.refreshToken);
    await new Promise((resolve) => setImmediate(resolve));
    return answer();
  };
  const sessions = new Sessions({
    secure: false,
    now: () => now,
    client: () => ({ post }) as unknown as PasarClient,
  });
  return { asked, sessions };
}
const jar = (access?: string, refresh?: string) =>
  new Map([
    ...(access ? [['pasar-access', access]] : []),
    ...(refresh ? [['pasar-refresh', refresh]] : []),
  ] as [string, string][]);
const refused = (status: number) =>
  new ApiError({ type: '', title: '', status, detail: '', instance: '', code: 'x.y', requestId: '' });

it('leaves a session alone that lives on, and guests', async () => {
  const { sessions, asked } = kit();
  expect(await sessions.renew(jar(fresh, 'r1'), {})).toEqual([]);
  expect(await sessions.renew(jar(), {})).toEqual([]);
  expect(await sessions.renew(jar(old), {})).toEqual([]);
  expect(asked).toEqual([]);
});

it('renews once for all tabs that bring the same token, and for those that come a moment late', async () => {
  const { sessions, asked } = kit();
  const jars = Array.from({ length: 5 }, () => jar(old, 'r1'));
  const kept = await Promise.all(jars.map((cookies) => sessions.renew(cookies, {})));
  expect(await sessions.renew(jar(undefined, 'r1'), {})).toEqual(kept[0]);
  expect(asked).toEqual(['r1']);
  for (const cookies of jars) expect(cookies.get('pasar-access')).toBe(fresh);
  expect(kept[0]).toEqual([
    `pasar-access=${fresh}; Path=/; HttpOnly; SameSite=Lax; Max-Age=900`,
    'pasar-refresh=r2; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000',
  ]);
});

it('ends a session that the API ended', async () => {
  const { sessions } = kit(async () => {
    throw refused(401);
  });
  const cookies = jar(old, 'r1');
  const kept = await sessions.renew(cookies, {});
  expect(kept).toHaveLength(2);
  for (const cookie of kept) expect(cookie).toContain('Max-Age=0');
  expect(cookies.size).toBe(0);
});

it('keeps a session while the API is away, and asks again', async () => {
  let away = true;
  const { sessions, asked } = kit(async () => {
    if (away) throw refused(503);
    return { accessToken: fresh, refreshToken: 'r2', expiresIn: 900 };
  });
  const cookies = jar(old, 'r1');
  await expect(sessions.renew(cookies, {})).rejects.toThrow();
  expect(cookies.get('pasar-refresh')).toBe('r1');
  away = false;
  expect(await sessions.renew(cookies, {})).toHaveLength(2);
  expect(asked).toEqual(['r1', 'r1']);
});

it('takes what is no token for one that is over', async () => {
  for (const access of ['x', 'a.b.c', `a.${Buffer.from('{}').toString('base64url')}.c`]) {
    const { sessions, asked } = kit();
    await sessions.renew(jar(access, 'r1'), {});
    expect(asked).toEqual(['r1']);
  }
});

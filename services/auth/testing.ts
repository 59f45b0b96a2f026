import type { Client } from '@connectrpc/connect';
import { AuthService, type TokenGrant } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { TestClock } from '@pasar/platform/clock';
import type { Environment } from '@pasar/platform/config';
import { fromRpcError } from '@pasar/platform/errors';
import { countBlocked } from '@pasar/platform/testing/database';
import { issuer } from '@pasar/platform/testing/network';
import { startTestService, type TestService } from '@pasar/platform/testing/service';
import { vi } from 'vitest';
import { authService } from './auth.module.js';

export const environment = { PASAR_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
/** Tests sign many people in. */
const cheapHashes = { PASAR_AUTH_ARGON2_MEMORY_KIB: '7168', PASAR_AUTH_ARGON2_PASSES: '1' };
export const password = 'wahana-edukasi-7';

export interface TestAuth extends TestService {
  auth: Client<typeof AuthService>;
  clock: TestClock;
  /** Registers a new person, by a name that no other test has. */
  register(headers?: Record<string, string>): Promise<TokenGrant>;
}

let people = 0;

/** The auth service alone, on a clock that the test moves. */
export async function startAuth(settings: Environment = {}): Promise<TestAuth> {
  const clock = new TestClock();
  const service = await startTestService(authService, {
    environment: { ...environment, ...cheapHashes, ...settings },
    clock,
  });
  const auth = service.client(AuthService);
  return {
    ...service,
    auth,
    clock,
    register: (headers = {}) =>
      auth.register({ email: `person${++people}@example.com`, password, name: 'Ratna' }, { headers }),
  };
}

/** Call options with an access token that says so. */
export function as(clock: TestClock, id: string, facts: { sid?: string; roles?: Role[] } = {}) {
  const now = Math.floor(clock.now().getTime() / 1000);
  const roles = (facts.roles ?? [Role.CUSTOMER]).map((role) => Role[role]);
  const sid = facts.sid ?? crypto.randomUUID();
  const token = issuer.issue({ sub: id, roles, sid, iat: now, exp: now + 900 });
  return { headers: { authorization: `Bearer ${token}` } };
}

/** What a JWT says, unverified. */
export function claimsOf(accessToken: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
}

/** The code of the error that a call ends with, or `ok`. */
export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => fromRpcError(error).code,
  );
}

/** How often each outcome occurs. */
export async function tally(calls: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const code of await Promise.all(calls.map(codeOf))) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** Waits until the call has ended or the database makes it wait for somebody's lock. */
export async function untilBlocked({ service }: TestAuth, call: Promise<unknown>): Promise<void> {
  let ended = false;
  const end = () => {
    ended = true;
  };
  call.then(end, end);
  await vi.waitUntil(async () => ended || (await countBlocked(service.database)) > 0, { timeout: 20_000 });
}

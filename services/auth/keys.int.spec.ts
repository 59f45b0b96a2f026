import { PostgresBus } from '@pasar/platform/bus-postgres';
import { TestClock } from '@pasar/platform/clock';
import { type RunningService, startService } from '@pasar/platform/service';
import { createLog, Metrics } from '@pasar/platform/telemetry';
import { busMigrations, type TestDatabase, testDatabase } from '@pasar/platform/testing/database';
import { testNetwork } from '@pasar/platform/testing/network';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authService } from './auth.module.js';
import { KeyRing } from './key-ring.js';
import { environment } from './testing.js';

/** Processes of the auth service on one database and one clock. */
let own: TestDatabase;
let busData: TestDatabase;
const clock = new TestClock();
const running: RunningService[] = [];
const log = createLog({ level: 'silent', service: 'auth' });

beforeAll(async () => {
  own = await testDatabase(authService.migrations);
  busData = await testDatabase([busMigrations]);
});
afterAll(async () => {
  await Promise.all(running.map((service) => service.close()));
  await Promise.all([own.drop(), busData.drop()]);
});

async function startProcess(secretKey = environment.PASAR_SECRET_KEY): Promise<KeyRing> {
  const metrics = new Metrics();
  const service = await startService(authService, {
    environment: { PASAR_SECRET_KEY: secretKey },
    clock,
    log,
    metrics,
    network: testNetwork({ clock }),
    bus: new PostgresBus({ database: busData.database, log, metrics }),
    processName: crypto.randomUUID(),
    databaseUrl: () => own.url,
    poolSize: 4,
  });
  running.push(service);
  return service.get(KeyRing);
}

const issue = (ring: KeyRing, life = 900) => {
  const now = Math.floor(clock.now().getTime() / 1000);
  return ring.sign({ sub: 'a', iat: now, exp: now + life });
};

async function verify(ring: KeyRing, token: string): Promise<string | undefined> {
  const keys = createLocalJWKSet({ keys: await ring.published() });
  const { protectedHeader } = await jwtVerify(token, keys, { currentDate: clock.now() });
  return protectedHeader.kid;
}

describe('signing keys', () => {
  it('are one, though many processes start at once', async () => {
    const rings = await Promise.all(Array.from({ length: 6 }, () => startProcess()));
    const { rows } = await sql`select from signing_key`.execute(own.database.kysely);
    expect(rows).toHaveLength(1);
    const kids = new Set<string | undefined>();
    for (const ring of rings) kids.add(await verify(rings[0] as KeyRing, await issue(ring)));
    expect(kids.size).toBe(1);
  });

  it('are replaced at their age, published before, and nobody is logged out', async () => {
    const [one, two] = [await startProcess(), await startProcess()];
    const first = await verify(one, await issue(one));
    const seen = new Set<string | undefined>();
    let overlapped = false;
    let alive: { token: string; until: number }[] = [];
    // Hour by hour, and minute by minute where the keys change.
    const steps = [...Array(29 * 24 + 23).fill(60), ...Array(120).fill(1), ...Array(24).fill(60)];
    for (const [step, minutes] of steps.entries()) {
      clock.advance(minutes * 60_000);
      const now = clock.now().getTime();
      const [signer, verifier] = step % 2 ? [one, two] : [two, one];
      const token = await issue(signer);
      alive = [...alive.filter(({ until }) => until > now), { token, until: now + 900_000 }];
      for (const each of alive) seen.add(await verify(verifier, each.token));
      overlapped ||= (await verifier.published()).length === 2;
    }
    expect(seen.size).toBe(2);
    expect(overlapped).toBe(true);
    // The first one is dead and forgotten.
    await one.rotate();
    const kids = (await two.published()).map(({ kid }) => kid);
    expect(kids).toHaveLength(1);
    expect(kids).not.toContain(first);
    const { rows } = await sql`select from signing_key`.execute(own.database.kysely);
    expect(rows).toHaveLength(1);
  });

  it('are replaced after a long sleep without a moment in which nothing can be verified', async () => {
    const ring = await startProcess();
    const before = await verify(ring, await issue(ring));
    clock.advance(200 * 86_400_000);
    const late = await startProcess();
    const token = await issue(late);
    expect(await verify(late, token)).toBe(before);
    clock.advance(11 * 60_000);
    expect(await verify(late, await issue(late))).not.toBe(before);
    expect(await verify(late, token)).toBe(before);
  });

  it('are made once when several processes find the old one due', async () => {
    const rings = await Promise.all([startProcess(), startProcess(), startProcess()]);
    clock.advance(31 * 86_400_000);
    await Promise.all(rings.map((ring) => ring.rotate()));
    const sets = await Promise.all(rings.map((ring) => ring.published()));
    expect(sets[0]).toHaveLength(2);
    for (const set of sets) expect(set).toEqual(sets[0]);
  });

  it('open only under the secret that they were encrypted with', async () => {
    await expect(startProcess(Buffer.alloc(32, 9).toString('base64'))).rejects.toThrow('PASAR_SECRET_KEY');
    for (const weak of ['', 'too short', Buffer.alloc(31).toString('base64')]) {
      await expect(startProcess(weak)).rejects.toThrow('PASAR_SECRET_KEY');
    }
  });

  it('never leave the database in the clear', async () => {
    const { rows } = await sql<{ sealed: Buffer }>`select private_key as sealed from signing_key`.execute(
      own.database.kysely,
    );
    // What the DER form of every RSA key contains: the algorithm's object identifier.
    for (const { sealed } of rows)
      expect(sealed.includes(Buffer.from('2a864886f70d010101', 'hex'))).toBe(false);
  });
});

import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { PostgresLock } from './lock-postgres.js';
import { type TestDatabase, testDatabase } from './testing/database.js';

let test: TestDatabase;
let locks: PostgresLock[] = [];
const long = { ttlMs: 30_000, waitMs: 30_000 };

beforeAll(async () => {
  test = await testDatabase([]);
});
afterAll(() => test.drop());
afterEach(async () => {
  await Promise.all(locks.map((lock) => lock.close()));
  locks = [];
});

function makeLock(): PostgresLock {
  const lock = new PostgresLock(test.database);
  locks.push(lock);
  return lock;
}

it('keeps holders of a key apart, within a process and between processes', async () => {
  const processes = [makeLock(), makeLock(), makeLock()];
  let holders = 0;
  let most = 0;
  let done = 0;
  const work = async () => {
    most = Math.max(most, ++holders);
    await new Promise((resolve) => setImmediate(resolve));
    holders--;
    done++;
  };
  await Promise.all(Array.from({ length: 60 }, (_, n) => processes[n % 3]?.withLock('key', long, work)));
  expect([most, done]).toEqual([1, 60]);
});

it('lets different keys be held together, on one connection', async () => {
  const lock = makeLock();
  const all = Promise.withResolvers<void>();
  let holders = 0;
  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      lock.withLock(`key ${n}`, long, async () => {
        if (++holders === 30) all.resolve();
        await all.promise;
      }),
    ),
  );
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from pg_stat_activity
    where application_name = 'pasar-lock' and datname = current_database()`.execute(test.database.kysely);
  expect(rows[0]?.count).toBe(1);
});

it('returns what the work returns, and is free after it fails', async () => {
  const lock = makeLock();
  expect(await lock.withLock('key', long, async () => 42)).toBe(42);
  const failing = lock.withLock('key', long, async () => {
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  expect(await makeLock().withLock('key', { ttlMs: 1_000, waitMs: 0 }, async () => 'free')).toBe('free');
});

it('refuses who has waited long enough', async () => {
  const [holder, waiter] = [makeLock(), makeLock()];
  await holder.withLock('key', long, async () => {
    for (const lock of [holder, waiter]) {
      await expect(lock.withLock('key', { ttlMs: 1_000, waitMs: 30 }, async () => {})).rejects.toMatchObject({
        code: 'lock.busy',
        kind: 'unavailable',
      });
    }
  });
});

it('is lost when its time is over, and the holder is told', async () => {
  const [holder, waiter] = [makeLock(), makeLock()];
  const held = Promise.withResolvers<void>();
  const took = Promise.withResolvers<void>();
  const late = holder.withLock('key', { ttlMs: 50, waitMs: 0 }, async (signal) => {
    held.resolve();
    await took.promise;
    return signal.aborted;
  });
  await held.promise;
  const next = waiter.withLock('key', long, async () => {
    took.resolve();
    expect(await late).toBe(true);
    // The late one must not have released what is not its own any more.
    await expect(makeLock().withLock('key', { ttlMs: 1_000, waitMs: 0 }, async () => {})).rejects.toThrow();
  });
  await next;
});

it('is lost with its connection, and the holder is told', async () => {
  const [holder, waiter] = [makeLock(), makeLock()];
  const outcome = await holder.withLock('key', long, async (signal) => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'pasar-lock' and datname = current_database()`.execute(test.database.kysely);
    await vi.waitFor(() => expect(signal.aborted).toBe(true), { timeout: 10_000, interval: 10 });
    return waiter.withLock('key', long, async () => 'taken over');
  });
  expect(outcome).toBe('taken over');
  expect(await holder.withLock('key', long, async () => 'again')).toBe('again');
});

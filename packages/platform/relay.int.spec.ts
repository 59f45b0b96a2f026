import { fromBinary } from '@bufbuild/protobuf';
import { StockLowSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Bus, type Subscription } from './bus.js';
import { SystemClock } from './clock.js';
import { Database } from './db.js';
import { type Envelope, event } from './events.js';
import { Outbox } from './outbox.js';
import { Relay } from './relay.js';
import { createLog, Metrics } from './telemetry.js';
import { messagingMigrations, type TestDatabase, testDatabase } from './testing/database.js';

/** Remembers what was published; can be made to fail or to hang. */
class RecordingBus extends Bus {
  readonly batches: Envelope[][] = [];
  obstacle: (() => Promise<void>) | undefined;

  override async publish(envelopes: Envelope[]) {
    await this.obstacle?.();
    this.batches.push(envelopes);
  }

  get subjects() {
    return this.batches.flat().map(({ subject }) => subject);
  }

  override subscribe(): Subscription {
    throw new Error('nobody subscribes here');
  }

  override broadcast(): Subscription {
    throw new Error('nobody subscribes here');
  }

  override async close() {}
}

let test: TestDatabase;
let bus: RecordingBus;
let relays: Relay[] = [];
let databases: Database[] = [];
const metrics = new Metrics();
const patience = { timeout: 20_000, interval: 5 };

beforeAll(async () => {
  test = await testDatabase([messagingMigrations]);
});
afterAll(() => test.drop());
beforeEach(async () => {
  await sql`truncate outbox`.execute(test.database.kysely);
  bus = new RecordingBus();
});
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  await Promise.all(databases.map((database) => database.close()));
  relays = [];
  databases = [];
});

/** A relay as another process would have it: with connections of its own. */
function makeRelay(to: Bus = bus): { relay: Relay; outbox: Outbox; database: Database } {
  const database = new Database(test.url, { max: 4 });
  const log = createLog({ level: 'silent', service: 'test' });
  const relay = new Relay({ service: 'inventory', database, bus: to, log, metrics });
  const outbox = new Outbox({ source: 'inventory', clock: new SystemClock(), wake: () => relay.wake() });
  databases.push(database);
  relays.push(relay);
  return { relay, outbox, database };
}

const low = (subject: string) => event(StockLowSchema, subject, { variantId: subject });
const waitForSubjects = (...subjects: string[]) =>
  vi.waitFor(() => expect(bus.subjects).toEqual(subjects), patience);

async function leftRows(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from outbox`.execute(
    test.database.kysely,
  );
  return rows[0]?.count ?? -1;
}

it('publishes what is committed, in order, once, and deletes it', async () => {
  const { relay, outbox, database } = makeRelay();
  relay.start();
  const names = Array.from({ length: 1_300 }, (_, n) => `s${n}`);
  for (let n = 0; n < names.length; n += 130) {
    await database.transaction((tx) => outbox.append(tx, ...names.slice(n, n + 130).map(low)));
    outbox.wake();
  }
  await waitForSubjects(...names);
  await vi.waitFor(async () => expect(await leftRows()).toBe(0), patience);
  expect(bus.batches[0]?.[0]).toMatchObject({ source: 'inventory', type: 'stock.low', subject: 's0' });
  expect(bus.subjects).toHaveLength(names.length);
});

it('finds events that nobody told it of', async () => {
  const { relay } = makeRelay();
  relay.start();
  await vi.waitFor(() => expect(relay.leading).toBe(true), patience);
  const silent = new Outbox({ source: 'inventory', clock: new SystemClock() });
  await test.database.transaction((tx) => silent.append(tx, low('a')));
  await waitForSubjects('a');
});

it('never skips a transaction that commits late', async () => {
  const { relay, outbox, database } = makeRelay();
  relay.start();
  const commit = Promise.withResolvers<void>();
  const appended = Promise.withResolvers<void>();
  const late = database.transaction(async (tx) => {
    await outbox.append(tx, low('late'));
    appended.resolve();
    await commit.promise;
  });
  await appended.promise;
  for (const subject of ['a', 'b', 'c']) {
    await database.transaction((tx) => outbox.append(tx, low(subject)));
    outbox.wake();
    await vi.waitFor(() => expect(bus.subjects).toContain(subject), patience);
  }
  await vi.waitFor(async () => expect(await leftRows()).toBe(0), patience);
  commit.resolve();
  await late;
  outbox.wake();
  await waitForSubjects('a', 'b', 'c', 'late');
});

it('publishes everything while hundreds of transactions commit at once, each subject in order', async () => {
  const { relay, outbox, database } = makeRelay();
  relay.start();
  await sql`create table if not exists subject (id text primary key, n integer not null default 0)`.execute(
    database.kysely,
  );
  await sql`insert into subject select 's' || n from generate_series(0, 9) n on conflict do nothing`.execute(
    database.kysely,
  );
  await Promise.all(
    Array.from({ length: 400 }, async (_, n) => {
      await database.transaction(async (tx) => {
        const { rows } = await sql<{ n: number }>`
          update subject set n = n + 1 where id = ${`s${n % 10}`} returning n`.execute(tx);
        const available = BigInt(rows[0]?.n ?? 0);
        await outbox.append(
          tx,
          event(StockLowSchema, `s${n % 10}`, { available }),
          event(StockLowSchema, 'other', {}),
        );
        if (n % 3 === 0) await sql`select pg_sleep(0.005)`.execute(tx);
      });
      outbox.wake();
    }),
  );
  await vi.waitFor(() => expect(bus.subjects).toHaveLength(800), patience);
  const { rows } = await sql<{ id: string }>`select id from subject order by id`.execute(database.kysely);
  for (const { id } of rows) {
    const numbers = bus.batches.flat().filter(({ subject }) => subject === id);
    expect(numbers.map(({ data }) => Number(fromBinary(StockLowSchema, data).available))).toEqual(
      Array.from({ length: 40 }, (_, n) => n + 1),
    );
  }
  expect(bus.batches.length).toBeLessThan(400);
});

it('is led by one process; another takes over at once when its session is gone', async () => {
  const [one, two] = [makeRelay(), makeRelay()];
  one.relay.start();
  await vi.waitFor(() => expect(one.relay.leading).toBe(true), patience);
  two.relay.start();
  // A process that does not lead tells the one that does.
  await two.database.transaction((tx) => two.outbox.append(tx, low('a')));
  two.outbox.wake();
  await waitForSubjects('a');
  expect(two.relay.leading).toBe(false);

  await one.relay.stop();
  await two.database.transaction((tx) => two.outbox.append(tx, low('b')));
  await waitForSubjects('a', 'b');
  expect([one.relay.leading, two.relay.leading]).toEqual([false, true]);

  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'pasar-relay-inventory' and datname = current_database()`.execute(
    test.database.kysely,
  );
  await test.database.transaction((tx) => two.outbox.append(tx, low('c')));
  await vi.waitFor(() => expect(bus.subjects.at(-1)).toBe('c'), patience);
});

it('publishes again, in order, what a leader had published and not deleted when it died', async () => {
  const { relay, outbox, database } = makeRelay();
  const interrupted = Promise.withResolvers<void>();
  const terminated = Promise.withResolvers<void>();
  bus.obstacle = async () => {
    bus.obstacle = undefined;
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'pasar-relay-inventory' and datname = current_database()`.execute(
      database.kysely,
    );
    interrupted.resolve();
    await terminated.promise;
  };
  await database.transaction((tx) => outbox.append(tx, low('a'), low('b')));
  relay.start();
  await interrupted.promise;
  await database.transaction((tx) => outbox.append(tx, low('c')));
  terminated.resolve();
  await vi.waitFor(() => expect(bus.subjects).toEqual(['a', 'b', 'a', 'b', 'c']), patience);
  await vi.waitFor(async () => expect(await leftRows()).toBe(0), patience);
});

it('holds events while the bus is away, and shows their age', async () => {
  const { relay, outbox, database } = makeRelay();
  let refusals = 0;
  bus.obstacle = async () => {
    refusals++;
    throw new Error('the bus is away');
  };
  relay.start();
  await database.transaction((tx) => outbox.append(tx, low('a'), low('b')));
  outbox.wake();
  await vi.waitFor(() => expect(refusals).toBeGreaterThan(2), patience);
  expect(await leftRows()).toBe(2);
  expect(await metrics.text()).toMatch(/pasar_outbox_lag_seconds\{service="inventory"\} 0\.\d+/);
  bus.obstacle = undefined;
  await waitForSubjects('a', 'b');
  await vi.waitFor(
    async () => expect(await metrics.text()).toMatch(/lag_seconds\{service="inventory"\} 0\n/),
    patience,
  );
});

it('publishes what is committed before it stops, and goes on after it is started anew', async () => {
  const first = makeRelay();
  first.relay.start();
  await vi.waitFor(() => expect(first.relay.leading).toBe(true), patience);
  await test.database.transaction((tx) => first.outbox.append(tx, low('a')));
  await first.relay.stop();
  expect(bus.subjects).toEqual(['a']);
  expect(await leftRows()).toBe(0);

  await test.database.transaction((tx) => first.outbox.append(tx, low('b')));
  makeRelay().relay.start();
  await waitForSubjects('a', 'b');
});

it('stops though the bus takes nothing', async () => {
  const { relay, outbox, database } = makeRelay();
  bus.obstacle = () => Promise.reject(new Error('the bus is away'));
  relay.start();
  await database.transaction((tx) => outbox.append(tx, low('a')));
  outbox.wake();
  await vi.waitFor(() => expect(relay.leading).toBe(true), patience);
  await relay.stop();
  expect(await leftRows()).toBe(1);
});

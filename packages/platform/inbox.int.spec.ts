import { create, toBinary } from '@bufbuild/protobuf';
import {
  file_pasar_inventory_v1_inventory as inventoryFile,
  StockLowSchema,
  StockReturnedSchema,
} from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { sql, type Transaction } from 'kysely';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bus, type SubscribeOptions, type Subscription } from './bus.js';
import { TestClock } from './clock.js';
import { DeadLetters } from './dead-letters.js';
import { type Envelope, event, eventSchemas } from './events.js';
import { Consumers, on, onBatch, planRuns, type Subscriptions } from './inbox.js';
import { Outbox } from './outbox.js';
import { createLog, Metrics } from './telemetry.js';
import { countBlocked, messagingMigrations, type TestDatabase, testDatabase } from './testing/database.js';
import { currentSpan } from './tracing.js';

/** Hands batches over exactly as the spec says. */
class HandBus extends Bus {
  subscription: SubscribeOptions | undefined;

  override subscribe(options: SubscribeOptions): Subscription {
    this.subscription = options;
    return { ready: Promise.resolve(), stop: async () => {} };
  }

  deliver(...envelopes: Envelope[]): Promise<void> {
    if (!this.subscription) throw new Error('nobody subscribed');
    return this.subscription.onBatch(envelopes);
  }

  override broadcast(): Subscription {
    throw new Error('nobody broadcasts here');
  }

  override async publish() {}
  override async close() {}
}

let test: TestDatabase;
let running: Consumers[] = [];
let wakes = 0;
const clock = new TestClock();
const metrics = new Metrics();
const patience = { timeout: 20_000, interval: 10 };

beforeAll(async () => {
  test = await testDatabase([messagingMigrations]);
  await sql`create table effect (
    nth bigint generated always as identity, subject text not null, n bigint not null)`.execute(
    test.database.kysely,
  );
});
afterAll(() => test.drop());
beforeEach(async () => {
  await sql`truncate inbox, parked_event, effect, outbox`.execute(test.database.kysely);
  wakes = 0;
});
afterEach(async () => {
  await Promise.all(running.map((consumers) => consumers.stop()));
  running = [];
});

async function startConsumers(subscriptions: Subscriptions, maxAttempts = 3, timeoutMs?: number) {
  const bus = new HandBus();
  const log = createLog({ level: 'silent', service: 'test' });
  const outbox = new Outbox({ source: 'inventory', clock, wake: () => wakes++ });
  const consumers = new Consumers({
    ...{
      service: 'inventory',
      database: test.database,
      bus,
      clock,
      log,
      metrics,
      outbox,
      subscriptions,
      maxAttempts,
      timeoutMs,
    },
  });
  await consumers.start();
  running.push(consumers);
  return { bus, consumers, outbox };
}

function low(subject: string, n: number): Envelope {
  const data = toBinary(StockLowSchema, create(StockLowSchema, { variantId: subject, available: BigInt(n) }));
  return {
    id: v7(),
    type: 'stock.low',
    source: 'inventory',
    subject,
    time: clock.now(),
    traceparent: '',
    data,
  };
}

function returned(subject: string): Envelope {
  return {
    ...low(subject, 0),
    type: 'stock.returned',
    data: toBinary(StockReturnedSchema, create(StockReturnedSchema)),
  };
}

async function take(tx: Transaction<unknown>, subject: string, n: bigint) {
  await sql`insert into effect (subject, n) values (${subject}, ${n})`.execute(tx);
}

const takeLow = on(StockLowSchema, (tx, { subject, data }) => take(tx, subject, data.available));

/** Fails on events whose number is in the set. */
function takeUnless(poison: Set<number>) {
  return on(StockLowSchema, async (tx, { subject, data }) => {
    await take(tx, subject, data.available);
    if (poison.has(Number(data.available))) throw new Error(`${data.available} is poison`);
  });
}

async function effects(subject?: string): Promise<number[]> {
  const { rows } = await sql<{ n: bigint }>`
    select n from effect where ${subject ?? null}::text is null or subject = ${subject ?? null} order by nth`.execute(
    test.database.kysely,
  );
  return rows.map(({ n }) => Number(n));
}

async function count(table: string): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::integer as count from ${sql.table(table)}`.execute(test.database.kysely);
  return rows[0]?.count ?? -1;
}

describe('the inbox', () => {
  it('subscribes the service to what it handles', async () => {
    const { bus } = await startConsumers([takeLow, on(StockReturnedSchema, async () => {}), takeLow]);
    expect(bus.subscription).toMatchObject({
      group: 'inventory',
      topics: ['inventory'],
      types: ['stock.low', 'stock.returned'],
    });
  });

  it('lets each event take effect once, however often it comes', async () => {
    const { bus } = await startConsumers([takeLow]);
    const batch = [low('a', 1), low('b', 2), low('a', 3)];
    await bus.deliver(...batch, ...batch);
    await bus.deliver(...batch, low('a', 4));
    expect(await effects()).toEqual([1, 2, 3, 4]);
  });

  it('lets each event take effect once when two processes take it at the same time', async () => {
    const one = await startConsumers([takeLow]);
    const two = await startConsumers([takeLow]);
    const batch = Array.from({ length: 50 }, (_, n) => low(`s${n % 5}`, n));
    await Promise.all([one, two, one, two].map(({ bus }) => bus.deliver(...batch)));
    expect(await effects()).toEqual(Array.from({ length: 50 }, (_, n) => n));
  });

  it('gives an event to every handler of its type, in one transaction', async () => {
    const { bus } = await startConsumers([takeLow, takeUnless(new Set([2])), takeLow]);
    await bus.deliver(low('a', 1), low('b', 2));
    expect(await effects()).toEqual([1, 1, 1]);
  });

  it('hands batches over by type', async () => {
    const batches: number[][] = [];
    const { bus } = await startConsumers([
      onBatch(StockLowSchema, async (_tx, events) => {
        batches.push(events.map(({ data }) => Number(data.available)));
      }),
      on(StockReturnedSchema, async () => {}),
    ]);
    await bus.deliver(low('a', 1), returned('b'), low('c', 2), returned('a'), low('a', 3), low('d', 4));
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('runs what should follow after the commit, and not after a failure', async () => {
    const seen: string[] = [];
    const { bus, outbox } = await startConsumers([
      on(StockLowSchema, async (tx, { subject }, { afterCommit }) => {
        afterCommit(async () => seen.push(`${subject} ${await count('outbox')} ${wakes}`));
        afterCommit(() => {
          throw new Error('this is logged and harms nobody');
        });
        await outbox.append(tx, event(StockReturnedSchema, subject, {}));
        if (subject === 'bad') throw new Error('no');
      }),
      on(StockReturnedSchema, async () => {}),
    ]);
    await bus.deliver(low('good', 1));
    await bus.deliver(returned('good'));
    await bus.deliver(low('bad', 1));
    expect(seen).toEqual(['good 1 1']);
    expect(wakes).toBe(1);
  });

  it('continues the trace of the event', async () => {
    const traces: (string | undefined)[] = [];
    const { bus } = await startConsumers([
      on(StockLowSchema, async () => traces.push(currentSpan()?.traceId)),
    ]);
    const traceId = 'a'.repeat(32);
    await bus.deliver({ ...low('a', 1), traceparent: `00-${traceId}-${'b'.repeat(16)}-01` });
    expect(traces).toEqual([traceId]);
  });

  it('forgets what is older than an event can be', async () => {
    const { bus, consumers } = await startConsumers([takeLow]);
    await bus.deliver(...Array.from({ length: 20 }, (_, n) => low('a', n)));
    // An old event that was received today can come again from a bus that lags.
    await sql`insert into inbox (consumer, event_id, received_at) values
      ('inventory', '01800000-0000-7000-8000-000000000001', now() - interval '15 days'),
      ('inventory', '01800000-0000-7000-8000-000000000002', now()),
      ('other', '01800000-0000-7000-8000-000000000003', now() - interval '15 days')`.execute(
      test.database.kysely,
    );
    expect(await consumers.trim()).toBe(1);
    expect(await count('inbox')).toBe(22);
  });
});

describe('an event that fails', () => {
  it('is parked with the later ones of its subject, and holds nobody else up', async () => {
    const poison = new Set([2]);
    const { bus, consumers } = await startConsumers([takeUnless(poison)], 100);
    await bus.deliver(low('a', 1), low('a', 2), low('b', 10), low('a', 3), low('b', 11));
    await bus.deliver(low('a', 4), low('b', 12));
    expect(await effects('a')).toEqual([1]);
    expect(await effects('b')).toEqual([10, 11, 12]);
    poison.clear();
    clock.advance(60_000);
    await consumers.retryDue();
    expect(await effects('a')).toEqual([1, 2, 3, 4]);
    expect(await count('parked_event')).toBe(0);
    await bus.deliver(low('a', 5));
    expect(await effects('a')).toEqual([1, 2, 3, 4, 5]);
  });

  it('by never ending holds nobody up for longer than its time, and leaves nothing behind', async () => {
    const isStuck = new Set([2]);
    const takeUnlessStuck = on(StockLowSchema, async (tx, { subject, data }) => {
      await take(tx, subject, data.available);
      if (isStuck.has(Number(data.available))) await new Promise(() => {});
    });
    const { bus, consumers } = await startConsumers([takeUnlessStuck], 100, 200);
    await bus.deliver(low('a', 1), low('a', 2), low('b', 10));
    expect(await effects('a')).toEqual([1]);
    expect(await effects('b')).toEqual([10]);
    isStuck.clear();
    clock.advance(60_000);
    await consumers.retryDue();
    expect(await effects('a')).toEqual([1, 2]);
  });

  it('is tried again by itself', async () => {
    const poison = new Set([1]);
    const { bus } = await startConsumers([takeUnless(poison)], 100);
    await bus.deliver(low('a', 1), low('a', 2));
    poison.clear();
    await vi.waitFor(async () => expect(await effects()).toEqual([1, 2]), patience);
  });

  it('waits twice as long after each failure', async () => {
    const { bus, consumers } = await startConsumers([takeUnless(new Set([1]))], 100);
    await consumers.stop();
    await bus.deliver(low('a', 1));
    const waits: number[] = [];
    for (let attempt = 0; attempt < 14; attempt++) {
      const { rows } = await sql<{ next_at: Date }>`select next_at from parked_event`.execute(
        test.database.kysely,
      );
      const wait = (rows[0]?.next_at.getTime() ?? 0) - clock.now().getTime();
      waits.push(wait);
      clock.advance(wait + 1_000);
      const again = await startConsumers([takeUnless(new Set([1]))], 100);
      await again.consumers.retryDue();
      await again.consumers.stop();
    }
    expect(waits.every((wait, n) => wait <= Math.min(200 * 2 ** n, 300_000))).toBe(true);
    expect(waits.at(-1)).toBeGreaterThan(250_000);
  });

  it('becomes a dead letter in the end, and those behind it go on', async () => {
    const { bus } = await startConsumers([takeUnless(new Set([1]))], 3);
    await bus.deliver(low('a', 1), low('a', 2), low('b', 3));
    await vi.waitFor(async () => expect(await effects('a')).toEqual([2]), patience);
    await bus.deliver(low('a', 4));
    expect(await effects('a')).toEqual([2, 4]);
    await vi.waitFor(
      async () => expect(await metrics.text()).toContain('pasar_dead_letters{consumer="inventory"} 1'),
      patience,
    );
  });

  it('is a dead letter too when its bytes are not what its type says', async () => {
    const { bus } = await startConsumers([takeLow], 2);
    await bus.deliver({ ...low('a', 1), data: Buffer.from('garbage') }, low('b', 2));
    expect(await effects()).toEqual([2]);
    const letters = new DeadLetters(test.database, clock, eventSchemas(inventoryFile));
    await vi.waitFor(async () => expect(await letters.list()).toHaveLength(1), patience);
    const [letter] = await letters.list();
    expect((await letters.show(letter?.number ?? 0)).data).toBeUndefined();
  });

  it('keeps the order of its subject while everything fails at random', async () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const handler = on(StockLowSchema, async (tx, { subject, data }) => {
      await take(tx, subject, data.available);
      if (random() < 0.1) throw new Error('bad luck');
    });
    const members = [await startConsumers([handler], 1_000), await startConsumers([handler], 1_000)];
    const sent = Array.from({ length: 400 }, (_, n) => low(`s${n % 8}`, n));
    for (let n = 0; n < sent.length; n += 20) {
      await Promise.all(members.map(({ bus }) => bus.deliver(...sent.slice(n, n + 20))));
    }
    await vi.waitFor(async () => {
      clock.advance(60_000);
      await Promise.all(members.map(({ consumers }) => consumers.retryDue()));
      expect(await effects()).toHaveLength(400);
    }, patience);
    for (let s = 0; s < 8; s++) {
      expect(await effects(`s${s}`)).toEqual(Array.from({ length: 50 }, (_, n) => n * 8 + s));
    }
    expect(await count('parked_event')).toBe(0);
  });

  it('keeps the order of its subject when another member parks it while the batch waits for that', async () => {
    const { bus, consumers } = await startConsumers([takeLow]);
    const [failing, later] = [low('a', 1), low('a', 2)];
    const delivery = await test.database.transaction(async (tx) => {
      await sql`insert into inbox (consumer, event_id) values ('inventory', ${failing.id})`.execute(tx);
      const delivery = bus.deliver(failing, later);
      await vi.waitFor(async () => expect(await countBlocked(test.database)).toBeGreaterThan(0), patience);
      await sql`
        insert into parked_event (consumer, event_id, type, source, subject, occurred_at, traceparent, data, next_at)
        values ('inventory', ${failing.id}, ${failing.type}, ${failing.source}, 'a', ${failing.time}, '',
          ${failing.data}, ${new Date(clock.now().getTime() + 60_000)})`.execute(tx);
      return { done: delivery };
    });
    await delivery.done;
    expect(await effects('a')).toEqual([]);
    clock.advance(60_000);
    await consumers.retryDue();
    await vi.waitFor(async () => expect(await effects('a')).toEqual([1, 2]), patience);
  });

  it('fails the batch only when the database is away', async () => {
    const { bus, consumers } = await startConsumers([takeLow]);
    await consumers.stop();
    await sql`alter table inbox rename to inbox_away`.execute(test.database.kysely);
    await expect(bus.deliver(low('a', 1), low('b', 2))).rejects.toThrow('inbox');
    await sql`alter table inbox_away rename to inbox`.execute(test.database.kysely);
    await bus.deliver(low('a', 1));
    expect(await effects()).toEqual([1]);
  });
});

describe('dead letters', () => {
  const letters = () => new DeadLetters(test.database, clock, eventSchemas(inventoryFile));

  async function makeDeadLetter() {
    const poison = new Set([1]);
    const { bus, consumers } = await startConsumers([takeUnless(poison)], 1);
    const failing = low('a', 1);
    await bus.deliver(failing, low('a', 2));
    clock.advance(1_000);
    await consumers.retryDue();
    await vi.waitFor(async () => expect(await letters().list()).toHaveLength(1), patience);
    const [letter] = await letters().list();
    return { poison, bus, consumers, failing, number: letter?.number ?? 0 };
  }

  it('can be seen', async () => {
    const { failing, number } = await makeDeadLetter();
    expect(await letters().show(number)).toMatchObject({
      ...{ number, consumer: 'inventory', eventId: failing.id, type: 'stock.low', subject: 'a' },
      error: expect.stringContaining('1 is poison'),
      data: { variantId: 'a', available: '1' },
    });
    expect(await letters().list(number)).toEqual([]);
    await expect(letters().show(number + 1)).rejects.toMatchObject({ code: 'dead_letter.not_found' });
  });

  it('take effect once when they are corrected and replayed, and stay taken', async () => {
    const { bus, consumers, failing, number } = await makeDeadLetter();
    await letters().edit(number, { variantId: 'a', available: '7' });
    expect((await letters().show(number)).data).toEqual({ variantId: 'a', available: '7' });
    await letters().replay(number);
    await consumers.retryDue();
    await vi.waitFor(async () => expect(await effects('a')).toEqual([2, 7]), patience);
    expect(await letters().list()).toEqual([]);
    await bus.deliver(failing);
    expect(await effects('a')).toEqual([2, 7]);
  });

  it('die again when nothing changed', async () => {
    const { consumers, number } = await makeDeadLetter();
    await letters().replay(number);
    await consumers.retryDue();
    await vi.waitFor(async () => expect(await letters().list()).toHaveLength(1), patience);
    expect(await effects('a')).toEqual([2]);
  });

  it('are only edited to be such an event', async () => {
    const { number } = await makeDeadLetter();
    await expect(letters().edit(number, { available: 'many' })).rejects.toMatchObject({
      code: 'dead_letter.invalid',
    });
    await expect(letters().edit(number, { unheardOf: 1 })).rejects.toMatchObject({
      code: 'dead_letter.invalid',
    });
  });

  it('can be discarded', async () => {
    const { bus, failing, number } = await makeDeadLetter();
    await letters().discard(number);
    expect(await letters().list()).toEqual([]);
    await bus.deliver(failing);
    expect(await effects('a')).toEqual([2]);
    await expect(letters().discard(number)).rejects.toMatchObject({ code: 'dead_letter.not_found' });
    await expect(letters().replay(number)).rejects.toMatchObject({ code: 'dead_letter.not_found' });
    await expect(letters().edit(number, {})).rejects.toMatchObject({ code: 'dead_letter.not_found' });
  });

  it('are none of an operator’s business while they are being tried', async () => {
    const { bus, consumers } = await startConsumers([takeUnless(new Set([1]))], 100);
    await consumers.stop();
    await bus.deliver(low('a', 1));
    const { rows } = await sql<{ number: bigint }>`select number from parked_event`.execute(
      test.database.kysely,
    );
    await expect(letters().discard(Number(rows[0]?.number))).rejects.toMatchObject({
      code: 'dead_letter.not_found',
    });
  });
});

describe('runs of a batch', () => {
  it('join events of a type as long as no subject overtakes itself', () => {
    const batch = [
      low('a', 1),
      returned('a'),
      low('b', 2),
      low('a', 3),
      returned('b'),
      returned('c'),
      low('c', 4),
    ];
    const runs = planRuns(batch).map(({ type, run }) => [type, ...run.map((one) => batch.indexOf(one))]);
    expect(runs).toEqual([
      ['stock.low', 0, 2],
      ['stock.returned', 1, 4, 5],
      ['stock.low', 3, 6],
    ]);
  });
});

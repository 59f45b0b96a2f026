import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Bus } from './bus.js';
import { describeBus } from './bus-conformance.js';
import type { PostgresBus } from './bus-postgres.js';
import { partitionOf } from './bus-postgres-topic.js';
import type { Envelope } from './events.js';
import { busMigrations, countBlocked, type TestDatabase, testDatabase } from './testing/database.js';
import { connect as connectTo } from './testing/postgres-bus.js';

describeBus('PostgresBus', async () => {
  const { url, drop } = await testDatabase([busMigrations]);
  return { connector: new URL('./testing/postgres-bus.js', import.meta.url), address: url, stop: drop };
});

describe('the log of PostgresBus', () => {
  const patience = { timeout: 30_000, interval: 10 };
  let test: TestDatabase;
  let buses: PostgresBus[] = [];

  beforeAll(async () => {
    test = await testDatabase([busMigrations]);
  });
  afterAll(() => test.drop());
  afterEach(async () => {
    await Promise.all(buses.map((bus) => bus.close()));
    buses = [];
  });

  const connect = () => {
    const bus = connectTo(test.url);
    buses.push(bus);
    return bus;
  };
  const query = (text: string, values?: unknown[]) => test.database.pool.query(text, values);

  function makeEvents(source: string, count: number): Envelope[] {
    return Array.from({ length: count }, (_, n) => ({
      ...{
        id: v7(),
        type: 'test.happened',
        source,
        subject: `s${n % 16}`,
        time: new Date(),
        traceparent: '',
      },
      data: Buffer.from(String(n)),
    }));
  }

  function collect(bus: Bus, group: string, topic: string, delay = 0) {
    const ids: string[] = [];
    const subscription = bus.subscribe({
      group,
      topics: [topic],
      async onBatch(envelopes) {
        if (delay) await new Promise((resolve) => setTimeout(resolve, delay));
        ids.push(...envelopes.map(({ id }) => id));
      },
    });
    const until = (count: number) => vi.waitFor(() => expect(new Set(ids).size).toBe(count), patience);
    return { ids, until, ...subscription, stop: () => subscription.stop(), ready: subscription.ready };
  }

  it('never shows a position before the ones below it', async () => {
    const topic = 'late';
    const publisher = connect();
    await publisher.publish(makeEvents(topic, 1));
    const readers = [collect(publisher, 'same-process', topic), collect(connect(), 'other-process', topic)];
    for (const reader of readers) await reader.until(1);

    const slow = await test.database.pool.connect();
    await slow.query('begin');
    await slow.query(`update bus_topic set last = last + 1 where name = $1`, [topic]);
    const lateId = v7();
    await slow.query(
      `insert into bus_log (topic, position, partition, id, type, subject, occurred_at, traceparent, data)
       values ($1, 2, $3, $2, 'test.happened', 'late', now(), '', '')`,
      [topic, lateId, partitionOf('late')],
    );
    const after = makeEvents(topic, 3);
    let published = false;
    const publishing = publisher.publish(after).then(() => {
      published = true;
    });
    await vi.waitFor(async () => expect(await countBlocked(test.database)).toBe(1), patience);
    expect(published).toBe(false);
    await slow.query('commit');
    slow.release();
    await publishing;
    for (const reader of readers) {
      await reader.until(5);
      expect(reader.ids.slice(1)).toEqual([lateId, ...after.map(({ id }) => id)]);
    }
  });

  it('is read from the table by those who are far behind', async () => {
    const topic = 'far';
    const bus = connect();
    const slow = collect(bus, 'slow', topic, 15);
    const fast = collect(bus, 'fast', topic);
    const remote = collect(connect(), 'remote', topic);
    await Promise.all([slow.ready, remote.ready]);
    // More at once than another process keeps in memory.
    const sent = makeEvents(topic, 2_500);
    await bus.publish(sent);
    for (let n = 0; n < 7; n++) {
      const events = makeEvents(topic, 500);
      sent.push(...events);
      await bus.publish(events);
    }
    const ids = sent.map(({ id }) => id);
    await fast.until(6_000);
    expect(fast.ids).toEqual(ids);
    await slow.until(6_000);
    expect(slow.ids).toEqual(ids);
    await remote.until(6_000);
    expect(remote.ids).toEqual(ids);
  });

  it('is taken in batches of all topics, however much there is of one', async () => {
    const bus = connect();
    const batches: Envelope[][] = [];
    const held = Promise.withResolvers<void>();
    const subscription = bus.subscribe({
      group: 'fair',
      topics: ['busy', 'quiet', 'calm'],
      async onBatch(envelopes) {
        batches.push(envelopes);
        await held.promise;
      },
    });
    await subscription.ready;
    await bus.publish(makeEvents('busy', 1));
    await vi.waitFor(() => expect(batches).toHaveLength(1), patience);
    await Promise.all([
      bus.publish(makeEvents('busy', 1_500)),
      ...['quiet', 'calm'].map((topic) => bus.publish(makeEvents(topic, 5))),
    ]);
    held.resolve();
    await vi.waitFor(() => expect(batches.flat()).toHaveLength(1_511), patience);
    // Small ones first, larger ones when that does not suffice.
    const sizes = batches.map(({ length }) => length);
    expect(sizes.slice(0, 4)).toEqual([1, 120, 240, 480]);
    expect(Math.max(...sizes)).toBe(480);
    const early = batches.slice(0, 4).flat();
    for (const topic of ['quiet', 'calm']) {
      expect(early.filter(({ source }) => source === topic)).toHaveLength(5);
    }
  });

  it('is taken over from a member whose lease ran out, who then comes back as another one', async () => {
    const topic = 'lapse';
    const [publisher, one, two] = [connect(), connect(), connect()];
    const first = collect(one, 'group', topic);
    await first.ready;
    const owners = async () => {
      const { rows } = await query(
        'select distinct owner from bus_cursor where topic = $1 and owner is not null',
        [topic],
      );
      return rows.map(({ owner }) => owner);
    };
    const [before] = await owners();
    // As if the process had stood still for longer than its lease.
    await query(`update bus_member set expires_at = now() - interval '1 second' where id = $1`, [before]);
    const second = collect(two, 'group', topic);
    await second.ready;
    await vi.waitFor(async () => {
      const current = await owners();
      expect(current).toHaveLength(2);
      expect(current).not.toContain(before);
    }, patience);
    const sent = makeEvents(topic, 160);
    await publisher.publish(sent);
    await vi.waitFor(() => expect(new Set([...first.ids, ...second.ids]).size).toBe(160), patience);
    expect(first.ids.length).toBeGreaterThan(0);
    expect(second.ids.length).toBeGreaterThan(0);
  });

  it('is not advanced by a member that lost its partitions', async () => {
    const topic = 'fence';
    const bus = connect();
    const reached = Promise.withResolvers<void>();
    const resume = Promise.withResolvers<void>();
    const slow = bus.subscribe({
      group: 'group',
      topics: [topic],
      async onBatch() {
        reached.resolve();
        await resume.promise;
      },
    });
    await slow.ready;
    await bus.publish(makeEvents(topic, 32));
    await reached.promise;
    await query('update bus_cursor set owner = -1, position = 7 where topic = $1', [topic]);
    resume.resolve();
    await slow.stop();
    const { rows } = await query(
      'select distinct position::integer, owner from bus_cursor where topic = $1',
      [topic],
    );
    expect(rows).toEqual([{ position: 7, owner: -1 }]);
  });

  it('flows on after connections are lost', async () => {
    const topic = 'lost';
    const [publisher, reader] = [connect(), connect()];
    const taken = collect(reader, 'group', topic);
    const heard: string[] = [];
    const broadcast = reader.broadcast({
      topics: [topic],
      async onBatch(envelopes) {
        heard.push(...envelopes.map(({ id }) => id));
      },
    });
    await Promise.all([taken.ready, broadcast.ready]);
    const sent: Envelope[] = [];
    for (let round = 0; round < 3; round++) {
      await query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'pasar-bus'`);
      const events = makeEvents(topic, 40);
      sent.push(...events);
      await publisher.publish(events);
      await taken.until(sent.length);
    }
    await vi.waitFor(() => expect(heard).toEqual(sent.map(({ id }) => id)), patience);
  });

  it('is trimmed when it is old and every group has done it', async () => {
    const topic = 'trim';
    const bus = connect();
    const quick = collect(bus, 'quick', topic);
    await quick.ready;
    await query(`insert into bus_cursor (group_name, topic, partition) values ('stuck', $1, 0)`, [topic]);
    await bus.publish(makeEvents(topic, 30));
    await quick.until(30);
    await quick.stop();
    await query(
      `update bus_log set appended_at = now() - interval '8 days' where topic = $1 and position <= 20`,
      [topic],
    );
    await query(`update bus_cursor set position = 10 where topic = $1 and group_name = 'stuck'`, [topic]);
    const left = async () => {
      const { rows } = await query('select position::integer from bus_log where topic = $1 order by 1', [
        topic,
      ]);
      return rows.map(({ position }) => position);
    };
    expect(await bus.trim()).toBe(10);
    expect(await left()).toEqual(Array.from({ length: 20 }, (_, n) => n + 11));
    await bus.forget('stuck');
    expect(await bus.trim()).toBe(10);
    expect(await left()).toEqual(Array.from({ length: 10 }, (_, n) => n + 21));

    const late = collect(connect(), 'late', topic);
    await late.until(10);
    await bus.publish(makeEvents(topic, 1));
    await late.until(11);
    expect((await left()).at(-1)).toBe(31);
  });

  it('refuses a group that this bus has already', async () => {
    const bus = connect();
    const first = collect(bus, 'group', 'twice');
    await first.ready;
    expect(() => collect(bus, 'group', 'twice')).toThrow('subscribed already');
    await collect(bus, 'group', 'another').ready;
    await first.stop();
    await collect(bus, 'group', 'twice').ready;
  });

  it('spreads subjects over all partitions', () => {
    const partitions = Array.from({ length: 400 }, () => partitionOf(v7()));
    expect(new Set(partitions).size).toBe(8);
    expect(partitionOf('0195d3a8-6f6e-7b3c-8d55-9a7d8c2f1e10')).toBe(
      partitionOf('0195d3a8-6f6e-7b3c-8d55-9a7d8c2f1e10'),
    );
    expect([partitionOf(''), partitionOf('a'), partitionOf('ö')]).toEqual([5, 4, 4]);
  });
});

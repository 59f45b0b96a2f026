import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Bus, Subscription } from './bus.js';
import type { Envelope } from './events.js';
import { type Child, spawnChild } from './testing/child.js';

export interface BusUnderTest {
  /** Module with `connect(address): Bus`, which the suite also loads in processes that it kills. */
  connector: URL;
  address: string;
  stop(): Promise<void>;
}

/** What every bus adapter must do, against the real thing. */
export function describeBus(name: string, start: () => Promise<BusUnderTest>): void {
  describe(name, () => {
    let under: BusUnderTest;
    let open: (address: string) => Bus;
    let buses: Bus[] = [];
    let children: Child[] = [];

    beforeAll(async () => {
      under = await start();
      open = ((await import(under.connector.href)) as { connect: typeof open }).connect;
    });
    afterAll(() => under?.stop());
    afterEach(async () => {
      await Promise.all([...buses.map((bus) => bus.close()), ...children.map((child) => child.kill())]);
      buses = [];
      children = [];
    });

    const connect = () => {
      const bus = open(under.address);
      buses.push(bus);
      return bus;
    };
    const spawnMember = async (group: string, topic: string) => {
      const child = spawnChild(new URL('./testing/bus-member.js', import.meta.url), [
        ...[under.connector.href, under.address, group, topic],
      ]);
      children.push(child);
      await vi.waitFor(() => expect(child.messages).toContainEqual({ ready: true }), patience);
      return child;
    };

    it('delivers events unchanged and in order', async () => {
      const [bus, topic] = [connect(), unique('topic')];
      const taken = collect(bus, 'group', topic);
      const sent = [
        { ...makeEvent(topic, 'a'), data: Buffer.from([0, 255, 92, 34, 10]) },
        {
          ...makeEvent(topic, 'with "quotes", \\ and \u{1F6D2}'),
          traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
        },
        { ...makeEvent(topic, ''), data: Buffer.alloc(0), type: 'other.happened' },
        { ...makeEvent(topic, 'a'), data: Buffer.alloc(100_000, 7) },
      ];
      await bus.publish(sent);
      await taken.until(sent.length);
      expect(plain(taken.bySubject('a'))).toEqual(plain(sent.filter(({ subject }) => subject === 'a')));
      expect(plain(taken.all).sort(byId)).toEqual(plain(sent).sort(byId));
    });

    it('publishes nothing of an empty batch', async () => {
      await connect().publish([]);
    });

    it('refuses a batch of several sources, and all of it', async () => {
      const [bus, topic] = [connect(), unique('topic')];
      const taken = collect(bus, 'group', topic);
      await expect(bus.publish([makeEvent(topic, 'a'), makeEvent(unique('topic'), 'a')])).rejects.toThrow(
        'one source',
      );
      const last = makeEvent(topic, 'b');
      await bus.publish([last]);
      await taken.until(1);
      expect(taken.ids()).toEqual([last.id]);
    });

    it('gives every group all events, also those from before it existed', async () => {
      const [bus, topic] = [connect(), unique('topic')];
      const before = makeEvents(topic, 700);
      await bus.publish(before.slice(0, 300));
      const first = collect(bus, 'first', topic);
      await bus.publish(before.slice(300));
      const second = collect(bus, 'second', topic);
      const third = collect(connect(), 'third', topic);
      const after = makeEvents(topic, 20);
      await bus.publish(after);
      for (const taken of [first, second, third]) {
        await taken.until(720);
        expect(taken.ids()).toHaveLength(720);
        expectOrder(taken.all, [...before, ...after]);
      }
    });

    it('filters by topic and type', async () => {
      const bus = connect();
      const [one, two, other] = [unique('topic'), unique('topic'), unique('topic')];
      const taken = collect(bus, 'group', [one, two], ['wanted.happened']);
      const wanted: Envelope[] = [];
      for (const topic of [one, two, other]) {
        const batch = [0, 1, 2, 3].map((n) => ({
          ...makeEvent(topic, `s${n}`),
          type: n % 2 ? 'wanted.happened' : 'unwanted.happened',
        }));
        if (topic !== other) wanted.push(...batch.filter(({ type }) => type === 'wanted.happened'));
        await bus.publish(batch);
      }
      await taken.until(4);
      expect(taken.ids().sort()).toEqual(wanted.map(({ id }) => id).sort());
    });

    it('keeps the order of each subject while many publish', async () => {
      const topic = unique('topic');
      const members = [connect(), connect(), connect()].map((bus) => collect(bus, 'group', topic));
      await Promise.all(members.map(({ ready }) => ready));
      const sent: Envelope[] = [];
      await Promise.all(
        ['p', 'q', 'r', 's'].map(async (publisher) => {
          const bus = connect();
          for (let batch = 0; batch < 30; batch++) {
            const events = makeEvents(topic, 10, `${publisher}-`);
            sent.push(...events);
            await bus.publish(events);
          }
        }),
      );
      const all = () => members.flatMap((member) => member.all);
      await vi.waitFor(() => expect(new Set(all().map(({ id }) => id)).size).toBe(1200), patience);
      for (const member of members) expectOrder(member.all, sent);
    });

    it('brings a failed batch again, in order, and holds no other group up', async () => {
      const [bus, topic] = [connect(), unique('topic')];
      const taken: Envelope[] = [];
      let failures = 0;
      bus.subscribe({
        group: 'failing',
        topics: [topic],
        async onBatch(envelopes) {
          if (failures < 3) throw new Error(`failure ${++failures}`);
          taken.push(...envelopes);
        },
      });
      const healthy = collect(bus, 'healthy', topic);
      const sent = makeEvents(topic, 50);
      await bus.publish(sent);
      await healthy.until(50);
      await vi.waitFor(() => expect(taken).toHaveLength(50), patience);
      expect(failures).toBe(3);
      expectOrder(taken, sent);
    });

    it('ends a subscription after the batch in hand, and another member goes on where it was', async () => {
      const [topic, bus] = [unique('topic'), connect()];
      const sent = makeEvents(topic, 400);
      let atWork = 0;
      const leaving: Envelope[] = [];
      const started = Promise.withResolvers<void>();
      const subscription = connect().subscribe({
        group: groupOf('group', topic),
        topics: [topic],
        async onBatch(envelopes) {
          atWork++;
          started.resolve();
          await new Promise((resolve) => setTimeout(resolve, 30));
          leaving.push(...envelopes);
          atWork--;
        },
      });
      await subscription.ready;
      await bus.publish(sent.slice(0, 200));
      await started.promise;
      await subscription.stop();
      expect(atWork).toBe(0);
      const taken = leaving.length;
      const staying = collect(bus, 'group', topic);
      await bus.publish(sent.slice(200));
      await staying.until(400 - taken);
      expect(leaving).toHaveLength(taken);
      expectOrder([...leaving, ...staying.all], sent);
      expect(new Set([...leaving, ...staying.all].map(({ id }) => id)).size).toBe(400);
    });

    it('spreads a group over its members as they come and go', async () => {
      const topic = unique('topic');
      const publisher = connect();
      const stable = collect(connect(), 'group', topic);
      await stable.ready;
      const late = collect(connect(), 'group', topic);
      const sent: Envelope[] = [];
      const publish = async (count: number) => {
        const events = makeEvents(topic, count);
        sent.push(...events);
        await publisher.publish(events);
      };
      await vi.waitFor(async () => {
        await publish(16);
        expect(late.all.length).toBeGreaterThan(0);
      }, patience);
      await late.subscription.stop();
      await publish(100);
      const ids = () => new Set([...stable.ids(), ...late.ids()]);
      await vi.waitFor(() => expect(ids().size).toBe(sent.length), patience);
    });

    it('loses nothing when a member is killed in the middle of its work', async () => {
      const topic = unique('topic');
      const bus = connect();
      const member = await spawnMember(groupOf('group', topic), topic);
      const survivor = collect(connect(), 'group', topic);
      await survivor.ready;
      const sent: Envelope[] = [];
      const publishSome = async () => {
        const events = makeEvents(topic, 40);
        sent.push(...events);
        await bus.publish(events);
      };
      await vi.waitFor(async () => {
        await publishSome();
        expect(member.messages.length).toBeGreaterThan(8);
        expect(survivor.all.length).toBeGreaterThan(0);
      }, patience);
      await member.kill();
      for (let n = 0; n < 5; n++) await publishSome();
      const taken = () => [
        ...survivor.ids(),
        ...member.messages.flatMap((message) => (message as { taken?: string[] }).taken ?? []),
      ];
      await vi.waitFor(() => expect(new Set(taken()).size).toBe(sent.length), patience);
    });

    it('takes up where a group was when all of its members were killed', async () => {
      const topic = unique('topic');
      const bus = connect();
      const member = await spawnMember(groupOf('group', topic), topic);
      const sent = makeEvents(topic, 60);
      await bus.publish(sent.slice(0, 30));
      await vi.waitFor(() => expect(member.messages.length).toBeGreaterThan(2), patience);
      await member.kill();
      await bus.publish(sent.slice(30));
      const taken = collect(connect(), 'group', topic);
      const done = () => [
        ...taken.ids(),
        ...member.messages.flatMap((message) => (message as { taken?: string[] }).taken ?? []),
      ];
      await vi.waitFor(() => expect(new Set(done()).size).toBe(60), patience);
      expectOrder(taken.all, sent);
    });

    it('broadcasts what is published from now on to every process', async () => {
      const topic = unique('topic');
      const bus = connect();
      await bus.publish(makeEvents(topic, 10));
      const heard = [bus, connect(), connect()].map((one) => {
        const taken: Envelope[] = [];
        const subscription = one.broadcast({
          topics: [topic],
          async onBatch(envelopes) {
            taken.push(...envelopes);
          },
        });
        return { taken, subscription };
      });
      await Promise.all(heard.map(({ subscription }) => subscription.ready));
      const sent = makeEvents(topic, 300);
      for (let n = 0; n < 300; n += 25) await bus.publish(sent.slice(n, n + 25));
      for (const { taken } of heard) {
        await vi.waitFor(() => expect(taken).toHaveLength(300), patience);
        expectOrder(taken, sent);
      }
    });

    it('takes nothing after it was closed', async () => {
      const bus = connect();
      await bus.close();
      await expect(bus.publish(makeEvents(unique('topic'), 1))).rejects.toThrow('closed');
      expect(() => bus.broadcast({ topics: ['a'], onBatch: async () => {} })).toThrow('closed');
      buses = buses.filter((one) => one !== bus);
    });
  });
}

const patience = { timeout: 40_000, interval: 20 };

function unique(word: string): string {
  return `${word}-${v7().slice(-12)}`;
}

function makeEvent(source: string, subject: string): Envelope {
  return {
    id: v7(),
    type: 'test.happened',
    source,
    subject,
    time: new Date(),
    traceparent: '',
    data: Buffer.from('x'),
  };
}

/** Events of seven subjects in turn. */
function makeEvents(source: string, count: number, prefix = ''): Envelope[] {
  return Array.from({ length: count }, (_, n) => makeEvent(source, `${prefix}${n % 7}`));
}

/** Groups live as long as the bus under test, so each test has its own. */
function groupOf(name: string, topics: string | string[]): string {
  return `${name}-of-${topics}`;
}

interface Taken {
  all: Envelope[];
  subscription: Subscription;
  ready: Promise<void>;
  ids(): string[];
  bySubject(subject: string): Envelope[];
  until(count: number): Promise<void>;
}

function collect(bus: Bus, group: string, topics: string | string[], types?: string[]): Taken {
  const all: Envelope[] = [];
  const subscription = bus.subscribe({
    group: groupOf(group, topics),
    topics: [topics].flat(),
    types,
    async onBatch(envelopes) {
      all.push(...envelopes);
    },
  });
  return {
    all,
    subscription,
    ready: subscription.ready,
    ids: () => all.map(({ id }) => id),
    bySubject: (subject) => all.filter((envelope) => envelope.subject === subject),
    until: (count) => vi.waitFor(() => expect(all.length).toBeGreaterThanOrEqual(count), patience),
  };
}

/** Of each subject the taken events are in the order in which they were sent; an event may come again. */
function expectOrder(taken: Envelope[], sent: Envelope[]): void {
  const rank = new Map(sent.map(({ id }, index) => [id, index]));
  const latest = new Map<string, number>();
  const seen = new Set<string>();
  for (const { id, subject } of taken) {
    if (seen.has(id)) continue;
    seen.add(id);
    const index = rank.get(id) ?? -1;
    expect(index).toBeGreaterThan(latest.get(subject) ?? -1);
    latest.set(subject, index);
  }
}

function plain(envelopes: Envelope[]) {
  return envelopes.map((envelope) => ({ ...envelope, data: Buffer.from(envelope.data).toString('hex') }));
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}

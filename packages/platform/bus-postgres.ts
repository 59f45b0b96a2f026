import type pg from 'pg';
import { type BroadcastOptions, Bus, type SubscribeOptions, type Subscription } from './bus.js';
import * as members from './bus-postgres-members.js';
import { LogSubscription } from './bus-postgres-subscription.js';
import { allPartitions, Topic } from './bus-postgres-topic.js';
import type { Database } from './db.js';
import type { Envelope } from './events.js';
import { closeSession, openSession } from './session.js';
import { Backoff, pause, Signal } from './signal.js';
import type { Log, Metrics } from './telemetry.js';

export interface PostgresBusOptions {
  /** The bus's own database, with the migrations of `migrations/bus`. Its owner closes it, after the bus. */
  database: Database;
  log: Log;
  metrics: Metrics;
  /** How long entries are kept for groups that are yet to come. */
  retentionDays?: number;
}

const REPORT_MS = 1_000;
const RENEW_MS = 3_000;
const TRIM_MS = 3_600_000;
const TRIM_BATCH = 5_000;
const DAY_MS = 86_400_000;

/**
 * The bus as a log in PostgreSQL.
 *
 * Positions of a topic have no gaps and become visible in order (see `bus_topic`), so a reader can neither skip a late
 * commit nor overlook that it missed something. A group's partitions are spread over its members, which advance their
 * cursors in memory and save them once a second: after a crash some events come again.
 */
export class PostgresBus extends Bus {
  readonly #options: PostgresBusOptions;
  readonly #pool: pg.Pool;
  readonly #topics = new Map<string, Topic>();
  readonly #groups = new Set<LogSubscription>();
  readonly #broadcasts = new Set<LogSubscription>();
  readonly #look = new Signal();
  readonly #closing = new AbortController();
  readonly #lag;
  readonly #published;
  #running: Promise<void> | undefined;
  #trimming: Promise<unknown> | undefined;
  #trimAt = performance.now() + TRIM_MS * Math.random();
  #groupsChanged = false;
  #renewedAt = 0;
  #ownsUntil = 0;

  constructor(options: PostgresBusOptions) {
    super();
    this.#options = options;
    this.#pool = options.database.pool;
    const { metrics } = options;
    this.#lag = metrics.gauge('pasar_bus_lag_events', 'Events that a group has not taken yet', ['group']);
    this.#published = metrics.counter('pasar_bus_published_total', 'Events on the bus', ['topic']);
  }

  override async publish(envelopes: Envelope[]): Promise<void> {
    if (this.#closing.signal.aborted) throw new Error('the bus is closed');
    const [first] = envelopes;
    if (!first) return;
    const name = first.source;
    if (envelopes.some(({ source }) => source !== name)) throw new Error('a batch has one source');
    const topic = this.#topic(name);
    if (!(await topic.publish(envelopes))) {
      await members.addTopics(this.#pool, [name]);
      await topic.publish(envelopes);
    }
    this.#published.inc({ topic: name }, envelopes.length);
  }

  override subscribe(options: SubscribeOptions): Subscription {
    for (const { group, topics } of this.#groups) {
      if (group === options.group && topics.some(({ name }) => options.topics.includes(name))) {
        throw new Error(`${group} is subscribed already`);
      }
    }
    return this.#add(this.#groups, options);
  }

  override broadcast(options: BroadcastOptions): Subscription {
    return this.#add(this.#broadcasts, { ...options, group: '' });
  }

  override async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#subscriptions().map((subscription) => subscription.stop()));
    this.#look.notify();
    await this.#running;
    await this.#trimming;
  }

  /** Deletes what is older than the retention and done by every group. Runs by itself every hour. */
  async trim(): Promise<number> {
    const retentionMs = (this.#options.retentionDays ?? 7) * DAY_MS;
    const { rows } = await this.#pool.query('select name from bus_topic');
    let total = 0;
    for (const { name } of rows) {
      for (let count = TRIM_BATCH; count === TRIM_BATCH && !this.#closing.signal.aborted; total += count) {
        count = await members.trim(this.#pool, name, retentionMs, TRIM_BATCH);
      }
    }
    return total;
  }

  /** The group will not come back: nothing is kept for it any more. */
  async forget(group: string): Promise<void> {
    await this.#pool.query('delete from bus_cursor where group_name = $1', [group]);
  }

  #topic(name: string): Topic {
    let topic = this.#topics.get(name);
    if (!topic) {
      topic = new Topic(name, this.#pool, this.#options.log);
      this.#topics.set(name, topic);
    }
    return topic;
  }

  #subscriptions(): LogSubscription[] {
    return [...this.#groups, ...this.#broadcasts];
  }

  #add(set: Set<LogSubscription>, options: SubscribeOptions): Subscription {
    if (this.#closing.signal.aborted) throw new Error('the bus is closed');
    const shared = set === this.#groups;
    const topics = [...new Set(options.topics)].map((name) => this.#topic(name));
    const subscription = new LogSubscription(topics, {
      ...options,
      log: this.#options.log,
      mayDeliver: () => !shared || performance.now() < this.#ownsUntil,
      release: (held) => (shared ? this.#release(held) : Promise.resolve()),
      stopped: (stopped) => {
        set.delete(stopped);
        this.#groupsChanged = true;
        this.#lag.remove({ group: stopped.group });
      },
    });
    set.add(subscription);
    this.#running ??= this.#run();
    this.#look.notify();
    return subscription;
  }

  async #release(held: (members.Moved & { owner: number })[]) {
    if (held.length === 0) return;
    await members.release(this.#pool, held).catch((error: unknown) => {
      // They are free when this process ends.
      this.#options.log.warn({ error }, 'partitions could not be given back');
    });
  }

  /** Is a member of its groups as long as its session lasts, and then a new one. */
  async #run() {
    const backoff = new Backoff(100, 5_000);
    const { signal } = this.#closing;
    while (!signal.aborted) {
      let session: pg.Client | undefined;
      try {
        session = await openSession(this.#options.database.url, 'pasar-bus');
        await this.#takePart(session, backoff);
      } catch (error) {
        if (!signal.aborted) this.#options.log.warn({ error }, 'the bus lost its place');
      } finally {
        this.#ownsUntil = 0;
        for (const subscription of this.#groups) subscription.lose();
        if (session) closeSession(session);
      }
      await pause(backoff.next(), signal);
    }
  }

  async #takePart(session: pg.Client, backoff: Backoff) {
    let lost = false;
    session.on('end', () => {
      lost = true;
      this.#look.notify();
    });
    session.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    const member = await members.join(session);
    this.#groupsChanged = true;
    while (!this.#closing.signal.aborted || this.#subscriptions().length > 0) {
      if (lost) throw new Error('the session ended');
      await this.#report(session, member);
      backoff.reset();
      await this.#look.wait(REPORT_MS);
    }
    await members.leave(session, member);
  }

  /** `topic last`, or nothing when partitions were given back. */
  #hear(payload: string) {
    if (payload === '') return this.#look.notify();
    const [name = '', last] = payload.split(' ');
    this.#topics.get(name)?.see(Number(last));
  }

  async #report(session: pg.Client, member: number) {
    const groups = [...this.#groups];
    const broadcasts = [...this.#broadcasts];
    const topics = [
      ...new Set([...groups, ...broadcasts].flatMap((one) => one.topics.map(({ name }) => name))),
    ];
    const fresh = [...groups, ...broadcasts].filter(({ registered }) => !registered);
    if (fresh.length > 0) {
      await members.addTopics(session, topics);
      await members.addCursors(session, groups.flatMap(groupTopicsOf));
      for (const subscription of fresh) subscription.registered = true;
    }

    const began = performance.now();
    const renew = fresh.length > 0 || this.#groupsChanged || began - this.#renewedAt >= RENEW_MS;
    this.#groupsChanged = false;
    const moved = groups.flatMap((one) => one.held()).filter(({ position, saved }) => position > saved);
    const positions = moved.map(({ position }) => position);
    const groupTopics = groups.flatMap(groupTopicsOf);
    const answer = await members.report(session, { member, groupTopics, topics, moved, renew });
    if (!answer.alive) throw new Error('the lease ran out');
    if (renew) {
      this.#renewedAt = began;
      this.#ownsUntil = began + members.LEASE_MS;
    }
    moved.forEach((held, index) => {
      held.saved = positions[index] ?? held.saved;
    });
    for (const [topic, last] of answer.heads) this.#topics.get(topic)?.see(last);
    await this.#balance(session, member, groups, answer);
    for (const subscription of broadcasts.filter(({ begun }) => !begun)) {
      for (const [topic, last] of answer.heads) {
        for (const partition of allPartitions) subscription.hold(topic, partition, last, member);
      }
    }
    for (const subscription of [...groups, ...broadcasts]) {
      subscription.begin();
      subscription.wake();
    }
    for (const { group, lag } of groups) this.#lag.set({ group }, lag);
    if (began > this.#trimAt) {
      this.#trimAt = began + TRIM_MS;
      this.#trimming = this.trim().catch((error: unknown) => {
        this.#options.log.warn({ error }, 'the bus was not trimmed');
      });
    }
  }

  /** Moves towards an even spread of each group's partitions over its members. */
  async #balance(session: pg.Client, member: number, groups: LogSubscription[], answer: members.Answer) {
    const wanted: members.FreeCursor[] = [];
    for (const subscription of groups) {
      for (const { group, topic } of groupTopicsOf(subscription)) {
        const name = members.nameOf({ group, topic });
        const share = members.fairShare(1 + answer.others.filter((other) => other.includes(name)).length);
        const held = subscription.held(topic);
        const surplus = held.filter(({ leaving }) => !leaving).slice(share);
        if (surplus.length > 0) void subscription.giveUp(surplus);
        const free = answer.free.filter((one) => one.group === group && one.topic === topic);
        wanted.push(...free.slice(0, Math.max(0, share - held.length)));
      }
    }
    if (wanted.length === 0) return;
    const claimed = await members.claim(session, member, wanted);
    const late = claimed.filter(({ group, topic, partition, position }) => {
      const subscription = groups.find(
        (one) => one.group === group && one.topics.some(({ name }) => name === topic),
      );
      return !subscription?.hold(topic, partition, position, member);
    });
    await this.#release(late.map((one) => ({ ...one, owner: member })));
  }
}

function groupTopicsOf({ group, topics }: LogSubscription): members.GroupTopic[] {
  return topics.map(({ name }) => ({ group, topic: name }));
}

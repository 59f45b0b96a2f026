import { inBackground } from './background.js';
import type { BroadcastOptions, Subscription } from './bus.js';
import type { Topic } from './bus-postgres-topic.js';
import type { Envelope } from './events.js';
import { Backoff, pause, restAfter, Signal } from './signal.js';
import type { Log } from './telemetry.js';

/** Events of a batch: with more it would slow down what goes on beside it for too long. */
const LIMIT = 120;
/** Events of a batch of who is behind: it doubles until that is enough. */
const MOST = 480;
/** Longest rest between two batches that are not full. */
const REST_MS = 400;

/** A partition that this process takes events of. */
export interface Held {
  group: string;
  topic: string;
  partition: number;
  /** Everything up to here is done. */
  position: number;
  /** `position` as the database knows it. */
  saved: number;
  /** The member that owns it; a process that lost its session is another member afterwards. */
  owner: number;
  /** Given up: no further batch takes from it. */
  leaving: boolean;
}

export interface LogSubscriptionOptions extends BroadcastOptions {
  /** Empty for a broadcast: it holds all partitions, and nobody else needs to know. */
  group: string;
  log: Log;
  /** Whether this process still owns what it holds. */
  mayDeliver(): boolean;
  /** Gives partitions back that no batch takes from any more. */
  release(held: Held[]): Promise<void>;
  stopped(subscription: LogSubscription): void;
}

/** Takes batches from the topics of a group, or of a broadcast, for the partitions that it holds. */
export class LogSubscription implements Subscription {
  readonly ready: Promise<void>;
  readonly group: string;
  readonly topics: Topic[];
  /** Its cursors are in the database. */
  registered = false;
  begun = false;
  #markReady!: () => void;
  readonly #options: LogSubscriptionOptions;
  readonly #held = new Map<Topic, Held[]>();
  readonly #signal = new Signal();
  readonly #stopping = new AbortController();
  readonly wake = () => this.#signal.notify();
  readonly #running: Promise<void>;
  #batch: Promise<void> = Promise.resolve();
  /** Of the topics, the one that the next batch begins with. */
  #first = 0;
  #limit = LIMIT;

  constructor(topics: Topic[], options: LogSubscriptionOptions) {
    this.#options = options;
    this.group = options.group;
    this.topics = topics;
    this.ready = new Promise((resolve) => {
      this.#markReady = resolve;
    });
    for (const topic of topics) {
      this.#held.set(topic, []);
      topic.addReader(this.wake);
    }
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#signal.notify();
    await this.#running;
    for (const topic of this.topics) topic.removeReader(this.wake);
    this.#options.stopped(this);
    await this.#options.release(this.held());
    this.lose();
    this.#markReady();
  }

  held(topic?: string): Held[] {
    const all = [...this.#held.values()].flat();
    return topic === undefined ? all : all.filter((held) => held.topic === topic);
  }

  /** Takes a partition on. False when it is too late for that. */
  hold(topic: string, partition: number, position: number, owner: number): boolean {
    const key = this.topics.find(({ name }) => name === topic);
    if (!key || this.#stopping.signal.aborted) return false;
    this.#held
      .get(key)
      ?.push({ group: this.group, topic, partition, position, saved: position, owner, leaving: false });
    this.wake();
    return true;
  }

  /** Events flow from here on. */
  begin(): void {
    this.begun = true;
    this.#markReady();
  }

  /** Lets partitions go when the batch in hand, which may hold events of theirs, has ended. */
  async giveUp(leaving: Held[]): Promise<void> {
    for (const held of leaving) held.leaving = true;
    await this.#batch;
    await this.#options.release(leaving);
    this.#drop((held) => leaving.includes(held));
  }

  /** Another process may own the partitions now. */
  lose(): void {
    this.#drop(() => true);
  }

  /** Entries that are not taken yet, or that do not concern the group. */
  get lag(): number {
    let lag = 0;
    for (const [topic, held] of this.#held) {
      if (held.length > 0) lag += Math.max(0, topic.head - Math.min(...held.map(({ position }) => position)));
    }
    return lag;
  }

  #drop(gone: (held: Held) => boolean) {
    for (const [topic, held] of this.#held) {
      this.#held.set(
        topic,
        held.filter((one) => !gone(one)),
      );
    }
  }

  async #run() {
    const { log, group } = this.#options;
    const { signal } = this.#stopping;
    const backoff = new Backoff(100, 5_000);
    while (!signal.aborted) {
      const began = performance.now();
      let taken = 0;
      const batch = this.#takeBatch().then((count) => {
        taken = count;
      });
      this.#batch = batch.catch(() => {});
      try {
        await batch;
        backoff.reset();
      } catch (error) {
        log.warn({ error, group }, 'events were not taken, they will come again');
        await pause(backoff.next(), signal);
        continue;
      }
      const isFull = taken === this.#limit;
      this.#limit = isFull ? Math.min(this.#limit * 2, MOST) : LIMIT;
      if (isFull) continue;
      if (!signal.aborted) await this.#signal.wait();
      if (taken > 0) await pause(restAfter(taken, REST_MS) - (performance.now() - began), signal);
    }
  }

  /** @returns how many events came, those that were taken before included */
  async #takeBatch(): Promise<number> {
    if (!this.#options.mayDeliver()) return 0;
    const envelopes: Envelope[] = [];
    const steps: { held: Held[]; upTo: number }[] = [];
    const topics = [...this.topics.slice(this.#first), ...this.topics.slice(0, this.#first)];
    this.#first = 0;
    let left = this.#limit;
    for (const topic of topics) {
      const held = this.#held.get(topic)?.filter(({ leaving }) => !leaving) ?? [];
      if (held.length === 0) continue;
      const after = Math.min(...held.map(({ position }) => position));
      const partitions = held.map(({ partition }) => partition);
      const { entries, upTo } = await topic.read(after, {
        partitions,
        types: this.#options.types,
        limit: left,
      });
      const done = new Map(held.map(({ partition, position }) => [partition, position]));
      for (const { partition, position, envelope } of entries) {
        if (position > (done.get(partition) ?? 0)) envelopes.push(envelope);
      }
      steps.push({ held, upTo });
      left -= entries.length;
      if (left === 0) {
        // None is left out for the sake of another.
        this.#first = this.topics.indexOf(topic) + 1;
        break;
      }
    }
    if (envelopes.length > 0) await this.#deliver(envelopes);
    for (const { held, upTo } of steps) {
      for (const one of held) one.position = Math.max(one.position, upTo);
    }
    return this.#limit - left;
  }

  /** A broadcast keeps caches true, so it waits for nobody; who is far behind does not either. */
  async #deliver(envelopes: Envelope[]): Promise<void> {
    const deliver = () => this.#options.onBatch(envelopes);
    if (this.group === '' || this.#limit === MOST) await deliver();
    else await inBackground(deliver);
  }
}

import { type DescMessage, fromBinary, type MessageShape } from '@bufbuild/protobuf';
import { sql, type Transaction } from 'kysely';
import type { Bus, Subscription } from './bus.js';
import type { Clock } from './clock.js';
import type { Database } from './db.js';
import { type Envelope, eventType, topicOf } from './events.js';
import { every, type Job } from './jobs.js';
import type { Outbox } from './outbox.js';
import { type ParkedEvent, ParkedEvents, subjectKey } from './parked-events.js';
import { inTime, Signal } from './signal.js';
import type { Log, Metrics } from './telemetry.js';
import { startSpan } from './tracing.js';

// biome-ignore lint/suspicious/noExplicitAny: each service names its own tables
type Tx = Transaction<any>;

export interface Received<Schema extends DescMessage = DescMessage> extends Omit<Envelope, 'data'> {
  data: MessageShape<Schema>;
}

export interface Handling {
  /** Runs `work` once the effect is committed; not after a failure. */
  afterCommit(work: () => unknown): void;
}

/** What a service does when an event comes. Made by `on` and `onBatch`. */
export interface Handler {
  schema: DescMessage;
  handle(tx: Tx, envelopes: Envelope[], handling: Handling): Promise<void>;
}

export type Subscriptions = Handler[];

/** Handles one event after the other. All of the effect belongs into `tx`. */
export function on<Schema extends DescMessage>(
  schema: Schema,
  handle: (tx: Tx, event: Received<Schema>, handling: Handling) => Promise<unknown>,
): Handler {
  return {
    schema,
    async handle(tx, envelopes, handling) {
      for (const envelope of envelopes) {
        await inSpan(envelope, () => handle(tx, receive(schema, envelope), handling));
      }
    },
  };
}

/** Handles all events of the type in a batch at once, one or many, in order. */
export function onBatch<Schema extends DescMessage>(
  schema: Schema,
  handle: (tx: Tx, events: Received<Schema>[], handling: Handling) => Promise<unknown>,
): Handler {
  return {
    schema,
    async handle(tx, envelopes, handling) {
      const [first] = envelopes;
      if (!first) return;
      const events = envelopes.map((envelope) => receive(schema, envelope));
      await inSpan(first, () => handle(tx, events, handling));
    },
  };
}

export interface ConsumersOptions {
  /** Name of the group, and of the consumer in the inbox. */
  service: string;
  database: Database;
  bus: Bus;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** Woken when handlers have added to it. */
  outbox: Outbox;
  subscriptions: Subscriptions;
  /** Failures after which an event becomes a dead letter. */
  maxAttempts?: number;
  /** Longer than an event can come back from the bus. */
  retentionDays?: number;
  /** After which a batch has failed: a handler that never ends must not end the group's work. */
  timeoutMs?: number;
}

const RETRY_POLL_MS = 5_000;
const TIMEOUT_MS = 120_000;
const TRIM_BATCH = 5_000;
const DAY_MS = 86_400_000;

/**
 * Takes the events that a service subscribed to. The id of an event is stored in the transaction of its effect, so the
 * effect happens once however often the event comes.
 *
 * A batch is one transaction. When it fails, its events are taken one by one, and one that fails is parked: it is tried
 * again with growing pauses, later events of its subject wait behind it, all others go on.
 */
export class Consumers {
  /** To be run by the service's `Jobs`. */
  readonly jobs: Job[] = [every('trim inbox', '1h', () => this.trim())];
  readonly #options: ConsumersOptions;
  readonly #handlers = new Map<string, Handler[]>();
  readonly #parked: ParkedEvents;
  readonly #due = new Signal();
  readonly #outcomes;
  readonly #latency;
  readonly #waiting;
  readonly #dead;
  #subscription: Subscription | undefined;
  #retrying: Promise<void> | undefined;
  #stopping = false;

  constructor(options: ConsumersOptions) {
    this.#options = options;
    const { service, database, clock, maxAttempts = 10, metrics, subscriptions } = options;
    this.#parked = new ParkedEvents(database, service, clock, maxAttempts);
    for (const handler of subscriptions) {
      const type = eventType(handler.schema);
      this.#handlers.set(type, [...(this.#handlers.get(type) ?? []), handler]);
    }
    const labels = ['consumer'] as const;
    this.#outcomes = metrics.counter('pasar_events_consumed_total', 'Events by what became of them', [
      ...['consumer', 'type', 'outcome'],
    ]);
    this.#latency = metrics.histogram('pasar_event_latency_seconds', 'From an event to its effect', labels);
    this.#waiting = metrics.gauge('pasar_parked_events', 'Events that wait for another attempt', labels);
    this.#dead = metrics.gauge('pasar_dead_letters', 'Events that were given up', labels);
  }

  /** Resolved when events flow. */
  async start(): Promise<void> {
    const { service, bus, subscriptions } = this.#options;
    if (subscriptions.length === 0) return;
    this.#subscription = bus.subscribe({
      group: service,
      topics: [...new Set(subscriptions.map(({ schema }) => topicOf(schema)))],
      types: [...this.#handlers.keys()],
      onBatch: (envelopes) => this.#take(envelopes),
    });
    this.#retrying = this.#runRetries();
    await this.#subscription.ready;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#due.notify();
    await this.#subscription?.stop();
    await this.#retrying;
  }

  /** Tries every parked event that is due, those behind it too. */
  async retryDue(): Promise<void> {
    for (;;) {
      const { due } = await this.#parked.survey();
      const settled = await this.#retryAll(due);
      if (settled === 0) return;
    }
  }

  /** Forgets events that cannot come again. */
  async trim(): Promise<number> {
    const { service, database, clock, retentionDays = 14 } = this.#options;
    const before = new Date(clock.now().getTime() - retentionDays * DAY_MS);
    // Ids begin with their time (RFC 9562), so those that may be old enough are at one end of the index.
    const time = before.getTime().toString(16).padStart(12, '0');
    const firstId = `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
    let total = 0;
    for (;;) {
      const result = await sql`
        delete from inbox where (consumer, event_id) in (
          select consumer, event_id from inbox
          where consumer = ${service} and event_id < ${firstId}::uuid and received_at < ${before} limit ${TRIM_BATCH})`.execute(
        database.kysely,
      );
      const count = Number(result.numAffectedRows ?? 0);
      total += count;
      if (count < TRIM_BATCH) return total;
    }
  }

  async #take(envelopes: Envelope[]) {
    try {
      await this.#process(envelopes);
    } catch (error) {
      if (envelopes.length === 1) return this.#parkFailed(envelopes, error);
      for (const envelope of envelopes) {
        await this.#process([envelope]).catch((cause: unknown) => this.#parkFailed([envelope], cause));
      }
    }
  }

  /** Takes a batch in one transaction: the events that are new, in order. */
  async #process(envelopes: Envelope[]) {
    const { service } = this.#options;
    const { fresh, behind } = await this.#commit(async (tx, handling) => {
      const sorted = await this.#parked.receive(tx, envelopes);
      if (sorted.behind.length > 0) await this.#parked.parkBehind(tx, sorted.behind);
      await this.#handle(tx, sorted.fresh, handling);
      return sorted;
    });
    const now = Date.now();
    for (const { type, time } of fresh) {
      this.#outcomes.inc({ consumer: service, type, outcome: 'done' });
      this.#latency.observe({ consumer: service }, Math.max(0, now - time.getTime()) / 1000);
    }
    for (const { type } of behind) this.#outcomes.inc({ consumer: service, type, outcome: 'parked' });
    if (behind.length > 0) this.#due.notify();
  }

  async #handle(tx: Tx, envelopes: Envelope[], handling: Handling) {
    const timeoutMs = this.#options.timeoutMs ?? TIMEOUT_MS;
    for (const { type, run } of planRuns(envelopes)) {
      const handlers = this.#handlers.get(type);
      if (!handlers) throw new Error(`nothing handles ${type}`);
      for (const handler of handlers) {
        // The transaction of one that is late is rolled back, and what it still does in it fails.
        await inTime(
          timeoutMs,
          () => handler.handle(tx, run, handling),
          () => new Error(`the handler of ${type} took longer than ${timeoutMs} ms`),
        );
      }
    }
  }

  /** Runs a transaction, and after it what its handlers asked for. */
  async #commit<Result>(work: (tx: Tx, handling: Handling) => Promise<Result>): Promise<Result> {
    const { database, outbox, log } = this.#options;
    let hooks: (() => unknown)[] = [];
    const made = outbox.made;
    const result = await database.transaction((tx) => {
      // What an earlier run asked for went with it.
      hooks = [];
      return work(tx, { afterCommit: (hook) => hooks.push(hook) });
    });
    if (outbox.made !== made) outbox.wake();
    for (const hook of hooks) {
      try {
        await hook();
      } catch (error) {
        log.error({ error }, 'the effect of an event is committed, but not what should follow');
      }
    }
    return result;
  }

  async #parkFailed(envelopes: Envelope[], error: unknown) {
    const { service, log } = this.#options;
    for (const envelope of envelopes) {
      await this.#parked.parkFailed(envelope, error);
      const { id, type, subject } = envelope;
      log.warn({ error, event: { id, type, subject } }, 'an event failed and is parked');
      this.#outcomes.inc({ consumer: service, type, outcome: 'parked' });
    }
    this.#due.notify();
  }

  async #runRetries() {
    while (!this.#stopping) {
      let wait = RETRY_POLL_MS;
      try {
        const { service, clock } = this.#options;
        const { due, nextAt, waiting, dead } = await this.#parked.survey();
        this.#waiting.set({ consumer: service }, waiting);
        this.#dead.set({ consumer: service }, dead);
        if (await this.#retryAll(due)) continue;
        if (nextAt) wait = Math.min(wait, Math.max(50, nextAt.getTime() - clock.now().getTime()));
      } catch (error) {
        if (!this.#stopping) this.#options.log.warn({ error }, 'parked events could not be read');
      }
      if (!this.#stopping) await this.#due.wait(wait);
    }
  }

  /** @returns how many were tried; another process may be at work on the others */
  async #retryAll(due: number[]): Promise<number> {
    let tried = 0;
    for (const number of due) {
      if (this.#stopping) break;
      if (await this.#retry(number)) tried++;
    }
    return tried;
  }

  async #retry(number: number): Promise<boolean> {
    const { service, log } = this.#options;
    let parked: ParkedEvent | undefined;
    try {
      await this.#commit(async (tx, handling) => {
        parked = await this.#parked.take(tx, number);
        if (parked) await this.#handle(tx, [parked.envelope], handling);
      });
      if (parked) this.#outcomes.inc({ consumer: service, type: parked.envelope.type, outcome: 'done' });
    } catch (error) {
      if (!parked) throw error;
      const { id, type, subject } = parked.envelope;
      const facts = { error, event: { id, type, subject }, number };
      if (await this.#parked.fail(parked, error)) {
        log.error(facts, 'an event is a dead letter');
        this.#outcomes.inc({ consumer: service, type, outcome: 'dead' });
      } else {
        log.warn(facts, 'an event failed again');
      }
    }
    return parked !== undefined;
  }
}

/**
 * Groups a batch by type, so that handlers of batches get as many events as can be: an event may overtake others, but
 * none of its own subject.
 */
export function planRuns(envelopes: Envelope[]): { type: string; run: Envelope[] }[] {
  const runs: { type: string; run: Envelope[] }[] = [];
  const latestOfType = new Map<string, number>();
  const latestOfSubject = new Map<string, number>();
  for (const envelope of envelopes) {
    const { type } = envelope;
    const subject = subjectKey(envelope);
    let index = latestOfType.get(type);
    if (index === undefined || index < (latestOfSubject.get(subject) ?? 0)) {
      index = runs.push({ type, run: [] }) - 1;
      latestOfType.set(type, index);
    }
    latestOfSubject.set(subject, index);
    runs[index]?.run.push(envelope);
  }
  return runs;
}

function receive<Schema extends DescMessage>(schema: Schema, envelope: Envelope): Received<Schema> {
  return { ...envelope, data: fromBinary(schema, envelope.data) };
}

async function inSpan(envelope: Envelope, work: () => Promise<unknown>): Promise<void> {
  const span = startSpan(`consume ${envelope.type}`, {
    kind: 'consumer',
    parent: envelope.traceparent,
    attributes: { 'messaging.message.id': envelope.id },
  });
  try {
    await span.run(work);
    span.end();
  } catch (error) {
    span.end((error as Error).message);
    throw error;
  }
}

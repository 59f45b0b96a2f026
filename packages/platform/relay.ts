import type pg from 'pg';
import type { Bus } from './bus.js';
import type { Database } from './db.js';
import type { Envelope } from './events.js';
import { closeSession, openSession } from './session.js';
import { Backoff, pause, restAfter, Signal } from './signal.js';
import type { Log, Metrics } from './telemetry.js';

export interface RelayOptions {
  /** Source of the events, and the topic they are published to. */
  service: string;
  database: Database;
  bus: Bus;
  log: Log;
  metrics: Metrics;
}

const LOCK = 742_002;
const CHANNEL = 'pasar_outbox';
const MAX_BATCH = 500;
const POLL_MS = 1_000;
const STAND_BY_MS = 1_000;
/** Longest rest between two batches. */
const REST_MS = 200;
/** A leader in another process is told of all that was committed in this time at once: a notification is a statement. */
const NUDGE_MS = 50;

interface Batch {
  envelopes: Envelope[];
  /** Of the outbox rows; bigint as text. */
  positions: string[];
}

const nothing: Batch = { envelopes: [], positions: [] };

/**
 * Publishes the outbox of a service to the bus, in order and at least once.
 *
 * Every process of the service runs one; the one whose session holds an advisory lock publishes. Rows are deleted after
 * they were published, in the statement that reads the next ones. There is no cursor, so a transaction that commits
 * late, with positions below others, is never skipped.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #wake = new Signal();
  readonly #stopping = new AbortController();
  readonly #lag;
  readonly #published;
  #leading = false;
  #nudge: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
    const { metrics } = options;
    this.#lag = metrics.gauge('pasar_outbox_lag_seconds', 'Age of the oldest event that is not published', [
      'service',
    ]);
    this.#published = metrics.counter('pasar_outbox_published_total', 'Events that were published', [
      'service',
    ]);
  }

  get leading(): boolean {
    return this.#leading;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Publishes what is committed by now, if the bus takes it, and lets another process lead. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.notify();
    clearTimeout(this.#nudge);
    await this.#running;
  }

  /** There may be new rows. Tells the leader, wherever it runs. */
  wake(): void {
    if (this.#leading) this.#wake.notify();
    else if (this.#running && !this.#stopping.signal.aborted) {
      this.#nudge ??= setTimeout(() => {
        this.#nudge = undefined;
        // Failing that, the leader looks within a second.
        this.#options.database.pool.query('select pg_notify($1, $2)', [CHANNEL, '']).catch(() => {});
      }, NUDGE_MS);
    }
  }

  async #run() {
    const { service, database, log } = this.#options;
    const backoff = new Backoff(100, 5_000);
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let session: pg.Client | undefined;
      try {
        session = await openSession(database.url, `pasar-relay-${service}`);
        await this.#standBy(session);
        backoff.reset();
        if (!signal.aborted) await this.#lead(session);
      } catch (error) {
        if (!signal.aborted) log.warn({ error }, 'relay lost its connection');
        await pause(backoff.next(), signal);
      } finally {
        this.#leading = false;
        this.#lag.remove({ service });
        if (session) closeSession(session);
      }
    }
  }

  /** Waits until no other relay leads. Asks again and again: a waiting statement would hold vacuum back. */
  async #standBy(session: pg.Client) {
    while (!this.#stopping.signal.aborted) {
      const { rows } = await session.query('select pg_try_advisory_lock($1) as won', [LOCK]);
      if (rows[0].won) return;
      await pause(STAND_BY_MS, this.#stopping.signal);
    }
  }

  async #lead(session: pg.Client) {
    const { service, bus, log } = this.#options;
    const { signal } = this.#stopping;
    // A deletion that a crash of PostgreSQL undoes only publishes an event again.
    await session.query(`set synchronous_commit = off; listen ${CHANNEL}`);
    session.on('notification', () => this.#wake.notify());
    session.on('end', () => this.#wake.notify());
    this.#leading = true;

    const backoff = new Backoff(50, 5_000);
    let published: string[] = [];
    for (;;) {
      const final = signal.aborted;
      const began = performance.now();
      const { envelopes, positions } = await takeNext(session, service, published);
      published = [];
      if (envelopes.length > 0) {
        this.#measureLag(envelopes[0]);
        try {
          await bus.publish(envelopes);
        } catch (error) {
          if (final) return;
          log.warn({ error }, 'the bus did not take events');
          await pause(backoff.next(), signal);
          continue;
        }
        backoff.reset();
        published = positions;
        this.#published.inc({ service }, positions.length);
      }
      if (positions.length === MAX_BATCH) continue;
      this.#measureLag(undefined);
      if (final) {
        if (published.length > 0) await takeNext(session, service, published);
        return;
      }
      if (!signal.aborted) await this.#wake.wait(POLL_MS);
      if (envelopes.length > 0)
        await pause(restAfter(envelopes.length, REST_MS) - (performance.now() - began), signal);
    }
  }

  #measureLag(oldest: Envelope | undefined) {
    const { service } = this.#options;
    this.#lag.set({ service }, oldest ? Math.max(0, Date.now() - oldest.time.getTime()) / 1000 : 0);
  }
}

/** Deletes the rows that were published and reads the next ones. */
async function takeNext(session: pg.Client, source: string, published: string[]): Promise<Batch> {
  const { rows } = await session.query({
    name: 'relay',
    text: `with published as (delete from outbox where position = any($1::bigint[]))
      select position, id, type, subject, occurred_at, traceparent, data from outbox
      where position <> all($1::bigint[]) order by position limit ${MAX_BATCH}`,
    values: [published],
  });
  if (rows.length === 0) return nothing;
  return {
    positions: rows.map((row) => row.position),
    envelopes: rows.map(({ id, type, subject, occurred_at: time, traceparent, data }) => ({
      ...{ id, type, source, subject, time, traceparent, data },
    })),
  };
}

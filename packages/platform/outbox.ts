import { type RawBuilder, sql } from 'kysely';
import type { Clock } from './clock.js';
import type { Executor } from './db.js';
import { encodeData, eventType, type PendingEvent, topicOf } from './events.js';
import { currentSpan } from './tracing.js';

/** An event with what it gets from the moment in which it was made. */
export interface PreparedEvent {
  id: string;
  type: string;
  subject: string;
  time: Date;
  traceparent: string;
  data: Buffer;
}

export interface OutboxOptions {
  /** The publishing service. */
  source: string;
  clock: Clock;
  /** Tells the relay that there may be something to publish. */
  wake?(): void;
}

/**
 * Stores events in the transaction that makes them true (C. Richardson, "Transactional outbox").
 *
 * Events of one subject are published in the order of their rows. So add them after the rows they are about were
 * locked: an event that was numbered while its transaction still waits for such a lock would overtake.
 */
export class Outbox {
  readonly #source: string;
  readonly #clock: Clock;
  readonly #wake: () => void;
  #made = 0;

  constructor({ source, clock, wake }: OutboxOptions) {
    this.#source = source;
    this.#clock = clock;
    this.#wake = () => wake?.();
  }

  /** How many events were made so far: unchanged over a piece of work, the work made none. */
  get made(): number {
    return this.#made;
  }

  async append(tx: Executor<unknown>, ...events: PendingEvent[]): Promise<void> {
    if (events.length > 0) await this.insert(this.prepare(events)).execute(tx);
  }

  /** Events for a store's own statement, so that a hot path is one round trip and one commit. */
  prepare(events: PendingEvent[]): PreparedEvent[] {
    this.#made += events.length;
    const time = this.#clock.now();
    const traceparent = currentSpan()?.traceparent ?? '';
    return events.map((event) => {
      if (topicOf(event.schema) !== this.#source) {
        throw new Error(`${eventType(event.schema)} is not an event of ${this.#source}`);
      }
      const type = eventType(event.schema);
      const data = encodeData(event);
      return { id: this.#clock.id(), type, subject: event.subject, time, traceparent, data };
    });
  }

  /**
   * A statement, or the body of a CTE, that stores the events `o`. In a CTE, `from` names the CTE that changes what the
   * events are about: only events for which it has a row (that matches `on`) are stored, and after that change.
   */
  insert(events: PreparedEvent[], from?: RawBuilder<unknown>, on?: RawBuilder<unknown>): RawBuilder<unknown> {
    const condition = from ? sql`where exists (select from ${from}${on ? sql` where ${on}` : sql``})` : sql``;
    return sql`
      insert into outbox (id, type, subject, occurred_at, traceparent, data)
      select o.id, o.type, o.subject, o.occurred_at, o.traceparent, o.data
      from unnest(${events.map(({ id }) => id)}::uuid[], ${events.map(({ type }) => type)}::text[],
        ${events.map(({ subject }) => subject)}::text[], ${events.map(({ time }) => time)}::timestamptz[],
        ${events.map(({ traceparent }) => traceparent)}::text[], ${events.map(({ data }) => data)}::bytea[])
        with ordinality as o (id, type, subject, occurred_at, traceparent, data, nth)
      ${condition} order by o.nth`;
  }

  /** To be called after the commit. Without it the relay finds the events a second later. */
  wake(): void {
    this.#wake();
  }
}

import type pg from 'pg';
import type { Envelope } from './events.js';
import type { Log } from './telemetry.js';

/** Order is kept within a partition; the members of a group share them. */
export const PARTITIONS = 8;
export const allPartitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);

/** Envelopes kept in memory for subscriptions of this process that have not taken them yet. */
const WINDOW = 2_000;
const PAGE = 500;

export interface Entry {
  /** 1, 2, 3 … within the topic, without gaps. */
  position: number;
  partition: number;
  envelope: Envelope;
}

export interface Wanted {
  partitions: number[];
  types?: string[];
  limit: number;
}

/**
 * What this process knows of a topic: the end of the log, and a window of the entries before it, which all of its
 * subscriptions share. What this process publishes comes straight into the window; what others publish is read once.
 * Whoever is further behind reads the table.
 */
export class Topic {
  readonly #pool: pg.Pool;
  readonly #log: Log;
  readonly #readers = new Set<() => void>();
  #head: number | undefined;
  /** Entries up to the head, without gaps. */
  #window: Entry[] = [];
  /** The log is known to reach so far. */
  #last = 0;
  #appending = 0;
  #reading = false;

  constructor(
    readonly name: string,
    pool: pg.Pool,
    log: Log,
  ) {
    this.#pool = pool;
    this.#log = log;
  }

  /** The last position that can be read. */
  get head(): number {
    return this.#head ?? 0;
  }

  /** Calls `wake` whenever the head moves. */
  addReader(wake: () => void): void {
    this.#readers.add(wake);
  }

  removeReader(wake: () => void): void {
    this.#readers.delete(wake);
  }

  /**
   * Appends a batch to the log and tells the other processes, in one statement.
   * @returns false when the topic is not in the database yet
   */
  async publish(envelopes: Envelope[]): Promise<boolean> {
    this.#appending++;
    try {
      const partitions = envelopes.map((envelope) => partitionOf(envelope.subject));
      const base = await append(this.#pool, this.name, envelopes, partitions);
      if (base === undefined) return false;
      if (this.#readers.size > 0) {
        this.#extend(
          envelopes.map((envelope, index) => ({
            ...{ position: base + index + 1, partition: partitions[index] ?? 0, envelope },
          })),
        );
      }
      this.#last = Math.max(this.#last, base + envelopes.length);
      return true;
    } finally {
      this.#appending--;
      this.#readOn();
    }
  }

  /** The log reaches up to `last`, somebody says. */
  see(last: number): void {
    this.#head ??= last;
    this.#last = Math.max(this.#last, last);
    this.#readOn();
  }

  /**
   * Entries after a position in order.
   * @returns them, and the position up to which none was left out
   */
  async read(after: number, wanted: Wanted): Promise<{ entries: Entry[]; upTo: number }> {
    const head = this.head;
    if (after >= head) return { entries: [], upTo: after };
    const begin = head - this.#window.length;
    if (after < begin) return this.#readLog(after, head, wanted);
    const entries: Entry[] = [];
    for (let index = after - begin; index < this.#window.length; index++) {
      const entry = this.#window[index] as Entry;
      if (!wanted.partitions.includes(entry.partition)) continue;
      if (wanted.types && !wanted.types.includes(entry.envelope.type)) continue;
      entries.push(entry);
      if (entries.length === wanted.limit) return { entries, upTo: entry.position };
    }
    return { entries, upTo: head };
  }

  async #readLog(after: number, head: number, { partitions, types, limit }: Wanted) {
    const { rows } = await this.#pool.query(
      `select position, partition, id, type, subject, occurred_at, traceparent, data from bus_log
       where topic = $1 and position > $2 and position <= $3 and partition = any($4::smallint[])
         and ($5::text[] is null or type = any($5)) order by position limit $6`,
      [this.name, after, head, partitions, types ?? null, limit],
    );
    const entries = rows.map((row) => toEntry(this.name, row));
    return { entries, upTo: entries.length === limit ? (entries.at(-1) as Entry).position : head };
  }

  /** Moves the head over entries that follow it; any others are left to be read. */
  #extend(entries: Entry[]) {
    if (this.#head === undefined) return;
    const head = this.#head;
    const next = entries.filter(({ position }) => position > head);
    if (next[0]?.position !== head + 1) return;
    this.#window.push(...next);
    if (this.#window.length > WINDOW) this.#window = this.#window.slice(-WINDOW / 2);
    this.#head = head + next.length;
    for (const wake of this.#readers) wake();
  }

  /** Reads what others have published, unless our own publishing is about to bring it. */
  #readOn() {
    if (this.#reading || this.#appending > 0 || this.#readers.size === 0) return;
    if (this.#head === undefined || this.#head >= this.#last) return;
    this.#reading = true;
    this.#readTail()
      // The next notification, or the next look at the topics, tries again.
      .catch((error: unknown) => this.#log.warn({ error, topic: this.name }, 'could not read the bus'))
      .finally(() => {
        this.#reading = false;
      });
  }

  async #readTail() {
    const wanted = { partitions: allPartitions, limit: PAGE };
    while (this.head < this.#last) {
      const near = this.#last - this.head <= WINDOW;
      const { entries } = near ? await this.#readLog(this.head, this.#last, wanted) : { entries: [] };
      // Our own publishing may have come first.
      if (isDense(entries) && entries[0].position <= this.head + 1) this.#extend(entries);
      else this.#skipTo(this.#last);
    }
  }

  /** Too much to keep, or trimmed by now: subscriptions read what there is themselves. */
  #skipTo(head: number) {
    this.#window = [];
    this.#head = head;
    for (const wake of this.#readers) wake();
  }
}

function isDense(entries: Entry[]): entries is [Entry, ...Entry[]] {
  const [first, last] = [entries[0], entries.at(-1)];
  return first !== undefined && last !== undefined && last.position - first.position === entries.length - 1;
}

/** @returns the position before the batch, or undefined when there is no such topic */
async function append(pool: pg.Pool, topic: string, envelopes: Envelope[], partitions: number[]) {
  const { rows } = await pool.query(
    `with topic as (
       update bus_topic set last = last + $2 where name = $1 returning last - $2 as base
     ), appended as (
       insert into bus_log (topic, position, partition, id, type, subject, occurred_at, traceparent, data)
       select $1, topic.base + e.nth, e.partition, e.id, e.type, e.subject, e.occurred_at, e.traceparent, e.data
       from topic, unnest($3::smallint[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::bytea[])
         with ordinality as e (partition, id, type, subject, occurred_at, traceparent, data, nth)
     )
     select base, pg_notify('pasar_bus', $1 || ' ' || (base + $2)) from topic`,
    [
      topic,
      envelopes.length,
      partitions,
      envelopes.map(({ id }) => id),
      envelopes.map(({ type }) => type),
      envelopes.map(({ subject }) => subject),
      envelopes.map(({ time }) => time),
      envelopes.map(({ traceparent }) => traceparent),
      envelopes.map(({ data }) => data),
    ],
  );
  return rows[0] && Number(rows[0].base);
}

// biome-ignore lint/suspicious/noExplicitAny: a row as the driver gives it
function toEntry(source: string, row: any): Entry {
  const { position, partition, id, type, subject, occurred_at: time, traceparent, data } = row;
  return {
    position: Number(position),
    partition,
    envelope: { id, type, source, subject, time, traceparent, data },
  };
}

/** FNV-1a, 32 bit: the same on every machine and in every version, or a subject would change its partition. */
export function partitionOf(subject: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(subject)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % PARTITIONS;
}

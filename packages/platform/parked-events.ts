import { sql, type Transaction } from 'kysely';
import type { Clock } from './clock.js';
import type { Database } from './db.js';
import type { Envelope } from './events.js';

// biome-ignore lint/suspicious/noExplicitAny: each service names its own tables
type Tx = Transaction<any>;

export interface ParkedEvent {
  number: number;
  envelope: Envelope;
  attempts: number;
}

export interface Survey {
  /** The first of each subject, where its time has come. */
  due: number[];
  /** When the next one is due. */
  nextAt: Date | null;
  waiting: number;
  dead: number;
}

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 300_000;
const SURVEY_LIMIT = 100;

/** The inbox of a consumer and the events that it could not take yet: all SQL of both. */
export class ParkedEvents {
  constructor(
    private readonly database: Database,
    private readonly consumer: string,
    private readonly clock: Clock,
    private readonly maxAttempts: number,
  ) {}

  /**
   * Enters events into the inbox.
   * @returns those that were not there: `behind` where an event of their subject is parked, `fresh` otherwise
   */
  async receive(tx: Tx, envelopes: Envelope[]): Promise<{ fresh: Envelope[]; behind: Envelope[] }> {
    const { rows } = await sql<{ id: string; behind: boolean }>`
      with event as (
        select * from unnest(${envelopes.map(({ id }) => id)}::uuid[], ${envelopes.map(({ source }) => source)}::text[],
          ${envelopes.map(({ subject }) => subject)}::text[]) as e (id, source, subject)
      ), received as (
        insert into inbox (consumer, event_id) select ${this.consumer}, id from event
        on conflict do nothing returning event_id
      )
      select id, exists (
        select from parked_event p where p.consumer = ${this.consumer} and p.source = event.source
          and p.subject = event.subject and p.dead_at is null
      ) as behind
      from received join event on id = event_id`.execute(tx);
    const unseen = new Map(rows.map(({ id, behind }) => [id, behind]));
    const isRepeated = unseen.size < new Set(envelopes.map(({ id }) => id)).size;
    // Another member took some of them, and may have parked one after this statement's snapshot. That is committed by
    // now, because entering the same id waited for it.
    const parked = isRepeated ? await this.#parkedSubjects(tx, envelopes) : undefined;
    const fresh: Envelope[] = [];
    const behind: Envelope[] = [];
    for (const envelope of envelopes) {
      const isBehind = unseen.get(envelope.id);
      if (isBehind === undefined) continue;
      // The same event may be twice in a batch.
      unseen.delete(envelope.id);
      (isBehind || parked?.has(subjectKey(envelope)) ? behind : fresh).push(envelope);
    }
    return { fresh, behind };
  }

  async #parkedSubjects(tx: Tx, envelopes: Envelope[]): Promise<Set<string>> {
    const { rows } = await sql<Pick<Envelope, 'source' | 'subject'>>`
      select source, subject from parked_event
      where consumer = ${this.consumer} and subject = any(${envelopes.map(({ subject }) => subject)}::text[])
        and dead_at is null`.execute(tx);
    return new Set(rows.map(subjectKey));
  }

  /** Parks events that are in the inbox by now, behind earlier ones of their subjects. */
  async parkBehind(tx: Tx, envelopes: Envelope[]): Promise<void> {
    await sql`
      insert into parked_event (consumer, event_id, type, source, subject, occurred_at, traceparent, data, next_at)
      select ${this.consumer}, e.id, e.type, e.source, e.subject, e.time, e.traceparent, e.data, ${this.clock.now()}
      from unnest(${envelopes.map(({ id }) => id)}::uuid[], ${envelopes.map(({ type }) => type)}::text[],
        ${envelopes.map(({ source }) => source)}::text[], ${envelopes.map(({ subject }) => subject)}::text[],
        ${envelopes.map(({ time }) => time)}::timestamptz[],
        ${envelopes.map(({ traceparent }) => traceparent)}::text[], ${envelopes.map(({ data }) => data)}::bytea[])
        with ordinality as e (id, type, source, subject, time, traceparent, data, nth)
      order by e.nth`.execute(tx);
  }

  /** Parks an event after its first failure, unless it took effect meanwhile in another process. */
  async parkFailed(envelope: Envelope, error: unknown): Promise<void> {
    const { id, type, source, subject, time, traceparent, data } = envelope;
    await sql`
      with received as (
        insert into inbox (consumer, event_id) values (${this.consumer}, ${id}) on conflict do nothing returning 1
      )
      insert into parked_event (consumer, event_id, type, source, subject, occurred_at, traceparent, data,
        attempts, next_at, error)
      select ${this.consumer}, ${id}, ${type}, ${source}, ${subject}, ${time}, ${traceparent}, ${data},
        1, ${this.#retryAt(1)}, ${describe(error)}
      from received`.execute(this.database.kysely);
  }

  async survey(): Promise<Survey> {
    const now = this.clock.now();
    const { rows } = await sql<{ due: string[] | null; nextAt: Date | null; waiting: number; dead: number }>`
      with waiting as materialized (
        select number, source, subject, next_at from parked_event
        where consumer = ${this.consumer} and dead_at is null
      ), first as (
        select distinct on (source, subject) number, next_at from waiting order by source, subject, number
      )
      select
        (select array_agg(number::text) from (
          select number from first where next_at <= ${now} order by number limit ${SURVEY_LIMIT}) d) as due,
        (select min(next_at) from first where next_at > ${now}) as "nextAt",
        (select count(*)::integer from waiting) as waiting,
        (select count(*)::integer from parked_event where consumer = ${this.consumer} and dead_at is not null) as dead`.execute(
      this.database.kysely,
    );
    const [row] = rows;
    return { nextAt: null, waiting: 0, dead: 0, ...row, due: (row?.due ?? []).map(Number) };
  }

  /** Removes an event in the transaction of its effect. Undefined when another process has it or is done with it. */
  async take(tx: Tx, number: number): Promise<ParkedEvent | undefined> {
    const { rows } = await sql<Envelope & { attempts: number }>`
      with due as (
        select number from parked_event
        where number = ${number} and dead_at is null and next_at <= ${this.clock.now()} for update skip locked
      )
      delete from parked_event p using due where p.number = due.number
      returning p.event_id as id, type, source, subject, occurred_at as time, traceparent, data, attempts`.execute(
      tx,
    );
    const [row] = rows;
    if (!row) return undefined;
    const { attempts, ...envelope } = row;
    return { number, envelope, attempts };
  }

  /** Counts a failure. @returns whether the event is a dead letter now */
  async fail({ number, attempts }: ParkedEvent, error: unknown): Promise<boolean> {
    const dead = attempts + 1 >= this.maxAttempts;
    const now = this.clock.now();
    await sql`
      update parked_event set attempts = ${attempts + 1}, next_at = ${this.#retryAt(attempts + 1)},
        error = ${describe(error)}, dead_at = ${dead ? now : null}
      where number = ${number} and attempts = ${attempts} and dead_at is null`.execute(this.database.kysely);
    return dead;
  }

  #retryAt(attempts: number): Date {
    const wait = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);
    return new Date(this.clock.now().getTime() + wait);
  }
}

/** Order is kept among the events of one subject of one source. */
export function subjectKey({ source, subject }: Pick<Envelope, 'source' | 'subject'>): string {
  return `${source}/${subject}`;
}

function describe(error: unknown): string {
  return (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 4_000);
}

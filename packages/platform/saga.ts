import { type RawBuilder, sql } from 'kysely';
import type { Clock } from './clock.js';
import type { Database, Executor } from './db.js';
import { DomainError, type ErrorKind, fromRpcError } from './errors.js';

/**
 * Sagas (H. Garcia-Molina and K. Salem, 1987): a chain of steps in several services that ends either complete or
 * undone.
 *
 * The row of a saga is written with the command that starts it, before any step leaves the service. From then on any
 * process may die at any moment: a step is idempotent by the saga's id, so a saga that is taken up again simply runs
 * from its first step, and each step answers as it did before. That is why progress needs no commit between steps.
 * What must not be decided twice is written at once: that a saga is being undone, and that it ended.
 */
export interface SagaDefinition<Data, Result> {
  name: string;
  steps: SagaStep<Data>[];
  /**
   * Ends the saga well: the service's own changes and `throughFences` in one statement or transaction. Where that has
   * no row for the saga, nothing of it may change, and `undefined` is returned.
   */
  complete(data: Data, fence: Fence): Promise<Result | undefined>;
  /** Ends an undone saga, in the same manner. */
  fail(data: Data, failure: SagaFailure, fence: Fence): Promise<Result | undefined>;
}

export interface SagaStep<Data> {
  name: string;
  /**
   * Does the step, once however often it is called for a saga. Changes `data` with what it learns. Returns a wait when
   * an answer from outside is due later, with what the service wants to write down along with it.
   * @throws DomainError when it cannot be done: the saga is undone. A transient error is tried again.
   */
  invoke(data: Data, attempt: SagaAttempt): Promise<SagaWait | void>;
  /** Undoes the step, also one that never began or whose outcome is not known. Retried until it succeeds. */
  compensate?(data: Data, failure: SagaFailure): Promise<void>;
}

export interface SagaAttempt {
  /** The deadline of a wait has passed: nothing more is to be waited for. */
  due: boolean;
}

export interface SagaWait {
  until: Date;
  /** As `complete`, for the change that shows the waiting. */
  write(fence: Fence): Promise<boolean>;
}

/** The row of a new saga. */
export interface SagaStart {
  id: string;
  name: string;
  owner: string;
  leaseMs: number;
  /** As JSON. */
  data: string;
}

/** `insert into saga …` for the statement that starts some: those for whose id `from`, a CTE, has a row, if given. */
export function startSagas(starts: SagaStart[], from?: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    insert into saga (id, name, data, owner, leased_until)
    select s.id, s.name, s.data, s.owner, now() + s.lease_ms * interval '1 ms'
    from unnest(${starts.map(({ id }) => id)}::uuid[], ${starts.map(({ name }) => name)}::text[],
      ${starts.map(({ owner }) => owner)}::text[], ${starts.map(({ leaseMs }) => leaseMs)}::int[],
      ${starts.map(({ data }) => data)}::jsonb[]) as s (id, name, owner, lease_ms, data)
    ${from ? sql`where exists (select from ${from} as f where f.id = s.id)` : sql``}`;
}

/** What becomes of a saga, if the process that says so still holds it. */
export interface Fence {
  id: string;
  owner: string;
  state: 'completed' | 'failed' | 'waiting';
  /** Of a wait. */
  until: Date | null;
  /** As JSON, where it is to be kept. */
  data: string | null;
}

/**
 * Ends or parks sagas: a data-modifying statement, or the body of such a CTE, with a row (`id`) for each saga that its
 * process still holds. A saga that there was news for does not wait, and may be taken up at once.
 * @param fences of one process
 */
export function throughFences(fences: Fence[]): RawBuilder<{ id: string }> {
  return sql`
    with wanted as (
      select s.id, f.state, f.until, f.data
      from unnest(${fences.map(({ id }) => id)}::uuid[], ${fences.map(({ state }) => state)}::text[],
        ${fences.map(({ until }) => until)}::timestamptz[], ${fences.map(({ data }) => data)}::jsonb[])
        as f (id, state, until, data) join saga s on s.id = f.id
      order by s.id for update of s
    )
    update saga s set
      state = case when w.state = 'waiting' and s.news then 'running' else w.state end,
      leased_until = case when w.state = 'waiting' and s.news then now() - interval '1 ms' else s.leased_until end,
      due_at = w.until, data = coalesce(w.data, s.data), updated_at = now()
    from wanted w
    where s.id = w.id and s.owner = ${fences[0]?.owner ?? ''} and s.leased_until > now()
      and s.state in ('running', 'compensating')
    returning s.id`;
}

export interface SagaFailure {
  code: string;
  kind: ErrorKind;
  message: string;
  details: DomainError['details'];
  retryAfter: number;
}

export type SagaOutcome<Result> =
  | { state: 'completed'; result: Result }
  | { state: 'failed'; result: Result; failure: SagaFailure }
  | { state: 'waiting' }
  /** Still in the works: another process has it, or a compensation has to be tried again. */
  | { state: 'pending' };

interface SagaRow<Data> {
  id: string;
  data: Data;
  failure: SagaFailure | null;
  attempts: number;
  due: boolean;
}

export interface SagaOptions {
  database: Database;
  clock: Clock;
  log: { error(facts: object, message: string): void; warn(facts: object, message: string): void };
  /** Names this process; must differ from that of any other and of any earlier one. */
  owner: string;
  /** How long a process may work on a saga before another one takes it over. */
  leaseMs: number;
}

/** With the growing pauses between them, about ten minutes. */
const maxAttempts = 16;

export class Sagas<Data extends object, Result> {
  #stopped = false;
  #running = new Set<Promise<unknown>>();

  constructor(
    private readonly definition: SagaDefinition<Data, Result>,
    private readonly options: SagaOptions,
  ) {}

  /** To be written by the command that starts it, in one statement with what it is about; then `run` it. */
  start(id: string, data: Data): SagaStart {
    const { owner, leaseMs } = this.options;
    return { id, name: this.definition.name, owner, leaseMs, data: JSON.stringify(data) };
  }

  /** Runs a saga that this process has just started. */
  run(id: string, data: Data): Promise<SagaOutcome<Result>> {
    return this.#track(this.#drive({ id, data, failure: null, attempts: 0, due: false }));
  }

  /**
   * News from outside for a waiting saga, in the transaction that takes the news: it no longer waits, and whoever
   * recovers next takes it up. News that come before the saga waits keep it from waiting. Call `recover` afterwards.
   * @returns how many there was news for
   */
  async wake(tx: Executor<unknown>, ids: string[]): Promise<number> {
    const { rows } = await sql`
      with told as materialized (
        select id from saga where id = any(${ids}::uuid[]) and state in ('running', 'waiting') order by id for update)
      update saga set news = true, updated_at = now(),
        leased_until = case state when 'waiting' then now() - interval '1 ms' else leased_until end,
        state = 'running'
      from told where saga.id = told.id returning saga.id`.execute(tx);
    return rows.length;
  }

  /** Ends the wait of a saga at once, as if its deadline had passed; undefined when it does not wait (any more). */
  async expire(id: string): Promise<SagaOutcome<Result> | undefined> {
    const [row] = await this.#claim(sql`id = ${id} and state = 'waiting'`, 1);
    return row && this.#track(this.#drive({ ...row, due: true }));
  }

  /** Takes up sagas whose process died, whose wait is over or whose compensation is to be tried again. */
  async recover(limit = 20): Promise<number> {
    if (this.#stopped) return 0;
    const rows = await this.#claim(
      sql`(state in ('running', 'compensating') and leased_until < now()) or (state = 'waiting' and due_at < now())`,
      limit,
    );
    await Promise.all(rows.map((row) => this.#track(this.#drive(row))));
    return rows.length;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#running);
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    const forget = () => this.#running.delete(work);
    work.then(forget, forget);
    return work;
  }

  #lease(): RawBuilder<unknown> {
    return sql`now() + ${`${this.options.leaseMs} milliseconds`}::interval`;
  }

  #fence(id: string, state: 'completed' | 'failed'): Fence {
    return { id, owner: this.options.owner, state, until: null, data: null };
  }

  async #claim(condition: RawBuilder<unknown>, limit: number): Promise<SagaRow<Data>[]> {
    return this.options.database.write(sql<SagaRow<Data>>`
      with due as (
        select id, state = 'waiting' and due_at < now() as due from saga
        where name = ${this.definition.name} and (${condition})
        order by updated_at limit ${limit} for update skip locked)
      update saga set
        owner = ${this.options.owner}, leased_until = ${this.#lease()}, attempts = attempts + 1, news = false,
        updated_at = now(),
        state = case when failure is null then 'running' else 'compensating' end
      from due where saga.id = due.id
      returning saga.id, saga.data, saga.failure, saga.attempts, due.due`);
  }

  async #drive(row: SagaRow<Data>): Promise<SagaOutcome<Result>> {
    let reached = 0;
    try {
      if (row.failure) return await this.#compensate(row, row.failure, this.definition.steps);
      for (const step of this.definition.steps) {
        const wait = await step.invoke(row.data, { due: row.due });
        if (wait) return await this.#wait(row, wait);
        reached++;
      }
      const result = await this.definition.complete(row.data, this.#fence(row.id, 'completed'));
      return result === undefined ? { state: 'pending' } : { state: 'completed', result };
    } catch (error) {
      const reason = fromRpcError(error);
      const transient = reason.kind === 'internal' || reason.kind === 'unavailable';
      // A fault of ours says nothing about the step. Somebody being away ends a checkout whose buyer waits for the
      // answer, and is waited out, for some minutes, where the buyer has long gone or has paid.
      const wait = reason.kind === 'internal' || (transient && row.attempts > 0);
      if (wait && row.attempts < maxAttempts) return this.#postpone(row, error);
      return this.#turn(row, reason, this.#toUndo(row, reached, transient));
    }
  }

  /** In a first run, what was not reached never began, and a step that was refused has nothing to undo. */
  #toUndo(row: SagaRow<Data>, reached: number, transient: boolean): SagaStep<Data>[] {
    return row.attempts > 0
      ? this.definition.steps
      : this.definition.steps.slice(0, reached + (transient ? 1 : 0));
  }

  async #wait(row: SagaRow<Data>, wait: SagaWait): Promise<SagaOutcome<Result>> {
    const { owner } = this.options;
    const data = JSON.stringify(row.data);
    const written = await wait.write({ id: row.id, owner, state: 'waiting', until: wait.until, data });
    return { state: written ? 'waiting' : 'pending' };
  }

  /** The decision to undo is durable before anything is undone. */
  async #turn(
    row: SagaRow<Data>,
    reason: DomainError,
    steps: SagaStep<Data>[],
  ): Promise<SagaOutcome<Result>> {
    const { code, kind, message, details, retryAfter } = reason;
    const failure: SagaFailure = { code, kind, message, details, retryAfter };
    if (steps.length > 0) {
      const turned = await this.options.database.write(sql`
        update saga set state = 'compensating', failure = ${JSON.stringify(failure)}::jsonb,
          data = ${JSON.stringify(row.data)}::jsonb, updated_at = now()
        where id = ${row.id} and owner = ${this.options.owner} and leased_until > now()
          and state in ('running', 'compensating')
        returning id`);
      if (turned.length === 0) return { state: 'pending' };
    }
    return this.#compensate(row, failure, steps);
  }

  async #compensate(
    row: SagaRow<Data>,
    failure: SagaFailure,
    steps: SagaStep<Data>[],
  ): Promise<SagaOutcome<Result>> {
    try {
      for (const step of steps.toReversed()) await step.compensate?.(row.data, failure);
      const result = await this.definition.fail(row.data, failure, this.#fence(row.id, 'failed'));
      return result === undefined ? { state: 'pending' } : { state: 'failed', result, failure };
    } catch (error) {
      return this.#postpone(row, error);
    }
  }

  /** Gives the saga back, to be taken up after a while that grows with every attempt, up to a minute. */
  async #postpone(row: SagaRow<Data>, error: unknown): Promise<SagaOutcome<Result>> {
    const { log, database } = this.options;
    const facts = { saga: this.definition.name, id: row.id, attempts: row.attempts, err: error };
    if (row.attempts >= 5) log.error(facts, 'saga is stuck');
    else log.warn(facts, 'saga is postponed');
    const pause = Math.min(60_000, 200 * 2 ** row.attempts);
    await database
      .write(sql`
        update saga set leased_until = now() + ${`${pause} milliseconds`}::interval, error = ${String(error)},
          updated_at = now()
        where id = ${row.id} and owner = ${this.options.owner} and state in ('running', 'compensating')`)
      .catch((cause) =>
        log.warn({ ...facts, err: cause }, 'saga could not be postponed; its lease will end'),
      );
    return { state: 'pending' };
  }
}

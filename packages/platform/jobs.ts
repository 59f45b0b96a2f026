import { sql } from 'kysely';
import type { Clock } from './clock.js';
import type { Database } from './db.js';
import { Backoff, pause } from './signal.js';
import type { Log, Metrics } from './telemetry.js';
import { startSpan } from './tracing.js';

export type Interval = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** Work that is done now and then, by one process at a time. */
export interface Job {
  name: string;
  intervalMs: number;
  run(): Promise<unknown>;
}

/** @param name unique in the service */
export function every(name: string, interval: Interval, run: () => Promise<unknown>): Job {
  return { name, intervalMs: parseInterval(interval), run };
}

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function parseInterval(interval: Interval): number {
  const [, count, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(interval) ?? [];
  const milliseconds = Number(count) * units[unit as keyof typeof units];
  if (!(milliseconds > 0)) throw new Error(`${interval} is no interval`);
  return milliseconds;
}

export interface JobsOptions {
  database: Database;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  jobs: Job[];
}

/** A job that another process has brought forward is noticed by then. */
const LONGEST_SLEEP_MS = 60_000;

/**
 * Runs the jobs of a service, each in one process at a time.
 *
 * A row per job says when it is due. Whoever moves that on, in one statement, runs the job; while a run lasts it keeps
 * moving it on. So there is nothing to release, and after a crash the job simply runs when it is due next. In rare
 * moments (a process that stood still) two runs may overlap: jobs must bear that.
 */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #stopping = new AbortController();
  readonly #runs;
  #loops: Promise<void>[] = [];

  constructor(options: JobsOptions) {
    const { jobs, metrics } = options;
    if (new Set(jobs.map(({ name }) => name)).size < jobs.length) throw new Error('two jobs have one name');
    this.#options = options;
    this.#runs = metrics.counter('pasar_job_runs_total', 'Runs of periodic jobs', ['job', 'outcome']);
  }

  /** A job that never ran before runs at once. */
  start(): void {
    if (this.#loops.length === 0) this.#loops = this.#options.jobs.map((job) => this.#repeat(job));
  }

  /** Waits for the runs in hand. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#loops);
  }

  /** Runs what is due by the clock, now. */
  async runDue(): Promise<void> {
    for (const job of this.#options.jobs) {
      const { mine } = await this.#claim(job);
      if (mine) await this.#run(job);
    }
  }

  async #repeat(job: Job) {
    const { clock, log } = this.#options;
    const { signal } = this.#stopping;
    const backoff = new Backoff(500, 30_000);
    while (!signal.aborted) {
      let nextAt: Date;
      try {
        const claim = await this.#claim(job);
        nextAt = claim.nextAt;
        if (claim.mine) nextAt = (await this.#run(job)) ?? nextAt;
        backoff.reset();
      } catch (error) {
        if (!signal.aborted) log.warn({ error, job: job.name }, 'a job could not be scheduled');
        await pause(backoff.next(), signal);
        continue;
      }
      // One who is late by a moment finds the job taken, and does not contend for it.
      const wait = nextAt.getTime() - clock.now().getTime() + Math.random() * 20;
      await pause(Math.min(Math.max(wait, 1), LONGEST_SLEEP_MS), signal);
    }
  }

  async #claim(job: Job): Promise<{ mine: boolean; nextAt: Date }> {
    const now = this.#options.clock.now();
    const { rows } = await sql<{ mine: boolean; nextAt: Date }>`
      with claimed as (
        insert into job (name, next_at) values (${job.name}, ${this.#nextAt(job)})
        on conflict (name) do update set next_at = excluded.next_at where job.next_at <= ${now}
        returning next_at
      )
      select exists (select from claimed) as mine,
        coalesce((select next_at from claimed), (select next_at from job where name = ${job.name})) as "nextAt"`.execute(
      this.#options.database.kysely,
    );
    // Between the two looks at the table another process may have inserted the row: it has the job.
    const [row] = rows;
    return { mine: row?.mine ?? false, nextAt: row?.nextAt ?? this.#nextAt(job) };
  }

  /** @returns when it is due next, if that has changed during the run */
  async #run(job: Job): Promise<Date | undefined> {
    const { database, log } = this.#options;
    let nextAt: Date | undefined;
    const keep = setInterval(
      () => {
        const later = this.#nextAt(job);
        sql`update job set next_at = ${later} where name = ${job.name}`.execute(database.kysely).then(
          () => {
            nextAt = later;
          },
          (error: unknown) => log.warn({ error, job: job.name }, 'a running job could not be kept'),
        );
      },
      Math.min(job.intervalMs / 2, LONGEST_SLEEP_MS),
    );
    const span = startSpan(`job ${job.name}`, { parent: '' });
    try {
      await span.run(() => job.run());
      span.end();
      this.#runs.inc({ job: job.name, outcome: 'done' });
    } catch (error) {
      span.end((error as Error).message);
      span.run(() => log.error({ error, job: job.name }, 'a job failed'));
      this.#runs.inc({ job: job.name, outcome: 'failed' });
    } finally {
      clearInterval(keep);
    }
    return nextAt;
  }

  #nextAt({ intervalMs }: Job): Date {
    return new Date(this.#options.clock.now().getTime() + intervalMs * (1 + Math.random() / 10));
  }
}

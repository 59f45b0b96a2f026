import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { TestClock } from './clock.js';
import { Database } from './db.js';
import { every, type Job, Jobs } from './jobs.js';
import { createLog, Metrics } from './telemetry.js';
import { messagingMigrations, type TestDatabase, testDatabase } from './testing/database.js';

let test: TestDatabase;
let made: { jobs: Jobs; database: Database }[] = [];
const metrics = new Metrics();
const patience = { timeout: 20_000, interval: 10 };

beforeAll(async () => {
  test = await testDatabase([messagingMigrations]);
});
afterAll(() => test.drop());
beforeEach(() => sql`truncate job`.execute(test.database.kysely));
afterEach(async () => {
  for (const { jobs, database } of made) {
    await jobs.stop();
    await database.close();
  }
  made = [];
});

/** Jobs as another process would have them. */
function makeJobs(clock: TestClock, ...jobs: Job[]): Jobs {
  const database = new Database(test.url, { max: 2 });
  const log = createLog({ level: 'silent', service: 'test' });
  const one = { jobs: new Jobs({ database, clock, log, metrics, jobs }), database };
  made.push(one);
  return one.jobs;
}

it('run again and again', async () => {
  let runs = 0;
  makeJobs(
    new TestClock(),
    every('count', '20ms', async () => runs++),
  ).start();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(4), patience);
});

it('run in one process at a time', async () => {
  let running = 0;
  let runs = 0;
  const overlaps: number[] = [];
  const job = () =>
    every('alone', '100ms', async () => {
      overlaps.push(running++);
      // Longer than the interval: the run keeps the job.
      await new Promise((resolve) => setTimeout(resolve, 250));
      running--;
      runs++;
    });
  const clock = new TestClock();
  for (let n = 0; n < 4; n++) makeJobs(clock, job()).start();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(3), patience);
  expect(Math.max(...overlaps)).toBe(0);
});

it('run when they are due by the clock, once for all processes', async () => {
  const clock = new TestClock(new Date('2026-05-01T00:00:00Z'));
  let runs = 0;
  const processes = [1, 2, 3].map(() =>
    makeJobs(
      clock,
      every('hourly', '1h', async () => runs++),
    ),
  );
  const runDue = () => Promise.all(processes.map((jobs) => jobs.runDue()));
  await runDue();
  expect(runs).toBe(1);
  clock.advance(59 * 60_000);
  await runDue();
  expect(runs).toBe(1);
  clock.advance(8 * 60_000);
  await runDue();
  await runDue();
  expect(runs).toBe(2);
});

it('run next time though they fail, and their failures are counted', async () => {
  let runs = 0;
  const failing = every('failing', '20ms', () => {
    runs++;
    throw new Error('broken');
  });
  let others = 0;
  makeJobs(
    new TestClock(),
    failing,
    every('other', '20ms', async () => others++),
  ).start();
  await vi.waitFor(() => expect(Math.min(runs, others)).toBeGreaterThan(3), patience);
  expect(await metrics.text()).toMatch(/pasar_job_runs_total\{job="failing",outcome="failed"\} \d+/);
});

it('end before stop does', async () => {
  const started = Promise.withResolvers<void>();
  let ended = false;
  const jobs = makeJobs(
    new TestClock(),
    every('long', '1h', async () => {
      started.resolve();
      await new Promise((resolve) => setTimeout(resolve, 100));
      ended = true;
    }),
  );
  jobs.start();
  await started.promise;
  await jobs.stop();
  expect(ended).toBe(true);
});

it('go on after the database was away', async () => {
  let runs = 0;
  makeJobs(
    new TestClock(),
    every('patient', '20ms', async () => runs++),
  ).start();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(1), patience);
  await sql`alter table job rename to job_away`.execute(test.database.kysely);
  await vi.waitFor(async () => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(test.database.kysely);
  }, patience);
  await sql`alter table job_away rename to job`.execute(test.database.kysely);
  const before = runs;
  await vi.waitFor(() => expect(runs).toBeGreaterThan(before + 2), patience);
});

it('need a name of their own and an interval', () => {
  const clock = new TestClock();
  const job = every('twice', '1s', async () => {});
  expect(() => new Jobs({ ...parts(clock), jobs: [job, job] })).toThrow('two jobs have one name');
  for (const wrong of ['0s', '1.5s', '-1s', '10', 's']) {
    expect(() => every('wrong', wrong as '1s', async () => {})).toThrow('is no interval');
  }
  expect(
    ['5ms', '2s', '3m', '1h', '1d'].map((text) => every('right', text as '1s', async () => {}).intervalMs),
  ).toEqual([5, 2_000, 180_000, 3_600_000, 86_400_000]);
});

function parts(clock: TestClock) {
  return { database: test.database, clock, log: createLog({ level: 'silent', service: 'test' }), metrics };
}

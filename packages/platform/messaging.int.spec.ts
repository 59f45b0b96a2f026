import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EmbeddedPostgres, startPostgres } from './embedded-postgres.js';
import { type Child, spawnChild } from './testing/child.js';
import { busMigrations, messagingMigrations, type TestDatabase, testDatabase } from './testing/database.js';

const patience = { interval: 25 };

let maker: TestDatabase;
let taker: TestDatabase;
let bus: TestDatabase;
let children: Child[] = [];

async function prepare(server?: string) {
  maker = await testDatabase([messagingMigrations], server);
  taker = await testDatabase([messagingMigrations], server);
  bus = await testDatabase([busMigrations], server);
  await sql`create table subject (id text primary key, n bigint not null default 0)`.execute(
    maker.database.kysely,
  );
  await sql`insert into subject select 's' || n from generate_series(0, 11) n`.execute(maker.database.kysely);
  await sql`create table effect (
    nth bigint generated always as identity, event_id uuid, subject text, n bigint)`.execute(
    taker.database.kysely,
  );
}

async function cleanUp() {
  await Promise.all(children.map((child) => child.kill()));
  children = [];
  await Promise.all([maker, taker, bus].map((one) => one.drop()));
}

async function spawnService() {
  const child = spawnChild(new URL('./testing/messaging-process.js', import.meta.url), [
    maker.url,
    taker.url,
    bus.url,
  ]);
  children.push(child);
  await vi.waitFor(() => expect(child.messages).toContainEqual({ ready: true }), patience);
  return child;
}

async function countMade(): Promise<number> {
  const { rows } = await sql<{ made: number }>`select sum(n)::integer as made from subject`.execute(
    maker.database.kysely,
  );
  return rows[0]?.made ?? 0;
}

async function waitForMore(count: number) {
  const goal = (await countMade().catch(() => 0)) + count;
  await vi.waitFor(async () => expect(await countMade()).toBeGreaterThan(goal), patience);
}

async function stopMaking() {
  for (const child of children) child.send('make no more');
  await vi.waitFor(() => {
    for (const child of children) expect(child.messages).toContainEqual({ making: false });
  }, patience);
}

/** Every event took effect once, and those of a subject in their order. */
async function expectEachOnceInOrder() {
  const made = await countMade();
  const countEffects = async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::integer as n from effect`.execute(
      taker.database.kysely,
    );
    return rows[0]?.n ?? 0;
  };
  await vi.waitFor(async () => expect(await countEffects()).toBeGreaterThanOrEqual(made), patience);
  const { rows } = await sql<{ subject: string; numbers: string[] }>`
    select subject, array_agg(n::text order by nth) as numbers from effect group by subject`.execute(
    taker.database.kysely,
  );
  for (const { numbers } of rows) {
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, n) => String(n + 1)));
  }
  expect(await countEffects()).toBe(made);
}

describe('messaging', () => {
  beforeEach(() => prepare());
  afterEach(cleanUp);

  it('brings every event to its effect once, in order, while processes are killed at any moment', async () => {
    await Promise.all([spawnService(), spawnService(), spawnService()]);
    for (let kill = 0; kill < 4; kill++) {
      await waitForMore(150);
      const [victim] = children.splice(kill % children.length, 1);
      await victim?.kill();
      // Now and then nobody is left.
      if (kill === 2) await Promise.all(children.splice(0).map((child) => child.kill()));
      await Promise.all([...Array(3 - children.length)].map(spawnService));
    }
    await waitForMore(300);
    await stopMaking();
    await expectEachOnceInOrder();
  });

  it('loses nothing when it is stopped and started', async () => {
    for (let start = 0; start < 3; start++) {
      const child = await spawnService();
      await waitForMore(200);
      child.send('end');
      await vi.waitFor(() => expect(child.process.exitCode).toBe(0), patience);
    }
    children = [await spawnService()];
    await stopMaking();
    await expectEachOnceInOrder();
  });
});

describe('messaging with a PostgreSQL that crashes', () => {
  let server: EmbeddedPostgres;
  let dataDir: string;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'pasar-messaging-'));
    server = await startPostgres({ dataDir, log: () => {} });
    await prepare(server.url('postgres'));
  });
  afterEach(async () => {
    await cleanUp();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('brings every event to its effect once, in order', async () => {
    await Promise.all([spawnService(), spawnService()]);
    for (const signal of ['SIGQUIT', 'SIGINT', 'SIGQUIT'] as const) {
      await waitForMore(300);
      const [postmaster] = readFileSync(join(dataDir, 'data/postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(postmaster), signal);
    }
    await waitForMore(300);
    await stopMaking();
    await expectEachOnceInOrder();
  });
});

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EmbeddedPostgres, startPostgres } from './embedded-postgres.js';
import type { PostgresOptions } from './postgres-cluster.js';

// Not what a test starts or breaks, but what has to be cleared away after it.
const places: { root: string; dataDir: string }[] = [];
const handles: EmbeddedPostgres[] = [];
const patience = { timeout: 20_000, interval: 10 };
const others: ChildProcess[] = [];

const template = mkdtempSync(join(tmpdir(), 'pasar-pg-template-'));

beforeAll(async () => {
  await (await startPostgres({ dataDir: template, durable: false, log: () => {} })).stop();
});

afterAll(() => rmSync(template, { recursive: true, force: true }));

afterEach(async () => {
  for (const other of others.splice(0)) other.kill('SIGKILL');
  const sockets = handles.map((postgres) => postgres.socketDir);
  await Promise.all(handles.splice(0).map((postgres) => postgres.stop()));
  for (const { root, dataDir } of places.splice(0)) {
    if (isRunning(dataDir)) process.kill(postmasterPid(dataDir), 'SIGKILL');
    rmSync(root, { recursive: true, force: true, maxRetries: 20 });
  }
  for (const socket of sockets) rmSync(socket, { recursive: true, force: true });
});

/** mkdtemp makes it private, so for root each of these is also a folder that PostgreSQL's user may not enter. */
function newPlace(...path: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'pasar-pg-'));
  const dataDir = join(root, ...path);
  places.push({ root, dataDir });
  return dataDir;
}

/** A place that holds a cluster already. Copying one is quicker than making one. */
function newCluster(): string {
  const dataDir = newPlace();
  execFileSync('cp', ['-a', join(template, 'data'), dataDir]);
  return dataDir;
}

async function start(
  options: Pick<PostgresOptions, 'dataDir'> & Partial<PostgresOptions>,
): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({ log: () => {}, durable: false, ...options });
  handles.push(postgres);
  return postgres;
}

/** Another process that uses the data directory until it is told to stop, or is killed. */
async function startElsewhere(dataDir: string) {
  const program = `
    import { registerHooks } from 'node:module';
    // Node.js runs our TypeScript, but leaves the names of imported files as they are.
    registerHooks({ resolve: (name, context, next) =>
      next(context.parentURL?.endsWith('.ts') ? name.replace(/^(\\..*)\\.js$/, '$1.ts') : name, context) });
    const { startPostgres } = await import(${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url).href)});
    const postgres = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false, log: () => {} });
    process.send(postgres.url('postgres'));
    process.once('message', async () => { await postgres.stop(); process.disconnect(); });
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  others.push(child);
  const exited = once(child, 'exit');
  const [url] = await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => Promise.reject(new Error(`the other process ended with ${code}`))),
  ]);
  return {
    url: url as string,
    async stop() {
      child.send('stop');
      await exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function until<T>(probe: () => Promise<T>): Promise<T> {
  for (;;) {
    const found = await probe().catch(() => undefined);
    if (found) return found;
    await delay(20);
  }
}

function postmasterPid(dataDir: string): number {
  return Number.parseInt(readFileSync(join(dataDir, 'data/postmaster.pid'), 'utf8'), 10);
}

function isRunning(dataDir: string): boolean {
  return existsSync(join(dataDir, 'data/postmaster.pid'));
}

describe('the embedded PostgreSQL', () => {
  it('keeps its data over a stop and a start', async () => {
    const dataDir = newPlace();
    const first = await start({ dataDir, durable: true });
    expect(first.version).toMatch(/^18\./);
    await query(first.url('postgres'), 'create table kept as select 42 as answer');
    await first.stop();
    await first.stop();
    expect(isRunning(dataDir)).toBe(false);

    const second = await start({ dataDir, durable: true });
    expect(await query(second.url('postgres'), 'select answer from kept')).toEqual([{ answer: 42 }]);
    const settings = await query(
      second.url('postgres'),
      "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses') order by 1",
    );
    expect(settings.map(({ name, setting }) => [name, setting])).toEqual([
      ['fsync', 'on'],
      ['full_page_writes', 'on'],
      ['listen_addresses', ''],
      ['synchronous_commit', 'on'],
    ]);
  });

  it.each([
    ['a space and quotes', ['it\'s a "shop", really']],
    ['letters of another alphabet', ['pasar malam пасар 市場']],
    ['more than a socket path can hold', ['long'.repeat(30), 'longer'.repeat(20)]],
  ])('lives in a folder whose path has %s', async (_, path) => {
    const postgres = await start({ dataDir: newPlace(...path) });
    expect(Buffer.byteLength(postgres.socketDir)).toBeLessThan(90);
    expect(await query(postgres.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('has the extensions that services use', async () => {
    const postgres = await start({ dataDir: newCluster() });
    for (const extension of ['pg_trgm', 'unaccent', 'pgcrypto', 'btree_gin']) {
      await query(postgres.url('postgres'), `create extension ${extension}`);
    }
  });

  it('listens on TCP when asked to, for those who know the password', async () => {
    const dataDir = newCluster();
    const port = await findFreePort();
    await start({ dataDir, port });
    const password = readFileSync(join(dataDir, 'password'), 'utf8').trim();
    const url = (secret: string) => `postgresql://postgres:${secret}@127.0.0.1:${port}/postgres`;
    expect(await query(url(password), 'select 1 as one')).toEqual([{ one: 1 }]);
    await expect(query(url('guess'), 'select 1')).rejects.toThrow('password authentication failed');
  });
});

describe('several processes on one data directory', () => {
  it('starts one server for many that come at once, and stops it with the last', async () => {
    const dataDir = newPlace();
    const [elsewhere, ...here] = await Promise.all([
      startElsewhere(dataDir),
      ...Array.from({ length: 4 }, () => start({ dataDir })),
    ]);
    const pid = postmasterPid(dataDir);
    expect(new Set([elsewhere.url, ...here.map((postgres) => postgres.url('postgres'))]).size).toBe(1);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('initdb'))).toEqual([]);

    await Promise.all(here.slice(1).map((postgres) => postgres.stop()));
    await elsewhere.stop();
    expect(await query(elsewhere.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(postmasterPid(dataDir)).toBe(pid);

    await here[0]?.stop();
    expect(isRunning(dataDir)).toBe(false);
  });

  it('goes on for the second when the one that started it stops', async () => {
    const dataDir = newCluster();
    const first = await startElsewhere(dataDir);
    const second = await start({ dataDir });
    await first.stop();
    expect(await query(second.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('stops exactly once when all stop at once', async () => {
    const dataDir = newCluster();
    const all = await Promise.all(Array.from({ length: 6 }, () => start({ dataDir })));
    await Promise.all(all.map((postgres) => postgres.stop()));
    expect(isRunning(dataDir)).toBe(false);
  });

  it('waits for another one that has made its lock file and not written it yet', async () => {
    const dataDir = newCluster();
    const lock = join(dataDir, 'data/postmaster.pid');
    writeFileSync(lock, '');
    const [postgres] = await Promise.all([
      start({ dataDir }),
      vi
        .waitFor(
          () => expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toContain('is empty'),
          patience,
        )
        .then(() => rmSync(lock)),
    ]);
    expect(await query(postgres.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('gives a newcomer a server that lasts, whenever the last one leaves', async () => {
    const dataDir = newCluster();
    let leaving = await start({ dataDir });
    for (let round = 0; round < 10; round++) {
      const [, coming] = await Promise.all([leaving.stop(), delay(round * 2).then(() => start({ dataDir }))]);
      expect(await query(coming.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
      leaving = coming;
    }
  });
});

describe('after a crash', () => {
  it('starts over a lock file that a machine without power left empty', async () => {
    const dataDir = newCluster();
    const lock = join(dataDir, 'data/postmaster.pid');
    writeFileSync(lock, '');
    utimesSync(lock, 1_700_000_000, 1_700_000_000);
    const postgres = await start({ dataDir });
    expect(await query(postgres.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('joins the server that a killed process left behind, with everything it had committed', async () => {
    const dataDir = newCluster();
    const killed = await startElsewhere(dataDir);
    await query(killed.url, 'create table kept as select 42 as answer');
    const pid = postmasterPid(dataDir);
    await killed.kill();

    const next = await start({ dataDir });
    expect(postmasterPid(dataDir)).toBe(pid);
    expect(await query(next.url('postgres'), 'select answer from kept')).toEqual([{ answer: 42 }]);
    await next.stop();
    expect(isRunning(dataDir)).toBe(false);
  });

  it('starts a killed server again by itself, at the same address', async () => {
    const dataDir = newCluster();
    const postgres = await start({ dataDir });
    const url = postgres.url('postgres');
    await query(url, 'create table kept as select 42 as answer');
    for (let round = 0; round < 3; round++) {
      process.kill(postmasterPid(dataDir), 'SIGKILL');
      const rows = await until(() => query(url, 'select answer from kept'));
      expect(rows).toEqual([{ answer: 42 }]);
    }
    expect(postgres.url('postgres')).toBe(url);
  });

  it('stops although the server was killed just before', async () => {
    const dataDir = newCluster();
    const postgres = await start({ dataDir });
    process.kill(postmasterPid(dataDir), 'SIGKILL');
    await postgres.stop();
    const next = await start({ dataDir });
    expect(await query(next.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('starts when process and server were killed at once', async () => {
    const dataDir = newCluster();
    const killed = await startElsewhere(dataDir);
    await query(killed.url, 'create table kept as select 42 as answer');
    const pid = postmasterPid(dataDir);
    await killed.kill();
    process.kill(pid, 'SIGKILL');
    const next = await start({ dataDir });
    expect(await query(next.url('postgres'), 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('is not fooled by a pid file whose number now belongs to another process', async () => {
    const dataDir = newCluster();
    const first = await start({ dataDir });
    const file = join(dataDir, 'data/postmaster.pid');
    const contents = readFileSync(file, 'utf8');
    await first.stop();
    const stranger = spawn('sleep', ['600']);
    others.push(stranger);
    writeFileSync(file, contents.replace(/^\d+/, String(stranger.pid)));
    writeFileSync(join(first.socketDir, '.s.PGSQL.5432.lock'), `${stranger.pid}\n`);

    const second = await start({ dataDir });
    expect(await query(second.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(stranger.exitCode).toBeNull();
  });

  it('restarts a server whose socket was swept away', async () => {
    const dataDir = newCluster();
    const killed = await startElsewhere(dataDir);
    await killed.kill();
    const { socketDir } = socketOf(killed.url);
    rmSync(socketDir, { recursive: true });
    const next = await start({ dataDir });
    expect(await query(next.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('clears away what a killed initdb left', async () => {
    const dataDir = newPlace();
    const ended = spawn('true');
    await once(ended, 'exit');
    mkdirSync(join(dataDir, `initdb-${ended.pid}-abc/base`), { recursive: true });
    await start({ dataDir });
    expect(readdirSync(dataDir).filter((name) => name.startsWith('initdb'))).toEqual([]);
  });
});

describe('what goes wrong is said', () => {
  it('names both versions when the data is of another one', async () => {
    const dataDir = newCluster();
    await (await start({ dataDir })).stop();
    writeFileSync(join(dataDir, 'data/PG_VERSION'), '17\n');
    await expect(start({ dataDir })).rejects.toThrow(/made by PostgreSQL 17.*brings PostgreSQL 18/);
  });

  it('shows the end of the log when the server does not start', async () => {
    const dataDir = newCluster();
    await (await start({ dataDir })).stop();
    truncateSync(join(dataDir, 'data/global/pg_control'), 10);
    await expect(start({ dataDir })).rejects.toThrow(/postgres\.log ends:\n.*PANIC: .*pg_control/);
    rmSync(join(dataDir, 'data/postmaster.pid'));
  });

  it('shows why the data could not be made', async () => {
    const dataDir = newPlace();
    mkdirSync(join(dataDir, 'data/something'), { recursive: true });
    await expect(start({ dataDir })).rejects.toThrow(/could not create its data[\s\S]*not empty/);
  });
});

function socketOf(url: string): { socketDir: string } {
  return { socketDir: new URL(url).searchParams.get('host') as string };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

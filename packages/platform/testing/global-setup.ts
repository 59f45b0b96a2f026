import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../embedded-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the database `postgres`; specs make their own databases beside it. */
    postgresUrl: string;
  }
}

const prefix = 'pasar-test-run-';
const memory = '/dev/shm';

/**
 * Gives every spec of a run one PostgreSQL, by `inject('postgresUrl')` and PASAR_TEST_POSTGRES_URL. When that
 * variable is set already, the server it names is used. Whatever the run writes is in one folder, as TMPDIR.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const folder = join(chooseParent(), `${prefix}${process.pid}`);
  mkdirSync(folder);
  // Everybody passes through: PostgreSQL does not run as root.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  const given = process.env.PASAR_TEST_POSTGRES_URL;
  const postgres = given ? undefined : await startPostgres(serverIn(folder));
  const url = given ?? (postgres?.url('postgres') as string);
  process.env.PASAR_TEST_POSTGRES_URL = url;
  project.provide('postgresUrl', url);
  return async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

const serverIn = (folder: string) => ({
  dataDir: join(folder, 'postgres'),
  durable: false,
  log: console.error,
});

/** In memory if there is plenty: a quarter of what the suite computes would go into writing files to a disk. */
function chooseParent(): string {
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return Math.min(bavail * bsize, freemem()) > 6 * 2 ** 30 ? memory : tmpdir();
}

/** A run that was killed leaves its files behind, and its server. */
async function sweep() {
  const parents = [tmpdir(), memory].filter((parent) => existsSync(parent));
  for (const folder of parents.flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)))) {
    const pid = Number(basename(folder).slice(prefix.length));
    if (!basename(folder).startsWith(prefix) || statSync(folder).uid !== process.getuid?.() || isAlive(pid))
      continue;
    const server = serverIn(folder);
    if (existsSync(join(server.dataDir, 'data/postmaster.pid'))) await (await startPostgres(server)).stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

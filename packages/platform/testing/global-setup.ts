import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../embedded-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the database `postgres`; specs make their own databases beside it. */
    postgresUrl: string;
  }
}

const prefix = 'pasar-test-postgres-';

/**
 * Gives every spec of a run one PostgreSQL, by `inject('postgresUrl')` and PASAR_TEST_POSTGRES_URL. When that
 * variable is set already, the server it names is used.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.PASAR_TEST_POSTGRES_URL;
  if (given) {
    project.provide('postgresUrl', given);
    return undefined;
  }
  await sweep();
  const dataDir = join(tmpdir(), `${prefix}${process.pid}`);
  mkdirSync(dataDir);
  const postgres = await startPostgres({ dataDir, durable: false, log: console.error });
  const url = postgres.url('postgres');
  process.env.PASAR_TEST_POSTGRES_URL = url;
  project.provide('postgresUrl', url);
  return async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** A run that was killed leaves its server behind. */
async function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const dataDir = join(tmpdir(), name);
    const pid = Number(name.slice(prefix.length));
    if (statSync(dataDir).uid !== process.getuid?.() || (pid !== process.pid && isAlive(pid))) continue;
    if (existsSync(join(dataDir, 'data/postmaster.pid'))) {
      const left = await startPostgres({ dataDir, durable: false, log: () => {} });
      await left.stop();
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

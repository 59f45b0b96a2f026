import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Database, migrate } from '../db.js';
import { packageResource } from '../resource.js';

export const messagingMigrations = packageResource(import.meta.url, 'migrations/service');
export const busMigrations = packageResource(import.meta.url, 'migrations/bus');

/** Copies the files of the template. By default all that is in them is written to the log, at ten times the cost. */
const QUICKLY = 'strategy file_copy';

export interface TestDatabase {
  database: Database;
  url: string;
  drop(): Promise<void>;
}

/**
 * A database of its own for one spec, migrated with the .sql files of the folders.
 * @param base a database of the server, if it is not to be the one of the test run
 */
export async function testDatabase(
  folders: string[],
  base = process.env.PASAR_TEST_POSTGRES_URL,
): Promise<TestDatabase> {
  if (!base)
    throw new Error('PASAR_TEST_POSTGRES_URL names the server for tests; the global setup of vitest sets it');
  const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`;
  await createDatabase(base, name, folders);
  const url = withDatabase(base, name);
  const database = new Database(url);
  return {
    database,
    url,
    async drop() {
      await database.close();
      await dropDatabase(base, name);
    },
  };
}

/** How many sessions of the database wait for a lock. */
export async function countBlocked({ pool }: Database): Promise<number> {
  const { rowCount } = await pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount ?? 0;
}

/**
 * Stops everybody in the midst of a statement, with the locks that they have by then, until they are let go.
 * @param where of a trigger, e.g. `before delete on avif_task`
 * @returns lets them go, and stops nobody any more
 */
export async function holdUp({ pool }: Database, where: string): Promise<() => Promise<void>> {
  const gate = await pool.connect();
  await gate.query('select pg_advisory_lock(742901)');
  await gate.query(`
    create function hold_up() returns trigger language plpgsql as $$ begin
      perform pg_advisory_xact_lock_shared(742901); return coalesce(new, old); end $$;
    create trigger hold_up ${where} for each row execute function hold_up()`);
  let holds = true;
  return async () => {
    if (!holds) return;
    holds = false;
    await gate.query('select pg_advisory_unlock(742901)');
    await gate.query('drop function hold_up cascade');
    gate.release();
  };
}

/** Makes a database of that name beside `base`, migrated with the .sql files of the folders. */
export async function createDatabase(base: string, name: string, folders: string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: base, application_name: 'pasar-test' });
  await admin.connect();
  try {
    const template = await prepareTemplate(admin, base, folders);
    await admin.query(`create database ${name} template ${template} ${QUICKLY}`);
  } finally {
    await admin.end();
  }
}

/** The template is complete once it is marked as one, so a run that was killed while making it does no harm. */
async function prepareTemplate(admin: pg.Client, base: string, folders: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)));
  }
  const name = `template_${hash.digest('hex').slice(0, 24)}`;
  await admin.query('select pg_advisory_lock(742900)');
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1 and datistemplate', [
      name,
    ]);
    if (rowCount === 0) {
      await admin.query(`drop database if exists ${name}`);
      await admin.query(`create database ${name} ${QUICKLY}`);
      await migrate(withDatabase(base, name), folders);
      await admin.query(`alter database ${name} is_template true`);
    }
  } finally {
    await admin.query('select pg_advisory_unlock(742900)');
  }
  return name;
}

async function dropDatabase(base: string, name: string) {
  const admin = new pg.Client({ connectionString: base, application_name: 'pasar-test' });
  await admin.connect();
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.end();
}

function withDatabase(base: string, name: string): string {
  const url = new URL(base);
  url.pathname = `/${name}`;
  return url.href;
}

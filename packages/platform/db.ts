import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect, type RawBuilder, type Transaction } from 'kysely';
import pg from 'pg';
import { ArrayParameters } from './array-parameters.js';
import { Probe } from './probe.js';

/** What a store's methods take: the database itself, or the transaction they are part of. */
export type Executor<Tables> = Kysely<Tables> | Transaction<Tables>;

/** What is known of a statement by its text. */
interface Statement {
  name: string;
  arrays: ArrayParameters;
}

/** Statements take lists as arrays, so there are only a few hundred. */
const statements = new Map<string, Statement>();
const maxStatements = 2000;

function statementOf(text: string): Statement | undefined {
  let statement = statements.get(text);
  if (!statement && statements.size < maxStatements) {
    statement = { name: `s${statements.size}`, arrays: new ArrayParameters(text) };
    statements.set(text, statement);
  }
  return statement;
}

/** PostgreSQL parses and plans a named statement once per connection: a third of the cost of a short one. */
class NamingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg.Client.query has a dozen overloads, passed through as they are
  override query(query: any, values?: any, callback?: any): any {
    if (typeof query === 'string' && Array.isArray(values) && values.length > 0) {
      const { name, arrays } = statementOf(query) ?? {};
      return super.query(
        { name, text: query, values: arrays?.encode(values) ?? values } as pg.QueryConfig,
        callback,
      );
    }
    return super.query(query, values, callback);
  }
}

/** Longer than anybody waits for an answer: what holds a lock so long is stuck, and must not hold others up for good. */
const LOCK_TIMEOUT_MS = 30_000;

/** SQLSTATE of who is chosen to give way in a deadlock. Nothing is left of what they did, and the others go on. */
const DEADLOCK = '40P01';
const MAX_RUNS = 3;

async function outOfDeadlock<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let run = 1; ; run++) {
    try {
      return await work();
    } catch (error) {
      if (run === MAX_RUNS || (error as { code?: unknown }).code !== DEADLOCK) throw error;
    }
  }
}

/** int8 is a bigint here as in protobuf; a number would lose money above 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 && format !== 'binary'
      ? BigInt
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/**
 * One service's database. A command runs in `transaction` and passes `tx` on explicitly, or is a single data-modifying
 * statement, which is a transaction of its own, in `write`. Queries run on `kysely`.
 */
// biome-ignore lint/suspicious/noExplicitAny: each service names its own tables
export class Database<Tables = any> {
  readonly pool: pg.Pool;
  readonly kysely: Kysely<Tables>;
  readonly #probe: Probe;

  constructor(
    readonly url: string,
    options: { max?: number; applicationName?: string; probe?: Probe; plans?: 'generic' | 'auto' } = {},
  ) {
    this.#probe = options.probe ?? new Probe();
    this.pool = new pg.Pool({
      connectionString: url,
      max: options.max ?? 8,
      application_name: options.applicationName ?? 'pasar',
      Client: NamingClient,
      types,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      onConnect: async (client) => {
        const settings = [`set lock_timeout = ${LOCK_TIMEOUT_MS}`];
        if (options.plans === 'generic') settings.push('set plan_cache_mode = force_generic_plan');
        await client.query(settings.join(';'));
      },
    });
    // An idle connection that breaks (PostgreSQL restarted) is replaced by the pool; unheard, it would end the process.
    this.pool.on('error', () => {});
    // The same for one in use that breaks between two statements: the next statement tells.
    this.pool.on('connect', (client) => client.on('error', () => {}));
    this.kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: this.pool }) });
  }

  /**
   * Runs `work` in a transaction, and once more if it has to give way in a deadlock: what it does outside of `tx` must
   * bear that. No remote call belongs inside.
   */
  async transaction<Result>(work: (tx: Transaction<Tables>) => Promise<Result>): Promise<Result> {
    const result = await outOfDeadlock(() =>
      this.kysely.transaction().execute(async (tx) => {
        const worked = await work(tx);
        await this.#probe.reach('before commit');
        return worked;
      }),
    );
    await this.#probe.reach('after commit');
    return result;
  }

  /** Runs one data-modifying statement: one round trip, one commit. */
  async write<Row>(statement: RawBuilder<Row>): Promise<Row[]> {
    await this.#probe.reach('before commit');
    const { rows } = await outOfDeadlock(() => statement.execute(this.kysely));
    await this.#probe.reach('after commit');
    return rows;
  }

  async close(): Promise<void> {
    await this.kysely.destroy();
    // Kysely leaves a pool that it never used.
    if (!this.pool.ending) await this.pool.end();
  }
}

/**
 * Applies the .sql files of the folders in order of folder and name, each in a transaction, under an advisory lock.
 * Applied ones are remembered with a checksum: a file that was edited afterwards is refused.
 */
export async function migrate(url: string, folders: string[]): Promise<string[]> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .sort()
      .map((name) => {
        const text = readFileSync(join(folder, name), 'utf8');
        return { name, text, checksum: createHash('sha256').update(text).digest('hex').slice(0, 32) };
      }),
  );
  const client = new pg.Client({ connectionString: url, application_name: 'pasar-migrate' });
  await client.connect();
  try {
    const applied = await readApplied(client);
    if (files.every((file) => applied.get(file.name) === file.checksum)) return [];
    await client.query('select pg_advisory_lock(742001)');
    await client.query(
      `create table if not exists schema_migration (
         name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    );
    const done: string[] = [];
    const current = await readApplied(client);
    for (const file of files) {
      const checksum = current.get(file.name);
      if (checksum === file.checksum) continue;
      if (checksum) throw new Error(`migration ${file.name} was changed after it had been applied`);
      await client.query('begin');
      try {
        await client.query(file.text);
        await client.query('insert into schema_migration (name, checksum) values ($1, $2)', [
          file.name,
          file.checksum,
        ]);
        await client.query('commit');
      } catch (cause) {
        throw new Error(`migration ${file.name} failed: ${(cause as Error).message}`, { cause });
      }
      done.push(file.name);
    }
    return done;
  } finally {
    await client.end();
  }
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query(`select to_regclass('schema_migration') is not null as known`);
  if (!rows[0].known) return new Map();
  const applied = await client.query('select name, checksum from schema_migration');
  return new Map(applied.rows.map((row) => [row.name, row.checksum]));
}

/** Makes the database that `url` names if it does not exist; `url` must be allowed to connect to `postgres`. */
export async function ensureDatabase(url: string): Promise<void> {
  const target = new URL(url);
  const name = decodeURIComponent(target.pathname.slice(1));
  target.pathname = '/postgres';
  const client = new pg.Client({ connectionString: target.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    // Another process was faster.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}

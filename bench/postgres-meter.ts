import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { BenchServer } from './server.js';

/** What PostgreSQL has done so far, for all databases together. */
export interface PostgresWork {
  /** Seconds; NaN where there is no /proc. */
  cpu: number;
  /** Transactions that wrote: each got a transaction id. */
  commits: number;
}

/** What is still to be done for what was answered already, by database; each query gives one number. */
const backlogs: Record<string, string> = {
  pasar_order: `select count(*) from saga where state in ('running', 'waiting', 'compensating')`,
  pasar_payment: 'select count(*) from attempt where ended_at is null',
  pasar_notification: 'select count(*) from delivery_due',
  pasar_search: 'select count(*) from mark',
};
const settleLimitMs = 120_000;
/** A session that has become idle reports its counts within ten seconds. */
const reportMs = 10_500;

/** Watches a PostgreSQL server from outside. */
export class PostgresMeter {
  readonly #server: BenchServer;
  readonly #clients = new Map<string, pg.Client>();
  /** Our own questions, which are transactions too. */
  #asked = 0;

  private constructor(server: BenchServer) {
    this.#server = server;
  }

  static async open(server: BenchServer): Promise<PostgresMeter> {
    const meter = new PostgresMeter(server);
    await meter.#connect('postgres');
    const rows = await meter.ask<{ datname: string }>(
      'postgres',
      `select datname from pg_database where datname like 'pasar%'`,
    );
    for (const { datname } of rows) await meter.#connect(datname);
    return meter;
  }

  async ask<Row extends pg.QueryResultRow>(database: string, text: string): Promise<Row[]> {
    const client = this.#clients.get(database);
    if (!client) throw new Error(`there is no database ${database}`);
    this.#asked++;
    return (await client.query<Row>(text)).rows;
  }

  async work(): Promise<PostgresWork> {
    const [row] = await this.ask<{ xids: string }>(
      'postgres',
      'select pg_snapshot_xmax(pg_current_snapshot()) as xids',
    );
    return { cpu: cpuOfFamily(this.#server.postmasterPid), commits: Number(row?.xids) };
  }

  /** All transactions, those that only read too. Takes ten seconds. */
  async transactions(): Promise<number> {
    await delay(reportMs);
    const asked = this.#asked;
    const [row] = await this.ask<{ count: string }>(
      'postgres',
      'select sum(xact_commit + xact_rollback) as count from pg_stat_database',
    );
    return Number(row?.count) - asked;
  }

  /** Waits until nothing is left to be published, consumed, asked of the payment provider, or sent. */
  async settle(): Promise<void> {
    const until = performance.now() + settleLimitMs;
    for (let last = Number.NaN; ; await delay(250)) {
      const { published, left } = await this.#backlog();
      // What was published between two questions may be on its way to a consumer; nothing was if the log stood still.
      if (left.length === 0 && published === last) return;
      last = published;
      if (performance.now() > until) throw new Error(`the server has not caught up: ${left.join(', ')}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.end()));
  }

  async #backlog() {
    const left: string[] = [];
    const look = async (database: string, what: string, text: string) => {
      const [row] = await this.ask<{ count: string }>(database, text);
      if (Number(row?.count) > 0) left.push(`${row?.count} in ${what} of ${database}`);
    };
    const [log] = await this.ask<{ published: string }>(
      'pasar_bus',
      'select sum(last) as published from bus_topic',
    );
    await look(
      'pasar_bus',
      'cursors',
      `select coalesce(sum(last - position), 0) as count from bus_cursor join bus_topic on name = topic
       where owner is not null and position < last`,
    );
    for (const database of this.#clients.keys()) {
      if (database !== 'postgres' && database !== 'pasar_bus' && database !== 'pasar_simulator') {
        await look(database, 'outbox', `select count(*) from outbox`);
        await look(database, 'parked_event', `select count(*) from parked_event where dead_at is null`);
      }
    }
    for (const [database, text] of Object.entries(backlogs)) await look(database, 'its own work', text);
    return { published: Number(log?.published), left };
  }

  async #connect(database: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#server.postgres.url(database) });
    // Whoever asks next is told that it broke; unheard, it would end this process and leave the server behind.
    client.on('error', () => {});
    await client.connect();
    this.#clients.set(database, client);
  }
}

/** CPU seconds of a process and its children, also of those that have ended; NaN where there is no /proc. */
export function cpuOfFamily(parent: number): number {
  const [own, ...others] = [parent, ...listProcesses()].map(readStat);
  if (!own) return Number.NaN;
  // utime, stime, and both of the children that have been waited for.
  let ticks = sum(own.slice(11, 15));
  for (const stat of others) if (stat && Number(stat[1]) === parent) ticks += sum(stat.slice(11, 13));
  return ticks / 100;
}

function listProcesses(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Fields of /proc/<pid>/stat from the state on: what precedes it, the name, may hold anything. */
function readStat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function sum(fields: string[]): number {
  return fields.reduce((total, field) => total + Number(field), 0);
}

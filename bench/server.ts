import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type EmbeddedPostgres, startPostgres } from '@pasar/platform/embedded-postgres';

/** Milliseconds since the process was spawned. */
export interface Started {
  ready: number;
  /** When the demo market was loaded; only the first start loads it. */
  loaded: number;
}

const startLimitMs = 120_000;

/** Pasar as its user starts it: one process, embedded, with the demo market, in a temporary folder. */
export class BenchServer {
  readonly dataDir: string;
  #port = 0;
  #child: ChildProcess | undefined;
  #postgres: EmbeddedPostgres | undefined;

  /**
   * @param signal stops the server, so that whoever waits for its answers gives up
   * @param settings beside the usual ones
   * @param keptIn a folder to be used and left there, rather than a temporary one
   */
  constructor(
    private readonly signal: AbortSignal,
    private readonly settings: Record<string, string> = {},
    private readonly keptIn?: string,
  ) {
    this.dataDir = keptIn ? resolve(keptIn) : mkdtempSync(join(tmpdir(), 'pasar-bench-'));
    mkdirSync(this.dataDir, { recursive: true });
    signal.addEventListener('abort', () => this.stop());
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** @param nodeOptions for the server's process, e.g. `--inspect=9229` */
  async start(nodeOptions: string[] = []): Promise<Started> {
    this.signal.throwIfAborted();
    this.#port ||= await freePort();
    const main = fileURLToPath(import.meta.resolve('@pasar/server/main'));
    const withParent = new URL('../../tools/end-with-parent.mjs', import.meta.url).href;
    const began = performance.now();
    const child = spawn(process.execPath, ['--import', withParent, ...nodeOptions, main], {
      // Neither a .env file nor the caller's settings may change what is measured.
      cwd: this.dataDir,
      env: {
        ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PASAR_'))),
        PASAR_PORT: `${this.#port}`,
        PASAR_DATA_DIR: this.dataDir,
        PASAR_RATE_LIMIT_PER_MINUTE: '0',
        ...this.settings,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    const until = async (isDone: () => boolean | Promise<boolean>) => {
      while (!(await isDone())) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error('the server did not start');
        if (performance.now() - began > startLimitMs)
          throw new Error('the server did not start within two minutes');
        await delay(10);
      }
      return performance.now() - began;
    };
    const ready = await until(() => this.#isReady());
    const loaded = await until(() => existsSync(join(this.dataDir, 'demo.json')));
    this.#postgres ??= await startPostgres({ dataDir: join(this.dataDir, 'postgres'), log: () => {} });
    return { ready, loaded };
  }

  get postgres(): EmbeddedPostgres {
    if (!this.#postgres) throw new Error('the server has not been started');
    return this.#postgres;
  }

  /** CPU seconds that the server's process has used, and MiB of memory that it holds. */
  async usage(): Promise<{ cpu: number; residentMiB: number }> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const value = (name: string) => Number(new RegExp(`^${name} ([\\d.e+-]+)`, 'm').exec(text)?.[1]);
    return {
      cpu: value('process_cpu_seconds_total'),
      residentMiB: value('process_resident_memory_bytes') / (1 << 20),
    };
  }

  /** Of the postmaster; its children are the rest of PostgreSQL. */
  get postmasterPid(): number {
    const [pid] = readFileSync(join(this.dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n');
    return Number(pid);
  }

  /** Stops Pasar and leaves its PostgreSQL running, because this process still uses it. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  /** Stops everything and removes what it wrote, unless that is to be kept. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#postgres?.stop();
    if (!this.keptIn) rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #isReady(): Promise<boolean> {
    return fetch(`${this.url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

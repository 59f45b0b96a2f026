import { inTime } from './signal.js';

export interface HealthReport {
  /** Work may be sent here: every check passes, and the process is neither starting nor stopping. */
  ready: boolean;
  /** A restart would not help. */
  live: boolean;
  checks: Record<string, CheckResult>;
}

export interface CheckResult {
  ok: boolean;
  milliseconds: number;
  /** Why it failed; for operators. */
  error?: string;
}

export interface CheckOptions {
  timeoutMs?: number;
  /** Its failure says that only a restart helps. */
  live?: boolean;
}

interface Check extends Required<CheckOptions> {
  run: (signal: AbortSignal) => unknown;
}

/** What the process says of itself to /readyz, /healthz and grpc.health. */
export class Health {
  /** False before the start is complete, and once the stop has begun. */
  serving = false;
  readonly #checks = new Map<string, Check>();
  #running: Promise<HealthReport> | undefined;

  /** A check passes unless it throws or takes too long; the signal tells it to give up. */
  add(name: string, run: (signal: AbortSignal) => unknown, options: CheckOptions = {}): void {
    if (this.#checks.has(name)) throw new Error(`two health checks are named ${name}`);
    this.#checks.set(name, { run, timeoutMs: 2_000, live: false, ...options });
  }

  /** Runs the checks; who asks while they run gets the same answer. */
  report(): Promise<HealthReport> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<HealthReport> {
    const checks = [...this.#checks];
    const results = await Promise.all(checks.map(([, check]) => runCheck(check)));
    return {
      ready: this.serving && results.every((result) => result.ok),
      live: results.every((result, i) => result.ok || !checks[i]?.[1].live),
      checks: Object.fromEntries(checks.map(([name], i) => [name, results[i]!])),
    };
  }
}

async function runCheck({ run, timeoutMs }: Check): Promise<CheckResult> {
  const begun = performance.now();
  const error = await inTime(timeoutMs, async (signal) => run(signal)).then(
    () => undefined,
    (reason) => String(reason?.message ?? reason),
  );
  return { ok: error === undefined, milliseconds: Math.round(performance.now() - begun), error };
}

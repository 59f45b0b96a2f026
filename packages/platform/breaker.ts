import type { Clock } from './clock.js';
import { DomainError, fromRpcError } from './errors.js';
import type { Metrics } from './telemetry.js';

export type BreakerState = 'closed' | 'half_open' | 'open';

export interface BreakerOptions {
  /** What is called, as in the error `<name>.unavailable`. */
  name: string;
  clock: Clock;
  metrics?: Metrics;
  /** Share of failures in the window at which it opens. */
  failureRatio?: number;
  /** With fewer calls than this in the window nothing can be told. */
  minimumCalls?: number;
  windowMs?: number;
  /** How long it stays open before one call may try. */
  openMs?: number;
  /** Whether an error tells that the callee is ill; by default what is unavailable or broken, not what is refused. */
  isFailure?: (error: unknown) => boolean;
}

const slots = 10;
const gaugeValue: Record<BreakerState, number> = { closed: 0, half_open: 1, open: 2 };

/**
 * A circuit breaker. Closed, it counts outcomes in a rolling window; when too many fail it opens and refuses at once;
 * after a while one call may try (half open), and its outcome closes or opens it again.
 */
export class Breaker {
  readonly #options: Required<Omit<BreakerOptions, 'metrics'>>;
  readonly #gauge;
  #state: BreakerState = 'closed';
  /** Counts the changes of state: the outcome of a call that began before the last one tells nothing. */
  #generation = 0;
  #openedAt = 0;
  #triedAt = Number.NEGATIVE_INFINITY;
  #window: { slot: number; calls: number; failures: number }[] = [];

  constructor({ metrics, ...options }: BreakerOptions) {
    this.#options = {
      failureRatio: 0.5,
      minimumCalls: 20,
      windowMs: 10_000,
      openMs: 5_000,
      isFailure: (error) => ['unavailable', 'internal'].includes(fromRpcError(error).kind),
      ...options,
    };
    this.#gauge = metrics
      ?.gauge('pasar_breaker_state', 'State of a circuit breaker: 0 closed, 1 half open, 2 open.', ['name'])
      .labels(options.name);
    this.#gauge?.set(0);
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Runs `call`, unless the breaker is open. @throws `<name>.unavailable` without calling, or what `call` throws */
  async run<Result>(call: () => Promise<Result>): Promise<Result> {
    this.#admit();
    const generation = this.#generation;
    try {
      const result = await call();
      this.#settle(generation, false);
      return result;
    } catch (error) {
      this.#settle(generation, this.#options.isFailure(error));
      throw error;
    }
  }

  #admit(): void {
    const { name, openMs } = this.#options;
    if (this.#state === 'closed') return;
    const now = this.#now();
    if (this.#state === 'open' && now >= this.#openedAt + openMs) this.#enter('half_open');
    // One call tries at a time; one that never comes back does not keep the next from trying.
    if (this.#state === 'half_open' && now >= this.#triedAt + openMs) {
      this.#triedAt = now;
      return;
    }
    const since = this.#state === 'open' ? this.#openedAt : this.#triedAt;
    throw new DomainError(`${name}.unavailable`, 'unavailable', `${name} is unavailable, try again later.`, {
      retryAfter: Math.max(1, Math.ceil((since + openMs - now) / 1000)),
    });
  }

  #settle(generation: number, failed: boolean): void {
    if (generation !== this.#generation) return;
    if (this.#state === 'half_open') this.#enter(failed ? 'open' : 'closed');
    else if (this.#count(failed)) this.#enter('open');
  }

  /** Counts an outcome; tells whether the window holds too many failures. */
  #count(failed: boolean): boolean {
    const { windowMs, minimumCalls, failureRatio } = this.#options;
    const slot = Math.floor(this.#now() / (windowMs / slots));
    let current = this.#window.at(-1);
    if (current?.slot !== slot) {
      current = { slot, calls: 0, failures: 0 };
      this.#window = [
        ...this.#window.filter((past) => past.slot > slot - slots && past.slot < slot),
        current,
      ];
    }
    current.calls++;
    if (!failed) return false;
    current.failures++;
    const calls = this.#window.reduce((sum, past) => sum + past.calls, 0);
    const failures = this.#window.reduce((sum, past) => sum + past.failures, 0);
    return calls >= minimumCalls && failures >= calls * failureRatio;
  }

  #enter(state: BreakerState): void {
    this.#state = state;
    this.#generation++;
    this.#gauge?.set(gaugeValue[state]);
    this.#window = [];
    this.#triedAt = Number.NEGATIVE_INFINITY;
    if (state === 'open') this.#openedAt = this.#now();
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}

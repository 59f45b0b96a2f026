import { DomainError } from './errors.js';

/** Why a place is given back. Without it each time would make an error of its own, with its stack. */
export const over = Symbol('over');

export interface BulkheadOptions {
  /** What is called, for the message. */
  name: string;
  maxConcurrent?: number;
  /** How many may wait for their turn; the next one is refused. */
  maxWaiting?: number;
}

/** Bounds how many calls of one kind are under way, so that a slow callee does not take the whole process with it. */
export class Bulkhead {
  readonly #name: string;
  readonly #maxConcurrent: number;
  readonly #maxWaiting: number;
  readonly #waiting = new Set<() => void>();
  #active = 0;

  constructor({ name, maxConcurrent = 256, maxWaiting = 1024 }: BulkheadOptions) {
    this.#name = name;
    this.#maxConcurrent = maxConcurrent;
    this.#maxWaiting = maxWaiting;
  }

  /** How many are under way. */
  get active(): number {
    return this.#active;
  }

  /**
   * Takes a place, or waits for one in turn. The place is given back when `signal` is aborted, so the signal has to be
   * that of the whole call, aborted however it ends.
   * @throws rpc.overloaded, or the signal's reason when it is aborted while waiting
   */
  async enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#active >= this.#maxConcurrent) return this.#wait(signal);
    this.#active++;
    this.#leaveWith(signal);
  }

  /**
   * Does `work` in a place of its own, which is given back however that ends.
   * @throws rpc.overloaded
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const call = new AbortController();
    await this.enter(call.signal);
    try {
      return await work();
    } finally {
      call.abort(over);
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.#maxWaiting) {
      const message = `Too many calls to ${this.#name} at once.`;
      throw new DomainError('rpc.overloaded', 'unavailable', message, { retryAfter: 1 });
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.delete(proceed);
        reject(signal.reason);
      };
      const proceed = () => {
        signal.removeEventListener('abort', giveUp);
        this.#leaveWith(signal);
        resolve();
      };
      this.#waiting.add(proceed);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  #leaveWith(signal: AbortSignal): void {
    signal.addEventListener('abort', () => this.#leave(), { once: true });
  }

  /** The place goes to who waited longest. */
  #leave(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#active--;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

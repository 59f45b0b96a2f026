/** Wakes a loop. Wakes that come while the loop is at work count as one. */
export class Signal {
  #set = false;
  #release: (() => void) | undefined;

  notify(): void {
    this.#set = true;
    this.#release?.();
  }

  /** Waits for `notify`, but not longer than `timeout` milliseconds. One waiter at a time. */
  async wait(timeout?: number): Promise<void> {
    if (!this.#set) {
      await new Promise<void>((resolve) => {
        const timer = timeout === undefined ? undefined : setTimeout(resolve, timeout);
        this.#release = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#release = undefined;
    this.#set = false;
  }
}

/** Waits for `milliseconds`, or until `signal` aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || milliseconds <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}

/**
 * How long a loop that takes batches rests after one of `count`, in milliseconds: what comes in a quiet moment is taken
 * at once, and under load one commit takes many. No two loops keep step: their bursts would come together.
 */
export function restAfter(count: number, longest: number): number {
  return Math.min(20 * count, longest) * (0.8 + Math.random() * 0.4);
}

/** Pauses between attempts that fail in a row: doubles from `first` to `longest` milliseconds. */
export class Backoff {
  #failures = 0;

  constructor(
    private readonly first: number,
    private readonly longest: number,
  ) {}

  next(): number {
    return Math.min(this.first * 2 ** this.#failures++, this.longest);
  }

  reset(): void {
    this.#failures = 0;
  }
}

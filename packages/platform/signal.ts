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

/**
 * Gives up waiting for `work` after `milliseconds`: `late` is thrown, and the signal tells the work of it.
 */
export async function inTime<Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
  late: () => Error = () => new Error(`no answer within ${milliseconds} ms`),
): Promise<Result> {
  const stopped = new AbortController();
  const expired = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = late();
    expired.reject(error);
    stopped.abort(error);
  }, milliseconds);
  try {
    return await Promise.race([work(stopped.signal), expired.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Work that is done in rounds, one at a time. Who asks during a round gets one more, because what they ask for may have
 * come too late for it. A round that returns true is followed by another.
 */
export class Rounds {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  /** `complain` gets the errors of rounds that nobody waits for. */
  constructor(
    private readonly round: () => Promise<boolean>,
    private readonly complain: (error: unknown) => void,
  ) {}

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Runs in `milliseconds`; all who ask until then share the round. */
  runSoon(milliseconds = 0): void {
    if (this.#stopped) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.run().catch(this.complain);
    }, milliseconds);
  }

  /** @returns when everything is done that there was to do when it was called */
  run(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#again = true;
    this.#running ??= this.#runAll();
    return this.#running;
  }

  /** Waits for the round that runs, and begins no other. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running?.catch(() => {});
  }

  async #runAll(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        if (await this.round()) this.#again = true;
      }
    } finally {
      this.#running = undefined;
    }
  }
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

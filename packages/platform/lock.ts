export interface LockOptions {
  /** How long it is held at most. */
  ttlMs: number;
  /** How long to wait for it. */
  waitMs: number;
}

/**
 * Keeps work from being done twice at once, and takes pressure off hot spots. Correctness never rests on it: whoever
 * stands still for longer than `ttlMs` is not alone any more.
 */
export abstract class Lock {
  /**
   * Runs `work` while nobody else holds `key`. Its signal aborts when the lock is lost.
   * @throws DomainError `lock.busy` when it is not free within `waitMs`
   */
  abstract withLock<Result>(
    key: string,
    options: LockOptions,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
}

import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** Time, ids and randomness, injected so that tests can move and fix them. */
export abstract class Clock {
  abstract now(): Date;
  /** A UUIDv7 (RFC 9562): ordered by time, so that indexes stay dense. */
  abstract id(): string;
  /** Opaque and unguessable, base64url. */
  abstract secret(bytes?: number): string;
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }

  override id(): string {
    return v7();
  }

  override secret(bytes = 32): string {
    return randomBytes(bytes).toString('base64url');
  }
}

/** A clock for tests: stands still until it is moved. */
export class TestClock extends SystemClock {
  #offset = 0;
  #fixed: Date | undefined;

  constructor(fixed?: Date) {
    super();
    this.#fixed = fixed;
  }

  override now(): Date {
    return new Date((this.#fixed?.getTime() ?? Date.now()) + this.#offset);
  }

  advance(milliseconds: number): void {
    this.#offset += milliseconds;
  }
}

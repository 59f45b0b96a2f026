import { randomBytes, randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Time, ids and randomness, injected so that tests can move and fix them. */
export abstract class Clock {
  abstract now(): Date;
  /** A UUIDv7 (RFC 9562): ordered by time, so that indexes stay dense. */
  abstract id(): string;
  /** Opaque and unguessable, base64url. */
  abstract secret(bytes?: number): string;
}

/** Random bytes of so many ids are drawn at once: a draw costs the same for one as for these. */
const pooledIds = 256;
const idBytes = 16;

/** Makes UUIDv7 in an order: those of one millisecond are numbered (RFC 9562, 6.2, method 1). */
class Ids {
  readonly #pool = Buffer.alloc(pooledIds * idBytes);
  #used = this.#pool.length;
  #time = 0;
  #number = 0;

  next(): string {
    if (this.#used === this.#pool.length) {
      randomFillSync(this.#pool);
      this.#used = 0;
    }
    const random = this.#pool.subarray(this.#used, this.#used + idBytes);
    this.#used += idBytes;
    const now = Date.now();
    if (now > this.#time) {
      this.#time = now;
      // Half of the numbers are left for the rest of the millisecond.
      this.#number = random.readUInt32BE() >>> 1;
    } else if (++this.#number > 0xffff_ffff) {
      this.#time++;
      this.#number = 0;
    }
    return v7({ random, msecs: this.#time, seq: this.#number });
  }
}

const ids = new Ids();

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }

  override id(): string {
    return ids.next();
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

import { Injectable } from '@nestjs/common';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { Bulkhead } from '@pasar/platform/bulkhead';
import { Clock } from '@pasar/platform/clock';
import { AuthConfig } from './config.js';

/** argon2id (RFC 9106) on libuv's threads; so few at once that a flood of sign-ins cannot take the memory. */
@Injectable()
export class PasswordHasher {
  readonly #cost: { memoryCost: number; timeCost: number; parallelism: number };
  readonly #bulkhead: Bulkhead;
  /** Of a password that nobody knows: what an unknown account is checked against. */
  readonly #decoy: Promise<string>;

  constructor(config: AuthConfig, clock: Clock) {
    this.#cost = { memoryCost: config.argon2MemoryKib, timeCost: config.argon2Passes, parallelism: 1 };
    // Few enough to be through in about a second; and fewer than the calls that a client of this service may have under
    // way, so that others, which hash nothing, are not kept out.
    this.#bulkhead = new Bulkhead({
      name: 'password hashing',
      maxConcurrent: config.hashConcurrency,
      maxWaiting: 128,
    });
    this.#decoy = this.hash(clock.secret());
    // Whoever awaits it hears of it.
    this.#decoy.catch(() => {});
  }

  /** @throws DomainError `rpc.overloaded` when too many wait */
  hash(password: string): Promise<string> {
    return this.#bulkhead.run(() => hash(normalise(password), this.#cost));
  }

  /** Whether the password is that of the hash. Without a hash it is not, after the same work. */
  async verify(hashed: string | null, password: string): Promise<boolean> {
    const compared = hashed ?? (await this.#decoy);
    const matches = await this.#bulkhead.run(() => verify(compared, normalise(password)));
    return matches && hashed !== null;
  }

  /** Whether the hash was made at another cost than is set now. */
  isOutdated(hashed: string): boolean {
    const { memoryCost, timeCost } = parseOptions(hashed);
    return memoryCost !== this.#cost.memoryCost || timeCost !== this.#cost.timeCost;
  }
}

/** The same letters, however a keyboard composes them (NIST SP 800-63B, 3.1.1.2). */
function normalise(password: string): string {
  return password.normalize('NFKC');
}

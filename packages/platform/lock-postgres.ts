import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Database } from './db.js';
import { DomainError } from './errors.js';
import { Lock, type LockOptions } from './lock.js';
import { closeSession, openSession } from './session.js';

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;

/**
 * Advisory locks of one session per process, which asks again and again instead of waiting in the server: any number
 * of locks needs one connection, and holders never wait for the pool that their waiters have used up.
 */
export class PostgresLock extends Lock {
  readonly #url: string;
  #session: Promise<pg.Client> | undefined;
  /** The server would give a key to its own session twice. */
  readonly #held = new Set<string>();
  #asked: Promise<unknown> = Promise.resolve();

  constructor(database: Database) {
    super();
    this.#url = database.url;
  }

  override async withLock<Result>(
    key: string,
    { ttlMs, waitMs }: LockOptions,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const deadline = performance.now() + waitMs;
    let session = await this.#acquire(key);
    for (let pause = FIRST_PAUSE_MS; !session; session = await this.#acquire(key)) {
      const left = deadline - performance.now();
      if (left <= 0) throw new DomainError('lock.busy', 'unavailable', 'Somebody else is at work on this.');
      await delay(Math.min(pause * (0.5 + Math.random()), left));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
    const lost = new AbortController();
    const lose = () => lost.abort(new Error(`the lock ${key} is lost`));
    const timer = setTimeout(() => {
      lose();
      void this.#release(session, key);
    }, ttlMs);
    session.once('end', lose);
    try {
      return await work(lost.signal);
    } finally {
      clearTimeout(timer);
      session.off('end', lose);
      // Lost by time, it was released then, and may be somebody else's in this process.
      if (!lost.signal.aborted) await this.#release(session, key);
    }
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.then(closeSession, () => {});
  }

  /** @returns the session that holds the lock now, if it was free */
  async #acquire(key: string): Promise<pg.Client | undefined> {
    if (this.#held.has(key)) return undefined;
    this.#held.add(key);
    let won = false;
    try {
      const session = await this.#connect();
      const { rows } = await this.#ask(
        session,
        'select pg_try_advisory_lock(hashtextextended($1, 742004)) as won',
        key,
      );
      won = rows[0].won;
      return won ? session : undefined;
    } finally {
      if (!won) this.#held.delete(key);
    }
  }

  async #release(session: pg.Client, key: string) {
    try {
      await this.#ask(session, 'select pg_advisory_unlock(hashtextextended($1, 742004))', key);
    } catch {
      // The lock went with its session.
    }
    this.#held.delete(key);
  }

  /** One after the other: a connection answers one question at a time. */
  #ask(session: pg.Client, text: string, key: string): Promise<pg.QueryResult> {
    const answer = this.#asked.then(() => session.query(text, [key]));
    this.#asked = answer.catch(() => {});
    return answer;
  }

  #connect(): Promise<pg.Client> {
    this.#session ??= openSession(this.#url, 'pasar-lock').then(
      (session) => {
        session.setMaxListeners(0);
        session.once('end', () => {
          this.#session = undefined;
          // Holders learn of it by their signals.
          this.#held.clear();
        });
        return session;
      },
      (error: unknown) => {
        this.#session = undefined;
        throw error;
      },
    );
    return this.#session;
  }
}

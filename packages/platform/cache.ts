import { LRUCache } from 'lru-cache';

/**
 * A cache that is stampede-safe: of many who miss the same key at once, one loads and all get its answer. Never the
 * source of truth; what it holds is at most `ttlMs` old and dropped sooner by `delete`.
 */
export class Cache<Value extends object> {
  readonly #entries: LRUCache<string, Value>;
  readonly #loading = new Map<string, Promise<Value | undefined>>();

  constructor(options: { max: number; ttlMs: number }) {
    this.#entries = new LRUCache({ max: options.max, ttl: options.ttlMs });
  }

  /** The cached value, or what `load` gives; `undefined` and errors are not kept. */
  async get(key: string, load: () => Promise<Value | undefined>): Promise<Value | undefined> {
    const cached = this.#entries.get(key);
    if (cached) return cached;
    const running = this.#loading.get(key);
    if (running) return running;
    const loading = load().then((value) => {
      // Deleted while it was loading: the answer may be old, so it is given but not kept.
      if (value && this.#loading.get(key) === loading) this.#entries.set(key, value);
      return value;
    });
    this.#loading.set(key, loading);
    try {
      return await loading;
    } finally {
      if (this.#loading.get(key) === loading) this.#loading.delete(key);
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
    this.#loading.delete(key);
  }

  clear(): void {
    this.#entries.clear();
    this.#loading.clear();
  }
}

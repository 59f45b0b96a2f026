import { createHash } from 'node:crypto';
import { gzip } from 'node:zlib';

/** Smaller answers fit one packet anyway. */
const minCompressedBytes = 1024;
/** What an entry weighs beside its bytes, about. */
const overheadBytes = 600;

/** A finished answer: what goes on the wire, without the headers that differ from request to request. */
export interface CachedAnswer {
  readonly body: Buffer;
  readonly contentType: string;
  /** Strong validators (RFC 9110, 8.8.3): one for each coding, since their bytes differ. */
  readonly etag: string;
  readonly gzipEtag: string;
  /** There as soon as the first client that reads gzip has asked. */
  gzipBody: Buffer | undefined;
}

export interface FreshAnswer {
  body: Buffer;
  contentType: string;
  /** Who gives it. */
  method: string;
  /** What it shows: ids, slugs, names of lists. Those of another method are others. */
  names: readonly string[];
  ttlMs: number;
}

/** What answers of these methods may not show any more as they did. */
export interface Stale {
  methods: readonly string[];
  names: Iterable<string>;
}

interface Entry extends CachedAnswer {
  key: string;
  method: string;
  names: readonly string[];
  bytes: number;
  expiresAt: number;
  /** Being compressed, or not worth it. */
  compressing: boolean;
}

interface Filling {
  startedAt: number;
  answer: Promise<CachedAnswer>;
}

/** What was invalidated from a moment on, until the next one of these begins: when, by method and name. */
interface Period {
  since: number;
  last: Map<string, Map<string, number>>;
}

export interface ByteCacheOptions {
  /** 64 MiB when not given; 0 keeps nothing. */
  maxBytes?: number;
  /**
   * For this long after a name is invalidated, answers that show it are kept no longer than this: a read model behind
   * the answer may be a moment behind the event (milliseconds, 1000 when not given).
   */
  settleMs?: number;
  /** Milliseconds, monotonic. */
  now?: () => number;
}

/**
 * Answers by request, dropped by what they show, by age, and the least recently used first when they outgrow `maxBytes`.
 * Of many who miss the same key at once, one asks and all get its answer. An answer that was begun before something
 * that it shows was invalidated is never kept: it may show what was true before.
 */
export class ByteCache {
  readonly #maxBytes: number;
  readonly #settleMs: number;
  readonly #now: () => number;
  /** In order of use, the least recent first. */
  readonly #entries = new Map<string, Entry>();
  /** By method, and what they show. */
  readonly #showing = new Map<string, Map<string, Set<Entry>>>();
  /** Those that later comers may join. */
  readonly #joinable = new Map<string, Filling>();
  readonly #filling = new Set<Filling>();
  /** The oldest first. Forgotten as a whole: an import invalidates a hundred thousand names a second. */
  #periods: Period[] = [];
  #bytes = 0;

  constructor({
    maxBytes = 64 << 20,
    settleMs = 1000,
    now = () => performance.now(),
  }: ByteCacheOptions = {}) {
    this.#maxBytes = maxBytes;
    this.#settleMs = settleMs;
    this.#now = now;
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): CachedAnswer | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.expiresAt <= this.#now()) {
      this.#drop(entry);
      return undefined;
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  /** The answer of whoever is asking for `key` already, or of `load`. Errors reach all who wait and are not kept. */
  fill(key: string, load: () => Promise<FreshAnswer>): Promise<CachedAnswer> {
    const joined = this.#joinable.get(key);
    if (joined) return joined.answer;
    const filling: Filling = { startedAt: this.#now(), answer: undefined as never };
    this.#filling.add(filling);
    this.#joinable.set(key, filling);
    filling.answer = load()
      .then((fresh) => this.#keep(key, fresh, filling))
      .finally(() => {
        this.#filling.delete(filling);
        if (this.#joinable.get(key) === filling) this.#joinable.delete(key);
      });
    return filling.answer;
  }

  /** Drops every answer that shows one of these, and keeps out those that are being made now. */
  invalidate(stale: Iterable<Stale>): void {
    const now = this.#now();
    const { last } = this.#currentPeriod(now);
    for (const { methods, names } of stale)
      for (const method of methods) {
        const times = childOf(last, method);
        const showing = this.#showing.get(method);
        for (const name of names) {
          times.set(name, now);
          for (const entry of showing?.get(name) ?? []) this.#drop(entry);
        }
      }
    // Who comes after the event must not be given an answer from before it; what that shows is not known yet.
    this.#joinable.clear();
  }

  /** Drops everything, and keeps out what is being made now: events may have been missed. */
  clear(): void {
    for (const filling of this.#filling) filling.startedAt = Number.NEGATIVE_INFINITY;
    this.#joinable.clear();
    this.#entries.clear();
    this.#showing.clear();
    this.#bytes = 0;
  }

  /** Compresses an answer for the next who asks; nobody waits for it. */
  compress(answer: CachedAnswer): void {
    const entry = answer as Entry;
    if (entry.compressing || this.#entries.get(entry.key) !== entry) return;
    entry.compressing = true;
    gzip(entry.body, (error, bytes) => {
      if (error || bytes.length >= entry.body.length || this.#entries.get(entry.key) !== entry) return;
      entry.gzipBody = bytes;
      entry.bytes += bytes.length;
      this.#bytes += bytes.length;
      this.#evict();
    });
  }

  #keep(key: string, fresh: FreshAnswer, filling: Filling): CachedAnswer {
    const now = this.#now();
    const hash = createHash('sha256').update(fresh.body).digest('base64url').slice(0, 27);
    const entry: Entry = {
      key,
      body: fresh.body,
      contentType: fresh.contentType,
      etag: `"${hash}"`,
      gzipEtag: `"${hash}-gzip"`,
      gzipBody: undefined,
      method: fresh.method,
      names: fresh.names,
      bytes: fresh.body.length + key.length * 2 + overheadBytes,
      expiresAt: now + fresh.ttlMs,
      compressing: fresh.body.length < minCompressedBytes,
    };
    const lastInvalidated = this.#lastInvalidated(fresh);
    if (lastInvalidated >= filling.startedAt || filling.startedAt === Number.NEGATIVE_INFINITY) return entry;
    if (now - lastInvalidated < this.#settleMs)
      entry.expiresAt = Math.min(entry.expiresAt, now + this.#settleMs);
    const previous = this.#entries.get(key);
    if (previous) this.#drop(previous);
    this.#entries.set(key, entry);
    this.#bytes += entry.bytes;
    const showing = childOf(this.#showing, entry.method);
    for (const name of entry.names) {
      const entries = showing.get(name);
      if (entries) entries.add(entry);
      else showing.set(name, new Set([entry]));
    }
    this.#evict();
    return entry;
  }

  #evict(): void {
    for (const entry of this.#entries.values()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#drop(entry);
    }
  }

  #drop(entry: Entry): void {
    if (!this.#entries.delete(entry.key)) return;
    this.#bytes -= entry.bytes;
    const showing = this.#showing.get(entry.method);
    for (const name of entry.names) {
      const entries = showing?.get(name);
      entries?.delete(entry);
      if (entries?.size === 0) showing?.delete(name);
    }
  }

  /** Of the newest period that has one of them. */
  #lastInvalidated({ method, names }: FreshAnswer): number {
    for (const { last } of this.#periods.toReversed()) {
      const times = names.flatMap((name) => last.get(method)?.get(name) ?? []);
      if (times.length > 0) return Math.max(...times);
    }
    return Number.NEGATIVE_INFINITY;
  }

  /** Begins another period when this one is over, and forgets those that are too old to matter to any filling. */
  #currentPeriod(now: number): Period {
    const current = this.#periods.at(-1);
    if (current && now - current.since < this.#settleMs) return current;
    const period = { since: now, last: new Map() };
    this.#periods.push(period);
    let oldest = now - this.#settleMs;
    for (const { startedAt } of this.#filling) oldest = Math.min(oldest, startedAt);
    const isOver = (_: Period, index: number) => (this.#periods[index + 1]?.since ?? now) < oldest;
    this.#periods = this.#periods.filter((one, index) => !isOver(one, index));
    return period;
  }
}

function childOf<Value>(maps: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const found = maps.get(key);
  if (found) return found;
  const made = new Map<string, Value>();
  maps.set(key, made);
  return made;
}

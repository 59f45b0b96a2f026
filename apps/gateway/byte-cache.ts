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
  /** What the answer shows: ids, slugs, names of lists. */
  tags: string[];
  ttlMs: number;
}

interface Entry extends CachedAnswer {
  key: string;
  tags: string[];
  bytes: number;
  expiresAt: number;
  /** Being compressed, or not worth it. */
  compressing: boolean;
}

interface Filling {
  startedAt: number;
  answer: Promise<CachedAnswer>;
}

export interface ByteCacheOptions {
  /** 64 MiB when not given; 0 keeps nothing. */
  maxBytes?: number;
  /**
   * For this long after a tag is invalidated, answers with it are kept no longer than this: a read model behind the
   * answer may be a moment behind the event (milliseconds, 1000 when not given).
   */
  settleMs?: number;
  /** Milliseconds, monotonic. */
  now?: () => number;
}

/**
 * Answers by request, dropped by tag, by age, and the least recently used first when they outgrow `maxBytes`. Of many
 * who miss the same key at once, one asks and all get its answer. An answer that was begun before one of its tags was
 * invalidated is never kept: it may show what was true before.
 */
export class ByteCache {
  readonly #maxBytes: number;
  readonly #settleMs: number;
  readonly #now: () => number;
  /** In order of use, the least recent first. */
  readonly #entries = new Map<string, Entry>();
  readonly #byTag = new Map<string, Set<Entry>>();
  /** Those that later comers may join. */
  readonly #joinable = new Map<string, Filling>();
  readonly #filling = new Set<Filling>();
  /** When tags were invalidated last, the longest ago first; forgotten when no filling is that old. */
  readonly #invalidatedAt = new Map<string, number>();
  #forgotAt = 0;
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
        this.#forgetInvalidations();
      });
    return filling.answer;
  }

  /** Drops every answer that has one of the tags, and keeps out those that are being made now. */
  invalidate(tags: Iterable<string>): void {
    const now = this.#now();
    for (const tag of tags) {
      this.#invalidatedAt.delete(tag);
      this.#invalidatedAt.set(tag, now);
      for (const entry of this.#byTag.get(tag) ?? []) this.#drop(entry);
    }
    // Who comes after the event must not be given an answer from before it; its tags are not known yet.
    this.#joinable.clear();
    this.#forgetInvalidations();
  }

  /** Drops everything, and keeps out what is being made now: events may have been missed. */
  clear(): void {
    for (const filling of this.#filling) filling.startedAt = Number.NEGATIVE_INFINITY;
    this.#joinable.clear();
    this.#entries.clear();
    this.#byTag.clear();
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
      tags: fresh.tags,
      bytes: fresh.body.length + key.length * 2 + overheadBytes,
      expiresAt: now + fresh.ttlMs,
      compressing: fresh.body.length < minCompressedBytes,
    };
    const lastInvalidated = fresh.tags.reduce(
      (last, tag) => Math.max(last, this.#invalidatedAt.get(tag) ?? Number.NEGATIVE_INFINITY),
      Number.NEGATIVE_INFINITY,
    );
    if (lastInvalidated >= filling.startedAt || filling.startedAt === Number.NEGATIVE_INFINITY) return entry;
    if (now - lastInvalidated < this.#settleMs)
      entry.expiresAt = Math.min(entry.expiresAt, now + this.#settleMs);
    const previous = this.#entries.get(key);
    if (previous) this.#drop(previous);
    this.#entries.set(key, entry);
    this.#bytes += entry.bytes;
    for (const tag of entry.tags) {
      const tagged = this.#byTag.get(tag);
      if (tagged) tagged.add(entry);
      else this.#byTag.set(tag, new Set([entry]));
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
    for (const tag of entry.tags) {
      const tagged = this.#byTag.get(tag);
      tagged?.delete(entry);
      if (tagged?.size === 0) this.#byTag.delete(tag);
    }
  }

  /** Now and then: a map in which keys come and go is slow to walk from its beginning. */
  #forgetInvalidations(): void {
    const now = this.#now();
    if (now - this.#forgotAt < this.#settleMs) return;
    this.#forgotAt = now;
    let oldest = now - this.#settleMs;
    for (const { startedAt } of this.#filling) oldest = Math.min(oldest, startedAt);
    for (const [tag, at] of this.#invalidatedAt) {
      if (at >= oldest) return;
      this.#invalidatedAt.delete(tag);
    }
  }
}

/** What a limiter says to one request. */
export interface RateDecision {
  allowed: boolean;
  limit: number;
  /** Requests left now. */
  remaining: number;
  /** Seconds until more are left; when refused, until the next one is allowed. */
  resetSeconds: number;
}

/** Counts requests of a caller; an adapter may share the counts between gateways. */
export interface RateLimiter {
  /** @param limit requests a minute */
  take(key: string, limit: number): RateDecision | Promise<RateDecision>;
}

const windowMs = 60_000;

interface Count {
  windowStart: number;
  current: number;
  previous: number;
}

/**
 * A sliding window by two counters: the requests of this minute, and those of the last one in the share of it that
 * still lies within sixty seconds. A burst may use the whole limit at once; no sixty seconds see more than it, given
 * that the last minute's requests were spread evenly.
 */
export class MemoryRateLimiter implements RateLimiter {
  readonly #counts = new Map<string, Count>();
  readonly #maxKeys: number;
  readonly #now: () => number;

  /** @param now milliseconds, monotonic */
  constructor({
    maxKeys = 100_000,
    now = () => performance.now(),
  }: { maxKeys?: number; now?: () => number } = {}) {
    this.#maxKeys = maxKeys;
    this.#now = now;
  }

  take(key: string, limit: number): RateDecision {
    const now = this.#now();
    const count = this.#countOf(key, now);
    const elapsed = now - count.windowStart;
    const carried = (count.previous * (windowMs - elapsed)) / windowMs;
    if (carried + count.current + 1 > limit) {
      return { allowed: false, limit, remaining: 0, resetSeconds: seconds(waitMs(count, elapsed, limit)) };
    }
    count.current += 1;
    const remaining = Math.floor(limit - carried - count.current);
    return { allowed: true, limit, remaining, resetSeconds: seconds(windowMs - elapsed) };
  }

  /** The caller's counters, moved to the current window, and to the end of the queue of those to be forgotten. */
  #countOf(key: string, now: number): Count {
    let count = this.#counts.get(key);
    if (count) {
      this.#counts.delete(key);
      const passed = Math.floor((now - count.windowStart) / windowMs);
      if (passed > 0) {
        count.previous = passed === 1 ? count.current : 0;
        count.current = 0;
        count.windowStart += passed * windowMs;
      }
    } else {
      count = { windowStart: now, current: 0, previous: 0 };
      if (this.#counts.size >= this.#maxKeys) {
        const { value: oldest } = this.#counts.keys().next();
        this.#counts.delete(oldest!);
      }
    }
    this.#counts.set(key, count);
    return count;
  }
}

/** Until one more request fits: what is carried over fades, and in the next window this one's requests do. */
function waitMs({ current, previous }: Count, elapsed: number, limit: number): number {
  if (current + 1 <= limit) return windowMs - elapsed - ((limit - current - 1) * windowMs) / previous;
  return 2 * windowMs - elapsed - ((limit - 1) * windowMs) / current;
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

/**
 * Tells a client where it stands: `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-10, and
 * the three fields of its early drafts that most clients read.
 */
export function rateLimitHeaders({ limit, remaining, resetSeconds }: RateDecision): Record<string, string> {
  return {
    'RateLimit-Policy': `"default";q=${limit};w=60`,
    RateLimit: `"default";r=${remaining};t=${resetSeconds}`,
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(resetSeconds),
  };
}

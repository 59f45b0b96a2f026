/** A rendered page, cut where each answer gets a nonce of its own. */
export interface Page {
  status: number;
  headers: Record<string, string | string[]>;
  parts: Buffer[];
}

export interface PageCacheOptions {
  /** So long a page is served as it is. */
  freshMs: number;
  /** So long it is served while it is rendered anew; then nobody gets it any more. */
  staleMs: number;
  maxBytes: number;
  now?(): number;
}

interface Entry {
  page: Page;
  /** When its rendering began: it may not show what changed after that. */
  since: number;
  bytes: number;
}

/**
 * Pages that look the same to everybody. They age by the clock: a page never shows what was true longer than
 * `staleMs` ago, and however many ask for one, it is rendered once at a time.
 */
export class PageCache {
  readonly #entries = new Map<string, Entry>();
  readonly #rendering = new Map<string, Promise<Page>>();
  readonly #options: PageCacheOptions;
  readonly #now: () => number;
  #bytes = 0;

  constructor(options: PageCacheOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** @throws whatever `render` throws */
  async get(key: string, render: () => Promise<Page>): Promise<Page> {
    const entry = this.#entries.get(key);
    const age = entry ? this.#now() - entry.since : Number.POSITIVE_INFINITY;
    if (entry && age <= this.#options.freshMs) return this.#use(key, entry);
    const next = this.#render(key, render);
    if (!entry || age > this.#options.staleMs) return next;
    // Who waits for it next will hear of a failure.
    next.catch(() => {});
    return this.#use(key, entry);
  }

  #use(key: string, entry: Entry): Page {
    // To the end of the queue of those to be forgotten.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.page;
  }

  #render(key: string, render: () => Promise<Page>): Promise<Page> {
    let rendering = this.#rendering.get(key);
    if (!rendering) {
      const since = this.#now();
      rendering = render()
        .then((page) => {
          this.#keep(key, page, since);
          return page;
        })
        .finally(() => this.#rendering.delete(key));
      this.#rendering.set(key, rendering);
    }
    return rendering;
  }

  #keep(key: string, page: Page, since: number): void {
    this.#forget(key);
    const isShared = page.status < 500 && page.headers['set-cookie'] === undefined;
    const bytes = page.parts.reduce((sum, part) => sum + part.length, key.length);
    if (!isShared || bytes > this.#options.maxBytes) return;
    this.#entries.set(key, { page, since, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#options.maxBytes) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }
}

/** @param mark where nonces belong */
export function cut(body: Buffer, mark: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, from)) {
    parts.push(body.subarray(from, at));
    from = at + mark.length;
  }
  parts.push(body.subarray(from));
  return parts;
}

export function join(parts: Buffer[], nonce: Buffer): Buffer {
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [nonce, part])));
}

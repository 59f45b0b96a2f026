/** Cross-origin access for browsers (https://fetch.spec.whatwg.org/#http-cors-protocol). No cookies, so no credentials. */
export class Cors {
  readonly #origins: ReadonlySet<string>;
  readonly #any: boolean;

  /** @param origins such as `https://shop.example`; `*` for all */
  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
    this.#any = this.#origins.has('*');
  }

  /** Headers of an answer to this origin; none for one that is not allowed. */
  headers(origin: string | undefined): Record<string, string> | undefined {
    if (origin === undefined || !this.#allows(origin)) return undefined;
    return {
      'Access-Control-Allow-Origin': this.#any ? '*' : origin,
      'Access-Control-Expose-Headers': exposed,
    };
  }

  preflightHeaders(origin: string | undefined, methods: string): Record<string, string> | undefined {
    if (origin === undefined || !this.#allows(origin)) return undefined;
    return {
      'Access-Control-Allow-Origin': this.#any ? '*' : origin,
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': allowed,
      'Access-Control-Max-Age': '7200',
    };
  }

  #allows(origin: string): boolean {
    return this.#any || this.#origins.has(origin);
  }
}

const allowed = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-None-Match',
  'Traceparent',
  'Tus-Resumable',
  'Upload-Length',
  'Upload-Metadata',
  'Upload-Offset',
  'X-Cart-Token',
  'X-Request-Id',
].join(', ');
const exposed = [
  'ETag',
  'Location',
  'RateLimit',
  'RateLimit-Limit',
  'RateLimit-Policy',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'Tus-Resumable',
  'Upload-Expires',
  'Upload-Length',
  'Upload-Offset',
  'X-Cart-Token',
  'X-Request-Id',
].join(', ');

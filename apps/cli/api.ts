import { randomUUID } from 'node:crypto';

export interface Answer<Body> {
  status: number;
  body: Body;
  /** Of a problem (RFC 9457); empty for a success. */
  code: string;
  retryAfterMs: number;
  milliseconds: number;
}

/** A client of the public REST API. Refusals are answers, not exceptions; only a broken connection throws. */
export class Api {
  constructor(
    readonly url: string,
    private readonly token?: string,
  ) {}

  as(token: string): Api {
    return new Api(this.url, token);
  }

  get<Body>(path: string): Promise<Answer<Body>> {
    return this.#send('GET', path);
  }

  post<Body>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.#send('POST', path, body, headers);
  }

  /** @throws Error with the API's own words when the sign-in is refused */
  async login(email: string, password: string): Promise<Api> {
    const { status, body } = await this.post<{ accessToken: string; detail?: string }>('/api/v1/auth/login', {
      email,
      password,
    });
    if (status !== 200) throw new Error(`Sign-in as ${email} was refused: ${body.detail ?? status}`);
    return this.as(body.accessToken);
  }

  async #send<Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const started = performance.now();
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    const parsed = text.startsWith('{') ? JSON.parse(text) : {};
    return {
      status: response.status,
      body: parsed as Body,
      code: response.ok ? '' : String(parsed.code ?? response.status),
      retryAfterMs: Number(response.headers.get('retry-after') ?? 0) * 1000,
      milliseconds: performance.now() - started,
    };
  }
}

export const newKey = (): string => randomUUID();

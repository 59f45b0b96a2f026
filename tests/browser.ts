import { randomUUID } from 'node:crypto';

export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at answers as clients in JavaScript do
  body: any;
  text: string;
}

/** Somebody who speaks HTTP to the gateway. */
export class Browser {
  constructor(
    readonly url: string,
    readonly headers: Record<string, string> = {},
    readonly user?: { id: string; email: string; sellerId: string },
    readonly refreshToken?: string,
  ) {}

  /** The same, signed in with what register or login answered. */
  as(grant: {
    accessToken: string;
    refreshToken: string;
    user: { id: string; email: string; sellerId: string };
  }): Browser {
    const headers = { ...this.headers, authorization: `Bearer ${grant.accessToken}` };
    return new Browser(this.url, headers, grant.user, grant.refreshToken);
  }

  with(headers: Record<string, string>): Browser {
    return new Browser(this.url, { ...this.headers, ...headers }, this.user, this.refreshToken);
  }

  /** The same person at another server. */
  at(url: string): Browser {
    return new Browser(url, this.headers, this.user, this.refreshToken);
  }

  get(path: string, headers?: Record<string, string>): Promise<Reply> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body?: unknown): Promise<Reply> {
    return this.send('PUT', path, body);
  }

  patch(path: string, body?: unknown): Promise<Reply> {
    return this.send('PATCH', path, body);
  }

  delete(path: string): Promise<Reply> {
    return this.send('DELETE', path);
  }

  /** Places an order, with a key of its own unless one is given. */
  order(body: unknown, key: string = randomUUID()): Promise<Reply> {
    return this.post('/api/v1/orders', body, { 'idempotency-key': key });
  }

  /** Uploads a file in one request. */
  upload(purpose: string, bytes: Uint8Array, name = 'foto.jpg'): Promise<Reply> {
    const query = new URLSearchParams({ purpose, name });
    return this.send('POST', `/api/v1/media?${query}`, bytes, { 'content-type': 'image/jpeg' });
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      body: isRaw(body) ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text ? JSON.parse(text) : text,
    };
  }
}

function isRaw(body: unknown): body is string | Uint8Array<ArrayBuffer> | undefined {
  return body === undefined || typeof body === 'string' || body instanceof Uint8Array;
}

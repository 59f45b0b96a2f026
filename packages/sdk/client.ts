import createClient from 'openapi-fetch';
import { ApiError } from './api-error.js';
import { type components, keyedOperations, type paths } from './gen/schema.js';

/** The messages of the API, by name: `Schemas['Product']`. */
export type Schemas = components['schemas'];

export interface ClientSettings {
  /** Where the gateway is, such as `https://api.example.com`. */
  url: string;
  /** Asked before every request; a request without a token is a guest's. */
  accessToken?(): string | undefined | Promise<string | undefined>;
  /**
   * Called when a token was refused, and only once for all requests that meet that together.
   * @returns the token to try again with, or undefined to give up
   */
  refresh?(): Promise<string | undefined>;
  /** Of every request. */
  headers?: Record<string, string>;
  /** How often a request that did not get through is sent again, where that cannot do a thing twice. 2 by default. */
  retries?: number;
  fetch?(request: Request): Promise<Response>;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathsWith<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<M, { responses: unknown }> ? Path : never;
}[keyof paths];

type Params<Operation> = Operation extends { parameters: infer Given }
  ? // biome-ignore lint/complexity/noBannedTypes: the empty one
    {} extends Given
    ? { params?: Given }
    : { params: Given }
  : unknown;
type Body<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { body: Payload<Content> }
  : Operation extends { requestBody?: infer Given }
    ? [NonNullable<Given>] extends [{ content: infer Content }]
      ? [NonNullable<Given>] extends [never]
        ? unknown
        : { body?: Payload<Content> }
      : unknown
    : unknown;
type Payload<Content> = Content extends { 'application/json': infer Json } ? Json : BodyInit;
export type Options<Path extends PathsWith<M>, M extends Method> = Params<paths[Path][M]> &
  Body<paths[Path][M]> & { headers?: Record<string, string>; signal?: AbortSignal };

type Success<Operation> = Operation extends { responses: infer Responses }
  ? Responses[keyof Responses & (200 | 201 | 204)]
  : never;
/** JSON as what it says, nothing of what is empty, and of files and streams the response itself. */
export type Answer<Path extends PathsWith<M>, M extends Method> =
  Success<paths[Path][M]> extends { content: infer Content }
    ? Content extends { 'application/json': infer Json }
      ? Json
      : Response
    : undefined;

/** @throws ApiError when the API refuses, TypeError when it cannot be reached */
export type Call<M extends Method> = <Path extends PathsWith<M>>(
  path: Path,
  // biome-ignore lint/complexity/noBannedTypes: the empty one
  ...options: {} extends Options<Path, M> ? [options?: Options<Path, M>] : [options: Options<Path, M>]
) => Promise<Answer<Path, M>>;

export interface PasarClient {
  get: Call<'get'>;
  post: Call<'post'>;
  put: Call<'put'>;
  patch: Call<'patch'>;
  delete: Call<'delete'>;
}

/** Waits before a second and a third try, and at most as long as an answer may ask to wait. */
const waitsMs = [200, 800];
const longestWaitMs = 5_000;

/** A client of the Pasar API. Its methods give the answer's body, and throw what is no success. */
export function createPasarClient(settings: ClientSettings): PasarClient {
  const { accessToken, refresh, headers, retries = waitsMs.length, fetch = globalThis.fetch } = settings;
  const client = createClient<paths>({
    baseUrl: settings.url.replace(/\/+$/, ''),
    headers,
    // Files go as they are, everything else as JSON.
    bodySerializer: (body) => (isFile(body) ? body : JSON.stringify(body)),
    fetch: (request) => send(request),
  });
  /** Of requests under way. */
  const repeatable = new WeakSet<Request>();
  let refreshing: Promise<string | undefined> | undefined;

  client.use({
    async onRequest({ request, schemaPath }) {
      const isKeyed = keyedOperations.has(`${request.method} ${schemaPath}`);
      if (isKeyed && !request.headers.has('idempotency-key')) {
        request.headers.set('idempotency-key', crypto.randomUUID());
      }
      if (isKeyed || /^(GET|HEAD|PUT|DELETE)$/.test(request.method)) repeatable.add(request);
      if (!request.headers.has('authorization')) {
        const token = await accessToken?.();
        if (token) request.headers.set('authorization', `Bearer ${token}`);
      }
      return request;
    },
    async onResponse({ response }) {
      if (!response.ok) throw await ApiError.from(response);
    },
  });

  async function send(request: Request): Promise<Response> {
    // A body can be read once, so every try gets a copy.
    const response = await sendUntilThere(request);
    if (response.status !== 401 || !refresh || !request.headers.has('authorization')) return response;
    refreshing ??= refresh().finally(() => {
      refreshing = undefined;
    });
    const token = await refreshing;
    if (!token) return response;
    leave(response);
    const again = new Request(request);
    if (repeatable.has(request)) repeatable.add(again);
    again.headers.set('authorization', `Bearer ${token}`);
    return sendUntilThere(again);
  }

  async function sendUntilThere(request: Request): Promise<Response> {
    const tries = repeatable.has(request) ? retries : 0;
    for (let tried = 0; ; tried++) {
      try {
        const response = await fetch(request.clone());
        const waitMs = tried < tries ? waitAfter(response, tried) : undefined;
        if (waitMs === undefined) return response;
        leave(response);
        await wait(waitMs, request.signal);
      } catch (error) {
        if (tried >= tries || request.signal.aborted) throw error;
        await wait(waitsMs[tried] ?? longestWaitMs, request.signal);
      }
    }
  }

  const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE') => {
    // Its own types speak of answers that may be errors; ours are thrown.
    const request = client[method] as (path: string, options: object) => Promise<{ response: Response }>;
    return async (path: string, options: { body?: unknown } = {}): Promise<unknown> => {
      const { response } = await request(path, { ...options, parseAs: 'stream' });
      if (response.status === 204) return undefined;
      const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
      return isJson ? response.json() : response;
    };
  };
  return {
    get: call('GET'),
    post: call('POST'),
    put: call('PUT'),
    patch: call('PATCH'),
    delete: call('DELETE'),
  } as PasarClient;
}

function isFile(body: unknown): body is BodyInit {
  return body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body);
}

/** @returns undefined when the answer stands */
function waitAfter({ status, headers }: Response, tried: number): number | undefined {
  if (status !== 503 && status !== 502 && status !== 504 && status !== 429) return undefined;
  const asked = Number(headers.get('retry-after') ?? Number.NaN) * 1000;
  if (asked > longestWaitMs || (status === 429 && Number.isNaN(asked))) return undefined;
  return Number.isNaN(asked) ? waitsMs[tried] : asked;
}

/** Frees the connection of an answer that nobody reads. */
function leave({ body }: Response): void {
  body?.cancel().catch(() => {});
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const give = () => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(give, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

import { pipeline } from 'node:stream/promises';
import type { DescMethodStreaming, DescMethodUnary, Message } from '@bufbuild/protobuf';
import type { HttpBody } from '@pasar/contracts/pasar/type/v1/type_pb';
import { admit, edge, refuseUnauthenticated, type User } from '@pasar/platform/access';
import { DomainError, fromRpcError } from '@pasar/platform/errors';
import type { ByteCache, CachedAnswer, FreshAnswer } from './byte-cache.js';
import { answerHeaders, callHeaders, statusOf, tagNames } from './call-headers.js';
import { type AddressRanges, networkOf } from './client-address.js';
import type { Endpoint } from './endpoint.js';
import { type Exchange, send, sendCached, writeHead } from './exchange.js';
import { namesShown } from './invalidation.js';
import { Refusal } from './problem.js';
import { type RateDecision, type RateLimiter, rateLimitHeaders } from './rate-limit.js';
import { ClientGone, hasBody, readBody, readPieces, requireIdentity, requireJson } from './request-body.js';
import { decodeRequest, encodeResponse, relativeToBody } from './transcode.js';

export interface CallOptions {
  from: string;
  headers: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs: number;
}

/** How services are called; the platform's RpcNetwork is one. */
export interface Calls {
  /** @throws DomainError */
  call(method: DescMethodUnary, message: Message, options: CallOptions): Promise<Answer<Message>>;
  /** A reader that stops early aborts the signal. @throws DomainError, at once or while it is read */
  stream(
    method: DescMethodStreaming,
    message: Message,
    options: CallOptions,
  ): Promise<Answer<AsyncIterable<Message>>>;
}

export interface Answer<Body> {
  message: Body;
  header: Headers;
}

/** Who an access token was issued to; the platform's TokenVerifier is one. */
export interface Tokens {
  /** @throws DomainError `access.unauthenticated` */
  verify(token: string): User | Promise<User>;
}

export interface ApiOptions {
  calls: Calls;
  tokens: Tokens;
  cache: ByteCache;
  limiter: RateLimiter;
  rateLimitPerMinute: number;
  adminAllowList: AddressRanges;
  maxBodyBytes: number;
  callTimeoutMs: number;
}

/** As services know the gateway. */
export const from = edge;
/** What the rate limits in the contracts are written for; they grow with the default that is set. */
const usualRateLimit = 100;
/** A download ends by its reader, or by the silence of its connection; this is for what neither ends. */
const streamTimeoutMs = 3_600_000;
const empty = Buffer.alloc(0);

/** Answers calls of contract methods: who, how often, from the cache or from the service. */
export class Api {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** The answer that anybody gets, if it is cached. */
  findCached({ request, path, query }: Exchange, endpoint: Endpoint): CachedAnswer | undefined {
    if (endpoint.cacheSeconds === 0 || request.headers.authorization !== undefined) return undefined;
    return this.#options.cache.get(cacheKey(path, query));
  }

  /** Nothing is awaited unless the limiter is remote: up to the last byte this is one turn. */
  async answerCached(exchange: Exchange, endpoint: Endpoint, answer: CachedAnswer): Promise<void> {
    const counted = this.#count(exchange, endpoint, undefined);
    if (counted) refuseExcess(exchange, counted instanceof Promise ? await counted : counted);
    sendCached(exchange, answer, () => this.#options.cache.compress(answer));
  }

  /** @throws DomainError, Refusal, ClientGone: then nothing was answered, or the body broke off */
  async answer(exchange: Exchange, endpoint: Endpoint, variables: string[]): Promise<void> {
    const { cache, adminAllowList } = this.#options;
    if (endpoint.admin && !adminAllowList.isEmpty && !adminAllowList.has(exchange.client.address)) {
      throw new DomainError('access.address_refused', 'forbidden', 'Not allowed from this address.');
    }
    const { authorization } = exchange.request.headers;
    const user =
      authorization === undefined ? undefined : await this.#identify(exchange, endpoint, authorization);
    const counted = await this.#count(exchange, endpoint, user);
    if (counted) refuseExcess(exchange, counted);
    admit(endpoint.access, user ? { user } : {});

    // The answer of a cacheable method is the same for everyone, but a service may show more to those it knows.
    if (endpoint.cacheSeconds === 0 || user) return this.#call(exchange, endpoint, variables);
    const { path, query } = exchange;
    const answer = await cache.fill(cacheKey(path, query), () => this.#load(exchange, endpoint, variables));
    sendCached(exchange, answer, () => cache.compress(answer));
  }

  /** Who asks, as far as they can be told apart: for what is no method of a contract. */
  async whoAsks({ request, client }: Exchange): Promise<string> {
    const token = bearerOf(request.headers.authorization);
    try {
      return countedAs(client, token ? await this.#options.tokens.verify(token) : undefined);
    } catch {
      // A token of another system, maybe.
      return countedAs(client);
    }
  }

  /** Counts a request that is no method of a contract. @throws Refusal 429 */
  async count(exchange: Exchange, who: string): Promise<void> {
    const counted = await this.#take(exchange, who);
    if (counted) refuseExcess(exchange, counted);
  }

  async #identify(exchange: Exchange, endpoint: Endpoint, authorization: string): Promise<User> {
    try {
      const token = bearerOf(authorization) ?? refuseUnauthenticated('Send a Bearer access token.');
      return await this.#options.tokens.verify(token);
    } catch (error) {
      // Who guesses tokens is counted as a guest.
      const counted = await this.#count(exchange, endpoint, undefined);
      if (counted) refuseExcess(exchange, counted);
      throw error;
    }
  }

  #count(
    exchange: Exchange,
    endpoint: Endpoint,
    user: User | undefined,
  ): RateDecision | Promise<RateDecision> | undefined {
    const { limiter, rateLimitPerMinute } = this.#options;
    if (rateLimitPerMinute === 0) return undefined;
    const who = countedAs(exchange.client, user);
    if (endpoint.rateLimit === 0) return this.#take(exchange, who);
    const limit = Math.ceil((endpoint.rateLimit * rateLimitPerMinute) / usualRateLimit);
    return limiter.take(`${who} ${endpoint.name}`, limit);
  }

  /** One of those that everybody has a minute. */
  #take({ client }: Exchange, who: string): RateDecision | Promise<RateDecision> | undefined {
    const { limiter, rateLimitPerMinute } = this.#options;
    return rateLimitPerMinute === 0 || client.storefront ? undefined : limiter.take(who, rateLimitPerMinute);
  }

  /** What a cacheable method answers to anybody: nothing that tells clients apart reaches the service. */
  async #load({ id, query }: Exchange, endpoint: Endpoint, variables: string[]): Promise<FreshAnswer> {
    const { calls, callTimeoutMs } = this.#options;
    const request = decodeRequest(endpoint, { variables, query, body: empty, contentType: '' });
    const options = { from, headers: { 'x-request-id': id }, timeoutMs: callTimeoutMs };
    const { message, header } = await calls.call(endpoint.method as DescMethodUnary, request, options);
    return {
      ...encode(endpoint, message),
      method: endpoint.name,
      names: namesShown(tagNames(header)),
      ttlMs: endpoint.cacheSeconds * 1000,
    };
  }

  async #call(exchange: Exchange, endpoint: Endpoint, variables: string[]): Promise<void> {
    const { calls, callTimeoutMs, maxBodyBytes } = this.#options;
    const headers = callHeaders(endpoint, exchange);
    const limit = endpoint.maxBodyBytes || maxBodyBytes;
    const contentType = exchange.request.headers['content-type'] ?? '';
    const decode = (body: Buffer) =>
      decodeRequest(endpoint, { variables, query: exchange.query, body, contentType });
    if (endpoint.pieceBytes > 0) return this.#callInPieces(exchange, endpoint, headers, limit, decode);
    const request = decode(await readBodyOf(exchange, endpoint, limit));

    const gone = new AbortController();
    const onClose = () => gone.abort(new ClientGone());
    exchange.response.once('close', onClose);
    if (exchange.response.destroyed) throw new ClientGone();
    const options = { from, headers, signal: gone.signal };
    try {
      if (endpoint.streaming) {
        const method = endpoint.method as DescMethodStreaming;
        const answer = await calls.stream(method, request, { ...options, timeoutMs: streamTimeoutMs });
        await sendStream(exchange, endpoint, answer);
      } else {
        const method = endpoint.method as DescMethodUnary;
        sendMessage(
          exchange,
          endpoint,
          await calls.call(method, request, { ...options, timeoutMs: callTimeoutMs }),
        );
      }
    } catch (error) {
      throw inBodyTerms(endpoint, error);
    } finally {
      exchange.response.off('close', onClose);
      // Ends a stream that was not read to its end.
      if (endpoint.streaming) gone.abort();
    }
  }

  /**
   * Passes a body on as it comes. A client that goes away half-way has got rid of what it sent, so that it need not send
   * it again: nothing is aborted.
   */
  async #callInPieces(
    exchange: Exchange,
    endpoint: Endpoint,
    headers: Record<string, string>,
    limit: number,
    decode: (body: Buffer) => Message,
  ): Promise<void> {
    const { calls, callTimeoutMs: timeoutMs } = this.#options;
    const method = endpoint.method as DescMethodUnary;
    requireIdentity(exchange.request);
    let answer: Answer<Message> | undefined;
    let position = 0;
    for await (const piece of readPieces(exchange.request, endpoint.pieceBytes, limit)) {
      const own = { ...headers, 'pasar-body-position': String(position) };
      try {
        answer = await calls.call(method, decode(piece), { from, headers: own, timeoutMs });
      } catch (error) {
        throw inBodyTerms(endpoint, error);
      }
      position += piece.length;
    }
    if (answer) sendMessage(exchange, endpoint, answer);
  }
}

/** The token of RFC 6750, section 2.1. */
function bearerOf(authorization = ''): string | undefined {
  return /^Bearer +([\w.~+/-]+=*) *$/i.exec(authorization)?.[1];
}

/** Under which name somebody's requests are counted. */
export function countedAs(client: Exchange['client'], user?: User): string {
  return user ? `user ${user.id}` : `guest ${networkOf(client.address)}`;
}

export function refuseExcess(exchange: Exchange, decision: RateDecision): void {
  Object.assign(exchange.headers, rateLimitHeaders(decision));
  if (decision.allowed) return;
  const detail = `More than ${decision.limit} requests a minute.`;
  throw new Refusal(429, 'rate_limit.exceeded', detail, { 'Retry-After': String(decision.resetSeconds) });
}

/** The same request in another order of parameters is the same answer. */
function cacheKey(path: string, query: string): string {
  return query.includes('&') ? `${path}?${query.split('&').sort().join('&')}` : `${path}?${query}`;
}

async function readBodyOf({ request }: Exchange, endpoint: Endpoint, limit: number): Promise<Buffer> {
  if (endpoint.body === undefined || !hasBody(request)) return empty;
  if (endpoint.rawRequest) requireIdentity(request);
  else requireJson(request);
  return readBody(request, limit);
}

function encode(endpoint: Endpoint, message: Message): { body: Buffer; contentType: string } {
  if (!endpoint.rawResponse) {
    return { body: Buffer.from(encodeResponse(endpoint, message)), contentType: 'application/json' };
  }
  const { data, contentType } = message as HttpBody;
  return { body: bufferOf(data), contentType: contentType || 'application/octet-stream' };
}

function sendMessage(exchange: Exchange, endpoint: Endpoint, { message, header }: Answer<Message>): void {
  const headers: Record<string, string> = {
    'Cache-Control': 'no-store',
    Vary: 'Origin',
    ...answerHeaders(header),
  };
  if (endpoint.status === 204) return send(exchange, 204, headers);
  if (endpoint.rawResponse) {
    const { body, contentType } = encode(endpoint, message);
    return send(exchange, endpoint.status, { ...headers, 'Content-Type': contentType }, body);
  }
  headers['Content-Type'] = 'application/json';
  send(exchange, endpoint.status, headers, encodeResponse(endpoint, message));
}

/** Passes parts on as they come and as the client takes them. Its content type stands in the first one. */
async function sendStream(
  exchange: Exchange,
  endpoint: Endpoint,
  answer: Answer<AsyncIterable<Message>>,
): Promise<void> {
  const parts = (answer.message as AsyncIterable<HttpBody>)[Symbol.asyncIterator]();
  const first = await parts.next();
  const { request, response } = exchange;
  writeHead(exchange, statusOf(answer.header, endpoint.status), {
    'Cache-Control': 'no-store',
    Vary: 'Origin',
    ...answerHeaders(answer.header),
    'Content-Type': (!first.done && first.value.contentType) || 'application/octet-stream',
  });
  if (request.method === 'HEAD') {
    response.end();
    await parts.return?.();
    return;
  }
  async function* bytes() {
    try {
      for (let part = first; !part.done; part = await parts.next()) {
        if (part.value.data.length > 0) yield bufferOf(part.value.data);
      }
    } finally {
      await parts.return?.();
    }
  }
  try {
    await pipeline(bytes, response);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE' ? new ClientGone() : error;
  }
}

function bufferOf(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/** A service names fields of its request message; the client knows those of the body it sent. */
function inBodyTerms({ body }: Endpoint, error: unknown): unknown {
  if (typeof body !== 'object' || error instanceof ClientGone) return error;
  const told = fromRpcError(error);
  if (told.errors.length === 0) return error;
  const { code, kind, message, details, retryAfter } = told;
  const errors = told.errors.map((fault) => relativeToBody(body, fault));
  return new DomainError(code, kind, message, { errors, details, retryAfter, cause: told.cause });
}

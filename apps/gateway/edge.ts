import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '@pasar/platform/telemetry';
import { startSpan } from '@pasar/platform/tracing';
import type { Api } from './api.js';
import { type AddressRanges, readClient, type StorefrontKey } from './client-address.js';
import type { Cors } from './cors.js';
import type { Endpoint } from './endpoint.js';
import { type Exchange, send, sendError } from './exchange.js';
import type { HttpMetrics } from './http-metrics.js';
import { Refusal, toProblem } from './problem.js';
import type { Match, RouteTable } from './route-table.js';
import { isAmong, type Upstream, type Upstreams } from './upstreams.js';

export interface EdgeOptions {
  table: RouteTable<Endpoint>;
  api: Api;
  cors: Cors;
  upstreams: Upstreams;
  trustedProxies: AddressRanges;
  storefrontKey: StorefrontKey;
  metrics: HttpMetrics;
  log: Log;
  accessLog: 'all' | 'errors' | 'none';
}

const maxUrlLength = 8192;
const saneRequestId = /^[A-Za-z0-9._-]{1,128}$/;
const strictTransport = 'max-age=31536000; includeSubDomains';

/** What every request meets first, whoever answers it: an id, the client's address, headers, metrics and the log. */
export class Edge {
  readonly #options: EdgeOptions;
  readonly #exchanges = new WeakMap<IncomingMessage, Exchange>();
  /** Ids are distinct between processes and cheap within one. */
  readonly #idPrefix = randomBytes(5).toString('hex');
  #requests = 0;
  readonly #lifecycle = { closing: false };

  constructor(options: EdgeOptions) {
    this.#options = options;
  }

  /** From now on every answer asks its client to come again on another connection, and so to another gateway. */
  beginClosing(): void {
    this.#lifecycle.closing = true;
  }

  get isClosing(): boolean {
    return this.#lifecycle.closing;
  }

  exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
    let exchange = this.#exchanges.get(request);
    if (!exchange) {
      exchange = this.#open(request, response);
      this.#exchanges.set(request, exchange);
    }
    return exchange;
  }

  /** @param handOver answers what is no method of a contract */
  handle(request: IncomingMessage, response: ServerResponse, handOver: () => void): void {
    const exchange = this.#open(request, response);
    response.once('close', () => this.#record(exchange));
    try {
      if (!hasOneHost(request)) throw new Refusal(400, 'request.malformed', 'Send one Host header.');
      if ((request.url ?? '').length > maxUrlLength) {
        throw new Refusal(414, 'request.url_too_long', `The address is longer than ${maxUrlLength} bytes.`);
      }
      const upstream = this.#options.upstreams.at(exchange.path);
      if (upstream && request.method !== 'OPTIONS') return this.#choose(exchange, upstream, handOver);
    } catch (error) {
      return this.fail(exchange, error);
    }
    this.#answerOurselves(exchange, handOver);
  }

  /** Some of those who ask are sent to another server. */
  #choose(exchange: Exchange, upstream: Upstream, handOver: () => void): void {
    const { api, upstreams } = this.#options;
    const choose = async () => {
      const who = await api.whoAsks(exchange);
      if (!isAmong(upstream.percent, upstream.prefix, who)) return this.#answerOurselves(exchange, handOver);
      await api.count(exchange, who);
      await upstreams.passOn(exchange, upstream);
    };
    choose().catch((error: unknown) => this.fail(exchange, error));
  }

  #answerOurselves(exchange: Exchange, handOver: () => void): void {
    const { request, response } = exchange;
    const { method = '' } = request;
    try {
      if (method === 'OPTIONS') return this.#tellOptions(exchange);
      const match = this.#options.table.match(method === 'HEAD' ? 'GET' : method, exchange.path);
      if (match) return this.#answer(exchange, match);
      const methods = this.#options.table.methodsAt(exchange.path);
      if (methods.length > 0) {
        const Allow = allow(methods);
        throw new Refusal(405, 'request.method_not_allowed', `${method} is not allowed here.`, { Allow });
      }
    } catch (error) {
      return this.fail(exchange, error);
    }
    this.#exchanges.set(request, exchange);
    for (const name in exchange.headers) response.setHeader(name, exchange.headers[name]!);
    handOver();
  }

  /** Answers with problem details, and logs what is our fault. */
  fail(exchange: Exchange, error: unknown): void {
    const problem = sendError(exchange, error);
    if (problem?.fault) {
      const { id, route, request } = exchange;
      this.#options.log.error(
        { requestId: id, method: request.method, route, error: problem.fault },
        'request failed',
      );
    }
  }

  #answer(exchange: Exchange, { value: endpoint, variables }: Match<Endpoint>): void {
    const { api, metrics } = this.#options;
    const { headers, method } = exchange.request;
    exchange.route = endpoint.template.source;
    const cached = api.findCached(exchange, endpoint);
    if (endpoint.cacheSeconds > 0) metrics.countCache(cached !== undefined);
    if (cached) {
      api.answerCached(exchange, endpoint, cached).catch((error: unknown) => this.fail(exchange, error));
      return;
    }
    const { traceparent } = headers;
    const span = startSpan(`${method} ${exchange.route}`, {
      kind: 'server',
      parent: typeof traceparent === 'string' ? traceparent : null,
    });
    span.run(() => {
      api
        .answer(exchange, endpoint, variables)
        .catch((error: unknown) => this.fail(exchange, error))
        .finally(() =>
          span.end(exchange.response.statusCode < 500 ? undefined : `${exchange.response.statusCode}`),
        );
    });
  }

  #tellOptions(exchange: Exchange): void {
    const { table, cors, upstreams } = this.#options;
    const isOpen = exchange.path === '*' || upstreams.at(exchange.path);
    const methods = isOpen ? allMethods : table.methodsAt(exchange.path);
    const Allow = allow(methods.length > 0 ? methods : ['GET']);
    const { origin } = exchange.request.headers;
    const isPreflight = exchange.request.headers['access-control-request-method'] !== undefined;
    send(exchange, 204, { Allow, Vary: 'Origin', ...(isPreflight && cors.preflightHeaders(origin, Allow)) });
  }

  #open(request: IncomingMessage, response: ServerResponse): Exchange {
    const { cors, trustedProxies, storefrontKey } = this.#options;
    const given = request.headers['x-request-id'];
    const id =
      typeof given === 'string' && saneRequestId.test(given)
        ? given
        : `${this.#idPrefix}-${(++this.#requests).toString(36)}`;
    const client = readClient(request, trustedProxies, storefrontKey);
    const target = originForm(request.url ?? '');
    const mark = target.indexOf('?');
    const headers: Record<string, string> = {
      'X-Request-Id': id,
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    };
    if (client.secure) headers['Strict-Transport-Security'] = strictTransport;
    const { origin } = request.headers;
    if (origin !== undefined) Object.assign(headers, cors.headers(origin));
    return {
      request,
      response,
      id,
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? '' : target.slice(mark + 1),
      client,
      startedAt: performance.now(),
      headers,
      route: 'unknown',
      lifecycle: this.#lifecycle,
    };
  }

  #record({ request, response, route, startedAt, id, path, client }: Exchange): void {
    const { metrics, log, accessLog } = this.#options;
    const seconds = (performance.now() - startedAt) / 1000;
    // 499 is what nginx calls a client that went away.
    const status = response.writableFinished ? response.statusCode : 499;
    const method = request.method ?? '';
    metrics.observe(method, route, status, seconds);
    if (accessLog === 'all' || (accessLog === 'errors' && status >= 500)) {
      const ms = Math.round(seconds * 1e6) / 1000;
      log.info({ requestId: id, method, path, route, status, ms, client: client.address }, 'request');
    }
  }
}

/** What to say where nothing answers: the version is another, or there is no such thing. */
export function refuseUnknown({ path }: Exchange): Refusal {
  const [, version] = /^\/api\/(v[0-9]+)(\/|$)/.exec(path) ?? [];
  if (version !== undefined && version !== 'v1') {
    const detail = `There is no version ${version} of the API.`;
    return new Refusal(404, 'request.unknown_version', detail, {}, { supportedVersions: ['v1'] });
  }
  return new Refusal(404, 'request.not_found', 'There is nothing at this address.');
}

const allMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function allow(methods: string[]): string {
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}

/** RFC 9112, 3.2: one, unless the request is older than the rule. Two could mean one thing here and another elsewhere. */
function hasOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]!.length === 4 && rawHeaders[i]!.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0');
}

/** A target may name the whole address (RFC 9112, 3.2.2); what follows the host is meant. */
function originForm(target: string): string {
  if (target.startsWith('/') || !/^https?:\/\//i.test(target)) return target;
  const slash = target.indexOf('/', target.indexOf('//') + 2);
  return slash < 0 ? '/' : target.slice(slash);
}

const clientErrors: Record<string, [status: number, code: string, detail: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'request.headers_too_large', 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request.timeout', 'The request took too long to arrive.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'request.too_large', 'The chunk extensions are too large.'],
};

/** Answers what the HTTP parser refused. Nothing of it is trusted, not even that another request follows. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  const started = (socket as { _httpMessage?: ServerResponse })._httpMessage?.headersSent;
  if (!socket.writable || started || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, code, detail] = clientErrors[error.code ?? ''] ?? [
    400,
    'request.malformed',
    'This is not HTTP.',
  ];
  const body = JSON.stringify(toProblem(new Refusal(status, code, detail), 'none', '/').body);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

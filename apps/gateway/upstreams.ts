import { createHash } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps, Agent as TlsAgent } from 'node:https';
import { pipeline } from 'node:stream';
import { DomainError } from '@pasar/platform/errors';
import type { Exchange } from './exchange.js';
import { Refusal } from './problem.js';
import { hasBody, readBody } from './request-body.js';

/** Another server that answers a path prefix, for a share of those who ask. */
export interface Upstream {
  prefix: string;
  target: URL;
  /** 1 to 100. */
  percent: number;
}

const written = /^(\/[^\s=?#]*[^\s=?#/])=(https?:\/\/[^\s/?#@,]+)\/?(?:@([0-9]{1,3})%)?$/;

/** @param text `<prefix>=<origin>`, with `@<share>%` behind it unless it is for everybody @throws Error */
export function parseUpstream(text: string): Upstream {
  const [, prefix = '', origin = '', share = '100'] = written.exec(text) ?? [];
  const percent = Number(share);
  if (!prefix || !URL.canParse(origin) || percent < 1 || percent > 100) {
    throw new Error(`"${text}" is not <path prefix>=<http origin>[@<1 to 100>%]`);
  }
  return { prefix, target: new URL(origin), percent };
}

/** Of one connection (RFC 9110, 7.6.1), besides those that its `Connection` names. */
const ofTheConnection = [
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade'],
];
const dotSegment = /(^|\/)(\.|%2e){1,2}(\/|$)/i;
/** Ours is a page of nothing but JSON; the other server knows its own pages. */
const itsOwn = ['content-security-policy', 'x-frame-options', 'referrer-policy'];

/**
 * Paths that another server answers: a legacy system that is taken over one prefix at a time (M. Fowler's strangler fig),
 * or a new release that is tried on a few. Whoever asks comes to the same side each time.
 */
export class Upstreams {
  readonly #routes: Upstream[];
  readonly #timeoutMs: number;
  readonly #maxBodyBytes: number;
  readonly #agents = { http: new Agent({ keepAlive: true }), https: new TlsAgent({ keepAlive: true }) };

  /** @throws Error for a route that is none, or a prefix that is named twice */
  constructor(routes: readonly string[], limits: { timeoutMs: number; maxBodyBytes: number }) {
    // The longest prefix of a path is the one that counts.
    this.#routes = routes.map(parseUpstream).sort((a, b) => b.prefix.length - a.prefix.length);
    const twice = this.#routes.find(({ prefix }, n) =>
      this.#routes.some((o, m) => m < n && o.prefix === prefix),
    );
    if (twice) throw new Error(`"${twice.prefix}" has two upstreams`);
    this.#timeoutMs = limits.timeoutMs;
    this.#maxBodyBytes = limits.maxBodyBytes;
  }

  /** Of the prefix that the path lies under, if any. @throws Refusal for a path that could lead out of it again */
  at(path: string): Upstream | undefined {
    const found = this.#routes.find(
      ({ prefix }) => path.startsWith(prefix) && /^([/:]|$)/.test(path.slice(prefix.length)),
    );
    if (found && dotSegment.test(path))
      throw new Refusal(400, 'request.malformed', 'The path has dots in it.');
    return found;
  }

  /** Sends the request on and its answer back, as both are. @throws DomainError `upstream.unavailable`, Refusal 413 */
  async passOn(exchange: Exchange, { prefix, target }: Upstream): Promise<void> {
    const { request, response } = exchange;
    exchange.route = `upstream ${prefix}`;
    const body = hasBody(request) ? await readBody(request, this.#maxBodyBytes) : undefined;
    const isTls = target.protocol === 'https:';
    const call = (isTls ? requestHttps : requestHttp)(
      new URL(exchange.path + (exchange.query && `?${exchange.query}`), target),
      {
        agent: isTls ? this.#agents.https : this.#agents.http,
        method: request.method,
        headers: outgoing(exchange, target, body),
        timeout: this.#timeoutMs,
      },
    );
    call.on('timeout', () => call.destroy(new Error('it took too long')));
    response.once('close', () => call.destroy());
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      call.on('response', resolve);
      call.on('error', (cause) => {
        reject(
          new DomainError(
            'upstream.unavailable',
            'unavailable',
            'This does not answer just now. Try again.',
            {
              cause,
              retryAfter: 5,
            },
          ),
        );
      });
      call.end(body);
    });
    response.writeHead(answer.statusCode ?? 502, incoming(exchange, answer.headers));
    // What breaks off breaks off for the client too: nobody takes a part for the whole.
    pipeline(answer, response, () => {});
  }

  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }
}

/** Whether somebody is among this share of all: always the same for the same one. */
export function isAmong(percent: number, prefix: string, who: string): boolean {
  if (percent >= 100) return true;
  return createHash('sha256').update(`${prefix} ${who}`).digest().readUInt32BE() % 100 < percent;
}

function outgoing({ request, client, id }: Exchange, target: URL, body: Buffer | undefined) {
  const headers = withoutConnection(request.headers);
  // What only we are told: the storefront's key, and other words between our own.
  for (const name of Object.keys(headers)) if (name.startsWith('pasar-')) delete headers[name];
  return {
    ...headers,
    host: target.host,
    'x-forwarded-for': client.address,
    'x-forwarded-host': request.headers.host ?? '',
    'x-forwarded-proto': client.secure ? 'https' : 'http',
    'x-request-id': id,
    ...(body && { 'content-length': String(body.length) }),
  };
}

function incoming({ headers, lifecycle }: Exchange, told: IncomingHttpHeaders) {
  const ours = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    ...withoutConnection(told),
    ...Object.fromEntries(ours.filter(([name]) => !itsOwn.includes(name))),
    ...(lifecycle.closing && { connection: 'close' }),
  };
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([...ofTheConnection, ...named]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)));
}

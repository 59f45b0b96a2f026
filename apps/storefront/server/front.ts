import { randomBytes } from 'node:crypto';
import { type IncomingMessage, request as requestOver, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { readCookies, writeCookies } from './cookies.js';
import { isOwnRequest } from './csrf.js';
import { chooseLocale, LOCALE_COOKIE, localeOf } from './locales.js';
import { join, type Page, PageCache } from './page-cache.js';
import { joinGzipped } from './page-gzip.js';
import { type Handler, renderPage } from './render.js';
import { contentSecurityPolicy, securityHeaders } from './security-headers.js';
import type { Sessions } from './sessions.js';
import type { StaticFiles } from './static-files.js';
import type { Clients, Turnstile } from './turnstile.js';

export interface FrontOptions {
  /** What makes the pages. */
  handler: Handler;
  /** Of a build; a server of development compiles what it is asked for. */
  files?: StaticFiles;
  sessions: Sessions;
  /** Where the gateway is. */
  apiUrl: string;
  /** Where customers reach the storefront. */
  shopUrl: string;
  turnstile: Turnstile;
  clients: Clients;
  development: boolean;
}

/** Pages of the catalogue: the same for everybody. What is personal on them is fetched by the browser. */
const sharedPages = /^\/(id|en)(\/?|\/search|\/(c|p|store)\/[^/]+)$/;
/** Pictures and videos, which the gateway has. */
const pictures = /^\/(demo\/|api\/v1\/media\/[^/]+\/[^/]+$)/;
/** What Next.js tells apart beside the address, when it goes from page to page. */
const routerHeaders = [
  'rsc',
  'next-router-prefetch',
  'next-router-segment-prefetch',
  'next-router-state-tree',
  'next-url',
];

/** A client that is to wait. */
class TooBusy extends Error {
  constructor(
    readonly client: string,
    readonly seconds: number,
  ) {
    super('too many requests');
  }
}

/** What every request meets first: security, languages, sessions, and the cache of pages. */
export class Front {
  readonly #options: FrontOptions;
  readonly #secure: boolean;
  readonly #origin: string;
  /** Of shared pages: not what somebody says that it is. */
  readonly #host: string;
  readonly #cache = new PageCache({ freshMs: 800, staleMs: 1_600, maxBytes: 64 << 20 });
  /** Stands in cached pages where nonces go. Nobody else knows it, so no text of a customer can hold it. */
  readonly #mark = randomBytes(18).toString('base64url');

  constructor(options: FrontOptions) {
    this.#options = options;
    this.#secure = options.shopUrl.startsWith('https:');
    const shop = new URL(options.shopUrl);
    this.#origin = shop.origin;
    this.#host = shop.host;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#answer(request, response);
    } catch (error) {
      if (error instanceof TooBusy) {
        response
          .writeHead(429, { 'content-type': 'text/plain', 'retry-after': String(error.seconds) })
          .end('Too many requests. Wait a moment.');
        return;
      }
      console.error(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal error');
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request;
    const url = request.url ?? '/';
    const path = url.split('?', 1)[0]!;
    for (const [name, value] of Object.entries(securityHeaders(this.#secure)))
      response.setHeader(name, value);
    if (!isOwnRequest(method, headers, this.#origin)) {
      response
        .writeHead(403, { 'content-type': 'text/plain' })
        .end('Refused: not sent by a page of this shop.');
      return;
    }
    if (path.startsWith('/_next/')) {
      if (await this.#options.files?.send(path, request, response)) return;
      return this.#options.handler(request, response);
    }
    // Asked for by browsers that have not read yet which icon a page names.
    if (path === '/favicon.ico') {
      response.writeHead(308, { location: '/icon.svg', 'cache-control': 'public, max-age=86400' }).end();
      return;
    }
    if (pictures.test(path)) return this.#fetchPicture(request, response);

    const client = this.#options.clients.of(request);
    // The last one is who really sent it; those before are for the gateway to judge.
    headers['x-forwarded-for'] = [headers['x-forwarded-for'], request.socket.remoteAddress]
      .filter(Boolean)
      .join(', ');
    delete headers['x-forwarded-host'];
    const isPage = !path.startsWith('/api/') && !/\.(txt|xml|png|svg|js|webmanifest)$/.test(path);
    const locale = localeOf(path);
    const cookies = readCookies(headers.cookie);
    if (isPage && !locale) {
      const chosen = chooseLocale(cookies.get(LOCALE_COOKIE), headers['accept-language']);
      response
        .writeHead(307, {
          // Messages name products, and variants of them, by their ids.
          Location: `/${chosen}${url === '/' ? '' : url.replace(/^\/(products|variants)\//, '/p/')}`,
          Vary: 'Cookie, Accept-Language',
        })
        .end();
      return;
    }

    const isRead = method === 'GET' || method === 'HEAD';
    if (isRead && sharedPages.test(path) && !this.#options.development)
      return this.#sendShared(request, response, client);
    this.#admit(client);

    // Pages of the signed-in lead there and back when their session has ended.
    headers['pasar-path'] = url;
    const kept = await this.#options.sessions
      .renew(cookies, this.#aboutTheClient(request))
      // The API is away. What needs it will say so; the session may go on later.
      .catch((error: unknown) => {
        console.error(error);
        return [];
      });
    if (kept.length > 0) {
      headers.cookie = writeCookies(cookies);
      for (const cookie of kept) response.appendHeader('Set-Cookie', cookie);
    }
    const policy = this.#policy(newNonce());
    headers['content-security-policy'] = policy;
    response.setHeader('Content-Security-Policy', policy);
    return this.#options.handler(request, response);
  }

  /** @throws TooBusy */
  #admit(client: string): void {
    const seconds = this.#options.turnstile.enter(client);
    if (seconds > 0) throw new TooBusy(client, seconds);
  }

  async #sendShared(request: IncomingMessage, response: ServerResponse, client: string): Promise<void> {
    const { headers, url = '/' } = request;
    const about = routerHeaders
      .map((name) => [name, headers[name]])
      .filter(([, value]) => value !== undefined);
    const key = JSON.stringify([url, ...about.flat()]);
    const render = () => {
      this.#admit(client);
      return renderPage(
        this.#options.handler,
        url,
        {
          ...(Object.fromEntries(about) as Record<string, string>),
          host: this.#host,
          ...this.#aboutTheClient(request),
          'content-security-policy': this.#policy(this.#mark),
        },
        Buffer.from(this.#mark),
      );
    };
    for (;;) {
      try {
        return await this.#sendPage(request, response, await this.#cache.get(key, async () => render()));
      } catch (error) {
        // Somebody else was refused while this one waited for the same page.
        if (!(error instanceof TooBusy) || error.client === client) throw error;
      }
    }
  }

  async #sendPage(request: IncomingMessage, response: ServerResponse, page: Page): Promise<void> {
    const nonce = newNonce();
    response.statusCode = page.status;
    const mend = (value: string) => value.replaceAll(this.#mark, nonce);
    for (const [name, value] of Object.entries(page.headers))
      response.setHeader(name, Array.isArray(value) ? value.map(mend) : mend(value));
    response.setHeader('Content-Security-Policy', this.#policy(nonce));
    // The nonce is for one reader; going back in the browser may show it again.
    response.setHeader('Cache-Control', 'private, no-cache');
    response.appendHeader('Vary', 'Accept-Encoding');
    const isGzipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (isGzipped) response.setHeader('Content-Encoding', 'gzip');
    const body = isGzipped
      ? await joinGzipped(page, Buffer.from(nonce))
      : join(page.parts, Buffer.from(nonce));
    response.setHeader('Content-Length', body.length);
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #fetchPicture(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { 'if-none-match': etag, range, 'if-range': ifRange, accept } = request.headers;
    const sent = requestOver(new URL(request.url ?? '/', this.#options.apiUrl), {
      method: request.method === 'HEAD' ? 'HEAD' : 'GET',
      headers: {
        ...(etag && { 'if-none-match': etag }),
        ...(range && { range }),
        ...(ifRange && { 'if-range': String(ifRange) }),
        ...(accept && { accept }),
      },
    });
    response.once('close', () => sent.destroy());
    sent.end();
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve).once('error', reject);
    });
    const passed = [
      'content-type',
      'content-length',
      'content-range',
      'accept-ranges',
      'cache-control',
      'etag',
      'last-modified',
    ];
    for (const name of passed) {
      const value = answer.headers[name];
      if (value !== undefined) response.setHeader(name, value);
    }
    // A picture that somebody uploaded must not become a page of ours.
    response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    response.statusCode = answer.statusCode ?? 502;
    await pipeline(answer, response).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
  }

  #aboutTheClient({ headers }: IncomingMessage): Record<string, string> {
    return {
      'x-forwarded-for': String(headers['x-forwarded-for'] ?? ''),
      'user-agent': headers['user-agent'] ?? '',
    };
  }

  #policy(nonce: string): string {
    return contentSecurityPolicy({
      nonce,
      development: this.#options.development,
      secure: this.#secure,
    });
  }
}

function newNonce(): string {
  return randomBytes(18).toString('base64url');
}

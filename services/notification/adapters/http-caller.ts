import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivateAddress } from '../webhook.js';

export interface Answer {
  status: number;
  /** The beginning of the body. */
  text: string;
  retryAfterMs: number;
}

const maxAnswerBytes = 1_000;

/**
 * Posts to addresses that strangers gave. The address is judged at the moment of connecting, by what its name resolves
 * to, so that a name that is private today and was not yesterday is refused too (OWASP, Server-Side Request Forgery
 * Prevention). Redirects are answers like any other and not followed.
 */
export class HttpCaller {
  readonly #allowPrivate: boolean;
  readonly #timeoutMs: number;

  constructor({ allowPrivate, timeoutMs }: { allowPrivate: boolean; timeoutMs: number }) {
    this.#allowPrivate = allowPrivate;
    this.#timeoutMs = timeoutMs;
  }

  /** @throws Error when there is no answer in time */
  async post(address: string, headers: Record<string, string>, body: string | Buffer): Promise<Answer> {
    const url = new URL(address);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // No name is looked up for a literal address.
    if (isIP(host) && this.#refuses(host)) throw new Error('the address is private');
    const signal = AbortSignal.timeout(this.#timeoutMs);
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const fail = (error: Error) =>
        reject(signal.aborted ? new Error(`no answer within ${this.#timeoutMs / 1000} s`) : error);
      // Without an agent there is no connection to be used again, whose address was judged long ago.
      const request = send(
        url,
        { method: 'POST', headers, agent: false, lookup: this.#lookup, signal },
        (response) => {
          let text = '';
          const finish = () => {
            const retryAfter = Number(response.headers['retry-after']);
            resolve({
              status: response.statusCode ?? 0,
              text: text.slice(0, maxAnswerBytes),
              retryAfterMs: Number.isFinite(retryAfter) ? Math.max(0, retryAfter) * 1000 : 0,
            });
            request.destroy();
          };
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
            // Nobody can make us read for ever.
            if (text.length >= maxAnswerBytes) finish();
          });
          response.on('end', finish);
          response.on('error', fail);
        },
      );
      request.on('error', fail);
      request.end(body);
    });
  }

  #refuses(address: string): boolean {
    return !this.#allowPrivate && isPrivateAddress(address);
  }

  readonly #lookup: LookupFunction = (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const [first] = addresses;
      // One private address among many is enough: which one is taken is not ours to say.
      if (!first || addresses.some(({ address }) => this.#refuses(address))) {
        return callback(new Error(`${host} is a private address`), '', 0);
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

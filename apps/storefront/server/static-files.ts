import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** How a build names its scripts and styles. There is no way out of their folder with these letters. */
const names = /^\/_next\/static\/chunks\/([\w~-][\w.~-]*\.(js|css))$/;
const types: Record<string, string> = {
  js: 'application/javascript; charset=UTF-8',
  css: 'text/css; charset=UTF-8',
};
/** The best that a client takes; browsers take the first behind https only. */
const encodings: Record<string, (data: Buffer) => Promise<Buffer>> = {
  br: (data) => promisify(brotliCompress)(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (data) => promisify(gzip)(data, { level: 9 }),
};

/** Scripts and styles, whose names change with what is in them: compressed once, where Next.js would do it for each visitor. */
export class StaticFiles {
  readonly #folder: string;
  readonly #compressed = new Map<string, Promise<Buffer>>();

  /** @param folder with the scripts and styles of a build */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @returns whether it was one of these, and was sent */
  async send(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const [, name, kind] = names.exec(path) ?? [];
    const { method = 'GET', headers } = request;
    if (!name || !kind || !['GET', 'HEAD'].includes(method) || headers.range) return false;
    const taken = String(headers['accept-encoding'] ?? '');
    const encoding = Object.keys(encodings).find((encoding) => new RegExp(`\\b${encoding}\\b`).test(taken));
    const body = encoding && (await this.#compress(name, encoding).catch(() => undefined));
    if (!body) return false;
    response.writeHead(200, {
      'Content-Type': types[kind],
      'Content-Encoding': encoding,
      'Content-Length': body.length,
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
    });
    response.end(method === 'HEAD' ? undefined : body);
    return true;
  }

  /** @throws where there is no such file, and keeps nothing of it */
  #compress(name: string, encoding: string): Promise<Buffer> {
    const key = `${encoding} ${name}`;
    const known = this.#compressed.get(key);
    if (known) return known;
    const made = readFile(join(this.#folder, name)).then(encodings[encoding]);
    made.catch(() => this.#compressed.delete(key));
    this.#compressed.set(key, made);
    return made;
  }
}

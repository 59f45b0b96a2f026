import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { cut, type Page } from './page-cache.js';
import { paintFirst } from './paint-first.js';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What belongs to one connection and not to the page. */
const ofTheConnection = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding']);

/** Renders a page for nobody in particular: no client waits, and no cookie tells who would. */
export async function renderPage(
  handler: Handler,
  url: string,
  headers: Record<string, string>,
  mark: Buffer,
): Promise<Page> {
  const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url, headers });
  request.push(null);
  const response = new ServerResponse(request);
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve) => {
    const take = (chunk: unknown, encoding: unknown) => {
      if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, encoding as BufferEncoding));
      else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    const call = (...args: unknown[]) =>
      args.find((argument): argument is () => void => typeof argument === 'function')?.();
    response.write = (...args: unknown[]) => {
      take(args[0], args[1]);
      call(...args);
      return true;
    };
    response.end = (...args: unknown[]) => {
      take(args[0], args[1]);
      call(...args);
      Object.defineProperty(response, 'writableFinished', { value: true });
      response.emit('finish');
      response.emit('close');
      resolve();
      return response;
    };
    response.flushHeaders = () => {};
  });
  const given: OutgoingHttpHeaders = {};
  response.writeHead = (status: number, ...more: unknown[]) => {
    response.statusCode = status;
    Object.assign(given, more.at(-1) instanceof Object ? more.at(-1) : {});
    return response;
  };
  await handler(request, response);
  await ended;
  const entries = Object.entries({ ...response.getHeaders(), ...given });
  const body = Buffer.concat(chunks);
  const isDocument = entries.some(
    ([name, value]) => name.toLowerCase() === 'content-type' && String(value).startsWith('text/html'),
  );
  return {
    status: response.statusCode,
    headers: Object.fromEntries(
      entries
        .filter(([name, value]) => value !== undefined && !ofTheConnection.has(name.toLowerCase()))
        .map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]),
    ),
    parts: cut(isDocument ? paintFirst(body, mark) : body, mark),
  };
}

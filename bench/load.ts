import { randomInt } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Shot {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
}

export interface Answered {
  status: number;
  body: Buffer;
}

/** What one connection does again and again. @returns what went wrong, in a word or two */
export type Work = (client: Client, connection: number) => Promise<string | undefined>;

export interface Load {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  /** How often the work was done well, and how often not, by reason. */
  count: number;
  failures: Record<string, number>;
}

const silenceMs = 30_000;

/** Kept connections to one server, each for one request at a time, as a proxy would hold them. */
export class Client {
  readonly #url: URL;
  readonly #connections: Connection[];

  private constructor(url: URL, connections: Connection[]) {
    this.#url = url;
    this.#connections = connections;
  }

  static async open(url: string, count: number): Promise<Client> {
    const address = new URL(url);
    const opened = Array.from({ length: count }, () => Connection.open(address));
    return new Client(address, await Promise.all(opened));
  }

  /** Sends on the connection with this number, which nobody else may be using; a closed one is opened again. */
  async send({ method, path, headers, body }: Shot, number: number): Promise<Answered> {
    const text = body === undefined ? '' : JSON.stringify(body);
    let head = `${method} ${path} HTTP/1.1\r\nHost: ${this.#url.host}\r\n`;
    for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
    if (text) head += `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`;
    let connection = this.#connections[number];
    if (!connection?.isOpen) {
      connection = await Connection.open(this.#url);
      this.#connections[number] = connection;
    }
    return connection.send(`${head}\r\n${text}`);
  }

  /** @throws Error for any answer but a good one */
  async json<Body>(shot: Shot, connection = 0): Promise<Body> {
    const { status, body } = await this.send(shot, connection);
    if (status >= 300)
      throw new Error(`${shot.method} ${shot.path}: ${status} ${body.toString().slice(0, 300)}`);
    return JSON.parse(body.toString());
  }

  /** Does `work` for each item, one at a time on every connection. */
  async each<Item>(items: Item[], work: (item: Item, connection: number) => Promise<unknown>): Promise<void> {
    const left = items.values();
    await Promise.all(
      this.#connections.map(async (_, connection) => {
        for (const item of left) await work(item, connection);
      }),
    );
  }

  [Symbol.dispose](): void {
    for (const connection of this.#connections) connection.close();
  }
}

/**
 * Requests and answers with known lengths on one socket, and nothing else of HTTP: the client of Node.js takes longer
 * over an answer than a server that has it in its cache, and would be what is measured.
 */
class Connection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: PromiseWithResolvers<Answered> | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('timeout', () => socket.destroy(new Error(`no answer within ${silenceMs / 1000} s`)));
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('the connection was closed')));
  }

  static open({ hostname, port }: URL): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname).once('error', reject);
      socket.once('connect', () => resolve(new Connection(socket.off('error', reject))));
    });
  }

  get isOpen(): boolean {
    return this.#socket.writable;
  }

  send(request: string): Promise<Answered> {
    this.#waiting = Promise.withResolvers();
    // Only while an answer is due: until then a connection may be silent for as long as the server bears it.
    this.#socket.setTimeout(silenceMs);
    this.#socket.write(request);
    return this.#waiting.promise;
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #receive(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#received.toString('latin1', 0, end);
    const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
    const status = Number(head.slice(9, 12));
    if (length === undefined && status !== 204) {
      this.#socket.destroy(new Error(`an answer without a length: ${head}`));
      return;
    }
    const total = end + 4 + Number(length ?? 0);
    if (this.#received.length < total) return;
    const body = this.#received.subarray(end + 4, total);
    this.#received = this.#received.subarray(total);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#socket.setTimeout(0);
    waiting?.resolve({ status, body });
  }
}

/** A closed loop: every connection does `work` again as soon as it is done, until the time is over. */
export async function load(client: Client, connections: number, seconds: number, work: Work): Promise<Load> {
  const times: number[] = [];
  const failures: Record<string, number> = {};
  const started = performance.now();
  const until = started + seconds * 1000;
  const repeat = async (connection: number) => {
    for (let began = started; began < until; began = performance.now()) {
      const failure = await work(client, connection);
      if (failure === undefined) times.push(performance.now() - began);
      else failures[failure] = (failures[failure] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, connection) => repeat(connection)));
  const elapsed = (performance.now() - started) / 1000;
  return { perSecond: times.length / elapsed, ...percentiles(times), count: times.length, failures };
}

export function percentiles(times: number[]): Pick<Load, 'p50' | 'p95' | 'p99'> {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** What went wrong, where the status is not the one that is hoped for. */
export function failureOf({ status, body }: Answered, hoped: number): string | undefined {
  if (status === hoped) return undefined;
  const [, code] = /"code":"([^"]+)"/.exec(body.toString()) ?? [];
  return `${status} ${code ?? ''}`.trim();
}

export function pick<Item>(items: readonly Item[]): Item {
  return items[randomInt(items.length)] as Item;
}

import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

const windowMs = 60_000;
const manyClients = 100_000;

/** Counts what each client makes us work on, by the minute. */
export class Turnstile {
  readonly #limit: number;
  readonly #now: () => number;
  readonly #counts = new Map<string, number>();
  #since = Number.NEGATIVE_INFINITY;

  /** @param limit requests a minute; 0 for none */
  constructor(limit: number, now: () => number = () => performance.now()) {
    this.#limit = limit;
    this.#now = now;
  }

  /** @returns for how many seconds the client is to stay away; 0 when it may come in */
  enter(client: string): number {
    if (this.#limit === 0) return 0;
    const now = this.#now();
    // Whoever makes up addresses must not fill the memory; then all begin anew.
    if (now - this.#since >= windowMs || this.#counts.size >= manyClients) {
      this.#counts.clear();
      this.#since = now;
    }
    const count = (this.#counts.get(client) ?? 0) + 1;
    this.#counts.set(client, count);
    return count <= this.#limit ? 0 : Math.max(1, Math.ceil((this.#since + windowMs - now) / 1000));
  }
}

/** Who a request comes from: who connected, or whom a proxy that is trusted names. */
export class Clients {
  readonly #proxies = new BlockList();

  /** @throws Error for what is no address or CIDR block */
  constructor(trusted: string[]) {
    for (const range of trusted) {
      if (range === 'loopback') {
        this.#proxies.addSubnet('127.0.0.0', 8, 'ipv4');
        this.#proxies.addAddress('::1', 'ipv6');
        continue;
      }
      const [address = '', bits] = range.split('/');
      const version = isIP(address);
      if (version === 0) throw new Error(`"${range}" is not an IP address or CIDR block`);
      this.#proxies.addSubnet(address, Number(bits ?? (version === 4 ? 32 : 128)), `ipv${version as 4 | 6}`);
    }
  }

  /** An IPv6 customer holds a whole /64 network and is counted by that. */
  of({ headers, socket }: IncomingMessage): string {
    const hops = [...String(headers['x-forwarded-for'] ?? '').split(','), socket.remoteAddress ?? '']
      .map((hop) => hop.trim().replace(/^::ffff:(?=[0-9.]+$)/, ''))
      .filter((hop) => isIP(hop) !== 0);
    let client = hops.pop() ?? '';
    while (hops.length > 0 && this.#trusts(client)) client = hops.pop() as string;
    return isIP(client) === 6 ? client.split(':').slice(0, 4).join(':') : client;
  }

  #trusts(address: string): boolean {
    return this.#proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
}

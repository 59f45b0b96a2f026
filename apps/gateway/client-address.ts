import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** IP ranges: addresses, CIDR blocks, or the names `loopback` and `private`. */
export class AddressRanges {
  readonly #blocks = new BlockList();
  readonly isEmpty: boolean;

  /** @throws Error for what is none of these */
  constructor(ranges: readonly string[]) {
    this.isEmpty = ranges.length === 0;
    for (const range of ranges.flatMap((range) => named[range] ?? [range])) {
      const [address = '', bits, ...more] = range.split('/');
      const family = familyOf(address);
      const longest = family === 'ipv4' ? 32 : 128;
      const prefix = bits === undefined ? longest : /^[0-9]{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
      if (!family || more.length > 0 || !(prefix <= longest)) {
        throw new Error(`"${range}" is not an IP address or CIDR block`);
      }
      this.#blocks.addSubnet(address, prefix, family);
    }
  }

  has(address: string): boolean {
    const family = familyOf(address);
    return family !== undefined && this.#blocks.check(address, family);
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined;
}

const named: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

export interface Client {
  address: string;
  /** The request came to the first trusted proxy, or to us, over TLS. */
  secure: boolean;
  /** Somebody we do not trust claims to forward for another. */
  forwarded: boolean;
  /** The storefront asks for this client: it counts pages itself, and one page is many requests here. */
  storefront: boolean;
}

/** Knows the storefront by the key that it was given. */
export class StorefrontKey {
  readonly #digest: Buffer | undefined;

  constructor(key: string | undefined) {
    this.#digest = key ? sha256(key) : undefined;
  }

  isCarriedBy({ headers }: IncomingMessage): boolean {
    const given = headers['pasar-storefront-key'];
    return typeof given === 'string' && !!this.#digest && timingSafeEqual(sha256(given), this.#digest);
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Who the request comes from: the last address of X-Forwarded-For that is not a trusted proxy's. Whatever stands left
 * of it is the client's own word and worth nothing.
 */
export function readClient(
  request: IncomingMessage,
  trusted: AddressRanges,
  storefrontKey?: StorefrontKey,
): Client {
  const peer = plain(request.socket.remoteAddress ?? '');
  const storefront = storefrontKey?.isCarriedBy(request) ?? false;
  const forwardedFor = request.headers['x-forwarded-for'];
  if (forwardedFor === undefined) return { address: peer, secure: false, forwarded: false, storefront };
  if (!storefront && !trusted.has(peer)) return { address: peer, secure: false, forwarded: true, storefront };
  const secure = request.headers['x-forwarded-proto'] === 'https';
  const hops = String(forwardedFor)
    .split(',', 32)
    .map((hop) => hop.trim());
  let address = peer;
  for (const hop of hops.reverse()) {
    if (!isIP(hop)) break;
    address = plain(hop);
    if (!trusted.has(address)) break;
  }
  return { address, secure, forwarded: false, storefront };
}

/** IPv4 without the IPv6 clothes that a dual-stack socket gives it. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}

/** What a guest's requests are counted under: the address, or the /64 network that an IPv6 customer holds whole. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [left = [], right = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

import type { IncomingHttpHeaders } from 'node:http';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that changes something comes from a page of ours. Browsers say so in a header that pages cannot
 * set; where they are too old for it, in the origin, which must then be ours. Who says neither is no browser of a
 * customer.
 * @param origin what the storefront is known as, such as `https://shop.example`
 */
export function isOwnRequest(
  method: string,
  headers: IncomingHttpHeaders,
  origin: string | undefined,
): boolean {
  if (safeMethods.has(method)) return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const from = headers.origin;
  if (from === undefined || !URL.canParse(from)) return false;
  return from === origin || new URL(from).host === headers.host;
}

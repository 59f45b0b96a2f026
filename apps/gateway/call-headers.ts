import { invalidField } from '@pasar/platform/errors';
import type { Endpoint } from './endpoint.js';
import type { Exchange } from './exchange.js';

/** What services are told of the HTTP request, beside who calls, and its name there. The rest stays at the edge. */
const forwarded = [
  ['accept-language', 'accept-language'],
  ['user-agent', 'user-agent'],
  // gRPC keeps the name above to itself, so only this one arrives everywhere.
  ['user-agent', 'pasar-user-agent'],
  ['webhook-id', 'webhook-id'],
  ['webhook-timestamp', 'webhook-timestamp'],
  ['webhook-signature', 'webhook-signature'],
  ['stripe-signature', 'stripe-signature'],
  ['accept', 'accept'],
  ['range', 'range'],
  ['if-range', 'if-range'],
  // Of tus 1.0.0.
  ['upload-length', 'upload-length'],
  ['upload-metadata', 'upload-metadata'],
  ['upload-offset', 'upload-offset'],
] as const;

/** More than any real one; gRPC limits all of them together. */
const maxLength = 1024;
const visible = /^[!-~]+$/;

/**
 * The headers of a call to a service.
 * @throws DomainError `request.invalid` for an Idempotency-Key or X-Cart-Token that cannot be one
 */
export function callHeaders(endpoint: Endpoint, { request, client, id }: Exchange): Record<string, string> {
  const { headers } = request;
  const result: Record<string, string> = { 'x-request-id': id, 'pasar-client-ip': client.address };
  if (headers.authorization !== undefined) result.authorization = headers.authorization;
  const key = headers['idempotency-key'];
  if (key !== undefined) {
    const text = requireVisible('Idempotency-Key', key, 200);
    if (endpoint.idempotentByKey) result['idempotency-key'] = text;
  }
  const cartToken = headers['x-cart-token'];
  if (cartToken !== undefined) result['x-cart-token'] = requireVisible('X-Cart-Token', cartToken, 128);
  for (const [outside, name] of forwarded) {
    const value = headers[outside];
    // A range is of a body, and a HEAD has none.
    if (name === 'range' && request.method !== 'GET') continue;
    // gRPC takes printable ASCII only.
    if (typeof value === 'string') result[name] = value.slice(0, maxLength).replace(/[^ -~]/g, '?');
  }
  return result;
}

function requireVisible(name: string, value: string | string[], max: number): string {
  if (typeof value === 'string' && value.length <= max && visible.test(value)) return value;
  throw invalidField(name, `The ${name} header must be 1 to ${max} visible ASCII characters.`);
}

/** What a service may say in HTTP headers: its name for it, and what the client sees. */
const answered = [
  ['pasar-cart-token', 'X-Cart-Token'],
  ['location', 'Location'],
  ['retry-after', 'Retry-After'],
  ['pasar-cache-control', 'Cache-Control'],
  ['pasar-vary', 'Vary'],
  ['content-disposition', 'Content-Disposition'],
  // gRPC keeps the plain name to itself.
  ['pasar-content-length', 'Content-Length'],
  ['pasar-content-range', 'Content-Range'],
  ['pasar-accept-ranges', 'Accept-Ranges'],
  ['pasar-etag', 'ETag'],
  ['tus-resumable', 'Tus-Resumable'],
  ['upload-expires', 'Upload-Expires'],
  ['upload-length', 'Upload-Length'],
  ['upload-offset', 'Upload-Offset'],
] as const;

export function answerHeaders(header: Headers): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, outside] of answered) {
    const value = header.get(name);
    if (value !== null) result[outside] = value;
  }
  return result;
}

/** Of a download in part: 206, or 416 where there is no such part. */
export function statusOf(header: Headers, usual: number): number {
  const status = Number(header.get('pasar-status'));
  return status === 206 || status === 416 ? status : usual;
}

/** The names of what an answer shows: `pasar-cache-tags`, separated by commas. */
export function tagNames(header: Headers): string[] {
  return (header.get('pasar-cache-tags') ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from './errors.js';

/**
 * Signatures of webhooks as Standard Webhooks 1.0 has them: HMAC-SHA-256 over `id.timestamp.body`, base64, in the header
 * `webhook-signature` as a list of `v1,<signature>`, so that secrets can be changed without losing any.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
const toleranceSeconds = 300;

/** @param secret `whsec_` and the key in base64 */
export function signWebhook(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000).toString();
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${digest(secret, id, timestamp, Buffer.from(body)).toString('base64')}`,
  };
}

/**
 * A webhook that is older than five minutes is refused too: it may be one that somebody recorded.
 * @param service of whom the error is: `payment` makes it `payment.bad_signature`
 * @throws DomainError
 */
export function verifyWebhook(
  service: string,
  secret: string,
  headers: Headers,
  body: Uint8Array,
  now: Date,
): void {
  const id = headers.get('webhook-id') ?? '';
  const timestamp = headers.get('webhook-timestamp') ?? '';
  const fresh =
    /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSeconds;
  if (!id || !fresh) throw badSignature(service);
  const expected = digest(secret, id, timestamp, body);
  const signatures = (headers.get('webhook-signature') ?? '')
    .split(' ')
    .filter((part) => part.startsWith('v1,'));
  // None is skipped, so that the time it takes tells nothing.
  const matches = signatures.map((part) => {
    const given = Buffer.from(part.slice(3), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!matches.includes(true)) throw badSignature(service);
}

function digest(secret: string, id: string, timestamp: string, body: Uint8Array): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

function badSignature(service: string): DomainError {
  return new DomainError(
    `${service}.bad_signature`,
    'unauthenticated',
    'The signature of the webhook is not valid.',
  );
}

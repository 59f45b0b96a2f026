import { codeAt, stepAt } from '../totp.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The secret of a TOTP as an authenticator app reads it (RFC 4648, 6). */
export function secretOf(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}

/** What the app shows. */
export function codeFor(secret: string, now: Date): string {
  return codeAt(secretOf(secret), stepAt(now));
}

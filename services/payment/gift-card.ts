import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: no letter looks like a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;

/** Eighty random bits, as people can read them out: `7Q2M-ZK4T-9XWB-HD3C`. */
export function newCode(): string {
  const letters = Array.from(randomBytes(length), (byte) => alphabet[byte % 32]).join('');
  return letters.replace(/.{4}(?=.)/g, '$&-');
}

/** What of a code is kept; undefined for what cannot be a code. */
export function hashCode(code: string): Buffer | undefined {
  const letters = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  if (letters.length !== length || [...letters].some((letter) => !alphabet.includes(letter)))
    return undefined;
  return createHash('sha256').update(letters).digest();
}

import { createHash, createHmac } from 'node:crypto';

/** Tokens are 256 random bits, so a plain hash is enough to keep: there is nothing to guess. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * The refresh token that follows a spent one. It takes the token itself, which only the client has, and the salt, which
 * only the database has, so that neither alone tells the next one; and whoever brings the spent one again gets the same.
 */
export function successorOf(token: string, salt: Buffer): string {
  return createHmac('sha256', token).update(salt).digest('base64url');
}

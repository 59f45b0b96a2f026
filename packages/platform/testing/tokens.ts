import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Jwk } from '../access-token.js';

export function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** Issues access tokens as the auth service does; claims and header can be bent for tests of bad ones. */
export class TokenIssuer {
  readonly jwk: Jwk;
  readonly #key: KeyObject;

  constructor(readonly kid = 'test-key') {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.jwk = { ...(publicKey.export({ format: 'jwk' }) as Jwk), kid, use: 'sig', alg: 'RS256' };
    this.#key = privateKey;
  }

  issue(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const head = encode({ alg: 'RS256', typ: 'at+jwt', kid: this.kid, ...header });
    const body = encode({
      iss: 'pasar',
      aud: 'pasar',
      iat: now,
      exp: now + 900,
      jti: crypto.randomUUID(),
      sid: 'session-1',
      sub: 'user-1',
      email: 'ayu@example.test',
      roles: ['CUSTOMER'],
      ...claims,
    });
    const signature = sign('sha256', Buffer.from(`${head}.${body}`), this.#key).toString('base64url');
    return `${head}.${body}.${signature}`;
  }
}

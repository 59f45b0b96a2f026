import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  type ECDH,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';

/** What a browser gave to be written to: base64url. */
export interface SubscriptionKeys {
  /** A public key, P-256. */
  p256dh: string;
  auth: string;
}

const recordSize = 4096;
/** That one record has room for, beside a delimiter and a tag. */
export const maxPayloadBytes = recordSize - 17;

/**
 * Encrypts for one subscription, in one record (RFC 8291, RFC 8188).
 * @throws Error when its key is no point of the curve
 */
export function encryptPush(
  { p256dh, auth }: SubscriptionKeys,
  text: Buffer,
  { own = newKeys(), salt = randomBytes(16) } = {},
): Buffer {
  const theirs = Buffer.from(p256dh, 'base64url');
  const ours = own.getPublicKey();
  const shared = own.computeSecret(theirs);
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours]);
  const secret = hkdf(shared, Buffer.from(auth, 'base64url'), about, 32);
  const key = hkdf(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = hkdf(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const header = Buffer.alloc(21);
  salt.copy(header);
  header.writeUInt32BE(recordSize, 16);
  header.writeUInt8(ours.length, 20);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // 2 ends the last record.
  const encrypted = [cipher.update(text), cipher.update(Buffer.from([2])), cipher.final()];
  return Buffer.concat([header, ours, ...encrypted, cipher.getAuthTag()]);
}

function newKeys(): ECDH {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  return keys;
}

function hkdf(secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length));
}

/** Whether a public key can be encrypted for. */
export function isPublicKey(p256dh: string): boolean {
  try {
    newKeys().computeSecret(Buffer.from(p256dh, 'base64url'));
    return true;
  } catch {
    return false;
  }
}

const tokenSeconds = 12 * 3600;

/** Says to push services who sends (VAPID, RFC 8292). */
export class Vapid {
  /** What browsers subscribe with: base64url. */
  readonly publicKey: string;
  readonly #key: KeyObject;
  readonly #subject: string;

  /** @param privateKey 32 bytes, base64url. @param subject `mailto:…` or `https://…`. @throws Error when it is no key */
  constructor(privateKey: string, subject: string) {
    const keys = createECDH('prime256v1');
    keys.setPrivateKey(Buffer.from(privateKey, 'base64url'));
    const point = keys.getPublicKey();
    this.publicKey = point.toString('base64url');
    this.#subject = subject;
    this.#key = createPrivateKey({
      key: {
        ...{ kty: 'EC', crv: 'P-256', d: keys.getPrivateKey('base64url') },
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
      format: 'jwk',
    });
  }

  /** The header `Authorization` for one push service. */
  authorization(endpoint: string, now: Date): string {
    const part = (facts: object) => Buffer.from(JSON.stringify(facts)).toString('base64url');
    const exp = Math.floor(now.getTime() / 1000) + tokenSeconds;
    const claims = { aud: new URL(endpoint).origin, exp, sub: this.#subject };
    const text = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
    const signature = sign('sha256', Buffer.from(text), { key: this.#key, dsaEncoding: 'ieee-p1363' });
    return `vapid t=${text}.${signature.toString('base64url')}, k=${this.publicKey}`;
  }
}

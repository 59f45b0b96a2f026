import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** The setting PASAR_SECRET_KEY. */
export const secretKey = z
  .string({ error: 'must be set: 32 random bytes or more as base64, e.g. from `openssl rand -base64 32`' })
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length >= 32, 'must be 32 random bytes or more as base64');

/**
 * Encrypts secrets at rest with AES-256-GCM under a key that is derived (HKDF, RFC 5869) from PASAR_SECRET_KEY, another
 * one for each purpose. The label is bound to the text, so that one row's secret cannot stand in for another's.
 */
export class Safe {
  readonly #key: Buffer;

  constructor(secret: Buffer, purpose: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  }

  /** @returns nonce, tag and ciphertext in one */
  seal(text: Buffer, label: string): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(label));
    const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was sealed under another secret or label, or was changed */
  open(sealed: Buffer, label: string): Buffer {
    const cipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, 12))
      .setAAD(Buffer.from(label))
      .setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([cipher.update(sealed.subarray(28)), cipher.final()]);
  }
}

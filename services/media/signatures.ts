import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { DomainError } from '@pasar/platform/errors';
import { MediaConfig } from './config.js';

export type Permission = 'upload' | 'download';

/** Tokens that carry a permission for one file until a time: whoever has one needs no account. */
@Injectable()
export class Signatures {
  readonly #key: Buffer;

  constructor(
    config: MediaConfig,
    private readonly clock: Clock,
  ) {
    this.#key = Buffer.from(hkdfSync('sha256', config.secretKey, '', 'pasar media addresses', 32));
  }

  sign(permission: Permission, id: string, until: Date): string {
    const seconds = Math.ceil(until.getTime() / 1000);
    return `${seconds}.${this.#macOf(permission, id, seconds).toString('base64url')}`;
  }

  /** @throws DomainError `media.token_refused` */
  check(permission: Permission, id: string, token: string): void {
    const [, seconds, mac] = /^(\d{1,12})\.([\w-]{43})$/.exec(token) ?? [];
    const isTrue =
      seconds !== undefined &&
      mac !== undefined &&
      timingSafeEqual(Buffer.from(mac, 'base64url'), this.#macOf(permission, id, Number(seconds))) &&
      Number(seconds) * 1000 > this.clock.now().getTime();
    if (isTrue) return;
    throw new DomainError('media.token_refused', 'forbidden', 'This address is not valid, or not any more.');
  }

  #macOf(permission: Permission, id: string, seconds: number): Buffer {
    return createHmac('sha256', this.#key).update(`${permission}\n${id.toLowerCase()}\n${seconds}`).digest();
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto';

/** What authenticator apps take for granted (RFC 6238 with its defaults). */
const stepSeconds = 30;
const digits = 6;
/** Steps before and after the present one whose code is taken: clocks differ, and people type slowly. */
const drift = 1;

/** The code of a step (RFC 4226, 5.3). */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) as number) & 0xf;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / 1000 / stepSeconds);
}

/** The step around now that the code belongs to, if it is after `lastStep`: a code that was used is used up. */
export function matchStep(secret: Buffer, code: string, now: Date, lastStep: number): number | undefined {
  const present = stepAt(now);
  let found: number | undefined;
  for (let step = present - drift; step <= present + drift; step++) {
    const matches = timingSafeEqual(
      Buffer.from(codeAt(secret, step)),
      Buffer.from(code.padEnd(digits).slice(0, digits)),
    );
    if (matches && step > lastStep) found ??= step;
  }
  return found;
}

/** What an authenticator app reads from a QR code. */
export function otpauthUri(secret: Buffer, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const facts = `secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
  return `otpauth://totp/${label}?${facts}&algorithm=SHA1&digits=${digits}&period=${stepSeconds}`;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, 6, without padding. */
export function base32(bytes: Buffer): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const length = Math.ceil((bytes.length * 8) / 5);
  bits <<= BigInt(length * 5 - bytes.length * 8);
  return Array.from(
    { length },
    (_, at) => alphabet[Number((bits >> BigInt((length - 1 - at) * 5)) & 31n)],
  ).join('');
}

/** 80 random bits as a person types them: `abcd-efgh-ijkl-mnop`. */
export function recoveryCode(random: Buffer): string {
  return base32(random.subarray(0, 10))
    .toLowerCase()
    .replace(/(.{4})(?=.)/g, '$1-');
}

/** The same code however it was typed. */
export function normaliseRecoveryCode(typed: string): string {
  return typed
    .toLowerCase()
    .replace(/[^a-z2-7]/g, '')
    .replace(/(.{4})(?=.)/g, '$1-');
}

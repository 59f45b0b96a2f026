import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MediaService } from '@pasar/contracts/pasar/media/v1/media_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { TestClock } from '@pasar/platform/clock';
import { fromRpcError } from '@pasar/platform/errors';
import type { Probe } from '@pasar/platform/probe';
import { issuer } from '@pasar/platform/testing/network';
import { startTestService } from '@pasar/platform/testing/service';
import sharp from 'sharp';
import { vi } from 'vitest';
import { mediaService } from './media.module.js';
import { Storage } from './storage.js';

export const clock = new TestClock();

export async function startMedia(
  options: { probe?: Probe; background?: boolean; environment?: Record<string, string> } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'pasar-media-'));
  const test = await startTestService(mediaService, {
    clock,
    ...options,
    environment: {
      PASAR_MEDIA_DIR: folder,
      PASAR_SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
      PASAR_MEDIA_QUOTA_BYTES: '4000000',
      ...options.environment,
    },
  });
  return {
    test,
    media: test.client(MediaService),
    storage: test.service.get(Storage),
    /** Every file there is, by the last part of its key. */
    files: async () => {
      const listed = await test.service.get(Storage).list('', 10_000);
      return listed.map(({ key }) => key);
    },
    async close() {
      await test.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A picture of clouds, about as large as pictures are. */
export function imageOf(
  width: number,
  height: number,
  format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' = 'jpeg',
): Promise<Buffer> {
  const pixels = noise(width * height * 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .blur(2)
    .toFormat(format, { effort: 1 } as never)
    .toBuffer();
}

/** A box of an MP4 file. */
export function boxOf(type: string, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** An MP4 file without a frame, whose track says that it is so large; turned as telephones do that are held upright. */
export function videoOf(
  width: number,
  height: number,
  { turned = false, handler = 'vide', frames = noise(2000), more = Buffer.alloc(0) } = {},
): Buffer {
  const header = Buffer.alloc(84);
  const matrix = turned
    ? [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000]
    : [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];
  for (const [index, value] of matrix.entries()) header.writeInt32BE(value, 40 + index * 4);
  header.writeUInt16BE(width, 76);
  header.writeUInt16BE(height, 80);
  const media = boxOf('mdia', boxOf('hdlr', Buffer.alloc(8), handler, Buffer.alloc(13)));
  const track = boxOf('trak', boxOf('tkhd', header), media);
  const movie = boxOf('moov', boxOf('mvhd', Buffer.alloc(100)), track, more);
  return Buffer.concat([boxOf('ftyp', 'isom\0\0\x02\0isommp41'), movie, boxOf('mdat', frames)]);
}

export function noise(size: number): Buffer {
  return randomBytes(size);
}

/** Somebody whose access token outlives every move of the clock. */
export function newUser(role = Role.CUSTOMER) {
  const id = clock.id();
  const token = issuer.issue({
    sub: id,
    roles: [Role[role]],
    exp: Math.floor(Date.now() / 1000) + 10_000_000,
  });
  return { id, options: { headers: { authorization: `Bearer ${token}` } } };
}

export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => fromRpcError(error).code,
  );
}

/** Waits until a check no longer throws, however busy the machine is. */
export function eventually<Result>(check: () => Result): Promise<Awaited<Result>> {
  return vi.waitFor(check, { timeout: 20_000, interval: 20 }) as Promise<Awaited<Result>>;
}

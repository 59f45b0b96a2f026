import { promisify } from 'node:util';
import { constants, crc32, createDeflateRaw } from 'node:zlib';
import type { Page } from './page-cache.js';

/** Deflate, no name, no time, whatever system (RFC 1952, 2.3). */
const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** The last block, with nothing in it. */
const end = Buffer.from([3, 0]);
const compressed = new WeakMap<Page, Promise<Buffer[]>>();

/**
 * A cached page with a nonce between its parts, as gzip. The page is compressed once; an answer costs a copy and a
 * checksum. That works because parts end on a byte (a sync flush), so a nonce can stand between them in a block of its
 * own, stored as it is (RFC 1951, 3.2.4).
 * @param nonce of the same length each time: parts look back over it at what is before
 */
export async function joinGzipped(page: Page, nonce: Buffer): Promise<Buffer> {
  let parts = compressed.get(page);
  if (!parts) {
    parts = compress(page.parts, nonce.length);
    compressed.set(page, parts);
  }
  const between = stored(nonce);
  const chunks: Buffer[] = [head];
  for (const [index, part] of (await parts).entries()) {
    if (index > 0) chunks.push(between);
    chunks.push(part);
  }
  let sum = 0;
  let length = 0;
  for (const [index, part] of page.parts.entries()) {
    if (index > 0) sum = crc32(nonce, sum);
    sum = crc32(part, sum);
    length += part.length + (index > 0 ? nonce.length : 0);
  }
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(sum, 0);
  tail.writeUInt32LE(length >>> 0, 4);
  return Buffer.concat([...chunks, end, tail]);
}

/** With bytes where the nonces go that no text has, so that nothing is taken to be like a nonce; these are left out. */
async function compress(parts: Buffer[], gap: number): Promise<Buffer[]> {
  const stream = createDeflateRaw({ level: 6 });
  const flush = promisify((kind: number, done: () => void) => stream.flush(kind, done));
  const piece = async (bytes: Buffer) => {
    stream.write(bytes);
    await flush(constants.Z_SYNC_FLUSH);
    const chunks: Buffer[] = [];
    for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const nowhereInText = Buffer.alloc(gap, 0xff);
  const pieces: Buffer[] = [];
  for (const part of parts) {
    if (pieces.length > 0) await piece(nowhereInText);
    pieces.push(await piece(part));
  }
  stream.close();
  return pieces;
}

function stored(bytes: Buffer): Buffer {
  const block = Buffer.alloc(5 + bytes.length);
  block.writeUInt16LE(bytes.length, 1);
  block.writeUInt16LE(~bytes.length & 0xffff, 3);
  bytes.copy(block, 5);
  return block;
}

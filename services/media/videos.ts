import { refuse } from './media.js';

export const mp4 = 'video/mp4';

/** A box of an MP4 file (ISO/IEC 14496-12, 4.2): where it begins, where what it holds begins, and where it ends. */
interface Box {
  type: string;
  start: number;
  from: number;
  to: number;
}

/** Boxes that hold others on the way to what is looked for. */
const containers = new Set(['moov', 'trak', 'mdia']);
/** What says where, when and with what a video was made, and whatever else somebody put there. */
const facts = new Set(['udta', 'meta', 'uuid']);
const maxBoxes = 10_000;

/**
 * How large a video is on a screen, upright. Its boxes have to fill the file exactly, so that nothing is behind them.
 * @throws DomainError `media.broken` when it is cut off, or has no picture
 */
export function measureVideo(bytes: Buffer): { width: number; height: number } {
  // All of the file is gone through before anything is said of it.
  const tracks = [...walk(bytes)].filter(({ type }) => type === 'trak');
  for (const track of tracks) {
    const inside = [...walk(bytes, track)];
    const handler = inside.find(({ type }) => type === 'hdlr');
    if (!handler || bytes.toString('latin1', handler.from + 8, handler.from + 12) !== 'vide') continue;
    const header = inside.find(({ type }) => type === 'tkhd');
    if (!header || header.to - header.from < 84) throw broken();
    // At its end: a matrix of nine numbers, width and height, in 16.16.
    const [width, height] = [bytes.readUInt16BE(header.to - 8), bytes.readUInt16BE(header.to - 4)];
    const isTurned = bytes.readInt32BE(header.to - 44) === 0 && bytes.readInt32BE(header.to - 40) !== 0;
    if (width === 0 || height === 0) throw broken();
    return isTurned ? { width: height, height: width } : { width, height };
  }
  throw broken();
}

/** Takes out, in place, where a video was taken and by whom: those boxes become free space, and all others stay where they are. */
export function forgetOrigin(bytes: Buffer): void {
  const named = [...walk(bytes)].filter(({ type }) => facts.has(type));
  for (const { start, from, to } of named) {
    bytes.write('free', start + 4, 'latin1');
    bytes.fill(0, from, to);
  }
}

/** Every box of the file or of a box, and those in the containers among them. */
function* walk(
  bytes: Buffer,
  { from, to }: Pick<Box, 'from' | 'to'> = { from: 0, to: bytes.length },
  budget = { left: maxBoxes },
  depth = 0,
): Generator<Box> {
  for (let start = from; start < to; ) {
    if (to - start < 8 || budget.left-- === 0) throw broken();
    const type = bytes.toString('latin1', start + 4, start + 8);
    const short = bytes.readUInt32BE(start);
    const isLong = short === 1;
    if (isLong && to - start < 16) throw broken();
    // The last box of a file may leave its size out.
    const size = isLong ? Number(bytes.readBigUInt64BE(start + 8)) : short === 0 ? to - start : short;
    const box = { type, start, from: start + (isLong ? 16 : 8), to: start + size };
    if (box.to > to || box.to < box.from || (short === 0 && to !== bytes.length)) throw broken();
    yield box;
    if (containers.has(type) && depth < containers.size) yield* walk(bytes, box, budget, depth + 1);
    start = box.to;
  }
}

function broken() {
  return refuse('broken', 'This video cannot be read: it is damaged, or not what it seems to be.');
}

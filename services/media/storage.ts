import type { Span } from './range.js';

/** A file in the storage. */
export interface StoredFile {
  key: string;
  size: number;
  modifiedAt: Date;
}

export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Where the bytes are. Keys are parts of letters, digits, `.`, `-` and `_`, joined by `/`; a file is written whole or not
 * at all, and the last of two who write one key wins. One conformance suite runs against every adapter.
 */
export abstract class Storage {
  abstract write(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes in order, which have to be read; of a part of the file only those. Undefined when there is no such file. */
  abstract read(key: string, part?: Span): Promise<{ size: number; bytes: Bytes } | undefined>;
  /** What is not there is passed over. */
  abstract remove(keys: string[]): Promise<void>;
  /** Files in the order of their keys, those after `after`. */
  abstract list(after: string, limit: number): Promise<StoredFile[]>;
}

const sane = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){0,7}$/;

/** @throws Error for a key that no adapter takes: it could leave the folder, or mean another file elsewhere */
export function checkKey(key: string): void {
  if (!sane.test(key)) throw new Error(`${JSON.stringify(key)} is no key of a stored file`);
}

export async function readWhole(storage: Storage, key: string): Promise<Buffer | undefined> {
  const found = await storage.read(key);
  if (!found) return undefined;
  const parts: Uint8Array[] = [];
  for await (const part of found.bytes) parts.push(part);
  return Buffer.concat(parts, found.size);
}

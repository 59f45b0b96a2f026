import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Span } from '../range.js';
import { type Bytes, checkKey, Storage, type StoredFile } from '../storage.js';

const pieceBytes = 256 * 1024;
/** Files under way; a key cannot begin like this. */
const underWay = '.writing-';

/** Files in a folder. Processes on several machines need a folder that all of them see, such as NFS. */
export class DiskStorage extends Storage {
  constructor(private readonly root: string) {
    super();
  }

  override async write(key: string, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(key);
    const folder = dirname(path);
    const temporary = join(folder, `${underWay}${randomUUID()}`);
    // A folder that was just emptied may be taken away in between.
    for (let attempt = 1; ; attempt++) {
      await mkdir(folder, { recursive: true });
      try {
        const file = await open(temporary, 'wx');
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, path);
        return;
      } catch (error) {
        await rm(temporary, { force: true });
        if (!isMissing(error) || attempt === 5) throw error;
      }
    }
  }

  override async read(key: string, part?: Span): Promise<{ size: number; bytes: Bytes } | undefined> {
    const file = await open(this.#pathOf(key)).catch(unlessMissing);
    if (!file) return undefined;
    const { size } = await file.stat();
    if (part) {
      const { first: start, last: end } = part;
      return { size, bytes: file.createReadStream({ highWaterMark: pieceBytes, start, end }) };
    }
    if (size > pieceBytes) return { size, bytes: file.createReadStream({ highWaterMark: pieceBytes }) };
    // Nearly every rendition: a stream would cost more than all the rest.
    try {
      return { size, bytes: [await file.readFile()] };
    } finally {
      await file.close();
    }
  }

  override async remove(keys: string[]): Promise<void> {
    for (const key of keys) await rm(this.#pathOf(key), { force: true });
  }

  override async list(after: string, limit: number): Promise<StoredFile[]> {
    const found: StoredFile[] = [];
    for await (const key of this.#walk('', after)) {
      const facts = await stat(this.#pathOf(key)).catch(unlessMissing);
      if (facts) found.push({ key, size: facts.size, modifiedAt: facts.mtime });
      if (found.length === limit) break;
    }
    return found;
  }

  /** Keys after one, in order; whole folders before it are not opened. */
  async *#walk(folder: string, after: string): AsyncGenerator<string> {
    const entries = await readdir(join(this.root, folder), { withFileTypes: true }).catch(unlessMissing);
    // As keys are compared: a folder by its name with the slash that follows.
    const named = (entries ?? [])
      .filter(({ name }) => !name.startsWith('.'))
      .map((entry) => ({
        isFolder: entry.isDirectory(),
        key: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const { isFolder, key } of named) {
      if (!isFolder && key > after) yield key;
      if (isFolder && (key > after || after.startsWith(key))) yield* this.#walk(key, after);
    }
  }

  #pathOf(key: string): string {
    checkKey(key);
    return join(this.root, key);
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function unlessMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}

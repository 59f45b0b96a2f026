import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { readWhole, type Storage } from './storage.js';

/** What every storage does. @param open a storage that is empty under `folder` */
export function describeStorage(open: () => Storage): void {
  const folder = () => `spec/${randomUUID()}`;
  const listAll = async (storage: Storage, prefix: string, limit: number) => {
    const keys: string[] = [];
    for (let after = prefix; ; ) {
      const page = await storage.list(after, limit);
      keys.push(...page.map(({ key }) => key));
      const last = page.at(-1);
      if (!last || page.length < limit) return keys.filter((key) => key.startsWith(prefix));
      after = last.key;
    }
  };

  it('gives back what was written', async () => {
    const storage = open();
    const key = `${folder()}/a.bin`;
    for (const size of [0, 1, 1000, 3_000_000]) {
      const bytes = randomBytes(size);
      await storage.write(key, bytes);
      expect((await readWhole(storage, key))?.equals(bytes)).toBe(true);
      expect(await storage.list(key.slice(0, -1), 1)).toMatchObject([{ key, size }]);
    }
  });

  it('gives a part of what was written', async () => {
    const storage = open();
    const key = `${folder()}/a.bin`;
    const bytes = randomBytes(700_000);
    await storage.write(key, bytes);
    for (const [first, last] of [
      [0, 0],
      [5, 10],
      [1, 600_000],
      [699_999, 699_999],
    ] as const) {
      const parts: Uint8Array[] = [];
      const found = await storage.read(key, { first, last });
      for await (const part of found?.bytes ?? []) parts.push(part);
      expect(found?.size).toBe(bytes.length);
      expect(Buffer.concat(parts).equals(bytes.subarray(first, last + 1))).toBe(true);
    }
    expect(await storage.read(`${key}x`, { first: 0, last: 1 })).toBeUndefined();
  });

  it('has nothing that was not written or was removed', async () => {
    const storage = open();
    const [a, b] = [`${folder()}/a`, `${folder()}/b`];
    expect(await storage.read(a)).toBeUndefined();
    await storage.write(a, Buffer.from('a'));
    await storage.remove([a, b, a]);
    expect(await storage.read(a)).toBeUndefined();
    await storage.write(a, Buffer.from('again'));
    expect(await readWhole(storage, a)).toEqual(Buffer.from('again'));
  });

  it('is written whole by one of many', async () => {
    const storage = open();
    const key = `${folder()}/a`;
    const versions = Array.from({ length: 12 }, (_, n) => Buffer.alloc(200_000 + n, n));
    const seen: (Buffer | undefined)[] = [];
    await Promise.all(
      versions.map(async (bytes) => {
        await storage.write(key, bytes);
        seen.push(await readWhole(storage, key));
      }),
    );
    for (const bytes of seen) expect(versions.some((version) => bytes?.equals(version))).toBe(true);
  });

  it('keeps what is being read while it is removed or replaced', async () => {
    const storage = open();
    const key = `${folder()}/a`;
    const bytes = randomBytes(2_000_000);
    await storage.write(key, bytes);
    const found = await storage.read(key);
    await storage.write(key, Buffer.from('other'));
    await storage.remove([key]);
    const parts: Uint8Array[] = [];
    for await (const part of found?.bytes ?? []) parts.push(part);
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  });

  it('lists files in the order of their keys, page by page', async () => {
    const storage = open();
    const prefix = folder();
    const keys = ['a', 'a-b', 'a.b', 'a/x', 'ab/y', 'b/c/d', 'b/c/e', 'z'].map((name) => `${prefix}-${name}`);
    for (const key of keys.toReversed()) {
      // A file and a folder of one name is no key that anybody needs.
      if (key !== `${prefix}-a`) await storage.write(key, Buffer.from(key));
    }
    const wanted = keys.filter((key) => key !== `${prefix}-a`).sort();
    for (const limit of [1, 3, 100]) expect(await listAll(storage, prefix, limit)).toEqual(wanted);
    const [first] = await storage.list(`${prefix}-`, 1);
    expect(first).toMatchObject({ key: wanted[0], size: Buffer.byteLength(wanted[0] as string) });
    expect(Math.abs(Date.now() - (first?.modifiedAt.getTime() ?? 0))).toBeLessThan(60_000);
  });

  it.each(['', '/', '../x', 'a/../../x', '/etc/passwd', 'a//b', 'a/', '.hidden', 'a/.b', 'a\0b', 'a b', 'ä'])(
    'refuses %j for a key',
    async (key) => {
      const storage = open();
      await expect(storage.write(key, Buffer.from('x'))).rejects.toThrow('is no key');
      await expect(storage.read(key)).rejects.toThrow('is no key');
      await expect(storage.remove([key])).rejects.toThrow('is no key');
    },
  );
}

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeStorage } from '../storage-conformance.js';
import { DiskStorage } from './disk.js';

const folder = mkdtempSync(join(tmpdir(), 'pasar-disk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the disk as storage', () => {
  describeStorage(() => new DiskStorage(folder));

  it('leaves nothing of a file that could not be written', async () => {
    const storage = new DiskStorage(folder);
    const key = 'spec/taken';
    await storage.write(`${key}/inside`, Buffer.from('x'));
    // A folder is where the file should be.
    await expect(storage.write(key, Buffer.from('y'))).rejects.toThrow();
    expect(readdirSync(join(folder, 'spec')).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

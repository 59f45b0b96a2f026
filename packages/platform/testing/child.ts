import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process that a spec runs beside itself, in order to kill it. */
export interface Child {
  readonly process: ChildProcess;
  /** What it sent, in order. */
  readonly messages: unknown[];
  send(message: string): void;
  /** As `kill -9`. */
  kill(): Promise<void>;
}

/** Runs a module's source in a process of its own, until it ends or is killed. */
export function spawnChild(module: URL, args: string[]): Child {
  const hooks = new URL('./source-hooks.mjs', import.meta.url).href;
  const child = fork(fileURLToPath(module), args, {
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      '--experimental-transform-types',
      '--conditions=source',
      `--import=${hooks}`,
    ],
  });
  const messages: unknown[] = [];
  child.on('message', (message) => messages.push(message));
  return {
    process: child,
    messages,
    send: (message) => child.send(message),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}

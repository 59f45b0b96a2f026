import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { ConfigError, type Environment } from '@pasar/platform/config';
import { packageResource } from '@pasar/platform/resource';
import { StorefrontConfig } from '@pasar/storefront/config';
import type { Go, Progress } from '@pasar/storefront/main';

const program = resolve(packageResource(import.meta.url, '.'), '../storefront/server/dist/main.js');
/** Of our settings it gets these: it faces the world, and needs no secret but its own. */
const known = new Set(Object.values(StorefrontConfig.shape).map(({ name }) => name));

/** The storefront as a process of its own: it shares nothing with this one but the API. */
export class Storefront {
  readonly #environment: Environment;
  readonly #said: (line: string) => void;
  #child: ChildProcess;
  #apiUrl: string | undefined;
  #leaving = false;

  private constructor(environment: Environment, said: (line: string) => void) {
    this.#environment = environment;
    this.#said = said;
    this.#child = this.#spawn(environment);
  }

  /** @throws ConfigError when it cannot have its port */
  static async start(environment: Environment, said: (line: string) => void): Promise<Storefront> {
    const storefront = new Storefront(environment, said);
    storefront.url = await storefront.#listening();
    return storefront;
  }

  /** Where customers reach it. */
  url = '';

  /** From now on it makes pages. Before that it asks visitors to wait, so that the API starts undisturbed. */
  async open(apiUrl: string): Promise<void> {
    this.#apiUrl = apiUrl;
    const shopUrl = this.#environment.PASAR_SHOP_URL ?? this.url;
    this.#child.send({ apiUrl, shopUrl } satisfies Go);
    await told(this.#child, 'ready');
    this.#child.once('exit', () => void this.#begin());
  }

  async stop(): Promise<void> {
    this.#leaving = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    await exit;
  }

  /** It may fail; the API goes on, and the shop opens again. */
  async #begin(): Promise<void> {
    while (!this.#leaving) {
      this.#said('The storefront ended unexpectedly and is started again.');
      try {
        // Where it was, and nowhere else: customers and links in messages know that address.
        const { port } = new URL(this.url);
        this.#child = this.#spawn({ ...this.#environment, PASAR_STOREFRONT_PORT: port });
        await this.#listening();
        return await this.open(this.#apiUrl as string);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }

  #spawn(environment: Environment): ChildProcess {
    const isForIt = (name: string) => !name.startsWith('PASAR_') || known.has(name);
    const env = Object.fromEntries(Object.entries(environment).filter(([name]) => isForIt(name)));
    // Next.js tells of itself on its standard output.
    return fork(program, {
      env: { ...env, NODE_OPTIONS: '' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  async #listening(): Promise<string> {
    const { listening } = await told(this.#child, 'listening');
    return listening;
  }
}

/** @throws ConfigError when it ends before it says that; what is wrong it has said by then */
function told<Key extends 'listening' | 'ready'>(
  child: ChildProcess,
  key: Key,
): Promise<Extract<Progress, Record<Key, unknown>>> {
  return new Promise((resolve, reject) => {
    const onMessage = (progress: Progress) => {
      if (!(key in progress)) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(progress as Extract<Progress, Record<Key, unknown>>);
    };
    const onExit = () =>
      reject(new ConfigError('The storefront could not start. PASAR_STOREFRONT=off goes without.'));
    child.on('message', onMessage);
    child.once('exit', onExit);
  });
}

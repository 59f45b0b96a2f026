import { chromiumFlags, findChromium } from '@pasar/platform/testing/chromium';
import { Storefront } from '@pasar/server/storefront';
import { BenchServer } from './server.js';

const key = 'a-key-of-a-storefront-that-is-looked-at';

/** A demo market and its storefront, as customers find both, and the browser that looks at them. */
export class Shopfront {
  private constructor(
    readonly server: BenchServer,
    readonly url: string,
    readonly browser: { executablePath: string; args: string[] },
    private readonly started: AsyncDisposableStack,
  ) {}

  /** @throws where there is no browser, or no market came up */
  static async open(signal: AbortSignal, say: (line: string) => void): Promise<Shopfront> {
    const executablePath = findChromium();
    if (!executablePath) throw new Error('There is no browser here. Say where one is with PASAR_CHROMIUM.');
    say('Starting a market and its storefront');
    await using started = new AsyncDisposableStack();
    const server = started.use(new BenchServer(signal, { PASAR_STOREFRONT_KEY: key }));
    await server.start();
    const limits = { PASAR_STOREFRONT_PORT: '0', PASAR_STOREFRONT_REQUESTS_PER_MINUTE: '0' };
    const settings = { PATH: process.env.PATH, PASAR_STOREFRONT_KEY: key, ...limits };
    const storefront = await Storefront.start(settings, say);
    started.defer(() => storefront.stop());
    await storefront.open(server.url);
    return new Shopfront(server, storefront.url, { executablePath, args: chromiumFlags }, started.move());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.started.disposeAsync();
  }
}

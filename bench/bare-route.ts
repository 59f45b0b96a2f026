import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fastify from 'fastify';

/** What Fastify alone can do: routes that return bytes which are there already, in a process of their own. */
export class BareRoutes {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(bodies: Record<string, string>): Promise<BareRoutes> {
    // Its channel keeps it alive, which what watches over this process would undo.
    const child = fork(fileURLToPath(import.meta.url), { execArgv: [] });
    const url = await new Promise<string>((resolve, reject) => {
      child.once('message', (message) => resolve(String(message)));
      child.once('exit', () => reject(new Error('the bare routes did not start')));
      child.send(bodies);
    });
    return new BareRoutes(url, child);
  }

  /** CPU seconds that its process has used. */
  async cpu(): Promise<number> {
    const { user, system } = (await (await fetch(`${this.url}/cpu`)).json()) as NodeJS.CpuUsage;
    return (user + system) / 1e6;
  }

  [Symbol.dispose](): void {
    this.child.disconnect();
  }
}

if (import.meta.main) {
  process.once('disconnect', () => process.exit());
  process.once('message', async (bodies: Record<string, string>) => {
    const app = fastify();
    for (const [path, text] of Object.entries(bodies)) {
      const bytes = Buffer.from(text);
      app.get(path, (_request, reply) => reply.type('application/json').send(bytes));
    }
    app.get('/cpu', async () => process.cpuUsage());
    process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));
  });
}

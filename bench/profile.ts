import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Reply {
  id: number;
  result: { profile?: object };
}

/**
 * Writes where a process spends its time while `work` runs, as a .cpuprofile for a browser's developer tools.
 * @param inspector port of a process that was started with `--inspect`
 */
export async function profile<Result>(
  inspector: number,
  file: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const targets = await (await fetch(`http://127.0.0.1:${inspector}/json/list`)).json();
  const socket = new WebSocket(
    (targets as { webSocketDebuggerUrl: string }[])[0]?.webSocketDebuggerUrl ?? '',
  );
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    waiting.get(reply.id)?.(reply);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('the inspector did not answer')));
  });
  const ask = (method: string, params: object = {}) =>
    new Promise<Reply['result']>((resolve) => {
      const id = waiting.size + 1;
      waiting.set(id, ({ result }) => resolve(result));
      socket.send(JSON.stringify({ id, method, params }));
    });
  await ask('Profiler.enable');
  await ask('Profiler.setSamplingInterval', { interval: 500 });
  await ask('Profiler.start');
  try {
    return await work();
  } finally {
    const stopped = await ask('Profiler.stop');
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, JSON.stringify(stopped.profile));
    socket.close();
  }
}

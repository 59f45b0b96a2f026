import { Api } from './api.js';
import { listDeadLetters } from './dead-letters.js';
import { explain } from './errors.js';
import { listSagas } from './sagas.js';

export interface Finding {
  ok: boolean;
  what: string;
}

/** Looks at a running instance as an operator would: is it ready, is anything stuck. */
export async function examine(url: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const look = async (what: string, work: () => Promise<string | undefined>) => {
    try {
      const trouble = await work();
      findings.push({ ok: !trouble, what: trouble ? `${what}: ${trouble}` : what });
    } catch (error) {
      findings.push({ ok: false, what: `${what}: ${explain(error as Error)}` });
    }
  };
  await look(`Node.js ${process.version}`, async () =>
    Number(process.versions.node.split('.')[0]) < 24 ? '24 or newer is needed' : undefined,
  );
  await look(`gateway at ${url}`, async () => {
    const { status } = await new Api(url).get('/readyz');
    return status === 200 ? undefined : `not ready (${status})`;
  });
  await look('checkouts in the works', async () => {
    const stuck = (await listSagas()).filter(({ attempts, state }) => state !== 'waiting' && attempts >= 5);
    return stuck.length > 0 ? `${stuck.length} are stuck; see "pasar sagas"` : undefined;
  });
  await look('dead letters', async () => {
    const letters = await listDeadLetters();
    return letters.length > 0 ? `${letters.length}; see "pasar dead-letters"` : undefined;
  });
  await look('promises that are compared', async () => {
    const response = await fetch(new URL('/metrics', url), { signal: AbortSignal.timeout(10_000) });
    // Told to operators' machines only.
    if (response.status === 403) return undefined;
    const broken = [
      ...(await response.text()).matchAll(/^pasar_invariant_violations\{invariant="(\w+)"\} ([1-9]\d*)$/gm),
    ];
    return broken.length > 0
      ? `${broken.map(([, name, count]) => `${name} (${count})`).join(', ')}; what is wrong stands in the log`
      : undefined;
  });
  return findings;
}

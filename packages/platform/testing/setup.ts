import { vi } from 'vitest';

/** As long as a busy machine may need. It ends as soon as the condition holds, so on an idle one it costs nothing. */
const patience = 90_000;

// Files share a worker, and each of them comes by here.
const patient = Symbol.for('pasar.patient');

/** A condition has no less time than that, whatever its spec thought enough; the default is a second. */
function patiently<Wait extends typeof vi.waitFor | typeof vi.waitUntil>(wait: Wait): Wait {
  if (patient in wait) return wait;
  const waiting = (work: never, options: number | { timeout?: number; interval?: number } = {}) => {
    const { timeout = 0, ...others } = typeof options === 'number' ? { timeout: options } : options;
    return wait(work, { timeout: Math.max(timeout, patience), ...others });
  };
  return Object.assign(waiting, { [patient]: true }) as unknown as Wait;
}

vi.waitFor = patiently(vi.waitFor);
vi.waitUntil = patiently(vi.waitUntil);

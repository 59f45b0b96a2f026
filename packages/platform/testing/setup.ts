import { vi } from 'vitest';

// A condition that is waited for has as long as a busy machine may need: a second, which is the default, is not that.
// Files share a worker, and each of them comes by here.
const patient = Symbol.for('pasar.patient');
const waitFor = vi.waitFor;
if (!(patient in waitFor)) {
  vi.waitFor = Object.assign(
    (work: Parameters<typeof waitFor>[0], options: Parameters<typeof waitFor>[1] = {}) =>
      waitFor(work, typeof options === 'number' ? options : { timeout: 30_000, ...options }),
    { [patient]: true },
  ) as typeof waitFor;
}

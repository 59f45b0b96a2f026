import { vi } from 'vitest';

// A condition that is waited for has as long as a busy machine may need: a second, which is the default, is not that.
const waitFor = vi.waitFor;
vi.waitFor = (work, options = {}) =>
  waitFor(work, typeof options === 'number' ? options : { timeout: 30_000, ...options });

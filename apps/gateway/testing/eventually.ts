import { vi } from 'vitest';

/** Waits until something is so, for as long as a busy machine may need. */
export function eventually(isSo: () => unknown): Promise<unknown> {
  return vi.waitUntil(isSo, { timeout: 30_000, interval: 10 });
}

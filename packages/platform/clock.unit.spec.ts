import { validate, version } from 'uuid';
import { afterEach, expect, it, vi } from 'vitest';
import { SystemClock } from './clock.js';

afterEach(() => {
  vi.useRealTimers();
});

const many = (clock: SystemClock, count: number) => Array.from({ length: count }, () => clock.id());

it('makes UUIDs of version 7 that are distinct and in order, by whichever clock', () => {
  const ids = [new SystemClock(), new SystemClock()].flatMap((clock) => many(clock, 5_000));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(ids.toSorted());
  for (const id of ids) expect([validate(id), version(id)]).toEqual([true, 7]);
});

it('carries the time in ids', async () => {
  // Ids never go back: those of a module that was here before may be ahead of the time.
  vi.resetModules();
  const fresh = await import('./clock.js');
  const time = Number.parseInt(new fresh.SystemClock().id().replaceAll('-', '').slice(0, 12), 16);
  expect(Math.abs(time - Date.now())).toBeLessThan(60_000);
});

it('keeps ids in order while time stands still or goes back', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const clock = new SystemClock();
  const before = many(clock, 1_000);
  vi.setSystemTime(Date.now() - 60_000);
  const ids = [...before, ...many(clock, 1_000)];
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(ids.toSorted());
});

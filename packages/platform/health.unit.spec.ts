import { describe, expect, it } from 'vitest';
import { Health } from './health.js';

describe('health', () => {
  it('is ready while serving and when every check passes', async () => {
    const health = new Health();
    health.add('database', async () => 'pong');
    expect(await health.report()).toMatchObject({
      ready: false,
      live: true,
      checks: { database: { ok: true } },
    });
    health.serving = true;
    expect(await health.report()).toMatchObject({ ready: true, live: true });
    health.add('bus', () => {
      throw new Error('no broker');
    });
    expect(await health.report()).toMatchObject({
      ready: false,
      live: true,
      checks: { database: { ok: true }, bus: { ok: false, error: 'no broker' } },
    });
  });

  it('is not live when a check says that only a restart helps', async () => {
    const health = new Health();
    health.serving = true;
    health.add('event loop', () => Promise.reject(new Error('stuck')), { live: true });
    expect(await health.report()).toMatchObject({ ready: false, live: false });
  });

  it('does not wait for a check that hangs, and tells it so', async () => {
    const health = new Health();
    health.serving = true;
    let told: unknown;
    const hang = (signal: AbortSignal) =>
      new Promise(() => {
        signal.addEventListener('abort', () => {
          told = signal.reason;
        });
      });
    health.add('hangs', hang, { timeoutMs: 10 });
    expect(await health.report()).toMatchObject({
      checks: { hangs: { ok: false, error: 'no answer within 10 ms' } },
    });
    expect(told).toBeInstanceOf(Error);
  });

  it('runs its checks once for all who ask at the same time', async () => {
    const health = new Health();
    let runs = 0;
    health.add('counted', async () => runs++);
    const reports = await Promise.all([health.report(), health.report(), health.report()]);
    expect(runs).toBe(1);
    expect(reports[0]).toBe(reports[2]);
    await health.report();
    expect(runs).toBe(2);
  });

  it('refuses two checks of one name', () => {
    const health = new Health();
    health.add('database', () => {});
    expect(() => health.add('database', () => {})).toThrow(/two health checks/);
  });
});

import { create } from '@bufbuild/protobuf';
import { LoginRequestSchema, TokenGrantSchema } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { PlaceOrderRequestSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { describe, expect, it } from 'vitest';
import { DomainError } from './errors.js';
import { printRedacted } from './redaction.js';
import { createLog, Metrics } from './telemetry.js';
import { currentSpan, startSpan } from './tracing.js';

function logTo(lines: string[]) {
  return createLog({ level: 'info', service: 'order', destination: { write: (line) => lines.push(line) } });
}

describe('a log', () => {
  it('writes JSON lines with the service, the level, the time and the trace', () => {
    const lines: string[] = [];
    const log = logTo(lines).child({ service: 'payment', job: 'payouts' });
    const span = startSpan('work');
    span.run(() => log.warn({ count: 3n }, 'slow'));
    log.debug('not written');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        service: 'payment',
        job: 'payouts',
        traceId: span.traceId,
        spanId: span.spanId,
        count: '3',
        msg: 'slow',
      },
    ]);
  });

  it('leaves out what is named like a secret, at any depth', () => {
    const lines: string[] = [];
    const secret = 'hunter2';
    const facts = {
      password: secret,
      headers: { Authorization: secret, cookie: [secret], 'set-cookie': secret, 'x-cart-token': secret },
      list: [{ refreshToken: secret, client_secret: { nested: secret } }],
      err: Object.assign(
        new Error('outer', { cause: Object.assign(new Error('inner'), { token: secret }) }),
        {
          newPassword: secret,
        },
      ),
      kept: 'yes',
      bytes: new Uint8Array(9),
    };
    logTo(lines).error(facts, 'failed');
    expect(lines[0]).not.toContain(secret);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      kept: 'yes',
      bytes: '[9 bytes]',
      password: '[redacted]',
      err: { type: 'Error', message: 'outer', stack: expect.any(String), cause: { message: 'inner' } },
    });
    expect(facts.password).toBe(secret);
  });

  it('survives what cannot be printed', () => {
    const lines: string[] = [];
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    logTo(lines).error(
      { circle, error: new DomainError('a.b', 'internal', 'x', { cause: circle }) },
      'failed',
    );
    expect(JSON.parse(lines[0]!)).toMatchObject({ msg: 'failed', error: { code: 'a.b', kind: 'internal' } });
  });
});

describe('a message in a log', () => {
  it('lacks the fields that its contract marks', () => {
    const login = create(LoginRequestSchema, { email: 'ayu@pasar.test', password: 'hunter2' });
    expect(printRedacted(LoginRequestSchema, login)).toBe('{"email":"ayu@pasar.test"}');
    expect(login.password).toBe('hunter2');
    const order = create(PlaceOrderRequestSchema, { note: 'hi', payment: { cardToken: 'tok_success' } });
    expect(printRedacted(PlaceOrderRequestSchema, order)).toBe('{"payment":{},"note":"hi"}');
    const grant = create(TokenGrantSchema, { accessToken: 'a', refreshToken: 'b', user: { name: 'Ayu' } });
    expect(printRedacted(TokenGrantSchema, grant)).toBe('{"user":{"name":"Ayu"}}');
  });

  it('is cut when it is long, and never hides what it stands beside', () => {
    const order = create(PlaceOrderRequestSchema, { note: 'x'.repeat(10_000) });
    expect(printRedacted(PlaceOrderRequestSchema, order)).toHaveLength(2_001);
    expect(printRedacted(LoginRequestSchema, { broken: true } as never)).toMatch(/^\[unprintable/);
  });
});

describe('metrics', () => {
  it('are made once and shown in the text format', async () => {
    const metrics = new Metrics();
    metrics.counter('pasar_orders_total', 'Orders.', ['status']).inc({ status: 'CONFIRMED' });
    metrics.counter('pasar_orders_total', 'Orders.', ['status']).inc({ status: 'CONFIRMED' }, 2);
    metrics.gauge('pasar_lag_seconds', 'Lag.').set(1.5);
    metrics.histogram('pasar_work_seconds', 'Work.', ['kind']).observe({ kind: 'a' }, 0.02);
    const text = await metrics.text();
    expect(text).toContain('pasar_orders_total{status="CONFIRMED"} 3');
    expect(text).toContain('pasar_lag_seconds 1.5');
    expect(text).toContain('pasar_work_seconds_bucket{le="0.025",kind="a"} 1');
    expect(metrics.contentType).toMatch(/^text\/plain/);
    expect(await new Metrics().text()).not.toContain('pasar_');
    expect(await new Metrics().collectProcess().text()).toContain('process_resident_memory_bytes');
  });
});

describe('a span', () => {
  it('names a trace even when nobody records it', () => {
    const span = startSpan('work');
    expect(span.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(startSpan('other').traceId).not.toBe(span.traceId);
    span.end();
  });

  it('belongs to the trace of its parent, given or current', () => {
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const span = startSpan('work', { kind: 'server', parent });
    expect(span.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(span.spanId).not.toBe('b7ad6b7169203331');
    expect(span.traceparent).toMatch(/-01$/);
    const child = span.run(() => startSpan('inner'));
    expect(child.traceId).toBe(span.traceId);
    const other = startSpan('other');
    expect(span.run(() => startSpan('elsewhere', { parent: other.traceparent })).traceId).toBe(other.traceId);
  });

  it.each([
    '',
    'garbage',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nx: y',
  ])('begins a new trace where the parent is not one: %j', (parent) => {
    const span = startSpan('work', { parent });
    expect(span.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(parent).not.toContain(span.traceId);
  });

  it('is the current one through what its work awaits, and nowhere else', async () => {
    const [a, b] = [startSpan('a'), startSpan('b')];
    const work = async () => {
      await new Promise(setImmediate);
      return currentSpan();
    };
    expect(await Promise.all([a.run(work), b.run(work), work()])).toEqual([a, b, undefined]);
  });
});

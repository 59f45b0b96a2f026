import { Code, ConnectError } from '@connectrpc/connect';
import { DomainError, fromRpcError, toRpcError } from '@pasar/platform/errors';
import { describe, expect, it } from 'vitest';
import { Refusal, toProblem } from './problem.js';

const tell = (error: unknown) => toProblem(error, 'r1', '/api/v1/orders');

describe('toProblem', () => {
  it('tells a domain error whole, its facts beside the code', () => {
    const lines = [{ variantId: 'v1', requested: 2, available: 1 }];
    const error = new DomainError('inventory.insufficient_stock', 'conflict', 'Not enough stock.', {
      details: { lines },
    });
    expect(tell(error)).toEqual({
      status: 409,
      headers: {},
      body: {
        type: 'urn:pasar:problem:inventory.insufficient_stock',
        title: 'Conflict',
        status: 409,
        detail: 'Not enough stock.',
        instance: '/api/v1/orders',
        code: 'inventory.insufficient_stock',
        requestId: 'r1',
        lines,
      },
    });
  });

  it('is the same after the error went over the wire', () => {
    const error = new DomainError('payment.unavailable', 'unavailable', 'Try again.', {
      retryAfter: 7,
      errors: [{ field: 'a', detail: 'b' }],
      details: { total: { amount: '5', currency: 'IDR' } },
    });
    expect(tell(toRpcError(error))).toEqual(tell(error));
    expect(tell(error)).toMatchObject({ status: 503, headers: { 'Retry-After': '7' } });
  });

  it.each([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['payment_required', 402],
    ['forbidden', 403],
    ['not_found', 404],
    ['conflict', 409],
    ['unprocessable', 422],
    ['rate_limited', 429],
    ['unavailable', 503],
  ] as const)('%s is %i', (kind, status) => {
    const problem = tell(new DomainError('x.y', kind, 'z'));
    expect(problem).toMatchObject({ status, body: { status, code: 'x.y', detail: 'z' } });
    expect(problem.fault).toBeUndefined();
  });

  it('does not let facts take the place of its own members', () => {
    const details = JSON.parse(
      '{"status": 200, "code": "x", "errors": [], "__proto__": {"a": 1}, "total": 5}',
    );
    const { body } = tell(new DomainError('a.b', 'conflict', 'c', { details }));
    expect(body).toMatchObject({
      status: 409,
      code: 'a.b',
      total: 5,
      details: { status: 200, code: 'x', errors: [] },
    });
    expect((body as { a?: unknown }).a).toBeUndefined();
  });

  it.each([
    new Error('connect ECONNREFUSED 10.0.0.5:5432 password=hunter2'),
    new TypeError('Cannot read properties of undefined'),
    'a string',
    undefined,
    new ConnectError('secret', Code.Internal),
    new ConnectError('secret', Code.DataLoss),
    new DomainError('internal', 'internal', 'Something went wrong.', { cause: new Error('secret') }),
  ])('hides what is our fault, and keeps it for the log: %s', (error) => {
    const problem = tell(error);
    expect(problem.status).toBe(500);
    expect(problem.body).toMatchObject({ code: 'internal', detail: 'Something went wrong.' });
    expect(JSON.stringify(problem.body)).not.toMatch(/secret|hunter2|10\.0|undefined/);
    if (error !== undefined) expect(problem.fault).toBe(error);
  });

  it.each([
    Code.Unavailable,
    Code.DeadlineExceeded,
    Code.InvalidArgument,
    Code.ResourceExhausted,
    Code.Unimplemented,
  ])('says in its own words what a transport says of itself (code %i)', (code) => {
    const wire = new ConnectError('14 UNAVAILABLE: No connection to 10.0.0.5:50051', code);
    for (const error of [wire, fromRpcError(wire)]) {
      const { body, status } = tell(error);
      expect(JSON.stringify(body)).not.toContain('10.0.0.5');
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });

  it('tells a refusal of its own with its headers', () => {
    expect(
      tell(new Refusal(405, 'request.method_not_allowed', 'No.', { Allow: 'GET' }, { hint: 1 })),
    ).toMatchObject({
      status: 405,
      headers: { Allow: 'GET' },
      body: { title: 'Method Not Allowed', hint: 1 },
    });
  });
});

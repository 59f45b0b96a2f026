import { Code, ConnectError } from '@connectrpc/connect';
import { OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { Payment_Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { callerOf } from './access.js';
import { DomainError } from './errors.js';
import { forUser, type RpcNetworkOptions, within } from './rpc.js';
import { Metrics } from './telemetry.js';
import { asUser } from './testing/network.js';
import { type Connection, connectBy, type Served, wires } from './testing/wire.js';
import { currentSpan } from './tracing.js';

const id = '01981f00-0000-7000-8000-0000000000aa';
const customer = asUser({ id: 'customer' });

describe.each(wires)('a %s call', (wire) => {
  let connection: Connection | undefined;
  afterEach(async () => {
    await connection?.close();
    connection = undefined;
  });

  const start = async (served: Served, options?: Partial<RpcNetworkOptions>, lines?: string[]) => {
    connection = await connectBy(wire, served, options, lines);
    return connection;
  };

  const orderClient = async (
    orders: Served['orders'],
    options?: Partial<RpcNetworkOptions>,
    lines?: string[],
  ) => (await start({ orders }, options, lines)).caller.client(OrderService, { from: 'test' });

  it('has a deadline, and ends there for the caller and for the handler', async () => {
    const remaining: (number | undefined)[] = [];
    const aborted = Promise.withResolvers<unknown>();
    const client = await orderClient({
      listOrders(_, context) {
        remaining.push(context.timeoutMs());
        return {};
      },
      getOrder(_, context) {
        remaining.push(context.timeoutMs());
        context.signal.addEventListener('abort', () => aborted.resolve(context.signal.reason));
        return new Promise(() => {});
      },
    });
    await client.listOrders({}, customer);
    const late = await client.getOrder({ id }, { ...customer, timeoutMs: 50 }).catch((error) => error);
    expect(late).toMatchObject({ code: 'rpc.deadline_exceeded', kind: 'unavailable' });
    expect(late).toBeInstanceOf(DomainError);
    await aborted.promise;
    expect(remaining[0]).toBeLessThanOrEqual(5_000);
    expect(remaining[1]).toBeLessThanOrEqual(50);
  });

  it('that is late already does not begin', async () => {
    const getOrder = vi.fn(() => ({}));
    const client = await orderClient({ getOrder });
    const late = { code: 'rpc.deadline_exceeded' };
    await expect(client.getOrder({ id }, { ...customer, timeoutMs: 0 })).rejects.toMatchObject(late);
    await expect(client.getOrder({ id }, { ...customer, timeoutMs: -5 })).rejects.toMatchObject(late);
    const signal = AbortSignal.abort();
    await expect(client.getOrder({ id }, { ...customer, signal })).rejects.toMatchObject({
      code: 'rpc.canceled',
    });
    expect(getOrder).not.toHaveBeenCalled();
  });

  it('does not outlive the one that it is made in, and speaks for its user if told to', async () => {
    const inner: { remaining?: number; caller: unknown; traceId?: string }[] = [];
    const innerEnded = Promise.withResolvers<void>();
    let outerTrace: string | undefined;
    const { caller, callee } = await start({
      orders: {
        async getOrder({ id }, context) {
          outerTrace = currentSpan()?.traceId;
          const orders = callee.client(OrderService, { from: 'order' });
          await orders.getOrderHistory({ id }, forUser(context));
          await expect(orders.getOrderHistory({ id }, within(context))).rejects.toMatchObject({
            code: 'access.unauthenticated',
          });
          return orders.cancelOrder({ id }, forUser(context));
        },
        getOrderHistory(_, context) {
          const traceId = currentSpan()?.traceId;
          inner.push({ remaining: context.timeoutMs(), caller: callerOf(context), traceId });
          return {};
        },
        cancelOrder(_, { signal }) {
          signal.addEventListener('abort', () => innerEnded.resolve());
          return new Promise(() => {});
        },
      },
    });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = { ...customer.headers, traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const client = caller.client(OrderService, { from: 'gateway' });
    await expect(client.getOrder({ id }, { headers, timeoutMs: 400 })).rejects.toMatchObject({
      code: 'rpc.deadline_exceeded',
    });
    await innerEnded.promise;
    expect(inner).toEqual([{ remaining: expect.any(Number), traceId, caller: expect.anything() }]);
    expect(inner[0]!.remaining).toBeLessThanOrEqual(400);
    expect(inner[0]!.caller).toMatchObject({ service: 'order', user: { id: 'customer' } });
    expect(outerTrace).toBe(traceId);
  });

  it('can be cancelled; the handler learns it, and nothing is logged', async () => {
    const lines: string[] = [];
    const begun = Promise.withResolvers<AbortSignal>();
    const ended = Promise.withResolvers<unknown>();
    const client = await orderClient(
      {
        async getOrder(_, { signal }) {
          begun.resolve(signal);
          const aborted = new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason)),
          );
          await aborted.finally(() => ended.resolve(signal.aborted));
          return {};
        },
      },
      {},
      lines,
    );
    const cancel = new AbortController();
    const call = client.getOrder({ id }, { ...customer, signal: cancel.signal });
    await begun.promise;
    cancel.abort();
    await expect(call).rejects.toMatchObject({ code: 'rpc.canceled', kind: 'unavailable' });
    expect(await ended.promise).toBe(true);
    expect(lines).toEqual([]);
  });

  it('is repeated only where the contract allows it, and only when no answer came', async () => {
    const away = () => {
      throw new ConnectError('connection lost', Code.Unavailable);
    };
    const busy = () => {
      throw new DomainError('payment.unavailable', 'unavailable', 'later', { retryAfter: 30 });
    };
    const getOrder = vi.fn<() => object>().mockImplementationOnce(away).mockImplementationOnce(away);
    getOrder.mockReturnValue({ id });
    const cancelOrder = vi.fn(away);
    const placeOrder = vi.fn(away);
    const listOrders = vi.fn(busy);
    const client = await orderClient({ getOrder, cancelOrder, placeOrder, listOrders });
    await expect(client.getOrder({ id }, customer)).resolves.toMatchObject({ id });
    expect(getOrder).toHaveBeenCalledTimes(3);
    await expect(client.cancelOrder({ id }, customer)).rejects.toMatchObject({ code: 'rpc.unavailable' });
    expect(cancelOrder).toHaveBeenCalledTimes(3);
    const checkout = { payment: { method: Payment_Method.COD } };
    await expect(client.placeOrder(checkout, customer)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(placeOrder).toHaveBeenCalledTimes(1);
    await expect(client.listOrders({}, customer)).rejects.toMatchObject({ code: 'payment.unavailable' });
    expect(listOrders).toHaveBeenCalledTimes(1);
  });

  it('is not repeated beyond the budget, and not made at all once the breaker is open', async () => {
    const metrics = new Metrics();
    const getOrder = vi.fn(() => {
      throw new ConnectError('connection lost', Code.Unavailable);
    });
    const client = await orderClient({ getOrder }, { metrics });
    const errors = [];
    for (let i = 0; i < 30; i++) errors.push(await client.getOrder({ id }, customer).catch((error) => error));
    // Twenty tell the breaker enough; ten of them at most were second or third tries.
    expect(getOrder).toHaveBeenCalledTimes(20);
    expect(errors[0]).toMatchObject({ code: 'rpc.unavailable' });
    expect(errors.at(-1)).toMatchObject({ code: 'order.unavailable', kind: 'unavailable', retryAfter: 5 });
    expect(await metrics.text()).toMatch(/pasar_breaker_state\{name="order"\} [02]/);
  });

  it('waits for its turn when too many are under way', async () => {
    const release = Promise.withResolvers<void>();
    let running = 0;
    let most = 0;
    const client = await orderClient({
      async getOrder() {
        most = Math.max(most, ++running);
        await release.promise;
        running--;
        return {};
      },
    });
    const calls = Array.from({ length: 300 }, () =>
      client.getOrder({ id }, { ...customer, timeoutMs: 30_000 }),
    );
    await vi.waitFor(() => expect(running).toBe(256));
    release.resolve();
    await Promise.all(calls);
    expect(most).toBe(256);
  });
});

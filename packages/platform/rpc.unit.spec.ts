import { create } from '@bufbuild/protobuf';
import {
  Code,
  ConnectError,
  createContextKey,
  createContextValues,
  type HandlerContext,
  type ServiceImpl,
} from '@connectrpc/connect';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { Checkout_Status, type Order, OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { Payment_Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { afterEach, describe, expect, it } from 'vitest';
import { callerOf, requireUser } from './access.js';
import { DomainError } from './errors.js';
import { Health } from './health.js';
import type { RpcNetworkOptions } from './rpc.js';
import { Metrics } from './telemetry.js';
import { asUser, implement, testNetwork } from './testing/network.js';
import { type Connection, connectBy, type Served, wires } from './testing/wire.js';

const id = '01981f00-0000-7000-8000-0000000000aa';
const customer = asUser({ id: 'customer' });
const reservation = { reservationId: id, lines: [{ variantId: id, quantity: 1n }] };

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

  it('carries messages and headers both ways', async () => {
    const client = await orderClient({
      getOrder({ id }, context) {
        context.responseHeader.set('pasar-cache-tags', context.requestHeader.get('x-tags') ?? '');
        context.responseTrailer.set('x-trailer', 'late');
        return { id, version: 2n ** 62n, lines: [{ title: 'Kopi ☕', quantity: -1 }] };
      },
    });
    const seen: (string | null)[] = [];
    const order = await client.getOrder(
      { id },
      {
        headers: { ...customer.headers, 'x-tags': 'a,b' },
        onHeader: (headers) => void seen.push(headers.get('pasar-cache-tags')),
        onTrailer: (trailers) => void seen.push(trailers.get('x-trailer')),
      },
    );
    expect(order).toMatchObject({ id, version: 2n ** 62n, lines: [{ title: 'Kopi ☕', quantity: -1 }] });
    expect(seen).toEqual(['a,b', 'late']);
  });

  it('shares nothing with the other side', async () => {
    const kept: Order[] = [];
    let received: { payment?: { cardToken: string }; items: { quantity: number }[] } | undefined;
    const own = { total: { amount: 1n, currency: 'IDR' }, lines: [{ quantity: 1 }] };
    const client = await orderClient({
      placeOrder(request) {
        received = request;
        return {};
      },
      getOrder() {
        const order = { id, ...own } as Order;
        kept.push(order);
        return order;
      },
    });
    const request = {
      items: [{ variantId: id, quantity: 1 }],
      payment: { method: Payment_Method.CARD, cardToken: 'tok_success' },
    };
    await client.placeOrder(request, customer);
    received!.items[0]!.quantity = 99;
    received!.payment!.cardToken = 'changed';
    expect(request).toMatchObject({ items: [{ quantity: 1 }], payment: { cardToken: 'tok_success' } });

    const order = await client.getOrder({ id }, customer);
    order.total!.amount = 99n;
    order.lines[0]!.quantity = 99;
    order.lines.push(order.lines[0]!);
    expect(own).toEqual({ total: { amount: 1n, currency: 'IDR' }, lines: [{ quantity: 1 }] });
    expect(kept[0]).not.toBe(order);
  });

  it('gives the handler nothing of the caller but what the call says', async () => {
    const key = createContextKey('nothing');
    let context: HandlerContext | undefined;
    const client = await orderClient({
      getOrder(_, given) {
        context = given;
        return {};
      },
    });
    const contextValues = createContextValues().set(key, 'ambient');
    await client.getOrder({ id }, { ...customer, contextValues });
    expect(context!.values.get(key)).toBe('nothing');
  });

  it('throws the DomainError that the callee threw, with all its facts', async () => {
    const details = { lines: [{ variantId: id, available: 3 }] };
    const thrown = new DomainError('inventory.insufficient_stock', 'conflict', 'Stok habis: ☕ \ud800', {
      errors: [{ field: 'items[0]', detail: 'short' }],
      details,
      retryAfter: 7,
      cause: new Error('the database said so'),
    });
    const client = await orderClient({
      getOrder() {
        throw thrown;
      },
    });
    const error = await client.getOrder({ id }, customer).catch((error) => error);
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({
      code: 'inventory.insufficient_stock',
      kind: 'conflict',
      message: 'Stok habis: ☕ \ufffd',
      errors: [{ field: 'items[0]', detail: 'short' }],
      details,
      retryAfter: 7,
    });
    error.details.lines.push('changed');
    expect(details.lines).toHaveLength(1);
    for (let cause = error; cause; cause = cause.cause) expect(cause.message).not.toContain('database');
  });

  it('throws an error that is too large for a header without what makes it so', async () => {
    const client = await orderClient({
      getOrder() {
        const details = { text: 'x'.repeat(200_000) };
        throw new DomainError('order.verbose', 'conflict', 'y'.repeat(200_000), { details, retryAfter: 3 });
      },
    });
    const thrown = { code: 'order.verbose', kind: 'conflict', details: {}, retryAfter: 3 };
    await expect(client.getOrder({ id }, customer)).rejects.toMatchObject(thrown);
  });

  it('hides an unknown error from the caller, and logs it whole but for secrets', async () => {
    const lines: string[] = [];
    const metrics = new Metrics();
    const orders: Served['orders'] = {
      placeOrder() {
        throw new TypeError('password of the database is 1234', { cause: new Error('root') });
      },
      getOrder() {
        throw new ConnectError('some library says hunter2', Code.Unknown);
      },
    };
    const client = await orderClient(orders, { metrics }, lines);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = {
      ...customer.headers,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      'x-request-id': 'request-1',
    };
    const request = { note: 'hi', payment: { method: Payment_Method.CARD, cardToken: 'tok_secret' } };
    const error = await client.placeOrder(request, { headers }).catch((error) => error);
    expect(error).toMatchObject({ code: 'internal', kind: 'internal', message: 'Something went wrong.' });
    expect(error.cause?.cause).toBeUndefined();
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      level: 'error',
      service: 'order',
      method: 'pasar.order.v1.OrderService/PlaceOrder',
      err: { type: 'TypeError', message: 'password of the database is 1234', cause: { message: 'root' } },
      traceId,
      requestId: 'request-1',
      userId: 'customer',
      request: '{"payment":{"method":"CARD"},"note":"hi"}',
    });
    expect(lines[0]).not.toContain('tok_secret');
    expect(lines[0]).not.toContain('Bearer');

    const foreign = await client.getOrder({ id }, customer).catch((error) => error);
    expect(foreign).toMatchObject({ code: 'internal', message: 'Something went wrong.' });
    expect(await metrics.text()).toMatch(
      /pasar_rpc_server_seconds_count\{method="pasar.order.v1.OrderService\/PlaceOrder",code="Internal"\} 1/,
    );
  });

  it('is refused with every wrong field by its JSON name', async () => {
    const client = await orderClient({ placeOrder: () => expect.unreachable() });
    const error = await client
      .placeOrder(
        {
          items: [
            { variantId: id, quantity: 1 },
            { variantId: 'x', quantity: 0 },
          ],
          shippingAddress: { recipient: 'Ayu', phone: '0812345678', postalCode: '1' },
          payment: { method: 99 as Payment_Method },
        },
        customer,
      )
      .catch((error) => error);
    expect(error).toMatchObject({ code: 'request.invalid', kind: 'invalid' });
    expect(error.errors.map((error: { field: string }) => error.field)).toEqual(
      expect.arrayContaining([
        'items[1].variantId',
        'items[1].quantity',
        'shippingAddress.line1',
        'shippingAddress.postalCode',
        'payment.method',
      ]),
    );
    expect(error.errors.every((error: { detail: string }) => error.detail.length > 0)).toBe(true);
    await expect(client.placeOrder({}, customer)).rejects.toMatchObject({ errors: [{ field: 'payment' }] });
    const items = Array.from({ length: 100 }, () => ({ variantId: 'x', quantity: 0 }));
    const many = await client.placeOrder({ items }, customer).catch((error) => error);
    expect(many.errors).toHaveLength(50);
  });

  it('asks who it is before what it wants', async () => {
    const { caller } = await start({});
    const orders = caller.client(OrderService, { from: 'test' });
    await expect(orders.placeOrder({})).rejects.toMatchObject({ code: 'access.unauthenticated' });
    await expect(orders.shipOrder({}, customer)).rejects.toMatchObject({ code: 'access.forbidden' });
  });

  it('tells the handler who calls and for whom', async () => {
    const callers: unknown[] = [];
    const { caller } = await start({
      orders: {
        getOrder(_, context) {
          callers.push(callerOf(context));
          expect(requireUser(context).id).toBe('customer');
          return {};
        },
      },
      inventory: {
        reserve(_, context) {
          callers.push(callerOf(context));
          expect(() => requireUser(context)).toThrow(
            expect.objectContaining({ code: 'access.unauthenticated' }),
          );
          return {};
        },
      },
    });
    await caller.client(OrderService, { from: 'cart' }).getOrder({ id }, customer);
    await caller.client(InventoryService, { from: 'order' }).reserve(reservation);
    expect(callers).toEqual([
      { service: 'cart', user: expect.objectContaining({ id: 'customer', roles: [Role.CUSTOMER] }) },
      { service: 'order', user: undefined },
    ]);
  });

  it('cannot pretend by headers to be from another service', async () => {
    let service: string | undefined;
    const { caller } = await start({
      inventory: {
        reserve(_, context) {
          service = callerOf(context).service;
          expect(context.requestHeader.get('pasar-service-token')).toBeNull();
          return {};
        },
      },
    });
    const headers = {
      'pasar-service-token': 'admin.9999999999.forged',
      'pasar-service': 'admin',
      service: 'admin',
    };
    await caller.client(InventoryService, { from: 'order' }).reserve(reservation, { headers });
    expect(service).toBe('order');
  });

  it.each([
    ['none', ''],
    ['only the word', 'Bearer'],
    ['garbage', 'Bearer x'],
    ['a password', 'Basic dTpw'],
    ['a longer signature', `${customer.headers.authorization}xyz`],
  ])('with a bad token (%s) is refused even where none is needed', async (_, authorization) => {
    const { caller } = await start({ products: { getProduct: () => ({}) } });
    const products = caller.client(ProductService, { from: 'gateway' });
    const refused = { code: 'access.unauthenticated', kind: 'unauthenticated' };
    await expect(products.getProduct({ id }, { headers: { authorization } })).rejects.toMatchObject(refused);
    await expect(products.getProduct({ id })).resolves.toBeDefined();
  });

  it('can be made to a method that is known at run time only', async () => {
    const { caller } = await start({
      orders: {
        placeOrder(_, context) {
          context.responseHeader.set('pasar-cart-token', 'new');
          return { checkoutId: id, status: Checkout_Status.CONFIRMED };
        },
      },
    });
    const method = OrderService.method.placeOrder;
    const message = create(method.input, { payment: { method: Payment_Method.COD } });
    const response = await caller.call(method, message, { from: 'gateway', ...customer });
    expect(response.message).toMatchObject({ checkoutId: id });
    expect(response.header.get('pasar-cart-token')).toBe('new');
  });
});

describe('a network', () => {
  it('does not boot with a callee that is nowhere', () => {
    const network = testNetwork({ addresses: { [OrderService.typeName]: 'order:8081' } });
    network.register('product', ProductService, implement(ProductService, {}));
    expect(() => network.checkCallees([OrderService, ProductService])).not.toThrow();
    expect(() => network.checkCallees([OrderService, InventoryService])).toThrow(
      'Called, but neither in this process nor given an address: pasar.inventory.v1.InventoryService',
    );
  });

  it('does not boot with a contract that is served twice, half or too late', async () => {
    const network = testNetwork();
    const half = { getOrder: () => ({}) } as unknown as ServiceImpl<typeof OrderService>;
    expect(() => network.register('order', OrderService, half)).toThrow(/PlaceOrder is not implemented/);
    network.register('order', OrderService, implement(OrderService, {}));
    expect(() => network.register('order', OrderService, implement(OrderService, {}))).toThrow(
      /served twice/,
    );
    await network.serve({ host: '127.0.0.1', port: 0, health: new Health() });
    expect(() => network.register('cart', ProductService, implement(ProductService, {}))).toThrow(
      /begun to listen/,
    );
  });

  it('finds a callee at the first call, not before', async () => {
    const network = testNetwork();
    const client = network.client(OrderService, { from: 'cart' });
    await expect(client.getOrder({ id }, customer)).rejects.toThrow(
      /cart calls .*OrderService, which has no address/,
    );
    network.register('order', OrderService, implement(OrderService, { getOrder: () => ({ id }) }));
    await expect(client.getOrder({ id }, customer)).resolves.toMatchObject({ id });
  });
});

import { once } from 'node:events';
import {
  create,
  createFileRegistry,
  type DescMessage,
  fromBinary,
  getOption,
  type MessageInitShape,
  toBinary,
} from '@bufbuild/protobuf';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt';
import type { ServiceImpl } from '@connectrpc/connect';
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { InventoryService, ReserveRequestSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { access } from '@pasar/contracts/pasar/options/v1/options_pb';
import { GetOrderRequestSchema, OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { Payment_Method } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TestClock } from './clock.js';
import { HealthService } from './grpc-health.js';
import { maxMessageBytes } from './grpc-wire.js';
import { Health } from './health.js';
import type { RpcNetwork, RpcNetworkOptions } from './rpc.js';
import { ServiceTokens } from './service-token.js';
import { asUser, implement, testNetwork } from './testing/network.js';

const id = '01981f00-0000-7000-8000-0000000000aa';
const customer = asUser({ id: 'customer' });
const host = '127.0.0.1';
const secret = 'a secret that only the services know';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(
  orders: Partial<ServiceImpl<typeof OrderService>>,
  {
    port = 0,
    health = new Health(),
    ...options
  }: Partial<RpcNetworkOptions> & { port?: number; health?: Health } = {},
): Promise<{ network: RpcNetwork; port: number }> {
  const network = testNetwork(options);
  network.register('order', OrderService, implement(OrderService, orders));
  network.register('inventory', InventoryService, implement(InventoryService, { reserve: () => ({}) }));
  closing.push(() => network.close(0));
  return { network, port: await network.serve({ host, port, health }) };
}

function call(address: string, options: Partial<RpcNetworkOptions> = {}) {
  const network = testNetwork({ ...options, addresses: { [OrderService.typeName]: address } });
  closing.push(() => network.close());
  return network.client(OrderService, { from: 'test' });
}

/** A stranger's client: no interceptors, no limits, bytes as they come. */
function stranger(port: number) {
  const client = new Client(`${host}:${port}`, credentials.createInsecure(), {
    'grpc.max_send_message_length': -1,
  });
  closing.push(() => client.close());
  const asIs = (bytes: Buffer) => bytes;
  return {
    unary: (path: string, message: Uint8Array, headers: Record<string, string> = {}) =>
      new Promise<Buffer>((resolve, reject) => {
        const metadata = new Metadata();
        for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
        client.makeUnaryRequest(path, asIs, asIs, Buffer.from(message), metadata, (error, answer) =>
          error ? reject(error) : resolve(answer!),
        );
      }),
    stream: (path: string, message: Uint8Array) =>
      client.makeServerStreamRequest(path, asIs, asIs, Buffer.from(message)),
    converse: (path: string) => client.makeBidiStreamRequest(path, asIs, asIs),
  };
}

const bytesOf = <Desc extends DescMessage>(schema: Desc, init: MessageInitShape<Desc>) =>
  toBinary(schema, create(schema, init));
const reservation = { reservationId: id, lines: [{ variantId: id, quantity: 1n }] };
const reserve = '/pasar.inventory.v1.InventoryService/Reserve';
const getOrder = '/pasar.order.v1.OrderService/GetOrder';

describe('gRPC', () => {
  it('finds a callee again that comes back on the same port', async () => {
    const first = await serve({ getOrder: () => ({ number: 'first' }) });
    const client = call(`${host}:${first.port}`);
    expect(await client.getOrder({ id }, customer)).toMatchObject({ number: 'first' });
    await first.network.close(0);
    await expect(
      client.placeOrder({ payment: { method: Payment_Method.COD } }, customer),
    ).rejects.toMatchObject({
      code: 'rpc.unavailable',
      kind: 'unavailable',
    });
    await serve({ getOrder: () => ({ number: 'second' }) }, { port: first.port });
    await vi.waitFor(
      async () => expect(await client.getOrder({ id }, customer)).toMatchObject({ number: 'second' }),
      { timeout: 20_000 },
    );
  });

  it('goes round all addresses of a callee, and round one that is gone', async () => {
    const [a, b] = [
      await serve({ getOrder: () => ({ number: 'a' }) }),
      await serve({ getOrder: () => ({ number: 'b' }) }),
    ];
    const client = call(`ipv4:${host}:${a.port},${host}:${b.port}`);
    const seen = new Map<string, number>();
    const ask = async () => {
      const { number } = await client.getOrder({ id }, customer);
      seen.set(number, (seen.get(number) ?? 0) + 1);
      return number;
    };
    await vi.waitFor(async () => {
      await ask();
      expect(seen.size).toBe(2);
    });
    seen.clear();
    for (let i = 0; i < 20; i++) await ask();
    expect(seen).toEqual(
      new Map([
        ['a', 10],
        ['b', 10],
      ]),
    );
    await a.network.close(0);
    for (let i = 0; i < 20; i++) expect(await ask()).toBe('b');
  });

  it('reaches names by DNS', async () => {
    const { port } = await serve({ getOrder: () => ({ id }) });
    expect(await call(`localhost:${port}`).getOrder({ id }, customer)).toMatchObject({ id });
    const lost = call(`no-such-host.invalid:${port}`);
    await expect(lost.getOrder({ id }, customer)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('lets calls under way end when a server closes, and refuses new ones', async () => {
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const { network, port } = await serve({
      async getOrder() {
        begun.resolve();
        await release.promise;
        return { id };
      },
    });
    const client = call(`${host}:${port}`);
    const underWay = client.getOrder({ id }, customer);
    await begun.promise;
    const closed = network.close(30_000);
    await expect(call(`${host}:${port}`).getOrder({ id }, customer)).rejects.toMatchObject({
      code: 'rpc.unavailable',
    });
    release.resolve();
    await expect(underWay).resolves.toMatchObject({ id });
    await closed;
  });

  it('gives up on calls that do not end, as unavailable', async () => {
    const begun = Promise.withResolvers<void>();
    const { network, port } = await serve({
      placeOrder() {
        begun.resolve();
        return new Promise(() => {});
      },
    });
    const underWay = call(`${host}:${port}`).placeOrder(
      { payment: { method: Payment_Method.COD } },
      customer,
    );
    underWay.catch(() => {});
    await begun.promise;
    await network.close(10);
    await expect(underWay).rejects.toMatchObject({ code: 'rpc.unavailable', kind: 'unavailable' });
  });

  it('carries 16 MiB and says so when it is more', async () => {
    const { port } = await serve(
      {
        getOrder: ({ id }) => ({
          note: id === 'fits' ? 'x'.repeat(maxMessageBytes - 100) : 'x'.repeat(maxMessageBytes),
        }),
      },
      {},
    );
    const client = call(`${host}:${port}`);
    const options = { ...customer, timeoutMs: 30_000 };
    const tooLarge = { code: 'rpc.message_too_large' };
    await expect(client.getOrder({ id }, options)).rejects.toMatchObject(tooLarge);
    await expect(
      client.cancelOrder({ id, reason: 'x'.repeat(maxMessageBytes) }, options),
    ).rejects.toMatchObject(tooLarge);
    await expect(stranger(port).unary(getOrder, Buffer.alloc(maxMessageBytes + 1))).rejects.toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
    });
  });

  it('answers a stranger that speaks nonsense', async () => {
    const { port } = await serve({});
    const { unary } = stranger(port);
    const nothing = new Uint8Array();
    await expect(unary('/pasar.order.v1.OrderService/Nope', nothing)).rejects.toMatchObject({
      code: status.UNIMPLEMENTED,
    });
    await expect(unary('/pasar.nope.v1.Nope/Nope', nothing)).rejects.toMatchObject({
      code: status.UNIMPLEMENTED,
    });
    const error: ServiceError = await unary(getOrder, Buffer.from([0xff, 0xff, 0xff])).catch(
      (error) => error,
    );
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(error.metadata.get('grpc-status-details-bin')).toHaveLength(1);
    await expect(unary(getOrder, nothing)).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
    const signedIn = { authorization: customer.headers.authorization };
    await expect(unary(getOrder, nothing, signedIn)).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('takes nobody for a service who cannot prove it', async () => {
    const clock = new TestClock();
    const { port } = await serve({}, { clock });
    const { unary } = stranger(port);
    const message = bytesOf(ReserveRequestSchema, reservation);
    const token = new ServiceTokens(secret, clock).sign('order');
    const withToken = (token: string) => unary(reserve, message, { 'pasar-service-token': token });

    await expect(unary(reserve, message)).rejects.toMatchObject({ code: status.PERMISSION_DENIED });
    const headers = {
      'pasar-service': 'order',
      service: 'order',
      authorization: customer.headers.authorization,
    };
    await expect(unary(reserve, message, headers)).rejects.toMatchObject({ code: status.PERMISSION_DENIED });
    const forged = [
      'order',
      'order.9999999999.',
      token.replace('order', 'payment'),
      new ServiceTokens('another secret altogether', clock).sign('order'),
    ];
    for (const token of forged) {
      await expect(withToken(token)).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
    }
    await expect(withToken(token)).resolves.toBeDefined();
    clock.advance(60_000);
    await expect(withToken(token)).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
  });

  it('serves grpc.health', async () => {
    const health = new Health();
    const { network, port } = await serve({}, { health });
    const { unary, stream } = stranger(port);
    const { input, output } = HealthService.method.check!;
    const ask = (service: string) => bytesOf(input, { service } as never);
    const read = (bytes: Buffer) => (fromBinary(output, bytes) as unknown as { status: number }).status;
    const check = async (service: string) => read(await unary('/grpc.health.v1.Health/Check', ask(service)));
    const [serving, notServing, unknown] = [1, 2, 3];

    expect(await check('')).toBe(notServing);
    health.serving = true;
    expect(await check('')).toBe(serving);
    expect(await check(OrderService.typeName)).toBe(serving);
    await expect(check('pasar.nope.v1.Nope')).rejects.toMatchObject({ code: status.NOT_FOUND });
    health.add('database', () => {
      throw new Error('gone');
    });
    expect(await check('')).toBe(notServing);

    const watched: number[] = [];
    const watch = stream('/grpc.health.v1.Health/Watch', ask('pasar.nope.v1.Nope'));
    watch.on('data', (bytes: Buffer) => watched.push(read(bytes)));
    await vi.waitFor(() => expect(watched).toEqual([unknown]));
    // A watch does not hold up the close.
    await network.close(30_000);
  });

  describe('reflection', () => {
    /** Asks one question: a field of ServerReflectionRequest. Answers come as [field of the response, its bytes]. */
    async function ask(port: number, version: string, field: number, value: string | Uint8Array) {
      const conversation = stranger(port).converse(
        `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
      );
      const request = new BinaryWriter().tag(field, WireType.LengthDelimited);
      if (typeof value === 'string') request.string(value);
      else request.bytes(value);
      conversation.write(Buffer.from(request.finish()));
      const [bytes] = (await once(conversation, 'data')) as [Buffer];
      conversation.end();
      await once(conversation, 'end');
      return readFields(bytes).find(([number]) => number >= 4)!;
    }

    function readFields(bytes: Uint8Array): [number, Uint8Array][] {
      const reader = new BinaryReader(bytes);
      const fields: [number, Uint8Array][] = [];
      while (reader.pos < reader.len) {
        const [number, type] = reader.tag();
        if (type === WireType.LengthDelimited) fields.push([number, reader.bytes()]);
        else reader.skip(type, number);
      }
      return fields;
    }

    /** As a FileDescriptorSet has them. */
    function importsFirst(files: FileDescriptorProto[]): FileDescriptorProto[] {
      const sorted = new Set<FileDescriptorProto>();
      const add = (file: FileDescriptorProto) => {
        for (const name of file.dependency) add(files.find((other) => other.name === name)!);
        sorted.add(file);
      };
      files.forEach(add);
      return [...sorted];
    }

    const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

    it.each(['v1', 'v1alpha'])('%s lists the services', async (version) => {
      const { port } = await serve({});
      const [field, list] = await ask(port, version, 7, '*');
      expect(field).toBe(6);
      expect(readFields(list).map(([, service]) => textOf(readFields(service)[0]![1]))).toEqual([
        'pasar.order.v1.OrderService',
        'pasar.inventory.v1.InventoryService',
        'grpc.health.v1.Health',
      ]);
    });

    it('gives a symbol with all that it needs, options included', async () => {
      const { port } = await serve({});
      for (const symbol of [
        'pasar.order.v1.OrderService',
        'pasar.order.v1.OrderService.PlaceOrder',
        'pasar.order.v1.PlaceOrderRequest',
        'pasar.order.v1.PlaceOrderRequest.note',
        'pasar.order.v1.Order.Status',
      ]) {
        const [field, response] = await ask(port, 'v1', 4, symbol);
        expect(field, symbol).toBe(4);
        const files = readFields(response).map(([, bytes]) => fromBinary(FileDescriptorProtoSchema, bytes));
        expect(files[0]!.name).toBe('pasar/order/v1/order.proto');
        const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: importsFirst(files) }));
        const service = registry.getService(OrderService.typeName)!;
        expect(getOption(service.method.placeOrder!, access).rule.case).toBe('authenticated');
      }
    });

    it('gives a file by name and extensions by type, and says what it does not have', async () => {
      const { port } = await serve({});
      expect((await ask(port, 'v1', 3, 'google/api/annotations.proto'))[0]).toBe(4);
      expect((await ask(port, 'v1', 6, 'google.protobuf.MethodOptions'))[0]).toBe(5);
      const extension = (number: number) =>
        new BinaryWriter()
          .tag(1, WireType.LengthDelimited)
          .string('google.protobuf.MethodOptions')
          .tag(2, WireType.Varint)
          .int32(number)
          .finish();
      const [field, response] = await ask(port, 'v1', 5, extension(50001));
      expect(field).toBe(4);
      const file = fromBinary(FileDescriptorProtoSchema, readFields(response)[0]![1]);
      expect(file.name).toBe('pasar/options/v1/options.proto');
      for (const [question, value] of [
        [3, 'no.proto'],
        [4, 'no.Symbol'],
        [5, extension(1)],
        [9, 'no such question'],
      ] as const) {
        expect((await ask(port, 'v1', question, value))[0]).toBe(7);
      }
    });
  });

  it('keeps answering while many call at once', async () => {
    const { port } = await serve({ getOrder: ({ id }) => ({ id }) });
    const client = call(`${host}:${port}`);
    const calls = Array.from({ length: 500 }, () =>
      client.getOrder({ id }, { ...customer, timeoutMs: 30_000 }),
    );
    expect(new Set((await Promise.all(calls)).map((order) => order.id))).toEqual(new Set([id]));
    expect(bytesOf(GetOrderRequestSchema, { id })).toHaveLength(38);
  });
});

import { create } from '@bufbuild/protobuf';
import type { CallOptions, ServiceImpl } from '@connectrpc/connect';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DomainError } from './errors.js';
import { asUser } from './testing/network.js';
import { type Connection, connectBy, wires } from './testing/wire.js';

const customer = asUser({ id: 'customer' });
const seller = asUser({ id: 'seller', roles: [Role.SELLER], sellerId: 'store' });

type Export = ServiceImpl<typeof ProductService>['exportProducts'];

describe.each(wires)('a %s stream', (wire) => {
  const { exportProducts } = ProductService.method;
  const lines: string[] = [];
  let connection: Connection | undefined;
  afterEach(async () => {
    await connection?.close();
    lines.length = 0;
  });

  /** Starts the callee, and gives what calls it. */
  const serve = async (handler: Export) => {
    connection = await connectBy(wire, { products: { exportProducts: handler } }, {}, lines);
    const client = connection.caller.client(ProductService, { from: 'gateway' });
    return (options?: CallOptions) => client.exportProducts({}, { ...seller, ...options });
  };

  /** Reads to the end; what was read before an error is kept. */
  const read = async (stream: AsyncIterable<{ data: Uint8Array }>, texts: string[] = []) => {
    for await (const { data } of stream) texts.push(Buffer.from(data).toString());
    return texts;
  };

  it('carries messages in order, and the headers before them', async () => {
    const call = await serve(async function* (_, context) {
      await null;
      context.responseHeader.set('x-rows', '1000');
      for (let i = 0; i < 1000; i++) yield { data: Buffer.from(String(i)) };
      context.responseTrailer.set('x-end', 'yes');
    });
    const seen: (string | null)[] = [];
    const stream = call({
      onHeader: (headers) => void seen.push(headers.get('x-rows')),
      onTrailer: (trailers) => void seen.push(trailers.get('x-end')),
    });
    expect(await read(stream)).toEqual(Array.from({ length: 1000 }, (_, i) => String(i)));
    expect(seen).toEqual(['1000', 'yes']);
  });

  it('may be empty', async () => {
    const call = await serve(async function* () {});
    expect(await read(call())).toEqual([]);
  });

  it('shares no message with the handler', async () => {
    const reused = { contentType: '', data: new Uint8Array([7]) };
    const call = await serve(async function* () {
      for (reused.data[0] = 1; reused.data[0] < 4; reused.data[0]++) yield reused;
    });
    const bytes: Uint8Array[] = [];
    for await (const { data } of call()) bytes.push(data);
    expect(bytes.map(([byte]) => byte)).toEqual([1, 2, 3]);
  });

  it('is refused, or fails, before its first message', async () => {
    await serve(async function* () {
      yield* [];
      throw new DomainError('export.busy', 'conflict', 'One at a time.');
    });
    const call = (options: object, request = {}) => {
      const message = create(exportProducts.input, request);
      return connection!.caller.stream(exportProducts, message, { from: 'gateway', ...options });
    };
    await expect(call({})).rejects.toMatchObject({ code: 'access.unauthenticated' });
    await expect(call(customer)).rejects.toMatchObject({ code: 'access.forbidden' });
    await expect(call(seller, { sellerId: 'x'.repeat(37) })).rejects.toMatchObject({
      code: 'request.invalid',
      errors: [{ field: 'sellerId' }],
    });
    await expect(call(seller)).rejects.toMatchObject({ code: 'export.busy' });
  });

  it('fails in the middle after what was sent before', async () => {
    const call = await serve(async function* () {
      yield { data: Buffer.from('a') };
      yield { data: Buffer.from('b') };
      throw new Error('disk on fire');
    });
    const texts: string[] = [];
    const failed = { code: 'internal', message: 'Something went wrong.' };
    await expect(read(call(), texts)).rejects.toMatchObject(failed);
    expect(texts).toEqual(['a', 'b']);
    expect(lines).toEqual([expect.stringContaining('disk on fire')]);
  });

  /** Sends until it is stopped. */
  const endless = () => {
    const cleaned = Promise.withResolvers<void>();
    const counted = { sent: 0, cleaned: cleaned.promise };
    const handler: Export = async function* () {
      try {
        for (;;) {
          counted.sent++;
          yield { data: Buffer.alloc(64 * 1024) };
        }
      } finally {
        cleaned.resolve();
      }
    };
    return { handler, counted };
  };

  it('ends in the handler too when the reader cancels', async () => {
    const { handler, counted } = endless();
    const call = await serve(handler);
    const cancel = new AbortController();
    const reading = async () => {
      let received = 0;
      for await (const _ of call({ signal: cancel.signal })) if (++received === 3) cancel.abort();
    };
    await expect(reading()).rejects.toMatchObject({ code: 'rpc.canceled' });
    await counted.cleaned;
    expect(lines).toEqual([]);
  });

  it('ends in the handler too when the reader has stopped reading', async () => {
    const { handler, counted } = endless();
    await serve(handler);
    const options = { from: 'gateway', ...seller, timeoutMs: 1_000 };
    const message = create(exportProducts.input, {});
    const stream = await connection!.caller.stream(exportProducts, message, options);
    const readersDeadline = performance.now() + options.timeoutMs;
    await counted.cleaned;
    // Both ends keep time for themselves, and the handler's may be the first to ring.
    await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(readersDeadline + 50));
    // The handler ran ahead of its reader only as far as buffers allow.
    expect(counted.sent).toBeLessThan(100);
    const first = stream.message[Symbol.asyncIterator]().next();
    await expect(first).rejects.toMatchObject({ code: 'rpc.deadline_exceeded' });
    expect(lines).toEqual([]);
  });

  it('ends for the reader even if the handler hangs', async () => {
    const call = await serve(async function* () {
      yield { data: Buffer.from('a') };
      await new Promise(() => {});
    });
    await expect(read(call({ timeoutMs: 100 }))).rejects.toMatchObject({ code: 'rpc.deadline_exceeded' });
  });
});

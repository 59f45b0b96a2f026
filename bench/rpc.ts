import { create } from '@bufbuild/protobuf';
import type { Client, ServiceImpl } from '@connectrpc/connect';
import { OrderSchema, OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { Health } from '@pasar/platform/health';
import { asUser, implement, testNetwork } from '@pasar/platform/testing/network';

const id = '01981f00-0000-7000-8000-0000000000aa';
const order = create(OrderSchema, {
  id,
  number: 'PSR-ABCDEFGHIJKL',
  checkoutId: id,
  sellerId: id,
  customerId: id,
  status: 3,
  total: { amount: 5_350_000n, currency: 'IDR' },
  paymentId: id,
  note: 'Leave it at the door.',
  carrier: 'JNE',
  trackingNumber: 'JNE-1',
  version: 3n,
});

/**
 * What a call costs with all that goes with it: tracing, access with a known token, validation, metrics, deadline,
 * breaker, bulkhead, copies. Both sides of a remote call run in this process, so its CPU time is that of client and
 * server together.
 */
export async function benchRpc(): Promise<void> {
  const callee = testNetwork();
  const orders: Partial<ServiceImpl<typeof OrderService>> = { getOrder: () => order };
  callee.register('order', OrderService, implement(OrderService, orders));
  const port = await callee.serve({ host: '127.0.0.1', port: 0, health: new Health() });
  const caller = testNetwork({ addresses: { [OrderService.typeName]: `127.0.0.1:${port}` } });

  console.log('RPC, one message of 260 bytes:        µs a call    µs of CPU');
  const local = callee.client(OrderService, { from: 'bench' });
  const remote = caller.client(OrderService, { from: 'bench' });
  await measure('local', local, 200_000, 1);
  await measure('gRPC, one at a time', remote, 10_000, 1);
  await measure('gRPC, 16 at a time', remote, 40_000, 16);
  await caller.close();
  await callee.close();
}

async function measure(name: string, client: Client<typeof OrderService>, calls: number, atOnce: number) {
  const options = asUser({ id: 'customer' });
  const run = (count: number) =>
    Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let i = 0; i < count / atOnce; i++) await client.getOrder({ id }, options);
      }),
    );
  await run(calls / 4);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await run(calls);
  const wall = ((performance.now() - begun) * 1000) / calls;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `  ${name.padEnd(34)} ${wall.toFixed(1).padStart(8)} ${((user + system) / calls).toFixed(1).padStart(12)}`,
  );
}

if (import.meta.main) await benchRpc();

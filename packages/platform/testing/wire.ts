import type { ServiceImpl } from '@connectrpc/connect';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { Health } from '../health.js';
import type { RpcNetwork, RpcNetworkOptions } from '../rpc.js';
import { implement, testNetwork } from './network.js';

/** The ways a call can take; what a caller sees must not depend on it. */
export const wires = ['local', 'grpc'] as const;
export type Wire = (typeof wires)[number];

export interface Served {
  orders?: Partial<ServiceImpl<typeof OrderService>>;
  inventory?: Partial<ServiceImpl<typeof InventoryService>>;
  products?: Partial<ServiceImpl<typeof ProductService>>;
}

export interface Connection {
  caller: RpcNetwork;
  /** Where the handlers are: the caller's own process, or another one. */
  callee: RpcNetwork;
  close(): Promise<void>;
}

/** @param lines collects what the callee logs */
export async function connectBy(
  wire: Wire,
  { orders = {}, inventory = {}, products = {} }: Served,
  options: Partial<RpcNetworkOptions> = {},
  lines: string[] = [],
): Promise<Connection> {
  const callee = testNetwork(options, lines);
  callee.register('order', OrderService, implement(OrderService, orders));
  callee.register('inventory', InventoryService, implement(InventoryService, inventory));
  callee.register('product', ProductService, implement(ProductService, products));
  if (wire === 'local') return { caller: callee, callee, close: () => callee.close() };
  const port = await callee.serve({ host: '127.0.0.1', port: 0, health: new Health() });
  const address = `127.0.0.1:${port}`;
  const contracts = [OrderService, InventoryService, ProductService];
  const addresses = Object.fromEntries(contracts.map(({ typeName }) => [typeName, address]));
  const caller = testNetwork({ ...options, addresses });
  return {
    caller,
    callee,
    async close() {
      await caller.close();
      await callee.close(0);
    },
  };
}

import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { InventoryConfig } from './config.js';
import { InventoryConsumers } from './consumers.js';
import { InventoryJobs } from './jobs.js';
import { Reservations } from './reservations.js';
import { InventoryRpc } from './rpc.js';
import { StockKeeping } from './stock-keeping.js';

export const inventoryService: ServiceDefinition = {
  name: 'inventory',
  config: InventoryConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  plans: 'generic',
  serves: [[InventoryService, InventoryRpc]],
  calls: [OrderService, ProductService],
  consumes: [InventoryConsumers],
  jobs: [InventoryJobs],
  providers: [Reservations, StockKeeping],
};

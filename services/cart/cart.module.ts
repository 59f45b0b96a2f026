import { CartService } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { PromotionService } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { CartConfig } from './config.js';
import { CartConsumers } from './consumers.js';
import { CartJobs } from './jobs.js';
import { CartRpc } from './rpc.js';
import { CartStore } from './store.js';
import { Carts } from './use-cases.js';

export const cartService: ServiceDefinition = {
  name: 'cart',
  config: CartConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  plans: 'generic',
  serves: [[CartService, CartRpc]],
  calls: [InventoryService, ProductService, PromotionService],
  consumes: [CartConsumers],
  jobs: [CartJobs],
  providers: [CartStore, Carts],
};

import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { PromotionService } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { Categories } from './categories.js';
import { PromotionConfig } from './config.js';
import { PromotionConsumers } from './consumers.js';
import { FlashSales } from './flash-sales.js';
import { PromotionJobs } from './jobs.js';
import { Promotions } from './promotions.js';
import { Quotes } from './quotes.js';
import { Redemptions } from './redemptions.js';
import { PromotionRpc } from './rpc.js';
import { RunningPromotions } from './running.js';

export const promotionService: ServiceDefinition = {
  name: 'promotion',
  config: PromotionConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  plans: 'generic',
  serves: [[PromotionService, PromotionRpc]],
  calls: [CatalogService, OrderService, ProductService],
  consumes: [PromotionConsumers],
  listens: [RunningPromotions],
  jobs: [PromotionJobs],
  providers: [Categories, FlashSales, Promotions, Quotes, Redemptions],
};

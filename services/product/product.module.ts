import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { PromotionService } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { PerformanceService } from '@pasar/contracts/pasar/seller/v1/performance_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { Catalogue } from './catalogue.js';
import { CatalogueChanges } from './catalogue-changes.js';
import { ProductConfig } from './config.js';
import { ProductConsumers } from './consumers.js';
import { Exports } from './exports.js';
import { FlashMarks } from './flash-marks.js';
import { FlashSales } from './flash-prices.js';
import { Imports } from './imports.js';
import { ProductJobs } from './jobs.js';
import { Offering } from './offering.js';
import { Products } from './products.js';
import { ProductRpc } from './rpc.js';

export const productService: ServiceDefinition = {
  name: 'product',
  config: ProductConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  serves: [[ProductService, ProductRpc]],
  calls: [CatalogService, InventoryService, PerformanceService, PromotionService, SellerService],
  consumes: [ProductConsumers],
  jobs: [ProductJobs],
  providers: [Catalogue, CatalogueChanges, Products, Imports, Exports, FlashSales, FlashMarks, Offering],
};

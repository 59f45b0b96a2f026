import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { MediaService } from '@pasar/contracts/pasar/media/v1/media_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { CommissionService } from '@pasar/contracts/pasar/seller/v1/commission_pb';
import { KycService } from '@pasar/contracts/pasar/seller/v1/kyc_pb';
import { PerformanceService } from '@pasar/contracts/pasar/seller/v1/performance_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { StaffService } from '@pasar/contracts/pasar/seller/v1/staff_pb';
import { SupplyService } from '@pasar/contracts/pasar/seller/v1/supply_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { Cases } from './cases.js';
import { Categories } from './categories.js';
import { CommissionRpc } from './commission-rpc.js';
import { Commissions } from './commissions.js';
import { SellerConfig } from './config.js';
import { SellerConsumers } from './consumers.js';
import { SellerJobs } from './jobs.js';
import { KycRpc } from './kyc-rpc.js';
import { Openings } from './openings.js';
import { PerformanceRpc } from './performance-rpc.js';
import { SellerRpc } from './rpc.js';
import { Staff } from './staff.js';
import { StaffRpc } from './staff-rpc.js';
import { Supplies } from './supplies.js';
import { SupplyRpc } from './supply-rpc.js';
import { Sellers } from './use-cases.js';

export const sellerService: ServiceDefinition = {
  name: 'seller',
  config: SellerConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  serves: [
    [SellerService, SellerRpc],
    [CommissionService, CommissionRpc],
    [KycService, KycRpc],
    [PerformanceService, PerformanceRpc],
    [StaffService, StaffRpc],
    [SupplyService, SupplyRpc],
  ],
  calls: [CatalogService, InventoryService, MediaService, ProductService],
  consumes: [SellerConsumers],
  jobs: [SellerJobs],
  providers: [Cases, Categories, Commissions, Openings, Sellers, Staff, Supplies],
};

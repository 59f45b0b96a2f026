import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { CommissionService } from '@pasar/contracts/pasar/seller/v1/commission_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { Categories } from './categories.js';
import { CommissionRpc } from './commission-rpc.js';
import { Commissions } from './commissions.js';
import { SellerConfig } from './config.js';
import { SellerRpc } from './rpc.js';
import { Sellers } from './use-cases.js';

export const sellerService: ServiceDefinition = {
  name: 'seller',
  config: SellerConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  serves: [
    [SellerService, SellerRpc],
    [CommissionService, CommissionRpc],
  ],
  calls: [CatalogService],
  consumes: [],
  jobs: [],
  providers: [Categories, Commissions, Sellers],
};

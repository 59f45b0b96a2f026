import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { SellerConfig } from './config.js';
import { SellerRpc } from './rpc.js';
import { Sellers } from './use-cases.js';

export const sellerService: ServiceDefinition = {
  name: 'seller',
  config: SellerConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  serves: [[SellerService, SellerRpc]],
  calls: [],
  consumes: [],
  jobs: [],
  providers: [Sellers],
};

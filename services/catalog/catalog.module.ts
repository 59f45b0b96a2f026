import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { Brands } from './brands.js';
import { Categories } from './categories.js';
import { CatalogConfig } from './config.js';
import { CatalogRpc } from './rpc.js';

export const catalogService: ServiceDefinition = {
  name: 'catalog',
  config: CatalogConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  serves: [[CatalogService, CatalogRpc]],
  calls: [],
  consumes: [],
  jobs: [],
  providers: [Categories, Brands],
};

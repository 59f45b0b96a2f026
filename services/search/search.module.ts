import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { SearchService } from '@pasar/contracts/pasar/search/v1/search_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { SearchConfig } from './config.js';
import { SearchConsumers } from './consumers.js';
import { Directory } from './directory.js';
import { Facets } from './facets.js';
import { Indexing } from './indexing.js';
import { Names } from './names.js';
import { Rebuilding } from './rebuilding.js';
import { SearchRpc } from './rpc.js';
import { Searching } from './searching.js';
import { Suggestions } from './suggestions.js';
import { SynonymList } from './synonyms.js';
import { Trending } from './trending.js';

export const searchService: ServiceDefinition = {
  name: 'search',
  config: SearchConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  serves: [[SearchService, SearchRpc]],
  calls: [CatalogService, InventoryService, ProductService, SellerService],
  consumes: [SearchConsumers],
  jobs: [Indexing, Rebuilding],
  providers: [Directory, Facets, Names, Searching, Suggestions, SynonymList, Trending],
};

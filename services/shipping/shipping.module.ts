import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { ShippingService } from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { ShippingConfig } from './config.js';
import { Quotes } from './quotes.js';
import { ShippingRpc } from './rpc.js';

export const shippingService: ServiceDefinition = {
  name: 'shipping',
  config: ShippingConfig,
  migrations: [platformMigrations.messaging],
  plans: 'generic',
  serves: [[ShippingService, ShippingRpc]],
  calls: [SellerService],
  consumes: [],
  jobs: [],
  providers: [Quotes],
};

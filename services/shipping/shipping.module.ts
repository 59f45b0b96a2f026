import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { CarrierSimulatorService, ShippingService } from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { Clock } from '@pasar/platform/clock';
import { ConfigError } from '@pasar/platform/config';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { simulatedCarriers } from './adapters/simulated-carriers.js';
import { SimulatedDepot } from './adapters/simulated-depot.js';
import { SimulatorRpc } from './adapters/simulator-rpc.js';
import { SimulatorWebhooks } from './adapters/simulator-webhooks.js';
import { Carriers } from './carrier.js';
import { CarrierCalls } from './carrier-calls.js';
import { defaultWebhookSecret, ShippingConfig } from './config.js';
import { ShippingConsumers } from './consumers.js';
import { ShippingJobs } from './jobs.js';
import { Quotes } from './quotes.js';
import { ShippingRpc } from './rpc.js';
import { ShippingStore } from './store.js';
import { Shipments } from './use-cases.js';

export const shippingService: ServiceDefinition = {
  name: 'shipping',
  config: ShippingConfig,
  migrations: [
    platformMigrations.messaging,
    packageResource(import.meta.url, 'migrations'),
    packageResource(import.meta.url, 'adapters/simulator-migrations'),
  ],
  plans: 'generic',
  serves: [
    [ShippingService, ShippingRpc],
    [CarrierSimulatorService, SimulatorRpc],
  ],
  calls: [SellerService],
  consumes: [ShippingConsumers],
  jobs: [ShippingJobs, SimulatorWebhooks],
  providers: [
    CarrierCalls,
    Quotes,
    Shipments,
    ShippingStore,
    SimulatedDepot,
    { provide: Carriers, inject: [SimulatedDepot, ShippingConfig, Clock], useFactory: openCarriers },
  ],
};

function openCarriers(depot: SimulatedDepot, config: ShippingConfig, clock: Clock): Carriers {
  if (config.profile === 'production' && config.webhookSecret === defaultWebhookSecret) {
    throw new ConfigError(
      'PASAR_SIMULATOR_WEBHOOK_SECRET: production needs one that is not known to everybody',
    );
  }
  return new Carriers(simulatedCarriers(depot, config, clock));
}

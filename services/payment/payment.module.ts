import { CreditService } from '@pasar/contracts/pasar/payment/v1/credit_pb';
import { PaymentService, SimulatorService } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { PayoutService } from '@pasar/contracts/pasar/payment/v1/payout_pb';
import { ReconciliationService } from '@pasar/contracts/pasar/payment/v1/reconciliation_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { CommissionService } from '@pasar/contracts/pasar/seller/v1/commission_pb';
import { Clock } from '@pasar/platform/clock';
import { ConfigError } from '@pasar/platform/config';
import { Database } from '@pasar/platform/db';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { SimulatedBank } from './adapters/simulated-bank.js';
import { SimulatorProvider } from './adapters/simulator.js';
import { SimulatorFaults } from './adapters/simulator-faults.js';
import { SimulatorRpc } from './adapters/simulator-rpc.js';
import { SimulatorWebhooks } from './adapters/simulator-webhooks.js';
import { Attempts } from './attempts.js';
import { defaultWebhookSecret, PaymentConfig } from './config.js';
import { PaymentConsumers } from './consumers.js';
import { CreditRpc } from './credit-rpc.js';
import { Credits } from './credits.js';
import { PaymentJobs } from './jobs.js';
import { LedgerStore } from './ledger-store.js';
import { PayoutRpc } from './payout-rpc.js';
import { PayoutStore } from './payout-store.js';
import { Payouts } from './payouts.js';
import { Provider } from './provider.js';
import { ProviderCalls } from './provider-calls.js';
import { Reconciler } from './reconciler.js';
import { ReconciliationRpc } from './reconciliation-rpc.js';
import { PaymentRpc } from './rpc.js';
import { Sales } from './sales.js';
import { StatementStore } from './statement-store.js';
import { PaymentStore } from './store.js';
import { Payments } from './use-cases.js';
import { Webhooks } from './webhooks.js';

export const paymentService: ServiceDefinition = {
  name: 'payment',
  config: PaymentConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  plans: 'generic',
  serves: [
    [PaymentService, PaymentRpc],
    [PayoutService, PayoutRpc],
    [CreditService, CreditRpc],
    [ReconciliationService, ReconciliationRpc],
    [SimulatorService, SimulatorRpc],
  ],
  calls: [CommissionService, ProductService],
  consumes: [PaymentConsumers],
  jobs: [PaymentJobs, SimulatorWebhooks],
  providers: [
    Attempts,
    Credits,
    LedgerStore,
    PayoutStore,
    Payouts,
    Payments,
    PaymentStore,
    ProviderCalls,
    Reconciler,
    Sales,
    StatementStore,
    SimulatorFaults,
    Webhooks,
    SimulatorProvider,
    { provide: Provider, inject: [PaymentConfig, SimulatorProvider, Clock], useFactory: chooseProvider },
    {
      provide: SimulatedBank,
      inject: [PaymentConfig, Database, SimulatorFaults, Clock],
      useFactory: openBank,
    },
  ],
};

/** Stripe's library is loaded where it is used: it is the tenth part of a start. */
async function chooseProvider(
  config: PaymentConfig,
  simulator: SimulatorProvider,
  clock: Clock,
): Promise<Provider> {
  if (config.provider === 'simulator') return simulator;
  const { stripeSecretKey: secretKey, stripeWebhookSecret: webhookSecret } = config;
  if (!secretKey) throw new ConfigError('PASAR_STRIPE_SECRET_KEY: Stripe needs it');
  if (!webhookSecret) throw new ConfigError('PASAR_STRIPE_WEBHOOK_SECRET: Stripe needs it');
  const { stripeUrl: url, providerTimeoutMs: timeoutMs } = config;
  const { StripeProvider } = await import('./adapters/stripe.js');
  return new StripeProvider({ secretKey, webhookSecret, url, timeoutMs }, clock);
}

function openBank(
  config: PaymentConfig,
  own: Database,
  faults: SimulatorFaults,
  clock: Clock,
): Promise<SimulatedBank> {
  const isUsed = config.profile === 'production' && config.provider === 'simulator';
  if (isUsed && config.webhookSecret === defaultWebhookSecret) {
    throw new ConfigError(
      'PASAR_SIMULATOR_WEBHOOK_SECRET: production needs one that is not known to everybody',
    );
  }
  return SimulatedBank.open(config.simulatorDatabaseUrl ?? besidePayments(own.url), faults, clock);
}

/** On the same server: `pasar_simulator` beside `pasar_payment`. */
function besidePayments(paymentUrl: string): string {
  const url = new URL(paymentUrl);
  const name = url.pathname.replace(/_payment$/, '');
  url.pathname = `${name}_simulator`;
  return url.href;
}

import { CartService } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { MediaService } from '@pasar/contracts/pasar/media/v1/media_pb';
import { DocumentService } from '@pasar/contracts/pasar/order/v1/document_pb';
import { OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ReturnService } from '@pasar/contracts/pasar/order/v1/return_pb';
import { CreditService } from '@pasar/contracts/pasar/payment/v1/credit_pb';
import { PaymentService } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { PromotionService } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { ShippingService } from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { UserService } from '@pasar/contracts/pasar/user/v1/user_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { Baskets } from './baskets.js';
import { CheckoutSaga } from './checkout.saga.js';
import { CheckoutAudit } from './checkout-audit.js';
import { Checkouts } from './checkouts.js';
import { OrderConfig } from './config.js';
import { OrderConsumers } from './consumers.js';
import { Departures } from './departures.js';
import { Dispatch } from './dispatch.js';
import { DocumentRpc } from './document-rpc.js';
import { OrderJobs } from './jobs.js';
import { OrderLists } from './lists.js';
import { Orders } from './orders.js';
import { Projections } from './projections.js';
import { ReturnRpc } from './return-rpc.js';
import { OrderRpc } from './rpc.js';
import { OrderStore } from './store.js';

export const orderService: ServiceDefinition = {
  name: 'order',
  config: OrderConfig,
  migrations: [
    platformMigrations.messaging,
    platformMigrations.eventStore,
    platformMigrations.saga,
    packageResource(import.meta.url, 'migrations'),
  ],
  plans: 'generic',
  serves: [
    [OrderService, OrderRpc],
    [ReturnService, ReturnRpc],
    [DocumentService, DocumentRpc],
  ],
  calls: [
    CartService,
    CreditService,
    InventoryService,
    MediaService,
    PaymentService,
    ProductService,
    PromotionService,
    SellerService,
    ShippingService,
    UserService,
  ],
  consumes: [OrderConsumers],
  jobs: [OrderJobs],
  providers: [
    OrderStore,
    OrderLists,
    Baskets,
    CheckoutAudit,
    CheckoutSaga,
    Checkouts,
    Departures,
    Dispatch,
    Orders,
    Projections,
  ],
};

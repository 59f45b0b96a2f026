import { Injectable } from '@nestjs/common';
import { OrderCancelledSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { on } from '@pasar/platform/inbox';
import { Redemptions } from './redemptions.js';

/** Before its checkout is confirmed, an order's vouchers are given back by the checkout's saga. */
@Injectable()
export class PromotionConsumers {
  constructor(private readonly redemptions: Redemptions) {}

  readonly subscriptions = [
    on(OrderCancelledSchema, async (tx, { data: { order, wasConfirmed } }) => {
      if (order && wasConfirmed) await this.redemptions.releaseOrder(tx, order.checkoutId, order.orderId);
    }),
  ];
}

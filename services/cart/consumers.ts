import { Injectable } from '@nestjs/common';
import { OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { on, onBatch } from '@pasar/platform/inbox';
import { CartStore } from './store.js';

@Injectable()
export class CartConsumers {
  constructor(private readonly store: CartStore) {}

  readonly subscriptions = [
    onBatch(OrderConfirmedSchema, async (tx, events) => {
      const bought = events.flatMap(({ data: { order } }) =>
        order?.fromCart
          ? order.lines.map(({ variantId, quantity }) => ({ userId: order.customerId, variantId, quantity }))
          : [],
      );
      if (bought.length > 0) await this.store.takeOut(tx, bought);
    }),
    on(UserUpdatedSchema, async (tx, { data: { userId, deleted } }) => {
      if (deleted) await this.store.deleteCartOf(tx, userId);
    }),
  ];
}

import { Injectable } from '@nestjs/common';
import { UserDeactivatedSchema } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import {
  OrderCancelledSchema,
  OrderConfirmedSchema,
  OrderShippedSchema,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { RatingChangedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import { on, onBatch } from '@pasar/platform/inbox';
import { SellerConfig } from './config.js';
import { noteCancelled, noteConfirmed, noteRating, noteShipped } from './performance-store.js';
import { Staff } from './staff.js';

@Injectable()
export class SellerConsumers {
  constructor(
    private readonly staff: Staff,
    private readonly config: SellerConfig,
  ) {}

  readonly subscriptions = [
    on(UserDeactivatedSchema, (tx, { data: { userId } }) => this.staff.forget(tx, userId)),
    onBatch(OrderConfirmedSchema, async (tx, events) => {
      const orders = events.flatMap(({ time, data: { order } }) =>
        order
          ? [
              {
                orderId: order.orderId,
                sellerId: order.sellerId,
                confirmedAt: time,
                dueAt: this.#dueAt(time),
              },
            ]
          : [],
      );
      await noteConfirmed(tx, orders);
    }),
    on(OrderShippedSchema, async (tx, { time, data: { order } }) => {
      if (order) await noteShipped(tx, order.orderId, time);
    }),
    on(OrderCancelledSchema, async (tx, { data: { order, cancelledBy, wasConfirmed } }) => {
      if (order && wasConfirmed) await noteCancelled(tx, order.orderId, cancelledBy || 'system');
    }),
    on(RatingChangedSchema, async (tx, { data: { productId, sellerId, average, count } }) => {
      // Of the store, not of one of its products.
      if (productId === '') await noteRating(tx, sellerId, average, count);
    }),
  ];

  #dueAt(confirmedAt: Date): Date {
    return new Date(confirmedAt.getTime() + this.config.shipWithinHours * 3_600_000);
  }
}

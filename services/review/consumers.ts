import { Injectable } from '@nestjs/common';
import {
  OrderCompletedSchema,
  OrderDeliveredSchema,
  type OrderFacts,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { on, onBatch } from '@pasar/platform/inbox';
import type { DeliveredLine } from './review.js';
import { Reviews } from './reviews.js';

@Injectable()
export class ReviewConsumers {
  constructor(private readonly reviews: Reviews) {}

  readonly subscriptions = [
    // A buyer may say that all is well before the delivery was told.
    ...[OrderDeliveredSchema, OrderCompletedSchema].map((schema) =>
      onBatch(schema, (tx, events) =>
        this.reviews.noteDelivered(
          tx,
          events.flatMap(({ data, time }) => linesOf(data, time)),
        ),
      ),
    ),
    on(UserUpdatedSchema, (tx, { data: { userId: id, name, deleted } }) =>
      deleted ? this.reviews.erase(tx, id) : this.reviews.rename(tx, { id, name }),
    ),
  ];
}

function linesOf({ order }: { order?: OrderFacts }, deliveredAt: Date): DeliveredLine[] {
  if (!order) return [];
  const { orderId, sellerId, customerId } = order;
  return order.lines.map(({ variantId, productId, title, variantTitle, imageUrl }) => ({
    ...{ orderId, sellerId, customerId, deliveredAt },
    ...{ variantId, productId, title, variantTitle, imageUrl },
  }));
}

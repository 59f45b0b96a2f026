import { Injectable } from '@nestjs/common';
import { OrderCancelledSchema, OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { on, onBatch } from '@pasar/platform/inbox';
import { CarrierCalls } from './carrier-calls.js';
import { toShipmentOrder } from './messages.js';
import { ShippingStore } from './store.js';
import { Shipments } from './use-cases.js';

/** What is bought is sent; what is cancelled is not. Carriers are told after the commit. */
@Injectable()
export class ShippingConsumers {
  constructor(
    private readonly shipments: Shipments,
    private readonly calls: CarrierCalls,
    private readonly store: ShippingStore,
  ) {}

  readonly subscriptions = [
    onBatch(OrderConfirmedSchema, async (tx, events, { afterCommit }) => {
      const orders = events.flatMap(({ data: { shipment } }) =>
        shipment ? [toShipmentOrder(shipment)] : [],
      );
      if (orders.length === 0) return;
      const made = await this.shipments.create(tx, orders);
      afterCommit(() => this.calls.book(made));
    }),
    onBatch(OrderCancelledSchema, async (tx, events, { afterCommit }) => {
      const orderIds = events.flatMap(({ data: { order, wasConfirmed } }) =>
        order && wasConfirmed ? [order.orderId] : [],
      );
      if (orderIds.length === 0) return;
      await this.shipments.cancel(tx, orderIds);
      afterCommit(() => this.calls.wake());
    }),
    on(UserUpdatedSchema, async (tx, { data: { userId, deleted } }) => {
      if (!deleted) return;
      await this.store.noteDeparted(tx, userId);
      await this.store.eraseDeparted(tx);
    }),
  ];
}

import { Injectable } from '@nestjs/common';
import { PaymentCompletedSchema, PaymentFailedSchema } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import {
  ShipmentDeliveredSchema,
  type ShipmentFacts,
  ShipmentUpdatedSchema,
  Shipment_Status as Status,
} from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { on, onBatch } from '@pasar/platform/inbox';
import { CheckoutSaga } from './checkout.saga.js';
import { Departures } from './departures.js';
import { Dispatch, type ShipmentNews } from './dispatch.js';

/** That a carrier has the goods. That they were handed over the seller's own call says. */
const underWay = new Set([Status.PICKED_UP, Status.IN_TRANSIT, Status.OUT_FOR_DELIVERY]);
const ends = new Map<Status, ShipmentNews['end']>([
  [Status.LOST, 'lose'],
  [Status.RETURNED, 'bring back'],
]);

/** Where some of the parcels arrived, the buyer says what is missing, by a return. */
function newsOf(shipment: ShipmentFacts): ShipmentNews[] {
  const end = ends.get(shipment.status);
  if (!end) return underWay.has(shipment.status) ? [shipment] : [];
  return [{ ...shipment, end: shipment.deliveredParcels > 0 ? 'deliver' : end }];
}

@Injectable()
export class OrderConsumers {
  constructor(
    private readonly saga: CheckoutSaga,
    private readonly dispatch: Dispatch,
    private readonly departures: Departures,
  ) {}

  readonly subscriptions = [
    // News of an asynchronous payment wakes the checkout that waits for it.
    ...[PaymentCompletedSchema, PaymentFailedSchema].map((schema) =>
      onBatch(schema, async (tx, events, { afterCommit }) => {
        const checkoutIds = events.flatMap(({ data }) => data.payment?.checkoutId ?? []);
        if ((await this.saga.sagas.wake(tx, checkoutIds)) > 0) afterCommit(() => this.saga.sagas.recover());
      }),
    ),
    onBatch(ShipmentUpdatedSchema, async (tx, events) => {
      const news = events.flatMap(({ data: { shipment } }) => (shipment ? newsOf(shipment) : []));
      if (news.length > 0) await this.dispatch.follow(tx, news);
    }),
    onBatch(ShipmentDeliveredSchema, async (tx, events) => {
      const shipments = events.flatMap(({ data }) => data.shipment ?? []);
      await this.dispatch.follow(
        tx,
        shipments.map((shipment) => ({ ...shipment, end: 'deliver' as const })),
      );
    }),
    on(UserUpdatedSchema, async (tx, { data: { userId, deleted } }) => {
      if (deleted) await this.departures.note(tx, userId);
    }),
  ];
}

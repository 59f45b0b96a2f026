import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  Shipment_Status,
  ShipmentCreatedSchema,
  ShipmentDeliveredSchema,
  type ShipmentFactsSchema,
  ShipmentUpdatedSchema,
  TrackingEvent_Kind,
} from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { event, type PendingEvent } from '@pasar/platform/events';
import type { Shipment, TrackingEvent } from './shipment.js';

/** What the world is told of a change of a shipment. */
export function eventsOf(before: Shipment, after: Shipment, heard?: TrackingEvent): PendingEvent[] {
  if (before.status === after.status && !heard) return [];
  const shipment = toFacts(after);
  if (after.status === 'BOOKED' && !before.sender) {
    return [event(ShipmentCreatedSchema, after.id, { shipment })];
  }
  const updated = event(ShipmentUpdatedSchema, after.id, {
    shipment,
    event: heard && {
      parcel: after.parcels.find(({ trackingNumber }) => trackingNumber === heard.trackingNumber)?.number,
      kind: TrackingEvent_Kind[heard.kind],
      place: heard.place,
      note: heard.note,
      time: timestampFromDate(heard.at),
    },
  });
  if (after.status !== 'DELIVERED' || before.status === 'DELIVERED') return [updated];
  const last = after.parcels.reduce((a, b) => ((b.deliveredAt ?? 0) > (a.deliveredAt ?? 0) ? b : a));
  const proof = {
    receivedBy: last.receivedBy,
    time: last.deliveredAt ? timestampFromDate(last.deliveredAt) : undefined,
  };
  return [updated, event(ShipmentDeliveredSchema, after.id, { shipment, proof })];
}

function toFacts(shipment: Shipment): MessageInitShape<typeof ShipmentFactsSchema> {
  const { id, orderId, number, customerId, sellerId, status, service, carrier, parcels } = shipment;
  return {
    ...{ shipmentId: id, orderId, orderNumber: number, customerId, sellerId, service, carrier },
    status: Shipment_Status[status],
    deliveredParcels: parcels.filter((parcel) => parcel.status === 'DELIVERED').length,
    trackingNumbers: parcels.map(({ trackingNumber }) => trackingNumber).filter(Boolean),
  };
}

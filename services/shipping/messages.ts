import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  Shipment_Status,
  type ShipmentOrder as ShipmentOrderMessage,
  type ShipmentSchema,
  TrackingEvent_Kind,
} from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { type Address, expectedAt, type Parcel, type Shipment, type ShipmentOrder } from './shipment.js';
import type { StoredEvent } from './store.js';

export function toShipmentOrder(message: ShipmentOrderMessage): ShipmentOrder {
  const { orderId, number, customerId, sellerId, destination, option, contents, collect } = message;
  const {
    service = '',
    carrier = '',
    cost,
    minDays = 0,
    maxDays = 0,
    chargedWeightGrams = 0n,
  } = option ?? {};
  return {
    ...{ orderId, number, customerId, sellerId, service, carrier, minDays, maxDays },
    destination: toAddress(destination),
    cost: { amount: cost?.amount ?? 0n, currency: cost?.currency ?? '' },
    chargedGrams: Number(chargedWeightGrams),
    contents: contents.map(({ title, quantity }) => ({ title, quantity })),
    collect: collect?.amount ?? 0n,
  };
}

function toAddress(address: Partial<Address> | undefined): Address {
  const { recipient = '', phone = '', line1 = '', line2 = '' } = address ?? {};
  const { city = '', province = '', postalCode = '', country = '' } = address ?? {};
  return { recipient, phone, line1, line2, city, province, postalCode, country };
}

/** The contract's shipment. */
export function toMessage(
  shipment: Shipment & { updatedAt?: Date },
  events: StoredEvent[] = [],
): MessageInitShape<typeof ShipmentSchema> {
  const { id, orderId, number, sellerId, customerId, service, carrier, ownCourier, cost, destination } =
    shipment;
  const [from, until] = expectedAt(shipment) ?? [];
  return {
    ...{
      id,
      orderId,
      orderNumber: number,
      sellerId,
      customerId,
      service,
      carrier,
      ownCourier,
      cost,
      destination,
    },
    status: Shipment_Status[shipment.status],
    parcels: shipment.parcels.map(toParcel),
    events: events.map(({ kind, at, ...event }) => ({
      ...event,
      kind: TrackingEvent_Kind[kind],
      time: timestampFromDate(at),
    })),
    expectedFrom: from && timestampFromDate(from),
    expectedUntil: until && timestampFromDate(until),
    handedOverAt: shipment.handedOverAt ? timestampFromDate(shipment.handedOverAt) : undefined,
    createdAt: timestampFromDate(shipment.createdAt),
    updatedAt: timestampFromDate(shipment.updatedAt ?? shipment.createdAt),
  };
}

function toParcel({ number, trackingNumber, weightGrams, status, receivedBy, deliveredAt }: Parcel) {
  return {
    ...{ number, trackingNumber, weightGrams: BigInt(weightGrams) },
    status: Shipment_Status[status],
    proof: deliveredAt ? { receivedBy, time: timestampFromDate(deliveredAt) } : undefined,
  };
}

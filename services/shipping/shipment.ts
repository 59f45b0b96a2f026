import { DomainError } from '@pasar/platform/errors';
import type { Money } from '@pasar/platform/money';
import { packInto } from './rates.js';

export type Status =
  | 'PENDING'
  | 'BOOKED'
  | 'HANDED_OVER'
  | 'PICKED_UP'
  | 'IN_TRANSIT'
  | 'OUT_FOR_DELIVERY'
  | 'DELIVERED'
  | 'LOST'
  | 'RETURNED'
  | 'CANCELLED';

/** What a carrier tells of a parcel. */
export type EventKind =
  | 'PICKED_UP'
  | 'IN_TRANSIT'
  | 'OUT_FOR_DELIVERY'
  | 'ATTEMPT_FAILED'
  | 'DELIVERED'
  | 'LOST'
  | 'RETURNED';

/** What the carrier has yet to be told of a shipment. */
export type Owed = 'book' | 'pickup' | 'cancel';

export interface Address {
  recipient: string;
  phone: string;
  line1: string;
  line2: string;
  city: string;
  province: string;
  postalCode: string;
  country: string;
}

/** A store, as the label names it. */
export interface Sender {
  name: string;
  city: string;
  province: string;
}

export interface Parcel {
  /** 1, 2 … */
  number: number;
  /** Empty as long as it is not booked. */
  trackingNumber: string;
  weightGrams: number;
  status: Status;
  /** When the carrier was last heard of it, by the carrier's clock. */
  heardAt: Date | null;
  receivedBy: string;
  deliveredAt: Date | null;
}

/** What a shipment is made of. */
export interface ShipmentOrder {
  orderId: string;
  number: string;
  customerId: string;
  sellerId: string;
  destination: Address;
  service: string;
  carrier: string;
  cost: Money;
  minDays: number;
  maxDays: number;
  chargedGrams: number;
  contents: { title: string; quantity: number }[];
  /** What the courier collects at the door, in minor units of the cost's currency. */
  collect: bigint;
}

export interface Shipment extends ShipmentOrder {
  id: string;
  status: Status;
  parcels: Parcel[];
  /** Rises when it is packed in another way: what was booked before is void. */
  packing: number;
  /** Known once it is booked. */
  sender: Sender | null;
  /** A courier of the seller's own has it, of whom nothing is heard. */
  ownCourier: boolean;
  owed: Owed | null;
  handedOverAt: Date | null;
  createdAt: Date;
}

export interface TrackingEvent {
  /** The carrier's id of it: the same when it is sent again. */
  id: string;
  trackingNumber: string;
  kind: EventKind;
  place: string;
  note: string;
  receivedBy: string;
  at: Date;
}

/** How far along a parcel is: of two that were heard of at the same time, the later one counts. */
const ranks: Record<Status, number> = {
  ...{ PENDING: 0, BOOKED: 1, HANDED_OVER: 2, PICKED_UP: 3, IN_TRANSIT: 4, OUT_FOR_DELIVERY: 5 },
  ...{ LOST: 6, RETURNED: 7, DELIVERED: 8, CANCELLED: 9 },
};
const ended = new Set<Status>(['DELIVERED', 'LOST', 'RETURNED', 'CANCELLED']);
const beforeHandOver = new Set<Status>(['PENDING', 'BOOKED']);

export function hasEnded(status: Status): boolean {
  return ended.has(status);
}

/** A shipment as it is when its order is confirmed: packed as its carrier takes it, and to be booked. */
export function draftShipment(order: ShipmentOrder, parcelKg: number, id: string, createdAt: Date): Shipment {
  return {
    ...order,
    ...{ id, createdAt, status: 'PENDING', packing: 1, sender: null, ownCourier: false },
    ...{ owed: 'book', handedOverAt: null },
    parcels: toParcels(packInto(order.chargedGrams, parcelKg)),
  };
}

/** The carrier has given every parcel a number. */
export function book(shipment: Shipment, trackingNumbers: string[], sender: Sender): Shipment {
  const parcels = shipment.parcels.map((parcel, index): Parcel => {
    return { ...parcel, trackingNumber: trackingNumbers[index] ?? '', status: 'BOOKED' };
  });
  return withParcels({ ...shipment, sender, owed: null }, parcels);
}

/** @throws DomainError when the seller has handed it over already, or it was cancelled */
export function pack(shipment: Shipment, weights: number[], parcelKg: number): Shipment {
  if (!beforeHandOver.has(shipment.status)) {
    throw illegal('shipment.handed_over', 'It cannot be packed any more.', shipment);
  }
  const tooHeavy = weights.findIndex((grams) => grams > parcelKg * 1000);
  if (tooHeavy >= 0) {
    throw new DomainError(
      'shipment.too_heavy',
      'unprocessable',
      `${shipment.carrier} takes parcels of up to ${parcelKg} kg.`,
      { details: { parcel: tooHeavy + 1, maxGrams: parcelKg * 1000 } },
    );
  }
  const same =
    weights.length === shipment.parcels.length &&
    weights.every((grams, index) => grams === shipment.parcels[index]?.weightGrams);
  if (same) return shipment;
  const packed: Shipment = { ...shipment, packing: shipment.packing + 1, owed: 'book' };
  return withParcels(packed, toParcels(weights));
}

/**
 * The seller has handed it over: to its carrier, for which it must be booked, or to a courier of his own. Once: what was
 * said first counts.
 */
export function handOver(
  shipment: Shipment,
  own: { carrier: string; trackingNumber: string } | undefined,
  at: Date,
): Shipment {
  if (shipment.status === 'CANCELLED') {
    throw illegal('shipment.cancelled', 'The order was cancelled, so nothing is to be sent.', shipment);
  }
  if (!beforeHandOver.has(shipment.status)) return shipment;
  if (own) {
    const [parcel] = toParcels([shipment.parcels.reduce((sum, { weightGrams }) => sum + weightGrams, 0)]);
    const carried: Parcel = {
      ...(parcel as Parcel),
      trackingNumber: own.trackingNumber,
      status: 'HANDED_OVER',
    };
    // The carrier may have been asked already.
    const told: Shipment = {
      ...shipment,
      ownCourier: true,
      carrier: own.carrier,
      owed: 'cancel',
      handedOverAt: at,
    };
    return withParcels(told, [carried]);
  }
  if (shipment.status === 'PENDING')
    throw new Error(`shipment ${shipment.id} is handed over before it is booked`);
  const parcels = shipment.parcels.map((parcel): Parcel => ({ ...parcel, status: 'HANDED_OVER' }));
  return withParcels({ ...shipment, owed: 'pickup', handedOverAt: at }, parcels);
}

/** Its order was cancelled. What has ended stays as it is. */
export function cancel(shipment: Shipment): Shipment {
  if (hasEnded(shipment.status)) return shipment;
  const parcels = shipment.parcels.map(
    (parcel): Parcel => (hasEnded(parcel.status) ? parcel : { ...parcel, status: 'CANCELLED' }),
  );
  return withParcels({ ...shipment, owed: 'cancel' }, parcels);
}

/**
 * The seller brought it in person. Once a carrier has it, only the carrier says what becomes of it.
 * @throws DomainError `shipment.carrier_has_it`
 */
export function complete(shipment: Shipment, at: Date): Shipment {
  if (shipment.status === 'DELIVERED') return shipment;
  if (beforeHandOver.has(shipment.status)) {
    throw illegal('shipment.not_handed_over', 'It was not handed over yet.', shipment);
  }
  if (shipment.status !== 'HANDED_OVER') {
    throw illegal('shipment.carrier_has_it', 'Its carrier tells when it was delivered.', shipment);
  }
  const parcels = shipment.parcels.map(
    (parcel): Parcel => ({ ...parcel, status: 'DELIVERED', deliveredAt: at }),
  );
  return withParcels({ ...shipment, owed: shipment.ownCourier ? shipment.owed : 'cancel' }, parcels);
}

/**
 * Takes what a carrier tells, in whatever order it comes: the latest by the carrier's clock counts. Delivered is
 * delivered, whatever else is said; what was returned is only ever found to have been delivered; what was lost may turn
 * up.
 */
export function track(shipment: Shipment, event: TrackingEvent): Shipment {
  const parcels = shipment.parcels.map((parcel): Parcel => {
    if (parcel.trackingNumber !== event.trackingNumber || shipment.ownCourier) return parcel;
    if (parcel.status === 'CANCELLED' || parcel.status === 'DELIVERED') return parcel;
    const { kind, at } = event;
    if (kind === 'DELIVERED') {
      return { ...parcel, status: kind, heardAt: at, deliveredAt: at, receivedBy: event.receivedBy };
    }
    if (parcel.status === 'RETURNED') return parcel;
    const status: Status = kind === 'ATTEMPT_FAILED' ? 'IN_TRANSIT' : kind;
    const heardAt = parcel.heardAt?.getTime() ?? 0;
    const isNews =
      at.getTime() > heardAt || (at.getTime() === heardAt && ranks[status] > ranks[parcel.status]);
    return kind === 'RETURNED' || isNews ? { ...parcel, status, heardAt: at } : parcel;
  });
  return withParcels(shipment, parcels);
}

/** Of all parcels together: as long as one is on its way, of the one that is furthest behind. */
export function statusOf(parcels: Parcel[]): Status {
  const statuses = parcels.map(({ status }) => status);
  const open = statuses.filter((status) => !hasEnded(status));
  const [behind] = open.sort((a, b) => ranks[a] - ranks[b]);
  if (behind) return behind;
  const worst: Status[] = ['LOST', 'RETURNED', 'CANCELLED'];
  return worst.find((status) => statuses.includes(status)) ?? 'DELIVERED';
}

/** When it should arrive, once it was handed over. */
export function expectedAt({
  handedOverAt,
  minDays,
  maxDays,
  ownCourier,
}: Shipment): [Date, Date] | undefined {
  if (!handedOverAt || ownCourier) return undefined;
  const after = (days: number) => new Date(handedOverAt.getTime() + days * 86_400_000);
  return [after(minDays), after(maxDays)];
}

function withParcels(shipment: Shipment, parcels: Parcel[]): Shipment {
  return { ...shipment, parcels, status: statusOf(parcels) };
}

function toParcels(weights: number[]): Parcel[] {
  return weights.map((weightGrams, index) => ({
    ...{ number: index + 1, trackingNumber: '', weightGrams, status: 'PENDING' as const },
    ...{ heardAt: null, receivedBy: '', deliveredAt: null },
  }));
}

function illegal(code: string, message: string, { status }: Shipment): DomainError {
  return new DomainError(code, 'conflict', message, { details: { status } });
}

import type { Rate, Tariff } from './rates.js';
import type { Address, Sender, TrackingEvent } from './shipment.js';

/** What a carrier is to bring. */
export interface Booking {
  shipmentId: string;
  /** A later packing of the same shipment takes the place of the earlier ones. */
  packing: number;
  sender: Sender;
  destination: Address;
  parcelGrams: number[];
  days: Pick<Rate, 'minDays' | 'maxDays'>;
}

/** A carrier, as this service needs it. Every call may be made again: its effect happens once. */
export interface Carrier {
  /** As in the address of its webhooks. */
  readonly name: string;
  readonly tariff: Tariff;

  /** @returns a tracking number for each parcel, the same ones however often it is asked */
  book(booking: Booking): Promise<string[]>;
  /** The parcels are ready: they may be fetched. */
  requestPickup(shipmentId: string): Promise<void>;
  /** Stops what has not begun, also what was never booked; what is on its way comes back. */
  cancel(shipmentId: string): Promise<void>;
  /** @throws DomainError `shipping.bad_signature`, or `request.invalid` for what is signed and still no event */
  readWebhook(headers: Headers, body: Uint8Array): TrackingEvent;
}

/** All carriers there are. */
export class Carriers {
  readonly tariffs: Tariff[];

  constructor(readonly all: Carrier[]) {
    this.tariffs = all.map(({ tariff }) => tariff);
  }

  of(service: string): Carrier {
    const carrier = this.all.find(({ tariff }) => tariff.service === service);
    if (!carrier) throw new Error(`no carrier offers ${service}`);
    return carrier;
  }

  named(name: string): Carrier | undefined {
    return this.all.find((carrier) => carrier.name === name);
  }
}

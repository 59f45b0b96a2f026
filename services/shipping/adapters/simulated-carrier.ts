import type { Clock } from '@pasar/platform/clock';
import { invalidField } from '@pasar/platform/errors';
import { verifyWebhook } from '@pasar/platform/webhook-signature';
import { z } from 'zod';
import type { Booking, Carrier } from '../carrier.js';
import type { ShippingConfig } from '../config.js';
import type { Tariff } from '../rates.js';
import type { TrackingEvent } from '../shipment.js';
import type { Behaviour } from './journey.js';
import type { SimulatedDepot } from './simulated-depot.js';

const kinds = [
  'PICKED_UP',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'ATTEMPT_FAILED',
  'DELIVERED',
  'LOST',
  'RETURNED',
] as const;

/** What a webhook of a simulated carrier looks like. */
export const notice = z.object({
  id: z.uuid(),
  data: z.object({
    trackingNumber: z.string().min(1).max(40),
    kind: z.enum(kinds),
    place: z.string().max(100),
    note: z.string().max(200),
    receivedBy: z.string().max(120),
    at: z.iso.datetime(),
  }),
});

/** One of the simulated carriers: a price list, a temper, and a share in the depot that stands for the world outside. */
export class SimulatedCarrier implements Carrier {
  constructor(
    readonly name: string,
    /** What its tracking numbers begin with. */
    readonly prefix: string,
    readonly tariff: Tariff,
    readonly behaviour: Behaviour,
    private readonly depot: SimulatedDepot,
    private readonly config: ShippingConfig,
    private readonly clock: Clock,
  ) {}

  book(booking: Booking): Promise<string[]> {
    return this.depot.book(this, booking);
  }

  requestPickup(shipmentId: string): Promise<void> {
    return this.depot.fetch(this, shipmentId);
  }

  cancel(shipmentId: string): Promise<void> {
    return this.depot.cancel(shipmentId);
  }

  readWebhook(headers: Headers, body: Uint8Array): TrackingEvent {
    verifyWebhook('shipping', this.config.webhookSecret, headers, body, this.clock.now());
    const read = notice.safeParse(parseJson(body));
    if (!read.success) throw invalidField('payload', 'This is no event of this carrier.');
    const { id, data } = read.data;
    return { id, ...data, at: new Date(data.at) };
  }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

import { DomainError } from '@pasar/platform/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journeyOf, recall } from './adapters/journey.js';
import {
  book,
  cancel,
  complete,
  draftShipment,
  type EventKind,
  handOver,
  hasEnded,
  pack,
  type Shipment,
  type ShipmentOrder,
  statusOf,
  type TrackingEvent,
  track,
} from './shipment.js';

const now = new Date('2026-11-21T10:00:00Z');
const kinds: EventKind[] = [
  'PICKED_UP',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'ATTEMPT_FAILED',
  'DELIVERED',
  'LOST',
  'RETURNED',
];

/** Handed over, in so many parcels with the numbers T1, T2 … */
function sent(parcels: number): Shipment {
  const order = { chargedGrams: parcels * 30_000, carrier: 'Santai' } as ShipmentOrder;
  const draft = draftShipment(order, 30, 's', now);
  const numbers = draft.parcels.map(({ number }) => `T${number}`);
  return handOver(book(draft, numbers, { name: '', city: '', province: '' }), undefined, now);
}

let next = 0;
const heard = (kind: EventKind, minute: number, parcel = 1): TrackingEvent => ({
  ...{ id: `${next++}`, trackingNumber: `T${parcel}`, kind, place: '', note: '', receivedBy: 'Sari' },
  at: new Date(now.getTime() + minute * 60_000),
});
const anyEvent = (parcels: number) =>
  fc
    .tuple(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: parcels }))
    .map(([kind, minute, parcel]) => heard(kind, minute, parcel));
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'ok';
  } catch (error) {
    return error instanceof DomainError ? error.code : 'another error';
  }
};

describe('what carriers tell', () => {
  it('leads to the same end in whatever order it comes, and however often', () => {
    const history = fc.array(anyEvent(2), { maxLength: 12 });
    fc.assert(
      fc.property(
        history.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length }),
          ),
        ),
        ([events, shuffled]) => {
          const end = (all: TrackingEvent[]) => {
            const { status, parcels } = all.reduce(track, sent(2));
            return [status, ...parcels.map((parcel) => parcel.status)];
          };
          expect(end(shuffled)).toEqual(end(events));
        },
      ),
    );
  });

  it('counts by the clock of the carrier', () => {
    const late = [heard('OUT_FOR_DELIVERY', 3), heard('IN_TRANSIT', 2), heard('PICKED_UP', 1)];
    expect(late.reduce(track, sent(1)).status).toBe('OUT_FOR_DELIVERY');
    const failed = [heard('OUT_FOR_DELIVERY', 3), heard('ATTEMPT_FAILED', 4)];
    expect(failed.reduce(track, sent(1)).status).toBe('IN_TRANSIT');
  });

  it('cannot undo a delivery, or a cancellation', () => {
    const delivered = track(sent(1), heard('DELIVERED', 1));
    for (const kind of kinds) expect(track(delivered, heard(kind, 9)).status).toBe('DELIVERED');
    const cancelled = cancel(sent(1));
    for (const kind of kinds) expect(track(cancelled, heard(kind, 9)).status).toBe('CANCELLED');
    expect(cancel(delivered)).toBe(delivered);
  });

  it('may find what was lost', () => {
    const lost = track(sent(1), heard('LOST', 1));
    expect(lost.status).toBe('LOST');
    expect(track(lost, heard('IN_TRANSIT', 2)).status).toBe('IN_TRANSIT');
    expect(track(lost, heard('DELIVERED', 2)).status).toBe('DELIVERED');
  });

  it("says nothing of a seller's own courier", () => {
    const draft = draftShipment({ chargedGrams: 1 } as ShipmentOrder, 30, 's', now);
    const own = handOver(draft, { carrier: 'Kurir', trackingNumber: 'T1' }, now);
    expect(own).toMatchObject({ status: 'HANDED_OVER', owed: 'cancel', ownCourier: true });
    expect(track(own, heard('DELIVERED', 1)).status).toBe('HANDED_OVER');
  });
});

describe('a shipment of several parcels', () => {
  it('has ended when all of them have, and is delivered when all of them are', () => {
    fc.assert(
      fc.property(fc.array(anyEvent(3), { maxLength: 20 }), (events) => {
        const { status, parcels } = events.reduce(track, sent(3));
        expect(status).toBe(statusOf(parcels));
        expect(hasEnded(status)).toBe(parcels.every((parcel) => hasEnded(parcel.status)));
        if (status === 'DELIVERED') expect(new Set(parcels.map((parcel) => parcel.status)).size).toBe(1);
      }),
    );
  });
});

describe('the life of a shipment', () => {
  it('refuses what is not its turn', () => {
    const draft = draftShipment({ chargedGrams: 61_000, carrier: 'Santai' } as ShipmentOrder, 30, 's', now);
    expect(draft.parcels).toHaveLength(3);
    expect(codeOf(() => complete(draft, now))).toBe('shipment.not_handed_over');
    expect(codeOf(() => pack(draft, [30_001], 30))).toBe('shipment.too_heavy');
    expect(codeOf(() => pack(sent(1), [1], 30))).toBe('shipment.handed_over');
    expect(codeOf(() => handOver(cancel(draft), undefined, now))).toBe('shipment.cancelled');
    expect(codeOf(() => complete(track(sent(1), heard('PICKED_UP', 1)), now))).toBe(
      'shipment.carrier_has_it',
    );
    expect(complete(sent(1), now)).toMatchObject({ status: 'DELIVERED', owed: 'cancel' });
    expect(pack(draft, [30_000, 30_000], 30)).toMatchObject({ packing: 2, status: 'PENDING', owed: 'book' });
  });

  it('does nothing twice', () => {
    const once = sent(1);
    expect(handOver(once, { carrier: 'Kurir', trackingNumber: '' }, now)).toBe(once);
    const delivered = complete(once, now);
    expect(complete(delivered, now)).toBe(delivered);
    const weights = once.parcels.map(({ weightGrams }) => weightGrams);
    const draft = draftShipment({ chargedGrams: 30_000 } as ShipmentOrder, 30, 's', now);
    expect(pack(draft, weights, 30)).toBe(draft);
  });
});

describe('a simulated journey', () => {
  const trip = { from: 'Bandung', to: 'Jayapura', recipient: 'Sari', minDays: 6, maxDays: 14 };
  const behaviour = { pickupHours: 6, shortestHours: 20, attempts: 3, failureFactor: 1 };
  const number = fc.string({ minLength: 3 });
  const share = fc.constantFrom(0, 0.5, 1);
  const endings: EventKind[] = ['DELIVERED', 'LOST', 'RETURNED'];

  it('goes forward in time from its pick-up to one end, the same whenever it is looked at', () => {
    fc.assert(
      fc.property(number, share, share, (trackingNumber, failure, loss) => {
        const stages = journeyOf(trackingNumber, trip, behaviour, { failure, loss });
        expect(journeyOf(trackingNumber, trip, behaviour, { failure, loss })).toEqual(stages);
        expect(stages[0]?.kind).toBe('PICKED_UP');
        const hours = stages.map(({ afterHours }) => afterHours);
        expect(hours.toSorted((a, b) => a - b)).toEqual(hours);
        expect(stages.filter(({ kind }) => endings.includes(kind))).toEqual([stages.at(-1)]);
        if (loss === 1) expect(stages.at(-1)?.kind).toBe('LOST');
        if (loss === 0 && failure === 0) {
          expect(stages.at(-1)).toMatchObject({ kind: 'DELIVERED', place: 'Jayapura' });
          expect(hours.at(-1)).toBeGreaterThanOrEqual(6 * 24 - 1);
          expect(hours.at(-1)).toBeLessThanOrEqual(14 * 24 + 1);
        }
      }),
    );
  });

  it('turns back after the last attempt at a door where nobody is, or when it is recalled', () => {
    const stages = journeyOf('T', trip, behaviour, { failure: 1, loss: 0 });
    expect(stages.filter(({ kind }) => kind === 'ATTEMPT_FAILED')).toHaveLength(3);
    expect(stages.at(-1)).toMatchObject({ kind: 'RETURNED', place: 'Bandung' });
    expect(recall(stages, 2).map(({ kind }) => kind)).toEqual(['PICKED_UP', 'IN_TRANSIT', 'RETURNED']);
    expect(recall(stages, 0)).toEqual([]);
  });
});

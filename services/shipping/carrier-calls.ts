import { Injectable } from '@nestjs/common';
import { Outbox } from '@pasar/platform/outbox';
import { Probe } from '@pasar/platform/probe';
import { inTime, Rounds } from '@pasar/platform/signal';
import { Log } from '@pasar/platform/telemetry';
import { Carriers } from './carrier.js';
import { eventsOf } from './events.js';
import { Quotes } from './quotes.js';
import { book, type Sender, type Shipment } from './shipment.js';
import { type Claim, ShippingStore } from './store.js';

/** Told at once; one statement takes them, one transaction records what became of them. */
const batch = 64;
const timeoutMs = 5_000;
/** For how long a process has a shipment's calls for itself. */
export const claimMs = 2 * timeoutMs;
/** Nobody waits for a booking: a moment's pause lets one commit carry many. */
const gatherMs = 100;

interface Told {
  claim: Claim;
  /** Of a booking. */
  booked?: { trackingNumbers: string[]; sender: Sender };
}

/**
 * Tells carriers what there is to tell: bookings, pick-ups, cancellations. What is owed is written with the shipment
 * before a carrier hears of it, and is told until the carrier has taken it, by any process; that two may tell the same at
 * once does no harm.
 */
@Injectable()
export class CarrierCalls {
  /** Made a moment ago, and claimed for this process with that. */
  readonly #fresh: Shipment[] = [];
  /** There may be more than what this process made. */
  #due = false;
  readonly #rounds = new Rounds(
    () => this.#round(),
    (error) => this.log.error({ err: error }, 'carriers were not told'),
  );

  constructor(
    private readonly store: ShippingStore,
    private readonly carriers: Carriers,
    private readonly quotes: Quotes,
    private readonly outbox: Outbox,
    private readonly probe: Probe,
    private readonly log: Log,
  ) {}

  /** There may be something to tell; to be called after the commit. */
  wake(): void {
    this.#due = true;
    this.#rounds.runSoon(gatherMs);
  }

  /** Tells of shipments that were made for this process to book; to be called after the commit. */
  book(shipments: Shipment[]): void {
    this.#fresh.push(...shipments);
    this.#rounds.runSoon();
  }

  /** Tells everything that is due. */
  async run(): Promise<void> {
    this.#due = true;
    await this.#rounds.run();
  }

  /** Tells of one shipment now, due or not. */
  async runOf(shipmentId: string): Promise<void> {
    await this.#tellClaimed(await this.store.claim(claimMs, 1, shipmentId));
  }

  /** What it has not told by now is taken up by another process when its claim runs out. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** @returns whether there may be more */
  async #round(): Promise<boolean> {
    const fresh = this.#fresh.splice(0, batch);
    if (fresh.length > 0) {
      await this.#tellAll(fresh.map(toBooking), fresh);
    } else if (this.#due) {
      this.#due = false;
      const claims = await this.store.claim(claimMs, batch);
      await this.#tellClaimed(claims);
      if (claims.length === batch) this.#due = true;
    }
    return this.#due || this.#fresh.length > 0;
  }

  async #tellClaimed(claims: Claim[]): Promise<void> {
    if (claims.length > 0) await this.#tellAll(claims, await this.store.findAll(claims.map(({ id }) => id)));
  }

  async #tellAll(claims: Claim[], known: Shipment[]): Promise<void> {
    const shipments = new Map(known.map((shipment) => [shipment.id, shipment]));
    const failed: Claim[] = [];
    const told = await Promise.all(
      claims.map(async (claim): Promise<Told[]> => {
        const { id, owed } = claim;
        try {
          return [await this.#tell(claim, shipments.get(id) as Shipment)];
        } catch (error) {
          this.log.warn({ err: error, shipment: id, owed }, 'a carrier did not answer');
          failed.push(claim);
          return [];
        }
      }),
    );
    if (failed.length > 0) await this.store.postpone(failed);
    await this.#record(told.flat());
  }

  async #tell(claim: Claim, shipment: Shipment): Promise<Told> {
    const { id, packing, service, destination, minDays, maxDays } = shipment;
    const carrier = this.carriers.of(service);
    await this.probe.reach(`before ${claim.owed}`);
    if (claim.owed === 'pickup') await inTime(timeoutMs, () => carrier.requestPickup(id));
    if (claim.owed === 'cancel') await inTime(timeoutMs, () => carrier.cancel(id));
    if (claim.owed !== 'book') return { claim };
    const sender = await this.quotes.senderOf(shipment.sellerId);
    const parcelGrams = shipment.parcels.map(({ weightGrams }) => weightGrams);
    const days = { minDays, maxDays };
    const trackingNumbers = await inTime(timeoutMs, () =>
      carrier.book({ shipmentId: id, packing, sender, destination, parcelGrams, days }),
    );
    return { claim, booked: { trackingNumbers, sender } };
  }

  /** Unless something else is owed by now: that another packing is to be booked, or all of it was cancelled. */
  async #record(told: Told[]): Promise<void> {
    if (told.length === 0) return;
    const byId = new Map(told.map((one) => [one.claim.id, one]));
    await this.store.database.transaction(async (tx) => {
      const locked = await this.store.lock(tx, { ids: [...byId.keys()] });
      const current = locked.filter((shipment) => {
        const claim = byId.get(shipment.id)?.claim;
        return shipment.owed === claim?.owed && shipment.packing === claim?.packing;
      });
      const changed = current.map((shipment): Shipment => {
        const booked = byId.get(shipment.id)?.booked;
        return booked ? book(shipment, booked.trackingNumbers, booked.sender) : { ...shipment, owed: null };
      });
      await this.store.save(tx, changed);
      const events = changed.flatMap((after, index) => eventsOf(current[index] as Shipment, after));
      await this.outbox.append(tx, ...events);
    });
    this.outbox.wake();
  }
}

function toBooking({ id, packing }: Shipment): Claim {
  return { id, owed: 'book', packing };
}

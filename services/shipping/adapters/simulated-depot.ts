import { Injectable } from '@nestjs/common';
import { Batcher } from '@pasar/platform/batcher';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { DomainError, notFound } from '@pasar/platform/errors';
import { recordset } from '@pasar/platform/recordset';
import { sql } from 'kysely';
import type { Booking } from '../carrier.js';
import { ShippingConfig } from '../config.js';
import type { EventKind } from '../shipment.js';
import { type Behaviour, journeyOf, recall, type Stage, type Trip } from './journey.js';
import type { notice, SimulatedCarrier } from './simulated-carrier.js';

interface DepotParcel {
  trackingNumber: string;
  service: string;
  trip: Trip;
  state: 'booked' | 'moving' | 'ended' | 'cancelled';
  recalled: boolean;
  happened: EventKind[];
  fetchedAt: Date | null;
  nextAt: Date | null;
}

/** A parcel as the carriers' page shows it. */
export interface ShownParcel extends DepotParcel {
  next: EventKind | undefined;
}

const columns = sql`
  p.tracking_number as "trackingNumber", p.service, p.trip, p.state, p.recalled, p.happened, p.fetched_at as "fetchedAt",
  p.next_at as "nextAt"`;
const batch = 200;
/** May be brought about whatever was to come. */
const endings = new Set<EventKind>(['DELIVERED', 'LOST', 'RETURNED']);

/** Digits and letters that cannot be mistaken for each other. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Stands for the world outside: where all simulated carriers keep their books and move their parcels. */
@Injectable()
export class SimulatedDepot {
  /** Called when there is a webhook to send. */
  onWebhook: () => void = () => {};
  /** For tests: nobody answers the phone. */
  away = false;
  readonly #carriers = new Map<string, SimulatedCarrier>();
  readonly #booking = new Batcher((bookings: { carrier: SimulatedCarrier; booking: Booking }[]) =>
    this.#insert(bookings),
  );

  constructor(
    private readonly database: Database,
    private readonly config: ShippingConfig,
    private readonly clock: Clock,
  ) {}

  admit(carrier: SimulatedCarrier): void {
    this.#carriers.set(carrier.tariff.service, carrier);
  }

  async book(carrier: SimulatedCarrier, booking: Booking): Promise<string[]> {
    this.#answer();
    return this.#booking.submit({ carrier, booking });
  }

  /** Fetches the parcels of the latest packing; they begin to move. */
  async fetch(carrier: SimulatedCarrier, shipmentId: string): Promise<void> {
    this.#answer();
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const { rows } = await sql<DepotParcel>`
        select ${columns} from simulated_parcel p where p.shipment_id = ${shipmentId} and p.state = 'booked'
        order by p.number for update`.execute(tx);
      for (const parcel of rows) {
        const stages = this.#stagesOf({ ...parcel, service: carrier.tariff.service });
        await this.#write(tx, { ...parcel, state: 'moving', fetchedAt: now }, stages);
      }
    });
  }

  async cancel(shipmentId: string): Promise<void> {
    this.#answer();
    await this.database.write(sql`
      with noted as (
        insert into simulated_cancellation (shipment_id) values (${shipmentId}) on conflict do nothing
      )
      update simulated_parcel set recalled = state = 'moving' and happened <> '{}',
        state = case when state = 'moving' and happened <> '{}' then state else 'cancelled' end
      where shipment_id = ${shipmentId} and state in ('booked', 'moving')`);
  }

  /** As anybody at the carriers' counter sees it. */
  async look(trackingNumber: string): Promise<ShownParcel> {
    const { rows } = await sql<DepotParcel>`
      select ${columns} from simulated_parcel p where p.tracking_number = ${trackingNumber}`.execute(
      this.database.kysely,
    );
    if (!rows[0]) throw notFound('simulated_parcel');
    return this.#show(rows[0]);
  }

  /** Lets happen at once what is to come: the next stage, or all up to one. What was not to come comes at once. */
  async advance(trackingNumber: string, until: EventKind | undefined): Promise<ShownParcel> {
    const shown = await this.database.transaction(async (tx) => {
      const { rows } = await sql<DepotParcel>`
        select ${columns} from simulated_parcel p where p.tracking_number = ${trackingNumber} for update`.execute(
        tx,
      );
      const [parcel] = rows;
      if (!parcel) throw notFound('simulated_parcel');
      if (parcel.state !== 'moving') return this.#show(parcel);
      const stages = this.#stagesOf(parcel);
      const done = parcel.happened.length;
      const at = until ? stages.findIndex(({ kind }, index) => index >= done && kind === until) : done;
      if (at >= 0) return this.#happen(tx, parcel, stages, at + 1 - done);
      if (!endings.has(until as EventKind)) {
        throw new DomainError('simulator.not_to_come', 'conflict', `${until} is not to come (any more).`);
      }
      const { to, recipient, from } = parcel.trip;
      const isDelivered = until === 'DELIVERED';
      const end: Stage = {
        ...{ kind: until as EventKind, afterHours: 0, note: '' },
        ...{ place: isDelivered ? to : from, receivedBy: isDelivered ? recipient : '' },
      };
      return this.#happen(tx, parcel, [...stages.slice(0, done), end], 1);
    });
    this.onWebhook();
    return shown;
  }

  /** Moves every parcel whose time has come. @returns how many moved */
  async move(): Promise<number> {
    const now = this.clock.now();
    const moved = await this.database.transaction(async (tx) => {
      const { rows } = await sql<DepotParcel>`
        select ${columns} from simulated_parcel p where p.state = 'moving' and p.next_at <= ${now}
        order by p.next_at limit ${batch} for update skip locked`.execute(tx);
      for (const parcel of rows) {
        const stages = this.#stagesOf(parcel);
        const due = stages
          .slice(parcel.happened.length)
          .filter((stage) => this.#timeOf(parcel, stage) <= now);
        await this.#happen(tx, parcel, stages, due.length);
      }
      return rows.length;
    });
    if (moved > 0) this.onWebhook();
    return moved;
  }

  #answer(): void {
    if (this.away) throw new Error('the carriers do not answer');
  }

  async #insert(bookings: { carrier: SimulatedCarrier; booking: Booking }[]): Promise<string[][]> {
    const parcels = bookings.flatMap(({ carrier, booking }) => {
      const { shipmentId, packing, sender, destination, parcelGrams, days } = booking;
      const from = sender.city || sender.province || 'Indonesia';
      const trip: Trip = { from, to: destination.city, recipient: destination.recipient, ...days };
      const { service } = carrier.tariff;
      return parcelGrams.map((_, index) => ({
        ...{ trackingNumber: this.#newNumber(carrier.prefix), service, shipmentId, packing },
        ...{ number: index + 1, trip },
      }));
    });
    await this.database.write(sql`
      with replaced as (
        update simulated_parcel p set state = 'cancelled'
        from unnest(${bookings.map(({ booking }) => booking.shipmentId)}::uuid[],
          ${bookings.map(({ booking }) => booking.packing)}::int[]) as b (shipment_id, packing)
        where p.shipment_id = b.shipment_id and p.packing < b.packing and p.state = 'booked'
      )
      insert into simulated_parcel (tracking_number, service, shipment_id, packing, number, trip, state)
      select n."trackingNumber", n.service, n."shipmentId", n.packing, n.number, n.trip,
        case when exists (select from simulated_cancellation c where c.shipment_id = n."shipmentId")
          then 'cancelled' else 'booked' end
      from ${recordset(
        'n',
        parcels,
        'trackingNumber text, service text, shipmentId uuid, packing int, number int, trip jsonb',
      )}
      order by n."shipmentId", n.packing, n.number
      on conflict (shipment_id, packing, number) do nothing`);
    // What was booked before keeps its numbers.
    const { rows } = await sql<{ shipmentId: string; packing: number; numbers: string[] }>`
      select shipment_id as "shipmentId", packing, array_agg(tracking_number order by number) as numbers
      from simulated_parcel where shipment_id = any(${bookings.map(({ booking }) => booking.shipmentId)}::uuid[])
      group by 1, 2`.execute(this.database.kysely);
    const known = new Map(rows.map((row) => [`${row.shipmentId} ${row.packing}`, row.numbers]));
    return bookings.map(
      ({ booking: { shipmentId, packing } }) => known.get(`${shipmentId} ${packing}`) ?? [],
    );
  }

  #newNumber(prefix: string): string {
    const random = BigInt(`0x${this.clock.id().replaceAll('-', '').slice(17)}`);
    let digits = '';
    for (let shift = 55n; shift >= 0n; shift -= 5n) digits += alphabet[Number((random >> shift) & 31n)];
    return prefix + digits;
  }

  /** The next stages of a parcel, now. */
  async #happen(
    tx: Executor<unknown>,
    parcel: DepotParcel,
    stages: Stage[],
    count: number,
  ): Promise<ShownParcel> {
    const done = parcel.happened.length;
    const news = stages.slice(done, done + count);
    const now = this.clock.now();
    for (const [index, { kind, place, note, receivedBy }] of news.entries()) {
      const { trackingNumber } = parcel;
      // One after the other also where they happen at once.
      const at = new Date(now.getTime() + index).toISOString();
      const id = this.clock.id();
      const body: typeof notice._output = { id, data: { trackingNumber, kind, place, note, receivedBy, at } };
      await sql`
        insert into simulated_webhook (service, event_id, body, due_at)
        values (${parcel.service}, ${id}, ${JSON.stringify(body)}, ${now})`.execute(tx);
    }
    const moved = { ...parcel, happened: [...parcel.happened, ...news.map(({ kind }) => kind)] };
    return this.#write(tx, moved, stages);
  }

  async #write(tx: Executor<unknown>, parcel: DepotParcel, stages: Stage[]): Promise<ShownParcel> {
    const next = stages[parcel.happened.length];
    const nextAt = next ? this.#timeOf(parcel, next) : null;
    const state = next ? parcel.state : 'ended';
    await sql`
      update simulated_parcel set state = ${state}, happened = ${parcel.happened}::text[],
        fetched_at = ${parcel.fetchedAt}, next_at = ${nextAt}
      where tracking_number = ${parcel.trackingNumber}`.execute(tx);
    return { ...parcel, state, nextAt, next: next?.kind };
  }

  #show(parcel: DepotParcel): ShownParcel {
    const next = parcel.state === 'moving' ? this.#stagesOf(parcel)[parcel.happened.length] : undefined;
    return { ...parcel, next: next?.kind };
  }

  #stagesOf({ trackingNumber, service, trip, recalled, happened }: DepotParcel): Stage[] {
    const { behaviour } = this.#carriers.get(service) as { behaviour: Behaviour };
    const { failedAttemptRate: failure, lossRate: loss } = this.config;
    const stages = journeyOf(trackingNumber, trip, behaviour, { failure, loss });
    return recalled ? recall(stages, happened.length) : stages;
  }

  #timeOf({ fetchedAt }: DepotParcel, { afterHours }: Stage): Date {
    const life = afterHours * 3_600_000;
    return new Date((fetchedAt?.getTime() ?? 0) + life / this.config.carrierPace);
  }
}

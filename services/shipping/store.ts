import { Injectable } from '@nestjs/common';
import type { Viewer } from '@pasar/platform/access';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { recordset } from '@pasar/platform/recordset';
import { type RawBuilder, sql } from 'kysely';
import type { EventKind, Owed, Parcel, Shipment, Status, TrackingEvent } from './shipment.js';

/** Orders of somebody who has left may still be on their way here. */
const keepDepartedMs = 90 * 86_400_000;

/** A tracking event as the time line shows it. */
export interface StoredEvent {
  parcel: number;
  kind: EventKind;
  place: string;
  note: string;
  at: Date;
}

/** A shipment whose carrier is to be told something. */
export interface Claim {
  id: string;
  owed: Owed;
  packing: number;
}

/** With the time of its last change. */
export type StoredShipment = Shipment & { updatedAt: Date };

type Row = Omit<StoredShipment, 'cost' | 'parcels' | 'chargedGrams'> & {
  amount: bigint;
  currency: string;
  chargedGrams: bigint;
  parcels: (Omit<Parcel, 'heardAt' | 'deliveredAt'> & {
    heardAt: string | null;
    deliveredAt: string | null;
  })[];
};

const columns = sql`
  s.id, s.order_id as "orderId", s.order_number as number, s.customer_id as "customerId", s.seller_id as "sellerId",
  s.service, s.carrier, s.amount, s.currency, s.collect, s.charged_grams as "chargedGrams", s.min_days as "minDays",
  s.max_days as "maxDays", s.destination, s.contents, s.sender, s.status, s.packing, s.own_courier as "ownCourier",
  s.owed, s.handed_over_at as "handedOverAt", s.created_at as "createdAt", s.updated_at as "updatedAt",
  (select jsonb_agg(jsonb_build_object('number', p.number, 'trackingNumber', p.tracking_number,
      'weightGrams', p.weight_grams, 'status', p.status, 'heardAt', p.heard_at, 'receivedBy', p.received_by,
      'deliveredAt', p.delivered_at) order by p.number)
    from parcel p where p.shipment_id = s.id) as parcels`;

/** Minutes, at the longest, until a carrier that did not answer is asked again. */
const longestPauseMinutes = 15;

/** All SQL of the service. Whoever changes shipments locks them before, in the order of their ids. */
@Injectable()
export class ShippingStore {
  constructor(
    readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Inserts the shipments of orders that have none yet, claimed for `leaseMs`: to be booked by the caller.
   * @returns those
   */
  async insert(tx: Executor<unknown>, shipments: Shipment[], leaseMs: number): Promise<Shipment[]> {
    const leasedUntil = new Date(this.clock.now().getTime() + leaseMs);
    const rows = shipments.map(({ cost, ...shipment }) => ({ ...shipment, ...cost }));
    const { rows: inserted } = await sql<{ id: string }>`
      with made as (
        insert into shipment (id, order_id, order_number, customer_id, seller_id, service, carrier, amount, currency,
          collect, charged_grams, min_days, max_days, destination, contents, status, packing, own_courier, owed, due_at,
          tries, created_at, updated_at)
        select n.id, n."orderId", n.number, n."customerId", n."sellerId", n.service, n.carrier, n.amount, n.currency,
          n.collect, n."chargedGrams", n."minDays", n."maxDays", n.destination, n.contents, n.status, n.packing,
          n."ownCourier", n.owed, ${leasedUntil}, 1, n."createdAt", n."createdAt"
        from ${recordset(
          'n',
          rows,
          `id uuid, orderId uuid, number text, customerId uuid, sellerId uuid, service text, carrier text,
          amount bigint, currency text, collect bigint, chargedGrams bigint, minDays int, maxDays int,
          destination jsonb, contents jsonb, status text, packing int, ownCourier boolean, owed text,
          createdAt timestamptz`,
        )} order by n."orderId"
        on conflict (order_id) do nothing returning id
      ), packed as (${writeParcels(shipments, sql`exists (select from made where made.id = p."shipmentId")`)})
      select id from made`.execute(tx);
    const made = new Set(inserted.map(({ id }) => id));
    return shipments.filter(({ id }) => made.has(id));
  }

  /** Writes shipments that were locked before. */
  async save(tx: Executor<unknown>, shipments: Shipment[]): Promise<void> {
    if (shipments.length === 0) return;
    const now = this.clock.now();
    const rows = shipments.map((shipment) => ({ ...shipment, parcelCount: shipment.parcels.length }));
    await sql`
      with n as (
        select * from ${recordset(
          'n',
          rows,
          `id uuid, carrier text, sender jsonb, status text, packing int, ownCourier boolean, owed text,
          handedOverAt timestamptz, parcelCount int`,
        )}
      ), saved as (
        update shipment s set carrier = n.carrier, sender = n.sender, status = n.status, packing = n.packing,
          own_courier = n."ownCourier", owed = n.owed, handed_over_at = n."handedOverAt", updated_at = ${now},
          due_at = case when n.owed is distinct from s.owed or n.packing <> s.packing then ${now} else s.due_at end,
          tries = case when n.owed is distinct from s.owed then 0 else s.tries end
        from n where s.id = n.id
      ), unpacked as (
        delete from parcel p using n
        where p.shipment_id = n.id and p.number > n."parcelCount"
      )
      ${writeParcels(shipments, sql`true`)}`.execute(tx);
  }

  /** Those that there are, for a change. */
  async lock(
    tx: Executor<unknown>,
    by: { ids: string[] } | { orderIds: string[] } | { id: string; sellerId: string },
  ): Promise<StoredShipment[]> {
    const which =
      'ids' in by
        ? sql`s.id = any(${by.ids}::uuid[])`
        : 'orderIds' in by
          ? sql`s.order_id = any(${by.orderIds}::uuid[])`
          : sql`s.id = ${by.id} and s.seller_id = ${by.sellerId}`;
    // Locked first and read after: of one that was changed while it was waited for, the parcels as they are then.
    const { rows: locked } = await sql<{ id: string }>`
      select s.id from shipment s where ${which} order by s.id for no key update`.execute(tx);
    if (locked.length === 0) return [];
    return this.#read(tx, sql`where s.id = any(${locked.map(({ id }) => id)}::uuid[]) order by s.id`);
  }

  async noteDeparted(tx: Executor<unknown>, customerId: string): Promise<void> {
    await sql`
      insert into departed_customer (id, left_at) values (${customerId}, ${this.clock.now()})
      on conflict do nothing`.execute(tx);
  }

  /**
   * Takes out of shipments that have ended who those who have left were, and where they live. City and province stay:
   * that is what sending it cost.
   */
  async eraseDeparted(executor: Executor<unknown>): Promise<void> {
    const ended = sql`('DELIVERED', 'LOST', 'RETURNED', 'CANCELLED')`;
    const nobody = { recipient: '', phone: '', line1: '', line2: '', postalCode: '' };
    await sql`
      with erased as (
        update shipment s set destination = s.destination || ${JSON.stringify(nobody)}::jsonb
        from departed_customer d
        where s.customer_id = d.id and s.status in ${ended} and s.destination ->> 'recipient' <> '' returning s.id
      )
      update parcel p set received_by = '' from erased where p.shipment_id = erased.id`.execute(executor);
    const before = new Date(this.clock.now().getTime() - keepDepartedMs);
    await sql`
      delete from departed_customer d where left_at < ${before}
        and not exists (select from shipment s where s.customer_id = d.id and s.status not in ${ended})`.execute(
      executor,
    );
  }

  findAll(ids: string[]): Promise<StoredShipment[]> {
    return this.#read(this.database.kysely, sql`where s.id = any(${ids}::uuid[])`);
  }

  /** The shipment that a carrier calls by this number. */
  async findByTracking(service: string, trackingNumber: string): Promise<string | undefined> {
    const { rows } = await sql<{ id: string }>`
      select s.id from parcel p join shipment s on s.id = p.shipment_id
      where p.tracking_number = ${trackingNumber} and p.tracking_number <> '' and s.service = ${service}
        and not s.own_courier`.execute(this.database.kysely);
    return rows[0]?.id;
  }

  /** @returns false when it was stored before */
  async receive(
    tx: Executor<unknown>,
    carrier: string,
    { id, parcels }: Shipment,
    event: TrackingEvent,
  ): Promise<boolean> {
    const parcel = parcels.find(({ trackingNumber }) => trackingNumber === event.trackingNumber)?.number ?? 0;
    const { rows } = await sql`
      insert into tracking_event (carrier, event_id, shipment_id, parcel, kind, place, note, at, received_at)
      values (${carrier}, ${event.id}, ${id}, ${parcel}, ${event.kind}, ${event.place}, ${event.note}, ${event.at},
        ${this.clock.now()})
      on conflict (carrier, event_id) do nothing returning event_id`.execute(tx);
    return rows.length > 0;
  }

  async find(by: { id: string } | { orderId: string }, viewer: Viewer): Promise<StoredShipment | undefined> {
    const which = 'id' in by ? sql`s.id = ${by.id}` : sql`s.order_id = ${by.orderId}`;
    const { customerId, sellerId, staff } = viewer;
    const rows = await this.#read(
      this.database.kysely,
      sql`where ${which} and (s.customer_id = ${customerId ?? null} or s.seller_id = ${sellerId ?? null}
        or ${staff ?? false})`,
    );
    return rows[0];
  }

  async list(
    by: { customerId: string } | { sellerId: string } | undefined,
    status: Status | undefined,
    limit: number,
    before: string | undefined,
  ): Promise<StoredShipment[]> {
    const owner = !by
      ? sql`true`
      : 'customerId' in by
        ? sql`s.customer_id = ${by.customerId}`
        : sql`s.seller_id = ${by.sellerId}`;
    return this.#read(
      this.database.kysely,
      sql`where ${owner} ${status ? sql`and s.status = ${status}` : sql``}
        ${before ? sql`and s.id < ${before}::uuid` : sql``} order by s.id desc limit ${limit}`,
    );
  }

  async eventsOf(shipmentId: string): Promise<StoredEvent[]> {
    const { rows } = await sql<StoredEvent>`
      select parcel, kind, place, note, at from tracking_event where shipment_id = ${shipmentId}
      order by at, received_at, event_id`.execute(this.database.kysely);
    return rows;
  }

  /** Takes shipments whose carriers are to be told something; nobody else takes them for `leaseMs`. */
  async claim(leaseMs: number, limit: number, only?: string): Promise<Claim[]> {
    const now = this.clock.now();
    const leasedUntil = new Date(now.getTime() + leaseMs);
    // Somebody waits for this one; of the others whoever is free takes what is free.
    const which = only ? sql`id = ${only}` : sql`due_at <= ${now}`;
    const wait = only ? sql`` : sql`skip locked`;
    return this.database.write(sql<Claim>`
      with due as (
        select id from shipment where owed is not null and ${which}
        order by due_at limit ${limit} for no key update ${wait}
      )
      update shipment s set due_at = ${leasedUntil}, tries = tries + 1 from due where s.id = due.id
      returning s.id, s.owed, s.packing`);
  }

  /** A carrier did not answer: it is asked again, after pauses that grow. */
  async postpone(claims: Claim[]): Promise<void> {
    const now = this.clock.now();
    await this.database.write(sql`
      update shipment s
      set due_at = ${now}::timestamptz + least(interval '1 second' * power(2, least(s.tries, 20)),
        interval '1 minute' * ${longestPauseMinutes}::int)
      from unnest(${claims.map(({ id }) => id)}::uuid[], ${claims.map(({ owed }) => owed)}::text[]) as c (id, owed)
      where s.id = c.id and s.owed = c.owed`);
  }

  /** Parcels on their way of which nothing was heard since. */
  async listSilent(
    since: Date,
    limit: number,
  ): Promise<{ shipmentId: string; service: string; trackingNumber: string; heardAt: Date }[]> {
    const { rows } = await sql<{
      shipmentId: string;
      service: string;
      trackingNumber: string;
      heardAt: Date;
    }>`
      select p.shipment_id as "shipmentId", s.service, p.tracking_number as "trackingNumber", p.heard_at as "heardAt"
      from parcel p join shipment s on s.id = p.shipment_id
      where p.heard_at < ${since} and p.status in ('PICKED_UP', 'IN_TRANSIT', 'OUT_FOR_DELIVERY')
      order by p.heard_at limit ${limit}`.execute(this.database.kysely);
    return rows;
  }

  /** How many carriers have yet to be told something, and since when. */
  async survey(): Promise<{ owed: number; oldest: Date | null }> {
    const { rows } = await sql<{ owed: number; oldest: Date | null }>`
      select count(*)::int as owed, min(updated_at) as oldest from shipment where owed is not null`.execute(
      this.database.kysely,
    );
    return rows[0] ?? { owed: 0, oldest: null };
  }

  async #read(executor: Executor<unknown>, rest: RawBuilder<unknown>): Promise<StoredShipment[]> {
    const { rows } = await sql<Row>`select ${columns} from shipment s ${rest}`.execute(executor);
    return rows.map(({ amount, currency, chargedGrams, parcels, ...row }) => ({
      ...row,
      cost: { amount, currency },
      chargedGrams: Number(chargedGrams),
      parcels: parcels.map((parcel) => ({
        ...parcel,
        heardAt: parcel.heardAt === null ? null : new Date(parcel.heardAt),
        deliveredAt: parcel.deliveredAt === null ? null : new Date(parcel.deliveredAt),
      })),
    }));
  }
}

/** The parcels `p` of shipments for which the condition holds. */
function writeParcels(shipments: Shipment[], condition: RawBuilder<unknown>): RawBuilder<unknown> {
  const parcels = shipments.flatMap(({ id, parcels }) =>
    parcels.map((parcel) => ({ ...parcel, shipmentId: id })),
  );
  return sql`
    insert into parcel (shipment_id, number, tracking_number, weight_grams, status, heard_at, received_by, delivered_at)
    select * from ${recordset(
      'p',
      parcels,
      `shipmentId uuid, number int, trackingNumber text, weightGrams bigint, status text,
          heardAt timestamptz, receivedBy text, deliveredAt timestamptz`,
    )} where ${condition}
    on conflict (shipment_id, number) do update set tracking_number = excluded.tracking_number,
      weight_grams = excluded.weight_grams, status = excluded.status, heard_at = excluded.heard_at,
      received_by = excluded.received_by, delivered_at = excluded.delivered_at`;
}

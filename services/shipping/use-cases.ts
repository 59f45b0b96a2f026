import { Injectable } from '@nestjs/common';
import type { Viewer } from '@pasar/platform/access';
import { Clock } from '@pasar/platform/clock';
import type { Executor } from '@pasar/platform/db';
import { DomainError, notFound } from '@pasar/platform/errors';
import { Outbox } from '@pasar/platform/outbox';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { Log } from '@pasar/platform/telemetry';
import { Carriers } from './carrier.js';
import { CarrierCalls, claimMs } from './carrier-calls.js';
import { ShippingConfig } from './config.js';
import { eventsOf } from './events.js';
import {
  cancel,
  complete,
  draftShipment,
  handOver,
  pack,
  type Shipment,
  type ShipmentOrder,
  type Status,
  type TrackingEvent,
  track,
} from './shipment.js';
import { ShippingStore, type StoredEvent, type StoredShipment } from './store.js';

const batch = 100;

@Injectable()
export class Shipments {
  constructor(
    private readonly store: ShippingStore,
    private readonly carriers: Carriers,
    private readonly calls: CarrierCalls,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: ShippingConfig,
    private readonly log: Log,
  ) {}

  /** Makes the shipments of orders that have none. @returns those, to be booked after the commit */
  async create(tx: Executor<unknown>, orders: ShipmentOrder[]): Promise<Shipment[]> {
    const now = this.clock.now();
    const drafts = orders.map((order) =>
      draftShipment(order, this.carriers.of(order.service).tariff.parcelKg, this.clock.id(), now),
    );
    return this.store.insert(tx, drafts, claimMs);
  }

  async get(
    by: { id: string } | { orderId: string },
    viewer: Viewer,
  ): Promise<{ shipment: StoredShipment; events: StoredEvent[] }> {
    const shipment = await this.store.find(by, viewer);
    if (!shipment) throw notFound('shipment');
    return { shipment, events: await this.store.eventsOf(shipment.id) };
  }

  async list(
    by: { customerId: string } | { sellerId: string } | undefined,
    status: Status | undefined,
    size: number,
    token: string,
  ) {
    const limit = pageSize(size);
    const rows = await this.store.list(by, status, limit + 1, decodeIdToken(token));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** Packs a shipment of the seller in parcels of these weights. */
  async pack(id: string, sellerId: string, weights: number[]): Promise<Shipment> {
    const packed = await this.#change({ id, sellerId }, (shipment) =>
      pack(shipment, weights, this.carriers.of(shipment.service).tariff.parcelKg),
    );
    this.calls.wake();
    return packed;
  }

  /**
   * Hands a shipment over. One whose event has not come yet is made here; one that is not booked yet is booked here.
   * @throws DomainError `shipping.carrier_unavailable` when its carrier cannot be asked
   */
  async handOver(
    order: ShipmentOrder,
    own: { carrier: string; trackingNumber: string } | undefined,
  ): Promise<Shipment> {
    const by = { orderIds: [order.orderId] };
    await this.store.database.transaction((tx) => this.create(tx, [order]));
    for (let attempt = 1; ; attempt++) {
      let pending: string | undefined;
      const handedOver = await this.#change(by, (shipment) => {
        // Its carrier must be asked first, and not inside of a transaction.
        pending = shipment.status === 'PENDING' && !own ? shipment.id : undefined;
        return pending ? shipment : handOver(shipment, own, this.clock.now());
      });
      if (!pending) {
        this.calls.wake();
        return handedOver;
      }
      if (attempt === 3) {
        throw new DomainError(
          'shipping.carrier_unavailable',
          'unavailable',
          `${handedOver.carrier} cannot be reached.`,
          { retryAfter: 5 },
        );
      }
      await this.calls.runOf(pending);
    }
  }

  /** The seller brought it in person. */
  async complete(orderId: string): Promise<Shipment> {
    const completed = await this.#change({ orderIds: [orderId] }, (shipment) =>
      complete(shipment, this.clock.now()),
    );
    this.calls.wake();
    return completed;
  }

  /** Their orders were cancelled. */
  async cancel(tx: Executor<unknown>, orderIds: string[]): Promise<void> {
    const shipments = await this.store.lock(tx, { orderIds });
    await this.#save(
      tx,
      shipments.map((shipment) => ({ before: shipment, after: cancel(shipment) })),
    );
  }

  /** A carrier tells of a parcel. An event takes effect once, and in whatever order it comes. */
  async receive(name: string, headers: Headers, body: Uint8Array): Promise<void> {
    const carrier = this.carriers.named(name);
    if (!carrier) throw notFound('carrier');
    const event = carrier.readWebhook(headers, body);
    const id = await this.store.findByTracking(carrier.tariff.service, event.trackingNumber);
    if (!id) throw notFound('parcel');
    await this.#hear(id, name, event);
  }

  /** Parcels of which nothing was heard for too long count as lost. @returns how many */
  async giveUpSilent(): Promise<number> {
    const since = new Date(this.clock.now().getTime() - this.config.lostAfterSeconds * 1000);
    const silent = await this.store.listSilent(since, batch);
    for (const { shipmentId, trackingNumber, heardAt } of silent) {
      this.log.warn({ shipment: shipmentId, trackingNumber }, 'a parcel counts as lost');
      await this.#hear(shipmentId, 'pasar', {
        // Once for each silence.
        id: `${trackingNumber} ${heardAt.toISOString()}`,
        ...{ trackingNumber, kind: 'LOST', place: '', note: 'nothing was heard of it', receivedBy: '' },
        at: this.clock.now(),
      });
    }
    return silent.length;
  }

  async #hear(id: string, source: string, event: TrackingEvent): Promise<void> {
    await this.store.database.transaction(async (tx) => {
      const [shipment] = await this.store.lock(tx, { ids: [id] });
      if (!shipment || !(await this.store.receive(tx, source, shipment, event))) return;
      await this.#save(tx, [{ before: shipment, after: track(shipment, event) }], event);
    });
    this.outbox.wake();
  }

  async #change(
    by: { orderIds: string[] } | { id: string; sellerId: string },
    change: (shipment: Shipment) => Shipment,
  ): Promise<Shipment> {
    const changed = await this.store.database.transaction(async (tx) => {
      const [shipment] = await this.store.lock(tx, by);
      if (!shipment) throw notFound('shipment');
      const after = change(shipment);
      await this.#save(tx, [{ before: shipment, after }]);
      return after;
    });
    this.outbox.wake();
    return changed;
  }

  async #save(
    tx: Executor<unknown>,
    changes: { before: Shipment; after: Shipment }[],
    heard?: TrackingEvent,
  ): Promise<void> {
    const changed = changes.filter(({ before, after }) => after !== before);
    await this.store.save(
      tx,
      changed.map(({ after }) => after),
    );
    const events = changed.flatMap(({ before, after }) => eventsOf(before, after, heard));
    await this.outbox.append(tx, ...events);
  }
}

import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { ShippingService } from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import type { Viewer } from '@pasar/platform/access';
import { Clock } from '@pasar/platform/clock';
import type { Executor } from '@pasar/platform/db';
import { Calls } from '@pasar/platform/service';
import { orderDecider } from './decider.js';
import { type StoredOrder, toShipmentOrder } from './facts.js';
import { legalMoves, type OrderCommand, type OrderEvent, type OrderState } from './order.js';
import { Orders } from './orders.js';
import { isReturnCommand } from './return.js';
import { type Change, OrderStore } from './store.js';

/** What a carrier tells of the shipment of an order. */
export interface ShipmentNews {
  orderId: string;
  carrier: string;
  trackingNumbers: string[];
  /** What became of it; undefined while it is on its way. */
  end?: 'deliver' | 'lose' | 'bring back';
}

/**
 * Orders follow their shipments: shipping is told first, and has the last word on whether goods can be handed over, or
 * brought in person. Should this process die in between, the seller asks again, or the carrier's first word says it.
 */
@Injectable()
export class Dispatch {
  constructor(
    private readonly orders: Orders,
    private readonly store: OrderStore,
    private readonly clock: Clock,
    @Calls(ShippingService) private readonly shipping: Client<typeof ShippingService>,
  ) {}

  /** Hands the goods over to the carrier of the order, or to a courier of the seller's own. */
  async ship(
    id: string,
    viewer: Viewer,
    own: { carrier: string; trackingNumber: string },
  ): Promise<StoredOrder> {
    const order = await this.orders.get(id, viewer);
    // What cannot be shipped is refused before its carrier hears of it.
    if (orderDecider.decide({ type: 'ship', ...own }, order.state).length === 0) return order;
    const { carrier, parcels } = await this.shipping.handOver({
      order: toShipmentOrder(order.state.facts),
      ownCarrier: own.carrier,
      ownTrackingNumber: own.trackingNumber,
    });
    const trackingNumbers = parcels.map((parcel) => parcel.trackingNumber);
    return this.orders.command(id, viewer, toShip({ carrier, trackingNumbers }));
  }

  /** The seller brought the goods in person, or by a courier of his own. */
  async deliver(id: string, viewer: Viewer): Promise<StoredOrder> {
    const order = await this.orders.get(id, viewer);
    if (orderDecider.decide({ type: 'deliver' }, order.state).length === 0) return order;
    await this.shipping.completeShipment({ orderId: order.state.facts.id });
    return this.orders.command(id, viewer, { type: 'deliver' });
  }

  /** Moves orders on to where their shipments are. Those that are further, or were cancelled, stay where they are. */
  async follow(tx: Executor<unknown>, news: ShipmentNews[]): Promise<void> {
    const byOrder = new Map(news.map((one) => [one.orderId, one]));
    const orders = await this.store.lockOrders(tx, [...byOrder.keys()]);
    const changes = orders.map((order): Change => {
      const one = byOrder.get(order.state.facts.id) as ShipmentNews;
      const commands: OrderCommand[] = [toShip(one), ...(one.end ? [{ type: one.end }] : [])];
      return { order, events: decideLegal(commands, order.state), at: this.clock.now(), actor: 'system' };
    });
    await this.store.changeIn(
      tx,
      changes.filter(({ events }) => events.length > 0),
    );
  }
}

/** What those of the commands do that may be given, one after the other. */
function decideLegal(commands: OrderCommand[], order: OrderState): OrderEvent[] {
  let state = order;
  return commands.flatMap((command) => {
    if (command.type === 'place' || isReturnCommand(command)) return [];
    if (!legalMoves[command.type].from.includes(state.status)) return [];
    const events = orderDecider.decide(command, state);
    state = events.reduce(orderDecider.evolve, state);
    return events;
  });
}

function toShip({
  carrier,
  trackingNumbers,
}: Pick<ShipmentNews, 'carrier' | 'trackingNumbers'>): OrderCommand {
  return { type: 'ship', carrier, trackingNumber: trackingNumbers.filter(Boolean).join(', ') };
}

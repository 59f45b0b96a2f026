import { Injectable } from '@nestjs/common';
import type { Viewer } from '@pasar/platform/access';
import { Clock } from '@pasar/platform/clock';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { replay } from '@pasar/platform/event-store';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { CheckoutSaga } from './checkout.saga.js';
import { OrderConfig } from './config.js';
import { orderDecider } from './decider.js';
import type { StoredOrder } from './facts.js';
import { type OrderFilter, OrderLists } from './lists.js';
import { type Actor, idEndOf, type OrderCommand, type OrderEvent, type OrderStatus } from './order.js';
import { OrderStore } from './store.js';

export interface HistoryEntry {
  type: OrderEvent['type'];
  status: OrderStatus;
  time: Date;
  version: number;
  actor: string;
  detail: string;
}

@Injectable()
export class Orders {
  constructor(
    private readonly store: OrderStore,
    private readonly lists: OrderLists,
    private readonly saga: CheckoutSaga,
    private readonly clock: Clock,
    private readonly config: OrderConfig,
  ) {}

  /** @param at the order as it was at that time */
  async get(id: string, viewer: Viewer, at?: Date): Promise<StoredOrder> {
    const order = await this.store.findOrder(id, viewer);
    if (!order) throw notFound('order');
    if (!at) return order;
    const events = await this.store.history(id, at);
    const { state, version } = replay(orderDecider, events);
    if (!state)
      throw new DomainError('order.not_found', 'not_found', 'The order did not exist at that time.');
    return { state, version, createdAt: order.createdAt, updatedAt: events.at(-1)?.at ?? order.createdAt };
  }

  async list(
    by: { customerId: string } | { sellerId: string },
    status: OrderStatus | undefined,
    size: number,
    token: string,
  ) {
    const limit = pageSize(size);
    const before = decodeIdToken(token);
    const rows = await this.lists.list(by, status, limit + 1, before);
    return pageOf(rows, limit, (row) => [row.state.facts.id]);
  }

  /** For staff. @throws DomainError `request.invalid` */
  async search(filter: OrderFilter & { number: string }, size: number, token: string) {
    const { number, ...rest } = filter;
    const limit = pageSize(size);
    const before = decodeIdToken(token);
    // Few are of a rare status among all there are.
    if (rest.status && !rest.customerId && !rest.sellerId)
      throw invalidField('status', 'Of which customer or store?');
    const idEnd = number ? idEndOf(number) : undefined;
    if (number && !idEnd) throw invalidField('number', 'is no number of an order');
    const rows = await this.lists.search({ ...rest, idEnd }, limit + 1, before);
    return pageOf(rows, limit, (row) => [row.state.facts.id]);
  }

  async history(id: string, viewer: Viewer): Promise<HistoryEntry[]> {
    await this.get(id, viewer);
    let state: StoredOrder['state'] | undefined;
    return (await this.store.history(id)).map(({ event, version, at, actor }) => {
      state = orderDecider.evolve(state, event);
      return { type: event.type, status: state.status, time: at, version, actor, detail: detailOf(event) };
    });
  }

  /** Gives a command to an order of the viewer; of two at the same time the second is decided on the first's result. */
  async command(id: string, viewer: Viewer, command: OrderCommand): Promise<StoredOrder> {
    for (let attempt = 1; ; attempt++) {
      const order = await this.get(id, viewer);
      const actor = actorOf(order, viewer);
      try {
        return await this.store.change({
          order,
          events: orderDecider.decide(command, order.state),
          at: this.clock.now(),
          actor,
        });
      } catch (error) {
        if (!isVersionConflict(error) || attempt === 5) throw error;
      }
    }
  }

  /**
   * Cancels an order. As long as its checkout is not paid it is cancelled whole, and whether the money came first is
   * payment's to say; a confirmed order is cancelled by itself and its share refunded.
   */
  async cancel(id: string, viewer: Viewer, reason: string): Promise<StoredOrder> {
    const until = performance.now() + 5_000;
    for (;;) {
      const order = await this.get(id, viewer);
      const { status, facts } = order.state;
      if (status !== 'PENDING' && status !== 'AWAITING_PAYMENT') {
        return this.command(id, viewer, { type: 'cancel', reason });
      }
      await this.saga.sagas.expire(facts.checkoutId);
      if (performance.now() > until) {
        throw new DomainError('order.in_progress', 'conflict', 'The order is just being placed.', {
          retryAfter: 5,
        });
      }
      await new Promise((resume) => setTimeout(resume, 25));
    }
  }

  /** Completes orders whose buyers have said nothing since their delivery. */
  async completeDelivered(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.autoCompleteSeconds * 1000);
    for (;;) {
      const orders = await this.lists.listDelivered(before, 200);
      if (orders.length === 0) return;
      for (const order of orders) await this.#changeByItself(order, { type: 'complete' });
    }
  }

  /** Ends returns that were refused, or brought back by the carrier, where nobody has said anything to it. */
  async closeReturns(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.disputeSeconds * 1000);
    for (;;) {
      const orders = await this.lists.listReturnsToClose(before, 200);
      if (orders.length === 0) return;
      for (const order of orders) await this.#changeByItself(order, { type: 'close return' });
    }
  }

  async #changeByItself(order: StoredOrder, command: OrderCommand): Promise<void> {
    const events = orderDecider.decide(command, order.state);
    try {
      await this.store.change({ order, events, at: this.clock.now(), actor: 'system' });
    } catch (error) {
      // The buyer was faster.
      if (!isVersionConflict(error)) throw error;
    }
  }
}

function isVersionConflict(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'event.version_conflict';
}

function actorOf({ state: { facts } }: StoredOrder, viewer: Viewer): Actor {
  if (viewer.customerId === facts.customerId) return 'customer';
  return viewer.sellerId === facts.sellerId ? 'seller' : 'staff';
}

function detailOf(event: OrderEvent): string {
  if (event.type === 'order.cancelled' || event.type === 'order.return-requested') return event.data.reason;
  if (event.type === 'order.return-answered' || event.type === 'order.return-resolved')
    return event.data.reason;
  if (event.type === 'order.shipped')
    return [event.data.carrier, event.data.trackingNumber].filter(Boolean).join(' ');
  return '';
}

import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type CancelOrderRequest,
  type CompleteOrderRequest,
  type CountOrdersRequest,
  type DecideHoldsRequest,
  DecideHoldsResponse_Decision as Decision,
  type DeliverOrderRequest,
  type GetCheckoutRequest,
  type GetOrderHistoryRequest,
  type GetOrderRequest,
  type ListOrdersRequest,
  Order_Status,
  type OrderService,
  type PlaceOrderRequest,
  type ProcessOrderRequest,
  type QuoteCheckoutRequest,
  type RebuildOrdersRequest,
  type SearchOrdersRequest,
  type ShipOrderRequest,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { callerOf, cartTokenOf, requireStore, requireUser, viewerOf } from '@pasar/platform/access';
import { invalidField } from '@pasar/platform/errors';
import { Checkouts } from './checkouts.js';
import { Dispatch } from './dispatch.js';
import { toOrder } from './facts.js';
import { OrderLists } from './lists.js';
import type { OrderStatus } from './order.js';
import { Orders } from './orders.js';
import { Projections } from './projections.js';
import { OrderStore } from './store.js';

const statusOf = (status: Order_Status) => (status ? (Order_Status[status] as OrderStatus) : undefined);

@Injectable()
export class OrderRpc implements ServiceImpl<typeof OrderService> {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly orders: Orders,
    private readonly dispatch: Dispatch,
    private readonly store: OrderStore,
    private readonly lists: OrderLists,
    private readonly projections: Projections,
  ) {}

  placeOrder(request: PlaceOrderRequest, context: HandlerContext) {
    const key = context.requestHeader.get('idempotency-key') ?? '';
    return this.checkouts.place(requireUser(context).id, request, key);
  }

  quoteCheckout(request: QuoteCheckoutRequest, context: HandlerContext) {
    const customerId = callerOf(context).user?.id;
    return this.checkouts.quote(customerId ? { customerId } : { cartToken: cartTokenOf(context) }, request);
  }

  getCheckout(request: GetCheckoutRequest, context: HandlerContext) {
    return this.checkouts.get(request.id, viewerOf(context));
  }

  listOrders(request: ListOrdersRequest, context: HandlerContext) {
    return this.#list({ customerId: requireUser(context).id }, request);
  }

  listSellerOrders(request: ListOrdersRequest, context: HandlerContext) {
    return this.#list({ sellerId: requireStore(context) }, request);
  }

  async searchOrders(request: SearchOrdersRequest) {
    const { number, customerId, sellerId, status, pageSize, pageToken } = request;
    const filter = { number, customerId, sellerId, status: statusOf(status) };
    const page = await this.orders.search(filter, pageSize, pageToken);
    return { orders: page.rows.map(toOrder), nextPageToken: page.nextPageToken };
  }

  rebuildOrders({ pageToken }: RebuildOrdersRequest) {
    return this.projections.rebuildSome(pageToken);
  }

  async getOrder(request: GetOrderRequest, context: HandlerContext) {
    return toOrder(
      await this.orders.get(request.id, viewerOf(context), request.at && timestampDate(request.at)),
    );
  }

  async getOrderHistory(request: GetOrderHistoryRequest, context: HandlerContext) {
    const entries = await this.orders.history(request.id, viewerOf(context));
    return {
      entries: entries.map((entry) => ({
        ...entry,
        status: Order_Status[entry.status],
        time: timestampFromDate(entry.time),
        version: BigInt(entry.version),
      })),
    };
  }

  async cancelOrder(request: CancelOrderRequest, context: HandlerContext) {
    return toOrder(await this.orders.cancel(request.id, viewerOf(context), request.reason));
  }

  async processOrder(request: ProcessOrderRequest, context: HandlerContext) {
    return toOrder(
      await this.orders.command(request.id, { sellerId: requireStore(context) }, { type: 'process' }),
    );
  }

  async shipOrder({ id, carrier, trackingNumber }: ShipOrderRequest, context: HandlerContext) {
    if (trackingNumber && !carrier) {
      throw invalidField(
        'carrier',
        'Whose tracking number is it? Without both, the carrier of the order has its own.',
      );
    }
    return toOrder(
      await this.dispatch.ship(id, { sellerId: requireStore(context) }, { carrier, trackingNumber }),
    );
  }

  async deliverOrder(request: DeliverOrderRequest, context: HandlerContext) {
    return toOrder(await this.dispatch.deliver(request.id, { sellerId: requireStore(context) }));
  }

  async completeOrder(request: CompleteOrderRequest, context: HandlerContext) {
    const buyer = { customerId: requireUser(context).id };
    return toOrder(await this.orders.command(request.id, buyer, { type: 'complete' }));
  }

  async countOrders({ customerId, limit }: CountOrdersRequest) {
    return { count: await this.lists.countConfirmed(customerId, limit) };
  }

  async decideHolds(request: DecideHoldsRequest) {
    const statuses = await this.store.statusOf(request.checkoutIds);
    const decide = (id: string): Decision => {
      const status = statuses.get(id);
      if (status === 'CONFIRMED') return Decision.COMMIT;
      return status === undefined || status === 'CANCELLED' ? Decision.RELEASE : Decision.KEEP;
    };
    return { decisions: Object.fromEntries(request.checkoutIds.map((id) => [id, decide(id)])) };
  }

  async #list(by: { customerId: string } | { sellerId: string }, request: ListOrdersRequest) {
    const page = await this.orders.list(by, statusOf(request.status), request.pageSize, request.pageToken);
    return { orders: page.rows.map(toOrder), nextPageToken: page.nextPageToken };
  }
}

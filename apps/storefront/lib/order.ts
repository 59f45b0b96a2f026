import 'server-only';
import type { Schemas } from '@pasar/sdk';
import { customerApi, ifFound, orElse } from './api';

export interface OrderView {
  order: Schemas['Order'];
  history: Schemas['HistoryEntry'][];
  shipment: Schemas['Shipment'] | undefined;
  /** What became of what goes back. */
  given: Schemas['Return'] | undefined;
  /** Variants that the buyer may review, and has not. */
  reviewable: string[];
}

const arrived = new Set<Schemas['OrderStatus']>([
  'DELIVERED',
  'COMPLETED',
  'RETURN_REQUESTED',
  'RETURNED',
  'REJECTED',
]);

/** An order with all that happened to it. */
export async function orderView(id: string): Promise<OrderView | undefined> {
  const client = await customerApi();
  const order = await ifFound(client.get('/api/v1/orders/{id}', { params: { path: { id } } }));
  if (!order) return undefined;
  const hasArrived = arrived.has(order.status);
  const [history, shipment, given, lines] = await Promise.all([
    client.get('/api/v1/orders/{id}/history', { params: { path: { id } } }),
    ifFound(client.get('/api/v1/orders/{orderId}/shipment', { params: { path: { orderId: id } } })),
    hasArrived ? ifFound(client.get('/api/v1/orders/{id}/return', { params: { path: { id } } })) : undefined,
    hasArrived
      ? orElse(client.get('/api/v1/users/me/reviewableLines', { params: { query: { pageSize: 100 } } }), {
          lines: [],
          nextPageToken: '',
        })
      : undefined,
  ]);
  const reviewable = lines?.lines.filter(({ orderId }) => orderId === id).map(({ variantId }) => variantId);
  return { order, history: history.entries, shipment, given, reviewable: reviewable ?? [] };
}

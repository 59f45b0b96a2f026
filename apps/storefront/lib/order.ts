import 'server-only';
import type { Schemas } from '@pasar/sdk';
import { customerApi, ifFound } from './api';

export interface OrderView {
  order: Schemas['Order'];
  history: Schemas['HistoryEntry'][];
  shipment: Schemas['Shipment'] | undefined;
}

/** An order with all that happened to it. */
export async function orderView(id: string): Promise<OrderView | undefined> {
  const client = await customerApi();
  const order = await ifFound(client.get('/api/v1/orders/{id}', { params: { path: { id } } }));
  if (!order) return undefined;
  const [history, shipment] = await Promise.all([
    client.get('/api/v1/orders/{id}/history', { params: { path: { id } } }),
    ifFound(client.get('/api/v1/orders/{orderId}/shipment', { params: { path: { orderId: id } } })),
  ]);
  return { order, history: history.entries, shipment };
}

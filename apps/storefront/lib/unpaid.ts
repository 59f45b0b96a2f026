import 'server-only';
import { customerApi, isSignedIn, orElse } from './api';

/**
 * What the customer has ordered and not paid yet, by variant, with its checkout. It stays in the basket until the money
 * is there, so that nothing has to be looked for again when it never comes.
 */
export async function unpaidCheckouts(): Promise<Record<string, string>> {
  if (!(await isSignedIn())) return {};
  const client = await customerApi();
  const query = { status: 'AWAITING_PAYMENT', pageSize: 100 } as const;
  const { orders } = await orElse(client.get('/api/v1/orders', { params: { query } }), {
    orders: [],
    nextPageToken: '',
  });
  return Object.fromEntries(
    orders.flatMap(({ checkoutId, lines }) => lines.map(({ variantId }) => [variantId, checkoutId])),
  );
}

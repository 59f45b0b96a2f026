'use server';
import type { Schemas } from '@pasar/sdk';
import { customerApi, keepCart } from '../lib/api';
import { type Outcome, outcomeOf } from '../lib/outcome';

export async function requestReturn(
  id: string,
  request: Schemas['RequestReturnRequest'],
): Promise<Outcome<Schemas['Return']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/orders/{id}:requestReturn', { params: { path: { id } }, body: request });
  });
}

/** Asks the people of the marketplace to decide, or shows them more. */
export async function disputeReturn(
  id: string,
  evidence: Schemas['DisputeReturnRequest'],
): Promise<Outcome<Schemas['Return']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/orders/{id}:disputeReturn', { params: { path: { id } }, body: evidence });
  });
}

/** Puts into the cart what of an order can still be bought. */
export async function buyAgain(id: string): Promise<Outcome<{ itemCount: number; missing: string[] }>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    const { lines } = await client.get('/api/v1/orders/{id}', { params: { path: { id } } });
    const missing: string[] = [];
    for (const { variantId, quantity, title } of lines) {
      const added = await outcomeOf(async () => {
        const cart = await client.post('/api/v1/cart/items', { body: { variantId, quantity } });
        await keepCart(cart.token);
      });
      if (!added.ok) missing.push(title);
    }
    const { itemCount } = await client.get('/api/v1/cart');
    return { itemCount, missing };
  });
}

'use server';
import type { Schemas } from '@pasar/sdk';
import { customerApi, keepCart } from '../lib/api';
import { type Outcome, outcomeOf } from '../lib/outcome';

type Cart = Schemas['Cart'];

async function kept(cart: Cart): Promise<Cart> {
  await keepCart(cart.token);
  return { ...cart, token: '' };
}

export async function addToCart(variantId: string, quantity: number): Promise<Outcome<Cart>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return kept(await client.post('/api/v1/cart/items', { body: { variantId, quantity } }));
  });
}

/** Sets the quantity, or whether it is bought now; 0 takes it out. */
export async function changeLine(
  variantId: string,
  change: { quantity?: number; selected?: boolean },
): Promise<Outcome<Cart>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return kept(
      await client.patch('/api/v1/cart/items/{variantId}', { params: { path: { variantId } }, body: change }),
    );
  });
}

export async function selectLines(selected: boolean, sellerId = ''): Promise<Outcome<Cart>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return kept(await client.post('/api/v1/cart:select', { body: { selected, sellerId } }));
  });
}

'use server';
import type { Schemas } from '@pasar/sdk';
import { ApiError } from '@pasar/sdk/api-error';
import { customerApi } from '../lib/api';
import { type Outcome, outcomeOf } from '../lib/outcome';
import type { Wish } from '../lib/wishes';

/**
 * Puts a product on a list: the variant that is given, or the first one that can be bought.
 * @param name of the list that is made when there is none
 */
export async function addWish(productId: string, variantId: string, name: string): Promise<Outcome<Wish>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    const [{ wishlists }, product] = await Promise.all([
      client.get('/api/v1/users/me/wishlists'),
      variantId ? undefined : client.get('/api/v1/products/{id}', { params: { path: { id: productId } } }),
    ]);
    const variants = product?.variants ?? [];
    const wanted = variantId || (variants.find(({ available }) => available > 0) ?? variants[0])?.id || '';
    const list = wishlists[0] ?? (await client.post('/api/v1/users/me/wishlists', { body: { name } }));
    const params = { path: { id: list.id } };
    await client.post('/api/v1/users/me/wishlists/{id}/items', { params, body: { variantId: wanted } });
    return { listId: list.id, variantId: wanted };
  });
}

/** However often: what is gone is gone. */
export async function removeWishes(wishes: Wish[]): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await customerApi();
    for (const { listId: id, variantId } of wishes.slice(0, 50)) {
      const params = { path: { id, variantId } };
      await client
        .delete('/api/v1/users/me/wishlists/{id}/items/{variantId}', { params })
        .catch((error: unknown) => {
          if (!(error instanceof ApiError && error.status === 404)) throw error;
        });
    }
    return undefined;
  });
}

export async function moveWishToCart({ listId, variantId }: Wish): Promise<Outcome<{ itemCount: number }>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    const params = { path: { id: listId, variantId } };
    await client.post('/api/v1/users/me/wishlists/{id}/items/{variantId}:moveToCart', { params });
    const { itemCount } = await client.get('/api/v1/cart');
    return { itemCount };
  });
}

export async function createWishlist(name: string): Promise<Outcome<Schemas['Wishlist']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/users/me/wishlists', { body: { name } });
  });
}

export async function renameWishlist(id: string, name: string): Promise<Outcome<Schemas['Wishlist']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.patch('/api/v1/users/me/wishlists/{id}', { params: { path: { id } }, body: { name } });
  });
}

export async function deleteWishlist(id: string): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.delete('/api/v1/users/me/wishlists/{id}', { params: { path: { id } } });
  });
}

import { customerApi, isSignedIn, orElse } from '../../../lib/api';

/** What is on the customer's lists, by product: for the hearts on cards. */
export async function GET(): Promise<Response> {
  const wishes: Record<string, { listId: string; variantId: string }[]> = {};
  if (await isSignedIn()) {
    const client = await customerApi();
    const { wishlists } = await orElse(client.get('/api/v1/users/me/wishlists'), {
      wishlists: [],
      nextPageToken: '',
    });
    for (const { id: listId, items } of wishlists) {
      for (const { productId, variantId } of items) {
        wishes[productId] = [...(wishes[productId] ?? []), { listId, variantId }];
      }
    }
  }
  return Response.json(wishes, { headers: { 'cache-control': 'no-store' } });
}

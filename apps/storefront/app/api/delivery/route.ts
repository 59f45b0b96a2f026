import type { NextRequest } from 'next/server';
import { api, customerApi, ifFound, isSignedIn, orElse } from '../../../lib/api';
import type { Delivery } from '../../../lib/delivery';

/** What bringing a piece costs: to the city that was chosen, or to where the customer lives. */
export async function GET(request: NextRequest): Promise<Response> {
  const query = request.nextUrl.searchParams;
  const text = (name: string) => (query.get(name) ?? '').slice(0, 100);
  const number = (name: string) => Math.min(Number.parseInt(query.get(name) ?? '', 10) || 0, 20_000_000);
  const to = text('city') ? { city: text('city'), province: text('province') } : await home();
  const client = await api();
  const answer =
    to &&
    (await ifFound(
      client.get('/api/v1/sellers/{sellerId}/rates', {
        params: {
          path: { sellerId: text('seller') },
          query: {
            ...to,
            weightGrams: number('weight'),
            lengthMm: number('length'),
            widthMm: number('width'),
            heightMm: number('height'),
          },
        },
      }),
    ));
  const delivery: Delivery = { to: answer && to, options: answer?.options ?? [] };
  return Response.json(delivery, { headers: { 'cache-control': 'no-store' } });
}

async function home(): Promise<Delivery['to']> {
  if (!(await isSignedIn())) return undefined;
  const client = await customerApi();
  const nowhere = { addresses: [], nextPageToken: '' };
  const { addresses } = await orElse(client.get('/api/v1/users/me/addresses'), nowhere);
  const address = addresses.find(({ isDefault }) => isDefault) ?? addresses[0];
  return address && { city: address.city, province: address.province };
}

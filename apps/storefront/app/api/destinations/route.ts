import { api } from '../../../lib/api';

/** Cities to choose from. */
export async function GET(): Promise<Response> {
  const client = await api();
  const { provinces } = await client.get('/api/v1/shipping/destinations');
  return Response.json(provinces, { headers: { 'cache-control': 'public, max-age=3600' } });
}

import type { NextRequest } from 'next/server';
import { api, orElse } from '../../../lib/api';

export async function GET(request: NextRequest): Promise<Response> {
  const prefix = (request.nextUrl.searchParams.get('prefix') ?? '').slice(0, 100);
  const client = await api();
  const { suggestions } = await orElse(
    client.get('/api/v1/search/suggestions', { params: { query: { prefix, pageSize: 8 } } }),
    { suggestions: [] },
  );
  return Response.json({ suggestions }, { headers: { 'cache-control': 'private, max-age=30' } });
}

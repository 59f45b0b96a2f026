import type { NextRequest } from 'next/server';
import { customerApi } from '../../../lib/api';
import { outcomeOf } from '../../../lib/outcome';

const purposes = ['REVIEW', 'ATTACHMENT', 'AVATAR'] as const;
/** As the media service has it. */
const maxBytes = 20 * 2 ** 20;

/** Takes a picture of the customer's, and says what it is called and where it is. */
export async function POST(request: NextRequest): Promise<Response> {
  const query = request.nextUrl.searchParams;
  const purpose = purposes.find((known) => known === query.get('purpose'));
  const announced = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!purpose || !(announced <= maxBytes)) {
    const code = purpose ? 'media.too_large' : 'request.invalid';
    return Response.json({ ok: false, code, detail: '', fields: {} }, { status: 400 });
  }
  const body = await request.arrayBuffer();
  const client = await customerApi();
  const outcome = await outcomeOf(async () => {
    const { id, url } = await client.post('/api/v1/media', {
      params: { query: { purpose, name: (query.get('name') ?? '').slice(0, 200) } },
      headers: { 'content-type': request.headers.get('content-type') ?? 'application/octet-stream' },
      body,
    });
    return { id, url };
  });
  return Response.json(outcome, { headers: { 'cache-control': 'no-store' } });
}

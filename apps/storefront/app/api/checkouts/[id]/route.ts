import { customerApi } from '../../../../lib/api';
import { outcomeOf } from '../../../../lib/outcome';

/** For pages that wait for something to happen to it. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const client = await customerApi();
  const outcome = await outcomeOf(async () =>
    client.get('/api/v1/checkouts/{id}', { params: { path: { id: (await params).id } } }),
  );
  return Response.json(outcome, { headers: { 'cache-control': 'no-store' } });
}

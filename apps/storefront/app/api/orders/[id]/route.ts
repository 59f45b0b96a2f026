import { orderView } from '../../../../lib/order';
import { outcomeOf } from '../../../../lib/outcome';

/** For pages that wait for something to happen to it. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const outcome = await outcomeOf(async () => orderView((await params).id));
  return Response.json(outcome, { headers: { 'cache-control': 'no-store' } });
}

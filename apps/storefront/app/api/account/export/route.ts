import { ApiError } from '@pasar/sdk/api-error';
import { customerApi } from '../../../../lib/api';

/** Everything that is kept about the customer, as a file. */
export async function GET(): Promise<Response> {
  const client = await customerApi();
  try {
    const all = await client.get('/api/v1/users/me:export');
    return new Response(JSON.stringify(all, null, 2), {
      headers: {
        'content-type': 'application/json',
        'content-disposition': 'attachment; filename="pasar.json"',
        'cache-control': 'private, no-store',
      },
    });
  } catch (error) {
    if (error instanceof ApiError) return new Response(error.problem.detail, { status: error.status });
    throw error;
  }
}

import { customerApi } from '../../../../lib/api';
import { download } from '../../../../lib/download';

/** Everything that is kept about the customer, as a file. */
export async function GET(): Promise<Response> {
  const client = await customerApi();
  return download('attachment; filename="pasar.json"', async () => {
    const all = await client.get('/api/v1/users/me:export');
    return { type: 'application/json', body: JSON.stringify(all, null, 2) };
  });
}

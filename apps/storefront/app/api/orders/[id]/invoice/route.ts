import { customerApi } from '../../../../../lib/api';
import { download } from '../../../../../lib/download';

/** The API wants a token, which the browser does not have. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  const client = await customerApi();
  return download('inline; filename="invoice.pdf"', async () => {
    const { body, headers } = await client.get('/api/v1/orders/{id}/invoice', { params: { path: { id } } });
    return { type: headers.get('content-type') ?? 'application/pdf', body };
  });
}

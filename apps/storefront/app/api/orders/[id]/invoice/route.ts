import { ApiError } from '@pasar/sdk/api-error';
import { customerApi } from '../../../../../lib/api';

/** The API wants a token, which the browser does not have. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  const client = await customerApi();
  try {
    const invoice = await client.get('/api/v1/orders/{id}/invoice', { params: { path: { id } } });
    return new Response(invoice.body, {
      headers: {
        'content-type': invoice.headers.get('content-type') ?? 'application/pdf',
        'content-disposition': 'inline; filename="invoice.pdf"',
        'cache-control': 'private, no-store',
      },
    });
  } catch (error) {
    if (error instanceof ApiError) return new Response(error.problem.detail, { status: error.status });
    throw error;
  }
}

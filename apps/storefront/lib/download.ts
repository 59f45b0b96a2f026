import 'server-only';
import { ApiError } from '@pasar/sdk/api-error';

/** A file of a customer's own, or what the API says why there is none. */
export async function download(
  disposition: string,
  read: () => Promise<{ type: string; body: BodyInit | null }>,
): Promise<Response> {
  try {
    const { type, body } = await read();
    return new Response(body, {
      headers: {
        'content-type': type,
        'content-disposition': disposition,
        'cache-control': 'private, no-store',
      },
    });
  } catch (error) {
    if (error instanceof ApiError) return new Response(error.problem.detail, { status: error.status });
    throw error;
  }
}

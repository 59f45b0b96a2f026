import { cookies } from 'next/headers';
import { customerApi, orElse, secure } from '../../../lib/api';
import { cookieName } from '../../../server/cookies';

/** What every page shows of the one who looks at it. */
export async function GET(): Promise<Response> {
  const jar = await cookies();
  const access = jar.get(cookieName('access', secure))?.value;
  const hasCart = access !== undefined || jar.has(cookieName('cart', secure));
  const client = await customerApi();
  const [cart, news] = await Promise.all([
    hasCart ? orElse(client.get('/api/v1/cart', {}), undefined) : undefined,
    access ? orElse(client.get('/api/v1/notifications:countUnread'), undefined) : undefined,
  ]);
  return Response.json(
    { name: nameIn(access), cartCount: cart?.itemCount ?? 0, unread: news?.count ?? 0 },
    { headers: { 'cache-control': 'no-store' } },
  );
}

/** As the token says; it is shown to whoever brought it. */
function nameIn(accessToken: string | undefined): string | null {
  const [, payload] = accessToken?.split('.') ?? [];
  if (!payload) return null;
  try {
    return String(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')).name ?? '') || null;
  } catch {
    return null;
  }
}

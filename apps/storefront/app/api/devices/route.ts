import { customerApi, isSignedIn } from '../../../lib/api';
import { outcomeOf } from '../../../lib/outcome';
import { registerDevice } from '../../../lib/session';

const noStore = { headers: { 'cache-control': 'no-store' } };
const nobody = () =>
  Response.json({ ok: false, code: 'auth.unauthenticated', detail: '', fields: {} }, { status: 401 });

/** What a service worker subscribes with when its subscription has ended. */
export async function GET(): Promise<Response> {
  if (!(await isSignedIn())) return nobody();
  const client = await customerApi();
  return Response.json(await outcomeOf(() => client.get('/api/v1/devices:key')), noStore);
}

/** Takes the subscription that follows on the one that this browser had. */
export async function POST(request: Request): Promise<Response> {
  if (!(await isSignedIn())) return nobody();
  const client = await customerApi();
  const { endpoint, keys } = (await request.json().catch(() => undefined)) ?? {};
  const { p256dh, auth } = keys ?? {};
  const outcome = await outcomeOf(() =>
    registerDevice(client, String(endpoint ?? ''), {
      p256dh: String(p256dh ?? ''),
      auth: String(auth ?? ''),
    }),
  );
  return Response.json(outcome, noStore);
}

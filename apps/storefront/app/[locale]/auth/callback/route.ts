import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { api, customerApi } from '../../../../lib/api';
import { outcomeOf } from '../../../../lib/outcome';
import { forgetErrand, keepErrand, readErrand } from '../../../../lib/outside';
import { beginSession } from '../../../../lib/session';
import { isLocale, locales } from '../../../../server/locales';
import { safePath } from '../../../../server/safe-path';

/** Where the outside provider sends browsers back to. Only one that we sent there carries an errand, and that ends once. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ locale: string }> },
): Promise<Response> {
  const { locale: given } = await params;
  const locale = isLocale(given) ? given : locales[0];
  const errand = await readErrand();
  await forgetErrand();
  const next = safePath(errand?.next, `/${locale}`);
  if (errand?.kind !== 'enter' && errand?.kind !== 'link')
    redirect(`/${locale}/login?problem=auth.invalid_flow`);
  const body = { flow: errand.token, query: request.nextUrl.search.slice(1).slice(0, 4096) };
  const outcome = await outcomeOf(async () => {
    if (errand.kind === 'link') {
      const client = await customerApi(undefined, false);
      await client.post('/api/v1/auth/identities:finish', { body });
      return undefined;
    }
    const client = await api();
    const grant = await client.post('/api/v1/auth/outside:finish', { body });
    if (grant.accessToken) await beginSession(grant);
    return grant.challenge?.token;
  });
  if (!outcome.ok) {
    const back = errand.kind === 'link' ? `/${locale}/account/security` : `/${locale}/login`;
    redirect(`${back}?problem=${encodeURIComponent(outcome.code)}`);
  }
  if (!outcome.value) redirect(next);
  await keepErrand({ kind: 'confirm', token: outcome.value, next });
  redirect(`/${locale}/login?next=${encodeURIComponent(next)}`);
}

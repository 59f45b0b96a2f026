'use server';
import { redirect } from 'next/navigation';
import { api, customerApi } from '../lib/api';
import { type Outcome, outcomeOf } from '../lib/outcome';
import { keepErrand } from '../lib/outside';
import { safePath } from '../server/safe-path';

/** The page that the provider sends browsers back to, which is one of those that the API is set up with. */
const redirectUri = `${process.env.PASAR_SHOP_URL ?? 'http://localhost:3000'}/auth/callback`;

/** Goes to the outside provider, to sign in by it. */
export async function enterByProvider(next: string): Promise<Outcome> {
  const outcome = await outcomeOf(async () => {
    const client = await api();
    return client.post('/api/v1/auth/outside:begin', { body: { redirectUri } });
  });
  if (!outcome.ok) return outcome;
  const { flow, authorizationUrl } = outcome.value;
  await keepErrand({ kind: 'enter', token: flow, next: safePath(next, '/') });
  redirect(authorizationUrl);
}

/** Goes there to have it sign in to this account from now on. */
export async function linkProvider(next: string): Promise<Outcome> {
  const outcome = await outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/auth/identities:begin', { body: { redirectUri } });
  });
  if (!outcome.ok) return outcome;
  const { flow, authorizationUrl } = outcome.value;
  await keepErrand({ kind: 'link', token: flow, next: safePath(next, '/') });
  redirect(authorizationUrl);
}

export async function unlinkProvider(issuer: string): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/auth/identities:unlink', { body: { issuer } });
  });
}

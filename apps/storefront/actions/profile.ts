'use server';
import type { Schemas } from '@pasar/sdk';
import { redirect } from 'next/navigation';
import { customerApi } from '../lib/api';
import { type Outcome, outcomeOf } from '../lib/outcome';
import { forgetSession } from '../lib/session';
import { isLocale, locales } from '../server/locales';

export async function changeProfile(
  user: Pick<Schemas['UserInput'], 'name' | 'phone' | 'locale' | 'preferences' | 'avatarUrl'>,
): Promise<Outcome<Schemas['User']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    const params = { query: { updateMask: Object.keys(user).join(',') } };
    return client.patch('/api/v1/users/me', { params, body: user });
  });
}

export async function addAddress(
  address: Schemas['UserAddressInput'],
): Promise<Outcome<Schemas['UserAddress']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/users/me/addresses', { body: address });
  });
}

export async function changeAddress(
  id: string,
  address: Schemas['UserAddressInput'],
): Promise<Outcome<Schemas['UserAddress']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    const params = { path: { id }, query: { updateMask: Object.keys(address).join(',') } };
    return client.patch('/api/v1/users/me/addresses/{id}', { params, body: address });
  });
}

export async function deleteAddress(id: string): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.delete('/api/v1/users/me/addresses/{id}', { params: { path: { id } } });
  });
}

/** Ends the account and the session, and leads home. */
export async function deleteAccount(password: string, locale: string): Promise<Outcome> {
  const outcome = await outcomeOf(async () => {
    const client = await customerApi();
    await client.post('/api/v1/users/me:delete', { body: { password } });
    await forgetSession();
  });
  if (!outcome.ok) return outcome;
  redirect(`/${isLocale(locale) ? locale : locales[0]}`);
}

export async function redeemGiftCard(code: string): Promise<Outcome<Schemas['GiftCard']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/giftCards:redeem', { body: { code } });
  });
}

export async function markRead(id: string): Promise<Outcome<Schemas['Notification']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/notifications/{id}:markRead', { params: { path: { id } } });
  });
}

/** @param upTo the newest that was seen */
export async function markAllRead(upTo: string): Promise<Outcome<Schemas['UnreadCount']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/notifications:markAllRead', { body: { upTo } });
  });
}

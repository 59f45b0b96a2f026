'use server';
import type { Schemas } from '@pasar/sdk';
import { redirect } from 'next/navigation';
import { encode } from 'uqr';
import { api, customerApi } from '../lib/api';
import { type Outcome, outcomeOf } from '../lib/outcome';
import { forgetSession } from '../lib/session';
import { isLocale, locales } from '../server/locales';

export async function changePassword(passwords: Schemas['ChangePasswordRequest']): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/auth/password:change', { body: passwords });
  });
}

/** Says the same whether or not there is such an account. */
export async function requestPasswordReset(email: string): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await api();
    return client.post('/api/v1/auth/password:requestReset', { body: { email } });
  });
}

export async function resetPassword(request: Schemas['ResetPasswordRequest']): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await api();
    await client.post('/api/v1/auth/password:reset', { body: request });
    // All sessions have ended, and this one may have been one of them.
    await forgetSession();
    return undefined;
  });
}

export async function sendVerification(): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/auth/email:sendVerification');
  });
}

export async function verifyEmail(token: string): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await api();
    return client.post('/api/v1/auth/email:verify', { body: { token } });
  });
}

export async function revokeSession(id: string): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.delete('/api/v1/auth/sessions/{id}', { params: { path: { id } } });
  });
}

/** Everywhere, here too. */
export async function revokeAllSessions(locale: string): Promise<Outcome> {
  const outcome = await outcomeOf(async () => {
    const client = await customerApi();
    await client.delete('/api/v1/auth/sessions');
    await forgetSession();
  });
  if (!outcome.ok) return outcome;
  redirect(`/${isLocale(locale) ? locale : locales[0]}/login`);
}

/** What an authenticator app takes: typed, or by the camera. */
export async function enrolTotp(password: string): Promise<Outcome<{ secret: string; qr: boolean[][] }>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    const { secret, uri } = await client.post('/api/v1/auth/totp:enrol', { body: { password } });
    return { secret, qr: encode(uri, { border: 2 }).data };
  });
}

export async function confirmTotp(code: string): Promise<Outcome<Schemas['RecoveryCodes']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/auth/totp:confirm', { body: { code } });
  });
}

export async function renewRecoveryCodes(code: string): Promise<Outcome<Schemas['RecoveryCodes']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/auth/totp:renewRecoveryCodes', { body: { code } });
  });
}

export async function disableTotp(request: Schemas['DisableTotpRequest']): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/auth/totp:disable', { body: request });
  });
}

export async function revokeGrant(id: string): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.delete('/api/v1/oauth/grants/{id}', { params: { path: { id } } });
  });
}

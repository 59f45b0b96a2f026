'use server';
import { redirect } from 'next/navigation';
import { api } from '../lib/api';
import { outcomeOf } from '../lib/outcome';
import { forgetErrand } from '../lib/outside';
import { beginSession, endSession } from '../lib/session';
import { isLocale, type Locale, locales } from '../server/locales';
import { safePath } from '../server/safe-path';

/** What a form of ours shows after it was sent. */
export interface FormState {
  code?: string;
  detail?: string;
  fields?: Record<string, string>;
  /** Given again, so that nobody has to write it twice. */
  values?: Record<string, string>;
  /** The password was right, and the second factor is asked for. */
  challenge?: string;
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

function localeIn(form: FormData): Locale {
  const locale = textOf(form, 'locale');
  return isLocale(locale) ? locale : locales[0];
}

export async function logIn(_state: FormState, form: FormData): Promise<FormState> {
  const locale = localeIn(form);
  const email = textOf(form, 'email');
  const challenge = textOf(form, 'challenge');
  const outcome = await outcomeOf(async () => {
    const client = await api();
    const grant = challenge
      ? await client.post('/api/v1/auth/login:confirm', { body: { challenge, code: textOf(form, 'code') } })
      : await client.post('/api/v1/auth/login', {
          body: { email, password: String(form.get('password') ?? '') },
        });
    if (grant.accessToken) await beginSession(grant);
    return grant;
  });
  if (!outcome.ok) return { ...outcome, values: { email }, challenge };
  const asked = outcome.value.challenge;
  if (!outcome.value.accessToken && asked) return { challenge: asked.token, values: { email } };
  await forgetErrand();
  redirect(safePath(textOf(form, 'next'), `/${locale}`));
}

export async function register(_state: FormState, form: FormData): Promise<FormState> {
  const locale = localeIn(form);
  const email = textOf(form, 'email');
  const name = textOf(form, 'name');
  const outcome = await outcomeOf(async () => {
    const client = await api();
    const password = String(form.get('password') ?? '');
    await beginSession(
      await client.post('/api/v1/auth/register', { body: { email, name, password, locale } }),
    );
  });
  if (!outcome.ok) return { ...outcome, values: { email, name } };
  redirect(safePath(textOf(form, 'next'), `/${locale}`));
}

export async function logOut(form: FormData): Promise<void> {
  await endSession();
  redirect(`/${localeIn(form)}`);
}

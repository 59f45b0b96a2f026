'use client';
import { Button } from '@pasar/ui/button';
import { Field } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import Link from 'next/link';
import { useActionState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { logIn, register } from '../actions/account';
import { useProblemText } from '../lib/problems';

export function LogInForm({ next }: { next: string }) {
  const t = useTranslations('account');
  const locale = useLocale();
  const say = useProblemText();
  const [state, send, sending] = useActionState(logIn, {});
  return (
    <form action={send} className="grid gap-4">
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="next" value={next} />
      {state.code && <Notice tone="bad">{say({ code: state.code, detail: state.detail ?? '' })}</Notice>}
      {state.challenge ? (
        <>
          <input type="hidden" name="challenge" value={state.challenge} />
          <input type="hidden" name="email" value={state.values?.email} />
          <Field
            name="code"
            label={t('code')}
            hint={t('codeHint')}
            autoComplete="one-time-code"
            required
            maxLength={40}
          />
        </>
      ) : (
        <>
          <Field
            name="email"
            type="email"
            label={t('email')}
            defaultValue={state.values?.email}
            autoComplete="email"
            required
            maxLength={254}
          />
          <Field
            name="password"
            type="password"
            label={t('password')}
            autoComplete="current-password"
            required
            maxLength={200}
          />
          <Link
            href={`/${locale}/forgot-password`}
            prefetch={false}
            className="-mt-2 justify-self-start text-brand text-sm underline"
          >
            {t('forgot')}
          </Link>
        </>
      )}
      <Button type="submit" size="lg" busy={sending}>
        {t('logIn')}
      </Button>
      <p className="text-center text-sm">
        {t('noAccount')}{' '}
        <Link
          href={`/${locale}/register?next=${encodeURIComponent(next)}`}
          className="font-semibold text-brand underline"
        >
          {t('register')}
        </Link>
      </p>
    </form>
  );
}

export function RegisterForm({ next }: { next: string }) {
  const t = useTranslations('account');
  const locale = useLocale();
  const say = useProblemText();
  const [state, send, sending] = useActionState(register, {});
  const wrong = state.fields ?? {};
  return (
    <form action={send} className="grid gap-4">
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="next" value={next} />
      {state.code && <Notice tone="bad">{say({ code: state.code, detail: state.detail ?? '' })}</Notice>}
      <Field
        name="name"
        label={t('name')}
        defaultValue={state.values?.name}
        error={wrong.name}
        autoComplete="name"
        required
        maxLength={120}
      />
      <Field
        name="email"
        type="email"
        label={t('email')}
        defaultValue={state.values?.email}
        error={wrong.email}
        autoComplete="email"
        required
        maxLength={254}
      />
      <Field
        name="password"
        type="password"
        label={t('password')}
        hint={t('passwordHint')}
        error={wrong.password}
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={200}
      />
      <Button type="submit" size="lg" busy={sending}>
        {t('register')}
      </Button>
      <p className="text-center text-sm">
        {t('haveAccount')}{' '}
        <Link
          href={`/${locale}/login?next=${encodeURIComponent(next)}`}
          className="font-semibold text-brand underline"
        >
          {t('logIn')}
        </Link>
      </p>
    </form>
  );
}

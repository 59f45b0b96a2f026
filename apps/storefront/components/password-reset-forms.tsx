'use client';
import { Button, buttonStyle } from '@pasar/ui/button';
import { Field } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { requestPasswordReset, resetPassword, verifyEmail } from '../actions/security';
import { useAction } from '../lib/use-action';

export function ForgotPasswordForm() {
  const t = useTranslations('reset');
  const [sentTo, setSentTo] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, send] = useAction();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email') ?? '').trim();
    send(
      () => requestPasswordReset(email),
      () => setSentTo(email),
      setProblem,
    );
  };
  if (sentTo) return <Notice tone="good">{t('sent', { email: sentTo })}</Notice>;
  return (
    <form onSubmit={submit} className="grid gap-4">
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Field name="email" type="email" label={t('email')} autoComplete="email" required maxLength={254} />
      <Button type="submit" size="lg" busy={busy}>
        {t('send')}
      </Button>
    </form>
  );
}

/** @param token of the link in the mail */
export function ResetPasswordForm({ token }: { token: string }) {
  const t = useTranslations('reset');
  const locale = useLocale();
  const [isDone, setDone] = useState(false);
  const [problem, setProblem] = useState('');
  const [busy, reset] = useAction();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password') ?? '');
    reset(
      () => resetPassword({ token, password }),
      () => setDone(true),
      setProblem,
    );
  };
  if (isDone) {
    return (
      <div className="grid gap-4">
        <Notice tone="good">{t('done')}</Notice>
        <Link href={`/${locale}/login`} prefetch={false} className={buttonStyle('primary', 'lg')}>
          {t('logIn')}
        </Link>
      </div>
    );
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {problem && (
        <Notice tone="bad">
          {problem}{' '}
          <Link href={`/${locale}/forgot-password`} prefetch={false} className="font-semibold underline">
            {t('another')}
          </Link>
        </Notice>
      )}
      <Field
        name="password"
        type="password"
        label={t('newPassword')}
        hint={t('hint')}
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={200}
      />
      <Button type="submit" size="lg" busy={busy}>
        {t('save')}
      </Button>
    </form>
  );
}

/** Pressed and not opened: programs that look at mails open what is in them. */
export function VerifyEmailForm({ token }: { token: string }) {
  const t = useTranslations('verify');
  const locale = useLocale();
  const [isDone, setDone] = useState(false);
  const [problem, setProblem] = useState('');
  const [busy, verify] = useAction();
  if (isDone) {
    return (
      <div className="grid gap-4">
        <Notice tone="good">{t('done')}</Notice>
        <Link href={`/${locale}`} prefetch={false} className={buttonStyle('primary', 'lg')}>
          {t('goShopping')}
        </Link>
      </div>
    );
  }
  return (
    <div className="grid gap-4">
      {problem ? (
        <Notice tone="bad">
          {problem}{' '}
          <Link href={`/${locale}/account`} prefetch={false} className="font-semibold underline">
            {t('another')}
          </Link>
        </Notice>
      ) : (
        <p>{t('text')}</p>
      )}
      <Button
        size="lg"
        busy={busy}
        onClick={() =>
          verify(
            () => verifyEmail(token),
            () => setDone(true),
            setProblem,
          )
        }
      >
        {t('confirm')}
      </Button>
    </div>
  );
}

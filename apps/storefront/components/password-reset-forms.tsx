'use client';
import { buttonStyle } from '@pasar/ui/button';
import { Notice } from '@pasar/ui/notice';
import Link from 'next/link';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { requestPasswordReset, resetPassword, verifyEmail } from '../actions/security';
import { EmailField } from './account-forms';
import { ActionForm, PasswordField } from './action-form';

export function ForgotPasswordForm() {
  const t = useTranslations('reset');
  const [sentTo, setSentTo] = useState('');
  if (sentTo) return <Notice tone="good">{t('sent', { email: sentTo })}</Notice>;
  return (
    <ActionForm
      send={(given) => requestPasswordReset(given('email'))}
      onDone={(_, form) => setSentTo(String(new FormData(form).get('email')).trim())}
      submit={t('send')}
      button={{ size: 'lg' }}
    >
      <EmailField label={t('email')} />
    </ActionForm>
  );
}

/** @param token of the link in the mail */
export function ResetPasswordForm({ token }: { token: string }) {
  const t = useTranslations('reset');
  const [isDone, setDone] = useState(false);
  if (isDone) return <Done path="/login" text={t('done')} next={t('logIn')} />;
  return (
    <ActionForm
      send={(given) => resetPassword({ token, password: given('password') })}
      onDone={() => setDone(true)}
      submit={t('save')}
      button={{ size: 'lg' }}
      help={<Another path="/forgot-password" text={t('another')} />}
    >
      <PasswordField isNew label={t('newPassword')} hint={t('hint')} />
    </ActionForm>
  );
}

/** Pressed and not opened: programs that look at mails open what is in them. */
export function VerifyEmailForm({ token }: { token: string }) {
  const t = useTranslations('verify');
  const [isDone, setDone] = useState(false);
  if (isDone) return <Done path="" text={t('done')} next={t('goShopping')} />;
  return (
    <ActionForm
      send={() => verifyEmail(token)}
      onDone={() => setDone(true)}
      submit={t('confirm')}
      button={{ size: 'lg' }}
      help={<Another path="/account" text={t('another')} />}
    >
      <p>{t('text')}</p>
    </ActionForm>
  );
}

function Done({ path, text, next }: { path: string; text: string; next: string }) {
  const locale = useLocale();
  return (
    <div className="grid gap-4">
      <Notice tone="good">{text}</Notice>
      <Link href={`/${locale}${path}`} prefetch={false} className={buttonStyle('primary', 'lg')}>
        {next}
      </Link>
    </div>
  );
}

/** Links of mails live for a while only. */
function Another({ path, text }: { path: string; text: string }) {
  const locale = useLocale();
  return (
    <Link href={`/${locale}${path}`} prefetch={false} className="font-semibold underline">
      {text}
    </Link>
  );
}

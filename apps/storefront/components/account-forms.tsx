'use client';
import { Button } from '@pasar/ui/button';
import { Field, FieldProblems } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import Link from 'next/link';
import { type ReactNode, useActionState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { type FormState, logIn, register } from '../actions/account';
import { useProblemText } from '../lib/problems';
import { PasswordField } from './action-form';

export function LogInForm({
  next,
  challenge = '',
}: {
  next: string;
  /** Of somebody who is known already, but for the second factor. */
  challenge?: string;
}) {
  const t = useTranslations('account');
  const locale = useLocale();
  return (
    <EntryForm
      action={logIn}
      before={{ challenge }}
      next={next}
      submit={t('logIn')}
      other={{ path: 'register', question: t('noAccount'), name: t('register') }}
    >
      {({ challenge, values }) =>
        challenge ? (
          <>
            <input type="hidden" name="challenge" value={challenge} />
            <input type="hidden" name="email" value={values?.email} />
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
            <EmailField label={t('email')} before={values?.email} />
            <PasswordField label={t('password')} />
            <Link
              href={`/${locale}/forgot-password`}
              prefetch={false}
              className="-mt-2 inline-flex min-h-8 items-center justify-self-start text-brand text-sm underline"
            >
              {t('forgot')}
            </Link>
          </>
        )
      }
    </EntryForm>
  );
}

export function RegisterForm({ next }: { next: string }) {
  const t = useTranslations('account');
  return (
    <EntryForm
      action={register}
      next={next}
      submit={t('register')}
      other={{ path: 'login', question: t('haveAccount'), name: t('logIn') }}
    >
      {({ values }) => (
        <>
          <Field
            name="name"
            label={t('name')}
            defaultValue={values?.name}
            autoComplete="name"
            required
            maxLength={120}
          />
          <EmailField label={t('email')} before={values?.email} />
          <PasswordField isNew label={t('password')} hint={t('passwordHint')} />
        </>
      )}
    </EntryForm>
  );
}

/** The two ways in. They work before the page's scripts do, and lead on when they are done. */
function EntryForm({
  action,
  before = {},
  next,
  submit,
  other,
  children,
}: {
  action(before: FormState, form: FormData): Promise<FormState>;
  before?: FormState;
  next: string;
  submit: string;
  other: { path: string; question: string; name: string };
  children(state: FormState): ReactNode;
}) {
  const locale = useLocale();
  const say = useProblemText();
  const [state, send, sending] = useActionState(action, before);
  return (
    <form action={send} className="grid gap-4">
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="next" value={next} />
      {state.code && <Notice tone="bad">{say({ code: state.code, detail: state.detail })}</Notice>}
      <FieldProblems value={state.fields ?? {}}>{children(state)}</FieldProblems>
      <Button type="submit" size="lg" busy={sending}>
        {submit}
      </Button>
      <p className="text-center text-sm">
        {other.question}{' '}
        <Link
          href={`/${locale}/${other.path}?next=${encodeURIComponent(next)}`}
          className="font-semibold text-brand underline"
        >
          {other.name}
        </Link>
      </p>
    </form>
  );
}

export function EmailField({ label, before }: { label: string; before?: string }) {
  return (
    <Field
      name="email"
      type="email"
      label={label}
      defaultValue={before}
      autoComplete="email"
      required
      maxLength={254}
    />
  );
}

'use client';
import type { Schemas } from '@pasar/sdk';
import { Badge } from '@pasar/ui/badge';
import { Button } from '@pasar/ui/button';
import { Field } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import { toast } from '@pasar/ui/toast';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { changePassword, revokeAllSessions, revokeGrant, revokeSession } from '../actions/security';
import { formatDate } from '../lib/format';
import { useAction } from '../lib/use-action';
import { deviceOf } from '../lib/user-agent';

export function PasswordForm() {
  const t = useTranslations('security');
  const router = useRouter();
  const [problem, setProblem] = useState('');
  const [busy, change] = useAction();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const currentPassword = String(data.get('currentPassword') ?? '');
    const newPassword = String(data.get('newPassword') ?? '');
    change(
      () => changePassword({ currentPassword, newPassword }),
      () => {
        setProblem('');
        form.reset();
        toast({ title: t('passwordChanged') });
        router.refresh();
      },
      setProblem,
    );
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <h2 className="text-lg">{t('password')}</h2>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="currentPassword"
          type="password"
          label={t('currentPassword')}
          autoComplete="current-password"
          required
          maxLength={200}
        />
        <Field
          name="newPassword"
          type="password"
          label={t('newPassword')}
          hint={t('newPasswordHint')}
          autoComplete="new-password"
          required
          minLength={8}
          maxLength={200}
        />
      </div>
      <Button type="submit" variant="secondary" busy={busy} className="justify-self-start">
        {t('changePassword')}
      </Button>
    </form>
  );
}

/** Where this account is signed in. */
export function Sessions({ sessions }: { sessions: Schemas['Session'][] }) {
  const t = useTranslations('security');
  const locale = useLocale();
  const router = useRouter();
  const [busy, act] = useAction();
  return (
    <section aria-labelledby="sessions" className="grid gap-3">
      <h2 id="sessions" className="text-lg">
        {t('sessions')}
      </h2>
      <ul className="divide-y divide-line">
        {sessions.map((session) => {
          const device = deviceOf(session.userAgent) || t('unknownDevice');
          return (
            <li key={session.id} className="flex items-center justify-between gap-3 py-2.5 text-sm">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {device}
                  {session.current && <Badge tone="brand">{t('thisDevice')}</Badge>}
                </p>
                <p className="text-soft text-xs">
                  {session.ipAddress} ·{' '}
                  {t('lastUsed', { time: formatDate(session.lastUsedAt, locale, 'time') })}
                </p>
              </div>
              {!session.current && (
                <Button
                  variant="quiet"
                  size="sm"
                  className="shrink-0"
                  busy={busy}
                  aria-label={t('endOne', { device })}
                  onClick={() =>
                    act(
                      () => revokeSession(session.id),
                      () => router.refresh(),
                    )
                  }
                >
                  {t('end')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <Button
        variant="secondary"
        busy={busy}
        className="justify-self-start"
        onClick={() =>
          act(
            () => revokeAllSessions(locale),
            () => {},
          )
        }
      >
        {t('endAll')}
      </Button>
    </section>
  );
}

/** Apps of others that may do things with this account. */
export function Grants({ grants }: { grants: Schemas['Grant'][] }) {
  const t = useTranslations('security');
  const scopes = useTranslations('scopes');
  const locale = useLocale();
  const router = useRouter();
  const [busy, act] = useAction();
  return (
    <section aria-labelledby="apps" className="grid gap-3">
      <h2 id="apps" className="text-lg">
        {t('apps')}
      </h2>
      {grants.length === 0 && <p className="text-soft text-sm">{t('noApps')}</p>}
      <ul className="divide-y divide-line empty:hidden">
        {grants.map((grant) => (
          <li key={grant.id} className="flex items-center justify-between gap-3 py-2.5 text-sm">
            <div className="min-w-0">
              <p className="font-medium">{grant.appName}</p>
              <p className="text-soft text-xs">
                {t('since', { date: formatDate(grant.grantedAt, locale) })} ·{' '}
                {grant.scopes
                  .map((scope) => scope.replace(':', '_'))
                  .map((key) => (scopes.has(key as never) ? scopes(key as never) : key))
                  .join(', ')}
              </p>
            </div>
            <Button
              variant="quiet"
              size="sm"
              className="shrink-0"
              busy={busy}
              aria-label={t('revokeOne', { app: grant.appName })}
              onClick={() =>
                act(
                  () => revokeGrant(grant.id),
                  () => router.refresh(),
                )
              }
            >
              {t('revoke')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

'use client';
import type { Schemas } from '@pasar/sdk';
import { Badge } from '@pasar/ui/badge';
import { toast } from '@pasar/ui/toast';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { changePassword, revokeAllSessions, revokeGrant, revokeSession } from '../actions/security';
import { formatDate } from '../lib/format';
import type { Outcome } from '../lib/outcome';
import { deviceOf } from '../lib/user-agent';
import { ActionButton } from './action-button';
import { ActionForm, PasswordField } from './action-form';

export function PasswordForm() {
  const t = useTranslations('security');
  const router = useRouter();
  return (
    <div className="grid gap-4">
      <h2 className="text-lg">{t('password')}</h2>
      <ActionForm
        send={(given) =>
          changePassword({
            currentPassword: given('currentPassword'),
            newPassword: given('newPassword'),
          })
        }
        onDone={(_, form) => {
          form.reset();
          toast({ title: t('passwordChanged') });
          router.refresh();
        }}
        submit={t('changePassword')}
        button={{ variant: 'secondary', className: 'justify-self-start' }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <PasswordField name="currentPassword" label={t('currentPassword')} />
          <PasswordField isNew name="newPassword" label={t('newPassword')} hint={t('newPasswordHint')} />
        </div>
      </ActionForm>
    </div>
  );
}

/** Where this account is signed in. */
export function Sessions({ sessions }: { sessions: Schemas['Session'][] }) {
  const t = useTranslations('security');
  const locale = useLocale();
  return (
    <section aria-labelledby="sessions" className="grid gap-3">
      <h2 id="sessions" className="text-lg">
        {t('sessions')}
      </h2>
      <ul className="divide-y divide-line">
        {sessions.map((session) => {
          const device = deviceOf(session.userAgent) || t('unknownDevice');
          return (
            <Endable
              key={session.id}
              name={
                <>
                  {device}
                  {session.current && <Badge tone="brand">{t('thisDevice')}</Badge>}
                </>
              }
              note={`${session.ipAddress} · ${t('lastUsed', { time: formatDate(session.lastUsedAt, locale, 'time') })}`}
              action={t('end')}
              label={t('endOne', { device })}
              end={session.current ? undefined : () => revokeSession(session.id)}
            />
          );
        })}
      </ul>
      <ActionButton
        variant="secondary"
        size="md"
        className="justify-self-start"
        run={() => revokeAllSessions(locale)}
      >
        {t('endAll')}
      </ActionButton>
    </section>
  );
}

/** Apps of others that may do things with this account. */
export function Grants({ grants }: { grants: Schemas['Grant'][] }) {
  const t = useTranslations('security');
  const scopes = useTranslations('scopes');
  const locale = useLocale();
  const scopeNames = (grant: Schemas['Grant']) =>
    grant.scopes
      .map((scope) => scope.replace(':', '_'))
      .map((key) => (scopes.has(key as never) ? scopes(key as never) : key))
      .join(', ');
  return (
    <section aria-labelledby="apps" className="grid gap-3">
      <h2 id="apps" className="text-lg">
        {t('apps')}
      </h2>
      {grants.length === 0 && <p className="text-soft text-sm">{t('noApps')}</p>}
      <ul className="divide-y divide-line empty:hidden">
        {grants.map((grant) => (
          <Endable
            key={grant.id}
            name={grant.appName}
            note={`${t('since', { date: formatDate(grant.grantedAt, locale) })} · ${scopeNames(grant)}`}
            action={t('revoke')}
            label={t('revokeOne', { app: grant.appName })}
            end={() => revokeGrant(grant.id)}
          />
        ))}
      </ul>
    </section>
  );
}

/** Something that has access, and the button that ends it. */
export function Endable({
  name,
  note,
  action,
  label,
  end,
}: {
  name: ReactNode;
  note: string;
  action: string;
  /** What the button says to those who do not see beside what it stands. */
  label: string;
  end?: () => Promise<Outcome>;
}) {
  return (
    <li className="flex items-center justify-between gap-3 py-2.5 text-sm">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">{name}</p>
        <p className="text-soft text-xs">{note}</p>
      </div>
      {end && (
        <ActionButton className="shrink-0" aria-label={label} run={end}>
          {action}
        </ActionButton>
      )}
    </li>
  );
}

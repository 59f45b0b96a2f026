'use client';
import type { Schemas } from '@pasar/sdk';
import { Card } from '@pasar/ui/card';
import { Field, SelectField } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import { toast } from '@pasar/ui/toast';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { changeProfile } from '../actions/profile';
import { sendVerification } from '../actions/security';
import { useAction } from '../lib/use-action';
import { ActionForm } from './action-form';
import { AvatarField } from './avatar-field';
import { PushSwitch } from './push-switch';

export function ProfileForm({ user }: { user: Schemas['User'] }) {
  const t = useTranslations('profile');
  const router = useRouter();
  return (
    <Card className="grid gap-5 p-5">
      <AvatarField name={user.name} url={user.avatarUrl} />
      <ActionForm
        send={(given) =>
          changeProfile({ name: given('name'), phone: given('phone'), locale: given('locale') })
        }
        onDone={() => {
          toast({ title: t('saved') });
          router.refresh();
        }}
        submit={t('save')}
        button={{ className: 'justify-self-start' }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            name="name"
            label={t('name')}
            defaultValue={user.name}
            autoComplete="name"
            required
            maxLength={120}
          />
          <Field
            name="phone"
            label={t('phone')}
            defaultValue={user.phone}
            autoComplete="tel"
            inputMode="tel"
            pattern="\+?[0-9 \(\)\-]{5,24}"
            maxLength={24}
          />
          <SelectField name="locale" label={t('locale')} hint={t('localeHint')} defaultValue={user.locale}>
            <option value="id" lang="id">
              Bahasa Indonesia
            </option>
            <option value="en" lang="en">
              English
            </option>
          </SelectField>
        </div>
      </ActionForm>
    </Card>
  );
}

/** Whether the address was confirmed only the API knows; it sends nothing to one that was. */
export function VerifyReminder({ email }: { email: string }) {
  const t = useTranslations('profile');
  const [isSent, setSent] = useState(false);
  const [sending, send] = useAction();
  if (isSent) return <Notice tone="good">{t('verificationSent', { email })}</Notice>;
  return (
    <p className="text-soft text-sm">
      {t('noMail')}{' '}
      <button
        type="button"
        disabled={sending}
        onClick={() => send(sendVerification, () => setSent(true))}
        className="min-h-8 font-semibold text-brand underline"
      >
        {t('sendVerification')}
      </button>
    </p>
  );
}

const choices = ['orderEmail', 'orderPush', 'priceDropNotice', 'marketingEmail', 'salesEmail'] as const;

/** What somebody wants to hear of; kept as soon as it is chosen. */
export function PreferencesForm({
  preferences,
  push,
}: {
  preferences: Schemas['Preferences'];
  /** Left out where nothing is pushed. */
  push?: { publicKey: string; endpoints: string[] };
}) {
  const t = useTranslations('preferences');
  const [now, setNow] = useState(preferences);
  const [saving, save] = useAction();
  const change = (name: (typeof choices)[number], value: boolean) => {
    const before = now;
    const next = { ...now, [name]: value };
    setNow(next);
    save(
      () => changeProfile({ preferences: next }),
      undefined,
      (title) => {
        setNow(before);
        toast({ title, tone: 'bad' });
      },
    );
  };
  return (
    <Card className="grid gap-1 p-5">
      <h2 id="preferences" className="text-lg">
        {t('title')}
      </h2>
      {choices.map((name) => (
        <label key={name} className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            checked={now[name]}
            disabled={saving}
            onChange={({ target }) => change(name, target.checked)}
            className="size-5 shrink-0"
          />
          {t(name)}
        </label>
      ))}
      {push && <PushSwitch {...push} onTurnedOn={() => now.orderPush || change('orderPush', true)} />}
    </Card>
  );
}

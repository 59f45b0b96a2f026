import { Button } from '@pasar/ui/button';
import { LogOut } from 'lucide-react';
import type { Metadata } from 'next';
import { logOut } from '../../../actions/account';
import { AccountPage } from '../../../components/account-page';
import { PreferencesForm, ProfileForm, VerifyReminder } from '../../../components/profile-form';
import { customerApi } from '../../../lib/api';
import { formatDate } from '../../../lib/format';
import { translator } from '../../../lib/i18n';
import { requireSession } from '../../../lib/session';
import type { Locale } from '../../../server/locales';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'account');
  return { title: t('title'), robots: { index: false } };
}

export default async function Account({ params }: Props) {
  const { locale } = await params;
  await requireSession(locale, '/account');
  const t = await translator(locale, 'account');
  const client = await customerApi();
  const me = await client.get('/api/v1/users/me');
  return (
    <AccountPage locale={locale} title={t('greeting', { name: me.name })} of={['profile', 'preferences']}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-soft text-sm">
          <span className="font-semibold text-ink">{me.email}</span> ·{' '}
          {t('since', { date: formatDate(me.createdAt, locale) })}
        </p>
        <form action={logOut}>
          <input type="hidden" name="locale" value={locale} />
          <Button type="submit" variant="quiet">
            <LogOut aria-hidden className="size-5" />
            {t('logOut')}
          </Button>
        </form>
      </div>
      <ProfileForm user={me} />
      {me.preferences && <PreferencesForm preferences={me.preferences} />}
      <VerifyReminder email={me.email} />
    </AccountPage>
  );
}

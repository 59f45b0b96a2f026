import { Button } from '@pasar/ui/button';
import { LogOut } from 'lucide-react';
import { logOut } from '../../../actions/account';
import { AccountPage } from '../../../components/account-page';
import { PreferencesForm, ProfileForm, VerifyReminder } from '../../../components/profile-form';
import { customerApi, orElse } from '../../../lib/api';
import { formatDate } from '../../../lib/format';
import { translator } from '../../../lib/i18n';
import { type PageProps, privatePage } from '../../../lib/page';
import { requireSession } from '../../../lib/session';

export const generateMetadata = privatePage('account.title');

export default async function Account({ params }: PageProps) {
  const { locale } = await params;
  await requireSession(locale, '/account');
  const t = await translator(locale, 'account');
  const client = await customerApi();
  const [me, { publicKey }, { devices }] = await Promise.all([
    client.get('/api/v1/users/me'),
    orElse(client.get('/api/v1/devices:key'), { publicKey: '' }),
    orElse(client.get('/api/v1/devices', {}), { devices: [], nextPageToken: '' }),
  ]);
  const push = publicKey ? { publicKey, endpoints: devices.map(({ endpoint }) => endpoint) } : undefined;
  return (
    <AccountPage
      locale={locale}
      title={t('greeting', { name: me.name })}
      of={['profile', 'preferences', 'push']}
    >
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
      {me.preferences && <PreferencesForm preferences={me.preferences} push={push} />}
      <VerifyReminder email={me.email} />
    </AccountPage>
  );
}

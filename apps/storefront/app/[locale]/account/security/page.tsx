import { Card } from '@pasar/ui/card';
import type { Metadata } from 'next';
import { AccountPage } from '../../../../components/account-page';
import { Grants, PasswordForm, Sessions } from '../../../../components/security-forms';
import { TotpCard } from '../../../../components/totp-card';
import { customerApi } from '../../../../lib/api';
import { translator } from '../../../../lib/i18n';
import { requireSession } from '../../../../lib/session';
import type { Locale } from '../../../../server/locales';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'security');
  return { title: t('title'), robots: { index: false } };
}

export default async function Security({ params }: Props) {
  const { locale } = await params;
  await requireSession(locale, '/account/security');
  const t = await translator(locale, 'security');
  const client = await customerApi();
  const page = { query: { pageSize: 50 } };
  const [factor, { sessions }, { grants }] = await Promise.all([
    client.get('/api/v1/auth/totp'),
    client.get('/api/v1/auth/sessions', { params: page }),
    client.get('/api/v1/oauth/grants', { params: page }),
  ]);
  return (
    <AccountPage locale={locale} title={t('title')} of={['security', 'totp', 'scopes']}>
      <Card className="p-5">
        <PasswordForm />
      </Card>
      <TotpCard factor={factor} />
      <Card className="p-5">
        <Sessions sessions={sessions} />
      </Card>
      <Card className="p-5">
        <Grants grants={grants} />
      </Card>
    </AccountPage>
  );
}

import { Card } from '@pasar/ui/card';
import { AccountPage } from '../../../../components/account-page';
import { Grants, PasswordForm, Sessions } from '../../../../components/security-forms';
import { TotpCard } from '../../../../components/totp-card';
import { customerApi } from '../../../../lib/api';
import { translator } from '../../../../lib/i18n';
import { type PageProps, privatePage } from '../../../../lib/page';
import { requireSession } from '../../../../lib/session';

export const generateMetadata = privatePage('security.title');

export default async function Security({ params }: PageProps) {
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

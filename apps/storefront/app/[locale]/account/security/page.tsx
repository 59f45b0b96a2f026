import { Card } from '@pasar/ui/card';
import { AccountPage } from '../../../../components/account-page';
import { Identities } from '../../../../components/outside-forms';
import { Grants, PasswordForm, Sessions } from '../../../../components/security-forms';
import { TotpCard } from '../../../../components/totp-card';
import { customerApi } from '../../../../lib/api';
import { translator } from '../../../../lib/i18n';
import { outsideProvider, providerName } from '../../../../lib/outside';
import { type PageProps, privatePage } from '../../../../lib/page';
import { requireSession } from '../../../../lib/session';

export const generateMetadata = privatePage('security.title');

export default async function Security({ params, searchParams }: PageProps) {
  const { locale } = await params;
  await requireSession(locale, '/account/security');
  const t = await translator(locale, 'security');
  const client = await customerApi();
  const page = { query: { pageSize: 50 } };
  const [factor, { sessions }, { grants }, { identities }, provider, { problem }] = await Promise.all([
    client.get('/api/v1/auth/totp'),
    client.get('/api/v1/auth/sessions', { params: page }),
    client.get('/api/v1/oauth/grants', { params: page }),
    client.get('/api/v1/auth/identities'),
    outsideProvider(),
    searchParams,
  ]);
  return (
    <AccountPage locale={locale} title={t('title')} of={['security', 'totp', 'scopes', 'outside']}>
      <Card className="p-5">
        <PasswordForm />
      </Card>
      <TotpCard factor={factor} />
      <Card className="p-5">
        <Sessions sessions={sessions} />
      </Card>
      {(provider || identities.length > 0) && (
        <Card className="p-5">
          <Identities
            identities={identities.map((each) => ({ ...each, name: providerName(each.issuer) }))}
            provider={provider}
            problem={typeof problem === 'string' ? problem : ''}
          />
        </Card>
      )}
      <Card className="p-5">
        <Grants grants={grants} />
      </Card>
    </AccountPage>
  );
}

import { buttonStyle } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { Download } from 'lucide-react';
import { AccountPage } from '../../../../components/account-page';
import { DeleteAccountForm } from '../../../../components/delete-account-form';
import { translator } from '../../../../lib/i18n';
import { type PageProps, privatePage } from '../../../../lib/page';
import { requireSession } from '../../../../lib/session';

export const generateMetadata = privatePage('data.title');

export default async function Data({ params }: PageProps) {
  const { locale } = await params;
  await requireSession(locale, '/account/data');
  const t = await translator(locale, 'data');
  return (
    <AccountPage locale={locale} title={t('title')} of={['data']}>
      <Card className="grid gap-3 p-5">
        <h2 className="text-lg">{t('export')}</h2>
        <p className="text-soft text-sm">{t('exportText')}</p>
        <a
          href="/api/account/export"
          download
          className={buttonStyle('secondary', 'md', 'justify-self-start')}
        >
          <Download aria-hidden className="size-5" />
          {t('download')}
        </a>
      </Card>
      <DeleteAccountForm />
    </AccountPage>
  );
}

import { buttonStyle } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { AccountPage } from '../../../../components/account-page';
import { DeleteAccountForm } from '../../../../components/delete-account-form';
import { translator } from '../../../../lib/i18n';
import { requireSession } from '../../../../lib/session';
import type { Locale } from '../../../../server/locales';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'data');
  return { title: t('title'), robots: { index: false } };
}

export default async function Data({ params }: Props) {
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

import { Card } from '@pasar/ui/card';
import type { Metadata } from 'next';
import { ResetPasswordForm } from '../../../components/password-reset-forms';
import { Translations } from '../../../components/translations';
import { translator } from '../../../lib/i18n';
import type { SearchParams } from '../../../lib/search';
import type { Locale } from '../../../server/locales';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'reset');
  // The address holds a secret, which no other site is to learn.
  return { title: t('title'), robots: { index: false }, referrer: 'no-referrer' };
}

export default async function ResetPassword({ params, searchParams }: Props) {
  const { locale } = await params;
  const { token } = await searchParams;
  const t = await translator(locale, 'reset');
  return (
    <div className="mx-auto grid max-w-md gap-6 py-10">
      <h1 className="text-2xl">{t('title')}</h1>
      <Card className="p-6">
        <Translations locale={locale} of={['reset']}>
          <ResetPasswordForm token={typeof token === 'string' ? token.slice(0, 500) : ''} />
        </Translations>
      </Card>
    </div>
  );
}

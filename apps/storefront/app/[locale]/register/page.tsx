import { Card } from '@pasar/ui/card';
import type { Metadata } from 'next';
import { RegisterForm } from '../../../components/account-forms';
import { Translations } from '../../../components/translations';
import { translator } from '../../../lib/i18n';
import type { SearchParams } from '../../../lib/search';
import type { Locale } from '../../../server/locales';
import { safePath } from '../../../server/safe-path';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'account');
  return { title: t('register'), robots: { index: false } };
}

export default async function RegisterPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const next = safePath((await searchParams).next, `/${locale}`);
  const t = await translator(locale, 'account');
  return (
    <div className="mx-auto grid max-w-md gap-6 py-10">
      <h1 className="text-2xl">{t('welcome')}</h1>
      <Card className="p-6">
        <Translations locale={locale} of={['account', 'problems']}>
          <RegisterForm next={next} />
        </Translations>
      </Card>
    </div>
  );
}

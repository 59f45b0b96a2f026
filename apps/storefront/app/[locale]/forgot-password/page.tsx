import { Card } from '@pasar/ui/card';
import type { Metadata } from 'next';
import { ForgotPasswordForm } from '../../../components/password-reset-forms';
import { Translations } from '../../../components/translations';
import { translator } from '../../../lib/i18n';

import type { Locale } from '../../../server/locales';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'reset');
  return { title: t('title'), robots: { index: false } };
}

export default async function ForgotPassword({ params }: Props) {
  const { locale } = await params;

  const t = await translator(locale, 'reset');
  return (
    <div className="mx-auto grid max-w-md gap-6 py-10">
      <h1 className="text-2xl">{t('title')}</h1>
      <Card className="p-6">
        <Translations locale={locale} of={['reset']}>
          <ForgotPasswordForm />
        </Translations>
      </Card>
    </div>
  );
}

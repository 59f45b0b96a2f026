import { CardPage } from '../../../components/card-page';
import { ForgotPasswordForm } from '../../../components/password-reset-forms';
import { translator } from '../../../lib/i18n';
import { type PageProps, privatePage } from '../../../lib/page';

export const generateMetadata = privatePage('reset.title');

export default async function ForgotPassword({ params }: PageProps) {
  const { locale } = await params;

  const t = await translator(locale, 'reset');
  return (
    <CardPage locale={locale} title={t('title')} of={['reset']}>
      <ForgotPasswordForm />
    </CardPage>
  );
}

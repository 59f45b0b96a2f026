import { RegisterForm } from '../../../components/account-forms';
import { CardPage } from '../../../components/card-page';
import { translator } from '../../../lib/i18n';
import { type PageProps, privatePage } from '../../../lib/page';
import { safePath } from '../../../server/safe-path';

export const generateMetadata = privatePage('account.register');

export default async function RegisterPage({ params, searchParams }: PageProps) {
  const { locale } = await params;
  const next = safePath((await searchParams).next, `/${locale}`);
  const t = await translator(locale, 'account');
  return (
    <CardPage locale={locale} title={t('welcome')} of={['account', 'problems']}>
      <RegisterForm next={next} />
    </CardPage>
  );
}

import { RegisterForm } from '../../../components/account-forms';
import { CardPage } from '../../../components/card-page';
import { OutsideEntry } from '../../../components/outside-forms';
import { translator } from '../../../lib/i18n';
import { outsideProvider } from '../../../lib/outside';
import { entryOf, type PageProps, privatePage } from '../../../lib/page';

export const generateMetadata = privatePage('account.register');

export default async function RegisterPage({ params, searchParams }: PageProps) {
  const { locale } = await params;
  const { next, problem } = await entryOf(locale, searchParams);
  const provider = await outsideProvider();
  const t = await translator(locale, 'account');
  return (
    <CardPage locale={locale} title={t('welcome')} of={['account', 'problems', 'outside']}>
      <OutsideEntry name={provider?.name ?? ''} next={next} problem={problem} />
      <RegisterForm next={next} />
    </CardPage>
  );
}

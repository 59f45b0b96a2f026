import { LogInForm } from '../../../components/account-forms';
import { CardPage } from '../../../components/card-page';
import { OutsideEntry } from '../../../components/outside-forms';
import { translator } from '../../../lib/i18n';
import { outsideProvider, readErrand } from '../../../lib/outside';
import { entryOf, type PageProps, privatePage } from '../../../lib/page';

export const generateMetadata = privatePage('account.logIn');

export default async function LogInPage({ params, searchParams }: PageProps) {
  const { locale } = await params;
  const { next, problem } = await entryOf(locale, searchParams);
  const provider = await outsideProvider();
  // Who came back from the provider, and has a second factor.
  const errand = await readErrand();
  const t = await translator(locale, 'account');
  return (
    <CardPage locale={locale} title={t('welcomeBack')} of={['account', 'problems', 'outside']}>
      <OutsideEntry name={provider?.name ?? ''} next={next} problem={problem} />
      <LogInForm next={next} challenge={errand?.kind === 'confirm' ? errand.token : ''} />
    </CardPage>
  );
}

import { CardPage } from '../../../components/card-page';
import { VerifyEmailForm } from '../../../components/password-reset-forms';
import { translator } from '../../../lib/i18n';
import { type PageProps, privatePage } from '../../../lib/page';

// The address holds a secret, which no other site is to learn.
export const generateMetadata = privatePage('verify.title', { referrer: 'no-referrer' });

export default async function VerifyEmail({ params, searchParams }: PageProps) {
  const { locale } = await params;
  const { token } = await searchParams;
  const t = await translator(locale, 'verify');
  return (
    <CardPage locale={locale} title={t('title')} of={['verify']}>
      <VerifyEmailForm token={typeof token === 'string' ? token.slice(0, 500) : ''} />
    </CardPage>
  );
}

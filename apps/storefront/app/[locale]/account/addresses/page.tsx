import type { Metadata } from 'next';
import { AccountPage } from '../../../../components/account-page';
import { AddressBook } from '../../../../components/address-book';
import { customerApi } from '../../../../lib/api';
import { translator } from '../../../../lib/i18n';
import { requireSession } from '../../../../lib/session';
import type { Locale } from '../../../../server/locales';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'addresses');
  return { title: t('title'), robots: { index: false } };
}

export default async function Addresses({ params }: Props) {
  const { locale } = await params;
  await requireSession(locale, '/account/addresses');
  const t = await translator(locale, 'addresses');
  const client = await customerApi();
  const { addresses } = await client.get('/api/v1/users/me/addresses');
  return (
    <AccountPage locale={locale} title={t('title')} of={['addresses', 'address']}>
      <AddressBook addresses={addresses} />
    </AccountPage>
  );
}

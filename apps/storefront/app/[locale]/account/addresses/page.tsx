import { AccountPage } from '../../../../components/account-page';
import { AddressBook } from '../../../../components/address-book';
import { customerApi } from '../../../../lib/api';
import { translator } from '../../../../lib/i18n';
import { type PageProps, privatePage } from '../../../../lib/page';
import { requireSession } from '../../../../lib/session';

export const generateMetadata = privatePage('addresses.title');

export default async function Addresses({ params }: PageProps) {
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

import { Notice } from '@pasar/ui/notice';
import { ShoppingBasket } from 'lucide-react';
import Link from 'next/link';
import { CheckoutForm } from '../../../components/checkout-form';
import { NothingHere } from '../../../components/nothing-here';
import { Translations } from '../../../components/translations';
import { customerApi, orElse } from '../../../lib/api';
import { storesOf } from '../../../lib/catalogue';
import { translator } from '../../../lib/i18n';
import { outcomeOf } from '../../../lib/outcome';
import { type PageProps, titledPage } from '../../../lib/page';
import { requireSession } from '../../../lib/session';
import { unpaidCheckouts } from '../../../lib/unpaid';

export const generateMetadata = titledPage('checkout.title');

export default async function CheckoutPage({ params }: PageProps) {
  const { locale } = await params;
  await requireSession(locale, '/checkout');
  const t = await translator(locale, 'checkout');
  const client = await customerApi();
  const [{ addresses }, cart, { vouchers }, unpaid] = await Promise.all([
    client.get('/api/v1/users/me/addresses', {}),
    client.get('/api/v1/cart', {}),
    orElse(client.get('/api/v1/vouchers', {}), { vouchers: [], nextPageToken: '' }),
    unpaidCheckouts(),
  ]);
  const lines = cart.items.filter(({ selected, purchasable }) => selected && purchasable);
  if (lines.length === 0) {
    return (
      <NothingHere Icon={ShoppingBasket} title={t('nothing')} href={`/${locale}/cart`} way={t('toCart')} />
    );
  }
  const twice = lines.filter(({ variantId }) => unpaid[variantId]);
  const address = addresses.find(({ isDefault }) => isDefault) ?? addresses[0];
  const [stores, quote] = await Promise.all([
    storesOf(lines.map(({ sellerId }) => sellerId)),
    address && outcomeOf(() => client.post('/api/v1/checkout:quote', { body: { addressId: address.id } })),
  ]);
  return (
    <Translations
      locale={locale}
      of={['checkout', 'credit', 'days', 'services', 'payments', 'problems', 'refusals', 'shell', 'address']}
    >
      <CheckoutForm
        addresses={addresses}
        firstQuote={quote?.ok ? quote.value : undefined}
        stores={stores}
        codes={vouchers.map(({ code, name }) => ({ code, name }))}
      >
        {twice[0] && (
          <Notice>
            {t('unpaid', { titles: twice.map(({ title }) => title).join(', ') })}{' '}
            <Link href={`/${locale}/pay/${unpaid[twice[0].variantId]}`} className="font-semibold underline">
              {t('howToPay')}
            </Link>
          </Notice>
        )}
      </CheckoutForm>
    </Translations>
  );
}

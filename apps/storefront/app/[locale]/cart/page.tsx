import type { Metadata } from 'next';
import { CartView } from '../../../components/cart-view';
import { Translations } from '../../../components/translations';
import { customerApi } from '../../../lib/api';
import { storesOf } from '../../../lib/catalogue';
import { translator } from '../../../lib/i18n';
import type { Locale } from '../../../server/locales';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'cart');
  return { title: t('title') };
}

export default async function CartPage({ params }: Props) {
  const { locale } = await params;
  const client = await customerApi();
  const cart = await client.get('/api/v1/cart', {});
  const stores = await storesOf(cart.groups.map(({ sellerId }) => sellerId));
  return (
    <Translations locale={locale} of={['cart', 'problems', 'shell']}>
      <CartView initial={{ ...cart, token: '' }} stores={stores} />
    </Translations>
  );
}

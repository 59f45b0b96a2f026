import { CartView } from '../../../components/cart-view';
import { Translations } from '../../../components/translations';
import { customerApi } from '../../../lib/api';
import { storesOf } from '../../../lib/catalogue';
import { type PageProps, titledPage } from '../../../lib/page';
import { unpaidCheckouts } from '../../../lib/unpaid';

export const generateMetadata = titledPage('cart.title');

export default async function CartPage({ params }: PageProps) {
  const { locale } = await params;
  const client = await customerApi();
  const [cart, unpaid] = await Promise.all([client.get('/api/v1/cart', {}), unpaidCheckouts()]);
  const stores = await storesOf(cart.groups.map(({ sellerId }) => sellerId));
  return (
    <Translations locale={locale} of={['cart', 'problems', 'shell']}>
      <CartView initial={{ ...cart, token: '' }} stores={stores} unpaid={unpaid} />
    </Translations>
  );
}

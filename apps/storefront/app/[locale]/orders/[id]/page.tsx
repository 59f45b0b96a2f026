import { notFound } from 'next/navigation';
import { OrderView } from '../../../../components/order-view';
import { Translations } from '../../../../components/translations';
import { sellerOf } from '../../../../lib/catalogue';
import { orderView } from '../../../../lib/order';
import { type PageProps, privatePage } from '../../../../lib/page';
import { requireSession } from '../../../../lib/session';

export const generateMetadata = privatePage('order.title');

export default async function OrderPage({ params }: PageProps<'id'>) {
  const { locale, id } = await params;
  await requireSession(locale, `/orders/${id}`);
  const view = await orderView(id);
  if (!view) notFound();
  const seller = await sellerOf(view.order.sellerId);
  return (
    <Translations
      locale={locale}
      of={['order', 'orderStatus', 'payments', 'tracking', 'afterSale', 'review', 'photos']}
    >
      <OrderView initial={view} seller={seller && { name: seller.name, slug: seller.slug }} />
    </Translations>
  );
}

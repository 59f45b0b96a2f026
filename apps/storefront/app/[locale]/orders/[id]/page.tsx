import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { OrderView } from '../../../../components/order-view';
import { Translations } from '../../../../components/translations';
import { sellerOf } from '../../../../lib/catalogue';
import { translator } from '../../../../lib/i18n';
import { orderView } from '../../../../lib/order';
import { requireSession } from '../../../../lib/session';
import type { Locale } from '../../../../server/locales';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'order');
  return { title: t('title'), robots: { index: false } };
}

export default async function OrderPage({ params }: Props) {
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

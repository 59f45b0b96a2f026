import { Badge } from '@pasar/ui/badge';
import { buttonStyle } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { EmptyState } from '@pasar/ui/empty-state';
import { Package, Store } from 'lucide-react';
import Link from 'next/link';
import { NextPage } from '../../../components/next-page';
import { Picture } from '../../../components/picture';
import { customerApi } from '../../../lib/api';
import { storesOf } from '../../../lib/catalogue';
import { formatDate, formatMoney } from '../../../lib/format';
import { translator } from '../../../lib/i18n';
import { toneOf } from '../../../lib/order-status';
import { type PageProps, pageTokenOf, privatePage } from '../../../lib/page';
import { requireSession } from '../../../lib/session';

export const generateMetadata = privatePage('orders.title');

export default async function OrdersPage({ params, searchParams }: PageProps) {
  const { locale } = await params;
  await requireSession(locale, '/orders');
  const t = await translator(locale, 'orders');
  const statusNames = await translator(locale, 'orderStatus');
  const client = await customerApi();
  const { orders, nextPageToken } = await client.get('/api/v1/orders', {
    params: { query: { pageSize: 10, pageToken: await pageTokenOf(searchParams) } },
  });
  const stores = await storesOf(orders.map(({ sellerId }) => sellerId));
  if (orders.length === 0) {
    return (
      <EmptyState
        picture={<Package className="size-9" />}
        title={t('none')}
        action={
          <Link href={`/${locale}`} className={buttonStyle()}>
            {t('goShopping')}
          </Link>
        }
      >
        <p>{t('noneHelp')}</p>
      </EmptyState>
    );
  }
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-1 gap-5 py-6">
      <h1 className="text-2xl">{t('title')}</h1>
      <ul className="grid grid-cols-1 gap-4">
        {orders.map((order) => (
          <li key={order.id}>
            <Card className="relative grid grid-cols-1 gap-3 p-4 transition-shadow hover:shadow-card">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
                <Store aria-hidden className="size-4.5 text-soft" />
                <span className="font-semibold">{stores[order.sellerId]?.name}</span>
                <span className="text-soft">{formatDate(order.createdAt, locale)}</span>
                <span className="ml-auto">
                  <Badge tone={toneOf[order.status]}>{statusNames(order.status)}</Badge>
                </span>
              </p>
              <div className="flex items-center gap-3">
                <Picture src={order.lines[0]?.imageUrl ?? ''} alt="" className="w-16 shrink-0 rounded-md" />
                <div className="min-w-0 grow">
                  <p className="truncate font-medium">{order.lines[0]?.title}</p>
                  {order.lines.length > 1 && (
                    <p className="text-soft text-sm">{t('andMore', { count: order.lines.length - 1 })}</p>
                  )}
                </div>
                <p className="numbers font-bold">{formatMoney(order.total, locale)}</p>
              </div>
              <p className="text-sm">
                <Link
                  href={`/${locale}/orders/${order.id}`}
                  prefetch={false}
                  className="font-semibold text-brand after:absolute after:inset-0 hover:underline"
                >
                  {t('see', { number: order.number })}
                </Link>
              </p>
            </Card>
          </li>
        ))}
      </ul>
      <NextPage path={`/${locale}/orders`} token={nextPageToken} label={t('older')} />
    </div>
  );
}

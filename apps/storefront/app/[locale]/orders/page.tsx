import { Badge } from '@pasar/ui/badge';
import { Card } from '@pasar/ui/card';
import { Package, Store } from 'lucide-react';
import Link from 'next/link';
import { AccountPage } from '../../../components/account-page';
import { NextPage } from '../../../components/next-page';
import { NothingHere } from '../../../components/nothing-here';
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
  return (
    <AccountPage locale={locale} title={t('title')}>
      {orders.length === 0 && (
        <NothingHere
          heading="h2"
          Icon={Package}
          title={t('none')}
          help={t('noneHelp')}
          href={`/${locale}`}
          way={t('goShopping')}
        />
      )}
      <ul className="grid grid-cols-1 gap-4 empty:hidden">
        {orders.map((order) => (
          <li key={order.id}>
            <Card className="relative grid grid-cols-1 gap-3 p-4 transition-shadow hover:shadow-card">
              <div className="flex items-start gap-3 text-sm">
                <p className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-0.5">
                  <span className="inline-flex min-w-0 items-center gap-2 font-semibold">
                    <Store aria-hidden className="size-4.5 shrink-0 text-soft" />
                    {stores[order.sellerId]?.name}
                  </span>
                  <span className="text-soft">{formatDate(order.createdAt, locale)}</span>
                </p>
                <Badge tone={toneOf[order.status]}>{statusNames(order.status)}</Badge>
              </div>
              <div className="flex items-center gap-3">
                <Picture src={order.lines[0]?.imageUrl ?? ''} alt="" className="w-16 shrink-0 rounded-md" />
                <div className="min-w-0 grow">
                  <p className="line-clamp-2 font-medium leading-snug">{order.lines[0]?.title}</p>
                  {order.lines.length > 1 && (
                    <p className="text-soft text-sm">{t('andMore', { count: order.lines.length - 1 })}</p>
                  )}
                </div>
              </div>
              <p className="flex items-baseline justify-between gap-3 text-sm">
                <Link
                  href={`/${locale}/orders/${order.id}`}
                  prefetch={false}
                  className="whitespace-nowrap font-semibold text-brand after:absolute after:inset-0 hover:underline"
                >
                  {t('see', { number: order.number })}
                </Link>
                <span className="numbers whitespace-nowrap font-bold sm:text-base">
                  {formatMoney(order.total, locale)}
                </span>
              </p>
            </Card>
          </li>
        ))}
      </ul>
      <NextPage path={`/${locale}/orders`} token={nextPageToken} label={t('older')} />
    </AccountPage>
  );
}

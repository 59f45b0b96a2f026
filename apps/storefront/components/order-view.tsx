'use client';
import type { Schemas } from '@pasar/sdk';
import { Badge } from '@pasar/ui/badge';
import { Button, buttonStyle } from '@pasar/ui/button';
import { Card, CardTitle } from '@pasar/ui/card';
import { Notice } from '@pasar/ui/notice';
import { Sheet } from '@pasar/ui/sheet';
import { FileText, MapPin, Star, Truck } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { cancelOrder, completeOrder } from '../actions/checkout';
import { writeReview } from '../actions/reviews';
import { formatAddress, formatDate, formatMoney, isPositive } from '../lib/format';
import type { OrderView as View } from '../lib/order';
import { isCancellable, isSettled, toneOf } from '../lib/order-status';
import { useAction } from '../lib/use-action';
import { useLive } from '../lib/use-live';
import { ActionForm } from './action-form';
import { AfterSale, ReturnCard } from './after-sale';
import { BoughtLine } from './bought-line';
import { ReviewForm } from './review-form';

/** An order and all that happens to it, while it happens. */
export function OrderView({
  initial,
  seller,
}: {
  initial: View;
  seller: { name: string; slug: string } | undefined;
}) {
  const t = useTranslations('order');
  const statusNames = useTranslations('orderStatus');
  const payments = useTranslations('payments');
  const locale = useLocale();
  const path = `/api/orders/${initial.order.id}`;
  const { value, offline, refresh } = useLive(path, initial, ({ order }) => !isSettled(order.status), 4_000);
  const { order, shipment, given } = value;
  const [reviewed, setReviewed] = useState<string[]>([]);
  const [working, act] = useAction();
  const address = order.shippingAddress;
  const discount = isPositive(order.discountTotal);
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-5 py-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-2xl">{order.number}</h1>
        <span data-testid="order-status" data-status={order.status}>
          <Badge tone={toneOf[order.status]}>{statusNames(order.status)}</Badge>
        </span>
        <span className="text-sm text-soft">{formatDate(order.createdAt, locale, 'time')}</span>
      </div>
      {offline && <Notice>{t('offline')}</Notice>}
      {order.status === 'AWAITING_PAYMENT' && (
        <Notice>
          <Link href={`/${locale}/pay/${order.checkoutId}`} className="font-semibold underline">
            {t('payNow')}
          </Link>
        </Notice>
      )}
      <div className="grid grid-cols-1 items-start gap-5 md:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid grid-cols-1 gap-5">
          <Card className="grid grid-cols-1 gap-4 p-5">
            <h2 className="text-lg">
              {seller ? (
                <Link href={`/${locale}/store/${seller.slug}`} prefetch={false} className="hover:underline">
                  {seller.name}
                </Link>
              ) : (
                t('items')
              )}
            </h2>
            <ul className="grid gap-3">
              {order.lines.map((line) => (
                <BoughtLine
                  key={line.variantId}
                  line={line}
                  title={
                    <Link
                      href={`/${locale}/p/${line.productId}`}
                      prefetch={false}
                      className="hover:underline"
                    >
                      {line.title}
                    </Link>
                  }
                  count={t('times', { count: line.quantity, price: formatMoney(line.unitPrice, locale) })}
                  total={formatMoney(line.total, locale)}
                >
                  {reviewed.includes(line.variantId) ? (
                    <p className="text-brand text-xs">{t('reviewed')}</p>
                  ) : (
                    value.reviewable.includes(line.variantId) && (
                      <ReviewForm
                        title={line.title}
                        send={(opinion) =>
                          writeReview({ orderId: order.id, variantId: line.variantId }, opinion)
                        }
                        onDone={() => setReviewed((before) => [...before, line.variantId])}
                        trigger={
                          <Button variant="secondary" size="sm">
                            <Star aria-hidden className="size-4" />
                            {t('review')}
                          </Button>
                        }
                      />
                    )
                  )}
                </BoughtLine>
              ))}
            </ul>
            <dl className="grid gap-1.5 border-line border-t pt-3 text-sm">
              <Row term={t('itemsTotal')}>{formatMoney(order.itemsTotal, locale)}</Row>
              <Row term={t('shipping')}>{formatMoney(order.shipping?.cost, locale)}</Row>
              {discount && <Row term={t('discount')}>−{formatMoney(order.discountTotal, locale)}</Row>}
              <Row term={t('paidBy')}>{payments(`methods.${methodOf(order)}`)}</Row>
              <div className="flex justify-between gap-4 pt-1 text-base">
                <dt className="font-semibold">{t('total')}</dt>
                <dd className="numbers font-bold">{formatMoney(order.total, locale)}</dd>
              </div>
            </dl>
          </Card>
          {address && (
            <Card className="grid gap-2 p-5 text-sm">
              <CardTitle Icon={MapPin}>{t('to')}</CardTitle>
              <p>
                <span className="font-semibold">{address.recipient}</span> · {address.phone}
              </p>
              <p className="text-soft">{formatAddress(address)}</p>
            </Card>
          )}
        </div>
        <div className="grid grid-cols-1 gap-5">
          {given && <ReturnCard order={order} given={given} onDone={refresh} />}
          <Timeline view={value} />
          {shipment?.parcels[0]?.trackingNumber && (
            <Card className="grid gap-1 p-5 text-sm">
              <CardTitle Icon={Truck}>{shipment.carrier}</CardTitle>
              <p className="text-soft">{t('tracking')}</p>
              {shipment.parcels.map(({ number, trackingNumber }) => (
                <p key={number} className="numbers font-semibold">
                  {trackingNumber}
                </p>
              ))}
              {shipment.expectedUntil && !isSettled(order.status) && order.status !== 'DELIVERED' && (
                <p>{t('expected', { date: formatDate(shipment.expectedUntil, locale) })}</p>
              )}
            </Card>
          )}
          <div className="grid gap-2">
            {order.status === 'DELIVERED' && (
              <Button busy={working} onClick={() => act(() => completeOrder(order.id), refresh)}>
                {t('complete')}
              </Button>
            )}
            {!['PENDING', 'AWAITING_PAYMENT', 'CANCELLED'].includes(order.status) && (
              <a href={`/api/orders/${order.id}/invoice`} className={buttonStyle('secondary')}>
                <FileText aria-hidden className="size-5" />
                {t('invoice')}
              </a>
            )}
            <AfterSale order={order} hasReturn={given !== undefined} onDone={refresh} />
            {isCancellable(order.status) && (
              <Sheet
                title={t('cancelTitle')}
                closeLabel={t('close')}
                trigger={<Button variant="quiet">{t('cancel')}</Button>}
              >
                {(close) => (
                  <ActionForm
                    send={() => cancelOrder(order.id, '')}
                    onDone={async () => {
                      close();
                      await refresh();
                    }}
                    submit={t('cancelSure')}
                    button={{ variant: 'danger' }}
                  >
                    <p>{t('cancelText')}</p>
                  </ActionForm>
                )}
              </Sheet>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}

function methodOf({ paymentMethod }: Schemas['Order']) {
  return paymentMethod === 'METHOD_UNSPECIFIED' ? 'CARD' : paymentMethod;
}

function Row({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-soft">{term}</dt>
      <dd className="numbers">{children}</dd>
    </div>
  );
}

/** What happens without another status. */
const returnSteps: Record<string, 'answered' | 'disputed'> = {
  'order.return-answered': 'answered',
  'order.return-disputed': 'disputed',
};

/** What the seller, the bank and the carrier told, the newest first. */
function Timeline({ view }: { view: View }) {
  const t = useTranslations('order');
  const statusNames = useTranslations('orderStatus');
  const tracking = useTranslations('tracking');
  const locale = useLocale();
  // What the carrier tells too, it tells with the place.
  const isTold = view.shipment?.events.some(({ kind }) => kind === 'DELIVERED');
  const entries = [
    ...view.history
      .filter(({ type }) => !(isTold && type === 'order.delivered'))
      .map(({ status, time, version, type }) => ({
        key: `history ${version}`,
        time: time ?? '',
        text: returnSteps[type] ? t(`steps.${returnSteps[type]}`) : statusNames(status),
        place: type.startsWith('order.') ? '' : type,
      })),
    ...(view.shipment?.events ?? []).map(({ kind, time, place }, index) => ({
      key: `event ${index}`,
      time: time ?? '',
      text: tracking(kind),
      place,
    })),
  ].toSorted((a, b) => b.time.localeCompare(a.time));
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">{t('timeline')}</h2>
      <ol aria-live="polite" className="grid">
        {entries.map(({ key, time, text, place }, index) => (
          <li
            key={key}
            className="relative grid gap-0.5 border-line border-l-2 pb-4 pl-5 last:border-transparent last:pb-0"
          >
            <span
              aria-hidden
              className={`-left-[0.4375rem] absolute top-1.5 size-3 rounded-full ${index === 0 ? 'bg-brand ring-4 ring-brand-wash' : 'bg-edge'}`}
            />
            <p className={`text-sm ${index === 0 ? 'font-semibold' : ''}`}>
              {text}
              {place && <span className="font-normal text-soft"> · {place}</span>}
            </p>
            <p className="text-soft text-xs">{formatDate(time, locale, 'time')}</p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

'use client';
import type { Schemas } from '@pasar/sdk';
import { Button, buttonStyle } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { Notice } from '@pasar/ui/notice';
import { toast } from '@pasar/ui/toast';
import { CircleCheck, CircleX, Copy, Hourglass } from 'lucide-react';
import Link from 'next/link';
import { useEffect } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { payInSimulator } from '../actions/checkout';
import { formatDate, formatMoney } from '../lib/format';
import { refreshMe } from '../lib/me';
import { useAction } from '../lib/use-action';
import { useLive } from '../lib/use-live';
import { Countdown } from './countdown';
import { QrPicture } from './qr-picture';

type Checkout = Schemas['Checkout'];

const isOpen = ({ status }: Checkout) => status === 'PENDING' || status === 'AWAITING_PAYMENT';

/** How to pay, how long there is, and what became of it, as soon as that is known. */
export function PaymentView({ initial, qr }: { initial: Checkout; qr: boolean[][] | undefined }) {
  const t = useTranslations('pay');
  const locale = useLocale();
  const path = `/api/checkouts/${initial.checkoutId}`;
  const { value: checkout, offline, refresh } = useLive(path, initial, isOpen, 1_500);
  const { status } = checkout;
  // The cart is emptied when the orders are confirmed.
  useEffect(() => void refreshMe(), [status]);
  const states = {
    CONFIRMED: {
      Icon: CircleCheck,
      look: 'bg-brand-wash text-brand-strong',
      title: t('paid'),
      text: t('paidText'),
    },
    CANCELLED: {
      Icon: CircleX,
      look: 'bg-chili-wash text-chili',
      title: t('cancelled'),
      text: t('cancelledText'),
    },
    AWAITING_PAYMENT: {
      Icon: Hourglass,
      look: 'bg-turmeric-wash text-turmeric-ink',
      title: t('awaiting'),
      text: t('awaitingText'),
    },
    PENDING: {
      Icon: Hourglass,
      look: 'bg-turmeric-wash text-turmeric-ink',
      title: t('pending'),
      text: t('pendingText'),
    },
  };
  const shown = status === 'STATUS_UNSPECIFIED' ? states.PENDING : states[status];
  const isCod = checkout.payment?.method === 'COD' && status === 'CONFIRMED';
  return (
    <div className="mx-auto grid max-w-2xl grid-cols-1 gap-5 py-8">
      <div
        role="status"
        data-testid="payment-status"
        data-status={status}
        className={`grid justify-items-center gap-2 rounded-xl px-6 py-8 text-center ${shown.look}`}
      >
        <shown.Icon aria-hidden className="size-12" />
        <h1 className="text-2xl">{isCod ? t('cod') : shown.title}</h1>
        <p>{isCod ? t('codText') : shown.text}</p>
        <p className="numbers mt-1 font-bold font-display text-2xl text-ink">
          {formatMoney(checkout.total, locale)}
        </p>
      </div>
      {offline && <Notice>{t('offline')}</Notice>}
      {status === 'CANCELLED' && <Declined payment={checkout.payment} />}
      {status === 'AWAITING_PAYMENT' && checkout.payment && (
        <Instructions payment={checkout.payment} qr={qr} refresh={refresh} />
      )}
      <Card className="divide-y divide-line">
        <h2 className="px-5 py-3 text-lg">{t('orders')}</h2>
        {checkout.orders.map((order) => (
          <Link
            key={order.id}
            href={`/${locale}/orders/${order.id}`}
            prefetch={false}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-5 py-3 text-sm hover:bg-sunken"
          >
            <span className="font-semibold">{order.number}</span>
            <span className="grow truncate text-soft">
              {order.lines.map(({ title }) => title).join(', ')}
            </span>
            <span className="numbers font-semibold">{formatMoney(order.total, locale)}</span>
          </Link>
        ))}
      </Card>
      <div className="flex flex-wrap justify-center gap-3">
        {status === 'CANCELLED' ? (
          <Link href={`/${locale}/checkout`} className={buttonStyle()}>
            {t('again')}
          </Link>
        ) : (
          <Link href={`/${locale}/orders`} className={buttonStyle()}>
            {t('toOrders')}
          </Link>
        )}
        <Link href={`/${locale}`} className={buttonStyle('secondary')}>
          {t('goOn')}
        </Link>
      </div>
    </div>
  );
}

function Declined({ payment }: { payment: Schemas['Payment'] | undefined }) {
  const t = useTranslations('declines');
  if (payment?.status !== 'DECLINED') return null;
  const code = payment.declineCode as 'insufficient_funds';
  return <Notice tone="bad">{t.has(code) ? t(code) : t('declined')}</Notice>;
}

function Instructions({
  payment,
  qr,
  refresh,
}: {
  payment: Schemas['Payment'];
  qr: boolean[][] | undefined;
  refresh(): Promise<void>;
}) {
  const t = useTranslations('pay');
  const locale = useLocale();
  const [paying, act] = useAction();
  const account = payment.instructions?.virtualAccount;
  const copy = (text: string) =>
    void navigator.clipboard?.writeText(text).then(() => toast({ title: t('copied') }));
  return (
    <Card className="grid justify-items-center gap-4 p-6 text-center">
      {payment.expiresAt && (
        <p className="text-sm">
          {t('payUntil', { time: formatDate(payment.expiresAt, locale, 'time') })}{' '}
          <Countdown until={payment.expiresAt} onEnd={() => void refresh()} />
        </p>
      )}
      {account && (
        <div className="grid gap-1">
          <p className="text-soft text-sm">{t('account', { bank: payment.instructions?.bank ?? '' })}</p>
          <p className="numbers flex items-center gap-2 whitespace-nowrap font-bold font-display text-lg tracking-wide sm:text-2xl">
            {account.replace(/(.{4})(?=.)/g, '$1 ')}
            <Button variant="quiet" size="icon" aria-label={t('copy')} onClick={() => copy(account)}>
              <Copy aria-hidden className="size-5" />
            </Button>
          </p>
        </div>
      )}
      {qr && (
        <>
          <QrPicture modules={qr} label={t('qr')} />
          <p className="text-soft text-sm">{t('qrHelp')}</p>
        </>
      )}
      {payment.provider === 'simulator' && (
        <div className="grid justify-items-center gap-2 rounded-md border border-edge border-dashed p-4">
          <p className="text-soft text-xs">{t('simulated')}</p>
          <Button
            variant="secondary"
            busy={paying}
            onClick={() => act(() => payInSimulator(payment.providerReference), refresh)}
          >
            {t('play')}
          </Button>
        </div>
      )}
    </Card>
  );
}

'use client';
import type { Schemas } from '@pasar/sdk';
import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { formatMoney, isPositive } from '../lib/format';

/** What it all costs, line by line, and what each line is for. */
export function CheckoutSummary({
  quote,
  stores,
  busy,
}: {
  quote: Schemas['CheckoutQuote'];
  stores: Record<string, { name: string }>;
  busy: boolean;
}) {
  const t = useTranslations('checkout');
  const locale = useLocale();
  const count = quote.orders.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <dl aria-busy={busy} className="grid gap-2 text-sm aria-busy:opacity-60">
      <Row term={t('items', { count })}>{formatMoney(quote.itemsTotal, locale)}</Row>
      {quote.orders.map(({ sellerId, shipping }) => (
        <Row key={sellerId} term={t('shippingFrom', { store: stores[sellerId]?.name ?? t('aStore') })}>
          {formatMoney(shipping?.cost, locale)}
        </Row>
      ))}
      {quote.discounts.map((discount) => (
        <Row
          key={`${discount.promotionId} ${discount.kind} ${discount.sellerId}`}
          term={discount.code ? `${discount.name} (${discount.code})` : discount.name}
          good
        >
          −{formatMoney(discount.amount, locale)}
        </Row>
      ))}
      <Sum term={t('total')} id="total">
        {formatMoney(quote.total, locale)}
      </Sum>
      {isPositive(quote.credit) && (
        <>
          <Row term={t('credit')} good>
            −{formatMoney(quote.credit, locale)}
          </Row>
          <Sum term={t('toPay')} id="to-pay">
            {formatMoney(quote.toPay, locale)}
          </Sum>
        </>
      )}
      {isPositive(quote.cashbackTotal) && (
        <Row term={t('cashback')} good>
          +{formatMoney(quote.cashbackTotal, locale)}
        </Row>
      )}
    </dl>
  );
}

function Row({ term, good, children }: { term: ReactNode; good?: boolean; children: ReactNode }) {
  return (
    <div className={`flex items-baseline justify-between gap-4 ${good ? 'text-brand-strong' : ''}`}>
      <dt className={good ? undefined : 'text-soft'}>{term}</dt>
      <dd className="numbers whitespace-nowrap font-medium">{children}</dd>
    </div>
  );
}

/** Of all that is above it. */
function Sum({ term, id, children }: { term: string; id: string; children: ReactNode }) {
  return (
    <div className="mt-1 flex items-baseline justify-between gap-4 border-line border-t pt-3">
      <dt className="font-semibold text-base">{term}</dt>
      <dd className="numbers font-bold font-display text-xl" data-testid={id}>
        {children}
      </dd>
    </div>
  );
}

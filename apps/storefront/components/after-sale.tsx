'use client';
import type { Schemas } from '@pasar/sdk';
import { Badge, type BadgeTone } from '@pasar/ui/badge';
import { Button } from '@pasar/ui/button';
import { Card, CardTitle } from '@pasar/ui/card';
import { toast } from '@pasar/ui/toast';
import { MessageSquareWarning, Paperclip, RotateCcw, Undo2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl/react';
import { buyAgain } from '../actions/after-sale';
import { formatMoney } from '../lib/format';
import { knowCartCount } from '../lib/me';
import { useAction } from '../lib/use-action';
import { DisputeForm, ReturnForm } from './return-form';

const tones: Record<Schemas['ReturnStage'], BadgeTone> = {
  STAGE_UNSPECIFIED: 'plain',
  REQUESTED: 'warm',
  APPROVED: 'brand',
  REFUSED: 'hot',
  DISPUTED: 'warm',
  RESOLVED: 'plain',
};

/** What can still be done with an order that was paid. */
export function AfterSale({
  order,
  hasReturn,
  onDone,
}: {
  order: Schemas['Order'];
  hasReturn: boolean;
  onDone(): Promise<void>;
}) {
  const t = useTranslations('afterSale');
  const locale = useLocale();
  const router = useRouter();
  const [working, act] = useAction();
  const again = () =>
    act(
      () => buyAgain(order.id),
      ({ itemCount, missing }) => {
        knowCartCount(itemCount);
        if (missing.length > 0) toast({ title: t('missing', { titles: missing.join(', ') }), tone: 'bad' });
        if (missing.length < order.lines.length) router.push(`/${locale}/cart`);
      },
    );
  return (
    <>
      {!['PENDING', 'AWAITING_PAYMENT'].includes(order.status) && (
        <Button variant="secondary" busy={working} onClick={again}>
          <RotateCcw aria-hidden className="size-5" />
          {t('again')}
        </Button>
      )}
      {order.status === 'DELIVERED' && !hasReturn && (
        <ReturnForm
          order={order}
          onDone={onDone}
          trigger={
            <Button variant="quiet">
              <Undo2 aria-hidden className="size-5" />
              {t('return')}
            </Button>
          }
        />
      )}
    </>
  );
}

/** What became of what goes back. */
export function ReturnCard({
  order,
  given,
  onDone,
}: {
  order: Schemas['Order'];
  given: Schemas['Return'];
  onDone(): Promise<void>;
}) {
  const t = useTranslations('afterSale');
  const locale = useLocale();
  const titles = new Map(order.lines.map(({ variantId, title }) => [variantId, title]));
  const isOpen = given.stage !== 'RESOLVED';
  return (
    <Card className="grid gap-3 p-5 text-sm">
      <CardTitle Icon={Undo2}>
        {t('title')}
        <span data-testid="return-stage" data-stage={given.stage} className="font-sans">
          <Badge tone={tones[given.stage]}>{t(`stages.${given.stage}`)}</Badge>
        </span>
      </CardTitle>
      {given.stage === 'APPROVED' && <p>{t('sendBack')}</p>}
      <ul className="grid gap-1">
        {given.lines.map(({ variantId, quantity }) => (
          <li key={variantId}>
            {quantity} × {titles.get(variantId)}
          </li>
        ))}
      </ul>
      <p>
        <span className="text-soft">{isOpen ? t('asked') : t('got')}</span>{' '}
        <span className="numbers font-semibold">{formatMoney(given.refund, locale)}</span>
      </p>
      {given.evidence.length === 0 && given.reason !== 'shipment.returned' && <p>{given.reason}</p>}
      {given.answer && given.answer !== 'received' && (
        <p className="rounded-md bg-sunken px-4 py-2.5">
          <span className="font-semibold">{t('answer')}</span> {given.answer}
        </p>
      )}
      <ul className="grid gap-2">
        {given.evidence.map(({ by, text, urls }, index) => (
          <li key={index} className="grid gap-1 border-line border-l-2 pl-3">
            <p>
              <span className="font-semibold">{by === 'customer' ? t('you') : t('store')}</span> {text}
            </p>
            {urls.length > 0 && (
              <p className="flex flex-wrap gap-3">
                {urls.map((url, at) => (
                  <a
                    key={url}
                    href={url}
                    target="_blank"
                    rel="noopener"
                    className="inline-flex items-center gap-1 text-brand underline"
                  >
                    <Paperclip aria-hidden className="size-4" />
                    {t('file', { number: at + 1 })}
                  </a>
                ))}
              </p>
            )}
          </li>
        ))}
      </ul>
      {isOpen && (
        <DisputeForm
          order={order}
          onDone={onDone}
          trigger={
            <Button variant="secondary" size="sm" className="justify-self-start">
              <MessageSquareWarning aria-hidden className="size-4.5" />
              {given.stage === 'DISPUTED' ? t('addEvidence') : t('dispute')}
            </Button>
          }
        />
      )}
    </Card>
  );
}

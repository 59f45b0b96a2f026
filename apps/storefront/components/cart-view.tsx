'use client';
import type { Schemas } from '@pasar/sdk';
import { Button, buttonStyle } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { Notice } from '@pasar/ui/notice';
import { Stepper } from '@pasar/ui/stepper';
import { toast } from '@pasar/ui/toast';
import { ShoppingBasket, Store, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useOptimistic, useRef, useState, useTransition } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { addToCart, changeLine, selectLines } from '../actions/cart';
import { formatMoney } from '../lib/format';
import { knowCartCount } from '../lib/me';
import type { Outcome } from '../lib/outcome';
import { useProblemText } from '../lib/problems';
import { NothingHere } from './nothing-here';
import { Picture } from './picture';
import { Price } from './price';

type Cart = Schemas['Cart'];
type Line = Schemas['CartLine'];
type Change = { variantId?: string; sellerId?: string; quantity?: number; selected?: boolean };

export function CartView({
  initial,
  stores,
  unpaid,
}: {
  initial: Cart;
  stores: Record<string, { name: string; slug: string; city: string }>;
  /** Checkouts that wait for their payment, by variant. */
  unpaid: Record<string, string>;
}) {
  const t = useTranslations('cart');
  const locale = useLocale();
  const say = useProblemText();
  const [cart, setCart] = useState(initial);
  // Told once: the next look at the cart knows what changed.
  const [notices] = useState(initial.notices);
  const [seen, show] = useOptimistic(cart, changed);
  const [pending, start] = useTransition();
  useEffect(() => setCart(initial), [initial]);
  /** The newest request; answers of older ones are out of date. */
  const newest = useRef(0);

  const send = (change: Change, ask: () => Promise<Outcome<Cart>>, then?: () => void) =>
    start(async () => {
      show(change);
      newest.current += 1;
      const mine = newest.current;
      const outcome = await ask().catch(() => undefined);
      if (!outcome?.ok) {
        toast({ title: say(outcome), tone: 'bad' });
        return;
      }
      if (mine === newest.current) setCart(outcome.value);
      knowCartCount(outcome.value.itemCount);
      then?.();
    });
  const setQuantity = (line: Line, quantity: number) =>
    send({ variantId: line.variantId, quantity }, () => changeLine(line.variantId, { quantity }));
  const remove = (line: Line) =>
    send(
      { variantId: line.variantId, quantity: 0 },
      () => changeLine(line.variantId, { quantity: 0 }),
      () =>
        toast({
          title: t('removed', { title: line.title }),
          action: { label: t('undo'), run: () => send({}, () => addToCart(line.variantId, line.quantity)) },
        }),
    );

  const lines = new Map(seen.items.map((line) => [line.variantId, line]));
  const groups = seen.groups.filter(({ variantIds }) => variantIds.some((id) => lines.has(id)));
  if (groups.length === 0) {
    return (
      <NothingHere
        Icon={ShoppingBasket}
        title={t('empty')}
        help={t('emptyHelp')}
        href={`/${locale}`}
        way={t('goShopping')}
      />
    );
  }
  const buyable = seen.items.filter(({ purchasable }) => purchasable);
  const chosen = buyable.filter(({ selected }) => selected);
  const allSelected = buyable.length > 0 && chosen.length === buyable.length;
  return (
    <div className="grid gap-5 py-6">
      <h1 className="text-2xl">{t('title')}</h1>
      <Notices notices={notices} lines={lines} />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem]">
        <div className="grid gap-4">
          <label className="flex min-h-11 items-center gap-3 px-4 text-sm">
            <input
              type="checkbox"
              className="size-5"
              checked={allSelected}
              onChange={() => send({ selected: !allSelected }, () => selectLines(!allSelected))}
            />
            {t('selectAll')}
          </label>
          {groups.map(({ sellerId, variantIds }) => {
            const own = variantIds.flatMap((id) => lines.get(id) ?? []);
            const isAll = own.every(({ selected, purchasable }) => selected || !purchasable);
            const store = stores[sellerId];
            return (
              <Card key={sellerId} role="group" aria-label={store?.name}>
                <div className="flex items-center gap-3 border-line border-b px-4 py-2">
                  <input
                    type="checkbox"
                    className="size-5"
                    aria-label={t('selectStore', { store: store?.name ?? '' })}
                    checked={isAll}
                    onChange={() => send({ sellerId, selected: !isAll }, () => selectLines(!isAll, sellerId))}
                  />
                  <Store aria-hidden className="size-5 text-soft" />
                  <Link
                    href={`/${locale}/store/${store?.slug ?? sellerId}`}
                    prefetch={false}
                    className="inline-flex min-h-10 items-center font-semibold leading-snug hover:underline"
                  >
                    {store?.name}
                  </Link>
                  <span className="ml-auto text-right text-soft text-xs">{store?.city}</span>
                </div>
                <ul className="divide-y divide-line">
                  {own.map((line) => (
                    <li
                      key={line.variantId}
                      className="grid grid-cols-[auto_4.5rem_1fr] gap-3 p-4 sm:grid-cols-[auto_6rem_1fr_auto]"
                    >
                      <input
                        type="checkbox"
                        className="mt-1 size-5"
                        aria-label={t('selectLine', { title: line.title })}
                        disabled={!line.purchasable}
                        checked={line.selected && line.purchasable}
                        onChange={() =>
                          send({ variantId: line.variantId, selected: !line.selected }, () =>
                            changeLine(line.variantId, { selected: !line.selected }),
                          )
                        }
                      />
                      <Picture src={line.imageUrl} alt="" className="rounded-md" />
                      <div className="grid content-start gap-1">
                        <Link
                          href={`/${locale}/p/${line.slug}`}
                          prefetch={false}
                          className="font-medium text-sm hover:underline"
                        >
                          {line.title}
                        </Link>
                        {line.variantTitle && <p className="text-soft text-xs">{line.variantTitle}</p>}
                        <Price
                          price={line.unitPrice}
                          before={line.compareAtPrice}
                          beforeLabel={t('before')}
                          locale={locale}
                        />
                        {unpaid[line.variantId] && (
                          <p className="text-sm text-turmeric-ink">
                            {t('unpaid')}{' '}
                            <Link
                              href={`/${locale}/pay/${unpaid[line.variantId]}`}
                              prefetch={false}
                              className="font-semibold underline"
                            >
                              {t('howToPay')}
                            </Link>
                          </p>
                        )}
                        {!line.purchasable && (
                          <p className="font-semibold text-chili text-sm">{t('unavailable')}</p>
                        )}
                      </div>
                      <div className="col-span-full flex items-center justify-end gap-2 sm:col-span-1 sm:flex-col sm:items-end sm:justify-between">
                        <button
                          type="button"
                          aria-label={t('remove', { title: line.title })}
                          onClick={() => remove(line)}
                          className="grid size-10 place-items-center rounded-md text-soft hover:bg-sunken hover:text-chili"
                        >
                          <Trash2 aria-hidden className="size-5" />
                        </button>
                        {line.purchasable && (
                          <Stepper
                            value={line.quantity}
                            max={Math.min(999, Math.max(line.quantity, Number(line.available)))}
                            onChange={(quantity) => setQuantity(line, quantity)}
                            labels={{
                              value: t('quantityOf', { title: line.title }),
                              less: t('less'),
                              more: t('more'),
                            }}
                          />
                        )}
                      </div>
                    </li>
                  ))}
                </ul>
              </Card>
            );
          })}
        </div>
        <Card className="sticky bottom-16 grid gap-3 p-5 shadow-card sm:bottom-4 lg:top-24">
          <h2 className="text-lg max-lg:sr-only">{t('summary')}</h2>
          <p className="flex items-baseline justify-between gap-4">
            <span className="text-soft">
              {t('selected', { count: chosen.reduce((sum, { quantity }) => sum + quantity, 0) })}
            </span>
            <span className="numbers font-bold font-display text-xl" aria-busy={pending}>
              {formatMoney(seen.total, locale)}
            </span>
          </p>
          <p className="text-soft text-xs max-lg:hidden">{t('beforeShipping')}</p>
          {chosen.length > 0 ? (
            <Link href={`/${locale}/checkout`} prefetch={false} className={buttonStyle('primary', 'lg')}>
              {t('checkout')}
            </Link>
          ) : (
            <Button size="lg" disabled>
              {t('checkout')}
            </Button>
          )}
        </Card>
      </div>
    </div>
  );
}

function Notices({ notices, lines }: { notices: Schemas['Notice'][]; lines: Map<string, Line> }) {
  const t = useTranslations('cart');
  const locale = useLocale();
  const texts = notices.flatMap(({ variantId, kind, oldPrice, newPrice, available }) => {
    const title = lines.get(variantId)?.title;
    if (!title) return [];
    switch (kind) {
      case 'PRICE_CHANGED':
        return t('notices.price', {
          title,
          before: formatMoney(oldPrice, locale),
          now: formatMoney(newPrice, locale),
        });
      case 'SOLD_OUT':
        return t('notices.soldOut', { title });
      case 'INSUFFICIENT_STOCK':
        return t('notices.fewLeft', { title, count: Number(available) });
      case 'NO_LONGER_SOLD':
        return t('notices.gone', { title });
      default:
        return [];
    }
  });
  if (texts.length === 0) return null;
  return (
    <Notice>
      <ul className="grid gap-1">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** The cart as it will be, until the answer says how it is. */
function changed(cart: Cart, { variantId, sellerId, quantity, selected }: Change): Cart {
  const isMeant = (line: Line) =>
    variantId ? line.variantId === variantId : sellerId ? line.sellerId === sellerId : selected !== undefined;
  const items = cart.items
    .map((line) =>
      isMeant(line)
        ? {
            ...line,
            ...(quantity !== undefined && { quantity }),
            ...(selected !== undefined && { selected }),
          }
        : line,
    )
    .filter((line) => line.quantity > 0);
  const counted = items.filter((line) => line.selected && line.purchasable && line.unitPrice);
  const amount = counted.reduce(
    (sum, line) => sum + BigInt(line.unitPrice?.amount ?? 0) * BigInt(line.quantity),
    0n,
  );
  const currency = cart.total?.currency ?? counted[0]?.unitPrice?.currency ?? 'IDR';
  return { ...cart, items, total: { amount: String(amount), currency } };
}

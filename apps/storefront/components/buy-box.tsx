'use client';
import type { Schemas } from '@pasar/sdk';
import { Button } from '@pasar/ui/button';
import { Stepper } from '@pasar/ui/stepper';
import { toast } from '@pasar/ui/toast';
import { ShoppingBasket, Zap } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { addToCart } from '../actions/cart';
import { knowCartCount } from '../lib/me';
import { useAction } from '../lib/use-action';
import { Countdown } from './countdown';
import { DeliveryEstimate } from './delivery-estimate';
import { Price } from './price';
import { WishButton } from './wish-button';

type Variant = Schemas['Variant'];

export interface BuyBoxProps {
  productId: string;
  title: string;
  options: Schemas['OptionAxis'][];
  variants: Variant[];
  /** Nothing can be bought here now. */
  closed: boolean;
  /** Who sends it, and from where. */
  seller?: { id: string; city: string };
  /** The one that a link named. */
  linkedId?: string;
}

/** Which one, how many, what that costs, and whether it is there. */
export function BuyBox({ productId, title, options, variants, closed, seller, linkedId }: BuyBoxProps) {
  const t = useTranslations('buy');
  const locale = useLocale();
  const router = useRouter();
  const [chosen, setChosen] = useState<Variant | undefined>(
    () =>
      variants.find(({ id }) => id === linkedId) ??
      variants.find(({ available }) => available > 0) ??
      variants[0],
  );
  const [quantity, setQuantity] = useState(1);
  const [pending, act] = useAction();
  if (!chosen) return null;
  const offer = chosen.flash;
  const isThere = chosen.available > 0 && !closed;

  /** The variant with that value, and as much of the rest of the choice as there is. */
  const choose = (axis: number, value: string) => {
    const likeness = (variant: Variant) =>
      variant.optionValues.filter((own, index) => index !== axis && own === chosen.optionValues[index])
        .length;
    const [best] = variants
      .filter(({ optionValues }) => optionValues[axis] === value)
      .toSorted((a, b) => likeness(b) - likeness(a) || Number(b.available > 0) - Number(a.available > 0));
    if (!best) return;
    setChosen(best);
    setQuantity((now) => Math.max(1, Math.min(now, best.available)));
  };
  const add = (goOn: boolean) =>
    act(
      () => addToCart(chosen.id, quantity),
      ({ itemCount }) => {
        knowCartCount(itemCount);
        if (goOn) return router.push(`/${locale}/cart`);
        toast({
          title: t('added', { title }),
          action: { label: t('toCart'), run: () => router.push(`/${locale}/cart`) },
        });
      },
    );

  return (
    <div className="grid gap-5">
      <div className="grid gap-1">
        <Price
          price={offer?.price ?? chosen.price}
          before={offer ? chosen.price : chosen.compareAtPrice}
          beforeLabel={t('before')}
          locale={locale}
          large
        />
        {offer?.endsAt && (
          <p className="inline-flex flex-wrap items-center gap-2 text-chili text-sm">
            <Zap aria-hidden className="size-4 fill-current" />
            {t('flashSale', { left: offer.units })}{' '}
            <Countdown until={offer.endsAt} onEnd={() => router.refresh()} />
          </p>
        )}
      </div>
      {options.map((option, axis) => (
        <fieldset key={option.name} className="grid gap-2">
          <legend className="mb-2 text-sm">
            <span className="text-soft">{option.name}:</span>{' '}
            <span className="font-semibold">{chosen.optionValues[axis]}</span>
          </legend>
          <div className="flex flex-wrap gap-2">
            {option.values.map((value) => {
              const isSoldOut = !variants.some(
                (variant) =>
                  variant.available > 0 &&
                  variant.optionValues[axis] === value &&
                  variant.optionValues.every(
                    (own, index) => index <= axis || own === chosen.optionValues[index] || axis === 0,
                  ),
              );
              return (
                <label
                  key={value}
                  className="relative inline-flex min-h-11 items-center rounded-md border border-edge bg-surface px-4 text-sm has-checked:border-brand has-checked:bg-brand-wash has-focus-visible:outline-3 has-focus-visible:outline-turmeric has-checked:font-semibold has-checked:text-brand-strong"
                >
                  <input
                    type="radio"
                    name={option.name}
                    value={value}
                    checked={chosen.optionValues[axis] === value}
                    onChange={() => choose(axis, value)}
                    className="absolute inset-0 size-full opacity-0"
                  />
                  <span className={isSoldOut ? 'line-through decoration-edge' : undefined}>{value}</span>
                  {isSoldOut && <span className="sr-only"> ({t('soldOut')})</span>}
                </label>
              );
            })}
          </div>
        </fieldset>
      ))}
      <div className="flex flex-wrap items-center gap-4">
        <Stepper
          value={quantity}
          max={Math.min(999, chosen.available)}
          disabled={!isThere}
          onChange={setQuantity}
          labels={{ value: t('quantity'), less: t('less'), more: t('more') }}
        />
        <p className="text-sm text-soft" role="status">
          {chosen.available <= 0
            ? t('soldOut')
            : chosen.available <= 10
              ? t('fewLeft', { count: chosen.available })
              : t('inStock')}
        </p>
        <WishButton
          productId={productId}
          variantId={chosen.id}
          title={title}
          className="ml-auto border border-edge"
        />
      </div>
      <div className="grid gap-3 sm:grid-cols-2 md:grid-cols-1 lg:grid-cols-2">
        <Button size="lg" disabled={!isThere} busy={pending} onClick={() => add(false)}>
          <ShoppingBasket aria-hidden className="size-5" />
          {t('add')}
        </Button>
        <Button size="lg" variant="secondary" disabled={!isThere} busy={pending} onClick={() => add(true)}>
          {t('buyNow')}
        </Button>
      </div>
      {seller && <DeliveryEstimate sellerId={seller.id} from={seller.city} variant={chosen} />}
    </div>
  );
}

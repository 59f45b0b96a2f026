'use client';
import type { Schemas } from '@pasar/sdk';
import { Badge } from '@pasar/ui/badge';
import { MapPin, Star, Zap } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'use-intl/react';
import { formatNumber } from '../lib/format';
import { Picture } from './picture';
import { Price } from './price';
import { WishButton } from './wish-button';

/** What a card shows, and no more: it travels with the page. */
export type Card = Pick<
  Schemas['Hit'],
  | 'id'
  | 'slug'
  | 'title'
  | 'image'
  | 'price'
  | 'compareAtPrice'
  | 'flashEndsAt'
  | 'rating'
  | 'ratingCount'
  | 'city'
  | 'inStock'
>;

/** Made of a few facts in the browser too: as markup of the server it would be sent twice. */
export function ProductCard({ hit, eager }: { hit: Card; eager?: boolean }) {
  const t = useTranslations('card');
  const locale = useLocale();
  return (
    <article className="group relative flex h-full flex-col overflow-hidden rounded-lg border border-line bg-surface transition-shadow duration-200 hover:shadow-card">
      <Picture src={hit.image} alt="" eager={eager} />
      <WishButton productId={hit.id} title={hit.title} className="absolute top-2 right-2 z-10" />
      <div className="flex grow flex-col gap-1 p-3">
        <h3 className="line-clamp-2 min-h-[2.85rem] font-medium font-sans text-sm tracking-normal">
          <Link
            href={`/${locale}/p/${hit.slug}`}
            prefetch={false}
            className="after:absolute after:inset-0 after:rounded-lg group-hover:underline"
          >
            {hit.title}
          </Link>
        </h3>
        <Price price={hit.price} before={hit.compareAtPrice} beforeLabel={t('before')} locale={locale} />
        {hit.flashEndsAt && (
          <span className="inline-flex items-center gap-1 font-semibold text-chili text-xs">
            <Zap aria-hidden className="size-3.5 fill-current" />
            {t('flashSale')}
          </span>
        )}
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 text-soft text-xs">
          {hit.ratingCount > 0 && (
            <span className="inline-flex items-center gap-1">
              <Star aria-hidden className="size-3.5 fill-turmeric text-turmeric" />
              <span className="sr-only">{t('rated')} </span>
              {formatNumber(hit.rating, 1)}
              <span>({hit.ratingCount})</span>
            </span>
          )}
          <span className="inline-flex min-w-0 items-center gap-1">
            <MapPin aria-hidden className="size-3.5 shrink-0" />
            <span className="truncate">{hit.city}</span>
          </span>
        </p>
        {!hit.inStock && (
          <span className="mt-auto pt-1">
            <Badge>{t('soldOut')}</Badge>
          </span>
        )}
      </div>
    </article>
  );
}

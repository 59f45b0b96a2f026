'use client';
import type { Schemas } from '@pasar/sdk';
import { Badge } from '@pasar/ui/badge';
import { Card } from '@pasar/ui/card';
import { Sheet } from '@pasar/ui/sheet';
import { Stars } from '@pasar/ui/stars';
import { Tool } from '@pasar/ui/tool';
import { Pencil, Star, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl/react';
import { changeReview, deleteReview, writeReview } from '../actions/reviews';
import { formatDate } from '../lib/format';
import { ActionForm } from './action-form';
import { Picture } from './picture';
import { ReviewForm } from './review-form';

/** What has arrived and was not reviewed. */
export function ToReview({ lines }: { lines: Schemas['ReviewableLine'][] }) {
  const t = useTranslations('myReviews');
  const router = useRouter();
  return (
    <section aria-labelledby="to-review" className="grid grid-cols-1 gap-3">
      <h2 id="to-review" className="text-lg">
        {t('waiting')}
      </h2>
      <ul className="grid grid-cols-1 gap-3">
        {lines.map((line) => (
          <li key={`${line.orderId} ${line.variantId}`}>
            <Card className="flex flex-wrap items-center gap-3 p-3">
              <Picture src={line.imageUrl} alt="" className="w-14 shrink-0 rounded-md" />
              <p className="min-w-0 grow basis-40 text-sm">
                <span className="line-clamp-2 font-medium">{line.title}</span>
                {line.variantTitle && <span className="text-soft text-xs">{line.variantTitle}</span>}
              </p>
              <ReviewForm
                title={line.title}
                send={(opinion) => writeReview({ orderId: line.orderId, variantId: line.variantId }, opinion)}
                onDone={() => router.refresh()}
                trigger={
                  <Tool variant="secondary" Icon={Star} label={t('writeOne', { title: line.title })}>
                    {t('write')}
                  </Tool>
                }
              />
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was said, to be said better or taken back. */
export function MyReviews({ reviews }: { reviews: Schemas['Review'][] }) {
  const t = useTranslations('myReviews');
  const locale = useLocale();
  const router = useRouter();
  return (
    <section aria-labelledby="own-reviews" className="grid grid-cols-1 gap-3">
      <h2 id="own-reviews" className="text-lg">
        {t('own')}
      </h2>
      <ul className="grid grid-cols-1 gap-3">
        {reviews.map((review) => (
          <li key={review.id}>
            <Card className="grid grid-cols-1 gap-2 p-4 text-sm">
              <p className="flex flex-wrap items-center gap-2">
                <Link
                  href={`/${locale}/p/${review.productId}`}
                  prefetch={false}
                  className="font-medium hover:underline"
                >
                  {review.productTitle}
                </Link>
                {review.variantTitle && <Badge>{review.variantTitle}</Badge>}
                {review.status === 'HIDDEN' && <Badge tone="hot">{t('hidden')}</Badge>}
              </p>
              <p className="flex flex-wrap items-center gap-x-3">
                <Stars value={review.stars} label={t('stars', { count: review.stars })} />
                <span className="text-soft text-xs">
                  {formatDate(review.createdAt, locale)}
                  {review.editedAt && ` · ${t('edited')}`}
                  {review.helpful > 0 && ` · ${t('helpfulTo', { count: review.helpful })}`}
                </span>
              </p>
              {review.text && <p className="whitespace-pre-line">{review.text}</p>}
              {review.photos.length > 0 && (
                <ul className="flex flex-wrap gap-2">
                  {review.photos.map(({ mediaId, url }) => (
                    <li key={mediaId}>
                      <Picture src={url} alt={t('photo')} className="w-16 rounded-md" />
                    </li>
                  ))}
                </ul>
              )}
              {review.reply && (
                <p className="rounded-md bg-sunken px-4 py-2.5">
                  <span className="font-semibold">{t('reply')}</span> {review.reply.text}
                </p>
              )}
              <div className="-mx-3 -mb-1 flex flex-wrap gap-1">
                <ReviewForm
                  title={review.productTitle}
                  before={review}
                  send={(opinion) => changeReview(review.id, opinion)}
                  onDone={() => router.refresh()}
                  trigger={
                    <Tool Icon={Pencil} label={t('changeOne', { title: review.productTitle })}>
                      {t('change')}
                    </Tool>
                  }
                />
                <Sheet
                  title={t('deleteTitle')}
                  closeLabel={t('close')}
                  trigger={
                    <Tool Icon={Trash2} label={t('deleteOne', { title: review.productTitle })}>
                      {t('delete')}
                    </Tool>
                  }
                >
                  {(close) => (
                    <ActionForm
                      send={() => deleteReview(review.id)}
                      onDone={() => {
                        close();
                        router.refresh();
                      }}
                      submit={t('deleteSure')}
                      button={{ variant: 'danger' }}
                    >
                      <p>{t('deleteText')}</p>
                    </ActionForm>
                  )}
                </Sheet>
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

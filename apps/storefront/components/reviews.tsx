import type { Schemas } from '@pasar/sdk';
import { Badge } from '@pasar/ui/badge';
import { buttonStyle } from '@pasar/ui/button';
import { Stars } from '@pasar/ui/stars';
import Link from 'next/link';
import { api } from '../lib/api';
import { formatDate, formatNumber } from '../lib/format';
import { translator } from '../lib/i18n';
import type { SearchParams } from '../lib/search';
import type { Locale } from '../server/locales';
import { Picture } from './picture';
import { QuestionForm } from './question-form';
import { OwnVotes, ReviewActions } from './review-actions';
import { Translations } from './translations';

export async function Reviews({
  locale,
  product,
  rating,
  searchParams,
}: {
  locale: Locale;
  product: Schemas['Product'];
  rating: Schemas['Rating'] | undefined;
  searchParams: SearchParams;
}) {
  const t = await translator(locale, 'reviews');
  const client = await api();
  const stars = /^[1-5]$/.test(String(searchParams.stars)) ? Number(searchParams.stars) : 0;
  const sort = searchParams.reviews === 'newest' ? 'newest' : 'helpful';
  const withPhotos = searchParams.photos === '1';
  const pageToken = typeof searchParams.page === 'string' ? searchParams.page.slice(0, 512) : '';
  const { reviews, nextPageToken } = await client.get('/api/v1/products/{productId}/reviews', {
    params: { path: { productId: product.id }, query: { stars, sort, withPhotos, pageSize: 6, pageToken } },
  });
  const count = Number(rating?.count ?? 0);
  const href = (change: Record<string, string>) => {
    const all = {
      stars: stars ? String(stars) : '',
      reviews: sort === 'newest' ? sort : '',
      photos: withPhotos ? '1' : '',
      ...change,
    };
    const query = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''));
    return `/${locale}/p/${product.slug}${query.size > 0 ? `?${query}` : ''}#reviews`;
  };
  const pill =
    'inline-flex min-h-9 items-center gap-1 rounded-full border border-line px-3 text-sm hover:bg-sunken aria-[current]:border-brand aria-[current]:bg-brand-wash aria-[current]:font-semibold aria-[current]:text-brand-strong';
  return (
    <section id="reviews" aria-labelledby="reviews-title" className="far-below grid gap-5">
      <h2 id="reviews-title" className="text-xl">
        {t('title', { count })}
      </h2>
      {count === 0 ? (
        <p className="text-soft">{t('none')}</p>
      ) : (
        <div className="grid items-start gap-8 md:grid-cols-[16rem_1fr]">
          <div className="grid gap-3 rounded-lg bg-sunken p-5">
            <p className="flex items-center gap-3">
              <span className="font-bold font-display text-3xl">{formatNumber(rating?.average ?? 0, 1)}</span>
              <Stars value={rating?.average ?? 0} label={t('average')} size={20} />
            </p>
            <ul className="grid gap-1">
              {[5, 4, 3, 2, 1].map((star) => {
                const own = Number(rating?.stars[star - 1] ?? 0);
                return (
                  <li key={star}>
                    <Link
                      href={href({ stars: stars === star ? '' : String(star) })}
                      prefetch={false}
                      scroll={false}
                      aria-current={stars === star || undefined}
                      className="flex min-h-8 items-center gap-2 rounded-sm px-1 text-sm hover:bg-line aria-[current]:font-bold"
                    >
                      <span className="numbers w-3">{star}</span>
                      <span className="sr-only">{t('onlyStars')}</span>
                      <span className="h-2 grow overflow-hidden rounded-full bg-line">
                        <span
                          className="block h-full rounded-full bg-turmeric"
                          style={{ width: `${count > 0 ? (own / count) * 100 : 0}%` }}
                        />
                      </span>
                      <span className="numbers w-7 text-right text-soft">{own}</span>
                    </Link>
                  </li>
                );
              })}
            </ul>
          </div>
          <div className="grid gap-4">
            <nav aria-label={t('filter')} className="flex flex-wrap gap-2">
              {(['helpful', 'newest'] as const).map((order) => (
                <Link
                  key={order}
                  href={href({ reviews: order === 'newest' ? order : '' })}
                  prefetch={false}
                  scroll={false}
                  aria-current={sort === order || undefined}
                  className={pill}
                >
                  {t(order)}
                </Link>
              ))}
              <Link
                href={href({ photos: withPhotos ? '' : '1' })}
                prefetch={false}
                scroll={false}
                aria-current={withPhotos || undefined}
                className={pill}
              >
                {t('withPhotos')}
              </Link>
            </nav>
            {reviews.length === 0 && <p className="text-soft">{t('noneSuch')}</p>}
            <Translations locale={locale} of={['reviewActions']}>
              <OwnVotes reviewIds={reviews.map(({ id }) => id)}>
                <ul className="divide-y divide-line">
                  {reviews.map((review) => (
                    <li key={review.id} className="grid gap-2 py-4 first:pt-0">
                      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
                        <Stars value={review.stars} label={t('stars', { count: review.stars })} />
                        <span className="font-semibold">{review.authorName}</span>
                        <span className="text-soft">
                          {formatDate(review.createdAt, locale)}
                          {review.editedAt && ` · ${t('edited')}`}
                        </span>
                        {review.variantTitle && <Badge>{review.variantTitle}</Badge>}
                      </p>
                      <p className="max-w-[70ch] whitespace-pre-line">{review.text}</p>
                      {review.photos.length > 0 && (
                        <ul className="flex flex-wrap gap-2">
                          {review.photos.map((photo) => (
                            <li key={photo.mediaId}>
                              <a href={photo.url} target="_blank" rel="noopener" className="block rounded-md">
                                <Picture src={photo.url} alt={t('photo')} className="w-24 rounded-md" />
                              </a>
                            </li>
                          ))}
                        </ul>
                      )}
                      {review.reply && (
                        <p className="max-w-[70ch] rounded-md bg-sunken px-4 py-3 text-sm">
                          <span className="font-semibold">{t('reply')}</span> {review.reply.text}
                        </p>
                      )}
                      <ReviewActions id={review.id} helpful={review.helpful} />
                    </li>
                  ))}
                </ul>
              </OwnVotes>
            </Translations>
            <div className="flex gap-2">
              {pageToken && (
                <Link href={href({})} prefetch={false} className={buttonStyle('quiet', 'sm')}>
                  {t('first')}
                </Link>
              )}
              {nextPageToken && (
                <Link
                  href={href({ page: nextPageToken })}
                  prefetch={false}
                  className={buttonStyle('secondary', 'sm')}
                >
                  {t('more')}
                </Link>
              )}
            </div>
          </div>
        </div>
      )}
    </section>
  );
}

export async function Questions({ locale, product }: { locale: Locale; product: Schemas['Product'] }) {
  const t = await translator(locale, 'questions');
  const client = await api();
  const { questions } = await client.get('/api/v1/products/{productId}/questions', {
    params: { path: { productId: product.id }, query: { pageSize: 5 } },
  });
  return (
    <section id="questions" aria-labelledby="questions-title" className="far-below grid max-w-3xl gap-4">
      <h2 id="questions-title" className="text-xl">
        {t('title')}
      </h2>
      {questions.length === 0 ? (
        <p className="text-soft">{t('none')}</p>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
          {questions.map((question) => (
            <li key={question.id} className="grid gap-2 p-4">
              <p className="font-semibold">{question.text}</p>
              <p className="text-soft text-xs">
                {question.authorName} · {formatDate(question.createdAt, locale)}
              </p>
              {question.answers.map((answer) => (
                <p key={answer.id} className="rounded-md bg-sunken px-4 py-2.5 text-sm">
                  <span className="font-semibold">{answer.bySeller ? t('seller') : answer.authorName}:</span>{' '}
                  {answer.text}
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
      <Translations locale={locale} of={['questions']}>
        <QuestionForm productId={product.id} slug={product.slug} />
      </Translations>
    </section>
  );
}

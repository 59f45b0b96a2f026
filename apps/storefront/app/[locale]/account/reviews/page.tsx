import { Star } from 'lucide-react';
import { AccountPage } from '../../../../components/account-page';
import { MyReviews, ToReview } from '../../../../components/my-reviews';
import { NextPage } from '../../../../components/next-page';
import { NothingHere } from '../../../../components/nothing-here';
import { customerApi } from '../../../../lib/api';
import { translator } from '../../../../lib/i18n';
import { type PageProps, pageTokenOf, privatePage } from '../../../../lib/page';
import { requireSession } from '../../../../lib/session';

export const generateMetadata = privatePage('myReviews.title');

export default async function ReviewsPage({ params, searchParams }: PageProps) {
  const { locale } = await params;
  await requireSession(locale, '/account/reviews');
  const t = await translator(locale, 'myReviews');
  const pageToken = await pageTokenOf(searchParams);
  const client = await customerApi();
  const [{ lines }, { reviews, nextPageToken }] = await Promise.all([
    client.get('/api/v1/users/me/reviewableLines', { params: { query: { pageSize: 20 } } }),
    client.get('/api/v1/users/me/reviews', { params: { query: { pageSize: 10, pageToken } } }),
  ]);
  const own = reviews.filter(({ status }) => status !== 'DELETED');
  return (
    <AccountPage locale={locale} title={t('title')} of={['myReviews', 'review', 'photos']}>
      {!pageToken && lines.length > 0 && <ToReview lines={lines} />}
      {own.length > 0 && <MyReviews reviews={own} />}
      {own.length === 0 && lines.length === 0 && (
        <NothingHere
          heading="h2"
          Icon={Star}
          title={t('none')}
          help={t('noneHelp')}
          href={`/${locale}/orders`}
          way={t('toOrders')}
        />
      )}
      <NextPage path={`/${locale}/account/reviews`} token={nextPageToken} label={t('older')} />
    </AccountPage>
  );
}

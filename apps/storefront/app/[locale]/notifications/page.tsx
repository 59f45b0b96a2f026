import { buttonStyle } from '@pasar/ui/button';
import { Bell, Settings2 } from 'lucide-react';
import Link from 'next/link';
import { AccountPage } from '../../../components/account-page';
import { NextPage } from '../../../components/next-page';
import { NothingHere } from '../../../components/nothing-here';
import { NoticeList } from '../../../components/notice-list';
import { customerApi } from '../../../lib/api';
import { translator } from '../../../lib/i18n';
import { type PageProps, pageTokenOf, privatePage } from '../../../lib/page';
import { requireSession } from '../../../lib/session';

export const generateMetadata = privatePage('notices.title');

export default async function Notifications({ params, searchParams }: PageProps) {
  const { locale } = await params;
  await requireSession(locale, '/notifications');
  const t = await translator(locale, 'notices');
  const pageToken = await pageTokenOf(searchParams);
  const client = await customerApi();
  const [{ notifications, nextPageToken }, { count }] = await Promise.all([
    client.get('/api/v1/notifications', { params: { query: { pageSize: 20, pageToken } } }),
    client.get('/api/v1/notifications:countUnread'),
  ]);
  return (
    <AccountPage locale={locale} title={t('title')} of={['notices']}>
      {notifications.length === 0 ? (
        <NothingHere
          heading="h2"
          Icon={Bell}
          title={t('none')}
          help={t('noneHelp')}
          href={`/${locale}`}
          way={t('goShopping')}
        />
      ) : (
        <NoticeList notifications={notifications} unread={count} isNewest={!pageToken} />
      )}
      <Link
        href={`/${locale}/account#preferences`}
        prefetch={false}
        className={buttonStyle('quiet', 'sm', 'justify-self-start')}
      >
        <Settings2 aria-hidden className="size-4.5" />
        {t('choose')}
      </Link>
      <NextPage path={`/${locale}/notifications`} token={nextPageToken} label={t('older')} />
    </AccountPage>
  );
}

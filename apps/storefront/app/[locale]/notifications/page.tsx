import { buttonStyle } from '@pasar/ui/button';
import { EmptyState } from '@pasar/ui/empty-state';
import { Bell } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { AccountPage } from '../../../components/account-page';
import { NoticeList } from '../../../components/notice-list';
import { customerApi } from '../../../lib/api';
import { translator } from '../../../lib/i18n';
import type { SearchParams } from '../../../lib/search';
import { requireSession } from '../../../lib/session';
import type { Locale } from '../../../server/locales';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await translator((await params).locale, 'notices');
  return { title: t('title'), robots: { index: false } };
}

export default async function Notifications({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireSession(locale, '/notifications');
  const t = await translator(locale, 'notices');
  const { page } = await searchParams;
  const pageToken = typeof page === 'string' ? page.slice(0, 512) : '';
  const client = await customerApi();
  const { notifications, nextPageToken } = await client.get('/api/v1/notifications', {
    params: { query: { pageSize: 20, pageToken } },
  });
  return (
    <AccountPage locale={locale} title={t('title')} of={['notices']}>
      {notifications.length === 0 ? (
        <EmptyState
          heading="h2"
          picture={<Bell className="size-9" />}
          title={t('none')}
          action={
            <Link href={`/${locale}`} className={buttonStyle()}>
              {t('goShopping')}
            </Link>
          }
        >
          <p>{t('noneHelp')}</p>
        </EmptyState>
      ) : (
        <NoticeList notifications={notifications} />
      )}
      {nextPageToken && (
        <Link
          href={`/${locale}/notifications?page=${encodeURIComponent(nextPageToken)}`}
          className={buttonStyle('secondary', 'md', 'justify-self-center')}
        >
          {t('older')}
        </Link>
      )}
    </AccountPage>
  );
}

'use client';
import type { Schemas } from '@pasar/sdk';
import { Button } from '@pasar/ui/button';
import { CheckCheck } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { markAllRead, markRead } from '../actions/profile';
import { formatDate } from '../lib/format';
import { refreshMe } from '../lib/me';
import { noticeLink } from '../lib/notice-link';
import type { Outcome } from '../lib/outcome';
import { useAction } from '../lib/use-action';

/** What there is to know; what leads somewhere is read when it is followed. */
export function NoticeList({
  notifications,
  unread: unreadInAll,
  isNewest,
}: {
  notifications: Schemas['Notification'][];
  /** Also on other pages of the list. */
  unread: number;
  /** It is the first page, and begins with the newest. */
  isNewest: boolean;
}) {
  const t = useTranslations('notices');
  const locale = useLocale();
  const [read, setRead] = useState<string[]>([]);
  const router = useRouter();
  const [busy, act] = useAction();
  const unread = notifications.filter((notice) => !notice.read && !read.includes(notice.id));
  const mark = <T,>(ids: string[], work: () => Promise<Outcome<T>>) =>
    act(work, () => {
      setRead((before) => [...before, ...ids]);
      void refreshMe();
      router.refresh();
    });
  return (
    <>
      {unreadInAll > 0 && (
        <Button
          variant="quiet"
          size="sm"
          busy={busy}
          className="justify-self-start"
          onClick={() =>
            mark(
              unread.map(({ id }) => id),
              () => markAllRead(isNewest ? (notifications[0]?.id ?? '') : ''),
            )
          }
        >
          <CheckCheck aria-hidden className="size-4.5" />
          {t('markAll')}
        </Button>
      )}
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {notifications.map((notice) => {
          const isNew = unread.includes(notice);
          const path = noticeLink(notice.link);
          return (
            <li key={notice.id} className={`relative grid gap-0.5 p-4 pl-9 ${path ? 'hover:bg-sunken' : ''}`}>
              {isNew && (
                <span className="absolute top-6 left-4 size-2.5 rounded-full bg-chili">
                  <span className="sr-only">{t('new')}</span>
                </span>
              )}
              <p className={isNew ? 'font-semibold' : ''}>
                {path ? (
                  <Link
                    href={`/${locale}${path}`}
                    prefetch={false}
                    onClick={() => isNew && mark([notice.id], () => markRead(notice.id))}
                    className="after:absolute after:inset-0"
                  >
                    {notice.title}
                  </Link>
                ) : (
                  notice.title
                )}
              </p>
              <p className="text-sm text-soft">{notice.body}</p>
              <p className="text-soft text-xs">{formatDate(notice.createdAt, locale, 'time')}</p>
            </li>
          );
        })}
      </ul>
    </>
  );
}

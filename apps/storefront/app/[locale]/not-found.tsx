'use client';
import { buttonStyle } from '@pasar/ui/button';
import { EmptyState } from '@pasar/ui/empty-state';
import { MapPinOff } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'use-intl/react';

export default function NotFound() {
  const t = useTranslations('problems');
  const locale = useLocale();
  return (
    <EmptyState
      picture={<MapPinOff className="size-9" />}
      title={t('notFound')}
      action={
        <Link href={`/${locale}`} className={buttonStyle()}>
          {t('toHome')}
        </Link>
      }
    >
      <p>{t('notFoundText')}</p>
    </EmptyState>
  );
}

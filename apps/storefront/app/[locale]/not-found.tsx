'use client';
import { MapPinOff } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl/react';
import { NothingHere } from '../../components/nothing-here';

export default function NotFound() {
  const t = useTranslations('problems');
  const locale = useLocale();
  return (
    <NothingHere
      Icon={MapPinOff}
      title={t('notFound')}
      help={t('notFoundText')}
      href={`/${locale}`}
      way={t('toHome')}
    />
  );
}

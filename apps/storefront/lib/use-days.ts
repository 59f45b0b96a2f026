'use client';
import { useTranslations } from 'use-intl/react';

/** How long it takes to bring something, e.g. `2–4 days`. */
export function useDays(): (option: { minDays: number; maxDays: number }) => string {
  const t = useTranslations('days');
  return ({ minDays, maxDays }) =>
    t('span', { days: minDays === maxDays ? `${minDays}` : `${minDays}–${maxDays}`, most: maxDays });
}

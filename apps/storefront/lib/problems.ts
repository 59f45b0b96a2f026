'use client';
import { useTranslations } from 'use-intl/react';

/** What to say of a refusal, in the reader's language; what the API said where we have no better words. */
export function useProblemText(): (problem: { code: string; detail: string }) => string {
  const t = useTranslations('problems');
  return ({ code, detail }) => {
    const key = code.replaceAll('.', '_');
    return t.has(key as never) ? t(key as never) : detail || t('unreachable');
  };
}

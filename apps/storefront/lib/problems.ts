'use client';
import { useTranslations } from 'use-intl/react';

/**
 * What to say of a refusal, in the reader's language; what the API said where we have no better words.
 * @returns what takes the refusal, or nothing where no answer came
 */
export function useProblemText(): (problem: { code: string; detail?: string } | undefined) => string {
  const t = useTranslations('problems');
  return (problem) => {
    const key = problem?.code.replaceAll('.', '_');
    return key && t.has(key as never) ? t(key as never) : problem?.detail || t('unreachable');
  };
}

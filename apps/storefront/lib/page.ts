import 'server-only';
import type { Metadata } from 'next';
import { createTranslator, type Messages } from 'use-intl/core';
import type { Locale } from '../server/locales';
import { safePath } from '../server/safe-path';
import { messagesOf } from './i18n';
import type { SearchParams } from './search';

/** @template Path the parts of its address besides the language */
export interface PageProps<Path extends string = never> {
  params: Promise<{ locale: Locale } & Record<Path, string>>;
  searchParams: Promise<SearchParams>;
}

type Title = Parameters<ReturnType<typeof createTranslator<Messages>>>[0];

export function titledPage(title: Title, more: Metadata = {}) {
  return async ({ params }: PageProps): Promise<Metadata> => {
    const { locale } = await params;
    const t = createTranslator<Messages>({ locale, messages: await messagesOf(locale) });
    return { title: t(title), ...more };
  };
}

/** Of a page that is its reader's own business, and none of a search engine's. */
export function privatePage(title: Title, more: Metadata = {}) {
  return titledPage(title, { robots: { index: false }, ...more });
}

/** Why somebody comes to sign in, where to after that, and what went wrong before. */
export async function entryOf(locale: Locale, searchParams: PageProps['searchParams']) {
  const { next, problem } = await searchParams;
  return { next: safePath(next, `/${locale}`), problem: typeof problem === 'string' ? problem : '' };
}

/** Where a list goes on, as the one before it said. */
export async function pageTokenOf(searchParams: PageProps['searchParams']): Promise<string> {
  const { page } = await searchParams;
  return typeof page === 'string' ? page.slice(0, 512) : '';
}

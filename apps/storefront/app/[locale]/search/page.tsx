import type { Metadata } from 'next';
import { SearchResults } from '../../../components/search-results';
import { translator } from '../../../lib/i18n';
import type { PageProps } from '../../../lib/page';
import { readSearch } from '../../../lib/search';

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  const { locale } = await params;
  const { q } = readSearch(await searchParams);
  const t = await translator(locale, 'search');
  return { title: q ? t('titleFor', { query: q }) : t('title'), robots: { index: false } };
}

export default async function SearchPage({ params, searchParams }: PageProps) {
  const { locale } = await params;
  const search = readSearch(await searchParams);
  const t = await translator(locale, 'search');
  return (
    <div className="grid grid-cols-1 gap-5 py-6">
      <h1 className="text-2xl">{search.q ? t('titleFor', { query: search.q }) : t('title')}</h1>
      <SearchResults locale={locale} search={search} />
    </div>
  );
}

import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Breadcrumbs } from '../../../../components/breadcrumbs';
import { SearchResults } from '../../../../components/search-results';
import { categoriesOf, categoryName } from '../../../../lib/catalogue';
import { translator } from '../../../../lib/i18n';
import type { PageProps } from '../../../../lib/page';
import { readSearch } from '../../../../lib/search';
import { alternatesOf } from '../../../../lib/seo';

async function categoryOf({ params }: PageProps<'slug'>) {
  const { slug } = await params;
  return (await categoriesOf()).find((category) => category.slug === slug);
}

export async function generateMetadata(props: PageProps<'slug'>): Promise<Metadata> {
  const { locale } = await props.params;
  const category = await categoryOf(props);
  return category
    ? { title: categoryName(category, locale), alternates: alternatesOf(locale, `/c/${category.slug}`) }
    : {};
}

export default async function CategoryPage(props: PageProps<'slug'>) {
  const { locale, slug } = await props.params;
  const category = await categoryOf(props);
  if (!category) notFound();
  const t = await translator(locale, 'search');
  const below = (await categoriesOf()).filter(({ parent }) => parent === slug);
  const search = readSearch(await props.searchParams, slug);
  return (
    <div className="grid grid-cols-1 gap-5 py-6">
      <Breadcrumbs
        label={t('path')}
        crumbs={[
          { name: t('home'), href: `/${locale}` },
          ...category.breadcrumbs.map((crumb) => ({
            name: categoryName(crumb, locale),
            href: `/${locale}/c/${crumb.slug}`,
          })),
        ]}
      />
      <h1 className="text-2xl">{categoryName(category, locale)}</h1>
      {below.length > 0 && (
        <ul className="shelf auto-cols-max gap-2 pb-1">
          {below.map((child) => (
            <li key={child.id}>
              <Link
                href={`/${locale}/c/${child.slug}`}
                prefetch={false}
                className="inline-flex min-h-10 items-center rounded-full border border-line bg-surface px-4 text-sm hover:border-brand"
              >
                {categoryName(child, locale)}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <SearchResults locale={locale} search={search} />
    </div>
  );
}

import type { Schemas } from '@pasar/sdk';
import { buttonStyle } from '@pasar/ui/button';
import { Notice } from '@pasar/ui/notice';
import { ArrowLeft, ArrowRight, SearchX, X } from 'lucide-react';
import Link from 'next/link';
import { formatMoney } from '../lib/format';
import { translator } from '../lib/i18n';
import { find, type Search, searchHref, sorts } from '../lib/search';
import type { Locale } from '../server/locales';
import { FacetList } from './facet-list';
import { FilterSheet } from './filter-sheet';
import { NothingHere } from './nothing-here';
import { ProductGrid } from './product-grid';
import { Trending } from './trending';

/** Products that match, what to narrow them down by, and a way on where there are none. */
export async function SearchResults({ locale, search }: { locale: Locale; search: Search }) {
  const t = await translator(locale, 'search');
  const result = await find(search);
  const { hits, facets, correctedQuery, partial, nextPageToken } = result;
  const label = ({ label, labelEn }: Schemas['FacetValue']) => (locale === 'en' && labelEn ? labelEn : label);
  const sortNames = {
    relevance: t('sorts.relevance'),
    newest: t('sorts.newest'),
    price: t('sorts.price'),
    '-price': t('sorts.priceDown'),
    rating: t('sorts.rating'),
  };
  const currentSort = search.sort || (search.q ? 'relevance' : 'newest');
  const money = (amount: string) => formatMoney({ amount, currency: 'IDR' }, locale);
  const chips = chipsOf(search, facets);
  const filters = facets && (
    <div className="grid gap-6">
      <FacetList
        title={t('category')}
        items={facets.categories
          .filter(({ parent, value }) =>
            search.category ? parent === search.category || value === search.category : !parent,
          )
          .map((value) => ({
            key: value.value,
            label: label(value),
            count: value.count,
            href: searchHref(locale, search, {
              category: value.value === search.category ? '' : value.value,
            }),
            isOn: value.value === search.category,
          }))}
      />
      <FacetList
        title={t('price')}
        items={facets.prices.map(({ min, max, count }) => ({
          key: `${min}-${max}`,
          label: max === '0' ? t('from', { price: money(min) }) : `${money(min)} – ${money(max)}`,
          count,
          href: searchHref(locale, search, { min: min === '0' ? '' : min, max: max === '0' ? '' : max }),
          isOn: false,
        }))}
      />
      <FacetList
        title={t('rating')}
        items={facets.ratings
          .filter(({ minRating, count }) => minRating > 1 && count !== '0')
          .map(({ minRating, count }) => ({
            key: String(minRating),
            label: t('stars', { count: minRating }),
            count,
            href: searchHref(locale, search, {
              rating: search.rating === String(minRating) ? '' : String(minRating),
            }),
            isOn: search.rating === String(minRating),
          }))}
      />
      {(['cities', 'brands'] as const).map((kind) => {
        const name = kind === 'cities' ? 'city' : 'brand';
        return (
          <FacetList
            key={kind}
            title={t(name)}
            items={facets[kind].slice(0, 8).map((value) => ({
              key: value.value,
              label: label(value),
              count: value.count,
              href: searchHref(locale, search, { [name]: search[name] === value.value ? '' : value.value }),
              isOn: search[name] === value.value,
            }))}
          />
        );
      })}
      {facets.attributes.slice(0, 4).map(({ name, values }) => (
        <FacetList
          key={name}
          title={name.replaceAll('_', ' ')}
          items={values.slice(0, 6).map((value) => {
            const attribute = value.value;
            const isOn = search.attributes.includes(attribute);
            const others = search.attributes.filter((other) => other !== attribute);
            return {
              key: attribute,
              label: label(value),
              count: value.count,
              href: searchHref(locale, search, { attributes: isOn ? others : [...others, attribute] }),
              isOn,
            };
          })}
        />
      ))}
    </div>
  );

  return (
    <div className="grid grid-cols-1 gap-5">
      {correctedQuery && <Notice>{t('corrected', { query: correctedQuery })}</Notice>}
      {partial && hits.length > 0 && <Notice>{t('partial')}</Notice>}
      {(facets || chips.length > 0) && (
        <div className="flex flex-wrap items-center gap-2">
          {facets && (
            <p className="mr-auto text-sm text-soft" role="status">
              {t('matches', { count: Number(facets.matches) })}
            </p>
          )}
          {filters && (
            <div className="lg:hidden">
              <FilterSheet label={t('filters')} close={t('close')}>
                {filters}
              </FilterSheet>
            </div>
          )}
          {hits.length > 1 && (
            <nav aria-label={t('sort')} className="shelf min-w-0 auto-cols-max gap-1">
              {sorts
                .filter((sort) => sort !== 'relevance' || search.q)
                .map((sort) => (
                  <Link
                    key={sort}
                    href={searchHref(locale, search, { sort })}
                    prefetch={false}
                    scroll={false}
                    aria-current={sort === currentSort || undefined}
                    className="inline-flex min-h-9 items-center rounded-full border border-transparent px-3 text-sm hover:bg-sunken aria-[current]:border-brand aria-[current]:bg-brand-wash aria-[current]:font-semibold aria-[current]:text-brand-strong"
                  >
                    {sortNames[sort]}
                  </Link>
                ))}
            </nav>
          )}
        </div>
      )}
      {chips.length > 0 && (
        <ul className="flex flex-wrap gap-2" aria-label={t('chosen')}>
          {chips.map(({ text, href }) => (
            <li key={text}>
              <Link
                href={href}
                prefetch={false}
                className="inline-flex min-h-9 items-center gap-1.5 rounded-full bg-sunken px-3 text-sm hover:bg-line"
              >
                {text}
                <X aria-hidden className="size-4" />
                <span className="sr-only">{t('remove')}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <div className="grid items-start gap-8 lg:grid-cols-[15rem_1fr]">
        <aside aria-label={t('filters')} className="max-lg:hidden">
          {filters}
        </aside>
        {hits.length > 0 ? (
          <div className="grid gap-8 lg:[&_ul]:grid-cols-3 xl:[&_ul]:grid-cols-4">
            <h2 className="sr-only">{t('products')}</h2>
            <ProductGrid hits={hits} eager={4} />
            <nav aria-label={t('pages')} className="flex justify-center gap-3">
              {search.page && (
                <Link
                  href={searchHref(locale, search, {})}
                  prefetch={false}
                  className={buttonStyle('secondary')}
                >
                  <ArrowLeft aria-hidden className="size-4" />
                  {t('firstPage')}
                </Link>
              )}
              {nextPageToken && (
                <Link
                  href={searchHref(locale, search, { page: nextPageToken })}
                  prefetch={false}
                  className={buttonStyle('secondary')}
                >
                  {t('nextPage')}
                  <ArrowRight aria-hidden className="size-4" />
                </Link>
              )}
            </nav>
          </div>
        ) : (
          <NothingHere
            Icon={SearchX}
            title={t('nothing')}
            help={chips.length > 0 ? t('nothingFiltered') : t('nothingHelp')}
            href={`/${locale}`}
            way={t('toHome')}
          />
        )}
      </div>
      {hits.length === 0 && <Trending size={4} title={t('othersBuy')} />}
    </div>
  );

  function chipsOf(search: Search, facets: Schemas['Facets'] | undefined) {
    const named = (values: Schemas['FacetValue'][] | undefined, value: string) => {
      const found = values?.find((candidate) => candidate.value === value);
      return found ? label(found) : value;
    };
    const chips: { text: string; href: string }[] = [];
    const add = (text: string, change: Partial<Search>) =>
      chips.push({ text, href: searchHref(locale, search, change) });
    if (search.q && search.category) add(named(facets?.categories, search.category), { category: '' });
    if (search.brand) add(named(facets?.brands, search.brand), { brand: '' });
    if (search.city) add(named(facets?.cities, search.city), { city: '' });
    if (search.min || search.max) {
      const min = money(search.min || '0');
      const text = search.max ? `${min} – ${money(search.max)}` : t('from', { price: min });
      add(text, { min: '', max: '' });
    }
    if (search.rating) add(t('stars', { count: Number(search.rating) }), { rating: '' });
    if (search.stock) add(t('inStock'), { stock: false });
    for (const attribute of search.attributes) {
      const others = search.attributes.filter((other) => other !== attribute);
      add(attribute.slice(attribute.indexOf(':') + 1), { attributes: others });
    }
    return chips;
  }
}

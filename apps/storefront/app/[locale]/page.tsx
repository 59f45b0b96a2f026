import { ArrowRight, BadgeCheck, ShieldCheck, Store, Zap } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Countdown } from '../../components/countdown';
import { Picture } from '../../components/picture';
import { Price } from '../../components/price';
import { ProductGrid } from '../../components/product-grid';
import { RecentlyViewed } from '../../components/recently-viewed';
import { Section } from '../../components/section';
import { Trending } from '../../components/trending';
import { VoucherCode } from '../../components/voucher-code';
import { api, orElse } from '../../lib/api';
import { categoriesOf, categoryName } from '../../lib/catalogue';
import { formatMoney } from '../../lib/format';
import { translator } from '../../lib/i18n';
import type { PageProps } from '../../lib/page';
import { alternatesOf } from '../../lib/seo';

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { alternates: alternatesOf((await params).locale, '') };
}

export default async function Home({ params }: PageProps) {
  const { locale } = await params;
  const t = await translator(locale, 'home');
  const client = await api();
  const list = (sort: 'rating' | 'newest', pageSize: number) =>
    client.get('/api/v1/search/products', {
      params: { query: { sort, pageSize, inStock: true, withoutFacets: true } },
    });
  const [categories, loved, newest, { flashSales }, { vouchers }] = await Promise.all([
    categoriesOf(),
    list('rating', 8),
    list('newest', 4),
    orElse(client.get('/api/v1/flashSales', {}), { flashSales: [], nextPageToken: '' }),
    orElse(client.get('/api/v1/vouchers', {}), { vouchers: [], nextPageToken: '' }),
  ]);
  const top = categories.filter(({ parent }) => !parent);
  const sale = flashSales.find(({ items }) => items.length > 0);
  const promises = [
    { Icon: Store, title: t('promiseOneTitle'), text: t('promiseOne') },
    { Icon: ShieldCheck, title: t('promiseTwoTitle'), text: t('promiseTwo') },
    { Icon: BadgeCheck, title: t('promiseThreeTitle'), text: t('promiseThree') },
  ];
  return (
    <div className="*:nth-[n+4]:far-below grid gap-12 py-5 sm:gap-16 sm:py-8">
      <section className="relative isolate overflow-hidden rounded-xl bg-night text-[#f6efe3]">
        <Awning />
        <div className="grid items-center gap-8 px-6 pt-18 pb-10 sm:px-10 sm:pt-20 sm:pb-14 md:grid-cols-[1.1fr_1fr] lg:px-14">
          <div className="grid justify-items-start gap-5">
            <h1 className="text-3xl sm:text-4xl">{t('hero')}</h1>
            <p className="max-w-[46ch] text-[#d8cebd] text-lg">{t('heroText')}</p>
            <Link
              href={`/${locale}/search`}
              prefetch={false}
              className="inline-flex min-h-13 items-center gap-2 rounded-md bg-[#e9b250] px-6 font-bold text-[#2b221a] text-lg hover:bg-[#f2c676]"
            >
              {t('heroAction')}
              <ArrowRight aria-hidden className="size-5" />
            </Link>
          </div>
          <ul className="grid grid-cols-3 gap-3 max-md:hidden">
            {loved.hits.slice(0, 6).map((hit, index) => (
              <li key={hit.id} className={index % 3 === 1 ? 'translate-y-6' : undefined}>
                <Link href={`/${locale}/p/${hit.slug}`} prefetch={false} className="block rounded-lg">
                  <Picture src={hit.image} alt={hit.title} className="rounded-lg" />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      </section>

      <Section id="categories" title={t('categories')}>
        <ul className="grid grid-cols-3 gap-x-3 gap-y-4 sm:grid-cols-4 md:grid-cols-6">
          {top.map((category) => (
            <li key={category.id}>
              <Link
                href={`/${locale}/c/${category.slug}`}
                prefetch={false}
                className="group grid justify-items-center gap-2 rounded-lg text-center text-sm"
              >
                <Picture
                  src={category.imageUrl}
                  alt=""
                  className="w-full rounded-lg transition-transform duration-200 ease-calm group-hover:-translate-y-0.5"
                />
                <span className="font-medium leading-snug group-hover:underline">
                  {categoryName(category, locale)}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>

      {sale?.endsAt && (
        <section
          aria-labelledby="sale"
          className="-mx-4 grid gap-4 bg-chili-wash px-4 py-6 sm:mx-0 sm:rounded-xl sm:px-6"
        >
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <h2 id="sale" className="inline-flex items-center gap-2 text-chili text-xl">
              <Zap aria-hidden className="size-6 fill-current" />
              {t('flashSale')}
            </h2>
            <p className="inline-flex items-center gap-2 text-sm">
              {t('endsIn')} <Countdown until={sale.endsAt} />
            </p>
          </div>
          <ul className="shelf auto-cols-[10.5rem] gap-3 pb-2 sm:auto-cols-[minmax(13rem,1fr)]">
            {sale.items.map((item) => (
              <li key={item.id} className="snap-start">
                <article className="group relative flex h-full flex-col overflow-hidden rounded-lg border border-line bg-surface">
                  <Picture src={item.imageUrl} alt="" />
                  <div className="flex grow flex-col gap-1.5 p-3">
                    <h3 className="line-clamp-2 font-medium font-sans text-sm tracking-normal">
                      <Link
                        href={`/${locale}/p/${item.slug}`}
                        prefetch={false}
                        className="after:absolute after:inset-0 after:rounded-lg group-hover:underline"
                      >
                        {item.title}
                      </Link>
                    </h3>
                    <Price
                      price={item.price}
                      before={item.regularPrice}
                      beforeLabel={t('before')}
                      locale={locale}
                    />
                    <Sold
                      sold={item.sold}
                      stock={item.stock}
                      label={t('left', { count: item.stock - item.sold })}
                    />
                  </div>
                </article>
              </li>
            ))}
          </ul>
        </section>
      )}

      {vouchers.length > 0 && (
        <Section id="vouchers" title={t('vouchers')}>
          <ul className="shelf auto-cols-[17rem] gap-3 pb-2 sm:auto-cols-[minmax(17rem,1fr)]">
            {vouchers.slice(0, 8).map((voucher) => (
              <li
                key={voucher.id}
                className="grid snap-start content-start gap-1 rounded-lg border border-turmeric border-dashed bg-turmeric-wash p-4 text-turmeric-ink"
              >
                <p className="font-bold font-display text-lg">{voucher.name}</p>
                <p className="text-sm">{voucher.description}</p>
                {voucher.minSpend && (
                  <p className="text-xs">{t('minimum', { amount: formatMoney(voucher.minSpend, locale) })}</p>
                )}
                <VoucherCode code={voucher.code} label={t('copy')} done={t('copied')} />
              </li>
            ))}
          </ul>
        </Section>
      )}

      <Trending title={t('trending')} size={8} />

      <Section id="loved" title={t('loved')} more={{ href: `/${locale}/search?sort=rating`, name: t('all') }}>
        <ProductGrid hits={loved.hits.slice(0, 4)} />
      </Section>

      <RecentlyViewed />

      <section aria-labelledby="promises">
        <h2 id="promises" className="sr-only">
          {t('promises')}
        </h2>
        <ul className="grid gap-6 rounded-xl bg-brand-wash p-6 sm:grid-cols-3 sm:p-8">
          {promises.map(({ Icon, title, text }) => (
            <li key={title} className="grid gap-1.5">
              <Icon aria-hidden className="size-7 text-brand" />
              <h3 className="text-lg">{title}</h3>
              <p className="text-soft text-sm">{text}</p>
            </li>
          ))}
        </ul>
      </section>

      <Section
        id="newest"
        title={t('newest')}
        more={{ href: `/${locale}/search?sort=newest`, name: t('all') }}
      >
        <ProductGrid hits={newest.hits} />
      </Section>
    </div>
  );
}

function Sold({ sold, stock, label }: { sold: number; stock: number; label: string }) {
  const share = stock > 0 ? Math.min(100, Math.round((sold / stock) * 100)) : 100;
  return (
    <div className="mt-auto grid gap-1 pt-1">
      <div className="h-1.5 overflow-hidden rounded-full bg-sunken">
        <div className="h-full min-w-1.5 rounded-full bg-chili" style={{ width: `${share}%` }} />
      </div>
      <p className="text-soft text-xs">{label}</p>
    </div>
  );
}

/** The edge of a market stall's roof. */
function Awning() {
  return (
    <svg aria-hidden="true" className="absolute inset-x-0 top-0 -z-10 h-12 w-full">
      <defs>
        <pattern id="awning" width="80" height="48" patternUnits="userSpaceOnUse">
          <path d="M0 0h40v28a20 20 0 0 1-40 0Z" fill="#e9b250" />
          <path d="M40 0h40v28a20 20 0 0 1-40 0Z" fill="#f6efe3" />
        </pattern>
      </defs>
      <rect width="100%" height="48" fill="url(#awning)" />
    </svg>
  );
}

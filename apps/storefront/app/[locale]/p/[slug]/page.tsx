import type { Schemas } from '@pasar/sdk';
import { Badge } from '@pasar/ui/badge';
import { Card } from '@pasar/ui/card';
import { Stars } from '@pasar/ui/stars';
import { MapPin, Palmtree, Store } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound, permanentRedirect } from 'next/navigation';
import { Activity } from 'react';
import { Breadcrumbs } from '../../../../components/breadcrumbs';
import { BuyBox } from '../../../../components/buy-box';
import { Gallery } from '../../../../components/gallery';
import { Price } from '../../../../components/price';
import { ProductGrid } from '../../../../components/product-grid';
import { RememberViewed } from '../../../../components/recently-viewed';
import { Questions, Reviews } from '../../../../components/reviews';
import { Section } from '../../../../components/section';
import { Translations } from '../../../../components/translations';
import { api, ifFound } from '../../../../lib/api';
import { categoriesOf, categoryName, productOf, sellerOf } from '../../../../lib/catalogue';
import { formatDate, formatNumber } from '../../../../lib/format';
import { translator } from '../../../../lib/i18n';
import type { PageProps } from '../../../../lib/page';
import { alternatesOf, asScript, pictureOf, productData } from '../../../../lib/seo';
import type { Locale } from '../../../../server/locales';

export async function generateMetadata({ params }: PageProps<'slug'>): Promise<Metadata> {
  const { locale, slug } = await params;
  const product = await productOf(slug);
  if (!product) return {};
  return {
    title: product.title,
    description: product.description.slice(0, 160),
    alternates: alternatesOf(locale, `/p/${product.slug}`),
    openGraph: {
      title: product.title,
      description: product.description.slice(0, 160),
      url: `/${locale}/p/${product.slug}`,
      siteName: 'Pasar',
      type: 'website',
      images: [pictureOf(product)],
    },
    twitter: { card: 'summary_large_image' },
  };
}

export default async function ProductPage({ params, searchParams }: PageProps<'slug'>) {
  const { locale, slug } = await params;
  const product = await productOf(slug);
  if (!product) notFound();
  if (product.slug !== slug) {
    // Messages name what they are about by its id, or by that of a variant.
    const isVariant = product.variants.some(({ id }) => id === slug);
    permanentRedirect(`/${locale}/p/${product.slug}${isVariant ? `?variant=${slug}` : ''}`);
  }
  const query = await searchParams;
  const t = await translator(locale, 'product');
  const client = await api();
  const [seller, categories, rating, related] = await Promise.all([
    sellerOf(product.sellerId),
    categoriesOf(),
    ifFound(
      client.get('/api/v1/products/{productId}/rating', { params: { path: { productId: product.id } } }),
    ),
    client.get('/api/v1/search/products', {
      params: { query: { category: product.category, sort: 'rating', pageSize: 5, withoutFacets: true } },
    }),
  ]);
  const category = categories.find((candidate) => candidate.slug === product.category);
  const now = Date.now();
  const isAway =
    seller?.holiday !== undefined &&
    new Date(seller.holiday.startsAt ?? 0).getTime() <= now &&
    new Date(seller.holiday.endsAt ?? 8.64e15).getTime() > now;
  const crumbs = [
    { name: t('home'), href: `/${locale}` },
    ...(category?.breadcrumbs ?? []).map((crumb) => ({
      name: categoryName(crumb, locale),
      href: `/${locale}/c/${crumb.slug}`,
    })),
  ];
  const shop = process.env.PASAR_SHOP_URL ?? 'http://localhost:3000';
  const data = productData(product, {
    url: `${shop}/${locale}/p/${product.slug}`,
    seller: seller?.name ?? '',
    rating,
    crumbs: crumbs.map(({ name, href }) => ({ name, url: `${shop}${href}` })),
  });
  const pictures = product.media.filter(({ kind }) => kind !== 'VIDEO');
  const videos = product.media.filter(({ kind }) => kind === 'VIDEO');
  return (
    <div className="grid gap-10 py-6">
      <RememberViewed
        product={{
          id: product.id,
          slug: product.slug,
          title: product.title,
          price: product.price,
          image: pictures[0]?.url ?? '',
        }}
      />
      {data.map((part) => (
        <script
          key={asScript(part).slice(0, 80)}
          type="application/ld+json"
          dangerouslySetInnerHTML={{ __html: asScript(part) }}
        />
      ))}
      <div className="grid gap-4">
        <Breadcrumbs label={t('path')} crumbs={crumbs} />
        <div className="grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] lg:gap-10">
          <Gallery
            media={[...pictures, ...videos]}
            title={product.title}
            labels={{ zoom: t('zoom'), close: t('close'), picture: t('picture'), video: t('video') }}
          />
          <div className="grid gap-5">
            <div className="grid gap-2">
              <h1 className="text-2xl">{product.title}</h1>
              {rating && Number(rating.count) > 0 ? (
                <a href="#reviews" className="inline-flex min-h-8 items-center gap-2 text-sm hover:underline">
                  <Stars
                    value={rating.average}
                    label={t('ratedOf', { value: formatNumber(rating.average, 1) })}
                  />
                  <span className="font-semibold">{formatNumber(rating.average, 1)}</span>
                  <span className="text-soft">{t('reviewCount', { count: Number(rating.count) })}</span>
                </a>
              ) : (
                <p className="text-soft text-sm">{t('notRated')}</p>
              )}
            </div>
            {isAway && seller?.holiday && (
              <p className="flex items-center gap-2 rounded-md bg-turmeric-wash px-3.5 py-2.5 text-sm text-turmeric-ink">
                <Palmtree aria-hidden className="size-5" />
                {t('onHoliday', { until: formatDate(seller.holiday.endsAt, locale) })}
              </p>
            )}
            <Translations locale={locale} of={['buy', 'problems', 'countdown', 'delivery', 'days']}>
              <BuyBox
                productId={product.id}
                title={product.title}
                options={product.options}
                variants={product.variants}
                closed={isAway}
                seller={seller && { id: seller.id, city: seller.city }}
                linkedId={typeof query.variant === 'string' ? query.variant : ''}
              />
            </Translations>
            {seller && (
              <Card className="grid gap-3 p-4">
                <div className="flex items-center gap-3">
                  <StoreLogo seller={seller} />
                  <div className="min-w-0 grow">
                    <p className="truncate font-semibold">{seller.name}</p>
                    <p className="flex items-center gap-1 text-sm text-soft">
                      <MapPin aria-hidden className="size-4 shrink-0" />
                      {seller.city}, {seller.province}
                    </p>
                  </div>
                  <Link
                    href={`/${locale}/store/${seller.slug}`}
                    prefetch={false}
                    className="inline-flex min-h-10 items-center gap-1.5 rounded-md border border-edge px-3 font-semibold text-sm hover:bg-sunken"
                  >
                    <Store aria-hidden className="size-4" />
                    {t('visitStore')}
                  </Link>
                </div>
              </Card>
            )}
            {product.offers.length > 1 && <Offers product={product} locale={locale} />}
          </div>
        </div>
      </div>

      <section aria-labelledby="about" className="grid max-w-3xl gap-4">
        <h2 id="about" className="text-xl">
          {t('about')}
        </h2>
        <p className="whitespace-pre-line">{product.description}</p>
        {Object.keys(product.attributes).length > 0 && (
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 rounded-lg border border-line bg-surface p-4 text-sm">
            {Object.entries(product.attributes).map(([name, value]) => {
              const known = category?.attributes.find((attribute) => attribute.name === name);
              const label = (locale === 'en' && known?.labelEn) || known?.label || name;
              return (
                <div key={name} className="contents">
                  <dt className="text-soft">{label}</dt>
                  <dd>{value}</dd>
                </div>
              );
            })}
          </dl>
        )}
      </section>

      <Activity>
        <Reviews locale={locale} product={product} rating={rating} searchParams={query} />
        <Activity>
          <Questions locale={locale} product={product} />
          {related.hits.length > 1 && (
            <Section id="related" title={t('related')} className="far-below">
              <ProductGrid hits={related.hits.filter(({ id }) => id !== product.id).slice(0, 4)} />
            </Section>
          )}
        </Activity>
      </Activity>
    </div>
  );
}

/* biome-ignore-start lint/performance/noImgElement: a small drawing */
function StoreLogo({ seller }: { seller: Schemas['Seller'] }) {
  if (!seller.logoUrl) return <Store aria-hidden className="size-12 rounded-full bg-sunken p-3" />;
  return (
    <img src={seller.logoUrl} alt="" width={48} height={48} className="size-12 rounded-full bg-sunken" />
  );
}
/* biome-ignore-end lint/performance/noImgElement: a small drawing */

/** The same from other stores, the featured one first, and why it is. */
async function Offers({ product, locale }: { product: Schemas['Product']; locale: Locale }) {
  const t = await translator(locale, 'product');
  const reasons: Record<Schemas['FeaturedReason'], string> = {
    FEATURED_REASON_UNSPECIFIED: '',
    ONLY_OFFER: '',
    IN_STOCK: t('featured.stock'),
    GOOD_STANDING: t('featured.standing'),
    LOWEST_PRICE: t('featured.price'),
    BETTER_SCORE: t('featured.score'),
    LISTED_FIRST: t('featured.first'),
  };
  return (
    <Card className="grid gap-2 p-4">
      <h2 className="text-lg">{t('offers', { count: product.offers.length })}</h2>
      <ul className="divide-y divide-line">
        {product.offers.map((offer, index) => (
          <li key={offer.productId} className="flex items-center gap-3 py-2.5">
            <div className="min-w-0 grow">
              <p className="truncate font-medium text-sm">
                {offer.sellerName}
                <span className="text-soft"> · {offer.city}</span>
              </p>
              <p className="flex flex-wrap items-center gap-2">
                <Price price={offer.price} locale={locale} />
                {index === 0 && reasons[product.featuredReason] && (
                  <Badge tone="brand">{reasons[product.featuredReason]}</Badge>
                )}
                {offer.available <= 0 && <Badge>{t('soldOut')}</Badge>}
              </p>
            </div>
            {offer.productId === product.id ? (
              <Badge>{t('thisOffer')}</Badge>
            ) : (
              <Link
                href={`/${locale}/p/${offer.slug}`}
                prefetch={false}
                className="inline-flex min-h-10 items-center rounded-md px-3 font-semibold text-brand text-sm hover:bg-brand-wash"
              >
                {t('seeOffer')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

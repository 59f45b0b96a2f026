/* biome-ignore-all lint/performance/noImgElement: drawings of a known size */
import { Stars } from '@pasar/ui/stars';
import { MapPin } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NextPage } from '../../../../components/next-page';
import { ProductGrid } from '../../../../components/product-grid';
import { Section } from '../../../../components/section';
import { api, ifFound } from '../../../../lib/api';
import { sellerOf } from '../../../../lib/catalogue';
import { formatDate, formatNumber } from '../../../../lib/format';
import { translator } from '../../../../lib/i18n';
import { type PageProps, pageTokenOf } from '../../../../lib/page';
import { alternatesOf } from '../../../../lib/seo';

export async function generateMetadata({ params }: PageProps<'slug'>): Promise<Metadata> {
  const { locale, slug } = await params;
  const seller = await sellerOf(slug);
  if (!seller) return {};
  return {
    title: seller.name,
    description: seller.description.slice(0, 160),
    alternates: alternatesOf(locale, `/store/${seller.slug}`),
  };
}

export default async function StorePage({ params, searchParams }: PageProps<'slug'>) {
  const { locale, slug } = await params;
  const seller = await sellerOf(slug);
  if (seller?.status !== 'APPROVED') notFound();
  const t = await translator(locale, 'store');
  const client = await api();
  const [rating, list] = await Promise.all([
    ifFound(client.get('/api/v1/sellers/{sellerId}/rating', { params: { path: { sellerId: seller.id } } })),
    client.get('/api/v1/products', {
      params: {
        query: { sellerId: seller.id, pageSize: 24, pageToken: await pageTokenOf(searchParams) },
      },
    }),
  ]);
  const hits = list.products.map((product) => ({
    id: product.id,
    slug: product.slug,
    title: product.title,
    price: product.price,
    rating: 0,
    ratingCount: 0,
    image: product.media[0]?.url ?? '',
    sellerId: seller.id,
    sellerSlug: seller.slug,
    sellerName: seller.name,
    city: seller.city,
    category: product.category,
    brand: product.brand,
    inStock: product.variants.some(({ available }) => available > 0),
  }));
  return (
    <div className="grid gap-8 py-6">
      <header className="overflow-hidden rounded-xl border border-line bg-surface">
        {seller.bannerUrl && (
          <img
            src={seller.bannerUrl}
            alt=""
            width={1200}
            height={300}
            className="aspect-[4/1] max-h-56 w-full bg-sunken object-cover"
          />
        )}
        <div className="flex flex-wrap items-start gap-4 p-5">
          {seller.logoUrl && (
            <img
              src={seller.logoUrl}
              alt=""
              width={80}
              height={80}
              className="-mt-12 size-20 rounded-full border-4 border-surface bg-sunken"
            />
          )}
          <div className="grid min-w-0 grow gap-1">
            <h1 className="text-2xl">{seller.name}</h1>
            <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-soft">
              <span className="inline-flex items-center gap-1">
                <MapPin aria-hidden className="size-4" />
                {seller.city}, {seller.province}
              </span>
              {rating && Number(rating.count) > 0 && (
                <span className="inline-flex items-center gap-1.5">
                  <Stars
                    value={rating.average}
                    label={t('rated', { value: formatNumber(rating.average, 1) })}
                  />
                  {t('reviews', { count: Number(rating.count) })}
                </span>
              )}
              <span>{t('since', { date: formatDate(seller.createdAt, locale) })}</span>
            </p>
            <p className="mt-2 max-w-[70ch] whitespace-pre-line text-sm">{seller.description}</p>
            {seller.holiday && (
              <p className="mt-2 text-sm text-turmeric-ink">
                {t('holiday', { until: formatDate(seller.holiday.endsAt, locale) })}
              </p>
            )}
          </div>
        </div>
      </header>
      <Section id="products" title={t('products')}>
        {hits.length > 0 ? <ProductGrid hits={hits} eager={4} /> : <p>{t('none')}</p>}
        <NextPage path={`/${locale}/store/${seller.slug}`} token={list.nextPageToken} label={t('next')} />
      </Section>
    </div>
  );
}

import type { Schemas } from '@pasar/sdk';
import type { Metadata } from 'next';
import { type Locale, locales } from '../server/locales';

/** The one address of a page, and where it is in the other languages. */
export function alternatesOf(locale: Locale, path: string): Metadata['alternates'] {
  const languages = Object.fromEntries(locales.map((other) => [other, `/${other}${path}`]));
  return { canonical: languages[locale], languages: { ...languages, 'x-default': `/${locales[0]}${path}` } };
}

/** What a link looks like where it is shared: networks show photographs, and no drawings. */
export function pictureOf(product: Schemas['Product']): { url: string; alt: string } {
  const photo = product.media.find(({ kind, url }) => kind !== 'VIDEO' && !url.endsWith('.svg'));
  return { url: photo?.url ?? '/og.png', alt: product.title };
}

/** What search engines read of a product. */
export function productData(
  product: Schemas['Product'],
  facts: {
    url: string;
    seller: string;
    rating: Schemas['Rating'] | undefined;
    crumbs: { name: string; url: string }[];
  },
): object[] {
  const { url, seller, rating, crumbs } = facts;
  const isThere = product.variants.some(({ available }) => available > 0);
  return [
    {
      '@context': 'https://schema.org',
      '@type': 'Product',
      name: product.title,
      description: product.description,
      image: product.media.map((media) => new URL(media.url, url).href),
      sku: product.variants[0]?.sku,
      ...(product.brand && { brand: { '@type': 'Brand', name: product.brand } }),
      ...(product.price && {
        offers: {
          '@type': 'Offer',
          url,
          price: (Number(product.price.amount) / 100).toFixed(2),
          priceCurrency: product.price.currency,
          availability: `https://schema.org/${isThere ? 'InStock' : 'OutOfStock'}`,
          seller: { '@type': 'Organization', name: seller },
        },
      }),
      ...(rating &&
        Number(rating.count) > 0 && {
          aggregateRating: {
            '@type': 'AggregateRating',
            ratingValue: rating.average,
            reviewCount: Number(rating.count),
          },
        }),
    },
    {
      '@context': 'https://schema.org',
      '@type': 'BreadcrumbList',
      itemListElement: crumbs.map(({ name, url: item }, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        name,
        item,
      })),
    },
  ];
}

/** As the content of a script: what a seller wrote cannot end it. */
export function asScript(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

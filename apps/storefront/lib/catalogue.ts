import 'server-only';
import type { Schemas } from '@pasar/sdk';
import { cache } from 'react';
import type { Locale } from '../server/locales';
import { api, ifFound } from './api';

// Each is asked once for a page, however many parts of it want to know.

/** Asked once for all pages of two seconds: half of what a page reads is this, and it hardly ever changes. */
export async function categoriesOf(): Promise<Schemas['Category'][]> {
  const now = performance.now();
  if (!known || now - known.since > 2_000) {
    const answer = askCategories();
    known = { since: now, answer };
    answer.catch(() => {
      known = undefined;
    });
  }
  return known.answer;
}

let known: { since: number; answer: Promise<Schemas['Category'][]> } | undefined;

async function askCategories(): Promise<Schemas['Category'][]> {
  const client = await api();
  return (await client.get('/api/v1/categories', {})).categories;
}

export const sellerOf = cache(async (idOrSlug: string) => {
  const client = await api();
  return ifFound(client.get('/api/v1/sellers/{id}', { params: { path: { id: idOrSlug } } }));
});

/** Names of stores by their ids; those that are gone are left out. */
export async function storesOf(
  ids: string[],
): Promise<Record<string, Pick<Schemas['Seller'], 'name' | 'slug' | 'city'>>> {
  const sellers = await Promise.all([...new Set(ids)].map(sellerOf));
  return Object.fromEntries(
    sellers.flatMap((seller) =>
      seller ? [[seller.id, { name: seller.name, slug: seller.slug, city: seller.city }]] : [],
    ),
  );
}

export const productOf = cache(async (idOrSlug: string) => {
  const client = await api();
  return ifFound(client.get('/api/v1/products/{id}', { params: { path: { id: idOrSlug } } }));
});

export function categoryName({ name, nameEn }: { name: string; nameEn: string }, locale: Locale): string {
  return locale === 'en' && nameEn ? nameEn : name;
}

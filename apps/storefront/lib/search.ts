import 'server-only';
import type { Schemas } from '@pasar/sdk';
import { api } from './api';

export type SearchParams = Record<string, string | string[] | undefined>;

export const sorts = ['relevance', 'newest', 'price', '-price', 'rating'] as const;
export type Sort = (typeof sorts)[number];

/** What somebody looks for, as it stands in the address. */
export interface Search {
  q: string;
  category: string;
  brand: string;
  city: string;
  /** Minor units. */
  min: string;
  max: string;
  rating: string;
  sort: Sort | '';
  stock: boolean;
  attributes: string[];
  page: string;
}

/** Whatever is no search is left out, so that a mistyped address still finds something. */
export function readSearch(params: SearchParams, category = ''): Search {
  const one = (name: string) => {
    const value = params[name];
    return (Array.isArray(value) ? value[0] : value)?.trim().slice(0, 200) ?? '';
  };
  const digits = (name: string) => (/^[0-9]{1,15}$/.test(one(name)) ? one(name) : '');
  const sort = one('sort') as Sort;
  const attributes = [params.attr ?? []].flat().filter((text) => /^[^:]{1,60}:.{1,60}$/.test(text));
  return {
    q: one('q'),
    category: category || one('category').slice(0, 120),
    brand: one('brand').slice(0, 120),
    city: one('city').slice(0, 100),
    min: digits('min'),
    max: digits('max'),
    rating: /^[1-5]$/.test(one('rating')) ? one('rating') : '',
    sort: sorts.includes(sort) ? sort : '',
    stock: one('stock') === '1',
    attributes: attributes.slice(0, 10),
    page: one('page'),
  };
}

/** The address of a search; its path names the category when there is no text. */
export function searchHref(locale: string, search: Search, change: Partial<Search>): string {
  const next = { ...search, page: '', ...change };
  const query = new URLSearchParams();
  const path = next.category && !next.q ? `/${locale}/c/${next.category}` : `/${locale}/search`;
  if (next.q) query.set('q', next.q);
  if (next.q && next.category) query.set('category', next.category);
  for (const name of ['brand', 'city', 'min', 'max', 'rating', 'sort', 'page'] as const) {
    if (next[name]) query.set(name, next[name]);
  }
  if (next.stock) query.set('stock', '1');
  for (const attribute of next.attributes) query.append('attr', attribute);
  return query.size > 0 ? `${path}?${query}` : path;
}

export async function find(search: Search, sellerCity?: string): Promise<Schemas['SearchProductsResponse']> {
  const client = await api();
  const { q, category, brand, min, max, rating, sort, stock, attributes, page } = search;
  return client.get('/api/v1/search/products', {
    params: {
      query: {
        query: q,
        category,
        brand,
        city: sellerCity ?? search.city,
        ...(min && { minPrice: Number(min) }),
        ...(max && { maxPrice: Number(max) }),
        ...(rating && { minRating: Number(rating) }),
        sort: sort || '',
        inStock: stock,
        attribute: attributes,
        pageSize: 24,
        pageToken: page,
      },
    },
  });
}

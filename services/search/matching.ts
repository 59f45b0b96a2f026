import { type RawBuilder, sql } from 'kysely';

/** What products must have besides words, in the numbers of the index. */
export interface Filter {
  /** With all that are below. */
  categories?: number[];
  brand?: number;
  city?: number;
  /** All of them. */
  attributes: number[];
  minPrice?: bigint;
  maxPrice?: bigint;
  /** Hundredths of stars. */
  minRating?: number;
  inStock: boolean;
  /** Sellers of whom nothing is shown. */
  closed: number[];
}

const nothing = sql``;

/** @param query a tsquery; none when undefined */
export function matching(query: string | undefined, filter: Filter): RawBuilder<unknown> {
  const { categories, brand, city, attributes, minPrice, maxPrice, minRating, inStock, closed } = filter;
  return sql`true
    ${query === undefined ? nothing : sql`and e.match @@ ${query}::tsquery`}
    ${categories ? sql`and e.category_no = any(${categories}::integer[])` : nothing}
    ${brand === undefined ? nothing : sql`and e.brand_no = ${brand}`}
    ${city === undefined ? nothing : sql`and e.city_no = ${city}`}
    ${attributes.length > 0 ? sql`and e.attributes @> ${attributes}::integer[]` : nothing}
    ${minPrice === undefined ? nothing : sql`and e.price >= ${minPrice}::bigint`}
    ${maxPrice === undefined ? nothing : sql`and e.price <= ${maxPrice}::bigint`}
    ${minRating ? sql`and e.rating >= ${minRating}` : nothing}
    ${inStock ? sql`and e.in_stock` : nothing}
    ${closed.length > 0 ? sql`and e.seller_no <> all(${closed}::integer[])` : nothing}`;
}

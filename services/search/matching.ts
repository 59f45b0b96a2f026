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

/** Whether anything is asked for but products of open stores. */
export function isFiltered({ closed: _, attributes, inStock, ...others }: Filter): boolean {
  return attributes.length > 0 || inStock || Object.values(others).some((value) => value !== undefined);
}

/** No price is higher. */
const dearest = 2n ** 63n - 1n;

/**
 * Prices of a range, ends included. They stand in the inverted index, a few keys for a range: of a word that very many
 * have, none but those are read that are in it. The index of prices would gather all of the range: `+ 0` keeps it away.
 */
export function pricesBetween(low: RawBuilder<unknown> | undefined, high: RawBuilder<unknown> | undefined) {
  return sql`
    ${low ? sql`and e.price + 0 >= ${low}` : nothing} ${high ? sql`and e.price + 0 <= ${high}` : nothing}
    and price_keys(e.price) && price_range(${low ?? sql`0`}, ${high ?? sql`${dearest}::bigint`})`;
}

/** @param query a tsquery; none when undefined */
export function matching(query: string | undefined, filter: Filter): RawBuilder<unknown> {
  const { categories, brand, city, attributes, minPrice, maxPrice, minRating, inStock, closed } = filter;
  return sql`true
    ${query === undefined ? nothing : sql`and e.match @@ ${query}::tsquery`}
    ${categories ? inCategories(categories) : nothing}
    ${brand === undefined ? nothing : sql`and e.brand_no = ${brand}`}
    ${city === undefined ? nothing : sql`and e.city_no = ${city}`}
    ${attributes.length > 0 ? sql`and e.attributes @> ${attributes}::integer[]` : nothing}
    ${minPrice === undefined && maxPrice === undefined ? nothing : pricesBetween(toSql(minPrice), toSql(maxPrice))}
    ${minRating ? sql`and e.rating >= ${minRating}` : nothing}
    ${inStock ? sql`and e.in_stock` : nothing}
    ${closed.length > 0 ? sql`and e.seller_no <> all(${closed}::integer[])` : nothing}`;
}

/** An inverted index is asked for one value at a time. */
function inCategories(numbers: number[]): RawBuilder<unknown> {
  return numbers.length === 1
    ? sql`and e.category_no = ${numbers[0]}`
    : sql`and e.category_no = any(${numbers}::integer[])`;
}

function toSql(price: bigint | undefined): RawBuilder<unknown> | undefined {
  return price === undefined ? undefined : sql`${price}::bigint`;
}

import type { Database } from '@pasar/platform/db';
import { runUnnamed } from '@pasar/platform/unnamed';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './marks.js';
import { type Filter, matching } from './matching.js';

/**
 * Products that stand for all when there are very many: one in so many, by the number that `entry.sample` is at least.
 * Each match that is counted is a page of the table to be read, so the more there are the fewer of them are.
 */
const sampleLevels = { 256: 3, 64: 2, 16: 1 } as const;
export type Rate = keyof typeof sampleLevels;
const rates: Rate[] = [256, 64, 16];
/** Of a sample, so that shares of it say something. */
const wanted = 300;

export function inSample(rate: Rate): RawBuilder<unknown> {
  return sql`and e.sample >= ${sql.lit(sampleLevels[rate])}`;
}

/** Samples that are large enough, the smallest first; none when all that is expected can be gone through. */
export function ratesFor(expected: number): Rate[] {
  if (expected <= maxExpected) return [];
  return rates.filter((rate) => rate === 16 || expected / rate >= wanted);
}

/** Of a sample, unless there is no larger one. */
export const enough = 200;

/**
 * How many products match, about: words that come together, and what filters leave of them, are counted in a sample.
 * @param expected by the words alone; also the answer when all of so many can be gone through
 */
export async function estimateMatching(
  database: Database,
  query: string | undefined,
  filter: Filter,
  expected: number,
): Promise<number> {
  for (const rate of ratesFor(expected)) {
    const [row] = await runUnnamed<{ count: number }>(
      database,
      false,
      sql`select count(*)::integer as count from entry e where ${matching(query, filter)} ${inSample(rate)}`,
    );
    const count = row?.count ?? 0;
    if (count >= enough || rate === 16) return count * rate;
  }
  return expected;
}

/** Which of the facets a count is of: the bits of `grouping`, from the left, are 0 for what it is grouped by. */
const groupings: Record<number, FacetName> = {
  15: 'category',
  23: 'brand',
  27: 'city',
  29: 'price',
  30: 'stars',
  31: 'all',
};
export type FacetName = 'category' | 'brand' | 'city' | 'price' | 'stars' | 'all' | 'attribute';

export interface FacetCount {
  facet: FacetName;
  /** Null for those that have none. */
  no: number | null;
  count: number;
}

/** Counts exactly up to this many; more are counted from a sample. */
export const maxCounted = 1_600;
/** What is expected to be more is not gone through: a sample may tell of fewer than there are. */
export const maxExpected = 0.8 * maxCounted;
const maxValues = 100;

export interface CountRow {
  grouped: number;
  no: number | null;
  count: number;
}

/** What is counted of an entry `e`. */
export const facetColumns = sql`
  e.category_no, e.brand_no, e.city_no, e.price_band, e.rating / 100 as stars, e.attributes`;

/** Counts of `matched` by all facets at once, going over it once: the queries `counted` and `counts`. */
export function countsOf(matched: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    counted as (
      select grouping(category_no, brand_no, city_no, price_band, stars) as grouped,
        coalesce(category_no, brand_no, city_no, price_band, stars) as no, count(*)::integer as count
      from ${matched}
      group by grouping sets ((), (category_no), (brand_no), (city_no), (price_band), (stars))
    ), counts as (
      (select * from counted where grouped in (${sql.lit(0b01111)}, ${sql.lit(0b11111)}, ${sql.lit(0b11101)}, ${sql.lit(0b11110)}))
      union all (select * from counted where grouped = ${sql.lit(0b10111)} and no is not null order by count desc, no limit ${maxValues})
      union all (select * from counted where grouped = ${sql.lit(0b11011)} order by count desc, no limit ${maxValues})
      union all (
        select -1, a.no, count(*)::integer as count from ${matched} cross join unnest(attributes) as a (no)
        group by a.no order by count desc, a.no limit ${maxValues}
      )
    )`;
}

/** @param rate to count a sample; all, up to one more than `maxCounted`, without */
export async function countFacets(
  database: Database,
  query: string | undefined,
  filter: Filter,
  rate?: Rate,
): Promise<FacetCount[]> {
  const rows = await runUnnamed<CountRow>(
    database,
    false,
    sql`
    with matched as materialized (
      select ${facetColumns} from entry e
      where ${matching(query, filter)} ${rate ? inSample(rate) : sql`limit ${maxCounted + 1}`}
    ), ${countsOf(sql`matched`)}
    select * from counts`,
  );
  return toCounts(rows);
}

export function toCounts(rows: CountRow[]): FacetCount[] {
  return rows.map(({ grouped, no, count }) => ({ facet: groupings[grouped] ?? 'attribute', no, count }));
}

export interface Label {
  facet: 'brand' | 'city' | 'attribute';
  no: number;
  /** Of an attribute, its name. */
  slug: string;
  name: string;
}

/** What brands, cities and attributes are called. */
export async function readLabels(
  db: Db,
  brands: number[],
  cities: number[],
  attributes: number[],
): Promise<Label[]> {
  const { rows } = await sql<Label>`
    select 'brand' as facet, no, slug, name from brand where no = any(${brands}::integer[])
    union all select 'city', no, slug, name from city where no = any(${cities}::integer[])
    union all select 'attribute', no, name, value from attribute_value where no = any(${attributes}::integer[])`.execute(
    db,
  );
  return rows;
}

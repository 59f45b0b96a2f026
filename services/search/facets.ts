import { Injectable } from '@nestjs/common';
import { Cache } from '@pasar/platform/cache';
import { Database } from '@pasar/platform/db';
import { toJson } from '@pasar/platform/json';
import type { CategoryTree } from './directory.js';
import { priceSteps } from './entry.js';
import {
  countFacets,
  enough,
  type FacetCount,
  maxCounted,
  maxExpected,
  type Rate,
  ratesFor,
  readLabels,
} from './facet-store.js';
import type { Filter } from './matching.js';

export interface FacetValue {
  value: string;
  label: string;
  labelEn: string;
  count: number;
  parent: string;
}

export interface FacetSet {
  matches: number;
  categories: FacetValue[];
  brands: FacetValue[];
  cities: FacetValue[];
  prices: { min: bigint; max: bigint; count: number }[];
  ratings: { minRating: number; count: number }[];
  attributes: { name: string; values: FacetValue[] }[];
  /** Counted from a sample. */
  approximate: boolean;
}

const maxCategories = 100;
const maxAttributes = 20;

/** Counts what is found by all that it can be narrowed down by. */
@Injectable()
export class Facets {
  /** Of very many products, counts change slowly and are asked for often. */
  readonly #broad = new Cache<FacetSet>({ max: 1_000, ttlMs: 60_000 });

  constructor(private readonly database: Database) {}

  /** @param expected how many matches there are, about */
  async count(
    query: string | undefined,
    filter: Filter,
    tree: CategoryTree,
    expected: number,
  ): Promise<FacetSet> {
    if (expected > maxExpected) return this.#ofMany(query, filter, tree, expected);
    return this.ofCounts(await countFacets(this.database, query, filter), query, filter, tree);
  }

  /** @param counts of up to one more than `maxCounted` */
  async ofCounts(
    counts: FacetCount[],
    query: string | undefined,
    filter: Filter,
    tree: CategoryTree,
  ): Promise<FacetSet> {
    if (totalOf(counts) > maxCounted) return this.#ofMany(query, filter, tree, Number.POSITIVE_INFINITY);
    return this.#toSet(counts, tree, 1);
  }

  async #ofMany(
    query: string | undefined,
    filter: Filter,
    tree: CategoryTree,
    expected: number,
  ): Promise<FacetSet> {
    let exact: FacetSet | undefined;
    const key = toJson([query, filter]);
    const broad = await this.#broad.get(key, async () => {
      const { counts, rate } = await this.#sample(query, filter, expected);
      if (totalOf(counts) * rate > maxExpected) return this.#toSet(counts, tree, rate);
      const all = await countFacets(this.database, query, filter);
      if (totalOf(all) > maxCounted) return this.#toSet(counts, tree, rate);
      exact = await this.#toSet(all, tree, 1);
      return undefined;
    });
    // Who waited for somebody else's counting, and it turned out to be exact, counts again.
    return broad ?? exact ?? this.#toSet(await countFacets(this.database, query, filter), tree, 1);
  }

  /** The smallest sample that says something: filters may leave less of a large one than was expected. */
  async #sample(query: string | undefined, filter: Filter, expected: number) {
    const [first = 16, ...finer] = ratesFor(expected);
    let rate: Rate = first;
    let counts = await countFacets(this.database, query, filter, rate);
    for (const next of finer) {
      if (totalOf(counts) >= enough) break;
      rate = next;
      counts = await countFacets(this.database, query, filter, rate);
    }
    return { counts, rate };
  }

  none(): FacetSet {
    return {
      ...{ matches: 0, categories: [], brands: [], cities: [], prices: [], ratings: [], attributes: [] },
      approximate: false,
    };
  }

  async #toSet(counts: FacetCount[], tree: CategoryTree, times: number): Promise<FacetSet> {
    const of = (facet: FacetCount['facet']) =>
      counts.flatMap((each) =>
        each.facet === facet && each.no !== null ? [{ no: each.no, count: each.count * times }] : [],
      );
    const [brands, cities, attributes] = [of('brand'), of('city'), of('attribute')];
    const numbers = (each: { no: number }[]) => each.map(({ no }) => no);
    const labels = await readLabels(
      this.database.kysely,
      ...([numbers(brands), numbers(cities), numbers(attributes)] as const),
    );
    const named = new Map(labels.map((label) => [`${label.facet} ${label.no}`, label]));
    const toValues = (facet: 'brand' | 'city', values: { no: number; count: number }[]) =>
      values.flatMap(({ no, count }) => {
        const label = named.get(`${facet} ${no}`);
        return label?.slug ? [toValue(label.slug, label.name, count)] : [];
      });
    const byAttribute = new Map<string, FacetValue[]>();
    for (const { no, count } of attributes) {
      const label = named.get(`attribute ${no}`);
      if (!label) continue;
      const values = byAttribute.get(label.slug) ?? [];
      byAttribute.set(label.slug, values);
      values.push(toValue(`${label.slug}:${label.name}`, label.name, count));
    }
    return {
      matches: totalOf(counts) * times,
      categories: toCategories(of('category'), tree),
      brands: toValues('brand', brands),
      cities: toValues('city', cities),
      prices: of('price')
        .sort((a, b) => a.no - b.no)
        .map(({ no, count }) => ({ min: priceSteps[no - 1] ?? 0n, max: priceSteps[no] ?? 0n, count })),
      ratings: toRatings(of('stars')),
      attributes: [...byAttribute].slice(0, maxAttributes).map(([name, values]) => ({ name, values })),
      approximate: times > 1,
    };
  }
}

function totalOf(counts: FacetCount[]): number {
  return counts.find(({ facet }) => facet === 'all')?.count ?? 0;
}

function toValue(value: string, label: string, count: number, labelEn = '', parent = ''): FacetValue {
  return { value, label, labelEn, count, parent };
}

/** Each category with what is below it. */
function toCategories(counts: { no: number; count: number }[], tree: CategoryTree): FacetValue[] {
  const values = new Map<string, FacetValue>();
  for (const { no, count } of counts) {
    for (const { slug, name, nameEn, parentId } of tree.withAbove(no)) {
      const value = values.get(slug) ?? toValue(slug, name, 0, nameEn, tree.slugOf(parentId));
      value.count += count;
      values.set(slug, value);
    }
  }
  return [...values.values()]
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, maxCategories);
}

/** So many stars or more. */
function toRatings(counts: { no: number; count: number }[]) {
  return [4, 3, 2, 1].flatMap((minRating) => {
    const count = counts.reduce((sum, each) => sum + (each.no >= minRating ? each.count : 0), 0);
    return count > 0 ? [{ minRating, count }] : [];
  });
}

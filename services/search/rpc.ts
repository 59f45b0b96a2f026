import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type CreateSynonymRequest,
  type DeleteSynonymRequest,
  type HitSchema,
  Index_State,
  type IndexSchema,
  type ListSynonymsRequest,
  type ListTrendingRequest,
  type SearchProductsRequest,
  type SearchService,
  Suggestion_Kind,
  type SuggestQueriesRequest,
  type UpdateSynonymRequest,
} from '@pasar/contracts/pasar/search/v1/search_pb';
import { Clock } from '@pasar/platform/clock';
import { pageSize } from '@pasar/platform/page';
import type { FacetSet } from './facets.js';
import { Indexing } from './indexing.js';
import type { Rebuild } from './rebuild-store.js';
import { Rebuilding } from './rebuilding.js';
import type { FoundHit, Sort } from './search-store.js';
import { Searching } from './searching.js';
import { Suggestions } from './suggestions.js';
import { SynonymList } from './synonyms.js';
import { Trending } from './trending.js';

@Injectable()
export class SearchRpc implements ServiceImpl<typeof SearchService> {
  constructor(
    private readonly searching: Searching,
    private readonly suggestions: Suggestions,
    private readonly indexing: Indexing,
    private readonly rebuilding: Rebuilding,
    private readonly synonyms: SynonymList,
    private readonly trending: Trending,
    private readonly clock: Clock,
  ) {}

  async searchProducts({ attribute, pageSize: size, pageToken, sort, ...request }: SearchProductsRequest) {
    const now = this.clock.now();
    const { hits, facets, corrected, isPartial, nextPageToken } = await this.searching.search({
      ...request,
      attributes: attribute,
      sort: sort as Sort | '',
      size: pageSize(size),
      token: pageToken,
    });
    return {
      hits: hits.map((hit) => toHit(hit, now)),
      facets: facets && toFacets(facets),
      correctedQuery: corrected,
      nextPageToken,
      partial: isPartial,
    };
  }

  async listTrending({ category, pageSize: size }: ListTrendingRequest) {
    const now = this.clock.now();
    const hits = await this.trending.list(category, pageSize(size));
    return { hits: hits.map((hit) => toHit(hit, now)) };
  }

  async listSynonyms({ pageSize: size, pageToken }: ListSynonymsRequest) {
    const { rows, nextPageToken } = await this.synonyms.list(pageSize(size), pageToken);
    return { synonyms: rows, nextPageToken };
  }

  createSynonym({ synonym }: CreateSynonymRequest) {
    return this.synonyms.create(synonym?.terms ?? []);
  }

  updateSynonym({ id, synonym }: UpdateSynonymRequest) {
    return this.synonyms.change(id, synonym?.terms ?? []);
  }

  async deleteSynonym({ id }: DeleteSynonymRequest) {
    await this.synonyms.delete(id);
    return {};
  }

  async getIndex() {
    return this.#toIndex(await this.rebuilding.status());
  }

  async rebuildIndex() {
    return this.#toIndex(await this.rebuilding.request());
  }

  async #toIndex({
    state,
    products,
    startedAt,
    endedAt,
  }: Rebuild): Promise<MessageInitShape<typeof IndexSchema>> {
    return {
      ...{ state: states[state], products, waiting: await this.indexing.waiting() },
      startedAt: startedAt ? timestampFromDate(startedAt) : undefined,
      endedAt: endedAt ? timestampFromDate(endedAt) : undefined,
    };
  }

  async suggestQueries({ prefix, pageSize: size }: SuggestQueriesRequest) {
    const suggestions = await this.suggestions.suggest(prefix, pageSize(size, 8, 20));
    return { suggestions: suggestions.map((each) => ({ ...each, kind: Suggestion_Kind[each.kind] })) };
  }
}

const states: Record<Rebuild['state'], Index_State> = {
  requested: Index_State.REQUESTED,
  filling: Index_State.FILLING,
  indexing: Index_State.INDEXING,
  done: Index_State.DONE,
};

function toHit(
  { card, price, rating, category, brand, key: _, ...hit }: FoundHit,
  now: Date,
): MessageInitShape<typeof HitSchema> {
  const { currency, flash, ...shown } = card;
  const regular = flash && { amount: BigInt(flash.regular), currency };
  // The index hears of its end a moment later.
  const runs = flash && Date.parse(flash.endsAt) > now.getTime();
  return {
    ...hit,
    ...shown,
    price: regular && !runs ? regular : { amount: price, currency },
    compareAtPrice: runs ? regular : undefined,
    flashEndsAt: runs ? timestampFromDate(new Date(flash.endsAt)) : undefined,
    rating: rating / 100,
    category: category ?? '',
    brand: brand ?? '',
  };
}

function toFacets({ matches, ...facets }: FacetSet) {
  const counted = <Value extends { count: number }>(values: Value[]) =>
    values.map((value) => ({ ...value, count: BigInt(value.count) }));
  return {
    matches: BigInt(matches),
    approximate: facets.approximate,
    categories: counted(facets.categories),
    brands: counted(facets.brands),
    cities: counted(facets.cities),
    prices: counted(facets.prices),
    ratings: counted(facets.ratings),
    attributes: facets.attributes.map(({ name, values }) => ({ name, values: counted(values) })),
  };
}

import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type HitSchema,
  type SearchProductsRequest,
  type SearchService,
  Suggestion_Kind,
  type SuggestQueriesRequest,
} from '@pasar/contracts/pasar/search/v1/search_pb';
import { pageSize } from '@pasar/platform/page';
import type { FacetSet } from './facets.js';
import type { FoundHit, Sort } from './search-store.js';
import { Searching } from './searching.js';
import { Suggestions } from './suggestions.js';

@Injectable()
export class SearchRpc implements ServiceImpl<typeof SearchService> {
  constructor(
    private readonly searching: Searching,
    private readonly suggestions: Suggestions,
  ) {}

  async searchProducts({ attribute, pageSize: size, pageToken, sort, ...request }: SearchProductsRequest) {
    const { hits, facets, corrected, isPartial, nextPageToken } = await this.searching.search({
      ...request,
      attributes: attribute,
      sort: sort as Sort | '',
      size: pageSize(size),
      token: pageToken,
    });
    return {
      hits: hits.map(toHit),
      facets: facets && toFacets(facets),
      correctedQuery: corrected,
      nextPageToken,
      partial: isPartial,
    };
  }

  async suggestQueries({ prefix, pageSize: size }: SuggestQueriesRequest) {
    const suggestions = await this.suggestions.suggest(prefix, pageSize(size, 8, 20));
    return { suggestions: suggestions.map((each) => ({ ...each, kind: Suggestion_Kind[each.kind] })) };
  }
}

function toHit({
  card,
  price,
  rating,
  category,
  brand,
  key: _,
  ...hit
}: FoundHit): MessageInitShape<typeof HitSchema> {
  const { currency, ...shown } = card;
  return {
    ...hit,
    ...shown,
    price: { amount: price, currency },
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

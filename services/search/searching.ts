import { Injectable } from '@nestjs/common';
import { Database } from '@pasar/platform/db';
import { invalidField } from '@pasar/platform/errors';
import { decodePageToken, encodePageToken, foreignToken } from '@pasar/platform/page';
import { Directory, type Surroundings } from './directory.js';
import { estimateMatching, maxExpected } from './facet-store.js';
import { type FacetSet, Facets } from './facets.js';
import { type Filter, isFiltered } from './matching.js';
import {
  allOf,
  anyOf,
  essential,
  estimateMatches,
  type Guess,
  lexemesOfQuery,
  phraseOf,
  type ReadQuery,
  readTerms,
  relaxations,
  unknownWords,
  wordsOf,
} from './query.js';
import {
  type After,
  type Best,
  type Chunk,
  type FoundHit,
  findBest,
  findSorted,
  readAlike,
  readCompletions,
  readFilterNumbers,
  readLexicon,
  type Sort,
} from './search-store.js';
import { SynonymList } from './synonyms.js';
import { canBeMisspelt, slipsOf, slugOf } from './text.js';

export interface Request {
  query: string;
  category: string;
  brand: string;
  city: string;
  /** `name:value`. */
  attributes: string[];
  minPrice?: bigint;
  maxPrice?: bigint;
  /** Stars. */
  minRating?: number;
  inStock: boolean;
  withoutFacets: boolean;
  sort: Sort | '';
  size: number;
  token: string;
}

export interface Found {
  hits: FoundHit[];
  /** On the first page. */
  facets?: FacetSet;
  corrected?: string;
  /** Nothing has all of the words. */
  isPartial: boolean;
  nextPageToken: string;
}

/** Where a page goes on, and what it is a page of. */
interface Cursor extends After {
  /** How far the query was relaxed. */
  level: number;
  /** Of very many matches, which part it is in; from its beginning when `id` is empty. */
  chunk?: Chunk;
}

function wantsFacets({ withoutFacets }: Request, cursor: Cursor | undefined): boolean {
  return !withoutFacets && !cursor;
}

const nothing: Found = { hits: [], isPartial: false, nextPageToken: '' };

@Injectable()
export class Searching {
  constructor(
    private readonly database: Database,
    private readonly facets: Facets,
    private readonly directory: Directory,
    private readonly synonyms: SynonymList,
  ) {}

  async search(request: Request): Promise<Found> {
    const sort = request.sort || (request.query.trim() === '' ? 'newest' : 'relevance');
    const cursor = readCursor(request.token, sort);
    const { minPrice, maxPrice } = request;
    if (minPrice !== undefined && maxPrice !== undefined && minPrice > maxPrice)
      throw invalidField('maxPrice', 'must not be below minPrice');
    const around = await this.directory.read();
    const filter = await this.#filter(request, around);
    const words = wordsOf(request.query);
    // There is no such brand or city, or the query is nothing but punctuation.
    if (!filter || (words.length === 0 && request.query.trim() !== '')) {
      return { ...nothing, facets: wantsFacets(request, cursor) ? this.facets.none() : undefined };
    }
    if (words.length === 0) {
      return this.#browse(request, filter, sort === 'relevance' ? 'newest' : sort, cursor, around);
    }
    return this.#find(await this.read(words), request, filter, sort, cursor, around);
  }

  /** What the words of a query stand for. */
  async read(words: string[]): Promise<ReadQuery> {
    const { kysely } = this.database;
    const synonyms = await this.synonyms.read();
    const lexicon = await readLexicon(kysely, lexemesOfQuery(words, synonyms));
    const guesses = new Map<string, Guess>();
    for (const word of unknownWords(words, lexicon, synonyms)) guesses.set(word, await this.#guess(word));
    const completed = [...guesses.values()].flatMap(({ completions, alike }) => [
      ...completions.map((word) => ({ word, products: 1 })),
      ...alike,
    ]);
    for (const { word, products } of completed) if (!lexicon.has(word)) lexicon.set(word, products);
    return readTerms(words, lexicon, synonyms, guesses);
  }

  async #guess(word: string): Promise<Guess> {
    const { kysely } = this.database;
    const completions = word.length < 2 ? [] : await readCompletions(kysely, word, 10);
    if (completions.length > 0 || !canBeMisspelt(word)) {
      return { completions: completions.map((each) => each.word), alike: [] };
    }
    return { completions: [], alike: await readAlike(kysely, word, slipsOf(word)) };
  }

  async #browse(
    request: Request,
    filter: Filter,
    sort: Exclude<Sort, 'relevance'>,
    cursor: Cursor | undefined,
    { tree, products }: Surroundings,
  ): Promise<Found> {
    const { size } = request;
    const matches = isFiltered(filter)
      ? await estimateMatching(this.database, undefined, filter, products)
      : products;
    const [rows, facets] = await Promise.all([
      findSorted(this.database, undefined, filter, sort, cursor, size + 1, { matches, products }),
      wantsFacets(request, cursor) ? this.facets.count(undefined, filter, tree, matches) : undefined,
    ]);
    return { ...toPage(rows, size, { sort, level: 0 }), facets, isPartial: false };
  }

  /** Looks for all of the words, and then for ever fewer of them until something is found. */
  async #find(
    { terms, words, corrected }: ReadQuery,
    request: Request,
    filter: Filter,
    sort: Sort,
    cursor: Cursor | undefined,
    around: Surroundings,
  ): Promise<Found> {
    const { size } = request;
    const wanted = essential(terms);
    const isWhole = terms.every(({ forms }) => forms.length > 0);
    const queries = [isWhole ? allOf(wanted) : undefined, ...relaxations(terms)];
    const ranking = {
      ...{ all: isWhole ? allOf(terms) : undefined, any: anyOf(terms) },
      ...{ phrase: isWhole ? phraseOf(terms) : undefined, words },
    };
    const { products } = around;
    // Words that come together more often than by chance are counted in a sample, if there may be very many.
    const rarest = Math.min(...wanted.map((term) => term.products));
    const byWords = Math.max(estimateMatches(wanted, products), rarest > maxExpected ? maxExpected + 1 : 0);
    for (let level = cursor?.level ?? 0; level < queries.length; level++) {
      const query = queries[level];
      if (query === undefined) continue;
      // Where less is asked for than all of the words, they say nothing of how many that are.
      const expected = level === 0 ? byWords : products;
      const matches = await estimateMatching(this.database, query, filter, expected);
      const chunk = cursor ? cursor.chunk : matches > maxExpected ? {} : undefined;
      const after = cursor?.id ? cursor : undefined;
      // What is gone through to be ranked is counted in passing.
      const isCounted = wantsFacets(request, cursor) && !chunk && sort === 'relevance';
      const [{ rows, next, counts }, counted] = await Promise.all([
        sort === 'relevance'
          ? findBest(this.database, query, ranking, filter, {
              ...{ after, limit: size + 1, chunk, isCounted, matches },
            })
          : findSorted(this.database, query, filter, sort, after, size + 1, { matches, products }).then(
              (rows): Best => ({ rows }),
            ),
        wantsFacets(request, cursor) && !isCounted
          ? this.facets.count(query, filter, around.tree, matches)
          : undefined,
      ]);
      if (rows.length > 0 || cursor) {
        const facets = counts ? await this.facets.ofCounts(counts, query, filter, around.tree) : counted;
        const page = toPage(rows, size, { sort, level, chunk }, next);
        return { ...page, facets, corrected, isPartial: level > 0 };
      }
    }
    return { ...nothing, corrected, facets: wantsFacets(request, cursor) ? this.facets.none() : undefined };
  }

  /** Undefined when nothing can have what is asked for. */
  async #filter(request: Request, { tree, closed }: Surroundings): Promise<Filter | undefined> {
    const { brand, city, minPrice, maxPrice, minRating, inStock } = request;
    const categories = request.category ? tree.withBelow(request.category) : undefined;
    const attributes = request.attributes.map((text) => {
      const colon = text.indexOf(':');
      return { name: text.slice(0, colon), value: text.slice(colon + 1) };
    });
    const filter: Filter = {
      ...{ categories, minPrice, maxPrice, inStock, closed, attributes: [] },
      minRating: minRating === undefined ? undefined : Math.round(minRating * 100),
    };
    if (brand || city || attributes.length > 0) {
      const numbers = await readFilterNumbers(this.database.kysely, brand, slugOf(city), attributes);
      if ((brand && !numbers.brand) || (city && !numbers.city)) return undefined;
      if (numbers.attributes.length < attributes.length) return undefined;
      filter.brand = brand ? (numbers.brand as number) : undefined;
      filter.city = city ? (numbers.city as number) : undefined;
      filter.attributes = numbers.attributes;
    }
    return categories?.length === 0 ? undefined : filter;
  }
}

/** What a page is one of. */
interface Place {
  sort: Sort;
  level: number;
  chunk?: Chunk;
}

/** @param next the part of very many matches that comes after the one the rows are of */
function toPage(rows: FoundHit[], size: number, place: Place, next?: Chunk) {
  const hits = rows.slice(0, size);
  const last = hits.at(-1);
  let nextPageToken = '';
  if (rows.length > size && last) nextPageToken = toToken(place, last);
  else if (next) nextPageToken = toToken({ ...place, chunk: next });
  return { hits, nextPageToken };
}

/** Stands for the first part of very many matches. */
const firstChunk = 'first';

function toToken({ sort, level, chunk }: Place, { key, id }: After = { key: '', id: '' }): string {
  return encodePageToken([
    ...[sort, level, key, id],
    ...[chunk ? (chunk.after?.standing ?? firstChunk) : '', chunk?.after?.id ?? ''],
  ]);
}

/** @throws DomainError `request.invalid` for a token of another list */
function readCursor(token: string, sort: Sort): Cursor | undefined {
  const parts = decodePageToken(token, 6);
  if (!parts) return undefined;
  const [of, level, key, id, standing, chunkId] = parts as [string, string, string, string, string, string];
  if (of !== sort || !/^\d$/.test(level) || (id === '' && standing === '')) {
    throw foreignToken();
  }
  const after = chunkId ? { standing, id: chunkId } : undefined;
  return { level: Number(level), key, id, chunk: standing ? { after } : undefined };
}

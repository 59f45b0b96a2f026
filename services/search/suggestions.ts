import { Injectable } from '@nestjs/common';
import { Cache } from '@pasar/platform/cache';
import { Database } from '@pasar/platform/db';
import { maxCounted } from './facet-store.js';
import { allOf, essential } from './query.js';
import { readCompletions, readFollowing, readNamed } from './search-store.js';
import { Searching } from './searching.js';
import { readWords } from './text.js';

export interface Suggestion {
  text: string;
  kind: 'QUERY' | 'CATEGORY' | 'BRAND';
  slug: string;
}

/** What a query that is being typed may become. */
@Injectable()
export class Suggestions {
  readonly #suggested = new Cache<Suggestion[]>({ max: 10_000, ttlMs: 60_000 });

  constructor(
    private readonly database: Database,
    private readonly searching: Searching,
  ) {}

  /** Names of categories and brands that begin so, and ways in which the last word may go on. */
  async suggest(prefix: string, size: number): Promise<Suggestion[]> {
    const words = readWords(prefix);
    const last = words.at(-1);
    if (!last) return [];
    const isComplete = /[^\p{L}\p{N}\p{M}]$/u.test(prefix);
    const before = isComplete ? words : words.slice(0, -1);
    const beginning = isComplete ? '' : last;
    const key = [...before, beginning].join(' ');
    const all = await this.#suggested.get(key, () => this.#look(before, beginning));
    return (all ?? []).slice(0, size);
  }

  async #look(before: string[], beginning: string): Promise<Suggestion[]> {
    const { kysely } = this.database;
    const [named, words] = await Promise.all([
      readNamed(kysely, [...before, beginning].join(' ').trim()),
      before.length > 0 ? this.#following(before, beginning) : readCompletions(kysely, beginning, 20),
    ]);
    const queries = words.map(({ word }) => ({
      text: [...before, word].join(' '),
      kind: 'QUERY' as const,
      slug: '',
    }));
    return [...named.slice(0, 4), ...queries].slice(0, 20);
  }

  /** Words that products with all the words before have too: with them, something is found. */
  async #following(before: string[], beginning: string) {
    const { terms } = await this.searching.read([...new Set(before)]);
    const wanted = essential(terms);
    const query = terms.every(({ forms }) => forms.length > 0) ? allOf(wanted) : undefined;
    if (!query) return [];
    const isBroad = Math.min(...wanted.map(({ products }) => products)) > maxCounted;
    const found = await readFollowing(this.database.kysely, query, beginning, isBroad);
    return found.filter(({ word }) => !before.includes(word));
  }
}

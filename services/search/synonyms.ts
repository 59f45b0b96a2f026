import { Injectable } from '@nestjs/common';
import { Cache } from '@pasar/platform/cache';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { decodeIdToken, pageOf } from '@pasar/platform/page';
import { sql } from 'kysely';
import type { Synonyms } from './query.js';
import { readWords } from './text.js';

export interface SynonymGroup {
  id: string;
  terms: string[];
}

const maxGroups = 2_000;
const maxTermWords = 2;

/** Names for the same thing, as staff keeps them. */
@Injectable()
export class SynonymList {
  /** What another process changes is seen a few seconds later. */
  readonly #known = new Cache<Map<string, string[][]>>({ max: 1, ttlMs: 5_000 });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Of each term, the words of the others of its groups. */
  async read(): Promise<Synonyms> {
    return (await this.#known.get('', () => this.#load())) as Synonyms;
  }

  async #load(): Promise<Map<string, string[][]>> {
    const { rows } = await sql<SynonymGroup>`select id, terms from synonym`.execute(this.database.kysely);
    const others = new Map<string, string[][]>();
    for (const { terms } of rows) {
      for (const term of terms) {
        const rest = terms.filter((other) => other !== term).map((other) => other.split(' '));
        others.set(term, [...(others.get(term) ?? []), ...rest]);
      }
    }
    return others;
  }

  async list(size: number, token: string) {
    const after = decodeIdToken(token) ?? '00000000-0000-0000-0000-000000000000';
    const { rows } = await sql<SynonymGroup>`
      select id, terms from synonym where id > ${after}::uuid order by id limit ${size + 1}`.execute(
      this.database.kysely,
    );
    return pageOf(rows, size, ({ id }) => [id]);
  }

  /** @throws DomainError `search.too_many_synonyms` */
  async create(given: string[]): Promise<SynonymGroup> {
    const terms = readTerms(given);
    const rows = await this.database.write<SynonymGroup>(sql`
      insert into synonym (id, terms, updated_at) select ${this.clock.id()}, ${terms}::text[], ${this.clock.now()}
      where (select count(*) from synonym) < ${maxGroups} returning id, terms`);
    if (!rows[0]) {
      throw new DomainError('search.too_many_synonyms', 'conflict', `There are ${maxGroups} at most.`);
    }
    this.#known.clear();
    return rows[0];
  }

  async change(id: string, given: string[]): Promise<SynonymGroup> {
    const rows = await this.database.write<SynonymGroup>(sql`
      update synonym set terms = ${readTerms(given)}::text[], updated_at = ${this.clock.now()}
      where id = ${id} returning id, terms`);
    if (!rows[0]) throw notFound('synonym');
    this.#known.clear();
    return rows[0];
  }

  async delete(id: string): Promise<void> {
    const rows = await this.database.write(sql`delete from synonym where id = ${id} returning id`);
    if (rows.length === 0) throw notFound('synonym');
    this.#known.clear();
  }
}

/** @throws DomainError `request.invalid` for terms that no query could be */
function readTerms(given: string[]): string[] {
  const terms = given.map((term, index) => {
    const words = readWords(term);
    if (words.length === 0 || words.length > maxTermWords) {
      throw invalidField(`synonym.terms[${index}]`, 'must be one word or two');
    }
    return words.join(' ');
  });
  const distinct = [...new Set(terms)];
  if (distinct.length < 2) throw invalidField('synonym.terms', 'must be two different ones or more');
  return distinct;
}

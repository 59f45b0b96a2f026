import { Injectable } from '@nestjs/common';
import { Cache } from '@pasar/platform/cache';
import { Database } from '@pasar/platform/db';
import { type Category, estimateEntries, readCategories, readClosedSellers } from './search-store.js';

/** The categories, to be gone up and down. */
export class CategoryTree {
  readonly #byNo = new Map<number, Category>();
  readonly #byId = new Map<string, Category>();
  readonly #bySlug = new Map<string, Category>();
  readonly #below = new Map<string, Category[]>();

  constructor(categories: Category[]) {
    for (const category of categories) {
      this.#byNo.set(category.no, category);
      this.#byId.set(category.id, category);
      this.#bySlug.set(category.slug, category);
      const { parentId } = category;
      if (!parentId) continue;
      const siblings = this.#below.get(parentId);
      if (siblings) siblings.push(category);
      else this.#below.set(parentId, [category]);
    }
  }

  /** Numbers of a category and of all below it; empty when there is no such category. */
  withBelow(slug: string): number[] {
    const top = this.#bySlug.get(slug);
    const found = new Set<Category>(top ? [top] : []);
    // What is added while going over a set is gone over too.
    for (const { id } of found) for (const below of this.#below.get(id) ?? []) found.add(below);
    return [...found].map(({ no }) => no);
  }

  /** The category and all above it, from it up. */
  withAbove(no: number): Category[] {
    const path = new Set<Category>();
    let at = this.#byNo.get(no);
    while (at && !path.has(at)) {
      path.add(at);
      at = at.parentId ? this.#byId.get(at.parentId) : undefined;
    }
    return [...path];
  }

  slugOf(id: string | null): string {
    return (id && this.#byId.get(id)?.slug) || '';
  }
}

/** What every search needs to know. */
export interface Surroundings {
  tree: CategoryTree;
  /** Numbers of sellers of whom nothing is shown. */
  closed: number[];
  /** Products in the index, about. */
  products: number;
}

/** Categories and closed stores, at most a second old: what changes in another process is seen soon. */
@Injectable()
export class Directory {
  readonly #known = new Cache<Surroundings>({ max: 1, ttlMs: 1_000 });

  constructor(private readonly database: Database) {}

  read(): Promise<Surroundings> {
    const load = async () => {
      const { kysely } = this.database;
      const [categories, closed, products] = await Promise.all([
        readCategories(kysely),
        readClosedSellers(kysely),
        estimateEntries(kysely),
      ]);
      return { tree: new CategoryTree(categories), closed, products };
    };
    return this.#known.get('', load) as Promise<Surroundings>;
  }

  /** To be called when something of it changed. */
  forget(): void {
    this.#known.clear();
  }
}

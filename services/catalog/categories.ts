import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CategoryChangedSchema } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { invalidField, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import {
  assertNoCycle,
  type Category,
  type CategoryDraft,
  type Chain,
  hasChildren,
  inTreeOrder,
  missingAttributes,
  ownAttributes,
  parentOf,
  pick,
  requireName,
  self,
  slugify,
  slugOf,
  slugTaken,
} from './catalog.js';
import {
  deleteCategory,
  findChain,
  findChains,
  insertCategory,
  listCategories,
  listChildren,
  lockCategories,
  updateCategory,
} from './store.js';

type Tx = Executor<unknown>;

@Injectable()
export class Categories {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<Chain[]> {
    return inTreeOrder(await listCategories(this.database.kysely));
  }

  async get(slugOrId: string): Promise<{ chain: Chain; children: Category[] }> {
    const chain = await requireChain(this.database.kysely, slugOrId);
    return { chain, children: await listChildren(this.database.kysely, self(chain).id) };
  }

  create(draft: CategoryDraft): Promise<Chain> {
    return this.#change((tx) => this.#insert(tx, draft, 'category'));
  }

  /** Changes the fields that are given. */
  update(slugOrId: string, patch: Partial<CategoryDraft>): Promise<Chain> {
    return this.#change(async (tx) => {
      const chain = await requireChain(tx, slugOrId);
      const before = self(chain);
      const { parent: parentSlug, ...fields } = patch;
      const parent =
        parentSlug === undefined ? parentOf(chain) : await findParent(tx, parentSlug, 'category.parent');
      assertNoCycle(before, parent);
      const merged = { ...before, ...fields, parentId: parent.at(-1)?.id ?? null };
      const after: Category = {
        ...merged,
        slug: slugOf(merged, before.id),
        name: requireName(merged.name, 'category.name'),
        attributes: fields.attributes ? ownAttributes(fields.attributes, parent) : before.attributes,
      };
      if (!isDeepStrictEqual(after, before)) {
        if (!(await updateCategory(tx, after))) throw slugTaken('category', after.slug);
        await this.#publish(tx, after, { previousSlug: before.slug });
      }
      return [...parent, after];
    });
  }

  async delete(slugOrId: string): Promise<void> {
    await this.#change(async (tx) => {
      const category = self(await requireChain(tx, slugOrId));
      if (!(await deleteCategory(tx, category.id))) throw hasChildren();
      await this.#publish(tx, category, { deleted: true });
    });
  }

  /**
   * The categories that are asked for, in order; undefined where there is none. One with a slug is found by it, one
   * without by its name, which may be a slug as well. `create` makes missing ones as they are described, and gives
   * found ones the attributes that they lack.
   */
  async ensure(wanted: CategoryDraft[], create: boolean): Promise<(Chain | undefined)[]> {
    const found = await findWanted(this.database.kysely, wanted);
    const isComplete = (draft: CategoryDraft, index: number) =>
      found[index] !== undefined && missingAttributes(draft, found[index]).length === 0;
    if (!create || wanted.every(isComplete)) return found;
    return this.#change(async (tx) => {
      const ensured: Chain[] = [];
      for (const [index, draft] of wanted.entries()) {
        const [chain] = await findWanted(tx, [draft]);
        ensured.push(
          chain
            ? await this.#extend(tx, chain, draft)
            : await this.#insert(tx, draft, `categories[${index}]`),
        );
      }
      return ensured;
    });
  }

  async #insert(tx: Tx, draft: CategoryDraft, field: string): Promise<Chain> {
    const { parent: parentSlug, ...fields } = draft;
    const id = this.clock.id();
    const parent = await findParent(tx, parentSlug, `${field}.parent`);
    const category: Category = {
      ...fields,
      id,
      slug: slugOf(draft, id),
      name: requireName(draft.name, `${field}.name`),
      parentId: parent.at(-1)?.id ?? null,
      attributes: ownAttributes(draft.attributes, parent),
    };
    if (!(await insertCategory(tx, category))) throw slugTaken('category', category.slug);
    await this.#publish(tx, category);
    return [...parent, category];
  }

  async #extend(tx: Tx, chain: Chain, draft: CategoryDraft): Promise<Chain> {
    const missing = missingAttributes(draft, chain);
    if (missing.length === 0) return chain;
    const category = { ...self(chain), attributes: [...self(chain).attributes, ...missing] };
    await updateCategory(tx, category);
    await this.#publish(tx, category);
    return [...parentOf(chain), category];
  }

  /** Every change holds the lock of the tree, so that two moves at once cannot make a circle of two good moves. */
  async #change<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const result = await this.database.transaction(async (tx) => {
      await lockCategories(tx);
      return work(tx);
    });
    this.outbox.wake();
    return result;
  }

  async #publish(tx: Tx, category: Category, facts: { previousSlug?: string; deleted?: boolean } = {}) {
    const { id, slug, parentId } = category;
    const data = { categoryId: id, slug, previousSlug: slug, parentId: parentId ?? '', ...facts };
    await this.outbox.append(tx, event(CategoryChangedSchema, id, data));
  }
}

async function requireChain(db: Tx, slugOrId: string): Promise<Chain> {
  const chain = await findChain(db, slugOrId);
  if (!chain) throw notFound('category');
  return chain;
}

/** The chain of a parent-to-be; empty for the root. */
async function findParent(db: Tx, slug: string, field: string): Promise<Category[]> {
  if (slug === '') return [];
  const chain = await findChain(db, slug);
  if (!chain) throw invalidField(field, `there is no category ${slug}`);
  return chain;
}

async function findWanted(db: Tx, wanted: CategoryDraft[]): Promise<(Chain | undefined)[]> {
  const slugs = wanted.flatMap(({ slug, name }) => (slug ? [slug] : [name, slugify(name)]));
  const names = wanted.flatMap(({ slug, name }) => (slug ? [] : [name.trim().toLowerCase()]));
  const chains = await findChains(db, slugs.filter(Boolean), names.filter(Boolean));
  const byCategory = new Map(chains.map((chain) => [self(chain), chain]));
  return wanted.map((draft) => {
    const category = pick(draft, [...byCategory.keys()]);
    return category && byCategory.get(category);
  });
}

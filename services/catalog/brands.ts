import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { BrandChangedSchema } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { decodePageToken, foreignToken, pageOf, pageSize } from '@pasar/platform/page';
import {
  type Brand,
  type BrandDraft,
  isId,
  pick,
  requireName,
  slugify,
  slugOf,
  slugTaken,
} from './catalog.js';
import { deleteBrand, findBrands, insertBrand, listBrands, lockBrands, updateBrand } from './store.js';

type Tx = Executor<unknown>;

@Injectable()
export class Brands {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** By name. */
  async list(size: number, token: string): Promise<{ rows: Brand[]; nextPageToken: string }> {
    const limit = pageSize(size, 50, 200);
    const after = decodePageToken(token, 2);
    if (after && (!isId(after[1] as string) || after[0]?.includes('\0'))) throw foreignToken();
    const rows = await listBrands(this.database.kysely, after, limit + 1);
    return pageOf(rows, limit, ({ sortName, id }) => [sortName, id]);
  }

  create(draft: BrandDraft): Promise<Brand> {
    return this.#change((tx) => this.#insert(tx, draft, 'brand'));
  }

  /** Changes the fields that are given. */
  update(slugOrId: string, patch: Partial<BrandDraft>): Promise<Brand> {
    return this.#change(async (tx) => {
      const before = await requireBrand(tx, slugOrId);
      const merged = { ...before, ...patch };
      const after: Brand = {
        ...merged,
        slug: slugOf(merged, before.id),
        name: requireName(merged.name, 'brand.name'),
      };
      if (!isDeepStrictEqual(after, before)) {
        if (!(await updateBrand(tx, after))) throw slugTaken('brand', after.slug);
        await this.#publish(tx, after, { previousSlug: before.slug });
      }
      return after;
    });
  }

  async delete(slugOrId: string): Promise<void> {
    await this.#change(async (tx) => {
      const brand = await requireBrand(tx, slugOrId);
      await deleteBrand(tx, brand.id);
      await this.#publish(tx, brand, { deleted: true });
    });
  }

  /** As `Categories.ensure`. */
  async ensure(wanted: BrandDraft[], create: boolean): Promise<(Brand | undefined)[]> {
    const found = await findWanted(this.database.kysely, wanted);
    if (!create || found.every(Boolean)) return found;
    return this.#change(async (tx) => {
      const ensured: Brand[] = [];
      for (const [index, draft] of wanted.entries()) {
        const [brand] = await findWanted(tx, [draft]);
        ensured.push(brand ?? (await this.#insert(tx, draft, `brands[${index}]`)));
      }
      return ensured;
    });
  }

  async #insert(tx: Tx, draft: BrandDraft, field: string): Promise<Brand> {
    const id = this.clock.id();
    const brand = { ...draft, id, slug: slugOf(draft, id), name: requireName(draft.name, `${field}.name`) };
    if (!(await insertBrand(tx, brand))) throw slugTaken('brand', brand.slug);
    await this.#publish(tx, brand);
    return brand;
  }

  /** One change at a time, so that of two who ensure the same brand one makes it and the other finds it. */
  async #change<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const result = await this.database.transaction(async (tx) => {
      await lockBrands(tx);
      return work(tx);
    });
    this.outbox.wake();
    return result;
  }

  async #publish(tx: Tx, { id, slug }: Brand, facts: { previousSlug?: string; deleted?: boolean } = {}) {
    await this.outbox.append(
      tx,
      event(BrandChangedSchema, id, { brandId: id, slug, previousSlug: slug, ...facts }),
    );
  }
}

async function requireBrand(db: Tx, slugOrId: string): Promise<Brand> {
  const [brand] = await findBrands(db, [slugOrId]);
  if (!brand) throw notFound('brand');
  return brand;
}

async function findWanted(db: Tx, wanted: BrandDraft[]): Promise<(Brand | undefined)[]> {
  const slugs = wanted.flatMap(({ slug, name }) => (slug ? [slug] : [name, slugify(name)]));
  const names = wanted.flatMap(({ slug, name }) => (slug ? [] : [name.trim().toLowerCase()]));
  const found = await findBrands(db, slugs.filter(Boolean), names.filter(Boolean));
  return wanted.map((draft) => pick(draft, found));
}

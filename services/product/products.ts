import { isDeepStrictEqual } from 'node:util';
import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { Batcher } from '@pasar/platform/batcher';
import { chunks } from '@pasar/platform/chunks';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import type { PendingEvent } from '@pasar/platform/events';
import type { Money } from '@pasar/platform/money';
import { Outbox } from '@pasar/platform/outbox';
import { Calls } from '@pasar/platform/service';
import { Log } from '@pasar/platform/telemetry';
import { Catalogue } from './catalogue.js';
import { noteBrands, noteCategories } from './catalogue-store.js';
import { type Filter, listOwn, listPublished, type Paging, type ProductPage, type Sort } from './listing.js';
import {
  type Category,
  isId,
  noStore,
  offerExists,
  type Patch,
  type Product,
  revise,
  type Status,
  skuTaken,
  slugify,
  slugTaken,
  slugWithSuffix,
  type VariantDraft,
  versionConflict,
} from './product.js';
import { eventsOf, publicationRefused } from './product-events.js';
import { saveProducts } from './saving.js';
import {
  brokenIndex,
  type Change,
  type Db,
  dueBy,
  findProduct,
  findVariants,
  isRace,
  lockProduct,
  openCatalogue,
  readProduct,
  takenSlugs,
  type VariantDetail,
  type Viewer,
} from './store.js';

/** What a seller writes; category and brand by slug, empty for none. */
export interface ProductInput extends Omit<Patch, 'category' | 'brand'> {
  category?: string;
  brand?: string;
}

/** A product, and what of it can be bought now. */
export interface Stocked {
  product: Product;
  /** Units by variant id. */
  available: Record<string, bigint>;
}

/** What a store asks for a variant of another one's listing. */
export interface OfferedVariant {
  variantId: string;
  price?: Money;
  compareAtPrice?: Money;
  sku: string;
}

const maxAttempts = 5;
/** As many as inventory answers in one call. */
const maxVariants = 5000;

@Injectable()
export class Products {
  readonly #findingVariants = new Batcher(async (asked: string[][]) => {
    const variants = await findVariants(this.database.kysely, [...new Set(asked.flat())], this.clock.now());
    const byId = new Map(variants.map((variant) => [variant.id, variant]));
    return asked.map((ids) => ids.flatMap((id) => byId.get(id.toLowerCase()) ?? []));
  });

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly catalogue: Catalogue,
    private readonly log: Log,
    @Calls(InventoryService) private readonly inventory: Client<typeof InventoryService>,
  ) {}

  async get(idOrSlug: string, viewer: Viewer): Promise<Stocked> {
    const product = await findProduct(this.database.kysely, idOrSlug, viewer);
    if (!product) throw notFound('product');
    return { product, available: await this.available([product]) };
  }

  list(filter: Filter, sort: Sort, paging: Paging): Promise<ProductPage> {
    return listPublished(this.database, filter, sort, paging);
  }

  listOwn(viewer: Viewer, status: Status | undefined, query: string, paging: Paging): Promise<ProductPage> {
    return listOwn(this.database, requireStore(viewer), status, query, paging);
  }

  /** Those that exist, in one statement with all others that are looked for at the same time. */
  findVariants(ids: string[]): Promise<VariantDetail[]> {
    return this.#findingVariants.submit(ids.filter(isId));
  }

  /** Units that can be bought now, by variant id. */
  async available(products: Product[]): Promise<Record<string, bigint>> {
    const ids = products.flatMap(({ variants }) => variants.map(({ id }) => id));
    const answers = await Promise.all(
      chunks(ids, maxVariants).map((part) => this.inventory.batchGetAvailability({ variantIds: part })),
    );
    return Object.assign({}, ...answers.map(({ available }) => available));
  }

  /** Makes a draft. */
  async create(viewer: Viewer, input: ProductInput): Promise<Product> {
    const sellerId = requireStore(viewer);
    const patch = await this.#resolve({ ...input, status: 'draft' });
    return this.#persist(patch, () =>
      this.database.transaction(async (tx) => {
        const id = this.clock.id();
        const now = this.clock.now();
        const draft: Product = {
          ...{ id, sellerId, key: id, slug: '', title: '', description: '', category: null, brand: null },
          ...{ status: 'draft', options: [], attributes: {}, media: [], currency: null, variants: [] },
          ...{ version: 1n, createdAt: now, updatedAt: now, publishedAt: null },
          ...{ publishAt: null, catalogueId: null },
        };
        const after = revise(draft, patch, this.#revision(patch.category ?? null));
        if (after.title === '') throw invalidField('product.title', 'A product needs a title.');
        if (!patch.slug) {
          const slug = slugify(after.title);
          after.slug = (await takenSlugs(tx, [slug])).has(slug) ? slugWithSuffix(slug, id) : slug;
        }
        return this.#write(tx, patch, { before: null, after });
      }),
    );
  }

  /**
   * Changes a product of the viewer's store, or of any store for staff.
   * @param version that the change is meant for; 0n for whatever it is
   * @param applies looks at the product under the lock; nothing is changed where it says no
   * @param tell what is to be told besides
   */
  async change(
    viewer: Viewer,
    id: string,
    input: ProductInput,
    version = 0n,
    applies: (before: Product) => boolean = () => true,
    tell: (after: Product) => PendingEvent[] = () => [],
  ): Promise<Product> {
    const owner = viewer.isStaff ? null : requireStore(viewer);
    const patch = await this.#resolve(input);
    return this.#persist(patch, async () => {
      const category = patch.category === undefined ? await this.#categoryOf(id) : patch.category;
      return this.database.transaction(async (tx) => {
        if (!(await lockProduct(tx, id, owner))) throw notFound('product');
        const before = (await readProduct(tx, id)) as Product;
        if (version !== 0n && version !== before.version) throw versionConflict();
        if (!applies(before)) return before;
        // It was moved since the definitions were looked up.
        if (patch.category === undefined && category?.id !== before.category?.id) return undefined;
        const after = revise(before, patch, this.#revision(category));
        if (isDeepStrictEqual(after, before)) return before;
        after.version = before.version + 1n;
        after.updatedAt = this.clock.now();
        await this.outbox.append(tx, ...tell(after));
        return this.#write(tx, patch, { before, after });
      });
    });
  }

  /** At once, or when `at` has come. */
  publish(viewer: Viewer, id: string, at: Date | undefined): Promise<Product> {
    const later = at && at > this.clock.now();
    return this.change(viewer, id, later ? { publishAt: at } : { status: 'published' });
  }

  /**
   * Publishes drafts whose time has come, each on its own. One that may not be published any more is a draft without a
   * time again, and its seller is told why; one for which something else is in the way is tried again the next time, and holds up nobody.
   */
  async publishDue(): Promise<void> {
    const now = this.clock.now();
    const isDue = ({ status, publishAt }: Product) =>
      status === 'draft' && publishAt !== null && publishAt <= now;
    for await (const id of dueBy(this.database.kysely, now)) {
      try {
        await this.#publishScheduled(id, isDue);
      } catch (error) {
        this.log.error({ err: error, productId: id }, 'a draft that is due is not published yet');
      }
    }
  }

  async #publishScheduled(id: string, isDue: (before: Product) => boolean): Promise<void> {
    const scheduler: Viewer = { isStaff: true };
    try {
      await this.change(scheduler, id, { status: 'published' }, 0n, isDue);
    } catch (error) {
      if (!(error instanceof DomainError) || !['invalid', 'unprocessable'].includes(error.kind)) throw error;
      this.log.warn({ err: error, productId: id }, 'a draft that is due may not be published any more');
      await this.change(scheduler, id, { publishAt: null }, 0n, isDue, (draft) => [
        publicationRefused(draft, error),
      ]);
    }
  }

  /** Lists in the viewer's store what another one lists. @throws DomainError `product.offer_exists` */
  async offer(viewer: Viewer, id: string, prices: OfferedVariant[]): Promise<Product> {
    const sellerId = requireStore(viewer);
    return this.#persist({}, () =>
      this.database.transaction(async (tx) => {
        if (!(await lockProduct(tx, id, null))) throw notFound('product');
        const base = (await readProduct(tx, id)) as Product;
        if (base.status !== 'published') throw notFound('product');
        if (base.sellerId === sellerId) throw offerExists();
        const now = this.clock.now();
        const newId = this.clock.id();
        const draft: Product = {
          ...base,
          ...{ id: newId, sellerId, key: newId, slug: slugWithSuffix(base.slug.slice(0, 140), newId) },
          ...{
            status: 'draft',
            variants: [],
            version: 1n,
            createdAt: now,
            updatedAt: now,
            publishedAt: null,
          },
          ...{ publishAt: null, catalogueId: base.catalogueId ?? base.id },
        };
        const patch = { status: 'published' as const, variants: draftsOf(base, prices) };
        const after = revise(draft, patch, { category: null, now, newId: () => this.clock.id() });
        await openCatalogue(tx, base.id);
        return this.#write(tx, {}, { before: null, after });
      }),
    );
  }

  /** Looks up what the input names by slug. No transaction is open yet. */
  async #resolve({ category: categorySlug, brand: brandSlug, ...rest }: ProductInput): Promise<Patch> {
    const patch: Patch = rest;
    if (categorySlug !== undefined) {
      patch.category = categorySlug === '' ? null : await this.catalogue.category(categorySlug);
      if (!patch.category && categorySlug)
        throw invalidField('product.category', `There is no ${categorySlug}.`);
    }
    if (brandSlug !== undefined) {
      patch.brand = brandSlug === '' ? null : await this.catalogue.brand(brandSlug);
      if (!patch.brand && brandSlug) throw invalidField('product.brand', `There is no ${brandSlug}.`);
    }
    return patch;
  }

  async #categoryOf(id: string): Promise<Category | null> {
    const category = (await readProduct(this.database.kysely, id))?.category;
    if (!category) return null;
    const defined = await this.catalogue.category(category.slug);
    // Renamed or deleted a moment ago, and the event is on its way.
    return defined?.id === category.id ? defined : { ...category, attributes: [], path: [] };
  }

  #revision(category: Category | null) {
    return { category, now: this.clock.now(), newId: () => this.clock.id() };
  }

  async #write(tx: Db, { category, brand }: Patch, change: Change): Promise<Product> {
    await noteCategories(tx, category ? [category] : []);
    await noteBrands(tx, brand ? [brand] : []);
    await saveProducts(tx, null, [change]);
    await this.outbox.append(tx, ...eventsOf(change));
    return change.after;
  }

  /** Tries again while somebody else is faster; gives up where trying again cannot help. */
  async #persist(patch: Patch, attempt: () => Promise<Product | undefined>): Promise<Product> {
    for (let tries = 1; ; tries++) {
      try {
        const product = await attempt();
        this.outbox.wake();
        if (product) return product;
        if (tries === maxAttempts) throw versionConflict();
      } catch (error) {
        const index = brokenIndex(error);
        if (index === 'product_slug' && patch.slug) throw slugTaken(patch.slug);
        if (index === 'variant_sku') throw skuTaken();
        if (index === 'product_offer') throw offerExists();
        if (!isRace(error) || tries === maxAttempts) throw error;
      }
    }
  }
}

/** Variants of a listing as another store sells them. @throws DomainError `request.invalid` */
function draftsOf({ variants, currency }: Product, prices: OfferedVariant[]): VariantDraft[] {
  const known = new Map(variants.map((variant) => [variant.id, variant]));
  return prices.map(({ variantId, price, compareAtPrice, sku }, index) => {
    const variant = known.get(variantId.toLowerCase());
    if (!variant) throw invalidField(`variants[${index}].variantId`, 'is not a variant of this product');
    if (price?.currency !== currency)
      throw invalidField(`variants[${index}].price`, `must be in ${currency} as the others’`);
    return { ...variant, id: '', sku, price, compareAtPrice };
  });
}

function requireStore({ sellerId }: Viewer): string {
  if (!sellerId) throw noStore();
  return sellerId;
}

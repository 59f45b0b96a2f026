import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { Client } from '@connectrpc/connect';
import { CatalogService, type CategorySchema } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  Product_Status,
  ProductArchivedSchema,
  ProductCreatedSchema,
  ProductService,
  type ProductSummarySchema,
  ProductUpdatedSchema,
} from '@pasar/contracts/pasar/product/v1/product_pb';
import { Index_State, SearchService } from '@pasar/contracts/pasar/search/v1/search_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { SystemClock } from '@pasar/platform/clock';
import { DomainError, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import type { Probe } from '@pasar/platform/probe';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { sql } from 'kysely';
import { Directory } from './directory.js';
import { Indexing } from './indexing.js';
import { searchService } from './search.module.js';

/** As its service would tell it. */
export type Summary = Exclude<MessageInitShape<typeof ProductSummarySchema>, { $typeName: string }> & {
  id: string;
};

interface Store {
  id: string;
  slug: string;
  name: string;
  city: string;
  isOpen: boolean;
}

const clock = new SystemClock();

/** The services around search, in memory. */
export class Market {
  readonly products = new Map<string, Summary>();
  readonly categories = new Map<string, MessageInitShape<typeof CategorySchema>>();
  readonly brands = new Map<string, { id: string; slug: string; name: string }>();
  readonly stores = new Map<string, Store>();
  /** Units by variant; those that are not named have plenty. */
  readonly stock: Record<string, bigint> = {};
  calls = 0;
  /** Of the list of all products. */
  pageSize = 500;
  isAway = false;
  /** Run while the product service answers, to let things happen at that moment. */
  meanwhile: (() => Promise<void>) | undefined;

  /** @param parent slug */
  addCategory(slug: string, name: string, parent = '', nameEn = ''): string {
    const id = clock.id();
    this.categories.set(slug, { id, slug, name, nameEn, parent });
    return id;
  }

  addBrand(slug: string, name: string): string {
    const id = clock.id();
    this.brands.set(slug, { id, slug, name });
    return id;
  }

  addStore(slug: string, city: string): string {
    const id = clock.id();
    this.stores.set(id, { id, slug, name: `Toko ${slug}`, city, isOpen: true });
    return id;
  }

  /** A published product, as its service tells it. @param facts category and brand by slug */
  addProduct(title: string, facts: Partial<Summary> = {}): Summary {
    const id = clock.id();
    const { category = '', brand = '' } = facts;
    const product: Summary = {
      ...{ id, slug: `p-${id}`, title, description: '', sellerId: this.stores.keys().next().value as string },
      ...{ status: Product_Status.PUBLISHED, price: idr(100_000), variantIds: [clock.id()] },
      publishedAt: timestampFromDate(new Date()),
      ...facts,
      categoryId: this.categories.get(category)?.id ?? '',
      brandId: this.brands.get(brand)?.id ?? '',
    };
    this.products.set(id, product);
    return product;
  }

  clear(): void {
    for (const things of [this.products, this.categories, this.brands, this.stores]) things.clear();
    for (const id in this.stock) delete this.stock[id];
  }

  readonly fakes = [
    fake(ProductService, {
      batchGetSummaries: async ({ ids }) => {
        if (this.isAway) throw new DomainError('product.away', 'unavailable', 'Away.');
        this.calls++;
        const summaries = ids.flatMap((id) => this.products.get(id) ?? []).map((each) => ({ ...each }));
        await this.meanwhile?.();
        return { summaries };
      },
      listSummaries: async ({ pageToken }) => {
        const ids = [...this.products.keys()].sort().filter((id) => id > pageToken);
        const page = ids.slice(0, this.pageSize);
        await this.meanwhile?.();
        const published = page.map((id) => this.products.get(id) as Summary);
        return {
          summaries: published.filter(({ status }) => status === Product_Status.PUBLISHED),
          nextPageToken: ids.length > page.length ? (page.at(-1) as string) : '',
        };
      },
    }),
    fake(InventoryService, {
      batchGetAvailability: ({ variantIds }) => ({
        available: Object.fromEntries(variantIds.map((id) => [id, this.stock[id] ?? 10n])),
      }),
    }),
    fake(CatalogService, {
      listCategories: () => ({ categories: [...this.categories.values()] }),
      ensureCategories: ({ brands }) => ({ brands: brands.map(({ slug }) => this.brands.get(slug) ?? {}) }),
    }),
    fake(SellerService, {
      getSeller: ({ id }) => {
        const store = this.stores.get(id);
        if (!store?.isOpen) throw notFound('seller');
        const { isOpen: _, ...seller } = store;
        return seller;
      },
    }),
  ];
}

export interface SearchTest {
  test: TestService;
  market: Market;
  search: Client<typeof SearchService>;
  /** Tells of products, and waits until they are looked at. */
  told(...products: Summary[]): Promise<void>;
  /** Waits until nothing is left to be looked at. */
  settled(): Promise<void>;
  /** As if nothing had ever been told. */
  reset(): Promise<void>;
  /** Titles of what is found, in order. */
  titles(request: MessageInitShape<(typeof SearchService.method.searchProducts)['input']>): Promise<string[]>;
}

export async function startSearch(options: { probe?: Probe } = {}): Promise<SearchTest> {
  const market = new Market();
  const test = await startTestService(searchService, { fakes: market.fakes, ...options });
  const search = test.client(SearchService);
  // An index that is new is built first.
  await waitFor(async () => (await search.getIndex({}, staff())).state === Index_State.DONE);
  const settled = async () => {
    await waitFor(async () => {
      const { rows } = await sql<{ left: number }>`
        select (select count(*) from mark)::int + (select count(*) from stale_name)::int as left`.execute(
        test.service.database.kysely,
      );
      return rows[0]?.left === 0;
    });
  };
  const marked = (ids: string[]) => async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from inbox`.execute(test.service.database.kysely);
    return (rows[0]?.n ?? 0) >= ids.length;
  };
  let published = 0;
  return {
    ...{ test, market, search, settled },
    async reset() {
      // After what it is at.
      await test.service.get(Indexing).run();
      market.clear();
      published = 0;
      await sql`truncate mark, rating, heat, stale_name, entry, variant, word, category, brand, seller, city, attribute_value, inbox`.execute(
        test.service.database.kysely,
      );
      test.service.get(Directory).forget();
    },
    async told(...products) {
      published += products.length;
      await test.publish(...products.map(changed));
      await waitFor(marked(Array.from({ length: published }, String)));
      await settled();
    },
    async titles(request) {
      return (await search.searchProducts(request)).hits.map(({ title }) => title);
    },
  };
}

/** The event of a product that changed; one for each of its states. */
export function changed(product: Summary) {
  const facts = { productId: product.id, sellerId: product.sellerId, slug: product.slug };
  return product.status === Product_Status.ARCHIVED
    ? event(ProductArchivedSchema, product.id, facts)
    : event(ProductUpdatedSchema, product.id, facts);
}

export function created(product: Summary) {
  return event(ProductCreatedSchema, product.id, { productId: product.id, sellerId: product.sellerId });
}

export async function waitFor(condition: () => Promise<boolean>, timeout = 90_000): Promise<void> {
  const deadline = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const idr = (amount: number) => ({ amount: BigInt(amount), currency: 'IDR' });
export const staff = () => asUser({ id: crypto.randomUUID(), roles: [Role.CUSTOMER, Role.ADMIN] });

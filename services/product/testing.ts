import { create, type MessageInitShape } from '@bufbuild/protobuf';
import type { Client } from '@connectrpc/connect';
import {
  CatalogService,
  type CategorySchema,
  AttributeDefinition_Kind as Kind,
} from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { type ImportRowSchema, ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { type FlashPriceSchema, PromotionService } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { PerformanceService } from '@pasar/contracts/pasar/seller/v1/performance_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { MoneySchema } from '@pasar/contracts/pasar/type/v1/type_pb';
import type { Clock } from '@pasar/platform/clock';
import { fromRpcError } from '@pasar/platform/errors';
import type { Probe } from '@pasar/platform/probe';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { productService } from './product.module.js';

type CategoryInit = MessageInitShape<typeof CategorySchema>;

/** The services around product, in memory. */
export class Market {
  /** By variant. */
  readonly flashPrices: Record<string, MessageInitShape<typeof FlashPriceSchema>> = {};
  readonly categories = new Map<string, CategoryInit>();
  readonly brands = new Map<string, { id: string; slug: string; name: string }>();
  readonly stores = new Map<string, { id: string; slug: string; name: string; city: string }>();
  /** Of stores, by id. */
  readonly scores: Record<string, number> = {};
  /** Units by variant id. */
  readonly available: Record<string, bigint> = {};
  calls = 0;

  /** @param parent slug */
  addCategory(slug: string, parent = '', attributes: CategoryInit['attributes'] = []): CategoryInit {
    const above = this.categories.get(parent)?.breadcrumbs ?? [];
    const id = crypto.randomUUID();
    const breadcrumbs = [...above, { id, slug, name: slug }];
    const category = { id, slug, name: slug, parent, attributes, breadcrumbs };
    this.categories.set(slug, category);
    return category;
  }

  addBrand(slug: string): { id: string; slug: string; name: string } {
    const brand = { id: crypto.randomUUID(), slug, name: slug };
    this.brands.set(slug, brand);
    return brand;
  }

  addStore(slug: string, city: string): string {
    const store = { id: crypto.randomUUID(), slug, name: `Toko ${slug}`, city };
    this.stores.set(slug, store);
    return store.id;
  }

  readonly fakes = [
    fake(CatalogService, {
      ensureCategories: ({ categories, brands, create }) => {
        this.calls++;
        return {
          categories: categories.map(({ slug, name, attributes }) => {
            const key = slugOf(slug || name);
            const found = this.categories.get(key) ?? (create ? this.addCategory(key) : undefined);
            if (!found) return {};
            const present = found.attributes ?? [];
            const missing = attributes.filter((each) => !present.some(({ name }) => name === each.name));
            found.attributes = create
              ? [...present, ...missing.map(({ name }) => ({ name, kind: Kind.TEXT }))]
              : present;
            return found;
          }),
          brands: brands.map(({ slug, name }) => {
            const key = slugOf(slug || name);
            return this.brands.get(key) ?? (create ? this.addBrand(key) : {});
          }),
        };
      },
    }),
    fake(SellerService, {
      ensureSellers: ({ stores }) => {
        this.calls++;
        return {
          sellers: stores.map(({ slug, name, city }) => {
            const key = slugOf(slug);
            const store = this.stores.get(key) ?? { id: crypto.randomUUID(), slug: key, name, city };
            this.stores.set(key, store);
            return store;
          }),
        };
      },
      batchGetSellers: ({ ids }) => ({ sellers: ids.map((id) => ({ id, name: 'Toko', city: 'Solo' })) }),
      getSeller: ({ id }) => [...this.stores.values()].find((store) => store.id === id) ?? {},
    }),
    fake(PromotionService, { batchGetFlashPrices: () => ({ prices: this.flashPrices }) }),
    fake(PerformanceService, { batchGetScores: () => ({ scores: this.scores }) }),
    fake(InventoryService, {
      batchGetAvailability: ({ variantIds }) => {
        this.calls++;
        return { available: Object.fromEntries(variantIds.map((id) => [id, this.available[id] ?? 0n])) };
      },
    }),
  ];
}

export interface ProductTest {
  test: TestService;
  market: Market;
  products: Client<typeof ProductService>;
}

export async function startProduct(options: { clock?: Clock; probe?: Probe } = {}): Promise<ProductTest> {
  const market = new Market();
  const test = await startTestService(productService, { fakes: market.fakes, ...options });
  return { test, market, products: test.client(ProductService) };
}

/** A seller with a store. */
export function seller(sellerId: string = crypto.randomUUID()) {
  const id = crypto.randomUUID();
  return { id, sellerId, ...asUser({ id, sellerId, roles: [Role.CUSTOMER, Role.SELLER] }) };
}

export const staff = () => asUser({ id: crypto.randomUUID(), roles: [Role.CUSTOMER, Role.ADMIN] });

export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => fromRpcError(error).code,
  );
}

/** Fields that an error names. */
export function fieldsOf(call: Promise<unknown>): Promise<string[]> {
  return call.then(
    () => [],
    (error) => fromRpcError(error).errors.map(({ field }) => field),
  );
}

export const idr = (amount: number) => ({ amount: BigInt(amount), currency: 'IDR' });

/** As a message, to be put into one that was read. */
export const money = (amount: number) => create(MoneySchema, idr(amount));

export type RowInit = MessageInitShape<typeof ImportRowSchema>;

export function row(n: number, facts: RowInit = {}): RowInit {
  return {
    ...{ row: BigInt(n), productKey: `k${n}`, title: `Barang ${n}`, category: 'kopi', store: 'Toko Solo' },
    ...{ price: BigInt(1000 * n), currency: 'IDR', publish: true },
    ...facts,
  };
}

function slugOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

import type { Client } from '@connectrpc/connect';
import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { MediaService } from '@pasar/contracts/pasar/media/v1/media_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { KycDocument_Kind } from '@pasar/contracts/pasar/seller/v1/kyc_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { TestClock } from '@pasar/platform/clock';
import { fromRpcError, notFound } from '@pasar/platform/errors';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { sellerService } from './seller.module.js';

export const admin = asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });

export interface SellerTest {
  test: TestService;
  clock: TestClock;
  sellers: Client<typeof SellerService>;
  /** A document that somebody has uploaded. */
  upload(ownerId: string): { mediaId: string; kind: KycDocument_Kind };
  /** Adds a variant that a store sells. */
  addVariant(sellerId: string): string;
  /** Adds a warehouse of a store. */
  addWarehouse(sellerId: string): string;
  /** Adds a category; `parent` is the id of the one above it. */
  addCategory(parent?: string): string;
}

export async function startSeller(): Promise<SellerTest> {
  const breadcrumbs = new Map<string, string[]>();
  const clock = new TestClock();
  const catalog = fake(CatalogService, {
    listCategories: () => ({
      categories: [...breadcrumbs].map(([id, path]) => ({
        id,
        breadcrumbs: path.map((each) => ({ id: each })),
      })),
    }),
  });
  const owners = new Map<string, string>();
  const media = fake(MediaService, {
    batchGetMedia: ({ ownerId, ids }) => ({
      media: ids.filter((id) => owners.get(id) === ownerId).map((id) => ({ id })),
    }),
  });
  const sellersOf = new Map<string, string>();
  const products = fake(ProductService, {
    batchGetVariants: ({ ids }) => ({
      variants: ids.flatMap((id) => {
        const sellerId = sellersOf.get(id);
        return sellerId ? [{ id, sellerId, sku: `SKU-${id.slice(0, 4)}`, title: 'Kopi' }] : [];
      }),
    }),
  });
  const warehouses = new Map<string, string>();
  const inventory = fake(InventoryService, {
    getWarehouse: ({ id, sellerId }) => {
      if (warehouses.get(id) !== sellerId) throw notFound('warehouse');
      return { id };
    },
  });
  const fakes = [catalog, inventory, media, products];
  const test = await startTestService(sellerService, { fakes, clock });
  return {
    test,
    clock,
    sellers: test.client(SellerService),
    upload(ownerId) {
      const mediaId = crypto.randomUUID();
      owners.set(mediaId, ownerId);
      return { mediaId, kind: KycDocument_Kind.IDENTITY };
    },
    addVariant(sellerId) {
      const id = crypto.randomUUID();
      sellersOf.set(id, sellerId);
      return id;
    },
    addWarehouse(sellerId) {
      const id = crypto.randomUUID();
      warehouses.set(id, sellerId);
      return id;
    },
    addCategory(parent = '') {
      const id = crypto.randomUUID();
      breadcrumbs.set(id, [...(breadcrumbs.get(parent) ?? []), id]);
      return id;
    },
  };
}

/** An account, as itself and with what its token says once it has a store. */
export function person() {
  const id = crypto.randomUUID();
  const email = `${id}@example.test`;
  return {
    ...{ id, email, ...asUser({ id, email }) },
    asSeller: (sellerId: string) => asUser({ id, email, roles: [Role.CUSTOMER, Role.SELLER], sellerId }),
  };
}

/** An open store and its owner. */
export async function openStore(sellers: Client<typeof SellerService>, name: string) {
  const person_ = person();
  const { id, slug } = await sellers.applySeller({ name, city: 'Solo' }, person_);
  await sellers.approveSeller({ id }, admin);
  return { id, slug, person: person_, owner: person_.asSeller(id) };
}

export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => fromRpcError(error).code,
  );
}

import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import type { ProductSummary } from '@pasar/contracts/pasar/product/v1/product_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { Database } from '@pasar/platform/db';
import { fromRpcError } from '@pasar/platform/errors';
import { Calls } from '@pasar/platform/service';
import { Directory } from './directory.js';
import { claimNames, clearNames } from './marks.js';
import {
  addBrands,
  addCategories,
  addSellers,
  type BrandName,
  type CategoryName,
  changeBrands,
  changeCategories,
  changeSellers,
  dropBrand,
  type SellerName,
  unknownIds,
} from './names-store.js';

/** As many brands as the catalogue tells in one call, and stores that are asked for at a time. */
const perCall = 100;
const leaseMs = 10_000;

/** What sellers, categories and brands are called, as their services have it. */
@Injectable()
export class Names {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    @Calls(CatalogService) private readonly catalog: Client<typeof CatalogService>,
    @Calls(SellerService) private readonly sellers: Client<typeof SellerService>,
  ) {}

  /** Asks for what products name and the index does not know. What there is not (any more) stays unknown. */
  async learn(summaries: ProductSummary[]): Promise<void> {
    const db = this.database.kysely;
    const distinct = (ids: string[]) => [...new Set(ids)].filter(Boolean).sort();
    const categoryIds = distinct(summaries.map(({ categoryId }) => categoryId));
    const brands = new Map(summaries.map(({ brandId, brand }) => [brandId, brand]));
    const [sellers, categories, brandIds] = await Promise.all([
      unknownIds(db, 'seller', distinct(summaries.map(({ sellerId }) => sellerId))),
      unknownIds(db, 'category', categoryIds),
      unknownIds(db, 'brand', distinct([...brands.keys()])),
    ]);
    if (categories.length > 0) await addCategories(db, await this.#tree());
    for (const ids of parts(brandIds)) {
      await addBrands(db, await this.#brands(ids.map((id) => ({ id, slug: brands.get(id) as string }))));
    }
    for (const ids of parts(sellers)) await addSellers(db, await this.#stores(ids));
  }

  /** Asks again for what has changed. @returns whether there may be more */
  async refresh(): Promise<boolean> {
    const claimed = await claimNames(this.database.kysely, perCall, leaseMs);
    if (claimed.length === 0) return false;
    const of = (kind: string) => claimed.filter((name) => name.kind === kind);
    const stores = await this.#stores(of('seller').map(({ id }) => id));
    const categories = of('category').length > 0 ? await this.#tree() : [];
    const brands = await this.#brands(of('brand'));
    const found = new Set(brands.map(({ id }) => id));
    await this.database.transaction(async (tx) => {
      await changeSellers(tx, stores);
      if (categories.length > 0) await changeCategories(tx, categories);
      await changeBrands(tx, brands);
      for (const { id } of of('brand')) if (!found.has(id)) await dropBrand(tx, id);
      await clearNames(tx, claimed);
    });
    this.directory.forget();
    return true;
  }

  async #tree(): Promise<CategoryName[]> {
    const { categories } = await this.catalog.listCategories({});
    const ids = new Map(categories.map(({ slug, id }) => [slug, id]));
    return categories.map(({ id, slug, name, nameEn, parent }) => ({
      ...{ id, slug, name, nameEn },
      parentId: ids.get(parent) ?? null,
    }));
  }

  async #brands(wanted: { id: string; slug: string }[]): Promise<BrandName[]> {
    if (wanted.length === 0) return [];
    const { brands } = await this.catalog.ensureCategories({ brands: wanted.map(({ slug }) => ({ slug })) });
    return brands.flatMap(({ id, slug, name }, index) =>
      // Another one has its slug by now: there is news of it on the way.
      id === wanted[index]?.id ? [{ id, slug, name }] : [],
    );
  }

  async #stores(ids: string[]): Promise<SellerName[]> {
    return Promise.all(
      ids.map(async (id) => {
        try {
          const { slug, name, city } = await this.sellers.getSeller({ id });
          return { id, slug, name, city, isOpen: true };
        } catch (error) {
          if (fromRpcError(error).kind !== 'not_found') throw error;
          return { id, slug: '', name: '', city: '', isOpen: false };
        }
      }),
    );
  }
}

function parts<Item>(items: Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / perCall) }, (_, n) =>
    items.slice(n * perCall, (n + 1) * perCall),
  );
}

import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { csvLine } from '@pasar/platform/csv';
import { toDecimal } from '@pasar/platform/currency';
import { Database } from '@pasar/platform/db';
import { Calls } from '@pasar/platform/service';
import { type Cursor, readForExport } from './export-store.js';
import { isId, noStore, type Product, type Variant } from './product.js';
import { Products } from './products.js';
import type { Viewer } from './store.js';

const columns = [
  ...['product_key', 'slug', 'title', 'description', 'category', 'brand', 'status'],
  ...[
    'store',
    'store_name',
    'store_city',
    'sku',
    'variant_title',
    'price',
    'currency',
    'compare_at_price',
    'on_hand',
  ],
  ...[1, 2, 3, 4].flatMap((n) => [`option${n}_name`, `option${n}_value`]),
  ...['attributes', 'media', 'weight_grams', 'length_mm', 'width_mm', 'height_mm'],
];

interface Store {
  slug: string;
  name: string;
  city: string;
}

/** Products as CSV that the import with the map `pasar` takes back. */
@Injectable()
export class Exports {
  constructor(
    private readonly database: Database,
    private readonly products: Products,
    @Calls(SellerService) private readonly sellers: Client<typeof SellerService>,
  ) {}

  /**
   * Drafts and published products with one line a variant, in pieces that are made as they are asked for.
   * @param sellerId a store, for staff; all stores when empty
   */
  async *run(viewer: Viewer, sellerId: string): AsyncGenerator<string> {
    const owner = viewer.isStaff ? sellerId : (viewer.sellerId ?? '');
    if (!viewer.isStaff && !isId(owner)) throw noStore();
    const stores = new Map<string, Store>();
    yield csvLine(columns);
    if (owner !== '' && !isId(owner)) return;
    let after: Cursor | undefined;
    for (;;) {
      const { products, next } = await readForExport(this.database.kysely, owner, after);
      const available = await this.products.available(products);
      let text = '';
      for (const product of products) {
        const store = stores.get(product.sellerId) ?? (await this.#store(product.sellerId));
        stores.set(product.sellerId, store);
        for (const variant of product.variants) {
          text += csvLine(toCells(product, variant, store, available[variant.id] ?? 0n));
        }
      }
      if (text !== '') yield text;
      if (!next) return;
      after = next;
    }
  }

  async #store(id: string): Promise<Store> {
    const { slug, name, city } = await this.sellers.getSeller({ id });
    return { slug, name, city };
  }
}

function toCells(product: Product, variant: Variant, store: Store, available: bigint): string[] {
  const { currency, options, media, attributes } = product;
  const money = (amount: bigint | null) => (amount === null ? '' : toDecimal(amount, currency ?? ''));
  const axis = (n: number) => [options[n]?.name ?? '', variant.optionValues[n] ?? ''];
  return [
    ...[product.key, product.slug, product.title, product.description],
    ...[product.category?.slug ?? '', product.brand?.slug ?? '', product.status],
    ...[store.slug, store.name, store.city, variant.sku, variant.title],
    ...[money(variant.price), currency ?? '', money(variant.compareAtPrice), String(available)],
    ...[0, 1, 2, 3].flatMap(axis),
    JSON.stringify(attributes),
    JSON.stringify(media),
    ...[variant.weightGrams, variant.lengthMm, variant.widthMm, variant.heightMm].map(String),
  ];
}

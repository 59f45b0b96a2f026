import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { Product_Status, ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { type Fake, fake } from '@pasar/platform/testing/service';
import { type Catalogue, type GrownProduct, normalise } from './search-catalogue.js';

/** The services around search: they tell of products as they are asked for them, and keep nothing. */
export function marketOf(catalogue: Catalogue): Fake[] {
  const categories = [...new Set(catalogue.real.map(({ category }) => category))];
  const categoryIds = new Map(categories.map((name, index) => [name, numbered(1, index)]));
  const cities = [...new Set(catalogue.real.map(({ city }) => city))];
  const toSummary = (product: GrownProduct, n: number) => ({
    ...{ id: product.id, slug: `p-${n}`, title: product.title, status: Product_Status.PUBLISHED },
    sellerId: numbered(3, product.seller),
    ...{ categoryId: categoryIds.get(product.category) as string, category: slugOf(product.category) },
    ...{ brandId: numbered(2, product.brand), brand: `merek-${product.brand}` },
    attributes: { warna: product.color },
    imageUrl: `/media/${product.id}.webp`,
    price: { amount: BigInt(product.price) * 100n, currency: 'IDR' },
    variantIds: [product.id],
    publishedAt: timestampFromDate(new Date(Date.UTC(2026, 0, 1) + n * 1000)),
  });
  return [
    fake(ProductService, {
      listSummaries: ({ pageSize, pageToken }) => {
        const from = Number(pageToken || 0);
        const count = Math.min(pageSize, catalogue.size - from);
        const next = from + count;
        return {
          summaries: Array.from({ length: count }, (_, index) =>
            toSummary(catalogue.product(from + index), from + index),
          ),
          nextPageToken: next < catalogue.size ? String(next) : '',
        };
      },
    }),
    fake(InventoryService, {
      batchGetAvailability: ({ variantIds }) => ({
        available: Object.fromEntries(variantIds.map((id) => [id, id.endsWith('7') ? 0n : 5n])),
      }),
    }),
    fake(CatalogService, {
      listCategories: () => ({
        categories: categories.map((name) => ({ id: categoryIds.get(name), slug: slugOf(name), name })),
      }),
      ensureCategories: ({ brands }) => ({
        brands: brands.map(({ slug }) => ({
          ...{ id: numbered(2, Number(slug.slice('merek-'.length))), slug, name: slug.replace('-', ' ') },
        })),
      }),
    }),
    fake(SellerService, {
      getSeller: ({ id }) => {
        const n = Number.parseInt(id.slice(-8), 16);
        return { id, slug: `toko-${n}`, name: `Toko ${n}`, city: cities[n % cities.length] };
      },
    }),
  ];
}

function numbered(kind: number, n: number): string {
  return `01981f00-0000-7000-800${kind}-0000${n.toString(16).padStart(8, '0')}`;
}

export function slugOf(name: string): string {
  return normalise(name).replaceAll(' ', '-');
}

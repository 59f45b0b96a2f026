import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type BatchGetSummariesRequest,
  type BatchGetVariantsRequest,
  type CreateImportRequest,
  type CreateOfferRequest,
  type CreateProductRequest,
  type DeleteProductRequest,
  type ExportProductsRequest,
  FeaturedReason,
  type GetImportRequest,
  type GetProductRequest,
  type ImportRowsRequest,
  type ImportSchema,
  type ListImportErrorsRequest,
  type ListMyProductsRequest,
  type ListProductsRequest,
  type ListSummariesRequest,
  Media_Kind,
  type OfferSchema,
  Product_Status,
  type Product as ProductMessage,
  ProductSchema,
  type ProductService,
  type ProductSummarySchema,
  type PublishProductRequest,
  type UnscheduleProductRequest,
  type UpdateProductRequest,
  type Variant as VariantMessage,
} from '@pasar/contracts/pasar/product/v1/product_pb';
import { callerOf, isStaff, requireUser, type User } from '@pasar/platform/access';
import { Database } from '@pasar/platform/db';
import { pageSize } from '@pasar/platform/page';
import { changedFields } from '@pasar/platform/update-mask';
import { Exports } from './exports.js';
import { atFlashPrices, type FlashPrices, FlashSales } from './flash-prices.js';
import type { Import, ImportError } from './import-store.js';
import { type Importer, Imports } from './imports.js';
import type { ProductPage, Sort } from './listing.js';
import { type ListedOffer, Offering, type Offers } from './offering.js';
import { lowestPrice, type Product, type Status, type VariantDraft } from './product.js';
import { statuses } from './product-events.js';
import { type ProductInput, Products } from './products.js';
import type { Viewer } from './store.js';
import { findSummaries, listSummaries, type Summary } from './summaries.js';

@Injectable()
export class ProductRpc implements ServiceImpl<typeof ProductService> {
  constructor(
    private readonly products: Products,
    private readonly imports: Imports,
    private readonly exports: Exports,
    private readonly offering: Offering,
    private readonly flashSales: FlashSales,
    private readonly database: Database,
  ) {}

  async getProduct(request: GetProductRequest, context: HandlerContext) {
    const viewer = viewerOf(callerOf(context).user);
    const { product, available } = await this.products.get(request.id, viewer);
    const { offers, reason, flash } = await this.offering.find(product);
    const shown = [product, ...offers.map((offer) => offer.product)];
    const categoryIds = product.category ? [product.category.id] : [];
    tag(context, [...shown.flatMap(({ id, slug }) => [id, slug]), ...variantIds(shown), ...categoryIds]);
    // Who may change its prices is not to take a flash price for one of them.
    const isManager = viewer.isStaff || viewer.sellerId === product.sellerId;
    const sold = isManager ? product : atFlashPrices(product, flash);
    return toProduct(sold, available, { offers, reason }, flash);
  }

  async listProducts(request: ListProductsRequest, context: HandlerContext) {
    const { sort, pageToken: token } = request;
    const paging = { size: pageSize(request.pageSize), token };
    const page = await this.products.list(request, (sort || 'newest') as Sort, paging);
    const isByPrice =
      sort.endsWith('price') || request.minPrice !== undefined || request.maxPrice !== undefined;
    tag(context, [...variantIds(page.products), 'product:list', ...(isByPrice ? ['promotion:list'] : [])]);
    const [available, flash] = await Promise.all([
      this.products.available(page.products),
      this.flashSales.findFor(page.products),
    ]);
    const products = page.products.map((product) =>
      toProduct(atFlashPrices(product, flash), available, undefined, flash),
    );
    return { products, nextPageToken: page.nextPageToken };
  }

  async listMyProducts(request: ListMyProductsRequest, context: HandlerContext) {
    const { status, query, pageToken: token } = request;
    const paging = { size: pageSize(request.pageSize), token };
    return this.#toPage(
      await this.products.listOwn(viewerOf(requireUser(context)), statusOf(status), query, paging),
    );
  }

  async createProduct(request: CreateProductRequest, context: HandlerContext) {
    const { status: _, ...input } = toInput(request.product!, new Set(changeable));
    return toProduct(await this.products.create(viewerOf(requireUser(context)), input), {});
  }

  async updateProduct({ id, product, updateMask }: UpdateProductRequest, context: HandlerContext) {
    const fields = changedFields(ProductSchema, product!, updateMask, { changeable, outputOnly });
    const seller: Viewer = { ...viewerOf(requireUser(context)), isStaff: false };
    return this.#toStocked(
      await this.products.change(seller, id, toInput(product!, fields), product!.version),
    );
  }

  async deleteProduct({ id }: DeleteProductRequest, context: HandlerContext) {
    await this.products.change(viewerOf(requireUser(context)), id, { status: 'archived' });
    return {};
  }

  async publishProduct({ id, publishAt }: PublishProductRequest, context: HandlerContext) {
    const seller: Viewer = { ...viewerOf(requireUser(context)), isStaff: false };
    return this.#toStocked(await this.products.publish(seller, id, publishAt && timestampDate(publishAt)));
  }

  async unscheduleProduct({ id }: UnscheduleProductRequest, context: HandlerContext) {
    const seller: Viewer = { ...viewerOf(requireUser(context)), isStaff: false };
    return this.#toStocked(await this.products.change(seller, id, { publishAt: null }));
  }

  async createOffer({ id, variants }: CreateOfferRequest, context: HandlerContext) {
    return toProduct(await this.products.offer(viewerOf(requireUser(context)), id, variants), {});
  }

  async createImport({ key, name }: CreateImportRequest, context: HandlerContext) {
    return toImport(await this.imports.create(importerOf(context), key, name));
  }

  async importRows({ id, rows }: ImportRowsRequest, context: HandlerContext) {
    const { done, errors } = await this.imports.importRows(importerOf(context), id, rows);
    return toImport(done, errors);
  }

  async getImport({ id }: GetImportRequest, context: HandlerContext) {
    return toImport(await this.imports.get(importerOf(context), id));
  }

  async listImportErrors(
    { id, pageSize: size, pageToken }: ListImportErrorsRequest,
    context: HandlerContext,
  ) {
    const { rows, nextPageToken } = await this.imports.listErrors(importerOf(context), id, size, pageToken);
    return { errors: rows, nextPageToken };
  }

  async *exportProducts({ sellerId }: ExportProductsRequest, context: HandlerContext) {
    let contentType = 'text/csv; charset=utf-8';
    for await (const text of this.exports.run(viewerOf(requireUser(context)), sellerId)) {
      yield { contentType, data: Buffer.from(text) };
      contentType = '';
    }
  }

  async batchGetVariants({ ids }: BatchGetVariantsRequest) {
    const variants = await this.products.findVariants(ids);
    return {
      variants: variants.map(({ price, currency, ...variant }) => ({
        ...variant,
        price: { amount: price, currency },
      })),
    };
  }

  async batchGetSummaries({ ids }: BatchGetSummariesRequest) {
    const summaries = await this.flashSales.reduce(await findSummaries(this.database.kysely, ids));
    return { summaries: summaries.map(toSummary) };
  }

  async listSummaries({ pageSize: size, pageToken }: ListSummariesRequest) {
    const page = await listSummaries(this.database.kysely, pageSize(size, 500, 1000), pageToken);
    const summaries = await this.flashSales.reduce(page.rows);
    return { summaries: summaries.map(toSummary), nextPageToken: page.nextPageToken };
  }

  async #toStocked(product: Product) {
    return toProduct(product, await this.products.available([product]));
  }

  async #toPage({ products, nextPageToken }: ProductPage) {
    const available = await this.products.available(products);
    return { products: products.map((product) => toProduct(product, available)), nextPageToken };
  }
}

const changeable = [
  ...(['slug', 'title', 'description', 'category', 'brand', 'status'] as const),
  ...(['options', 'variants', 'attributes', 'media'] as const),
];
const outputOnly = [
  'id',
  'sellerId',
  'price',
  'version',
  'createdAt',
  'updatedAt',
  'publishedAt',
  ...['publishAt', 'offers', 'featuredReason'],
];

function viewerOf(user: User | undefined): Viewer {
  return { sellerId: user?.sellerId, isStaff: user !== undefined && isStaff(user) };
}

function importerOf(context: HandlerContext): Importer {
  const user = requireUser(context);
  return { userId: user.id, sellerId: user.sellerId, isStaff: isStaff(user) };
}

/** More would not fit into a header of a call between processes. */
const maxTags = 400;

/** What events name, so that the edge knows when this answer is stale. Untagged, any event that may matter drops it. */
function tag(context: HandlerContext, tags: string[]): void {
  if (tags.length <= maxTags) context.responseHeader.set('pasar-cache-tags', tags.join(','));
}

function variantIds(products: Product[]): string[] {
  return products.flatMap(({ variants }) => variants.map(({ id }) => id));
}

function statusOf(status: Product_Status): Status | undefined {
  return (Object.keys(statuses) as Status[]).find((name) => statuses[name] === status);
}

function toInput(message: ProductMessage, fields: Set<(typeof changeable)[number]>): ProductInput {
  const { slug, title, description, category, brand, attributes } = message;
  const all: Required<Omit<ProductInput, 'publishAt'>> = {
    ...{ slug, title, description, category, brand, attributes },
    status: statusOf(message.status) as Status,
    options: message.options.map(({ name, values }) => ({ name, values })),
    variants: message.variants.map(toVariantDraft),
    media: message.media.map(({ url, alt, kind }) => ({
      url,
      alt,
      kind: kind === Media_Kind.VIDEO ? 'VIDEO' : 'IMAGE',
    })),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => fields.has(name as (typeof changeable)[number])),
  );
}

function toVariantDraft(variant: VariantMessage): VariantDraft {
  const { id, sku, title, price, compareAtPrice, optionValues, weightGrams, lengthMm, widthMm, heightMm } =
    variant;
  return { id, sku, title, price, compareAtPrice, optionValues, weightGrams, lengthMm, widthMm, heightMm };
}

function toProduct(
  product: Product,
  available: Record<string, bigint>,
  { offers, reason }: Offers = { offers: [] },
  flash: FlashPrices = {},
): MessageInitShape<typeof ProductSchema> {
  const { key: _, catalogueId: __, category, brand, status, currency, media, variants, ...rest } = product;
  const money = (amount: bigint | null) =>
    amount === null ? undefined : { amount, currency: currency ?? '' };
  return {
    ...rest,
    category: category?.slug ?? '',
    brand: brand?.slug ?? '',
    status: statuses[status],
    price: money(lowestPrice(variants)),
    media: media.map(({ url, alt, kind }) => ({ url, alt, kind: Media_Kind[kind] })),
    variants: variants.map(({ price, compareAtPrice, ...variant }) => ({
      ...variant,
      price: money(price),
      compareAtPrice: money(compareAtPrice),
      available: toInt32(available[variant.id] ?? 0n),
      flash: flash[variant.id],
    })),
    createdAt: timestampFromDate(product.createdAt),
    updatedAt: timestampFromDate(product.updatedAt),
    publishedAt: product.publishedAt ? timestampFromDate(product.publishedAt) : undefined,
    offers: offers.map(toOffer),
    featuredReason: reason && FeaturedReason[reason],
    publishAt: product.publishAt ? timestampFromDate(product.publishAt) : undefined,
  };
}

function toOffer({ product, price, available, ...offer }: ListedOffer): MessageInitShape<typeof OfferSchema> {
  const { slug, sellerId, variants, currency } = product;
  return {
    ...offer,
    ...{ slug, sellerId, variantIds: variants.map(({ id }) => id) },
    price: { amount: price, currency: currency ?? '' },
    available: toInt32(available),
  };
}

function toSummary({
  price,
  currency,
  regularPrice,
  ...summary
}: Summary): MessageInitShape<typeof ProductSummarySchema> {
  return {
    ...summary,
    status: statuses[summary.status],
    price: price === null ? undefined : { amount: price, currency: currency ?? '' },
    regularPrice: regularPrice === undefined ? undefined : { amount: regularPrice, currency: currency ?? '' },
    publishedAt: summary.publishedAt ? timestampFromDate(summary.publishedAt) : undefined,
  };
}

function toInt32(units: bigint): number {
  return Number(units < 0n ? 0n : units > 2_147_483_647n ? 2_147_483_647n : units);
}

function toImport(done: Import, errors: ImportError[] = []): MessageInitShape<typeof ImportSchema> {
  const { createdAt, updatedAt, ...rest } = done;
  return {
    ...rest,
    errors,
    createdAt: timestampFromDate(createdAt),
    updatedAt: timestampFromDate(updatedAt),
  };
}

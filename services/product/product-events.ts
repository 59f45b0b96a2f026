import {
  PriceChangedSchema,
  Product_Status,
  ProductArchivedSchema,
  ProductCreatedSchema,
  ProductPublicationRefusedSchema,
  ProductUpdatedSchema,
} from '@pasar/contracts/pasar/product/v1/product_pb';
import type { DomainError } from '@pasar/platform/errors';
import { event, type PendingEvent } from '@pasar/platform/events';
import { mediaIdsOf } from '@pasar/platform/media-address';
import type { Product, Status } from './product.js';
import type { Change } from './store.js';

export const statuses: Record<Status, Product_Status> = {
  draft: Product_Status.DRAFT,
  published: Product_Status.PUBLISHED,
  archived: Product_Status.ARCHIVED,
};

/** What is to be told of a change. @param onHand the first stock of new variants, by id */
export function eventsOf({ before, after }: Change, onHand: Map<string, bigint> = new Map()): PendingEvent[] {
  const { id, sellerId, slug, variants } = after;
  const facts = { productId: id, sellerId, slug };
  if (before === after) return [];
  if (before && after.status === 'archived') {
    const variantIds = variants.map((variant) => variant.id);
    return before.status === 'archived' ? [] : [event(ProductArchivedSchema, id, { ...facts, variantIds })];
  }
  const told = {
    ...facts,
    status: statuses[after.status],
    mediaIds: mediaIdsOf(after.media.map(({ url }) => url)),
    variants: variants.map((variant) => ({
      id: variant.id,
      sku: variant.sku,
      price: { amount: variant.price, currency: after.currency ?? '' },
      onHand: onHand.get(variant.id),
    })),
  };
  if (!before) return [event(ProductCreatedSchema, id, told)];
  const kept = new Set(variants.map((variant) => variant.id));
  const removedVariantIds = before.variants
    .map((variant) => variant.id)
    .filter((variantId) => !kept.has(variantId));
  const update = { ...told, removedVariantIds, previousSlug: before.slug };
  return [event(ProductUpdatedSchema, id, update), ...priceChanges(before, after)];
}

export function publicationRefused(
  { id, sellerId, title }: Product,
  { code, errors }: DomainError,
): PendingEvent {
  const fields = errors.map(({ field }) => field);
  return event(ProductPublicationRefusedSchema, id, { productId: id, sellerId, title, code, fields });
}

function priceChanges(before: Product, after: Product): PendingEvent[] {
  const earlier = new Map(before.variants.map((variant) => [variant.id, variant.price]));
  return after.variants.flatMap((variant) => {
    const old = earlier.get(variant.id);
    if (old === undefined || (old === variant.price && before.currency === after.currency)) return [];
    const data = {
      productId: after.id,
      variantId: variant.id,
      title: after.title,
      oldPrice: { amount: old, currency: before.currency ?? '' },
      newPrice: { amount: variant.price, currency: after.currency ?? '' },
    };
    return [event(PriceChangedSchema, after.id, data)];
  });
}

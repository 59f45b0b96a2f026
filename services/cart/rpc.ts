import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type AddItemForRequest,
  type AddItemRequest,
  type CartSchema,
  type CartService,
  type ClearCartRequest,
  type GetCartRequest,
  type GetSelectedLinesRequest,
  type MergeCartRequest,
  Notice_Kind,
  type RemoveItemRequest,
  type SelectItemsRequest,
  type UpdateItemRequest,
} from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { callerOf, cartTokenOf } from '@pasar/platform/access';
import { Carts, type ShownCart, type Visitor } from './use-cases.js';

@Injectable()
export class CartRpc implements ServiceImpl<typeof CartService> {
  constructor(private readonly carts: Carts) {}

  async getCart(_request: GetCartRequest, context: HandlerContext) {
    return toCart(await this.carts.show(visitorOf(context)), context);
  }

  async addItem({ variantId, quantity }: AddItemRequest, context: HandlerContext) {
    return toCart(await this.carts.add(visitorOf(context), variantId, quantity || 1), context);
  }

  async updateItem({ variantId, quantity, selected }: UpdateItemRequest, context: HandlerContext) {
    return toCart(await this.carts.update(visitorOf(context), variantId, { quantity, selected }), context);
  }

  async removeItem({ variantId }: RemoveItemRequest, context: HandlerContext) {
    return toCart(await this.carts.remove(visitorOf(context), [variantId]), context);
  }

  async clearCart(_request: ClearCartRequest, context: HandlerContext) {
    return toCart(await this.carts.remove(visitorOf(context), undefined), context);
  }

  async selectItems({ selected, variantIds, sellerId }: SelectItemsRequest, context: HandlerContext) {
    return toCart(await this.carts.select(visitorOf(context), selected, variantIds, sellerId), context);
  }

  async mergeCart({ token }: MergeCartRequest, context: HandlerContext) {
    return toCart(await this.carts.show({ ...visitorOf(context), token }), context);
  }

  async getSelectedLines({ userId, cartToken: token }: GetSelectedLinesRequest) {
    if (!userId && !token) return {};
    return (await this.carts.selectedLines(userId ? { userId } : { token })) ?? {};
  }

  async addItemFor({ userId, variantId, quantity }: AddItemForRequest) {
    await this.carts.addFor(userId, variantId, quantity);
    return {};
  }
}

function visitorOf(context: HandlerContext): Visitor {
  return { userId: callerOf(context).user?.id, token: cartTokenOf(context) };
}

function toCart(cart: ShownCart, context: HandlerContext): MessageInitShape<typeof CartSchema> {
  if (cart.token) context.responseHeader.set('pasar-cart-token', cart.token);
  return {
    id: cart.id,
    token: cart.token,
    groups: cart.groups,
    items: cart.lines.map(({ variantId, quantity, selected, purchasable, total, offer }) => ({
      variantId,
      productId: offer?.productId,
      sellerId: offer?.sellerId,
      title: offer?.title,
      variantTitle: offer?.variantTitle,
      imageUrl: offer?.imageUrl,
      slug: offer?.slug,
      quantity,
      unitPrice: offer?.price,
      compareAtPrice: offer?.flash?.regular,
      flashUnits: offer?.flash?.units,
      flashEndsAt: offer?.flash?.endsAt,
      total,
      available: offer?.available,
      selected,
      purchasable,
    })),
    total: cart.total,
    itemCount: cart.lines.reduce((count, line) => count + line.quantity, 0),
    notices: cart.notices.map((notice) => ({ ...notice, kind: Notice_Kind[notice.kind] })),
    expiresAt: cart.expiresAt && timestampFromDate(cart.expiresAt),
  };
}

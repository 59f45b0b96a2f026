import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { type FlashPrice, PromotionService } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { Clock } from '@pasar/platform/clock';
import { isTransient, notFound } from '@pasar/platform/errors';
import type { Money } from '@pasar/platform/money';
import { Calls } from '@pasar/platform/service';
import {
  type CartView,
  cartFull,
  maxQuantity,
  type Offer,
  type StoredLine,
  tooMany,
  viewCart,
} from './cart.js';
import { CartStore, type Owner, type StoredCart } from './store.js';

/** Who calls, and the guest's token that the call brought. */
export interface Visitor {
  userId: string | undefined;
  token: string | undefined;
}

export interface ShownCart extends CartView {
  id: string;
  /** A guest's only. */
  token: string | undefined;
  expiresAt: Date | undefined;
}

@Injectable()
export class Carts {
  constructor(
    private readonly store: CartStore,
    private readonly clock: Clock,
    @Calls(ProductService) private readonly products: Client<typeof ProductService>,
    @Calls(InventoryService) private readonly inventory: Client<typeof InventoryService>,
    @Calls(PromotionService) private readonly promotions: Client<typeof PromotionService>,
  ) {}

  async show(visitor: Visitor): Promise<ShownCart> {
    return this.#show(await this.#owner(visitor));
  }

  async add(visitor: Visitor, variantId: string, quantity: number): Promise<ShownCart> {
    const { variants } = await this.products.batchGetVariants({ ids: [variantId] });
    if (!variants[0]?.purchasable) throw notFound('variant');
    const owner = (await this.#owner(visitor)) ?? { token: this.clock.secret() };
    if ((await this.store.add(owner, variantId, quantity)) === undefined) throw cartFull();
    return this.#show(owner);
  }

  async update(visitor: Visitor, variantId: string, change: { quantity?: number; selected?: boolean }) {
    if ((change.quantity ?? 0) > maxQuantity) throw tooMany();
    const owner = await this.#owner(visitor);
    if (!owner || !(await this.store.update(owner, variantId, change))) throw notFound('item');
    return this.#show(owner);
  }

  async remove(visitor: Visitor, variantIds: string[] | undefined): Promise<ShownCart> {
    const owner = await this.#owner(visitor);
    if (owner) await this.store.remove(owner, variantIds);
    return this.#show(owner);
  }

  /** Selects or deselects the given lines, those of a seller, or all. */
  async select(
    visitor: Visitor,
    selected: boolean,
    variantIds: string[],
    sellerId: string,
  ): Promise<ShownCart> {
    const owner = await this.#owner(visitor);
    if (!owner) return this.#show(owner);
    const named = new Set(variantIds);
    if (sellerId) {
      const { groups } = await this.#show(owner);
      for (const id of groups.find((group) => group.sellerId === sellerId)?.variantIds ?? []) named.add(id);
    }
    const all = variantIds.length === 0 && !sellerId;
    await this.store.select(owner, selected, all ? undefined : [...named]);
    return this.#show(owner);
  }

  async selectedLines(owner: Owner): Promise<Pick<StoredCart, 'revision' | 'lines'> | undefined> {
    const cart = await this.store.find(owner);
    return cart && { revision: cart.revision, lines: cart.lines.filter((line) => line.selected) };
  }

  async addFor(userId: string, variantId: string, quantity: number): Promise<void> {
    await this.add({ userId, token: undefined }, variantId, quantity);
  }

  /** A signed-in call that brings a guest's token takes that cart along. */
  async #owner({ userId, token }: Visitor): Promise<Owner | undefined> {
    if (!userId) return token ? { token } : undefined;
    if (token) await this.store.merge(token, userId);
    return { userId };
  }

  async #show(owner: Owner | undefined): Promise<ShownCart> {
    const cart = owner && (await this.store.find(owner));
    const token = owner && 'token' in owner ? owner.token : undefined;
    if (!cart) return { id: '', token, expiresAt: undefined, ...viewCart([], new Map()) };
    const view = viewCart(cart.lines, await this.#offers(owner, cart.lines));
    await this.#remember(cart.id, view);
    return { id: cart.id, token, expiresAt: cart.expiresAt, ...view };
  }

  async #offers(owner: Owner, lines: StoredLine[]): Promise<Map<string, Offer>> {
    const ids = lines.map((line) => line.variantId);
    if (ids.length === 0) return new Map();
    const customerId = 'userId' in owner ? owner.userId : '';
    const [{ variants }, { available }, { prices }] = await Promise.all([
      this.products.batchGetVariants({ ids }),
      this.inventory.batchGetAvailability({ variantIds: ids }),
      this.#flashPrices(ids, customerId),
    ]);
    return new Map(
      variants
        .filter((variant) => variant.purchasable)
        .map((variant) => [
          variant.id,
          {
            ...variant,
            ...priced(variant.price as Money, prices[variant.id]),
            available: available[variant.id] ?? 0n,
          },
        ]),
    );
  }

  /** Without promotion a cart can be filled all the same, and a checkout has to wait for it anyway. */
  async #flashPrices(
    variantIds: string[],
    customerId: string,
  ): Promise<{ prices: Record<string, FlashPrice> }> {
    try {
      return await this.promotions.batchGetFlashPrices({ variantIds, customerId });
    } catch (error) {
      if (!isTransient(error)) throw error;
      return { prices: {} };
    }
  }

  async #remember(cartId: string, { lines }: CartView): Promise<void> {
    const changed = lines.flatMap(({ variantId, offer, seenPrice, seenAvailable, purchasable }) => {
      if (!offer) return [];
      const same = seenPrice?.amount === offer.price.amount && seenPrice.currency === offer.price.currency;
      return same && seenAvailable === purchasable
        ? []
        : [{ variantId, price: offer.price, available: purchasable }];
    });
    if (changed.length > 0) await this.store.remember(cartId, changed);
  }
}

function priced(regular: Money, flash: FlashPrice | undefined): Pick<Offer, 'price' | 'flash'> {
  const price = flash?.price;
  if (!price || price.currency !== regular.currency || price.amount >= regular.amount)
    return { price: regular };
  return { price, flash: { regular, units: flash.units, endsAt: flash.endsAt } };
}

import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { CartService } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { WishlistChangedSchema, WishlistPriceDroppedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { notFound } from '@pasar/platform/errors';
import { event, type PendingEvent } from '@pasar/platform/events';
import type { Money } from '@pasar/platform/money';
import { Outbox } from '@pasar/platform/outbox';
import { Calls } from '@pasar/platform/service';
import { type Person, Profiles } from './profiles.js';
import { assertBelow, limits, normaliseName, type Wishlist } from './user.js';
import {
  claimItem,
  countWishlists,
  deleteItem,
  deleteWishlist,
  insertItem,
  insertWishlist,
  listWishlists,
  notePrice,
  renameWishlist,
  unclaimItem,
} from './wishlist-store.js';

/** How long a move to the cart may take before another one may try. */
const moveMs = 30_000;

@Injectable()
export class Wishlists {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly profiles: Profiles,
    @Calls(ProductService) private readonly products: Client<typeof ProductService>,
    @Calls(CartService) private readonly carts: Client<typeof CartService>,
  ) {}

  list(userId: string): Promise<Wishlist[]> {
    return listWishlists(this.database.kysely, userId);
  }

  create(person: Person, name: string): Promise<Wishlist> {
    return this.database.transaction(async (tx) => {
      await this.profiles.hold(tx, person);
      assertBelow(await countWishlists(tx, person.id), limits.wishlists, 'wishlist');
      const wishlist = {
        id: this.clock.id(),
        name: normaliseName(name),
        createdAt: this.clock.now(),
        items: [],
      };
      await insertWishlist(tx, person.id, wishlist);
      return wishlist;
    });
  }

  rename(person: Person, id: string, name: string): Promise<Wishlist> {
    return this.database.transaction(async (tx) => {
      await this.profiles.hold(tx, person);
      await renameWishlist(tx, person.id, id, normaliseName(name));
      return this.#get(tx, person.id, id);
    });
  }

  async delete(person: Person, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.profiles.hold(tx, person);
      const { items } = await this.#get(tx, person.id, id);
      await deleteWishlist(tx, person.id, id);
      const gone = items.map(({ variantId }) => changed(person.id, id, variantId, false));
      await this.outbox.append(tx, ...gone);
    });
    this.outbox.wake();
  }

  /** Puts a variant that can be bought on a list, with its present title and price; once is enough. */
  async addItem(person: Person, id: string, variantId: string): Promise<Wishlist> {
    const { variants } = await this.products.batchGetVariants({ ids: [variantId] });
    const variant = variants.find((each) => each.purchasable);
    if (!variant?.price) throw notFound('variant');
    const { productId, price, title, variantTitle } = variant;
    const item = {
      variantId,
      productId,
      title: variantTitle ? `${title}, ${variantTitle}` : title,
      addedPrice: price,
      addedAt: this.clock.now(),
    };
    const wishlist = await this.database.transaction(async (tx) => {
      await this.profiles.hold(tx, person);
      const { items } = await this.#get(tx, person.id, id);
      if (!items.some((each) => each.variantId === variantId)) {
        assertBelow(items.length, limits.wishlistItems, 'wishlist_item');
        await insertItem(tx, id, item);
        await this.outbox.append(tx, changed(person.id, id, variantId, true));
      }
      return this.#get(tx, person.id, id);
    });
    this.outbox.wake();
    return wishlist;
  }

  async removeItem(person: Person, id: string, variantId: string): Promise<Wishlist> {
    const wishlist = await this.database.transaction(async (tx) => {
      await this.profiles.hold(tx, person);
      const { items } = await this.#get(tx, person.id, id);
      if (!items.some((each) => each.variantId === variantId)) throw notFound('wishlist_item');
      return this.#take(tx, person.id, id, variantId);
    });
    this.outbox.wake();
    return wishlist;
  }

  /**
   * Puts one unit into the cart, then takes the item off the list. The item is claimed first, so that a second click
   * does not put in another one; when the cart refuses, the item stays.
   */
  async moveToCart(person: Person, id: string, variantId: string): Promise<Wishlist> {
    const present = await this.database.transaction(async (tx) => {
      await this.profiles.hold(tx, person);
      const now = this.clock.now();
      const claimed = await claimItem(tx, id, variantId, now, new Date(now.getTime() + moveMs));
      return { claimed, wishlist: await this.#get(tx, person.id, id) };
    });
    // It has been moved already, or is being moved.
    if (!present.claimed) return present.wishlist;
    try {
      await this.carts.addItemFor({ userId: person.id, variantId, quantity: 1 });
    } catch (error) {
      await unclaimItem(this.database.kysely, id, variantId);
      throw error;
    }
    const wishlist = await this.database.transaction((tx) => this.#take(tx, person.id, id, variantId));
    this.outbox.wake();
    return wishlist;
  }

  /** Tells those who wished for a variant that it has become cheaper. */
  async notePrice(tx: Executor<unknown>, variantId: string, newPrice: Money): Promise<void> {
    const drops = await notePrice(tx, variantId, newPrice);
    const events = drops.map(({ userId, productId, title, addedAmount }) => {
      const oldPrice = { amount: addedAmount, currency: newPrice.currency };
      return event(WishlistPriceDroppedSchema, userId, {
        userId,
        variantId,
        productId,
        title,
        oldPrice,
        newPrice,
      });
    });
    await this.outbox.append(tx, ...events);
  }

  async #get(tx: Executor<unknown>, userId: string, id: string): Promise<Wishlist> {
    const [wishlist] = await listWishlists(tx, userId, id);
    if (!wishlist) throw notFound('wishlist');
    return wishlist;
  }

  async #take(tx: Executor<unknown>, userId: string, id: string, variantId: string): Promise<Wishlist> {
    if (await deleteItem(tx, id, variantId)) {
      await this.outbox.append(tx, changed(userId, id, variantId, false));
    }
    return this.#get(tx, userId, id);
  }
}

function changed(userId: string, wishlistId: string, variantId: string, added: boolean): PendingEvent {
  return event(WishlistChangedSchema, wishlistId, { userId, wishlistId, variantId, added });
}

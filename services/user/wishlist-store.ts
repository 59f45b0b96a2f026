import type { Executor } from '@pasar/platform/db';
import type { Money } from '@pasar/platform/money';
import { sql } from 'kysely';
import type { Wishlist, WishlistItem } from './user.js';

/** Oldest list first, newest item first; of one list when `id` is given. */
export async function listWishlists(
  executor: Executor<unknown>,
  userId: string,
  id?: string,
): Promise<Wishlist[]> {
  const { rows: lists } = await sql<Omit<Wishlist, 'items'>>`
    select id, name, created_at as "createdAt" from wishlist
    where user_id = ${userId} and ${id ? sql`id = ${id}` : sql`true`} order by id`.execute(executor);
  const { rows: items } = await sql<ItemRow>`
    select wishlist_id as "wishlistId", variant_id as "variantId", product_id as "productId", title,
      added_amount as amount, currency, added_at as "addedAt"
    from wishlist_item where wishlist_id = any(${lists.map((list) => list.id)}::uuid[])
    order by added_at desc, variant_id`.execute(executor);
  const byList = Map.groupBy(items, ({ wishlistId }) => wishlistId);
  return lists.map((list) => ({ ...list, items: (byList.get(list.id) ?? []).map(toItem) }));
}

interface ItemRow extends Omit<WishlistItem, 'addedPrice'>, Money {
  wishlistId: string;
}

function toItem({ wishlistId: _, amount, currency, ...item }: ItemRow): WishlistItem {
  return { ...item, addedPrice: { amount, currency } };
}

export async function countWishlists(tx: Executor<unknown>, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from wishlist where user_id = ${userId}`.execute(tx);
  return rows[0]?.count ?? 0;
}

export async function insertWishlist(
  tx: Executor<unknown>,
  userId: string,
  { id, name, createdAt }: Wishlist,
): Promise<void> {
  await sql`
    insert into wishlist (id, user_id, name, created_at)
    values (${id}, ${userId}, ${name}, ${createdAt})`.execute(tx);
}

export async function renameWishlist(
  tx: Executor<unknown>,
  userId: string,
  id: string,
  name: string,
): Promise<void> {
  await sql`update wishlist set name = ${name} where id = ${id} and user_id = ${userId}`.execute(tx);
}

export async function deleteWishlist(tx: Executor<unknown>, userId: string, id: string): Promise<void> {
  await sql`delete from wishlist where id = ${id} and user_id = ${userId}`.execute(tx);
}

export async function insertItem(
  tx: Executor<unknown>,
  wishlistId: string,
  item: WishlistItem,
): Promise<void> {
  const { variantId, productId, title, addedPrice, addedAt } = item;
  await sql`
    insert into wishlist_item
      (wishlist_id, variant_id, product_id, title, added_amount, last_amount, currency, added_at)
    values (${wishlistId}, ${variantId}, ${productId}, ${title}, ${addedPrice.amount}, ${addedPrice.amount},
      ${addedPrice.currency}, ${addedAt})`.execute(tx);
}

export async function deleteItem(
  tx: Executor<unknown>,
  wishlistId: string,
  variantId: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from wishlist_item where wishlist_id = ${wishlistId} and variant_id = ${variantId}`.execute(tx);
  return numAffectedRows === 1n;
}

/** Marks an item as being moved; of several at once one gets it. A mover that died loses it at `until`. */
export async function claimItem(
  tx: Executor<unknown>,
  wishlistId: string,
  variantId: string,
  now: Date,
  until: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update wishlist_item set moving_until = ${until}
    where wishlist_id = ${wishlistId} and variant_id = ${variantId}
      and (moving_until is null or moving_until <= ${now})`.execute(tx);
  return numAffectedRows === 1n;
}

export async function unclaimItem(
  executor: Executor<unknown>,
  wishlistId: string,
  variantId: string,
): Promise<void> {
  await sql`
    update wishlist_item set moving_until = null
    where wishlist_id = ${wishlistId} and variant_id = ${variantId}`.execute(executor);
}

export interface PriceDrop {
  userId: string;
  productId: string;
  title: string;
  /** When it was put on the list. */
  addedAmount: bigint;
}

/**
 * Notes a variant's new price on all lists. Waiting for somebody who holds an item could be in a circle: who deletes an
 * account takes its items in an order of their own. The event comes again instead.
 * @returns whom to tell, once each: those for whom it has fallen and is below what it was when they put it on the list
 * @throws an error of PostgreSQL, `lock_not_available`, while an item is being moved or taken off
 */
export async function notePrice(
  tx: Executor<unknown>,
  variantId: string,
  price: Money,
): Promise<PriceDrop[]> {
  const { rows } = await sql<PriceDrop>`
    with listed as (
      select i.wishlist_id, i.variant_id, i.product_id, i.title, i.added_amount, i.last_amount
      from wishlist_item i
      where i.variant_id = ${variantId} and i.currency = ${price.currency} and i.last_amount <> ${price.amount}
      for update nowait
    ), noted as (
      update wishlist_item i set last_amount = ${price.amount} from listed l
      where i.wishlist_id = l.wishlist_id and i.variant_id = l.variant_id
    )
    select distinct on (w.user_id) w.user_id as "userId", l.product_id as "productId", l.title,
      l.added_amount as "addedAmount"
    from listed l join wishlist w on w.id = l.wishlist_id join profile p on p.user_id = w.user_id
    where ${price.amount} < l.last_amount and ${price.amount} < l.added_amount
      and p.price_drop_notice and p.deactivated_at is null
    order by w.user_id, l.added_amount desc`.execute(tx);
  return rows;
}

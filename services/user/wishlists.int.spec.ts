import { create } from '@bufbuild/protobuf';
import { PriceChangedSchema, VariantDetailSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import { WishlistChangedSchema, WishlistPriceDroppedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { DomainError } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { codeOf, person, startUsers, type TestUsers } from './testing.js';

let test: TestUsers;
beforeAll(async () => {
  test = await startUsers();
});
afterAll(() => test.close());
beforeEach(() => {
  test.atCart = async () => {};
});

const wait = { timeout: 20_000 };
const rupiah = (amount: bigint) => ({ amount, currency: 'IDR' });

/** A variant that the product service knows. */
function variant(facts: { purchasable?: boolean; variantTitle?: string } = {}): string {
  const id = crypto.randomUUID();
  const detail = {
    id,
    productId: crypto.randomUUID(),
    title: 'Kopi Gayo',
    price: rupiah(10_000n),
    purchasable: true,
  };
  test.variants.set(id, create(VariantDetailSchema, { ...detail, ...facts }));
  return id;
}

/** A list with the given variants on it. */
async function wishlist(who: ReturnType<typeof person>, ...variantIds: string[]): Promise<string> {
  const { id } = await test.users.createWishlist({ name: 'Nanti' }, who);
  for (const variantId of variantIds) await test.users.addWishlistItem({ id, variantId }, who);
  return id;
}

const listed = async (who: ReturnType<typeof person>) =>
  (await test.users.listWishlists({}, who)).wishlists.map(({ items }) =>
    items.map(({ variantId }) => variantId),
  );

async function setPrice(variantId: string, amount: bigint, currency = 'IDR') {
  const newPrice = { amount, currency };
  await test.publish(event(PriceChangedSchema, variantId, { variantId, oldPrice: newPrice, newPrice }));
}

const drops = (variantId: string) =>
  test.published(WishlistPriceDroppedSchema).filter((each) => each.variantId === variantId);

/** Waits until every event that was published before has been handled. */
async function settle() {
  const marker = person();
  const variantId = variant();
  await wishlist(marker, variantId);
  await setPrice(variantId, 1n);
  await vi.waitUntil(() => drops(variantId).length === 1, wait);
}

describe('wishlists', () => {
  it('are made, renamed, listed with their items, and deleted', async () => {
    const ayu = person();
    const [one, two] = [variant({ variantTitle: '200 g' }), variant()];
    const id = await wishlist(ayu, one, two);
    await test.users.createWishlist({ name: ' Ulang  tahun ' }, ayu);
    const { wishlists } = await test.users.listWishlists({}, ayu);
    expect(wishlists).toMatchObject([
      {
        id,
        name: 'Nanti',
        items: [
          { variantId: two },
          { variantId: one, title: 'Kopi Gayo, 200 g', addedPrice: { amount: 10_000n } },
        ],
      },
      { name: 'Ulang tahun', items: [] },
    ]);
    expect(await test.users.updateWishlist({ id, name: 'Segera' }, ayu)).toMatchObject({ name: 'Segera' });
    expect(await codeOf(test.users.updateWishlist({ id, name: ' ' }, ayu))).toBe('request.invalid');
    await test.users.deleteWishlist({ id }, ayu);
    expect(await codeOf(test.users.deleteWishlist({ id }, ayu))).toBe('wishlist.not_found');
    const told = () => test.published(WishlistChangedSchema).filter(({ wishlistId }) => wishlistId === id);
    await vi.waitUntil(() => told().length === 4, wait);
    expect(told().map(({ added }) => added)).toEqual([true, true, false, false]);
  });

  it('hold a variant once, however often and fast it is added', async () => {
    const ayu = person();
    const variantId = variant();
    const id = await wishlist(ayu);
    await Promise.all(Array.from({ length: 20 }, () => test.users.addWishlistItem({ id, variantId }, ayu)));
    expect(await listed(ayu)).toEqual([[variantId]]);
    await settle();
    expect(test.published(WishlistChangedSchema).filter(({ wishlistId }) => wishlistId === id)).toHaveLength(
      1,
    );
  });

  it('take only what can be bought', async () => {
    const ayu = person();
    const id = await wishlist(ayu);
    for (const variantId of [crypto.randomUUID(), variant({ purchasable: false })]) {
      expect(await codeOf(test.users.addWishlistItem({ id, variantId }, ayu))).toBe('variant.not_found');
    }
  });

  it('are their owner’s alone', async () => {
    const [ayu, thief] = [person(), person()];
    const variantId = variant();
    const id = await wishlist(ayu, variantId);
    const foreign = 'wishlist.not_found';
    expect(await codeOf(test.users.updateWishlist({ id, name: 'X' }, thief))).toBe(foreign);
    expect(await codeOf(test.users.deleteWishlist({ id }, thief))).toBe(foreign);
    expect(await codeOf(test.users.addWishlistItem({ id, variantId: variant() }, thief))).toBe(foreign);
    expect(await codeOf(test.users.removeWishlistItem({ id, variantId }, thief))).toBe(foreign);
    expect(await codeOf(test.users.moveWishlistItemToCart({ id, variantId }, thief))).toBe(foreign);
    expect(test.carts.filter((line) => line.startsWith(thief.id))).toEqual([]);
    expect(await listed(ayu)).toEqual([[variantId]]);
    // Nor did a refused move keep the item from its owner.
    await test.users.moveWishlistItemToCart({ id, variantId }, ayu);
    expect(await listed(ayu)).toEqual([[]]);
  });

  it('are at most fifty, with five hundred items each, at any speed', async () => {
    const ayu = person();
    const codes = await Promise.all(
      Array.from({ length: 55 }, () => codeOf(test.users.createWishlist({ name: 'N' }, ayu))),
    );
    expect(codes.filter((code) => code === 'wishlist.too_many')).toHaveLength(5);
    const { wishlists } = await test.users.listWishlists({}, ayu);
    const id = wishlists[0]?.id ?? '';
    await sql`
      insert into wishlist_item (wishlist_id, variant_id, product_id, title, added_amount, last_amount, currency, added_at)
      select ${id}, gen_random_uuid(), gen_random_uuid(), 'X', 1, 1, 'IDR', now()
      from generate_series(1, 498)`.execute(test.service.database.kysely);
    const added = await Promise.all(
      Array.from({ length: 6 }, () => codeOf(test.users.addWishlistItem({ id, variantId: variant() }, ayu))),
    );
    expect(added.filter((code) => code === 'ok')).toHaveLength(2);
    expect(added.filter((code) => code === 'wishlist_item.too_many')).toHaveLength(4);
  });

  it('lose an item once', async () => {
    const ayu = person();
    const variantId = variant();
    const id = await wishlist(ayu, variantId);
    const remove = () => codeOf(test.users.removeWishlistItem({ id, variantId }, ayu));
    expect((await Promise.all([remove(), remove(), remove()])).sort()).toEqual([
      'ok',
      'wishlist_item.not_found',
      'wishlist_item.not_found',
    ]);
  });
});

describe('moving to the cart', () => {
  const moves = (who: ReturnType<typeof person>) => test.carts.filter((line) => line.startsWith(who.id));

  it('puts in one unit, however often it is clicked', async () => {
    const ayu = person();
    const variantId = variant();
    const id = await wishlist(ayu, variantId);
    const move = () => test.users.moveWishlistItemToCart({ id, variantId }, ayu);
    await Promise.all(Array.from({ length: 10 }, move));
    expect(await move()).toMatchObject({ items: [] });
    expect(moves(ayu)).toHaveLength(1);
  });

  it('leaves the item when the cart refuses, and can be tried again', async () => {
    const ayu = person();
    const variantId = variant();
    const id = await wishlist(ayu, variantId);
    const move = () => test.users.moveWishlistItemToCart({ id, variantId }, ayu);
    test.atCart = async () => {
      throw new DomainError('cart.full', 'conflict', 'Full.');
    };
    expect(await codeOf(move())).toBe('cart.full');
    expect(await listed(ayu)).toEqual([[variantId]]);
    test.atCart = async () => {};
    expect(await codeOf(move())).toBe('ok');
    expect(await listed(ayu)).toEqual([[]]);
    expect(moves(ayu)).toHaveLength(1);
  });
});

describe('a price drop', () => {
  it('is told once, to everybody who wishes, also when the event comes twice', async () => {
    const [ayu, budi] = [person(), person()];
    const variantId = variant();
    await wishlist(ayu, variantId);
    await wishlist(ayu, variantId);
    await wishlist(budi, variantId);
    await setPrice(variantId, 8_000n);
    await setPrice(variantId, 8_000n);
    await vi.waitUntil(() => drops(variantId).length >= 2, wait);
    await settle();
    expect(
      drops(variantId)
        .map(({ userId }) => userId)
        .sort(),
    ).toEqual([ayu.id, budi.id].sort());
    expect(drops(variantId)[0]).toMatchObject({
      oldPrice: { amount: 10_000n },
      newPrice: { amount: 8_000n },
      title: 'Kopi Gayo',
    });
  });

  it('is one each time that it falls, and only below what it was', async () => {
    const ayu = person();
    const variantId = variant();
    await wishlist(ayu, variantId);
    for (const amount of [12_000n, 11_000n, 9_000n, 9_500n, 8_000n, 8_000n])
      await setPrice(variantId, amount);
    await setPrice(variantId, 1n, 'USD');
    await vi.waitUntil(() => drops(variantId).length >= 2, wait);
    await settle();
    expect(drops(variantId).map(({ newPrice }) => newPrice?.amount)).toEqual([9_000n, 8_000n]);
  });

  it('is not missed by whoever’s item is held at that moment', async () => {
    const [ayu, budi] = [person(), person()];
    const variantId = variant();
    const held = await wishlist(ayu, variantId);
    await wishlist(budi, variantId);
    const { pool } = test.service.database;
    const mover = await pool.connect();
    // Not to be used again: what it has begun may still be open.
    onTestFinished(() => mover.release(true));
    await mover.query('begin');
    await mover.query('update wishlist_item set moving_until = now() where wishlist_id = $1', [held]);
    await setPrice(variantId, 8_000n);
    const parked = () => pool.query('select from parked_event where subject = $1', [variantId]);
    await vi.waitUntil(async () => (await parked()).rowCount === 1, wait);
    expect(drops(variantId)).toEqual([]);
    await mover.query('rollback');
    await vi.waitUntil(() => drops(variantId).length >= 2, wait);
    expect(new Set(drops(variantId).map(({ userId }) => userId))).toEqual(new Set([ayu.id, budi.id]));
  });

  it('is not told to those who do not want it or have gone', async () => {
    const [ayu, budi] = [person(), person()];
    const variantId = variant();
    await wishlist(ayu, variantId);
    await wishlist(budi, variantId);
    await test.users.updateMe(
      { user: { preferences: {} }, updateMask: { paths: ['preferences.price_drop_notice'] } },
      ayu,
    );
    await test.users.deleteMe({ password: 'right' }, budi);
    await setPrice(variantId, 5_000n);
    await settle();
    expect(drops(variantId)).toEqual([]);
  });
});

import { createHash } from 'node:crypto';
import {
  type Cart,
  CartAbandonedSchema,
  CartService,
  Notice_Kind as Kind,
} from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { PromotionService } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { TestClock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError } from '@pasar/platform/errors';
import { event, type PendingEvent } from '@pasar/platform/events';
import { countBlocked } from '@pasar/platform/testing/database';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cartService } from './cart.module.js';
import { CartJobs } from './jobs.js';

interface ForSale {
  sellerId: string;
  price: { amount: bigint; currency: string };
  available: bigint;
  purchasable: boolean;
  flash?: { price: bigint; units: number };
}

const clock = new TestClock();
const shop = new Map<string, ForSale>();
let kit: TestService;

beforeAll(async () => {
  kit = await startTestService(cartService, {
    clock,
    fakes: [
      fake(ProductService, {
        batchGetVariants: ({ ids }) => ({
          variants: ids.flatMap((id) => {
            const found = shop.get(id);
            return found ? [{ id, ...found, title: 'Kopi', slug: 'kopi' }] : [];
          }),
        }),
      }),
      fake(InventoryService, {
        batchGetAvailability: ({ variantIds }) => ({
          available: Object.fromEntries(variantIds.map((id) => [id, shop.get(id)?.available ?? 0n])),
        }),
      }),
      fake(PromotionService, {
        batchGetFlashPrices: ({ variantIds }) => ({
          prices: Object.fromEntries(
            variantIds.flatMap((id) => {
              const flash = shop.get(id)?.flash;
              return flash
                ? [[id, { price: { amount: flash.price, currency: 'IDR' }, units: flash.units }]]
                : [];
            }),
          ),
        }),
      }),
    ],
  });
});
afterAll(() => kit.close());

const cart = () => kit.client(CartService);
const guest = (token: string) => ({ headers: { 'x-cart-token': token } });
const user = (id: string) => asUser({ id });
const withToken = (id: string, token: string) => ({
  headers: { ...asUser({ id }).headers, 'x-cart-token': token },
});
const jobs = () => kit.service.get(CartJobs);

function forSale(bend: Partial<ForSale> = {}): string {
  const id = clock.id();
  shop.set(id, {
    sellerId: clock.id(),
    price: { amount: 1000n, currency: 'IDR' },
    available: 5000n,
    purchasable: true,
    ...bend,
  });
  return id;
}

const change = (id: string, bend: Partial<ForSale>) =>
  shop.set(id, { ...(shop.get(id) as ForSale), ...bend });

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

const quantities = ({ items }: Cart) =>
  Object.fromEntries(items.map(({ variantId, quantity }) => [variantId, quantity]));
const noticesOf = ({ notices }: Cart) => notices.map(({ kind }) => Kind[kind]);
const selectedOf = ({ items }: Cart) => items.flatMap((line) => (line.selected ? [line.variantId] : []));
const seen = async (userId: string) => quantities(await cart().getCart({}, user(userId)));

/** A cart of a customer with these quantities. */
async function filled(...lines: [string, number][]): Promise<string> {
  const userId = clock.id();
  for (const [variantId, quantity] of lines) await cart().addItem({ variantId, quantity }, user(userId));
  return userId;
}

function confirmed(customerId: string, lines: [string, number][], fromCart = true): PendingEvent {
  const orderId = clock.id();
  return event(OrderConfirmedSchema, orderId, {
    order: {
      orderId,
      customerId,
      fromCart,
      lines: lines.map(([variantId, quantity]) => ({ variantId, quantity })),
    },
  });
}

/** Publishes an event under this id, as a bus does that delivers more than once. */
function publishAs(id: string, pending: PendingEvent): Promise<void> {
  const spy = vi.spyOn(clock, 'id').mockReturnValueOnce(id);
  const published = kit.publish(pending);
  spy.mockRestore();
  return published;
}

/** Starts work while the cart's row is locked, and lets go once so many statements wait for it. */
async function whileHeld<Result>(
  cartId: string,
  waiting: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const outside = new Database(kit.service.database.url, { max: 2 });
  try {
    const started = await outside.transaction(async (tx) => {
      await sql`select from cart where id = ${cartId} for update`.execute(tx);
      const result = work();
      await vi.waitFor(async () => expect(await countBlocked(outside)).toBeGreaterThanOrEqual(waiting));
      return { result };
    });
    return await started.result;
  } finally {
    await outside.close();
  }
}

it('charges a flash price for as many units as there are at it', async () => {
  const id = forSale({ flash: { price: 600n, units: 2 } });
  const owner = user(await filled([id, 3]));
  const seen = await cart().getCart({}, owner);
  const money = (amount: bigint) => ({ amount, currency: 'IDR' });
  expect(seen.items).toMatchObject([
    { unitPrice: money(600n), compareAtPrice: money(1000n), flashUnits: 2, total: money(2200n) },
  ]);
  expect(seen.total).toMatchObject(money(2200n));
  change(id, { flash: undefined });
  const after = await cart().getCart({}, owner);
  expect(noticesOf(after)).toEqual(['PRICE_CHANGED']);
  expect(after.items).toMatchObject([{ unitPrice: money(1000n), total: money(3000n), flashUnits: 0 }]);
  expect(after.items[0]?.compareAtPrice).toBeUndefined();
});

describe("a guest's cart", () => {
  it('is named by a token that its first addition makes, and by no other', async () => {
    const variantId = forSale();
    expect(await cart().getCart({})).toMatchObject({ id: '', token: '', items: [] });
    const made = await cart().addItem({ variantId, quantity: 2 });
    expect(made.token).toMatch(/^[\w-]{43}$/);
    const again = await cart().addItem({ variantId }, guest(made.token));
    expect(again).toMatchObject({ id: made.id, token: made.token, itemCount: 3 });
    expect(await cart().getCart({}, guest('another'))).toMatchObject({ id: '', items: [] });
    expect((await cart().addItem({ variantId })).id).not.toBe(made.id);
  });

  it('keeps only the hash of its token', async () => {
    const { id, token } = await cart().addItem({ variantId: forSale() });
    const { rows } = await sql<{ row: string; hash: Buffer }>`
      select cart::text as row, token_hash as hash from cart where id = ${id}`.execute(
      kit.service.database.kysely,
    );
    expect(rows[0]?.row).not.toContain(token);
    expect(rows[0]?.hash).toEqual(createHash('sha256').update(token).digest());
  });

  it('merges once when its customer signs in, however often and at once the token comes', async () => {
    const [own, both, brought] = [forSale(), forSale(), forSale()];
    const userId = await filled([own, 1], [both, 2]);
    const { token } = await cart().addItem({ variantId: both, quantity: 3 });
    await cart().addItem({ variantId: brought, quantity: 4 }, guest(token));
    await Promise.all(Array.from({ length: 20 }, () => cart().getCart({}, withToken(userId, token))));
    const merged = await cart().mergeCart({ token }, user(userId));
    expect(quantities(merged)).toEqual({ [own]: 1, [both]: 5, [brought]: 4 });
    expect(merged.token).toBe('');
    expect(await cart().getCart({}, guest(token))).toMatchObject({ items: [] });
  });

  it('makes the cart of a customer who has none, also when both add at once', async () => {
    const variantId = forSale();
    const { token } = await cart().addItem({ variantId, quantity: 3 });
    const userId = clock.id();
    await Promise.all([
      ...Array.from({ length: 10 }, () => cart().getCart({}, withToken(userId, token))),
      ...Array.from({ length: 10 }, () => cart().addItem({ variantId }, user(userId))),
    ]);
    expect(await seen(userId)).toEqual({ [variantId]: 13 });
  });

  it('merges no more than a line and a cart can hold, and what is in both needs no room', async () => {
    const [many, full] = [forSale(), Array.from({ length: 200 }, () => forSale())];
    const userId = await filled([many, 600]);
    const one = await cart().addItem({ variantId: many, quantity: 600 });
    expect(quantities(await cart().getCart({}, withToken(userId, one.token)))).toEqual({ [many]: 999 });

    const { token, id } = await cart().addItem({ variantId: forSale() });
    const rich = await filled([full[0] as string, 1]);
    const { id: richCart } = await cart().getCart({}, user(rich));
    await sql`insert into cart_line (cart_id, variant_id, quantity, added_at)
      select cart, v, 1, now() from unnest(${full}::uuid[]) v, unnest(${[id, richCart]}::uuid[]) cart
      on conflict do nothing`.execute(kit.service.database.kysely);
    const merged = await cart().getCart({}, withToken(rich, token));
    expect(merged.items).toHaveLength(200);
    expect(merged.items.every(({ quantity }) => quantity === 2)).toBe(true);
  });
});

describe('adding', () => {
  it('sums 50 additions at once, and stops at 999', async () => {
    const [some, many] = [forSale(), forSale()];
    const userId = clock.id();
    await Promise.all(
      Array.from({ length: 50 }, () =>
        Promise.all([
          cart().addItem({ variantId: some, quantity: 2 }, user(userId)),
          cart().addItem({ variantId: many, quantity: 30 }, user(userId)),
        ]),
      ),
    );
    expect(await seen(userId)).toEqual({ [some]: 100, [many]: 999 });
  });

  it('holds 200 lines, also when 20 come for the last 5 places at once', async () => {
    const variants = Array.from({ length: 195 }, () => forSale());
    const userId = await filled([variants[0] as string, 1]);
    const { id } = await cart().getCart({}, user(userId));
    await sql`insert into cart_line (cart_id, variant_id, quantity, added_at)
      select ${id}, v, 1, now() from unnest(${variants}::uuid[]) v on conflict do nothing`.execute(
      kit.service.database.kysely,
    );
    const add = () => codeOf(cart().addItem({ variantId: forSale() }, user(userId)));
    const answers = await whileHeld(id, 7, () => Promise.all(Array.from({ length: 20 }, add)));
    expect(answers.filter((code) => code === 'ok')).toHaveLength(5);
    expect(answers.filter((code) => code === 'cart.full')).toHaveLength(15);
    expect((await cart().getCart({}, user(userId))).items).toHaveLength(200);
    // What is in it already takes no further place.
    expect(await codeOf(cart().addItem({ variantId: variants[7] }, user(userId)))).toBe('ok');
  });

  it('refuses what is unknown or not for sale', async () => {
    const archived = forSale({ purchasable: false });
    const userId = clock.id();
    expect(await codeOf(cart().addItem({ variantId: clock.id() }, user(userId)))).toBe('variant.not_found');
    expect(await codeOf(cart().addItem({ variantId: archived }, user(userId)))).toBe('variant.not_found');
    expect(await codeOf(cart().addItem({ variantId: archived, quantity: 1000 }))).toBe('request.invalid');
    expect((await cart().getCart({}, user(userId))).id).toBe('');
  });

  it('for a user by a service is what the user then finds selected for checkout', async () => {
    const variantId = forSale();
    const userId = clock.id();
    await cart().addItemFor({ userId, variantId, quantity: 2 });
    const { lines } = await cart().getSelectedLines({ userId });
    expect(lines).toMatchObject([{ variantId, quantity: 2 }]);
  });
});

describe('changing', () => {
  it('sets quantity and selection, and takes out what is set to none', async () => {
    const [a, b] = [forSale(), forSale()];
    const userId = await filled([a, 1], [b, 1]);
    const updated = await cart().updateItem({ variantId: a, quantity: 7, selected: false }, user(userId));
    expect(quantities(updated)).toEqual({ [a]: 7, [b]: 1 });
    expect(updated.total?.amount).toBe(1000n);
    expect(selectedOf(await cart().updateItem({ variantId: a, selected: true }, user(userId)))).toEqual([
      a,
      b,
    ]);
    expect(quantities(await cart().updateItem({ variantId: b, quantity: 0 }, user(userId)))).toEqual({
      [a]: 7,
    });
    expect(await codeOf(cart().updateItem({ variantId: b, quantity: 1 }, user(userId)))).toBe(
      'item.not_found',
    );
    expect(await codeOf(cart().updateItem({ variantId: a, quantity: 1 }))).toBe('item.not_found');
    expect(quantities(await cart().removeItem({ variantId: a }, user(userId)))).toEqual({});
    // Once more: who removes twice has what was wanted.
    expect(quantities(await cart().removeItem({ variantId: a }, user(userId)))).toEqual({});
  });

  it('selects all, none, named lines, or those of a seller', async () => {
    const sellerId = clock.id();
    const [a, b, c] = [forSale({ sellerId }), forSale({ sellerId }), forSale()];
    const userId = await filled([a, 1], [b, 1], [c, 1]);
    const select = async (request: { selected: boolean; variantIds?: string[]; sellerId?: string }) =>
      selectedOf(await cart().selectItems(request, user(userId)));
    expect(await select({ selected: false })).toEqual([]);
    expect(await select({ selected: true, variantIds: [b] })).toEqual([b]);
    expect(await select({ selected: true, variantIds: [c], sellerId })).toEqual([a, b, c]);
    expect(await select({ selected: false, sellerId })).toEqual([c]);
    expect(await select({ selected: false, sellerId: clock.id() })).toEqual([c]);
    expect(await select({ selected: true })).toEqual([a, b, c]);
    const { lines } = await cart().getSelectedLines({ userId });
    expect(lines).toHaveLength(3);
  });

  it('is what checkout finds: of a customer by the id, of a guest by the token, and of nobody else', async () => {
    const [a, b] = [forSale(), forSale()];
    const linesOf = async (request: { userId?: string; cartToken?: string }) =>
      (await cart().getSelectedLines(request)).lines.map(({ variantId }) => variantId);
    const { token, id } = await cart().addItem({ variantId: a, quantity: 1 });
    await cart().addItem({ variantId: b, quantity: 1 }, guest(token));
    await cart().selectItems({ selected: false, variantIds: [b] }, guest(token));
    expect(await linesOf({ cartToken: token })).toEqual([a]);
    const userId = await filled([b, 1]);
    for (const cartToken of ['', 'x', id, userId, token.toUpperCase(), token.slice(1)])
      expect(await linesOf({ cartToken })).toEqual([]);
    expect(await linesOf({ userId, cartToken: token })).toEqual([b]);
    expect(await codeOf(linesOf({ cartToken: 'x'.repeat(129) }))).toBe('request.invalid');
    const customer = user(clock.id());
    await cart().mergeCart({ token }, customer);
    expect(await linesOf({ cartToken: token })).toEqual([]);
  });

  it('gives the cart another revision, and a look does not', async () => {
    const [a, b] = [forSale(), forSale()];
    const userId = await filled([a, 1], [b, 1]);
    const revision = async () => (await cart().getSelectedLines({ userId })).revision;
    const changes = [
      () => cart().addItem({ variantId: a, quantity: 1 }, user(userId)),
      () => cart().updateItem({ variantId: a, quantity: 5 }, user(userId)),
      () => cart().selectItems({ selected: false, variantIds: [b] }, user(userId)),
      () => cart().removeItem({ variantId: b }, user(userId)),
      async () =>
        cart().mergeCart(
          { token: (await cart().addItem({ variantId: b, quantity: 1 })).token },
          user(userId),
        ),
      () => cart().clearCart({}, user(userId)),
    ];
    const seen = [await revision()];
    for (const change of changes) {
      await change();
      seen.push(await revision());
      await cart().getCart({}, user(userId));
      expect(await revision()).toBe(seen.at(-1));
    }
    expect(new Set(seen).size).toBe(changes.length + 1);
  });

  it('from many windows at once ends in no deadlock', async () => {
    const variants = Array.from({ length: 30 }, () => forSale());
    const userId = clock.id();
    for (const variantId of variants.toSorted(() => Math.random() - 0.5)) {
      await cart().addItemFor({ userId, variantId, quantity: 9 });
    }
    const one = variants[0] as string;
    const windows = Array.from({ length: 60 }, async (_, round) => {
      const price = { amount: BigInt(2000 + round), currency: 'IDR' };
      for (const variantId of variants) change(variantId, { price });
      await cart().getCart({}, user(userId));
      const variantIds = variants.toSorted(() => Math.random() - 0.5).slice(0, 20);
      await cart().selectItems({ selected: round % 2 === 0, variantIds }, user(userId));
      await cart().addItem({ variantId: one }, user(userId));
      if (round % 20 === 0)
        await kit.publish(
          confirmed(
            userId,
            variantIds.map((id) => [id, 1]),
          ),
        );
    });
    await Promise.all(windows);
    expect((await seen(userId))[one]).toBeGreaterThan(60);
  });

  it('never touches the cart of somebody else', async () => {
    const variantId = forSale();
    const userId = await filled([variantId, 3]);
    const stranger = user(clock.id());
    await cart().removeItem({ variantId }, stranger);
    await cart().clearCart({}, stranger);
    await cart().selectItems({ selected: false }, stranger);
    expect(await codeOf(cart().updateItem({ variantId, quantity: 1 }, stranger))).toBe('item.not_found');
    const own = await cart().getCart({}, user(userId));
    expect(quantities(own)).toEqual({ [variantId]: 3 });
    expect(selectedOf(own)).toEqual([variantId]);
    expect((await cart().clearCart({}, user(userId))).items).toEqual([]);
  });
});

describe('what changed', () => {
  it('in a price is told once, and again when it changes again', async () => {
    const variantId = forSale();
    const userId = await filled([variantId, 2]);
    change(variantId, { price: { amount: 1200n, currency: 'IDR' } });
    const told = await cart().getCart({}, user(userId));
    expect(told.notices).toMatchObject([
      { kind: Kind.PRICE_CHANGED, oldPrice: { amount: 1000n }, newPrice: { amount: 1200n } },
    ]);
    expect(told.total?.amount).toBe(2400n);
    expect(noticesOf(await cart().getCart({}, user(userId)))).toEqual([]);
    change(variantId, { price: { amount: 1000n, currency: 'IDR' } });
    expect(noticesOf(await cart().getCart({}, user(userId)))).toEqual(['PRICE_CHANGED']);
  });

  it('in stock is told as long as it lasts', async () => {
    const variantId = forSale();
    const userId = await filled([variantId, 2]);
    const told = async () => {
      const { notices, items, total } = await cart().getCart({}, user(userId));
      return [notices.map(({ kind }) => Kind[kind]), items[0]?.purchasable, total?.amount];
    };
    change(variantId, { available: 1n });
    expect(await told()).toEqual([['INSUFFICIENT_STOCK'], true, 2000n]);
    change(variantId, { available: 0n });
    expect(await told()).toEqual([['SOLD_OUT'], false, undefined]);
    expect(await told()).toEqual([['SOLD_OUT'], false, undefined]);
    change(variantId, { available: 2n });
    expect(await told()).toEqual([[], true, 2000n]);
    change(variantId, { purchasable: false });
    expect(await told()).toEqual([['NO_LONGER_SOLD'], false, undefined]);
  });
});

describe('an order that is confirmed', () => {
  it('takes out what was bought, once, however often the event comes', async () => {
    const [a, b, c] = [forSale(), forSale(), forSale()];
    const userId = await filled([a, 2], [b, 5], [c, 1]);
    // Raised while the checkout was on its way: three more are wanted.
    await cart().updateItem({ variantId: b, quantity: 8 }, user(userId));
    const sold = confirmed(userId, [
      [a, 2],
      [b, 5],
      [clock.id(), 1],
    ]);
    const id = clock.id();
    for (let i = 0; i < 3; i++) await publishAs(id, sold);
    const marker = await filled([a, 1]);
    await kit.publish(confirmed(marker, [[a, 1]]));
    await vi.waitFor(async () => expect(await seen(marker)).toEqual({}));
    expect(await seen(userId)).toEqual({ [b]: 3, [c]: 1 });
  });

  it('of two sellers takes both out; one not from the cart takes nothing', async () => {
    const [a, b] = [forSale(), forSale()];
    const [buyer, direct] = [await filled([a, 3], [b, 1]), await filled([a, 3])];
    await kit.publish(
      confirmed(direct, [[a, 3]], false),
      confirmed(buyer, [[a, 1]]),
      confirmed(buyer, [
        [a, 1],
        [b, 1],
      ]),
    );
    await vi.waitFor(async () => expect(await seen(buyer)).toEqual({ [a]: 1 }));
    expect(await seen(direct)).toEqual({ [a]: 3 });
  });
});

describe('a cart that is left', () => {
  it('goes when its customer goes', async () => {
    const [gone, stays] = [await filled([forSale(), 1]), await filled([forSale(), 1])];
    await kit.publish(
      event(UserUpdatedSchema, stays, { userId: stays, name: 'Sari' }),
      event(UserUpdatedSchema, gone, { userId: gone, deleted: true }),
    );
    await vi.waitFor(async () => expect(await seen(gone)).toEqual({}));
    expect(Object.keys(await seen(stays))).toHaveLength(1);
  });

  it('is told to be abandoned once, and again only after a touch', async () => {
    const variantId = forSale();
    const userId = await filled([variantId, 2], [forSale({ price: { amount: 500n, currency: 'IDR' } }), 1]);
    const mixed = await filled([forSale(), 1], [forSale({ price: { amount: 3n, currency: 'USD' } }), 1]);
    await cart().addItem({ variantId });
    const toldOf = (id: string) => kit.published(CartAbandonedSchema).filter((told) => told.userId === id);
    await jobs().tellAbandoned();
    clock.advance(3_601_000);
    await Promise.all([jobs().tellAbandoned(), jobs().tellAbandoned()]);
    await vi.waitFor(() =>
      expect(toldOf(userId)).toMatchObject([{ itemCount: 3, total: { amount: 2500n, currency: 'IDR' } }]),
    );
    // Rupiah and dollars have no sum.
    await vi.waitFor(() => expect(toldOf(mixed)).toMatchObject([{ itemCount: 2 }]));
    expect(toldOf(mixed)[0]?.total).toBeUndefined();
    await cart().addItemFor({ userId, variantId, quantity: 1 });
    clock.advance(3_601_000);
    await jobs().tellAbandoned();
    await vi.waitFor(() => expect(toldOf(userId)).toHaveLength(2));
    expect(toldOf(mixed)).toHaveLength(1);
    // A guest cannot be told.
    expect(kit.published(CartAbandonedSchema).every((told) => told.userId !== '')).toBe(true);
  });

  it('is deleted when its time is over, whole, and not before', async () => {
    const variantId = forSale();
    const old = await cart().addItem({ variantId, quantity: 2 });
    clock.advance(29 * 86_400_000);
    const fresh = await cart().addItem({ variantId });
    await jobs().deleteExpired();
    expect((await cart().getCart({}, guest(old.token))).items).toHaveLength(1);
    clock.advance(2 * 86_400_000);
    await jobs().deleteExpired();
    expect((await cart().getCart({}, guest(old.token))).items).toEqual([]);
    expect((await cart().getCart({}, guest(fresh.token))).items).toHaveLength(1);
    expect(quantities(await cart().addItem({ variantId }, guest(old.token)))).toEqual({ [variantId]: 1 });
  });

  it('is deleted with all the others, however many they are', async () => {
    await sql`insert into cart (id, token_hash, updated_at, expires_at)
      select gen_random_uuid(), int4send(n), '2020-01-01', '2020-01-02' from generate_series(1, 2500) n`.execute(
      kit.service.database.kysely,
    );
    await jobs().deleteExpired();
    const { rows } = await sql`select from cart where expires_at < '2020-01-03'`.execute(
      kit.service.database.kysely,
    );
    expect(rows).toEqual([]);
  });
});

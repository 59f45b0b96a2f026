import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import type { Money } from '@pasar/platform/money';
import { type RawBuilder, sql } from 'kysely';
import { maxLines, maxQuantity, type StoredLine } from './cart.js';
import { CartConfig } from './config.js';

/** Whose cart: a customer's, or a guest's by its token. */
export type Owner = { userId: string } | { token: string };

export interface StoredCart {
  id: string;
  /** Another one after every change that the owner makes. */
  revision: string;
  expiresAt: Date;
  lines: StoredLine[];
}

export interface QuietCart {
  id: string;
  userId: string;
  itemCount: number;
  amount: bigint | null;
  currency: string | null;
}

interface LineRow {
  variantId: string;
  quantity: number;
  selected: boolean;
  seenAmount: bigint | null;
  seenCurrency: string | null;
  seenAvailable: boolean;
}

/** Whoever writes lines locks their cart before: otherwise two who write several lines could wait for each other. */
@Injectable()
export class CartStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: CartConfig,
  ) {}

  async find(owner: Owner): Promise<StoredCart | undefined> {
    const { rows } = await sql<Omit<StoredCart, 'lines'> & Partial<LineRow>>`
      select c.id, c.revision, c.expires_at as "expiresAt", l.variant_id as "variantId", l.quantity, l.selected,
        l.seen_amount as "seenAmount", l.seen_currency as "seenCurrency", l.seen_available as "seenAvailable"
      from cart c left join cart_line l on l.cart_id = c.id
      where ${ownedBy(owner)}
      order by l.added_at, l.variant_id`.execute(this.database.kysely);
    const [first] = rows;
    if (!first) return undefined;
    const lines = rows.filter((row): row is LineRow & typeof row => row.variantId != null).map(toLine);
    const { id, revision, expiresAt } = first;
    return { id, revision, expiresAt, lines };
  }

  /** Adds units and makes the cart if need be. @returns the line's quantity; undefined when the cart is full */
  async add(owner: Owner, variantId: string, quantity: number): Promise<number | undefined> {
    const now = this.clock.now();
    const rows = await this.database.write(sql<{ quantity: number }>`
      with owned as (
        insert into cart (id, user_id, token_hash, updated_at, expires_at)
        values (${this.clock.id()}, ${'userId' in owner ? owner.userId : null},
          ${'token' in owner ? hashToken(owner.token) : null}, ${now}, ${this.#expiry(now)})
        on conflict (${'userId' in owner ? sql`user_id` : sql`token_hash`}) do update
          set updated_at = excluded.updated_at, expires_at = excluded.expires_at, abandoned_at = null,
            revision = gen_random_uuid()
        returning id
      )
      insert into cart_line as l (cart_id, variant_id, quantity, added_at)
      select owned.id, ${variantId}, ${quantity}, ${now} from owned
      where count_other_lines(owned.id, ${variantId}) < ${maxLines}
      on conflict (cart_id, variant_id) do update
        set quantity = least(l.quantity + excluded.quantity, ${maxQuantity}), selected = true
      returning l.quantity`);
    return rows[0]?.quantity;
  }

  /** @returns false when the cart has no such line */
  async update(
    owner: Owner,
    variantId: string,
    change: { quantity?: number; selected?: boolean },
  ): Promise<boolean> {
    if (change.quantity === 0) return this.remove(owner, [variantId]);
    const rows = await this.database.write(sql`
      with owned as (${this.#touch(owner)})
      update cart_line l set quantity = coalesce(${change.quantity ?? null}::int, quantity),
        selected = coalesce(${change.selected ?? null}::boolean, selected)
      from owned where l.cart_id = owned.id and l.variant_id = ${variantId} returning l.variant_id`);
    return rows.length > 0;
  }

  async select(owner: Owner, selected: boolean, variantIds: string[] | undefined): Promise<void> {
    await this.database.write(sql`
      with owned as (${this.#touch(owner)})
      update cart_line l set selected = ${selected} from owned
      where l.cart_id = owned.id ${variantIds ? sql`and l.variant_id = any(${variantIds}::uuid[])` : sql``}`);
  }

  /** @param variantIds all when undefined */
  async remove(owner: Owner, variantIds: string[] | undefined): Promise<boolean> {
    const rows = await this.database.write(sql`
      with owned as (${this.#touch(owner)})
      delete from cart_line l using owned
      where l.cart_id = owned.id ${variantIds ? sql`and l.variant_id = any(${variantIds}::uuid[])` : sql``}
      returning l.variant_id`);
    return rows.length > 0;
  }

  /** Moves the lines of a guest's cart to a customer's and deletes the guest's; once, whoever asks how often. */
  async merge(token: string, userId: string): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const { rows } = await sql<{ id: string }>`
        select id from cart where token_hash = ${hashToken(token)} for update`.execute(tx);
      const [guest] = rows;
      if (!guest) return;
      // By itself, so that the next statement sees the lines of whoever held the lock on the cart before.
      const owned = await sql<{ id: string }>`
        insert into cart (id, user_id, updated_at, expires_at)
        values (${this.clock.id()}, ${userId}, ${now}, ${this.#expiry(now)})
        on conflict (user_id) do update set updated_at = excluded.updated_at, expires_at = excluded.expires_at,
          abandoned_at = null, revision = gen_random_uuid()
        returning id`.execute(tx);
      const cartId = owned.rows[0]?.id;
      // What is in both carts takes no place of its own.
      await sql`
        with own as (select variant_id from cart_line where cart_id = ${cartId})
        insert into cart_line as l
          (cart_id, variant_id, quantity, selected, seen_amount, seen_currency, seen_available, added_at)
        select ${cartId}, g.variant_id, g.quantity, g.selected, g.seen_amount, g.seen_currency, g.seen_available, g.added_at
        from (
          select *, row_number() over (partition by variant_id in (table own) order by added_at, variant_id) as place
          from cart_line where cart_id = ${guest.id}
        ) g
        where g.variant_id in (table own) or g.place <= ${maxLines} - (select count(*) from own)
        on conflict (cart_id, variant_id) do update
          set quantity = least(l.quantity + excluded.quantity, ${maxQuantity}),
            selected = l.selected or excluded.selected`.execute(tx);
      await sql`delete from cart where id = ${guest.id}`.execute(tx);
    });
  }

  /** Remembers what the customer was shown, so that the next look tells only what is new. */
  async remember(
    cartId: string,
    seen: { variantId: string; price: Money; available: boolean }[],
  ): Promise<void> {
    await this.database.write(sql`
      with owned as materialized (select id from cart where id = ${cartId} for no key update)
      update cart_line l set seen_amount = s.amount, seen_currency = s.currency, seen_available = s.available
      from unnest(${seen.map((line) => line.variantId)}::uuid[], ${seen.map((line) => line.price.amount)}::bigint[],
        ${seen.map((line) => line.price.currency)}::text[], ${seen.map((line) => line.available)}::boolean[])
        as s (variant_id, amount, currency, available), owned
      where l.cart_id = owned.id and l.variant_id = s.variant_id`);
  }

  /** Takes what was bought out of its buyers' carts. */
  async takeOut(
    tx: Executor<unknown>,
    bought: { userId: string; variantId: string; quantity: number }[],
  ): Promise<void> {
    await sql`
      with bought as (
        select user_id, variant_id, sum(quantity)::int as quantity
        from unnest(${bought.map((line) => line.userId)}::uuid[], ${bought.map((line) => line.variantId)}::uuid[],
          ${bought.map((line) => line.quantity)}::int[]) as b (user_id, variant_id, quantity)
        group by 1, 2
      ), owned as materialized (
        select id, user_id from cart where user_id in (select user_id from bought) order by id for no key update
      ), line as materialized (
        select l.cart_id, l.variant_id, l.quantity - b.quantity as rest
        from owned join bought b using (user_id) join cart_line l on l.cart_id = owned.id and l.variant_id = b.variant_id
        for update of l
      ), emptied as (
        delete from cart_line l using line
        where l.cart_id = line.cart_id and l.variant_id = line.variant_id and line.rest <= 0
      )
      update cart_line l set quantity = line.rest from line
      where l.cart_id = line.cart_id and l.variant_id = line.variant_id and line.rest > 0`.execute(tx);
  }

  async deleteCartOf(tx: Executor<unknown>, userId: string): Promise<void> {
    await sql`delete from cart where user_id = ${userId}`.execute(tx);
  }

  /** @returns how many went */
  async deleteExpired(limit: number): Promise<number> {
    const rows = await this.database.write(sql`
      delete from cart where id in (
        select id from cart where expires_at < ${this.clock.now()} order by expires_at limit ${limit}
        for update skip locked)
      returning id`);
    return rows.length;
  }

  /** Marks customers' carts that nobody touched for a while, and tells them. */
  async markAbandoned(tx: Executor<unknown>, before: Date, limit: number): Promise<QuietCart[]> {
    const { rows } = await sql<QuietCart>`
      with quiet as (
        select c.id from cart c
        where c.updated_at < ${before} and c.abandoned_at is null and c.user_id is not null
          and exists (select from cart_line l where l.cart_id = c.id)
        order by c.updated_at limit ${limit} for update skip locked
      ), marked as (
        update cart c set abandoned_at = ${this.clock.now()} from quiet where c.id = quiet.id returning c.id, c.user_id
      )
      select m.id, m.user_id as "userId", sum(l.quantity)::int as "itemCount",
        sum(l.seen_amount * l.quantity)::bigint as amount,
        -- Amounts of several currencies have no sum.
        case when count(distinct l.seen_currency) = 1 then min(l.seen_currency) end as currency
      from marked m join cart_line l on l.cart_id = m.id group by 1, 2`.execute(tx);
    return rows;
  }

  #touch(owner: Owner): RawBuilder<unknown> {
    const now = this.clock.now();
    return sql`
      update cart c set updated_at = ${now}, expires_at = ${this.#expiry(now)}, abandoned_at = null,
        revision = gen_random_uuid()
      where ${ownedBy(owner)} returning c.id`;
  }

  #expiry(now: Date): Date {
    return new Date(now.getTime() + this.config.expirySeconds * 1000);
  }
}

function ownedBy(owner: Owner): RawBuilder<boolean> {
  return 'userId' in owner ? sql`c.user_id = ${owner.userId}` : sql`c.token_hash = ${hashToken(owner.token)}`;
}

/** Only the hash of a guest's token is kept: who reads the table cannot take anybody's cart. */
function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function toLine(row: LineRow): StoredLine {
  const { variantId, quantity, selected, seenAmount, seenCurrency, seenAvailable } = row;
  const seenPrice =
    seenAmount === null || seenCurrency === null ? undefined : { amount: seenAmount, currency: seenCurrency };
  return { variantId, quantity, selected, seenPrice, seenAvailable };
}

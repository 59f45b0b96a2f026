import type { Executor } from '@pasar/platform/db';
import { sql } from 'kysely';

type Db = Executor<unknown>;

/** A product whose flash price is to be asked for. */
export interface FlashMark {
  productId: string;
  /** Another one once it is marked again. */
  number: bigint;
  currency: string | null;
  variantIds: string[];
}

/** In order of their ids, so that two who mark the same do not wait for each other. */
export async function markFlashPrices(tx: Db, productIds: string[]): Promise<void> {
  await sql`
    insert into flash_mark (product_id, number)
    select id, nextval('flash_mark_turn') from (
      select distinct unnest(${productIds}::uuid[]) as id order by id
    ) changed
    on conflict (product_id) do update set number = excluded.number`.execute(tx);
}

/** Products with a flash price that were changed: it may have been that of a variant that is gone. */
export async function remarkFlashPrices(tx: Db, productIds: string[]): Promise<void> {
  if (productIds.length === 0) return;
  await sql`
    insert into flash_mark (product_id, number)
    select id, nextval('flash_mark_turn') from product
    where id = any(${productIds}::uuid[]) and flash_price is not null order by id
    on conflict (product_id) do update set number = excluded.number`.execute(tx);
}

export async function findFlashMarks(db: Db, limit: number): Promise<FlashMark[]> {
  const { rows } = await sql<FlashMark>`
    select m.product_id as "productId", m.number, p.currency, array(
      select v.id from variant v where v.product_id = m.product_id and v.state = 'live') as "variantIds"
    from flash_mark m left join product p on p.id = m.product_id order by m.number limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Takes prices for marks that nobody has renewed since. @param prices null where there is none */
export async function writeFlashPrices(tx: Db, marks: FlashMark[], prices: (bigint | null)[]): Promise<void> {
  const ids = marks.map(({ productId }) => productId);
  await sql`
    with locked as materialized (
      select id from product where id = any(${ids}::uuid[]) order by id for no key update
    ), known as (
      select * from unnest(${ids}::uuid[], ${marks.map(({ number }) => number)}::bigint[], ${prices}::bigint[])
        as k (product_id, number, price)
    ), done as (
      delete from flash_mark m using known k where m.product_id = k.product_id and m.number = k.number
      returning m.product_id, k.price
    )
    update product p set flash_price = d.price from done d join locked on locked.id = d.product_id
    where p.id = locked.id and p.flash_price is distinct from d.price`.execute(tx);
}

import { RatingChangedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import type { Executor } from '@pasar/platform/db';
import { event } from '@pasar/platform/events';
import type { Outbox } from '@pasar/platform/outbox';
import { recordset } from '@pasar/platform/recordset';
import { sql } from 'kysely';
import { averageOf, countOf, type Rating, type RatingChange, sumChanges } from './review.js';

type Db = Executor<unknown>;

interface RatingRow {
  kind: 'PRODUCT' | 'STORE';
  subjectId: string;
  sellerId: string;
  stars: string[];
}

const columns = sql`r.kind, r.subject_id as "subjectId", r.seller_id as "sellerId",
  array[r.stars1, r.stars2, r.stars3, r.stars4, r.stars5]::text[] as stars`;

/** Adds changes of reviews to the ratings, and tells of the ratings. In the transaction that changes the reviews. */
export async function changeRatings(tx: Db, outbox: Outbox, changes: RatingChange[]): Promise<void> {
  const sums = sumChanges(changes);
  if (sums.length === 0) return;
  const given = sums.map(({ productId, sellerId, stars }) => ({
    kind: productId ? 'PRODUCT' : 'STORE',
    id: productId || sellerId,
    seller: sellerId,
    stars,
  }));
  // Everybody takes products before stores and each in the order of their ids, so nobody waits in a circle. The first
  // statement makes what is missing: a change that takes a star away is no row by itself.
  await sql`
    insert into rating (kind, subject_id, seller_id, stars1, stars2, stars3, stars4, stars5)
    select c.kind, c.id, c.seller, 0, 0, 0, 0, 0
    from ${recordset('c', given, 'kind text, id uuid, seller uuid')}
    order by c.kind, c.id on conflict do nothing`.execute(tx);
  const { rows } = await sql<RatingRow>`
    with changed as (
      select * from ${recordset('c', given, 'kind text, id uuid, stars bigint[]')}
    ), held as (
      select r.kind, r.subject_id from rating r join changed c on c.kind = r.kind and c.id = r.subject_id
      order by r.kind, r.subject_id for no key update of r
    )
    update rating r set stars1 = r.stars1 + c.stars[1], stars2 = r.stars2 + c.stars[2],
      stars3 = r.stars3 + c.stars[3], stars4 = r.stars4 + c.stars[4], stars5 = r.stars5 + c.stars[5]
    from held join changed c on c.kind = held.kind and c.id = held.subject_id
    where r.kind = held.kind and r.subject_id = held.subject_id
    returning ${columns}`.execute(tx);
  await outbox.append(
    tx,
    ...rows.map(toRating).map(({ productId, sellerId, stars }) =>
      event(RatingChangedSchema, productId || sellerId, {
        ...{ productId, sellerId, stars },
        average: averageOf(stars),
        count: countOf(stars),
      }),
    ),
  );
}

export async function findRatings(db: Db, kind: 'PRODUCT' | 'STORE', ids: string[]): Promise<Rating[]> {
  const { rows } = await sql<RatingRow>`
    select ${columns} from rating r where r.kind = ${kind} and r.subject_id = any(${ids}::uuid[])`.execute(
    db,
  );
  return rows.map(toRating);
}

/** Ratings that are not the sum of their published reviews; there are none. */
export async function findWrongRatings(db: Db): Promise<object[]> {
  const { rows } = await sql<object>`
    with counted as (
      select case grouping(product_id) when 0 then 'PRODUCT' else 'STORE' end as kind,
        coalesce(product_id, seller_id) as subject_id,
        ${sql.join([1, 2, 3, 4, 5].map((n) => sql`count(*) filter (where stars = ${sql.lit(n)})`))}
      from review where status = 'PUBLISHED' group by grouping sets ((product_id), (seller_id))
    ), counted_as (kind, subject_id, stars1, stars2, stars3, stars4, stars5) as (select * from counted)
    select coalesce(r.kind, c.kind) as kind, coalesce(r.subject_id, c.subject_id) as "subjectId"
    from rating r full join counted_as c on c.kind = r.kind and c.subject_id = r.subject_id
    where ${sql.join(
      [1, 2, 3, 4, 5].map((n) => {
        const column = sql.ref(`stars${n}`);
        return sql`coalesce(r.${column}, 0) <> coalesce(c.${column}, 0)`;
      }),
      sql` or `,
    )}
    limit 100`.execute(db);
  return rows;
}

function toRating({ kind, subjectId, sellerId, stars }: RatingRow): Rating {
  const productId = kind === 'PRODUCT' ? subjectId : '';
  return { productId, sellerId, stars: stars.map(BigInt) as Rating['stars'] };
}

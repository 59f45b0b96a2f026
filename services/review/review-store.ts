import type { MessageInitShape } from '@bufbuild/protobuf';
import { Review_Status, type ReviewFactsSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import type { Executor } from '@pasar/platform/db';
import { recordset } from '@pasar/platform/recordset';
import { type RawBuilder, sql } from 'kysely';
import type { Author, DeliveredLine, Photo, Review } from './review.js';

export type Db = Executor<unknown>;

/** Who looks for a review to change it. */
export type Owner = { authorId: string } | { sellerId: string };

export const reviewColumns = sql`
  r.id, r.product_id as "productId", r.variant_id as "variantId", r.seller_id as "sellerId",
  r.product_title as "productTitle", r.variant_title as "variantTitle", r.author_id as "authorId",
  r.author_name as "authorName", r.anonymous, r.stars, r.body as text, r.photos, r.reply, r.replied_at as "repliedAt",
  r.helpful, r.status, r.created_at as "createdAt", r.edited_at as "editedAt"`;

/** Notes what was delivered; lines that are known already stay as they are. */
export async function saveDeliveredLines(tx: Db, lines: DeliveredLine[]): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into delivered_line (order_id, variant_id, product_id, seller_id, customer_id, title, variant_title,
      image_url, delivered_at)
    select "orderId", "variantId", "productId", "sellerId", "customerId", title, "variantTitle", "imageUrl",
      "deliveredAt"
    from ${recordset(
      'l',
      lines,
      `orderId uuid, variantId uuid, productId uuid, sellerId uuid, customerId uuid, title text, variantTitle text,
      imageUrl text, deliveredAt timestamptz`,
    )}
    where "customerId" not in (select user_id from departed)
    order by "orderId", "variantId" on conflict do nothing`.execute(tx);
}

/** Takes a line of the customer for a review; undefined when it is none, or was reviewed before. */
export async function takeLine(
  tx: Db,
  line: Pick<DeliveredLine, 'orderId' | 'variantId' | 'customerId'>,
  reviewId: string,
): Promise<DeliveredLine | undefined> {
  const { rows } = await sql<DeliveredLine>`
    update delivered_line set review_id = ${reviewId}
    where order_id = ${line.orderId} and variant_id = ${line.variantId} and customer_id = ${line.customerId}
      and review_id is null
    returning order_id as "orderId", variant_id as "variantId", product_id as "productId", seller_id as "sellerId",
      customer_id as "customerId", title, variant_title as "variantTitle", image_url as "imageUrl",
      delivered_at as "deliveredAt"`.execute(tx);
  return rows[0];
}

export async function hasLine(
  db: Db,
  { orderId, variantId, customerId }: Pick<DeliveredLine, 'orderId' | 'variantId' | 'customerId'>,
): Promise<boolean> {
  const { rows } = await sql`
    select from delivered_line
    where order_id = ${orderId} and variant_id = ${variantId} and customer_id = ${customerId}`.execute(db);
  return rows.length > 0;
}

/** What a customer has not reviewed yet, latest delivery first. */
export async function listReviewable(
  db: Db,
  customerId: string,
  after: string[] | undefined,
  limit: number,
): Promise<DeliveredLine[]> {
  const { rows } = await sql<DeliveredLine>`
    select order_id as "orderId", variant_id as "variantId", product_id as "productId", seller_id as "sellerId",
      title, variant_title as "variantTitle", image_url as "imageUrl", delivered_at as "deliveredAt"
    from delivered_line where customer_id = ${customerId} and review_id is null
      ${after ? sql`and (delivered_at, variant_id, order_id) < (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]}::uuid)` : sql``}
    order by delivered_at desc, variant_id desc, order_id desc limit ${limit}`.execute(db);
  return rows;
}

/** @returns ids of those that were not there yet */
export async function insertReviews(
  tx: Db,
  reviews: (Review & { importKey: string | null })[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    insert into review (id, import_key, product_id, variant_id, seller_id, product_title, variant_title, author_id,
      author_name, anonymous, stars, body, photos, reply, replied_at, created_at)
    select id, "importKey", "productId", "variantId", "sellerId", "productTitle", "variantTitle", "authorId",
      "authorName", anonymous, stars, text, photos, reply, "repliedAt", "createdAt"
    from ${recordset(
      'n',
      reviews,
      `id uuid, importKey text, productId uuid, variantId uuid, sellerId uuid, productTitle text, variantTitle text,
      authorId uuid, authorName text, anonymous boolean, stars integer, text text, photos jsonb, reply text,
      repliedAt timestamptz, createdAt timestamptz`,
    )}
    order by "importKey" on conflict do nothing returning id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

export async function findReview(db: Db, id: string): Promise<Review | undefined> {
  const { rows } = await sql<Review>`
    select ${reviewColumns} from review r where r.id = ${id} and r.status = 'PUBLISHED'`.execute(db);
  return rows[0];
}

/** A review that was not deleted, for a change by one to whom it belongs. */
export async function lockReview(tx: Db, id: string, owner?: Owner): Promise<Review | undefined> {
  const own =
    owner &&
    ('authorId' in owner ? sql`r.author_id = ${owner.authorId}` : sql`r.seller_id = ${owner.sellerId}`);
  const { rows } = await sql<Review>`
    select ${reviewColumns} from review r where r.id = ${id} ${own ? sql`and ${own}` : sql``} and r.status <> 'DELETED'
    for no key update`.execute(tx);
  return rows[0];
}

/** Writes what can change of a review. */
export async function updateReview(tx: Db, review: Review): Promise<void> {
  const { id, stars, text, anonymous, photos, reply, repliedAt, status, editedAt } = review;
  await sql`
    update review set stars = ${stars}, body = ${text}, anonymous = ${anonymous},
      photos = ${JSON.stringify(photos)}::jsonb, reply = ${reply}, replied_at = ${repliedAt}, status = ${status},
      edited_at = ${editedAt}
    where id = ${id}`.execute(tx);
}

/** Counts somebody's vote, once. */
export function addVote(id: string, userId: string): RawBuilder<unknown> {
  return sql`
    with voted as (
      insert into vote (review_id, user_id)
      select id, ${userId}::uuid from review where id = ${id} and status = 'PUBLISHED'
        and author_id is distinct from ${userId}::uuid and ${userId}::uuid not in (select user_id from departed)
      on conflict do nothing returning review_id
    )
    update review r set helpful = r.helpful + 1 from voted where r.id = voted.review_id`;
}

export async function findVotes(db: Db, userId: string, ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select review_id as id from vote where review_id = any(${ids}::uuid[]) and user_id = ${userId}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

export function takeVoteBack(id: string, userId: string): RawBuilder<unknown> {
  return sql`
    with taken as (delete from vote where review_id = ${id} and user_id = ${userId} returning review_id)
    update review r set helpful = r.helpful - 1 from taken where r.id = taken.review_id`;
}

export interface ReviewFilter {
  by: { productId: string } | { sellerId: string };
  /** 0 for all. */
  stars: number;
  withPhotos?: boolean;
  unreplied?: boolean;
  sort: 'newest' | 'helpful';
}

/** Published reviews; every filter and order has its index. */
export async function listPublished(
  db: Db,
  { by, stars, withPhotos, unreplied, sort }: ReviewFilter,
  after: string[] | undefined,
  limit: number,
): Promise<Review[]> {
  const of = 'productId' in by ? sql`r.product_id = ${by.productId}` : sql`r.seller_id = ${by.sellerId}`;
  const key = sort === 'helpful' ? sql`r.helpful` : sql`r.created_at`;
  const type = sort === 'helpful' ? sql`integer` : sql`timestamptz`;
  const { rows } = await sql<Review>`
    select ${reviewColumns} from review r
    where ${of} and r.status = 'PUBLISHED'
      ${stars ? sql`and r.stars = ${stars}` : sql``}
      ${withPhotos ? sql`and r.photos <> '[]'` : sql``}
      ${unreplied ? sql`and r.replied_at is null` : sql``}
      ${after ? sql`and (${key}, r.id) < (${after[0]}::${type}, ${after[1]}::uuid)` : sql``}
    order by ${key} desc, r.id desc limit ${limit}`.execute(db);
  return rows;
}

/** What somebody wrote, hidden reviews too. */
export async function listByAuthor(
  db: Db,
  authorId: string,
  before: string | undefined,
  limit: number,
): Promise<Review[]> {
  const { rows } = await sql<Review>`
    select ${reviewColumns} from review r
    where r.author_id = ${authorId} and r.status <> 'DELETED' ${before ? sql`and r.id < ${before}::uuid` : sql``}
    order by r.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Whether somebody has left; one who has not cannot leave before the transaction ends. */
export async function isDeparted(tx: Db, userId: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${userId}, 0))`.execute(tx);
  const { rows } = await sql`select from departed where user_id = ${userId}`.execute(tx);
  return rows.length > 0;
}

export async function hasBought(db: Db, userId: string, productId: string): Promise<boolean> {
  const { rows } = await sql`
    select from delivered_line where customer_id = ${userId} and product_id = ${productId} limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

/** The name that somebody has now, on everything that the person wrote. */
export async function renameAuthor(tx: Db, { id, name }: Author): Promise<Review[]> {
  for (const table of ['question', 'answer']) {
    await sql`update ${sql.table(table)} set author_name = ${name} where author_id = ${id} and author_name <> ${name}`.execute(
      tx,
    );
  }
  const { rows } = await sql<Review>`
    update review r set author_name = ${name} where r.author_id = ${id} and r.author_name <> ${name}
    returning ${reviewColumns}`.execute(tx);
  return rows;
}

/**
 * Takes a person out of everything: names, photos, votes and reports go, opinions stay.
 * @returns the reviews that are nobody's now
 */
export async function eraseAuthor(tx: Db, userId: string): Promise<Review[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${userId}, 0))`.execute(tx);
  await sql`insert into departed (user_id) values (${userId}) on conflict do nothing`.execute(tx);
  await sql`delete from delivered_line where customer_id = ${userId} and review_id is null`.execute(tx);
  await sql`update delivered_line set customer_id = ${nobody} where customer_id = ${userId}`.execute(tx);
  await sql`
    with taken as (delete from vote where user_id = ${userId} returning review_id)
    update review r set helpful = r.helpful - 1 from taken where r.id = taken.review_id`.execute(tx);
  await sql`delete from report where user_id = ${userId}`.execute(tx);
  for (const table of ['question', 'answer']) {
    await sql`update ${sql.table(table)} set author_id = null, author_name = '' where author_id = ${userId}`.execute(
      tx,
    );
  }
  const { rows } = await sql<Review>`
    update review r set author_id = null, author_name = '', photos = '[]' where r.author_id = ${userId}
    returning ${reviewColumns}`.execute(tx);
  return rows;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** What subscribers need to know of a review. */
export function factsOf(review: Review): MessageInitShape<typeof ReviewFactsSchema> {
  const { id: reviewId, productId, variantId, sellerId, stars, photos, status, repliedAt, authorId } = review;
  return {
    ...{ reviewId, productId, variantId, sellerId, stars },
    authorId: authorId ?? '',
    status: Review_Status[status],
    mediaIds: photos.map((photo: Photo) => photo.mediaId),
    hasReply: repliedAt !== null,
    productTitle: review.productTitle,
  };
}

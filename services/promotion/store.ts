import type { Executor } from '@pasar/platform/db';
import { type RawBuilder, sql } from 'kysely';
import { type Benefit, codeTaken, type Promotion, quotaBelowUsed } from './promotion.js';

/** Whose promotions may be seen or changed: those of a store, or for staff the platform's, and ending anybody's. */
export interface Manager {
  /** Null for the platform. */
  sellerId: string | null;
  staff: boolean;
}

export interface StoredPromotion extends Promotion {
  used: number;
  createdAt: Date;
}

/** What is known of an allotment, and of one customer's part in it. */
export interface Usage {
  id: string;
  quota: number | null;
  perCustomer: number | null;
  used: number;
  usedByCustomer: number;
}

export interface ClaimRow extends StoredPromotion {
  claimId: string;
  claimedAt: Date;
  usedByCustomer: number;
}

type Row<Shape> = Omit<Shape, 'benefit'> & { benefit: StoredBenefit };
type StoredBenefit = Omit<Benefit, 'amount' | 'cap'> & { amount: string; cap: string };

const columns = sql`
  p.id, p.seller_id as "sellerId", p.code, p.name, p.description, p.benefit, p.currency, p.min_spend as "minSpend",
  p.category_ids::text[] as "categoryIds", p.product_ids::text[] as "productIds", p.segment, p.stackable, p.listed,
  p.starts_at as "startsAt", p.ends_at as "endsAt", p.ended_at as "endedAt", p.created_at as "createdAt",
  a.quota, a.per_customer as "perCustomer", a.used`;
const promotions = sql`promotion p join allotment a on a.id = p.id`;

function toPromotion<Shape extends StoredPromotion>({ benefit, ...row }: Row<Shape>): Shape {
  const { amount, cap, ...rest } = benefit;
  return { ...row, benefit: { ...rest, amount: BigInt(amount), cap: BigInt(cap) } } as unknown as Shape;
}

/** Of one owner; an index each: `is not distinct from` has none. */
export function ownedBy(sellerId: string | null): RawBuilder<unknown> {
  return sellerId === null ? sql`seller_id is null` : sql`seller_id = ${sellerId}::uuid`;
}

/** @returns false when the owner has `limit` of them running or to come @throws DomainError `promotion.code_taken` */
export async function insertPromotion(
  tx: Executor<unknown>,
  { benefit, ...one }: StoredPromotion,
  limit: number,
): Promise<boolean> {
  const { rows } = await sql`
    with allotted as (
      insert into allotment (id, quota, per_customer, opens_at, closes_at)
      select ${one.id}, ${one.quota}, ${one.perCustomer}, ${one.startsAt}, ${one.endsAt}
      where (select count(*) from promotion
        where ${ownedBy(one.sellerId)} and ended_at is null and ends_at > ${one.createdAt}) < ${limit}
      returning id
    )
    insert into promotion (id, seller_id, code, name, description, benefit, currency, min_spend, category_ids,
      product_ids, segment, stackable, listed, starts_at, ends_at, created_at)
    select id, ${one.sellerId}::uuid, ${one.code}, ${one.name}, ${one.description}, ${toJson(benefit)}::jsonb,
      ${one.currency}, ${one.minSpend}::bigint, ${one.categoryIds}::uuid[], ${one.productIds}::uuid[], ${one.segment},
      ${one.stackable}, ${one.listed}, ${one.startsAt}::timestamptz, ${one.endsAt}::timestamptz,
      ${one.createdAt}::timestamptz
    from allotted returning id`
    .execute(tx)
    .catch(explain);
  return rows.length > 0;
}

export async function updatePromotion(tx: Executor<unknown>, one: StoredPromotion): Promise<void> {
  const closesAt = one.endedAt ?? one.endsAt;
  await sql`
    with allotted as (
      update allotment set quota = ${one.quota}, per_customer = ${one.perCustomer}, opens_at = ${one.startsAt},
        closes_at = ${closesAt}
      where id = ${one.id}
    )
    update promotion set name = ${one.name}, description = ${one.description}, listed = ${one.listed},
      starts_at = ${one.startsAt}, ends_at = ${one.endsAt}, ended_at = ${one.endedAt}
    where id = ${one.id}`
    .execute(tx)
    .catch(explain);
}

/** @param owner undefined: anybody's */
export async function findPromotion(
  db: Executor<unknown>,
  id: string,
  owner: { sellerId: string | null } | undefined,
  lock = false,
): Promise<StoredPromotion | undefined> {
  const { rows } = await sql<Row<StoredPromotion>>`
    select ${columns} from ${promotions}
    where p.id = ${id} ${owner ? sql`and ${ownedBy(owner.sellerId)}` : sql``}
    ${lock ? sql`for update of p, a` : sql``}`.execute(db);
  return rows.map(toPromotion<StoredPromotion>)[0];
}

export async function findByCodes(db: Executor<unknown>, codes: string[]): Promise<StoredPromotion[]> {
  const { rows } = await sql<Row<StoredPromotion>>`
    select ${columns} from ${promotions} where p.code = any(${codes}::text[])`.execute(db);
  return rows.map(toPromotion<StoredPromotion>);
}

/** Newest first. */
export async function listPromotions(
  db: Executor<unknown>,
  sellerId: string | null,
  isVoucher: boolean | undefined,
  limit: number,
  before: string | undefined,
): Promise<StoredPromotion[]> {
  const kind =
    isVoucher === undefined ? sql`` : isVoucher ? sql`and code is not null` : sql`and code is null`;
  const { rows } = await sql<Row<StoredPromotion>>`
    select ${columns} from ${promotions}
    where ${ownedBy(sellerId)} ${kind} ${before ? sql`and p.id < ${before}::uuid` : sql``}
    order by p.id desc limit ${limit}`.execute(db);
  return rows.map(toPromotion<StoredPromotion>);
}

/** Vouchers that anybody may know of, what ends first first. */
export async function listListed(
  db: Executor<unknown>,
  sellerId: string | null,
  now: Date,
  limit: number,
  after: [endsAt: string, id: string] | undefined,
): Promise<StoredPromotion[]> {
  const { rows } = await sql<Row<StoredPromotion>>`
    select ${columns} from ${promotions}
    where ${ownedBy(sellerId)} and code is not null and listed and ended_at is null
      and ends_at > ${now} and starts_at <= ${now} and (a.quota is null or a.used < a.quota)
      ${after ? sql`and (ends_at, p.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by ends_at, p.id limit ${limit}`.execute(db);
  return rows.map(toPromotion<StoredPromotion>);
}

/** Campaigns that run or are to come; of those ids where some are given. */
export async function listCampaigns(
  db: Executor<unknown>,
  now: Date,
  ids?: string[],
): Promise<StoredPromotion[]> {
  const { rows } = await sql<Row<StoredPromotion>>`
    select ${columns} from ${promotions}
    where p.code is null and p.ended_at is null and p.ends_at > ${now}
      ${ids ? sql`and p.id = any(${ids}::uuid[])` : sql``}`.execute(db);
  return rows.map(toPromotion<StoredPromotion>);
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** @param customerId of a guest nothing: who asks has used none of it */
export async function findUsage(
  db: Executor<unknown>,
  ids: string[],
  customerId: string,
): Promise<Map<string, Usage>> {
  const { rows } = await sql<Usage>`
    select a.id, a.quota, a.per_customer as "perCustomer", a.used, coalesce(c.used, 0) as "usedByCustomer"
    from allotment a left join allotment_customer c on c.allotment_id = a.id and c.customer_id = ${customerId || nobody}
    where a.id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** How many units a customer can still have. */
export function leftOf(usage: Usage | undefined): number {
  if (!usage) return 0;
  const { quota, used, perCustomer, usedByCustomer } = usage;
  const toAnybody = (quota ?? Number.POSITIVE_INFINITY) - used;
  return Math.max(0, Math.min(toAnybody, (perCustomer ?? Number.POSITIVE_INFINITY) - usedByCustomer));
}

/** Keeps a voucher for a customer, once. */
export async function insertClaim(
  db: Executor<unknown>,
  claim: { id: string; customerId: string; promotionId: string; at: Date },
): Promise<void> {
  await sql`
    insert into voucher_claim (id, customer_id, promotion_id, created_at)
    values (${claim.id}, ${claim.customerId}, ${claim.promotionId}, ${claim.at})
    on conflict do nothing`.execute(db);
}

/** Vouchers that a customer claimed and that have not ended, last claimed first; of that promotion if one is given. */
export async function listClaims(
  db: Executor<unknown>,
  customerId: string,
  now: Date,
  limit: number,
  { before, promotionId }: { before?: string; promotionId?: string },
): Promise<ClaimRow[]> {
  const { rows } = await sql<Row<ClaimRow>>`
    select ${columns}, v.id as "claimId", v.created_at as "claimedAt", coalesce(c.used, 0) as "usedByCustomer"
    from voucher_claim v join promotion p on p.id = v.promotion_id join allotment a on a.id = p.id
    left join allotment_customer c on c.allotment_id = p.id and c.customer_id = v.customer_id
    where v.customer_id = ${customerId} and p.ended_at is null and p.ends_at > ${now}
      ${before ? sql`and v.id < ${before}::uuid` : sql``}
      ${promotionId ? sql`and v.promotion_id = ${promotionId}` : sql``}
    order by v.id desc limit ${limit}`.execute(db);
  return rows.map(toPromotion<ClaimRow>);
}

function toJson({ amount, cap, ...benefit }: Benefit): string {
  return JSON.stringify({ ...benefit, amount: amount.toString(), cap: cap.toString() });
}

function explain(error: unknown): never {
  const { constraint } = error as { constraint?: string };
  if (constraint === 'promotion_code') throw codeTaken();
  if (constraint === 'allotment_quota') throw quotaBelowUsed();
  throw error;
}

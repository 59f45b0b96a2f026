import type { Executor } from '@pasar/platform/db';
import { sql } from 'kysely';
import type { Plan, Rate } from './commission.js';

export interface StoredPlan extends Plan {
  description: string;
  isDefault: boolean;
  basisPoints: number;
}

export interface StoredRate extends Rate {
  effectiveFrom: Date;
  createdAt: Date;
}

interface NewRate extends StoredRate {
  createdBy: string;
}

const rateColumns = sql`r.id, r.plan_id as "planId", r.seller_id as "sellerId", r.category_id as "categoryId",
  r.basis_points as "basisPoints", r.effective_from as "effectiveFrom", r.created_at as "createdAt"`;

/** Plans in the order of their names, with the rate for everything that holds at `now`. */
export async function listPlans(executor: Executor<unknown>, now: Date, limit: number, after: string) {
  const { rows } = await sql<StoredPlan>`
    select p.id, p.name, p.description, p.is_default as "isDefault", (
      select r.basis_points from commission_rate r
      where r.plan_id = p.id and r.category_id is null and r.effective_from <= ${now}
      order by r.effective_from desc, r.id desc limit 1) as "basisPoints"
    from commission_plan p where p.name > ${after} order by p.name limit ${limit}`.execute(executor);
  return rows;
}

export async function insertPlan(
  tx: Executor<unknown>,
  { id, name, description }: Omit<StoredPlan, 'isDefault' | 'basisPoints'>,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    insert into commission_plan (id, name, description, created_at) values (${id}, ${name}, ${description}, ${now})
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** @returns false when there is no such plan or store */
export async function insertRate(tx: Executor<unknown>, rate: NewRate): Promise<boolean> {
  const { rows } = await sql`
    insert into commission_rate (id, plan_id, seller_id, category_id, basis_points, effective_from, created_by,
      created_at)
    select ${rate.id}, ${rate.planId}::uuid, ${rate.sellerId}::uuid, ${rate.categoryId}::uuid,
      ${rate.basisPoints}::integer, ${rate.effectiveFrom}::timestamptz, ${rate.createdBy}, ${rate.createdAt}::timestamptz
    where exists (select from commission_plan where id = ${rate.planId}::uuid)
      or exists (select from seller where id = ${rate.sellerId}::uuid)
    returning id`.execute(tx);
  return rows.length > 0;
}

export async function listRates(
  executor: Executor<unknown>,
  owner: { planId: string } | { sellerId: string },
  limit: number,
  after: string | undefined,
): Promise<StoredRate[]> {
  const { rows } = await sql<StoredRate>`
    select ${rateColumns} from commission_rate r
    where ${'planId' in owner ? sql`r.plan_id = ${owner.planId}` : sql`r.seller_id = ${owner.sellerId}`}
      and ${after ? sql`r.id < ${after}` : sql`true`}
    order by r.id desc limit ${limit}`.execute(executor);
  return rows;
}

/** @returns false when there is no such plan or store */
export async function insertAssignment(
  tx: Executor<unknown>,
  one: { id: string; planId: string; sellerId: string; effectiveFrom: Date; createdBy: string; now: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into commission_assignment (id, seller_id, plan_id, effective_from, created_by, created_at)
    select ${one.id}, s.id, p.id, ${one.effectiveFrom}::timestamptz, ${one.createdBy}, ${one.now}::timestamptz
    from seller s, commission_plan p where s.id = ${one.sellerId} and p.id = ${one.planId}
    returning id`.execute(tx);
  return rows.length > 0;
}

/** The plan that each store was on. */
export async function findPlans(
  executor: Executor<unknown>,
  sellerIds: string[],
  at: Date,
): Promise<Map<string, Plan>> {
  const { rows } = await sql<Plan & { sellerId: string }>`
    select s.id as "sellerId", p.id, p.name
    from unnest(${sellerIds}::uuid[]) as s (id) join commission_plan p on p.id = coalesce((
      select a.plan_id from commission_assignment a
      where a.seller_id = s.id and a.effective_from <= ${at}
      order by a.effective_from desc, a.id desc limit 1
    ), (select id from commission_plan where is_default))`.execute(executor);
  return new Map(rows.map(({ sellerId, id, name }) => [sellerId, { id, name }]));
}

/** The rates of these stores and plans that held, one for each category. */
export async function findRates(
  executor: Executor<unknown>,
  sellerIds: string[],
  planIds: string[],
  at: Date,
): Promise<Rate[]> {
  const held = sql`r.effective_from <= ${at}`;
  const { rows } = await sql<Rate>`
    select distinct on (r.plan_id, r.seller_id, r.category_id) ${rateColumns}
    from (
      select * from commission_rate r where r.plan_id = any(${planIds}::uuid[]) and ${held}
      union all select * from commission_rate r where r.seller_id = any(${sellerIds}::uuid[]) and ${held}
    ) r
    order by r.plan_id, r.seller_id, r.category_id, r.effective_from desc, r.id desc`.execute(executor);
  return rows;
}

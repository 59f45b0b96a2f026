import { Injectable } from '@nestjs/common';
import {
  VoucherRedeemedSchema,
  VoucherReleasedSchema,
} from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { Batcher } from '@pasar/platform/batcher';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { invalidField } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox, type PreparedEvent } from '@pasar/platform/outbox';
import { decodePageToken, pageOf, pageSize } from '@pasar/platform/page';
import { type RawBuilder, sql } from 'kysely';
import { isId, notRedeemable, type Refusal } from './promotion.js';

export type RedemptionStatus = 'REDEEMED' | 'RELEASED';

/** Units of an allotment that a checkout uses. */
export interface RedeemedUse {
  /** Of the allotment. */
  id: string;
  promotionId: string;
  code: string;
  units: number;
  amount: bigint;
  currency: string;
  orderIds: string[];
}

export interface UseRow {
  checkoutId: string;
  allotmentId: string;
  units: number;
  amount: bigint;
  currency: string;
  createdAt: Date;
  releasedAt: Date | null;
}

interface Wanted {
  checkoutId: string;
  customerId: string;
  uses: RedeemedUse[];
  events: PreparedEvent[];
}

interface Refused {
  promotionId: string;
  id: string;
  refusal: Refusal;
}

/** Without either, others of the same statement would have taken what it needs. */
interface Redeemed {
  status?: RedemptionStatus;
  refused?: Refused[];
}

interface RedeemRow {
  known: { id: string; status: RedemptionStatus }[];
  held: string[];
  refused: (Refused & { checkoutId: string })[];
}

/**
 * Taking and giving back uses of vouchers, limited campaigns and flash prices: one statement each, which locks its
 * allotments in the order of their ids, decides on what it has locked, and writes counters, uses and event together.
 */
@Injectable()
export class Redemptions {
  readonly #redeeming = new Batcher((asked: Wanted[]) => this.#redeem(asked), {
    key: ({ checkoutId }) => checkoutId,
  });

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes all uses or none. The same checkout gives the same redemption, whatever became of it.
   * @throws DomainError `promotion.not_redeemable` with the uses that are refused, and why
   */
  async redeem(checkoutId: string, customerId: string, uses: RedeemedUse[]): Promise<RedemptionStatus> {
    const facts = { checkoutId, customerId, uses: uses.map(toUse) };
    const events = this.outbox.prepare([event(VoucherRedeemedSchema, checkoutId, facts)]);
    const wanted = { checkoutId, customerId, uses, events };
    for (let attempt = 1; ; attempt++) {
      try {
        const { status, refused } =
          attempt === 1
            ? await this.#redeeming.submit(wanted)
            : ((await this.#redeem([wanted]))[0] as Redeemed);
        if (refused) throw notRedeemable(refused);
        if (!status) continue;
        this.outbox.wake();
        return status;
      } catch (error) {
        // The same checkout, its tombstone, or another checkout of the same customer came first: the next round sees it.
        if (attempt === 10 || !isOvertaken(error)) throw error;
      }
    }
  }

  /**
   * Redeems for as many checkouts at once as there is enough for. Where there is not enough for all who want the same,
   * none of them gets it here, and each tries for itself: who comes first then is for the row's lock to say.
   */
  async #redeem(asked: Wanted[]): Promise<Redeemed[]> {
    const now = this.clock.now();
    const uses = asked.flatMap(({ checkoutId, customerId, uses }) =>
      uses.map((use) => ({ ...use, checkoutId, customerId })),
    );
    const [row] = await this.database.write(sql<RedeemRow>`
      with asked as (
        select * from unnest(${asked.map((one) => one.checkoutId)}::uuid[], ${asked.map((one) => one.customerId)}::uuid[])
          as a (checkout_id, customer_id)
      ), known as (
        select r.checkout_id, r.status from redemption r join asked using (checkout_id)
      ), wanted as (
        select checkout_id, customer_id, id, promotion_id, code, units, amount, currency, order_ids::uuid[] as order_ids
        from unnest(${uses.map((use) => use.checkoutId)}::uuid[], ${uses.map((use) => use.customerId)}::uuid[],
          ${uses.map((use) => use.id)}::uuid[], ${uses.map((use) => use.promotionId)}::uuid[],
          ${uses.map((use) => use.code)}::text[], ${uses.map((use) => use.units)}::int[],
          ${uses.map((use) => use.amount)}::bigint[], ${uses.map((use) => use.currency)}::text[],
          ${uses.map((use) => `{${use.orderIds.join()}}`)}::text[])
          as w (checkout_id, customer_id, id, promotion_id, code, units, amount, currency, order_ids)
        where w.checkout_id not in (select checkout_id from known)
      ), locked as materialized (
        select a.id, a.quota - a.used as free, a.per_customer, a.opens_at, a.closes_at from allotment a
        where a.id in (select id from wanted) order by a.id for update of a
      ), checked as (
        select w.*, l.free, l.per_customer, l.per_customer - coalesce(c.used, 0) as free_to_customer,
          case
            when l.id is null then 'UNKNOWN'
            when l.closes_at <= ${now} then 'ENDED'
            when l.opens_at > ${now} then 'NOT_STARTED'
            when l.free < w.units then 'USED_UP'
            when l.per_customer - coalesce(c.used, 0) < w.units then 'LIMIT_REACHED'
          end as refusal
        from wanted w left join locked l using (id)
        left join allotment_customer c on c.allotment_id = w.id and c.customer_id = w.customer_id
      ), able as (
        select * from checked where checkout_id not in (select checkout_id from checked where refusal is not null)
      ), scarce as (
        select checkout_id from (
          select checkout_id, free, sum(units) over (partition by id) as units, free_to_customer,
            sum(units) over (partition by id, customer_id) as units_of_customer
          from able) together
        where units > free or units_of_customer > free_to_customer
      ), served as (
        select * from able where checkout_id not in (select checkout_id from scarce)
      ), held as (
        -- No "on conflict": when the same checkout redeems twice at once, the loser's statement is undone whole.
        insert into redemption (checkout_id, customer_id, status, created_at)
        select checkout_id, customer_id, 'REDEEMED', ${now} from asked
        where checkout_id in (select checkout_id from served) order by checkout_id
        returning checkout_id
      ), counted as (
        update allotment a set used = a.used + s.units
        from (select id, sum(units)::int as units from served group by 1) s where a.id = s.id
      ), counted_for_customer as (
        -- What this statement read of a customer may be older than what it meets here: then the check refuses it.
        insert into allotment_customer as c (allotment_id, customer_id, used, allowed)
        select id, customer_id, sum(units)::int, min(per_customer) from served group by 1, 2 order by 1, 2
        on conflict (allotment_id, customer_id) do update
          set used = c.used + excluded.used, allowed = excluded.allowed
      ), kept as (
        insert into redemption_use (checkout_id, allotment_id, promotion_id, customer_id, code, units, amount, currency,
          order_ids, created_at)
        select checkout_id, id, promotion_id, customer_id, code, units, amount, currency, order_ids, ${now} from served
      ), published as (
        ${this.outbox.insert(
          asked.flatMap(({ events }) => events),
          sql`held`,
          sql`held.checkout_id::text = o.subject`,
        )}
      )
      select
        coalesce((select jsonb_agg(jsonb_build_object('id', checkout_id, 'status', status)) from known), '[]') as known,
        array(select checkout_id from held) as held,
        coalesce((select jsonb_agg(jsonb_build_object('checkoutId', checkout_id, 'id', id, 'promotionId', promotion_id,
          'refusal', refusal) order by id) from checked where refusal is not null), '[]') as refused`);
    const { known, held, refused } = row as RedeemRow;
    return asked.map(({ checkoutId }) => {
      const found = known.find(({ id }) => id === checkoutId);
      if (found) return { status: found.status };
      if (held.includes(checkoutId)) return { status: 'REDEEMED' };
      const mine = refused.filter((one) => one.checkoutId === checkoutId);
      return mine.length > 0 ? { refused: mine.map(({ checkoutId: _, ...one }) => one) } : {};
    });
  }

  /** Gives back what a checkout redeemed. An unknown one leaves a tombstone: a Redeem that comes late finds it. */
  async release(checkoutId: string): Promise<RedemptionStatus> {
    for (;;) {
      const now = this.clock.now();
      const { customerId, uses } = await this.#standingUses(this.database.kysely, checkoutId);
      const facts = { checkoutId, customerId, uses: uses.map(toUse) };
      const events = uses.length > 0 ? [event(VoucherReleasedSchema, checkoutId, facts)] : [];
      const rows = await this.database.write(sql`
        with ended as (
          update redemption set status = 'RELEASED' where checkout_id = ${checkoutId} and status = 'REDEEMED'
          returning checkout_id
        ), tombstone as (
          insert into redemption (checkout_id, status, created_at)
          select ${checkoutId}, 'RELEASED', ${now}
          where not exists (select from redemption where checkout_id = ${checkoutId})
          on conflict do nothing returning checkout_id
        ), given as (
          update redemption_use u set released_at = ${now} from ended
          where u.checkout_id = ended.checkout_id and u.released_at is null
          returning u.allotment_id, u.customer_id, u.units
        ), ${giveBack}, published as (
          ${this.outbox.insert(this.outbox.prepare(events), sql`ended`)}
        )
        select checkout_id from ended union all select checkout_id from tombstone`);
      if (rows.length > 0) {
        this.outbox.wake();
        return 'RELEASED';
      }
      const { rows: known } = await sql<{ status: RedemptionStatus }>`
        select status from redemption where checkout_id = ${checkoutId}`.execute(this.database.kysely);
      // Still redeemed: a Redeem was committed between our look at its uses and our statement, so look again.
      if (known[0]?.status === 'RELEASED') return 'RELEASED';
    }
  }

  /** An order was cancelled after its checkout had succeeded: what was only for that order can be used again. */
  async releaseOrder(tx: Executor<unknown>, checkoutId: string, orderId: string): Promise<void> {
    const now = this.clock.now();
    const { customerId, uses } = await this.#standingUses(tx, checkoutId, true);
    const ended = uses.filter(({ orderIds }) => orderIds.every((id) => id === orderId));
    await sql`
      with touched as (
        update redemption_use u set order_ids = array_remove(order_ids, ${orderId}::uuid),
          released_at = case when u.allotment_id = any(${ended.map(({ id }) => id)}::uuid[]) then ${now}::timestamptz end
        where u.checkout_id = ${checkoutId} and u.released_at is null and ${orderId}::uuid = any(order_ids)
        returning u.allotment_id, u.customer_id, u.units, u.released_at
      ), given as (
        select * from touched where released_at is not null
      ), ${giveBack}
      select from given`.execute(tx);
    if (ended.length === 0) return;
    const facts = { checkoutId, customerId, uses: ended.map(toUse) };
    await this.outbox.append(tx, event(VoucherReleasedSchema, checkoutId, facts));
  }

  /** Uses of one promotion, newest first. */
  async list(promotionId: string, size: number, token: string) {
    const limit = pageSize(size);
    const [checkout, allotment] = decodePageToken(token, 2) ?? [];
    if (checkout && !(isId(checkout) && isId(allotment)))
      throw invalidField('pageToken', 'is not known here');
    const { rows } = await sql<UseRow>`
      select checkout_id as "checkoutId", allotment_id as "allotmentId", units, amount, currency,
        created_at as "createdAt", released_at as "releasedAt"
      from redemption_use where promotion_id = ${promotionId}
        ${checkout ? sql`and (checkout_id, allotment_id) < (${checkout}::uuid, ${allotment}::uuid)` : sql``}
      order by checkout_id desc, allotment_id desc limit ${limit + 1}`.execute(this.database.kysely);
    return pageOf(rows, limit, (row) => [row.checkoutId, row.allotmentId]);
  }

  async #standingUses(executor: Executor<unknown>, checkoutId: string, lock = false) {
    const { rows } = await sql<RedeemedUse & { customerId: string }>`
      select allotment_id as id, promotion_id as "promotionId", customer_id as "customerId", code, units, amount,
        currency, order_ids::text[] as "orderIds"
      from redemption_use where checkout_id = ${checkoutId} and released_at is null
      order by allotment_id ${lock ? sql`for update` : sql``}`.execute(executor);
    return { customerId: rows[0]?.customerId ?? '', uses: rows };
  }
}

/** The counters go back by what `given` has. Allotments first and in order, as when they are taken. */
const giveBack: RawBuilder<unknown> = sql`
  locked as materialized (
    select id from allotment where id in (select allotment_id from given) order by id for update
  ), counted as (
    update allotment a set used = a.used - g.units from given g join locked l on l.id = g.allotment_id
    where a.id = g.allotment_id
  ), counted_for_customer as (
    update allotment_customer c set used = c.used - g.units from given g
    join locked l on l.id = g.allotment_id
    where c.allotment_id = g.allotment_id and c.customer_id = g.customer_id
  )`;

function toUse({ amount, currency, ...use }: RedeemedUse) {
  return { ...use, amount: { amount, currency } };
}

/** Somebody was faster: the checkout's own key is taken, or the customer has used it meanwhile. */
function isOvertaken(error: unknown): boolean {
  const { constraint } = error as { constraint?: string };
  return constraint === 'redemption_pkey' || constraint === 'allotment_customer_limit';
}

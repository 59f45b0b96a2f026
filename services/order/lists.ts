import { Injectable } from '@nestjs/common';
import { Database } from '@pasar/platform/db';
import { type RawBuilder, sql } from 'kysely';
import type { StoredOrder } from './facts.js';
import type { OrderStatus } from './order.js';
import { orderColumns } from './store.js';

/** Which orders staff looks for. */
export interface OrderFilter {
  /** As `idEndOf` gives it. */
  idEnd?: string;
  customerId?: string;
  sellerId?: string;
  status?: OrderStatus;
}

const ends: OrderStatus[] = ['COMPLETED', 'CANCELLED', 'RETURNED', 'REJECTED'];

/** Orders of a customer, a store or a state, newest first, and what waits for somebody, oldest first. */
@Injectable()
export class OrderLists {
  constructor(private readonly database: Database) {}

  async list(
    by: { customerId: string } | { sellerId: string },
    status: OrderStatus | undefined,
    limit: number,
    before: string | undefined,
  ): Promise<StoredOrder[]> {
    const newest = (which: RawBuilder<unknown>) => sql`
      select id, ${orderColumns} from order_projection
      where ${which} ${before ? sql`and id < ${before}::uuid` : sql``} order by id desc limit ${limit}`;
    const run = async (page: RawBuilder<unknown>): Promise<StoredOrder[]> => {
      const { rows } = await sql<StoredOrder>`
        select state, version, "createdAt", "updatedAt" from (${page}) page order by id desc limit ${limit}`.execute(
        this.database.kysely,
      );
      return rows;
    };
    if ('customerId' in by)
      return run(newest(sql`customer_id = ${by.customerId} ${status ? sql`and status = ${status}` : sql``}`));
    const { sellerId } = by;
    if (status) {
      const isStatus = ends.includes(status)
        ? sql`ended = ${status}`
        : sql`ended is null and status = ${status}`;
      return run(newest(sql`seller_id = ${sellerId} and ${isStatus}`));
    }
    // The newest of each index, and the newest of those.
    return run(sql`
      (${newest(sql`seller_id = ${sellerId} and ended is null`)})
      union all
      select page.* from unnest(${ends}::text[]) as way (ended) cross join lateral (
        ${newest(sql`seller_id = ${sellerId} and ended = way.ended`)}
      ) page`);
  }

  /** For staff: newest first, by what is given. */
  async search(
    { idEnd, customerId, sellerId, status }: OrderFilter,
    limit: number,
    before: string | undefined,
  ): Promise<StoredOrder[]> {
    if (sellerId && !customerId && !idEnd) return this.list({ sellerId }, status, limit, before);
    const { rows } = await sql<StoredOrder>`
      select ${orderColumns} from order_projection
      where ${idEnd ? sql`right(replace(id::text, '-', ''), 15) = ${idEnd}` : sql`true`}
        and ${customerId ? sql`customer_id = ${customerId}` : sql`true`}
        and ${sellerId ? sql`seller_id = ${sellerId}` : sql`true`}
        and ${status ? sql`status = ${status}` : sql`true`}
        and ${before ? sql`id < ${before}::uuid` : sql`true`}
      -- Of a number there is one: in the order of ids, all might be gone through to find it.
      ${idEnd ? sql`` : sql`order by id desc limit ${limit}`}`.execute(this.database.kysely);
    return rows;
  }

  async countConfirmed(customerId: string, limit: number): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from (
        select from order_projection
        where customer_id = ${customerId} and status not in ('PENDING', 'AWAITING_PAYMENT', 'CANCELLED') limit ${limit}
      ) o`.execute(this.database.kysely);
    return rows[0]?.count ?? 0;
  }

  async listDelivered(before: Date, limit: number): Promise<StoredOrder[]> {
    const { rows } = await sql<StoredOrder>`
      select ${orderColumns} from order_projection where waiting_for = 'COMPLETION' and waiting_since < ${before}
      order by waiting_since limit ${limit}`.execute(this.database.kysely);
    return rows;
  }

  async listReturnsToClose(before: Date, limit: number): Promise<StoredOrder[]> {
    const { rows } = await sql<StoredOrder>`
      select ${orderColumns} from order_projection
      where waiting_for = 'CLOSING' and waiting_since < ${before}
      order by waiting_since limit ${limit}`.execute(this.database.kysely);
    return rows;
  }

  /** Returns that staff are to decide, by the ids of their orders. */
  async listDisputes(limit: number, after: string | undefined): Promise<StoredOrder[]> {
    const { rows } = await sql<StoredOrder>`
      select ${orderColumns} from order_projection
      where waiting_for = 'DECISION'
        ${after ? sql`and id > ${after}::uuid` : sql``}
      order by id limit ${limit}`.execute(this.database.kysely);
    return rows;
  }
}

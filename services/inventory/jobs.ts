import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { StockLowSchema, StockReturnedSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import {
  DecideHoldsResponse_Decision as Decision,
  OrderService,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import { Database } from '@pasar/platform/db';
import { event } from '@pasar/platform/events';
import { Invariants } from '@pasar/platform/invariants';
import { every } from '@pasar/platform/jobs';
import { Outbox } from '@pasar/platform/outbox';
import { Calls } from '@pasar/platform/service';
import { sql } from 'kysely';
import { Reservations } from './reservations.js';

const batch = 200;

@Injectable()
export class InventoryJobs {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly reservations: Reservations,
    private readonly invariants: Invariants,
    @Calls(OrderService) private readonly orders: Client<typeof OrderService>,
  ) {}

  readonly jobs = [
    every('settle expired holds', '2s', () => this.settleExpired()),
    every('alert low stock', '2s', () => this.alertLowStock()),
    every('tell waiting customers', '5s', () => this.tellWaiting()),
    every('compare journal and counters', '1h', () => this.compareJournal()),
  ];

  /**
   * A hold whose time is over is given back only when its checkout is not alive. To go by the clock alone would sell
   * the goods twice when an order was confirmed and everything stood still before its stock was deducted.
   */
  async settleExpired(): Promise<void> {
    const ids = await this.reservations.listExpired(batch);
    if (ids.length === 0) return;
    const { decisions } = await this.orders.decideHolds({ checkoutIds: ids });
    const decided = (decision: Decision) => ids.filter((id) => decisions[id] === decision);
    await this.reservations.extend(decided(Decision.KEEP));
    const sold = decided(Decision.COMMIT);
    if (sold.length > 0) await this.database.transaction((tx) => this.reservations.commit(tx, sold));
    for (const id of decided(Decision.RELEASE)) await this.reservations.release(id);
  }

  /** Raises an alert once per shortage; a variant that was filled up can be short again. */
  async alertLowStock(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { rows } = await sql<{
        variantId: string;
        sellerId: string;
        available: bigint;
        threshold: bigint;
        low: boolean;
      }>`
        with state as (
          select k.variant_id, k.seller_id, k.low_threshold, coalesce(sum(s.on_hand - s.reserved), 0)::bigint as available
          from sku k left join stock s using (variant_id)
          where k.low_threshold > 0 group by k.variant_id
        ), changed as (
          select k.variant_id from sku k join state using (variant_id)
          where k.low_alerted <> (state.available <= k.low_threshold)
          order by k.variant_id limit ${batch} for update of k skip locked
        )
        update sku k set low_alerted = not k.low_alerted from changed join state using (variant_id)
        where k.variant_id = changed.variant_id
        returning k.variant_id as "variantId", k.seller_id as "sellerId", state.available,
          k.low_threshold as threshold, k.low_alerted as low`.execute(tx);
      const low = rows.filter((row) => row.low);
      await this.outbox.append(
        tx,
        ...low.map(({ low: _, ...facts }) => event(StockLowSchema, facts.variantId, facts)),
      );
    });
    this.outbox.wake();
  }

  /** Tells customers who wait for a variant that it can be bought again. */
  async tellWaiting(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { rows } = await sql<{ variantId: string; userIds: string[] }>`
        with told as (
          delete from waiting_customer w where (w.variant_id, w.user_id) in (
            select variant_id, user_id from waiting_customer c
            where (select sum(on_hand - reserved) from stock s where s.variant_id = c.variant_id) > 0
            limit ${batch} for update skip locked)
          returning variant_id, user_id)
        select variant_id as "variantId", array_agg(user_id::text) as "userIds" from told group by 1`.execute(
        tx,
      );
      await this.outbox.append(tx, ...rows.map((row) => event(StockReturnedSchema, row.variantId, row)));
    });
    this.outbox.wake();
  }

  /** Invariant 1: the sum of the movements is the counters. */
  async compareJournal(): Promise<number> {
    const { rows } = await sql<object>`
      select variant_id, warehouse_id, s.on_hand, s.reserved, j.on_hand as journal_on_hand, j.reserved as journal_reserved
      from stock s
      left join (select variant_id, warehouse_id, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved
        from movement group by 1, 2) j using (variant_id, warehouse_id)
      where s.on_hand <> coalesce(j.on_hand, 0) or s.reserved <> coalesce(j.reserved, 0)
      limit 100`.execute(this.database.kysely);
    return this.invariants.report('stock', rows);
  }
}

import { Injectable } from '@nestjs/common';
import {
  StockChangedSchema,
  StockDeductedSchema,
  StockReleasedSchema,
  StockReservedSchema,
} from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { Batcher } from '@pasar/platform/batcher';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { event } from '@pasar/platform/events';
import { Outbox, type PreparedEvent } from '@pasar/platform/outbox';
import { sql } from 'kysely';
import { InventoryConfig } from './config.js';
import {
  holdLost,
  insufficientStock,
  type Line,
  type ReservationStatus,
  type Shortage,
  sumLines,
} from './inventory.js';

export interface Reservation {
  id: string;
  status: ReservationStatus;
  expiresAt: Date;
}

/** A reservation that is asked for. */
interface Wanted {
  id: string;
  lines: Line[];
  expiresAt: Date;
  events: PreparedEvent[];
}

/** Without either, others of the same statement would have taken what it needs. */
interface Reserved {
  reservation?: Reservation;
  shortages?: Shortage[];
}

interface ReserveRow {
  known: { id: string; status: ReservationStatus; expiresAt: string }[];
  held: string[];
  shortages: { id: string; variantId: string; quantity: string; available: string }[];
}

/**
 * Holding, giving back and deducting stock. Every change is one statement that locks its rows in the order of their
 * keys, decides on what it has locked, and writes counters, journal, reservation and event together.
 */
@Injectable()
export class Reservations {
  readonly #reserving = new Batcher((asked: Wanted[]) => this.#reserve(asked), { key: ({ id }) => id });

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: InventoryConfig,
  ) {}

  /**
   * Holds all lines or none. The same id gives the same reservation, whatever became of it.
   * @throws DomainError `inventory.insufficient_stock` with the lines that are short
   */
  async reserve(id: string, requested: Line[], ttlSeconds: number): Promise<Reservation> {
    const lines = sumLines(requested);
    const ttl = (ttlSeconds || this.config.reservationTtlSeconds) * 1000;
    const expiresAt = new Date(this.clock.now().getTime() + ttl);
    const events = this.outbox.prepare([event(StockReservedSchema, id, { reservationId: id, lines })]);
    const wanted = { id: id.toLowerCase(), lines, expiresAt, events };
    for (let attempt = 1; ; attempt++) {
      try {
        const { reservation, shortages } =
          attempt === 1
            ? await this.#reserving.submit(wanted)
            : ((await this.#reserve([wanted]))[0] as Reserved);
        if (shortages) throw insufficientStock(shortages);
        if (!reservation) continue;
        this.outbox.wake();
        return reservation;
      } catch (error) {
        // The same reservation, or its tombstone, came first: the next round finds it.
        if (!isDuplicate(error, 'reservation_pkey')) throw error;
      }
    }
  }

  /**
   * Holds as many reservations at once as there is stock for. Where there is not enough for all who want a variant,
   * none of them gets it here, and each tries for itself: who comes first then is for the row's lock to say.
   */
  async #reserve(asked: Wanted[]): Promise<Reserved[]> {
    const now = this.clock.now();
    const lines = asked.flatMap(({ id, lines }) => lines.map((line) => ({ id, ...line })));
    const [row] = await this.database.write(sql<ReserveRow>`
      with asked as (
        select * from unnest(${asked.map(({ id }) => id)}::uuid[], ${asked.map((one) => one.expiresAt)}::timestamptz[])
          as a (id, expires_at)
      ), known as (
        select r.id, r.status, r.expires_at from reservation r join asked a on a.id = r.id
      ), wanted as (
        select * from unnest(${lines.map(({ id }) => id)}::uuid[], ${lines.map((line) => line.variantId)}::uuid[],
          ${lines.map((line) => line.quantity)}::bigint[]) as w (id, variant_id, quantity)
        where w.id not in (select id from known)
      ), locked as materialized (
        select s.variant_id, s.warehouse_id, s.on_hand - s.reserved as free from stock s
        where s.variant_id in (select variant_id from wanted)
        order by s.variant_id, s.warehouse_id for update of s
      ), supply as (
        select variant_id, sum(free) as free from locked group by variant_id
      ), short as (
        select w.id, w.variant_id, w.quantity, coalesce(s.free, 0) as available
        from wanted w left join supply s using (variant_id) where coalesce(s.free, 0) < w.quantity
      ), able as (
        select * from wanted w where w.id not in (select id from short)
      ), scarce as (
        select variant_id from able join supply using (variant_id)
        group by variant_id, free having sum(quantity) > free
      ), served as (
        select * from able where id not in (select id from able join scarce using (variant_id))
      ), need as (
        -- What each wants and what each warehouse has, laid end to end: where the two overlap, one gives to the other.
        select id, variant_id, sum(quantity) over line - quantity as first, sum(quantity) over line as past
        from served window line as (partition by variant_id order by id)
      ), shelf as (
        select variant_id, warehouse_id, sum(free) over line - free as first, sum(free) over line as past
        from locked where free > 0 window line as (partition by variant_id order by free desc, warehouse_id)
      ), take as (
        select n.id, n.variant_id, s.warehouse_id,
          (least(n.past, s.past) - greatest(n.first, s.first))::bigint as quantity
        from need n join shelf s on s.variant_id = n.variant_id and n.first < s.past and s.first < n.past
      ), held as (
        -- No "on conflict": when the same id is reserved twice at once, the loser's statement is undone whole.
        insert into reservation (id, status, expires_at, created_at)
        select id, 'HELD', expires_at, ${now} from asked where id in (select id from served) order by id
        returning id
      ), counted as (
        update stock s set reserved = s.reserved + t.quantity, version = s.version + 1
        from (select variant_id, warehouse_id, sum(quantity)::bigint as quantity from take group by 1, 2) t
        where s.variant_id = t.variant_id and s.warehouse_id = t.warehouse_id
      ), kept as (
        insert into reservation_line (reservation_id, variant_id, warehouse_id, quantity)
        select id, variant_id, warehouse_id, quantity from take
      ), journal as (
        insert into movement (variant_id, warehouse_id, kind, reserved_delta, reference, at)
        select variant_id, warehouse_id, 'RESERVED', quantity, id::text, ${now} from take
      ), published as (
        ${this.outbox.insert(
          asked.flatMap(({ events }) => events),
          sql`held`,
          sql`held.id::text = o.subject`,
        )}
      )
      select
        coalesce((select jsonb_agg(jsonb_build_object('id', id, 'status', status, 'expiresAt', expires_at))
          from known), '[]') as known,
        array(select id from held) as held,
        coalesce((select jsonb_agg(jsonb_build_object('id', id, 'variantId', variant_id, 'quantity', quantity::text,
          'available', available::text) order by variant_id) from short), '[]') as shortages`);
    const { known, held, shortages } = row as ReserveRow;
    return asked.map(({ id, expiresAt }) => {
      const found = known.find((reservation) => reservation.id === id);
      if (found) return { reservation: { ...found, expiresAt: new Date(found.expiresAt) } };
      if (held.includes(id)) return { reservation: { id, status: 'HELD', expiresAt } };
      const short = shortages.filter((shortage) => shortage.id === id);
      if (short.length === 0) return {};
      return {
        shortages: short.map(({ variantId, quantity, available }) => ({
          ...{ variantId, quantity: BigInt(quantity), available: BigInt(available) },
        })),
      };
    });
  }

  /** Gives a hold back. An unknown id leaves a tombstone, so that a Reserve that comes late finds it released. */
  async release(id: string): Promise<Reservation> {
    for (;;) {
      const now = this.clock.now();
      const lines = await this.#linesOf(this.database.kysely, [id]);
      const outbox = this.outbox.prepare([
        event(StockReleasedSchema, id, { reservationId: id, lines: lines.get(id) ?? [] }),
      ]);
      const [ended] = await this.database.write(sql<Reservation>`
        with ended as (
          update reservation set status = 'RELEASED' where id = ${id} and status = 'HELD' returning id, expires_at
        ), tombstone as (
          insert into reservation (id, status, expires_at, created_at)
          select ${id}, 'RELEASED', ${now}, ${now}
          where not exists (select from reservation where id = ${id})
          on conflict do nothing returning id, expires_at
        ), line as (
          select l.* from reservation_line l join ended on ended.id = l.reservation_id
        ), locked as materialized (
          select s.variant_id, s.warehouse_id from stock s
          where (s.variant_id, s.warehouse_id) in (select variant_id, warehouse_id from line)
          order by s.variant_id, s.warehouse_id for update of s
        ), counted as (
          update stock s set reserved = s.reserved - line.quantity, version = s.version + 1
          from locked join line using (variant_id, warehouse_id)
          where s.variant_id = line.variant_id and s.warehouse_id = line.warehouse_id
        ), journal as (
          insert into movement (variant_id, warehouse_id, kind, reserved_delta, reference, at)
          select variant_id, warehouse_id, 'RELEASED', -quantity, reservation_id::text, ${now} from line
        ), published as (
          ${this.outbox.insert(outbox, sql`ended`)}
        )
        select id, 'RELEASED' as status, expires_at as "expiresAt" from ended
        union all select id, 'RELEASED', expires_at from tombstone`);
      if (ended) {
        this.outbox.wake();
        return ended;
      }
      const known = await this.find(id);
      // Still held: a Reserve was committed between our look at its lines and our statement, so look again.
      if (known && known.status !== 'HELD') return known;
    }
  }

  /** Deducts holds: the goods are sold. For the consumer of order.confirmed, many at a time; repeating is harmless. */
  async commit(tx: Executor<unknown>, ids: string[]): Promise<void> {
    const now = this.clock.now();
    const lines = await this.#linesOf(tx, ids);
    const outbox = this.outbox.prepare(
      ids.map((id) => event(StockDeductedSchema, id, { reservationId: id, lines: lines.get(id) ?? [] })),
    );
    const { rows } = await sql<{ id: string }>`
      with due as materialized (
        select id from reservation where id = any(${ids}::uuid[]) and status = 'HELD' order by id for update
      ), ended as (
        update reservation r set status = 'COMMITTED' from due where r.id = due.id returning r.id
      ), line as (
        select l.* from reservation_line l join ended on ended.id = l.reservation_id
      ), locked as materialized (
        select s.variant_id, s.warehouse_id from stock s
        where (s.variant_id, s.warehouse_id) in (select variant_id, warehouse_id from line)
        order by s.variant_id, s.warehouse_id for update of s
      ), summed as (
        select variant_id, warehouse_id, sum(quantity)::bigint as quantity from line group by 1, 2
      ), counted as (
        update stock s set on_hand = s.on_hand - q.quantity, reserved = s.reserved - q.quantity,
          version = s.version + 1
        from locked join summed q using (variant_id, warehouse_id)
        where s.variant_id = q.variant_id and s.warehouse_id = q.warehouse_id
      ), journal as (
        insert into movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, reference, at)
        select variant_id, warehouse_id, 'DEDUCTED', -quantity, -quantity, reservation_id::text, ${now} from line
      ), published as (
        ${this.outbox.insert(outbox, sql`ended`, sql`ended.id::text = o.subject`)}
      )
      select r.id from reservation r where r.id = any(${ids}::uuid[]) and r.status = 'RELEASED'
      union select w.id from unnest(${ids}::uuid[]) as w (id)
        where not exists (select from reservation r where r.id = w.id)`.execute(tx);
    if (rows.length > 0) throw holdLost(rows.map((row) => row.id));
  }

  /** Puts the goods of a cancelled order back on the shelf that they were taken from, once per order. */
  async restock(tx: Executor<unknown>, orderId: string, reservationId: string, lines: Line[]): Promise<void> {
    const now = this.clock.now();
    const wanted = sumLines(lines);
    const sellers = await sql<{ variant_id: string; seller_id: string }>`
      select variant_id, seller_id from sku where variant_id = any(${wanted.map((line) => line.variantId)}::uuid[])`.execute(
      tx,
    );
    const outbox = this.outbox.prepare(
      sellers.rows.map((row) =>
        event(StockChangedSchema, row.variant_id, { variantId: row.variant_id, sellerId: row.seller_id }),
      ),
    );
    await sql`
      with wanted as (
        select * from unnest(${wanted.map((line) => line.variantId)}::uuid[],
          ${wanted.map((line) => line.quantity)}::bigint[]) as w (variant_id, quantity)
      ), source as (
        -- All of it goes to the warehouse that gave the most: goods come back in one parcel.
        select distinct on (w.variant_id) w.variant_id, l.warehouse_id, w.quantity
        from wanted w join reservation_line l on l.reservation_id = ${reservationId} and l.variant_id = w.variant_id
        order by w.variant_id, l.quantity desc, l.warehouse_id
      ), locked as materialized (
        select s.variant_id, s.warehouse_id from stock s
        where (s.variant_id, s.warehouse_id) in (select variant_id, warehouse_id from source)
        order by s.variant_id, s.warehouse_id for update of s
      ), journal as (
        insert into movement (variant_id, warehouse_id, kind, on_hand_delta, reference, at)
        select variant_id, warehouse_id, 'RESTOCKED', quantity, ${orderId}, ${now}
        from source join locked using (variant_id, warehouse_id)
        on conflict do nothing returning variant_id, warehouse_id, on_hand_delta
      ), counted as (
        update stock s set on_hand = s.on_hand + j.on_hand_delta, version = s.version + 1
        from journal j where s.variant_id = j.variant_id and s.warehouse_id = j.warehouse_id
      )
      ${this.outbox.insert(outbox, sql`journal`, sql`journal.variant_id::text = o.subject`)}`.execute(tx);
  }

  async find(id: string): Promise<Reservation | undefined> {
    const { rows } = await sql<Reservation>`
      select id, status, expires_at as "expiresAt" from reservation where id = ${id}`.execute(
      this.database.kysely,
    );
    return rows[0];
  }

  /** Holds whose time is over, oldest first. */
  async listExpired(limit: number): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      select id from reservation where status = 'HELD' and expires_at < ${this.clock.now()}
      order by expires_at limit ${limit}`.execute(this.database.kysely);
    return rows.map((row) => row.id);
  }

  /** Holds a while longer what is still needed. */
  async extend(ids: string[]): Promise<void> {
    const until = new Date(this.clock.now().getTime() + this.config.reservationTtlSeconds * 1000);
    await this.database.write(sql`
      update reservation set expires_at = ${until} where id = any(${ids}::uuid[]) and status = 'HELD'`);
  }

  async #linesOf(executor: Executor<unknown>, ids: string[]): Promise<Map<string, Line[]>> {
    const { rows } = await sql<{ reservation_id: string; variant_id: string; quantity: bigint }>`
      select reservation_id, variant_id, sum(quantity)::bigint as quantity from reservation_line
      where reservation_id = any(${ids}::uuid[]) group by 1, 2 order by 1, 2`.execute(executor);
    const lines = new Map<string, Line[]>();
    for (const row of rows) {
      const line = { variantId: row.variant_id, quantity: row.quantity };
      lines.set(row.reservation_id, [...(lines.get(row.reservation_id) ?? []), line]);
    }
    return lines;
  }
}

function isDuplicate(error: unknown, constraint: string): boolean {
  const { code, constraint: broken } = error as { code?: string; constraint?: string };
  return code === '23505' && broken === constraint;
}

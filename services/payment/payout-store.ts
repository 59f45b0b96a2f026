import { Injectable } from '@nestjs/common';
import { Database, type Executor } from '@pasar/platform/db';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { sql } from 'kysely';
import { sellerAccount } from './ledger.js';

export interface PayoutAccount {
  bank: string;
  number: string;
  holder: string;
}

export type PayoutStatus = 'PENDING' | 'PAID' | 'FAILED';

export interface Payout extends PayoutAccount {
  id: string;
  batch: string;
  sellerId: string;
  currency: string;
  amount: bigint;
  status: PayoutStatus;
  reference: string;
  failureCode: string;
  tries: number;
  createdAt: Date;
  endedAt: Date | null;
}

/** What a seller is owed, and where it goes. */
export interface Owed extends PayoutAccount {
  sellerId: string;
  currency: string;
  amount: bigint;
}

const columns = sql`
  id, batch, seller_id as "sellerId", currency, amount, bank, number, holder, status, reference,
  failure_code as "failureCode", tries, created_at as "createdAt", ended_at as "endedAt"`;

const uuid = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

@Injectable()
export class PayoutStore {
  constructor(private readonly database: Database) {}

  async findAccount(sellerId: string): Promise<(PayoutAccount & { updatedAt: Date }) | undefined> {
    const { rows } = await sql<PayoutAccount & { updatedAt: Date }>`
      select bank, number, holder, updated_at as "updatedAt" from payout_account where seller_id = ${sellerId}`.execute(
      this.database.kysely,
    );
    return rows[0];
  }

  async putAccount(sellerId: string, { bank, number, holder }: PayoutAccount, now: Date): Promise<void> {
    await this.database.write(sql`
      insert into payout_account (seller_id, bank, number, holder, updated_at)
      values (${sellerId}, ${bank}, ${number}, ${holder}, ${now})
      on conflict (seller_id) do update set bank = excluded.bank, number = excluded.number, holder = excluded.holder,
        updated_at = excluded.updated_at`);
  }

  /**
   * Sellers whose balance is worth a payout and who have had none in the batch. Their balances stay as they are until the
   * transaction ends: whoever would take from them waits.
   */
  async lockOwed(tx: Executor<unknown>, batch: string, minimum: bigint, limit: number): Promise<Owed[]> {
    const { rows } = await sql<Owed>`
      select p.seller_id as "sellerId", a.currency, -a.balance as amount, p.bank, p.number, p.holder
      from ledger_account a join payout_account p on p.seller_id = substr(a.account, ${sellerAccount('').length + 1})::uuid
      where a.account >= ${sellerAccount('')} and a.account < ${sellerAccount('~')} and a.balance <= ${-minimum}
        and not exists (
          select from payout o where o.batch = ${batch} and o.seller_id = p.seller_id and o.currency = a.currency)
      order by a.account, a.currency limit ${limit} for update of a`.execute(tx);
    return rows;
  }

  /** @returns the ids of those that the batch did not have */
  async insert(
    tx: Executor<unknown>,
    batch: string,
    payouts: (Owed & { id: string })[],
    now: Date,
  ): Promise<Set<string>> {
    const { rows } = await sql<{ id: string }>`
      insert into payout (id, batch, seller_id, currency, amount, bank, number, holder, due_at, created_at)
      select p.id, ${batch}, p.seller_id, p.currency, p.amount, p.bank, p.number, p.holder, ${now}, ${now}
      from unnest(${payouts.map(({ id }) => id)}::uuid[], ${payouts.map((p) => p.sellerId)}::uuid[],
        ${payouts.map(({ currency }) => currency)}::text[], ${payouts.map(({ amount }) => amount)}::bigint[],
        ${payouts.map(({ bank }) => bank)}::text[], ${payouts.map(({ number }) => number)}::text[],
        ${payouts.map(({ holder }) => holder)}::text[]) as p (id, seller_id, currency, amount, bank, number, holder)
      on conflict (batch, seller_id, currency) do nothing returning id`.execute(tx);
    return new Set(rows.map(({ id }) => id));
  }

  /** By what may be the id of one. */
  async find(id: string): Promise<Payout | undefined> {
    const { rows } = await sql<Payout>`
      select ${columns} from payout where id = case when ${id}::text ~ ${uuid} then ${id}::uuid end`.execute(
      this.database.kysely,
    );
    return rows[0];
  }

  /** Takes on what is due; others leave it alone until `leasedUntil`. */
  async claim(limit: number, now: Date, leasedUntil: Date): Promise<Payout[]> {
    return this.database.write(sql<Payout>`
      with due as (
        select id as due_id from payout where status = 'PENDING' and due_at <= ${now}
        order by due_at limit ${limit} for update skip locked
      )
      update payout set tries = tries + 1, due_at = ${leasedUntil} from due where id = due_id returning ${columns}`);
  }

  async postpone(id: string, dueAt: Date): Promise<void> {
    await this.database.write(
      sql`update payout set due_at = ${dueAt} where id = ${id} and status = 'PENDING'`,
    );
  }

  /** @returns false when it had ended before */
  async end(
    tx: Executor<unknown>,
    id: string,
    end: { status: 'PAID' | 'FAILED'; reference: string; failureCode: string },
    now: Date,
  ): Promise<boolean> {
    const { rows } = await sql`
      update payout set status = ${end.status}, reference = ${end.reference}, failure_code = ${end.failureCode},
        ended_at = ${now}
      where id = ${id} and status = 'PENDING' returning id`.execute(tx);
    return rows.length > 0;
  }

  /** Newest first. */
  async list(filter: { sellerId?: string; status?: PayoutStatus }, size: number, token: string) {
    const limit = pageSize(size);
    const before = decodeIdToken(token);
    const { sellerId, status } = filter;
    const { rows } = await sql<Payout>`
      select ${columns} from payout
      where ${sellerId ? sql`seller_id = ${sellerId}` : sql`true`} and ${status ? sql`status = ${status}` : sql`true`}
        and ${before ? sql`id < ${before}::uuid` : sql`true`}
      order by id desc limit ${limit + 1}`.execute(this.database.kysely);
    return pageOf(rows, limit, (last) => [last.id]);
  }
}

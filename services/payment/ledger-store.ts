import { Injectable } from '@nestjs/common';
import { Database, type Executor } from '@pasar/platform/db';
import { decodeNumberToken, decodePageToken, pageOf, pageSize } from '@pasar/platform/page';
import { sql } from 'kysely';
import type { LedgerTransaction } from './ledger.js';

export interface BalanceRow {
  account: string;
  currency: string;
  balance: bigint;
}

export interface EntryRow {
  id: bigint;
  transactionId: string;
  account: string;
  amount: bigint;
  currency: string;
  paymentId: string | null;
  orderId: string | null;
  kind: string;
  createdAt: Date;
}

const maxPage = 200;

/** The ledger. What payments move is written along with them. */
@Injectable()
export class LedgerStore {
  constructor(private readonly database: Database) {}

  /** Books what is about no payment, or about what a payment's own state does not know. */
  async book(tx: Executor<unknown>, transactions: LedgerTransaction[], now: Date): Promise<void> {
    if (transactions.length === 0) return;
    const entries = transactions.flatMap(({ id, paymentId, entries }) =>
      entries.map((entry) => ({ ...entry, id, paymentId })),
    );
    await sql`
      with booked as (
        insert into ledger_transaction (id, kind, payment_id, created_at)
        select t.id, t.kind, t.payment_id, ${now}
        from unnest(${transactions.map(({ id }) => id)}::text[], ${transactions.map(({ kind }) => kind)}::text[],
          ${transactions.map(({ paymentId }) => paymentId)}::uuid[]) as t (id, kind, payment_id)
      )
      insert into ledger_entry (transaction_id, account, amount, currency, payment_id, seller_id)
      select * from unnest(${entries.map(({ id }) => id)}::text[], ${entries.map(({ account }) => account)}::text[],
        ${entries.map(({ amount }) => amount)}::bigint[], ${entries.map(({ currency }) => currency)}::text[],
        ${entries.map(({ paymentId }) => paymentId)}::uuid[],
        ${entries.map(({ sellerId }) => sellerId ?? null)}::uuid[])`.execute(tx);
  }

  /** Balances of the accounts that begin with `prefix`, by name. */
  async listBalances(prefix: string, size: number, token: string) {
    const limit = pageSize(size, 50, maxPage);
    // From the prefix on: what is before it is not to be gone through.
    const [account, currency] = decodePageToken(token, 2) ?? [prefix, ''];
    const { rows } = await sql<BalanceRow>`
      select account, currency, balance from ledger_account
      where starts_with(account, ${prefix}) and (account, currency) > (${account}, ${currency})
      order by account, currency limit ${limit + 1}`.execute(this.database.kysely);
    return pageOf(rows, limit, (last) => [last.account, last.currency]);
  }

  /** Of one account, in each of its currencies. */
  async balancesOf(account: string): Promise<BalanceRow[]> {
    const { rows } = await sql<BalanceRow>`
      select account, currency, balance from ledger_account where account = ${account} order by currency`.execute(
      this.database.kysely,
    );
    return rows;
  }

  /** What is in escrow for a seller: neither released nor refunded yet. */
  async heldFor(sellerId: string): Promise<{ currency: string; amount: bigint }[]> {
    const { rows } = await sql<{ currency: string; amount: bigint }>`
      select currency, amount from held where seller_id = ${sellerId} and amount <> 0 order by currency`.execute(
      this.database.kysely,
    );
    return rows;
  }

  /** Of one account, which stays as it is until the transaction ends. */
  async lockBalance(tx: Executor<unknown>, account: string, currency: string): Promise<bigint> {
    const { rows } = await sql<{ balance: bigint }>`
      select balance from ledger_account where account = ${account} and currency = ${currency} for update`.execute(
      tx,
    );
    return rows[0]?.balance ?? 0n;
  }

  /** Balances that are not the sum of their entries, and currencies whose debits are not their credits. */
  async findWrongBalances(): Promise<BalanceRow[]> {
    const { rows } = await sql<BalanceRow>`
      select coalesce(a.account, e.account) as account, coalesce(a.currency, e.currency) as currency, a.balance
      from ledger_account a full join (
        select account, currency, sum(amount) as balance from ledger_entry group by 1, 2
      ) e using (account, currency)
      where a.balance is distinct from e.balance and coalesce(a.balance, 0) <> coalesce(e.balance, 0)
      union all
      select 'all' as account, currency, sum(balance)::bigint from ledger_account group by 2 having sum(balance) <> 0
      limit 100`.execute(this.database.kysely);
    return rows;
  }

  /** Newest first; of all accounts, or all payments, where none is given. */
  async listEntries(filter: { account: string; paymentId: string | null }, size: number, token: string) {
    const limit = pageSize(size, 50, maxPage);
    const before = decodeNumberToken(token);
    const { account, paymentId } = filter;
    const { rows } = await sql<EntryRow>`
      select e.id, e.transaction_id as "transactionId", e.account, e.amount, e.currency, e.payment_id as "paymentId",
        e.order_id as "orderId", t.kind, t.created_at as "createdAt"
      from (
        select * from ledger_entry e
        where ${account ? sql`e.account = ${account}` : sql`true`}
          and ${paymentId ? sql`e.payment_id = ${paymentId}` : sql`true`}
          and ${before ? sql`e.id < ${before}` : sql`true`}
        order by e.id desc limit ${limit + 1}
      ) e join ledger_transaction t on t.id = e.transaction_id
      order by e.id desc`.execute(this.database.kysely);
    return pageOf(rows, limit, (last) => [last.id]);
  }
}

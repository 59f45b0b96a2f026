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

/** A charge or refund that only one side knows, or with another amount. Amounts are what changed at the provider. */
export interface Difference {
  /** Of the ledger transaction. */
  id: string;
  paymentId: string | null;
  ours: bigint | null;
  theirs: bigint | null;
}

interface LedgerLine {
  id: string;
  /** Null for a payout. */
  paymentId: string | null;
  amount: bigint;
  currency: string;
}

const maxPage = 200;
const maxDifferences = 1000;

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
    const [account, currency] = decodePageToken(token, 2) ?? ['', ''];
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

  /** Newest first; of all accounts, or all payments, where none is given. */
  async listEntries(filter: { account: string; paymentId: string | null }, size: number, token: string) {
    const limit = pageSize(size, 50, maxPage);
    const before = decodeNumberToken(token);
    const { account, paymentId } = filter;
    const { rows } = await sql<EntryRow>`
      select e.id, e.transaction_id as "transactionId", e.account, e.amount, e.currency, e.payment_id as "paymentId",
        e.order_id as "orderId", t.kind, t.created_at as "createdAt"
      from ledger_entry e join ledger_transaction t on t.id = e.transaction_id
      where ${account ? sql`e.account = ${account}` : sql`true`}
        and ${paymentId ? sql`e.payment_id = ${paymentId}` : sql`true`}
        and ${before ? sql`e.id < ${before}` : sql`true`}
      order by e.id desc limit ${limit + 1}`.execute(this.database.kysely);
    return pageOf(rows, limit, (last) => [last.id]);
  }

  async keepStatement(provider: string, day: string, lines: LedgerLine[]): Promise<void> {
    await this.database.write(sql`
      insert into statement_line (provider, id, day, payment_id, amount, currency)
      select ${provider}, l.id, ${day}::date, l.payment_id, l.amount, l.currency
      from unnest(${lines.map((line) => line.id)}::text[], ${lines.map((line) => line.paymentId)}::uuid[],
        ${lines.map((line) => line.amount)}::bigint[], ${lines.map((line) => line.currency)}::text[])
        as l (id, payment_id, amount, currency)
      on conflict (provider, id) do update set amount = excluded.amount, currency = excluded.currency`);
  }

  /** What the kept statement of a day and the ledger, as it was booked until then, do not agree on. */
  async compareStatement(provider: string, day: string, until: Date): Promise<Difference[]> {
    const account = `provider:${provider}`;
    const { rows } = await sql<Difference>`
      select s.id, s.payment_id as "paymentId", e.amount as ours, s.amount as theirs
      from statement_line s
      left join ledger_entry e
        on e.payment_id = s.payment_id and e.transaction_id = s.id and e.account = ${account}
      where s.provider = ${provider} and s.day = ${day}::date and s.payment_id is not null
        and (e.amount is distinct from s.amount or e.currency is distinct from s.currency)
      union all
      select t.id, t.payment_id, e.amount, null
      from ledger_transaction t
      join ledger_entry e on e.payment_id = t.payment_id and e.transaction_id = t.id and e.account = ${account}
      where t.created_at >= ${day}::timestamp at time zone 'UTC'
        and t.created_at < least(${until}, (${day}::timestamp + interval '1 day') at time zone 'UTC')
        and not exists (select from statement_line s where s.provider = ${provider} and s.id = t.id)
      limit ${maxDifferences}`.execute(this.database.kysely);
    return rows;
  }
}

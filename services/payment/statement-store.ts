import { Injectable } from '@nestjs/common';
import { Database, type Executor } from '@pasar/platform/db';
import { decodeNumberToken, pageOf, pageSize } from '@pasar/platform/page';
import { sql } from 'kysely';

export type DifferenceKind = 'MISSING_HERE' | 'MISSING_THERE' | 'AMOUNT' | 'DOUBLE';

/** Something that only one side knows, or with another amount. Amounts are what changed at the provider. */
export interface Difference {
  /** Of the ledger transaction, as it is or would be. */
  id: string;
  kind: DifferenceKind;
  /** Null for a payout. */
  paymentId: string | null;
  currency: string;
  ours: bigint | null;
  theirs: bigint | null;
  /** By how much the ledger has followed the provider for it before. */
  corrected: bigint;
}

export interface FoundDifference extends Difference {
  number: bigint;
  provider: string;
  day: string;
  state: 'OPEN' | 'MENDED';
  remedy: 'ASKED' | 'BOOKED' | null;
  foundAt: Date;
  mendedAt: Date | null;
}

/** What became of a difference. */
export interface Outcome extends Difference {
  remedy: 'ASKED' | 'BOOKED' | null;
  /** What was booked for it now. */
  correction: bigint;
}

interface Line {
  line: string;
  id: string;
  paymentId: string | null;
  amount: bigint;
  currency: string;
}

const maxPage = 200;
const maxDifferences = 1000;

/** Provider's statements as they were fetched, and what they and the ledger do not agree on. */
@Injectable()
export class StatementStore {
  constructor(private readonly database: Database) {}

  async keep(provider: string, day: string, lines: Line[]): Promise<void> {
    await this.database.write(sql`
      insert into statement_line (provider, line, id, day, payment_id, amount, currency)
      select ${provider}, l.line, l.id, ${day}::date, l.payment_id, l.amount, l.currency
      from unnest(${lines.map(({ line }) => line)}::text[], ${lines.map(({ id }) => id)}::text[],
        ${lines.map(({ paymentId }) => paymentId)}::uuid[], ${lines.map(({ amount }) => amount)}::bigint[],
        ${lines.map(({ currency }) => currency)}::text[]) as l (line, id, payment_id, amount, currency)
      on conflict (provider, line) do update set amount = excluded.amount, currency = excluded.currency`);
  }

  /** What the kept statement of a day and the ledger, as it was booked until then, do not agree on. */
  async compare(
    provider: string,
    day: string,
    until: Date,
    executor: Executor<unknown> = this.database.kysely,
  ): Promise<Difference[]> {
    const account = `provider:${provider}`;
    const { rows } = await sql<Difference>`
      with listed as (
        select id, (array_agg(payment_id))[1] as payment_id, sum(amount)::bigint as amount, min(currency) as currency,
          count(*)::int as lines
        from statement_line
        where provider = ${provider} and id in (
          select id from statement_line where provider = ${provider} and day = ${day}::date)
        group by id
      ), booked as (
        select t.id, t.payment_id from ledger_transaction t
        where t.created_at >= ${day}::timestamp at time zone 'UTC'
          and t.created_at < least(${until}, (${day}::timestamp + interval '1 day') at time zone 'UTC')
          and t.kind in ('capture', 'refund', 'payout-paid')
          and not exists (select from statement_line s where s.provider = ${provider} and s.id = t.id)
      ), both_sides as (
        select s.id, s.payment_id, s.currency, s.amount as theirs, s.lines from listed s
        union all select b.id, b.payment_id, null, null, 0 from booked b
      )
      select s.id, s.payment_id as "paymentId", coalesce(e.currency, s.currency) as currency, e.amount as ours, s.theirs,
        coalesce(d.corrected, 0) as corrected,
        case when s.theirs is null then 'MISSING_THERE' when e.amount is null then 'MISSING_HERE'
          when s.lines > 1 then 'DOUBLE' else 'AMOUNT' end as kind
      from both_sides s
      left join lateral (
        select o.amount, o.currency from ledger_entry o
        where o.payment_id = s.payment_id and o.transaction_id = s.id and o.account = ${account}
        union all
        select o.amount, o.currency from ledger_entry o
        where s.payment_id is null and o.payment_id is null and o.transaction_id = s.id and o.account = ${account}
      ) e on true
      left join difference d on d.provider = ${provider} and d.id = s.id
      where (s.theirs is not null or e.amount is not null)
        and (coalesce(s.theirs, 0) <> coalesce(e.amount, 0) + coalesce(d.corrected, 0) or e.currency <> s.currency)
      order by s.id limit ${maxDifferences}`.execute(executor);
    return rows;
  }

  /** Keeps what became of the differences of a day; those that were open and are not among them have gone. */
  async record(
    tx: Executor<unknown>,
    provider: string,
    day: string,
    outcomes: Outcome[],
    now: Date,
  ): Promise<void> {
    await sql`
      update difference set state = 'MENDED', remedy = 'ASKED', mended_at = ${now}
      where provider = ${provider} and day = ${day}::date and state = 'OPEN'
        and not id = any(${outcomes.map(({ id }) => id)}::text[])`.execute(tx);
    await sql`
      insert into difference (provider, id, day, kind, payment_id, currency, ours, theirs, corrected, corrections, state,
        remedy, found_at, mended_at)
      select ${provider}, o.id, ${day}::date, o.kind, o.payment_id, o.currency, o.ours, o.theirs, o.correction,
        (o.correction <> 0)::int, case when o.remedy is null then 'OPEN' else 'MENDED' end, o.remedy, ${now},
        case when o.remedy is not null then ${now}::timestamptz end
      from unnest(${outcomes.map(({ id }) => id)}::text[], ${outcomes.map(({ kind }) => kind)}::text[],
        ${outcomes.map(({ paymentId }) => paymentId)}::uuid[], ${outcomes.map(({ currency }) => currency)}::text[],
        ${outcomes.map(({ ours }) => ours)}::bigint[], ${outcomes.map(({ theirs }) => theirs)}::bigint[],
        ${outcomes.map(({ correction }) => correction)}::bigint[], ${outcomes.map(({ remedy }) => remedy)}::text[])
        as o (id, kind, payment_id, currency, ours, theirs, correction, remedy)
      on conflict (provider, id) do update set kind = excluded.kind, ours = excluded.ours, theirs = excluded.theirs,
        corrected = difference.corrected + excluded.corrected,
        corrections = difference.corrections + excluded.corrections, state = excluded.state, remedy = excluded.remedy,
        mended_at = excluded.mended_at`.execute(tx);
  }

  /** Locks what is known of them, so that two runs at once do not correct the same. @returns corrections so far, by id */
  async lockCorrections(
    tx: Executor<unknown>,
    provider: string,
    ids: string[],
  ): Promise<Map<string, { corrected: bigint; corrections: number }>> {
    await sql`select pg_advisory_xact_lock(hashtext(${`reconcile ${provider}`}))`.execute(tx);
    const { rows } = await sql<{ id: string; corrected: bigint; corrections: number }>`
      select id, corrected, corrections from difference where provider = ${provider} and id = any(${ids}::text[])`.execute(
      tx,
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Found last first. */
  async list(state: 'OPEN' | 'MENDED' | undefined, size: number, token: string) {
    const limit = pageSize(size, 50, maxPage);
    const before = decodeNumberToken(token);
    const { rows } = await sql<FoundDifference>`
      select number, provider, id, day::text, kind, payment_id as "paymentId", currency, ours, theirs, corrected, state,
        remedy, found_at as "foundAt", mended_at as "mendedAt"
      from difference
      where ${state ? sql`state = ${state}` : sql`true`} and ${before ? sql`number < ${before}` : sql`true`}
      order by number desc limit ${limit + 1}`.execute(this.database.kysely);
    return pageOf(rows, limit, (last) => [last.number]);
  }
}

import { Injectable } from '@nestjs/common';
import { Batcher } from '@pasar/platform/batcher';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { toJson } from '@pasar/platform/json';
import { Outbox, type PreparedEvent } from '@pasar/platform/outbox';
import { recordset } from '@pasar/platform/recordset';
import { Metrics } from '@pasar/platform/telemetry';
import { type RawBuilder, sql } from 'kysely';
import type { Change, Question } from './change.js';
import { toPendingEvent } from './events.js';
import type { LedgerTransaction } from './ledger.js';
import { type Answer, chargeOf, type Payment, type Refund } from './payment.js';
import type { ProviderEvent } from './provider.js';
import {
  type PaymentRow,
  paymentColumns,
  type RefundRow,
  refundColumns,
  type Stored,
  toPayment,
  toRefund,
} from './rows.js';

/** A question to the provider that this process has taken on. */
export interface Attempt {
  key: string;
  operation: Question['operation'];
  amount: bigint;
  tries: number;
  /** When a call of it may have left last. */
  askedAt: Date;
  payment: Payment;
}

interface Beginning {
  payment: Payment;
  dueAt: Date;
}

/** With its events as of the moment in which it was made, whoever it shares a statement with. */
interface Decision {
  change: Change;
  events: PreparedEvent[];
}

@Injectable()
export class PaymentStore {
  readonly #beginning = new Batcher((begun: Beginning[]) => this.#begin(begun), {
    key: ({ payment }) => payment.id,
  });
  readonly #writing = new Batcher(
    async (decisions: Decision[]) => {
      const moved = await this.#write(decisions);
      return decisions.map(({ change }) => moved.has(change.payment.id));
    },
    { key: ({ change }) => change.payment.id },
  );

  readonly #outcomes;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.#outcomes = metrics.counter('pasar_payments_total', 'What became of payments', ['method', 'event']);
  }

  /**
   * Stores a new payment, with the question that is about to be asked of the provider, before it is asked; in one
   * statement with all others that begin at the same time.
   * @returns false when the id is taken: nothing is stored
   */
  async begin(payment: Payment, dueAt: Date, tx?: Executor<unknown>): Promise<boolean> {
    const begun = { payment, dueAt };
    return tx ? (await this.#begin([begun], tx)).includes(true) : this.#beginning.submit(begun);
  }

  async #begin(begun: Beginning[], tx?: Executor<unknown>): Promise<boolean[]> {
    const rows = begun.map(({ payment, dueAt }) => ({ ...payment, dueAt, charge: chargeOf(payment) }));
    const statement = sql<{ id: string }>`
      with asked as (
        select * from ${recordset(
          'q',
          rows,
          `id uuid, version int, status text, method text, checkoutId uuid, customerId uuid,
          currency text, amount bigint, shares jsonb, provider text, expiresAt timestamptz,
          createdAt timestamptz, dueAt timestamptz, charge bigint`,
        )}
      ), begun as (
        insert into payment (id, version, status, method, checkout_id, customer_id, currency, amount, shares, provider,
          expires_at, created_at, updated_at)
        select id, version, status, method, "checkoutId", "customerId", currency, amount, shares, provider, "expiresAt",
          "createdAt", "createdAt"
        -- In the order of the ids, so that two processes with the same payments do not wait for each other.
        from asked order by id
        on conflict (id) do nothing returning id
      ), opened as (
        insert into attempt (key, payment_id, operation, amount, tries, due_at, asked_at)
        select id::text, id, 'authorize', charge, 1, "dueAt", "createdAt" from asked join begun using (id)
        where status = 'PENDING'
      )
      select id from begun`;
    const written = await this.#run(statement, tx);
    const ids = new Set(written.map(({ id }) => id));
    return begun.map(({ payment }) => ids.has(payment.id));
  }

  async find(ids: string[], executor: Executor<unknown> = this.database.kysely): Promise<Payment[]> {
    const { rows } = await sql<PaymentRow>`
      select ${paymentColumns} from payment p where p.id = any(${ids}::uuid[])`.execute(executor);
    return rows.map(toPayment);
  }

  /** For its owner; any payment when there is no `customerId`. */
  async findOwned(id: string, customerId: string | null): Promise<Payment | undefined> {
    const { rows } = await sql<PaymentRow>`
      select ${paymentColumns} from payment p
      where p.id = ${id} and (${customerId}::uuid is null or p.customer_id = ${customerId})`.execute(
      this.database.kysely,
    );
    return rows.map(toPayment)[0];
  }

  async findRefund(id: string): Promise<Refund | undefined> {
    const { rows } = await sql<RefundRow>`select ${refundColumns} from refund r where r.id = ${id}`.execute(
      this.database.kysely,
    );
    return rows.map(toRefund)[0];
  }

  async findRefundByKey(paymentId: string, idempotencyKey: string): Promise<Refund | undefined> {
    const { rows } = await sql<RefundRow>`
      select ${refundColumns} from refund r
      where r.payment_id = ${paymentId} and r.idempotency_key = ${idempotencyKey}`.execute(
      this.database.kysely,
    );
    return rows.map(toRefund)[0];
  }

  /**
   * Writes decisions: each whole, or not at all when its payment is no longer as it was when the decision was made. One
   * by itself shares a statement with all others that are written at the same time.
   * @returns the ids of the payments that changed
   */
  async write(changes: Change[], tx?: Executor<unknown>): Promise<Set<string>> {
    const decisions = changes.map((change) => ({ change, events: this.#prepare(change) }));
    const [decision] = decisions;
    if (tx || !decision || decisions.length > 1) return this.#write(decisions, tx);
    return new Set((await this.#writing.submit(decision)) ? [decision.change.payment.id] : []);
  }

  /**
   * In one statement. Payments are locked in the order of their ids, so that two batches never wait for each other.
   * Parts that no decision needs are left out: most change a payment and close a question, and nothing else.
   */
  async #write(decisions: Decision[], tx?: Executor<unknown>): Promise<Set<string>> {
    const now = this.clock.now();
    const changes = decisions.map(({ change }) => change);
    const ofPayment = <Row>(rows: (change: Change) => Row[]) =>
      changes.flatMap((change) => rows(change).map((row) => ({ ...row, payment: change.payment.id })));
    const closes = ofPayment((change) => change.closes);
    const opens = ofPayment((change) => change.opens);
    const refunds = ofPayment((change) => change.refunds);
    const ledger = ofPayment((change) => change.ledger);
    const events = decisions.flatMap((decision) => decision.events);
    const parts = [
      movePayments(changes),
      closes.length > 0 && closeAttempts(closes, now),
      opens.length > 0 && openAttempts(opens, now),
      refunds.length > 0 && putRefunds(refunds),
      ledger.length > 0 && bookTransactions(ledger, now),
      events.length > 0 &&
        sql`published as (${this.outbox.insert(events, sql`moved`, sql`moved.id::text = o.subject`)})`,
    ];
    const statement = sql<{ id: string }>`
      with ${sql.join(parts.filter((part) => part !== false))} select id from moved`;
    const rows = await this.#run(statement, tx);
    const moved = new Set(rows.map((row) => row.id));
    for (const { payment, events } of changes.filter(({ payment }) => moved.has(payment.id)))
      for (const { type } of events) this.#outcomes.inc({ method: payment.method ?? '', event: type });
    return moved;
  }

  /** Takes on what is due, many at once. Others leave it alone until `leasedUntil`. */
  async claimAttempts(limit: number, leasedUntil: Date): Promise<Attempt[]> {
    const rows = await this.database.write(sql<AttemptRow & PaymentRow>`
      with due as (
        select key from attempt where ended_at is null and due_at <= ${this.clock.now()}
        order by due_at limit ${limit} for update skip locked
      ), claimed as (
        update attempt a set tries = a.tries + 1, due_at = ${leasedUntil} from due where a.key = due.key
        returning a.*
      )
      select c.key, c.operation, c.amount as asked, c.tries, c.asked_at as "askedAt", ${paymentColumns}
      from claimed c join payment p on p.id = c.payment_id`);
    return rows.map(({ key, operation, asked, tries, askedAt, ...payment }) => ({
      ...{ key, operation, amount: asked, tries, askedAt },
      payment: toPayment(payment),
    }));
  }

  /** Lets unanswered questions be asked again later. */
  async postponeAttempts(postponed: { key: string; dueAt: Date; outcome: string }[]): Promise<void> {
    await this.database.write(sql`
      update attempt a set due_at = q."dueAt", outcome = q.outcome
      from ${recordset('q', postponed, 'key text, dueAt timestamptz, outcome text')}
      where a.key = q.key and a.ended_at is null`);
  }

  /** Notes that the provider is asked once more; false when the question is no longer open. */
  async repeatAttempt(key: string, dueAt: Date): Promise<boolean> {
    const rows = await this.database.write(sql`
      update attempt set tries = tries + 1, due_at = ${dueAt}, asked_at = ${this.clock.now()}
      where key = ${key} and ended_at is null returning key`);
    return rows.length > 0;
  }

  async surveyAttempts(): Promise<{ open: number; oldest: Date | null }> {
    const { rows } = await sql<{ open: number; oldest: Date | null }>`
      select count(*)::int as open, min(asked_at) as oldest from attempt where ended_at is null`.execute(
      this.database.kysely,
    );
    return rows[0] ?? { open: 0, oldest: null };
  }

  /** Authorised long ago, and neither captured nor given up since: the checkout forgot them. */
  async listForgotten(from: Date, to: Date): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      select id from payment where status = 'AUTHORIZED' and created_at between ${from} and ${to} limit 100`.execute(
      this.database.kysely,
    );
    return rows.map((row) => row.id);
  }

  /** @returns false for an event that was received before */
  async receiveEvent(provider: string, { id, paymentId, answer }: ProviderEvent, tx: Executor<unknown>) {
    const { rows } = await sql`
      insert into provider_event (provider, id, payment_id, answer, received_at)
      values (${provider}, ${id}, ${paymentId}, ${toJson(answer)}::jsonb, ${this.clock.now()})
      on conflict do nothing returning id`.execute(tx);
    return rows.length > 0;
  }

  async markApplied(provider: string, id: string, tx: Executor<unknown>): Promise<void> {
    await sql`
      update provider_event set applied_at = ${this.clock.now()} where provider = ${provider} and id = ${id}`.execute(
      tx,
    );
  }

  /** Events that were kept because their payment was not known, and is now. */
  async listApplicableEvents(
    provider: string,
    limit: number,
    tx: Executor<unknown>,
  ): Promise<ProviderEvent[]> {
    const { rows } = await sql<Omit<ProviderEvent, 'answer'> & { answer: Stored<Answer> }>`
      select e.id, e.payment_id as "paymentId", e.answer from provider_event e
      where e.applied_at is null and e.provider = ${provider} and exists (select from payment p where p.id = e.payment_id)
      order by e.received_at limit ${limit} for update of e skip locked`.execute(tx);
    return rows.map(({ answer, ...row }) => ({
      ...row,
      answer: (answer.status === 'captured'
        ? { ...answer, amount: BigInt(answer.amount) }
        : answer) as Answer,
    }));
  }

  #prepare({ payment, events }: Change): PreparedEvent[] {
    return this.outbox.prepare(events.map((event) => toPendingEvent(payment, event)));
  }

  async #run<Row>(statement: RawBuilder<Row>, tx: Executor<unknown> | undefined): Promise<Row[]> {
    return tx ? (await statement.execute(tx)).rows : this.database.write(statement);
  }
}

/** CTEs of the statement that writes decisions. */
type Statement = RawBuilder<unknown>;
type OfPayment<Row> = Row & { payment: string };

/** Defines `moved`, on which all other parts depend: the payments that were as the decisions found them. */
function movePayments(changes: Change[]): Statement {
  const rows = changes.map(({ payment, unsent }) => ({ ...payment, unsent }));
  const unsent = changes.some((change) => change.unsent);
  return sql`
    change as (
      select * from ${recordset(
        'q',
        rows,
        `id uuid, version int, status text, voiding boolean, captured bigint, refunding bigint,
          refunded bigint, shares jsonb, reference text, declineCode text, instructions jsonb,
          updatedAt timestamptz, unsent boolean`,
      )}
    ), locked as (
      select p.id from payment p join change c on c.id = p.id and c.version = p.version order by p.id for update of p
    ), ${
      unsent
        ? sql`unsent as (
      select a.payment_id as id from attempt a join change c on a.key = c.id || ':capture'
      where c.unsent and a.tries = 0 and a.ended_at is null for update of a
    ), `
        : sql``
    } moved as (
      update payment p set version = c.version + 1, status = c.status, voiding = c.voiding, captured = c.captured,
        refunding = c.refunding, refunded = c.refunded, shares = c.shares, reference = c.reference,
        decline_code = c."declineCode", instructions = c.instructions, updated_at = c."updatedAt"
      from locked join change c using (id)
      where p.id = locked.id ${unsent ? sql`and (not c.unsent or exists (select from unsent u where u.id = p.id))` : sql``}
      returning p.id
    )`;
}

function closeAttempts(closes: OfPayment<{ key: string; outcome: string }>[], now: Date): Statement {
  return sql`
    closed as (
      update attempt a set ended_at = ${now}, outcome = q.outcome
      from ${recordset('q', closes, 'payment uuid, key text, outcome text')}
        join moved on moved.id = q.payment
      where a.key = q.key and a.ended_at is null
    )`;
}

function openAttempts(opens: OfPayment<Question>[], now: Date): Statement {
  return sql`
    opened as (
      insert into attempt (key, payment_id, operation, amount, due_at, asked_at)
      select q.key, moved.id, q.operation, q.amount, ${now}, ${now}
      from ${recordset('q', opens, 'payment uuid, key text, operation text, amount bigint')}
        join moved on moved.id = q.payment
      on conflict (key) do update set amount = excluded.amount, tries = 0, due_at = excluded.due_at,
        asked_at = excluded.asked_at, ended_at = null, outcome = ''
    )`;
}

function putRefunds(refunds: OfPayment<Refund>[]): Statement {
  return sql`
    refunds as (
      insert into refund (id, payment_id, status, amount, order_id, parts, reason, idempotency_key, created_at)
      select r.id, moved.id, r.status, r.amount, r."orderId", r.parts, r.reason, r."idempotencyKey", r."createdAt"
      from ${recordset(
        'r',
        refunds,
        `payment uuid, id uuid, status text, amount bigint, orderId text, parts jsonb, reason text,
          idempotencyKey text, createdAt timestamptz`,
      )} join moved on moved.id = r.payment
      on conflict (id) do update set status = excluded.status
    )`;
}

function bookTransactions(ledger: OfPayment<LedgerTransaction>[], now: Date): Statement {
  const entries = ledger.flatMap(({ id, entries }) =>
    entries.map((entry) => ({ ...entry, transaction: id })),
  );
  return sql`
    booked as (
      insert into ledger_transaction (id, kind, payment_id, created_at)
      select t.id, t.kind, moved.id, ${now}
      from ${recordset('t', ledger, 'payment uuid, id text, kind text')}
        join moved on moved.id = t.payment
      returning id, payment_id
    ), entered as (
      insert into ledger_entry (transaction_id, account, amount, currency, payment_id, order_id, seller_id)
      select booked.id, e.account, e.amount, e.currency, booked.payment_id, e."orderId", e."sellerId"
      from ${recordset(
        'e',
        entries,
        'transaction text, account text, amount bigint, currency text, orderId uuid, sellerId uuid',
      )} join booked on booked.id = e.transaction
    )`;
}

interface AttemptRow extends Omit<Attempt, 'amount' | 'payment'> {
  asked: bigint;
}

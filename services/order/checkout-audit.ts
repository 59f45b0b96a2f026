import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type Payment,
  PaymentService,
  Payment_Status as Status,
} from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { Invariants } from '@pasar/platform/invariants';
import { Calls } from '@pasar/platform/service';
import { Metrics } from '@pasar/platform/telemetry';
import { sql } from 'kysely';

/** What is younger, or moved since, may still be on its way. */
const quietMs = 5 * 60_000;
const dayMs = 86_400_000;
const page = 200;
/** A saga that failed so often has failed for a while. */
const worryingAttempts = 5;

interface AuditedCheckout {
  id: string;
  status: string;
  paymentId: string;
  /** What its orders that were not cancelled come to. */
  kept: bigint;
  /** It is paid at the door, order by order. */
  cod: boolean;
  /** Nothing happened to it lately. */
  quiet: boolean;
}

/** Looks in production for what can never be: see the invariants of a checkout. */
@Injectable()
export class CheckoutAudit {
  readonly #stuck;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly invariants: Invariants,
    @Calls(PaymentService) private readonly payments: Client<typeof PaymentService>,
    metrics: Metrics,
  ) {
    this.#stuck = metrics.gauge('pasar_stuck_sagas', 'Sagas that fail again and again', ['saga']);
  }

  async survey(): Promise<void> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from saga
      where state in ('running', 'compensating') and attempts >= ${worryingAttempts}`.execute(
      this.database.kysely,
    );
    this.#stuck.set({ saga: 'checkout' }, rows[0]?.count ?? 0);
  }

  /** Invariant 3: every checkout ends confirmed or cancelled, or awaits a payment that is not due yet. */
  async compareSagas(): Promise<number> {
    const { rows } = await sql<object>`
      select s.id, s.state, c.status, s.due_at as "dueAt", s.error from saga s join checkout c using (id)
      where s.state in ('running', 'waiting', 'compensating') and s.leased_until < ${this.#ago(quietMs)}
        and (s.state <> 'waiting' or s.due_at < ${this.#ago(quietMs)})
      union all
      select s.id, s.state, c.status, s.due_at, s.error from checkout c join saga s using (id)
      where c.id > ${idAt(this.#ago(dayMs))} and c.status in ('PENDING', 'AWAITING_PAYMENT')
        and s.state in ('completed', 'failed')
      limit 100`.execute(this.database.kysely);
    return this.invariants.report('checkout', rows);
  }

  /**
   * Invariant 2: what was taken and not given back is what the orders of a checkout that stand come to. More is somebody
   * charged for nothing, less somebody who got goods for nothing; less than that after a refund is neither.
   */
  async compareCharges(): Promise<number> {
    const broken: object[] = [];
    for (let after = idAt(this.#ago(dayMs)); ; ) {
      const checkouts = await this.#list(after);
      const { payments } = await this.payments.batchGetPayments({
        ids: checkouts.map(({ paymentId }) => paymentId),
      });
      const byId = new Map(payments.map((payment) => [payment.id, payment]));
      for (const checkout of checkouts.filter(({ quiet }) => quiet)) {
        const wrong = wrongOf(checkout, byId.get(checkout.paymentId));
        if (wrong) broken.push({ checkoutId: checkout.id, paymentId: checkout.paymentId, wrong });
      }
      const last = checkouts.at(-1);
      if (!last || checkouts.length < page) return this.invariants.report('charge', broken);
      after = last.id;
    }
  }

  async #list(after: string): Promise<AuditedCheckout[]> {
    const before = this.#ago(quietMs);
    const { rows } = await sql<AuditedCheckout>`
      select c.id, c.status, c.payment_id as "paymentId", o.kept, o.cod,
        o.quiet and c.status in ('CONFIRMED', 'CANCELLED') as quiet
      from (
        select * from checkout where id > ${after} and id < ${idAt(before)} order by id limit ${page}
      ) c cross join lateral (
        select coalesce(sum((o.state #>> '{facts,total}')::bigint) filter (where o.status <> 'CANCELLED'), 0)::bigint as kept,
          bool_or(o.state #>> '{facts,paymentMethod}' = 'COD') as cod,
          max(o.updated_at) < ${before} as quiet
        from order_projection o where o.checkout_id = c.id
      ) o order by c.id`.execute(this.database.kysely);
    return rows;
  }

  #ago(ms: number): Date {
    return new Date(this.clock.now().getTime() - ms);
  }
}

/** The least UUIDv7 of a moment. */
function idAt(time: Date): string {
  const digits = time.getTime().toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}

function wrongOf({ status, kept, cod }: AuditedCheckout, payment: Payment | undefined): string | undefined {
  const captured = payment?.captured?.amount ?? 0n;
  const net = captured - (payment?.refunded?.amount ?? 0n);
  const stands = status === 'CONFIRMED' ? kept : 0n;
  if (net > stands) return `${net} was taken for orders of ${stands}`;
  // A provider that does not answer is asked again, and shows in the age of the questions to it.
  const isUnderWay =
    payment && [Status.AUTHORIZED, Status.PENDING, Status.AWAITING_PAYMENT].includes(payment.status);
  if (captured < stands && !cod && !isUnderWay) return `${captured} was taken for orders of ${stands}`;
  return undefined;
}

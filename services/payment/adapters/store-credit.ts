import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { notFound } from '@pasar/platform/errors';
import { sql } from 'kysely';
import { bookCredit, creditAccount } from '../ledger.js';
import { LedgerStore } from '../ledger-store.js';
import type { Answer } from '../payment.js';
import {
  type Authorization,
  type Charge,
  type Known,
  type PayoutAnswer,
  Provider,
  ProviderError,
  type RefundAnswer,
  type StatementLine,
} from '../provider.js';

interface CreditCharge {
  paymentId: string;
  customerId: string;
  amount: bigint;
  currency: string;
  status: 'authorized' | 'captured' | 'voided' | 'declined';
  captured: bigint;
}

const columns = sql`payment_id as "paymentId", customer_id as "customerId", amount, currency, status, captured`;

/**
 * Store credit behind the port of the providers: a payment with it goes the same way as any other, and its account
 * `provider:credit` is empty whenever nothing is under way.
 */
@Injectable()
export class StoreCreditProvider extends Provider {
  override readonly name = 'credit';

  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Holds the amount, or declines: the balance is locked while it is looked at. */
  override async authorize({ paymentId, customerId, amount }: Authorization): Promise<Answer> {
    const charge = await this.database.transaction(async (tx) => {
      const { rows: accounts } = await sql<{ balance: bigint }>`
        select balance from ledger_account
        where account = ${creditAccount(customerId)} and currency = ${amount.currency} for update`.execute(
        tx,
      );
      const status = -(accounts[0]?.balance ?? 0n) >= amount.amount ? 'authorized' : 'declined';
      const { rows } = await sql<CreditCharge>`
        insert into credit_charge (payment_id, customer_id, amount, currency, status)
        values (${paymentId}, ${customerId}, ${amount.amount}, ${amount.currency}, ${status})
        on conflict (payment_id) do nothing returning ${columns}`.execute(tx);
      const [made] = rows;
      if (made?.status === 'authorized') await this.#book(tx, `credit-spent:${paymentId}`, made, made.amount);
      return made ?? (await this.#find(tx, paymentId));
    });
    return toAnswer(charge);
  }

  /** What is not taken of what was held goes back at once. */
  override async capture({ paymentId, amount }: Charge): Promise<Answer> {
    const charge = await this.database.transaction(async (tx) => {
      const { rows } = await sql<CreditCharge>`
        update credit_charge set status = 'captured', captured = ${amount.amount}
        where payment_id = ${paymentId} and status = 'authorized' and amount >= ${amount.amount}
        returning ${columns}`.execute(tx);
      const [taken] = rows;
      if (taken) await this.#book(tx, `credit-left:${paymentId}`, taken, taken.captured - taken.amount);
      return taken ?? (await this.#find(tx, paymentId));
    });
    if (charge?.status === 'authorized') throw new ProviderError('rejected', 'more than was authorised');
    return toAnswer(charge);
  }

  override async void({ paymentId }: Known): Promise<Answer> {
    const charge = await this.database.transaction(async (tx) => {
      const { rows } = await sql<CreditCharge>`
        update credit_charge set status = 'voided' where payment_id = ${paymentId} and status = 'authorized'
        returning ${columns}`.execute(tx);
      const [voided] = rows;
      if (voided) await this.#book(tx, `credit-voided:${paymentId}`, voided, -voided.amount);
      return voided ?? (await this.#find(tx, paymentId));
    });
    return toAnswer(charge);
  }

  override async refund({ key, paymentId, amount }: Charge): Promise<RefundAnswer> {
    const given = await this.database.transaction(async (tx) => {
      const { rows } = await sql<CreditCharge>`
        with charge as (
          select * from credit_charge
          where payment_id = ${paymentId} and refunded + ${amount.amount} <= captured for update
        ), given as (
          insert into credit_refund (key, payment_id, amount)
          select ${key}, payment_id, ${amount.amount} from charge on conflict (key) do nothing returning payment_id
        )
        update credit_charge c set refunded = c.refunded + ${amount.amount} from given
        where c.payment_id = given.payment_id
        returning c.payment_id as "paymentId", c.customer_id as "customerId", c.currency`.execute(tx);
      const [charge] = rows;
      if (charge) await this.#book(tx, `credit-refunded:${key}`, charge, -amount.amount);
      return charge !== undefined || (await this.#knows(tx, key));
    });
    return given ? { status: 'refunded' } : { status: 'refused', code: 'refund_exceeds' };
  }

  override async inquire({ paymentId }: Known): Promise<Answer> {
    return toAnswer(await this.#find(this.database.kysely, paymentId));
  }

  override async payout(): Promise<PayoutAnswer> {
    return { status: 'refused', code: 'not_money' };
  }

  /** It has no books but ours. */
  override async *statement(): AsyncGenerator<StatementLine[]> {}

  override readWebhook(): never {
    throw notFound('provider');
  }

  async #knows(tx: Executor<unknown>, key: string): Promise<boolean> {
    const { rows } = await sql`select from credit_refund where key = ${key}`.execute(tx);
    return rows.length > 0;
  }

  async #find(executor: Executor<unknown>, paymentId: string): Promise<CreditCharge | undefined> {
    const { rows } = await sql<CreditCharge>`
      select ${columns} from credit_charge where payment_id = ${paymentId}`.execute(executor);
    return rows[0];
  }

  async #book(tx: Executor<unknown>, id: string, charge: CreditCharge, amount: bigint): Promise<void> {
    if (amount !== 0n) await this.ledger.book(tx, [bookCredit(id, charge, amount)], this.clock.now());
  }
}

function toAnswer(charge: CreditCharge | undefined): Answer {
  if (!charge) return { status: 'unknown' };
  const { paymentId, status, captured } = charge;
  const reference = `credit_${paymentId}`;
  if (status === 'captured') return { status, reference, amount: captured };
  return status === 'declined' ? { status, reference, code: 'insufficient_credit' } : { status, reference };
}

import { Batcher } from '@pasar/platform/batcher';
import type { Clock } from '@pasar/platform/clock';
import { Database, ensureDatabase, migrate } from '@pasar/platform/db';
import { DomainError, notFound } from '@pasar/platform/errors';
import { packageResource } from '@pasar/platform/resource';
import { pause } from '@pasar/platform/signal';
import { type RawBuilder, sql } from 'kysely';
import {
  type Authorization,
  type Charge,
  type PayoutAsk,
  ProviderError,
  type StatementLine,
} from '../provider.js';
import type { BankOperation, Fault, SimulatorFaults } from './simulator-faults.js';

/** The bank knows a charge by the merchant's name for it. */
type Ask = Omit<Charge, 'reference'>;

/** A charge as the bank has it. */
export interface BankCharge {
  paymentId: string;
  method: Authorization['method'];
  token: string;
  amount: bigint;
  currency: string;
  status: 'awaiting' | 'authorized' | 'captured' | 'voided' | 'declined';
  declineCode: string;
  silentUntil: Date | null;
  expiresAt: Date | null;
  captureKey: string | null;
  captured: bigint;
  refunded: bigint;
}

const chargeColumns = sql`
  c.payment_id as "paymentId", c.method, c.token, c.amount, c.currency, c.status, c.decline_code as "declineCode",
  c.silent_until as "silentUntil", c.expires_at as "expiresAt", c.capture_key as "captureKey", c.captured, c.refunded`;

const slowMs = 2_000;
const statementPage = 1_000;

/**
 * Stands for the world outside: a bank with its own books, which answers, is slow, fails, or does what it was asked and
 * says nothing. What it has written down is the truth about whose money is where.
 */
export class SimulatedBank {
  /** Called when there is a webhook to send, with the delay. */
  onWebhook: (delayMs: number) => void = () => {};
  readonly #authorizing = new Batcher((charges: BankCharge[]) => this.#insert(charges));
  readonly #capturing = new Batcher((asks: Ask[]) => this.#take(asks));

  constructor(
    readonly database: Database,
    readonly faults: SimulatorFaults,
    private readonly clock: Clock,
  ) {}

  static async open(url: string, faults: SimulatorFaults, clock: Clock): Promise<SimulatedBank> {
    await ensureDatabase(url);
    await migrate(url, [packageResource(import.meta.url, 'adapters/simulator-migrations')]);
    return new SimulatedBank(
      new Database(url, { max: 3, applicationName: 'pasar-simulator', plans: 'generic' }),
      faults,
      clock,
    );
  }

  /** Nest calls it at the end. */
  async onModuleDestroy(): Promise<void> {
    await this.database.close();
  }

  /** Once for a payment id, however often it is asked. */
  authorize(ask: Authorization, signal: AbortSignal): Promise<BankCharge> {
    return this.#answer('authorize', ask.paymentId, signal, async () => {
      const { paymentId, cardToken, method, amount } = ask;
      if (cardToken === 'tok_error') throw new ProviderError('failed', 'the bank answered 500');
      const charge = (await this.#authorizing.submit(this.#assess(ask))) as BankCharge;
      const same = charge.method === method && charge.token === cardToken && charge.amount === amount.amount;
      if (!same || charge.currency !== amount.currency)
        throw rejected(`another charge has the key ${paymentId}`);
      if (cardToken === 'tok_timeout') await never(signal);
      if (cardToken === 'tok_slow') await pause(slowMs, signal);
      return charge;
    });
  }

  capture(ask: Ask, signal: AbortSignal): Promise<BankCharge> {
    return this.#answer('capture', ask.paymentId, signal, async () => {
      const charge = await this.#capturing.submit(ask);
      if (!charge) throw rejected(`there is no charge ${ask.paymentId}`);
      const { captureKey, captured } = charge;
      if (captureKey && (captureKey !== ask.key || captured !== ask.amount.amount)) {
        throw rejected(`another capture was made of ${ask.paymentId}`);
      }
      return charge;
    });
  }

  void({ paymentId }: { paymentId: string }, signal: AbortSignal): Promise<BankCharge | undefined> {
    return this.#answer('void', paymentId, signal, async () => {
      const now = this.clock.now();
      const [voided] = await this.#change(sql`
        update charge c set status = 'voided'
        where c.payment_id = ${paymentId} and c.status in ('authorized', 'awaiting')
          and (c.silent_until is null or c.silent_until <= ${now})
        returning ${chargeColumns}`);
      return voided ?? this.#find(paymentId);
    });
  }

  refund({ key, paymentId, amount }: Ask, signal: AbortSignal): Promise<void> {
    return this.#answer('refund', paymentId, signal, async () => {
      const rows = await this.database.write(sql<{ amount: bigint }>`
        with known as (
          select amount from refund where key = ${key}
        ), paid as (
          update charge set refunded = refunded + ${amount.amount}
          where payment_id = ${paymentId} and refunded + ${amount.amount} <= captured and not exists (select from known)
          returning payment_id
        ), made as (
          insert into refund (key, payment_id, amount, created_at)
          select ${key}, payment_id, ${amount.amount}, ${this.clock.now()} from paid returning amount
        )
        select amount from made union all select amount from known`);
      if (rows[0]?.amount !== amount.amount) throw rejected(`${paymentId} has less than that left to refund`);
    });
  }

  /** Once for a key. An account whose number ends in 0000 is closed. @returns why not, or '' */
  payOut({ key, account, amount }: PayoutAsk, signal: AbortSignal): Promise<string> {
    return this.#answer('payout', key, signal, async () => {
      if (account.number.endsWith('0000')) return 'account_closed';
      const rows = await this.database.write(sql<{ amount: bigint; number: string }>`
        with made as (
          insert into payout (key, bank, number, holder, amount, currency, created_at)
          values (${key}, ${account.bank}, ${account.number}, ${account.holder}, ${amount.amount}, ${amount.currency},
            ${this.clock.now()})
          on conflict (key) do nothing returning amount, number
        )
        select amount, number from made union all select amount, number from payout where key = ${key}`);
      const [known] = rows;
      if (known && (known.amount !== amount.amount || known.number !== account.number))
        throw rejected(`another payout has the key ${key}`);
      return '';
    });
  }

  inquire({ paymentId }: { paymentId: string }, signal: AbortSignal): Promise<BankCharge | undefined> {
    return this.#answer('inquire', paymentId, signal, () => this.#find(paymentId));
  }

  /** As anybody at the bank's counter sees it. */
  async look(paymentId: string): Promise<BankCharge> {
    const charge = await this.#find(paymentId);
    if (!charge) throw notFound('simulated_payment');
    return charge;
  }

  /** The buyer pays a transfer or QR code. @throws DomainError when the bank does not take it (any more) */
  async pay(paymentId: string, deliveries: number, delayMs: number): Promise<BankCharge> {
    const now = this.clock.now();
    const late = this.faults.takesLatePayments;
    const charge = await this.database.transaction(async (tx) => {
      const { rows } = await sql<BankCharge>`
        update charge c set status = 'captured', captured = amount, captured_at = ${now}
        where c.payment_id = ${paymentId} and c.method in ('BANK_TRANSFER', 'QR')
          and (c.status = 'awaiting' or (${late} and c.status = 'voided'))
          and (${late} or c.expires_at is null or c.expires_at > ${now})
        returning ${chargeColumns}`.execute(tx);
      if (rows[0]) await this.#announce(rows[0], deliveries, delayMs).execute(tx);
      return rows[0];
    });
    if (charge) {
      this.onWebhook(delayMs);
      return charge;
    }
    const known = await this.look(paymentId);
    if (known.status === 'captured') return known;
    throw new DomainError('simulator.not_payable', 'conflict', 'There is nothing to pay (any more).');
  }

  /** Charges, refunds and payouts of a UTC day, in pages. */
  async *statement(day: string): AsyncGenerator<StatementLine[]> {
    yield* this.#pages(
      (after) => sql<StatementRow>`
        select 'ch_' || payment_id as id, 'charge' as kind, payment_id as "paymentId", payment_id::text as key, captured as amount, currency,
          captured_at as at
        from charge
        where captured_at >= ${day}::timestamp at time zone 'UTC'
          and captured_at < (${day}::timestamp + interval '1 day') at time zone 'UTC'
          ${after ? sql`and (captured_at, payment_id) > (${after.at}, ${after.key}::uuid)` : sql``}
        order by captured_at, payment_id limit ${statementPage}`,
    );
    yield* this.#pages(
      (after) => sql<StatementRow>`
        select 're_' || r.key as id, 'refund' as kind, r.payment_id as "paymentId", r.key, r.amount, c.currency, r.created_at as at
        from refund r join charge c using (payment_id)
        where r.created_at >= ${day}::timestamp at time zone 'UTC'
          and r.created_at < (${day}::timestamp + interval '1 day') at time zone 'UTC'
          ${after ? sql`and (r.created_at, r.key) > (${after.at}, ${after.key})` : sql``}
        order by r.created_at, r.key limit ${statementPage}`,
    );
    yield* this.#pages(
      (after) => sql<StatementRow>`
        select 'po_' || key as id, 'payout' as kind, null as "paymentId", key, amount, currency, created_at as at from payout
        where created_at >= ${day}::timestamp at time zone 'UTC'
          and created_at < (${day}::timestamp + interval '1 day') at time zone 'UTC'
          ${after ? sql`and (created_at, key) > (${after.at}, ${after.key})` : sql``}
        order by created_at, key limit ${statementPage}`,
    );
  }

  async *#pages(
    query: (after: StatementRow | undefined) => RawBuilder<StatementRow>,
  ): AsyncGenerator<StatementLine[]> {
    let after: StatementRow | undefined;
    do {
      const { rows } = await query(after).execute(this.database.kysely);
      if (rows.length > 0) {
        yield this.faults.statement(
          rows.map(({ amount, currency, ...line }) => ({ ...line, amount: { amount, currency } })),
        );
      }
      after = rows.length === statementPage ? rows.at(-1) : undefined;
    } while (after);
  }

  #assess({ paymentId, method, cardToken, amount, expiresAt }: Authorization): BankCharge {
    const asynchronous = method === 'BANK_TRANSFER' || method === 'QR';
    const declineCode = method === 'CARD' ? cardDecline(cardToken) : '';
    const refusal = declineCode || (this.faults.declines() ? 'card_declined' : '');
    const silentUntil =
      cardToken === 'tok_timeout' ? new Date(this.clock.now().getTime() + this.faults.processingMs) : null;
    return {
      paymentId,
      method,
      token: cardToken,
      ...amount,
      status: refusal ? 'declined' : asynchronous ? 'awaiting' : 'authorized',
      declineCode: refusal,
      silentUntil,
      expiresAt,
      captureKey: null,
      captured: 0n,
      refunded: 0n,
    };
  }

  async #insert(charges: BankCharge[]): Promise<(BankCharge | undefined)[]> {
    const made = await this.#change(sql`
      insert into charge as c (payment_id, method, token, amount, currency, status, decline_code, silent_until,
        expires_at, created_at)
      select *, ${this.clock.now()}::timestamptz from unnest(${charges.map((charge) => charge.paymentId)}::uuid[],
        ${charges.map((charge) => charge.method)}::text[], ${charges.map((charge) => charge.token)}::text[],
        ${charges.map((charge) => charge.amount)}::bigint[], ${charges.map((charge) => charge.currency)}::text[],
        ${charges.map((charge) => charge.status)}::text[], ${charges.map((charge) => charge.declineCode)}::text[],
        ${charges.map((charge) => charge.silentUntil)}::timestamptz[],
        ${charges.map((charge) => charge.expiresAt)}::timestamptz[])
      on conflict (payment_id) do nothing returning ${chargeColumns}`);
    return this.#withKnown(
      made,
      charges.map((charge) => charge.paymentId),
    );
  }

  async #take(asks: Ask[]): Promise<(BankCharge | undefined)[]> {
    const taken = await this.#change(sql`
      update charge c set status = 'captured', captured = a.amount, capture_key = a.key, captured_at = ${this.clock.now()}
      from unnest(${asks.map((ask) => ask.paymentId)}::uuid[], ${asks.map((ask) => ask.key)}::text[],
        ${asks.map((ask) => ask.amount.amount)}::bigint[]) as a (payment_id, key, amount)
      where c.payment_id = a.payment_id and c.status = 'authorized' and a.amount between 1 and c.amount
      returning ${chargeColumns}`);
    return this.#withKnown(
      taken,
      asks.map((ask) => ask.paymentId),
    );
  }

  /** The charges in the order of the ids: those that changed as they are now, the others as they were. */
  async #withKnown(changed: BankCharge[], paymentIds: string[]): Promise<(BankCharge | undefined)[]> {
    const byId = new Map(changed.map((charge) => [charge.paymentId, charge]));
    const others = paymentIds.filter((id) => !byId.has(id));
    if (others.length > 0) for (const charge of await this.#list(others)) byId.set(charge.paymentId, charge);
    return paymentIds.map((id) => byId.get(id));
  }

  async #find(paymentId: string): Promise<BankCharge | undefined> {
    return (await this.#list([paymentId]))[0];
  }

  async #list(paymentIds: string[]): Promise<BankCharge[]> {
    const { rows } = await sql<BankCharge>`
      select ${chargeColumns} from charge c where c.payment_id = any(${paymentIds}::uuid[])`.execute(
      this.database.kysely,
    );
    return rows;
  }

  async #change(statement: RawBuilder<unknown>): Promise<BankCharge[]> {
    const charges = (await this.database.write(statement)) as BankCharge[];
    if (!this.faults.webhooks.all) return charges;
    for (const charge of charges) await this.#announce(charge, 1, 0).execute(this.database.kysely);
    this.onWebhook(0);
    return charges;
  }

  /** Webhooks about a charge as it is now, with the faults that are set. */
  #announce(charge: BankCharge, deliveries: number, delayMs: number): RawBuilder<unknown> {
    const { copies, delayMs: longer } = this.faults.webhooks;
    const now = this.clock.now();
    const eventId = this.clock.id();
    const { paymentId, method, status, currency, declineCode } = charge;
    const amounts = { amount: charge.amount.toString(), captured: charge.captured.toString() };
    const data = { paymentId, method, status, currency, declineCode, ...amounts };
    const body = JSON.stringify({ id: eventId, type: `payment.${status}`, createdAt: now, data });
    const dueAt = new Date(now.getTime() + delayMs + longer);
    return sql`
      insert into webhook (event_id, body, due_at)
      select ${eventId}, ${body}, ${dueAt} from generate_series(1, ${Math.max(deliveries, copies)}::int)`;
  }

  /** A call as the merchant has it: slow, and perhaps without an answer. */
  async #answer<Result>(
    operation: BankOperation,
    paymentId: string,
    signal: AbortSignal,
    effect: () => Promise<Result>,
  ): Promise<Result> {
    const fault = this.faults.plan(operation, paymentId);
    if (this.faults.latencyMs > 0) await pause(this.faults.latencyMs, signal);
    if (fault && !fault.effect) return fail(fault, signal);
    const result = await effect();
    return fault ? fail(fault, signal) : result;
  }
}

type StatementRow = Omit<StatementLine, 'amount'> & { amount: bigint; currency: string };

function cardDecline(token: string): string {
  switch (token) {
    case 'tok_success':
    case 'tok_timeout':
    case 'tok_slow':
      return '';
    case 'tok_declined':
      return 'card_declined';
    case 'tok_insufficient_funds':
      return 'insufficient_funds';
    default:
      return 'invalid_card';
  }
}

function rejected(message: string): ProviderError {
  return new ProviderError('rejected', message);
}

function fail({ kind }: Fault, signal: AbortSignal): Promise<never> {
  if (kind === 'timeout') return never(signal);
  if (kind === 'silence') throw new ProviderError('timeout', 'the bank did not answer');
  throw new ProviderError(kind, kind === 'connection' ? 'the connection broke' : 'the bank answered 500');
}

/** No answer, until the caller stops waiting. */
function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

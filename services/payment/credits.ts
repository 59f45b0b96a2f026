import { Injectable } from '@nestjs/common';
import type { OrderFacts } from '@pasar/contracts/pasar/order/v1/order_pb';
import { Bearer } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import type { Money } from '@pasar/platform/money';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { sql } from 'kysely';
import { hashCode, newCode } from './gift-card.js';
import { bookGift, bookGrant } from './ledger.js';
import { LedgerStore } from './ledger-store.js';

export interface GiftCard {
  id: string;
  codeEnding: string;
  amount: bigint;
  currency: string;
  note: string;
  status: 'ISSUED' | 'REDEEMED' | 'VOIDED' | 'EXPIRED';
  redeemedBy: string | null;
  expiresAt: Date;
  createdAt: Date;
  endedAt: Date | null;
}

export interface Grant {
  id: string;
  customerId: string;
  amount: bigint;
  currency: string;
  reason: string;
  createdAt: Date;
}

const yearMs = 365 * 86_400_000;
const longestMs = 10 * yearMs;
/** A billion rupiah: more is a slip of the hand. */
const largest = 100_000_000_000n;
const batch = 500;

const cardColumns = sql`
  id, code_ending as "codeEnding", amount, currency, note, status, redeemed_by as "redeemedBy",
  expires_at as "expiresAt", created_at as "createdAt", ended_at as "endedAt"`;
const grantColumns = sql`id, customer_id as "customerId", amount, currency, reason, created_at as "createdAt"`;

/** Gift cards and gifts. What becomes of the credit when it is spent is the affair of its adapter. */
@Injectable()
export class Credits {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerStore,
    private readonly clock: Clock,
  ) {}

  async issue(given: { amount: Money; count: number; expiresAt?: Date; note: string }) {
    const now = this.clock.now();
    requireAmount(given.amount);
    const expiresAt = given.expiresAt ?? new Date(now.getTime() + yearMs);
    if (expiresAt <= now || expiresAt.getTime() > now.getTime() + longestMs)
      throw invalidField('expiresAt', 'Must be within the next ten years.');
    const issued = Array.from({ length: given.count }, () => {
      const code = newCode();
      const card: GiftCard = {
        ...{ id: this.clock.id(), codeEnding: code.slice(-4), ...given.amount, note: given.note },
        ...{ status: 'ISSUED', redeemedBy: null, expiresAt, createdAt: now, endedAt: null },
      };
      return { code, card };
    });
    await this.database.transaction(async (tx) => {
      await sql`
        insert into gift_card (id, code_hash, code_ending, amount, currency, note, expires_at, created_at)
        select c.id, c.hash, c.ending, ${given.amount.amount}, ${given.amount.currency}, ${given.note}, ${expiresAt}, ${now}
        from unnest(${issued.map(({ card }) => card.id)}::uuid[], ${issued.map(({ code }) => hashCode(code))}::bytea[],
          ${issued.map(({ card }) => card.codeEnding)}::text[]) as c (id, hash, ending)`.execute(tx);
      await this.ledger.book(
        tx,
        issued.map(({ card }) => bookGift('gift-card-issued', card)),
        now,
      );
    });
    return issued;
  }

  /** @throws DomainError `gift_card.not_found`, or `gift_card.unusable` for one that is spent or worthless */
  async redeem(code: string, customerId: string): Promise<GiftCard> {
    const hash = hashCode(code);
    if (!hash) throw notFound('gift_card');
    const now = this.clock.now();
    const redeemed = await this.database.transaction(async (tx) => {
      const { rows } = await sql<GiftCard>`
        update gift_card set status = 'REDEEMED', redeemed_by = ${customerId}, ended_at = ${now}
        where code_hash = ${hash} and status = 'ISSUED' and expires_at > ${now} returning ${cardColumns}`.execute(
        tx,
      );
      const [card] = rows;
      if (card) await this.ledger.book(tx, [bookGift('gift-card-redeemed', card, customerId)], now);
      return card;
    });
    if (redeemed) return redeemed;
    const { rows } =
      await sql<GiftCard>`select ${cardColumns} from gift_card where code_hash = ${hash}`.execute(
        this.database.kysely,
      );
    const [known] = rows;
    if (!known) throw notFound('gift_card');
    if (known.redeemedBy === customerId) return known;
    throw new DomainError('gift_card.unusable', 'conflict', 'This gift card cannot be redeemed (any more).');
  }

  /** @throws DomainError `gift_card.unusable` for one that was redeemed */
  async void(id: string): Promise<GiftCard> {
    const now = this.clock.now();
    const [voided] = await this.#end('VOIDED', sql`id = ${id}`, now);
    if (voided) return voided;
    const { rows } = await sql<GiftCard>`select ${cardColumns} from gift_card where id = ${id}`.execute(
      this.database.kysely,
    );
    const [known] = rows;
    if (!known) throw notFound('gift_card');
    if (known.status !== 'REDEEMED') return known;
    throw new DomainError('gift_card.unusable', 'conflict', 'This gift card was redeemed.');
  }

  /** What expired is the platform's again. */
  async expire(): Promise<void> {
    const now = this.clock.now();
    const due = sql`id in (
      select id from gift_card where status = 'ISSUED' and expires_at <= ${now} order by expires_at limit ${batch})`;
    while ((await this.#end('EXPIRED', due, now)).length === batch);
  }

  async list(size: number, token: string) {
    const limit = pageSize(size);
    const before = decodeIdToken(token);
    const { rows } = await sql<GiftCard>`
      select ${cardColumns} from gift_card where ${before ? sql`id < ${before}::uuid` : sql`true`}
      order by id desc limit ${limit + 1}`.execute(this.database.kysely);
    return pageOf(rows, limit, (last) => [last.id]);
  }

  /** The same key gives the same grant. @throws DomainError `idempotency.key_reused` */
  async grant(
    given: { customerId: string; amount: Money; reason: string },
    key: string | null,
  ): Promise<Grant> {
    requireAmount(given.amount);
    const { amount, currency } = given.amount;
    const grant: Grant = {
      ...{ id: this.clock.id(), customerId: given.customerId.toLowerCase(), amount, currency },
      ...{ reason: given.reason, createdAt: this.clock.now() },
    };
    const made = await this.database.transaction(async (tx) => {
      const { rows } = await sql<Grant>`
        insert into credit_grant (id, customer_id, amount, currency, reason, idempotency_key, created_at)
        values (${grant.id}, ${grant.customerId}, ${amount}, ${currency}, ${grant.reason}, ${key}, ${grant.createdAt})
        on conflict (idempotency_key) do nothing returning ${grantColumns}`.execute(tx);
      if (rows.length > 0) await this.ledger.book(tx, [bookGrant(grant)], grant.createdAt);
      return rows[0];
    });
    if (made) return made;
    const { rows } = await sql<Grant>`
      select ${grantColumns} from credit_grant where idempotency_key = ${key}`.execute(this.database.kysely);
    const known = rows[0] as Grant;
    const facts = ({ customerId, amount, currency, reason }: Grant) =>
      [customerId, amount, currency, reason].join();
    if (facts(known) === facts(grant)) return known;
    throw new DomainError(
      'idempotency.key_reused',
      'unprocessable',
      'This Idempotency-Key was used for another grant.',
    );
  }

  /** What orders that are complete bring their buyers, at the cost of who promised it. */
  async grantCashbacks(tx: Executor<unknown>, orders: OrderFacts[]): Promise<void> {
    const now = this.clock.now();
    const owed = orders.flatMap((order) => {
      const { amount = 0n, currency = '' } = order.cashbackTotal ?? {};
      return amount > 0n ? [{ order, id: this.clock.id(), amount, currency }] : [];
    });
    if (owed.length === 0) return;
    const { rows } = await sql<{ id: string }>`
      insert into credit_grant (id, customer_id, amount, currency, reason, idempotency_key, created_at)
      select g.id, g.customer_id, g.amount, g.currency, 'cashback', g.key, ${now}
      from unnest(${owed.map(({ id }) => id)}::uuid[], ${owed.map(({ order }) => order.customerId)}::uuid[],
        ${owed.map(({ amount }) => amount)}::bigint[], ${owed.map(({ currency }) => currency)}::text[],
        ${owed.map(({ order }) => `cashback:${order.orderId}`)}::text[]) as g (id, customer_id, amount, currency, key)
      on conflict (idempotency_key) do nothing returning id`.execute(tx);
    const granted = new Set(rows.map(({ id }) => id));
    const booked = owed.filter(({ id }) => granted.has(id));
    await this.ledger.book(
      tx,
      booked.map(({ order: { customerId, sellerId, lines }, ...gift }) => {
        const sellers = lines
          .flatMap(({ cashbacks }) => cashbacks)
          .reduce(
            (sum, { bearer, amount }) => sum + (bearer === Bearer.SELLER ? (amount?.amount ?? 0n) : 0n),
            0n,
          );
        return bookGrant({ ...gift, customerId, seller: { id: sellerId, amount: sellers } });
      }),
      now,
    );
  }

  #end(status: 'VOIDED' | 'EXPIRED', which: ReturnType<typeof sql>, now: Date): Promise<GiftCard[]> {
    return this.database.transaction(async (tx: Executor<unknown>) => {
      const { rows } = await sql<GiftCard>`
        update gift_card set status = ${status}, ended_at = ${now} where ${which} and status = 'ISSUED'
        returning ${cardColumns}`.execute(tx);
      await this.ledger.book(
        tx,
        rows.map((card) => bookGift('gift-card-ended', card)),
        now,
      );
      return rows;
    });
  }
}

function requireAmount({ amount }: Money): void {
  if (amount <= 0n || amount > largest)
    throw invalidField('amount.amount', `Must be between 1 and ${largest}.`);
}

import { type DescMessage, fromBinary, fromJson, type JsonValue, toBinary, toJson } from '@bufbuild/protobuf';
import { sql } from 'kysely';
import type { Clock } from './clock.js';
import type { Database } from './db.js';
import { DomainError, notFound } from './errors.js';

export interface DeadLetter {
  /** Names it to an operator. */
  number: number;
  consumer: string;
  eventId: string;
  type: string;
  subject: string;
  occurredAt: Date;
  deadAt: Date;
  attempts: number;
  error: string;
}

export interface ShownDeadLetter extends DeadLetter {
  traceparent: string;
  /** The event as proto3 JSON; undefined when its bytes are not what its type says. */
  data: JsonValue | undefined;
}

/** Events that a service gave up on, for operators: to see, correct, replay or discard. */
export class DeadLetters {
  /** @param schemas by event type, see `eventSchemas` */
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly schemas: Map<string, DescMessage>,
  ) {}

  /** Oldest first, after a number. */
  async list(after = 0, limit = 100): Promise<DeadLetter[]> {
    const { rows } = await sql<DeadLetter>`
      select ${columns} from parked_event where dead_at is not null and number > ${after}
      order by number limit ${limit}`.execute(this.database.kysely);
    return rows.map((row) => ({ ...row, number: Number(row.number) }));
  }

  /** @throws DomainError `dead_letter.not_found` */
  async show(number: number): Promise<ShownDeadLetter> {
    const { rows } = await sql<DeadLetter & { traceparent: string; data: Buffer }>`
      select ${columns}, traceparent, data from parked_event
      where dead_at is not null and number = ${number}`.execute(this.database.kysely);
    const [row] = rows;
    if (!row) throw notFound('dead_letter');
    return { ...row, number, data: this.#decode(row.type, row.data) };
  }

  /**
   * Replaces the event's data; id, type and subject stay.
   * @throws DomainError `dead_letter.not_found`, or `dead_letter.invalid` for JSON that is not such an event
   */
  async edit(number: number, data: JsonValue): Promise<void> {
    const { type } = await this.show(number);
    await this.#change(sql`
      update parked_event set data = ${this.#encode(type, data)}
      where number = ${number} and dead_at is not null`);
  }

  /**
   * Hands it to the consumer again, with all attempts before it; events of its subject that come now wait for it.
   * @throws DomainError `dead_letter.not_found`
   */
  async replay(number: number): Promise<void> {
    await this.#change(sql`
      update parked_event set dead_at = null, attempts = 0, next_at = ${this.clock.now()}
      where number = ${number} and dead_at is not null`);
  }

  /** Gives the event up for good. @throws DomainError `dead_letter.not_found` */
  async discard(number: number): Promise<void> {
    await this.#change(sql`delete from parked_event where number = ${number} and dead_at is not null`);
  }

  async #change(statement: ReturnType<typeof sql>) {
    const { numAffectedRows } = await statement.execute(this.database.kysely);
    if (!numAffectedRows) throw notFound('dead_letter');
  }

  #decode(type: string, data: Buffer): JsonValue | undefined {
    const schema = this.#schema(type);
    try {
      return toJson(schema, fromBinary(schema, data));
    } catch {
      return undefined;
    }
  }

  #encode(type: string, data: JsonValue): Uint8Array {
    const schema = this.#schema(type);
    try {
      return toBinary(schema, fromJson(schema, data));
    } catch (cause) {
      throw new DomainError('dead_letter.invalid', 'invalid', (cause as Error).message, { cause });
    }
  }

  #schema(type: string): DescMessage {
    const schema = this.schemas.get(type);
    if (!schema)
      throw new DomainError('dead_letter.unknown_type', 'unprocessable', `No contract has ${type}.`);
    return schema;
  }
}

const columns = sql`number, consumer, event_id as "eventId", type, subject, occurred_at as "occurredAt",
  dead_at as "deadAt", attempts, error`;

import { Injectable } from '@nestjs/common';
import { Database } from '@pasar/platform/db';
import { Outbox } from '@pasar/platform/outbox';
import { Rounds } from '@pasar/platform/signal';
import { Log } from '@pasar/platform/telemetry';
import { findMove, moveProducts } from './catalogue-store.js';
import { eventsOf } from './product-events.js';

/** In one transaction. */
const batch = 500;

/** Products of a category that is gone are moved into the one above it, in parts: there may be very many. */
@Injectable()
export class CategoryMoves {
  readonly #rounds = new Rounds(
    () => this.#moveBatch(),
    (error) =>
      this.log.warn({ err: error }, 'products were not moved out of a category that is gone; they will be'),
  );

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** To be called when a category that is gone is committed. */
  runSoon(): void {
    this.#rounds.runSoon();
  }

  /** Moves all that there are. */
  run(): Promise<void> {
    return this.#rounds.run();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** @returns whether there may be more */
  async #moveBatch(): Promise<boolean> {
    const move = await findMove(this.database.kysely);
    if (!move) return false;
    await this.database.transaction(async (tx) => {
      const moved = await moveProducts(tx, move, batch);
      await this.outbox.append(tx, ...moved.flatMap((after) => eventsOf({ before: { ...after }, after })));
    });
    this.outbox.wake();
    return true;
  }
}

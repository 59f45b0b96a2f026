import { Injectable } from '@nestjs/common';
import { Database } from '@pasar/platform/db';
import { Outbox } from '@pasar/platform/outbox';
import { Rounds } from '@pasar/platform/signal';
import { Log } from '@pasar/platform/telemetry';
import { changeProducts, findMove, lockBrandChange, moveProducts } from './catalogue-store.js';
import type { Product } from './product.js';
import { eventsOf } from './product-events.js';
import type { Db } from './store.js';

/** In one transaction. */
const batch = 500;

/**
 * Products follow what becomes of their category and brand: those of a category that is gone move into the one above
 * it, and those of a brand get its new name or none. In parts: there may be very many.
 */
@Injectable()
export class CatalogueChanges {
  readonly rounds = new Rounds(
    () => this.#step(),
    (error) => this.log.warn({ err: error }, 'products do not follow the catalogue yet; they will'),
  );

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  async #step(): Promise<boolean> {
    return (await this.#followCategory()) || (await this.#followBrand());
  }

  async #followCategory(): Promise<boolean> {
    const move = await findMove(this.database.kysely);
    if (!move) return false;
    await this.database.transaction(async (tx) => this.#tell(tx, await moveProducts(tx, move, batch)));
    this.outbox.wake();
    return true;
  }

  async #followBrand(): Promise<boolean> {
    const found = await this.database.transaction(async (tx) => {
      const change = await lockBrandChange(tx);
      if (change) await this.#tell(tx, await changeProducts(tx, change, batch));
      return change !== undefined;
    });
    if (found) this.outbox.wake();
    return found;
  }

  async #tell(tx: Db, changed: Product[]): Promise<void> {
    await this.outbox.append(tx, ...changed.flatMap((after) => eventsOf({ before: { ...after }, after })));
  }
}

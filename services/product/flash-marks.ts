import { Injectable } from '@nestjs/common';
import { Database } from '@pasar/platform/db';
import { Rounds } from '@pasar/platform/signal';
import { Log } from '@pasar/platform/telemetry';
import { FlashSales, lowestFlashPrice } from './flash-prices.js';
import { findFlashMarks, writeFlashPrices } from './flash-store.js';

const batch = 200;

/**
 * Keeps the flash prices by which lists are sorted. News of a sale only mark its products; what holds now is asked, so
 * neither the order of news nor hearing one twice matters. A sale that begins or ends is told of when it does.
 */
@Injectable()
export class FlashMarks {
  readonly rounds = new Rounds(
    () => this.#step(),
    (error) => this.log.warn({ err: error }, 'flash prices could not be asked for; they will be'),
  );

  constructor(
    private readonly database: Database,
    private readonly flashSales: FlashSales,
    private readonly log: Log,
  ) {}

  async #step(): Promise<boolean> {
    const marks = await findFlashMarks(this.database.kysely, batch);
    if (marks.length === 0) return false;
    const found = await this.flashSales.find(marks.flatMap(({ variantIds }) => variantIds));
    const prices = marks.map((mark) => lowestFlashPrice(mark, found)?.price?.amount ?? null);
    await writeFlashPrices(this.database.kysely, marks, prices);
    return true;
  }
}

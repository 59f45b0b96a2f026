import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import {
  Product_Status,
  ProductService,
  type ProductSummary,
} from '@pasar/contracts/pasar/product/v1/product_pb';
import { chunks } from '@pasar/platform/chunks';
import { Database } from '@pasar/platform/db';
import { isTransient } from '@pasar/platform/errors';
import { every } from '@pasar/platform/jobs';
import { Calls } from '@pasar/platform/service';
import { Rounds } from '@pasar/platform/signal';
import { Log } from '@pasar/platform/telemetry';
import { type Entry, toEntry } from './entry.js';
import {
  addWords,
  countWords,
  deleteEntries,
  forgetVariants,
  lockForWriting,
  noteAttributes,
  noteChanges,
  noteVariants,
  readFormer,
  readVariants,
  type WordCounts,
  writeEntries,
  writeStock,
} from './index-store.js';
import { claimMarks, clearMarks, countMarks, type Mark, postponeMarks, untilDue } from './marks.js';
import { Names } from './names.js';
import { namesOfBrands, namesOfCategories } from './names-store.js';

const batch = 500;
/** What happens to a product at about the same time is looked at once. */
const gatherMs = 50;
/** For how long a process has a mark for itself. */
const leaseMs = 10_000;
const awayMs = 1_000;
const longestWaitMs = 4_000;
/** As many as inventory answers in one call. */
const maxVariants = 5_000;

/**
 * Brings products into the index. An event only marks its product; what the product is now is asked of its service, so
 * neither the order of events nor seeing one twice matters, and many changes of a product cost no more than one.
 */
@Injectable()
export class Indexing {
  readonly #rounds = new Rounds(
    () => this.#drain(),
    (error) => this.log.warn({ err: error }, 'products could not be indexed; they will be'),
  );

  constructor(
    private readonly database: Database,
    private readonly names: Names,
    private readonly log: Log,
    @Calls(ProductService) private readonly products: Client<typeof ProductService>,
    @Calls(InventoryService) private readonly inventory: Client<typeof InventoryService>,
  ) {}

  readonly jobs = [every('index marked products', '5s', () => this.run())];

  /** To be called when marks are committed. */
  runSoon(): void {
    this.#rounds.runSoon(gatherMs);
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** How many products wait to be looked at. */
  waiting(): Promise<bigint> {
    return countMarks(this.database.kysely);
  }

  /** Looks at all that is marked. */
  run(): Promise<void> {
    return this.#rounds.run();
  }

  /** @returns whether there may be more */
  async #drain(): Promise<boolean> {
    while (!this.#rounds.stopped && (await this.names.refresh()));
    if (this.#rounds.stopped) return false;
    const marks = await claimMarks(this.database.kysely, batch, leaseMs);
    if (marks.length > 0) await this.#index(marks);
    if (marks.length === batch) return true;
    await this.#runAgain();
    return false;
  }

  /** When something was put off for a moment. What is put off for longer is left to the job. */
  async #runAgain(): Promise<void> {
    const wait = await untilDue(this.database.kysely);
    if (wait !== undefined && wait < longestWaitMs) this.#rounds.runSoon(Math.max(wait, gatherMs));
  }

  async #index(marks: Mark[]): Promise<void> {
    try {
      await this.#write(marks);
    } catch (error) {
      if (isTransient(error)) {
        // It is not their fault.
        await postponeMarks(this.database.kysely, marks, awayMs, false);
        throw error;
      }
      if (marks.length > 1) {
        for (const mark of marks) await this.#index([mark]);
        return;
      }
      const [{ productId, attempts }] = marks as [Mark];
      const facts = { err: error, productId, attempts };
      this.log.error(facts, 'a product could not be indexed, and is tried again later');
      await postponeMarks(this.database.kysely, marks, Math.min(awayMs * 2 ** attempts, 3_600_000), true);
    }
  }

  async #write(marks: Mark[]): Promise<void> {
    const [stockMarks, others] = [
      marks.filter(({ isStock }) => isStock),
      marks.filter(({ isStock }) => !isStock),
    ];
    const ids = others.map(({ productId }) => productId);
    const [{ summaries }, stocked] = await Promise.all([
      ids.length > 0 ? this.products.batchGetSummaries({ ids }) : { summaries: [] },
      stockMarks.length > 0
        ? readVariants(
            this.database.kysely,
            stockMarks.map(({ productId }) => productId),
          )
        : [],
    ]);
    const entries = await this.prepare(summaries);
    const stock = await this.#inStock(stocked.map(({ productId, variants }) => [productId, variants]));
    await this.database.transaction(async (tx) => {
      await lockForWriting(tx);
      const mine = await clearMarks(tx, marks);
      const changed = ids.filter((id) => mine.has(id));
      const current = entries.filter(({ id }) => mine.has(id));
      const kept = new Set(current.map(({ id }) => id));
      await noteChanges(tx, [...mine]);
      const former = await readFormer(tx, changed);
      await deleteEntries(
        tx,
        former.map(({ productId }) => productId).filter((id) => !kept.has(id)),
      );
      await writeEntries(tx, current);
      await forgetVariants(tx, former, current);
      await writeStock(tx, new Map([...stock].filter(([id]) => mine.has(id))));
      const words: WordCounts = new Map();
      for (const { lexemes } of former) countWords(words, lexemes, -1);
      for (const { lexemes } of current) countWords(words, lexemes, 1);
      await addWords(tx, words);
    });
  }

  /** The entries of those that can be found. What they name is known afterwards. */
  async prepare(summaries: ProductSummary[]): Promise<Entry[]> {
    const listed = summaries.filter(
      ({ status, price, publishedAt }) => status === Product_Status.PUBLISHED && price && publishedAt,
    );
    if (listed.length === 0) return [];
    await this.names.learn(listed);
    const { kysely } = this.database;
    // Before stock is asked for: news of it that come from now on find their product.
    await noteVariants(kysely, listed);
    const [categories, brands, stock] = await Promise.all([
      namesOfCategories(kysely, distinct(listed.map(({ categoryId }) => categoryId))),
      namesOfBrands(kysely, distinct(listed.map(({ brandId }) => brandId))),
      this.#inStock(listed.map(({ id, variantIds }) => [id, variantIds])),
    ]);
    const entries = listed.map(
      ({ categoryId, brandId, imageUrl, price, publishedAt, regularPrice, flashEndsAt, ...summary }) =>
        toEntry({
          ...summary,
          categoryId: categoryId || null,
          brandId: brandId || null,
          names: [...(categories.get(categoryId) ?? []), ...(brands.get(brandId) ?? [])],
          image: imageUrl,
          price: price?.amount ?? 0n,
          currency: price?.currency ?? '',
          ...(regularPrice &&
            flashEndsAt && {
              flash: { regular: `${regularPrice.amount}`, endsAt: timestampDate(flashEndsAt).toISOString() },
            }),
          publishedAt: timestampDate(publishedAt as NonNullable<typeof publishedAt>),
          inStock: stock.get(summary.id) ?? false,
        }),
    );
    await noteAttributes(kysely, entries);
    return entries;
  }

  /** Whether something of each product can be bought now. */
  async #inStock(products: [id: string, variantIds: string[]][]): Promise<Map<string, boolean>> {
    const variantIds = products.flatMap(([, ids]) => ids);
    const available: Record<string, bigint> = {};
    for (const part of chunks(variantIds, maxVariants)) {
      Object.assign(available, (await this.inventory.batchGetAvailability({ variantIds: part })).available);
    }
    return new Map(
      products.map(([id, ids]) => [id, ids.some((variantId) => (available[variantId] ?? 0n) > 0n)]),
    );
  }
}

function distinct(ids: string[]): string[] {
  return [...new Set(ids)].filter(Boolean);
}

import { EventEmitter, once } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { ImportRow } from '@pasar/contracts/pasar/product/v1/product_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { Outbox } from '@pasar/platform/outbox';
import { decodeNumberToken, pageOf, pageSize } from '@pasar/platform/page';
import { Catalogue, type WantedCategory, type WantedStore } from './catalogue.js';
import { noteBrands, noteCategories } from './catalogue-store.js';
import { planImport, productKey, type RefusedRow, skuKey } from './import-plan.js';
import { type ReadRow, Refusal, type Row, readRow } from './import-row.js';
import {
  advanceImport,
  categoriesOfKeys,
  findImport,
  type Import,
  type ImportError,
  insertImport,
  insertImportErrors,
  listImportErrors,
  lockImport,
} from './import-store.js';
import { type Category, noStore, type Product, slugify, slugWithSuffix } from './product.js';
import { eventsOf } from './product-events.js';
import { saveProducts } from './saving.js';
import { isRace, lockImported, ownersOfSkus, takenSlugs } from './store.js';

/** Who imports. Staff imports for every store, and makes what the file names. */
export interface Importer {
  userId: string;
  sellerId?: string;
  isStaff: boolean;
}

/** How long rows wait for those before them, which are on their way over another connection; within a call's deadline. */
const turnMs = 3_000;
/** Those that another process took are seen by looking. */
const pollMs = 50;
const maxAttempts = 8;
/** What JSON can hold. */
const maxRow = BigInt(Number.MAX_SAFE_INTEGER);

@Injectable()
export class Imports {
  /** Imports that this process moved on. */
  readonly #advanced = new EventEmitter().setMaxListeners(0);

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly catalogue: Catalogue,
  ) {}

  /** The same import for the same key, however often. */
  create(importer: Importer, key: string, name: string): Promise<Import> {
    if (!importer.isStaff && !importer.sellerId) throw noStore();
    const id = this.clock.id();
    const facts = { id, ownerId: importer.userId, key, name, now: this.clock.now() };
    return insertImport(this.database.kysely, facts);
  }

  async get(importer: Importer, id: string): Promise<Import> {
    const found = await findImport(this.database.kysely, id, importer.userId);
    if (!found) throw notFound('import');
    return found;
  }

  async listErrors(importer: Importer, id: string, size: number, token: string) {
    await this.get(importer, id);
    const limit = pageSize(size, 100, 1000);
    const after = decodeNumberToken(token) ?? '0';
    const from = BigInt(after) + 1n;
    const rows = await listImportErrors(this.database.kysely, id, from, maxRow, limit + 1);
    return pageOf(rows, limit, ({ row }) => [row]);
  }

  /** Takes the rows that are not done yet, all in one transaction, and tells what was wrong with any that were sent. */
  async importRows(
    importer: Importer,
    id: string,
    given: ImportRow[],
  ): Promise<{ done: Import; errors: ImportError[] }> {
    const { lastRow } = await this.get(importer, id);
    assertAscending(given);
    const pending = given.filter(({ row }) => row > lastRow);
    if (pending[0]) {
      const resolved = await this.#resolve(importer, pending);
      await this.#awaitTurn(importer, id, pending[0].row);
      await this.#takeSurely(id, resolved);
    }
    const [first, last] = [given[0]?.row ?? 0n, given.at(-1)?.row ?? 0n];
    const errors = await listImportErrors(this.database.kysely, id, first, last, given.length);
    return { done: await this.get(importer, id), errors };
  }

  /** Sorts out rows that cannot be, and finds or makes what the others name. */
  async #resolve(importer: Importer, given: ImportRow[]): Promise<Resolved> {
    const refused: RefusedRow[] = [];
    const read: ReadRow[] = [];
    for (const message of given) {
      const row = readRow(message);
      if (row instanceof Refusal) refused.push({ row: message.row, refusal: row });
      else read.push(row);
    }
    const [stores, categories, brands] = await Promise.all([
      importer.isStaff ? this.catalogue.stores(wantedStores(read)) : new Map<string, { id: string }>(),
      this.catalogue.categories(wantedCategories(read), importer.isStaff),
      this.catalogue.brands(distinct(read.map(({ brand }) => brand)), importer.isStaff),
    ]);
    const rows: Row[] = [];
    for (const row of read) {
      const sellerId = importer.isStaff && row.store ? stores.get(row.store)?.id : importer.sellerId;
      const category = row.category ? categories.get(row.category) : null;
      const brand = row.brand ? brands.get(row.brand) : null;
      const refuse = (field: string, detail: string) =>
        refused.push({ row: row.row, refusal: new Refusal('import.unknown', field, detail) });
      if (!sellerId) refuse('store', 'is needed');
      else if (category === undefined) refuse('category', `There is no category ${row.category}.`);
      else if (brand === undefined) refuse('brand', `There is no brand ${row.brand}.`);
      else rows.push({ ...row, sellerId, category, brand });
    }
    return { rows, refused };
  }

  async #awaitTurn(importer: Importer, id: string, first: bigint): Promise<void> {
    const until = performance.now() + turnMs;
    for (;;) {
      const { lastRow } = await this.get(importer, id);
      if (first <= lastRow + 1n) return;
      if (performance.now() > until) {
        throw new DomainError('import.out_of_order', 'conflict', `Row ${lastRow + 1n} is next.`, {
          details: { lastRow: Number(lastRow) },
        });
      }
      await once(this.#advanced, id, { signal: AbortSignal.timeout(pollMs) }).catch(() => {});
    }
  }

  async #takeSurely(id: string, resolved: Resolved): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#take(id, resolved);
        this.#advanced.emit(id);
        return this.outbox.wake();
      } catch (error) {
        // Somebody took the same key, slug or SKU in this moment: now it can be seen.
        if (attempt === maxAttempts || !isRace(error)) throw error;
      }
    }
  }

  async #take(id: string, { rows: given, refused: givenRefused }: Resolved): Promise<void> {
    const now = this.clock.now();
    const categories = await this.#definitions(given);
    await this.database.transaction(async (tx) => {
      const lastRow = await lockImport(tx, id);
      const rows = given.filter(({ row }) => row > lastRow);
      const refused = givenRefused.filter(({ row }) => row > lastRow);
      const highest = [...rows, ...refused].reduce((high, { row }) => (row > high ? row : high), lastRow);
      if (highest === lastRow) return;
      const owners = await ownersOfSkus(
        tx,
        rows.filter(({ sku }) => sku !== ''),
      );
      const plan = planImport(rows, refused, {
        imported: await lockImported(tx, id, distinctKeys(rows)),
        skus: new Map(owners.map((owner) => [skuKey(owner), owner.productId])),
        categories,
        now,
        newId: () => this.clock.id(),
      });
      const created = plan.changes.filter(({ before }) => before === null).map(({ after }) => after);
      giveSlugs(created, await takenSlugs(tx, created.map(slugFor)));
      await noteCategories(tx, [...categories.values()]);
      await noteBrands(
        tx,
        rows.flatMap(({ brand }) => brand ?? []),
      );
      await saveProducts(tx, id, plan.changes);
      await insertImportErrors(tx, id, plan.refusals);
      await advanceImport(tx, id, highest, plan.outcomes, now);
      await this.outbox.append(tx, ...plan.changes.flatMap((change) => eventsOf(change, plan.onHand)));
    });
  }

  /** Definitions of the categories that the rows name, and of those their products are in where they name none. */
  async #definitions(rows: Row[]): Promise<Map<string, Category>> {
    const silent = rows.filter(({ category }) => category === null);
    const slugs = silent.length > 0 ? await categoriesOfKeys(this.database.kysely, distinctKeys(silent)) : [];
    const found = await Promise.all(slugs.map((slug) => this.catalogue.category(slug)));
    const categories = [...rows.map(({ category }) => category), ...found].filter((category) => !!category);
    return new Map(categories.map((category) => [category.id, category]));
  }
}

interface Resolved {
  rows: Row[];
  refused: RefusedRow[];
}

function assertAscending(rows: ImportRow[]): void {
  let previous = 0n;
  for (const [index, { row }] of rows.entries()) {
    if (row <= previous || row > maxRow) {
      throw invalidField(`rows[${index}].row`, 'must be above that of the row before, from 1 on');
    }
    previous = row;
  }
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)].filter(Boolean);
}

function distinctKeys(rows: Row[]): Row[] {
  return [...new Map(rows.map((row) => [productKey(row), row])).values()];
}

function wantedStores(rows: ReadRow[]): WantedStore[] {
  const wanted = rows.map(({ store, storeName, storeCity }) => ({
    text: store,
    name: storeName || store,
    city: storeCity,
  }));
  return [...new Map(wanted.filter(({ text }) => text).map((store) => [store.text, store])).values()];
}

function wantedCategories(rows: ReadRow[]): WantedCategory[] {
  const wanted = new Map<string, WantedCategory>();
  for (const { category: text, attributes } of rows) {
    if (text === '') continue;
    const category = wanted.get(text) ?? { text, attributes: new Set() };
    wanted.set(text, category);
    for (const name in attributes) category.attributes.add(name);
  }
  return [...wanted.values()];
}

/** Each product its slug, with a suffix where it is taken. */
function giveSlugs(products: Product[], taken: Set<string>): void {
  for (const product of products) {
    const slug = slugFor(product);
    product.slug = taken.has(slug) ? slugWithSuffix(slug, product.id) : slug;
    taken.add(slug);
  }
}

function slugFor({ slug, title }: Product): string {
  return slug || slugify(title);
}

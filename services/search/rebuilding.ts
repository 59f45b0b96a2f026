import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { type ListSummariesResponse, ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { Database } from '@pasar/platform/db';
import { every } from '@pasar/platform/jobs';
import { Calls, ProcessName } from '@pasar/platform/service';
import { Rounds } from '@pasar/platform/signal';
import { Log } from '@pasar/platform/telemetry';
import type { Entry } from './entry.js';
import { countWords, type WordCounts, writeEntries } from './index-store.js';
import { Indexing } from './indexing.js';
import type { Db } from './marks.js';
import {
  claimRebuild,
  giveBackRebuild,
  indexNext,
  keepRebuild,
  prepareNext,
  type Rebuild,
  readRebuild,
  requestRebuild,
  swap,
  takeOver,
} from './rebuild-store.js';

const page = 500;
const leaseMs = 60_000;
/** So many may be left to be taken over while nobody else writes. */
const fewChanges = 500;

/** Somebody else has taken the rebuild, or the process ends. */
class Interrupted extends Error {}

/**
 * Builds the index anew beside the one in use, and puts it in its place. Searching and indexing go on meanwhile: what is
 * written into the old one is noted, and taken over at the end.
 */
@Injectable()
export class Rebuilding {
  readonly #rounds = new Rounds(
    () => this.#run(),
    (error) => this.log.warn({ err: error }, 'the index could not be rebuilt; it will be'),
  );

  constructor(
    private readonly database: Database,
    private readonly indexing: Indexing,
    private readonly process: ProcessName,
    private readonly log: Log,
    @Calls(ProductService) private readonly products: Client<typeof ProductService>,
  ) {}

  readonly jobs = [every('rebuild index', '5s', () => this.runDue())];

  status(): Promise<Rebuild> {
    return readRebuild(this.database.kysely);
  }

  /** Asks for a rebuild; one that is under way will do. */
  async request(): Promise<Rebuild> {
    await requestRebuild(this.database.kysely);
    this.#rounds.runSoon();
    return this.status();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** Rebuilds the index when that is asked for. */
  runDue(): Promise<void> {
    return this.#rounds.run();
  }

  /** @returns false: whether there is more to do, only a claim can tell */
  async #run(): Promise<boolean> {
    const { kysely } = this.database;
    const holder = this.process.value;
    if (!(await claimRebuild(kysely, holder, leaseMs))) return false;
    try {
      await this.#rebuild(holder);
    } catch (error) {
      await giveBackRebuild(kysely, holder);
      if (!(error instanceof Interrupted)) throw error;
    }
    return false;
  }

  async #rebuild(holder: string): Promise<void> {
    let written = 0;
    const counts: WordCounts = new Map();
    const keep = async (state: Rebuild['state'], db: Db = this.database.kysely) => {
      const isMine = await keepRebuild(db, holder, state, written, leaseMs);
      if (!isMine || this.#rounds.stopped) throw new Interrupted();
    };
    await prepareNext(this.database);
    const list = (pageToken: string) => unwatched(this.products.listSummaries({ pageSize: page, pageToken }));
    const write = (entries: Entry[]) =>
      // Together: who has lost the rebuild must not write into the table of who has it.
      this.database.transaction(async (tx) => {
        await keep('filling', tx);
        await writeEntries(tx, entries, 'entry_next');
      });
    // While a page is made into entries, the one before is written and the next one is listed.
    let listing: ReturnType<typeof list> | undefined = list('');
    let writing = Promise.resolve();
    try {
      while (listing) {
        const { summaries, nextPageToken }: ListSummariesResponse = await listing;
        listing = nextPageToken ? list(nextPageToken) : undefined;
        const entries = await this.indexing.prepare(summaries);
        for (const { lexemes } of entries) countWords(counts, lexemes, 1);
        await writing;
        written += entries.length;
        writing = unwatched(write(entries));
      }
    } finally {
      await writing;
    }
    await keep('indexing');
    const beat = setInterval(() => void keep('indexing').catch(() => {}), leaseMs / 4);
    try {
      await indexNext(this.database);
    } finally {
      clearInterval(beat);
    }
    while ((await takeOver(this.database.kysely, counts, fewChanges)) === fewChanges) await keep('indexing');
    await keep('indexing');
    if (!(await swap(this.database, holder, counts))) throw new Interrupted();
    this.log.info({ products: written }, 'the index is rebuilt');
  }
}

/** What fails while nobody waits for it is thrown where somebody does. */
function unwatched<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => {});
  return work;
}

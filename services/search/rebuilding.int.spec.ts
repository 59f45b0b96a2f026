import { Product_Status } from '@pasar/contracts/pasar/product/v1/product_pb';
import { RatingChangedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import { Index_State } from '@pasar/contracts/pasar/search/v1/search_pb';
import { event } from '@pasar/platform/events';
import { Probe } from '@pasar/platform/probe';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Rebuilding } from './rebuilding.js';
import { changed, created, type Market, type SearchTest, staff, startSearch, waitFor } from './testing.js';

/** Lets a transaction fail as if the process had died before its commit. */
class Faults extends Probe {
  dies = false;

  override async reach(): Promise<void> {
    if (this.dies) throw new Error('died');
  }
}

const faults = new Faults();
let it_: SearchTest;
let market: Market;

beforeAll(async () => {
  it_ = await startSearch({ probe: faults });
  market = it_.market;
});
beforeEach(async () => {
  await it_.reset();
  market.pageSize = 500;
  market.addStore('solo', 'Surakarta');
});
afterAll(() => it_.test.close());

const database = () => it_.test.service.database;

async function rebuilt(): Promise<void> {
  await it_.search.rebuildIndex({}, staff());
  await waitFor(async () => (await it_.search.getIndex({}, staff())).state === Index_State.DONE);
}

const words = async () => {
  const { rows } = await sql<{ word: string; products: number }>`
    select word, products from word order by word`.execute(database().kysely);
  return Object.fromEntries(rows.map(({ word, products }) => [word, products]));
};

/** Tells of products, and waits until the news has come, not until something is done about it. */
async function tell(...events: Parameters<SearchTest['test']['publish']>) {
  const count = async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from inbox`.execute(
      database().kysely,
    );
    return rows[0]?.n ?? 0;
  };
  const before = await count();
  await it_.test.publish(...events);
  await waitFor(async () => (await count()) >= before + events.length);
}

describe('a rebuild', () => {
  it('takes up every product that is published, and drops what is not there', async () => {
    const gone = market.addProduct('Hantu');
    await it_.told(gone);
    market.products.delete(gone.id);
    for (let n = 0; n < 1_100; n++) market.addProduct(`Kopi nomor ${n}`);
    market.addProduct('Rancangan', { status: Product_Status.DRAFT });
    await rebuilt();
    expect(await it_.titles({ query: 'hantu' })).toEqual([]);
    const index = await it_.search.getIndex({}, staff());
    expect(index).toMatchObject({ products: 1_100n, waiting: 0n });
    expect((await it_.search.searchProducts({ query: 'kopi nomor' })).facets?.matches).toBe(1_100n);
    expect(await words()).toMatchObject({ kopi: 1_100, nomor: 1_100, 7: 1 });
    expect(await words()).not.toHaveProperty('hantu');
  });

  it('leaves no index out, so that every list keeps its plan', async () => {
    const indexes = async () => {
      const { rows } = await sql<{ definition: string }>`
        select regexp_replace(indexdef, '^.* USING', '') as definition from pg_indexes where tablename = 'entry'
        order by 1`.execute(database().kysely);
      return rows.map(({ definition }) => definition);
    };
    const before = await indexes();
    await rebuilt();
    expect(await indexes()).toEqual(before);
    await rebuilt();
    expect(await indexes()).toEqual(before);
  });

  it('loses nothing that happens meanwhile, and searching goes on', async () => {
    const [a, b, c, d] = ['Apel', 'Belimbing', 'Ceri', 'Durian'].map((title) => market.addProduct(title));
    await it_.told(a!, b!, c!, d!);
    market.pageSize = 1;
    let pages = 0;
    market.meanwhile = async () => {
      if (++pages !== 3) return;
      market.meanwhile = undefined;
      // The first two are in the new index already.
      a!.title = 'Alpukat';
      b!.status = Product_Status.ARCHIVED;
      d!.title = 'Duku';
      await tell(changed(a!), changed(b!), changed(d!), created(market.addProduct('Jambu')));
      await tell(event(RatingChangedSchema, a!.id, { productId: a!.id, average: 5, count: 3n }));
      await it_.settled();
      expect((await it_.titles({})).toSorted()).toEqual(['Alpukat', 'Ceri', 'Duku', 'Jambu']);
    };
    await rebuilt();
    expect(pages).toBe(3);
    expect((await it_.titles({})).toSorted()).toEqual(['Alpukat', 'Ceri', 'Duku', 'Jambu']);
    expect(await it_.titles({ minRating: 5 })).toEqual(['Alpukat']);
    expect(await words()).toEqual({ alpukat: 1, ceri: 1, duku: 1, jambu: 1 });
  });

  it('that died is begun again by whoever comes after its lease', async () => {
    await it_.told(market.addProduct('Apel'));
    await sql`create table if not exists entry_next (like entry)`.execute(database().kysely);
    await sql`
      update rebuild set state = 'filling', holder = 'dead', leased_until = now() - interval '1 s'`.execute(
      database().kysely,
    );
    await it_.test.service.get(Rebuilding).runDue();
    expect(await it_.search.getIndex({}, staff())).toMatchObject({ state: Index_State.DONE, products: 1n });
    expect(await it_.titles({ query: 'apel' })).toEqual(['Apel']);
  });

  it('of somebody else who lives is left alone', async () => {
    await sql`
      update rebuild set state = 'filling', holder = 'other', leased_until = now() + interval '1 min'`.execute(
      database().kysely,
    );
    await it_.test.service.get(Rebuilding).runDue();
    expect((await it_.search.rebuildIndex({}, staff())).state).toBe(Index_State.FILLING);
    await sql`update rebuild set state = 'done'`.execute(database().kysely);
  });
});

describe('very many matches', () => {
  it('are ranked a part at a time, counted from a sample, and come once each', async () => {
    const count = 3_300;
    for (let n = 0; n < count; n++) market.addProduct(`Kaos ${n % 3 === 0 ? 'polos' : 'motif'} ${n}`);
    await rebuilt();
    const ids = new Set<string>();
    let pages = 0;
    let pageToken = '';
    do {
      const page = await it_.search.searchProducts({ query: 'kaos', pageSize: 90, pageToken });
      if (pages++ === 0) {
        expect(page.facets?.approximate).toBe(true);
        expect(Number(page.facets?.matches)).toBeGreaterThan(count / 2);
      }
      for (const { id } of page.hits) ids.add(id);
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(ids.size).toBe(count);
    // Parts of a hundred, in pages of 90 and 10.
    expect(pages).toBeLessThanOrEqual(2 * Math.ceil(count / 100) + 1);
    for (const sort of ['price', 'newest']) {
      expect((await it_.search.searchProducts({ query: 'kaos', sort, pageSize: 5 })).hits).toHaveLength(5);
    }
  });
});

describe('a process that dies', () => {
  it('while it indexes leaves its products to be indexed', async () => {
    const product = market.addProduct('Apel');
    await it_.told(product);
    product.title = 'Alpukat';
    let deaths = 0;
    market.meanwhile = async () => {
      // From here on: nothing of what was read can be committed.
      faults.dies = deaths++ < 1;
    };
    await it_.test.publish(changed(product));
    await waitFor(async () => (await it_.titles({}))[0] === 'Alpukat');
    expect(deaths).toBeGreaterThan(1);
    market.meanwhile = undefined;
    await it_.settled();
    expect(await words()).toMatchObject({ alpukat: 1 });
  });
});

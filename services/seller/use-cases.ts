import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { Injectable } from '@nestjs/common';
import { SellerAppliedSchema, SellerUpdatedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { Clock } from '@pasar/platform/clock';
import { Database, type Executor } from '@pasar/platform/db';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { event, type PendingEvent } from '@pasar/platform/events';
import { mediaIdsOf } from '@pasar/platform/media-address';
import { Outbox } from '@pasar/platform/outbox';
import { decodePageToken, pageOf, pageSize } from '@pasar/platform/page';
import { Cases } from './cases.js';
import type { Application } from './kyc.js';
import { approved, Openings } from './openings.js';
import {
  alreadyApplied,
  isId,
  normalisePage,
  planHoliday,
  type Seller,
  type Status,
  type StorePage,
  slugOf,
  slugWithSuffix,
  storeClosed,
} from './seller.js';
import {
  findOpenSeller,
  findSellerOf,
  insertSellers,
  listOpenSellers,
  listSellersById,
  listSellersBySlug,
  lockAccounts,
  lockSeller,
  lockSellerOf,
  searchSellers,
  updateHoliday,
  updatePage,
  updateStatus,
} from './store.js';

/** A store that an import or the demo catalogue brings. */
export interface GivenStore extends StorePage {
  slug: string;
  ownerUserId: string | null;
}

const noHoliday = { holidayStartsAt: null, holidayEndsAt: null, holidayNote: '' };

@Injectable()
export class Sellers {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly cases: Cases,
    private readonly openings: Openings,
  ) {}

  /** An open store by id or slug. */
  async get(idOrSlug: string): Promise<Seller> {
    const key = isId(idOrSlug) ? { id: idOrSlug } : { slug: idOrSlug };
    return (await findOpenSeller(this.database.kysely, key)) ?? refuseUnknown();
  }

  /** Open stores, newest first. */
  async list(size: number, pageToken: string) {
    const limit = pageSize(size);
    const [after] = decodePageToken(pageToken, 1) ?? [];
    if (after && !isId(after)) throw invalidField('pageToken', 'is not known here');
    return pageOf(await listOpenSellers(this.database.kysely, limit + 1, after), limit, ({ id }) => [id]);
  }

  /** The store that somebody owns or is on the staff of, whatever its status. */
  async getOf(userId: string): Promise<Seller> {
    return (await findSellerOf(this.database.kysely, userId)) ?? refuseUnknown();
  }

  /** Those of the stores that exist, whatever their status. */
  listByIds(ids: string[]): Promise<Seller[]> {
    return listSellersById(this.database.kysely, ids);
  }

  /**
   * Applies for a store, or again with the one whose application was turned down.
   * @throws DomainError `seller.already_applied`
   */
  async apply(ownerUserId: string, given: StorePage, application: Application): Promise<Seller> {
    const page = normalisePage(given);
    await this.cases.requireDocuments(ownerUserId, application.documents);
    const plain = slugOf(page.name);
    let slug = plain;
    for (;;) {
      const now = this.clock.now();
      const applied = await this.database.transaction(async (tx) => {
        await lockAccounts(tx, [ownerUserId]);
        const known = await findSellerOf(tx, ownerUserId);
        if (known && known.status !== 'REJECTED') throw alreadyApplied();
        const seller: Seller = known
          ? { ...known, ...page, status: 'APPLIED' }
          : {
              ...page,
              ...noHoliday,
              id: this.clock.id(),
              slug,
              status: 'APPLIED',
              ownerUserId,
              createdAt: now,
            };
        if (known) {
          await updatePage(tx, known.id, page, now);
          await updateStatus(tx, known.id, 'APPLIED', '', now);
        } else if ((await insertSellers(tx, [seller], now)).length === 0) return undefined;
        const { id, name } = seller;
        await this.outbox.append(tx, event(SellerAppliedSchema, id, { sellerId: id, ownerUserId, name }));
        await this.cases.open(tx, seller, application);
        return seller;
      });
      if (applied) {
        this.outbox.wake();
        return applied;
      }
      // Another store has the slug.
      slug = slugWithSuffix(plain, this.clock.id().slice(-6));
    }
  }

  /** Changes the store that somebody owns or is on the staff of. */
  changeOf(userId: string, change: (page: StorePage) => StorePage): Promise<Seller> {
    return this.#update(userId, async (tx, seller) => {
      const { name, description, city, province, logoUrl, bannerUrl, openingHours } = seller;
      const page = normalisePage(
        change({ name, description, city, province, logoUrl, bannerUrl, openingHours }),
      );
      await updatePage(tx, seller.id, page, this.clock.now());
      return { ...seller, ...page };
    });
  }

  /** @param holiday undefined ends it */
  setHoliday(
    userId: string,
    holiday: { startsAt?: Date; endsAt: Date; note: string } | undefined,
  ): Promise<Seller> {
    const now = this.clock.now();
    const plan = holiday ? planHoliday(holiday.startsAt, holiday.endsAt, holiday.note, now) : null;
    return this.#update(userId, async (tx, seller) => {
      await updateHoliday(tx, seller.id, plan, now);
      const { startsAt = null, endsAt = null, note = '' } = plan ?? {};
      return { ...seller, holidayStartsAt: startsAt, holidayEndsAt: endsAt, holidayNote: note };
    });
  }

  /** Of a status or of all, for the platform's staff. */
  async search(status: Status | undefined, name: string, size: number, pageToken: string) {
    const limit = pageSize(size);
    const after = decodePageToken(pageToken, 2);
    if (after && !isId(after[1] ?? '')) throw invalidField('pageToken', 'is not known here');
    const prefix = name.trimStart();
    const rows = await searchSellers(this.database.kysely, status, prefix, limit + 1, after);
    return pageOf(rows, limit, (last) => [last.name.toLowerCase(), last.id]);
  }

  /** Opens a store that applied or was suspended; an open one stays as it is. */
  approve(id: string, reason: string, by: string): Promise<Seller> {
    return this.#review(id, async (tx) => {
      const seller = await this.openings.open(tx, id, reason);
      await this.cases.settle(tx, id, 'APPROVED', by, reason);
      return seller;
    });
  }

  /** Closes a store, or turns an application down. */
  suspend(id: string, reason: string, by: string): Promise<Seller> {
    return this.#review(id, async (tx) => {
      const seller = await this.openings.close(tx, id, reason);
      await this.cases.settle(tx, id, 'REJECTED', by, reason);
      return seller;
    });
  }

  /**
   * The stores of the given slugs in their order; those that do not exist are made, open. What exists stays as it is.
   * A slug that could not stand in a URL becomes one that can.
   * @throws DomainError `seller.owner_taken` when the owner of a new one has another store
   */
  async ensure(given: GivenStore[]): Promise<Seller[]> {
    const stores = given.map((store) => ({ ...store, slug: slugOf(store.slug) }));
    const slugs = [...new Set(stores.map(({ slug }) => slug))];
    const known = await listSellersBySlug(this.database.kysely, slugs);
    const knownSlugs = new Set(known.map(({ slug }) => slug));
    const missing = new Map(
      stores.filter(({ slug }) => !knownSlugs.has(slug)).map((store) => [store.slug, store]),
    );
    if (missing.size > 0) await this.#make([...missing.values()]);
    const found = missing.size > 0 ? await listSellersBySlug(this.database.kysely, slugs) : known;
    const bySlug = new Map(found.map((seller) => [seller.slug, seller]));
    return stores.map(({ slug }) => {
      const seller = bySlug.get(slug);
      if (seller) return seller;
      throw new DomainError('seller.owner_taken', 'conflict', `The owner of ${slug} has another store.`);
    });
  }

  async #make(stores: GivenStore[]): Promise<void> {
    const now = this.clock.now();
    const sellers = stores.map(
      (store): Seller => ({
        ...store,
        ...noHoliday,
        id: this.clock.id(),
        status: 'APPROVED',
        createdAt: now,
      }),
    );
    await this.database.transaction(async (tx) => {
      await lockAccounts(
        tx,
        sellers.flatMap(({ ownerUserId }) => ownerUserId ?? []),
      );
      const made = await insertSellers(tx, sellers, now);
      await this.outbox.append(tx, ...made.map(approved));
    });
    this.outbox.wake();
  }

  async #review(id: string, work: (tx: Executor<unknown>) => Promise<Seller>): Promise<Seller> {
    const reviewed = await this.database.transaction(async (tx) => {
      await lockSeller(tx, id);
      return work(tx);
    });
    this.outbox.wake();
    return reviewed;
  }

  async #update(
    userId: string,
    change: (tx: Executor<unknown>, seller: Seller) => Promise<Seller>,
  ): Promise<Seller> {
    const changed = await this.database.transaction(async (tx) => {
      const seller = (await lockSellerOf(tx, userId)) ?? refuseUnknown();
      // Suspended while the access token is still alive.
      if (seller.status !== 'APPROVED') throw storeClosed();
      const after = await change(tx, seller);
      await this.outbox.append(tx, updated(after));
      return after;
    });
    this.outbox.wake();
    return changed;
  }
}

function updated(seller: Seller): PendingEvent {
  const { id, slug, name, logoUrl, bannerUrl, holidayStartsAt, holidayEndsAt, holidayNote } = seller;
  const holiday =
    holidayStartsAt && holidayEndsAt
      ? {
          startsAt: timestampFromDate(holidayStartsAt),
          endsAt: timestampFromDate(holidayEndsAt),
          note: holidayNote,
        }
      : undefined;
  return event(SellerUpdatedSchema, id, {
    ...{ sellerId: id, slug, name, holiday },
    mediaIds: mediaIdsOf([logoUrl, bannerUrl]),
  });
}

function refuseUnknown(): never {
  throw notFound('seller');
}

import { Injectable } from '@nestjs/common';
import {
  SellerAppliedSchema,
  SellerApprovedSchema,
  SellerSuspendedSchema,
  SellerUpdatedSchema,
} from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, invalidField, notFound } from '@pasar/platform/errors';
import { event, type PendingEvent } from '@pasar/platform/events';
import { mediaIdsOf } from '@pasar/platform/media-address';
import { Outbox } from '@pasar/platform/outbox';
import { decodePageToken, pageOf, pageSize } from '@pasar/platform/page';
import {
  alreadyApplied,
  isId,
  normalisePage,
  type Seller,
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
  lockSeller,
  lockSellerOf,
  updatePage,
  updateStatus,
} from './store.js';

/** A store that an import or the demo catalogue brings. */
export interface GivenStore extends StorePage {
  slug: string;
  ownerUserId: string | null;
}

@Injectable()
export class Sellers {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
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

  /** The store of an account, whatever its status. */
  async getOf(ownerUserId: string): Promise<Seller> {
    return (await findSellerOf(this.database.kysely, ownerUserId)) ?? refuseUnknown();
  }

  /** Those of the stores that exist, whatever their status. */
  listByIds(ids: string[]): Promise<Seller[]> {
    return listSellersById(this.database.kysely, ids);
  }

  /** @throws DomainError `seller.already_applied` */
  async apply(ownerUserId: string, given: StorePage): Promise<Seller> {
    const page = normalisePage(given);
    const plain = slugOf(page.name);
    let slug = plain;
    for (;;) {
      const now = this.clock.now();
      const seller: Seller = {
        ...page,
        id: this.clock.id(),
        slug,
        status: 'APPLIED',
        ownerUserId,
        createdAt: now,
      };
      const applied = await this.database.transaction(async (tx) => {
        const [inserted] = await insertSellers(tx, [seller], now);
        if (!inserted) return undefined;
        const { id, name } = inserted;
        await this.outbox.append(tx, event(SellerAppliedSchema, id, { sellerId: id, ownerUserId, name }));
        return inserted;
      });
      if (applied) {
        this.outbox.wake();
        return applied;
      }
      // Either the account or the slug was taken.
      if (await findSellerOf(this.database.kysely, ownerUserId)) throw alreadyApplied();
      slug = slugWithSuffix(plain, this.clock.id().slice(-6));
    }
  }

  async changeOf(ownerUserId: string, change: (page: StorePage) => StorePage): Promise<Seller> {
    const changed = await this.database.transaction(async (tx) => {
      const seller = (await lockSellerOf(tx, ownerUserId)) ?? refuseUnknown();
      // Suspended while the owner's access token is still alive.
      if (seller.status !== 'APPROVED') throw storeClosed();
      const { name, description, city, province, logoUrl, bannerUrl } = seller;
      const page = normalisePage(change({ name, description, city, province, logoUrl, bannerUrl }));
      await updatePage(tx, seller.id, page, this.clock.now());
      const mediaIds = mediaIdsOf([page.logoUrl, page.bannerUrl]);
      const facts = { sellerId: seller.id, slug: seller.slug, name: page.name, mediaIds };
      await this.outbox.append(tx, event(SellerUpdatedSchema, seller.id, facts));
      return { ...seller, ...page };
    });
    this.outbox.wake();
    return changed;
  }

  /** Opens a store that applied or was suspended; an open one stays as it is. */
  approve(id: string, reason: string): Promise<Seller> {
    return this.#review(id, 'APPROVED', reason, approved);
  }

  /** Closes a store, or turns an application down. */
  suspend(id: string, reason: string): Promise<Seller> {
    return this.#review(id, 'SUSPENDED', reason, (seller) =>
      event(SellerSuspendedSchema, id, { sellerId: id, ownerUserId: seller.ownerUserId ?? '', reason }),
    );
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
      (store): Seller => ({ ...store, id: this.clock.id(), status: 'APPROVED', createdAt: now }),
    );
    await this.database.transaction(async (tx) => {
      const made = await insertSellers(tx, sellers, now);
      await this.outbox.append(tx, ...made.map(approved));
    });
    this.outbox.wake();
  }

  async #review(
    id: string,
    status: 'APPROVED' | 'SUSPENDED',
    reason: string,
    tell: (seller: Seller) => PendingEvent,
  ): Promise<Seller> {
    const reviewed = await this.database.transaction(async (tx) => {
      const seller = (await lockSeller(tx, id)) ?? refuseUnknown();
      if (seller.status === status) return seller;
      await updateStatus(tx, id, status, reason, this.clock.now());
      await this.outbox.append(tx, tell(seller));
      return { ...seller, status };
    });
    this.outbox.wake();
    return reviewed;
  }
}

function approved({ id, ownerUserId, name, slug }: Seller): PendingEvent {
  return event(SellerApprovedSchema, id, { sellerId: id, ownerUserId: ownerUserId ?? '', name, slug });
}

function refuseUnknown(): never {
  throw notFound('seller');
}

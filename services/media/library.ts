import { Injectable } from '@nestjs/common';
import { Cache } from '@pasar/platform/cache';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, notFound } from '@pasar/platform/errors';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { MediaConfig } from './config.js';
import { chooseRendition, isPrivate, isVideo, type Media, type Purpose } from './media.js';
import {
  addUses,
  type Departing,
  deleteMedia,
  dropUses,
  findMedia,
  findMediaOf,
  holdMedia,
  listMedia,
} from './media-store.js';
import { readRange, type Span } from './range.js';
import { type Permission, Signatures } from './signatures.js';
import { type Bytes, Storage } from './storage.js';
import { type Db, findUsage, releaseRoom } from './upload-store.js';
import { keyOf } from './uploads.js';

/** A file on its way out. */
export interface Download {
  contentType: string;
  size: number;
  /** What is asked for of it: undefined for all of it, null when there is no such part. */
  part: Span | null | undefined;
  bytes: Bytes;
  /** Its name as an `ETag`: what it names never changes. */
  tag: string;
  /** Nobody but its reader may keep it. */
  isPrivate: boolean;
  /** Its format is one of several that the address may give. */
  negotiated: boolean;
  /** To be saved, not shown: under this name. */
  saveAs?: string;
}

/** What a client says of how it wants a file: its headers. */
export interface Wishes {
  accept: string;
  range: string;
  ifRange: string;
}

/** For those who look at a file and keep a reference to it, until their event says so. */
const holdMs = 3_600_000;

/** What belongs to people and not to a store or a case that goes on without them. */
const personal: Purpose[] = ['AVATAR', 'REVIEW'];

/** Files that are ready: who may see them, and how long they stay. */
@Injectable()
export class Library {
  /** Of files that are shown: they hardly change, and are asked for again and again. */
  readonly #shown = new Cache<Media>({ max: 10_000, ttlMs: 60_000 });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: MediaConfig,
    private readonly storage: Storage,
    private readonly signatures: Signatures,
  ) {}

  async get(ownerId: string, id: string): Promise<Media> {
    return (await findMedia(this.database.kysely, id, ownerId)) ?? refuseUnknown();
  }

  async list(ownerId: string, purpose: Purpose | undefined, size: number, token: string) {
    const limit = pageSize(size);
    const rows = await listMedia(this.database.kysely, ownerId, purpose, decodeIdToken(token), limit + 1);
    const usedBytes = await findUsage(this.database.kysely, ownerId);
    return {
      ...pageOf(rows, limit, ({ id }) => [id]),
      usedBytes,
      quotaBytes: BigInt(this.config.quotaBytes),
    };
  }

  /** @throws DomainError `media.in_use` */
  async delete(ownerId: string, id: string): Promise<void> {
    const gone = await this.#delete({ id, ownerId });
    if (gone > 0) return;
    await this.get(ownerId, id);
    throw new DomainError('media.in_use', 'conflict', 'Something shows this file: take it out there first.');
  }

  /** Addresses of a private file. @param ownerId whose it must be; anybody's for staff */
  async sign(ownerId: string | undefined, id: string): Promise<{ urls: string[]; expiresAt: Date }> {
    const media = (await findMedia(this.database.kysely, id, ownerId)) ?? refuseUnknown();
    const expiresAt = this.#signedUntil();
    const files = media.renditions.map(({ file }) => file);
    return {
      urls: (files.length > 0 ? files : ['original']).map((file) => this.#signed(id, file, expiresAt)),
      expiresAt,
    };
  }

  /** Of each that there is, the address of the best that there is of it. */
  async signAll(ids: string[]): Promise<{ id: string; url: string }[]> {
    const expiresAt = this.#signedUntil();
    return (await findMediaOf(this.database.kysely, ids)).map(({ id, renditions }) => {
      const file = renditions.findLast(({ contentType }) => contentType === 'image/jpeg')?.file ?? 'original';
      return { id, url: this.#signed(id, file, expiresAt) };
    });
  }

  #signedUntil(): Date {
    return new Date(this.clock.now().getTime() + this.config.signedSeconds * 1000);
  }

  #signed(id: string, file: string, expiresAt: Date): string {
    return `/api/v1/media/${id}/${file}?token=${this.signatures.sign('download', id, expiresAt)}`;
  }

  /**
   * The original of an image is shown to nobody: what is shown is made anew from its pixels. A video is shown as it is,
   * and a document is given as it is, to be saved.
   */
  async download(
    id: string,
    file: string,
    token: string,
    { accept, range, ifRange }: Wishes,
  ): Promise<Download> {
    const permission: Permission = 'download';
    if (token) this.signatures.check(permission, id, token);
    const load = () => findMedia(this.database.kysely, id);
    const media = (await this.#shown.get(id.toLowerCase(), load)) ?? refuseUnknown();
    const hidden = isPrivate(media);
    // Without permission a private file is as unknown as none.
    if (hidden && !token) refuseUnknown();
    const isWhole = media.renditions.length === 0;
    const chosen = isWhole ? undefined : chooseRendition(media.renditions, file, accept);
    if (!chosen && !(isWhole && file === 'original')) refuseUnknown();
    const stored = chosen?.rendition.file ?? 'original';
    const tag = `"${media.id}/${stored}"`;
    const size = chosen?.rendition.size ?? Number(media.size);
    const part = readRange(range, ifRange, { size, tag });
    const found = part === null ? { size, bytes: [] } : await this.storage.read(keyOf(id, stored), part);
    if (!found) refuseUnknown();
    return {
      ...found,
      ...{ part, tag },
      contentType: chosen?.rendition.contentType ?? media.contentType,
      isPrivate: hidden,
      negotiated: chosen?.negotiated ?? false,
      saveAs: isWhole && !isVideo(media) ? media.name || id : undefined,
    };
  }

  /** Files of somebody that are about to be shown. */
  async hold(ownerId: string, purpose: Purpose, ids: string[]): Promise<Media[]> {
    const until = new Date(this.clock.now().getTime() + holdMs);
    return holdMedia(this.database.kysely, ownerId, purpose, ids, until);
  }

  /** Says which files a resource shows, and no others or also those of earlier. */
  async noteUses(
    tx: Db,
    resource: string,
    ids: string[],
    { andEarlier = false }: { andEarlier?: boolean } = {},
  ): Promise<void> {
    const orphansUntil = new Date(this.clock.now().getTime() + this.config.orphanSeconds * 1000);
    if (!andEarlier) await dropUses(tx, resource, ids, orphansUntil);
    await addUses(tx, resource, ids);
  }

  /** It changed, or is gone. Other processes find out within a minute. */
  forget(id: string): void {
    this.#shown.delete(id);
  }

  removeOrphans(): Promise<number> {
    return this.#delete({ orphansAt: this.clock.now() });
  }

  /** @returns keys of the bytes that are to be removed once this is committed */
  async forgetPersonal(tx: Db, ownerId: string): Promise<string[]> {
    const keys: string[] = [];
    for (;;) {
      const gone = await deleteMedia(tx, { ownerId, purposes: personal });
      if (gone.length === 0) return keys;
      await releaseRoom(tx, gone);
      keys.push(...gone.flatMap(filesOf));
    }
  }

  /** Rows first: bytes that are left when the process dies in between are swept up later. */
  async #delete(which: Departing): Promise<number> {
    for (let total = 0; ; ) {
      const gone = await this.database.transaction(async (tx) => {
        const media = await deleteMedia(tx, which);
        await releaseRoom(tx, media);
        return media;
      });
      for (const { id } of gone) this.forget(id);
      await this.storage.remove(gone.flatMap(filesOf));
      total += gone.length;
      if (gone.length === 0) return total;
    }
  }
}

function filesOf({ id, renditions }: Media): string[] {
  return ['original', ...renditions.map(({ file }) => file)].map((file) => keyOf(id, file));
}

function refuseUnknown(): never {
  throw notFound('media');
}

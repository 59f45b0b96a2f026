import { Injectable } from '@nestjs/common';
import { Media_Purpose, MediaReadySchema } from '@pasar/contracts/pasar/media/v1/media_pb';
import { Bulkhead } from '@pasar/platform/bulkhead';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { Outbox } from '@pasar/platform/outbox';
import { Log } from '@pasar/platform/telemetry';
import { MediaConfig } from './config.js';
import type { Rendered } from './images.js';
import { inspect } from './inspection.js';
import {
  checkSize,
  isVideo,
  type Media,
  normaliseName,
  offsetMismatch,
  type Purpose,
  quotaExceeded,
} from './media.js';
import { findMedia, insertMedia } from './media-store.js';
import { readWhole, Storage } from './storage.js';
import {
  addPiece,
  claimWhole,
  type Db,
  deleteUploads,
  endUpload,
  findUpload,
  insertUpload,
  releaseRoom,
  renewLease,
  type Upload,
  type Which,
} from './upload-store.js';
import { forgetOrigin, measureVideo } from './videos.js';

export interface NewFile {
  purpose: Purpose;
  name: string;
  size: number;
}

/** Longer than looking at a file can take: whoever has not ended by then has died. */
const leaseMs = 90_000;
const maxAttempts = 4;

/**
 * Files on their way in. Every piece is a file of the storage, and the statement that moves the upload's offset on says
 * which ones belong to it; so of two who send the same part, one counts. With the last of them comes a lease, under which
 * the whole is looked at; a job takes it up when whoever had it died.
 */
@Injectable()
export class Uploads {
  /** Images take processor and memory; the others wait. */
  readonly #lookers = new Bulkhead({ name: 'media', maxConcurrent: 2, maxWaiting: 100 });

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: MediaConfig,
    private readonly storage: Storage,
    private readonly log: Log,
  ) {}

  /** A file in one piece. @throws DomainError when it is refused */
  async upload(ownerId: string, purpose: Purpose, name: string, bytes: Buffer): Promise<Media> {
    const { id } = await this.create(ownerId, { purpose, name, size: bytes.length });
    await this.append(id, 0, bytes);
    return (await findMedia(this.database.kysely, id, ownerId)) ?? refuseUnknown();
  }

  /** @throws DomainError `media.too_large`, `media.quota_exceeded` */
  async create(ownerId: string, { purpose, name, size }: NewFile): Promise<Upload> {
    checkSize(purpose, size);
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + this.config.uploadSeconds * 1000);
    const upload = {
      ...{ id: this.clock.id(), ownerId, purpose, name: normaliseName(name), size: BigInt(size) },
      ...{ createdAt, expiresAt },
    };
    const { quotaBytes: bytes, quotaFiles: files } = this.config;
    const rows = await this.database.write(insertUpload(upload, { bytes, files }));
    if (rows.length === 0) throw quotaExceeded();
    return { ...upload, received: 0n, pieces: [], status: 'OPEN', refusal: '', attempts: 0 };
  }

  async get(id: string): Promise<Upload> {
    return (await findUpload(this.database.kysely, id, this.clock.now())) ?? refuseUnknown();
  }

  /**
   * Adds bytes where the upload goes on. With the last ones the file is looked at.
   * @throws DomainError `upload.offset_mismatch`, or why the file is refused
   */
  async append(id: string, offset: number, bytes: Buffer): Promise<Upload> {
    let upload = await this.get(id);
    if (Number(upload.received) !== offset) throw offsetMismatch(Number(upload.received));
    if (offset + bytes.length > Number(upload.size)) {
      throw new DomainError('upload.too_long', 'invalid', `The upload was to have ${upload.size} bytes.`);
    }
    if (bytes.length > 0) upload = await this.#add(id, offset, bytes);
    if (upload.received < upload.size) return upload;
    await this.#lookers.run(async () => {
      // Whoever brought the last bytes has the lease since then; it may have run out while they waited for their turn.
      const held = bytes.length > 0 ? await this.#renew(upload) : await this.#claim(id);
      if (held) await this.#lookAt(held);
    });
    return this.get(id);
  }

  async #add(id: string, offset: number, bytes: Buffer): Promise<Upload> {
    const piece = { key: keyOf(id, `piece-${this.clock.id()}`), size: bytes.length };
    await this.storage.write(piece.key, bytes);
    const now = this.clock.now();
    const [upload] = await this.database.write(addPiece(id, offset, piece, now, leaseFrom(now)));
    if (upload) return upload;
    await this.storage.remove([piece.key]);
    throw offsetMismatch(Number((await this.get(id)).received));
  }

  async #claim(only?: string): Promise<Upload | undefined> {
    const now = this.clock.now();
    const [upload] = await this.database.write(claimWhole(now, leaseFrom(now), only));
    return upload;
  }

  async #renew(upload: Upload): Promise<Upload | undefined> {
    const renewed = await this.database.write(renewLease(upload, leaseFrom(this.clock.now())));
    return renewed.length > 0 ? upload : undefined;
  }

  /** Takes up what was left when somebody died. */
  async finishAll(): Promise<void> {
    for (;;) {
      const upload = await this.#claim();
      if (!upload) return;
      try {
        await this.#lookAt(upload);
      } catch (error) {
        if (!(error instanceof DomainError)) this.log.error({ error, upload: upload.id }, 'an upload failed');
      }
    }
  }

  /** What came of it is thrown away, unless it is a file already. */
  async cancel(id: string): Promise<void> {
    await this.#forget({ id });
  }

  forgetExpired(): Promise<void> {
    return this.#forget({ before: this.clock.now() });
  }

  /** @returns keys of the bytes that are to be removed once this is committed */
  async forgetOf(tx: Db, ownerId: string): Promise<string[]> {
    return (await this.#forgetIn(tx, { ownerId })).flatMap(({ pieces }) => pieces);
  }

  async #forget(which: Which): Promise<void> {
    for (;;) {
      const gone = await this.database.transaction((tx) => this.#forgetIn(tx, which));
      if (gone.length === 0) return;
      await this.storage.remove(gone.flatMap(({ pieces }) => pieces));
    }
  }

  async #forgetIn(tx: Db, which: Which): Promise<Upload[]> {
    const gone = await deleteUploads(tx, which);
    await releaseRoom(
      tx,
      gone.filter(({ status }) => status === 'OPEN'),
    );
    return gone;
  }

  async #lookAt(upload: Upload): Promise<void> {
    if (upload.attempts > maxAttempts) {
      // It may be what kills those who look at it.
      return this.#refuse(upload, 'media.broken');
    }
    try {
      await this.#accept(upload);
    } catch (error) {
      if (error instanceof DomainError) await this.#refuse(upload, error.code);
      throw error;
    }
  }

  async #accept(upload: Upload): Promise<void> {
    const { id, ownerId, purpose, name, size } = upload;
    const pieces = await Promise.all(upload.pieces.map((key) => readWhole(this.storage, key)));
    const bytes = Buffer.concat(pieces.map((piece) => piece ?? refuseUnknown()));
    const contentType = await inspect(bytes, purpose);
    checkSize(purpose, bytes.length, contentType);
    const { width, height, rendered } = await this.#prepare(bytes, contentType);
    await this.storage.write(keyOf(id, 'original'), bytes);
    await writeRendered(this.storage, id, rendered);

    const now = this.clock.now();
    const renditions = rendered.map(({ rendition }) => rendition);
    const media: Media = {
      ...{ id, ownerId, purpose, name, contentType, size, width, height },
      ...{ renditions, createdAt: now },
    };
    await this.database.transaction(async (tx) => {
      if (!(await endUpload(tx, id, 'READY'))) return;
      await insertMedia(tx, media, new Date(now.getTime() + this.config.orphanSeconds * 1000));
      const facts = { mediaId: id, ownerId, contentType, sizeBytes: size, width, height };
      await this.outbox.append(
        tx,
        event(MediaReadySchema, id, { ...facts, purpose: Media_Purpose[purpose] }),
      );
    });
    this.outbox.wake();
    await this.storage.remove(upload.pieces);
  }

  /** How large it is on a screen, and what is shown of an image. A video is shown as it is, but for where it is from. */
  async #prepare(bytes: Buffer, contentType: string) {
    if (isVideo({ contentType })) {
      forgetOrigin(bytes);
      return { ...measureVideo(bytes), rendered: [] };
    }
    if (!contentType.startsWith('image/')) return { width: 0, height: 0, rendered: [] };
    const { maxPixels } = this.config;
    // libvips is loaded with the first image, not with the server.
    const { measure, render } = await import('./images.js');
    return {
      ...(await measure(bytes, maxPixels)),
      rendered: await render(bytes, ['webp', 'jpg'], maxPixels),
    };
  }

  async #refuse(upload: Upload, code: string): Promise<void> {
    const isRefused = await this.database.transaction(async (tx) => {
      const ended = await endUpload(tx, upload.id, 'REFUSED', code);
      if (ended) await releaseRoom(tx, [upload]);
      return ended;
    });
    if (isRefused) await this.storage.remove(upload.pieces);
  }
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + leaseMs);
}

/** All of a file lies in one folder; the end of its id is random, so folders fill evenly. */
export function keyOf(id: string, file: string): string {
  return `${id.slice(-2)}/${id}/${file}`;
}

export async function writeRendered(storage: Storage, id: string, rendered: Rendered[]): Promise<void> {
  await Promise.all(rendered.map(({ rendition, bytes }) => storage.write(keyOf(id, rendition.file), bytes)));
}

function refuseUnknown(): never {
  throw notFound('upload');
}

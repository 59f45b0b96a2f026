import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError } from '@pasar/platform/errors';
import { every } from '@pasar/platform/jobs';
import { Log } from '@pasar/platform/telemetry';
import { MediaConfig } from './config.js';
import { Library } from './library.js';
import { claimAvif, endAvif, findMedia, knownIds } from './media-store.js';
import { readWhole, Storage } from './storage.js';
import { keyOf, Uploads, writeRendered } from './uploads.js';

/** Longer than the largest image takes. */
const avifLeaseMs = 300_000;
const maxAvifAttempts = 3;
const sweepAfterMs = 86_400_000;
const filesPerPage = 1000;

@Injectable()
export class MediaJobs {
  #stopping = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: MediaConfig,
    private readonly storage: Storage,
    private readonly uploads: Uploads,
    private readonly library: Library,
    private readonly log: Log,
  ) {}

  readonly jobs = [
    every('make AVIF renditions', '2s', () => this.makeAvif()),
    every('finish uploads', '15s', () => this.uploads.finishAll()),
    every('forget expired uploads', '10m', () => this.uploads.forgetExpired()),
    every('remove orphans', '10m', () => this.library.removeOrphans()),
    every('sweep the storage', '1d', () => this.sweep()),
  ];

  /** The image at hand is ended; the others wait in their table. */
  async stop(): Promise<void> {
    this.#stopping = true;
  }

  /** AVIF is half as large as JPEG, and takes ten times as long to make: nobody waits for it. */
  async makeAvif(): Promise<void> {
    while (!this.#stopping) {
      const now = this.clock.now();
      const task = await claimAvif(this.database.kysely, now, new Date(now.getTime() + avifLeaseMs));
      if (!task) return;
      await this.#makeAvifOf(task.mediaId, task.attempts);
    }
  }

  async #makeAvifOf(id: string, attempts: number): Promise<void> {
    const bytes =
      attempts <= maxAvifAttempts ? await readWhole(this.storage, keyOf(id, 'original')) : undefined;
    try {
      const { render } = await import('./images.js');
      const rendered = bytes ? await render(bytes, ['avif'], this.config.maxPixels) : [];
      await writeRendered(this.storage, id, rendered);
      const renditions = rendered.map(({ rendition }) => rendition);
      const noted = await this.database.transaction((tx) => endAvif(tx, id, renditions));
      // Ended by another process, which wrote the same files, or removed meanwhile.
      if (!noted && !(await findMedia(this.database.kysely, id)))
        await this.storage.remove(renditions.map(({ file }) => keyOf(id, file)));
      this.library.forget(id);
    } catch (error) {
      // Its other renditions are there; it is tried again when its time comes.
      if (!(error instanceof DomainError)) throw error;
      this.log.warn({ error, media: id }, 'no AVIF could be made of an image');
    }
  }

  /**
   * Removes bytes that nothing names: somebody died between writing them and saying so, or between forgetting them and
   * removing them. What is young may be on its way.
   */
  async sweep(): Promise<number> {
    const before = this.clock.now().getTime() - sweepAfterMs;
    let removed = 0;
    for (let after = ''; ; ) {
      const files = await this.storage.list(after, filesPerPage);
      const old = files.filter(({ modifiedAt }) => modifiedAt.getTime() < before);
      const ids = [...new Set(old.map(({ key }) => idOf(key)).filter((id) => uuid.test(id)))];
      const known = await knownIds(this.database.kysely, ids);
      const nameless = old.map(({ key }) => key).filter((key) => !known.has(idOf(key)));
      await this.storage.remove(nameless);
      removed += nameless.length;
      const last = files.at(-1);
      if (!last || files.length < filesPerPage) return removed;
      after = last.key;
    }
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function idOf(key: string): string {
  return key.split('/')[1] ?? '';
}

import {
  MediaReadySchema,
  Media_Purpose as Purpose,
  Upload_Status as Status,
} from '@pasar/contracts/pasar/media/v1/media_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { Probe } from '@pasar/platform/probe';
import { countBlocked } from '@pasar/platform/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MediaJobs } from './jobs.js';
import { clock, codeOf, eventually, imageOf, newUser, noise, startMedia } from './testing.js';
import { Uploads } from './uploads.js';

/** Dies before a commit when it is told to, once. */
class DyingProbe extends Probe {
  #commits = 0;

  /** @param nth of the commits from now on */
  dieBefore(nth: number): void {
    this.#commits = nth;
  }

  override reach(point: string): void {
    if (point === 'before commit' && this.#commits > 0 && --this.#commits === 0) throw new Error('died');
  }
}

const probe = new DyingProbe();
let kit: Awaited<ReturnType<typeof startMedia>>;
let photo: Buffer;
beforeAll(async () => {
  // Jobs are run by hand here, so that each can be seen.
  kit = await startMedia({ probe, background: false });
  photo = await imageOf(700, 500);
});
afterAll(() => kit.close());

type User = ReturnType<typeof newUser>;

async function begin(user: User, sizeBytes: number, purpose = Purpose.REVIEW) {
  const upload = await kit.media.createUpload(
    { purpose, name: 'foto.jpg', sizeBytes: BigInt(sizeBytes) },
    user.options,
  );
  return { id: upload.id, token: upload.url.split('token=')[1] ?? '' };
}

function append({ id, token }: { id: string; token: string }, offset: number, data: Uint8Array) {
  const headers = { 'upload-offset': String(offset) };
  return kit.media.appendUpload({ id, token, bytes: { data } }, { headers });
}

type Begun = Awaited<ReturnType<typeof begin>> & { owner: string };

/** As when an account is deleted. */
function forgetOf(owner: string): Promise<unknown> {
  const { service } = kit.test;
  return service.database.transaction((tx) => service.get(Uploads).forgetOf(tx, owner));
}

const usedBy = async (user: User) => (await kit.media.listMedia({}, user.options)).usedBytes;

describe('a small file', () => {
  it('is uploaded whole and seen in several widths', async () => {
    const user = newUser();
    const file = { contentType: 'text/html', data: photo };
    const media = await kit.media.uploadMedia(
      { purpose: Purpose.REVIEW, name: 'a/b/foto.html', file },
      user.options,
    );
    expect(media).toMatchObject({
      ...{ name: 'foto.html', contentType: 'image/jpeg', width: 700, height: 500, private: false },
      ...{ sizeBytes: BigInt(photo.length), url: `/api/v1/media/${media.id}/960` },
    });
    expect(media.renditions.map(({ file: name }) => name)).toEqual(
      [160, 480, 960].flatMap((width) => [`${width}.webp`, `${width}.jpg`]),
    );
    expect(await kit.media.getMedia({ id: media.id }, user.options)).toEqual(media);
    expect(await codeOf(kit.media.getMedia({ id: media.id }, newUser().options))).toBe('media.not_found');
    expect((await kit.media.listMedia({ purpose: Purpose.REVIEW }, user.options)).media).toEqual([media]);
    expect((await kit.media.listMedia({ purpose: Purpose.AVATAR }, user.options)).media).toEqual([]);
    expect((await kit.files()).filter((key) => key.includes(media.id) && key.includes('piece'))).toEqual([]);
  });

  it.each<[string, Purpose, () => Buffer | Promise<Buffer>, string]>([
    ['a page', Purpose.REVIEW, () => Buffer.from('<html><script>alert(1)</script>'), 'media.type_refused'],
    ['a damaged image', Purpose.REVIEW, () => photo.subarray(0, 5000), 'media.broken'],
    ['nothing', Purpose.REVIEW, () => Buffer.alloc(0), 'request.invalid'],
    ['too much for a portrait', Purpose.AVATAR, () => noise(5 * 2 ** 20 + 1), 'media.too_large'],
    ['more than there is room for', Purpose.REVIEW, () => noise(4_000_001), 'media.quota_exceeded'],
    ['a document for a review', Purpose.REVIEW, () => Buffer.from('%PDF-1.7\n%%EOF'), 'media.type_refused'],
  ])('that is %s is refused, and takes no room', async (_, purpose, bytes, code) => {
    const user = newUser();
    const data = await bytes();
    expect(await codeOf(kit.media.uploadMedia({ purpose, file: { data } }, user.options))).toBe(code);
    expect(await usedBy(user)).toBe(0n);
    expect((await kit.media.listMedia({}, user.options)).media).toEqual([]);
  });

  it('is that of who brings it, though what looks for those left behind comes by', async () => {
    const uploads = kit.test.service.get(Uploads);
    const small = await imageOf(40, 30);
    let isOver = false;
    const lookForMore = async () => {
      while (!isOver) await uploads.finishAll();
    };
    const looking = Promise.all([lookForMore(), lookForMore()]);
    const user = newUser();
    const bring = () =>
      codeOf(kit.media.uploadMedia({ purpose: Purpose.REVIEW, file: { data: small } }, user.options));
    const answers: string[] = [];
    for (let count = 0; count < 20; count++) answers.push(await bring());
    isOver = true;
    await looking;
    expect(answers).toEqual(answers.map(() => 'ok'));
  });

  it('counts towards its owner’s room, at any concurrency', async () => {
    const user = newUser();
    const sizes = Array.from({ length: 20 }, () => 500_000);
    const answers = await Promise.all(sizes.map((size) => codeOf(begin(user, size))));
    expect(answers.filter((code) => code === 'ok')).toHaveLength(8);
    expect(new Set(answers)).toEqual(new Set(['ok', 'media.quota_exceeded']));
    expect(await usedBy(user)).toBe(4_000_000n);
    expect(await codeOf(begin(newUser(), 500_000))).toBe('ok');
  });
});

describe('an upload in parts', () => {
  it('goes on where it was left, and becomes the same file', async () => {
    const user = newUser();
    const upload = await begin(user, photo.length);
    await append(upload, 0, photo.subarray(0, 1000));
    const error = await append(upload, 0, photo.subarray(0, 1000)).catch(fromRpcError);
    expect(error).toMatchObject({ code: 'upload.offset_mismatch', details: { offset: 1000 } });
    expect(await codeOf(append(upload, 2000, photo.subarray(2000)))).toBe('upload.offset_mismatch');
    expect(await codeOf(append(upload, 1000, noise(photo.length)))).toBe('upload.too_long');
    expect(await kit.media.getUpload(upload)).toMatchObject({ status: Status.OPEN, offset: 1000n, url: '' });
    await append(upload, 1000, photo.subarray(1000));
    expect(await kit.media.getUpload(upload)).toMatchObject({ status: Status.READY, mediaId: upload.id });
    expect(await kit.media.getMedia({ id: upload.id }, user.options)).toMatchObject({ width: 700 });
    const original = (await kit.files()).filter((key) => key.endsWith(`${upload.id}/original`));
    const parts: Uint8Array[] = [];
    for await (const part of (await kit.storage.read(original[0] ?? ''))?.bytes ?? []) parts.push(part);
    expect(Buffer.concat(parts).equals(photo)).toBe(true);
  });

  it('takes each byte once when two send the same', async () => {
    const upload = await begin(newUser(), photo.length);
    const size = Math.ceil(photo.length / 5);
    for (let at = 0; at < photo.length; at += size) {
      const part = photo.subarray(at, at + size);
      const answers = await Promise.all(Array.from({ length: 4 }, () => codeOf(append(upload, at, part))));
      expect(answers.filter((code) => code === 'ok')).toHaveLength(1);
    }
    expect(await kit.media.getUpload(upload)).toMatchObject({ status: Status.READY });
    expect((await kit.files()).filter((key) => key.includes(upload.id) && key.includes('piece'))).toEqual([]);
  });

  it('is only for those who were given its address, and for a time', async () => {
    const user = newUser();
    const upload = await begin(user, 1000);
    const other = await begin(user, 1000);
    for (const token of [
      '',
      'x',
      other.token,
      upload.token.replace(/^\d+/, '99999999999'),
      `${upload.token}a`,
    ]) {
      const call = append({ ...upload, token }, 0, noise(10));
      expect(await codeOf(call)).toMatch(/^(media\.token_refused|request\.invalid)$/);
      expect(await codeOf(kit.media.getUpload({ ...upload, token }))).toMatch(/refused|invalid/);
      expect(await codeOf(kit.media.cancelUpload({ ...upload, token }))).toMatch(/refused|invalid/);
    }
    // Its token is good for up to a second longer, too short a time to be met by a clock that runs.
    const { pool } = kit.test.service.database;
    const { rows } = await pool.query(
      `update upload set expires_at = $1 from upload old where upload.id = $2 and old.id = upload.id
       returning old.expires_at - old.created_at = interval '1 day' as "wasForADay"`,
      [clock.now(), upload.id],
    );
    expect(rows).toEqual([{ wasForADay: true }]);
    expect(await codeOf(append(upload, 0, noise(10)))).toBe('upload.not_found');
    clock.advance(86_402_000);
    expect(await codeOf(append(upload, 0, noise(10)))).toBe('media.token_refused');
    await kit.test.service.get(Uploads).forgetExpired();
    expect(await usedBy(user)).toBe(0n);
  });

  it('that was refused says why, and takes no room', async () => {
    const user = newUser();
    const upload = await begin(user, 3000);
    expect(await codeOf(append(upload, 0, noise(3000)))).toBe('media.type_refused');
    expect(await kit.media.getUpload(upload)).toMatchObject({
      status: Status.REFUSED,
      refusal: 'media.type_refused',
    });
    expect(await usedBy(user)).toBe(0n);
    expect((await kit.files()).filter((key) => key.includes(upload.id))).toEqual([]);
  });

  it('that is given up takes no room', async () => {
    const user = newUser();
    const upload = await begin(user, 3000);
    await append(upload, 0, noise(2000));
    await kit.media.cancelUpload(upload);
    await kit.media.cancelUpload(upload);
    expect(await codeOf(append(upload, 2000, noise(1000)))).toBe('upload.not_found');
    expect(await usedBy(user)).toBe(0n);
    expect((await kit.files()).filter((key) => key.includes(upload.id))).toEqual([]);
  });

  it('whose process died while it looked is taken up, once', async () => {
    const user = newUser();
    const upload = await begin(user, photo.length);
    await append(upload, 0, photo.subarray(0, 1000));
    // The piece, the lease, and what came of it: everything is rendered and nobody told.
    probe.dieBefore(3);
    const appended = append(upload, 1000, photo.subarray(1000));
    expect(await codeOf(appended)).toBe('internal');
    const uploads = kit.test.service.get(Uploads);
    await uploads.finishAll();
    expect((await kit.media.getUpload(upload)).status).toBe(Status.PROCESSING);
    clock.advance(91_000);
    await Promise.all([
      uploads.finishAll(),
      uploads.finishAll(),
      codeOf(append(upload, photo.length, noise(0))),
    ]);
    expect((await kit.media.getUpload(upload)).status).toBe(Status.READY);
    expect(await usedBy(user)).toBe(BigInt(photo.length));
  });

  it.each<[string, (upload: Begun) => Promise<unknown>, string]>([
    ['is looked at', (upload) => append(upload, photo.length, noise(0)), 'READY'],
    ['is given up', (upload) => kit.media.cancelUpload(upload), 'upload.not_found'],
    ['goes with its owner', ({ owner }) => forgetOf(owner), 'upload.not_found'],
  ])(
    '%s though somebody holds it for a moment, as who brings the same bytes too late does',
    async (_, act, outcome) => {
      const user = newUser();
      const upload = { ...(await begin(user, photo.length)), owner: user.id };
      // All bytes are there, and whoever looked at them has died.
      probe.dieBefore(3);
      expect(await codeOf(append(upload, 0, photo))).toBe('internal');
      clock.advance(91_000);
      const { database } = kit.test.service;
      const holder = await database.pool.connect();
      await holder.query('begin');
      await holder.query('select from upload where id = $1 for update', [upload.id]);
      const acted = act(upload);
      try {
        await eventually(async () => expect(await countBlocked(database)).toBe(1));
      } finally {
        await holder.query('rollback');
        holder.release();
      }
      await acted;
      const found = kit.media.getUpload(upload).then(({ status }) => Status[status]);
      expect(await found.catch((error) => fromRpcError(error).code)).toBe(outcome);
    },
  );

  it('that waited for its turn for longer than its lease is looked at once', async () => {
    const { database } = kit.test.service;
    const uploads = kit.test.service.get(Uploads);
    const [first, second, late] = [
      await begin(newUser(), 3000),
      await begin(newUser(), 3000),
      await begin(newUser(), photo.length),
    ];
    // Two take all places: they are to be refused, and whoever writes that waits for the row.
    await Promise.all([first, second].map((upload) => append(upload, 0, noise(2000))));
    const holder = await database.pool.connect();
    await holder.query('begin');
    await holder.query('select from account_usage for update');
    const refused = [first, second].map((upload) => codeOf(append(upload, 2000, noise(1000))));
    await eventually(async () => expect(await countBlocked(database)).toBe(2));
    const brought = codeOf(append(late, 0, photo));
    await eventually(async () =>
      expect(await kit.media.getUpload(late)).toMatchObject({ status: Status.PROCESSING }),
    );
    clock.advance(91_000);
    await uploads.finishAll();
    expect(await kit.media.getUpload(late)).toMatchObject({ status: Status.READY });
    await holder.query('rollback');
    holder.release();
    expect(await Promise.all(refused)).toEqual(['media.type_refused', 'media.type_refused']);
    expect(await brought).toBe('ok');
    expect(await kit.media.getUpload(late)).toMatchObject({ status: Status.READY });
  });

  it('that kills whoever looks at it is given up', async () => {
    const user = newUser();
    const upload = await begin(user, photo.length);
    const uploads = kit.test.service.get(Uploads);
    const database = kit.test.service.database.pool;
    await database.query('update upload set attempts = 4 where id = $1', [upload.id]);
    await append(upload, 0, photo);
    expect(await kit.media.getUpload(upload)).toMatchObject({
      status: Status.REFUSED,
      refusal: 'media.broken',
    });
    await uploads.finishAll();
    expect(await usedBy(user)).toBe(0n);
  });
});

describe('tus headers', () => {
  it('begin an upload as well as JSON does', async () => {
    const user = newUser();
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const create = (metadata: string, length: string) =>
      kit.media.createUpload(
        {},
        {
          headers: { ...user.options.headers, 'upload-metadata': metadata, 'upload-length': length },
        },
      );
    const upload = await create(`filename ${base64('foto.png')},purpose ${base64('PRODUCT')}`, '1000');
    expect(upload).toMatchObject({ sizeBytes: 1000n, offset: 0n });
    for (const [metadata, length] of [
      ['', '1000'],
      [`purpose ${base64('GOLD')}`, '1000'],
      [`purpose ${base64('constructor')}`, '1000'],
      [`purpose ${base64('1')}`, '1000'],
      [`purpose ${base64('PRODUCT')}`, '-1'],
      [`purpose ${base64('PRODUCT')}`, ''],
      [`purpose ${base64('PRODUCT')}`, '1e3'],
      [`purpose ${base64('PRODUCT')}`, '999999999999999999999'],
      ['!!!', '1000'],
    ] as const) {
      expect(await codeOf(create(metadata, length))).toMatch(/^(request\.invalid|media\.too_large)$/);
    }
  });

  it('say where the bytes belong', async () => {
    const upload = await begin(newUser(), 1000);
    const call = (offset: string) =>
      codeOf(
        kit.media.appendUpload(
          { ...upload, bytes: { data: noise(1) } },
          { headers: { 'upload-offset': offset } },
        ),
      );
    for (const offset of ['x', '-1', '1.5', ' ']) expect(await call(offset)).toBe('request.invalid');
    expect(await codeOf(kit.media.appendUpload({ ...upload, bytes: { data: noise(1) } }))).toBe(
      'request.invalid',
    );
  });
});

describe('AVIF', () => {
  it('is made afterwards, once, and survives a death', async () => {
    const user = newUser();
    const jobs = kit.test.service.get(MediaJobs);
    await jobs.makeAvif();
    const { id } = await kit.media.uploadMedia(
      { purpose: Purpose.PRODUCT, file: { data: photo } },
      user.options,
    );
    const avif = async () => {
      const { renditions } = await kit.media.getMedia({ id }, user.options);
      return renditions.filter(({ contentType }) => contentType === 'image/avif').map(({ file }) => file);
    };
    probe.dieBefore(1);
    await expect(jobs.makeAvif()).rejects.toThrow('died');
    expect(await avif()).toEqual([]);
    await jobs.makeAvif();
    expect(await avif()).toEqual([]);
    clock.advance(301_000);
    await Promise.all([jobs.makeAvif(), jobs.makeAvif()]);
    expect(await avif()).toEqual(['160.avif', '480.avif', '960.avif']);
    clock.advance(301_000);
    await jobs.makeAvif();
    expect(await avif()).toHaveLength(3);
  });
});

it('tells that a file is ready, and of nothing that was refused', async () => {
  const own = await startMedia();
  const user = newUser();
  const { id } = await own.media.uploadMedia({ purpose: Purpose.STORE, file: { data: photo } }, user.options);
  await codeOf(own.media.uploadMedia({ purpose: Purpose.STORE, file: { data: noise(99) } }, user.options));
  await eventually(() =>
    expect(own.test.published(MediaReadySchema)).toMatchObject([
      { mediaId: id, ownerId: user.id, purpose: Purpose.STORE, width: 700, height: 500 },
    ]),
  );
  await own.close();
});

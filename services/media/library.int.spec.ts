import { type Media, Media_Purpose as Purpose } from '@pasar/contracts/pasar/media/v1/media_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { ReturnRequestedSchema, ReturnUpdatedSchema } from '@pasar/contracts/pasar/order/v1/return_pb';
import { ProductCreatedSchema, ProductUpdatedSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import { ReviewCreatedSchema, ReviewUpdatedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import { DocumentsSuppliedSchema } from '@pasar/contracts/pasar/seller/v1/kyc_pb';
import { SellerUpdatedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { event } from '@pasar/platform/events';
import { countBlocked, holdUp } from '@pasar/platform/testing/database';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { MediaJobs } from './jobs.js';
import { Library } from './library.js';
import { Storage } from './storage.js';
import { clock, codeOf, eventually, imageOf, newUser, startMedia, videoOf } from './testing.js';
import { keyOf } from './uploads.js';

let kit: Awaited<ReturnType<typeof startMedia>>;
let photo: Buffer;
const document = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n');
beforeAll(async () => {
  kit = await startMedia();
  photo = await imageOf(300, 200);
});
afterAll(() => kit.close());

type User = ReturnType<typeof newUser>;

const upload = (user: User, purpose: Purpose, data: Buffer = photo, name = '') =>
  kit.media.uploadMedia({ purpose, name, file: { data } }, user.options);

/** What a download answers: its bytes, and what it says of them. */
async function download(
  id: string,
  file: string,
  options: { token?: string; accept?: string; range?: string } = {},
) {
  const header = new Headers();
  const parts: Uint8Array[] = [];
  let contentType = '';
  for await (const part of kit.media.downloadMedia(
    { id, file, token: options.token },
    {
      headers: { accept: options.accept ?? '*/*', range: options.range ?? '' },
      onHeader: (given) => given.forEach((value, name) => void header.set(name, value)),
    },
  )) {
    contentType ||= part.contentType;
    parts.push(part.data);
  }
  return { header, contentType, bytes: Buffer.concat(parts) };
}

describe('a public image', () => {
  it('is given as what it was made, for ever', async () => {
    const { id, renditions } = await upload(newUser(), Purpose.REVIEW);
    const { header, contentType, bytes } = await download(id, '160.webp');
    expect(contentType).toBe('image/webp');
    expect(BigInt(bytes.length)).toBe(renditions.find(({ file }) => file === '160.webp')?.sizeBytes);
    expect(header.get('pasar-content-length')).toBe(String(bytes.length));
    expect(header.get('pasar-cache-control')).toContain('immutable');
    expect(header.get('content-disposition')).toBeNull();
  });

  it('is the best of what the client takes', async () => {
    const { id } = await upload(newUser(), Purpose.REVIEW);
    expect((await download(id, '1600', { accept: 'image/webp,*/*' })).contentType).toBe('image/webp');
    const plain = await download(id, '1600', { accept: 'image/*' });
    expect(plain.contentType).toBe('image/jpeg');
    expect(plain.header.get('pasar-vary')).toContain('Accept');
    await kit.test.service.get(MediaJobs).makeAvif();
    await eventually(async () =>
      expect((await download(id, '1600', { accept: 'image/avif,image/webp,*/*' })).contentType).toBe(
        'image/avif',
      ),
    );
  });

  it('is never given as it was uploaded', async () => {
    const { id } = await upload(newUser(), Purpose.REVIEW);
    for (const file of ['original', '960.png', '960.svg', 'piece', '..%2f960.webp', '../960.webp']) {
      expect(await codeOf(download(id, file))).toBe('media.not_found');
    }
    expect(await codeOf(download(clock.id(), '960'))).toBe('media.not_found');
  });
});

it('a video of a product is shown as it is, in parts too', async () => {
  const data = videoOf(720, 1280);
  const { id, url, ...media } = await upload(newUser(), Purpose.PRODUCT, data, 'kopi.mp4');
  expect(media).toMatchObject({ contentType: 'video/mp4', width: 720, height: 1280, renditions: [] });
  expect(url).toBe(`/api/v1/media/${id}/original`);
  const { header, contentType, bytes } = await download(id, 'original');
  expect([contentType, bytes]).toEqual(['video/mp4', data]);
  expect(header.get('pasar-cache-control')).toContain('immutable');
  expect(header.get('content-disposition')).toBeNull();
  const part = await download(id, 'original', { range: 'bytes=100-199' });
  expect(part.bytes).toEqual(data.subarray(100, 200));
  expect(await codeOf(download(id, '960'))).toBe('media.not_found');
  await kit.test.service.get(MediaJobs).makeAvif();
  expect(await codeOf(upload(newUser(), Purpose.PRODUCT, data.subarray(0, -1)))).toBe('media.broken');
});

describe('a private file', () => {
  it('is for those who have an address of it that has not expired', async () => {
    const owner = newUser();
    const {
      id,
      url,
      private: hidden,
    } = await upload(owner, Purpose.DOCUMENT, document, 'ktp "asli"\n☕.pdf');
    expect([hidden, url]).toEqual([true, '']);
    expect(await codeOf(download(id, 'original'))).toBe('media.not_found');
    expect(await codeOf(kit.media.signMedia({ id }, newUser().options))).toBe('media.not_found');
    const staff = newUser(Role.ADMIN).options;
    expect((await kit.media.signMedia({ id }, staff)).urls).toHaveLength(1);
    const { urls } = await kit.media.signMedia({ id }, owner.options);
    const token = urls[0]?.split('token=')[1] ?? '';
    const { header, contentType, bytes } = await download(id, 'original', { token });
    expect(bytes).toEqual(document);
    expect(contentType).toBe('application/pdf');
    expect(header.get('pasar-cache-control')).toBe('private, no-store');
    expect(header.get('content-disposition')).toBe(
      `attachment; filename="ktp asli _.pdf"; filename*=UTF-8''ktp%20asli%20%E2%98%95.pdf`,
    );
    const other = await upload(owner, Purpose.DOCUMENT, document);
    expect(await codeOf(download(other.id, 'original', { token }))).toBe('media.token_refused');
    clock.advance(901_000);
    expect(await codeOf(download(id, 'original', { token }))).toBe('media.token_refused');
  });

  it('that is an image is shown by rendition, and only with such an address', async () => {
    const owner = newUser();
    const { id } = await upload(owner, Purpose.ATTACHMENT);
    expect(await codeOf(download(id, '160.jpg'))).toBe('media.not_found');
    const { urls } = await kit.media.signMedia({ id }, owner.options);
    const token = urls[0]?.split('token=')[1] ?? '';
    expect((await download(id, '160.jpg', { token })).contentType).toBe('image/jpeg');
    expect(await codeOf(download(id, 'original', { token }))).toBe('media.not_found');
  });
});

describe('a file that nothing shows', () => {
  const isThere = async (user: User, { id }: Media) =>
    (await codeOf(kit.media.getMedia({ id }, user.options))) === 'ok';
  const usesOf = async ({ id }: Media): Promise<string[]> => {
    const { pool } = kit.test.service.database;
    const { rows } = await pool.query('select resource from media_use where media_id = $1', [id]);
    return rows.map(({ resource }) => resource);
  };
  const removeOrphans = () => kit.test.service.get(Library).removeOrphans();
  const shown = (
    schema: typeof ReviewCreatedSchema | typeof ReviewUpdatedSchema,
    id: string,
    ...media: Media[]
  ) => event(schema, id, { review: { reviewId: id, mediaIds: media.map((each) => each.id) } });

  it('goes after a while, with its bytes and its room; what is shown stays', async () => {
    const user = newUser();
    const [shownOne, held, orphan] = await Promise.all([1, 2, 3].map(() => upload(user, Purpose.REVIEW)));
    const reviewId = clock.id();
    await kit.test.publish(shown(ReviewCreatedSchema, reviewId, shownOne!));
    await eventually(async () => expect(await usesOf(shownOne!)).toEqual([`review/${reviewId}`]));
    expect(await codeOf(kit.media.deleteMedia({ id: shownOne?.id }, user.options))).toBe('media.in_use');
    await removeOrphans();
    expect(await isThere(user, orphan!)).toBe(true);
    clock.advance(86_399_000);
    const hold = { ownerId: user.id, purpose: Purpose.REVIEW, ids: [held?.id ?? '', shownOne?.id ?? ''] };
    expect((await kit.media.batchGetMedia(hold)).media).toHaveLength(2);
    clock.advance(2_000);
    await removeOrphans();
    expect(await Promise.all([shownOne!, held!, orphan!].map((each) => isThere(user, each)))).toEqual([
      true,
      true,
      false,
    ]);
    await eventually(async () =>
      expect((await kit.files()).filter((key) => key.includes(orphan?.id ?? ''))).toEqual([]),
    );
    expect((await kit.media.listMedia({}, user.options)).usedBytes).toBe(2n * BigInt(photo.length));

    await kit.test.publish(shown(ReviewUpdatedSchema, reviewId));
    await eventually(async () =>
      expect(await codeOf(kit.media.deleteMedia({ id: shownOne?.id }, user.options))).toBe('ok'),
    );
    clock.advance(3_600_000);
    await removeOrphans();
    expect((await kit.media.listMedia({}, user.options)).usedBytes).toBe(0n);
  });

  it('stays as long as one of two shows it', async () => {
    const user = newUser();
    const media = await upload(user, Purpose.REVIEW);
    const [first, second] = [clock.id(), clock.id()];
    await kit.test.publish(
      shown(ReviewCreatedSchema, first, media, media),
      shown(ReviewCreatedSchema, second, media),
    );
    await kit.test.publish(shown(ReviewUpdatedSchema, first));
    await eventually(async () => expect(await usesOf(media)).toEqual([`review/${second}`]));
    clock.advance(86_401_000);
    await removeOrphans();
    expect(await isThere(user, media)).toBe(true);
  });

  it('goes when two let go of it at once', async () => {
    const user = newUser();
    const media = await upload(user, Purpose.REVIEW);
    const library = kit.test.service.get(Library);
    const resources = Array.from({ length: 6 }, () => `review/${clock.id()}`);
    const { database } = kit.test.service;
    const note = (ids: string[]) => (resource: string) =>
      database.transaction((tx) => library.noteUses(tx, resource, ids));
    await Promise.all(resources.map(note([media.id])));
    expect(await usesOf(media)).toHaveLength(6);
    await Promise.all(resources.map(note([])));
    expect(await usesOf(media)).toEqual([]);
    clock.advance(86_401_000);
    await removeOrphans();
    expect(await isThere(user, media)).toBe(false);
  });

  it('goes also while the last of its renditions is noted', async () => {
    const user = newUser();
    const { database } = kit.test.service;
    const jobs = kit.test.service.get(MediaJobs);
    await jobs.makeAvif();
    const letGo = await holdUp(database, 'before delete on avif_task');
    onTestFinished(letGo);
    const media = await upload(user, Purpose.REVIEW);
    const made = jobs.makeAvif();
    await eventually(async () => expect(await countBlocked(database)).toBe(1));
    clock.advance(86_401_000);
    const removed = removeOrphans();
    await eventually(async () => expect(await countBlocked(database)).toBe(2));
    await Promise.all([letGo(), made, removed]);
    expect(await isThere(user, media)).toBe(false);
    expect((await kit.files()).filter((key) => key.includes(media.id))).toEqual([]);
  });

  it('goes with the renditions too that are made meanwhile', async () => {
    const user = newUser();
    const storage = kit.test.service.get(Storage);
    const { promise: removed, resolve: remove } = Promise.withResolvers<unknown>();
    const write = storage.write.bind(storage);
    const late = vi.spyOn(storage, 'write').mockImplementation(async (key, bytes) => {
      if (key.endsWith('.avif')) await removed;
      await write(key, bytes);
    });
    onTestFinished(() => late.mockRestore());
    const media = await upload(user, Purpose.REVIEW);
    const made = kit.test.service.get(MediaJobs).makeAvif();
    await eventually(() => expect(late.mock.calls.flat()).toContain(keyOf(media.id, '160.avif')));
    clock.advance(86_401_000);
    await removeOrphans();
    expect(await isThere(user, media)).toBe(false);
    remove(undefined);
    await made;
    await eventually(async () =>
      expect((await kit.files()).filter((key) => key.includes(media.id))).toEqual([]),
    );
  });

  it('is not what a person, a store or a product shows, or a product once showed', async () => {
    const user = newUser();
    const [avatar, logo, first, second] = await Promise.all(
      [Purpose.AVATAR, Purpose.STORE, Purpose.PRODUCT, Purpose.PRODUCT].map((purpose) =>
        upload(user, purpose),
      ),
    );
    const [sellerId, productId] = [clock.id(), clock.id()];
    const idsOf = (...media: (Media | undefined)[]) => ({ mediaIds: media.map((each) => each?.id ?? '') });
    await kit.test.publish(
      event(UserUpdatedSchema, user.id, { userId: user.id, ...idsOf(avatar) }),
      event(SellerUpdatedSchema, sellerId, { sellerId, ...idsOf(logo) }),
      event(ProductCreatedSchema, productId, { productId, ...idsOf(first) }),
      event(ProductUpdatedSchema, productId, { productId, ...idsOf(second) }),
    );
    await eventually(async () => expect(await usesOf(second!)).toEqual([`product/${productId}`]));
    await eventually(async () => expect(await usesOf(logo!)).toEqual([`seller/${sellerId}`]));
    await kit.test.publish(event(UserUpdatedSchema, user.id, { userId: user.id }));
    await eventually(async () => expect(await usesOf(avatar!)).toEqual([]));
    clock.advance(86_401_000);
    await removeOrphans();
    const there = await Promise.all([avatar!, logo!, first!, second!].map((each) => isThere(user, each)));
    expect(there).toEqual([false, true, true, true]);
  });

  it('is not what a case about a store rests on, nor what was shown in an argument about an order', async () => {
    const user = newUser();
    const [identity, photo, proof, unused] = await Promise.all([
      upload(user, Purpose.DOCUMENT, document, 'ktp.pdf'),
      ...[1, 2, 3].map(() => upload(user, Purpose.ATTACHMENT)),
    ]);
    const [caseId, orderId] = [clock.id(), clock.id()];
    const shown = (media: Media) => ({ order: { orderId }, mediaIds: [media.id] });
    await kit.test.publish(
      event(DocumentsSuppliedSchema, caseId, { caseId, sellerId: clock.id(), mediaIds: [identity!.id] }),
      event(ReturnRequestedSchema, orderId, shown(photo!)),
      event(ReturnUpdatedSchema, orderId, shown(proof!)),
    );
    await eventually(async () => expect(await usesOf(identity!)).toEqual([`kyc/${caseId}`]));
    await eventually(async () => expect(await usesOf(proof!)).toEqual([`return/${orderId}`]));
    clock.advance(86_401_000);
    await removeOrphans();
    const kept = await Promise.all([identity!, photo!, proof!, unused!].map((each) => isThere(user, each)));
    expect(kept).toEqual([true, true, true, false]);
  });

  it('is given only to its owner, and for what it is', async () => {
    const user = newUser();
    const media = await upload(user, Purpose.REVIEW);
    const ask = (ownerId: string, purpose: Purpose) =>
      kit.media.batchGetMedia({ ownerId, purpose, ids: [media.id, clock.id()] });
    expect((await ask(user.id, Purpose.REVIEW)).media).toHaveLength(1);
    expect((await ask(user.id, Purpose.AVATAR)).media).toEqual([]);
    expect((await ask(clock.id(), Purpose.REVIEW)).media).toEqual([]);
  });
});

it('forgets what is personal of somebody who leaves, and keeps what a store shows', async () => {
  const user = newUser();
  const avatar = await upload(user, Purpose.AVATAR);
  const product = await upload(user, Purpose.PRODUCT);
  await kit.media.createUpload({ purpose: Purpose.AVATAR, sizeBytes: 1000n }, user.options);
  await kit.test.publish(event(UserUpdatedSchema, user.id, { userId: user.id, deleted: true }));
  await eventually(async () =>
    expect((await kit.media.listMedia({}, user.options)).media).toMatchObject([{ id: product.id }]),
  );
  await eventually(async () =>
    expect((await kit.files()).filter((key) => key.includes(avatar.id))).toEqual([]),
  );
  expect((await kit.media.listMedia({}, user.options)).usedBytes).toBe(BigInt(photo.length));
});

it('sweeps up bytes that nothing names, and leaves those on their way', async () => {
  const user = newUser();
  const kept = await upload(user, Purpose.PRODUCT);
  const nameless = clock.id();
  await kit.storage.write(`${nameless.slice(-2)}/${nameless}/original`, photo);
  await kit.storage.write('aa/strange', photo);
  const sweep = () => kit.test.service.get(MediaJobs).sweep();
  // The disk's clock is not moved.
  const now = clock.now().getTime();
  clock.advance(Date.now() - now);
  expect(await sweep()).toBe(0);
  clock.advance(now - Date.now() + 86_500_000);
  // What earlier tests left may be on its way out at this very moment, and be swept as well.
  expect(await sweep()).toBeGreaterThanOrEqual(2);
  expect(await kit.files()).not.toContain('aa/strange');
  expect((await kit.files()).filter((key) => key.includes(kept.id))).not.toEqual([]);
  expect((await kit.files()).filter((key) => key.includes(nameless))).toEqual([]);
});

import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { OrderCompletedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  RatingChangedSchema,
  ReviewCreatedSchema,
  ReviewUpdatedSchema,
  Review_Status as Status,
} from '@pasar/contracts/pasar/review/v1/review_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { event } from '@pasar/platform/events';
import { encodePageToken } from '@pasar/platform/page';
import { asUser } from '@pasar/platform/testing/network';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReviewJobs } from './jobs.js';
import { asSeller, asStaff, clock, codeOf, delivered, eventually, newBuyer, startReview } from './testing.js';

let kit: Awaited<ReturnType<typeof startReview>>;
beforeAll(async () => {
  kit = await startReview();
});
afterAll(() => kit.close());

/** Ratings are the sum of the reviews, in the books and as they were told last. */
async function expectTrueRatings(): Promise<void> {
  expect(await kit.test.service.get(ReviewJobs).compareRatings()).toBe(0);
}

describe('a review', () => {
  it('is of a delivered line, by its buyer, once', async () => {
    const product = kit.newProduct();
    const buyer = newBuyer();
    const orderId = await kit.deliver(buyer, product);
    const wanted = { orderId, variantId: product.variantId, stars: 5, text: ' Wangi sekali. ' };
    expect(await codeOf(kit.reviews.createReview(wanted, newBuyer().options))).toBe('review.not_delivered');
    expect(await codeOf(kit.reviews.createReview({ ...wanted, orderId: clock.id() }, buyer.options))).toBe(
      'review.not_delivered',
    );
    expect(await codeOf(kit.reviews.createReview({ ...wanted, variantId: clock.id() }, buyer.options))).toBe(
      'review.not_delivered',
    );
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => codeOf(kit.reviews.createReview(wanted, buyer.options))),
    );
    expect(answers.sort()).toEqual(['ok', ...Array(7).fill('review.already_reviewed')]);
    const { reviews } = await kit.reviews.listProductReviews({ productId: product.productId });
    expect(reviews).toMatchObject([
      {
        stars: 5,
        text: 'Wangi sekali.',
        authorName: 'Sari Dewi',
        productTitle: 'Kopi',
        sellerId: product.sellerId,
      },
    ]);
    expect((await kit.reviews.listReviewableLines({}, buyer.options)).lines).toEqual([]);
    await eventually(() =>
      expect(
        kit.test
          .published(ReviewCreatedSchema)
          .filter(({ review }) => review?.productId === product.productId),
      ).toHaveLength(1),
    );
  });

  it.each([
    ['no stars', { stars: 0 }],
    ['six stars', { stars: 6 }],
    ['a book of text', { text: 'x'.repeat(5001) }],
    ['an id that is none', { variantId: 'x' }],
  ])('with %s is refused', async (_, bend) => {
    const wanted = { orderId: clock.id(), variantId: clock.id(), stars: 3, ...bend };
    expect(await codeOf(kit.reviews.createReview(wanted, newBuyer().options))).toBe('request.invalid');
  });

  it('cannot be written twice because the delivery was told twice', async () => {
    const product = kit.newProduct();
    const buyer = newBuyer();
    const orderId = await kit.deliver(buyer, product);
    await kit.reviews.createReview({ orderId, variantId: product.variantId, stars: 4 }, buyer.options);
    const marker = newBuyer();
    await kit.test.publish(delivered(orderId, buyer.id, [product]));
    await kit.deliver(marker, product);
    // Whose buyer says that all is well before the carrier does, may review too.
    const [early, earlyId] = [newBuyer(), clock.id()];
    const lines = [{ productId: product.productId, variantId: product.variantId, title: 'Kopi' }];
    const order = { orderId: earlyId, customerId: early.id, sellerId: product.sellerId, lines };
    await kit.test.publish(event(OrderCompletedSchema, earlyId, { order }));
    await eventually(async () =>
      expect((await kit.reviews.listReviewableLines({}, early.options)).lines).toMatchObject([
        { orderId: earlyId },
      ]),
    );
    expect((await kit.reviews.listReviewableLines({}, buyer.options)).lines).toEqual([]);
  });

  it('is changed by its author only, and its rating with it', async () => {
    const product = kit.newProduct();
    const buyer = newBuyer('Ayu');
    const { id } = await kit.review(buyer, product, 2, 'Terlalu pahit.');
    const change = {
      id,
      review: { stars: 5, anonymous: true },
      updateMask: { paths: ['stars', 'anonymous'] },
    };
    expect(await codeOf(kit.reviews.updateReview(change, newBuyer().options))).toBe('review.not_found');
    expect(await codeOf(kit.reviews.updateReview(change, asSeller(product.sellerId)))).toBe(
      'review.not_found',
    );
    const changed = await kit.reviews.updateReview(change, buyer.options);
    expect(changed).toMatchObject({ stars: 5, text: 'Terlalu pahit.', authorName: 'A***u' });
    expect(changed.editedAt).toBeDefined();
    const none = { id, review: { stars: 0 }, updateMask: { paths: ['stars'] } };
    expect(await codeOf(kit.reviews.updateReview(none, buyer.options))).toBe('request.invalid');
    const foreign = { id, review: { helpful: 9, sellerId: clock.id() } };
    expect((await kit.reviews.updateReview(foreign, buyer.options)).helpful).toBe(0);
    expect(await kit.reviews.getProductRating({ productId: product.productId })).toMatchObject({
      average: 5,
      count: 1n,
      stars: [0n, 0n, 0n, 0n, 1n],
    });
  });

  it('that was taken back is gone from lists and ratings, and cannot be written again', async () => {
    const product = kit.newProduct();
    const buyer = newBuyer();
    const orderId = await kit.deliver(buyer, product);
    const wanted = { orderId, variantId: product.variantId, stars: 1, text: 'Rusak.' };
    const { id } = await kit.reviews.createReview(wanted, buyer.options);
    expect(await codeOf(kit.reviews.deleteReview({ id }, newBuyer().options))).toBe('review.not_found');
    await kit.reviews.deleteReview({ id }, buyer.options);
    expect(await codeOf(kit.reviews.getReview({ id }))).toBe('review.not_found');
    expect(await kit.reviews.getProductRating({ productId: product.productId })).toMatchObject({ count: 0n });
    expect(await codeOf(kit.reviews.createReview(wanted, buyer.options))).toBe('review.already_reviewed');
    expect((await kit.reviews.listMyReviews({}, buyer.options)).reviews).toEqual([]);
  });
});

describe('photos', () => {
  it('are the author’s own, are found by their filter, and are told of', async () => {
    const product = kit.newProduct();
    const buyer = newBuyer();
    const orderId = await kit.deliver(buyer, product);
    const own = [kit.newPhoto(buyer), kit.newPhoto(buyer)];
    const wanted = { orderId, variantId: product.variantId, stars: 5 };
    for (const mediaIds of [
      [kit.newPhoto(newBuyer())],
      [clock.id()],
      ['x'],
      [own[0], own[0]],
      Array(11).fill(own[0]),
    ]) {
      const call = kit.reviews.createReview({ ...wanted, mediaIds: mediaIds as string[] }, buyer.options);
      expect(await codeOf(call)).toBe('request.invalid');
    }
    const { id, photos } = await kit.reviews.createReview({ ...wanted, mediaIds: own }, buyer.options);
    expect(photos.map(({ mediaId }) => mediaId)).toEqual(own);
    const shown = async () => {
      const page = await kit.reviews.listProductReviews({ productId: product.productId, withPhotos: true });
      return page.reviews.flatMap((review) => review.photos.map(({ url }) => url));
    };
    expect(await shown()).toEqual(own.map((each) => `/api/v1/media/${each}/960`));

    const change = (mediaIds: string[]) => {
      const review = { photos: mediaIds.map((mediaId) => ({ mediaId })) };
      return kit.reviews.updateReview({ id, review, updateMask: { paths: ['photos'] } }, buyer.options);
    };
    expect(await codeOf(change([kit.newPhoto(newBuyer())]))).toBe('request.invalid');
    expect((await change([own[1]!])).photos).toHaveLength(1);
    await change([]);
    expect(await shown()).toEqual([]);
    await eventually(() => {
      const told = [ReviewCreatedSchema, ReviewUpdatedSchema].flatMap((schema) => kit.test.published(schema));
      const ofThis = told.filter(({ review }) => review?.reviewId === id);
      expect(ofThis.map(({ review }) => review?.mediaIds)).toEqual([own, [own[1]], []]);
    });
  });
});

describe('a reply', () => {
  it('is the own store’s only', async () => {
    const product = kit.newProduct();
    const { id } = await kit.review(newBuyer(), product, 4);
    const call = (text: string, options: object) => kit.reviews.replyToReview({ id, text }, options);
    expect(await codeOf(call('Terima kasih!', asSeller(clock.id())))).toBe('review.not_found');
    expect((await call('Terima kasih!', asSeller(product.sellerId))).reply?.text).toBe('Terima kasih!');
    const unreplied = { sellerId: product.sellerId, unreplied: true };
    expect((await kit.reviews.listStoreReviews(unreplied)).reviews).toEqual([]);
    expect((await call('  ', asSeller(product.sellerId))).reply).toBeUndefined();
    expect((await kit.reviews.listStoreReviews(unreplied)).reviews).toHaveLength(1);
    await eventually(() =>
      expect(
        kit.test
          .published(ReviewUpdatedSchema)
          .filter(({ review }) => review?.reviewId === id)
          .map(({ review, replied }) => [review?.hasReply, replied]),
      ).toEqual([
        [true, true],
        [false, false],
      ]),
    );
  });
});

describe('votes', () => {
  it('count once for each account, and not for the author', async () => {
    const buyer = newBuyer();
    const { id } = await kit.review(buyer, kit.newProduct(), 5);
    const readers = Array.from({ length: 5 }, () => newBuyer());
    const say = (helpful: boolean) => (reader: { options: object }) =>
      kit.reviews.voteReview({ id, helpful }, reader.options);
    await Promise.all([...readers, ...readers, ...readers].map(say(true)));
    expect((await kit.reviews.getReview({ id })).helpful).toBe(5);
    await Promise.all([...readers.slice(2), ...readers.slice(2)].map(say(false)));
    expect((await kit.reviews.getReview({ id })).helpful).toBe(2);
    const other = await kit.review(newBuyer(), kit.newProduct(), 4);
    const ownOf = async (reader: { options: object }) =>
      (await kit.reviews.listMyVotes({ reviewIds: [id, other.id, clock.id()] }, reader.options)).reviewIds;
    expect(await Promise.all(readers.map(ownOf))).toEqual([[id], [id], [], [], []]);
    expect(await codeOf(say(true)(buyer))).toBe('review.own');
    expect(await codeOf(kit.reviews.voteReview({ id: clock.id(), helpful: true }, newBuyer().options))).toBe(
      'review.not_found',
    );
  });
});

describe('lists', () => {
  it('are paged without gaps by every filter and order', async () => {
    const product = kit.newProduct();
    const given = [5, 3, 5, 1, 5, 3, 2];
    const ids: string[] = [];
    for (const stars of given) ids.push((await kit.review(newBuyer(), product, stars)).id);
    const vote = (id: string) => kit.reviews.voteReview({ id, helpful: true }, newBuyer().options);
    for (const [index, votes] of [0, 2, 0, 1, 2, 0, 1].entries()) {
      for (let n = 0; n < votes; n++) await vote(ids[index] as string);
    }
    const read = async (filter: { stars?: number; sort?: string }) => {
      const found: number[] = [];
      for (let pageToken = ''; ; ) {
        const page = await kit.reviews.listProductReviews({
          ...{ productId: product.productId, pageSize: 2, pageToken },
          ...filter,
        });
        found.push(...page.reviews.map(({ id }) => ids.indexOf(id)));
        pageToken = page.nextPageToken;
        if (!pageToken) return found;
      }
    };
    expect(await read({})).toEqual([6, 5, 4, 3, 2, 1, 0]);
    expect(await read({ sort: 'helpful' })).toEqual([4, 1, 6, 3, 5, 2, 0]);
    expect(await read({ stars: 5 })).toEqual([4, 2, 0]);
    expect(await read({ stars: 5, sort: 'helpful' })).toEqual([4, 2, 0]);
    expect(await read({ stars: 4 })).toEqual([]);
    const photos = { productId: product.productId, withPhotos: true };
    expect((await kit.reviews.listProductReviews(photos)).reviews).toEqual([]);
  });

  it.each([
    ['nonsense', 'nonsense'],
    ['a time that is none', encodePageToken(['never', clock.id()])],
    ['an id that is none', encodePageToken([new Date(), 'x'])],
    ['too few parts', encodePageToken([clock.id()])],
  ])('refuse %s for a page token', async (_, pageToken) => {
    const call = kit.reviews.listProductReviews({ productId: clock.id(), pageToken });
    expect(await codeOf(call)).toBe('request.invalid');
  });
});

describe('ratings', () => {
  it('are the sum of the reviews after everything at once', async () => {
    const sellerId = clock.id();
    const products = [kit.newProduct(sellerId), kit.newProduct(sellerId), kit.newProduct()];
    const staff = asStaff();
    const life = async (n: number) => {
      const buyer = newBuyer();
      const { id } = await kit.review(buyer, products[n % 3]!, 1 + (n % 5));
      const work: (() => Promise<unknown>)[] = [
        () => kit.reviews.updateReview({ id, review: { stars: 1 + ((n * 3) % 5) } }, buyer.options),
        () => kit.reviews.updateReview({ id, review: { stars: 1 + ((n * 7) % 5) } }, buyer.options),
      ];
      if (n % 4 === 0) work.push(() => kit.reviews.deleteReview({ id }, buyer.options));
      if (n % 3 === 0) {
        await kit.reviews.reportReview({ id, reason: 1 }, newBuyer().options);
        const { cases } = await kit.reviews.listModerationCases({ pageSize: 100 }, staff);
        const found = cases.find(({ subjectId }) => subjectId === id);
        for (const hide of n % 2 ? [true] : [true, false, true, false])
          work.push(() => kit.reviews.decideModerationCase({ id: found?.id, hide }, staff));
      }
      // What comes too late is refused, and changes nothing.
      await Promise.allSettled(work.map((each) => each()));
    };
    await Promise.all(Array.from({ length: 24 }, (_, n) => life(n)));
    await expectTrueRatings();
    const sum = await sql<{ n: bigint }>`
      select count(*) as n from review where seller_id = ${sellerId} and status = 'PUBLISHED'`.execute(
      kit.test.service.database.kysely,
    );
    const store = await kit.reviews.getStoreRating({ sellerId });
    expect(store.count).toBe(sum.rows[0]?.n);
    await eventually(() => {
      const told = kit.test.published(RatingChangedSchema).filter((each) => each.sellerId === sellerId);
      expect(told.filter(({ productId }) => productId === '').at(-1)).toMatchObject({
        count: store.count,
        average: store.average,
        stars: store.stars,
      });
    });
    const { ratings } = await kit.reviews.batchGetRatings({
      productIds: [...products.map(({ productId }) => productId), clock.id()],
    });
    expect(ratings).toHaveLength(3);
  });

  it('of imported reviews count once however often they come', async () => {
    const product = kit.newProduct();
    const reviews = Array.from({ length: 6 }, (_, n) => ({
      ...{
        key: `old-${product.productId}-${n % 5}`,
        ...product,
        productTitle: 'Teh',
        variantTitle: '',
        text: 'Enak.',
      },
      ...{ authorName: 'Rina', stars: 4, reply: n === 0 ? 'Terima kasih.' : '' },
      createdAt: timestampFromDate(new Date(Date.UTC(2026, 0, 1 + n))),
    }));
    const answers = await Promise.all([1, 2, 3].map(() => kit.reviews.importReviews({ reviews })));
    expect(answers.reduce((sum, { imported }) => sum + imported, 0)).toBe(5);
    expect(await kit.reviews.getProductRating({ productId: product.productId })).toMatchObject({
      count: 5n,
      average: 4,
    });
    await expectTrueRatings();
  });
});

describe('moderation', () => {
  it('hides what was reported, and shows it again when staff changes its mind', async () => {
    const product = kit.newProduct();
    const buyer = newBuyer();
    const { id } = await kit.review(buyer, product, 1, 'Penipu!');
    const reader = newBuyer();
    const report = (options: object) => kit.reviews.reportReview({ id, reason: 2, detail: 'Kasar' }, options);
    await Promise.all([report(reader.options), report(reader.options), report(newBuyer().options)]);
    expect(await codeOf(report(buyer.options))).toBe('report.own');
    expect(await codeOf(kit.reviews.reportReview({ id: clock.id(), reason: 1 }, reader.options))).toBe(
      'review.not_found',
    );
    expect(await codeOf(kit.reviews.reportReview({ id, reason: 0 }, reader.options))).toBe('request.invalid');
    const staff = asStaff();
    const { cases } = await kit.reviews.listModerationCases({ pageSize: 100 }, staff);
    const found = cases.find(({ subjectId }) => subjectId === id);
    expect(found).toMatchObject({ reportCount: 2, text: 'Penipu!', productId: product.productId });
    expect(found?.reports).toHaveLength(2);
    const decide = (hide: boolean) =>
      kit.reviews.decideModerationCase({ id: found?.id, hide, note: 'Kata kasar.' }, staff);
    await decide(true);
    expect(await codeOf(kit.reviews.getReview({ id }))).toBe('review.not_found');
    const change = { id, review: { text: 'Maaf.' } };
    expect(await codeOf(kit.reviews.updateReview(change, buyer.options))).toBe('review.not_published');
    expect((await kit.reviews.listMyReviews({}, buyer.options)).reviews[0]?.status).toBe(Status.HIDDEN);
    expect(await kit.reviews.getStoreRating({ sellerId: product.sellerId })).toMatchObject({ count: 0n });
    await decide(false);
    expect((await kit.reviews.getReview({ id })).text).toBe('Penipu!');
    expect(await kit.reviews.getStoreRating({ sellerId: product.sellerId })).toMatchObject({ count: 1n });
    expect(await codeOf(kit.reviews.decideModerationCase({ id: clock.id(), hide: true }, staff))).toBe(
      'moderation_case.not_found',
    );
    await expectTrueRatings();
  });
});

describe('somebody who leaves', () => {
  it('is taken out of everything, and what was said stays', async () => {
    const product = kit.newProduct();
    const buyer = newBuyer('Wulan');
    const { id } = await kit.review(buyer, product, 4, 'Pas di lidah.');
    const other = await kit.review(newBuyer(), product, 5);
    await kit.reviews.voteReview({ id: other.id, helpful: true }, buyer.options);
    await kit.questions.askQuestion({ productId: product.productId, text: 'Tahan lama?' }, buyer.options);

    const rename = { userId: buyer.id, name: 'Wulan Sari' };
    await kit.test.publish(event(UserUpdatedSchema, buyer.id, rename));
    await eventually(async () => expect((await kit.reviews.getReview({ id })).authorName).toBe('Wulan Sari'));

    await kit.test.publish(event(UserUpdatedSchema, buyer.id, { userId: buyer.id, deleted: true }));
    await eventually(async () => expect((await kit.reviews.getReview({ id })).authorName).toBe(''));
    expect(await kit.reviews.getReview({ id })).toMatchObject({ stars: 4, text: 'Pas di lidah.' });
    expect((await kit.reviews.getReview({ id: other.id })).helpful).toBe(0);
    const { questions } = await kit.questions.listQuestions({ productId: product.productId });
    expect(questions).toMatchObject([{ text: 'Tahan lama?', authorName: '' }]);

    // The access token lives on for a while.
    expect(await codeOf(kit.reviews.deleteReview({ id }, buyer.options))).toBe('review.not_found');
    const ask = { productId: product.productId, text: 'Masih di sini.' };
    expect(await codeOf(kit.questions.askQuestion(ask, buyer.options))).toBe('review.account_closed');
    await kit.reviews.voteReview({ id: other.id, helpful: true }, buyer.options);
    expect((await kit.reviews.getReview({ id: other.id })).helpful).toBe(0);
    const late = clock.id();
    await kit.test.publish(delivered(late, buyer.id, [product]));
    await kit.deliver(newBuyer(), product);
    const { rows } = await sql`
      select from delivered_line where customer_id = ${buyer.id}`.execute(kit.test.service.database.kysely);
    expect(rows).toEqual([]);
    await expectTrueRatings();
  });
});

it('knows its own callers only', async () => {
  const { id } = newBuyer();
  expect(await codeOf(kit.reviews.listModerationCases({}, asUser({ id })))).toBe('access.forbidden');
  expect(await codeOf(kit.reviews.replyToReview({ id, text: 'x' }, asUser({ id })))).toBe('access.forbidden');
});

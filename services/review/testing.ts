import { MediaService } from '@pasar/contracts/pasar/media/v1/media_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { OrderDeliveredSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { QuestionService } from '@pasar/contracts/pasar/review/v1/question_pb';
import { ReviewService } from '@pasar/contracts/pasar/review/v1/review_pb';
import { TestClock } from '@pasar/platform/clock';
import { fromRpcError, notFound } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService } from '@pasar/platform/testing/service';
import { expect, vi } from 'vitest';
import { reviewService } from './review.module.js';

export const clock = new TestClock();

/** A review service, and a market in which everything that is bought is delivered at once. */
export async function startReview() {
  /** Sellers by product id. */
  const products = new Map<string, string>();
  /** Owners by the id of a file. */
  const files = new Map<string, string>();
  const test = await startTestService(reviewService, {
    clock,
    fakes: [
      fake(MediaService, {
        batchGetMedia: ({ ownerId, ids }) => ({
          media: ids
            .filter((id) => files.get(id) === ownerId)
            .map((id) => ({ id, url: `/api/v1/media/${id}/960`, width: 40, height: 30 })),
        }),
      }),
      fake(ProductService, {
        getProduct: ({ id }) => {
          const sellerId = products.get(id);
          if (!sellerId) throw notFound('product');
          return { id, sellerId };
        },
      }),
    ],
  });
  const reviews = test.client(ReviewService);
  const questions = test.client(QuestionService);

  function newProduct(sellerId: string = clock.id()) {
    const product = { productId: clock.id(), variantId: clock.id(), sellerId };
    products.set(product.productId, sellerId);
    return product;
  }

  /** An order that was delivered, and is known to have been. */
  async function deliver(
    buyer: { id: string; options: object },
    ...lines: { productId: string; variantId: string; sellerId: string }[]
  ): Promise<string> {
    const orderId = clock.id();
    await test.publish(delivered(orderId, buyer.id, lines));
    await eventually(async () => {
      const page = await reviews.listReviewableLines({ pageSize: 100 }, buyer.options);
      expect(page.lines.filter((line) => line.orderId === orderId)).toHaveLength(lines.length);
    });
    return orderId;
  }

  /** A product that this buyer bought and gave so many stars. */
  async function review(
    buyer: { id: string; options: object },
    product: { productId: string; variantId: string; sellerId: string },
    stars: number,
    text = 'Bagus.',
  ) {
    const orderId = await deliver(buyer, product);
    return reviews.createReview({ orderId, variantId: product.variantId, stars, text }, buyer.options);
  }

  function newPhoto({ id }: { id: string }): string {
    const mediaId = clock.id();
    files.set(mediaId, id);
    return mediaId;
  }

  return { newPhoto, test, reviews, questions, newProduct, deliver, review, close: () => test.close() };
}

export function delivered(
  orderId: string,
  customerId: string,
  lines: { productId: string; variantId: string; sellerId: string }[],
) {
  const sellerId = lines[0]?.sellerId ?? '';
  return event(OrderDeliveredSchema, orderId, {
    order: {
      ...{ orderId, customerId, sellerId },
      lines: lines.map(({ productId, variantId }) => ({
        productId,
        variantId,
        title: 'Kopi',
        variantTitle: '250 g',
      })),
    },
  });
}

export function newBuyer(name = 'Sari Dewi') {
  const id = clock.id();
  return { id, options: asUser({ id, name }) };
}

export const asSeller = (sellerId: string) =>
  asUser({ id: clock.id(), roles: [Role.CUSTOMER, Role.SELLER], sellerId, name: 'Toko Solo' });
export const asStaff = () => asUser({ id: clock.id(), roles: [Role.ADMIN] });

export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => fromRpcError(error).code,
  );
}

/** Waits until a check no longer throws, however busy the machine is. */
export function eventually<Result>(check: () => Result): Promise<Awaited<Result>> {
  return vi.waitFor(check, { timeout: 20_000, interval: 20 }) as Promise<Awaited<Result>>;
}

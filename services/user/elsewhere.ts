import type { CallOptions, Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { type Order, OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { type Review, ReviewService } from '@pasar/contracts/pasar/review/v1/review_pb';
import { Calls } from '@pasar/platform/service';

const pageSize = 100;

/** What other services keep of a person, as they show it to that person. */
@Injectable()
export class Elsewhere {
  constructor(
    @Calls(OrderService) private readonly orders: Client<typeof OrderService>,
    @Calls(ReviewService) private readonly reviews: Client<typeof ReviewService>,
  ) {}

  listOrders(options: CallOptions): Promise<Order[]> {
    return everyPage(async (pageToken) => {
      const page = await this.orders.listOrders({ pageSize, pageToken }, options);
      return { rows: page.orders, nextPageToken: page.nextPageToken };
    });
  }

  listReviews(options: CallOptions): Promise<Review[]> {
    return everyPage(async (pageToken) => {
      const page = await this.reviews.listMyReviews({ pageSize, pageToken }, options);
      return { rows: page.reviews, nextPageToken: page.nextPageToken };
    });
  }
}

async function everyPage<Row>(
  list: (pageToken: string) => Promise<{ rows: Row[]; nextPageToken: string }>,
): Promise<Row[]> {
  const all: Row[] = [];
  for (let pageToken = ''; ; ) {
    const { rows, nextPageToken } = await list(pageToken);
    all.push(...rows);
    pageToken = nextPageToken;
    if (!pageToken) return all;
  }
}

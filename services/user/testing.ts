import type { Client } from '@connectrpc/connect';
import { AuthService } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { CartService } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ProductService, type VariantDetail } from '@pasar/contracts/pasar/product/v1/product_pb';
import { ReviewService } from '@pasar/contracts/pasar/review/v1/review_pb';
import { UserService } from '@pasar/contracts/pasar/user/v1/user_pb';
import { requireUser } from '@pasar/platform/access';
import { DomainError, fromRpcError } from '@pasar/platform/errors';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { userService } from './user.module.js';

export interface TestUsers extends TestService {
  users: Client<typeof UserService>;
  /** What the product service knows, by variant. */
  variants: Map<string, VariantDetail>;
  /** Units that came into carts: `user variant`. */
  carts: string[];
  /** Ids of orders, by their customer. */
  orders: Map<string, string[]>;
  /** Stands in the way of every call to the cart service. */
  atCart: () => Promise<void>;
}

/** The user service between fakes; the password of everybody is `right`. */
export async function startUsers(): Promise<TestUsers> {
  const test: Pick<TestUsers, 'variants' | 'carts' | 'orders' | 'atCart'> = {
    variants: new Map(),
    carts: [],
    orders: new Map(),
    atCart: async () => {},
  };
  const service = await startTestService(userService, {
    fakes: [
      fake(AuthService, {
        async verifyPassword({ password }) {
          if (password !== 'right') throw new DomainError('auth.wrong_password', 'forbidden', 'Wrong.');
          return {};
        },
      }),
      fake(ProductService, {
        async batchGetVariants({ ids }) {
          return { variants: ids.flatMap((id) => test.variants.get(id) ?? []) };
        },
      }),
      fake(OrderService, {
        // A page has one, so that there are several.
        async listOrders({ pageToken }, context) {
          const all = test.orders.get(requireUser(context).id) ?? [];
          const next = Number(pageToken) + 1;
          return {
            orders: all.slice(next - 1, next).map((id) => ({ id })),
            nextPageToken: next < all.length ? `${next}` : '',
          };
        },
      }),
      fake(ReviewService, {
        async listMyReviews(_, context) {
          return { reviews: [{ text: `by ${requireUser(context).id}` }] };
        },
      }),
      fake(CartService, {
        async addItemFor({ userId, variantId }) {
          await test.atCart();
          test.carts.push(`${userId} ${variantId}`);
          return {};
        },
      }),
    ],
  });
  return Object.assign(test, service, { users: service.client(UserService) });
}

/** Somebody new, and call options for them. */
export function person(name = 'Ayu') {
  const id = crypto.randomUUID();
  return { id, email: `${id}@example.com`, name, ...asUser({ id, email: `${id}@example.com`, name }) };
}

/** The code of the error that a call ends with, or `ok`. */
export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => fromRpcError(error).code,
  );
}

import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { PromotionService } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { TestClock } from '@pasar/platform/clock';
import { fromRpcError } from '@pasar/platform/errors';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService } from '@pasar/platform/testing/service';
import { promotionService } from './promotion.module.js';

export const idr = (amount: number | bigint) => ({ amount: BigInt(amount), currency: 'IDR' });
export const wait = { timeout: 5000, interval: 10 };

/** The service, what it calls made up: a root category with one below it, and variants as they are put on the shelf. */
export async function startPromotion(environment: Record<string, string> = {}) {
  const clock = new TestClock();
  const root = { id: clock.id(), slug: 'food', name: 'Food' };
  const coffee = { id: clock.id(), slug: 'coffee', name: 'Coffee' };
  const shelf = new Map<string, { id: string; sellerId: string; price: number }>();
  const orders = new Map<string, number>();
  const calls = { orders: 0, catalog: 0 };
  const test = await startTestService(promotionService, {
    clock,
    environment,
    fakes: [
      fake(CatalogService, {
        listCategories: () => {
          calls.catalog++;
          return {
            categories: [
              { ...root, breadcrumbs: [root] },
              { ...coffee, breadcrumbs: [root, coffee] },
            ],
          };
        },
      }),
      fake(OrderService, {
        countOrders: ({ customerId, limit }) => {
          calls.orders++;
          return { count: Math.min(limit, orders.get(customerId) ?? 0) };
        },
      }),
      fake(ProductService, {
        batchGetVariants: ({ ids }) => ({
          variants: ids.flatMap((id) => {
            const found = shelf.get(id);
            if (!found) return [];
            const { sellerId, price } = found;
            return {
              id,
              productId: clock.id(),
              sellerId,
              title: 'Kopi',
              price: idr(price),
              purchasable: true,
            };
          }),
        }),
      }),
    ],
  });
  const client = test.client(PromotionService);
  const inHours = (hours: number) => timestampFromDate(new Date(clock.now().getTime() + hours * 3_600_000));
  let made = 0;

  return {
    ...{ test, client, clock, calls, orders, inHours, categories: { root, coffee } },
    newSeller() {
      const sellerId = clock.id();
      return { sellerId, ...asUser({ id: clock.id(), roles: [Role.CUSTOMER, Role.SELLER], sellerId }) };
    },
    newAdmin: () => asUser({ id: clock.id(), roles: [Role.ADMIN] }),
    newCustomer() {
      const id = clock.id();
      return { id, ...asUser({ id }) };
    },
    /** A promotion that runs for a day, as somebody would make it. */
    draft: (facts: object = {}) => ({
      ...{ name: `Promo ${++made}`, stackable: true, startsAt: inHours(-1), endsAt: inHours(24) },
      benefit: { benefit: { case: 'fixed', value: { amount: idr(1000) } } } as const,
      ...facts,
    }),
    /** The same with a code. */
    voucher: (facts: object = {}) => ({
      ...{
        name: `Voucher ${++made}`,
        stackable: true,
        startsAt: inHours(-1),
        endsAt: inHours(24),
        listed: true,
      },
      code: `CODE${made}`,
      benefit: { benefit: { case: 'fixed', value: { amount: idr(1000) } } } as const,
      ...facts,
    }),
    onShelf(sellerId: string, price = 5000) {
      const id = clock.id();
      shelf.set(id, { id, sellerId, price });
      return id;
    },
    /** A basket of one line, with these codes. */
    quote(customerId: string, line: object, codes: string[] = [], facts: object = {}) {
      const { variantId, productId } = { variantId: clock.id(), productId: clock.id() };
      return client.quote({
        ...{ customerId, currency: 'IDR', codes },
        lines: [{ variantId, productId, quantity: 1, unitPrice: 10_000n, ...line }],
        ...facts,
      });
    },
  };
}

export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => fromRpcError(error).code,
  );
}

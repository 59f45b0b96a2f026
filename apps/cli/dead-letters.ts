import type { JsonValue } from '@bufbuild/protobuf';
import { file_pasar_auth_v1_auth as auth } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { file_pasar_cart_v1_cart as cart } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { file_pasar_catalog_v1_catalog as catalog } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { file_pasar_inventory_v1_inventory as inventory } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { file_pasar_notification_v1_notification as notification } from '@pasar/contracts/pasar/notification/v1/notification_pb';
import { file_pasar_order_v1_order as order } from '@pasar/contracts/pasar/order/v1/order_pb';
import { file_pasar_payment_v1_payment as payment } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { file_pasar_product_v1_product as product } from '@pasar/contracts/pasar/product/v1/product_pb';
import { file_pasar_seller_v1_seller as seller } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { file_pasar_user_v1_user as user } from '@pasar/contracts/pasar/user/v1/user_pb';
import { SystemClock } from '@pasar/platform/clock';
import { type DeadLetter, DeadLetters, type ShownDeadLetter } from '@pasar/platform/dead-letters';
import { eventSchemas } from '@pasar/platform/events';
import { services, withDatabase } from './databases.js';

const schemas = eventSchemas(
  auth,
  cart,
  catalog,
  inventory,
  notification,
  order,
  payment,
  product,
  seller,
  user,
);

function withDeadLetters<Result>(
  service: string,
  work: (letters: DeadLetters) => Promise<Result>,
): Promise<Result> {
  return withDatabase(service, (database) => work(new DeadLetters(database, new SystemClock(), schemas)));
}

/** Of one service, or of all. */
export async function listDeadLetters(service?: string): Promise<(DeadLetter & { service: string })[]> {
  const found: (DeadLetter & { service: string })[] = [];
  for (const name of service ? [service] : services) {
    const letters = await withDeadLetters(name, (own) => own.list());
    found.push(...letters.map((letter) => ({ ...letter, service: name })));
  }
  return found;
}

export const showDeadLetter = (service: string, number: number): Promise<ShownDeadLetter> =>
  withDeadLetters(service, (letters) => letters.show(number));

export const editDeadLetter = (service: string, number: number, data: JsonValue): Promise<void> =>
  withDeadLetters(service, (letters) => letters.edit(number, data));

export const replayDeadLetter = (service: string, number: number): Promise<void> =>
  withDeadLetters(service, (letters) => letters.replay(number));

export const discardDeadLetter = (service: string, number: number): Promise<void> =>
  withDeadLetters(service, (letters) => letters.discard(number));

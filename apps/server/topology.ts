import { authService } from '@pasar/auth/auth.module';
import { cartService } from '@pasar/cart/cart.module';
import { catalogService } from '@pasar/catalog/catalog.module';
import { inventoryService } from '@pasar/inventory/inventory.module';
import { mediaService } from '@pasar/media/media.module';
import { notificationService } from '@pasar/notification/notification.module';
import { orderService } from '@pasar/order/order.module';
import { paymentService } from '@pasar/payment/payment.module';
import { ConfigError } from '@pasar/platform/config';
import type { ServiceDefinition } from '@pasar/platform/service';
import { productService } from '@pasar/product/product.module';
import { promotionService } from '@pasar/promotion/promotion.module';
import { reviewService } from '@pasar/review/review.module';
import { searchService } from '@pasar/search/search.module';
import { sellerService } from '@pasar/seller/seller.module';
import { shippingService } from '@pasar/shipping/shipping.module';
import { userService } from '@pasar/user/user.module';

/** Every service there is. */
export const services: ServiceDefinition[] = [
  authService,
  userService,
  sellerService,
  catalogService,
  productService,
  inventoryService,
  cartService,
  promotionService,
  orderService,
  paymentService,
  shippingService,
  notificationService,
  mediaService,
  reviewService,
  searchService,
];

/** Names for what is usually run together. */
export const groups: Record<string, string[]> = {
  all: ['gateway', ...services.map((service) => service.name)],
  identity: ['auth', 'user', 'seller'],
  catalogue: ['catalog', 'product', 'inventory', 'search'],
  checkout: ['cart', 'promotion', 'order', 'payment', 'shipping'],
};

export interface Target {
  gateway: boolean;
  services: ServiceDefinition[];
}

/** @throws ConfigError for a name that is neither a service nor a group */
export function resolveTarget(names: string[]): Target {
  const wanted = new Set(names.flatMap((name) => groups[name] ?? [name]));
  const known = new Set(groups.all);
  const unknown = [...wanted].filter((name) => !known.has(name));
  if (wanted.size === 0 || unknown.length > 0) {
    throw new ConfigError(
      `Unknown target ${unknown.join(', ') || '(none)'}. There are: ${[...known, ...Object.keys(groups)].sort().join(', ')}.`,
    );
  }
  return { gateway: wanted.has('gateway'), services: services.filter((service) => wanted.has(service.name)) };
}

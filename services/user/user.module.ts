import { AuthService } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { CartService } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { ReviewService } from '@pasar/contracts/pasar/review/v1/review_pb';
import { UserService } from '@pasar/contracts/pasar/user/v1/user_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { Addresses } from './addresses.js';
import { UserConfig } from './config.js';
import { UserConsumers } from './consumers.js';
import { Elsewhere } from './elsewhere.js';
import { Profiles } from './profiles.js';
import { UserRpc } from './rpc.js';
import { Wishlists } from './wishlists.js';

export const userService: ServiceDefinition = {
  name: 'user',
  config: UserConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  serves: [[UserService, UserRpc]],
  calls: [AuthService, CartService, OrderService, ProductService, ReviewService],
  consumes: [UserConsumers],
  jobs: [],
  providers: [Profiles, Elsewhere, Addresses, Wishlists],
};

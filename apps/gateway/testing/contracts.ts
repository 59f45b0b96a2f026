import type { DescService } from '@bufbuild/protobuf';
import { AuthService } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { CartService } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { MediaService } from '@pasar/contracts/pasar/media/v1/media_pb';
import { NotificationService } from '@pasar/contracts/pasar/notification/v1/notification_pb';
import { OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { PaymentService, SimulatorService } from '@pasar/contracts/pasar/payment/v1/payment_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { QuestionService } from '@pasar/contracts/pasar/review/v1/question_pb';
import { ReviewService } from '@pasar/contracts/pasar/review/v1/review_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { UserService } from '@pasar/contracts/pasar/user/v1/user_pb';

export const allServices: DescService[] = [
  AuthService,
  CartService,
  CatalogService,
  InventoryService,
  MediaService,
  NotificationService,
  OrderService,
  PaymentService,
  ProductService,
  QuestionService,
  ReviewService,
  SellerService,
  SimulatorService,
  UserService,
];

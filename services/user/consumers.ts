import { Injectable } from '@nestjs/common';
import {
  UserDeactivatedSchema,
  UserReactivatedSchema,
  UserRegisteredSchema,
} from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { PriceChangedSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import { on } from '@pasar/platform/inbox';
import { Profiles } from './profiles.js';
import { Wishlists } from './wishlists.js';

@Injectable()
export class UserConsumers {
  constructor(
    private readonly profiles: Profiles,
    private readonly wishlists: Wishlists,
  ) {}

  readonly subscriptions = [
    on(UserRegisteredSchema, (tx, { data: { userId, email, name, locale } }) =>
      this.profiles.register(tx, { id: userId, email, name, locale: locale || null }),
    ),
    on(UserDeactivatedSchema, (tx, { data }) => this.profiles.deactivate(tx, data.userId)),
    on(UserReactivatedSchema, (tx, { data }) => this.profiles.reactivate(tx, data.userId)),
    on(PriceChangedSchema, async (tx, { data: { variantId, newPrice } }) => {
      if (newPrice) await this.wishlists.notePrice(tx, variantId, newPrice);
    }),
  ];
}

import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { AddressSchema } from '@pasar/contracts/pasar/type/v1/type_pb';
import {
  type AddWishlistItemRequest,
  type BatchGetContactsRequest,
  type CreateAddressRequest,
  type CreateWishlistRequest,
  type DeleteAddressRequest,
  type DeleteMeRequest,
  type DeleteWishlistRequest,
  type GetAddressRequest,
  type MoveWishlistItemToCartRequest,
  type RemoveWishlistItemRequest,
  type UpdateAddressRequest,
  type UpdateMeRequest,
  type UpdateWishlistRequest,
  type UserAddress,
  UserAddressSchema,
  UserSchema,
  type UserService,
  type WishlistSchema,
} from '@pasar/contracts/pasar/user/v1/user_pb';
import { requireUser } from '@pasar/platform/access';
import { forUser } from '@pasar/platform/rpc';
import { changedFields } from '@pasar/platform/update-mask';
import { validate } from '@pasar/platform/validation';
import { Addresses } from './addresses.js';
import { Elsewhere } from './elsewhere.js';
import { Profiles } from './profiles.js';
import {
  type Address,
  defaultLocale,
  normaliseAddress,
  normaliseName,
  type Profile,
  type Wishlist,
} from './user.js';
import { Wishlists } from './wishlists.js';

const profileFields = {
  changeable: [
    ...(['name', 'phone', 'avatarUrl', 'locale'] as const),
    ...(['preferences.marketingEmail', 'preferences.orderEmail'] as const),
    ...(['preferences.orderPush', 'preferences.priceDropNotice', 'preferences.salesEmail'] as const),
  ],
  outputOnly: [],
};

const addressFields = {
  changeable: [
    ...(['recipient', 'phone', 'line1', 'line2', 'city', 'province', 'postalCode', 'country'] as const),
    ...(['label', 'isDefault'] as const),
  ],
  outputOnly: [],
};

@Injectable()
export class UserRpc implements ServiceImpl<typeof UserService> {
  constructor(
    private readonly profiles: Profiles,
    private readonly addresses: Addresses,
    private readonly wishlists: Wishlists,
    private readonly elsewhere: Elsewhere,
  ) {}

  async getMe(_request: unknown, context: HandlerContext) {
    return toUser(await this.profiles.get(requireUser(context)));
  }

  async updateMe({ user, updateMask }: UpdateMeRequest, context: HandlerContext) {
    const given = user ?? create(UserSchema);
    const fields = changedFields(UserSchema, given, updateMask, profileFields);
    const { preferences } = given;
    const profile = await this.profiles.change(requireUser(context), (present) => ({
      ...present,
      ...(fields.has('name') && { name: normaliseName(given.name) }),
      ...(fields.has('phone') && { phone: given.phone }),
      ...(fields.has('avatarUrl') && { avatarUrl: given.avatarUrl }),
      ...(fields.has('locale') && { locale: given.locale || defaultLocale }),
      preferences: {
        ...present.preferences,
        ...(fields.has('preferences.marketingEmail') && {
          marketingEmail: preferences?.marketingEmail ?? false,
        }),
        ...(fields.has('preferences.orderEmail') && { orderEmail: preferences?.orderEmail ?? false }),
        ...(fields.has('preferences.orderPush') && { orderPush: preferences?.orderPush ?? false }),
        ...(fields.has('preferences.priceDropNotice') && {
          priceDropNotice: preferences?.priceDropNotice ?? false,
        }),
        ...(fields.has('preferences.salesEmail') && { salesEmail: preferences?.salesEmail ?? false }),
      },
    }));
    return toUser(profile);
  }

  async deleteMe({ password }: DeleteMeRequest, context: HandlerContext) {
    await this.profiles.delete(requireUser(context), password);
    return {};
  }

  async exportMe(_request: unknown, context: HandlerContext) {
    const [{ profile, addresses, wishlists, exportedAt }, orders, reviews] = await Promise.all([
      this.profiles.export(requireUser(context)),
      this.elsewhere.listOrders(forUser(context)),
      this.elsewhere.listReviews(forUser(context)),
    ]);
    return {
      ...{ orders, reviews },
      user: toUser(profile),
      addresses,
      wishlists: wishlists.map(toWishlist),
      exportedAt: timestampFromDate(exportedAt),
    };
  }

  async listAddresses(_request: unknown, context: HandlerContext) {
    return { addresses: await this.addresses.list(requireUser(context).id) };
  }

  createAddress({ address }: CreateAddressRequest, context: HandlerContext) {
    return this.addresses.create(requireUser(context), toAddress(address ?? create(UserAddressSchema)));
  }

  updateAddress({ id, address, updateMask }: UpdateAddressRequest, context: HandlerContext) {
    const given = address ?? create(UserAddressSchema);
    const fields = changedFields(UserAddressSchema, given, updateMask, addressFields);
    const changed = Object.fromEntries([...fields].map((field) => [field, given[field]]));
    return this.addresses.change(requireUser(context), id, (present) =>
      toAddress({ ...present, ...changed }),
    );
  }

  async deleteAddress({ id }: DeleteAddressRequest, context: HandlerContext) {
    await this.addresses.delete(requireUser(context), id);
    return {};
  }

  async listWishlists(_request: unknown, context: HandlerContext) {
    const wishlists = await this.wishlists.list(requireUser(context).id);
    return { wishlists: wishlists.map(toWishlist) };
  }

  async createWishlist({ name }: CreateWishlistRequest, context: HandlerContext) {
    return toWishlist(await this.wishlists.create(requireUser(context), name));
  }

  async updateWishlist({ id, name }: UpdateWishlistRequest, context: HandlerContext) {
    return toWishlist(await this.wishlists.rename(requireUser(context), id, name));
  }

  async deleteWishlist({ id }: DeleteWishlistRequest, context: HandlerContext) {
    await this.wishlists.delete(requireUser(context), id);
    return {};
  }

  async addWishlistItem({ id, variantId }: AddWishlistItemRequest, context: HandlerContext) {
    return toWishlist(await this.wishlists.addItem(requireUser(context), id, variantId));
  }

  async removeWishlistItem({ id, variantId }: RemoveWishlistItemRequest, context: HandlerContext) {
    return toWishlist(await this.wishlists.removeItem(requireUser(context), id, variantId));
  }

  async moveWishlistItemToCart({ id, variantId }: MoveWishlistItemToCartRequest, context: HandlerContext) {
    return toWishlist(await this.wishlists.moveToCart(requireUser(context), id, variantId));
  }

  getAddress({ userId, id }: GetAddressRequest) {
    return this.addresses.get(userId, id);
  }

  async batchGetContacts({ userIds }: BatchGetContactsRequest) {
    const profiles = await this.profiles.listContacts(userIds);
    return {
      contacts: profiles.map(({ id, name, email, phone, locale, preferences }) => ({
        userId: id,
        name,
        email,
        phone,
        locale: locale ?? defaultLocale,
        preferences,
      })),
    };
  }
}

function toUser({ createdAt, locale, ...profile }: Profile): MessageInitShape<typeof UserSchema> {
  return { ...profile, locale: locale ?? defaultLocale, createdAt: timestampFromDate(createdAt) };
}

/** A whole address by the rules that an order has for one. @throws request.invalid */
function toAddress(given: Omit<UserAddress, '$typeName' | '$unknown'>): Address {
  const address = normaliseAddress(given);
  const { recipient, phone, line1, line2, city, province, postalCode, country } = address;
  const postal = { recipient, phone, line1, line2, city, province, postalCode, country };
  validate(AddressSchema, create(AddressSchema, postal));
  return { ...postal, id: address.id, label: address.label, isDefault: address.isDefault };
}

function toWishlist({ createdAt, items, ...wishlist }: Wishlist): MessageInitShape<typeof WishlistSchema> {
  return {
    ...wishlist,
    createdAt: timestampFromDate(createdAt),
    items: items.map(({ addedAt, ...item }) => ({ ...item, addedAt: timestampFromDate(addedAt) })),
  };
}

import { Injectable } from '@nestjs/common';
import { StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import { SellerApprovedSchema, SellerSuspendedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { StaffChangedSchema } from '@pasar/contracts/pasar/seller/v1/staff_pb';
import { UserUpdatedSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { on } from '@pasar/platform/inbox';
import { Accounts } from './accounts.js';
import { Roles } from './roles.js';

@Injectable()
export class AuthConsumers {
  constructor(
    private readonly accounts: Accounts,
    private readonly roles: Roles,
  ) {}

  readonly subscriptions = [
    on(SellerApprovedSchema, async (tx, { data: { ownerUserId, sellerId } }) => {
      // A store that an import made has no owner.
      if (ownerUserId) await this.roles.grantSeller(tx, ownerUserId, sellerId);
    }),
    on(SellerSuspendedSchema, async (tx, { data: { ownerUserId, sellerId, reason } }) => {
      if (ownerUserId) await this.roles.revokeSeller(tx, ownerUserId, sellerId, reason);
    }),
    on(StaffChangedSchema, (tx, { data: { userId, sellerId, permissions } }) => {
      const names = permissions.map((code) => StorePermission[code]);
      return this.roles.changeStaff(tx, userId, sellerId, names);
    }),
    on(UserUpdatedSchema, async (tx, { data: { userId, name, deleted } }) => {
      if (deleted) await this.accounts.forget(tx, userId);
      else await this.accounts.rename(tx, userId, name);
    }),
  ];
}

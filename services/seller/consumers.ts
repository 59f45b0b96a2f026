import { Injectable } from '@nestjs/common';
import { UserDeactivatedSchema } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { on } from '@pasar/platform/inbox';
import { Staff } from './staff.js';

@Injectable()
export class SellerConsumers {
  constructor(private readonly staff: Staff) {}

  readonly subscriptions = [
    on(UserDeactivatedSchema, (tx, { data: { userId } }) => this.staff.forget(tx, userId)),
  ];
}

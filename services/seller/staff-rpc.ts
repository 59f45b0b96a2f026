import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import type {
  AcceptInvitationRequest,
  CancelInvitationRequest,
  InvitationSchema,
  InviteStaffRequest,
  ListInvitationsRequest,
  ListStaffRequest,
  RemoveStaffRequest,
  StaffMemberSchema,
  StaffService,
  UpdateStaffRequest,
} from '@pasar/contracts/pasar/seller/v1/staff_pb';
import { requireUser } from '@pasar/platform/access';
import { Staff } from './staff.js';
import type { Invitation, Member } from './staff-store.js';

@Injectable()
export class StaffRpc implements ServiceImpl<typeof StaffService> {
  constructor(private readonly staff: Staff) {}

  async inviteStaff({ email, permissions }: InviteStaffRequest, context: HandlerContext) {
    return toInvitation(await this.staff.invite(requireUser(context).id, email, namesOf(permissions)));
  }

  async listInvitations({ pageSize, pageToken }: ListInvitationsRequest, context: HandlerContext) {
    const page = await this.staff.listInvitations(requireUser(context).id, pageSize, pageToken);
    return { invitations: page.rows.map(toInvitation), nextPageToken: page.nextPageToken };
  }

  async cancelInvitation({ id }: CancelInvitationRequest, context: HandlerContext) {
    await this.staff.cancel(requireUser(context).id, id);
    return {};
  }

  async acceptInvitation({ token }: AcceptInvitationRequest, context: HandlerContext) {
    return toMember(await this.staff.accept(requireUser(context), token));
  }

  async listStaff({ pageSize, pageToken }: ListStaffRequest, context: HandlerContext) {
    const page = await this.staff.list(requireUser(context).id, pageSize, pageToken);
    return { staff: page.rows.map(toMember), nextPageToken: page.nextPageToken };
  }

  async updateStaff({ userId, permissions }: UpdateStaffRequest, context: HandlerContext) {
    return toMember(await this.staff.change(requireUser(context).id, userId, namesOf(permissions)));
  }

  async removeStaff({ userId }: RemoveStaffRequest, context: HandlerContext) {
    await this.staff.remove(requireUser(context).id, userId);
    return {};
  }

  async leaveStaff(_request: unknown, context: HandlerContext) {
    await this.staff.leave(requireUser(context).id);
    return {};
  }
}

function namesOf(permissions: StorePermission[]): string[] {
  return [...new Set(permissions)].sort((a, b) => a - b).map((code) => StorePermission[code]);
}

function codesOf(names: string[]): StorePermission[] {
  return names.map((name) => StorePermission[name as keyof typeof StorePermission]);
}

function toInvitation(invitation: Invitation): MessageInitShape<typeof InvitationSchema> {
  const { id, email, permissions, createdAt, expiresAt } = invitation;
  const times = { createdAt: timestampFromDate(createdAt), expiresAt: timestampFromDate(expiresAt) };
  return { id, email, permissions: codesOf(permissions), ...times };
}

function toMember(member: Member): MessageInitShape<typeof StaffMemberSchema> {
  const { userId, sellerId, email, name, permissions, joinedAt } = member;
  const facts = { userId, sellerId, email, name, permissions: codesOf(permissions) };
  return { ...facts, joinedAt: timestampFromDate(joinedAt) };
}

import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import type {
  AccountSchema,
  AuthService,
  BeginOutsideSignInRequest,
  ChangePasswordRequest,
  ChangeRoleRequest,
  ConfirmLoginRequest,
  ConfirmTotpRequest,
  DeactivateAccountRequest,
  DisableTotpRequest,
  EnrolTotpRequest,
  FinishOutsideSignInRequest,
  ListAccountsRequest,
  ListRoleChangesRequest,
  ListSessionsRequest,
  LoginRequest,
  LogoutRequest,
  ReactivateAccountRequest,
  RefreshTokenRequest,
  RegisterRequest,
  RenewRecoveryCodesRequest,
  RequestPasswordResetRequest,
  ResetPasswordRequest,
  RevokeSessionRequest,
  TokenGrantSchema,
  UnlinkRequest,
  VerifyEmailRequest,
  VerifyPasswordRequest,
} from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { Role as RoleCode } from '@pasar/contracts/pasar/options/v1/options_pb';
import { callerOf, requireUser } from '@pasar/platform/access';
import { Accounts } from './accounts.js';
import type { Account, Device, Role } from './auth.js';
import type { Identity } from './identity-store.js';
import { KeyRing } from './key-ring.js';
import { OutsideSignIn } from './outside-sign-in.js';
import { Passwords } from './passwords.js';
import { Roles } from './roles.js';
import { type Challenge, SecondFactor } from './second-factor.js';
import { type Grant, Sessions } from './sessions.js';

@Injectable()
export class AuthRpc implements ServiceImpl<typeof AuthService> {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly passwords: Passwords,
    private readonly roles: Roles,
    private readonly keys: KeyRing,
    private readonly secondFactor: SecondFactor,
    private readonly outside: OutsideSignIn,
  ) {}

  async register(request: RegisterRequest, context: HandlerContext) {
    return toGrant(await this.accounts.register(request, deviceOf(context)));
  }

  async login({ email, password }: LoginRequest, context: HandlerContext) {
    return toOutcome(await this.sessions.signIn(email, password, deviceOf(context)));
  }

  async confirmLogin({ challenge, code }: ConfirmLoginRequest, context: HandlerContext) {
    return toGrant(await this.sessions.confirmSignIn(challenge, code, deviceOf(context)));
  }

  getOutsideProvider() {
    return { issuer: this.outside.issuer };
  }

  beginOutsideSignIn({ redirectUri }: BeginOutsideSignInRequest) {
    return this.outside.begin(redirectUri, null);
  }

  async finishOutsideSignIn({ flow, query }: FinishOutsideSignInRequest, context: HandlerContext) {
    return toOutcome(await this.outside.finish(flow, query, deviceOf(context)));
  }

  beginLink({ redirectUri }: BeginOutsideSignInRequest, context: HandlerContext) {
    return this.outside.begin(redirectUri, requireUser(context).id);
  }

  async finishLink({ flow, query }: FinishOutsideSignInRequest, context: HandlerContext) {
    return toIdentity(await this.outside.link(requireUser(context).id, flow, query));
  }

  async listIdentities(_request: unknown, context: HandlerContext) {
    return { identities: (await this.outside.list(requireUser(context).id)).map(toIdentity) };
  }

  async unlink({ issuer }: UnlinkRequest, context: HandlerContext) {
    await this.outside.unlink(requireUser(context).id, issuer);
    return {};
  }

  async refreshToken({ refreshToken }: RefreshTokenRequest, context: HandlerContext) {
    return toGrant(await this.sessions.refresh(refreshToken, deviceOf(context)));
  }

  async logout({ refreshToken }: LogoutRequest, context: HandlerContext) {
    await this.sessions.signOut(refreshToken, callerOf(context).user);
    return {};
  }

  async listSessions({ pageSize, pageToken }: ListSessionsRequest, context: HandlerContext) {
    const user = requireUser(context);
    const { rows, nextPageToken } = await this.sessions.list(user.id, pageSize, pageToken);
    const sessions = rows.map(({ id, userAgent, ipAddress, createdAt, lastUsedAt }) => ({
      id,
      userAgent,
      ipAddress,
      createdAt: timestampFromDate(createdAt),
      lastUsedAt: timestampFromDate(lastUsedAt),
      current: id === user.sessionId,
    }));
    return { sessions, nextPageToken };
  }

  async revokeSession({ id }: RevokeSessionRequest, context: HandlerContext) {
    await this.sessions.end(requireUser(context).id, id);
    return {};
  }

  async revokeAllSessions(_request: unknown, context: HandlerContext) {
    await this.sessions.endAll(requireUser(context).id);
    return {};
  }

  async sendVerification(_request: unknown, context: HandlerContext) {
    await this.accounts.sendVerification(requireUser(context).id);
    return {};
  }

  async verifyEmail({ token }: VerifyEmailRequest) {
    await this.accounts.verifyEmail(token);
    return {};
  }

  async requestPasswordReset({ email }: RequestPasswordResetRequest) {
    await this.passwords.requestReset(email);
    return {};
  }

  async resetPassword({ token, password }: ResetPasswordRequest) {
    await this.passwords.reset(token, password);
    return {};
  }

  async changePassword({ currentPassword, newPassword }: ChangePasswordRequest, context: HandlerContext) {
    const { id, sessionId } = requireUser(context);
    await this.passwords.change(id, sessionId, currentPassword, newPassword);
    return {};
  }

  getSecondFactor(_request: unknown, context: HandlerContext) {
    return this.secondFactor.state(requireUser(context).id);
  }

  enrolTotp({ password }: EnrolTotpRequest, context: HandlerContext) {
    return this.secondFactor.enrol(requireUser(context).id, password);
  }

  async confirmTotp({ code }: ConfirmTotpRequest, context: HandlerContext) {
    return { recoveryCodes: await this.secondFactor.confirm(requireUser(context).id, code) };
  }

  async disableTotp({ password, code }: DisableTotpRequest, context: HandlerContext) {
    await this.secondFactor.disable(requireUser(context).id, password, code);
    return {};
  }

  async renewRecoveryCodes({ code }: RenewRecoveryCodesRequest, context: HandlerContext) {
    return { recoveryCodes: await this.secondFactor.renewRecoveryCodes(requireUser(context).id, code) };
  }

  async listAccounts({ email, pageSize, pageToken }: ListAccountsRequest) {
    const { rows, nextPageToken } = await this.accounts.list(email, pageSize, pageToken);
    return { accounts: rows.map(toAccount), nextPageToken };
  }

  grantRole(request: ChangeRoleRequest, context: HandlerContext) {
    return this.#changeRole(request, true, context);
  }

  revokeRole(request: ChangeRoleRequest, context: HandlerContext) {
    return this.#changeRole(request, false, context);
  }

  async deactivateAccount({ userId, reason }: DeactivateAccountRequest, context: HandlerContext) {
    return toAccount(await this.accounts.deactivate(requireUser(context).id, userId, reason));
  }

  async reactivateAccount({ userId, reason }: ReactivateAccountRequest, context: HandlerContext) {
    return toAccount(await this.accounts.reactivate(requireUser(context).id, userId, reason));
  }

  async listRoleChanges({ userId, pageSize, pageToken }: ListRoleChangesRequest) {
    const { rows, nextPageToken } = await this.roles.listChanges(userId, pageSize, pageToken);
    const roleChanges = rows.map(({ accountId, role, changedAt, ...change }) => ({
      ...change,
      userId: accountId,
      role: RoleCode[role],
      changedAt: timestampFromDate(changedAt),
    }));
    return { roleChanges, nextPageToken };
  }

  async verifyPassword({ userId, password }: VerifyPasswordRequest) {
    await this.passwords.confirmDeletion(userId, password);
    return {};
  }

  async getKeys() {
    const keys = await this.keys.published();
    return { keys: keys.map((key) => ({ ...key, use: 'sig', alg: 'RS256' })) };
  }

  async #changeRole({ userId, role, reason }: ChangeRoleRequest, granted: boolean, context: HandlerContext) {
    const change = { role: RoleCode[role] as Role, granted, by: requireUser(context).id, reason };
    return toAccount(await this.roles.change(userId, change));
  }
}

function deviceOf({ requestHeader }: HandlerContext): Device {
  return {
    userAgent: (requestHeader.get('pasar-user-agent') ?? '').slice(0, 300),
    ipAddress: (requestHeader.get('pasar-client-ip') ?? '').slice(0, 64),
  };
}

function toGrant({ account, ...tokens }: Grant): MessageInitShape<typeof TokenGrantSchema> {
  const { id, email, name, roles, emailVerified, sellerId } = account;
  const user = { id, email, name, roles: roles.map((role) => RoleCode[role]), emailVerified };
  return { ...tokens, user: { ...user, sellerId: sellerId ?? '' }, tokenType: 'Bearer' };
}

function toOutcome(outcome: Grant | Challenge): MessageInitShape<typeof TokenGrantSchema> {
  if (!('challenge' in outcome)) return toGrant(outcome);
  return { challenge: { token: outcome.challenge, expiresIn: outcome.expiresIn } };
}

function toIdentity({ issuer, email, linkedAt }: Identity) {
  return { issuer, email, linkedAt: timestampFromDate(linkedAt) };
}

function toAccount({ id, email, name, roles, emailVerified, active, createdAt }: Account) {
  const account: MessageInitShape<typeof AccountSchema> = { id, email, name, emailVerified, active };
  return { ...account, roles: roles.map((role) => RoleCode[role]), createdAt: timestampFromDate(createdAt) };
}

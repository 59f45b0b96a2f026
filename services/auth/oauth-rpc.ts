import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import type {
  CreateAppRequest,
  DeleteAppRequest,
  ExchangeRequest,
  ListAppsRequest,
  ListGrantsRequest,
  OAuthService,
  RevokeGrantRequest,
  RotateAppSecretRequest,
} from '@pasar/contracts/pasar/auth/v1/oauth_pb';
import { requireUser } from '@pasar/platform/access';
import type { App } from './app-store.js';
import { Apps } from './apps.js';
import { AuthorizationServer } from './oauth-server.js';

@Injectable()
export class OAuthRpc implements ServiceImpl<typeof OAuthService> {
  constructor(
    private readonly apps: Apps,
    private readonly server: AuthorizationServer,
  ) {}

  async createApp(request: CreateAppRequest, context: HandlerContext) {
    const { app, secret } = await this.apps.create(requireUser(context).id, request);
    return { app: toApp(app), clientSecret: secret };
  }

  async listApps({ pageSize, pageToken }: ListAppsRequest, context: HandlerContext) {
    const { rows, nextPageToken } = await this.apps.list(requireUser(context).id, pageSize, pageToken);
    return { apps: rows.map(toApp), nextPageToken };
  }

  async rotateAppSecret({ id }: RotateAppSecretRequest, context: HandlerContext) {
    const { app, secret } = await this.apps.rotateSecret(requireUser(context).id, id);
    return { app: toApp(app), clientSecret: secret };
  }

  async deleteApp({ id }: DeleteAppRequest, context: HandlerContext) {
    await this.apps.delete(requireUser(context).id, id);
    return {};
  }

  async listGrants({ pageSize, pageToken }: ListGrantsRequest, context: HandlerContext) {
    const { grants, nextPageToken } = await this.apps.listGrants(
      requireUser(context).id,
      pageSize,
      pageToken,
    );
    return {
      grants: grants.map((grant) => ({ ...grant, grantedAt: timestampFromDate(grant.grantedAt) })),
      nextPageToken,
    };
  }

  async revokeGrant({ id }: RevokeGrantRequest, context: HandlerContext) {
    await this.apps.revokeGrant(requireUser(context).id, id);
    return {};
  }

  async exchange({ method, url, headers, body }: ExchangeRequest) {
    const given = Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]));
    const answer = await this.server.answer({ method, url, headers: given, body: Buffer.from(body) });
    return {
      status: answer.status,
      headers: answer.headers.map(([name, value]) => ({ name, value })),
      body: answer.body,
    };
  }
}

function toApp({ id, name, redirectUris, scopes, secretHash, createdAt }: App) {
  const confidential = secretHash !== null;
  return { id, name, redirectUris, scopes, confidential, createdAt: timestampFromDate(createdAt) };
}

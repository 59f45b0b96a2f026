import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type CreateWebhookEndpointRequest,
  type DeleteWebhookEndpointRequest,
  type GetWebhookDeliveryRequest,
  type GetWebhookEndpointRequest,
  type ListWebhookDeliveriesRequest,
  type ListWebhookEndpointsRequest,
  type ReplayFailedWebhooksRequest,
  type ReplayWebhookDeliveryRequest,
  type RotateWebhookSecretRequest,
  type TestWebhookEndpointRequest,
  type UpdateWebhookEndpointRequest,
  WebhookDelivery_Status,
  WebhookEndpointSchema,
  type WebhookService,
} from '@pasar/contracts/pasar/notification/v1/webhook_pb';
import { requireStore, requireUser } from '@pasar/platform/access';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { DomainError, notFound } from '@pasar/platform/errors';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { changedFields } from '@pasar/platform/update-mask';
import { NotificationConfig } from './config.js';
import {
  checkTerms,
  type EndpointTerms,
  testEventType,
  tooManyEndpoints,
  type WebhookEndpoint,
} from './webhook.js';
import { WebhookSender } from './webhook-sender.js';
import { type Attempt, type DeliveryStatus, type WebhookDelivery, WebhookStore } from './webhook-store.js';

const maxEndpoints = 10;
const maxAttemptsShown = 50;
const day = 86_400_000;
const changeable = [
  ...(['url', 'description', 'eventTypes', 'enabled'] as const),
] satisfies (keyof EndpointTerms)[];
const outputOnly = ['id', 'disabledReason', 'secret', 'createdAt'];

@Injectable()
export class WebhookRpc implements ServiceImpl<typeof WebhookService> {
  constructor(
    private readonly database: Database,
    private readonly store: WebhookStore,
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
    private readonly config: NotificationConfig,
  ) {}

  async createWebhookEndpoint(request: CreateWebhookEndpointRequest, context: HandlerContext) {
    const { url, description, eventTypes } = request;
    const terms = { url, description, eventTypes: [...new Set(eventTypes)], enabled: true };
    this.#check(terms);
    const id = this.clock.id();
    const secret = this.#makeSecret();
    const endpoint = {
      ...terms,
      id,
      sellerId: requireStore(context),
      disabledReason: '',
      createdAt: this.clock.now(),
    };
    const kept = { ...endpoint, userId: requireUser(context).id, secret: this.sender.seal(secret, id) };
    const made = await this.store.insertEndpoint(kept, maxEndpoints);
    if (!made) throw tooManyEndpoints(maxEndpoints);
    return { ...toEndpoint(made), secret };
  }

  async listWebhookEndpoints(request: ListWebhookEndpointsRequest, context: HandlerContext) {
    const limit = pageSize(request.pageSize);
    const before = decodeIdToken(request.pageToken);
    const rows = await this.store.listEndpoints(requireStore(context), before, limit + 1);
    const page = pageOf(rows, limit, ({ id }) => [id]);
    return { endpoints: page.rows.map(toEndpoint), nextPageToken: page.nextPageToken };
  }

  async getWebhookEndpoint({ id }: GetWebhookEndpointRequest, context: HandlerContext) {
    return toEndpoint(await this.#get(context, id));
  }

  async updateWebhookEndpoint(request: UpdateWebhookEndpointRequest, context: HandlerContext) {
    const { id, updateMask } = request;
    const given = request.endpoint!;
    const fields = changedFields(WebhookEndpointSchema, given, updateMask, { changeable, outputOnly });
    const changes = Object.fromEntries([...fields].map((field) => [field, given[field]]));
    const sellerId = requireStore(context);
    const endpoint = await this.database.transaction(async (tx) => {
      const present = (await this.store.findEndpoint(tx, sellerId, id, true)) ?? refuseUnknown('endpoint');
      const terms: EndpointTerms = { ...present, ...changes };
      this.#check(terms);
      return this.store.updateEndpoint(tx, id, terms);
    });
    if (endpoint.enabled) this.sender.sendSoon();
    return toEndpoint(endpoint);
  }

  async deleteWebhookEndpoint({ id }: DeleteWebhookEndpointRequest, context: HandlerContext) {
    if (!(await this.store.deleteEndpoint(requireStore(context), id))) refuseUnknown('endpoint');
    return {};
  }

  async rotateWebhookSecret({ id }: RotateWebhookSecretRequest, context: HandlerContext) {
    const secret = this.#makeSecret();
    const until = new Date(this.clock.now().getTime() + day);
    const sealed = this.sender.seal(secret, id);
    const endpoint = await this.store.rotateSecret(requireStore(context), id, sealed, until);
    return { ...toEndpoint(endpoint ?? refuseUnknown('endpoint')), secret };
  }

  async testWebhookEndpoint({ id }: TestWebhookEndpointRequest, context: HandlerContext) {
    const endpoint = await this.#get(context, id);
    if (!endpoint.enabled) throw new DomainError('webhook.disabled', 'conflict', 'The endpoint is off.');
    const body = { type: testEventType, timestamp: this.clock.now().toISOString(), data: { endpointId: id } };
    const delivery =
      (await this.store.insertTest(id, testEventType, JSON.stringify(body))) ?? refuseUnknown('endpoint');
    this.sender.sendSoon();
    return toDelivery(delivery);
  }

  async listWebhookDeliveries(request: ListWebhookDeliveriesRequest, context: HandlerContext) {
    const limit = pageSize(request.pageSize);
    const before = decodeIdToken(request.pageToken);
    const { id } = await this.#get(context, request.id);
    const status =
      request.status === 0 ? undefined : (WebhookDelivery_Status[request.status] as DeliveryStatus);
    const rows = await this.store.listDeliveries(id, status, before, limit + 1);
    const page = pageOf(rows, limit, (row) => [row.id]);
    return { deliveries: page.rows.map(toDelivery), nextPageToken: page.nextPageToken };
  }

  async getWebhookDelivery({ id }: GetWebhookDeliveryRequest, context: HandlerContext) {
    const delivery = (await this.store.findDelivery(requireStore(context), id)) ?? refuseUnknown('delivery');
    const attempts = await this.store.listAttempts(id, maxAttemptsShown);
    return { ...toDelivery(delivery), body: delivery.body, attempts: attempts.map(toAttempt) };
  }

  async replayWebhookDelivery({ id }: ReplayWebhookDeliveryRequest, context: HandlerContext) {
    const delivery = (await this.store.replay(requireStore(context), id)) ?? refuseUnknown('delivery');
    this.sender.sendSoon();
    return toDelivery(delivery);
  }

  async replayFailedWebhooks({ id, since }: ReplayFailedWebhooksRequest, context: HandlerContext) {
    await this.#get(context, id);
    const from = since ? timestampDate(since) : new Date(this.clock.now().getTime() - 3 * day);
    const count = await this.store.replayFailed(id, from);
    if (count > 0) this.sender.sendSoon();
    return { count };
  }

  async #get(context: HandlerContext, id: string): Promise<WebhookEndpoint> {
    const endpoint = await this.store.findEndpoint(this.database.kysely, requireStore(context), id);
    return endpoint ?? refuseUnknown('endpoint');
  }

  #check(terms: EndpointTerms): void {
    checkTerms(terms, this.config.webhookPrivateAddresses === 'allow');
  }

  /** As Standard Webhooks writes it. */
  #makeSecret(): string {
    return `whsec_${Buffer.from(this.clock.secret(32), 'base64url').toString('base64')}`;
  }
}

function refuseUnknown(what: 'endpoint' | 'delivery'): never {
  throw notFound(`webhook_${what}`);
}

function toEndpoint({
  id,
  url,
  description,
  eventTypes,
  enabled,
  disabledReason,
  createdAt,
}: WebhookEndpoint) {
  return {
    ...{ id, url, description, eventTypes, enabled, disabledReason },
    createdAt: timestampFromDate(createdAt),
  };
}

function toDelivery({ id, endpointId, eventType, status, nextAt, createdAt }: WebhookDelivery) {
  return {
    ...{ id, endpointId, eventType, status: WebhookDelivery_Status[status] },
    nextAttemptAt: status === 'PENDING' ? timestampFromDate(nextAt) : undefined,
    createdAt: timestampFromDate(createdAt),
  };
}

function toAttempt({ at, status, error, durationMs, response }: Attempt) {
  return { at: timestampFromDate(at), status: status ?? 0, error, durationMs, response };
}

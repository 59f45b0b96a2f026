import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { StockLowSchema } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import {
  OrderCancelledSchema,
  OrderCompletedSchema,
  OrderConfirmedSchema,
  OrderDeliveredSchema,
  OrderShippedSchema,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import {
  ReturnRequestedSchema,
  ReturnResolvedSchema,
  ReturnUpdatedSchema,
} from '@pasar/contracts/pasar/order/v1/return_pb';
import { PayoutFailedSchema, PayoutPaidSchema } from '@pasar/contracts/pasar/payment/v1/payout_pb';
import { ProductPublicationRefusedSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import { QuestionAskedSchema } from '@pasar/contracts/pasar/review/v1/question_pb';
import { ReviewCreatedSchema, ReviewUpdatedSchema } from '@pasar/contracts/pasar/review/v1/review_pb';
import { DomainError, invalidField } from '@pasar/platform/errors';
import { eventType } from '@pasar/platform/events';
import ipaddr from 'ipaddr.js';

/** An event that stores can hear of, and whose it is. */
export interface WebhookEvent {
  schema: DescMessage;
  sellerOf(data: unknown): string | undefined;
}

/** Every event that stores can hear of. */
export const webhookEvents: WebhookEvent[] = [
  told(OrderConfirmedSchema, ({ order }) => order?.sellerId),
  told(OrderCancelledSchema, ({ order }) => order?.sellerId),
  told(OrderShippedSchema, ({ order }) => order?.sellerId),
  told(OrderDeliveredSchema, ({ order }) => order?.sellerId),
  told(OrderCompletedSchema, ({ order }) => order?.sellerId),
  told(ReturnRequestedSchema, ({ order }) => order?.sellerId),
  told(ReturnUpdatedSchema, ({ order }) => order?.sellerId),
  told(ReturnResolvedSchema, ({ order }) => order?.sellerId),
  told(PayoutPaidSchema, ({ sellerId }) => sellerId),
  told(PayoutFailedSchema, ({ sellerId }) => sellerId),
  told(StockLowSchema, ({ sellerId }) => sellerId),
  told(ProductPublicationRefusedSchema, ({ sellerId }) => sellerId),
  told(ReviewCreatedSchema, ({ review }) => review?.sellerId),
  told(ReviewUpdatedSchema, ({ review }) => review?.sellerId),
  told(QuestionAskedSchema, ({ sellerId }) => sellerId),
];
export const testEventType = 'webhook.test';

function told<Schema extends DescMessage>(
  schema: Schema,
  sellerOf: (data: MessageShape<Schema>) => string | undefined,
): WebhookEvent {
  return { schema, sellerOf: (data) => sellerOf(data as MessageShape<Schema>) };
}

export interface WebhookEndpoint {
  id: string;
  sellerId: string;
  url: string;
  description: string;
  eventTypes: string[];
  enabled: boolean;
  disabledReason: string;
  createdAt: Date;
}

/** What its owner may say of an endpoint. */
export type EndpointTerms = Pick<WebhookEndpoint, 'url' | 'description' | 'eventTypes' | 'enabled'>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses between attempts; together three days less half an hour. */
const pausesMs = [
  ...[5 * SECOND, 5 * MINUTE, 30 * MINUTE],
  ...[2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 20 * HOUR],
];

/**
 * How long to wait after a failed attempt; undefined when there is no further one.
 * @param attempts that have failed
 * @param retryAfterMs what the receiver asked for; it may make a pause longer, but not endless
 */
export function pauseAfter(attempts: number, retryAfterMs = 0): number | undefined {
  const pause = pausesMs[attempts - 1];
  return pause && Math.max(pause, Math.min(retryAfterMs, HOUR));
}

/**
 * Whether nobody but the operator's own network can be reached at an address: private, loopback, link-local (where
 * clouds keep their credentials), carrier-grade NAT, multicast, and IPv6 addresses that stand for an IPv4 one.
 */
export function isPrivateAddress(address: string): boolean {
  return !ipaddr.isValid(address) || ipaddr.process(address).range() !== 'unicast';
}

/** @throws DomainError `request.invalid` */
export function checkTerms({ url, eventTypes }: EndpointTerms, allowPrivate: boolean): void {
  checkUrl('url', url, allowPrivate);
  const known = webhookEvents.map(({ schema }) => eventType(schema));
  const unknown = eventTypes.find((type) => !known.includes(type));
  if (unknown !== undefined) {
    throw invalidField('eventTypes', `${unknown} is none of ${known.join(', ')}`);
  }
  if (eventTypes.length === 0) throw invalidField('eventTypes', 'must name at least one');
}

/** That requests may be sent to an address which a stranger gave. @throws DomainError `request.invalid` */
export function checkUrl(field: string, text: string, allowPrivate: boolean): void {
  const url = URL.parse(text);
  if (!url || !(url.protocol === 'https:' || (allowPrivate && url.protocol === 'http:'))) {
    throw invalidField(field, 'must be an https address');
  }
  if (url.username || url.password) throw invalidField(field, 'must not carry a password');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const refused = ipaddr.isValid(host) ? isPrivateAddress(host) : /(^|\.)localhost\.?$/i.test(host);
  if (refused && !allowPrivate) throw invalidField(field, 'must be an address that is not private');
}

export function tooManyEndpoints(limit: number): DomainError {
  return new DomainError('webhook.too_many', 'unprocessable', `A store may have ${limit} webhook endpoints.`);
}

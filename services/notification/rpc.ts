import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { Client, HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  Channel as ContractChannel,
  type CountUnreadRequest,
  Delivery_Status,
  type ListDeadDeliveriesRequest,
  type ListMailboxRequest,
  type ListNotificationsRequest,
  type MarkAllReadRequest,
  type MarkReadRequest,
  type NotificationService,
  type PreviewTemplateRequest,
  type ResendDeliveryRequest,
} from '@pasar/contracts/pasar/notification/v1/notification_pb';
import { UserService } from '@pasar/contracts/pasar/user/v1/user_pb';
import { requireUser } from '@pasar/platform/access';
import { Clock } from '@pasar/platform/clock';
import { notFound } from '@pasar/platform/errors';
import { decodeIdToken, pageOf, pageSize } from '@pasar/platform/page';
import { Calls } from '@pasar/platform/service';
import { NotificationConfig } from './config.js';
import { type Channel, type DeliveryChannel, type Locale, toLocale } from './message.js';
import { inApp, render } from './render.js';
import { leaseMs, Sender } from './sender.js';
import { type Delivery, type NotificationRow, NotificationStore } from './store.js';
import { templates } from './templates.js';

/** Who has more than these need not know how many. */
const mostCounted = 100;

@Injectable()
export class NotificationRpc implements ServiceImpl<typeof NotificationService> {
  constructor(
    private readonly store: NotificationStore,
    private readonly sender: Sender,
    private readonly clock: Clock,
    private readonly config: NotificationConfig,
    @Calls(UserService) private readonly users: Client<typeof UserService>,
  ) {}

  async listNotifications(request: ListNotificationsRequest, context: HandlerContext) {
    const limit = pageSize(request.pageSize);
    const before = decodeIdToken(request.pageToken);
    const { id } = requireUser(context);
    const [rows, locale] = await Promise.all([
      this.store.list(id, request.unreadOnly, before, limit + 1),
      this.#localeOf(id),
    ]);
    const page = pageOf(rows, limit, (row) => [row.id]);
    return {
      notifications: page.rows.map((row) => this.#toNotification(row, locale)),
      nextPageToken: page.nextPageToken,
    };
  }

  async markRead(request: MarkReadRequest, context: HandlerContext) {
    const { id } = requireUser(context);
    const row = await this.store.markRead(request.id, id);
    if (!row) throw notFound('notification');
    return this.#toNotification(row, await this.#localeOf(id));
  }

  async countUnread(_request: CountUnreadRequest, context: HandlerContext) {
    return { count: await this.store.countUnread(requireUser(context).id, mostCounted) };
  }

  async markAllRead({ upTo }: MarkAllReadRequest, context: HandlerContext) {
    const { id } = requireUser(context);
    await this.store.markAllRead(id, upTo);
    return { count: await this.store.countUnread(id, mostCounted) };
  }

  async listMailbox(request: ListMailboxRequest) {
    const limit = pageSize(request.pageSize);
    const before = decodeIdToken(request.pageToken);
    const channel = request.channel === 0 ? undefined : (ContractChannel[request.channel] as DeliveryChannel);
    const rows = await this.store.listMail(request.recipient, channel, before, limit + 1);
    const page = pageOf(rows, limit, (row) => [row.id]);
    return {
      mails: page.rows.map((mail) => ({ ...withTimestamp(mail), channel: ContractChannel[mail.channel] })),
      nextPageToken: page.nextPageToken,
    };
  }

  async listDeadDeliveries(request: ListDeadDeliveriesRequest) {
    const limit = pageSize(request.pageSize);
    const before = decodeIdToken(request.pageToken);
    const page = pageOf(await this.store.listDead(before, limit + 1), limit, (row) => [row.id]);
    return { deliveries: page.rows.map(toDelivery), nextPageToken: page.nextPageToken };
  }

  async resendDelivery(request: ResendDeliveryRequest) {
    const delivery = await this.store.resend(request.id, leaseMs);
    if (!delivery) throw notFound('delivery');
    this.sender.sendSoon([delivery]);
    return toDelivery(delivery);
  }

  /** What there is to read is worth more than the language that it is in. */
  async #localeOf(userId: string): Promise<Locale> {
    const asked = this.users.batchGetContacts({ userIds: [userId] });
    const { contacts } = await asked.catch(() => ({ contacts: [] }));
    return toLocale(contacts[0]?.locale);
  }

  #toNotification({ id, kind, params, read, createdAt }: NotificationRow, locale: Locale) {
    const { title, body, link } = params.worded ?? inApp(kind, locale, params, this.config.shopUrl);
    return { id, kind, title, body, link, read, createdAt: timestampFromDate(createdAt) };
  }

  listTemplates() {
    return {
      templates: Object.entries(templates).map(([name, { channels, texts }]) => ({
        name,
        locales: Object.keys(texts),
        channels: channels.map((channel) => ContractChannel[channel]),
      })),
    };
  }

  previewTemplate({ name, locale, channel }: PreviewTemplateRequest) {
    const template = templates[name];
    if (!template) throw notFound('template');
    const shown = channel === 0 ? (template.channels[0] as Channel) : (ContractChannel[channel] as Channel);
    const language = locale === 'en' ? 'en' : 'id';
    const { subject, text, html } = render(name, shown, language, template.sample, this.config.shopUrl);
    return {
      channel: ContractChannel[shown],
      subject,
      text,
      html,
      locale: language,
      template: name,
      createdAt: timestampFromDate(this.clock.now()),
    };
  }
}

function withTimestamp<Row extends { createdAt: Date }>(row: Row) {
  return { ...row, createdAt: timestampFromDate(row.createdAt) };
}

function toDelivery({ id, channel, recipient, template, status, attempts, lastError, createdAt }: Delivery) {
  return {
    id,
    channel: ContractChannel[channel],
    recipient: recipient ?? '',
    template,
    status: Delivery_Status[status],
    attempts,
    lastError: lastError ?? '',
    createdAt: timestampFromDate(createdAt),
  };
}

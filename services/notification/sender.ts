import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  Channel as ContractChannel,
  NotificationFailedSchema,
} from '@pasar/contracts/pasar/notification/v1/notification_pb';
import { type Preferences, UserService } from '@pasar/contracts/pasar/user/v1/user_pb';
import { inBackground } from '@pasar/platform/background';
import { chunks } from '@pasar/platform/chunks';
import { Clock } from '@pasar/platform/clock';
import { ConfigError } from '@pasar/platform/config';
import { Database } from '@pasar/platform/db';
import { event } from '@pasar/platform/events';
import { every } from '@pasar/platform/jobs';
import { Outbox } from '@pasar/platform/outbox';
import { Calls } from '@pasar/platform/service';
import { Log } from '@pasar/platform/telemetry';
import { HttpCaller } from './adapters/http-caller.js';
import { mailboxProvider } from './adapters/mailbox.js';
import { smtpProvider } from './adapters/smtp.js';
import { twilioProvider } from './adapters/twilio.js';
import { webPushProvider } from './adapters/web-push.js';
import { NotificationConfig, vapidOf } from './config.js';
import { type DeliveryChannel, type Message, retryDelayMs, toLocale } from './message.js';
import type { Provider } from './provider.js';
import { render } from './render.js';
import { type Delivery, NotificationStore } from './store.js';
import { templates } from './templates.js';

const batch = 500;
/** Composed, sent and noted together. */
const atOnce = 100;
/** Until the next look when nobody could say where to send to. */
const userAwayMs = 5_000;
const pushTimeoutMs = 10_000;
/** For how long a process has a delivery for itself. */
export const leaseMs = 30_000;

interface Contact {
  name: string;
  email: string;
  phone: string;
  locale: string;
  preferences?: Preferences;
}

/** Sends what is due, soon after it was kept and again after failures. */
@Injectable()
export class Sender {
  readonly #providers: Map<DeliveryChannel, Provider>;
  readonly #smtp: ReturnType<typeof smtpProvider> | undefined;
  /** Deliveries that are this process's to send. */
  readonly #claimed: Delivery[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** One at a time. */
  #sending: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly database: Database,
    private readonly store: NotificationStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: NotificationConfig,
    private readonly log: Log,
    @Calls(UserService) private readonly users: Client<typeof UserService>,
  ) {
    this.#smtp = config.smtpUrl ? smtpProvider(config.smtpUrl, config.mailFrom) : undefined;
    // Of two that serve a channel the later one has it.
    const providers = [
      mailboxProvider(database, clock),
      ...(this.#smtp ? [this.#smtp] : []),
      ...smsProviders(config),
      ...pushProviders(config, database, clock),
    ];
    this.#providers = new Map(
      providers.flatMap((provider) => provider.channels.map((channel) => [channel, provider])),
    );
  }

  readonly jobs = [
    every('send due messages', '5s', () => this.send()),
    every('trim messages', '1h', () => this.trim()),
  ];

  /** Sends what was claimed for this process, with what else comes meanwhile. */
  sendSoon(claimed: Delivery[]): void {
    if (this.#stopped) return;
    this.#claimed.push(...claimed);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#sendClaimed().catch((error) =>
        this.log.warn({ err: error }, 'messages could not be sent; they will be tried again'),
      );
    }, this.config.coalesceMs);
  }

  /** Sends what it has claimed, rather than leaving it to whoever comes after the lease. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#sendClaimed().catch(() => {});
    this.#stopped = true;
    this.#smtp?.close();
  }

  /** Sends all that is due. */
  async send(): Promise<void> {
    await this.#sendClaimed();
    for (;;) {
      const due = await this.store.claim(batch, leaseMs);
      this.#claimed.push(...due);
      await this.#sendClaimed();
      if (due.length < batch) return;
    }
  }

  #sendClaimed(): Promise<void> {
    const turn = this.#sending
      .catch(() => {})
      .then(async () => {
        const claimed = this.#claimed.splice(0);
        const failures: unknown[] = [];
        for (const some of chunks(claimed, atOnce)) {
          if (this.#stopped) return;
          await inBackground(() => this.#sendAll(some)).catch((error) => failures.push(error));
        }
        if (failures.length > 0) throw failures[0];
      });
    this.#sending = turn;
    return turn;
  }

  async #sendAll(claimed: Delivery[]): Promise<void> {
    const contacts = await this.#contacts(claimed).catch(async (error) => {
      // It is not their fault, and costs them no attempt.
      const ids = claimed.map(({ id }) => id);
      await this.store.handBack(ids, new Date(this.clock.now().getTime() + userAwayMs));
      throw error;
    });
    const byProvider = Map.groupBy(claimed, (delivery) => this.#providers.get(delivery.channel));
    const sent: string[] = [];
    for (const [provider, deliveries] of byProvider) {
      sent.push(...(await this.#sendThrough(provider, deliveries, contacts)));
    }
    if (sent.length > 0) await this.store.markSent(sent);
  }

  /** @returns the ids of those that need nothing more */
  async #sendThrough(
    provider: Provider | undefined,
    deliveries: Delivery[],
    contacts: Map<string, Contact>,
  ): Promise<string[]> {
    const messages: Message[] = [];
    const done: Delivery[] = [];
    for (const delivery of deliveries) {
      const contact = contacts.get(delivery.userId ?? '');
      try {
        if (!provider) throw new Error(`nothing sends ${delivery.channel}`);
        if (isWanted(delivery, contact)) messages.push(this.#compose(delivery, contact));
        done.push(delivery);
      } catch (error) {
        await this.#fail(delivery, error);
      }
    }
    try {
      if (messages.length > 0) await provider?.send(messages);
      return done.map(({ id }) => id);
    } catch (error) {
      const [only] = done;
      if (only && done.length === 1) {
        await this.#fail(only, error);
        return [];
      }
      // One that cannot be sent must not keep those back that came along with it.
      const sent: string[] = [];
      for (const delivery of done) sent.push(...(await this.#sendThrough(provider, [delivery], contacts)));
      return sent;
    }
  }

  #compose(delivery: Delivery, contact: Contact | undefined): Message {
    const { id, channel, template, userId } = delivery;
    const recipient = delivery.recipient ?? recipientOf(channel, userId, contact);
    if (!recipient) throw new Error(`no ${channel} address is known`);
    const locale = toLocale(delivery.locale ?? contact?.locale);
    const params = { ...delivery.params, name: delivery.params.name ?? contact?.name ?? '' };
    const rendered = render(template, channel, locale, params, this.config.shopUrl);
    return { id, channel, userId: userId ?? undefined, recipient, locale, template, ...rendered };
  }

  async #fail({ id, channel, template, attempts }: Delivery, cause: unknown): Promise<void> {
    const error = String(cause);
    if (attempts < this.config.maxAttempts) {
      const nextAt = new Date(this.clock.now().getTime() + retryDelayMs(attempts));
      return this.store.postpone(id, error, nextAt);
    }
    await this.database.transaction(async (tx) => {
      if (!(await this.store.giveUp(tx, id, error))) return;
      const facts = {
        deliveryId: id,
        channel: ContractChannel[channel],
        template,
        error: error.slice(0, 500),
      };
      await this.outbox.append(tx, event(NotificationFailedSchema, id, facts));
    });
    this.outbox.wake();
  }

  async #contacts(due: Delivery[]): Promise<Map<string, Contact>> {
    const userIds = [...new Set(due.flatMap(({ userId }) => userId ?? []))];
    if (userIds.length === 0) return new Map();
    const { contacts } = await this.users.batchGetContacts({ userIds });
    return new Map(contacts.map((contact) => [contact.userId, contact]));
  }

  async trim(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.keepDays * 86_400_000);
    while ((await this.store.trim(before, 5000)) > 0);
  }
}

/** @throws ConfigError for an account of which something is missing: a server that starts without it would send nothing */
function smsProviders({ twilioUrl: url, twilioAccountSid, twilioAuthToken, twilioFrom }: NotificationConfig) {
  if (!twilioAccountSid) return [];
  if (!twilioAuthToken || !twilioFrom)
    throw new ConfigError(
      'PASAR_TWILIO_ACCOUNT_SID needs PASAR_TWILIO_AUTH_TOKEN and PASAR_TWILIO_FROM beside it',
    );
  return [
    twilioProvider({ url, accountSid: twilioAccountSid, authToken: twilioAuthToken, from: twilioFrom }),
  ];
}

function pushProviders(config: NotificationConfig, database: Database, clock: Clock) {
  const vapid = vapidOf(config);
  const allowPrivate = config.webhookPrivateAddresses === 'allow';
  const caller = new HttpCaller({ allowPrivate, timeoutMs: pushTimeoutMs });
  return vapid ? [webPushProvider(database, clock, caller, vapid)] : [];
}

/** Most people give no telephone number: then there is no text message. And some want to be told less than others. */
function isWanted({ template, channel, forStaff }: Delivery, contact: Contact | undefined): boolean {
  if (channel === 'SMS' && contact && !contact.phone) return false;
  const preferences = contact?.preferences;
  if (!preferences) return true;
  switch (forStaff ? 'SALES' : templates[template]?.topic) {
    case 'ORDERS':
      return channel === 'EMAIL' ? preferences.orderEmail : preferences.orderPush;
    case 'SALES':
      return preferences.salesEmail;
    case 'MARKETING':
      return preferences.marketingEmail;
    case 'PRICE_DROPS':
      return preferences.priceDropNotice;
    case undefined:
      return true;
  }
}

function recipientOf(
  channel: DeliveryChannel,
  userId: string | null,
  contact: Contact | undefined,
): string | undefined {
  if (channel === 'EMAIL') return contact?.email;
  if (channel === 'SMS') return contact?.phone || undefined;
  return userId ?? undefined;
}

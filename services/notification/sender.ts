import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  Channel as ContractChannel,
  NotificationFailedSchema,
} from '@pasar/contracts/pasar/notification/v1/notification_pb';
import { UserService } from '@pasar/contracts/pasar/user/v1/user_pb';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { event } from '@pasar/platform/events';
import { every } from '@pasar/platform/jobs';
import { Outbox } from '@pasar/platform/outbox';
import { Calls } from '@pasar/platform/service';
import { Log } from '@pasar/platform/telemetry';
import { inAppProvider } from './adapters/in-app.js';
import { mailboxProvider } from './adapters/mailbox.js';
import { NotificationConfig } from './config.js';
import { type Channel, type Locale, type Message, retryDelayMs } from './message.js';
import type { Provider } from './provider.js';
import { render } from './render.js';
import { type Delivery, NotificationStore } from './store.js';

const batch = 500;
const leaseMs = 30_000;

interface Contact {
  name: string;
  email: string;
  phone: string;
  locale: string;
}

/** Sends what is due, soon after it was kept and again after failures. */
@Injectable()
export class Sender {
  readonly #providers: Map<Channel, Provider>;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
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
    const providers = [mailboxProvider(database, clock), inAppProvider(database, clock)];
    this.#providers = new Map(
      providers.flatMap((provider) => provider.channels.map((channel) => [channel, provider])),
    );
  }

  readonly jobs = [
    every('send due messages', '5s', () => this.send()),
    every('trim messages', '1h', () => this.trim()),
  ];

  /** Sends soon: what comes meanwhile goes along. */
  wake(): void {
    if (this.#stopped) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.send().catch((error) =>
        this.log.warn({ err: error }, 'messages could not be sent; they will be tried again'),
      );
    }, this.config.coalesceMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#sending?.catch(() => {});
  }

  /** One at a time: a second call waits for the first and then looks again. */
  async send(): Promise<void> {
    while (this.#sending) await this.#sending.catch(() => {});
    if (this.#stopped) return;
    this.#sending = this.#sendDue().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendDue(): Promise<void> {
    for (;;) {
      const due = await this.store.claim(batch, leaseMs);
      if (due.length === 0 || this.#stopped) return;
      const contacts = await this.#contacts(due);
      const byProvider = Map.groupBy(due, (delivery) => this.#providers.get(delivery.channel));
      for (const [provider, deliveries] of byProvider) {
        await this.#sendThrough(provider, deliveries, contacts);
      }
      if (due.length < batch) return;
    }
  }

  async #sendThrough(provider: Provider | undefined, deliveries: Delivery[], contacts: Map<string, Contact>) {
    const messages: Message[] = [];
    const done: string[] = [];
    for (const delivery of deliveries) {
      const contact = contacts.get(delivery.userId ?? '');
      try {
        if (!provider) throw new Error(`nothing sends ${delivery.channel}`);
        // Most people give no telephone number: then there is no text message, and nothing is wrong.
        if (delivery.channel !== 'SMS' || !contact || contact.phone)
          messages.push(this.#compose(delivery, contact));
        done.push(delivery.id);
      } catch (error) {
        await this.#fail(delivery, error);
      }
    }
    if (done.length === 0 || !provider) return;
    try {
      if (messages.length > 0) await provider.send(messages);
      await this.store.markSent(done);
    } catch (error) {
      const failed = deliveries.filter(({ id }) => done.includes(id));
      if (failed.length === 1) return this.#fail(failed[0] as Delivery, error);
      // One that cannot be sent must not keep those back that came along with it.
      for (const delivery of failed) await this.#sendThrough(provider, [delivery], contacts);
    }
  }

  #compose(delivery: Delivery, contact: Contact | undefined): Message {
    const { id, channel, template, userId } = delivery;
    const recipient = delivery.recipient ?? recipientOf(channel, userId, contact);
    if (!recipient) throw new Error(`no ${channel} address is known`);
    const locale: Locale = (delivery.locale ?? contact?.locale) === 'en' ? 'en' : 'id';
    const params = { ...delivery.params, name: delivery.params.name ?? contact?.name ?? '' };
    const rendered = render(template, channel, locale, params, this.config.shopUrl);
    return { id, channel, userId: userId ?? undefined, recipient, locale, template, ...rendered };
  }

  async #fail(delivery: Delivery, error: unknown): Promise<void> {
    const dead = delivery.attempts >= this.config.maxAttempts;
    const next = dead ? undefined : new Date(this.clock.now().getTime() + retryDelayMs(delivery.attempts));
    const { id, channel, template } = delivery;
    await this.database.transaction(async (tx) => {
      await this.store.markFailed(tx, id, String(error), next);
      if (!dead) return;
      const facts = {
        deliveryId: id,
        channel: ContractChannel[channel],
        template,
        error: String(error).slice(0, 500),
      };
      await this.outbox.append(tx, event(NotificationFailedSchema, id, facts));
    });
    if (dead) this.outbox.wake();
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

function recipientOf(
  channel: Channel,
  userId: string | null,
  contact: Contact | undefined,
): string | undefined {
  if (channel === 'EMAIL') return contact?.email;
  if (channel === 'SMS') return contact?.phone || undefined;
  return userId ?? undefined;
}

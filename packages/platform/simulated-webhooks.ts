import type { Clock } from './clock.js';
import type { Log } from './telemetry.js';
import { signWebhook } from './webhook-signature.js';

/** A webhook of a simulated provider that is due. */
export interface DueWebhook {
  id: bigint;
  eventId: string;
  body: string;
  /** With this one. */
  tries: number;
}

/** Where a simulated provider keeps its webhooks, and where they go. */
export interface Outgoing<Row extends DueWebhook> {
  /** Of whom, in the log. */
  readonly sender: string;
  readonly secret: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Takes up to `limit` that are due and were tried less than `maxTries` times, in the order in which they are sent. */
  claim(now: Date, leasedUntil: Date, limit: number, maxTries: number): Promise<Row[]>;
  urlOf(row: Row): URL;
  taken(row: Row, at: Date): Promise<unknown>;
  postpone(row: Row, dueAt: Date): Promise<unknown>;
}

const batch = 50;
const timeoutMs = 5_000;
/** With the growing pauses between them, about two days. */
const maxTries = 60;

/** Sends webhooks as providers outside do: to the gateway, again and again until they are taken. */
export class SimulatedWebhookSender<Row extends DueWebhook> {
  readonly #timers = new Set<NodeJS.Timeout>();
  #sending: Promise<number> | undefined;
  #stopped = false;

  constructor(private readonly outgoing: Outgoing<Row>) {}

  /** Sends what is due. @returns how many were tried */
  async send(): Promise<number> {
    // Who comes while others are being sent waits for those, and then sends what has come to be due since.
    while (this.#sending) await this.#sending;
    if (this.#stopped) return 0;
    this.#sending = this.#sendDue().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  sendIn(delayMs: number): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const { log, sender } = this.outgoing;
      this.send().catch((error: unknown) => log.warn({ err: error, sender }, 'webhooks were not sent'));
    }, delayMs);
    this.#timers.add(timer);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#sending?.catch(() => {});
  }

  async #sendDue(): Promise<number> {
    const now = this.outgoing.clock.now();
    const leasedUntil = new Date(now.getTime() + 4 * timeoutMs);
    const rows = await this.outgoing.claim(now, leasedUntil, batch, maxTries);
    for (const row of rows) await this.#deliver(row);
    return rows.length;
  }

  async #deliver(row: Row): Promise<void> {
    const { sender, secret, clock, log } = this.outgoing;
    const { eventId, body, tries } = row;
    const now = clock.now();
    try {
      const response = await fetch(this.outgoing.urlOf(row), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signWebhook(secret, eventId, now, body) },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
      await this.outgoing.taken(row, now);
    } catch (error) {
      log.warn({ sender, event: eventId, tries, err: error }, 'a webhook was not taken');
      await this.outgoing.postpone(
        row,
        new Date(now.getTime() + Math.min(1_000 * 2 ** Math.min(tries, 20), 3_600_000)),
      );
    }
  }
}

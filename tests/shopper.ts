import { setTimeout as delay } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { Browser, Reply } from './browser.js';
import type { Query } from './query.js';

interface Answered {
  order: object;
  reply: Reply;
}

/** Otherwise nobody knows whether anything was done, and the same key is sent again. */
const isDefinite = ({ status, body }: Reply) => status < 500 && body.code !== 'idempotency.in_progress';

/** Where much is going on a bank may be too slow; the same key is sent until there is a definite answer. */
export async function insist(browser: Browser, order: object, key = crypto.randomUUID()): Promise<Reply> {
  const reply = await browser.order(order, key);
  return isDefinite(reply) ? reply : insist(browser, order, key);
}

/** A refusal also names its request, which is another one each time. */
const essenceOf = ({ status, text, body }: Reply) => (status === 201 ? text : `${status} ${body.code}`);

/** Buys one thing after another, each with a key of its own, and sends a key until it has a definite answer. */
export class Shopper {
  readonly answers = new Map<string, Answered>();
  /** Requests that had no definite answer. */
  retries = 0;
  #leaving = false;
  #shopping: Promise<void> = Promise.resolve();

  /** @param urls of the servers, tried in turn */
  constructor(
    readonly browser: Browser,
    private readonly nextOrder: () => object,
    private readonly urls: string[] = [browser.url],
  ) {}

  enter(): void {
    this.#leaving = false;
    this.#shopping = this.#shop();
    // Told to whoever waits for it to leave.
    this.#shopping.catch(() => {});
  }

  /** Resolves when its last key has an answer. */
  async leave(): Promise<void> {
    this.#leaving = true;
    await this.#shopping;
  }

  async #shop() {
    while (!this.#leaving) {
      const [key, order] = [crypto.randomUUID(), this.nextOrder()];
      this.answers.set(key, { order, reply: await this.#insist(order, key) });
    }
  }

  async #insist(order: object, key: string): Promise<Reply> {
    const began = Date.now();
    for (let turn = this.answers.size; ; turn++) {
      const reply = await this.ask(order, key, turn).catch(() => undefined);
      if (reply && isDefinite(reply)) return reply;
      if (Date.now() - began > 120_000)
        throw new Error(`no answer for two minutes, at last ${reply?.status} ${reply?.text}`);
      this.retries++;
      await delay(200);
    }
  }

  ask(order: object, key: string, turn = 0): Promise<Reply> {
    return this.browser.at(this.urls[turn % this.urls.length] as string).order(order, key);
  }
}

/** Waits until so many more orders have an answer: everything is in full swing. */
export async function untilAnswered(shoppers: Shopper[], more: number): Promise<void> {
  const count = () => shoppers.reduce((sum, { answers }) => sum + answers.size, 0);
  const enough = count() + more;
  await vi.waitFor(() => expect(count()).toBeGreaterThanOrEqual(enough), { interval: 5 });
}

/** Every key that was accepted is one checkout, there is none besides, and asked again each key says the same. */
export async function checkAnswers(query: Query, shoppers: Shopper[]): Promise<void> {
  const check = async (shopper: Shopper) => {
    const answers = [...shopper.answers];
    for (const [key, { order, reply }] of answers) {
      // 402 and 409: a card is not kept, so a checkout that lost its server between two banks' words is given up.
      expect([201, 402, 409], reply.text).toContain(reply.status);
      expect(essenceOf(await shopper.ask(order, key))).toBe(essenceOf(reply));
    }
    const accepted = answers.filter(([, { reply }]) => reply.status === 201);
    const standing = await query<{ id: string; key: string }>(
      'order',
      `select id, idempotency_key as key from checkout
       where customer_id = '${shopper.browser.user?.id}' and status <> 'CANCELLED' order by idempotency_key`,
    );
    const expected = accepted.map(([key, { reply }]) => ({ id: reply.body.checkoutId, key }));
    expect(standing).toEqual(expected.sort((a, b) => (a.key < b.key ? -1 : 1)));
  };
  await Promise.all(shoppers.map(check));
}

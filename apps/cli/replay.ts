import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, Api, newKey } from './api.js';
import { type Basket, readBaskets } from './baskets.js';

export interface ReplayOptions {
  file: string;
  url: string;
  /** Baskets per second. */
  rate: number;
  limit: number;
  /** Accounts that the baskets' customers are spread over. */
  customers: number;
  method: string;
  /** Sends every order twice at once with the same key, as an impatient buyer does. */
  twice: boolean;
}

interface Variant {
  id: string;
  available: number;
}

interface Checkout {
  checkoutId: string;
}

export interface ReplayReport {
  placed: number;
  /** Problem codes and how often they came. */
  refused: Record<string, number>;
  /** Answers of a pair that differed: must be none. */
  differing: number;
  milliseconds: number[];
  seconds: number;
}

const address = {
  recipient: 'Replay',
  phone: '+62 812 0000 0000',
  line1: 'Jl. Pasar Baru 1',
  city: 'Jakarta Pusat',
  province: 'DKI Jakarta',
  postalCode: '10710',
  country: 'ID',
};

/**
 * Places real baskets as orders, at the chosen rate. Articles of the file stand for variants of the running shop: the
 * same article is always the same variant, so what was popular is popular here.
 */
export async function replay(options: ReplayOptions, say: (line: string) => void): Promise<ReplayReport> {
  const api = new Api(options.url);
  const variants = await listVariants(api);
  if (variants.length === 0) throw new Error('The shop has nothing to sell. Import some products first.');
  say(`${variants.length} variants to sell; signing ${options.customers} customers in`);
  const customers = await signIn(api, options.customers);
  const byArticle = new Map<string, string>();
  const variantOf = (code: string) => {
    const known = byArticle.get(code) ?? (variants[byArticle.size % variants.length] as Variant).id;
    byArticle.set(code, known);
    return known;
  };

  const report: ReplayReport = { placed: 0, refused: {}, differing: 0, milliseconds: [], seconds: 0 };
  const started = performance.now();
  const inFlight = new Set<Promise<void>>();
  let sent = 0;
  for await (const basket of readBaskets(options.file)) {
    if (sent >= options.limit) break;
    const due = started + (sent / options.rate) * 1000;
    await delay(Math.max(0, due - performance.now()));
    const customer = customers[hash(basket.customer) % customers.length] as Api;
    const work: Promise<void> = place(customer, basket, variantOf, options, report).finally(() =>
      inFlight.delete(work),
    );
    inFlight.add(work);
    sent++;
    if (sent % 100 === 0) say(`${sent} baskets sent, ${report.placed} placed`);
  }
  await Promise.all(inFlight);
  report.seconds = (performance.now() - started) / 1000;
  return report;
}

async function place(
  customer: Api,
  basket: Basket,
  variantOf: (code: string) => string,
  { method, twice }: ReplayOptions,
  report: ReplayReport,
): Promise<void> {
  const quantities = new Map<string, number>();
  // Wholesale quantities would empty a demo shop with the first basket.
  for (const { code, quantity } of basket.lines.slice(0, 20))
    quantities.set(variantOf(code), Math.min(quantity, 2));
  const order = {
    items: [...quantities].map(([variantId, quantity]) => ({ variantId, quantity })),
    shippingAddress: address,
    payment: { method, ...(method === 'CARD' && { cardToken: 'tok_success' }) },
  };
  const headers = { 'idempotency-key': newKey() };
  const send = () => customer.post<Checkout>('/api/v1/orders', order, headers);
  try {
    const answers = await Promise.all(twice ? [send(), send()] : [send()]);
    // Either of a pair may be told that the other is in the works: that says nothing about the order.
    const told = answers.filter(({ code }) => code !== 'idempotency.in_progress');
    const answer = told.find(({ status }) => status === 201) ?? told[0] ?? (answers[0] as Answer<Checkout>);
    report.milliseconds.push(answer.milliseconds);
    if (answer.status === 201) report.placed++;
    else report.refused[answer.code] = (report.refused[answer.code] ?? 0) + 1;
    const isSame = ({ code, body }: Answer<Checkout>) =>
      code === answer.code && body.checkoutId === answer.body.checkoutId;
    if (!told.every(isSame)) report.differing++;
  } catch (error) {
    const code = (error as Error).name;
    report.refused[code] = (report.refused[code] ?? 0) + 1;
  }
}

async function listVariants(api: Api): Promise<Variant[]> {
  const variants: Variant[] = [];
  let token = '';
  do {
    const { status, body } = await api.get<{
      products: { variants: { id: string; available: number }[] }[];
      nextPageToken: string;
    }>(`/api/v1/products?pageSize=100&pageToken=${encodeURIComponent(token)}`);
    if (status !== 200) throw new Error(`The products could not be listed (${status}).`);
    variants.push(...body.products.flatMap((product) => product.variants));
    token = body.nextPageToken;
  } while (token && variants.length < 5_000);
  return variants.filter(({ available }) => available > 0);
}

/** Accounts are made at the first replay and used again at the next. */
async function signIn(api: Api, count: number): Promise<Api[]> {
  const customers: Api[] = [];
  for (let index = 0; index < count; index++) {
    const account = {
      email: `replay-${index}@pasar.test`,
      password: 'Keranjang-lama-7QX',
      name: `Replay ${index}`,
    };
    for (;;) {
      const registered = await api.post<{ accessToken: string }>('/api/v1/auth/register', account);
      if (registered.status === 201) {
        customers.push(api.as(registered.body.accessToken));
        break;
      }
      if (registered.code === 'auth.email_taken') {
        customers.push(await api.login(account.email, account.password));
        break;
      }
      if (registered.status !== 429)
        throw new Error(`A customer could not be registered: ${registered.code}`);
      await delay(registered.retryAfterMs || 1000);
    }
  }
  return customers;
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return value;
}

export function printReport(report: ReplayReport, say: (line: string) => void): void {
  const sorted = report.milliseconds.toSorted((a, b) => a - b);
  const percentile = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  say(
    `\n${report.placed} orders placed in ${report.seconds.toFixed(1)} s (${(report.placed / report.seconds).toFixed(1)}/s)`,
  );
  say(`answer time p50 ${percentile(0.5)} ms, p95 ${percentile(0.95)} ms, p99 ${percentile(0.99)} ms`);
  for (const [code, count] of Object.entries(report.refused)) say(`  ${String(count).padStart(6)}  ${code}`);
  if (report.differing > 0) say(`  ${report.differing} pairs with one key were answered differently`);
}

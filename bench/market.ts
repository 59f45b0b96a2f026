import { randomUUID } from 'node:crypto';
import { Client, failureOf, pick, type Shot, type Work } from './load.js';

interface Product {
  id: string;
  slug: string;
  sellerId: string;
  variants: { id: string }[];
}

interface Customer {
  token: string;
  email: string;
  /** What this one puts into the cart, again and again, so that carts stay as small as carts are. */
  favourites: Product[];
}

interface Checkout {
  status: string;
  orders: { lines: unknown[] }[];
}

/** Something that is measured. */
export interface Scenario {
  name: string;
  work: Work;
  /** It leaves something to do for consumers. */
  writes: boolean;
  /** What it can be compared with. */
  limit?: 'detail' | 'list' | 'checkout';
  /** Measured by itself, others' requests per second with the same number of connections. */
  peers?: { vendure: number; medusa: number };
}

const sellers = Array.from({ length: 30 }, (_, index) => `seller${index === 0 ? '' : index + 1}@pasar.test`);
/** Who only look around, and who buy: a cart that something was left in would be bought with the rest. */
const visitorCount = 64;
const buyerCount = 416;
const password = 'a-quiet-Harbour-7';
const plenty = '1000000000';
const earlierOrders = 3_000;
const favourites = 3;

const address = {
  recipient: 'Sari Pelanggan',
  phone: '+62 812 3456 7890',
  line1: 'Jl. Merdeka 1',
  city: 'Bandung',
  province: 'Jawa Barat',
  postalCode: '40111',
  country: 'ID',
};
const payment = { method: 'CARD', cardToken: 'tok_success' };

/** The demo market with stock that does not run out, and customers who are signed in. */
export class Market {
  /** Checkouts that were answered as confirmed. */
  confirmed = 0;
  readonly #turns = new Map<Customer[], number>();

  private constructor(
    readonly products: Product[],
    private readonly visitors: Customer[],
    private readonly buyers: Customer[],
  ) {}

  /**
   * Opens the market, and does the trade of its first days: an empty one behaves in another way, because PostgreSQL
   * plans for what it has seen.
   */
  static async open(client: Client): Promise<Market> {
    const products: Product[] = [];
    await client.each(sellers, async (email, connection) => {
      products.push(...(await fillUp(client, connection, email)));
    });
    const customers: Customer[] = [];
    await client.each(Array.from({ length: visitorCount + buyerCount }), async (_, connection) => {
      customers.push(await register(client, connection, products));
    });
    const market = new Market(products, customers.slice(0, visitorCount), customers.slice(visitorCount));
    await client.each(Array.from({ length: earlierOrders }), async (_, connection) => {
      const failure = await market.#order(client, connection, 1);
      if (failure) throw new Error(`an order was not placed: ${failure}`);
    });
    return market;
  }

  get paths(): Record<'detail' | 'list', string> {
    return { detail: `/api/v1/products/${this.products[0]?.slug}`, list: '/api/v1/products?pageSize=20' };
  }

  scenarios(): Scenario[] {
    const { paths } = this;
    const get =
      (path: () => string, signedIn = false): Work =>
      async (client, connection) => {
        const headers = signedIn ? asCustomer(this.#next(this.visitors)) : undefined;
        return failureOf(await client.send({ method: 'GET', path: path(), headers }, connection), 200);
      };
    const anyDetail = () => `/api/v1/products/${pick(this.products).slug}`;
    const search = () => `/api/v1/products?pageSize=20&query=${pick(words)}`;
    return [
      { name: 'product detail', work: get(() => paths.detail), writes: false, limit: 'detail' },
      {
        name: 'product detail, not cached',
        work: get(anyDetail, true),
        writes: false,
        limit: 'detail',
        peers: { vendure: 178, medusa: 59 },
      },
      { name: 'list of 20', work: get(() => paths.list), writes: false, limit: 'list' },
      {
        name: 'list of 20, not cached',
        work: get(() => paths.list, true),
        writes: false,
        limit: 'list',
        peers: { vendure: 28, medusa: 34 },
      },
      {
        name: 'text search, not cached',
        work: get(search, true),
        writes: false,
        peers: { vendure: 30, medusa: 29 },
      },
      { name: 'cart add', work: (client, connection) => this.#addToCart(client, connection), writes: true },
      { name: 'login', work: (client, connection) => this.#logIn(client, connection), writes: true },
      {
        name: 'place order',
        work: (client, connection) => this.#order(client, connection, 1),
        writes: true,
        limit: 'checkout',
      },
      {
        name: 'place order, two sellers',
        work: (client, connection) => this.#order(client, connection, 2),
        writes: true,
      },
      {
        name: 'whole flow',
        work: (client, connection) => this.#shop(client, connection),
        writes: true,
        peers: { vendure: 8.7, medusa: 1.1 },
      },
    ];
  }

  async #addToCart(client: Client, connection: number): Promise<string | undefined> {
    const customer = this.#next(this.visitors);
    const { variants } = pick(customer.favourites);
    return failureOf(await client.send(cartAdd(customer, variants), connection), 200);
  }

  async #logIn(client: Client, connection: number): Promise<string | undefined> {
    const { email } = this.#next(this.visitors);
    const body = { email, password };
    return failureOf(
      await client.send({ method: 'POST', path: '/api/v1/auth/login', body }, connection),
      200,
    );
  }

  /** One line of each of so many sellers. */
  async #order(client: Client, connection: number, sellerCount: number): Promise<string | undefined> {
    const items = this.#ofDifferentSellers(sellerCount).map(({ variants }) => ({
      variantId: pick(variants).id,
      quantity: 1,
    }));
    return this.#placeOrder(client, connection, this.#next(this.buyers), sellerCount, { items });
  }

  /** As a person does: looks at a list, at a product, puts two into the cart, and buys what is in the cart. */
  async #shop(client: Client, connection: number): Promise<string | undefined> {
    const customer = this.#next(this.buyers);
    const list = await client.send({ method: 'GET', path: this.paths.list }, connection);
    const [first, second] = this.#ofDifferentSellers(2) as [Product, Product];
    const detail = await client.send({ method: 'GET', path: `/api/v1/products/${first.slug}` }, connection);
    const added = await client.send(cartAdd(customer, first.variants), connection);
    const addedToo = await client.send(cartAdd(customer, second.variants), connection);
    const failure = [list, detail, added, addedToo].map((answer) => failureOf(answer, 200)).find(Boolean);
    return failure ?? this.#placeOrder(client, connection, customer, 2, {});
  }

  /** @param sellerCount of whom one line each is bought */
  async #placeOrder(
    client: Client,
    connection: number,
    customer: Customer,
    sellerCount: number,
    what: { items?: { variantId: string; quantity: number }[] },
  ): Promise<string | undefined> {
    const headers = { ...asCustomer(customer), 'Idempotency-Key': randomUUID() };
    const body = { ...what, shippingAddress: address, payment };
    const answer = await client.send({ method: 'POST', path: '/api/v1/orders', headers, body }, connection);
    const failure = failureOf(answer, 201);
    if (failure) return failure;
    const { status, orders } = JSON.parse(answer.body.toString()) as Checkout;
    if (status !== 'CONFIRMED') return `201 ${status}`;
    this.confirmed++;
    // A cart that still holds what was bought before would make a larger order than was meant.
    const lines = orders.reduce((count, order) => count + order.lines.length, 0);
    return lines === sellerCount ? undefined : `201 with ${lines} lines`;
  }

  #ofDifferentSellers(count: number): Product[] {
    const chosen = new Map<string, Product>();
    while (chosen.size < count) {
      const product = pick(this.products);
      chosen.set(product.sellerId, product);
    }
    return [...chosen.values()];
  }

  /** Whoever was here longest ago: so many others come between that nobody shops on two connections at once. */
  #next(customers: Customer[]): Customer {
    const turn = (this.#turns.get(customers) ?? 0) + 1;
    this.#turns.set(customers, turn);
    return customers[turn % customers.length] as Customer;
  }
}

/** Words of the demo catalogue, common and rare. */
const words = [
  'kopi',
  'batik',
  'kayu',
  'tas',
  'sepatu',
  'sambal',
  'rotan',
  'teh',
  'gelas',
  'kaos',
  'madu',
  'lampu',
];

async function fillUp(client: Client, connection: number, email: string): Promise<Product[]> {
  const login: Shot = { method: 'POST', path: '/api/v1/auth/login', body: { email, password: 'pasar-demo' } };
  const { accessToken } = await client.json<{ accessToken: string }>(login, connection);
  const headers = { Authorization: `Bearer ${accessToken}` };
  const own: Product[] = [];
  let token = '';
  do {
    const path = `/api/v1/sellers/me/products?pageSize=100&pageToken=${encodeURIComponent(token)}`;
    const page = await client.json<{ products: (Product & { status: string })[]; nextPageToken: string }>(
      { method: 'GET', path, headers },
      connection,
    );
    own.push(...page.products.filter(({ status }) => status === 'PUBLISHED'));
    token = page.nextPageToken;
  } while (token);
  for (const { id } of own.flatMap(({ variants }) => variants)) {
    const body = { onHand: plenty };
    await client.json({ method: 'PUT', path: `/api/v1/inventory/${id}`, headers, body }, connection);
  }
  return own;
}

async function register(client: Client, connection: number, products: Product[]): Promise<Customer> {
  const email = `bench-${randomUUID()}@example.test`;
  const body = { email, password, name: 'Sari Pelanggan' };
  const shot: Shot = { method: 'POST', path: '/api/v1/auth/register', body };
  const { accessToken: token } = await client.json<{ accessToken: string }>(shot, connection);
  return { token, email, favourites: Array.from({ length: favourites }, () => pick(products)) };
}

function asCustomer({ token }: Customer): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

function cartAdd(customer: Customer, variants: Product['variants']): Shot {
  const body = { variantId: pick(variants).id, quantity: 1 };
  return { method: 'POST', path: '/api/v1/cart/items', headers: asCustomer(customer), body };
}

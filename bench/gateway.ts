import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { create, type DescMethod, type DescService, type Message } from '@bufbuild/protobuf';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { CheckoutSchema, OrderService } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ListProductsResponseSchema, ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { createGateway } from '@pasar/gateway/gateway';
import { Health } from '@pasar/platform/health';
import { createLog, Metrics } from '@pasar/platform/telemetry';
import fastify from 'fastify';

export interface GatewayLoad {
  connections: number;
  requestsPerSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Of the server, per request. */
  cpuMicroseconds: number;
}

export interface GatewayBench {
  /** Of the list of 20 products that is asked for. */
  answerBytes: number;
  /** A Fastify route that returns the same bytes, the limit of what can be. */
  bare: GatewayLoad[];
  cached: GatewayLoad[];
  /** Requests per second of the cache over those of the bare route, by number of connections. */
  ratio: number[];
  /** A Fastify route that parses the same body and stringifies the same answer. */
  barePost: GatewayLoad[];
  /** POST /api/v1/orders with a service that answers at once: what the gateway itself costs. */
  transcodedPost: GatewayLoad[];
}

const connectionCounts = [1, 16];
const run = promisify(execFile);
const autocannon = createRequire(import.meta.url).resolve('autocannon');

/** Measures the gateway beside bare Fastify in this process, with the load generator in another. */
export async function benchGateway(seconds = 4): Promise<GatewayBench> {
  const gateway = await createGateway({
    settings: { port: 0, rateLimitPerMinute: 1_000_000_000 },
    version: '0.0.0',
    services: [ProductService, OrderService, InventoryService] as DescService[],
    calls: { call: answerAtOnce, stream: () => Promise.reject(new Error('nothing is streamed here')) },
    tokens: {
      verify: (token) => ({
        id: 'u1',
        email: 'a@pasar.test',
        roles: [Role.CUSTOMER],
        sessionId: 's1',
        token,
      }),
    },
    log: createLog({ level: 'info', service: 'gateway' }),
    metrics: new Metrics(),
    health: new Health(),
  });
  const url = await gateway.listen();
  const list = await (await fetch(`${url}/api/v1/products?pageSize=20`)).text();
  const placed = await (await post(`${url}/api/v1/orders`)).text();

  const bare = fastify();
  bare.get('/list', (_request, reply) => reply.type('application/json').send(list));
  const answer = JSON.parse(placed) as object;
  bare.post('/orders', async () => answer);
  const bareUrl = await bare.listen({ host: '127.0.0.1', port: 0 });
  try {
    const result: GatewayBench = {
      answerBytes: Buffer.byteLength(list),
      bare: [],
      cached: [],
      ratio: [],
      barePost: [],
      transcodedPost: [],
    };
    for (const connections of connectionCounts) {
      const measure = async (address: string, body?: string) => {
        await load({ address, connections, seconds: 1, body });
        return load({ address, connections, seconds, body });
      };
      const limit = await measure(`${bareUrl}/list`);
      const cached = await measure(`${url}/api/v1/products?pageSize=20`);
      result.bare.push(limit);
      result.cached.push(cached);
      result.ratio.push(cached.requestsPerSecond / limit.requestsPerSecond);
      result.barePost.push(await measure(`${bareUrl}/orders`, order));
      result.transcodedPost.push(await measure(`${url}/api/v1/orders`, order));
    }
    return result;
  } finally {
    await bare.close();
    await gateway.close();
  }
}

const price = { amount: 5_350_000n, currency: 'IDR' };
const id = (n: number) => `0199a7b2-0000-7000-8000-${String(n).padStart(12, '0')}`;

const products = create(ListProductsResponseSchema, {
  products: Array.from({ length: 20 }, (_, n) => ({
    id: id(n),
    slug: `kemeja-batik-parang-${n}`,
    title: `Kemeja Batik Parang ${n}`,
    sellerId: id(900),
    category: 'fashion-pria',
    status: 2,
    variants: [
      { id: id(100 + n), sku: `KBP-${n}`, title: 'Merah / L', price, available: 12, weightGrams: 350 },
    ],
    media: [{ url: `/images/products/${n}.svg`, alt: 'Kemeja batik', kind: 1 }],
    price,
    version: 3n,
    createdAt: { seconds: 1_763_712_000n },
    updatedAt: { seconds: 1_763_712_000n },
  })),
});

const checkout = create(CheckoutSchema, {
  checkoutId: id(1),
  status: 3,
  total: price,
  orders: [1, 2].map((n) => ({
    id: id(n),
    number: `PSR-${n}`,
    sellerId: id(900 + n),
    status: 3,
    total: price,
    lines: [{ variantId: id(n), title: 'Kemeja', quantity: 1, unitPrice: price, total: price }],
  })),
  payment: { id: id(7), status: 4, method: 1, amount: price },
});

async function answerAtOnce(method: DescMethod): Promise<{ message: Message; header: Headers }> {
  return { message: method.name === 'PlaceOrder' ? checkout : products, header: new Headers() };
}

const order = JSON.stringify({
  items: [
    { variantId: id(100), quantity: 1 },
    { variantId: id(101), quantity: 2 },
  ],
  shippingAddress: {
    recipient: 'Sari Dewi',
    phone: '+62 812 0000 0000',
    line1: 'Jl. Malioboro 1',
    city: 'Yogyakarta',
    province: 'DI Yogyakarta',
    postalCode: '55213',
    country: 'ID',
  },
  payment: { method: 'CARD', cardToken: 'tok_success' },
});

const postHeaders = { 'content-type': 'application/json', authorization: 'Bearer t', 'idempotency-key': 'k' };

const headerArguments = Object.entries(postHeaders).flatMap(([name, value]) => ['-H', `${name}=${value}`]);

function post(url: string): Promise<Response> {
  return fetch(url, { method: 'POST', body: order, headers: postHeaders });
}

interface Load {
  address: string;
  connections: number;
  seconds: number;
  body: string | undefined;
}

async function load({ address, connections, seconds, body }: Load): Promise<GatewayLoad> {
  const sent = body === undefined ? [] : ['-m', 'POST', '-b', body, ...headerArguments];
  const args = ['-j', '-n', '-c', String(connections), '-d', String(seconds), ...sent, address];
  const before = process.cpuUsage();
  const { stdout } = await run(process.execPath, [autocannon, ...args], { maxBuffer: 1 << 24 });
  const { user, system } = process.cpuUsage(before);
  const { requests, latency, non2xx, errors } = JSON.parse(stdout) as AutocannonResult;
  if (non2xx + errors > 0) throw new Error(`${address}: ${non2xx} bad answers, ${errors} errors`);
  return {
    connections,
    requestsPerSecond: Math.round(requests.average),
    p50: latency.p50,
    p99: latency.p99,
    cpuMicroseconds: Math.round((user + system) / requests.total),
  };
}

interface AutocannonResult {
  requests: { average: number; total: number };
  latency: { p50: number; p99: number };
  non2xx: number;
  errors: number;
}

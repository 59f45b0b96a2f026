import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Client } from '@connectrpc/connect';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { OrderCancelledSchema, OrderConfirmedSchema } from '@pasar/contracts/pasar/order/v1/order_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import {
  CarrierSimulatorService,
  type Shipment,
  type ShippingOptionSchema,
  ShippingService,
} from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { TestClock } from '@pasar/platform/clock';
import { DomainError, fromRpcError, httpStatus } from '@pasar/platform/errors';
import { event } from '@pasar/platform/events';
import { asUser } from '@pasar/platform/testing/network';
import { fake, startTestService, type TestService } from '@pasar/platform/testing/service';
import { SimulatedDepot } from './adapters/simulated-depot.js';
import { SimulatorWebhooks } from './adapters/simulator-webhooks.js';
import { CarrierCalls } from './carrier-calls.js';
import type { Address } from './shipment.js';
import { shippingService } from './shipping.module.js';

export interface TestOrder {
  orderId: string;
  number: string;
  customerId: string;
  sellerId: string;
  destination: Address;
  option: MessageInitShape<typeof ShippingOptionSchema>;
  contents: { title: string; quantity: number }[];
  collect?: { amount: bigint; currency: string };
}

export interface TestShipping extends TestService {
  clock: TestClock;
  shipping: Client<typeof ShippingService>;
  simulator: Client<typeof CarrierSimulatorService>;
  depot: SimulatedDepot;
  /** Statuses that the gateway gave to carriers. */
  answered: number[];
  /** An order of so many grammes. */
  order(bend?: { grams?: number; service?: string; sellerId?: string; customerId?: string }): TestOrder;
  confirm(order: TestOrder): Promise<void>;
  cancel(order: TestOrder): Promise<void>;
  /** Tells carriers what there is to tell, and sends what they have to say. */
  settle(): Promise<void>;
  /** The shipment of an order, as staff sees it. */
  see(order: TestOrder): Promise<Shipment>;
  /** Waits until its labels can be printed. */
  booked(order: TestOrder): Promise<Shipment>;
}

export const staff = () => asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });
export const buyerOf = ({ customerId }: TestOrder) => asUser({ id: customerId });
export const sellerOf = ({ sellerId }: TestOrder) =>
  asUser({ id: crypto.randomUUID(), roles: [Role.SELLER], sellerId });

export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/** The shipping service, its carriers and a gateway between them, on a clock that the test moves. */
export async function startShipping(environment: Record<string, string> = {}): Promise<TestShipping> {
  const clock = new TestClock();
  const answered: number[] = [];
  let kit: TestService;
  const gateway = await startGateway(() => kit, answered);
  kit = await startTestService(shippingService, {
    clock,
    environment: {
      PASAR_PUBLIC_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
      // A day is six seconds of the test's clock.
      PASAR_CARRIER_PACE: '14400',
      PASAR_CARRIER_FAILED_ATTEMPT_RATE: '0',
      ...environment,
    },
    fakes: [
      fake(SellerService, {
        batchGetSellers: ({ ids }) => ({
          sellers: ids.map((id) => ({ id, name: 'Kopi Dewi', city: 'Bandung', province: 'Jawa Barat' })),
        }),
      }),
    ],
  });
  const shipping = kit.client(ShippingService);
  const depot = kit.service.get(SimulatedDepot);
  const see = (order: TestOrder) => shipping.getOrderShipment({ orderId: order.orderId }, staff());
  const settle = async () => {
    await kit.service.get(CarrierCalls).run();
    await kit.service.get(SimulatorWebhooks).send();
  };
  return {
    ...kit,
    ...{ clock, shipping, depot, answered, see, settle },
    simulator: kit.client(CarrierSimulatorService),
    order: ({ grams = 1500, service = 'regular', sellerId = clock.id(), customerId = clock.id() } = {}) => ({
      ...{ orderId: clock.id(), number: 'PSR-7Q2M4X9KD1ZT', customerId, sellerId },
      destination: {
        recipient: 'Sari Pelanggan',
        phone: '+62 812 3456 7890',
        line1: 'Jl. Merdeka 1',
        line2: '',
        city: 'Garut',
        province: 'Jawa Barat',
        postalCode: '44111',
        country: 'ID',
      },
      option: {
        ...{ service, carrier: 'Santai Logistik', minDays: 1, maxDays: 3 },
        cost: { amount: 1_000_000n, currency: 'IDR' },
        chargedWeightGrams: BigInt(grams),
      },
      contents: [{ title: 'Kopi Gayo 250 g', quantity: 2 }],
    }),
    confirm: (order) =>
      kit.publish(event(OrderConfirmedSchema, order.orderId, { order: factsOf(order), shipment: order })),
    cancel: (order) =>
      kit.publish(event(OrderCancelledSchema, order.orderId, { order: factsOf(order), wasConfirmed: true })),
    async booked(order) {
      for (let tries = 0; ; tries++) {
        const seen = await see(order).catch(() => undefined);
        if (seen?.parcels.every(({ trackingNumber }) => trackingNumber)) return seen;
        if (tries === 400) throw new Error('the shipment was never booked');
        await new Promise((resume) => setTimeout(resume, 25));
      }
    },
    async close() {
      await kit.close();
      gateway.close();
    },
  };
}

function factsOf({ orderId, customerId, sellerId, number }: TestOrder) {
  return { orderId, customerId, sellerId, number };
}

/** As the real one: the body untouched, the headers of webhooks passed on. */
async function startGateway(kit: () => TestService, answered: number[]): Promise<Server> {
  const gateway = createServer(async (request, response) => {
    const data = await buffer(request);
    const carrier = /^\/api\/v1\/shipping\/webhooks\/([a-z-]+)$/.exec(request.url ?? '')?.[1] ?? '';
    const headers = Object.entries(request.headers).filter(([name]) => name.startsWith('webhook-'));
    try {
      const payload = { contentType: 'application/json', data };
      await kit()
        .client(ShippingService)
        .receiveWebhook({ carrier, payload }, { headers: headers as [string, string][] });
      response.statusCode = 204;
    } catch (error) {
      response.statusCode = httpStatus(fromRpcError(error).kind);
    }
    answered.push(response.statusCode);
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => gateway.once('listening', resolve));
  return gateway;
}

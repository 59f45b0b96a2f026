import { getOption, hasOption } from '@bufbuild/protobuf';
import { http } from '@pasar/contracts/google/api/annotations_pb';
import type { Pasar } from '@pasar/server/pasar';
import { services } from '@pasar/server/topology';
import { expect, vi } from 'vitest';
import { Browser, type Reply } from './browser.js';
import type { World } from './world.js';

const all = services
  .flatMap(({ serves }) => serves.flatMap(([contract]) => contract.methods))
  .filter((method) => hasOption(method, http))
  .map((method) => {
    const { pattern } = getOption(method, http);
    const path = String(pattern.value);
    return {
      name: `${method.parent.name}.${method.name}`,
      verb: String(pattern.case).toUpperCase(),
      isExact: !path.includes('{'),
      path: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/:]+')}$`),
    };
  });

/** Used in every other spec by `Browser` and `World`, or in those that have more to say of them. */
const elsewhere = new Set([
  ...['AuthService.Register', 'InventoryService.SetStock', 'CartService.AddItem', 'MediaService.UploadMedia'],
  ...['OrderService.PlaceOrder', 'ReviewService.CreateReview'],
  ...['QuestionService.AskQuestion', 'QuestionService.AnswerQuestion'],
  // market.spec, vouchers.spec, media.spec
  ...['ProductService.CreateOffer', 'OrderService.QuoteCheckout', 'MediaService.AppendUpload'],
  'CarrierSimulatorService.AdvanceSimulatedParcel',
  // Providers and carriers call them.
  ...['PaymentService.ReceiveWebhook', 'ShippingService.ReceiveWebhook'],
  // They need another provider to sign in with, or an app that was let in: specs of auth, and the browser.
  ...['AuthService.BeginOutsideSignIn', 'AuthService.FinishOutsideSignIn', 'AuthService.BeginLink'],
  ...['AuthService.FinishLink', 'AuthService.Unlink', 'OAuthService.RevokeGrant'],
]);

export const wait = { timeout: 20_000, interval: 100 };
type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Routes as they are meant to be used; what is refused, and to whom, is for other specs. */
export class Routes {
  readonly guest: Browser;
  readonly #used = new Set<string>();

  constructor(
    readonly pasar: Pasar,
    readonly admin: Browser,
    readonly query: World['query'],
  ) {
    this.guest = new Browser(pasar.url as string);
  }

  /** Those that nobody has used. */
  get left(): string[] {
    return all.flatMap(({ name }) => (this.#used.has(name) || elsewhere.has(name) ? [] : [name]));
  }

  /** @returns the body. @throws Error with what was answered instead of `status` */
  readonly use = async (
    who: Browser,
    verb: Verb,
    path: string,
    body?: unknown,
    status = 200,
  ): Promise<Reply['body']> => {
    const address = path.startsWith('/.') ? path : `/api/v1${path}`;
    const reply = await who.send(verb, address, body);
    if (reply.status !== status)
      throw new Error(`${verb} ${path}: ${reply.status} ${reply.text.slice(0, 500)}`);
    const used = all.filter((route) => route.verb === verb && route.path.test(address.split('?')[0] ?? ''));
    // `/sellers/me` is a route of its own, and no store.
    const route = used.find(({ isExact }) => isExact) ?? used[0];
    if (route) this.#used.add(route.name);
    return reply.body;
  };

  /** The token in the letter that somebody got last. */
  async letterTo(email: string, template: string): Promise<string> {
    return vi.waitFor(async () => {
      const { mails } = await this.use(this.admin, 'GET', `/mailbox?recipient=${encodeURIComponent(email)}`);
      const mail = mails.find((each: { template: string }) => each.template === template);
      expect(mail).toBeDefined();
      return decodeURIComponent(/token=([\w%.-]+)/.exec(mail.text)?.[1] ?? '');
    }, wait);
  }
}

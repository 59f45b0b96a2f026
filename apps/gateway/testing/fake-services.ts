import { create, type DescMethod, type Message } from '@bufbuild/protobuf';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import { refuseUnauthenticated, type User } from '@pasar/platform/access';
import type { Answer, CallOptions, Calls, Tokens } from '../api.js';

export interface ReceivedCall extends CallOptions {
  name: string;
  message: Message;
}

type Handler = (message: Message, options: CallOptions) => unknown;

/** Services that answer what a test tells them to (an empty message otherwise), and remember what they were asked. */
export class FakeServices implements Calls, Tokens {
  readonly received: ReceivedCall[] = [];
  readonly #handlers = new Map<string, Handler>();
  /** Response metadata of every answer. */
  header = new Headers();

  /** @param handler gives fields of the answer, or for a stream an async iterable of them; or throws */
  on(method: string, handler: Handler): void {
    this.#handlers.set(method, handler);
  }

  received1(): ReceivedCall {
    if (this.received.length !== 1) throw new Error(`${this.received.length} calls were received`);
    return this.received[0]!;
  }

  async call(method: DescMethod, message: Message, options: CallOptions): Promise<Answer<Message>> {
    const init = await this.#answer(method, message, options);
    return { message: create(method.output, init as never), header: this.header };
  }

  async stream(
    method: DescMethod,
    message: Message,
    options: CallOptions,
  ): Promise<Answer<AsyncIterable<Message>>> {
    const parts = ((await this.#answer(method, message, options)) ?? []) as AsyncIterable<unknown>;
    async function* messages() {
      for await (const part of parts) yield create(method.output, part as never);
    }
    return { message: messages(), header: this.header };
  }

  async #answer(method: DescMethod, message: Message, options: CallOptions): Promise<unknown> {
    this.received.push({ name: method.name, message, ...options });
    return this.#handlers.get(method.name)?.(message, options);
  }

  /** Tokens are the roles that they give: `customer`, `seller`, `admin`, or two of them as `seller.admin`. */
  async verify(token: string): Promise<User> {
    const roles = token.split('.').map((name) => Role[name.toUpperCase() as keyof typeof Role]);
    if (roles.some((role) => role === undefined)) refuseUnauthenticated('The access token is not valid.');
    return { id: `user-${token}`, email: 'a@pasar.test', roles, sessionId: 's', token };
  }
}

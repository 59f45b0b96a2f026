import { create } from '@bufbuild/protobuf';
import { ConnectError, createContextValues, type StreamResponse } from '@connectrpc/connect';
import { createAsyncIterable } from '@connectrpc/connect/protocol';
import { copyMessage } from './message-copy.js';
import { deadlineKey, firstOf, type Send, serviceKey } from './rpc-transport.js';
import { serviceTokenHeader } from './service-token.js';

/**
 * Calls a handler of the same process as if it were far away: messages, headers and errors are copied, the deadline and
 * the signal are kept, and nothing else gets across. Who calls is known here and needs no signature.
 */
export function sendLocally(handlerOf: (path: string) => Send, from: string): Send {
  return async (request) => {
    const { input, output } = request.method;
    const { signal } = request;
    const handle = handlerOf(request.url);
    const header = new Headers(request.header);
    header.delete(serviceTokenHeader);
    const received = {
      header,
      contextValues: createContextValues()
        .set(serviceKey, from)
        .set(deadlineKey, request.contextValues.get(deadlineKey)),
    };
    if (!request.stream) {
      const message = copyMessage(input, request.message);
      const response = await settled(signal, handle({ ...request, ...received, message }));
      return { ...response, message: copyMessage(output, response.message as never) } as typeof response;
    }
    const message = createAsyncIterable([copyMessage(input, await firstOf(request.message))]);
    const response = (await settled(signal, handle({ ...request, ...received, message }))) as StreamResponse;
    const messages = response.message[Symbol.asyncIterator]();
    // A reader that went away is not resumed: the handler learns it from here, and cleans up.
    signal.addEventListener('abort', () => messages.return?.().catch(() => {}), { once: true });
    async function* copies() {
      for (;;) {
        const { done, value } = await settled(signal, messages.next());
        if (done) return;
        yield copyMessage(output, value);
      }
    }
    return { ...response, message: copies() };
  };
}

/** What `answer` gives, unless the caller stops waiting before. The error is a copy. */
function settled<Answer>(signal: AbortSignal, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    answer
      .finally(() => signal.removeEventListener('abort', giveUp))
      .then(resolve, (error) => reject(copyError(error)));
  });
}

function copyError(error: unknown): ConnectError {
  const { rawMessage, code, details } = ConnectError.from(error);
  const copy = new ConnectError(rawMessage, code);
  copy.details = details.map((detail) =>
    'desc' in detail
      ? { desc: detail.desc, value: copyMessage(detail.desc, create(detail.desc, detail.value)) }
      : { ...detail },
  );
  return copy;
}

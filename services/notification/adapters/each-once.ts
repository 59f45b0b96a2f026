const remembered = 10_000;

/** Of providers that take one message at a time. When one of several fails they all come again: those that went are passed over. */
export function eachOnce<Message extends { id: string }>(
  send: (message: Message) => Promise<void>,
): (messages: Message[]) => Promise<void> {
  const sent = new Set<string>();
  return async (messages) => {
    const results = await Promise.allSettled(
      messages
        .filter(({ id }) => !sent.has(id))
        .map(async (message) => {
          await send(message);
          sent.add(message.id);
        }),
    );
    for (const id of sent) {
      if (sent.size <= remembered) break;
      sent.delete(id);
    }
    const failed = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
    if (failed) throw failed.reason;
  };
}

const PLACE = 'pasar-intent';

/**
 * The key of an intent to buy. It stays the same while the same things are bought in the same way, through double
 * clicks and reloads, until there was an answer; so however often the button is pressed, it is paid once.
 */
export function intentKey(...what: unknown[]): { key: string; end(): void } {
  const content = JSON.stringify(what);
  let kept: { content: string; key: string } | undefined;
  try {
    kept = JSON.parse(sessionStorage.getItem(PLACE) ?? 'null') ?? undefined;
  } catch {
    // Then this page alone remembers it.
  }
  const intent = kept?.content === content ? kept : { content, key: crypto.randomUUID() };
  store(JSON.stringify(intent));
  return { key: intent.key, end: () => store(undefined) };
}

function store(text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(PLACE);
    else sessionStorage.setItem(PLACE, text);
  } catch {
    // Not allowed here.
  }
}

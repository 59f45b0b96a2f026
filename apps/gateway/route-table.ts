/**
 * Paths of google.api.http rules (https://google.aip.dev/127): parsed once at boot into one tree per HTTP method, then
 * matched by walking the segments of a request's path. A literal segment wins over `*`, and `*` over `**`.
 *
 *     Template = "/" Segments [ ":" verb ]
 *     Segment  = "*" | "**" | literal | "{" field.path [ "=" Segments ] "}"
 */

/** One path segment of a template: a literal, any one segment, or all that is left. */
export type Segment = { literal: string } | '*' | '**';

export interface TemplateVariable {
  /** Where its value goes in the request message, as written: `product.id`. */
  field: string;
  /** The segments it spans; `to` is exclusive, and open when its last segment is `**`. */
  from: number;
  to: number | undefined;
}

export interface Template {
  source: string;
  segments: Segment[];
  /** Custom verb after the last colon, e.g. `cancel`; empty for none. */
  verb: string;
  variables: TemplateVariable[];
}

const fieldPath = /^[a-zA-Z_][a-zA-Z0-9_]*(\.[a-zA-Z_][a-zA-Z0-9_]*)*$/;
const literal = /^[A-Za-z0-9\-._~!$&'()+,;=@%]+$/;

/** @throws Error for a template that does not follow the grammar. */
export function parseTemplate(source: string): Template {
  const fail = (why: string): never => {
    throw new Error(`path template "${source}": ${why}`);
  };
  if (!source.startsWith('/')) fail('must start with "/"');
  // A colon inside braces belongs to nothing in the grammar, so the verb is what follows the last one outside.
  const colon = source.lastIndexOf(':');
  const verb = colon > source.lastIndexOf('}') ? source.slice(colon + 1) : '';
  if (verb !== '' && !literal.test(verb)) fail(`bad verb "${verb}"`);
  const path = verb === '' ? source : source.slice(0, colon);

  const segments: Segment[] = [];
  const variables: TemplateVariable[] = [];
  const addSegment = (text: string) => {
    if (segments.at(-1) === '**') fail('"**" must be the last segment');
    if (text === '*' || text === '**') segments.push(text);
    else if (literal.test(text)) segments.push({ literal: text });
    else fail(`bad segment "${text}"`);
  };

  let rest = path.slice(1);
  for (;;) {
    if (rest.startsWith('{')) {
      const end = rest.indexOf('}');
      if (end < 0) fail('unclosed "{"');
      const [field = '', pattern = '*', ...more] = rest.slice(1, end).split('=');
      if (!fieldPath.test(field) || more.length > 0) fail(`bad variable "${rest.slice(0, end + 1)}"`);
      if (variables.some((variable) => variable.field === field)) fail(`"${field}" is bound twice`);
      const from = segments.length;
      for (const text of pattern.split('/')) addSegment(text);
      variables.push({ field, from, to: segments.at(-1) === '**' ? undefined : segments.length });
      rest = rest.slice(end + 1);
    } else {
      const end = rest.indexOf('/');
      const text = end < 0 ? rest : rest.slice(0, end);
      addSegment(text);
      rest = rest.slice(text.length);
    }
    if (rest === '') break;
    if (!rest.startsWith('/')) fail(`expected "/" before "${rest}"`);
    rest = rest.slice(1);
  }
  return { source, segments, verb, variables };
}

interface Node<T> {
  literals: Map<string, Node<T>>;
  one: Node<T> | undefined;
  all: Node<T> | undefined;
  /** What the path that ends here leads to, by custom verb. */
  ends: Map<string, End<T>>;
}

interface End<T> {
  value: T;
  template: Template;
}

const newNode = <T>(): Node<T> => ({ literals: new Map(), one: undefined, all: undefined, ends: new Map() });

export interface Match<T> {
  value: T;
  /** Raw (still percent-encoded) text of each variable of the template, in its order. */
  variables: string[];
}

export class RouteTable<T> {
  readonly #trees = new Map<string, Node<T>>();

  /** @throws Error when another template of the same HTTP method matches exactly the same paths. */
  add(method: string, template: Template, value: T): void {
    let node = obtain(this.#trees, method);
    for (const segment of template.segments) {
      if (segment === '*') node = node.one ??= newNode();
      else if (segment === '**') node = node.all ??= newNode();
      else node = obtain(node.literals, segment.literal);
    }
    const rival = node.ends.get(template.verb);
    if (rival) {
      throw new Error(`${method} ${template.source} conflicts with ${method} ${rival.template.source}`);
    }
    node.ends.set(template.verb, { value, template });
  }

  /** @param path absolute, without the query */
  match(method: string, path: string): Match<T> | undefined {
    const tree = this.#trees.get(method);
    if (!tree || !path.startsWith('/')) return undefined;
    const segments = path.slice(1).split('/');
    const last = segments.length - 1;
    const tail = segments[last]!;
    const colon = tail.lastIndexOf(':');
    if (colon > 0) {
      segments[last] = tail.slice(0, colon);
      const end = find(tree, segments, 0, tail.slice(colon + 1));
      if (end) return { value: end.value, variables: bind(end.template, segments) };
      // No such verb: the colon is data.
      segments[last] = tail;
    }
    const end = find(tree, segments, 0, '');
    return end && { value: end.value, variables: bind(end.template, segments) };
  }

  /** The HTTP methods that have a template for this path: what `Allow` tells. */
  methodsAt(path: string): string[] {
    return [...this.#trees.keys()].filter((method) => this.match(method, path));
  }
}

function obtain<T>(nodes: Map<string, Node<T>>, key: string): Node<T> {
  const node = nodes.get(key) ?? newNode<T>();
  nodes.set(key, node);
  return node;
}

function find<T>(node: Node<T>, segments: string[], index: number, verb: string): End<T> | undefined {
  if (index === segments.length) return node.ends.get(verb) ?? node.all?.ends.get(verb);
  const segment = segments[index]!;
  const next = node.literals.get(segment);
  const exact = next && find(next, segments, index + 1, verb);
  if (exact) return exact;
  if (segment !== '') {
    const one = node.one && find(node.one, segments, index + 1, verb);
    if (one) return one;
  }
  return node.all?.ends.get(verb);
}

function bind(template: Template, segments: string[]): string[] {
  return template.variables.map(({ from, to }) =>
    to === from + 1 ? segments[from]! : segments.slice(from, to).join('/'),
  );
}

/**
 * The text of a path variable. One of a single segment is decoded whole; in one that spans several, an encoded slash
 * stays encoded, so that it is not taken for a separator (google.api.http, "Path template syntax").
 * @throws URIError for broken percent-encoding or bytes that are not UTF-8
 */
export function decodeVariable(raw: string, variable: TemplateVariable): string {
  if (!raw.includes('%')) return raw;
  if (variable.to === variable.from + 1) return decodeURIComponent(raw);
  return raw
    .split(/(%2f)/i)
    .map((part, index) => (index % 2 === 0 ? decodeURIComponent(part) : part))
    .join('');
}

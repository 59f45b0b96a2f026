import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeVariable, parseTemplate, RouteTable, type Template } from './route-table.js';

function tableOf(...routes: string[]): RouteTable<string> {
  const table = new RouteTable<string>();
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    table.add(method, parseTemplate(path), route);
  }
  return table;
}

describe('parseTemplate', () => {
  it('reads literals, wildcards, variables and a verb', () => {
    expect(parseTemplate('/v1/{name=shelves/*/books/**}:publish')).toEqual({
      source: '/v1/{name=shelves/*/books/**}:publish',
      segments: [{ literal: 'v1' }, { literal: 'shelves' }, '*', { literal: 'books' }, '**'],
      verb: 'publish',
      variables: [{ field: 'name', from: 1, to: undefined }],
    });
    expect(parseTemplate('/v1/{shelf.id}/*/{b}')).toMatchObject({
      segments: [{ literal: 'v1' }, '*', '*', '*'],
      variables: [
        { field: 'shelf.id', from: 1, to: 2 },
        { field: 'b', from: 3, to: 4 },
      ],
    });
  });

  it.each([
    'v1/x',
    '/',
    '/v1//x',
    '/v1/{a',
    '/v1/{}',
    '/v1/{a=}',
    '/v1/{a=b=c}',
    '/v1/{a.}',
    '/v1/{a}b',
    '/v1/{a}/{a}',
    '/v1/**/x',
    '/v1/{a=**}/x',
    '/v1/x y',
    '/v1/a:b:c/d',
    '/v1/{a={b}}',
  ])('refuses %s', (source) => {
    expect(() => parseTemplate(source)).toThrow(`path template "${source}"`);
  });
});

describe('RouteTable', () => {
  it('prefers a literal to a variable, whatever the order of declaration', () => {
    const table = tableOf(
      'GET /sellers/{id}',
      'GET /sellers/me',
      'GET /sellers/{id}/orders',
      'GET /sellers/me/orders',
    );
    expect(table.match('GET', '/sellers/me')).toEqual({ value: 'GET /sellers/me', variables: [] });
    expect(table.match('GET', '/sellers/7')).toEqual({ value: 'GET /sellers/{id}', variables: ['7'] });
    expect(table.match('GET', '/sellers/me/orders')?.value).toBe('GET /sellers/me/orders');
  });

  it('turns back where a literal leads nowhere', () => {
    const table = tableOf('GET /a/b/c', 'GET /a/{x}/d', 'GET /{y}/b/e', 'GET /a/**');
    expect(table.match('GET', '/a/b/d')).toEqual({ value: 'GET /a/{x}/d', variables: ['b'] });
    expect(table.match('GET', '/a/b/e')).toEqual({ value: 'GET /a/**', variables: [] });
    expect(table.match('GET', '/q/b/e')).toEqual({ value: 'GET /{y}/b/e', variables: ['q'] });
    expect(table.match('GET', '/a')).toEqual({ value: 'GET /a/**', variables: [] });
  });

  it('tells verbs from data with colons', () => {
    const table = tableOf(
      'POST /orders/{id}:cancel',
      'POST /orders/{id}',
      'GET /products:export',
      'GET /products/{id}',
    );
    expect(table.match('POST', '/orders/7:cancel')).toEqual({
      value: 'POST /orders/{id}:cancel',
      variables: ['7'],
    });
    expect(table.match('POST', '/orders/7:ship')).toEqual({
      value: 'POST /orders/{id}',
      variables: ['7:ship'],
    });
    expect(table.match('POST', '/orders/a:b:cancel')).toMatchObject({ variables: ['a:b'] });
    expect(table.match('POST', '/orders/7%3Acancel')).toEqual({
      value: 'POST /orders/{id}',
      variables: ['7%3Acancel'],
    });
    expect(table.match('POST', '/orders/:cancel')).toEqual({
      value: 'POST /orders/{id}',
      variables: [':cancel'],
    });
    expect(table.match('GET', '/products:export')?.value).toBe('GET /products:export');
    expect(table.match('GET', '/products:import')).toBeUndefined();
  });

  it('gives no empty segment to a variable', () => {
    const table = tableOf('GET /orders/{id}', 'GET /orders/{id}/x');
    for (const path of [
      '/orders/',
      '/orders',
      '//orders/1',
      '/orders//x',
      '/orders/1/',
      'orders/1',
      '',
      '*',
    ]) {
      expect(table.match('GET', path)).toBeUndefined();
    }
  });

  it('knows which methods a path has', () => {
    const table = tableOf('GET /x/{a}', 'DELETE /x/{a}', 'POST /x/y', 'POST /x/{a}:go');
    expect(table.methodsAt('/x/1')).toEqual(['GET', 'DELETE']);
    expect(table.methodsAt('/x/y')).toEqual(['GET', 'DELETE', 'POST']);
    expect(table.methodsAt('/y')).toEqual([]);
  });

  it('refuses two templates that match the same paths', () => {
    expect(() => tableOf('GET /a/{x}', 'GET /a/{y}')).toThrow('GET /a/{y} conflicts with GET /a/{x}');
    expect(() => tableOf('GET /a/{x=*}', 'GET /a/*')).toThrow('conflicts');
    expect(() => tableOf('GET /a/{x}:go', 'GET /a/{y}:go')).toThrow('conflicts');
    expect(() => tableOf('GET /a/{x}', 'POST /a/{x}', 'GET /a/{x}:go')).not.toThrow();
  });

  it('matches exactly what its templates say, and the most literal of them', () => {
    const word = fc.constantFrom('a', 'b', 'c');
    const segment = fc.oneof(word, word, fc.constant('*'));
    const template = fc
      .tuple(
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.constantFrom('', ':go', ':a'),
      )
      .map(([segments, open, verb]) => `/${segments.join('/')}${open ? '/**' : ''}${verb}`);
    const path = fc
      .tuple(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('', ':go', ':x'),
      )
      .map(([segments, verb]) => `/${segments.join('/')}${segments.at(-1) && verb}`);
    fc.assert(
      fc.property(fc.uniqueArray(template, { maxLength: 8 }), path, (sources, path) => {
        const templates = sources.map(parseTemplate);
        const table = new RouteTable<Template>();
        for (const template of templates) table.add('GET', template, template);
        const fitting = templates.filter((template) => regexOf(template).test(path));
        const match = table.match('GET', path);
        expect(match !== undefined).toBe(fitting.length > 0);
        if (match) expect(fitting.map(rankOf).toSorted().at(-1)).toBe(rankOf(match.value));
      }),
      { numRuns: 2000 },
    );
  });
});

/** An independent reading of a template. */
function regexOf({ segments, verb }: Template): RegExp {
  const parts = segments.map((s) => (s === '**' ? '(/.*)?' : s === '*' ? '/[^/]+' : `/${s.literal}`));
  return new RegExp(`^${parts.join('')}${verb && `:${verb}`}$`);
}

/** Compares by text: a verb before none, then segment by segment a literal before `*` before `**`. */
function rankOf({ segments, verb }: Template): string {
  const ranks = segments.map((segment) => (segment === '**' ? '1' : segment === '*' ? '2' : '3'));
  return (verb ? 'v' : 'n') + ranks.join('').padEnd(8, '0').replace(/0/g, '4');
}

describe('decodeVariable', () => {
  const one = { field: 'x', from: 0, to: 1 };
  const several = { field: 'x', from: 0, to: undefined };

  it('decodes a single segment whole, and keeps encoded slashes of several', () => {
    expect(decodeVariable('a%2Fb%20c%C3%A9', one)).toBe('a/b cé');
    expect(decodeVariable('a/b%2Fc%2fd%20e', several)).toBe('a/b%2Fc%2fd e');
  });

  it.each(['%', '%4', '%zz', '%ff', '%c3%28', '%ed%a0%80'])('refuses %s', (raw) => {
    expect(() => decodeVariable(raw, one)).toThrow(URIError);
    expect(() => decodeVariable(raw, several)).toThrow(URIError);
  });
});

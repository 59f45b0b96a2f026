import { DomainError, invalidField } from '@pasar/platform/errors';

export type AttributeKind = 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'CHOICE';

export interface AttributeDefinition {
  name: string;
  label: string;
  labelEn: string;
  kind: AttributeKind;
  /** What a `CHOICE` may be. */
  options: string[];
  required: boolean;
}

export interface CategoryDraft {
  slug: string;
  name: string;
  nameEn: string;
  /** Slug; empty at the root. */
  parent: string;
  position: number;
  imageUrl: string;
  attributes: AttributeDefinition[];
}

export interface Category extends Omit<CategoryDraft, 'parent'> {
  id: string;
  parentId: string | null;
}

/** A category behind its ancestors, the root first; never empty. */
export type Chain = Category[];

export interface BrandDraft {
  slug: string;
  name: string;
  description: string;
}

export interface Brand extends BrandDraft {
  id: string;
}

const maxSlug = 120;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An id and a slug stand in the same place of a URL, so no slug looks like an id. */
export function isId(slugOrId: string): boolean {
  return uuid.test(slugOrId.toLowerCase());
}

/** `Tas & Koper Pria` → `tas-koper-pria`; empty when nothing of it is a Latin letter or a digit. */
export function slugify(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxSlug)
    .replace(/^-+|-+$/g, '');
}

/** The slug asked for, or one made from the name; `id` serves names in other scripts. */
export function slugOf(draft: { slug: string; name: string }, id: string): string {
  if (isId(draft.slug)) throw invalidField('slug', 'must not look like an id');
  const slug = draft.slug || slugify(draft.name);
  return slug === '' || isId(slug) ? `x-${id.slice(-12)}` : slug;
}

export function requireName(name: string, field: string): string {
  const trimmed = name.trim();
  if (trimmed === '') throw invalidField(field, 'must not be empty');
  return trimmed;
}

/** What products of the last category have. A definition hides an ancestor's of the same name. */
export function attributesOf(chain: Category[]): AttributeDefinition[] {
  const byName = new Map<string, AttributeDefinition>();
  for (const { attributes } of chain) {
    for (const definition of attributes) byName.set(definition.name, definition);
  }
  return [...byName.values()];
}

/**
 * The definitions that are a category's own among those given for it: clients send back what they read, and that
 * holds the inherited ones.
 */
export function ownAttributes(given: AttributeDefinition[], ancestors: Category[]): AttributeDefinition[] {
  const names = new Set<string>();
  for (const [index, { name, kind, options }] of given.entries()) {
    const field = `category.attributes[${index}]`;
    if (names.has(name)) throw invalidField(`${field}.name`, `there are two attributes named ${name}`);
    names.add(name);
    if (kind === 'CHOICE' && options.length === 0)
      throw invalidField(`${field}.options`, 'a choice needs options');
    if (new Set(options).size < options.length)
      throw invalidField(`${field}.options`, 'must differ from each other');
  }
  const inherited = new Map(attributesOf(ancestors).map((definition) => [definition.name, definition]));
  return given.filter((definition) => !isSame(definition, inherited.get(definition.name)));
}

function isSame(a: AttributeDefinition, b: AttributeDefinition | undefined): boolean {
  return (
    b !== undefined &&
    a.label === b.label &&
    a.labelEn === b.labelEn &&
    a.kind === b.kind &&
    a.required === b.required &&
    a.options.join('\n') === b.options.join('\n')
  );
}

/** Parents before children, each followed by what is below it; siblings by position, then name. */
export function inTreeOrder(categories: Category[]): Chain[] {
  const children = Map.groupBy(categories, ({ parentId }) => parentId);
  for (const siblings of children.values()) {
    // Reversed, because the stack below gives them out from its end.
    siblings.sort((a, b) => b.position - a.position || (a.name < b.name ? 1 : -1));
  }
  const ordered: Chain[] = [];
  const stack: Chain[] = (children.get(null) ?? []).map((root) => [root]);
  for (let chain = stack.pop(); chain; chain = stack.pop()) {
    ordered.push(chain);
    const { id } = self(chain);
    for (const child of children.get(id) ?? []) stack.push([...chain, child]);
  }
  return ordered;
}

export function self(chain: Chain): Category {
  return chain[chain.length - 1] as Category;
}

export function parentOf(chain: Chain): Category[] {
  return chain.slice(0, -1);
}

/**
 * The one that is meant: by slug when there is one, otherwise by name, which may be a slug as well.
 * @param found what has the slug or the name
 */
export function pick<Found extends { slug: string; name: string; nameEn?: string }>(
  wanted: { slug: string; name: string },
  found: Found[],
): Found | undefined {
  if (wanted.slug) return found.find(({ slug }) => slug === wanted.slug);
  const name = wanted.name.trim().toLowerCase();
  return (
    found.find(({ slug }) => slug === name) ??
    found.find(({ slug }) => slug === slugify(name)) ??
    found.find((other) => other.name.toLowerCase() === name || other.nameEn?.toLowerCase() === name)
  );
}

/** Definitions of `draft` that products of the category do not have. */
export function missingAttributes(draft: CategoryDraft, chain: Chain): AttributeDefinition[] {
  const present = new Set(attributesOf(chain).map(({ name }) => name));
  return draft.attributes.filter(({ name }) => !present.has(name));
}

/** @param parent where it is to be put, behind its ancestors; empty for the root */
export function assertNoCycle(category: Category, parent: Category[]): void {
  if (parent.some(({ id }) => id === category.id)) {
    throw new DomainError('category.cycle', 'conflict', 'A category cannot be below itself.');
  }
}

export function slugTaken(what: 'category' | 'brand', slug: string): DomainError {
  return new DomainError(`${what}.slug_taken`, 'conflict', `Another ${what} has the slug ${slug}.`);
}

export function hasChildren(): DomainError {
  return new DomainError(
    'category.has_children',
    'conflict',
    'Move or delete the categories below it first.',
  );
}

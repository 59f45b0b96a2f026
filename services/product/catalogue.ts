import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  CatalogService,
  type Category as CategoryMessage,
  AttributeDefinition_Kind as Kind,
} from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { Clock } from '@pasar/platform/clock';
import { Calls } from '@pasar/platform/service';
import type { AttributeDefinition, Brand, Category } from './product.js';

/** As many as the contracts take in one call. */
const maxPerCall = 500;
const maxAttributes = 100;

export interface WantedCategory {
  /** Slug or name. */
  text: string;
  /** Names of attributes that it must have. */
  attributes: Set<string>;
}

export interface WantedStore {
  /** Slug or name. */
  text: string;
  name: string;
  city: string;
}

/**
 * Categories, brands and stores, as their services have them. Answers are remembered for half a minute, so that an
 * import asks once for what a thousand rows name; `forget` is called when the catalogue says that something changed.
 */
@Injectable()
export class Catalogue {
  readonly #categories: Memory<Category>;
  readonly #brands: Memory<Brand>;
  readonly #stores: Memory<{ id: string }>;

  constructor(
    @Calls(CatalogService) private readonly catalog: Client<typeof CatalogService>,
    @Calls(SellerService) private readonly sellers: Client<typeof SellerService>,
    clock: Clock,
  ) {
    this.#categories = new Memory(clock);
    this.#brands = new Memory(clock);
    this.#stores = new Memory(clock);
  }

  forget(): void {
    this.#categories.clear();
    this.#brands.clear();
  }

  /** The category with this slug, if there is one. */
  async category(slug: string): Promise<Category | undefined> {
    const known = this.#categories.get(slug);
    if (known?.slug === slug) return known;
    const { categories } = await this.catalog.ensureCategories({ categories: [{ slug }] });
    return this.#rememberCategory(slug, categories[0]);
  }

  /** The brand with this slug, if there is one. */
  async brand(slug: string): Promise<Brand | undefined> {
    const known = this.#brands.get(slug);
    if (known?.slug === slug) return known;
    const { brands } = await this.catalog.ensureCategories({ brands: [{ slug }] });
    return this.#rememberBrand(slug, brands[0]);
  }

  /** Categories by the text that names them. @param create makes those that do not exist, and attributes they lack */
  async categories(wanted: WantedCategory[], create: boolean): Promise<Map<string, Category>> {
    const isKnown = ({ text, attributes }: WantedCategory) => {
      const category = this.#categories.get(text);
      return category && (!create || lacking(attributes, category).length === 0 || isFull(category));
    };
    for (const part of parts(wanted.filter((each) => !isKnown(each)))) {
      const { categories } = await this.catalog.ensureCategories({
        create,
        categories: part.map(({ text, attributes }) => ({
          name: text,
          attributes: create ? this.#declare(text, attributes) : [],
        })),
      });
      for (const [index, { text }] of part.entries()) this.#rememberCategory(text, categories[index]);
    }
    return this.#categories.pick(wanted.map(({ text }) => text));
  }

  /** Brands by the text that names them. @param create makes those that do not exist */
  async brands(texts: string[], create: boolean): Promise<Map<string, Brand>> {
    for (const part of parts(texts.filter((text) => !this.#brands.get(text)))) {
      const { brands } = await this.catalog.ensureCategories({
        create,
        brands: part.map((name) => ({ name })),
      });
      for (const [index, text] of part.entries()) this.#rememberBrand(text, brands[index]);
    }
    return this.#brands.pick(texts);
  }

  /** Ids of stores by the text that names them; those that do not exist are made. */
  async stores(wanted: WantedStore[]): Promise<Map<string, { id: string }>> {
    for (const part of parts(wanted.filter(({ text }) => !this.#stores.get(text)))) {
      const stores = part.map(({ text, name, city }) => ({ slug: text, name, city }));
      const { sellers } = await this.sellers.ensureSellers({ stores });
      for (const [index, { text }] of part.entries()) {
        this.#stores.set(text, sellers[index]);
      }
    }
    return this.#stores.pick(wanted.map(({ text }) => text));
  }

  /** Definitions for attributes that rows bring: free text, as nothing more is known of them. */
  #declare(text: string, names: Set<string>) {
    const category = this.#categories.get(text);
    const room = maxAttributes - (category?.attributes.length ?? 0);
    const missing = category ? lacking(names, category) : [...names];
    return missing.slice(0, room).map((name) => ({ name, label: name, kind: Kind.TEXT }));
  }

  #rememberCategory(text: string, message: CategoryMessage | undefined): Category | undefined {
    const category = message?.id ? toCategory(message) : undefined;
    this.#categories.set(text, category);
    return category;
  }

  #rememberBrand(text: string, message: { id: string; slug: string } | undefined): Brand | undefined {
    const brand = message?.id ? { id: message.id, slug: message.slug } : undefined;
    this.#brands.set(text, brand);
    return brand;
  }
}

function toCategory({ id, slug, attributes, breadcrumbs }: CategoryMessage): Category {
  return {
    id,
    slug,
    path: breadcrumbs.map((crumb) => ({ id: crumb.id, slug: crumb.slug })),
    attributes: attributes.map(({ name, kind, options, required }) => ({
      name,
      kind: Kind[kind] as AttributeDefinition['kind'],
      options,
      required,
    })),
  };
}

function lacking(names: Set<string>, { attributes }: Category): string[] {
  const present = new Set(attributes.map(({ name }) => name));
  return [...names].filter((name) => !present.has(name));
}

function isFull({ attributes }: Category): boolean {
  return attributes.length >= maxAttributes;
}

function parts<Item>(items: Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / maxPerCall) }, (_, n) =>
    items.slice(n * maxPerCall, (n + 1) * maxPerCall),
  );
}

/** What was asked for lately, by the text it was asked with. */
class Memory<Value> {
  readonly #entries = new Map<string, { value: Value; until: number }>();

  constructor(private readonly clock: Clock) {}

  get(text: string): Value | undefined {
    const entry = this.#entries.get(text);
    return entry && entry.until > this.clock.now().getTime() ? entry.value : undefined;
  }

  /** @param value undefined when there is none: that is not remembered, it may be made at any time */
  set(text: string, value: Value | undefined): void {
    this.#entries.delete(text);
    if (value === undefined) return;
    // What was put in first goes first.
    if (this.#entries.size >= 20_000) this.#entries.delete(this.#entries.keys().next().value as string);
    this.#entries.set(text, { value, until: this.clock.now().getTime() + 30_000 });
  }

  pick(texts: string[]): Map<string, Value> {
    return new Map(
      texts.flatMap((text) => {
        const value = this.#entries.get(text)?.value;
        return value ? [[text, value] as const] : [];
      }),
    );
  }

  clear(): void {
    this.#entries.clear();
  }
}

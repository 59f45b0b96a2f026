import { existsSync, writeFileSync } from 'node:fs';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type SeedAccount, seedAccounts } from '@pasar/auth/accounts';
import { AuthService } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import {
  CatalogService,
  AttributeDefinition_Kind as Kind,
} from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { ReviewService } from '@pasar/contracts/pasar/review/v1/review_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { type DemoCatalogue, type DemoProduct, demoCatalogue } from '@pasar/demo/catalogue';
import { demoReviews } from '@pasar/demo/reviews';
import { chunks } from '@pasar/platform/chunks';
import { seedPromotions } from './demo-promotions.js';
import { seedTrade } from './demo-trade.js';
import type { Pasar } from './pasar.js';

const password = 'pasar-demo';

/** Accounts of the embedded profile. Everybody knows their password, so production refuses them. */
export const demoAccounts = [
  { email: 'customer@pasar.test', what: 'buys' },
  { email: 'seller@pasar.test', what: 'owns a store with products; so do seller2@ to seller30@' },
  { email: 'staff@pasar.test', what: 'works for that store: orders, stock and supplies' },
  { email: 'admin@pasar.test', what: 'sees and moderates everything; two stores wait to be let in' },
];

/** Has much to look at. */
const newcomersStore = 'griya-laweyan';
const rowsPerCall = 500;

/**
 * Fills a new market with the demo catalogue, through the same contracts as anybody else. Every part may be done again,
 * so a start that was cut short is made up for at the next one; `marker` is written when all is done.
 */
export async function seedDemo(pasar: Pasar, marker: string, say: (line: string) => void): Promise<void> {
  if (existsSync(marker)) return;
  const started = performance.now();
  const catalogue = demoCatalogue();
  say(
    `Loading the demo catalogue: ${catalogue.products.length} products of ${catalogue.sellers.length} sellers …`,
  );
  await seedCategories(pasar, catalogue);
  const owners = await seedPeople(pasar, catalogue);
  await seedProducts(pasar, catalogue);
  await seedReviews(pasar, catalogue);
  const callers = new Map<string, ReturnType<typeof signIn>>();
  // Signing in is slow on purpose: once is enough.
  const as = (email: string) => {
    const caller = callers.get(email) ?? signIn(pasar, email);
    callers.set(email, caller);
    return caller;
  };
  const owner = (store: string) => as(owners.get(store) ?? 'admin@pasar.test');
  await Promise.all([seedPromotions(pasar, owner), seedTrade(pasar, { password, signIn: as, owner })]);
  writeFileSync(marker, JSON.stringify({ products: catalogue.products.length }));
  say(`Loaded in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

async function seedCategories(pasar: Pasar, { categories, brands }: DemoCatalogue): Promise<void> {
  const catalog = pasar.network.client(CatalogService, { from: 'demo' });
  await catalog.ensureCategories({
    create: true,
    categories: categories.map(({ attributes, ...category }) => ({
      ...category,
      imageUrl: `/demo/categories/${category.slug}.svg`,
      attributes: attributes.map(({ kind, options, ...attribute }) => ({
        ...attribute,
        // A newcomer's own file, imported into these categories, shall not fail on the demo's rules.
        required: false,
        kind: Kind[kind],
        options: [...options],
      })),
    })),
    brands: brands.map(({ slug, name, description }) => ({ slug, name, description })),
  });
}

/** Stores first: a seller's account names its store. @returns the owners' addresses by store */
async function seedPeople(pasar: Pasar, catalogue: DemoCatalogue): Promise<Map<string, string>> {
  const sellers = catalogue.sellers.toSorted(
    (a, b) => Number(b.slug === newcomersStore) - Number(a.slug === newcomersStore),
  );
  const owners = sellers.map((_, index) => accountId(index));
  const { sellers: stores } = await pasar.network.client(SellerService, { from: 'demo' }).ensureSellers({
    stores: sellers.map(({ slug, name, city, province, description, story }, index) => ({
      slug,
      name,
      city,
      province,
      description: `${description}\n\n${story}`,
      ownerUserId: owners[index],
      logoUrl: `/demo/logos/${slug}.svg`,
      bannerUrl: `/demo/banners/${slug}.svg`,
    })),
  });
  const customer = { email: 'customer@pasar.test', name: 'Sari Pelanggan', roles: ['CUSTOMER'] };
  const admin = {
    email: 'admin@pasar.test',
    name: 'Bagus Admin',
    roles: ['CUSTOMER', 'ADMIN', 'SUPER_ADMIN'],
  };
  // The first store is the one that a newcomer keeps.
  const keepers = stores.map(({ id, name }, index) => ({
    id: owners[index],
    email: index === 0 ? 'seller@pasar.test' : `seller${index + 1}@pasar.test`,
    name,
    roles: ['CUSTOMER', 'SELLER'],
    sellerId: id,
  }));
  const accounts = [customer, admin, ...keepers].map((account) => ({ ...account, password }) as SeedAccount);
  await seedAccounts(pasar.service('auth'), accounts);
  return new Map(stores.map(({ slug }, index) => [slug, keepers[index]?.email ?? '']));
}

async function signIn(pasar: Pasar, email: string) {
  const auth = pasar.network.client(AuthService, { from: 'demo' });
  const { accessToken } = await auth.login({ email, password });
  return { headers: { authorization: `Bearer ${accessToken}` }, timeoutMs: 30_000 };
}

async function seedProducts(pasar: Pasar, catalogue: DemoCatalogue): Promise<void> {
  const asAdmin = await signIn(pasar, 'admin@pasar.test');
  const products = pasar.network.client(ProductService, { from: 'demo' });
  const { id, lastRow } = await products.createImport(
    { key: 'demo-catalogue', name: 'Demo catalogue' },
    asAdmin,
  );
  const rows = catalogue.products
    .flatMap(rowsOf)
    .map((row, index) => ({ ...row, row: BigInt(index + 1) }))
    .filter(({ row }) => row > lastRow);
  for (const part of chunks(rows, rowsPerCall)) {
    const { errors } = await products.importRows({ id, rows: part }, asAdmin);
    if (errors.length > 0)
      throw new Error(`the demo catalogue is wrong: ${JSON.stringify(errors[0]?.detail)}`);
  }
}

/** As if they had been written in another market: their buyers have no accounts and no orders here. */
async function seedReviews(pasar: Pasar, catalogue: DemoCatalogue): Promise<void> {
  const products = pasar.network.client(ProductService, { from: 'demo' });
  const ids = new Map<string, { productId: string; variantId: string; sellerId: string; title: string }>();
  for (let pageToken = ''; ; ) {
    const page = await products.listProducts({ pageSize: 100, pageToken });
    for (const { id, sellerId, variants } of page.products) {
      for (const { id: variantId, sku, title } of variants)
        ids.set(sku, { productId: id, variantId, sellerId, title });
    }
    pageToken = page.nextPageToken;
    if (!pageToken) break;
  }
  const titles = new Map(catalogue.products.map(({ slug, title }) => [slug, title]));
  const opening = Date.now();
  const reviews = demoReviews(catalogue).flatMap(({ product, sku, hoursAgo, ...review }) => {
    const bought = ids.get(sku);
    if (!bought) return [];
    const { title: variantTitle, ...named } = bought;
    const createdAt = timestampFromMs(opening - hoursAgo * 3_600_000);
    return [{ ...review, ...named, variantTitle, productTitle: titles.get(product), createdAt }];
  });
  const service = pasar.network.client(ReviewService, { from: 'demo' });
  for (const part of chunks(reviews, rowsPerCall))
    await service.importReviews({ reviews: part }, { timeoutMs: 30_000 });
}

/** One row a variant. */
function rowsOf(product: DemoProduct) {
  return product.variants.map((variant) => ({
    productKey: product.slug,
    title: product.title,
    description: product.description,
    category: product.category,
    brand: product.brand,
    store: product.seller,
    sku: variant.sku,
    price: BigInt(variant.price),
    currency: 'IDR',
    compareAtPrice: BigInt(variant.compareAtPrice ?? 0),
    onHand: BigInt(variant.stock),
    imageUrl: `/demo/products/${product.slug}.svg`,
    attributes: { ...product.attributes },
    optionNames: product.options.map(({ name }) => name),
    optionValues: [...variant.optionValues],
    weightGrams: variant.weightGrams,
    publish: true,
  }));
}

/** The same for a store at every start, so that a store and its owner's account find each other. */
function accountId(index: number): string {
  return `00000000-0000-7000-8000-${(index + 1).toString().padStart(12, '0')}`;
}

import { type SeedAccount, seedAccounts } from '@pasar/auth/accounts';
import { InventoryService } from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { KycService } from '@pasar/contracts/pasar/seller/v1/kyc_pb';
import { SellerService } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { StaffService } from '@pasar/contracts/pasar/seller/v1/staff_pb';
import { SupplyService } from '@pasar/contracts/pasar/seller/v1/supply_pb';
import {
  applicants,
  type DemoApplicant,
  type DemoOffer,
  type DemoSupply,
  newcomers,
  offers,
} from '@pasar/demo/trade';
import { fromRpcError } from '@pasar/platform/errors';
import { Staff } from '@pasar/seller/staff';
import type { Pasar } from './pasar.js';

interface Caller {
  headers: Record<string, string>;
}

interface People {
  password: string;
  /** Signs in whoever has this address. */
  signIn(email: string): Promise<Caller>;
  /** Signs in the owner of a store. */
  owner(store: string): Promise<Caller>;
}

/** The same at every start, so that the account and what it may do find each other. */
const staffId = '00000000-0000-7000-8000-000000000100';

const idr = (amount: number) => ({ amount: BigInt(amount), currency: 'IDR' });

/** Applications to decide on, a member of staff, suppliers and their goods, and second offers. What is there stays. */
export async function seedTrade(pasar: Pasar, people: People): Promise<void> {
  const { staff } = newcomers;
  const members: SeedAccount[] = [...applicants, { ...staff, id: staffId }].map((one) => ({
    ...one,
    ...{ password: people.password, roles: ['CUSTOMER'] },
  }));
  await seedAccounts(pasar.service('auth'), members);
  const [admin, owner] = await Promise.all([
    people.signIn('admin@pasar.test'),
    people.owner(newcomers.store),
  ]);
  await Promise.all([
    ...applicants.map(async (one) => apply(pasar, one, await people.signIn(one.email), admin)),
    ...offers.map(async (one) => offer(pasar, one, await people.owner(one.store))),
    enlist(pasar, owner),
    ...newcomers.supplies.map((one) => supply(pasar, one, owner)),
  ]);
}

async function apply(pasar: Pasar, one: DemoApplicant, applicant: Caller, admin: Caller): Promise<void> {
  const { store: name, description, city, province, legalName, taxId, missing } = one;
  const application = { name, description, city, province, legalName, taxId };
  const sellers = pasar.network.client(SellerService, { from: 'demo' });
  const known = await sellers.applySeller(application, applicant).catch((error: unknown) => {
    if (fromRpcError(error).code === 'seller.already_applied') return undefined;
    throw error;
  });
  if (!known || !missing) return;
  const kyc = pasar.network.client(KycService, { from: 'demo' });
  const { id } = await kyc.getMyCase({}, applicant);
  await kyc.takeCase({ id }, admin);
  await kyc.askForMore({ id, note: missing }, admin);
}

async function enlist(pasar: Pasar, owner: Caller): Promise<void> {
  const { email, name, permissions } = newcomers.staff;
  const client = pasar.network.client(StaffService, { from: 'demo' });
  const { staff } = await client.listStaff({}, owner);
  if (staff.some((one) => one.email === email)) return;
  const { id: sellerId } = await pasar.network
    .client(SellerService, { from: 'demo' })
    .getSeller({ id: newcomers.store });
  const member = { userId: staffId, email, name, permissions: [...permissions] };
  await pasar.service('seller').get(Staff).enlist(sellerId, member);
}

async function offer(
  pasar: Pasar,
  { product: slug, basisPoints, stock }: DemoOffer,
  owner: Caller,
): Promise<void> {
  const products = pasar.network.client(ProductService, { from: 'demo' });
  const listed = await products.getProduct({ id: slug });
  const variants = listed.variants.map(({ id, price }) => ({
    variantId: id,
    // Prices end on whole rupiah, as on the shelf.
    price: idr(Math.round((Number(price?.amount) * basisPoints) / 10_000 / 10_000) * 10_000),
  }));
  const made = await products.createOffer({ id: listed.id, variants }, owner).catch((error: unknown) => {
    if (fromRpcError(error).code === 'product.offer_exists') return undefined;
    throw error;
  });
  if (!made) return;
  await products.publishProduct({ id: made.id }, owner);
  const inventory = pasar.network.client(InventoryService, { from: 'demo' });
  for (const { id: variantId } of made.variants)
    await inventory.setStock({ variantId, onHand: BigInt(stock) }, owner);
}

async function supply(pasar: Pasar, { supplier: name, contact, note, orders }: DemoSupply, owner: Caller) {
  const client = pasar.network.client(SupplyService, { from: 'demo' });
  const { suppliers } = await client.listSuppliers({ pageSize: 100 }, owner);
  if (suppliers.some((one) => one.name === name)) return;
  const { id: supplierId } = await client.createSupplier({ name, contact, note }, owner);
  for (const { lines, received, ...order } of orders) {
    const wanted = await Promise.all(
      lines.map(async ({ product, quantity, unitCost }) => ({
        variantId: await firstVariant(pasar, product),
        ...{ quantity: BigInt(quantity), unitCost: idr(unitCost) },
      })),
    );
    const { id } = await client.createPurchaseOrder({ supplierId, lines: wanted, ...order }, owner);
    const half = wanted.map(({ variantId, quantity }) => ({ variantId, quantity: quantity / 2n }));
    if (received) await client.receivePurchaseOrder({ id, reference: received, lines: half }, owner);
  }
}

async function firstVariant(pasar: Pasar, slug: string): Promise<string> {
  const { variants } = await pasar.network.client(ProductService, { from: 'demo' }).getProduct({ id: slug });
  return variants[0]?.id ?? '';
}

import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import { Promotion_Segment, PromotionService } from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { type DemoBenefit, type DemoPromotion, flashSale, promotions } from '@pasar/demo/promotions';
import type { Pasar } from './pasar.js';

interface Caller {
  headers: Record<string, string>;
}

const idr = (amount: number) => ({ amount: BigInt(amount), currency: 'IDR' });
const inDays = (days: number) => timestampFromDate(new Date(Date.now() + days * 86_400_000));

/**
 * Vouchers, a campaign and a flash sale to try. What is there already, by its name, is left alone.
 * @param as signs in the owner of a store, or staff where none is named
 */
export async function seedPromotions(pasar: Pasar, as: (store: string) => Promise<Caller>): Promise<void> {
  const client = pasar.network.client(PromotionService, { from: 'demo' });
  for (const [store, own] of Map.groupBy(promotions, ({ store }) => store)) {
    const owner = await as(store);
    const { promotions: known } = await client.listPromotions({ pageSize: 100 }, owner);
    const names = new Set(known.map(({ name }) => name));
    for (const one of own.filter(({ name }) => !names.has(name))) {
      await client.createPromotion({ promotion: await toPromotion(pasar, one) }, owner);
    }
  }
  const owner = await as(flashSale.store);
  const { flashSales } = await client.listOwnFlashSales({ pageSize: 50 }, owner);
  if (flashSales.some(({ name }) => name === flashSale.name)) return;
  const items = await Promise.all(flashSale.products.map((slug) => toFlashItem(pasar, slug)));
  const { name } = flashSale;
  await client.createFlashSale(
    { flashSale: { name, items, startsAt: inDays(0), endsAt: inDays(30) } },
    owner,
  );
}

async function toPromotion(pasar: Pasar, one: DemoPromotion) {
  const { code, name, description, benefit, minSpend, quota, perCustomer, alone, categories = [] } = one;
  const catalog = pasar.network.client(CatalogService, { from: 'demo' });
  const found = await Promise.all(categories.map((slug) => catalog.getCategory({ slug })));
  return {
    ...{ code, name, description, quota, perCustomer, benefit: { benefit: toBenefit(benefit) } },
    minSpend: minSpend === undefined ? undefined : idr(minSpend),
    categoryIds: found.map(({ id }) => id),
    segment: one.firstOrderOnly ? Promotion_Segment.FIRST_ORDER : Promotion_Segment.EVERYONE,
    stackable: !alone,
    listed: code !== '',
    startsAt: inDays(0),
    endsAt: inDays(365),
  };
}

function toBenefit(benefit: DemoBenefit) {
  switch (benefit.kind) {
    case 'percentage': {
      const { basisPoints, cap } = benefit;
      return { case: 'percentage', value: { basisPoints, ...(cap && { cap: idr(cap) }) } } as const;
    }
    case 'fixed':
      return { case: 'fixed', value: { amount: idr(benefit.amount) } } as const;
    case 'freeShipping':
      return { case: 'freeShipping', value: { cap: idr(benefit.cap) } } as const;
    case 'buyXGetY':
      return {
        case: 'buyXGetY',
        value: { buy: benefit.buy, get: benefit.get, basisPoints: 10_000 },
      } as const;
  }
}

/** Prices end on whole rupiah, as on the shelf. */
async function toFlashItem(pasar: Pasar, slug: string) {
  const products = pasar.network.client(ProductService, { from: 'demo' });
  const { variants } = await products.getProduct({ id: slug });
  const [variant] = variants;
  const price = Number(variant?.price?.amount ?? 0);
  const reduced = Math.round((price * (10_000 - flashSale.basisPoints)) / 10_000 / 10_000) * 10_000;
  const { stock, perCustomer } = flashSale;
  return { variantId: variant?.id ?? '', price: idr(reduced), stock, perCustomer };
}

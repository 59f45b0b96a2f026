import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { CartService } from '@pasar/contracts/pasar/cart/v1/cart_pb';
import type { PlaceOrderRequest, QuoteCheckoutRequest } from '@pasar/contracts/pasar/order/v1/order_pb';
import { ProductService } from '@pasar/contracts/pasar/product/v1/product_pb';
import {
  Bearer,
  Discount_Kind,
  type Discount as DiscountMessage,
  type QuotedPart as PartMessage,
  PromotionService,
  Refusal,
} from '@pasar/contracts/pasar/promotion/v1/promotion_pb';
import { type Destination, ShippingService } from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { UserService } from '@pasar/contracts/pasar/user/v1/user_pb';
import { refuseUnauthenticated } from '@pasar/platform/access';
import { DomainError, invalidField } from '@pasar/platform/errors';
import { type Money, money } from '@pasar/platform/money';
import { Calls } from '@pasar/platform/service';
import {
  chooseShipping,
  type Item,
  type OfferedVariant,
  type Portion,
  type ShippedPortion,
  type ShippingOption,
  splitBySeller,
  sumItems,
} from './checkout.js';
import { applyDiscounts, type Discounts, type PricedPortion, type QuotedPart } from './discounts.js';
import type { Address, Discount, DiscountKind } from './order.js';

/** What a checkout would buy, where it would go, how, and for how much. */
export interface Basket extends Pick<Discounts, 'vouchers' | 'uses'> {
  portions: PricedPortion[];
  shippingAddress: Address;
  /** The items are the selected lines of the customer's cart. */
  fromCart: boolean;
  /** In which state of it. */
  cartRevision?: string | undefined;
}

/** A customer, or a guest, who may ask what it would cost: of the cart that the token names. */
export interface Buyer {
  customerId?: string | undefined;
  cartToken?: string | undefined;
}

/** Puts together in memory what product, cart, user, shipping and promotion say now. Nothing is written. */
@Injectable()
export class Baskets {
  constructor(
    @Calls(CartService) private readonly carts: Client<typeof CartService>,
    @Calls(ProductService) private readonly products: Client<typeof ProductService>,
    @Calls(PromotionService) private readonly promotions: Client<typeof PromotionService>,
    @Calls(ShippingService) private readonly shipping: Client<typeof ShippingService>,
    @Calls(UserService) private readonly users: Client<typeof UserService>,
  ) {}

  /** @throws DomainError what stands in the way of buying it */
  async assemble(buyer: Buyer, request: PlaceOrderRequest | QuoteCheckoutRequest): Promise<Basket> {
    const fromCart = request.items.length === 0;
    const { lines, revision } = fromCart ? await this.#selectedLines(buyer) : { lines: request.items };
    const items = sumItems(lines);
    if (items.length === 0) {
      throw new DomainError('checkout.empty', 'unprocessable', 'The cart has no selected items.');
    }
    const [offered, shippingAddress] = await Promise.all([
      this.#offered(items),
      this.#address(buyer, request),
    ]);
    const portions = splitBySeller(items, offered);
    const options = await this.#options(portions, shippingAddress);
    const shipped = chooseShipping(portions, options, request.shipping);
    const discounts = await this.#discounts(buyer.customerId ?? '', shipped, request.vouchers);
    const { vouchers, uses } = discounts;
    const cartRevision = revision || undefined;
    return {
      ...{ portions: applyDiscounts(shipped, discounts), vouchers, uses },
      ...{ shippingAddress, fromCart, cartRevision },
    };
  }

  async #selectedLines(buyer: Buyer): Promise<{ lines: Item[]; revision?: string }> {
    if (buyer.customerId) return this.carts.getSelectedLines({ userId: buyer.customerId });
    return buyer.cartToken ? this.carts.getSelectedLines({ cartToken: buyer.cartToken }) : { lines: [] };
  }

  async #offered(items: Item[]): Promise<Map<string, OfferedVariant>> {
    const { variants } = await this.products.batchGetVariants({ ids: items.map((item) => item.variantId) });
    return new Map(
      variants.map((variant) => [variant.id, { ...variant, price: toMoney(variant.price as Money) }]),
    );
  }

  async #address(
    { customerId: userId }: Buyer,
    request: PlaceOrderRequest | QuoteCheckoutRequest,
  ): Promise<Address> {
    const { addressId: id, shippingAddress } = request;
    const destination = 'destination' in request ? request.destination : undefined;
    if ([id, shippingAddress, destination].filter(Boolean).length !== 1) {
      throw invalidField('addressId', 'Give either addressId or shippingAddress.');
    }
    if (shippingAddress) return toAddress(shippingAddress);
    if (destination) return toDestination(destination);
    if (!userId) refuseUnauthenticated('Sign in to use an address of your book.');
    return toAddress(await this.users.getAddress({ userId, id }));
  }

  async #discounts(customerId: string, portions: ShippedPortion[], codes: string[]): Promise<Discounts> {
    const [{ currency }] = portions as [ShippedPortion];
    const { lines, fees, vouchers, uses } = await this.promotions.quote({
      ...{ customerId, currency, codes },
      lines: portions.flatMap((portion) =>
        portion.lines.map(({ variant, quantity }) => {
          const { id: variantId, productId, sellerId, categoryId, price } = variant;
          return { variantId, productId, sellerId, categoryId, quantity, unitPrice: price.amount };
        }),
      ),
      fees: portions.map(({ sellerId, shipping }) => ({ sellerId, amount: shipping.cost.amount })),
    });
    return {
      lines: lines.map(toPart),
      fees: fees.map(toPart),
      vouchers: vouchers.map(({ code, promotionId, name, refusal, amount, missing }) => ({
        ...{ code, promotionId, name, amount: amount?.amount ?? 0n, missing: missing?.amount ?? 0n },
        ...(refusal !== Refusal.REFUSAL_UNSPECIFIED && { refusal: Refusal[refusal] }),
      })),
      uses: uses.map(({ id, promotionId, code, units, amount, sellerIds }) => ({
        ...{ id, promotionId, code, units, amount: amount?.amount ?? 0n, sellerIds },
      })),
    };
  }

  async #options(portions: Portion[], destination: Address): Promise<ShippingOption[][]> {
    const [{ currency }] = portions as [Portion];
    const consignments = portions.map(({ sellerId, lines }) => ({
      sellerId,
      goods: lines.map(({ variant, quantity }) => {
        const { weightGrams, lengthMm, widthMm, heightMm } = variant;
        return { quantity, weightGrams, lengthMm, widthMm, heightMm };
      }),
    }));
    const { city, province, country } = destination;
    const { sellers } = await this.shipping.getRates({
      destination: { city, province, country },
      currency,
      consignments,
    });
    return sellers.map(({ options }) =>
      options.map(({ service, carrier, cost, minDays, maxDays, chargedWeightGrams }) => ({
        ...{ service, carrier, minDays, maxDays },
        cost: toMoney(cost as Money),
        chargedWeightGrams: Number(chargedWeightGrams),
      })),
    );
  }
}

function toPart({ discounts, cashbacks, total }: PartMessage): QuotedPart {
  return { discounts: discounts.map(toDiscount), cashbacks: cashbacks.map(toDiscount), total };
}

function toDiscount({ promotionId, code, name, kind, bearer, amount, units }: DiscountMessage): Discount {
  return {
    ...{ promotionId, code, name, units },
    kind: Discount_Kind[kind] as DiscountKind,
    bearer: bearer === Bearer.PLATFORM ? 'PLATFORM' : 'SELLER',
    amount: (amount as Money).amount.toString(),
  };
}

export const toMoney = ({ amount, currency }: Money) => money(amount, currency);

const unnamed = { recipient: '', phone: '', line1: '', line2: '', postalCode: '' };

/** An address as far as shipping asks for one: of it nothing is placed. */
function toDestination({ city, province, country }: Destination): Address {
  if (!city && !province) throw invalidField('destination', 'Give a city or a province.');
  return { ...unnamed, city, province, country: country || 'ID' };
}

function toAddress(address: Address): Address {
  const { recipient, phone, line1, line2, city, province, postalCode, country } = address;
  return { recipient, phone, line1, line2, city, province, postalCode, country };
}

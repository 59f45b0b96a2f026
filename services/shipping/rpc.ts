import type { ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import type { GetRatesRequest, ShippingService } from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { Quotes } from './quotes.js';

@Injectable()
export class ShippingRpc implements ServiceImpl<typeof ShippingService> {
  constructor(private readonly quotes: Quotes) {}

  async getRates({ destination, currency, consignments }: GetRatesRequest) {
    const { city = '', province = '', country = '' } = destination ?? {};
    const options = await this.quotes.quote({ city, province, country }, currency, consignments);
    return {
      sellers: consignments.map(({ sellerId }, index) => ({
        sellerId,
        options: (options[index] ?? []).map(({ chargedGrams, ...option }) => ({
          ...option,
          chargedWeightGrams: BigInt(chargedGrams),
        })),
      })),
    };
  }
}

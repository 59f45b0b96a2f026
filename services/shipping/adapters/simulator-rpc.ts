import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type AdvanceSimulatedParcelRequest,
  type CarrierSimulatorService,
  type GetSimulatedParcelRequest,
  TrackingEvent_Kind as Kind,
  type SimulatedParcelSchema,
} from '@pasar/contracts/pasar/shipping/v1/shipping_pb';
import { Carriers } from '../carrier.js';
import type { EventKind } from '../shipment.js';
import { type ShownParcel, SimulatedDepot } from './simulated-depot.js';

/** The carriers' counter: for people who try things out, and for tests. */
@Injectable()
export class SimulatorRpc implements ServiceImpl<typeof CarrierSimulatorService> {
  constructor(
    private readonly depot: SimulatedDepot,
    private readonly carriers: Carriers,
  ) {}

  async getSimulatedParcel({ trackingNumber }: GetSimulatedParcelRequest) {
    return this.#toMessage(await this.depot.look(trackingNumber));
  }

  async advanceSimulatedParcel({ trackingNumber, until }: AdvanceSimulatedParcelRequest) {
    const kind = until === 0 ? undefined : (Kind[until] as EventKind);
    return this.#toMessage(await this.depot.advance(trackingNumber, kind));
  }

  #toMessage(parcel: ShownParcel): MessageInitShape<typeof SimulatedParcelSchema> {
    const { trackingNumber, service, state, happened, next, nextAt } = parcel;
    return {
      ...{ trackingNumber, state },
      carrier: this.carriers.of(service).tariff.carrier,
      happened: happened.map((kind) => Kind[kind]),
      next: next && Kind[next],
      nextAt: next && nextAt ? timestampFromDate(nextAt) : undefined,
    };
  }
}

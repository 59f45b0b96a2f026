import { fromBinary } from '@bufbuild/protobuf';
import {
  file_pasar_inventory_v1_inventory as inventoryFile,
  StockLowSchema,
  StockSchema,
} from '@pasar/contracts/pasar/inventory/v1/inventory_pb';
import {
  OrderConfirmedSchema,
  file_pasar_order_v1_order as orderFile,
} from '@pasar/contracts/pasar/order/v1/order_pb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeEnvelope,
  encodeData,
  encodeEnvelope,
  event,
  eventSchemas,
  eventType,
  topicOf,
} from './events.js';

describe('events', () => {
  it('take type and topic from the contract', () => {
    expect(eventType(OrderConfirmedSchema)).toBe('order.confirmed');
    expect(topicOf(OrderConfirmedSchema)).toBe('order');
    expect(eventType(StockLowSchema)).toBe('stock.low');
    expect(topicOf(StockLowSchema)).toBe('inventory');
  });

  it('are marked as such in the contract', () => {
    expect(() => eventType(StockSchema)).toThrow('pasar.inventory.v1.Stock is not an event');
  });

  it('are found by type', () => {
    const schemas = eventSchemas(orderFile, inventoryFile, orderFile);
    expect(schemas.get('order.confirmed')).toBe(OrderConfirmedSchema);
    expect(schemas.get('stock.low')).toBe(StockLowSchema);
    expect(schemas.has('order.unheard-of')).toBe(false);
    expect([...schemas.values()].every((schema) => schema.name.length > 0)).toBe(true);
  });

  it('travel as protobuf', () => {
    const low = event(StockLowSchema, 'v1', { variantId: 'v1', available: 3n, threshold: 5n });
    expect(low.subject).toBe('v1');
    expect(fromBinary(StockLowSchema, encodeData(low))).toEqual(low.data);
  });

  it('come out of an envelope as they went in', () => {
    const envelope = fc.record({
      id: fc.uuid(),
      type: fc.string({ minLength: 1 }),
      source: fc.string({ minLength: 1 }),
      subject: fc.string(),
      time: fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
      traceparent: fc.string(),
      data: fc.uint8Array(),
    });
    const property = fc.property(envelope, (one) => {
      expect(decodeEnvelope(encodeEnvelope(one))).toEqual(one);
    });
    fc.assert(property);
  });

  it('are refused without an envelope', () => {
    expect(() => decodeEnvelope(new Uint8Array())).toThrow('an envelope needs');
    expect(() => decodeEnvelope(Buffer.from('not protobuf at all'))).toThrow();
  });
});

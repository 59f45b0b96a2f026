import { create } from '@bufbuild/protobuf';
import { FieldMaskSchema } from '@bufbuild/protobuf/wkt';
import { ProductSchema } from '@pasar/contracts/pasar/product/v1/product_pb';
import { UserSchema } from '@pasar/contracts/pasar/user/v1/user_pb';
import { describe, expect, it } from 'vitest';
import { changedFields } from './update-mask.js';

const fields = { changeable: ['title', 'variants', 'options'] as const, outputOnly: ['price', 'sellerId'] };
const product = create(ProductSchema, { title: 'Kopi', sellerId: 'x', variants: [{}] });
const changed = (...paths: string[]) => [
  ...changedFields(ProductSchema, product, create(FieldMaskSchema, { paths }), fields),
];

describe('an update', () => {
  it('changes what its mask names, with a value or without', () => {
    expect(changed('options', 'title')).toEqual(['options', 'title']);
    expect(changed('*')).toEqual(['title', 'variants', 'options']);
  });

  it('without a mask changes what has a value', () => {
    expect(changed()).toEqual(['title', 'variants']);
    expect([...changedFields(ProductSchema, product, undefined, fields)]).toEqual(['title', 'variants']);
  });

  it('takes a message for what can be changed in it', () => {
    const user = create(UserSchema, { preferences: {} });
    const given = {
      changeable: ['name', 'preferences.orderPush', 'preferences.orderEmail'] as const,
      outputOnly: [],
    };
    const changedOf = (...paths: string[]) => [
      ...changedFields(UserSchema, user, create(FieldMaskSchema, { paths }), given),
    ];
    expect(changedOf('preferences.order_push')).toEqual(['preferences.orderPush']);
    for (const paths of [['preferences'], []])
      expect(changedOf(...paths)).toEqual(['preferences.orderPush', 'preferences.orderEmail']);
    expect(() => changedOf('preferences.price_drop_notice')).toThrow('cannot be changed');
  });

  it('passes over what is output only', () => {
    expect(changed('title', 'seller_id', 'price', 'price.amount')).toEqual(['title']);
  });

  it.each(['slug', 'nothing', '', 'title.x', 'variants.price'])('of %j is refused', (path) => {
    expect(() => changed(path)).toThrow('cannot be changed');
  });
});

import { type Colour, colours } from './colours.js';
import type { DrawingName } from './drawings.js';
import type { Motif } from './motifs.js';

/** The same words in Indonesian and in English. */
export type Text = readonly [id: string, en: string];

/** Values of the category's attributes by attribute name. */
export type Attributes = Readonly<Record<string, string>>;

/**
 * Products that are made alike. Every line meets every style, so a family of 2 lines and 4 styles is 8 products,
 * each described by its line, then its style, then one or two of the closings.
 */
export interface Family {
  drawing: DrawingName;
  /** Slug of a sub-category. */
  category: string;
  /** Slugs of the stores that sell it, in turn. */
  sellers: readonly string[];
  /** Slugs of brands, in turn; an empty one stands for none. */
  brands: readonly string[];
  lines: readonly Line[];
  styles: readonly Style[];
  /** Sentences on use, care and service that are true of every product of the family. */
  closings: readonly Text[];
  axes?: readonly Axis[];
  attributes?: Attributes;
}

/** What the thing is. */
export interface Line {
  /** Holds `{style}` where the name of the style belongs. */
  title: Text;
  about: Text;
  /** Rupiah for the first variant, before the style's factor. */
  price: number;
  grams: number;
  /** Length, width and height of the parcel in millimetres. */
  box: readonly [length: number, width: number, height: number];
  drawing?: DrawingName;
  tint?: Colour;
  seller?: string;
  brand?: string;
  axes?: readonly Axis[];
  attributes?: Attributes;
}

/** What sets it apart from its sisters: a motif, an origin, a taste, a finish. */
export interface Style {
  name: Text;
  about: Text;
  tint?: Colour;
  motif?: Motif;
  /** A word for the drawn label, where the brand's name says less. */
  label?: string;
  priceFactor?: number;
  drawing?: DrawingName;
  seller?: string;
  brand?: string;
  attributes?: Attributes;
}

/** Something to choose. */
export interface Axis {
  name: Text;
  values: readonly AxisValue[];
  /** How many of the values one product comes in; all when not given. */
  take?: number;
}

export interface AxisValue {
  value: Text;
  priceFactor: number;
  weightFactor: number;
  colour?: Colour;
}

/** Colours of which every product comes in `take`. */
export function colourAxis(take: number, ...names: Colour[]): Axis {
  return {
    name: ['Warna', 'Colour'],
    values: names.map((name) => ({
      value: [name, colours[name].en],
      priceFactor: 1,
      weightFactor: 1,
      colour: name,
    })),
    take,
  };
}

/** Sizes of clothes and shoes; a size from XXL up costs a little more cloth. */
export function sizeAxis(...sizes: string[]): Axis {
  return {
    name: ['Ukuran', 'Size'],
    values: sizes.map((size) => {
      const factor = /^(XXL|3XL)$/.test(size) ? 1.08 : 1;
      return { value: [size, size], priceFactor: factor, weightFactor: factor };
    }),
  };
}

/** Net weights or volumes, each with its price relative to the first, e.g. `['200 g', 1], ['1 kg', 4.5]`. */
export function packAxis(
  name: Text,
  ...packs: [pack: string, priceFactor: number, weightFactor?: number][]
): Axis {
  return {
    name,
    values: packs.map(([pack, priceFactor, weightFactor = priceFactor * 1.08]) => ({
      value: [pack, pack],
      priceFactor,
      weightFactor: priceFactor === 1 ? 1 : weightFactor,
    })),
  };
}

/** Any other choice, with what each costs, and weighs, relative to the line. */
export function choiceAxis(name: Text, ...choices: [id: string, en: string, priceFactor?: number][]): Axis {
  return {
    name,
    values: choices.map(([id, en, factor = 1]) => ({
      value: [id, en],
      priceFactor: factor,
      weightFactor: factor,
    })),
  };
}

export const netWeight: Text = ['Berat', 'Weight'];
export const volume: Text = ['Isi', 'Volume'];

import type { Drawing } from './drawing.js';
import { beautyDrawings } from './drawings/beauty.js';
import { bookDrawings } from './drawings/books.js';
import { clothDrawings } from './drawings/cloth.js';
import { drinkDrawings } from './drawings/drinks.js';
import { electronicsDrawings } from './drawings/electronics.js';
import { foodDrawings } from './drawings/food.js';
import { gardenDrawings } from './drawings/garden.js';
import { homeDrawings } from './drawings/home.js';
import { kitchenDrawings } from './drawings/kitchen.js';
import { leatherDrawings } from './drawings/leather.js';
import { musicSportsDrawings } from './drawings/music-sports.js';
import { toyDrawings } from './drawings/toys.js';

/** Every thing that can be drawn, by its name. */
export const drawings = {
  ...clothDrawings,
  ...leatherDrawings,
  ...drinkDrawings,
  ...foodDrawings,
  ...kitchenDrawings,
  ...homeDrawings,
  ...gardenDrawings,
  ...electronicsDrawings,
  ...beautyDrawings,
  ...bookDrawings,
  ...toyDrawings,
  ...musicSportsDrawings,
} satisfies Record<string, Drawing>;

export type DrawingName = keyof typeof drawings;

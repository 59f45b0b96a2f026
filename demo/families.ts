import { audio } from './families/audio.js';
import { baby } from './families/baby.js';
import { bags } from './families/bags.js';
import { batik } from './families/batik.js';
import { beauty } from './families/beauty.js';
import { books } from './families/books.js';
import { brewingGear } from './families/brewing-gear.js';
import { camping } from './families/camping.js';
import { clothing } from './families/clothing.js';
import { coffee } from './families/coffee.js';
import { cookware } from './families/cookware.js';
import { cycling } from './families/cycling.js';
import { decoration } from './families/decoration.js';
import { deskElectronics } from './families/desk-electronics.js';
import { furnishing } from './families/furnishing.js';
import { garden } from './families/garden.js';
import { music } from './families/music.js';
import { pantry } from './families/pantry.js';
import { phoneAccessories } from './families/phone-accessories.js';
import { shoes } from './families/shoes.js';
import { skinCare } from './families/skin-care.js';
import { snacks } from './families/snacks.js';
import { spices } from './families/spices.js';
import { sports } from './families/sports.js';
import { stationery } from './families/stationery.js';
import { tableware } from './families/tableware.js';
import { teaChocolate } from './families/tea-chocolate.js';
import { toys } from './families/toys.js';
import { weaving } from './families/weaving.js';
import { womenswear } from './families/womenswear.js';
import type { Family } from './family.js';

/** Everything that is sold, by kind. */
export const families: readonly Family[] = [
  ...batik,
  ...weaving,
  ...clothing,
  ...womenswear,
  ...shoes,
  ...bags,
  ...coffee,
  ...teaChocolate,
  ...brewingGear,
  ...pantry,
  ...snacks,
  ...spices,
  ...tableware,
  ...cookware,
  ...furnishing,
  ...decoration,
  ...garden,
  ...audio,
  ...phoneAccessories,
  ...deskElectronics,
  ...skinCare,
  ...beauty,
  ...books,
  ...stationery,
  ...toys,
  ...baby,
  ...music,
  ...cycling,
  ...sports,
  ...camping,
];

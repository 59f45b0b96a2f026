import { type DemoProduct, demoCatalogue, type Picture } from './catalogue.js';
import { categories, rootOf } from './categories.js';
import { type Colour, colours } from './colours.js';
import type { Drawing, Paint } from './drawing.js';
import { type DrawingName, drawings } from './drawings.js';
import { type Motif, pattern } from './motifs.js';
import { hash } from './random.js';
import { sellers } from './sellers.js';
import { darker, lighter, luminance, mix } from './shades.js';

/** What a picture needs to know of a product. */
export type Illustrated = Pick<DemoProduct, 'slug' | 'title' | 'category' | 'picture'>;

interface Backdrop {
  wall: string;
  motif: Motif;
  /** The thing that stands for the whole category, and its colour. */
  emblem: DrawingName;
  tint: string;
}

/** How each category at the root looks. */
const backdrops: Readonly<Record<string, Backdrop>> = {
  'batik-tenun': { wall: '#ecd9bd', motif: 'kawung', emblem: 'batik-cloth', tint: colours['Biru Nila'].hex },
  pakaian: { wall: '#eed6cb', motif: 'lereng', emblem: 'shirt', tint: colours['Merah Bata'].hex },
  'sepatu-tas': { wall: '#e6d7c3', motif: 'parang', emblem: 'backpack', tint: colours.Terakota.hex },
  'kopi-teh': { wall: '#dfd2bb', motif: 'tumpal', emblem: 'coffee-bag', tint: colours['Hijau Lumut'].hex },
  'makanan-bumbu': {
    wall: '#f2dfb4',
    motif: 'ceplok',
    emblem: 'sambal-jar',
    tint: colours['Merah Cabai'].hex,
  },
  dapur: { wall: '#d5dfd3', motif: 'kawung', emblem: 'teapot', tint: colours['Biru Laut'].hex },
  'rumah-taman': {
    wall: '#d9e2c6',
    motif: 'truntum',
    emblem: 'house-plant',
    tint: colours['Hijau Zamrud'].hex,
  },
  elektronik: {
    wall: '#cfdde4',
    motif: 'mega-mendung',
    emblem: 'headphones',
    tint: colours['Biru Nila'].hex,
  },
  kecantikan: { wall: '#f1d7d2', motif: 'truntum', emblem: 'serum', tint: colours.Salem.hex },
  'buku-alat-tulis': { wall: '#dcd7e8', motif: 'sisik', emblem: 'novel', tint: colours['Ungu Manggis'].hex },
  'mainan-bayi': {
    wall: '#fbe3c4',
    motif: 'nitik',
    emblem: 'plush-elephant',
    tint: colours['Biru Langit'].hex,
  },
  'musik-olahraga': {
    wall: '#d3e3de',
    motif: 'mega-mendung',
    emblem: 'guitar',
    tint: colours['Merah Bata'].hex,
  },
};

/**
 * Draws a product as an SVG document of 800 × 800. `view` 0 is the first picture; the ones after it show its
 * other colours in other surroundings. Any whole number from 0 is a picture, but only the first `viewsOf` differ.
 */
export function illustrate(product: Illustrated, view = 0): string {
  const { slug, title, category, picture } = product;
  const { colours: tints } = picture;
  const tint = tints[view % tints.length] as string;
  const scene = (hash(slug) + Math.floor(view / tints.length) + (view % tints.length)) % scenes.length;
  return sheet(title, `${hash(slug).toString(36)}${view}`, backdropOf(category), scene, { ...picture, tint });
}

/** How many different pictures a product has: one for each colour, and two at least. */
export function viewsOf(product: Illustrated): number {
  return Math.max(2, product.picture.colours.length);
}

/**
 * Draws a category as an SVG document of 800 × 800: one at the root by the thing that stands for it, one below
 * by the first product it had. Throws on an unknown slug.
 */
export function illustrateCategory(slug: string): string {
  const category = categories.find((one) => one.slug === slug);
  if (!category) throw new Error(`no category ${slug}`);
  const backdrop = backdropOf(slug);
  const { emblem, tint, motif } = backdrop;
  const picture = category.parent ? firstPictures().get(slug) : undefined;
  const subject = picture
    ? { ...picture, tint: picture.colours[0] as string }
    : { drawing: emblem, tint, motif, label: 'PASAR' };
  return sheet(category.name, slug, backdrop, 0, subject);
}

let pictures: Map<string, Picture> | undefined;

/** The picture of the first product of every sub-category; kept, as it takes the whole catalogue to know. */
function firstPictures(): Map<string, Picture> {
  pictures ??= new Map(
    demoCatalogue()
      .products.toReversed()
      .map(({ category, picture }) => [category, picture]),
  );
  return pictures;
}

const backdropOf = (category: string): Backdrop => backdrops[rootOf(category)] as Backdrop;

type Subject = Pick<Picture, 'drawing' | 'motif' | 'label'> & { tint: string };

function sheet(title: string, key: string, backdrop: Backdrop, scene: number, subject: Subject): string {
  const drawing: Drawing = drawings[subject.drawing];
  const paint = paintOf(subject, `m${key}`);
  const wall = pattern(backdrop.motif, {
    id: `w${key}`,
    ground: backdrop.wall,
    ink: darker(backdrop.wall, 0.09),
    spark: lighter(backdrop.wall, 0.45),
    scale: 1.25,
  });
  const cloth = subject.motif === 'polos' ? '' : clothOf(subject, `m${key}`);
  return svg(
    800,
    800,
    title,
    `
      <defs>${wall}${cloth}${shadows(key)}</defs>
      <rect width="800" height="800" fill="url(#w${key})"/>
      ${(scenes[scene] as Scene)(backdrop.wall, drawing.standing)}
      ${onStage(drawing, paint, key)}`,
  );
}

/** Shades of a tint; very light ones are shaded less and very dark ones lit less, so that forms stay seen. */
function paintOf({ tint, motif, label }: Subject, clothId: string): Paint {
  const bright = luminance(tint) > 0.6;
  const dim = luminance(tint) < 0.08;
  return {
    main: tint,
    dark: darker(tint, bright ? 0.17 : 0.25),
    deep: darker(tint, bright ? 0.38 : 0.48),
    light: lighter(tint, dim ? 0.2 : 0.3),
    pale: lighter(tint, 0.62),
    cloth: motif === 'polos' ? tint : `url(#${clothId})`,
    label: escapeXml(label),
  };
}

function clothOf({ tint, motif }: Subject, id: string): string {
  const onLight = luminance(tint) > 0.42;
  return pattern(motif, {
    id,
    ground: tint,
    ink: onLight ? darker(tint, 0.42) : lighter(tint, 0.62),
    spark: onLight ? lighter(tint, 0.75) : '#e3b65b',
  });
}

const shadows = (key: string): string => `
  <radialGradient id="s${key}">
    <stop offset="0" stop-color="#3a2417" stop-opacity=".42"/>
    <stop offset=".6" stop-color="#3a2417" stop-opacity=".2"/>
    <stop offset="1" stop-color="#3a2417" stop-opacity="0"/>
  </radialGradient>
  <filter id="f${key}" x="-10%" y="-10%" width="120%" height="125%">
    <feDropShadow dx="0" dy="14" stdDeviation="13" flood-color="#3a2417" flood-opacity=".3"/>
  </filter>`;

function onStage({ standing, reach, draw }: Drawing, paint: Paint, key: string): string {
  if (!standing) return `<g filter="url(#f${key})">${draw(paint)}</g>`;
  return `<ellipse cx="400" cy="632" rx="${reach * 1.3}" ry="30" fill="url(#s${key})"/>${draw(paint)}`;
}

type Scene = (wall: string, standing: boolean) => string;

/** What surrounds the thing: a disc of light, an arched niche, a table before the wall. */
const scenes: readonly Scene[] = [
  (wall) => `
    <circle cx="400" cy="400" r="338" fill="${lighter(wall, 0.45)}"/>
    <circle cx="400" cy="400" r="312" fill="${lighter(wall, 0.72)}"/>`,
  (wall, standing) => `
    <path d="M110 800V390a290 290 0 0 1 580 0v410z" fill="${lighter(wall, 0.45)}"/>
    <path d="M136 800V390a264 264 0 0 1 528 0v410z" fill="${lighter(wall, 0.72)}"/>
    ${when(
      standing,
      `<path d="M0 590h800v210H0z" fill="${mix(wall, '#a87f58', 0.42)}"/>
      <path d="M0 590h800v10H0z" fill="${mix(wall, '#fff6e5', 0.5)}"/>`,
    )}`,
  (wall, standing) => `
    <rect x="86" y="86" width="628" height="628" rx="40" fill="${lighter(wall, 0.45)}"/>
    <rect x="108" y="108" width="584" height="584" rx="26" fill="${lighter(wall, 0.72)}"/>
    ${when(
      standing,
      `<path d="M108 590h584v76a26 26 0 0 1-26 26H134a26 26 0 0 1-26-26z"
        fill="${mix(wall, '#c9a47c', 0.45)}"/>`,
    )}`,
];

function when(condition: boolean, markup: string): string {
  return condition ? markup : '';
}

/** A store's banner: an SVG document of 1200 × 300. */
export function storeBanner(slug: string): string {
  const { name, colour, motif } = storeOf(slug);
  const ground = signColour(colour);
  const look = {
    id: `b${slug}`,
    ground,
    ink: lighter(ground, 0.16),
    spark: lighter(ground, 0.3),
    scale: 1.2,
  };
  return svg(
    1200,
    300,
    name,
    `
      <defs>${pattern(motif, look)}</defs>
      <rect width="1200" height="300" fill="url(#b${slug})"/>
      <path d="M0 262c150-34 300 18 450 0s300-34 450 0 200 18 300 0v38H0z" fill="${darker(ground, 0.3)}"/>
      <path d="M0 278c150-30 300 16 450 0s300-30 450 0 200 16 300 0v22H0z" fill="#fff6e5"/>`,
  );
}

/** A store's logo: its initials in a flower, an SVG document of 200 × 200. */
export function storeLogo(slug: string): string {
  const { name, colour } = storeOf(slug);
  const ground = signColour(colour);
  const initials = name
    .split(' ')
    .map((word) => word[0])
    .slice(0, 2)
    .join('');
  const petals = Array.from(
    { length: 12 },
    (_, i) => `<ellipse cx="100" cy="26" rx="20" ry="24" transform="rotate(${i * 30} 100 100)"/>`,
  );
  return svg(
    200,
    200,
    name,
    `
      <rect width="200" height="200" fill="${lighter(ground, 0.8)}"/>
      <g fill="${lighter(ground, 0.35)}">${petals.join('')}</g>
      <circle cx="100" cy="100" r="72" fill="${ground}"/>
      <circle cx="100" cy="100" r="62" fill="none" stroke="#fff6e5" stroke-width="2.5" stroke-dasharray="1 7"
        stroke-linecap="round"/>
      <text x="100" y="120" font-family="Georgia,'DejaVu Serif',serif" font-weight="700" font-size="56"
        text-anchor="middle" fill="#fff6e5">${escapeXml(initials)}</text>`,
  );
}

/** The store's colour, dark enough for light letters. */
function signColour(colour: Colour): string {
  const { hex } = colours[colour];
  return darker(hex, Math.max(0, luminance(hex) - 0.25));
}

function storeOf(slug: string) {
  const store = sellers.find((one) => one.slug === slug);
  if (!store) throw new Error(`no store ${slug}`);
  return store;
}

const svg = (width: number, height: number, title: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" ` +
  `height="${height}" role="img"><title>${escapeXml(title)}</title>${oneLine(body)}</svg>`;

/** Drawings are written to be read; between their lines nothing needs to be sent. */
const oneLine = (markup: string): string =>
  markup
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('> <', '><');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] as string);

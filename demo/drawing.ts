/** The colours a product is drawn in. */
export interface Paint {
  /** Its own colour, with two darker and two lighter shades. */
  main: string;
  dark: string;
  deep: string;
  light: string;
  pale: string;
  /** What patterned parts are filled with: the motif in its own colours; `main` when it has none. */
  cloth: string;
  /** The label's word, escaped for XML. */
  label: string;
}

/** A picture of a thing on an 800 × 800 sheet. */
export interface Drawing {
  /** Stands at y = 630 around x = 400; otherwise it lies or hangs around (400, 400). */
  standing: boolean;
  /** Half the width of its shadow on the floor. */
  reach: number;
  draw: (paint: Paint) => string;
}

/** A thing that stands on the floor. */
export const standing = (reach: number, draw: Drawing['draw']): Drawing => ({ standing: true, reach, draw });

/** A thing that lies flat or hangs on the wall. */
export const flat = (draw: Drawing['draw']): Drawing => ({ standing: false, reach: 0, draw });

export const cream = '#fff6e5';
export const ink = '#43302a';
export const wood = '#b98555';
export const darkWood = '#8d5f3b';
export const gold = '#d3a545';
export const steel = '#c3c8ca';
export const darkSteel = '#8f979b';
export const green = '#6b8f4e';
export const darkGreen = '#4a6d3d';
export const clay = '#c5754f';
export const steam = '#d9ccb6';

/** Words centred on x with their baseline at y, made to fit the width. */
export function words(text: string, x: number, y: number, width: number, fill: string, largest = 44): string {
  if (!text) return '';
  // Bold sans-serif capitals are at most about 0.72 em wide on the fonts that systems fall back to.
  const size = Math.min(largest, Math.floor(width / (0.72 * text.length)));
  return (
    `<text x="${x}" y="${y}" font-family="'Trebuchet MS','DejaVu Sans',Verdana,sans-serif" font-weight="700" ` +
    `font-size="${size}" text-anchor="middle" fill="${fill}">${text}</text>`
  );
}

/** A soft light on the left of a body. */
export const shine = (path: string, opacity = 0.28): string =>
  `<path d="${path}" fill="#fff" opacity="${opacity}"/>`;

/** A soft shade over a part of a body. */
export const shade = (path: string, opacity = 0.13): string =>
  `<path d="${path}" fill="#2b1a12" opacity="${opacity}"/>`;

/** A leaf from (x, y), `length` long, pointing up when `angle` is 0. */
export const leaf = (x: number, y: number, angle: number, length: number, fill: string): string =>
  `<path transform="translate(${x} ${y}) rotate(${angle}) scale(${length / 100})" ` +
  `d="M0 0c-30-30-34-70 0-100 34 30 30 70 0 100z" fill="${fill}"/>`;

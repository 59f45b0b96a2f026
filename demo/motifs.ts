/**
 * Batik and weaving motifs as SVG patterns: `ground` behind, `ink` for the lines, `spark` for small accents.
 * `polos` (plain) is a ground without a motif.
 */
export const motifs = {
  polos: tile(40, 40, () => ''),
  /** A palm fruit cut in four. */
  kawung: tile(64, 64, (ink, spark) => {
    const petal = `<path d="M29 29C10 27 4 20 3 3c17 1 24 7 26 26z" fill="${ink}"/>`;
    const turned = (angle: number) => `<g transform="rotate(${angle} 32 32)">${petal}</g>`;
    return `
      ${[0, 90, 180, 270].map(turned).join('')}
      <g fill="${spark}">
        <circle cx="32" cy="32" r="3"/>
        <circle r="4"/>
        <circle cx="64" r="4"/>
        <circle cy="64" r="4"/>
        <circle cx="64" cy="64" r="4"/>
      </g>`;
  }),
  /** The slanting, never broken waves of the southern sea. */
  parang: tile(
    36,
    56,
    (ink, spark) => `
      <path d="M0 3h36M0 43h36" stroke="${ink}" stroke-width="3"/>
      <path d="M1 38C0 22 8 10 26 8c6 0 9 4 8 9-6-3-11 0-10 6 1 5 6 6 10 4-4 8-14 3-20 4-5 1-8 3-13 7z"
        fill="${ink}"/>
      <path d="m18 45 5 4.5-5 4.5-5-4.5z" fill="${spark}"/>`,
    'rotate(-45)',
  ),
  /** The layered rain clouds of Cirebon. */
  'mega-mendung': tile(150, 96, (ink, spark) => {
    const cloud = 'M8 74c-2-20 18-28 30-18 0-26 40-32 48-8 14-10 34 0 32 18 10 0 16 4 18 10';
    const at = (x: number, y: number) => `
      <g transform="translate(${x} ${y})">
        <path d="${cloud}" stroke="${ink}" stroke-width="5"/>
        <path d="M24 74c2-8 12-12 22-6 2-18 28-20 32-4 10-6 22-2 22 8" stroke="${spark}" stroke-width="4"/>
      </g>`;
    return `
      <g fill="none" stroke-linecap="round">
        ${at(0, -12)}
        ${at(-75, 36)}
        ${at(75, 36)}
        ${at(0, 84)}
        ${at(75, -60)}
        ${at(-75, -60)}
      </g>`;
  }),
  /** Stars in the night sky. */
  truntum: tile(56, 56, (ink, spark) => {
    const star = (x: number, y: number) => `
      <g transform="translate(${x} ${y})">
        <path d="M0-11V11M-11 0H11M-7-7 7 7M-7 7 7-7" stroke="${ink}" stroke-width="3.4"
          stroke-linecap="round"/>
        <circle r="3.4" fill="${spark}"/>
      </g>`;
    return `
      ${star(14, 14)}
      ${star(42, 42)}
      <g fill="${ink}">
        <circle cx="42" cy="14" r="2.6"/>
        <circle cx="14" cy="42" r="2.6"/>
      </g>`;
  }),
  /** Rosettes in a grid. */
  ceplok: tile(
    72,
    72,
    (ink, spark) => `
      <path d="M36 4 68 36 36 68 4 36z" fill="none" stroke="${ink}" stroke-width="3"/>
      <path d="M36 36c-10-6-10-18 0-22 10 4 10 16 0 22c6-10 18-10 22 0-4 10-16 10-22 0c10 6 10 18 0
        22-10-4-10-16 0-22c-6 10-18 10-22 0 4-10 16-10 22 0z" fill="${ink}"/>
      <g fill="${spark}">
        <circle cx="36" cy="36" r="5"/>
        <circle r="7"/>
        <circle cx="72" r="7"/>
        <circle cy="72" r="7"/>
        <circle cx="72" cy="72" r="7"/>
      </g>`,
  ),
  /** Slopes: fine diagonals with beads between. */
  lereng: tile(
    40,
    40,
    (ink, spark) => `
      <path d="M0 6h40M0 14h40" stroke="${ink}" stroke-width="4"/>
      <g fill="${spark}">
        <circle cx="10" cy="29" r="4"/>
        <circle cx="30" cy="29" r="4"/>
      </g>`,
    'rotate(-45)',
  ),
  /** Rows of young bamboo shoots. */
  tumpal: tile(
    48,
    64,
    (ink, spark) => `
      <path d="M4 56 24 10l20 46z" fill="${ink}"/>
      <path d="m15 52 9-22 9 22z" fill="${spark}"/>
      <path d="M0 61h48" stroke="${ink}" stroke-width="3"/>`,
  ),
  /** The checks of a sarong. */
  kotak: tile(
    72,
    72,
    (ink, spark) => `
      <path d="M18 0v72M0 18h72" stroke="${ink}" stroke-width="20" opacity=".55"/>
      <path d="M50 0v72M0 50h72" stroke="${spark}" stroke-width="4"/>
      <path d="M58 0v72M0 58h72" stroke="${ink}" stroke-width="3"/>`,
  ),
  /** Stepped diamonds, as tied threads give them. */
  ikat: tile(
    80,
    96,
    (ink, spark) => `
      <path d="M40 8v10h12v10h12v10h10v20H64v10H52v10H40V68h12V58h10V48H52V38H40zM40 8v10H28v10H16v10H6v20h10
        v10h12v10h12V68H28V58H18V48h10V38h12z" fill="${ink}"/>
      <path d="m40 40 9 8-9 8-9-8z" fill="${spark}"/>
      <path d="M0 90h80" stroke="${spark}" stroke-width="5" stroke-dasharray="10 6"/>`,
  ),
  /** Gold thread: hooked diamonds in rows. */
  songket: tile(
    60,
    60,
    (ink, spark) => `
      <path d="M30 6 54 30 30 54 6 30z" fill="none" stroke="${ink}" stroke-width="4"/>
      <path d="m30 18 12 12-12 12-12-12z" fill="${ink}"/>
      <path d="m30 25 5 5-5 5-5-5z" fill="${spark}"/>
      <g fill="${spark}">
        <path d="m0-6 6 6-6 6-6-6zM60-6l6 6-6 6-6-6zM0 54l6 6-6 6-6-6zM60 54l6 6-6 6-6-6z"/>
      </g>`,
  ),
  /** Dots, as the point of the canting leaves them. */
  nitik: tile(
    36,
    36,
    (ink, spark) => `
      <g fill="${ink}">
        <circle cx="9" cy="9" r="3.6"/>
        <circle cx="27" cy="27" r="3.6"/>
      </g>
      <circle cx="27" cy="9" r="2" fill="${spark}"/>`,
  ),
  /** Fish scales. */
  sisik: tile(
    56,
    48,
    (ink, spark) => `
      <g fill="none" stroke="${ink}" stroke-width="3.4">
        <path d="M0 0a28 24 0 0 0 56 0M-28 24a28 24 0 0 0 56 0M28 24a28 24 0 0 0 56 0"/>
      </g>
      <g fill="${spark}">
        <circle cx="28" cy="12" r="3.4"/>
        <circle cy="36" r="3.4"/>
        <circle cx="56" cy="36" r="3.4"/>
      </g>`,
  ),
} satisfies Record<string, Tile>;

export type Motif = keyof typeof motifs;

interface Tile {
  width: number;
  height: number;
  transform: string;
  draw: (ink: string, spark: string) => string;
}

function tile(width: number, height: number, draw: Tile['draw'], transform = ''): Tile {
  return { width, height, transform, draw };
}

/** A `<pattern>` of the motif, to be filled with `url(#id)`; `scale` 1 repeats it about every 60 units. */
export function pattern(
  motif: Motif,
  paint: { id: string; ground: string; ink: string; spark: string; scale?: number },
): string {
  const { width, height, transform, draw } = motifs[motif] as Tile;
  const scaled = `scale(${paint.scale ?? 1})${transform && ` ${transform}`}`;
  return (
    `<pattern id="${paint.id}" width="${width}" height="${height}" patternUnits="userSpaceOnUse" ` +
    `patternTransform="${scaled}"><rect width="${width}" height="${height}" fill="${paint.ground}"/>` +
    `${draw(paint.ink, paint.spark)}</pattern>`
  );
}

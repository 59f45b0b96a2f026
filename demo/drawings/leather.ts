import { cream, darkWood, flat, gold, shade, shine, standing } from '../drawing.js';

export const leatherDrawings = {
  sneakers: standing(
    260,
    (c) => `
      <path d="M150 430c0-50 10-92 22-130 46 26 90 20 128-12l30 16c40 60 120 120 250 146 52 12 76 42 76 96v34
        H150z" fill="${c.main}"/>
      <path d="M172 300c46 26 90 20 128-12l30 16c14 20 32 42 54 60-70 70-150 80-232 60-2-46 8-88 20-124z"
        fill="${c.cloth === c.main ? c.light : c.cloth}"/>
      <path d="M150 540v-60c50 20 140 30 200 100z" fill="${c.dark}"/>
      <path d="M540 444c70 8 116 30 116 102v34h-90c10-60 0-100-26-136z" fill="${c.light}"/>
      <path d="M320 300c30 44 70 84 124 110l-54 70c-60-20-106-60-130-110z" fill="${c.deep}"/>
      <g stroke="${cream}" stroke-width="13" stroke-linecap="round">
        <path d="m330 340-56 36M364 376l-56 40M402 408l-52 44"/>
      </g>
      <path d="M138 560h530c10 0 14 8 12 20-4 34-20 50-56 50H180c-34 0-50-24-42-70z" fill="${cream}"/>
      <path d="M142 596h532" stroke="${c.dark}" stroke-width="8"/>
      ${shade('M140 606h532c-6 16-22 24-48 24H180c-20 0-34-8-40-24z', 0.14)}
      ${shine('M180 320c-10 40-14 80-14 110 20 4 40 6 60 4-6-36-2-76 8-108-18 4-36 2-54-6z')}`,
  ),
  loafers: standing(
    260,
    (c) => `
      <path d="M156 470c0-40 10-70 26-92 30 8 62 6 92-8l40-22c26 36 70 64 130 80l110 28c66 16 100 46 102 94v20
        H156z" fill="${c.main}"/>
      <path d="M182 378c30 8 62 6 92-8l40-22c16 22 38 40 66 54-60 56-140 72-210 38 0-24 4-44 12-62z"
        fill="${c.deep}"/>
      <path d="M156 540v-70c60 10 110 40 130 100H156z" fill="${c.dark}"/>
      <path d="M354 392c60 40 130 52 208 64-8 44-40 76-96 84-24-66-66-104-142-122z" fill="${c.light}"
        opacity=".75"/>
      <path d="M318 414c70 16 116 54 140 126" fill="none" stroke="${c.deep}" stroke-width="6"
        stroke-dasharray="10 8"/>
      <path d="M366 396c-8 34-22 60-44 80l70 60c30-26 52-58 66-96z" fill="${c.dark}"/>
      <path d="m374 468 44 34" stroke="${gold}" stroke-width="12" stroke-linecap="round"/>
      <path d="M148 570h512v22c0 14-8 20-22 20H300l-8 18H158c-8-18-12-38-10-60z" fill="${darkWood}"/>
      <path d="M148 570h512v13H148z" fill="${gold}" opacity=".7"/>
      ${shine('M500 462c60 12 110 28 130 62-40-26-90-40-146-44z', 0.35)}`,
  ),
  sandals: flat((c) => {
    const sole = (x: number, turn: number) =>
      `
      <g transform="translate(${x} 400) rotate(${turn})">
        <path d="M0-240c70 0 104 70 98 160-4 60-22 90-20 150 2 90-14 170-78 170s-86-80-84-170
          c2-60-10-90-14-150-6-90 28-160 98-160z" fill="${c.deep}"/>
        <path d="M0-222c58 0 86 62 80 142-4 60-20 90-18 150 2 80-12 152-62 152s-70-72-68-152
          c2-60-8-90-12-150-6-80 22-142 80-142z" fill="${c.light}"/>
        <path d="M-96-60C-60-130 60-130 96-60l-4 66C60-60-60-60-92 6z" fill="${c.main}"/>
        <path d="M-86 60c40-50 130-50 172 0l-8 56c-40-40-116-40-158 0z" fill="${c.dark}"/>
        <path d="M-88-40C-50-104 50-104 88-40M-80 78c40-40 118-40 160 0" fill="none" stroke="${cream}"
          stroke-width="4" stroke-dasharray="9 8" opacity=".8"/>
        <rect x="36" y="50" width="34" height="40" rx="6" fill="${gold}"/>
      </g>`;
    return sole(282, -8) + sole(518, 8);
  }),
  'woven-bag': standing(
    200,
    (c) => `
      <path d="M290 340c-10-150 40-190 110-190s120 40 110 190" fill="none" stroke="${darkWood}"
        stroke-width="22" stroke-linecap="round"/>
      <path d="M186 330h428l-34 270c-2 18-14 30-34 30H254c-20 0-32-12-34-30z" fill="${c.main}"/>
      <g stroke="${c.dark}" stroke-width="9" opacity=".75">
        <path d="M192 376h416M198 426h404M204 476h392M211 526h378M217 576h366"/>
      </g>
      <g stroke="${c.light}" stroke-width="14" stroke-dasharray="26 24" opacity=".8">
        <path d="M206 352h392M236 401h348M216 451h372M246 501h330M226 551h352M250 602h300"/>
      </g>
      ${c.cloth === c.main ? '' : `<path d="M201 440h398l-11 92H212z" fill="${c.cloth}"/>`}
      <rect x="176" y="314" width="448" height="34" rx="17" fill="${c.deep}"/>
      <circle cx="290" cy="331" r="9" fill="${gold}"/>
      <circle cx="510" cy="331" r="9" fill="${gold}"/>
      ${shade('M520 348h92l-32 252c-2 18-14 30-34 30h-44c20-90 22-190 18-282z', 0.12)}`,
  ),
  /** Knotted net with a long strap. */
  noken: flat(
    (c) => `
      <path d="M250 330c-20-190 60-230 150-230s170 40 150 230" fill="none" stroke="${c.deep}"
        stroke-width="20" stroke-linecap="round"/>
      <path d="M250 330c-20-190 60-230 150-230s170 40 150 230" fill="none" stroke="${c.main}"
        stroke-width="10" stroke-dasharray="16 8"/>
      <path d="M220 320h360c34 110 50 180 10 260-40 70-120 90-190 90s-150-20-190-90c-40-80-24-150 10-260z"
        fill="${c.main}"/>
      <path d="M205 380h390c10 38 16 70 16 100H189c0-30 6-62 16-100z"
        fill="${c.cloth === c.main ? c.dark : c.cloth}"/>
      <path d="M189 520h422c-2 20-8 40-18 58H207c-10-18-16-38-18-58z" fill="${c.dark}"/>
      <g fill="none" stroke="${cream}" stroke-width="3.5" opacity=".5">
        <path d="M230 330 600 560M290 330l310 200M350 330l250 160M410 330l196 120M470 330l124 76M200 420l290
          240M190 490l200 175M194 360l350 280M570 330 200 560M510 330 200 530M450 330 200 490M390 330 194 450
          M330 330l-124 76M600 420 310 660M610 490 410 665M606 360 256 640"/>
      </g>
      <rect x="212" y="306" width="376" height="30" rx="15" fill="${c.deep}"/>
      <path d="M260 648c-10 30-6 40-16 62m56-46v54m50-48v50m50-52v56m50-54v50m50-58 4 54m40-74 16 58"
        stroke="${c.dark}" stroke-width="7" stroke-linecap="round"/>`,
  ),
  backpack: standing(
    180,
    (c) => `
      <path d="M340 190c0-60 120-60 120 0" fill="none" stroke="${c.deep}" stroke-width="22"/>
      <path d="M212 380c-30 20-36 120-26 220h60zM588 380c30 20 36 120 26 220h-60z" fill="${c.deep}"/>
      <path d="M222 360c0-120 70-180 178-180s178 60 178 180v220c0 34-18 50-50 50H272c-32 0-50-16-50-50z"
        fill="${c.main}"/>
      <path d="M262 330c0-80 50-118 138-118s138 38 138 118" fill="none" stroke="${c.deep}" stroke-width="9"/>
      <path d="M530 318v38" stroke="${gold}" stroke-width="11" stroke-linecap="round"/>
      <path d="M258 430h284v140c0 22-10 32-32 32H290c-22 0-32-10-32-32z"
        fill="${c.cloth === c.main ? c.dark : c.cloth}"/>
      <path d="M258 430h284v44H258z" fill="${c.deep}"/>
      <rect x="378" y="446" width="44" height="56" rx="10" fill="${gold}"/>
      <rect x="356" y="340" width="88" height="54" rx="10" fill="${cream}"/>
      <path d="m400 350 16 17-16 17-16-17z" fill="${c.dark}"/>
      ${shine('M244 360c0-80 36-130 90-148-40 44-54 110-52 190v206h-20c-14-4-18-14-18-28z', 0.16)}
      ${shade('M520 236c40 30 58 70 58 124v220c0 34-18 50-50 50h-30c24-130 40-270 22-394z', 0.12)}`,
  ),
  wallet: flat(
    (c) => `
      <g transform="rotate(-7 400 400)">
        <path d="M250 250h280v60H250z" fill="${cream}"/>
        <path d="M270 226h260v60H270z" fill="#8fb59a"/>
        <path d="M238 268h304v60H238z" fill="#d9824f"/>
        <rect x="196" y="290" width="408" height="270" rx="26" fill="${c.dark}"/>
        <rect x="186" y="300" width="408" height="270" rx="26" fill="${c.cloth}"/>
        <path d="M186 326c0-16 10-26 26-26h356c16 0 26 10 26 26v18H186z" fill="${c.deep}"/>
        <rect x="202" y="316" width="376" height="238" rx="16" fill="none" stroke="${cream}" stroke-width="5"
          stroke-dasharray="12 9" opacity=".75"/>
        <path d="M500 400h110c16 0 24 8 24 24v24c0 16-8 24-24 24H500c-24 0-36-14-36-36s12-36 36-36z"
          fill="${c.light}"/>
        <circle cx="510" cy="436" r="17" fill="${gold}"/>
        ${shine('M210 360c60 30 60 120 30 190-24-4-32-10-38-24V360z', 0.14)}
      </g>`,
  ),
  belt: flat(
    (c) => `
      <circle cx="400" cy="420" r="205" fill="none" stroke="${c.deep}" stroke-width="64"/>
      <circle cx="400" cy="410" r="205" fill="none" stroke="${c.main}" stroke-width="58"/>
      <circle cx="400" cy="410" r="186" fill="none" stroke="${cream}" stroke-width="4" stroke-dasharray="12 9"
        opacity=".7"/>
      <circle cx="400" cy="410" r="224" fill="none" stroke="${cream}" stroke-width="4" stroke-dasharray="12 9"
        opacity=".7"/>
      <circle cx="400" cy="410" r="122" fill="none" stroke="${c.dark}" stroke-width="58"/>
      <circle cx="400" cy="404" r="122" fill="none" stroke="${c.light}" stroke-width="44"/>
      <path d="M300 150h230c26 0 44 24 44 54s-18 54-44 54H300z" fill="${c.main}"/>
      <g fill="${c.deep}">
        <circle cx="470" cy="204" r="9"/>
        <circle cx="510" cy="204" r="9"/>
        <circle cx="430" cy="204" r="9"/>
      </g>
      <rect x="260" y="132" width="130" height="146" rx="26" fill="none" stroke="${gold}" stroke-width="22"/>
      <path d="M326 205h70" stroke="${gold}" stroke-width="14" stroke-linecap="round"/>`,
  ),
  flats: flat((c) => {
    const shoe = (x: number, turn: number) =>
      `
      <g transform="translate(${x} 400) rotate(${turn})">
        <path d="M0-240c66 0 100 60 98 140-2 60-26 90-24 150 2 110-8 190-74 190s-76-80-74-190
          c2-60-22-90-24-150-2-80 32-140 98-140z" fill="${c.deep}"/>
        <path d="M0-252c66 0 100 60 98 140-2 60-26 90-24 150 2 110-8 190-74 190s-76-80-74-190
          c2-60-22-90-24-150-2-80 32-140 98-140z" fill="${c.cloth}"/>
        <path d="M0-130c40 0 60 30 58 80-2 40-14 60-12 96 2 90-6 154-46 154s-48-64-46-154
          c2-36-10-56-12-96-2-50 18-80 58-80z" fill="${c.deep}"/>
        <path d="M0-112c32 0 48 26 46 70-2 40-12 58-10 92 2 84-6 136-36 136s-38-52-36-136c2-34-8-52-10-92-2-44
          14-70 46-70z" fill="${cream}"/>
        <path d="M0-140c-26-30-58-20-52 6 14 12 36 10 52-6zm0 0c26-30 58-20 52 6-14 12-36 10-52-6z"
          fill="${c.dark}"/>
        <circle cy="-138" r="10" fill="${gold}"/>
        <path d="M-18 150h36" stroke="${c.dark}" stroke-width="9" stroke-linecap="round"/>
      </g>`;
    return shoe(286, -7) + shoe(514, 7);
  }),
};

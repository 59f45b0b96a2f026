import {
  cream,
  darkSteel,
  darkWood,
  flat,
  gold,
  ink,
  shade,
  shine,
  standing,
  steel,
  words,
} from '../drawing.js';

/** A row of keys of one width, 8 apart. */
const keys = (y: number, x: number, count: number, width: number, fill: string) => {
  const rects = Array.from(
    { length: count },
    (_, i) => `<rect x="${x + i * (width + 8)}" y="${y}" width="${width}" height="38" rx="8"/>`,
  );
  return `<g fill="${fill}">${rects.join('')}</g>`;
};

export const electronicsDrawings = {
  headphones: flat(
    (c) => `
      <path d="M196 440C170 90 630 90 604 440" fill="none" stroke="${c.dark}" stroke-width="44"
        stroke-linecap="round"/>
      <path d="M214 380C220 150 580 150 586 380" fill="none" stroke="${c.light}" stroke-width="14"
        stroke-linecap="round"/>
      <path d="M290 200c60-50 160-50 220 0" fill="none" stroke="${c.deep}" stroke-width="48"
        stroke-linecap="round"/>
      <path d="M220 380c60-20 90 10 90 50v120c0 40-30 70-90 50z" fill="${c.deep}"/>
      <path d="M580 380c-60-20-90 10-90 50v120c0 40 30 70 90 50z" fill="${c.deep}"/>
      <path d="M236 372c-60-8-96 40-96 118s36 126 96 118z" fill="${c.main}"/>
      <path d="M564 372c60-8 96 40 96 118s-36 126-96 118z" fill="${c.main}"/>
      <path d="M180 420c-20 40-20 100 0 140" fill="none" stroke="#fff" stroke-width="12"
        stroke-linecap="round" opacity=".4"/>
      <circle cx="620" cy="490" r="20" fill="${gold}"/>
      <circle cx="620" cy="490" r="9" fill="${c.deep}"/>`,
  ),
  earbuds: standing(
    190,
    (c) => `
      <path d="M240 410c-6-130 62-196 160-196s166 66 160 196z" fill="${c.light}"/>
      <path d="M266 404c0-100 58-160 134-160s134 60 134 160z" fill="${c.dark}" opacity=".5"/>
      <path d="M230 470c0-50 30-76 80-76h180c50 0 80 26 80 76v80c0 50-30 80-80 80H310c-50 0-80-30-80-80z"
        fill="${c.main}"/>
      <path d="M230 470c0-50 30-76 80-76h180c50 0 80 26 80 76-70 30-270 30-340 0z" fill="${c.dark}"/>
      <ellipse cx="330" cy="444" rx="58" ry="30" fill="${c.deep}"/>
      <ellipse cx="470" cy="444" rx="58" ry="30" fill="${c.deep}"/>
      <path d="M330 340c34 0 54 22 54 54s-22 50-54 56c-32-6-54-24-54-56s20-54 54-54z" fill="${c.main}"/>
      <path d="M470 340c34 0 54 22 54 54s-22 50-54 56c-32-6-54-24-54-56s20-54 54-54z" fill="${c.main}"/>
      <path d="M318 344c-26 4-42 24-42 50s18 46 42 54c-12-30-12-74 0-104zM482 344c26 4 42 24 42 50s-18 46-42
        54c12-30 12-74 0-104z" fill="${c.dark}"/>
      <path d="M346 364h14v24h-14zM440 364h14v24h-14z" fill="${c.deep}"/>
      ${shine('M330 352c18 0 32 8 38 24-14-8-26-12-40-12zM470 352c18 0 32 8 38 24-14-8-26-12-40-12z', 0.5)}
      <circle cx="400" cy="560" r="9" fill="#8fd08a"/>
      ${shine('M250 500h16v60c0 20 8 34 22 44-26-6-38-24-38-54z', 0.4)}`,
  ),
  speaker: standing(
    220,
    (c) => `
      <path d="M320 240c0-60 160-60 160 0" fill="none" stroke="${darkWood}" stroke-width="18"/>
      <rect x="180" y="240" width="440" height="380" rx="40" fill="${c.main}"/>
      <path d="M220 616h60v16h-60zM520 616h60v16h-60z" fill="${ink}"/>
      <rect x="210" y="270" width="380" height="320" rx="26" fill="${c.cloth === c.main ? c.dark : c.cloth}"/>
      <circle cx="400" cy="454" r="112" fill="${c.deep}"/>
      <circle cx="400" cy="454" r="92" fill="${ink}"/>
      <circle cx="400" cy="454" r="72" fill="none" stroke="${darkSteel}" stroke-width="6"/>
      <circle cx="400" cy="454" r="36" fill="${darkSteel}"/>
      <path d="M380 436c10-10 24-12 34-6" stroke="#fff" stroke-width="6" fill="none" stroke-linecap="round"
        opacity=".6"/>
      <circle cx="286" cy="320" r="28" fill="${ink}"/>
      <circle cx="286" cy="320" r="12" fill="${darkSteel}"/>
      <circle cx="514" cy="320" r="28" fill="${gold}"/>
      <path d="M514 320V298" stroke="${c.deep}" stroke-width="6"/>
      ${shade('M560 240h20c24 0 40 16 40 40v300c0 24-16 40-40 40h-20z', 0.12)}
      ${shine('M196 280c0-14 10-24 24-24h8v350c-20 0-32-10-32-30z', 0.2)}`,
  ),
  'phone-case': flat(
    (c) => `
      <g transform="rotate(9 400 400)">
        <rect x="262" y="126" width="276" height="548" rx="52" fill="${c.deep}"/>
        <rect x="268" y="120" width="264" height="546" rx="48" fill="${c.main}"/>
        <rect x="280" y="132" width="240" height="522" rx="38" fill="${c.cloth}"/>
        <rect x="300" y="152" width="112" height="126" rx="30" fill="${c.deep}"/>
        <g fill="${ink}">
          <circle cx="332" cy="186" r="20"/>
          <circle cx="380" cy="186" r="20"/>
          <circle cx="332" cy="240" r="20"/>
        </g>
        <g fill="#7b95a5">
          <circle cx="332" cy="186" r="9"/>
          <circle cx="380" cy="186" r="9"/>
          <circle cx="332" cy="240" r="9"/>
        </g>
        <circle cx="380" cy="240" r="9" fill="#fff2c2"/>
        <path d="M536 260h10v70h-10zM536 350h10v50h-10z" fill="${c.deep}"/>
        ${shine('M300 640c-8-4-14-12-14-24V420L500 140h6c10 2 14 10 14 22v10L310 642z', 0.16)}
      </g>`,
  ),
  'power-bank': flat(
    (c) => `
      <path d="M470 190c0-70 110-90 120-10 6 60-60 90-40 160 14 50 70 50 70 50" fill="none" stroke="${ink}"
        stroke-width="13" stroke-linecap="round"/>
      <path d="M612 366h44v48h-44z" fill="${c.deep}"/>
      <path d="M656 378h24v24h-24z" fill="${steel}"/>
      <g transform="rotate(-8 380 410)">
        <rect x="252" y="176" width="256" height="470" rx="46" fill="${c.deep}"/>
        <rect x="246" y="168" width="256" height="470" rx="46" fill="${c.main}"/>
        <rect x="434" y="152" width="60" height="28" rx="8" fill="${darkSteel}"/>
        <rect x="284" y="212" width="180" height="86" rx="18" fill="${ink}"/>
        <path d="M324 234h36v42h-36zM324 255h36M386 234h36v42h-36z" fill="none" stroke="#8fd08a"
          stroke-width="9"/>
        <path d="m380 392-52 84h44l-16 74 72-100h-48l26-58z" fill="${gold}"/>
        ${shine('M266 214c0-18 10-28 26-28h10v436c-24-4-36-16-36-40z', 0.3)}
        ${words(c.label, 374, 606, 190, c.pale, 26)}
      </g>`,
  ),
  charger: flat(
    (c) => `
      <path d="M400 560c0 90 40 130 120 120 120-16 130-110 60-140-60-24-100 30-60 70" fill="none"
        stroke="${c.dark}" stroke-width="15" stroke-linecap="round"/>
      <path d="M350 116h24v90h-24zM426 116h24v90h-24z" fill="${darkSteel}"/>
      <rect x="266" y="196" width="268" height="300" rx="48" fill="${c.main}"/>
      <path d="M266 244c0-28 20-48 48-48h172c28 0 48 20 48 48v20H266z" fill="${c.light}"/>
      <path d="M266 460h268c-4 22-22 36-48 36H314c-26 0-44-14-48-36z" fill="${c.deep}" opacity=".35"/>
      <rect x="320" y="420" width="54" height="24" rx="12" fill="${ink}"/>
      <rect x="426" y="420" width="54" height="24" rx="12" fill="${ink}"/>
      <path d="m412 286-40 64h32l-12 52 54-74h-34l18-42z" fill="${gold}"/>
      <path d="M384 496h32v16h-32z" fill="${steel}"/>
      <rect x="376" y="508" width="48" height="60" rx="10" fill="${c.deep}"/>
      ${shine('M286 270h20v180c-14-4-20-12-20-24z', 0.4)}`,
  ),
  keyboard: flat((c) => {
    const cap = c.light;
    return `
      <g transform="rotate(-6 400 400)">
        <rect x="112" y="288" width="576" height="262" rx="30" fill="${c.deep}"/>
        <rect x="112" y="276" width="576" height="256" rx="30" fill="${c.main}"/>
        <rect x="130" y="294" width="540" height="220" rx="16" fill="${c.deep}"/>
        ${keys(304, 140, 11, 41, cap)}
        ${keys(350, 140, 1, 58, c.dark)}
        ${keys(350, 206, 9, 41, cap)}
        ${keys(396, 140, 1, 70, c.dark)}
        ${keys(396, 218, 8, 41, cap)}
        ${keys(442, 140, 1, 84, c.dark)}
        ${keys(442, 232, 7, 41, cap)}
        <rect x="647" y="350" width="14" height="38" rx="6" fill="${gold}"/>
        <rect x="610" y="396" width="51" height="84" rx="8" fill="${gold}"/>
        <rect x="575" y="442" width="27" height="38" rx="8" fill="${c.dark}"/>
        <rect x="140" y="488" width="60" height="18" rx="8" fill="${c.dark}"/>
        <rect x="210" y="488" width="330" height="20" rx="8" fill="${c.cloth === c.main ? cap : c.cloth}"/>
        <rect x="550" y="488" width="111" height="18" rx="8" fill="${c.dark}"/>
      </g>`;
  }),
  mouse: flat(
    (c) => `
      <path d="M400 190c90 0 140 70 140 180v80c0 110-50 170-140 170s-140-60-140-170v-80c0-110 50-180 140-180z"
        fill="${c.deep}" transform="translate(6 10)"/>
      <path d="M400 190c90 0 140 70 140 180v80c0 110-50 170-140 170s-140-60-140-170v-80c0-110 50-180 140-180z"
        fill="${c.main}"/>
      <path d="M260 380c90 30 190 30 280 0v-10c0-110-50-180-140-180s-140 70-140 180z" fill="${c.light}"/>
      <path d="M400 190v208" stroke="${c.deep}" stroke-width="7"/>
      <path d="M260 380c90 30 190 30 280 0" fill="none" stroke="${c.deep}" stroke-width="6"/>
      <rect x="380" y="250" width="40" height="84" rx="20" fill="${ink}"/>
      <path d="M386 276h28M386 292h28M386 308h28" stroke="${darkSteel}" stroke-width="5"/>
      <circle cx="400" cy="540" r="16" fill="${gold}"/>
      ${shine('M280 420c14 80 34 130 70 160-50-20-76-70-70-160z', 0.45)}`,
  ),
  'laptop-stand': standing(
    240,
    (c) => `
      <path d="M210 230h380c14 0 22 8 22 22v210H188V252c0-14 8-22 22-22z" fill="${darkSteel}"/>
      <path d="M206 248h388v204H206z" fill="#274054"/>
      <path d="M206 452c80-90 130-120 194-120s110 60 194 40v80z" fill="#6f9a86"/>
      <circle cx="500" cy="304" r="28" fill="#f0c66d"/>
      <path d="M160 462h480l20 22c0 8-6 12-16 12H156c-10 0-16-4-16-12z" fill="${steel}"/>
      <path d="M230 496h60l-40 134h-60zM510 496h60l40 134h-60z" fill="${c.main}"/>
      <path d="M200 496h400v22H200z" fill="${c.dark}"/>
      <path d="M244 572h312v22H244z" fill="${c.dark}"/>
      <path d="M250 500l-36 126M530 500l36 126" stroke="${c.light}" stroke-width="6"/>`,
  ),
  'desk-fan': standing(
    150,
    (c) => `
      <path d="M386 470h28l14 110h-56z" fill="${c.dark}"/>
      <path d="M290 630c0-40 50-54 110-54s110 14 110 54z" fill="${c.main}"/>
      <circle cx="370" cy="606" r="8" fill="${cream}"/>
      <circle cx="400" cy="606" r="8" fill="${cream}"/>
      <circle cx="430" cy="606" r="8" fill="${gold}"/>
      <circle cx="400" cy="320" r="190" fill="${c.deep}"/>
      <circle cx="400" cy="320" r="174" fill="#f8f1e3"/>
      <g fill="${c.main}">
        <path d="M400 320c-60-30-70-110-20-150 50 20 60 90 20 150z"/>
        <path d="M400 320c56-38 130-4 140 60-44 34-108 8-140-60z"/>
        <path d="M400 320c4 68-62 114-122 88-8-54 46-98 122-88z"/>
      </g>
      <g fill="none" stroke="${c.deep}" stroke-width="4" opacity=".6">
        <circle cx="400" cy="320" r="140"/>
        <circle cx="400" cy="320" r="100"/>
        <path d="M400 146v348M226 320h348M278 198l244 244M522 198 278 442"/>
      </g>
      <circle cx="400" cy="320" r="38" fill="${c.dark}"/>
      <circle cx="400" cy="320" r="16" fill="${gold}"/>`,
  ),
  'desk-lamp': standing(
    160,
    (c) => `
      <path d="M520 330 330 640h360z" fill="#fff0b0" opacity=".5"/>
      <path d="M310 610 240 400l190-160" fill="none" stroke="${c.dark}" stroke-width="20"
        stroke-linejoin="round" stroke-linecap="round"/>
      <circle cx="240" cy="400" r="22" fill="${gold}"/>
      <circle cx="312" cy="604" r="18" fill="${c.deep}"/>
      <path d="M200 630c0-24 50-36 110-36s110 12 110 36z" fill="${c.main}"/>
      <g transform="rotate(28 480 250)">
        <path d="M380 210c0-30 20-50 50-50h70c60 0 100 60 110 140H370c0-40 0-60 10-90z" fill="${c.main}"/>
        <ellipse cx="490" cy="300" rx="120" ry="24" fill="${c.deep}"/>
        <ellipse cx="490" cy="302" rx="92" ry="15" fill="#fff3c2"/>
        ${shine('M396 220c0-26 14-40 36-42-16 30-22 66-22 104h-18c0-24 0-44 4-62z', 0.35)}
      </g>`,
  ),
  watch: flat(
    (c) => `
      <path d="M330 260 346 96h108l16 164zM330 540l16 164h108l16-164z" fill="${c.main}"/>
      <path d="M330 260l4-40h132l4 40zM330 540l4 40h132l4-40z" fill="${c.dark}"/>
      <g fill="${c.deep}">
        <circle cx="400" cy="620" r="7"/>
        <circle cx="400" cy="648" r="7"/>
        <circle cx="400" cy="676" r="7"/>
      </g>
      <rect x="540" y="350" width="24" height="54" rx="10" fill="${darkSteel}"/>
      <rect x="262" y="242" width="280" height="316" rx="76" fill="${darkSteel}"/>
      <rect x="272" y="248" width="260" height="304" rx="68" fill="${ink}"/>
      <circle cx="402" cy="400" r="96" fill="none" stroke="#4c3a34" stroke-width="16"/>
      <path d="M402 304a96 96 0 1 1-90 130" fill="none" stroke="${c.light}" stroke-width="16"
        stroke-linecap="round"/>
      <path d="M402 400v-56M402 400l36 24" stroke="${cream}" stroke-width="11" stroke-linecap="round"/>
      <circle cx="402" cy="400" r="10" fill="${gold}"/>
      ${shine('M300 300c10-24 26-34 50-34h30c-50 40-80 110-88 200V330c0-12 2-20 8-30z', 0.14)}`,
  ),
};

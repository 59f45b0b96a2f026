import {
  cream,
  darkGreen,
  darkSteel,
  darkWood,
  flat,
  gold,
  green,
  ink,
  leaf,
  shade,
  shine,
  standing,
  steam,
  steel,
  wood,
  words,
} from '../drawing.js';

export const drinkDrawings = {
  'coffee-bag': standing(
    175,
    (c) => `
      <path d="M246 232h308l22 372c0 18-8 26-26 26H250c-18 0-26-8-26-26z" fill="${c.main}"/>
      <path d="M246 232h40l-24 398h-12c-18 0-26-8-26-26z" fill="${c.light}" opacity=".5"/>
      ${shade('M514 232h40l22 372c0 18-8 26-26 26h-16z')}
      <path d="M240 176h320v56H240z" fill="${c.dark}"/>
      <path d="M240 196h320M240 214h320" stroke="${c.deep}" stroke-width="4"/>
      <path d="M206 190h388v22H206z" fill="${gold}"/>
      <rect x="280" y="286" width="240" height="250" rx="14" fill="${cream}"/>
      <path d="M280 300a14 14 0 0 1 14-14h212a14 14 0 0 1 14 14v66H280z"
        fill="${c.cloth === c.main ? c.dark : c.cloth}"/>
      <g transform="translate(400 424)">
        <g transform="rotate(28)">
          <ellipse rx="34" ry="46" fill="${darkWood}"/>
          <path d="M-4-44c18 28-14 60 6 88" fill="none" stroke="${cream}" stroke-width="6"/>
        </g>
      </g>
      ${words(c.label, 400, 516, 210, c.deep, 36)}
      <circle cx="400" cy="262" r="10" fill="${c.deep}"/>`,
  ),
  'tea-tin': standing(
    165,
    (c) => `
      <path d="M250 320h300v270c0 26-70 40-150 40s-150-14-150-40z" fill="${c.main}"/>
      ${shade('M480 320h70v270c0 16-26 28-70 34z')}
      ${shine('M276 330h34v290c-20-4-34-10-34-16z', 0.24)}
      <path d="M250 320h300v54H250z" fill="${c.dark}"/>
      <ellipse cx="400" cy="320" rx="150" ry="38" fill="${c.deep}"/>
      <path d="M262 250h276v66c0 20-62 32-138 32s-138-12-138-32z" fill="${c.light}"/>
      <ellipse cx="400" cy="250" rx="138" ry="34" fill="${c.pale}"/>
      <ellipse cx="400" cy="244" rx="40" ry="12" fill="${gold}"/>
      <path d="M384 214h32v30h-32z" fill="${gold}"/>
      <circle cx="400" cy="208" r="22" fill="${gold}"/>
      <path d="M250 410c90 26 210 26 300 0v150c-90 26-210 26-300 0z"
        fill="${c.cloth === c.main ? c.dark : c.cloth}"/>
      <ellipse cx="400" cy="498" rx="106" ry="78" fill="${cream}"/>
      ${leaf(396, 500, -34, 54, green)}
      ${leaf(404, 500, 34, 54, darkGreen)}
      ${leaf(400, 496, 0, 60, green)}
      ${words(c.label, 400, 544, 150, c.deep, 30)}`,
  ),
  'spice-drink': standing(
    190,
    (c) => `
      <path d="M226 250h290l16 356c0 16-8 24-24 24H234c-16 0-24-8-24-24z" fill="${c.main}"/>
      <path d="M222 212h298v44H222z" fill="${c.dark}"/>
      <path d="M222 226h298" stroke="${c.deep}" stroke-width="4" stroke-dasharray="12 8"/>
      <circle cx="371" cy="412" r="96" fill="${cream}"/>
      <g transform="translate(371 398)">
        <path d="M-50 14c-16-26 8-44 26-32 0-28 36-34 42-8 22-16 44 6 32 26 12 22-10 36-28 26-12 22-42
          18-46-4-12 6-22 4-26-8z" fill="#d9a860"/>
        <path d="M-34 8c8-8 16-8 22 0M4-8c8-4 14 0 16 8M12 16c8-2 14-2 18 2" fill="none" stroke="${darkWood}"
          stroke-width="4"/>
      </g>
      ${words(c.label, 371, 474, 150, c.deep, 30)}
      <path d="M270 548h202M300 576h142" stroke="${cream}" stroke-width="8" stroke-linecap="round"
        opacity=".7"/>
      ${shade('M476 256h40l16 350c0 16-8 24-24 24h-20z')}
      <path d="M452 540h150v50c0 26-30 40-75 40s-75-14-75-40z" fill="${cream}"/>
      <path d="M600 552c50-10 50 54-8 50" fill="none" stroke="${cream}" stroke-width="14"/>
      <ellipse cx="527" cy="540" rx="75" ry="18" fill="${c.deep}"/>
      ${shade('M560 556c20-4 36-8 42-14v48c0 22-22 36-56 40z', 0.08)}
      <path d="M505 508c-16-22 16-34 0-58M549 508c-16-22 16-34 0-58" fill="none" stroke="${steam}"
        stroke-width="8" stroke-linecap="round"/>`,
  ),
  'chocolate-bar': flat(
    (c) => `
      <g transform="rotate(-12 400 400)">
        <path d="M262 130h276v200H262z" fill="#6b4128"/>
        <g fill="#7f5136">
          <path d="M276 144h76v76h-76zM362 144h76v76h-76zM448 144h76v76h-76zM276 230h76v76h-76zM362 230h76v76
            h-76zM448 230h76v76h-76z"/>
        </g>
        <path d="M250 290l30-24 26 24 30-24 26 24 30-24 26 24 30-24 26 24 30-24 26 24 20-18v50H250z"
          fill="${steel}"/>
        <path d="M250 306h300v364H250z" fill="${c.cloth}"/>
        <path d="M250 306h300v30H250zM250 640h300v30H250z" fill="${c.deep}"/>
        <rect x="290" y="400" width="220" height="180" rx="10" fill="${cream}"/>
        <rect x="300" y="410" width="200" height="160" rx="6" fill="none" stroke="${c.main}"
          stroke-width="4"/>
        <g transform="translate(400 462)">
          <path d="M0-36c36 0 60 16 60 36S36 36 0 36-60 20-60 0s24-36 60-36z" fill="${c.main}"/>
          <path d="M-58 0h116M-44-18C-20-6 20-6 44-18M-44 18C-20 6 20 6 44 18" fill="none" stroke="${c.deep}"
            stroke-width="4"/>
        </g>
        ${words(c.label, 400, 552, 160, c.deep, 40)}
        ${shade('M510 306h40v364h-40z', 0.1)}
      </g>`,
  ),
  dripper: standing(
    170,
    (c) => `
      <path d="M236 240h328l-96 170H332z" fill="${c.main}"/>
      <ellipse cx="400" cy="240" rx="164" ry="36" fill="${c.dark}"/>
      <path d="M258 236h284l-110 60h-64z" fill="${cream}"/>
      <ellipse cx="400" cy="238" rx="132" ry="24" fill="#6b4128"/>
      <path d="M552 266c70 0 60 90-30 84" fill="none" stroke="${c.cloth === c.main ? c.main : wood}"
        stroke-width="22"/>
      <path d="M282 270l70 130M340 282l30 118M518 270l-70 130M460 282l-30 118" stroke="${c.dark}"
        stroke-width="6" opacity=".5"/>
      <path d="M296 404h208c16 0 16 30 0 30H296c-16 0-16-30 0-30z" fill="${c.deep}"/>
      <path d="M306 446h188v140c0 28-20 44-48 44h-92c-28 0-48-16-48-44z" fill="#e6f0ef" opacity=".85"/>
      <path d="M312 528h176v58c0 24-18 38-42 38h-92c-24 0-42-14-42-38z" fill="#6b4128"/>
      <path d="M494 470c54-6 54 90-4 84" fill="none" stroke="#dbe8e7" stroke-width="14"/>
      <path d="M400 436v90" stroke="#6b4128" stroke-width="8"/>
      ${shine('M322 456h18v150c-10-4-18-12-18-24z', 0.6)}`,
  ),
  'french-press': standing(
    150,
    (c) => `
      <path d="M400 150v110" stroke="${darkSteel}" stroke-width="12"/>
      <circle cx="400" cy="146" r="26" fill="${c.main}"/>
      <path d="M520 320c90-10 90 220 0 210" fill="none" stroke="${c.dark}" stroke-width="26"/>
      <path d="M290 280h220v350H290z" fill="#e4efee" opacity=".9"/>
      <path d="M296 380h208v244H296z" fill="#6b4128"/>
      <path d="M296 380h208v26H296z" fill="#a97b52"/>
      <path d="M296 434h208v18H296z" fill="${darkSteel}"/>
      <path d="M400 260v176" stroke="${steel}" stroke-width="8"/>
      <path d="M280 280c0-36 40-52 120-52s120 16 120 52z" fill="${c.main}"/>
      <path d="M268 278h264v24H268zM280 560h240v18H280zM276 606h248v24H276z" fill="${c.dark}"/>
      <path d="M290 300h14v300h-14zM496 300h14v300h-14z" fill="${c.dark}"/>
      ${shine('M320 310h22v286h-22z', 0.4)}
      <path d="M268 300l-30 24 36 10z" fill="#dbe8e7"/>`,
  ),
  grinder: standing(
    165,
    (c) => `
      <path d="M400 250V180l150-26" fill="none" stroke="${darkSteel}" stroke-width="16" stroke-linecap="round"
        stroke-linejoin="round"/>
      <path d="M550 120c16 0 26 12 26 30s-10 30-26 30-26-12-26-30 10-30 26-30z" fill="${c.main}"/>
      <path d="M300 340c0-60 40-96 100-96s100 36 100 96z" fill="${steel}"/>
      ${shine('M326 336c0-44 26-70 60-80-20 24-28 50-28 80z', 0.6)}
      <path d="M280 336h240v26H280z" fill="${darkSteel}"/>
      <path d="M268 362h264v240H268z" fill="${c.main}"/>
      <path d="M250 596h300v34H250z" fill="${c.dark}"/>
      <path d="M256 356h288v22H256z" fill="${c.dark}"/>
      <path d="M290 400c70 14 150-8 220 4M290 440c70 12 150-6 220 6M290 566c70 10 150-6 220 4" fill="none"
        stroke="${c.dark}" stroke-width="4" opacity=".6"/>
      <rect x="300" y="462" width="200" height="90" rx="6" fill="${c.light}"/>
      <rect x="300" y="462" width="200" height="90" rx="6" fill="none" stroke="${c.deep}" stroke-width="5"/>
      <circle cx="400" cy="507" r="17" fill="${gold}"/>
      ${shade('M496 378h36v218h-36z')}
      <g fill="#6b4128">
        <ellipse cx="588" cy="616" rx="20" ry="14"/>
        <ellipse cx="226" cy="618" rx="18" ry="12"/>
        <ellipse cx="198" cy="600" rx="16" ry="12"/>
      </g>`,
  ),
  kettle: standing(
    200,
    (c) => `
      <path d="M300 330c-10-120 200-140 250-20 20 60 20 140 0 210" fill="none" stroke="${ink}"
        stroke-width="24" stroke-linecap="round"/>
      <path d="M300 560c-110 10-90-130-130-200-14-26-30-32-50-34" fill="none" stroke="${c.main}"
        stroke-width="26" stroke-linecap="round"/>
      <path d="M292 340h200l56 250c4 24-8 40-32 40H268c-24 0-36-16-32-40z" fill="${c.main}"/>
      ${shade('M440 340h52l56 250c4 24-8 40-32 40h-60c10-100 4-200-16-290z')}
      ${shine('M306 356h40l-30 260h-34c-16 0-24-10-22-26z', 0.3)}
      <ellipse cx="392" cy="338" rx="102" ry="26" fill="${c.dark}"/>
      <path d="M312 330c0-40 160-40 160 0 0 20-160 20-160 0z" fill="${c.light}"/>
      <circle cx="392" cy="292" r="20" fill="${ink}"/>
      <circle cx="450" cy="318" r="14" fill="${cream}"/>
      <path d="M450 318v-9" stroke="${ink}" stroke-width="4"/>
      <path d="M240 600h304" stroke="${c.deep}" stroke-width="8" opacity=".5"/>`,
  ),
};

import {
  cream,
  darkGreen,
  darkWood,
  flat,
  gold,
  green,
  ink,
  leaf,
  shade,
  shine,
  standing,
  wood,
  words,
} from '../drawing.js';

const weave = (dark: string, light: string) =>
  `
      <g stroke="${dark}" stroke-width="9" opacity=".7">
        <path d="M206 410h388M212 456h376M218 502h364M224 548h352M230 594h340"/>
      </g>` +
  `
      <g stroke="${light}" stroke-width="15" stroke-dasharray="26 24" opacity=".85">
        <path d="M214 388h372M246 433h330M224 479h352M256 525h308M236 571h328M262 616h276"/>
      </g>`;

export const homeDrawings = {
  basket: standing(
    210,
    (c) => `
      <path d="M210 410c-50-20-50-90 10-80M590 410c50-20 50-90-10-80" fill="none" stroke="${c.deep}"
        stroke-width="20"/>
      <path d="M250 300c40-60 110-20 150-40s110-20 150 40l-20 80H270z" fill="${cream}"/>
      <path d="M300 290c20 30 30 60 30 90M460 280c-10 30-10 60 0 100" stroke="#e0cfae" stroke-width="8"
        fill="none"/>
      <path d="M196 360h408l-40 250c-4 14-12 20-26 20H262c-14 0-22-6-26-20z" fill="${c.main}"/>
      ${weave(c.dark, c.light)}
      ${c.cloth === c.main ? '' : `<path d="M208 430h384l-16 100H224z" fill="${c.cloth}"/>`}
      <rect x="184" y="342" width="432" height="38" rx="19" fill="${c.dark}"/>
      <path d="M200 361h400" stroke="${c.light}" stroke-width="8" stroke-dasharray="18 12" opacity=".7"/>
      ${shade('M530 380h71l-37 230c-4 14-12 20-26 20h-40c20-80 30-160 32-250z', 0.12)}`,
  ),
  'lidded-basket': standing(
    200,
    (c) => `
      <path d="M204 380h392l-32 230c-4 14-12 20-26 20H262c-14 0-22-6-26-20z" fill="${c.main}"/>
      ${weave(c.dark, c.light)}
      ${c.cloth === c.main ? '' : `<path d="M211 430h378l-14 100H225z" fill="${c.cloth}"/>`}
      <path d="M200 350c0-80 100-110 200-110s200 30 200 110z" fill="${c.main}"/>
      <path d="M240 326c60-20 260-20 320 0M276 290c60-16 188-16 248 0" fill="none" stroke="${c.light}"
        stroke-width="14" stroke-dasharray="24 18"/>
      <rect x="184" y="344" width="432" height="38" rx="19" fill="${c.dark}"/>
      <path d="M200 363h400" stroke="${c.light}" stroke-width="8" stroke-dasharray="18 12" opacity=".7"/>
      <path d="M360 244c0-50 80-50 80 0" fill="none" stroke="${c.deep}" stroke-width="18"/>
      ${shade('M526 382h70l-32 228c-4 14-12 20-26 20h-40c20-80 30-160 28-248z', 0.12)}`,
  ),
  'pendant-lamp': standing(
    0,
    (c) => `
      <path d="M400 0v220" stroke="${ink}" stroke-width="8"/>
      <path d="M376 200h48v44h-48z" fill="${darkWood}"/>
      <path d="M250 480 180 650h440l-70-170z" fill="#fff0b5" opacity=".45"/>
      <ellipse cx="400" cy="478" rx="60" ry="56" fill="#fff1b8"/>
      <path d="M170 470c0-140 110-236 230-236s230 96 230 236z" fill="${c.cloth}"/>
      <g fill="none" stroke="${c.dark}" stroke-width="7" opacity=".75">
        <path d="M400 234c-90 40-150 130-160 236M400 234c-40 60-70 140-74 236M400 234v236M400 234c40 60 70 140
          74 236M400 234c90 40 150 130 160 236M196 380c120 24 288 24 408 0M232 310c100 20 236 20 336 0"/>
      </g>
      <path d="M160 462h480c10 0 10 26 0 26H160c-10 0-10-26 0-26z" fill="${c.deep}"/>
      ${shine('M210 450c6-90 60-160 130-190-60 50-90 110-96 190z', 0.3)}`,
  ),
  'table-lamp': standing(
    140,
    (c) => `
      <path d="M250 420 180 640h440L550 420z" fill="#fff3c4" opacity=".4"/>
      <path d="M376 400h48l20 160c16 20 30 40 30 60H326c0-20 14-40 30-60z" fill="${wood}"/>
      <path d="M366 480h68l4 30h-76z" fill="${darkWood}"/>
      <path d="M300 610h200v20H300z" fill="${darkWood}"/>
      <path d="M306 170h188l70 250H236z" fill="${c.cloth}"/>
      <path d="M306 170h188l5 18H301zM241 400h318l5 20H236z" fill="${c.deep}"/>
      <g stroke="${c.dark}" stroke-width="5" opacity=".5">
        <path d="M340 188l-30 212M380 188l-10 212M420 188l10 212M460 188l30 212"/>
      </g>
      ${shine('M316 188h40l-40 212h-60z', 0.3)}
      ${shade('M460 188h39l60 212h-70z', 0.08)}
      <path d="M470 420v70" stroke="${gold}" stroke-width="5"/>
      <circle cx="470" cy="496" r="8" fill="${gold}"/>`,
  ),
  candle: standing(
    160,
    (c) => `
      <circle cx="400" cy="240" r="110" fill="#ffe9a8" opacity=".5"/>
      <path d="M400 170c40 50 40 90 0 110-40-20-40-60 0-110z" fill="#f4a93c"/>
      <path d="M400 210c20 26 20 50 0 64-20-14-20-38 0-64z" fill="#fff0b5"/>
      <path d="M400 270v80" stroke="${ink}" stroke-width="7"/>
      <path d="M260 340h280v230c0 40-26 60-64 60H324c-38 0-64-20-64-60z" fill="${c.main}"/>
      <ellipse cx="400" cy="340" rx="140" ry="32" fill="${c.dark}"/>
      <ellipse cx="400" cy="346" rx="122" ry="24" fill="#fdf3dd"/>
      ${shine('M282 366h26v240c-16-8-26-20-26-40z', 0.35)}
      ${shade('M500 360l40-20v230c0 40-26 60-64 60h-16c30-60 42-160 40-270z', 0.1)}
      <rect x="310" y="410" width="180" height="140" rx="10" fill="${cream}"/>
      ${leaf(392, 484, -40, 54, green)}
      ${leaf(408, 484, 40, 54, darkGreen)}
      ${leaf(400, 482, 0, 56, green)}
      ${words(c.label, 400, 530, 158, c.deep, 30)}`,
  ),
  cushion: standing(
    220,
    (c) => `
      <path d="M206 226c60 30 328 30 388 0 30-14 46 6 36 34-26 80-26 250 0 330 10 28-6 48-36
        34-60-26-328-26-388 0-30 14-46-6-36-34 26-80 26-250 0-330-10-28 6-48 36-34z" fill="${c.cloth}"/>
      <path d="M206 226c60 30 328 30 388 0 30-14 46 6 36 34-26 80-26 250 0 330 10 28-6 48-36
        34-60-26-328-26-388 0-30 14-46-6-36-34 26-80 26-250 0-330-10-28 6-48 36-34z" fill="none"
        stroke="${c.deep}" stroke-width="9"/>
      <path d="M190 244c30 40 50 60 80 80M610 244c-30 40-50 60-80 80M190 606c30-40 50-60 80-80M610 606
        c-30-40-50-60-80-80" stroke="${c.deep}" stroke-width="8" stroke-linecap="round" opacity=".5"/>
      ${shade('M594 226c30-14 46 6 36 34-26 80-26 250 0 330 10 28-6 48-36 34-60-26-240-28-320-16 150-60 280-180 320-382z', 0.12)}
      ${shine('M240 270c80 26 180 24 280 14-110 30-200 90-240 190-20-60-40-140-40-204z', 0.14)}`,
  ),
  rug: flat(
    (c) => `
      <path d="M190 260h380v300H190z" fill="${c.main}"/>
      <path d="M214 284h356v252H214z" fill="${c.cloth}"/>
      <path d="M190 260h380v24H190zM190 536h380v24H190zM190 260h24v300h-24z" fill="${c.deep}"/>
      <path d="M226 296h344M226 524h344" stroke="${cream}" stroke-width="6" stroke-dasharray="16 10"/>
      <rect x="540" y="240" width="100" height="340" rx="50" fill="${c.dark}"/>
      <rect x="548" y="240" width="36" height="340" rx="18" fill="${c.light}" opacity=".6"/>
      <ellipse cx="590" cy="246" rx="50" ry="34" fill="${c.deep}"/>
      <path d="M590 226c34 0 34 40 0 38-26-2-24-24 0-24" fill="none" stroke="${c.light}" stroke-width="6"/>
      <path d="M540 400h100v26H540z" fill="${cream}"/>
      <path d="M190 276h-34m34 32h-28m28 32h-34m34 32h-28m28 32h-34m34 32h-28m28 32h-34m34 32h-28m28 32h-34"
        stroke="${c.dark}" stroke-width="7" stroke-linecap="round"/>`,
  ),
  vase: standing(
    140,
    (c) => `
      <path d="M396 240c-10-70-40-110-70-140M404 240c10-80 50-110 90-130M400 240V100" stroke="${darkGreen}"
        stroke-width="8" fill="none"/>
      ${leaf(360, 170, -60, 60, green)}
      ${leaf(440, 180, 60, 60, green)}
      <g fill="#f2b8a2">
        <circle cx="322" cy="96" r="30"/>
        <circle cx="400" cy="88" r="34"/>
        <circle cx="492" cy="110" r="30"/>
      </g>
      <g fill="#fff0d6">
        <circle cx="322" cy="96" r="12"/>
        <circle cx="400" cy="88" r="14"/>
        <circle cx="492" cy="110" r="12"/>
      </g>
      <path d="M350 230h100c0 60-14 80 20 130 60 70 70 130 40 200-20 46-40 70-70 70h-80c-30
        0-50-24-70-70-30-70-20-130 40-200 34-50 20-70 20-130z" fill="${c.cloth}"/>
      <ellipse cx="400" cy="230" rx="52" ry="15" fill="${c.deep}"/>
      <path d="M284 480c70 34 164 34 232 0 8 26 6 52-6 80-20 46-40 70-70 70h-80c-30
        0-50-24-70-70-12-28-14-54-6-80z" fill="${c.deep}" opacity=".28"/>
      ${shine('M330 370c-40 60-50 110-30 170-30-60-24-110 30-170z', 0.5)}
      ${shade('M430 236h20c0 60-14 80 20 124 60 70 70 130 40 200-20 46-40 70-70 70h-10c50-120 60-200 10-280-20-40-14-70-10-114z', 0.1)}`,
  ),
  mirror: flat((c) => {
    const rays = Array.from(
      { length: 24 },
      (_, i) => `
      <rect x="391" y="${i % 2 ? 150 : 116}" width="18" height="120" rx="9" transform="rotate(${i * 15} 400
        400)"/>`,
    );
    return `
      <g fill="${c.main}">
        ${rays.join('')}
      </g>
      <circle cx="400" cy="400" r="186" fill="${c.dark}"/>
      <circle cx="400" cy="400" r="172" fill="${c.main}"/>
      <circle cx="400" cy="400" r="172" fill="none" stroke="${c.light}" stroke-width="6" stroke-dasharray="16
        10"/>
      <circle cx="400" cy="400" r="146" fill="${c.deep}"/>
      <circle cx="400" cy="400" r="140" fill="#dcebed"/>
      <path d="M290 440 440 268c20 6 36 14 50 26L310 492c-10-16-18-34-20-52zM344 520 522 318c6 12 12 26 14 40
        L388 536c-16-2-30-8-44-16z" fill="#fff" opacity=".55"/>`;
  }),
  /** The mountain and tree of life of the shadow play. */
  gunungan: standing(
    120,
    (c) => `
      <path d="M392 560h16v70h-16z" fill="${darkWood}"/>
      <path d="M310 612h180v18H310z" fill="${darkWood}"/>
      <path d="M400 96c10 60 40 90 80 150 60 90 80 150 70 220-8 50-50 84-100 96H350c-50-12-92-46-100-96-10-70
        10-130 70-220 40-60 70-90 80-150z" fill="${gold}"/>
      <path d="M400 132c12 50 36 76 70 126 56 84 74 140 64 204-8 42-44 72-88 84h-92c-44-12-80-42-88-84-10-64
        8-120 64-204 34-50 58-76 70-126z" fill="${c.main}"/>
      <path d="M392 250h16v200h-16z" fill="${gold}"/>
      <g fill="none" stroke="${gold}" stroke-width="8" stroke-linecap="round">
        <path d="M400 410c-50 0-80-30-84-80M400 410c50 0 80-30 84-80M400 350c-36 0-56-24-56-60M400 350c36 0
          56-24 56-60M400 300c-20-4-30-20-30-40M400 300c20-4 30-20 30-40"/>
      </g>
      <g fill="${cream}">
        <circle cx="316" cy="322" r="13"/>
        <circle cx="484" cy="322" r="13"/>
        <circle cx="344" cy="282" r="12"/>
        <circle cx="456" cy="282" r="12"/>
        <circle cx="370" cy="250" r="11"/>
        <circle cx="430" cy="250" r="11"/>
        <circle cx="400" cy="224" r="13"/>
      </g>
      <path d="M340 546v-70l60-50 60 50v70z" fill="${c.deep}"/>
      <path d="M326 484l74-62 74 62-12 10-62-52-62 52z" fill="${gold}"/>
      <path d="M372 546v-50h56v50z" fill="${gold}"/>
      <path d="M400 496v50" stroke="${c.deep}" stroke-width="4"/>
      <g fill="${gold}">
        <circle cx="296" cy="440" r="10"/>
        <circle cx="504" cy="440" r="10"/>
        <circle cx="306" cy="480" r="8"/>
        <circle cx="494" cy="480" r="8"/>
      </g>`,
  ),
  umbrella: standing(
    200,
    (c) => `
      <path d="M400 210 520 610" stroke="${darkWood}" stroke-width="15" stroke-linecap="round"/>
      <g transform="rotate(-17 400 330)">
        <path d="M150 400c0-130 110-220 250-220s250 90 250 220c-40-24-84-24-125 0-41-24-84-24-125
          0-41-24-84-24-125 0-41-24-85-24-125 0z" fill="${c.cloth}"/>
        <path d="M400 180c-60 50-110 120-125 220-41-24-85-24-125 0 0-130 110-220 250-220zM400 180c60 50 110
          120 125 220 41-24 85-24 125 0 0-130-110-220-250-220z" fill="${c.deep}" opacity=".22"/>
        <path d="M150 400c40-24 84-24 125 0 41-24 84-24 125 0 41-24 84-24 125 0 41-24 85-24 125 0" fill="none"
          stroke="${gold}" stroke-width="9"/>
        <path d="M400 180v206M400 180c-60 50-110 120-125 216M400 180c60 50 110 120 125 216" fill="none"
          stroke="${c.deep}" stroke-width="5" opacity=".6"/>
        <path d="M390 140h20l6 46h-32z" fill="${darkWood}"/>
        <g stroke="#c43d33" stroke-width="5">
          <path d="M150 400v40M275 402v40M400 400v40M525 402v40M650 400v40"/>
        </g>
        <g fill="${gold}">
          <circle cx="150" cy="446" r="9"/>
          <circle cx="275" cy="448" r="9"/>
          <circle cx="400" cy="446" r="9"/>
          <circle cx="525" cy="448" r="9"/>
          <circle cx="650" cy="446" r="9"/>
        </g>
      </g>`,
  ),
};

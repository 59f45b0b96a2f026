import {
  clay,
  cream,
  darkSteel,
  darkWood,
  flat,
  gold,
  green,
  type Paint,
  shade,
  shine,
  standing,
  steam,
  steel,
  wood,
} from '../drawing.js';

/** One pan of a tiffin carrier with its rim at y. */
const tier = (y: number, c: Paint) => `
  <path d="M270 ${y}h260v84c0 14-8 20-20 20H290c-12 0-20-6-20-20z" fill="${c.cloth}"/>
  <path d="M262 ${y}h276v16H262z" fill="${cream}"/>
  <path d="M270 ${y + 84}h260c0 14-8 20-20 20H290c-12 0-20-6-20-20z" fill="${c.deep}" opacity=".35"/>`;

export const kitchenDrawings = {
  mug: standing(
    170,
    (c) => `
      <path d="M530 370c110-20 110 170-14 160" fill="none" stroke="${c.dark}" stroke-width="34"
        stroke-linecap="round"/>
      <path d="M250 310h290l-14 260c-2 38-26 60-64 60H328c-38 0-62-22-64-60z" fill="${c.cloth}"/>
      <ellipse cx="395" cy="310" rx="145" ry="34" fill="${c.dark}"/>
      <ellipse cx="395" cy="316" rx="124" ry="24" fill="#6b4128"/>
      <path d="M257 430l8 140c2 38 26 60 64 60h134c38 0 62-22 64-60l7-140c-60 40-100-20-150 10s-80 20-127-10z"
        fill="${c.deep}" opacity=".28"/>
      ${shine('M276 352h30l12 250c-20-4-30-16-32-36z', 0.3)}
      ${shade('M490 340l50-26-14 256c-2 38-26 60-64 60h-20c30-80 46-180 48-290z', 0.1)}
      <path d="M350 270c-26-36 26-54 0-92M440 270c-26-36 26-54 0-92" fill="none" stroke="${steam}"
        stroke-width="12" stroke-linecap="round"/>`,
  ),
  teapot: standing(
    210,
    (c) => `
      <path d="M300 300c0-150 200-150 200 0" fill="none" stroke="${darkWood}" stroke-width="20"/>
      <path d="M300 300c0-150 200-150 200 0" fill="none" stroke="${wood}" stroke-width="20"
        stroke-dasharray="14 10"/>
      <path d="M560 460c70-10 60-110 110-140l24 22c-40 50-30 160-134 190z" fill="${c.dark}"/>
      <path d="M400 310c110 0 190 70 190 170 0 90-60 150-120 150H330c-60 0-120-60-120-150 0-100 80-170 190-170
        z" fill="${c.cloth}"/>
      <path d="M214 520c20 70 66 110 116 110h140c50 0 96-40 116-110-110 50-262 50-372 0z" fill="${c.deep}"
        opacity=".3"/>
      <path d="M310 326c20-40 160-40 180 0-40 24-140 24-180 0z" fill="${c.dark}"/>
      <circle cx="400" cy="284" r="20" fill="${c.deep}"/>
      <path d="M330 622h140v10c0 8-140 8-140 0z" fill="${c.deep}"/>
      ${shine('M250 470c4-60 40-108 90-126-40 50-54 130-40 210-30-16-52-46-50-84z', 0.25)}`,
  ),
  plates: flat(
    (c) => `
      <circle cx="430" cy="430" r="226" fill="${c.dark}"/>
      <circle cx="420" cy="418" r="226" fill="${c.light}"/>
      <circle cx="420" cy="418" r="226" fill="none" stroke="${c.deep}" stroke-width="4"/>
      <circle cx="388" cy="384" r="226" fill="${c.dark}"/>
      <circle cx="380" cy="374" r="226" fill="${c.cloth}"/>
      <circle cx="380" cy="374" r="214" fill="none" stroke="${cream}" stroke-width="7" opacity=".8"/>
      <circle cx="380" cy="374" r="150" fill="${c.dark}"/>
      <circle cx="380" cy="378" r="146" fill="${c.pale}"/>
      <circle cx="380" cy="378" r="146" fill="none" stroke="${c.main}" stroke-width="3" opacity=".6"/>
      ${shine('M270 330c20-60 70-94 130-92-50 16-90 50-104 100-6 18-34 14-26-8z', 0.6)}`,
  ),
  bowl: standing(
    210,
    (c) => `
      <path d="M210 440h380c0 110-60 180-140 180H350c-80 0-140-70-140-180z" fill="${c.cloth}"/>
      <path d="M330 612h140v18H330z" fill="${c.deep}"/>
      <path d="M226 510c90 40 258 40 348 0-20 70-66 110-124 110H350c-58 0-104-40-124-110z" fill="${c.deep}"
        opacity=".25"/>
      <ellipse cx="400" cy="440" rx="190" ry="56" fill="${c.dark}"/>
      <ellipse cx="400" cy="444" rx="168" ry="44" fill="#e3a847"/>
      <ellipse cx="350" cy="440" rx="44" ry="18" fill="#fff3d6"/>
      <ellipse cx="350" cy="438" rx="20" ry="10" fill="#e8973d"/>
      <path d="M420 430c20-14 60-10 80 6M430 452c26-10 56-6 76 2" stroke="${cream}" stroke-width="7"
        fill="none" stroke-linecap="round"/>
      <path d="M420 462c8-14 24-14 30-2M300 456c6-10 20-12 26-2" stroke="${green}" stroke-width="8"
        fill="none" stroke-linecap="round"/>
      ${shine('M236 470c10 60 36 106 76 132-40-26-76-80-76-132z', 0.4)}
      <path d="M350 376c-22-30 22-48 0-80M420 376c-22-30 22-48 0-80M490 376c-22-30 22-48 0-80" fill="none"
        stroke="${steam}" stroke-width="11" stroke-linecap="round"/>`,
  ),
  mortar: standing(
    220,
    (c) => `
      <path d="M180 470h440c-10 90-80 150-150 160H330c-70-10-140-70-150-160z" fill="${c.main}"/>
      <ellipse cx="400" cy="470" rx="220" ry="64" fill="${c.light}"/>
      <ellipse cx="400" cy="476" rx="184" ry="48" fill="${c.dark}"/>
      <path d="M262 480c40-30 230-30 276 0-40 36-236 36-276 0z" fill="#bb3a2c"/>
      <g fill="#dd5b3d">
        <circle cx="330" cy="480" r="13"/>
        <circle cx="380" cy="490" r="10"/>
        <circle cx="450" cy="484" r="12"/>
      </g>
      <g fill="${gold}">
        <circle cx="356" cy="472" r="4"/>
        <circle cx="410" cy="478" r="4"/>
        <circle cx="470" cy="474" r="4"/>
      </g>
      <g transform="translate(430 470) rotate(38)">
        <path d="M-34 0c0-40 8-80 8-140 0-40-8-70-4-110 6-28 54-28 60 0 4 40-4 70-4 110 0 60 8 100 8 140 0
          26-68 26-68 0z" fill="${c.deep}"/>
        <path d="M-18-10c2-60 4-160 0-240 6-10 14-8 16 0 2 80-2 170-2 240z" fill="${c.light}" opacity=".4"/>
      </g>
      <path d="M196 520c60 70 160 90 204 90s144-20 204-90c-20 60-80 102-134 110H330c-54-8-114-50-134-110z"
        fill="${c.deep}" opacity=".35"/>
      <g fill="${c.deep}" opacity=".5">
        <circle cx="260" cy="556" r="4"/>
        <circle cx="320" cy="590" r="5"/>
        <circle cx="400" cy="570" r="4"/>
        <circle cx="470" cy="596" r="4"/>
        <circle cx="530" cy="560" r="5"/>
      </g>`,
  ),
  wok: standing(
    230,
    (c) => `
      <path d="M560 452l180-64c16-6 26 20 12 28L576 500z" fill="${darkWood}"/>
      <path d="M600 440l130-46" stroke="${wood}" stroke-width="6"/>
      <path d="M160 450c-30-6-50 10-40 26 10 12 40 8 56 4" fill="none" stroke="${c.deep}" stroke-width="14"/>
      <path d="M160 450h440c0 110-90 170-170 170h-100c-80 0-170-60-170-170z" fill="${c.main}"/>
      <path d="M330 612h100v18H330z" fill="${c.deep}"/>
      <path d="M176 510c100 60 308 60 408 0-24 72-92 110-154 110H330c-62 0-130-38-154-110z" fill="${c.deep}"
        opacity=".4"/>
      <ellipse cx="380" cy="450" rx="220" ry="58" fill="${c.dark}"/>
      <ellipse cx="380" cy="456" rx="194" ry="44" fill="${c.deep}"/>
      <g>
        <path d="M280 456c20-30 70-30 90-4-10 26-70 34-90 4z" fill="#d9713c"/>
        <path d="M360 470c26-20 70-16 84 6-20 20-70 20-84-6z" fill="${green}"/>
        <path d="M420 446c22-22 64-18 76 4-16 20-62 18-76-4z" fill="#c43d33"/>
        <path d="M320 440c14-14 40-14 52-2-8 14-42 16-52 2z" fill="#f0c35b"/>
      </g>
      ${shine('M190 490c20 50 60 92 110 112-60-14-104-56-110-112z', 0.3)}
      <path d="M330 388c-22-28 22-44 0-74M430 388c-22-28 22-44 0-74" fill="none" stroke="${steam}"
        stroke-width="11" stroke-linecap="round"/>`,
  ),
  'cutting-board': flat(
    (c) => `
      <g transform="rotate(10 400 400)">
        <path d="M250 290c0-30 20-50 50-50h60V168c0-50 80-50 80 0v72h60c30 0 50 20 50 50v300c0 30-20 50-50 50
          H300c-30 0-50-20-50-50z" fill="${c.dark}" transform="translate(8 10)"/>
        <path d="M250 290c0-30 20-50 50-50h60V168c0-50 80-50 80 0v72h60c30 0 50 20 50 50v300c0 30-20 50-50 50
          H300c-30 0-50-20-50-50z" fill="${c.main}"/>
        <circle cx="400" cy="180" r="20" fill="#f7ecd9"/>
        <circle cx="400" cy="180" r="20" fill="none" stroke="${c.deep}" stroke-width="5"/>
        <g fill="none" stroke="${c.dark}" stroke-width="5" opacity=".55" stroke-linecap="round">
          <path d="M290 270c20 110-20 220 10 350M340 256c20 90-10 180 0 270M400 240c-14 120 24 240 6 390M460
            260c16 100-20 200 6 300M510 280c-10 120 20 210 0 330"/>
          <path d="M400 390c30 10 30 60 0 76-28-16-28-66 0-76z"/>
        </g>
        ${shine('M266 300c0-26 14-42 40-42h20c-20 100-30 220-24 360-24 0-36-12-36-36z', 0.16)}
      </g>
      <g transform="translate(500 470) rotate(24)">
        <path d="M0-70c26 30 36 80 20 150-30-30-40-100-20-150z" fill="#c43d33"/>
        <path d="M0-70c-4-14 2-22 10-26" stroke="${green}" stroke-width="8" fill="none"
          stroke-linecap="round"/>
      </g>
      <g transform="translate(330 470)">
        <circle r="42" fill="#b888b0"/>
        <circle r="30" fill="none" stroke="#f3e3f0" stroke-width="6"/>
        <circle r="14" fill="none" stroke="#f3e3f0" stroke-width="5"/>
      </g>`,
  ),
  spatulas: standing(
    130,
    (c) => `
      <g fill="${c.main}">
        <path d="M330 470 270 190c-20-10-34-90 0-110 44-16 66 50 52 100l44 290z"/>
        <path d="M386 470V220c-40-20-50-130 14-130s54 110 14 130v250z" fill="${c.dark}"/>
        <path d="M440 470l52-280c-14-8 0-100 10-108l62 14c4 20-16 96-42 102l-44 272z" fill="${c.light}"/>
      </g>
      <g fill="${c.deep}" opacity=".45">
        <ellipse cx="400" cy="150" rx="24" ry="42"/>
        <path d="M512 104l34 8-14 62-30-6z"/>
      </g>
      <path d="M290 410h220l-22 190c-2 20-14 30-34 30H346c-20 0-32-10-34-30z" fill="${cream}"/>
      <path d="M296 460h208l-6 52H302z" fill="${clay}"/>
      <ellipse cx="400" cy="410" rx="110" ry="24" fill="#e3d3b3"/>
      <path d="M330 408c0-10 140-10 140 0" stroke="${darkWood}" stroke-width="4" fill="none" opacity=".5"/>
      ${shade('M470 416h40l-22 184c-2 20-14 30-34 30h-20c20-70 32-140 36-214z', 0.1)}
      <g fill="${c.main}">
        <path d="M338 410l-8-50 40-4 6 52zM386 412v-56h28v56zM440 410l10-56 34 6-14 48z"/>
      </g>`,
  ),
  tumbler: standing(
    115,
    (c) => `
      <path d="M316 240h168l-14 370c0 14-8 20-22 20h-96c-14 0-22-6-22-20z" fill="${c.cloth}"/>
      ${shine('M338 260h26l8 356h-14c-8 0-12-4-12-14z', 0.35)}
      ${shade('M446 240h38l-14 370c0 14-8 20-22 20h-14z')}
      <path d="M306 206h188v40H306z" fill="${steel}"/>
      <path d="M306 232h188v14H306z" fill="${darkSteel}"/>
      <path d="M324 150h152c10 0 14 6 14 14v42H310v-42c0-8 4-14 14-14z" fill="${c.dark}"/>
      <path d="M352 150c0-60 96-60 96 0" fill="none" stroke="${c.deep}" stroke-width="16"/>
      <path d="M330 580h140l-2 30c0 14-8 20-22 20h-92c-14 0-22-6-22-20z" fill="${c.deep}"/>
      <path d="M321 400h158l-2 46H323z" fill="${cream}" opacity=".9"/>
      <path d="m400 408 12 15-12 15-12-15z" fill="${c.dark}"/>`,
  ),
  tiffin: standing(
    165,
    (c) => `
      <path d="M270 610V240c0-40 30-60 60-60h140c30 0 60 20 60 60v370" fill="none" stroke="${darkSteel}"
        stroke-width="16"/>
      <path d="M340 180c0-50 120-50 120 0" fill="none" stroke="${darkSteel}" stroke-width="16"/>
      <rect x="352" y="132" width="96" height="26" rx="13" fill="${darkWood}"/>
      <path d="M270 290c0-50 260-50 260 0z" fill="${c.main}"/>
      <path d="M262 286h276v26H262z" fill="${c.dark}"/>
      ${tier(312, c)}
      ${tier(416, c)}
      ${tier(520, c)}
      ${shine('M286 330h22v290h-22z', 0.3)}
      ${shade('M494 312h36v312h-36z', 0.1)}
      <path d="M256 300h18v320h-18zM526 300h18v320h-18z" fill="${steel}"/>
      <rect x="248" y="440" width="34" height="60" rx="8" fill="${darkSteel}"/>
      <rect x="518" y="440" width="34" height="60" rx="8" fill="${darkSteel}"/>`,
  ),
};

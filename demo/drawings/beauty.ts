import {
  cream,
  darkGreen,
  darkWood,
  gold,
  green,
  ink,
  leaf,
  shade,
  shine,
  standing,
  steel,
  wood,
  words,
} from '../drawing.js';

/** A sprig of three leaves that grows from (x, y). */
const sprig = (x: number, y: number, size: number) =>
  leaf(x - 6, y, -38, size, green) +
  leaf(x + 6, y, 38, size, darkGreen) +
  leaf(x, y - 4, 0, size * 1.1, green);

export const beautyDrawings = {
  soap: standing(
    220,
    (c) => `
      <path d="M190 600h420l-24 30H214z" fill="${wood}"/>
      <path d="M180 580h440v24H180z" fill="${darkWood}"/>
      <path d="M220 470c0-26 14-40 40-40h280c26 0 40 14 40 40v74c0 26-14 40-40 40H260c-26 0-40-14-40-40z"
        fill="${c.dark}"/>
      <path d="M220 450c0-26 14-40 40-40h280c26 0 40 14 40 40v64c0 26-14 40-40 40H260c-26 0-40-14-40-40z"
        fill="${c.main}"/>
      <rect x="262" y="436" width="276" height="92" rx="30" fill="none" stroke="${c.dark}" stroke-width="6"/>
      ${words(c.label, 400, 498, 230, c.deep, 40)}
      ${shine('M240 450c0-14 8-22 22-22h60v8h-40c-20 0-30 10-30 30v50c-8-4-12-10-12-20z', 0.5)}
      <g transform="rotate(-9 420 350)">
        <path d="M270 320c0-24 12-36 36-36h220c24 0 36 12 36 36v54c0 24-12 36-36 36H306c-24 0-36-12-36-36z"
          fill="${c.light}"/>
        <path d="M370 284h92v126h-92z" fill="${cream}"/>
        ${sprig(416, 366, 50)}
      </g>
      <g fill="#fff" opacity=".8">
        <circle cx="240" cy="380" r="26"/>
        <circle cx="284" cy="400" r="16"/>
        <circle cx="206" cy="412" r="14"/>
        <circle cx="596" cy="396" r="20"/>
        <circle cx="570" cy="420" r="12"/>
      </g>
      <g fill="none" stroke="#c9d8da" stroke-width="3">
        <circle cx="240" cy="380" r="26"/>
        <circle cx="284" cy="400" r="16"/>
        <circle cx="206" cy="412" r="14"/>
        <circle cx="596" cy="396" r="20"/>
        <circle cx="570" cy="420" r="12"/>
      </g>`,
  ),
  'pump-bottle': standing(
    130,
    (c) => `
      <path d="M390 170h20v90h-20z" fill="${steel}"/>
      <path d="M300 166c0-16 10-24 26-24h96c16 0 24 8 24 24v14H330l-14 20h-16z" fill="${ink}"/>
      <path d="M350 236h100v50H350z" fill="${ink}"/>
      <path d="M290 350c0-40 30-64 70-64h80c40 0 70 24 70 64v230c0 34-16 50-50 50H340c-34 0-50-16-50-50z"
        fill="${c.main}"/>
      <path d="M290 400h220v160H290z" fill="${cream}"/>
      ${sprig(400, 484, 62)}
      ${words(c.label, 400, 538, 196, c.deep, 30)}
      ${shine('M308 350c0-26 12-40 34-46v90h-34zM308 566h30v58c-20-4-30-18-30-42z', 0.35)}
      ${shade('M460 290c30 8 50 30 50 60v230c0 34-16 50-50 50h-10c14-100 16-240 10-340z', 0.1)}`,
  ),
  serum: standing(
    120,
    (c) => `
      <path d="M364 140c0-40 72-40 72 0l8 76h-88z" fill="${ink}"/>
      <path d="M352 214h96v50h-96z" fill="${gold}"/>
      <path d="M352 214h96v12h-96zM352 252h96v12h-96z" fill="#b88a33"/>
      <path d="M362 262h76v30c50 16 86 40 86 96v190c0 34-16 52-50 52H326c-34 0-50-18-50-52V388c0-56 36-80
        86-96z" fill="${c.main}"/>
      <path d="M290 470c40-16 180 16 220 0v106c0 28-12 42-38 42H328c-26 0-38-14-38-42z" fill="${c.dark}"
        opacity=".45"/>
      <path d="M393 264h14v220h-14z" fill="#fff" opacity=".5"/>
      <path d="M276 410h248v146H276z" fill="${cream}"/>
      ${sprig(400, 492, 58)}
      ${words(c.label, 400, 540, 220, c.deep, 32)}
      ${shine('M300 392c4-30 20-50 50-62v70h-50zM298 562h24v56c-16-4-24-16-24-40z', 0.5)}
      ${shade('M470 312c34 16 54 38 54 76v190c0 34-16 52-50 52h-12c20-90 24-220 8-318z', 0.1)}
      <path d="M560 560c26 34 26 60 0 70-26-10-26-36 0-70z" fill="${c.main}"/>
      ${shine('M552 590c-4 10-2 20 4 28-12-6-14-18-4-28z', 0.6)}`,
  ),
  tube: standing(
    130,
    (c) => `
      <path d="M282 150h236l-30 380H312z" fill="${c.main}"/>
      <path d="M276 130h248v34H276z" fill="${c.dark}"/>
      <path d="M276 140h248M276 152h248" stroke="${c.deep}" stroke-width="3" opacity=".6"/>
      <path d="M312 530h176l6 100H306z" fill="${cream}"/>
      <path d="M330 540v88m24-88v88m24-88v88m24-88v88m24-88v88m24-88v88" stroke="#e0d2b8" stroke-width="6"/>
      <path d="M290 250h220l-8 106H298z" fill="${cream}"/>
      ${words(c.label, 400, 318, 192, c.deep, 38)}
      ${sprig(400, 470, 84)}
      ${shine('M302 170h26l18 356h-26z', 0.3)}
      ${shade('M470 164h48l-30 366h-30c14-120 18-244 12-366z', 0.1)}`,
  ),
  'scrub-jar': standing(
    190,
    (c) => `
      <path d="M230 420h340v150c0 40-26 60-70 60H300c-44 0-70-20-70-60z" fill="${c.main}"/>
      <path d="M230 480h340v96H230z" fill="${cream}"/>
      ${words(c.label, 400, 546, 280, c.deep, 46)}
      <path d="M222 384h356c10 0 10 44 0 44H222c-10 0-10-44 0-44z" fill="${c.dark}"/>
      <path d="M236 384c10-60 60-84 110-70 30-50 130-40 150 10 46-6 66 30 66 60z" fill="${c.light}"/>
      <g fill="${c.dark}" opacity=".7">
        <circle cx="310" cy="350" r="5"/>
        <circle cx="350" cy="336" r="4"/>
        <circle cx="400" cy="320" r="5"/>
        <circle cx="440" cy="346" r="5"/>
        <circle cx="490" cy="352" r="4"/>
        <circle cx="380" cy="362" r="4"/>
        <circle cx="530" cy="368" r="4"/>
        <circle cx="270" cy="366" r="4"/>
      </g>
      <g transform="rotate(28 500 300)">
        <path d="M488 160h24v150h-24z" fill="${wood}"/>
        <ellipse cx="500" cy="330" rx="34" ry="44" fill="${wood}"/>
        <ellipse cx="500" cy="334" rx="22" ry="30" fill="${darkWood}"/>
      </g>
      ${shine('M248 436h26v40h-26zM248 582h26v40c-16-6-26-18-26-34z', 0.4)}
      ${shade('M530 428h40v142c0 40-26 60-70 60 20-50 30-130 30-202z', 0.1)}
      ${sprig(196, 630, 74)}
      <g transform="translate(212 606)" fill="#fff8ea">
        <circle r="15" cx="-16"/>
        <circle r="15" cx="16"/>
        <circle r="15" cy="-16"/>
        <circle r="15" cy="14"/>
        <circle r="10" fill="${gold}"/>
      </g>`,
  ),
  shampoo: standing(
    125,
    (c) => `
      <path d="M346 180h108l8 70H338z" fill="${c.deep}"/>
      <path d="M372 160h56v24h-56z" fill="${c.deep}"/>
      <path d="M338 246h124v20H338z" fill="${gold}"/>
      <path d="M300 340c0-50 20-76 50-76h100c30 0 50 26 50 76v240c0 34-16 50-46 50H346c-30 0-46-16-46-50z"
        fill="${c.main}"/>
      <path d="M300 380h200v180H300z" fill="${cream}"/>
      ${leaf(400, 480, 0, 90, green)}
      ${leaf(392, 484, -46, 76, darkGreen)}
      ${leaf(408, 484, 46, 76, darkGreen)}
      ${words(c.label, 400, 532, 182, c.deep, 30)}
      ${shine('M318 336c0-30 10-50 30-54v92h-30zM318 566h26v56c-18-4-26-16-26-40z', 0.35)}
      ${shade('M456 264c28 4 44 30 44 76v240c0 34-16 50-46 50h-8c14-110 18-250 10-366z', 0.1)}`,
  ),
  'oil-bottle': standing(
    130,
    (c) => `
      <path d="M352 176h96v84h-96z" fill="${ink}"/>
      <path d="M362 180v76m16-76v76m16-76v76m16-76v76m16-76v76" stroke="#5d463d" stroke-width="5"/>
      <path d="M366 258h68v40c50 14 80 44 80 100v180c0 34-16 52-50 52H336c-34 0-50-18-50-52V398c0-56 30-86
        80-100z" fill="#7b4a2b"/>
      <path d="M300 440h200v138c0 26-12 40-36 40H336c-24 0-36-14-36-40z" fill="#5a331d"/>
      <path d="M286 412h228v160H286z" fill="${cream}"/>
      <path d="M286 412h228v44H286zM286 558h228v14H286z" fill="${c.main}"/>
      ${sprig(400, 516, 52)}
      ${words(c.label, 400, 548, 206, c.deep, 26)}
      ${shine('M308 400c0-36 18-62 52-74-16 20-26 46-26 80h-26zM306 578h22v40c-14-4-22-18-22-40z', 0.35)}
      ${leaf(560, 630, -60, 90, c.main)}
      ${leaf(564, 632, -10, 80, c.light)}`,
  ),
  lipstick: standing(
    120,
    (c) => `
      <path d="M352 330V230c0-20 60-70 96-90v190z" fill="${c.main}"/>
      <path d="M352 236c10-24 60-80 96-96 0 40-50 90-96 96z" fill="${c.light}"/>
      <path d="M424 160c10-8 18-14 24-20v190h-24z" fill="${c.deep}" opacity=".35"/>
      <path d="M338 326h124v90H338z" fill="${gold}"/>
      <path d="M350 326h18v90h-18z" fill="#fff" opacity=".45"/>
      <path d="M326 410h148v220H326z" fill="${ink}"/>
      <path d="M326 444h148v12H326zM326 600h148v12H326z" fill="${gold}"/>
      ${shine('M340 460h18v136h-18z', 0.2)}
      <path d="m400 500 20 24-20 24-20-24z" fill="${gold}"/>
      <path d="M540 440h110v190H540z" fill="${ink}"/>
      <path d="M540 606h110v12H540z" fill="${gold}"/>
      <path d="M552 452h16v146h-16z" fill="#fff" opacity=".2"/>
      <path d="M150 590c30-60 110-70 160-20-20 40-110 60-160 20z" fill="${c.main}" opacity=".85"/>
      ${shine('M180 580c30-26 60-28 90-16-30 0-60 6-90 16z', 0.4)}`,
  ),
  'powder-compact': standing(
    210,
    (c) => `
      <circle cx="400" cy="330" r="168" fill="${gold}"/>
      <circle cx="400" cy="330" r="150" fill="#dcebed"/>
      <path d="M290 380 450 200c18 6 34 16 46 28L312 430c-12-14-20-32-22-50zM350 456 540 250c6 16 8 32 8 46
        L390 474c-14-4-28-10-40-18z" fill="#fff" opacity=".6"/>
      <path d="M220 486h360v20H220z" fill="#b88a33"/>
      <path d="M206 500h388c0 80-60 130-120 130H326c-60 0-120-50-120-130z" fill="${gold}"/>
      <ellipse cx="400" cy="502" rx="194" ry="52" fill="#e6c272"/>
      <ellipse cx="400" cy="502" rx="164" ry="40" fill="${c.main}"/>
      <ellipse cx="400" cy="502" rx="164" ry="40" fill="none" stroke="${c.dark}" stroke-width="4"/>
      <g transform="translate(400 502) scale(1 .26)" fill="none" stroke="${c.dark}" stroke-width="8">
        <path d="M0 0C-50-26-50-90 0-110 50-90 50-26 0 0zM0 0C26-50 90-50 110 0 90 50 26 50 0 0zM0 0c50 26 50
          90 0 110C-50 90-50 26 0 0zM0 0c-26 50-90 50-110 0 20-50 84-50 110 0z"/>
      </g>
      <ellipse cx="590" cy="540" rx="76" ry="34" fill="#fff8ea"/>
      <ellipse cx="590" cy="528" rx="76" ry="34" fill="${c.pale}"/>
      <path d="M550 522h80" stroke="${c.main}" stroke-width="12" stroke-linecap="round"/>`,
  ),
  diffuser: standing(
    150,
    (c) => `
      <g stroke="${wood}" stroke-width="9" stroke-linecap="round">
        <path d="M392 380 300 130M398 380 356 100M402 380l16-290M406 380l72-270M410 380l116-220"/>
      </g>
      <path d="M366 320h68v60h-68z" fill="${gold}"/>
      <path d="M370 376h60v34c80 20 126 60 126 130v40c0 34-18 50-56 50H300c-38 0-56-16-56-50v-40c0-70 46-110
        126-130z" fill="#eef2ec" opacity=".95"/>
      <path d="M254 540c60 16 230-20 292 0v38c0 28-14 42-46 42H300c-32 0-46-14-46-42z" fill="${c.main}"/>
      <path d="M254 540c60 16 230-20 292 0v14c-60-20-230 16-292 0z" fill="${c.light}"/>
      <rect x="314" y="480" width="172" height="104" rx="8" fill="${cream}"/>
      ${sprig(400, 542, 50)}
      ${words(c.label, 400, 574, 156, c.deep, 24)}
      ${shine('M274 530c6-44 34-74 80-92-26 30-40 66-44 110-20 2-30-4-36-18z', 0.6)}
      <g fill="none" stroke="${c.dark}" stroke-width="4" opacity=".35">
        <path d="M370 376h60v34c80 20 126 60 126 130v40c0 34-18 50-56 50H300c-38 0-56-16-56-50v-40c0-70 46-110
          126-130z"/>
      </g>`,
  ),
  'cream-jar': standing(
    180,
    (c) => `
      <path d="M244 450h312v120c0 40-24 60-64 60H308c-40 0-64-20-64-60z" fill="${c.main}"/>
      <path d="M244 500h312v70H244z" fill="${cream}"/>
      ${words(c.label, 400, 548, 260, c.deep, 40)}
      <path d="M250 330h300c10 0 16 6 16 16v104H234V346c0-10 6-16 16-16z" fill="${gold}"/>
      <path d="M234 420h332v30H234z" fill="#b88a33"/>
      ${shine('M256 342h40v78h-40z', 0.35)}
      <g transform="translate(400 378) scale(.5)" fill="none" stroke="${cream}" stroke-width="9">
        <path d="M0 0C-26-14-26-44 0-54 26-44 26-14 0 0zM0 0c14-26 44-26 54 0-10 26-40 26-54 0zM0 0c26 14 26
          44 0 54-26-10-26-40 0-54zM0 0c-14 26-44 26-54 0 10-26 40-26 54 0z"/>
      </g>
      ${shine('M262 462h24v36h-24zM262 574h24v48c-14-6-24-18-24-34z', 0.4)}
      ${shade('M516 450h40v120c0 40-24 60-64 60 18-50 26-120 24-180z', 0.1)}
      ${sprig(214, 632, 84)}
      ${sprig(592, 634, 70)}`,
  ),
};

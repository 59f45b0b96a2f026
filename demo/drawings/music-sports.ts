import {
  cream,
  darkSteel,
  darkWood,
  flat,
  gold,
  green,
  ink,
  shade,
  shine,
  standing,
  steel,
  wood,
} from '../drawing.js';

/** A bamboo tube with a slanting cut, its foot at (x, y). */
const tube = (x: number, y: number, width: number, height: number, fill: string, dark: string) =>
  `
      <path d="M${x} ${y}v-${height}l${width} -${width * 1.6}v${height + width * 1.6}z" fill="${fill}"/>
      <path d="M${x + width * 0.66} ${y}v-${height}l${width * 0.34} -${width * 0.54}v${height + width * 0.54}
        z" fill="${dark}" opacity=".4"/>
      <path d="M${x} ${y - height * 0.42}h${width}M${x} ${y - height * 0.1}h${width}" stroke="${dark}"
        stroke-width="6"/>`;

const shuttle = (x: number, y: number, angle: number, feather: string) =>
  `
      <g transform="translate(${x} ${y}) rotate(${angle})">
        <path d="M-34 20-80-110c50-24 110-24 160 0L34 20z" fill="${feather}"/>
        <path d="M-80-110c10 10 20 10 27-8 8 12 18 12 26-6 8 14 18 14 27 0 8 14 18 14 27 0 8 18 18 18 26 6 7
          18 17 18 27 8" fill="none" stroke="#cdbb98" stroke-width="4"/>
        <path d="M-28 14-62-104M-14 18-32-112M0 20v-132M14 18l18-130M28 14l34-118" stroke="#cdbb98"
          stroke-width="4"/>
        <path d="M-50-30c30 10 70 10 100 0M-42-2c26 8 58 8 84 0" fill="none" stroke="#b5a27e"
          stroke-width="5"/>
        <path d="M-36 18h72v14c0 34-72 34-72 0z" fill="${wood}"/>
        <path d="M-36 18h72v12h-72z" fill="#c43d33"/>
      </g>`;

export const musicSportsDrawings = {
  guitar: flat(
    (c) => `
      <g transform="rotate(32 400 400)">
        <path d="M382 90h36v300h-36z" fill="${darkWood}"/>
        <path d="M374 30h52l8 80h-68z" fill="${c.deep}"/>
        <g fill="${gold}">
          <circle cx="362" cy="50" r="8"/>
          <circle cx="362" cy="76" r="8"/>
          <circle cx="362" cy="102" r="8"/>
          <circle cx="438" cy="50" r="8"/>
          <circle cx="438" cy="76" r="8"/>
          <circle cx="438" cy="102" r="8"/>
        </g>
        <path d="M400 330c70 0 104 34 104 84 0 36-24 50-24 76 0 30 50 50 50 120 0 80-60 120-130 120
          s-130-40-130-120c0-70 50-90 50-120 0-26-24-40-24-76 0-50 34-84 104-84z" fill="${c.dark}"/>
        <path d="M400 342c62 0 92 30 92 72 0 34-24 48-24 76 0 36 50 56 50 120 0 72-54 108-118 108
          s-118-36-118-108c0-64 50-84 50-120 0-28-24-42-24-76 0-42 30-72 92-72z" fill="${c.main}"/>
        <circle cx="400" cy="500" r="56" fill="${gold}"/>
        <circle cx="400" cy="500" r="46" fill="${ink}"/>
        <path d="M386 90h28v360h-28z" fill="${darkWood}"/>
        <g stroke="${gold}" stroke-width="3">
          <path d="M386 140h28M386 180h28M386 216h28M386 250h28M386 282h28M386 312h28M386 340h28M386 366h28
            M386 390h28"/>
        </g>
        <path d="M346 628h108v22H346z" fill="${c.deep}"/>
        <path d="M392 60v574M397 60v574M403 60v574M408 60v574" stroke="${cream}" stroke-width="2"/>
        ${shine('M320 600c0-50 30-66 46-96-10 60-30 90-20 150-16-14-26-30-26-54z', 0.25)}
      </g>`,
  ),
  ukulele: flat(
    (c) => `
      <g transform="rotate(-28 400 400)">
        <path d="M376 110h48l6 74h-60z" fill="${c.deep}"/>
        <g fill="${cream}">
          <circle cx="360" cy="132" r="9"/>
          <circle cx="360" cy="162" r="9"/>
          <circle cx="440" cy="132" r="9"/>
          <circle cx="440" cy="162" r="9"/>
        </g>
        <path d="M400 340c56 0 84 30 84 70 0 30-18 44-18 62 0 26 44 40 44 96 0 66-50 100-110 100
          s-110-34-110-100c0-56 44-70 44-96 0-18-18-32-18-62 0-40 28-70 84-70z" fill="${c.dark}"/>
        <path d="M400 352c48 0 72 26 72 58 0 28-18 42-18 62 0 30 44 46 44 96 0 58-44 88-98 88s-98-30-98-88
          c0-50 44-66 44-96 0-20-18-34-18-62 0-32 24-58 72-58z" fill="${c.main}"/>
        <circle cx="400" cy="476" r="46" fill="${cream}"/>
        <circle cx="400" cy="476" r="38" fill="${ink}"/>
        <path d="M382 180h36v250h-36z" fill="${darkWood}"/>
        <g stroke="${gold}" stroke-width="3">
          <path d="M382 220h36M382 254h36M382 286h36M382 316h36M382 344h36M382 370h36M382 394h36"/>
        </g>
        <path d="M356 580h88v18h-88z" fill="${c.deep}"/>
        <path d="M389 150v434M396 150v434M404 150v434M411 150v434" stroke="${cream}" stroke-width="2.4"/>
        <path d="M330 610c20 14 40 14 60 0" stroke="${c.deep}" stroke-width="5" fill="none"/>
      </g>`,
  ),
  angklung: standing(
    230,
    (c) => `
      <path d="M196 612V190M604 612V250M400 612V200" stroke="${darkWood}" stroke-width="15"
        stroke-linecap="round"/>
      <path d="M180 330h440M180 604h440" stroke="${wood}" stroke-width="15" stroke-linecap="round"/>
      ${tube(230, 590, 52, 280, c.main, c.deep)}
      ${tube(318, 590, 46, 210, c.light, c.dark)}
      ${tube(432, 590, 52, 230, c.main, c.deep)}
      ${tube(520, 590, 46, 160, c.light, c.dark)}
      <path d="M170 588h460v42H170z" fill="${c.dark}"/>
      <path d="M170 600h460" stroke="${c.light}" stroke-width="5" opacity=".6"/>
      <g stroke="${gold}" stroke-width="9">
        <path d="M186 330h20M390 330h20M594 330h20M186 604h20M390 604h20M594 604h20" stroke-width="22"/>
      </g>
      <path d="M196 190c-20-20-16-40 0-50 16 10 20 30 0 50z" fill="#c43d33"/>`,
  ),
  flute: flat(
    (c) => `
      <g transform="rotate(-34 400 400)">
        <path d="M140 350h520c10 0 10 56 0 56H140c-10 0-10-56 0-56z" fill="${c.main}"/>
        <path d="M140 388h520c6 0 8 18 0 18H140c-8 0-6-18 0-18z" fill="${c.deep}" opacity=".4"/>
        <path d="M140 356h520v8H140z" fill="#fff" opacity=".35"/>
        <path d="M176 344h30v68h-30z" fill="${wood}"/>
        <path d="M182 344v68M192 344v68M200 344v68" stroke="${darkWood}" stroke-width="3"/>
        <g fill="${ink}">
          <ellipse cx="300" cy="374" rx="13" ry="10"/>
          <ellipse cx="360" cy="374" rx="13" ry="10"/>
          <ellipse cx="420" cy="374" rx="13" ry="10"/>
          <ellipse cx="490" cy="374" rx="13" ry="10"/>
          <ellipse cx="550" cy="374" rx="13" ry="10"/>
          <ellipse cx="606" cy="374" rx="13" ry="10"/>
        </g>
        <path d="M250 346v64M458 346v64M640 346v64" stroke="${c.dark}" stroke-width="6"/>
        <path d="M636 406c20 40-10 70 14 110" stroke="#c43d33" stroke-width="5" fill="none"/>
        <path d="M636 510l14-10 16 10-6 56h-18z" fill="#c43d33"/>
      </g>
      <g fill="${c.dark}">
        <path d="M520 250c0-10 0-80 0-110l60-16v100" fill="none" stroke="${c.dark}" stroke-width="9"/>
        <ellipse cx="504" cy="250" rx="21" ry="15"/>
        <ellipse cx="564" cy="228" rx="21" ry="15"/>
        <path d="M226 560v-90" fill="none" stroke="${c.dark}" stroke-width="8"/>
        <ellipse cx="212" cy="562" rx="19" ry="13"/>
      </g>`,
  ),
  drum: standing(
    160,
    (c) => `
      <path d="M260 250c0 110 80 150 80 220 0 60-30 90-30 130 0 20 10 30 24 30h132c14 0 24-10 24-30
        0-40-30-70-30-130 0-70 80-110 80-220z" fill="${c.main}"/>
      <path d="M316 420c50 30 118 30 168 0-14 18-24 34-24 50 0 20 4 36 8 50-40 20-96 20-136 0 4-14 8-30 8-50
        0-16-10-32-24-50z" fill="${c.cloth === c.main ? c.dark : c.cloth}"/>
      <path d="M300 600h200v12c0 12-8 18-20 18H320c-12 0-20-6-20-18z" fill="${c.deep}"/>
      <path d="M256 250c0 34 64 60 144 60s144-26 144-60v24c0 34-64 62-144 62s-144-28-144-62z" fill="#c43d33"/>
      <ellipse cx="400" cy="248" rx="148" ry="58" fill="${darkWood}"/>
      <ellipse cx="400" cy="242" rx="140" ry="50" fill="#f4e6c8"/>
      <ellipse cx="400" cy="242" rx="70" ry="24" fill="#e2cc9f"/>
      <g fill="none" stroke="${cream}" stroke-width="6">
        <path d="M270 320l30 90 26-66 30 90 26-84 18 90 18-90 26 84 30-90 26 66 30-90"/>
      </g>
      ${shade('M500 318c20-20 36-40 42-68 0 110-80 150-80 220 0 60 30 90 30 130 0 20-10 30-24 30h-28c40-120-20-180 60-312z', 0.14)}`,
  ),
  'bicycle-bell': standing(
    200,
    (c) => `
      <path d="M150 560h500" stroke="${darkSteel}" stroke-width="46" stroke-linecap="round"/>
      <path d="M150 548h500" stroke="#fff" stroke-width="8" stroke-linecap="round" opacity=".4"/>
      <path d="M560 528h110c14 0 20 10 20 32s-6 32-20 32H560z" fill="${ink}"/>
      <path d="M584 530v60M608 530v60M632 530v60M656 530v60" stroke="#5d463d" stroke-width="6"/>
      <path d="M336 500h128v84c0 20-12 32-32 32h-64c-20 0-32-12-32-32z" fill="${ink}"/>
      <path d="M510 470l70 40c14 10 4 34-14 28l-70-30z" fill="${darkSteel}"/>
      <path d="M236 480c0-120 60-200 164-200s164 80 164 200z" fill="${c.cloth}"/>
      <path d="M220 476h360c10 0 10 30 0 30H220c-10 0-10-30 0-30z" fill="${c.dark}"/>
      <path d="M384 262h32v26h-32z" fill="${gold}"/>
      <circle cx="400" cy="256" r="17" fill="${gold}"/>
      ${shine('M276 450c4-70 34-120 84-140-26 40-40 86-44 140z', 0.5)}
      ${shade('M500 320c42 36 64 90 64 156h-50c4-60 0-110-14-156z')}
      <g fill="none" stroke="${c.dark}" stroke-width="9" stroke-linecap="round" opacity=".7">
        <path d="M196 380c-16-30-10-60 10-84M156 400c-26-50-16-100 18-140M604 380c16-30 10-60-10-84M644 400
          c26-50 16-100-18-140"/>
      </g>`,
  ),
  helmet: standing(
    220,
    (c) => `
      <path d="M250 520c20 80 60 110 90 110M540 520c-10 80-60 110-90 110" fill="none" stroke="${ink}"
        stroke-width="12"/>
      <rect x="336" y="612" width="120" height="20" rx="8" fill="${ink}"/>
      <path d="M180 500c-10-150 80-260 220-260s240 90 230 240c0 20-10 34-30 36-140 20-260 20-390 16-18
        0-28-12-30-32z" fill="${c.main}"/>
      <path d="M180 500c140 24 300 24 450-20 0 20-10 34-30 36-140 20-260 20-390 16-18 0-28-12-30-32z"
        fill="${c.deep}"/>
      <g fill="${c.deep}">
        <path d="M290 440c-6-60 20-120 60-150 10 30-6 100-20 152zM380 446c-8-60 0-130 20-166 20 36 28 106 20
          166zM470 440c0-60-20-116-36-148 50 20 84 80 86 140zM232 446c-4-46 10-90 34-116 6 30-2 80-6 118zM552
          428c0-40-14-80-36-108 40 26 66 64 72 100z"/>
      </g>
      ${shine('M214 440c6-70 40-130 100-160-30 50-44 100-46 162z', 0.3)}
      <path d="M590 500c40 0 60 10 60 20s-30 14-60 8z" fill="${c.dark}"/>`,
  ),
  'bike-bag': standing(
    220,
    (c) => `
      <path d="M180 330h440" stroke="${darkSteel}" stroke-width="28" stroke-linecap="round"/>
      <path d="M286 300h36v120h-36zM478 300h36v120h-36z" fill="${darkWood}"/>
      <rect x="190" y="370" width="420" height="260" rx="46" fill="${c.main}"/>
      <path d="M190 430c0-40 20-60 60-60h300c40 0 60 20 60 60v60c-120 40-300 40-420 0z" fill="${c.dark}"/>
      <path d="M190 490c120 40 300 40 420 0" fill="none" stroke="${cream}" stroke-width="5"
        stroke-dasharray="12 9" opacity=".8"/>
      <path d="M286 390h36v170h-36zM478 390h36v170h-36z" fill="${darkWood}"/>
      <rect x="278" y="520" width="52" height="44" rx="8" fill="${gold}"/>
      <rect x="470" y="520" width="52" height="44" rx="8" fill="${gold}"/>
      <path d="M350 580h100v16H350z" fill="#dfe6e2"/>
      ${shine('M212 440c0-30 10-46 32-50v36c-8 60-6 120 0 176-22-6-32-20-32-44z', 0.18)}
      ${shade('M560 372c34 4 50 24 50 58v154c0 28-16 46-46 46 20-80 22-180-4-258z', 0.12)}`,
  ),
  racket: flat(
    (c) => `
      <g transform="rotate(38 400 400)">
        <ellipse cx="400" cy="230" rx="120" ry="152" fill="#fffaf0" opacity=".6"/>
        <g stroke="#b9ad98" stroke-width="3">
          <path d="M310 140v184M334 110v242M358 94v274M382 84v294M406 84v294M430 90v282M454 104v254M478 128
            v206M296 160h208M286 190h228M282 220h236M282 250h236M286 280h228M296 310h208M314 340h172M310 130
            h180"/>
        </g>
        <ellipse cx="400" cy="230" rx="120" ry="152" fill="none" stroke="${c.main}" stroke-width="20"/>
        <path d="M316 120a120 152 0 0 1 168 0" fill="none" stroke="${c.deep}" stroke-width="20"/>
        <path d="M392 380h16v180h-16z" fill="${c.dark}"/>
        <path d="M372 374h56l-16 40h-24z" fill="${c.main}"/>
        <path d="M384 550h32l6 150c0 12-8 18-22 18s-22-6-22-18z" fill="${ink}"/>
        <path d="M382 580l36-14M381 610l38-14M380 640l40-14M379 670l42-14" stroke="#7b665c" stroke-width="6"/>
      </g>
      ${shuttle(560, 560, -40, '#fffaf0')}`,
  ),
  shuttlecocks: standing(
    220,
    (c) => `
      <rect x="240" y="200" width="150" height="430" rx="20" fill="${green}"/>
      <path d="M240 280h150v250H240z" fill="${cream}"/>
      <ellipse cx="315" cy="204" rx="75" ry="22" fill="${ink}"/>
      <ellipse cx="315" cy="198" rx="75" ry="22" fill="#d9dedc"/>
      <path d="M240 300h150v18H240zM240 494h150v18H240z" fill="${gold}"/>
      ${shade('M350 220h40v392c0 12-8 18-20 18h-20z', 0.12)}
      ${shine('M256 230h16v390c-10-2-16-8-16-18z', 0.3)}
      <g transform="translate(315 430) scale(.56)">
        ${shuttle(0, 0, 0, c.main)}
      </g>
      ${shuttle(500, 570, 14, c.main)}
      ${shuttle(610, 470, 62, c.light)}`,
  ),
  'takraw-ball': standing(
    190,
    (c) => `
      <circle cx="400" cy="440" r="190" fill="${c.deep}"/>
      <g fill="none" stroke="${c.main}" stroke-width="36" stroke-linecap="round">
        <path d="M226 400c100-90 250-90 350 0M226 490c100 90 250 90 350 0M330 268c-90 90-90 250 0 344M470 268
          c90 90 90 250 0 344M258 330l284 230M542 330 258 560"/>
      </g>
      <g fill="none" stroke="${c.light}" stroke-width="5" opacity=".9">
        <path d="M232 394c100-84 240-84 338 0M232 382c100-80 240-80 338 0M232 496c100 84 240 84 338 0M232 508
          c100 80 240 80 338 0M324 272c-84 90-84 246 0 336M336 272c-84 90-84 246 0 336M464 272c84 90 84 246 0
          336M476 272c84 90 84 246 0 336"/>
      </g>
      <g fill="${ink}" opacity=".65">
        <path d="m400 372 22 16-8 26h-28l-8-26zM320 450l20 14-8 24h-24l-8-24zM480 450l20 14-8 24h-24l-8-24z
          M400 520l20 14-8 24h-24l-8-24z"/>
      </g>
      <circle cx="400" cy="440" r="190" fill="none" stroke="${c.dark}" stroke-width="10"/>
      ${shine('M262 400c16-60 56-100 110-114-40 30-66 66-80 114z', 0.3)}
      ${shade('M520 300c60 60 70 200-20 276-40 40-110 60-160 40 120-10 210-130 180-316z', 0.14)}`,
  ),
  'yoga-mat': standing(
    240,
    (c) => `
      <path d="M300 520h330c24 0 34 12 30 30l-16 62c-4 12-12 18-26 18H300z" fill="${c.light}"/>
      <path d="M320 536h310l-18 80H320z" fill="${c.cloth}"/>
      <circle cx="270" cy="520" r="110" fill="${c.main}"/>
      <circle cx="270" cy="520" r="110" fill="none" stroke="${c.dark}" stroke-width="8"/>
      <path d="M270 520c0-16 26-16 26 6 0 34-60 34-60-6 0-54 94-54 94 4 0 70-126 70-126-6 0-82 152-82 152 4 0
        50-30 84-76 92" fill="none" stroke="${c.deep}" stroke-width="8" stroke-linecap="round"/>
      <path d="M230 414c10-20 70-20 80 0v20c-20-12-60-12-80 0z" fill="${darkWood}"/>
      <g transform="translate(520 430)">
        <path d="M0 90C-90 80-120 20-120-20c50 0 100 30 120 80C20 10 70-20 120-20 120 20 90 80 0 90z"
          fill="${c.dark}"/>
        <path d="M0 90c-60-30-70-100-50-140C-10-30 0 20 0 60c0-40 10-90 50-110C70-10 60 60 0 90z"
          fill="${c.main}"/>
        <path d="M0 90c-40-50-40-120 0-170 40 50 40 120 0 170z" fill="${c.pale}"/>
      </g>`,
  ),
  tent: standing(
    290,
    (c) => `
      <circle cx="600" cy="220" r="46" fill="#ffe08a"/>
      <path d="M400 220 120 630h560z" fill="${c.main}"/>
      <path d="M400 220 120 630h170z" fill="${c.light}"/>
      <path d="M400 220 300 630h200z" fill="${c.deep}"/>
      <path d="M400 300 340 630h120z" fill="#ffdf94"/>
      <path d="M400 220c-10 150-50 300-120 410h60c40-120 60-260 60-410zM400 220c10 150 50 300 120 410h-60
        c-40-120-60-260-60-410z" fill="${c.dark}"/>
      <path d="M400 220 660 600" stroke="${c.pale}" stroke-width="5" stroke-dasharray="14 10"/>
      <path d="M400 214l-16-24M400 214l16-24" stroke="${darkWood}" stroke-width="9" stroke-linecap="round"/>
      <path d="M130 614l-40 22M670 614l40 22" stroke="${darkWood}" stroke-width="8" stroke-linecap="round"/>
      <path d="M560 456l60 88h-70z" fill="${c.pale}" opacity=".6"/>
      <path d="M150 630l14-40 14 40zM180 630l10-28 10 28zM610 630l12-34 12 34z" fill="${green}"/>`,
  ),
  lantern: standing(
    140,
    (c) => `
      <circle cx="400" cy="420" r="200" fill="#ffe9a8" opacity=".45"/>
      <path d="M290 300c0-180 220-180 220 0" fill="none" stroke="${darkSteel}" stroke-width="14"/>
      <path d="M340 220h120l30 60H310z" fill="${c.main}"/>
      <path d="M376 190h48v34h-48z" fill="${c.dark}"/>
      <path d="M296 280h208v26H296z" fill="${c.dark}"/>
      <path d="M316 306h168c30 70 30 130 0 200H316c-30-70-30-130 0-200z" fill="#fff4cf"/>
      <path d="M400 350c40 44 40 84 0 110-40-26-40-66 0-110z" fill="#f4a93c"/>
      <path d="M400 390c18 24 18 44 0 58-18-14-18-34 0-58z" fill="#fff0b5"/>
      <path d="M316 306c-30 70-30 130 0 200M484 306c30 70 30 130 0 200M400 306v40M400 464v42"
        stroke="${darkSteel}" stroke-width="9" fill="none"/>
      <path d="M296 506h208v28H296z" fill="${c.dark}"/>
      <path d="M284 534h232v70c0 16-10 26-26 26H310c-16 0-26-10-26-26z" fill="${c.main}"/>
      <circle cx="400" cy="582" r="20" fill="${gold}"/>
      ${shine('M304 540h18v80c-12-2-18-8-18-18z', 0.35)}
      ${shade('M480 534h36v70c0 16-10 26-26 26h-10z')}
      ${shine('M330 330c-14 50-14 100 0 150-24-50-24-100 0-150z', 0.8)}`,
  ),
  kalimba: flat((c) => {
    const lengths = [150, 166, 182, 198, 214, 228, 240, 250, 258, 250, 240, 228, 214, 198, 182, 166, 150];
    const keys = lengths.map(
      (long, i) => `
      <rect x="${265 + i * 16}" y="196" width="11" height="${long}" rx="5"/>`,
    );
    return `
      <path d="M246 180c40-34 268-34 308 0 30 120 50 260 40 400-4 46-30 70-74 74-80 8-160 8-240
        0-44-4-70-28-74-74-10-140 10-280 40-400z" fill="${c.dark}"/>
      <path d="M254 170c40-30 252-30 292 0 30 120 48 260 38 396-4 42-26 62-66 66-78 8-158 8-236
        0-40-4-62-24-66-66-10-136 8-276 38-396z" fill="${c.main}"/>
      <circle cx="400" cy="540" r="54" fill="${gold}"/>
      <circle cx="400" cy="540" r="46" fill="${ink}"/>
      <g fill="${steel}" stroke="${darkSteel}" stroke-width="1.5">
        ${keys.join('')}
      </g>
      <path d="M250 232h300v24H250z" fill="${darkWood}"/>
      <path d="M244 276h312v12H244z" fill="${darkSteel}"/>
      ${shine('M262 480c0-80 0-200 14-300-30 100-40 260-34 380 4 20 8 34 18 40z', 0.2)}`;
  }),
  hammock: standing(
    290,
    (c) => `
      <path d="M150 630V170M650 630V170" stroke="${darkWood}" stroke-width="38" stroke-linecap="round"/>
      <path d="M150 630V170M650 630V170" stroke="${wood}" stroke-width="12" stroke-linecap="round"
        stroke-dasharray="50 30"/>
      <circle cx="130" cy="170" r="84" fill="${green}"/>
      <circle cx="200" cy="130" r="64" fill="#7fa35d"/>
      <circle cx="670" cy="170" r="84" fill="${green}"/>
      <circle cx="604" cy="130" r="64" fill="#7fa35d"/>
      <path d="M150 300l70 60M150 300l80 30M150 300l60 90M650 300l-70 60M650 300l-80 30M650 300l-60 90"
        stroke="${darkWood}" stroke-width="5"/>
      <path d="M210 340c70 170 310 170 380 0-20 180-100 240-190 240s-170-60-190-240z" fill="${c.dark}"/>
      <path d="M210 340c60 130 320 130 380 0 0 160-90 216-190 216S210 500 210 340z" fill="${c.main}"/>
      <path d="M226 400c60 90 288 90 348 0l-8 34c-60 80-272 80-332 0z" fill="${c.light}"/>
      <path d="M250 476c60 56 240 56 300 0" fill="none" stroke="${cream}" stroke-width="8"/>
      <path d="M210 340c60 110 320 110 380 0" fill="none" stroke="${c.deep}" stroke-width="9"/>
      <path d="M330 400c10-30 70-46 110-20 20 20 10 50-20 56-50 6-90-10-90-36z" fill="${cream}"/>`,
  ),
};

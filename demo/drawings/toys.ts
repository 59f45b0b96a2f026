import { cream, darkWood, flat, gold, green, ink, shade, shine, standing, wood } from '../drawing.js';

const eyes = (x: number, y: number, apart: number) =>
  `
      <g fill="${ink}">
        <circle cx="${x - apart}" cy="${y}" r="11"/>
        <circle cx="${x + apart}" cy="${y}" r="11"/>
      </g>
      <g fill="#fff">
        <circle cx="${x - apart + 4}" cy="${y - 4}" r="4"/>
        <circle cx="${x + apart + 4}" cy="${y - 4}" r="4"/>
      </g>`;

const wheel = (x: number, y: number, radius: number) =>
  `
      <circle cx="${x}" cy="${y}" r="${radius}" fill="${darkWood}"/>
      <circle cx="${x}" cy="${y}" r="${radius * 0.72}" fill="${wood}"/>
      <circle cx="${x}" cy="${y}" r="${radius * 0.22}" fill="${darkWood}"/>`;

const ellipses = (xs: number[], y: number, rx: number, ry: number) =>
  xs.map((x) => `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}"/>`).join('');

export const toyDrawings = {
  'plush-orangutan': standing(
    190,
    (c) => `
      <path d="M280 420c-80 20-110 110-90 190 6 24 50 24 56-4 8-50 30-90 70-110zM520 420c80 20 110 110 90
        190-6 24-50 24-56-4-8-50-30-90-70-110z" fill="${c.main}"/>
      <path d="M276 480c0-70 50-110 124-110s124 40 124 110c0 90-40 150-124 150s-124-60-124-150z"
        fill="${c.main}"/>
      <ellipse cx="400" cy="520" rx="76" ry="84" fill="${c.cloth === c.main ? c.light : c.cloth}"/>
      <ellipse cx="310" cy="606" rx="52" ry="28" fill="${c.dark}"/>
      <ellipse cx="490" cy="606" rx="52" ry="28" fill="${c.dark}"/>
      <circle cx="276" cy="290" r="34" fill="${c.dark}"/>
      <circle cx="524" cy="290" r="34" fill="${c.dark}"/>
      <path d="M400 160c90 0 136 60 136 134S490 410 400 410s-136-42-136-116 46-134 136-134z"
        fill="${c.main}"/>
      <path d="M400 160c-14-24-10-36-24-46 24 0 34 10 38 24 6-12 16-18 30-18-12 12-14 24-18 40z"
        fill="${c.main}"/>
      <path d="M330 270c0-36 34-50 70-30 36-20 70-6 70 30 20 20 20 90-20 116-30 18-70 18-100
        0-40-26-40-96-20-116z" fill="#f1d0ab"/>
      ${eyes(400, 286, 32)}
      <path d="M384 326h8M408 326h8" stroke="${ink}" stroke-width="7" stroke-linecap="round"/>
      <path d="M366 352c20 20 48 20 68 0" fill="none" stroke="${ink}" stroke-width="6"
        stroke-linecap="round"/>
      <circle cx="338" cy="338" r="14" fill="#eaa98c" opacity=".8"/>
      <circle cx="462" cy="338" r="14" fill="#eaa98c" opacity=".8"/>`,
  ),
  'plush-elephant': standing(
    200,
    (c) => `
      <ellipse cx="400" cy="510" rx="140" ry="120" fill="${c.main}"/>
      <ellipse cx="400" cy="530" rx="84" ry="80" fill="${c.cloth === c.main ? c.light : c.cloth}"/>
      <ellipse cx="300" cy="596" rx="62" ry="36" fill="${c.dark}"/>
      <ellipse cx="500" cy="596" rx="62" ry="36" fill="${c.dark}"/>
      <ellipse cx="292" cy="600" rx="34" ry="18" fill="${c.pale}"/>
      <ellipse cx="508" cy="600" rx="34" ry="18" fill="${c.pale}"/>
      <path d="M290 240c-90-70-170-10-160 80 10 80 90 110 160 70zM510 240c90-70 170-10 160 80-10 80-90 110-160
        70z" fill="${c.main}"/>
      <path d="M280 270c-60-40-110-6-104 50 6 50 56 68 104 46zM520 270c60-40 110-6 104 50-6 50-56 68-104 46z"
        fill="${c.pale}"/>
      <path d="M400 180c90 0 134 56 134 124 0 74-52 116-134 116s-134-42-134-116c0-68 44-124 134-124z"
        fill="${c.main}"/>
      <path d="M362 330c0-30 76-30 76 0 0 60-10 90 30 110 26 12 24 50-8 48-70-6-98-60-98-158z"
        fill="${c.light}"/>
      <path d="M372 370h58M376 400h52M386 432h48" stroke="${c.dark}" stroke-width="5" stroke-linecap="round"
        opacity=".6"/>
      ${eyes(400, 290, 62)}
      <circle cx="312" cy="338" r="17" fill="#eaa98c" opacity=".7"/>
      <circle cx="488" cy="338" r="17" fill="#eaa98c" opacity=".7"/>`,
  ),
  'plush-turtle': standing(
    220,
    (c) => `
      <path d="M230 560c-60 0-100 30-110 56 50 20 120 10 150-20zM560 560c40 0 80 30 90 60-50 14-100 4-130-24z"
        fill="${c.light}"/>
      <path d="M560 470c30-80 120-90 140-20 14 60-40 110-120 100z" fill="${c.light}"/>
      ${eyes(652, 448, 0)}
      <path d="M640 490c14 10 30 8 42-4" fill="none" stroke="${ink}" stroke-width="6" stroke-linecap="round"/>
      <circle cx="622" cy="480" r="13" fill="#eaa98c" opacity=".8"/>
      <path d="M180 570c0-160 90-250 210-250s210 90 210 250z" fill="${c.cloth}"/>
      <g fill="none" stroke="${c.deep}" stroke-width="8" opacity=".75">
        <path d="M390 360l74 46v86l-74 46-74-46v-86zM390 320v40M464 406l64-24M464 492l110 50M316 406l-64-24
          M316 492l-110 50M390 538v32"/>
      </g>
      <path d="M164 560h452c20 0 20 40 0 40H164c-20 0-20-40 0-40z" fill="${c.dark}"/>
      <path d="M250 590c-20 0-30 20-26 40h96c0-24-10-40-30-40zM470 590c-20 0-30 20-26 40h96c0-24-10-40-30-40z"
        fill="${c.light}"/>
      ${shine('M220 540c10-90 60-160 130-186-50 50-80 110-90 186z', 0.2)}`,
  ),
  'wooden-truck': standing(
    250,
    (c) => `
      <path d="M150 540h500v40H150z" fill="${darkWood}"/>
      <path d="M160 380h280v160H160z" fill="${wood}"/>
      <path d="M160 380h280v18H160zM160 440h280M160 490h280" stroke="${darkWood}" stroke-width="5"
        fill="${darkWood}"/>
      <path d="M180 380c10-50 60-60 90-30 20-50 80-50 100-6 30-20 60 0 60 36z" fill="${green}"/>
      <circle cx="250" cy="356" r="26" fill="#dd8240"/>
      <circle cx="330" cy="350" r="24" fill="#c43d33"/>
      <circle cx="392" cy="362" r="20" fill="#6e4166"/>
      <path d="M456 540V340c0-20 12-32 32-32h80c20 0 30 10 38 30l34 90c8 20 10 30 10 50v62z"
        fill="${c.main}"/>
      <path d="M500 344h62c10 0 16 6 20 14l26 66H500z" fill="#dcebed"/>
      <path d="M516 356l40 56" stroke="#fff" stroke-width="9" stroke-linecap="round"/>
      <circle cx="626" cy="486" r="18" fill="#ffe08a"/>
      <path d="M470 470h60" stroke="${c.deep}" stroke-width="9" stroke-linecap="round"/>
      <path d="M456 520h194v20H456z" fill="${c.dark}"/>
      ${wheel(250, 580, 52)}
      ${wheel(560, 580, 52)}`,
  ),
  'stacking-rings': standing(170, (c) => {
    const rings = [c.dark, '#dd8240', '#e0a52f', '#5f8a4b', '#2f7f96', c.main];
    const each = rings.map((tone, i) => {
      const half = 158 - i * 19;
      const y = 560 - i * 58;
      return `
      <rect x="${400 - half}" y="${y - 26}" width="${half * 2}" height="58" rx="29" fill="${tone}"/>
      <rect x="${400 - half + 22}" y="${y - 16}" width="${half * 0.7}" height="12" rx="6" fill="#fff"
        opacity=".35"/>`;
    });
    return `
      <rect x="388" y="190" width="24" height="400" fill="${darkWood}"/>
      <path d="M230 590h340v20c0 12-8 20-20 20H250c-12 0-20-8-20-20z" fill="${wood}"/>
      ${each.join('')}
      <circle cx="400" cy="206" r="42" fill="#c43d33"/>
      <circle cx="386" cy="192" r="11" fill="#fff" opacity=".5"/>`;
  }),
  puzzle: flat(
    (c) => `
      <rect x="166" y="186" width="468" height="428" rx="30" fill="${wood}"/>
      <rect x="190" y="210" width="420" height="380" rx="16" fill="${c.pale}"/>
      <path d="M190 226a16 16 0 0 1 16-16h194v70c-30-20-60 0-60 30s30 46 60 30v60H190z" fill="${c.main}"/>
      <path d="M400 210h194a16 16 0 0 1 16 16v174h-70c20-30 0-60-30-60s-46 30-30 60h-80v-60c-30 16-60 0-60-30
        s30-50 60-30z" fill="#e0a52f"/>
      <path d="M190 400h70c-16 30 0 60 30 60s50-30 30-60h80v190H206a16 16 0 0 1-16-16z" fill="#dd8240"/>
      <path d="M430 430h60c-16-30 0-60 30-60s50 30 30 60h80v174a16 16 0 0 1-16 16H430v-60c-30 20-60 0-60-30
        s30-46 60-30z" fill="${c.dark}" transform="rotate(6 530 520)"/>
      <g stroke="${cream}" stroke-width="9" stroke-linecap="round" fill="none">
        <path d="M250 320c10-40 60-40 70 0-10 20-60 20-70 0zM320 316l20-14v30zM500 262v44M478 284h44"/>
      </g>
      <path d="M286 520l14-28 14 28 30 4-22 20 6 30-28-14-28 14 6-30-22-20z" fill="${cream}"/>
      <circle cx="530" cy="530" r="26" fill="${cream}" opacity=".9"/>`,
  ),
  congklak: standing(
    280,
    (c) => `
      <path d="M110 470c40-30 60-20 90-20h400c30 0 50-10 90 20 10 8 6 20-4 26-20 80-60 114-106 114H220c-46
        0-86-34-106-114-10-6-14-18-4-26z" fill="${c.main}"/>
      <path d="M132 520c30 66 60 90 88 90h360c28 0 58-24 88-90-140 40-396 40-536 0z" fill="${c.dark}"/>
      <ellipse cx="400" cy="478" rx="262" ry="46" fill="${c.light}"/>
      <ellipse cx="172" cy="478" rx="34" ry="24" fill="${c.deep}"/>
      <ellipse cx="628" cy="478" rx="34" ry="24" fill="${c.deep}"/>
      <g fill="${c.deep}">
        ${ellipses([238, 292, 346, 400, 454, 508, 562], 462, 21, 12)}
        ${ellipses([238, 292, 346, 400, 454, 508, 562], 496, 23, 13)}
      </g>
      <g fill="${cream}">
        ${ellipses([244, 342, 400, 450, 558], 458, 8, 6)}
        ${ellipses([234, 296, 352, 406, 512, 566], 494, 8, 6)}
        <ellipse cx="164" cy="474" rx="9" ry="7"/>
        <ellipse cx="180" cy="480" rx="9" ry="7"/>
        <ellipse cx="624" cy="476" rx="9" ry="7"/>
      </g>
      <path d="M300 560c20-14 40-14 50 0 10-14 30-14 50 0 20-14 40-14 50 0 10-14 30-14 50 0" fill="none"
        stroke="${gold}" stroke-width="6" stroke-linecap="round"/>
      <path d="M260 610h280l20 20H240z" fill="${c.deep}"/>
      <g fill="${cream}">
        <ellipse cx="210" cy="622" rx="13" ry="9"/>
        <ellipse cx="592" cy="620" rx="13" ry="9"/>
        <ellipse cx="620" cy="626" rx="11" ry="8"/>
      </g>`,
  ),
  kite: flat(
    (c) => `
      <path d="M400 560c40 30-40 60 0 90s-30 50 10 80" fill="none" stroke="${ink}" stroke-width="4"/>
      <path d="M400 590l-34-16v32zM400 590l34-16v32zM404 650l-34-16v32zM404 650l34-16v32z" fill="${c.dark}"/>
      <path d="M400 96 590 300 400 570 210 300z" fill="${c.cloth}"/>
      <path d="M400 96 590 300H400z" fill="${c.light}" opacity=".45"/>
      <path d="M400 570 210 300h190z" fill="${c.deep}" opacity=".3"/>
      <path d="M400 96v474M210 300h380" stroke="${wood}" stroke-width="10"/>
      <circle cx="400" cy="300" r="54" fill="${cream}"/>
      <path d="m400 264 11 24 26 3-19 18 5 26-23-13-23 13 5-26-19-18 26-3z" fill="${c.dark}"/>
      <path d="M400 96 590 300 400 570 210 300z" fill="none" stroke="${c.deep}" stroke-width="8"
        stroke-linejoin="round"/>
      <path d="M210 300c-30 20-40 50-30 80M590 300c30 20 40 50 30 80" fill="none" stroke="${gold}"
        stroke-width="11" stroke-linecap="round"/>`,
  ),
  'spinning-top': standing(
    140,
    (c) => `
      <path d="M386 160h28v110h-28z" fill="${wood}"/>
      <ellipse cx="400" cy="160" rx="22" ry="12" fill="${darkWood}"/>
      <path d="M250 330c0-50 60-84 150-84s150 34 150 84c0 90-90 180-134 270-6 14-10 30-16 30s-10-16-16-30
        c-44-90-134-180-134-270z" fill="${c.main}"/>
      <ellipse cx="400" cy="322" rx="150" ry="62" fill="${c.light}"/>
      <ellipse cx="400" cy="318" rx="100" ry="38" fill="${gold}"/>
      <ellipse cx="400" cy="314" rx="56" ry="20" fill="${c.dark}"/>
      <path d="M254 366c40 50 250 50 292 0-6 22-14 42-26 62-60 34-180 34-240 0-12-20-20-40-26-62z"
        fill="${cream}"/>
      <path d="M310 480c50 24 130 24 180 0l-24 40c-40 14-92 14-132 0z" fill="${gold}"/>
      ${shade('M510 366c20-12 32-24 36-36 0 90-90 180-130 270-6 14-10 30-16 30 40-100 90-160 110-264z', 0.14)}
      <path d="M230 600c60 40 240 50 330 10 40-20 90 20 60 40" fill="none" stroke="${cream}" stroke-width="10"
        stroke-linecap="round"/>
      <path d="M230 600c60 40 240 50 330 10 40-20 90 20 60 40" fill="none" stroke="${darkWood}"
        stroke-width="3" stroke-dasharray="10 8"/>`,
  ),
  romper: flat(
    (c) => `
      <path d="M318 160 220 210l-54 136 84 34 36-64-6 190c0 60 40 110 80 130h80c40-20 80-70 80-130l-6-190 36
        64 84-34-54-136-98-50c-30 40-134 40-164 0z" fill="${c.cloth}"/>
      <path d="M318 160c30 40 134 40 164 0l-22-10c-24 22-96 22-120 0z" fill="${c.deep}"/>
      <path d="M166 346l84 34 12-22-88-34zM634 346l-84 34-12-22 88-34z" fill="${cream}"/>
      <path d="M284 506c40 40 50 80 56 118l-10-4c-36-24-50-64-50-114zM516 506c-40 40-50 80-56 118l10-4c36-24
        50-64 50-114z" fill="${cream}"/>
      <path d="M352 616h96v20h-96z" fill="${c.deep}"/>
      <g fill="${cream}">
        <circle cx="368" cy="626" r="6"/>
        <circle cx="400" cy="626" r="6"/>
        <circle cx="432" cy="626" r="6"/>
      </g>
      <circle cx="400" cy="350" r="62" fill="${cream}"/>
      <path d="M362 352a20 20 0 0 1 34-14 24 24 0 0 1 44 10 16 16 0 0 1-4 30h-64a14 14 0 0 1-10-26z"
        fill="${c.dark}"/>
      ${shade('M286 316l-6 190c0 30 10 58 24 80V310zM514 316l6 190c0 30-10 58-24 80V310z', 0.1)}`,
  ),
  'baby-blanket': standing(
    210,
    (c) => `
      <rect x="200" y="540" width="400" height="90" rx="42" fill="${c.dark}"/>
      <rect x="210" y="460" width="380" height="96" rx="44" fill="${c.light}"/>
      <path d="M216 420c0-34 20-54 54-54h260c34 0 54 20 54 54v26c0 24-16 40-40 40H256c-24 0-40-16-40-40z"
        fill="${c.cloth}"/>
      <path d="M420 366h110c34 0 54 20 54 54v120c-60 30-140 10-164-40z" fill="${c.cloth}"/>
      <path d="M420 366h110c34 0 54 20 54 54v120c-60 30-140 10-164-40z" fill="#fff" opacity=".18"/>
      <path d="M420 500c24 50 104 70 164 40" fill="none" stroke="${cream}" stroke-width="8"
        stroke-dasharray="12 9"/>
      <path d="M240 590h320M250 512h150" stroke="${cream}" stroke-width="6" stroke-dasharray="12 9"
        opacity=".8"/>
      <g transform="translate(300 300)">
        <circle cx="-34" cy="-52" r="20" fill="#e6cfae"/>
        <circle cx="34" cy="-52" r="20" fill="#e6cfae"/>
        <circle r="64" fill="#e6cfae"/>
        <ellipse cy="20" rx="30" ry="22" fill="#f6ead4"/>
        <circle cy="10" r="9" fill="${ink}"/>
        ${eyes(0, -14, 24)}
        <path d="M-70 66c20-20 120-20 140 0z" fill="#e6cfae"/>
      </g>`,
  ),
  /** A ring sling with a bear in its pouch. */
  'baby-wrap': flat(
    (c) => `
      <path d="M404 180C240 250 200 420 250 540c60 90 240 90 300 0 50-120 10-290-146-360z" fill="none"
        stroke="${c.deep}" stroke-width="70" stroke-linejoin="round"/>
      <g transform="translate(400 410)">
        <circle cx="-44" cy="-60" r="26" fill="#cfae84"/>
        <circle cx="44" cy="-60" r="26" fill="#cfae84"/>
        <circle r="82" fill="#e0c296"/>
        <ellipse cy="24" rx="38" ry="28" fill="#f6ead4"/>
        <circle cy="12" r="11" fill="${ink}"/>
        ${eyes(0, -16, 30)}
      </g>
      <path d="M404 190C256 250 212 410 262 530c54 80 222 80 276 0 50-120 6-280-134-340" fill="none"
        stroke="${c.cloth}" stroke-width="62" stroke-linejoin="round"/>
      <path d="M226 470c90 60 258 60 348 0 6 50-6 90-30 116-80 62-208 62-288 0-24-26-36-66-30-116z"
        fill="${c.cloth}"/>
      <path d="M226 470c90 60 258 60 348 0l2 22c-90 58-262 58-352 0z" fill="${c.deep}" opacity=".45"/>
      <path d="M270 560c80 44 180 44 260 0M300 600c60 26 140 26 200 0" fill="none" stroke="${c.deep}"
        stroke-width="6" opacity=".4"/>
      <path d="M430 190c70 60 110 140 116 260l-60 10c-10-110-40-190-96-250z" fill="${c.dark}"/>
      <circle cx="404" cy="184" r="44" fill="none" stroke="${gold}" stroke-width="18"/>
      <circle cx="426" cy="206" r="44" fill="none" stroke="#b88a33" stroke-width="16"/>`,
  ),
};

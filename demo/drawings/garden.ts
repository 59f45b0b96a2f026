import { darkGreen, darkWood, gold, green, leaf, shade, shine, standing } from '../drawing.js';

const monstera = (x: number, y: number, angle: number, size: number, fill: string) =>
  `
      <g transform="translate(${x} ${y}) rotate(${angle}) scale(${size})">
        <path d="M0 0C-50-6-84-44-84-90c0-50 44-90 84-110 40 20 84 60 84 110 0 46-34 84-84 90z"
          fill="${fill}"/>
        <path d="M-90-70l44 4-40 14zM-84-120l44 20-48 0zM-60-160l34 34-46-14zM90-70l-44 4 40 14zM84-120l-44 20
          48 0zM60-160l-34 34 46-14z" fill="#f4ead6"/>
        <path d="M0 0v-180" stroke="${darkGreen}" stroke-width="5"/>
      </g>`;

const terracotta =
  '<path d="M284 460h232l-26 150c-2 14-10 20-24 20H334c-14 0-22-6-24-20z" fill="#c5754f"/>' +
  '<path d="M270 440h260v44H270z" fill="#d98a63"/><path d="M284 484h232l-3 16H287z" fill="#a85c3b"/>' +
  shade('M470 500h43l-23 110c-2 14-10 20-24 20h-20c12-40 20-84 24-130z', 0.12);

export const gardenDrawings = {
  'house-plant': standing(
    150,
    (c) => `
      <path d="M400 480c0-90-60-150-110-190M400 480c0-120 20-170 10-240M400 480c10-90 70-130 120-160M400 480
        c-20-60-90-80-130-80M400 480c20-60 90-70 140-60" fill="none" stroke="${darkGreen}" stroke-width="9"/>
      ${monstera(296, 300, -30, 0.78, c.main)}
      ${monstera(412, 262, 4, 0.86, c.dark)}
      ${monstera(520, 324, 38, 0.74, c.main)}
      ${leaf(282, 404, -66, 120, c.light)}
      ${leaf(528, 424, 66, 120, c.light)}
      ${terracotta}`,
  ),
  'plant-pot': standing(
    190,
    (c) => `
      <path d="M400 330c-10-60 0-100 0-150M400 330c-30-40-70-60-100-64M400 330c30-40 70-60 100-64" fill="none"
        stroke="${darkGreen}" stroke-width="8"/>
      ${leaf(400, 240, 0, 110, green)}
      ${leaf(330, 290, -58, 110, darkGreen)}
      ${leaf(470, 290, 58, 110, darkGreen)}
      ${leaf(372, 320, -28, 120, green)}
      ${leaf(428, 320, 28, 120, green)}
      <path d="M232 380h336l-44 210H276z" fill="${c.cloth}"/>
      <path d="M214 320h372v66H214z" fill="${c.light}"/>
      <path d="M214 372h372v14H214z" fill="${c.deep}" opacity=".5"/>
      <ellipse cx="400" cy="320" rx="186" ry="18" fill="${c.deep}"/>
      <path d="M230 590h340l-20 40H250z" fill="${c.dark}"/>
      <path d="M230 590h340v10H230z" fill="${c.deep}" opacity=".5"/>
      ${shade('M510 386h58l-44 204h-50c20-66 32-134 36-204z', 0.12)}
      ${shine('M262 394h34l30 190h-26z', 0.2)}`,
  ),
  'watering-can': standing(
    220,
    (c) => `
      <path d="M470 340c130-60 150 180 30 200" fill="none" stroke="${c.dark}" stroke-width="24"/>
      <path d="M300 350c0-120 150-120 160-10" fill="none" stroke="${c.dark}" stroke-width="20"/>
      <path d="M290 560C220 540 210 420 150 330l-44 14-16-46 120-40 14 44-28 10c50 70 60 140 100 160z"
        fill="${c.dark}"/>
      <path d="M82 296l122-42 6 20-122 42z" fill="${c.deep}"/>
      <path d="M270 350h230l20 250c0 20-10 30-30 30H280c-20 0-30-10-30-30z" fill="${c.main}"/>
      <ellipse cx="385" cy="350" rx="115" ry="24" fill="${c.deep}"/>
      <path d="M262 440h246l4 50H258z" fill="${c.light}" opacity=".6"/>
      ${shine('M288 370h30l-14 250h-24c-10 0-16-6-14-20z', 0.3)}
      ${shade('M460 364l40-14 20 250c0 20-10 30-30 30h-30c10-90 10-180 0-266z')}
      <g stroke="#7fb4cf" stroke-width="8" stroke-linecap="round">
        <path d="M96 350l-10 40M126 344l-6 44M156 336l-2 40M80 420l-8 30M114 420l-4 32"/>
      </g>`,
  ),
  'snake-plant': standing(150, (c) => {
    const blade = (x: number, turn: number, height: number) =>
      `
      <g transform="translate(${x} 450) rotate(${turn}) scale(1 ${height})">
        <path d="M-30 0c-20-110-6-220 26-300 36 80 54 190 34 300z" fill="${gold}"/>
        <path d="M-20 0c-18-110-6-204 18-270 28 66 40 160 22 270z" fill="${c.main}"/>
        <path d="M-22-60c16 10 28 10 44 0M-24-110c16 10 32 10 48 0M-20-160c14 10 28 10 42 0M-14-210c10 8 22 8
          32 0" fill="none" stroke="${c.dark}" stroke-width="8" opacity=".7"/>
      </g>`;
    return [
      blade(330, -16, 0.85),
      blade(470, 16, 0.9),
      blade(362, -6, 1.05),
      blade(440, 7, 1),
      blade(400, 0, 1.16),
      terracotta,
    ].join('');
  }),
  'trailing-plant': standing(150, (c) => {
    const heart = (x: number, y: number, turn: number, size: number, fill: string) =>
      `
      <path transform="translate(${x} ${y}) rotate(${turn}) scale(${size})" d="M0 0c-50-10-70-60-40-84 20-12
        36 0 40 16 4-16 20-28 40-16 30 24 10 74-40 84z" fill="${fill}"/>`;
    const upper = [
      heart(330, 330, -24, 1, c.main),
      heart(470, 320, 24, 1, c.dark),
      heart(400, 300, 0, 1.1, c.light),
      heart(360, 410, -40, 0.9, c.dark),
      heart(444, 408, 40, 0.9, c.main),
      heart(280, 400, -60, 0.9, c.main),
      heart(520, 396, 60, 0.9, c.light),
    ].join('');
    const hanging = [
      heart(214, 470, 190, 0.85, c.light),
      heart(206, 540, 170, 0.85, c.main),
      heart(214, 612, 184, 0.8, c.dark),
      heart(592, 460, 172, 0.85, c.main),
      heart(590, 530, 190, 0.8, c.light),
      heart(588, 592, 176, 0.75, c.dark),
    ].join('');
    return `
      <path d="M400 450c-60-120-180-110-190 30-4 50 6 80 0 130M400 450c60-120 180-110 190 20 4 40-6 60 0 110
        M400 450c-20-80-60-110-70-170M400 450c20-90 60-110 70-180M400 450V250" fill="none"
        stroke="${darkGreen}" stroke-width="7"/>
      ${terracotta}
      ${upper}
      ${hanging}`;
  }),
  'broad-leaf': standing(150, (c) => {
    const velvet = (x: number, y: number, turn: number, size: number, fill: string) =>
      `
      <g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})">
        <path d="M0 60C-90 20-110-60-70-120c20-28 56-20 70 6 14-26 50-34 70-6C110-60 90 20 0 60z"
          fill="${fill}"/>
        <path d="M0 56v-160M0 10c-30-10-50-40-62-70M0 10c30-10 50-40 62-70M0-40c-16-10-30-30-36-54M0-40c16-10
          30-30 36-54" fill="none" stroke="${c.pale}" stroke-width="5"/>
      </g>`;
    return `
      <path d="M400 460c-10-80-70-110-110-130M400 460c10-80 70-110 110-130M400 460V240M400 460
        c-40-40-90-40-130-20M400 460c40-40 90-40 130-20" fill="none" stroke="${darkGreen}" stroke-width="9"/>
      ${velvet(284, 310, -28, 0.95, c.dark)}
      ${velvet(516, 310, 28, 0.95, c.main)}
      ${velvet(400, 236, 0, 1.05, c.dark)}
      ${velvet(352, 400, -16, 0.62, c.main)}
      ${velvet(452, 402, 16, 0.62, c.dark)}
      ${terracotta}`;
  }),
  jasmine: standing(150, (c) => {
    const flower = (x: number, y: number) =>
      `
      <g transform="translate(${x} ${y})" fill="#fff">
        <circle cx="-15" r="14"/>
        <circle cx="15" r="14"/>
        <circle cy="-15" r="14"/>
        <circle cy="14" r="14"/>
        <circle r="8" fill="${gold}"/>
      </g>`;
    const leaves = [
      leaf(340, 330, -80, 104, c.dark),
      leaf(320, 380, -50, 104, c.main),
      leaf(350, 280, -30, 104, c.main),
      leaf(460, 330, 80, 104, c.dark),
      leaf(480, 380, 50, 104, c.main),
      leaf(450, 280, 30, 104, c.main),
      leaf(396, 260, -8, 110, c.dark),
      leaf(404, 320, 14, 104, c.main),
      leaf(376, 420, -40, 104, c.dark),
      leaf(424, 420, 40, 104, c.main),
    ].join('');
    return `
      <path d="M400 460V260M400 420c-50-20-90-60-110-110M400 420c50-20 90-60 110-110M400 340
        c-30-20-50-50-60-90M400 340c30-20 50-50 60-90" fill="none" stroke="${darkGreen}" stroke-width="9"/>
      ${leaves}
      ${flower(290, 300)}
      ${flower(344, 220)}
      ${flower(400, 160)}
      ${flower(460, 220)}
      ${flower(512, 300)}
      ${flower(362, 340)}
      ${flower(446, 348)}
      ${terracotta}`;
  }),
  'lime-tree': standing(
    150,
    (c) => `
      <path d="M388 460h24V300h-24z" fill="${darkWood}"/>
      <circle cx="330" cy="270" r="92" fill="${c.dark}"/>
      <circle cx="470" cy="270" r="92" fill="${c.dark}"/>
      <circle cx="400" cy="210" r="100" fill="${c.main}"/>
      <circle cx="400" cy="310" r="88" fill="${c.main}"/>
      ${leaf(310, 250, -40, 70, c.light)}
      ${leaf(420, 190, 20, 70, c.light)}
      ${leaf(480, 300, 50, 70, c.light)}
      ${leaf(380, 320, -20, 70, c.light)}
      <g fill="#8fae45">
        <circle cx="340" cy="320" r="26"/>
        <circle cx="466" cy="236" r="26"/>
        <circle cx="376" cy="190" r="24"/>
        <circle cx="440" cy="340" r="24"/>
      </g>
      <g fill="#c9dc97">
        <circle cx="332" cy="312" r="8"/>
        <circle cx="458" cy="228" r="8"/>
        <circle cx="368" cy="182" r="8"/>
        <circle cx="432" cy="332" r="8"/>
      </g>
      ${terracotta}`,
  ),
};

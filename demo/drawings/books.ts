import { cream, flat, gold, green, ink, leaf, shade, shine, standing, steel, wood } from '../drawing.js';

const rows = (x: number, y: number, width: number, count: number, fill: string) =>
  Array.from(
    { length: count },
    (_, i) => `
      <rect x="${x}" y="${y + i * 26}" width="${width * (i % 3 === 2 ? 0.6 : 1)}" height="9" rx="4"
        fill="${fill}"/>`,
  ).join('');

export const bookDrawings = {
  novel: standing(
    185,
    (c) => `
      <path d="M246 170h290v450H246z" fill="${c.deep}"/>
      <path d="M260 178h300v446H260z" fill="#f3e8d0"/>
      <path d="M552 186v430M544 186v430M536 186v430" stroke="#d8c8a6" stroke-width="3"/>
      <path d="M236 166h300v454H250c-10 0-14 4-14 10z" fill="${c.main}"/>
      <path d="M236 166h44v454h-30c-10 0-14 4-14 10z" fill="${c.dark}"/>
      <path d="M280 330h256v290H280z" fill="${c.cloth}"/>
      <path d="M280 322h256v12H280z" fill="${gold}"/>
      <circle cx="410" cy="440" r="74" fill="${cream}"/>
      <circle cx="410" cy="424" r="22" fill="${gold}"/>
      <path d="M340 462c24-30 42-30 64 0 16-20 34-24 76-4-14 34-38 56-70 56s-56-20-70-52z" fill="${c.dark}"/>
      ${rows(312, 208, 190, 2, cream)}
      <rect x="348" y="272" width="120" height="8" rx="4" fill="${gold}"/>
      <path d="M236 630c0-8 4-12 14-12h310v16H252c-10 0-16 2-16-4z" fill="${c.deep}"/>
      ${shade('M516 166h20v454h-20z', 0.1)}
      <path d="M490 620v-40h24v66l-12-10-12 10z" fill="#c43d33"/>`,
  ),
  poetry: flat(
    (c) => `
      <g transform="rotate(-8 400 400)">
        <path d="M256 140h310v520H256z" fill="${c.deep}"/>
        <path d="M262 148h310v510H262z" fill="#f3e8d0"/>
        <path d="M246 134h310v520H246z" fill="${c.main}"/>
        <path d="M246 134h310v190c-100 60-210-40-310 20z" fill="${c.cloth}"/>
        <path d="M246 344c100-60 210 40 310-20v12c-100 60-210-40-310 20z" fill="${gold}"/>
        <path d="M460 420c-60 20-120 80-150 170 20-6 30-16 36-26 70-10 110-60 114-144z" fill="${cream}"/>
        <path d="M304 600c24-70 70-130 130-160" stroke="${c.deep}" stroke-width="5" fill="none"/>
        ${rows(300, 200, 150, 2, cream)}
        <rect x="440" y="612" width="84" height="9" rx="4" fill="${cream}"/>
        ${shade('M246 134h26v520h-26z')}
      </g>`,
  ),
  'picture-book': flat(
    (c) => `
      <g transform="rotate(5 400 400)">
        <path d="M180 194h450v430H180z" fill="${c.deep}"/>
        <path d="M188 198h446v420H188z" fill="#f3e8d0"/>
        <rect x="172" y="184" width="450" height="430" rx="10" fill="${c.light}"/>
        <path d="M172 480c120-60 320-60 450 0v124c0 6-4 10-10 10H182c-6 0-10-4-10-10z" fill="${c.dark}"/>
        <path d="M172 530c160-40 320 30 450-10v84c0 6-4 10-10 10H182c-6 0-10-4-10-10z" fill="${c.cloth}"/>
        <circle cx="530" cy="310" r="44" fill="#ffe08a"/>
        <g>
          <path d="M300 520c-20-90 20-150 100-150s120 60 100 150z" fill="#f5eadb"/>
          <circle cx="400" cy="390" r="74" fill="#f5eadb"/>
          <circle cx="334" cy="330" r="26" fill="#f5eadb"/>
          <circle cx="466" cy="330" r="26" fill="#f5eadb"/>
          <circle cx="334" cy="330" r="13" fill="#e8a385"/>
          <circle cx="466" cy="330" r="13" fill="#e8a385"/>
          <circle cx="374" cy="384" r="8" fill="${ink}"/>
          <circle cx="426" cy="384" r="8" fill="${ink}"/>
          <path d="M386 410c8 10 20 10 28 0" fill="none" stroke="${ink}" stroke-width="5"
            stroke-linecap="round"/>
          <circle cx="352" cy="408" r="12" fill="#f0b7a4"/>
          <circle cx="448" cy="408" r="12" fill="#f0b7a4"/>
        </g>
        <rect x="220" y="218" width="240" height="22" rx="11" fill="${c.deep}"/>
        <rect x="220" y="252" width="160" height="16" rx="8" fill="${c.deep}" opacity=".6"/>
        ${shade('M172 194c0-6 4-10 10-10h20v430h-20c-6 0-10-4-10-10z')}
      </g>`,
  ),
  'cook-book': flat(
    (c) => `
      <path d="M110 250c100-40 220-30 290 20 70-50 190-60 290-20v330c-100-34-220-26-290 20-70-46-190-54-290-20
        z" fill="${c.dark}"/>
      <path d="M128 236c96-34 206-24 272 22v326c-70-44-176-52-272-22z" fill="#fbf2df"/>
      <path d="M672 236c-96-34-206-24-272 22v326c70-44 176-52 272-22z" fill="#fff8ea"/>
      ${shade('M400 258v326c-10-6-22-12-34-16V240c12 4 24 10 34 18z', 0.1)}
      <ellipse cx="262" cy="376" rx="96" ry="84" fill="${c.light}"/>
      <ellipse cx="262" cy="376" rx="74" ry="64" fill="#fff8ea"/>
      <path d="M216 376c10-40 80-44 94-6 4 34-80 44-94 6z" fill="${c.main}"/>
      <circle cx="246" cy="362" r="9" fill="${gold}"/>
      <circle cx="276" cy="378" r="9" fill="${gold}"/>
      ${leaf(300, 386, 60, 46, green)}
      <g transform="rotate(4 260 500)">
        ${rows(176, 488, 170, 3, '#d9c9a8')}
      </g>
      <g transform="rotate(-4 540 400)">
        <rect x="462" y="290" width="150" height="18" rx="9" fill="${c.main}"/>
        ${rows(462, 330, 160, 8, '#d9c9a8')}
      </g>
      <path d="M560 230v120l16-14 16 14V226z" fill="#c43d33"/>`,
  ),
  notebook: flat(
    (c) => `
      <g transform="rotate(-6 400 400)">
        <rect x="244" y="146" width="330" height="510" rx="22" fill="#f3e8d0"/>
        <rect x="230" y="140" width="330" height="510" rx="22" fill="${c.cloth}"/>
        <path d="M230 162c0-12 10-22 22-22h40v510h-40c-12 0-22-10-22-22z" fill="${c.deep}"/>
        <path d="M500 140h22v510h-22z" fill="${c.deep}"/>
        <rect x="340" y="230" width="130" height="86" rx="8" fill="${cream}"/>
        <rect x="360" y="256" width="90" height="8" rx="4" fill="${c.dark}"/>
        <rect x="360" y="280" width="60" height="8" rx="4" fill="${c.dark}" opacity=".5"/>
        <path d="M430 650v44l12-10 12 10v-44z" fill="#c43d33"/>
      </g>
      <g transform="rotate(24 620 460)">
        <path d="M606 260h28v330h-28z" fill="${wood}"/>
        <path d="M606 590h28l-14 44z" fill="${ink}"/>
        <path d="M606 260h28v60h-28z" fill="${gold}"/>
      </g>`,
  ),
  cards: flat(
    (c) => `
      <g transform="rotate(-12 360 430)">
        <path d="M170 290h380v270H170z" fill="#c79a6b"/>
        <path d="M170 290l190 150 190-150z" fill="#b98555"/>
        <path d="M170 560l150-150M550 560 400 410" stroke="#a8744a" stroke-width="5"/>
      </g>
      <g transform="rotate(8 450 380)">
        <path d="M320 180h280v390H320z" fill="${cream}"/>
        <path d="M336 196h248v358H336z" fill="${c.cloth}"/>
        <circle cx="460" cy="360" r="92" fill="${cream}"/>
        <path d="M460 430c-70-44-70-110-28-110 18 0 26 16 28 26 2-10 10-26 28-26 42 0 42 66-28 110z"
          fill="${c.dark}"/>
        <rect x="390" y="500" width="140" height="24" rx="12" fill="${cream}"/>
        ${shade('M320 180h14v390h-14z', 0.12)}
      </g>`,
  ),
  pencils: standing(165, (c) => {
    const tones = ['#c43d33', '#dd8240', '#e0a52f', '#5f8a4b', '#2f7f96', '#33497a', '#6e4166'];
    const each = tones.map((tone, i) => {
      const x = 256 + i * 41;
      const top = 150 + [50, 10, 36, 0, 30, 14, 56][i]!;
      return `
      <path d="M${x} ${top + 60}h36v330h-36z" fill="${tone}"/>
      <path d="M${x + 24} ${top + 60}h12v330h-12z" fill="#2b1a12" opacity=".15"/>
      <path d="M${x} ${top + 60}l18-60 18 60z" fill="#ecd2a4"/>
      <path d="M${x + 11} ${top + 24}l7-24 7 24z" fill="${tone}"/>`;
    });
    return `
      ${each.join('')}
      <path d="M236 400h328v230H236z" fill="${c.main}"/>
      <path d="M236 400h328v30H236zM236 604h328v26H236z" fill="${c.dark}"/>
      <rect x="290" y="462" width="220" height="108" rx="12" fill="${cream}"/>
      <path d="M310 540c30-50 50-50 70-16s40 20 60-20 40-20 50 0" fill="none" stroke="${c.dark}"
        stroke-width="9" stroke-linecap="round"/>
      ${shine('M252 432h18v170h-18z', 0.3)}
      ${shade('M530 430h34v174h-34z')}`;
  }),
  watercolours: flat((c) => {
    const tones = [
      '#c43d33',
      '#dd8240',
      '#e0a52f',
      '#f0d27a',
      '#5f8a4b',
      '#2f7a62',
      '#2f7f96',
      '#7fb4cf',
      '#33497a',
      '#6e4166',
      '#e0a0a4',
      '#8d5d3e',
    ];
    const pans = tones.map((tone, i) => {
      const x = 196 + (i % 6) * 70;
      const y = 430 + Math.floor(i / 6) * 84;
      return `
      <rect x="${x}" y="${y}" width="58" height="70" rx="8" fill="#fff"/>
      <rect x="${x + 5}" y="${y + 5}" width="48" height="60" rx="6" fill="${tone}"/>
      <path d="M${x + 12} ${y + 14}h16" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".6"/>`;
    });
    return `
      <g transform="rotate(-4 400 420)">
        <rect x="160" y="180" width="490" height="220" rx="24" fill="${c.dark}"/>
        <rect x="176" y="196" width="458" height="190" rx="14" fill="#f7f1e4"/>
        <path d="M220 280c30-50 110-40 120 10s-90 50-120-10z" fill="#e0a0a4" opacity=".8"/>
        <path d="M380 260c40-30 90 0 80 40s-80 40-90 10 0-40 10-50z" fill="#7fb4cf" opacity=".8"/>
        <path d="M520 300c10-40 80-40 84 0s-70 50-84 0z" fill="#e0a52f" opacity=".7"/>
        <path d="M160 392h490v12H160z" fill="${steel}"/>
        <rect x="160" y="400" width="490" height="220" rx="24" fill="${c.main}"/>
        ${pans.join('')}
      </g>
      <g transform="rotate(40 640 300)">
        <path d="M630 130h20v230h-20z" fill="${wood}"/>
        <path d="M626 350h28v50h-28z" fill="${steel}"/>
        <path d="M626 400h28c4 40-6 60-14 80-8-20-18-40-14-80z" fill="#2f7f96"/>
      </g>`;
  }),
  pen: flat(
    (c) => `
      <rect x="150" y="450" width="500" height="150" rx="22" fill="${c.deep}"/>
      <rect x="166" y="464" width="468" height="122" rx="14" fill="#efe3cc"/>
      <g transform="rotate(-28 400 400)">
        <path d="M180 372h300v60H180c-16 0-24-14-24-30s8-30 24-30z" fill="${c.main}"/>
        <path d="M200 390c80-10 180 8 270-4M220 416c80 8 160-8 240 2" stroke="${c.dark}" stroke-width="4"
          fill="none"/>
        <path d="M480 366h34v72h-34zM300 366h16v72h-16z" fill="${gold}"/>
        <path d="M514 376h70l40 20c6 4 6 8 0 12l-40 20h-70z" fill="${ink}"/>
        <path d="M584 384l52 14c6 2 6 6 0 8l-52 14z" fill="${gold}"/>
        <path d="M610 402h36" stroke="${ink}" stroke-width="4"/>
        <path d="M190 362h100c10 0 10 12 0 12H190z" fill="${gold}"/>
        ${shine('M184 380h286v10H184z', 0.4)}
      </g>`,
  ),
};

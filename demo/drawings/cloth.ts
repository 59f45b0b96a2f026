import { cream, darkWood, flat, gold, shade, standing, wood } from '../drawing.js';

export const clothDrawings = {
  /** Draped over a batik maker's rack. */
  'batik-cloth': standing(
    240,
    (c) => `
      <g stroke="${darkWood}" stroke-width="20" stroke-linecap="round">
        <path d="M205 190v432M595 190v432M160 622h90M550 622h90"/>
      </g>
      <path d="M160 208h480" stroke="${wood}" stroke-width="22" stroke-linecap="round"/>
      <path d="M240 196h320v330c-40 18-70-8-108 6s-70 10-106-4-70 8-106-2z" fill="${c.dark}"/>
      <path d="M232 200c0-12 8-18 18-18h300c10 0 18 6 18 18v350c-42 18-74-10-114 4s-74 12-112-2-74 10-110 0z"
        fill="${c.cloth}"/>
      <path d="M232 500c40 12 72-14 110 0s72 16 112 2 72-14 114-4v52c-42 18-74-10-114 4s-74 12-112-2-74 10-110
        0z" fill="${c.deep}"/>
      <path d="M232 512c40 12 72-14 110 0s72 16 112 2 72-14 114-4" fill="none" stroke="${gold}"
        stroke-width="5"/>
      ${shade('M318 186c-8 120 6 240 8 358l24 8c-14-120-8-240 0-366z')}
      ${shade('M470 186c10 120-8 240-4 362l26-6c-4-120 10-240 4-356z')}`,
  ),
  /** Three folded, held by a paper band. */
  sarong: standing(
    220,
    (c) => `
      <rect x="190" y="520" width="420" height="110" rx="46" fill="${c.deep}"/>
      <rect x="196" y="440" width="408" height="112" rx="46" fill="${c.dark}"/>
      <rect x="204" y="300" width="392" height="170" rx="52" fill="${c.cloth}"/>
      <g fill="none" stroke="${cream}" stroke-opacity=".55" stroke-width="4">
        <path d="M236 552h330M236 584h330M240 490h316"/>
      </g>
      ${shade('M204 400h392v20a50 50 0 0 1-50 50H256a52 52 0 0 1-52-50z', 0.16)}
      <path d="M352 298h96v332h-96z" fill="${cream}"/>
      <path d="M352 298h96v14h-96zM352 616h96v14h-96z" fill="${c.dark}"/>
      <circle cx="400" cy="420" r="34" fill="${c.dark}"/>
      <path d="m400 396 22 24-22 24-22-24z" fill="${cream}"/>
      ${shade('M434 298h14v332h-14z', 0.1)}`,
  ),
  'ikat-cloth': flat(
    (c) => `
      <path d="M180 172h440" stroke="${darkWood}" stroke-width="20" stroke-linecap="round"/>
      <path d="M300 170 400 96l100 74" fill="none" stroke="${wood}" stroke-width="6"/>
      <circle cx="400" cy="96" r="10" fill="${darkWood}"/>
      <path d="M226 172h348v420H226z" fill="${c.main}"/>
      <path d="M226 232h348v92H226zM226 436h348v92H226z" fill="${c.cloth}"/>
      <path d="M226 334h348v92H226z" fill="${c.deep}"/>
      <path d="m240 380 30-34 30 34-30 34zm86 0 30-34 30 34-30 34zm86 0 30-34 30 34-30 34zm86 0 30-34 30 34-30
        34z" fill="${cream}" opacity=".85"/>
      <g fill="${gold}">
        <path d="M226 196h348v9H226zM226 216h348v5H226zM226 324h348v8H226zM226 427h348v8H226zM226 541h348v5
          H226zM226 558h348v9H226z"/>
      </g>
      <path d="M236 592v52m18-52v60m18-60v52m18-52v60m18-60v52m18-52v60m18-60v52m18-52v60m18-60v52m18-52v60
        m18-60v52m18-52v60m18-60v52m18-52v60m18-60v52m18-52v60m18-60v52m18-52v60m18-60v52" stroke="${c.dark}"
        stroke-width="6" stroke-linecap="round"/>
      ${shade('M226 172h348v16H226z')}`,
  ),
  ulos: flat(
    (c) => `
      <path d="M232 180c60-26 110 10 168 0s108-26 168 0l30 370c-70 26-130-8-198 4s-128 22-198-4z"
        fill="${c.main}"/>
      <path d="M306 172c34-2 62 10 94 8s62-16 96-10l18 382c-38-6-76-4-114 2s-76 4-112-2z" fill="${c.cloth}"/>
      <path d="M232 180c24-10 44-12 66-10l-18 390c-26 0-52 0-78-10zM568 180c-22-8-40-12-64-10l18 384c26 2 50 2
        76-4z" fill="${c.deep}"/>
      <g fill="none" stroke="${cream}" stroke-width="5" opacity=".8">
        <path d="M262 172 236 556M280 172l-20 388M538 172l24 382M520 172l20 384"/>
      </g>
      <g fill="none" stroke="${gold}" stroke-width="9">
        <path d="M206 500c66 22 124-2 194-6s132-20 196-2M204 526c66 22 126-2 196-6s134-20 196-2"/>
      </g>
      <path d="M212 556v66m24-62v74m24-72v66m24-66v74m24-76v66m24-66v74m24-78v66m24-66v74m24-78v66m24-66v74
        m24-76v66m24-66v74m24-72v66m24-66v74m24-72v66m24-68v66" stroke="${c.dark}" stroke-width="8"
        stroke-linecap="round"/>
      ${shade('M400 180c10 120-20 240 0 374 12-130 14-250 0-374z')}`,
  ),
  /** Unrolled towards the viewer. */
  songket: standing(
    230,
    (c) => `
      <path d="M232 190h336l34 380H198z" fill="${c.cloth}"/>
      <path d="M228 238h344l4 40H224zM208 470h384l4 42H204z" fill="${c.deep}"/>
      <path d="M228 238h344M224 280h352M208 470h384M204 512h392" stroke="${gold}" stroke-width="6"/>
      <path d="m250 270 20-26 20 26zm50 0 20-26 20 26zm50 0 20-26 20 26zm50 0 20-26 20 26zm50 0 20-26 20 26z
        m50 0 20-26 20 26zM226 506l22-28 22 28zm54 0 22-28 22 28zm54 0 22-28 22 28zm54 0 22-28 22 28zm54 0
        22-28 22 28zm54 0 22-28 22 28z" fill="${gold}"/>
      ${shade('M203 520h394l5 50H198z', 0.2)}
      <rect x="180" y="540" width="440" height="90" rx="45" fill="${c.main}"/>
      <rect x="180" y="540" width="440" height="34" rx="17" fill="${c.light}" opacity=".5"/>
      <path d="M270 540h26v90h-26zM504 540h26v90h-26z" fill="${gold}"/>
      <ellipse cx="612" cy="585" rx="24" ry="45" fill="${c.deep}"/>
      <path d="M612 560c16 8 14 46-2 46-14-2-14-30 0-30" fill="none" stroke="${gold}" stroke-width="5"/>`,
  ),
  scarf: flat(
    (c) => `
      <path d="M300 250c-40 120-70 240-84 372 40 18 84 18 122 0 10-110 34-220 72-330z" fill="${c.dark}"/>
      <path d="M420 280c40 90 90 180 150 300-32 28-70 46-112 48-50-100-90-200-120-320z" fill="${c.cloth}"/>
      <path d="M236 240c20-90 90-120 164-120s144 30 164 120c-24 64-90 94-164 94s-140-30-164-94z"
        fill="${c.cloth}"/>
      <path d="M288 236c16-46 58-62 112-62s96 16 112 62c-24 34-64 46-112 46s-88-12-112-46z" fill="${c.deep}"/>
      <path d="M330 262c24-22 96-26 140 0 14 40-4 92-40 108-44 4-92-20-104-60-4-20-2-36 4-48z"
        fill="${c.main}"/>
      ${shade('M350 268c20 30 40 60 70 92l-20-2c-30-26-52-56-60-84z')}
      ${shade('M446 268c-4 30-10 60-20 96l16-12c12-26 18-52 18-76z')}
      <path d="M220 596c38 16 78 16 118-2M448 606c44-4 76-20 106-46" fill="none" stroke="${cream}"
        stroke-width="6" opacity=".7"/>
      <path d="M222 624v26m20-20v28m22-26v30m22-28v28m22-30v26m22-30v24M466 626l8 26m16-32 10 26m14-32 12 24
        m10-34 14 22m8-36 14 20" stroke="${c.dark}" stroke-width="6" stroke-linecap="round"/>`,
  ),
  /** On a turned wooden stand. */
  blangkon: standing(
    150,
    (c) => `
      <path d="M372 470h56l12 120h-80z" fill="${wood}"/>
      <path d="M290 630c0-28 48-44 110-44s110 16 110 44z" fill="${darkWood}"/>
      <path d="M540 420c36 0 62 24 58 52-4 26-40 30-62 6z" fill="${c.deep}"/>
      <path d="M222 440c-6-130 70-216 182-216s184 90 172 220c-60 34-290 34-354-4z" fill="${c.cloth}"/>
      <path d="M222 440c0-34 6-62 14-84 100 70 230 70 330 4 8 24 12 54 10 84-60 34-290 34-354-4z"
        fill="${c.dark}"/>
      <path d="M236 356c100 70 230 70 330 4M224 420c110 52 250 52 352 2" fill="none" stroke="${gold}"
        stroke-width="6"/>
      <g fill="none" stroke="${c.deep}" stroke-width="5" opacity=".6">
        <path d="M400 226c-70 40-120 90-150 142M404 226c-30 60-50 110-56 174M406 226c10 60 14 120 8 180M408
          226c50 50 80 100 92 156M410 226c70 40 110 80 140 130"/>
      </g>
      <path d="M384 228c6-20 32-20 38 0z" fill="${c.deep}"/>
      ${shade('M480 236c70 40 104 120 96 208-20 12-60 20-104 24 40-80 44-160 8-232z')}`,
  ),
  shirt: flat(
    (c) => `
      <path d="M300 170 196 226 120 420l92 44 40-84v268h296V380l40 84 92-44-76-194-104-56-48 30h-104z"
        fill="${c.cloth}"/>
      <path d="M120 420l92 44 12-26-92-46zM680 420l-92 44-12-26 92-46z" fill="${c.deep}"/>
      ${shade('M252 380v268h34V330zM548 380v268h-34V330z', 0.12)}
      <path d="M388 226h24v422h-24z" fill="${c.dark}" opacity=".55"/>
      <g fill="${cream}">
        <circle cx="400" cy="280" r="8"/>
        <circle cx="400" cy="350" r="8"/>
        <circle cx="400" cy="420" r="8"/>
        <circle cx="400" cy="490" r="8"/>
        <circle cx="400" cy="560" r="8"/>
      </g>
      <path d="M300 170 340 154h120l40 16-52 76-48-48-48 48z" fill="${c.main}"/>
      <path d="M340 154h120l-60 44z" fill="${c.deep}"/>
      <path d="m300 170 40-16 60 44-48 48zM500 170l-40-16-60 44 48 48z" fill="${c.light}"/>
      <path d="M446 322h76v80l-38 16-38-16z" fill="none" stroke="${c.deep}" stroke-width="5"/>`,
  ),
  kebaya: flat(
    (c) => `
      <path d="M306 166 214 216 124 470l84 34 56-120c10 90-14 180-30 240 54 28 110 32 160 14l6-60 6 60c50 18
        106 14 160-14-16-60-40-150-30-240l56 120 84-34-90-254-92-50-94 120z" fill="${c.main}"/>
      <path d="M306 166 400 300l94-134 30 16c-30 120-80 220-118 380l-6 20-6-20c-38-160-88-260-118-380z"
        fill="${c.light}"/>
      <path d="M330 190 400 300l70-110-22-24h-96z" fill="${c.deep}"/>
      <path d="M350 168c20 40 34 80 50 132 16-52 30-92 50-132z" fill="${cream}" opacity=".35"/>
      <g fill="none" stroke="${cream}" stroke-width="6" stroke-dasharray="2 14" stroke-linecap="round">
        <path d="M290 176c30 130 82 230 110 400M510 176c-30 130-82 230-110 400M140 470l76 30M660 470l-76 30
          M240 616c54 22 104 26 150 12M560 616c-54 22-104 26-150 12"/>
      </g>
      <g fill="${cream}" opacity=".8">
        <path d="M300 440c-14-14-14-30 0-36 14 6 14 22 0 36zm0 0c14-14 30-14 36 0-6 14-22 14-36 0zm0 0c-14
          14-30 14-36 0 6-14 22-14 36 0zm0 0c14 14 14 30 0 36-14-6-14-22 0-36zM500 440c-14-14-14-30 0-36 14 6
          14 22 0 36zm0 0c14-14 30-14 36 0-6 14-22 14-36 0zm0 0c-14 14-30 14-36 0 6-14 22-14 36 0zm0 0c14 14
          14 30 0 36-14-6-14-22 0-36z"/>
      </g>
      <g fill="${gold}">
        <circle cx="400" cy="336" r="10"/>
        <circle cx="400" cy="400" r="10"/>
        <circle cx="400" cy="464" r="10"/>
      </g>
      ${shade('M264 384c10 90-14 180-30 240l40 14c20-90 10-180-10-254z')}
      ${shade('M536 384c-10 90 14 180 30 240l-40 14c-20-90-10-180 10-254z')}`,
  ),
  dress: flat(
    (c) => `
      <path d="M400 116v34M330 176c20-24 46-34 70-34s50 10 70 34" fill="none" stroke="${darkWood}"
        stroke-width="10" stroke-linecap="round"/>
      <path d="M322 176 236 232l-46 150 66 26 52-92c6 40 6 70-6 106-30 90-60 160-80 220 110 36 246 36 356
        0-20-60-50-130-80-220-12-36-12-66-6-106l52 92 66-26-46-150-86-56c-40 34-116 34-156 0z"
        fill="${c.main}"/>
      <path d="M222 642c6-18 12-36 20-54 100 30 216 30 316 0 8 18 14 36 20 54-110 36-246 36-356 0z"
        fill="${c.cloth === c.main ? c.light : c.cloth}"/>
      <path d="M300 410c60 14 140 14 200 0l6 24c-70 16-142 16-212 0z" fill="${c.deep}"/>
      <path d="M322 176c40 34 116 34 156 0l-20-8c-30 22-86 22-116 0z" fill="${c.deep}"/>
      <g fill="none" stroke="${c.dark}" stroke-width="6" opacity=".6">
        <path d="M340 440c-10 60-30 110-46 156M400 446v160M460 440c10 60 30 110 46 156"/>
      </g>
      <g fill="${cream}">
        <circle cx="400" cy="240" r="8"/>
        <circle cx="400" cy="290" r="8"/>
        <circle cx="400" cy="340" r="8"/>
        <circle cx="400" cy="388" r="8"/>
      </g>
      ${shade('M492 422c30 90 60 160 80 220-30 10-60 16-90 20 20-80 20-160 10-240z', 0.1)}`,
  ),
  't-shirt': flat(
    (c) => `
      <path d="M304 168 180 232l-64 150 96 44 40-50v268h296V376l40 50 96-44-64-150-124-64c-40 40-152 40-192 0
        z" fill="${c.main}"/>
      <path d="M304 168c40 40 152 40 192 0l-26-12c-34 24-106 24-140 0z" fill="${c.deep}"/>
      <circle cx="400" cy="390" r="${c.cloth === c.main ? 0 : 98}" fill="${cream}"/>
      <circle cx="400" cy="390" r="${c.cloth === c.main ? 0 : 90}" fill="${c.cloth}"/>
      <path d="m116 382 96 44 12-16-100-46zM684 382l-96 44-12-16 100-46zM252 620h296v24H252z"
        fill="${c.dark}"/>
      ${shade('M252 376v268h30V340zM548 376v268h-30V340z', 0.1)}`,
  ),
  /** On a bust. */
  hijab: standing(
    150,
    (c) => `
      <path d="M330 560h140l30 70H300z" fill="${darkWood}"/>
      <path d="M400 150c-110 0-176 84-172 190 4 90-40 150-60 226 90 34 150 40 232 40s142-6 232-40
        c-20-76-56-136-60-226 4-106-62-190-172-190z" fill="${c.main}"/>
      <path d="M400 220c-66 0-96 50-94 112 2 76 44 128 94 128s92-52 94-128c2-62-28-112-94-112z"
        fill="${c.deep}"/>
      <path d="M400 240c-56 0-78 44-76 98 2 66 36 108 76 108s74-42 76-108c2-54-20-98-76-98z" fill="#ecd9bd"/>
      <path d="M324 320c2-54 26-84 76-84s74 30 76 84c-18-32-44-44-76-44s-58 12-76 44z" fill="${c.dark}"/>
      <path d="M268 420c60 90 200 96 262-10 20 40 30 60 34 90-90 70-240 70-330 0 4-30 16-52 34-80z"
        fill="${c.cloth === c.main ? c.light : c.cloth}"/>
      <path d="M234 500c90 70 240 70 330 0M250 452c80 80 220 78 296-6" fill="none" stroke="${c.dark}"
        stroke-width="6" opacity=".5"/>
      <circle cx="476" cy="452" r="12" fill="${gold}"/>
      ${shade('M470 170c60 30 104 90 102 170 4 90 40 150 60 226-40 16-80 26-120 32 30-130 60-290-42-428z', 0.1)}`,
  ),
  jacket: flat(
    (c) => `
      <path d="M306 166 190 224 130 560l88 18 40-220v288h284V358l40 220 88-18-60-336-116-58z"
        fill="${c.main}"/>
      <path d="M306 166h188l-94 40z" fill="${c.deep}"/>
      <path d="M306 166 400 206v440h-24V300zM494 166 400 206v440h24V300z" fill="${c.dark}"/>
      <path d="M306 166c-8 40 20 110 60 150l34-110zM494 166c8 40-20 110-60 150l-34-110z" fill="${c.light}"/>
      <path d="M400 206v440" stroke="${gold}" stroke-width="8" stroke-dasharray="10 6"/>
      <path d="M262 350h96v84h-96zM442 350h96v84h-96z" fill="${c.cloth === c.main ? c.dark : c.cloth}"/>
      <path d="M258 520h80l-10 66h-70zM542 520h-80l10 66h70z" fill="${c.dark}" opacity=".6"/>
      <path d="M258 618h284v28H258zM130 560l88 18 6-30-88-18zM670 560l-88 18-6-30 88-18z" fill="${c.deep}"/>`,
  ),
  trousers: flat(
    (c) => `
      <path d="M274 150h252l52 496-128 12-50-310-50 310-128-12z" fill="${c.main}"/>
      <path d="M274 150h252l6 50H268z" fill="${c.deep}"/>
      <g fill="${c.main}">
        <path d="M312 144h18v62h-18zM470 144h18v62h-18zM391 144h18v62h-18z"/>
      </g>
      <path d="M400 200v150M268 204c36 20 56 50 60 86M532 204c-36 20-56 50-60 86" fill="none"
        stroke="${c.deep}" stroke-width="6"/>
      <path d="M400 204c30 20 30 80 0 110" fill="none" stroke="${c.deep}" stroke-width="5"/>
      <path d="M316 320 290 650M484 320l26 330" stroke="${c.light}" stroke-width="6"/>
      <circle cx="400" cy="174" r="9" fill="${gold}"/>
      <path d="M224 622l128 12-4 24-126-12zM576 622l-128 12 4 24 126-12z" fill="${c.dark}"/>
      ${shade('M400 348l50 310 40-4-70-314z', 0.14)}`,
  ),
  apron: flat(
    (c) => `
      <path d="M316 190c0-110 168-110 168 0" fill="none" stroke="${c.deep}" stroke-width="16"/>
      <path d="M236 372c-60 10-90 50-116 40M564 372c60 10 90 50 116 40" fill="none" stroke="${c.deep}"
        stroke-width="14" stroke-linecap="round"/>
      <path d="M312 184h176l14 120c4 34 24 56 62 66v260c0 14-8 22-22 22H258c-14 0-22-8-22-22V370c38-10 58-32
        62-66z" fill="${c.main}"/>
      <path d="M312 184h176l12 104H300z" fill="${c.cloth}"/>
      <path d="M312 184h176l2 20H310z" fill="${c.deep}"/>
      <path d="M320 446V330M340 446V320" stroke="${wood}" stroke-width="11" stroke-linecap="round"/>
      <ellipse cx="330" cy="312" rx="24" ry="32" fill="${wood}"/>
      <path d="M272 430h256v110c0 16-10 26-26 26H298c-16 0-26-10-26-26z"
        fill="${c.cloth === c.main ? c.dark : c.cloth}"/>
      <path d="M272 430h256v20H272z" fill="${c.deep}"/>
      <path d="M400 450v116M254 388v246M546 388v246" stroke="${cream}" stroke-width="5" stroke-dasharray="12
        9" opacity=".75"/>
      ${shade('M520 366c12 8 26 14 44 18v246c0 14-8 22-22 22h-22z', 0.1)}`,
  ),
};

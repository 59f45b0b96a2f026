import {
  cream,
  darkGreen,
  darkWood,
  gold,
  green,
  leaf,
  shade,
  shine,
  standing,
  wood,
  words,
} from '../drawing.js';

export const foodDrawings = {
  'honey-jar': standing(
    170,
    (c) => `
      <path d="M256 330c0-20 14-34 34-34h220c20 0 34 14 34 34v240c0 36-24 60-60 60H316c-36 0-60-24-60-60z"
        fill="${c.main}"/>
      <path d="M256 350c80-24 200 24 288 0v220c0 36-24 60-60 60H316c-36 0-60-24-60-60z" fill="${c.dark}"
        opacity=".55"/>
      ${shine('M278 330h26v270c-16-6-26-18-26-36z', 0.4)}
      ${shade('M506 300c24 4 38 14 38 30v240c0 36-24 60-60 60h-16c26-20 38-50 38-90z', 0.1)}
      <path d="M240 256c40-24 280-24 320 0l-18 56H258z" fill="#c0533f"/>
      <path d="M240 256c40-24 280-24 320 0l-4 12c-60-16-252-16-312 0z" fill="#d9765e"/>
      <path d="M300 250v56M340 246v60M460 246v60M500 250v56" stroke="${cream}" stroke-width="8" opacity=".5"/>
      <path d="M256 306h288v16H256z" fill="${darkWood}"/>
      <path d="M390 312l-26 44M410 312l26 44" stroke="${darkWood}" stroke-width="7" stroke-linecap="round"/>
      <rect x="296" y="400" width="208" height="150" rx="16" fill="${cream}"/>
      <g fill="${gold}" opacity=".8">
        <path d="m400 418 20 12v24l-20 12-20-12v-24zM352 418l20 12v24l-20 12-20-12v-24zM448 418l20 12v24l-20
          12-20-12v-24z"/>
      </g>
      ${words(c.label, 400, 520, 180, c.deep, 36)}
      <g transform="translate(590 410) rotate(28)">
        <path d="M0-20v200" stroke="${wood}" stroke-width="14" stroke-linecap="round"/>
        <g fill="${wood}">
          <ellipse cy="150" rx="32" ry="12"/>
          <ellipse cy="174" rx="38" ry="12"/>
          <ellipse cy="198" rx="32" ry="12"/>
        </g>
      </g>`,
  ),
  'palm-sugar': standing(
    230,
    (c) => `
      <path d="M190 590c0-10 420-10 420 0l-30 40H220z" fill="${wood}"/>
      <path d="M190 588c0-14 420-14 420 0 0 12-420 12-420 0z" fill="${darkWood}"/>
      <path d="M220 580c0-70 44-112 104-112s104 42 104 112z" fill="${c.main}"/>
      <path d="M376 580c0-76 48-120 112-120s112 44 112 120z" fill="${c.dark}"/>
      <path d="M288 466c0-80 52-126 116-126s116 46 116 126z" fill="${c.main}"/>
      ${shine('M316 456c4-46 30-80 70-92-24 24-36 56-38 92z', 0.22)}
      ${shine('M246 572c4-38 24-66 56-76-18 20-28 46-30 76z', 0.22)}
      ${shine('M404 572c4-40 24-70 58-80-20 20-30 48-32 80z', 0.22)}
      <ellipse cx="404" cy="466" rx="116" ry="14" fill="${c.deep}" opacity=".5"/>
      <path d="M300 350c-50-70 0-150 90-180-20 60 40 100 20 160" fill="${green}"/>
      <path d="M390 172c-40 50-60 100-70 160" fill="none" stroke="${darkGreen}" stroke-width="6"/>
      ${leaf(430, 336, 48, 130, darkGreen)}`,
  ),
  'sambal-jar': standing(
    150,
    (c) => `
      <path d="M266 320c0-24 16-40 40-40h188c24 0 40 16 40 40v250c0 36-22 60-58 60H324c-36 0-58-24-58-60z"
        fill="${c.main}"/>
      <g fill="${c.deep}" opacity=".55">
        <circle cx="300" cy="360" r="7"/>
        <circle cx="340" cy="334" r="6"/>
        <circle cx="500" cy="350" r="8"/>
        <circle cx="460" cy="330" r="6"/>
        <circle cx="296" cy="590" r="7"/>
        <circle cx="500" cy="596" r="8"/>
        <circle cx="420" cy="336" r="7"/>
      </g>
      <g fill="${gold}" opacity=".9">
        <circle cx="320" cy="378" r="5"/>
        <circle cx="480" cy="380" r="5"/>
        <circle cx="380" cy="348" r="5"/>
        <circle cx="340" cy="604" r="5"/>
        <circle cx="450" cy="606" r="5"/>
      </g>
      <path d="M258 214h284c12 0 18 8 18 18v44c0 10-6 18-18 18H258c-12 0-18-8-18-18v-44c0-10 6-18 18-18z"
        fill="${c.deep}"/>
      <path d="M272 218v72m32-72v72m32-72v72m32-72v72m32-72v72m32-72v72m32-72v72m32-72v72m32-72v72"
        stroke="${c.dark}" stroke-width="6"/>
      <path d="M266 400h268v150H266z" fill="${cream}"/>
      <path d="M266 400h268v14H266zM266 536h268v14H266z" fill="${c.dark}"/>
      <path d="M330 470c30-40 90-44 136-14 10 4 18 2 24-4-2 18-12 26-26 26-50 24-96 18-134-8z" fill="#c43d33"
        transform="translate(0 -22)"/>
      <path d="M488 430c6-6 12-16 12-26" stroke="${darkGreen}" stroke-width="8" fill="none"
        stroke-linecap="round"/>
      ${words(c.label, 400, 522, 200, c.deep, 34)}
      ${shine('M286 310h22v80h-22zM286 556h22v56c-14-6-22-18-22-34z', 0.4)}
      ${shade('M500 284c22 4 34 18 34 36v250c0 36-22 60-58 60h-10c24-20 34-50 34-90z', 0.1)}`,
  ),
  'soy-bottle': standing(
    120,
    (c) => `
      <path d="M366 190h68v90c0 50 70 70 70 150v160c0 26-16 40-42 40H338c-26 0-42-14-42-40V430c0-80 70-100
        70-150z" fill="#3a241b"/>
      <path d="M360 150h80v56h-80z" fill="${c.main}"/>
      <path d="M360 190h80v16h-80z" fill="${c.deep}"/>
      <path d="M296 410h208v160H296z" fill="${cream}"/>
      <path d="M296 410h208v40H296z" fill="${c.main}"/>
      <path d="M296 552h208v18H296z" fill="${gold}"/>
      <path d="M376 470c0-12 48-12 48 0 18 6 18 34 0 38-10 8-38 8-48 0-18-4-18-32 0-38z" fill="#3a241b"/>
      ${words(c.label, 400, 546, 180, c.deep, 28)}
      ${shine('M318 440c4-40 60-80 62-150v-80h-4v80c-4 60-58 90-58 150z', 0.35)}
      ${shine('M314 580h14v34c-8-4-14-12-14-22z', 0.35)}
      ${shade('M470 352c22 22 34 44 34 78v160c0 26-16 40-42 40h-8c14-16 16-30 16-60z', 0.14)}`,
  ),
  'rice-sack': standing(
    200,
    (c) => `
      <path d="M270 250c-50 60-80 160-76 270 2 60 20 96 60 110h292c40-14 58-50 60-110 4-110-26-210-76-270z"
        fill="#e6d3a8"/>
      <path d="M270 250c40 20 220 20 260 0 24 30 44 72 58 118-110 24-266 24-376 0 14-46 34-88 58-118z"
        fill="${c.cloth}"/>
      <path d="M300 170c-20 10-36 26-44 44 20 20 20 30 14 42 44 22 216 22 260 0-6-12-6-22
        14-42-8-18-24-34-44-44-40 18-160 18-200 0z" fill="#dcc79b"/>
      <ellipse cx="400" cy="176" rx="100" ry="16" fill="#fffaf0"/>
      <path d="M262 250c44 22 232 22 276 0" fill="none" stroke="${darkWood}" stroke-width="14"
        stroke-linecap="round"/>
      <path d="M410 264l30 60M396 264l-20 66" stroke="${darkWood}" stroke-width="8" stroke-linecap="round"/>
      <circle cx="400" cy="466" r="98" fill="${cream}"/>
      <circle cx="400" cy="466" r="98" fill="none" stroke="${c.dark}" stroke-width="6"/>
      <g stroke="${c.dark}" stroke-width="5" fill="${gold}">
        <path d="M400 480v-70" fill="none"/>
        <ellipse cx="384" cy="430" rx="7" ry="15" transform="rotate(-30 384 430)" stroke="none"/>
        <ellipse cx="416" cy="430" rx="7" ry="15" transform="rotate(30 416 430)" stroke="none"/>
        <ellipse cx="384" cy="456" rx="7" ry="15" transform="rotate(-30 384 456)" stroke="none"/>
        <ellipse cx="416" cy="456" rx="7" ry="15" transform="rotate(30 416 456)" stroke="none"/>
        <ellipse cx="400" cy="404" rx="7" ry="15" stroke="none"/>
      </g>
      ${words(c.label, 400, 520, 160, c.deep, 32)}
      <path d="M232 600c100 16 240 16 336 0" stroke="#c9b283" stroke-width="6" fill="none"/>
      ${shade('M540 262c36 64 68 150 66 258-2 60-20 96-60 110h-40c50-100 66-240 34-368z', 0.1)}`,
  ),
  'chips-bag': standing(
    180,
    (c) => `
      <path d="M232 220c110 16 226 16 336 0-14 130-14 270 10 396-110 18-246 18-356 0 24-126 24-266 10-396z"
        fill="${c.main}"/>
      <path d="M222 176h356v44H222zM214 606h372v24H214z" fill="${c.dark}"/>
      <path d="M222 190h356M222 206h356M214 618h372" stroke="${c.deep}" stroke-width="3"/>
      <path d="M228 300c110 60 236-50 344 6l2 90c-110-60-240 60-346 0z" fill="${cream}"/>
      ${words(c.label, 400, 372, 270, c.deep, 50)}
      <g fill="${gold}">
        <path d="M286 470c40-24 90-10 100 22-14 36-70 44-100 16-10-12-10-26 0-38z"/>
        <path d="M400 520c30-40 90-42 112-10 2 42-50 66-96 46-14-8-20-22-16-36z" fill="#e7bd62"/>
        <path d="M420 440c24-26 70-28 88-4-2 30-44 42-78 26-8-6-12-14-10-22z" fill="#c88f35"/>
      </g>
      <g fill="#b5752b">
        <circle cx="320" cy="492" r="4"/>
        <circle cx="350" cy="480" r="4"/>
        <circle cx="440" cy="540" r="4"/>
        <circle cx="476" cy="520" r="4"/>
        <circle cx="462" cy="446" r="4"/>
      </g>
      ${shine('M250 236c-8 120-10 250-24 370l30 4c6-120 10-250 14-370z', 0.24)}
      ${shade('M540 226c-12 130-8 260 10 390l28-2c-24-126-24-264-10-394z')}`,
  ),
  'spice-jar': standing(
    190,
    (c) => `
      <path d="M276 330h248v240c0 36-22 60-58 60H334c-36 0-58-24-58-60z" fill="#e8efe9"/>
      <path d="M284 372h232v196c0 34-20 54-52 54H336c-32 0-52-20-52-54z" fill="${c.main}"/>
      <g fill="${c.dark}">
        <circle cx="310" cy="392" r="14"/>
        <circle cx="346" cy="384" r="12"/>
        <circle cx="384" cy="392" r="14"/>
        <circle cx="424" cy="386" r="13"/>
        <circle cx="462" cy="392" r="13"/>
        <circle cx="496" cy="388" r="12"/>
      </g>
      <path d="M268 262h264v70H268z" fill="${wood}"/>
      <path d="M268 312h264v20H268z" fill="${darkWood}"/>
      <path d="M310 240h180v26H310z" fill="${wood}"/>
      <rect x="296" y="430" width="208" height="116" rx="10" fill="${cream}"/>
      <rect x="306" y="440" width="188" height="96" rx="6" fill="none" stroke="${c.dark}" stroke-width="4"/>
      ${words(c.label, 400, 502, 170, c.deep, 36)}
      ${shine('M296 344h18v80h-18zM296 556h18v46c-12-8-18-18-18-34z', 0.55)}
      <g transform="translate(596 600) rotate(-18)">
        <rect x="-70" y="-12" width="120" height="26" rx="13" fill="#9b5f37"/>
        <rect x="-60" y="-32" width="120" height="24" rx="12" fill="#b3744a"/>
        <path d="M54-20c0 8-10 8-10 0M44 2c0 8-10 8-10 0" stroke="#7c4827" stroke-width="4" fill="none"/>
      </g>
      <g transform="translate(208 598)" fill="#6e4630">
        <path d="m0-34 10 22 24-4-16 18 14 20-24-6L0 36l-8-20-24 6 14-20-16-18 24 4z"/>
        <circle r="9" fill="${wood}"/>
      </g>`,
  ),
  'paste-pouch': standing(
    165,
    (c) => `
      <path d="M250 250c100 14 200 14 300 0 10 120 20 240 40 350-30 40-350 40-380 0 20-110 30-230 40-350z"
        fill="${c.main}"/>
      <path d="M246 206h308v46H246z" fill="${c.dark}"/>
      <path d="M246 222h308M246 238h308" stroke="${c.deep}" stroke-width="3"/>
      <circle cx="400" cy="230" r="12" fill="${cream}"/>
      <path d="M264 300h272l10 90H254z" fill="${cream}"/>
      ${words(c.label, 400, 362, 240, c.deep, 46)}
      <path d="M284 478h232c0 70-46 110-116 110s-116-40-116-110z" fill="#4a352d"/>
      <ellipse cx="400" cy="478" rx="116" ry="28" fill="#6a4c3c"/>
      <ellipse cx="400" cy="476" rx="96" ry="20" fill="#c9743a"/>
      <circle cx="366" cy="474" r="14" fill="#a54b2a"/>
      <circle cx="420" cy="480" r="16" fill="#a54b2a"/>
      <path d="M384 466c14-8 26-4 30 4" stroke="${green}" stroke-width="7" stroke-linecap="round"
        fill="none"/>
      <path d="M270 474c-26-4-26 26 6 26M530 474c26-4 26 26-6 26" stroke="#4a352d" stroke-width="10"
        fill="none"/>
      ${shade('M520 256c10 120 20 250 34 366 20-6 32-12 36-22-20-110-30-230-40-350z')}
      ${shine('M270 262c-10 110-20 220-38 330 8 8 18 14 30 16 14-114 22-228 28-344z', 0.18)}`,
  ),
  'cookie-jar': standing(
    170,
    (c) => `
      <path d="M256 300h288v280c0 32-20 50-52 50H308c-32 0-52-18-52-50z" fill="#eef3ee"/>
      <g fill="#d99a4e">
        <circle cx="310" cy="584" r="36"/>
        <circle cx="380" cy="588" r="36"/>
        <circle cx="450" cy="584" r="36"/>
        <circle cx="500" cy="580" r="32"/>
        <circle cx="300" cy="520" r="34"/>
        <circle cx="364" cy="524" r="36"/>
        <circle cx="434" cy="522" r="36"/>
        <circle cx="500" cy="516" r="34"/>
        <circle cx="310" cy="350" r="34"/>
        <circle cx="378" cy="346" r="34"/>
        <circle cx="446" cy="350" r="34"/>
        <circle cx="504" cy="352" r="30"/>
      </g>
      <g fill="#f1c77a">
        <circle cx="306" cy="344" r="15"/>
        <circle cx="374" cy="340" r="15"/>
        <circle cx="442" cy="344" r="15"/>
        <circle cx="500" cy="346" r="13"/>
        <circle cx="306" cy="578" r="15"/>
        <circle cx="376" cy="582" r="15"/>
        <circle cx="446" cy="578" r="15"/>
      </g>
      <path d="M244 220h312c10 0 16 8 16 18v44c0 10-6 18-16 18H244c-10 0-16-8-16-18v-44c0-10 6-18 16-18z"
        fill="${c.main}"/>
      <path d="M228 266h344v16c0 10-6 18-16 18H244c-10 0-16-8-16-18z" fill="${c.dark}"/>
      <path d="M256 400h288v104H256z" fill="${c.main}"/>
      <path d="M256 408h288M256 496h288" stroke="${cream}" stroke-width="4" stroke-dasharray="10 7"/>
      ${words(c.label, 400, 468, 230, cream, 46)}
      ${shine('M276 308h20v90h-20zM276 508h20v94c-12-6-20-16-20-30z', 0.6)}
      <path d="M400 210c-40-40-80-20-70 6 16 12 46 6 70-6zm0 0c40-40 80-20 70 6-16 12-46 6-70-6z"
        fill="${c.deep}"/>
      <circle cx="400" cy="212" r="13" fill="${gold}"/>`,
  ),
};

import { createHash } from 'node:crypto';
import { identityTexts, scopeTexts } from './scopes.js';

export type Language = 'id' | 'en';

/** The page's language: what the app asks for, or what the browser prefers. */
export function languageOf(acceptLanguage: string, uiLocales: string): Language {
  const wanted = `${uiLocales.replace(/ /g, ',')},${acceptLanguage}`.toLowerCase();
  return wanted.match(/(?:^|,)\s*(id|en)\b/)?.[1] === 'en' ? 'en' : 'id';
}

const texts = {
  id: {
    signIn: 'Masuk',
    toContinue: 'untuk melanjutkan ke',
    email: 'E-mail',
    password: 'Kata sandi',
    code: 'Kode dari aplikasi autentikator',
    codeHint: 'Enam angka, atau salah satu kode pemulihan Anda.',
    next: 'Lanjut',
    cancel: 'Batal',
    asks: 'meminta izin untuk',
    signedInAs: 'Anda masuk sebagai',
    goesTo: 'Anda akan kembali ke',
    allow: 'Izinkan',
    deny: 'Tolak',
    revocable: 'Anda dapat mencabut izin ini kapan saja di akun Anda.',
    wrongPassword: 'E-mail atau kata sandi salah.',
    wrongCode: 'Kode salah atau sudah dipakai.',
    locked: 'Terlalu banyak percobaan. Coba lagi nanti.',
    busy: 'Server sedang sibuk. Coba lagi sebentar.',
    errorTitle: 'Permintaan ini tidak dapat dilanjutkan',
    expired: 'Halaman ini sudah kedaluwarsa. Mulai lagi dari aplikasi Anda.',
  },
  en: {
    signIn: 'Sign in',
    toContinue: 'to continue to',
    email: 'E-mail',
    password: 'Password',
    code: 'Code of your authenticator app',
    codeHint: 'Six digits, or one of your recovery codes.',
    next: 'Continue',
    cancel: 'Cancel',
    asks: 'asks for permission to',
    signedInAs: 'You are signed in as',
    goesTo: 'You will go back to',
    allow: 'Allow',
    deny: 'Deny',
    revocable: 'You can take this back in your account at any time.',
    wrongPassword: 'E-mail or password is wrong.',
    wrongCode: 'The code is wrong, or it was used already.',
    locked: 'Too many attempts. Try again later.',
    busy: 'The server is busy. Try again in a moment.',
    errorTitle: 'This request cannot go on',
    expired: 'This page has expired. Start again from your app.',
  },
};

export type Trouble = 'wrongPassword' | 'wrongCode' | 'locked' | 'busy';

const style = `
:root{color-scheme:light dark;--ink:#1c1b18;--soft:#67635a;--paper:#faf7f1;--card:#fff;--line:#e3ddd0;--accent:#b3431e;--on:#fff;--bad:#a3211a}
@media (prefers-color-scheme:dark){:root{--ink:#f3efe6;--soft:#aaa498;--paper:#171512;--card:#211f1b;--line:#3a362f;--accent:#f08a5d;--on:#1b1206;--bad:#ff9c8f}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{width:100%;max-width:25rem;padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:1rem}
.brand{margin:0 0 1.5rem;color:var(--accent);font-weight:800;letter-spacing:-.02em}
h1{margin:0 0 .5rem;font-size:1.4rem;line-height:1.25;overflow-wrap:anywhere}
p{margin:0 0 1rem;overflow-wrap:anywhere}
.soft{color:var(--soft);font-size:.9rem}
.bad{padding:.6rem .8rem;border:1px solid var(--bad);border-radius:.5rem;color:var(--bad)}
label{display:block;margin-bottom:1rem;font-weight:600}
input{display:block;width:100%;margin-top:.3rem;padding:.65rem .75rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.5rem}
input:focus-visible,button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
ul{margin:0 0 1rem;padding:0;list-style:none;border:1px solid var(--line);border-radius:.5rem}
li{padding:.6rem .8rem}
li+li{border-top:1px solid var(--line)}
.row{display:flex;gap:.75rem;flex-direction:row-reverse}
button{flex:1;padding:.7rem 1rem;font:inherit;font-weight:700;border-radius:.5rem;border:1px solid var(--line);background:transparent;color:inherit;cursor:pointer}
button.main{background:var(--accent);border-color:var(--accent);color:var(--on)}
`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** @param formTargets where a form's answer may lead, beside here: browsers hold redirects against it */
export function pageHeaders(formTargets = ''): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' ${formTargets}`.trim() +
      "; base-uri 'none'; frame-ancestors 'none'",
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

export interface SignInPage {
  language: Language;
  action: string;
  app: string;
  /** Who must sign in again; anybody when not given. */
  email: string;
  fixedEmail?: boolean;
  trouble?: Trouble;
}

export function signInPage({ language, action, app, email, fixedEmail, trouble }: SignInPage): string {
  const t = texts[language];
  const fixed = fixedEmail ? 'readonly' : email ? '' : 'autofocus';
  return page(
    language,
    t.signIn,
    `
    <h1>${t.signIn}</h1><p>${t.toContinue} <b>${safe(app)}</b></p>${troubled(t, trouble)}
    <form method="post" action="${safe(action)}/login">
      <label>${t.email}<input name="email" type="email" autocomplete="username" required maxlength="254" value="${safe(email)}" ${fixed}></label>
      <label>${t.password}<input name="password" type="password" autocomplete="current-password" required maxlength="128" ${email ? 'autofocus' : ''}></label>
      ${buttons(t.next, t.cancel)}
    </form>`,
  );
}

export interface CodePage {
  language: Language;
  action: string;
  app: string;
  challenge: string;
  trouble?: Trouble;
}

export function codePage({ language, action, app, challenge, trouble }: CodePage): string {
  const t = texts[language];
  return page(
    language,
    t.signIn,
    `
    <h1>${t.signIn}</h1><p>${t.toContinue} <b>${safe(app)}</b></p>${troubled(t, trouble)}
    <form method="post" action="${safe(action)}/code">
      <input type="hidden" name="challenge" value="${safe(challenge)}">
      <label>${t.code}<input name="code" inputmode="text" autocomplete="one-time-code" required maxlength="32" autofocus></label>
      <p class="soft">${t.codeHint}</p>
      ${buttons(t.next, t.cancel)}
    </form>`,
  );
}

export interface ConsentPage {
  language: Language;
  action: string;
  app: string;
  email: string;
  /** Where the user is sent back to. */
  destination: string;
  scopes: string[];
}

export function consentPage({ language, action, app, email, destination, scopes }: ConsentPage): string {
  const t = texts[language];
  const items = scopes.map(
    (scope) => `<li>${safe((scopeTexts[scope] ?? identityTexts[scope])?.[language] ?? scope)}</li>`,
  );
  return page(
    language,
    app,
    `
    <h1>${safe(app)}</h1><p>${t.asks}</p><ul>${items.join('')}</ul>
    <p class="soft">${t.signedInAs} <b>${safe(email)}</b>. ${t.goesTo} <b>${safe(destination)}</b>. ${t.revocable}</p>
    <form method="post" action="${safe(action)}/consent">${buttons(t.allow, t.deny)}</form>`,
  );
}

export function errorPage(language: Language, code: string, detail: string): string {
  const t = texts[language];
  return page(
    language,
    t.errorTitle,
    `
    <h1>${t.errorTitle}</h1><p>${safe(detail)}</p><p class="soft">${safe(code)}</p>`,
  );
}

export function expiredPage(language: Language): string {
  return errorPage(language, 'expired', texts[language].expired);
}

function buttons(yes: string, no: string): string {
  return `<div class="row"><button class="main" type="submit">${yes}</button><button type="submit" name="cancel" value="yes" formnovalidate>${no}</button></div>`;
}

function troubled(t: (typeof texts)['id'], trouble: Trouble | undefined): string {
  return trouble ? `<p class="bad" role="alert">${t[trouble]}</p>` : '';
}

function page(language: Language, title: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${safe(title)} · Pasar</title><style>${style}</style></head><body><main><p class="brand">Pasar</p>${body}</main></body></html>`;
}

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

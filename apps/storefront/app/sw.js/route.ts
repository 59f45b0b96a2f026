import { translator } from '../../lib/i18n';
import { offlinePage } from '../../lib/offline-page';
import { locales } from '../../server/locales';

/** Keeps nothing of the shop, whose pages are always asked for. It only has something to show when they cannot be. */
export async function GET(): Promise<Response> {
  const pages: Record<string, string> = {};
  for (const locale of locales) {
    const t = await translator(locale, 'offline');
    const texts = { title: t('title'), text: t('text'), tryAgain: t('tryAgain') };
    pages[locale] = offlinePage(locale, texts);
  }
  const script = `const pages = ${JSON.stringify(pages)};
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(registration.navigationPreload?.enable()));
addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate' || event.request.method !== 'GET') return;
  event.respondWith(get(event).catch(() => offline(new URL(event.request.url))));
});
async function get(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}
function offline({ pathname }) {
  const page = pages[pathname.split('/')[1]] ?? pages.${locales[0]};
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  return new Response(page, { status: 503, headers });
}
`;
  return new Response(script, {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' },
  });
}

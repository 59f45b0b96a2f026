import { translator } from '../../lib/i18n';
import { noticePaths } from '../../lib/notice-link';
import { offlinePage } from '../../lib/offline-page';
import { locales } from '../../server/locales';

/**
 * Keeps nothing of the shop, whose pages are always asked for. It only has something to show when they cannot be, and shows
 * what is pushed.
 */
export async function GET(): Promise<Response> {
  const pages: Record<string, string> = {};
  for (const locale of locales) {
    const t = await translator(locale, 'offline');
    const texts = { title: t('title'), text: t('text'), tryAgain: t('tryAgain') };
    pages[locale] = offlinePage(locale, texts);
  }
  const paths = noticePaths.map(([{ source }, path]) => [source, path]);
  const script = `const pages = ${JSON.stringify(pages)};
const paths = ${JSON.stringify(paths)};
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
addEventListener('push', (event) => {
  const { id, title = 'Pasar', body, link } = event.data?.json() ?? {};
  // Pages that are open count it.
  new BroadcastChannel('pasar').postMessage('changed');
  event.waitUntil(registration.showNotification(title, { body, tag: id, data: link }));
});
addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event.newSubscription)));
/** The push service has ended the subscription that the server knows, or put another in its place. */
async function renew(given) {
  const subscription = given ?? (await subscribe());
  if (!subscription) return;
  const answer = await send('/api/devices', { method: 'POST', body: JSON.stringify(subscription) });
  // Who was told something here has left since then.
  if (answer.status === 401) await subscription.unsubscribe();
}
async function subscribe() {
  const answer = await send('/api/devices');
  const { ok, value } = answer.ok ? await answer.json() : {};
  if (!ok || !value.publicKey) return;
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: value.publicKey });
}
function send(path, more) {
  return fetch(path, { headers: { 'content-type': 'application/json' }, ...more });
}
addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data ?? ''));
});
async function show(link) {
  const [pattern, to] = paths.find(([pattern]) => new RegExp(pattern).test(link)) ?? [];
  // In the language that was chosen, which the server knows.
  const path = pattern ? link.replace(new RegExp(pattern), to) : '/notifications';
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = windows.find(({ url }) => new URL(url).pathname.replace(/^\\/[a-z]{2}(?=\\/)/, '') === path);
  await (there ? there.focus() : clients.openWindow(path));
}
`;
  return new Response(script, {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' },
  });
}

'use client';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl/react';

function listen(onChange: () => void): () => void {
  for (const event of ['online', 'offline']) window.addEventListener(event, onChange);
  return () => {
    for (const event of ['online', 'offline']) window.removeEventListener(event, onChange);
  };
}

const registerAfterMs = 2_000;

/** Says so while there is no network, and gives the browser something to show for pages that it cannot get then. */
export function Offline() {
  const t = useTranslations('shell');
  const isOffline = useSyncExternalStore(
    listen,
    () => !navigator.onLine,
    () => false,
  );
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production') return;
    // Where it is not allowed, the browser's own page has to do.
    const register = () => void navigator.serviceWorker?.register('/sw.js').catch(() => {});
    // Not while the page comes to life: it takes a process of the browser's, and as long as drawing the page.
    const timer = setTimeout(register, registerAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className="bg-turmeric-wash text-center text-sm text-turmeric-ink">
      {isOffline && <p className="px-4 py-2">{t('offline')}</p>}
    </div>
  );
}

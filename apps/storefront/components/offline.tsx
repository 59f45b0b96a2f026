'use client';
import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl/react';

function listen(onChange: () => void): () => void {
  for (const event of ['online', 'offline']) window.addEventListener(event, onChange);
  return () => {
    for (const event of ['online', 'offline']) window.removeEventListener(event, onChange);
  };
}

/** Says so while there is no network. */
export function Offline() {
  const t = useTranslations('shell');
  const isOffline = useSyncExternalStore(
    listen,
    () => !navigator.onLine,
    () => false,
  );
  return (
    <div role="status" className="bg-turmeric-wash text-center text-sm text-turmeric-ink">
      {isOffline && <p className="px-4 py-2">{t('offline')}</p>}
    </div>
  );
}

'use client';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';

/** How long there is until then; what follows is for the page to learn. */
export function Countdown({ until, onEnd }: { until: string; onEnd?(): void }) {
  const t = useTranslations('countdown');
  const end = new Date(until).getTime();
  const [now, setNow] = useState<number>();
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const isOver = now !== undefined && now >= end;
  useEffect(() => {
    if (isOver) onEnd?.();
  }, [isOver]);
  const left = now === undefined ? undefined : Math.max(0, Math.floor((end - now) / 1000));
  const days = Math.floor((left ?? 0) / 86_400);
  const parts = [
    Math.floor(((left ?? 0) % 86_400) / 3600),
    Math.floor(((left ?? 0) % 3600) / 60),
    (left ?? 0) % 60,
  ];
  return (
    <time dateTime={until} className="numbers inline-flex items-center gap-1 font-bold">
      <span className="sr-only">{t('left')}: </span>
      {/* The clock of the reader is not known while the page is made. */}
      <span className={left === undefined ? 'invisible' : undefined}>
        {days > 0 && <span className="mr-1.5">{t('days', { count: days })}</span>}
        {parts.map((part) => String(part).padStart(2, '0')).join(':')}
      </span>
    </time>
  );
}

'use client';
import { useEffect, useRef, useState } from 'react';
import type { Outcome } from './outcome';

/**
 * Keeps something current while it may change, and while somebody looks. Where the network is gone it waits until
 * that is back.
 * @param path of ours, which answers with an outcome
 */
export function useLive<T>(path: string, initial: T, mayChange: (value: T) => boolean, everyMs: number) {
  const [value, setValue] = useState(initial);
  const [offline, setOffline] = useState(false);
  const goesOn = mayChange(value);
  const ask = useRef<() => Promise<void>>(async () => {});
  useEffect(() => setValue(initial), [initial]);
  useEffect(() => {
    if (!goesOn) return;
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    let asking = false;
    const look = async () => {
      clearTimeout(timer);
      if (asking || over) return;
      asking = true;
      if (document.visibilityState === 'visible') {
        try {
          const response = await fetch(path);
          const outcome: Outcome<T> = await response.json();
          if (over) return;
          setOffline(false);
          if (outcome.ok) setValue(outcome.value);
        } catch {
          if (!over) setOffline(true);
        }
      }
      asking = false;
      if (!over) timer = setTimeout(look, everyMs);
    };
    ask.current = look;
    timer = setTimeout(look, everyMs);
    const wake = () => void look();
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', wake);
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
    };
  }, [path, goesOn, everyMs]);
  return { value, offline, refresh: () => ask.current(), set: setValue };
}

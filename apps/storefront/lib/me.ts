'use client';
import { useEffect, useSyncExternalStore } from 'react';

/** What every page shows of the one who looks at it; pages themselves are the same for everybody. */
export interface Me {
  name: string | null;
  cartCount: number;
  /** Notifications; a hundred stands for more. */
  unread: number;
}

let me: Me | undefined;
let asking: Promise<void> | undefined;
const listeners = new Set<() => void>();
const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('pasar');

function know(next: Me): void {
  if (JSON.stringify(me) === JSON.stringify(next)) return;
  me = next;
  for (const listener of listeners) listener();
}

export function refreshMe(): Promise<void> {
  asking ??= fetch('/api/me')
    .then(async (response) => {
      if (response.ok) know(await response.json());
    })
    .catch(() => {})
    .finally(() => {
      asking = undefined;
    });
  return asking;
}

/** Of somebody who acts, maybe before it is known who that is. */
export async function whoIsThere(): Promise<Me | undefined> {
  if (!me) await refreshMe();
  return me;
}

/** Here and in the other tabs, once the server has said so. */
export function knowCartCount(cartCount: number): void {
  know({ name: me?.name ?? null, unread: me?.unread ?? 0, cartCount });
  tabs?.postMessage('changed');
}

export function useMe(): Me | undefined {
  useEffect(() => {
    void refreshMe();
    const onChange = () => void refreshMe();
    tabs?.addEventListener('message', onChange);
    return () => tabs?.removeEventListener('message', onChange);
  }, []);
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => me,
    () => undefined,
  );
}

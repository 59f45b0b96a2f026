'use client';
import { startTransition, useEffect, useState } from 'react';

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

const onChange = () => void refreshMe();

/** Asked for when somebody first wants to know; who is there changes on the way from page to page, see `AccountLink`. */
export function listenToMe(listener: () => void): () => void {
  if (listeners.size === 0) {
    tabs?.addEventListener('message', onChange);
    void refreshMe();
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) tabs?.removeEventListener('message', onChange);
  };
}

/** Who is there, as far as it is known. */
export function knownMe(): Me | undefined {
  return me;
}

/** Drawn when there is time: it is mostly told while the page comes to life, and that would have to stop for it. */
export function useMe(): Me | undefined {
  const [shown, show] = useState<Me>();
  useEffect(() => {
    const draw = () => startTransition(() => show(me));
    draw();
    return listenToMe(draw);
  }, []);
  return shown;
}

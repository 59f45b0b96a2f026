'use client';
import { useSyncExternalStore } from 'react';
import { knownMe, listenToMe } from './me';

/** Where on somebody's lists a thing is. */
export interface Wish {
  listId: string;
  variantId: string;
}

/** By product. */
type Wishes = Record<string, Wish[]>;

let known: { of: string; wishes: Wishes } | undefined;
let asking: { of: string; answer: Promise<void> } | undefined;
const listeners = new Set<() => void>();

function know(of: string, wishes: Wishes): void {
  known = { of, wishes };
  for (const listener of listeners) listener();
}

function ask(of: string): Promise<void> {
  if (asking?.of !== of) {
    const answer = fetch('/api/wishes')
      .then(async (response) => {
        if (response.ok) know(of, await response.json());
      })
      // Then the hearts are empty, and adding once more does no harm.
      .catch(() => {});
    asking = { of, answer };
  }
  return asking.answer;
}

/** Of somebody who presses a heart, maybe before the hearts are known. */
export async function wishesOf(name: string, productId: string): Promise<Wish[]> {
  if (known?.of !== name) await ask(name);
  return known?.of === name ? (known.wishes[productId] ?? none) : none;
}

/** At once, before the server has said so. */
export function setWishes(productId: string, wishes: Wish[]): void {
  if (known) know(known.of, { ...known.wishes, [productId]: wishes });
}

/** Asked for once, for all the hearts of all pages. */
function listen(listener: () => void): () => void {
  const onMe = () => {
    const name = knownMe()?.name;
    if (name && known?.of !== name) void ask(name);
    listener();
  };
  listeners.add(listener);
  const stopListening = listenToMe(onMe);
  onMe();
  return () => {
    listeners.delete(listener);
    stopListening();
  };
}

/** Whether it is on a list of the one who is there; a heart is drawn anew when that changes, and not before. */
export function useIsWished(productId: string): boolean {
  return useSyncExternalStore(
    listen,
    () => {
      const name = knownMe()?.name;
      return Boolean(name && known?.of === name && known.wishes[productId]?.length);
    },
    () => false,
  );
}

const none: Wish[] = [];

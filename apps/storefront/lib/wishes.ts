'use client';
import { useEffect, useSyncExternalStore } from 'react';
import { useMe } from './me';

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

/** Asked for once, for all the hearts of all pages; undefined while nobody knows. */
export function useWishes(productId: string): Wish[] | undefined {
  const name = useMe()?.name;
  useEffect(() => {
    if (name && known?.of !== name) void ask(name);
  }, [name]);
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (name && known?.of === name ? (known.wishes[productId] ?? none) : undefined),
    () => undefined,
  );
}

const none: Wish[] = [];

'use client';
import { X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';

export interface ToastOptions {
  title: string;
  tone?: 'good' | 'bad';
  action?: { label: string; run(): void };
}

type Shown = ToastOptions & { id: number };

const most = 3;
const stayMs = 6000;
const none: Shown[] = [];
let shown = none;
let last = 0;
const listeners = new Set<() => void>();

function show(next: Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

function hide(id: number): void {
  show(shown.filter((one) => one.id !== id));
}

function listen(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}

/** Says what just happened, and offers to undo it or to go on. */
export function toast(options: ToastOptions): void {
  last += 1;
  show([...shown, { id: last, ...options }].slice(-most));
}

/** Part of every page from its start: it is needed where nothing more can be fetched. */
export function Toasts({ closeLabel }: { closeLabel: string }) {
  const all = useSyncExternalStore(
    listen,
    () => shown,
    () => none,
  );
  /** Somebody reads, or is about to press. */
  const [held, setHeld] = useState(false);
  const list = (isBad: boolean) =>
    all
      .filter(({ tone }) => (tone === 'bad') === isBad)
      .map((one) => <ToastCard key={one.id} one={one} held={held} closeLabel={closeLabel} />);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is done here is done by the buttons in it
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="fixed inset-x-3 bottom-20 z-60 flex flex-col items-center gap-2 sm:inset-x-auto sm:right-6 sm:bottom-6 sm:items-end"
    >
      {/* Both are there before what they say, so that it is read out. */}
      <div role="status" aria-live="polite" className="contents">
        {list(false)}
      </div>
      <div role="alert" aria-live="assertive" className="contents">
        {list(true)}
      </div>
    </div>
  );
}

function ToastCard({
  one: { id, title, action },
  held,
  closeLabel,
}: {
  one: Shown;
  held: boolean;
  closeLabel: string;
}) {
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => hide(id), stayMs);
    return () => clearTimeout(timer);
  }, [id, held]);
  return (
    <div className="flex w-full max-w-sm items-center gap-3 rounded-md bg-night py-2 pr-2 pl-4 text-[#f3ebdf] shadow-float transition-all duration-200 ease-calm starting:translate-y-3 starting:opacity-0">
      <p className="grow font-medium text-sm">{title}</p>
      {action && (
        <button
          type="button"
          onClick={() => {
            hide(id);
            action.run();
          }}
          className="rounded-sm px-2.5 py-1.5 font-bold text-[#f4cf85] text-sm hover:bg-[#fff]/10"
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label={closeLabel}
        onClick={() => hide(id)}
        className="grid size-9 shrink-0 place-items-center rounded-sm hover:bg-[#fff]/10"
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}

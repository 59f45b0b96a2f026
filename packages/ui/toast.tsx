'use client';
import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';

const manager = Toast.createToastManager();

export interface ToastOptions {
  title: string;
  tone?: 'good' | 'bad';
  action?: { label: string; run(): void };
}

/** Says what just happened, and offers to undo it or to go on. */
export function toast({ title, tone = 'good', action }: ToastOptions): void {
  manager.add({
    title,
    type: tone,
    priority: tone === 'bad' ? 'high' : 'low',
    timeout: 6000,
    actionProps: action && { children: action.label, onClick: action.run },
  });
}

export function Toasts({ closeLabel, children }: { closeLabel: string; children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-3 bottom-20 z-50 flex flex-col items-center gap-2 sm:inset-x-auto sm:right-6 sm:bottom-6 sm:items-end">
          <ToastList closeLabel={closeLabel} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList({ closeLabel }: { closeLabel: string }) {
  const { toasts } = Toast.useToastManager();
  return toasts.map((item) => (
    <Toast.Root
      key={item.id}
      toast={item}
      className="w-full max-w-sm rounded-md bg-night text-[#f3ebdf] shadow-float transition-all duration-200 ease-calm data-ending-style:translate-y-2 data-starting-style:translate-y-3 data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-3 py-2 pr-2 pl-4">
        <Toast.Title className="grow text-sm font-medium" />
        <Toast.Action className="rounded-sm px-2.5 py-1.5 text-sm font-bold text-[#f4cf85] hover:bg-[#fff]/10" />
        <Toast.Close
          aria-label={closeLabel}
          className="grid size-9 place-items-center rounded-sm hover:bg-[#fff]/10"
        >
          <X aria-hidden className="size-4" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

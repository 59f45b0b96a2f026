import type { ReactNode } from 'react';

/** Nothing is here yet, and what to do about that. */
export function EmptyState({
  picture,
  title,
  children,
  action,
}: {
  picture: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-4 px-4 py-14 text-center">
      <div
        aria-hidden
        className="grid size-20 place-items-center rounded-full bg-turmeric-wash text-turmeric-ink"
      >
        {picture}
      </div>
      <h1 className="text-xl">{title}</h1>
      {children && <div className="text-soft">{children}</div>}
      {action}
    </div>
  );
}

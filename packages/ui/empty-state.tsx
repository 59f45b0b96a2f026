import type { ReactNode } from 'react';

/** Nothing is here yet, and what to do about that. */
export function EmptyState({
  picture,
  title,
  children,
  action,
  heading: Heading = 'h1',
}: {
  picture: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** `h2` where the page has a title of its own. */
  heading?: 'h1' | 'h2';
}) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-4 px-4 py-14 text-center">
      <div
        aria-hidden
        className="grid size-20 place-items-center rounded-full bg-turmeric-wash text-turmeric-ink"
      >
        {picture}
      </div>
      <Heading className="text-xl">{title}</Heading>
      {children && <div className="text-soft">{children}</div>}
      {action}
    </div>
  );
}

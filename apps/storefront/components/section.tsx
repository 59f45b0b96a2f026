import { buttonStyle } from '@pasar/ui/button';
import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

/** A part of a page under its heading. */
export function Section({
  id,
  title,
  more,
  className = '',
  children,
}: {
  id: string;
  title: string;
  /** Where there is more of it. */
  more?: { href: string; name: string };
  className?: string;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className={`grid grid-cols-1 gap-4 ${className}`}>
      <div className="flex items-center justify-between gap-4">
        <h2 id={id} className="text-xl">
          {title}
        </h2>
        {more && (
          <Link href={more.href} prefetch={false} className={buttonStyle('quiet', 'sm')}>
            {more.name}
            <span className="sr-only">: {title}</span>
            <ArrowRight aria-hidden className="size-4" />
          </Link>
        )}
      </div>
      {children}
    </section>
  );
}

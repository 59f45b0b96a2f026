import { buttonStyle } from '@pasar/ui/button';
import { EmptyState } from '@pasar/ui/empty-state';
import type { LucideIcon } from 'lucide-react';
import Link from 'next/link';

/** Nothing is here yet, and one way leads on. */
export function NothingHere({
  Icon,
  title,
  help,
  href,
  way,
  heading,
}: {
  Icon: LucideIcon;
  title: string;
  help?: string;
  href: string;
  way: string;
  /** `h2` where the page has a title of its own. */
  heading?: 'h2';
}) {
  return (
    <EmptyState
      heading={heading}
      picture={<Icon className="size-9" />}
      title={title}
      action={
        <Link href={href} prefetch={false} className={buttonStyle()}>
          {way}
        </Link>
      }
    >
      {help && <p>{help}</p>}
    </EmptyState>
  );
}
